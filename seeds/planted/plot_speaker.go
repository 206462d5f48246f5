package planted

import (
	"strings"
	"time"

	"whence/graph"
)

// Attribution drift (3.8): who is said to have said so.
var speakerPlots = []plot{
	{"attribution-drift/another person", func(t *teller) {
		b := t.stated(t.person())
		a := t.passedOn(b, t.person(), "")
		t.expect("attribution-drift", "reassigned", a, b)
	}},
	{"attribution-drift/nobody in particular", func(t *teller) {
		b := t.stated(t.enter(t.cast.officers))
		a := t.passedOn(b, nil, t.of([]string{"ministers", "sources", "officials", "insiders"}))
		t.expect("attribution-drift", "anonymised", a, b)
	}},
	{"attribution-drift/a press officer becomes the charity", func(t *teller) {
		i := t.IntN(len(t.cast.spokes))
		b := t.stated(&t.cast.spokes[i])
		a := t.passedOn(b, &t.cast.charities[i], "")
		t.expect("attribution-drift", "elevated", a, b)
	}},
	{"attribution-drift/before the office was held", func(t *teller) {
		t.first = time.Date(2009, time.Month(1+t.IntN(12)), 3, 0, 0, 0, 0, time.UTC)
		who := t.enter(t.cast.officers)
		s := t.document(graph.KindNews, 0, nil).reports(who, utterance{words: t.promised()})
		s.named = who.Offices[0].Title + " " + who.Name
		t.expect("attribution-drift", "role-anachronism", s, nil)
	}},
	{"attribution-drift/in the office, told of later", func(t *teller) {
		// The document is from after the office ended, and says when the words were said.
		t.first = time.Date(2016, time.Month(1+t.IntN(12)), 3, 0, 0, 0, 0, time.UTC)
		who := t.enter(t.cast.formers)
		s := t.document(graph.KindNews, 0, nil).reports(who, utterance{words: t.promised()})
		s.named, s.said = who.Offices[0].Title+" "+who.Name, "2011-03-04"
	}},
	{"attribution-drift/in the office", func(t *teller) {
		t.first = time.Date(2017, time.Month(1+t.IntN(12)), 3, 0, 0, 0, 0, time.UTC)
		who := t.enter(t.cast.officers)
		b := t.stated(who)
		b.named = who.Offices[0].Title + " " + who.Name
		t.passedOn(b, who, "")
	}},
	{"attribution-drift/the same person by a shorter name", func(t *teller) {
		who := t.person()
		b := t.stated(who)
		t.passedOn(b, who, "Dr "+who.Name[strings.LastIndex(who.Name, " ")+1:])
	}},
	{"attribution-drift/another claim of another person", func(t *teller) {
		b := t.stated(t.person())
		a := t.passedOn(b, b.speaker, "")
		other := t.share(5 + t.IntN(90))
		a.document.reports(t.person(), other.told("the rent of the "+t.thing+" in "+t.place+" rose by "+other.words))
	}},
}

// stated tells of a newspaper that reports what somebody says.
func (t *teller) stated(who *graph.Agent) *statement {
	return t.document(graph.KindNews, 0, nil).reports(who, utterance{words: t.promised()})
}

// passedOn tells of a newspaper that has that from it, and says that somebody said so,
// under a name when it is not the whole one.
func (t *teller) passedOn(b *statement, who *graph.Agent, name string) *statement {
	d := t.document(graph.KindNews, 3+t.IntN(8), nil)
	if name == "" {
		name = who.Name
	}
	a := d.add(&statement{utterance: b.utterance, speaker: who, named: name, mode: graph.ModeIndirect}).from(b)
	return a.is(b)
}
