package resolve

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// metadata introduces the publisher and the authors, and says who they are.
func (x *resolver) metadata() {
	d := &x.r.Document
	if d.Publisher != "" {
		x.publisher = x.body(d.Publisher)
		x.add(d.ID, graph.PublishedBy, answer{member: x.publisher, reason: "given as the document's publisher"}, rolePublisher)
	}
	for _, line := range d.Authors {
		for _, m := range x.byline(line) {
			x.authors = append(x.authors, m)
			x.add(d.ID, graph.WrittenBy, answer{member: m, reason: "given as the document's author"}, roleAuthor)
		}
	}
}

// body introduces the body or person named by a whole line of metadata.
func (x *resolver) body(line string) *member {
	line = graph.FoldSpace(line)
	t, ok := name.Listed(line)
	if !ok || t == "" {
		t = graph.Organisation
		if x.r.Document.Kind == graph.KindNews {
			t = graph.Publication
		}
		if found := name.Find(line, nil); len(found) == 1 && found[0].Type != "" && name.Fold(found[0].Span.Of(line)) == name.Fold(line) {
			t = found[0].Type
		}
	}
	m := x.cast.introduce(line, t, "")
	m.segments = append(m.segments, "")
	return m
}

// byline introduces the persons, else the body, that a line of authors names: "By
// Jane Poole and Sam Hill".
func (x *resolver) byline(line string) []*member {
	line = graph.FoldSpace(line)
	if cut, ok := strings.CutPrefix(line, "By "); ok {
		line = cut
	}
	if line == "" {
		return nil
	}
	var out []*member
	for _, n := range name.Find(line, nil) {
		if words := n.Span.Of(line); n.Type == graph.Person && strings.Contains(words, " ") {
			m := x.cast.introduce(words, graph.Person, n.Gender)
			m.segments = append(m.segments, "")
			out = append(out, m)
		}
	}
	if len(out) > 0 {
		return out
	}
	if _, listed := name.Listed(line); listed || x.cast.authority.named(line) != nil {
		return []*member{x.body(line)}
	}
	found := name.Find(line, nil)
	if len(found) == 1 && found[0].Type != "" && found[0].Type != graph.Person {
		return []*member{x.body(line)}
	}
	// A byline of words that are nothing else is a person's name, or a nickname.
	m := x.cast.introduce(line, graph.Person, "")
	m.scoped = m.known == nil && !strings.Contains(line, " ")
	m.segments = append(m.segments, "")
	return []*member{m}
}

// voice returns who speaks where a segment speaks for itself.
func (x *resolver) voice(s *graph.Segment) answer {
	switch {
	case s != nil && s.Type.IsReader():
		return answer{member: x.commenter(s), reason: "the commenter's own words"}
	case isFurniture(s):
		return answer{reason: "page furniture, which asserts nothing"}
	case s != nil && s.Author != "":
		if ms := x.byline(s.Author); len(ms) == 1 {
			return answer{member: ms[0], reason: "the author of this part of the document"}
		}
	}
	switch {
	case len(x.authors) == 1:
		return answer{member: x.authors[0], reason: "the document's own words: its author"}
	case x.publisher != nil && len(x.authors) > 1:
		return answer{member: x.publisher, reason: "the document's own words: its publisher, for it has several authors"}
	case x.publisher != nil:
		return answer{member: x.publisher, reason: "the document's own words: its publisher, for no author is given"}
	case len(x.authors) > 1:
		return answer{reason: "the document's own words, but it has several authors", rejected: x.authors}
	}
	return answer{reason: "the document's own words, but neither author nor publisher is known"}
}

// commenter returns the reader who wrote a comment: anonymous, and this document's.
func (x *resolver) commenter(s *graph.Segment) *member {
	id := graph.NewAnonymousID(x.r.Document.ID, s.Author, s.ID)
	key := "\x00" + string(id)
	m := x.cast.byForm[key]
	if m == nil {
		form := graph.FoldSpace(s.Author)
		if form == "" {
			form = "anonymous commenter"
		}
		m = &member{typ: graph.Anonymous, anonymous: id, forms: []string{form}}
		x.cast.members = append(x.cast.members, m)
		x.cast.byForm[key] = m
	}
	return m
}

// commenters says who wrote each part that has an author of its own.
func (x *resolver) commenters() {
	for i := range x.r.Segments {
		s := &x.r.Segments[i]
		switch {
		case s.Type.IsReader():
			x.add(s.ID, graph.WrittenBy, answer{member: x.commenter(s), reason: "the author of the comment"}, roleAuthor)
		case s.Author != "" && !isFurniture(s):
			for _, m := range x.byline(s.Author) {
				x.add(s.ID, graph.WrittenBy, answer{member: m, reason: "given as the author of this part"}, roleAuthor)
			}
		}
	}
}
