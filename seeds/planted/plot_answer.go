package planted

import (
	"fmt"

	"whence/graph"
)

// Answered or not (3.13): whether a written answer says anything of what was asked.
var answerPlots = []plot{
	{"answered-or-not/it says what was counted", func(t *teller) {
		n, _, _, _ := t.digits(true)
		t.answered(n, "clarifies", func(d *Document) *statement { return d.voice(t.counted(exactly(n-n/4), 1)) })
	}},
	{"answered-or-not/a holding answer", func(t *teller) {
		t.answered(0, "holding", func(d *Document) *statement {
			return d.voice(utterance{words: t.of([]string{
				"it has not proved possible to respond to the honourable member in the time available", "I will write to the honourable member as soon as I can and place a copy in the library",
			})})
		})
	}},
	{"answered-or-not/a website", func(t *teller) {
		t.answered(0, "refers-to-website", func(d *Document) *statement {
			s := d.voice(utterance{words: fmt.Sprintf("the information requested on %s is available on the website of the authority", t.people)})
			s.cites = &citation{url: "https://assembly.example/tables/" + fmt.Sprint(t.number)}
			return s
		})
	}},
	{"answered-or-not/another year", func(t *teller) {
		n, _, _, _ := t.digits(true)
		t.answered(n, "different-period", func(d *Document) *statement {
			t.year -= 3
			return d.voice(t.counted(exactly(n-n/4), 1))
		})
	}},
	{"answered-or-not/no figure", func(t *teller) {
		t.answered(0, "no-figure", func(d *Document) *statement {
			return d.voice(utterance{words: fmt.Sprintf("the government is determined that everybody in %s shall be treated with respect and keeps such matters under review", t.place)})
		})
	}},
}

// answered tells of a claim, and of a written answer to the question on what it rests.
func (t *teller) answered(n int, kind string, answer func(*Document) *statement) {
	if n == 0 {
		n, _, _, _ = t.digits(true)
	}
	who := t.person()
	c := t.document(graph.KindNews, 0, nil).reports(who, t.counted(exactly(n), 0))
	u := t.counted(exactly(n), 2) // before the answer changes the subject
	d := t.document(graph.KindWrittenAnswer, 12, nil)
	asked := d.reports(who, t.counted(exactly(n), 0))
	asked.asked = true
	asked.is(c)
	says := answer(d)
	says.worth = 300
	// A third says that this answers it.
	told := t.document(graph.KindStatement, 20, nil)
	claim := told.reports(who, u).from(c)
	claim.is(c, asked)
	note := told.reports(&t.cast.parliament, utterance{words: "all that could be said of this had been said in writing"}).links(d)
	claim.qualify(graph.ClarifiedBy, note, note.cites)
	p := t.expect("answered-or-not", kind, claim, says)
	p.or = []*statement{asked, c}
	for _, s := range []*statement{says, asked, c, claim} { // who answers with another figure disagrees
		t.may("contradiction", "disagreement", s, nil)
	}
	t.may("could-have-known", "", claim, nil)
	if kind != "clarifies" { // a reply that says nothing of it overtakes nothing, but a text calls it a clarification
		t.may("overtaken", "", claim, nil)
	}
}
