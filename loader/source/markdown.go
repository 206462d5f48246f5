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
