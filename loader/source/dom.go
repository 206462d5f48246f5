package source

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on markup. Real pages nest some thirty elements deep, and formatting a few.
const (
	maxDepth      = 300 // the parser gives up at 512, and opens elements of its own in tables
	maxFormatting = 16  // each open one may be opened again by the parser in every paragraph that follows
)

// parseHTML parses a page after cutting its nesting down to the bounds, so that
// neither the parser nor anything that walks the tree blows up. Words are never lost.
func parseHTML(page string) (*html.Node, error) {
	return html.Parse(bytes.NewReader(boundNesting(page)))
}

// boundNesting leaves out the tags that nest too deep, but not what stands in them.
func boundNesting(page string) []byte {
	var (
		out        bytes.Buffer
		open       []string
		dropped    = map[string]int{} // start tags left out, whose end tags are left out too
		formatting = map[string]int{}
		formatted  int
	)
	out.Grow(len(page))
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken:
			raw := z.Raw()
			tag, _ := z.TagName()
			name := string(tag)
			if isFormatting(name) {
				if formatted >= maxFormatting {
					dropped[name]++
					continue
				}
				formatting[name]++
				formatted++
			} else if !isVoid(name) {
				if closesItself(name) && len(open) > 0 && open[len(open)-1] == name {
					open = open[:len(open)-1]
				}
				if len(open) >= maxDepth-maxFormatting {
					dropped[name]++
					continue
				}
				open = append(open, name)
			}
			out.Write(raw)
		case html.EndTagToken:
			raw := z.Raw()
			tag, _ := z.TagName()
			name := string(tag)
			if dropped[name] > 0 {
				dropped[name]--
				continue
			}
			if formatting[name] > 0 {
				formatting[name]--
				formatted--
			}
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == name {
					open = open[:i]
					break
				}
			}
			out.Write(raw)
		default:
			out.Write(z.Raw())
		}
	}
}

func isFormatting(tag string) bool {
	switch tag {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

func closesItself(tag string) bool {
	switch tag {
	case "p", "li", "dt", "dd", "td", "th", "tr", "option":
		return true
	}
	return false
}

// attr returns an attribute, trimmed; "" if there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// names returns the classes and the id of an element in lower case: what its author calls it.
func names(n *html.Node) []string {
	out := strings.Fields(strings.ToLower(attr(n, "class")))
	if id := attr(n, "id"); id != "" {
		out = append(out, strings.ToLower(id))
	}
	return out
}

func isElement(n *html.Node, tags ...string) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, t := range tags {
		if n.Data == t {
			return true
		}
	}
	return false
}

// each calls f for n and what it holds, in order; f returns false to pass over what a node holds.
func each(n *html.Node, f func(*html.Node) bool) {
	if !f(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

// find returns the first node in n, or n itself, for which ok holds.
func find(n *html.Node, ok func(*html.Node) bool) *html.Node {
	if ok(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if m := find(c, ok); m != nil {
			return m
		}
	}
	return nil
}

func findTag(n *html.Node, tags ...string) *html.Node {
	return find(n, func(m *html.Node) bool { return isElement(m, tags...) })
}

// within returns the nearest of n and the elements around it, up to but without root, for which ok holds.
func within(n, root *html.Node, ok func(*html.Node) bool) *html.Node {
	for ; n != nil && n != root; n = n.Parent {
		if ok(n) {
			return n
		}
	}
	return nil
}

// textOf returns the words of a node with white space folded, without scripts and styles.
func textOf(n *html.Node) string {
	var b strings.Builder
	each(n, func(m *html.Node) bool {
		if m.Type == html.TextNode {
			b.WriteString(m.Data)
		}
		if m.Type == html.ElementNode && (isBlockLevel(m) || m.DataAtom == atom.Br) {
			b.WriteByte(' ')
		}
		return !isElement(m, "script", "style", "template", "noscript")
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// isBlockLevel reports whether a browser puts an element on lines of its own.
func isBlockLevel(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html,
		atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return n.Type == html.ElementNode
	}
	return false
}
