package source

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"whence/graph"
)

// markdown follows GitHub's flavour, with footnotes. Quotation marks stay as written.
// HTML inside the text is kept and then read as any other.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote),
	goldmark.WithRendererOptions(html.WithUnsafe()),
)

// readMarkdown renders a text and reads the words a reader of the page would see.
func readMarkdown(in input, yield func(Item, error) bool) bool {
	own, body, notes, err := splitFrontMatter(in.text)
	if err != nil {
		return yield(Item{}, in.metadataError(err))
	}
	if strings.TrimSpace(body) == "" {
		return yield(Item{}, &Skip{Path: in.path, Reason: ReasonEmpty})
	}
	if intricate(body) {
		notes = append(notes, "Markdown too intricate, read as plain text")
		return yield(in.finish(body, "text/markdown", nil, own, metadata{title: headline(body)}, notes), nil)
	}
	var page bytes.Buffer
	if err := markdown.Convert([]byte(body), &page); err != nil {
		return yield(Item{}, &Error{Path: in.path, Stage: StageParse, Offset: -1, Err: err, Hint: "read it with the format text"})
	}
	root, err := parseHTML(page.String())
	if err != nil {
		return yield(Item{}, &Error{Path: in.path, Stage: StageParse, Offset: -1, Err: err, Hint: "read it with the format text"})
	}
	outside, _, _ := in.given.merge(own, metadata{})
	k := blocker{base: parseBase(outside.url), refs: noteRefs(root)}
	k.cut(findTag(root, "body"))
	if k.struck > 0 {
		notes = append(notes, count(k.struck, "struck-out passage")+" left out")
	}
	var bs []*block
	title := -1
	for i := range k.blocks {
		b := &k.blocks[i]
		if title < 0 && b.kind == MarkHeading && isElement(b.holder, "h1", "h2") && i < 3 {
			title = i
		}
		bs = append(bs, b)
	}
	var w writer
	body0 := 0
	w.blocks(bs, func(b *block) MarkKind {
		switch {
		case title >= 0 && b == bs[title]:
			return MarkTitle
		case body0 < 3 && bylineBlock(b):
			return MarkByline
		}
		body0++
		return b.kind
	})
	if w.text.Len() == 0 {
		return yield(Item{}, &Skip{Path: in.path, Reason: ReasonNoText})
	}
	var found metadata
	if title >= 0 {
		found.title = graph.FoldSpace(k.blocks[title].text)
	}
	return yield(in.finish(w.text.String(), "text/markdown", w.marks, own, found, notes), nil)
}

// Bounds on what is given to the Markdown parser, whose cost is quadratic in them.
const (
	maxContainers = 100  // quotations and lists that open on one line
	maxDelimiters = 5000 // brackets, stars, underscores, tildes in one paragraph
)

// intricate reports whether a text goes beyond the bounds. People do not write so.
func intricate(text string) bool {
	delimiters := 0
	for line := range strings.Lines(text) {
		bare := strings.TrimLeft(line, " \t")
		if bare == "\n" || bare == "\r\n" || strings.IndexAny(bare, "-*+|#>0123456789") == 0 {
			delimiters = 0
		}
		markers := 0
		for i := 0; i < len(line) && strings.IndexByte(">-+*.) \t0123456789", line[i]) >= 0; i++ {
			if c := line[i]; c == '>' || c == '-' || c == '+' || c == '*' || c == ')' || c == '.' {
				markers++
			}
		}
		for i := range len(line) {
			switch line[i] {
			case '[', '*', '_', '~':
				delimiters++
			}
		}
		if delimiters > maxDelimiters || (markers > maxContainers && strings.Trim(line, "-*_=. \t\r\n") != "") {
			return true
		}
	}
	return false
}
