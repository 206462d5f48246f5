// Package segment divides a document into parts with their own author and date:
// title, body, dated updates, block quotes, comments and replies, and page
// furniture, which asserts nothing. Inside the parts it finds paragraphs and
// sentences.
//
// Markup, where a format has it, decides. Plain text is divided by its layout:
// blank lines, indentation, bullets and numbers, heading lines, and the stock
// phrases that web pages put around comments.
package segment

import (
	"sort"

	"whence/graph"
	"whence/loader/source"
)

// A Segment is a part of the text. Parent indexes the segments before it, -1 for none.
type Segment struct {
	Type     graph.SegmentType
	Span     graph.Span
	Author   string
	Date     graph.Date
	Age      string // "1 months ago", as written
	Parent   int
	Language string
	Skipped  string // why it is not extracted; "" if it is
}

// A Paragraph is a run of text between breaks, inside one segment.
type Paragraph struct {
	Span      graph.Span
	Segment   int
	Heading   bool // a heading or caption line: it has no sentence of its own
	Item      bool // an item of a list
	Sentences []graph.Span
}

// A Layout is how a text is divided. Segments and paragraphs are in order and do not overlap.
type Layout struct {
	Segments   []Segment
	Paragraphs []Paragraph
	Title      string     // the headline as it stands in the text; ""
	SiteName   string     // a line above the headline that names the site; ""
	Author     string     // a byline, or the person a note at the end introduces as the author; ""
	Published  graph.Date // a dateline; ""
}

// Divide divides an item. It never fails: any text is a document.
func Divide(item source.Item) Layout {
	var l Layout
	lines := splitLines(item.Text)
	blocks := blocksOf(item, lines)
	d := divider{item: item, blocks: blocks, layout: &l}
	d.run()
	l.addParagraphs(item.Text, d.blocks)
	return l
}

// ParagraphsOf returns the paragraphs of a segment, in order: a part of l.Paragraphs.
func (l *Layout) ParagraphsOf(segment int) []Paragraph {
	from := sort.Search(len(l.Paragraphs), func(i int) bool { return l.Paragraphs[i].Segment >= segment })
	n := sort.Search(len(l.Paragraphs)-from, func(i int) bool { return l.Paragraphs[from+i].Segment > segment })
	return l.Paragraphs[from : from+n]
}

// Sentences returns the sentences of a segment, in order; those of its headings are left out.
func (l *Layout) Sentences(segment int) []graph.Span {
	var out []graph.Span
	for _, p := range l.ParagraphsOf(segment) {
		if !p.Heading {
			out = append(out, p.Sentences...)
		}
	}
	return out
}
