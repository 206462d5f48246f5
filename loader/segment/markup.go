package segment

import (
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
)

// markup gathers the marks that hold whole blocks.
func (d *divider) markup() {
	for i, m := range d.item.Marks {
		switch m.Kind {
		case source.MarkComment:
			d.commentMarks = append(d.commentMarks, i)
		case source.MarkBlockquote:
			d.quoteMarks = append(d.quoteMarks, i)
		}
	}
}

// enclosing returns the innermost of the marks that holds a span, -1 for none.
// The marks are in order of their start, so the last one that holds it is the innermost.
func (d *divider) enclosing(marks []int, s graph.Span) int {
	found := -1
	for _, i := range marks {
		if d.item.Marks[i].Span.Start > s.Start {
			break
		}
		if d.item.Marks[i].Span.Contains(s) {
			found = i
		}
	}
	return found
}

// comment returns the index of the mark of the comment that a block belongs to, -1 for none.
func (d *divider) comment(b block) int { return d.enclosing(d.commentMarks, b.span) }

// markedSegment places a block of the article that its markup decides.
func (d *divider) markedSegment(i int) bool {
	b := d.blocks[i]
	if d.item.Marks[b.mark].Kind == source.MarkByline {
		d.isMeta(min(i, 10))
		d.add(i, Segment{Type: graph.SegmentFurniture, Parent: -1})
		d.open = -1
		return true
	}
	q := d.enclosing(d.quoteMarks, b.span)
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
func (c *commentReader) byMarkup(i int) {
	at := map[int]int{} // mark → its segment
	for ; i < len(c.blocks); i++ {
		b := c.blocks[i]
		m := c.comment(b)
		switch {
		case m < 0 && utf8.RuneCountInString(b.text) > 200 && !isFurniture(b.text):
			c.open = -1
			c.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		case m < 0, isFurniture(b.text):
			c.furniture(i)
		default:
			if seg, ok := at[m]; ok {
				c.current = seg
				c.say(i)
				continue
			}
			mark := c.item.Marks[m]
			s := Segment{Type: graph.SegmentComment, Author: mark.Author, Date: mark.Date, Age: mark.Age, Parent: -1}
			if parent, ok := at[mark.Parent]; ok {
				s.Type, s.Parent = graph.SegmentReply, parent
			}
			c.current = c.add(i, s)
			c.address(i)
			c.remember()
			at[m] = c.current
		}
	}
}
