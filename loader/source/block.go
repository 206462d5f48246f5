package source

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence/graph"
)

// A block is a paragraph, heading, list item or table row of a page, as a reader sees it.
type block struct {
	kind   MarkKind
	text   string     // white space folded; "\n" for a line break, "\t" between cells
	inner  []Mark     // links and times, spans into text
	holder *html.Node // the block-level element it stands in
	quote  *html.Node // the blockquote it stands in; nil if none
	notes  []string   // ids of the footnotes it refers to
	linked int        // bytes of text that are links
}

// A blocker cuts a tree into blocks.
type blocker struct {
	base *url.URL              // for links; may be nil
	skip func(*html.Node) bool // elements that are passed over with all they hold; may be nil
	refs map[string]string     // footnotes by id: how the text refers to each

	blocks []block
	struck int // passages struck out, which are left out

	// Called, if set, at each block-level element and when a block is complete.
	enter, leave func(*html.Node)
	done         func(*block)

	text   strings.Builder
	cur    block
	space  bool // a space is due before the next word
	breaks int  // line breaks since the last word
	holder *html.Node
	quote  *html.Node
	kind   MarkKind
	prefix string // of a footnote: "[1] "
	quotes int    // depth of q
	pre    bool   // white space counts
	row    bool   // inside a table row that is one block
}

// cut appends the blocks of a tree.
func (k *blocker) cut(n *html.Node) {
	if k.kind == "" {
		k.kind = MarkParagraph
	}
	k.holder = n
	k.node(n)
	k.flush()
}

func (k *blocker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		k.words(n.Data)
		return
	case html.DocumentNode:
		k.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	if invisible(n) || (k.skip != nil && k.skip(n)) {
		return
	}
	switch n.DataAtom {
	case atom.Del, atom.S, atom.Strike:
		if textOf(n) != "" {
			k.struck++
		}
		return
	case atom.Br:
		k.lineBreak()
		return
	case atom.Q:
		k.write([...]string{"“", "‘"}[k.quotes&1])
		k.quotes++
		k.children(n)
		k.quotes--
		k.close([...]string{"”", "’"}[k.quotes&1])
		return
	case atom.A:
		k.link(n)
		return
	case atom.Time:
		k.time(n)
		return
	case atom.Sup:
		if ref := noteRef(n); ref != nil {
			k.noteRef(ref)
			return
		}
	case atom.Td, atom.Th:
		if k.row {
			if k.text.Len() > 0 {
				k.space, k.breaks = false, 0
				k.text.WriteByte('\t')
			}
			k.children(n)
			return
		}
	}
	if !isBlockLevel(n) || (k.row && isElement(n, "p", "div")) {
		k.children(n)
		return
	}
	k.blockLevel(n)
}

func (k *blocker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		k.node(c)
	}
}

// blockLevel walks an element that begins and ends a block.
func (k *blocker) blockLevel(n *html.Node) {
	k.flush()
	if k.enter != nil {
		k.enter(n)
	}
	holder, kind, quote, pre, row := k.holder, k.kind, k.quote, k.pre, k.row
	k.holder = n
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		k.kind = MarkHeading
	case atom.Li, atom.Dd, atom.Dt:
		k.kind = MarkListItem
	case atom.Pre, atom.Xmp, atom.Listing:
		k.pre = true
	case atom.Tr:
		k.row = isDataRow(n)
	case atom.Blockquote:
		k.blockquote(n)
	}
	if ref := k.refs[attr(n, "id")]; ref != "" && attr(n, "id") != "" {
		k.prefix = "[" + ref + "] "
	}
	if n.DataAtom != atom.Blockquote {
		k.children(n)
	}
	k.flush()
	k.holder, k.kind, k.quote, k.pre, k.row = holder, kind, quote, pre, row
	k.prefix = ""
	if k.leave != nil {
		k.leave(n)
	}
}

// blockquote walks a quotation. Who is quoted stands in its footer or in a cite at its
// end, and becomes a paragraph after the quotation: the words are not the speaker's.
func (k *blocker) blockquote(n *html.Node) {
	if k.quote == nil {
		k.quote = n
	}
	credit := quoteCredit(n)
	skip := k.skip
	if credit != nil {
		k.skip = func(m *html.Node) bool { return m == credit || (skip != nil && skip(m)) }
	}
	k.children(n)
	k.flush()
	k.skip = skip
	if credit != nil {
		k.quote = nil
		k.children(credit)
		k.flush()
	}
}

// quoteCredit returns the element of a blockquote that says who is quoted.
func quoteCredit(n *html.Node) *html.Node {
	inner := func(tags ...string) *html.Node {
		var last *html.Node
		each(n, func(m *html.Node) bool {
			if isElement(m, tags...) && textOf(m) != "" {
				last = m
			}
			return m == n || !isElement(m, "blockquote")
		})
		return last
	}
	if f := inner("footer", "figcaption"); f != nil {
		return f
	}
	if c := inner("cite"); c != nil && lastWords(c, n) {
		return c
	}
	return nil
}

// lastWords reports whether no words follow m inside n.
func lastWords(m, n *html.Node) bool {
	for ; m != n && m != nil; m = m.Parent {
		for s := m.NextSibling; s != nil; s = s.NextSibling {
			if strings.Trim(textOf(s), " .)]") != "" {
				return false
			}
		}
	}
	return true
}

// creditName returns the name in such an element: "— Jane Smith, minister" is Jane Smith.
func creditName(credit *html.Node) string {
	name := textOf(credit)
	if cite := findTag(credit, "cite"); cite != nil && cite != credit {
		// HTML means cite for a work, and writers use it for a person: a name before it is the person.
		before, _, _ := strings.Cut(name, textOf(cite))
		if before = strings.Trim(before, " ,-–—―:"); before == "" {
			name = textOf(cite)
		} else {
			name = trailing.ReplaceAllString(before, "")
		}
	}
	name = strings.TrimLeft(name, " -–—―~")
	name, _, _ = strings.Cut(name, ",")
	return strings.TrimSpace(name)
}

var trailing = regexp.MustCompile(`(?i)[\s,]+(?:in|from|at|on|for|to|speaking to)$`)

// noteRef returns the link of a superscript that only refers to a footnote.
func noteRef(sup *html.Node) *html.Node {
	a := findTag(sup, "a")
	if a == nil || !strings.HasPrefix(attr(a, "href"), "#") || textOf(a) != textOf(sup) || len(noteNumber(a)) > 4 || noteNumber(a) == "" {
		return nil
	}
	return a
}

func noteNumber(a *html.Node) string { return strings.Trim(textOf(a), "[]() ") }

// noteRefs finds all references to footnotes: how the text names each, by id.
func noteRefs(root *html.Node) map[string]string {
	refs := map[string]string{}
	each(root, func(n *html.Node) bool {
		if isElement(n, "sup") {
			if a := noteRef(n); a != nil {
				if id := attr(a, "href")[1:]; refs[id] == "" {
					refs[id] = noteNumber(a)
				}
			}
		}
		return true
	})
	return refs
}

func (k *blocker) noteRef(a *html.Node) {
	k.close("[" + noteNumber(a) + "]")
	k.cur.notes = append(k.cur.notes, attr(a, "href")[1:])
}

func (k *blocker) link(a *html.Node) {
	href := attr(a, "href")
	if attr(a, "role") == "doc-backlink" || (strings.HasPrefix(href, "#") && strings.Trim(textOf(a), "↩↑^⤴️ \ufe0e") == "") {
		return
	}
	start := k.mark()
	k.children(a)
	span, ok := k.since(start)
	if !ok {
		return
	}
	k.cur.linked += span.Len()
	if u := k.resolve(href); u != "" {
		k.cur.inner = append(k.cur.inner, Mark{Kind: MarkLink, Span: span, URL: u, Parent: -1})
	}
}

// resolve returns the address a link leads to; "" if it is not on the web or only inside the page.
func (k *blocker) resolve(href string) string {
	if href == "" || strings.HasPrefix(href, "#") || len(href) > 4096 {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if k.base != nil {
		u = k.base.ResolveReference(u)
	}
	out, err := normalise(u)
	if err != nil {
		return ""
	}
	return out
}

func (k *blocker) time(n *html.Node) {
	start := k.mark()
	k.children(n)
	if span, ok := k.since(start); ok {
		if d := timeDate(n); d != "" {
			k.cur.inner = append(k.cur.inner, Mark{Kind: MarkTime, Span: span, Date: d, Parent: -1})
		}
	}
}

// timeDate returns the date of a time element, from its attribute or its words.
func timeDate(n *html.Node) graph.Date {
	for _, s := range []string{attr(n, "datetime"), attr(n, "content"), textOf(n)} {
		if d, _ := findDate(s); d != "" {
			return d
		}
	}
	return ""
}

// A mark remembers where an inline element begins: with the next word of this block.
type inlineStart struct{ blocks, at int }

func (k *blocker) mark() inlineStart { return inlineStart{len(k.blocks), k.text.Len()} }

// since returns the words written in this block since a mark, without white space around
// them. ok is false if there are none, or a block ended in between.
func (k *blocker) since(m inlineStart) (graph.Span, bool) {
	if m.blocks != len(k.blocks) || k.text.Len() <= m.at {
		return graph.Span{}, false
	}
	words := k.text.String()[m.at:]
	start := m.at + len(words) - len(strings.TrimLeftFunc(words, unicode.IsSpace))
	end := m.at + len(strings.TrimRightFunc(words, unicode.IsSpace))
	return graph.Span{Start: start, End: end}, start < end
}

// words writes text of the page.
func (k *blocker) words(s string) {
	if k.pre {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				k.text.WriteByte('\n')
			}
			k.text.WriteString(strings.TrimRight(line, " \t\r"))
		}
		return
	}
	for s != "" {
		end := strings.IndexFunc(s, foldable)
		if end == 0 {
			k.space = true
			s = strings.TrimLeftFunc(s, foldable)
			continue
		}
		if end < 0 {
			end = len(s)
		}
		k.write(s[:end])
		s = s[end:]
	}
}

// foldable is what a browser folds: not the no-break space, which becomes a plain one
// by itself.
func foldable(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\v' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// write writes a word, after the space or break that is due.
func (k *blocker) write(word string) {
	switch {
	case k.text.Len() == 0:
		k.text.WriteString(k.prefix)
		k.prefix = ""
	case k.breaks == 1:
		k.text.WriteByte('\n')
	case k.space && !strings.HasSuffix(k.text.String(), "\t"):
		k.text.WriteByte(' ')
	}
	k.space, k.breaks = false, 0
	k.text.WriteString(noBreak.Replace(word))
}

// close writes what clings to the word before it.
func (k *blocker) close(mark string) {
	due := k.space
	k.space = false
	k.write(mark)
	k.space = due
}

var noBreak = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u00ad", "", "\u200b", "", "\ufeff", "", "\u2060", "")

// lineBreak handles br: one is a line break, two end the paragraph.
func (k *blocker) lineBreak() {
	if k.text.Len() == 0 {
		return
	}
	if k.breaks++; k.breaks > 1 {
		k.flush()
	}
}

// flush ends a block.
func (k *blocker) flush() {
	text := k.text.String()
	trimmed := strings.TrimRightFunc(text, unicode.IsSpace)
	lead := 0
	if !k.pre || strings.TrimLeftFunc(trimmed, unicode.IsSpace) == "" {
		lead = len(trimmed) - len(strings.TrimLeftFunc(trimmed, unicode.IsSpace))
	}
	cur := k.cur
	k.text.Reset()
	k.cur, k.space, k.breaks = block{}, false, 0
	if trimmed == "" || lead == len(trimmed) {
		return
	}
	cur.text, cur.holder, cur.quote, cur.kind = trimmed[lead:], k.holder, k.quote, k.kind
	inner := cur.inner[:0]
	for _, m := range cur.inner {
		m.Span.Start, m.Span.End = max(0, m.Span.Start-lead), min(m.Span.End-lead, len(cur.text))
		if m.Span.Start < m.Span.End {
			inner = append(inner, m)
		}
	}
	slices.SortStableFunc(inner, func(a, b Mark) int {
		return cmp.Or(a.Span.Start-b.Span.Start, b.Span.End-a.Span.End)
	})
	cur.inner = inner
	k.blocks = append(k.blocks, cur)
	if k.done != nil {
		k.done(&k.blocks[len(k.blocks)-1])
	}
}

// isDataRow reports whether a table row holds figures and words, and not a layout.
func isDataRow(tr *html.Node) bool {
	if !isElement(tr, "tr") {
		return false
	}
	cells := 0
	for td := tr.FirstChild; td != nil; td = td.NextSibling {
		if !isElement(td, "td", "th") {
			continue
		}
		cells++
		ok := true
		blocks := 0
		for c := td.FirstChild; c != nil; c = c.NextSibling {
			each(c, func(m *html.Node) bool {
				if m.Type == html.ElementNode && isBlockLevel(m) {
					blocks++
					ok = ok && isElement(m, "p", "div")
				}
				return ok
			})
		}
		if !ok || blocks > 1 || len(textOf(td)) > 300 {
			return false
		}
	}
	return cells > 1
}

// invisible reports whether a reader of the page never sees an element, or sees a
// control. What hides the article itself or the comments is shown by a script, later.
func invisible(n *html.Node) bool {
	if isControl(n) {
		return true
	}
	return hidden(n) && find(n, func(m *html.Node) bool { return isElement(m, "h1", "article", "main", "body") }) == nil
}

// isControl reports whether an element holds no words of the page.
func isControl(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Applet,
		atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Map, atom.Select, atom.Datalist, atom.Button, atom.Input,
		atom.Textarea, atom.Progress, atom.Meter, atom.Noembed, atom.Noframes, atom.Frameset, atom.Rp, atom.Rt, atom.Dialog, atom.Menu:
		return true
	}
	return false
}

// hidden reports whether an element is hidden by an attribute, a style or a class.
func hidden(n *html.Node) bool {
	if hasAttr(n, "hidden") || strings.EqualFold(attr(n, "aria-hidden"), "true") {
		return true
	}
	if style := strings.ToLower(strings.ReplaceAll(attr(n, "style"), " ", "")); strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
		return true
	}
	for _, c := range names(n) {
		switch c {
		case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "noprint", "no-print", "print-only", "skip-link":
			return true
		}
	}
	return false
}
