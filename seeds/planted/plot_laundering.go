package planted

import (
	"fmt"

	"whence/graph"
)

// Laundering (3.4): what stood lower is passed on higher up, and not said to.
var launderingPlots = []plot{
	{"laundering/a comment becomes an article", func(t *teller) {
		c := t.remark()
		a := t.document(graph.KindNews, 8, nil).voice(t.shared(c, 1)).has(c, graph.BasisQuoted)
		a.is(c)
		t.launders("below-the-line", a, c)
	}},
	{"laundering/an article that links to the comment", func(t *teller) {
		c := t.remark()
		a := t.document(graph.KindNews, 8, nil).voice(t.shared(c, 1)).from(c)
		a.is(c)
		t.unreassigned(a, c)
	}},
	{"laundering/a blog becomes an article", func(t *teller) {
		b := t.document(graph.KindBlog, 0, nil).voice(t.fraction())
		a := t.document(graph.KindNews, 6, nil).voice(t.shared(b, 1)).has(b, graph.BasisInferred)
		a.is(b)
		t.launders("laundering", a, b)
	}},
	{"laundering/by way of a blog that links", func(t *teller) {
		c := t.remark()
		b := t.document(graph.KindBlog, 5, nil).voice(t.shared(c, 1)).from(c)
		a := t.document(graph.KindNews, 9, nil).voice(t.shared(c, 2)).has(b, graph.BasisQuoted)
		family(c, b, a)
		t.launders("below-the-line", a, c)
		t.unreassigned(b, c)
	}},
	{"laundering/the links are open all the way", func(t *teller) {
		b := t.document(graph.KindBlog, 0, nil).voice(t.fraction())
		a := t.document(graph.KindNews, 4, nil).voice(t.shared(b, 1)).from(b)
		r := t.document(graph.KindReport, 9, nil).voice(t.shared(b, 2)).from(a)
		family(b, a, r)
		t.unreassigned(a, b)
		t.unreassigned(r, a)
	}},
	{"laundering/downhill", func(t *teller) {
		// A blog that copies a newspaper, and a newspaper that copies another, raise nobody's words.
		a := t.document(graph.KindNews, 0, nil).voice(t.fraction())
		b := t.document(graph.KindBlog, 4, nil).voice(t.shared(a, 1)).has(a, graph.BasisQuoted)
		c := t.document(graph.KindNews, 5, nil).voice(t.shared(a, 2)).has(a, graph.BasisInferred)
		family(a, b, c)
		t.unreassigned(b, a)
		t.unreassigned(c, a)
	}},
	{"laundering/from the record", func(t *teller) {
		n, _, _, _ := t.digits(true)
		from := t.document(graph.KindDataset, 0, nil).voice(t.counted(exactly(n), 0))
		a := t.document(graph.KindNews, 4, nil).reports(from.speaker, t.counted(exactly(n), 1)).has(from, graph.BasisInferred)
		b := t.document(graph.KindReport, 9, from.document.Publisher).reports(from.speaker, t.counted(exactly(n), 2)).has(from, graph.BasisInferred)
		family(from, a, b)
	}},
}

// fraction is a share of people that nobody is credited with.
func (t *teller) fraction() utterance {
	return t.shareOf(t.share(11+t.IntN(80)), 0)
}

func (s subject) shareOf(f figure, way int) utterance {
	switch way % 3 {
	case 0:
		return f.told(fmt.Sprintf("%s of all %s in %s %s in %d", f.words, s.people, s.place, s.did, s.year))
	case 1:
		return f.told(fmt.Sprintf("in %d, %s of all %s in %s %s", s.year, f.words, s.people, s.place, s.did))
	}
	return f.told(fmt.Sprintf("in %s, %s of all %s %s in %d", s.place, f.words, s.people, s.did, s.year))
}

// shared says a share again in nearly the same words.
func (t *teller) shared(s *statement, way int) utterance { return t.shareOf(s.figures[0], way) }

// remark is a reader's comment below a blog that says nothing of it.
func (t *teller) remark() *statement {
	d := t.document(graph.KindBlog, 0, nil)
	return d.comment(t.of(givenNames)+fmt.Sprint(t.IntN(90)+10), t.day(0), t.fraction())
}

// launders plants laundering, and says that who copies without a word of credit may
// be said to have changed the speaker.
func (t *teller) launders(kind string, a, origin *statement) {
	t.expect("laundering", kind, a, origin)
	t.unreassigned(a, origin)
}

// unreassigned says that a document which repeats in its own voice what another said
// in its own may be said to have taken it over: the definition leaves that open.
func (t *teller) unreassigned(a, b *statement) {
	t.may("attribution-drift", "reassigned", a, b)
}
