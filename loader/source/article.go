package source

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxBlocks bounds what is given to the article finder, whose cost grows faster than
// its input; a page beyond it is judged by the density of its words alone.
const maxBlocks = 4000

// An article is the blocks of a page, and which of them are its main text.
//
// Which ones are is left to trafilatura, but not how they read: extractors drop words
// (dates in time elements, credits of quotations) and flatten what they keep. So it is
// given a skeleton of the page, in which each block begins with a character of its own
// from a private plane; the characters that come back name the blocks to keep.
type article struct {
	blocker
	body   *html.Node
	kept   []bool
	skel   []*html.Node        // path to where the skeleton grows
	page   *html.Node          // the skeleton's document
	asides map[*html.Node]bool // answers of aside
}

const (
	firstMarker = 0xf0000
	lastMarker  = 0xffffd
)

// newArticle cuts a page into blocks and grows the skeleton.
func newArticle(body *html.Node, k blocker, title string) *article {
	a := &article{blocker: k, body: body, asides: map[*html.Node]bool{}}
	a.page = &html.Node{Type: html.DocumentNode}
	root := grow(a.page, "html", nil)
	head := grow(root, "head", nil)
	grow(head, "title", nil).AppendChild(&html.Node{Type: html.TextNode, Data: cutRunes(title, 300)})
	a.skel = []*html.Node{root}
	a.enter = func(n *html.Node) {
		top := a.skel[len(a.skel)-1]
		if len(a.skel) < skeletonDepth {
			top = grow(top, n.Data, n.Attr)
		}
		a.skel = append(a.skel, top)
	}
	a.leave = func(*html.Node) { a.skel = a.skel[:len(a.skel)-1] }
	a.done = func(b *block) { a.plant(len(a.blocks)-1, b) }
	a.cut(body)
	a.kept = make([]bool, len(a.blocks))
	return a
}

// grow appends an element with those attributes that extractors go by.
func grow(parent *html.Node, tag string, attrs []html.Attribute) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag))}
	for _, at := range attrs {
		switch at.Key {
		case "id", "class", "role", "itemprop", "itemtype":
			n.Attr = append(n.Attr, at)
		}
	}
	parent.AppendChild(n)
	return n
}

// plant writes a block into the skeleton.
func (a *article) plant(i int, b *block) {
	at := a.skel[len(a.skel)-1]
	if len(b.text) >= 80 && isElement(at, "div", "section", "article", "main", "body", "td", "blockquote", "center", "form", "font") {
		at = grow(at, "p", nil)
	}
	if firstMarker+i > lastMarker {
		return
	}
	left := skeletonBytes
	text := func(at *html.Node, s string) {
		s = cutRunes(s, left)
		left -= len(s)
		s = strings.Map(func(r rune) rune {
			if r >= firstMarker {
				return ' '
			}
			return r
		}, s)
		at.AppendChild(&html.Node{Type: html.TextNode, Data: s})
	}
	at.AppendChild(&html.Node{Type: html.TextNode, Data: string(rune(firstMarker + i))})
	from := 0
	for _, m := range b.inner {
		if m.Kind != MarkLink || m.Span.Start < from || left <= 0 {
			continue
		}
		text(at, b.text[from:m.Span.Start])
		link := grow(at, "a", nil)
		link.Attr = []html.Attribute{{Key: "href", Val: m.URL}}
		text(link, m.Span.Of(b.text))
		from = m.Span.End
	}
	text(at, b.text[from:])
}

// What the article finder is shown: it goes by length and by what lies around a block,
// and walks a tree once for each of its levels.
const (
	skeletonBytes = 4000 // of a block
	skeletonDepth = 60   // elements
)

// cutRunes returns at most n bytes of s, whole characters.
func cutRunes(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if len(s) <= n {
		return s
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// choose finds the main text. note says when it had to be guessed.
func (a *article) choose() (note string) {
	if len(a.blocks) > maxBlocks {
		a.dense()
		return "page too large for the article finder: judged by density"
	}
	if !a.extract() {
		a.dense()
	}
	a.fill()
	return ""
}

// extract marks the blocks that trafilatura keeps, and reports whether there are any.
// It is not ours and the page is hostile: a panic counts as nothing found.
func (a *article) extract() (found bool) {
	defer func() {
		if recover() != nil {
			found = false
			clear(a.kept)
		}
	}()
	config := trafilatura.DefaultConfig()
	config.MinOutputSize = 1
	result, err := trafilatura.ExtractDocument(a.page, trafilatura.Options{
		Config: config, EnableFallback: true, ExcludeComments: true, IncludeLinks: true, HtmlDateOverride: &htmldate.Result{},
	})
	if err != nil || result.ContentNode == nil {
		return false
	}
	each(result.ContentNode, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if i := int(r) - firstMarker; i >= 0 && i < len(a.kept) {
					a.kept[i] = true
					found = true
				}
			}
		}
		return true
	})
	return found
}

// dense keeps the blocks of running text: those that are long and hardly linked, and
// what stands among them.
func (a *article) dense() {
	const running = 80 // bytes
	any := false
	for i := range a.blocks {
		b := &a.blocks[i]
		a.kept[i] = len(b.text) >= running && 2*b.linked < len(b.text) && !a.aside(b.holder)
		any = any || a.kept[i]
	}
	for i := range a.blocks { // A page of a few words is all there is.
		if b := &a.blocks[i]; !any {
			a.kept[i] = 2*b.linked < len(b.text) && !a.aside(b.holder)
		}
	}
}

// aside reports whether an element lies in a part of the page that is not its main text.
func (a *article) aside(n *html.Node) bool {
	if n == nil || n == a.body {
		return false
	}
	out, known := a.asides[n]
	if !known {
		out = isElement(n, "aside", "footer", "figure", "form", "header", "nav") || named(n, apart) || a.aside(n.Parent)
		a.asides[n] = out
	}
	return out
}

// fill keeps what extractors lose between two paragraphs they keep: short paragraphs,
// subheadings, items and quotations of the same parent, if they are not mostly links;
// of a quotation all or nothing; and footnotes that kept text refers to.
func (a *article) fill() {
	last := -1
	for i := range a.blocks {
		if !a.kept[i] {
			continue
		}
		for j := last + 1; last >= 0 && j < i; j++ {
			b := &a.blocks[j]
			if 2*b.linked < len(b.text) && sameParent(a.blocks[last].holder, a.blocks[i].holder, b.holder) && !a.aside(b.holder) {
				a.kept[j] = true
			}
		}
		last = i
	}
	a.fillEdges()
	quoted := map[*html.Node]bool{}
	noted := map[string]bool{}
	for i, b := range a.blocks {
		if a.kept[i] && b.quote != nil {
			quoted[b.quote] = true
		}
		if a.kept[i] {
			for _, id := range b.notes {
				noted[id] = true
			}
		}
	}
	for i, b := range a.blocks {
		if quoted[b.quote] && b.quote != nil {
			a.kept[i] = true
		}
		if len(noted) > 0 && within(b.holder, a.body, func(n *html.Node) bool { return noted[attr(n, "id")] }) != nil {
			a.kept[i] = true
		}
		// The credit of a quotation comes right after it.
		if i > 0 && a.kept[i-1] && a.blocks[i-1].quote != nil && b.quote == nil && isElement(b.holder, "blockquote") {
			a.kept[i] = true
		}
	}
}

// fillEdges keeps running text, rows of tables and quotations that are siblings of a kept
// block and come right after it, or before the first: extractors drop tables, a
// standfirst and a short last word.
func (a *article) fillEdges() {
	beside := func(i, kept int) bool {
		b := &a.blocks[i]
		running := len(b.text) >= 80 && isElement(b.holder, "p", "blockquote", "li")
		return (running || b.quote != nil || isElement(b.holder, "tr", "td", "th")) && 4*b.linked < len(b.text) &&
			parentOf(b.holder) == parentOf(a.blocks[kept].holder) && !a.aside(b.holder)
	}
	first := slices.Index(a.kept, true)
	for i := first - 1; i >= 0 && i >= first-3; i-- {
		a.kept[i] = beside(i, first)
	}
	for i := 1; i < len(a.kept); i++ {
		a.kept[i] = a.kept[i] || a.kept[i-1] && beside(i, i-1)
	}
}

// sameParent reports whether three elements, or lists, quotations and tables around
// them, are siblings.
func sameParent(a, b, c *html.Node) bool {
	pa, pb, pc := parentOf(a), parentOf(b), parentOf(c)
	return pa == pb && pb == pc
}

func parentOf(n *html.Node) *html.Node {
	for n != nil && n.Parent != nil && isElement(n, "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "tr", "td", "th", "tbody", "thead", "table") && !isElement(n.Parent, "article", "main", "body") {
		n = n.Parent
		if !isElement(n, "li", "ul", "ol", "dl", "blockquote", "tr", "tbody", "thead", "table") {
			return n
		}
	}
	if n == nil {
		return nil
	}
	return n.Parent
}
