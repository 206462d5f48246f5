package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// A thread is the comments of readers while they are read.
type thread struct {
	*divider
	current int            // the segment being read, -1 for none
	levels  []level        // the comments that the next one may answer, outermost first
	named   map[string]int // the last comment of each author
}

type level struct{ indent, segment int }

// say gives a block to the comment being read. When furniture has come between,
// the comment goes on in a further segment of the same author.
func (t *thread) say(i int) {
	segs := t.layout.Segments
	if t.current == len(segs)-1 && t.current >= 0 {
		t.join(i, t.current)
		return
	}
	s := Segment{Type: graph.SegmentComment, Parent: -1}
	if t.current >= 0 {
		s = segs[t.current]
	}
	t.current = t.add(i, s)
	t.remember()
}

// start begins a comment at indentation n; the block itself is given by openAt.
func (t *thread) start(n int) *Segment {
	for len(t.levels) > 0 && t.levels[len(t.levels)-1].indent >= n {
		t.levels = t.levels[:len(t.levels)-1]
	}
	s := &Segment{Type: graph.SegmentComment, Parent: -1}
	if k := len(t.levels); k > 0 {
		s.Type, s.Parent = graph.SegmentReply, t.levels[k-1].segment
	}
	return s
}

// openAt adds the first block of a comment.
func (t *thread) openAt(i, indent int, s Segment) {
	t.current = t.add(i, s)
	t.levels = append(t.levels, level{indent, t.current})
	t.address(i)
	t.remember()
}

func (t *thread) remember() {
	if a := t.layout.Segments[t.current].Author; a != "" {
		t.named[strings.ToLower(a)] = t.current
	}
}

// address reads "@Name" at the start of a comment.
func (t *thread) address(i int) {
	if m := replyTo().FindStringSubmatch(t.blocks[i].text); m != nil {
		t.answer(&t.layout.Segments[t.current], m[1]+m[2])
	}
}

// answer makes a comment a reply, and if the one it speaks to has spoken, a reply to that.
func (t *thread) answer(s *Segment, name string) {
	s.Type = graph.SegmentReply
	for name = strings.ToLower(name); name != ""; {
		if to, ok := t.named[name]; ok {
			s.Parent = to
			return
		}
		cut := strings.LastIndexByte(name, ' ') // "@Jane How can …"
		if cut < 0 {
			return
		}
		name = name[:cut]
	}
}

// openings reports whether comments follow that each stand under a name, an age or a date,
// or over the page's buttons with an age.
func (t *thread) openings(i int) bool {
	for ; i < len(t.blocks); i++ {
		if _, ok := t.opening(i); ok {
			return true
		}
		if st, ok := t.stamp(i); ok && (st.at != "" || st.age != "") {
			return true
		}
	}
	return false
}

// formForm heads the form for a further comment, below those there are.
var formForm = form(`(?i)^(?:leave|post|add|submit) (?:a|your) (?:reply|comment|response)\b`)

// manner is how a page sets its comments.
type manner struct {
	style    string // of the marker before each; "" for none
	base     int    // its indentation
	nameless bool   // ages or dates begin comments, no names
	trailing bool   // dates stand under the words
	opened   bool   // a name, age or date stands over each
}

// mannerOf tells how comments are set, by the first of them.
func (t *thread) mannerOf(i int) manner {
	var m manner
	if b := t.blocks[i]; b.marker != "" {
		m.style, m.base = markerStyle(b.marker), b.indent
	}
	for j := i; j < len(t.blocks); j++ {
		if o, ok := t.opening(j); ok {
			m.trailing, m.opened = o.at == "" && o.age == "", true
			return m
		}
		if st, ok := t.stamp(j); ok && (st.at != "" || st.age != "") {
			m.trailing = j > i && (isControl(t.blocks[j].text) || isName(t.blocks[i].text) && j+1 < len(t.blocks) && isControl(t.blocks[j+1].text))
			m.nameless, m.opened = !m.trailing, !m.trailing
			return m
		}
	}
	return m
}

// read reads comments that are items of a list, or stand under a line that names their author or
// age. The first marker tells the kind; deeper ones of the same kind are replies, of other
// kinds lists inside a comment.
func (t *thread) read(i int) {
	m := t.mannerOf(i)
	lastText := t.lastLong()
	var (
		pending *Segment // begun, without words yet
		indent  = m.base
		closed  = m.trailing // the next line is a name
		inBox   bool
	)
	for ; i < len(t.blocks); i++ {
		b := t.blocks[i]
		if m.style != "" && (b.marker == "" && b.indent < m.base || b.marker == "" && b.indent == 0 && m.base == 0 && t.furniture(i) && i > lastText) {
			t.footer(i)
			return
		}
		if m.style != "" && b.marker != "" && markerStyle(b.marker) == m.style && (b.indent <= m.base || t.isReplyAt(b)) {
			pending, indent, inBox, closed = t.start(b.indent), b.indent, false, false
		}
		// Where comments are dated, "Jane wrote:" without a date is a quotation inside one.
		if o, ok := t.opening(i); ok && (m.trailing || !m.opened || o.at != "" || o.age != "" || b.marker != "") {
			if pending == nil || pending.Author != "" || m.style == "" {
				pending, indent = t.start(b.indent), b.indent
			}
			pending.Author, pending.Age, pending.Date = o.author, o.age, o.at
			if o.to != "" {
				t.answer(pending, o.to)
			}
			for n := range o.blocks {
				t.setAside(i + n)
			}
			i += o.blocks - 1
			closed, inBox = false, false
			continue
		}
		if st, ok := t.stamp(i); ok {
			switch {
			case pending != nil:
				fill(pending, st)
			case m.trailing && t.current >= 0:
				if s := &t.layout.Segments[t.current]; s.Age == "" && s.Date == "" {
					fill(s, st)
				}
				closed = true
			case m.nameless && m.style == "" && (st.at != "" || st.age != ""):
				pending, indent = t.start(b.indent), b.indent
				fill(pending, st)
			}
			t.setAside(i)
			continue
		}
		if r := replyTo().FindStringSubmatch(b.text); r != nil && pending != nil && len(strings.Fields(b.text)) <= handleSize+3 && r[2] != "" {
			t.answer(pending, r[2])
			t.setAside(i)
			continue
		}
		inBox = inBox || t.furniture(i) && b.marker == "" && (isBox(b.text) || t.current >= 0 && !m.trailing && formForm().MatchString(b.text))
		switch {
		case t.furniture(i), isCount(b.text), closed && pending == nil && t.current >= 0 && !isSentence(b.text) && !isName(b.text), inBox && utf8.RuneCountInString(b.text) <= maxFurniture:
			t.setAside(i)
		case closed && i+1 < len(t.blocks) && isName(b.text) && !t.furniture(i+1):
			pending, indent = t.start(b.indent), b.indent
			pending.Author = cleanName(b.text)
			t.setAside(i)
			closed = false
		case pending != nil:
			t.openAt(i, indent, *pending)
			pending, closed = nil, false
		case t.current < 0 && m.opened && utf8.RuneCountInString(b.text) <= maxFurniture:
			t.setAside(i) // the page's words above the first comment
		case t.current < 0:
			t.openAt(i, b.indent, *t.start(b.indent))
		default:
			t.say(i)
		}
	}
}

func fill(s *Segment, st stamp) {
	if s.Age == "" {
		s.Age = st.age
	}
	if s.Date == "" && len(st.at) == len("2006-01-02") {
		s.Date = st.at
	}
}

// isReplyAt tells a nested reply from a list inside a comment: a reply stands where the
// text of the comment above it stands, or deeper.
func (t *thread) isReplyAt(b block) bool {
	return len(t.levels) > 0 && b.indent > t.levels[0].indent
}

func markerStyle(m string) string {
	if unicode.IsDigit(firstRune(m)) || firstRune(m) == '(' {
		return "1"
	}
	return string(firstRune(m))
}

// lastLong is the index of the last block that is marked or long.
func (t *thread) lastLong() int {
	for i := len(t.blocks) - 1; i >= 0; i-- {
		if t.blocks[i].marker != "" || utf8.RuneCountInString(t.blocks[i].text) > 200 {
			return i
		}
	}
	return -1
}

// footer sets aside what follows a list of comments at its left: boxes and
// notices, or, when it is long, more of the article.
func (t *thread) footer(i int) {
	for ; i < len(t.blocks); i++ {
		if t.furniture(i) || utf8.RuneCountInString(t.blocks[i].text) <= 200 {
			t.setAside(i)
		} else {
			t.open = -1
			t.extend(i, Segment{Type: graph.SegmentBody, Parent: -1})
		}
	}
}
