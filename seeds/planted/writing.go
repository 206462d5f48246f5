package planted

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// A mark is where the parts of a statement stand in the text.
type mark struct {
	content, source, cue, cite, whole graph.Span
	figures, hedges                   []graph.Span
	part                              int
}

// A part is one segment of the text.
type part struct {
	span   graph.Span
	reader *reader // nil for the body
	notice bool
}

// A pen writes a text and notes where things stand.
type pen struct{ strings.Builder }

func (p *pen) put(words string) graph.Span {
	start := p.Len()
	p.WriteString(words)
	return graph.Span{Start: start, End: p.Len()}
}

// Frames of sentences: {s} is who speaks, {q} the words that say so, {c} what is said,
// {l} where it is from. Each begins with a capital and ends before {l} and the stop.
var (
	indirectFrames = strings.Split(`{s} {q} that {c}|According to {s}, {c}|{C}, {s} {q}|As {s} {q}, {c}`, "|")
	directFrames   = strings.Split(`“{C},” {s} {q}|{s} {q}: “{C}”|“{C},” {q} {s}|In the words of {s}: “{C}”`, "|")
	cues           = strings.Fields(`said stated announced reported`)
	linkFrames     = strings.Split(` ({l})| (see {l})| (source: {l})`, "|")
)

// write puts the document into words.
func (d *Document) write() {
	slices.SortStableFunc(d.statements, func(a, b *statement) int {
		return place(d, a) - place(d, b)
	})
	p := &pen{}
	aside := 0
	filler := func() {
		p.put(d.asides[aside])
		aside++
	}
	for _, s := range d.statements {
		if s.asked {
			p.put("Question\n\nA member asked on what it rests that ")
			m := d.state(p, s, 0)
			d.marks = append(d.marks, m)
			d.parts = append(d.parts, part{span: graph.Span{End: p.Len()}})
			p.put("\n\n")
		}
	}
	body := p.Len()
	if body > 0 {
		p.put("Answer\n\n")
	}
	filler()
	for i, s := range d.statements {
		if s.reader != nil || s.asked {
			continue
		}
		if i%2 == 0 {
			p.put("\n\n")
		} else {
			p.put(" ")
		}
		m := d.state(p, s, d.frame+i)
		m.part = len(d.parts)
		d.marks = append(d.marks, m)
		if aside < len(d.asides) {
			p.put(" ")
			filler()
		}
	}
	for aside < len(d.asides) {
		p.put(" ")
		filler()
	}
	if len(d.references) > 0 {
		p.put("\n\nFurther reading")
		for i, c := range d.references {
			p.put(fmt.Sprintf("\n%d. ", i+1))
			d.references[i].at = p.put(c.address())
		}
	}
	d.parts = append(d.parts, part{span: graph.Span{Start: body, End: p.Len()}})
	if d.notice != "" {
		p.put("\n\n")
		d.parts = append(d.parts, part{span: p.put(d.notice), notice: true})
	}
	if len(d.readers) > 0 {
		p.put(fmt.Sprintf("\n\n%d comments", len(d.readers)))
		d.parts[len(d.parts)-1].span.End = p.Len()
	}
	for _, r := range d.readers {
		p.put("\n\n")
		start := p.Len()
		p.put(r.name + "\n" + r.day.Start().Format("2 January 2006") + "\n")
		for i, s := range d.statements {
			if s.reader == r {
				m := d.state(p, s, d.frame+i)
				m.part = len(d.parts)
				d.marks = append(d.marks, m)
			}
		}
		d.parts = append(d.parts, part{graph.Span{Start: start, End: p.Len()}, r, false})
	}
	d.Text = p.String()
}

// place orders statements: the question's, the body's, then comment by comment.
func place(d *Document, s *statement) int {
	if s.asked {
		return -2
	}
	return slices.Index(d.readers, s.reader) // -1 for the body's
}

// state writes one statement.
func (d *Document) state(p *pen, s *statement, way int) mark {
	m := mark{whole: graph.Span{Start: p.Len()}}
	frame := "{C}"
	cited := s.cites != nil && s.cites.address() != ""
	switch {
	case s.asked:
		frame = "{s} {q} that {c}"
	case s.cites != nil && s.cites.body != nil:
		frame = "According to {l}, {c}"
	case s.verb != "":
		frame = "{s} {q} that {c}"
	case s.said != "":
		frame = "{s} {q} on " + s.said.Start().Format("2 January 2006") + " that {c}"
	case s.mode == graph.ModeDirect:
		frame = directFrames[way%len(directFrames)]
	case s.mode == graph.ModeIndirect:
		frame = indirectFrames[way%len(indirectFrames)]
	}
	if cited {
		frame += linkFrames[way%len(linkFrames)]
	}
	cue := cmp.Or(s.verb, cues[(way/7)%len(cues)])
	for frame != "" {
		open := strings.IndexByte(frame, '{')
		if open < 0 {
			p.put(frame)
			break
		}
		if cut := strings.TrimSuffix(frame[:open], " "); cut == "According to" || cut == "In the words of" {
			m.cue = p.put(cut)
			p.put(" ")
		} else {
			p.put(frame[:open])
		}
		switch frame[open+1] {
		case 's':
			m.source = p.put(s.named)
		case 'q':
			m.cue = p.put(cue)
		case 'c':
			m.content = p.put(s.words)
		case 'C':
			m.content = p.put(capital(s.words))
		case 'l':
			if s.cites.body == nil {
				m.cite = p.put(s.cites.address())
				break
			}
			m.cite = p.put("figures from ")
			m.source = p.put(s.cites.body.Name)
			m.cite.End = p.Len()
		}
		frame = frame[open+3:]
	}
	if !strings.HasSuffix(p.String(), "”") {
		p.put(".")
	}
	m.whole.End = p.Len()
	for _, f := range s.figures {
		m.figures = append(m.figures, s.within(m.content, f.words))
	}
	for _, h := range s.hedges {
		m.hedges = append(m.hedges, s.within(m.content, h))
	}
	return m
}

// within finds words of a statement's content, whose first letter may have become a capital.
func (s *statement) within(content graph.Span, words string) graph.Span {
	i := strings.Index(strings.ToLower(s.words), strings.ToLower(words))
	if i < 0 {
		panic(fmt.Sprintf("%q is not in %q", words, s.words))
	}
	return graph.Span{Start: content.Start + i, End: content.Start + i + len(words)}
}

// address is where what is cited is to be found; "" when only a body is named.
func (c *citation) address() string {
	if c.of != nil {
		return string(c.of.Address)
	}
	return c.url
}
