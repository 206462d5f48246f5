package planted

import "whence/graph"

// The ladder of support (3.5): what a claim offers for itself.
var ladderPlots = []plot{
	{"unsupported/U0 nothing offered", func(t *teller) {
		t.rung("U0", t.document(graph.KindNews, 0, nil).voice(t.counted(t.exact(), 0)))
	}},
	{"unsupported/U1 a body named", func(t *teller) {
		body := t.body()
		s := t.document(graph.KindNews, 0, nil).reports(body, t.counted(t.exact(), 0))
		s.cites = &citation{body: body}
		t.rung("U1", s)
	}},
	{"unsupported/U2 a newspaper linked", func(t *teller) {
		n := t.exact()
		b := t.document(graph.KindNews, 0, nil).voice(t.counted(n, 0))
		s := t.document(graph.KindBlog, 5, nil).voice(t.counted(n, 1)).from(b)
		s.is(b)
		t.unreassigned(s, b)
		t.rung("U2", s)
		t.rung("U0", b)
	}},
	{"unsupported/U3 a release that has another figure", func(t *teller) {
		n, _, _, _ := t.digits(true)
		b := t.document(graph.KindDataset, 0, nil).voice(t.counted(exactly(n), 0))
		s := t.document(graph.KindNews, 5, nil).reports(b.speaker, t.counted(exactly(n+n/3), 1)).links(b.document)
		s.like(b)
		t.phantom(s, b)
	}},
	{"unsupported/U3 a release of something else", func(t *teller) {
		d := t.document(graph.KindDataset, 0, nil)
		other := t.share(5 + t.IntN(90))
		d.voice(other.told("the rent of the " + t.thing + " in " + t.place + " rose by " + other.words))
		s := t.document(graph.KindNews, 5, nil).reports(d.Publisher, t.counted(t.exact(), 1)).links(d)
		t.rung("U3", s)
	}},
	{"unsupported/U4 a release that has it", func(t *teller) {
		n := t.exact()
		b := t.document(graph.KindDataset, 0, nil).voice(t.counted(n, 0))
		s := t.document(graph.KindNews, 5, nil).reports(b.speaker, t.counted(n, 1)).from(b)
		s.is(b)
		t.rung("U4", s)
	}},
	{"unsupported/U4 a release that has it to the last digit", func(t *teller) {
		// A round number that no word calls one: whether the release contains it is left open.
		n, _, two, _ := t.digits(true)
		b := t.document(graph.KindDataset, 0, nil).voice(t.counted(exactly(n), 0))
		s := t.document(graph.KindNews, 5, nil).reports(b.speaker, t.counted(roughly(two), 1)).from(b)
		s.is(b)
		t.may("unsupported", "", s, nil)
	}},
	{"unsupported/UX a release that is not held", func(t *teller) {
		body := t.body()
		s := t.document(graph.KindNews, 0, nil).reports(body, t.counted(t.exact(), 0))
		s.cites = &citation{url: "https://elsewhere.example/" + t.place}
		t.rung("UX", s)
	}},
	{"unsupported/U2 a quotation by way of a newspaper", func(t *teller) {
		who := t.person()
		b := t.document(graph.KindNews, 0, nil).quotes(who, t.promised())
		s := t.document(graph.KindNews, 5, nil).quotes(who, t.promised()).from(b)
		s.is(b)
		t.rung("U2", s)
	}},
	{"unsupported/U4 a quotation with its record", func(t *teller) {
		who := t.person()
		b := t.document(graph.KindSpeech, 0, nil).quotes(who, t.promised())
		s := t.document(graph.KindNews, 5, nil).quotes(who, t.promised()).from(b)
		s.is(b)
		t.rung("U4", s)
	}},
	{"unsupported/U3 a quotation that the record has not", func(t *teller) {
		who := t.person()
		d := t.document(graph.KindSpeech, 0, nil)
		d.quotes(who, t.promised())
		t.act, t.thing, t.why = "paint", "harbour crane", "because the gulls have left it"
		t.rung("U3", t.document(graph.KindNews, 5, nil).quotes(who, t.promised()).links(d))
	}},
}

// rung plants on which rung a claim stands. That it is supported need not be listed.
func (t *teller) rung(kind string, s *statement) {
	s.worth = 900
	t.expect("unsupported", kind, s, nil).may = kind == "U4"
}

// phantom plants a claim whose source has another figure; whoever said the two may
// be said to contradict himself, and the one to have drifted from the other.
func (t *teller) phantom(s, b *statement) {
	t.rung("U3", s)
	t.may("contradiction", "contradiction", s, nil)
	t.may("contradiction", "contradiction", b, nil)
}
