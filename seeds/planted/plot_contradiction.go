package planted

import (
	"fmt"

	"whence/graph"
)

// Contradiction with one's own record, as against disagreement (3.14).
var contradictionPlots = []plot{
	{"contradiction/two figures of one speaker", func(t *teller) {
		who := t.person()
		a, b := t.twoFigures(who, who, t.year)
		t.against("contradiction", a, b)
	}},
	{"contradiction/two figures of two speakers", func(t *teller) {
		a, b := t.twoFigures(t.person(), t.person(), t.year)
		t.against("disagreement", a, b)
	}},
	{"contradiction/two years", func(t *teller) {
		who := t.person()
		t.twoFigures(who, who, t.year-1)
	}},
	{"contradiction/two places", func(t *teller) {
		who := t.person()
		n, _, _, _ := t.digits(true)
		a := t.document(graph.KindNews, 0, nil).reports(who, t.counted(exactly(n), 0))
		t.place = t.of(townStarts) + "sted"
		t.document(graph.KindNews, 40, nil).reports(who, t.counted(exactly(n+n/3), 1)).like(a)
	}},
	{"contradiction/one figure and its rounding", func(t *teller) {
		who := t.person()
		n, _, two, _ := t.digits(true)
		a := t.document(graph.KindNews, 0, nil).reports(who, t.counted(exactly(n), 0))
		t.document(graph.KindNews, 40, nil).reports(who, t.counted(roughly(two), 1)).is(a)
	}},
	{"contradiction/yes and no", func(t *teller) {
		who := t.person()
		a, b := t.yesAndNo(who, who)
		t.against("contradiction", a, b)
	}},
	{"contradiction/yes and no of two speakers", func(t *teller) {
		a, b := t.yesAndNo(t.person(), t.person())
		t.against("disagreement", a, b)
	}},
	{"contradiction/two populations", func(t *teller) {
		who := t.person()
		n, _, _, _ := t.digits(true)
		a := t.document(graph.KindNews, 0, nil).reports(who, t.counted(exactly(n), 0))
		t.people = "lighthouse keepers"
		t.document(graph.KindNews, 40, nil).reports(who, t.counted(exactly(n+n/3), 1)).like(a)
	}},
}

// twoFigures tells of two newspapers in which two, who may be one, give figures of the
// same thing that no rounding joins, the second for a year.
func (t *teller) twoFigures(first, second *graph.Agent, year int) (a, b *statement) {
	n, _, _, _ := t.digits(true)
	a = t.document(graph.KindNews, 0, nil).reports(first, t.counted(exactly(n), 0))
	t.year = year
	b = t.document(graph.KindNews, 40+t.IntN(300), nil).reports(second, t.counted(exactly(n+n/3), 1))
	return a, b.like(a)
}

// yesAndNo tells of two newspapers, of which the second reports a denial of what the
// first reports.
func (t *teller) yesAndNo(first, second *graph.Agent) (a, b *statement) {
	u := utterance{words: fmt.Sprintf("the council in %s had agreed to %s the %s", t.place, t.act, t.thing)}
	a = t.document(graph.KindNews, 0, nil).reports(first, u)
	b = t.document(graph.KindNews, 40+t.IntN(300), nil).reports(second, u).denies(a)
	return a, b
}

// against plants two claims that cannot both be true; the report may begin with either.
func (t *teller) against(kind string, a, b *statement) {
	p := t.expect("contradiction", kind, b, nil)
	p.or = []*statement{a}
}
