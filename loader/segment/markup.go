package segment

import (
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
)

// enclosing returns, for each block, the innermost mark of a kind that holds it, -1 for
// none. Marks and blocks are in order of their start, and marks of a kind nest.
func (d *divider) enclosing(kind source.MarkKind) []int {
	out := make([]int, len(d.blocks))
	var open []int
	next := 0
	for i, b := range d.blocks {
		for ; next < len(d.item.Marks) && d.item.Marks[next].Span.Start <= b.span.Start; next++ {
			if d.item.Marks[next].Kind == kind {
				open = append(open, next)
			}
		}
		for len(open) > 0 && d.item.Marks[open[len(open)-1]].Span.End <= b.span.Start {
			open = open[:len(open)-1]
		}
		out[i] = -1
		for k := len(open) - 1; k >= 0 && k >= len(open)-maxNested; k-- {
			if d.item.Marks[open[k]].Span.Contains(b.span) {
				out[i] = open[k]
				break
			}
		}
	}
	return out
}

// maxNested bounds how many open marks are tried for one block.
const maxNested = 64

// markedSegment places a block of the article that its markup decides.
func (d *divider) markedSegment(i int) bool {
	b := d.blocks[i]
	if d.item.Marks[b.mark].Kind == source.MarkByline {
		d.readMeta(i)
		d.setAside(i)
		d.open = -1
		return true
	}
	q := d.quoteMarks[i]
	if q < 0 {
		return false
	}
	if d.open >= 0 && d.open == len(d.layout.Segments)-1 && d.layout.Segments[d.open].Type == graph.SegmentBlockquote && d.quoteOpen == q {
		d.join(i, d.open)
		return true
	}
	d.open, d.quoteOpen = d.add(i, Segment{Type: graph.SegmentBlockquote, Parent: -1, Author: d.item.Marks[q].Author}), q
	return true
}

// byMarkup reads comments that the format has marked.
func (t *thread) byMarkup(i int) {
	at := map[int]int{} // mark → its segment
	for ; i < len(t.blocks); i++ {
		b := t.blocks[i]
		m := t.commentMarks[i]
		switch {
		case m < 0 && utf8.RuneCountInString(b.text) > 200 && !t.furniture(i):
			t.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		case m < 0, t.furniture(i):
			t.setAside(i)
		default:
			if seg, ok := at[m]; ok {
				t.current = seg
				t.say(i)
				at[m] = t.current
				continue
			}
			mark := t.item.Marks[m]
			s := Segment{Type: graph.SegmentComment, Author: mark.Author, Date: mark.Date, Age: mark.Age, Parent: -1}
			if parent, ok := at[mark.Parent]; ok {
				s.Type, s.Parent = graph.SegmentReply, parent
			}
			t.current = t.add(i, s)
			if s.Parent < 0 {
				t.address(i)
			}
			t.remember()
			at[m] = t.current
		}
	}
}
