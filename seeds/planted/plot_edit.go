package planted

import (
	"fmt"

	"whence/graph"
)

// Silent edits (3.15): a page that was changed without a word.
var editPlots = []plot{
	{"silent-edit/a figure altered", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(t.counted(exactly(n), 0), t.counted(exactly(n+n/4), 0))
		e.plant("altered")
	}},
	{"silent-edit/a claim dropped, and others rest on it", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(t.counted(exactly(n), 0))
		rests := t.document(graph.KindNews, 5, nil).reports(e.before.statements[1].speaker, t.counted(exactly(n), 1)).from(e.before.statements[1])
		rests.is(e.before.statements[1])
		e.plant("dropped")
		t.expect("silent-edit", "stranded", rests, nil)
	}},
	{"silent-edit/a claim added", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(utterance{}, t.counted(exactly(n), 2))
		e.plant("added")
	}},
	{"silent-edit/with a notice", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(t.counted(exactly(n), 0), t.counted(exactly(n+n/4), 0))
		e.after.notice = fmt.Sprintf("Correction, %s: an earlier text of this page gave another figure for the %s.", t.first.AddDate(0, 0, 20).Format("2 January 2006"), t.people)
		e.after.noticed = t.day(20)
	}},
	{"silent-edit/only words that claim nothing", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(t.counted(exactly(n), 0), t.counted(exactly(n), 0))
		e.after.asides = t.asides(5)
	}},
	{"silent-edit/only comments added", func(t *teller) {
		n, _, _, _ := t.digits(true)
		e := t.edited(t.counted(exactly(n), 0), t.counted(exactly(n), 0))
		e.after.comment(t.of(givenNames)+"77", t.day(19), t.fraction())
	}},
}

// An edit is two captures of one page.
type edit struct {
	*teller
	before, after *Document
}

// edited tells of a page with a claim that stays, and one that was there before and
// another after; an utterance without words is none.
func (t *teller) edited(before utterance, after ...utterance) edit {
	who := t.person()
	d := t.document(graph.KindNews, 0, nil)
	stays := utterance{words: t.promised()}
	d.reports(who, stays)
	if before.words != "" {
		d.reports(who, before)
	}
	later := t.capture(d, 20)
	later.reports(who, stays)
	for _, u := range after {
		later.reports(who, u)
	}
	return edit{t, d, later}
}

// plant plants the edit: its subject is the page or what changed in it.
func (e edit) plant(kind string) {
	p := e.expect("silent-edit", kind, nil, nil)
	p.document = e.before
	for _, d := range []*Document{e.before, e.after} {
		p.or = append(p.or, d.statements[1:]...)
	}
}
