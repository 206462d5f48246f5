package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// comments divides the blocks from i on among their readers, by the first of these that
// the page shows: markers of a list (with replies indented below), header lines
// that name an author or an age, or paragraphs.
func (d *divider) comments(i int) {
	for ; i < len(d.blocks) && d.blocks[i].segment < 0; i++ {
		b := d.blocks[i]
		if d.comment(b) >= 0 || !(commentsHeader.MatchString(strings.Trim(b.text, " *_#")) || thoughtsHeader.MatchString(b.text) || isFurniture(b.text)) {
			break
		}
		d.add(i, Segment{Type: graph.SegmentFurniture, Parent: -1})
	}
	if i >= len(d.blocks) {
		return
	}
	c := commentReader{divider: d, current: -1, named: map[string]int{}}
	switch {
	case d.comment(d.blocks[i]) >= 0:
		c.byMarkup(i)
	case d.blocks[i].marker != "":
		c.byMarker(i)
	case c.headers(i) > 0:
		c.byHeader(i)
	default:
		c.byParagraph(i)
	}
}

type commentReader struct {
	*divider
	current int            // the segment being read, -1 for none
	levels  []level        // the comments that the next one may answer, outermost first
	named   map[string]int // the last comment of each author
}

type level struct{ indent, segment int }

// furniture sets a block aside. What follows joins no segment before it, so that segments never interleave.
func (c *commentReader) furniture(i int) {
	c.add(i, Segment{Type: graph.SegmentFurniture, Parent: -1})
}

// say gives a block to the comment being read. When furniture has come between,
// the comment goes on in a further segment of the same author.
func (c *commentReader) say(i int) {
	segs := c.layout.Segments
	if c.current == len(segs)-1 && c.current >= 0 {
		c.join(i, c.current)
		return
	}
	s := Segment{Type: graph.SegmentComment, Parent: -1}
	if c.current >= 0 {
		s = segs[c.current]
	}
	c.current = c.add(i, s)
	c.remember()
}

// start begins a comment at indentation n; the block itself is given by say.
func (c *commentReader) start(n int) Segment {
	for len(c.levels) > 0 && c.levels[len(c.levels)-1].indent >= n {
		c.levels = c.levels[:len(c.levels)-1]
	}
	s := Segment{Type: graph.SegmentComment, Parent: -1}
	if k := len(c.levels); k > 0 {
		s.Type, s.Parent = graph.SegmentReply, c.levels[k-1].segment
	}
	return s
}

// open adds the first block of a comment.
func (c *commentReader) openAt(i, indent int, s Segment) {
	c.current = c.add(i, s)
	c.levels = append(c.levels, level{indent, c.current})
	c.address(i)
	c.remember()
}

func (c *commentReader) remember() {
	if a := c.layout.Segments[c.current].Author; a != "" {
		c.named[strings.ToLower(a)] = c.current
	}
}

// address reads "@Name" at the start of a comment: it is a reply, and if Name has
// spoken, to that comment.
func (c *commentReader) address(i int) {
	m := replyTo.FindStringSubmatch(c.blocks[i].text)
	if m == nil {
		return
	}
	s := &c.layout.Segments[c.current]
	s.Type = graph.SegmentReply
	if to, ok := c.named[strings.ToLower(m[1]+m[2])]; ok && to != c.current {
		s.Parent = to
	}
}

// byMarker reads comments that are items of a list. The first marker tells the
// kind; deeper ones of the same kind are replies, of other kinds lists inside a comment.
func (c *commentReader) byMarker(i int) {
	style := markerStyle(c.blocks[i].marker)
	base := c.blocks[i].indent
	var pending *Segment
	indent := base
	for ; i < len(c.blocks); i++ {
		b := c.blocks[i]
		if b.marker == "" && b.indent < base || b.marker == "" && b.indent == 0 && base == 0 && isFurniture(b.text) && c.tail(i) {
			break
		}
		if b.marker != "" && markerStyle(b.marker) == style && (b.indent <= base || c.replyIndent(b)) {
			s := c.start(b.indent)
			pending, indent = &s, b.indent
		}
		if m := ageForm.FindStringSubmatch(b.text); m != nil {
			if pending != nil {
				pending.Age = m[1]
			}
			c.furniture(i)
			continue
		}
		if isFurniture(b.text) {
			c.furniture(i)
			continue
		}
		if pending != nil {
			if name, age, at, ok := c.header(i); ok && (pending.Author == "") {
				pending.Author = name
				if age != "" {
					pending.Age = age
				}
				pending.Date = at
				c.furniture(i)
				continue
			}
			c.openAt(i, indent, *pending)
			pending = nil
			continue
		}
		c.say(i)
	}
	c.footer(i)
}

// replyIndent tells a nested reply from a list inside a comment: a reply stands where the
// text of the comment above it stands, or deeper, and is followed by text of its own.
func (c *commentReader) replyIndent(b block) bool {
	return len(c.levels) > 0 && b.indent > c.levels[0].indent
}

func markerStyle(m string) string {
	if unicode.IsDigit(firstRune(m)) || firstRune(m) == '(' {
		return "1"
	}
	return string(firstRune(m))
}

// headers counts the header lines in the blocks from i.
func (c *commentReader) headers(i int) int {
	n := 0
	for ; i < len(c.blocks); i++ {
		if _, _, _, ok := c.header(i); ok || ageForm.MatchString(c.blocks[i].text) {
			n++
		}
	}
	return n
}

// header reads a line that names a comment's author, age or date, and nothing else.
func (c *commentReader) header(i int) (name, age string, at graph.Date, ok bool) {
	s := strings.Trim(c.blocks[i].text, " *_")
	if utf8.RuneCountInString(s) > 100 {
		return "", "", "", false
	}
	if m := headerForm.FindStringSubmatch(s); m != nil && m[3] == "" && !isFurniture(m[1]) {
		return m[1], m[2], c.dateIn(c.blocks[i].span), true
	}
	if m := datedHeader.FindStringSubmatch(s); m != nil && !isFurniture(m[1]) {
		return m[1], "", c.dateIn(c.blocks[i].span), true
	}
	return "", "", "", false
}

// byHeader reads comments each under a line that names its author or age.
func (c *commentReader) byHeader(i int) {
	var pending *Segment
	indent := 0
	for ; i < len(c.blocks); i++ {
		b := c.blocks[i]
		name, age, at, ok := c.header(i)
		m := ageForm.FindStringSubmatch(b.text)
		switch {
		case ok:
			s := c.start(b.indent)
			s.Author, s.Age, s.Date = name, age, at
			pending, indent = &s, b.indent
			c.furniture(i)
		case m != nil:
			if pending == nil {
				s := c.start(b.indent)
				pending, indent = &s, b.indent
			}
			pending.Age = m[1]
			c.furniture(i)
		case pending == nil && i+1 < len(c.blocks) && ageForm.MatchString(c.blocks[i+1].text) && utf8.RuneCountInString(b.text) <= 40:
			s := c.start(b.indent)
			s.Author = b.text
			pending, indent = &s, b.indent
			c.furniture(i)
		case isFurniture(b.text):
			c.furniture(i)
		case pending != nil:
			c.openAt(i, indent, *pending)
			pending = nil
		default:
			c.say(i)
		}
	}
}

// byParagraph reads comments that nothing divides but paragraphs: each is taken for a
// comment, but for signatures and what plainly goes on.
func (c *commentReader) byParagraph(i int) {
	for ; i < len(c.blocks); i++ {
		b := c.blocks[i]
		switch {
		case isFurniture(b.text) && !signOff.MatchString(b.text):
			c.furniture(i)
		case c.current >= 0 && signOff.MatchString(b.text):
			c.say(i)
			if i+1 < len(c.blocks) && nameLine.MatchString(c.blocks[i+1].text) && c.blocks[i+1].span.Len() <= 40 {
				i++
				c.say(i)
				c.sign(strings.TrimRight(c.blocks[i].text, "."))
			}
		case c.current >= 0 && c.goesOn(b):
			c.say(i)
		default:
			c.levels = nil
			c.openAt(i, 0, c.start(0))
		}
	}
}

// sign names the author of the comment being read; the document's author, when the
// given name is that person's.
func (c *commentReader) sign(name string) {
	if a := c.layout.Author; a != "" && strings.HasPrefix(a+" ", name+" ") {
		name = a
	}
	c.layout.Segments[c.current].Author = name
	c.remember()
}

// goesOn reports whether a paragraph plainly belongs to the comment above it: it
// begins in lower case, or is a further link.
func (c *commentReader) goesOn(b block) bool {
	if unicode.IsLower(firstRune(b.text)) {
		return true
	}
	rest := strings.TrimSpace(urlForm.ReplaceAllString(b.text, ""))
	return rest != b.text && utf8.RuneCountInString(rest) <= 30
}

// tail reports whether only furniture-like lines follow.
func (c *commentReader) tail(i int) bool {
	for _, b := range c.blocks[i:] {
		if b.marker != "" || utf8.RuneCountInString(b.text) > 200 {
			return false
		}
	}
	return true
}

// footer sets aside what follows a list of comments at its left: boxes and
// notices, or, when it is long, more of the article.
func (c *commentReader) footer(i int) {
	for ; i < len(c.blocks); i++ {
		if isFurniture(c.blocks[i].text) || utf8.RuneCountInString(c.blocks[i].text) <= 200 {
			c.furniture(i)
		} else {
			c.open = -1
			c.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		}
	}
}
