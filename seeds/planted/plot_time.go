package planted

import "whence/graph"

// Anachronism (3.3): what is older than what it has its words from.
var timePlots = []plot{
	{"anachronism/two days before its source", func(t *teller) {
		a, b := t.early(2 + t.IntN(20))
		t.expect("anachronism", "", a, b)
	}},
	{"anachronism/one day before its source", func(t *teller) { t.early(1) }},
	{"anachronism/of the same day", func(t *teller) { t.early(0) }},
	{"anachronism/a later text", func(t *teller) {
		a, b := t.early(2)
		later := t.capture(a.document, 3)
		later.reports(a.speaker, a.utterance).from(b)
		a.cites, a.takes = nil, nil
	}},
	{"anachronism/a source without a date", func(t *teller) {
		_, b := t.early(5)
		b.document.Published = ""
	}},
	{"anachronism/a source of the same month", func(t *teller) {
		a, b := t.early(0)
		t.first = t.first.AddDate(0, 1, 1-t.first.Day())
		a.document.Published, b.document.Published = t.day(0)[:7], t.day(20)
	}},
	{"anachronism/a source that is only older", func(t *teller) { t.early(-200) }},
}

// early tells of a newspaper that has its words from a report that appears so many days later.
func (t *teller) early(days int) (a, b *statement) {
	n := t.exact()
	b = t.document(graph.KindReport, days, nil).voice(t.counted(n, 0))
	a = t.document(graph.KindNews, 0, nil).reports(b.speaker, t.counted(n, 1)).from(b)
	return a.is(b), b
}
