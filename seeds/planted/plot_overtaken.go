package planted

import (
	"fmt"

	"whence/graph"
)

// Overtaken claims (3.11): repeated after it was said what they leave out, by those
// who do not say so; and what could have been known (3.12).
var overtakenPlots = []plot{
	{"overtaken/repeats around a clarification", func(t *teller) {
		o := t.clarified([]graph.Predicate{graph.ClarifiedBy, graph.CorrectedBy, graph.UpdatedBy, graph.RefutedBy}[t.IntN(4)])
		o.repeat(5)
		o.repeat(11)
		o.repeat(12)
		o.late(o.repeat(13))
		o.repeat(20).links(o.answer.document)
		at := o.repeat(22)
		at.document.references = append(at.document.references, &citation{of: o.answer.document})
		o.late(o.repeat(25))
		o.undated()
	}},
	{"overtaken/said later of what was known before", func(t *teller) {
		// That the answer clarifies the claim is only said on day 30; the answer is of day 10.
		who := t.person()
		o := &overtaken{teller: t, n: t.exact()}
		o.first = t.document(graph.KindNews, 0, nil).reports(who, t.counted(o.n, 0))
		o.all = []*statement{o.first}
		o.answer = t.document(graph.KindWrittenAnswer, 10, nil).voice(t.qualified())
		late := o.repeat(15)
		told := t.document(graph.KindStatement, 30, nil)
		again := told.reports(who, t.counted(o.n, 1))
		told.reports(o.answer.speaker, o.answer.utterance).from(o.answer).is(o.answer)
		told.statements[1].verb = qualifying[graph.ClarifiedBy]
		again.qualify(graph.ClarifiedBy, told.statements[1], told.statements[1].cites)
		o.all = append(o.all, again)
		o.known(again)
		t.expect("answered-or-not", "clarifies", again, o.answer)
		o.late(late)
		o.repeat(8)
		again.cites = &citation{of: o.first.document}
		family(o.all...)
	}},
	{"overtaken/never repeated", func(t *teller) {
		o := t.clarified(graph.CorrectedBy)
		o.repeat(2)
		o.repeat(10)
	}},
	{"overtaken/confirmed or disputed", func(t *teller) {
		// What somebody supports or disputes is not overtaken by that, though the letter of the definition counts it.
		o := t.clarified([]graph.Predicate{graph.SupportedBy, graph.DisputedBy}[t.IntN(2)])
		o.open = true
		s := o.repeat(20)
		t.may("overtaken", "", s, o.answer)
	}},
	{"overtaken/another claim of the same speaker", func(t *teller) {
		o := t.clarified(graph.ClarifiedBy)
		m, _, _, _ := t.digits(false)
		f := t.share(3 + m%90)
		say := func(day int) *statement {
			d := t.document(graph.KindNews, day, nil)
			return d.reports(o.first.speaker, f.told("the budget for the "+t.thing+" in "+t.place+" grew by "+f.words)).like(o.first)
		}
		say(18).is(say(26))
		o.late(o.repeat(19))
	}},
}

// overtaken is a claim that was clarified on day 10.
type overtaken struct {
	*teller
	n             number
	first, answer *statement
	all           []*statement
	open          bool // whether it clarifies anything is a matter of opinion
}

func (t *teller) exact() number {
	n, _, _, _ := t.digits(true)
	return exactly(n)
}

// qualified is what the answer says.
func (t *teller) qualified() utterance {
	return utterance{words: t.filled(fmt.Sprintf("that number of %s in %s who %s counts {adj} {noun}s {where} the {town} %s", t.people, t.place, t.did, t.thing))}
}

// qualifying is how a text says so.
var qualifying = map[graph.Predicate]string{
	graph.ClarifiedBy: "clarified", graph.CorrectedBy: "corrected this and said", graph.UpdatedBy: "has since updated the figure and said",
	graph.RefutedBy: "refuted this and said", graph.SupportedBy: "confirmed", graph.DisputedBy: "disputed this and said",
}

// clarified tells of a claim, and of an answer that repeats it and says what it leaves out.
func (t *teller) clarified(kind graph.Predicate) *overtaken {
	o := &overtaken{teller: t, n: t.exact()}
	who := t.person()
	o.first = t.document(graph.KindNews, 0, nil).reports(who, t.counted(o.n, 0))
	d := t.document(graph.KindWrittenAnswer, 10, nil)
	again := d.reports(who, t.counted(o.n, 1)).from(o.first)
	o.answer = d.reports(&t.cast.parliament, t.qualified())
	o.answer.verb = qualifying[kind]
	again.answers = append(again.answers, clarification{kind: kind, by: o.answer})
	again.is(o.first)
	o.all = []*statement{o.first, again}
	return o
}

// qualify says that the text gives what is cited for a clarification of the statement.
func (s *statement) qualify(kind graph.Predicate, words *statement, by *citation) {
	s.answers = append(s.answers, clarification{kind: kind, by: words, source: by})
}

// repeat repeats the claim on a day, without a word of the answer.
func (o *overtaken) repeat(day int) *statement {
	s := o.document([]graph.DocumentKind{graph.KindNews, graph.KindStatement, graph.KindBlog}[o.IntN(3)], day, nil).
		reports(o.first.speaker, o.counted(o.n, len(o.all)))
	if o.IntN(2) == 0 {
		s.from(o.first)
	}
	s.is(o.all...)
	o.all = append(o.all, s)
	if day > 10 {
		o.known(s)
	}
	return s
}

// known plants that whoever wrote a document could have known of the answer.
func (o *overtaken) known(s *statement) {
	o.expect("could-have-known", "", s, o.answer).may = o.open
}

// undated repeats the claim in a document that has no date.
func (o *overtaken) undated() {
	d := o.document(graph.KindNews, 40, nil)
	d.Published = ""
	s := d.reports(o.first.speaker, o.counted(o.n, len(o.all)))
	s.is(o.all...)
	o.all = append(o.all, s)
}

// late plants a repeat that comes too late.
func (o *overtaken) late(s *statement) { o.expect("overtaken", "", s, o.answer) }
