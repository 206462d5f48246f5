package planted

import (
	"fmt"

	"whence/graph"
)

// Certainty inflation (3.9): what was said with a doubt is said without.
var hedgePlots = []plot{
	{"certainty-inflation/may becomes has", func(t *teller) { t.doubt([]string{"may have"}, []string{"has"}, true) }},
	{"certainty-inflation/might becomes will", func(t *teller) { t.doubt([]string{"might"}, []string{"will"}, true) }},
	{"certainty-inflation/two doubts become one", func(t *teller) {
		t.doubt([]string{"may", "up to"}, []string{"may", ""}, true)
	}},
	{"certainty-inflation/may becomes might", func(t *teller) { t.doubt([]string{"may"}, []string{"might"}, false) }},
	{"certainty-inflation/a doubt that is kept", func(t *teller) { t.doubt([]string{"could"}, []string{"could"}, false) }},
	{"certainty-inflation/a doubt that is new", func(t *teller) { t.doubt([]string{"will"}, []string{"could"}, false) }},
	{"certainty-inflation/the month of May", func(t *teller) {
		// May is no doubt here, and losing it inflates nothing.
		who := t.person()
		b := t.document(graph.KindNews, 0, nil).reports(who, utterance{words: fmt.Sprintf("the council in %s chose to %s the %s in May", t.place, t.act, t.thing)})
		a := t.document(graph.KindNews, 4, nil).reports(who, utterance{words: fmt.Sprintf("the council in %s chose to %s the %s that spring", t.place, t.act, t.thing)}).from(b)
		a.is(b)
	}},
	{"certainty-inflation/linked becomes causes", func(t *teller) {
		b, a := t.connected("is linked to", "causes")
		t.expect("certainty-inflation", "cause", a, b)
	}},
	{"certainty-inflation/linked stays linked", func(t *teller) { t.connected("is linked to", "is associated with") }},
	{"certainty-inflation/causes stays", func(t *teller) { t.connected("causes", "leads to") }},
}

// hedging are the words that weaken what they stand in.
var hedging = map[string]string{"may have": "may", "may": "may", "might": "might", "could": "could", "up to": "up to"}

// doubt tells of a claim with doubts, and of a document that passes it on with others.
func (t *teller) doubt(before, after []string, lost bool) {
	say := func(words []string) utterance {
		verb, amount := words[0], ""
		if len(words) > 1 && words[1] != "" {
			amount = words[1] + " "
		}
		did := "cut"
		u := utterance{words: fmt.Sprintf("the new %s %s %s the number of %s in %s by %sa third", t.thing, verb, did, t.events, t.place, amount)}
		for _, w := range words {
			if h := hedging[w]; h != "" {
				u.hedges = append(u.hedges, h)
			}
		}
		return u
	}
	who := t.person()
	b := t.document(graph.KindReport, 0, nil).reports(who, say(before))
	a := t.document(graph.KindNews, 3+t.IntN(9), nil).reports(who, say(after)).from(b)
	a.is(b)
	if lost {
		t.expect("certainty-inflation", "", a, b)
	}
}

// connected tells of a report that says how two things go together, and of a newspaper.
func (t *teller) connected(before, after string) (b, a *statement) {
	say := func(verb string) utterance {
		return utterance{words: fmt.Sprintf("living near the %s in %s %s %s among %s", t.thing, t.place, verb, t.events, t.people)}
	}
	who := t.person()
	b = t.document(graph.KindReport, 0, nil).reports(who, say(before))
	a = t.document(graph.KindNews, 3+t.IntN(9), nil).reports(who, say(after)).from(b)
	return b, a.is(b)
}
