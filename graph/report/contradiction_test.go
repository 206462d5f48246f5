package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/graphtest"
)

// A statement of a fixture is one figure that somebody gave.
type statement struct {
	who  string
	said graph.Date
	counted
}

// state adds a document in which somebody gives a figure.
func (w *world) state(uri string, date graph.Date, s statement) graph.ID {
	text := s.who + " said that " + s.words + " " + s.unit + " were " + s.measure + " (" + uri + ")."
	d := w.document(uri, graph.KindNews, date, uri, text)
	id := w.claim(d, s.words+" "+s.unit+" were "+s.measure, s.who)
	d.Stated(id).SaidOn = s.said
	w.count(d, id, s.counted)
	return id
}

// naiveContradiction is what one would write first: one measure, two values.
func naiveContradiction(a, b statement) bool {
	return a.measure == b.measure && a.value != b.value
}

func TestContradiction(t *testing.T) {
	base := statement{"Jo Field", "", counted{words: "41,300", value: 41300, unit: "homes", measure: "built with public money", place: "England", period: "2022-01-01/2022-12-31"}}
	other := func(change func(*statement)) statement {
		s := base
		s.words, s.value = "52,800", 52800
		change(&s)
		return s
	}
	for name, c := range map[string]struct {
		later statement
		want  []string
		naive bool // the naive function is wrong
	}{
		"one speaker, two values":  {other(func(*statement) {}), []string{"own-record"}, false},
		"two speakers":             {other(func(s *statement) { s.who = "Al Marsh" }), []string{"disagreement"}, false},
		"another period":           {other(func(s *statement) { s.period = "2023-01-01/2023-12-31" }), nil, true},
		"a month of the period":    {other(func(s *statement) { s.period = "2022-03-01/2022-03-31" }), nil, true},
		"a period that overlaps":   {other(func(s *statement) { s.period = "2022-04-01/2023-03-31" }), []string{"own-record"}, false},
		"no period in one of them": {other(func(s *statement) { s.period = "" }), nil, true},
		"another place":            {other(func(s *statement) { s.place = "Wales" }), nil, true},
		"another people":           {other(func(s *statement) { s.population = "pensioners" }), nil, true},
		"another measure":          {other(func(s *statement) { s.measure = "sold to landlords abroad" }), nil, false},
		"a rounding":               {other(func(s *statement) { s.words, s.value = "41,000", 41000 }), nil, true},
		"over what it is over":     {other(func(s *statement) { s.words, s.value, s.bound = "over 40,000", 40000, graph.BoundOver }), nil, true},
		"over what it is not":      {other(func(s *statement) { s.words, s.value, s.bound = "over 60,000", 60000, graph.BoundOver }), []string{"own-record"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.authority = graphtest.NewAuthority(field, marsh)
			w.state("one.example", "2023-02-01", base)
			later := w.state("two.example", "2024-02-01", c.later)
			r := w.report("contradiction")
			if diff := cmp.Diff(c.want, types(r, later)); diff != "" {
				t.Error(diff)
			}
			if len(r.Findings) != len(c.want) {
				t.Errorf("more findings than one: %v", shorts(r))
			}
			if naive := naiveContradiction(base, c.later); (naive == (len(c.want) > 0)) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}

// Two reports of one utterance differ: one of them has drifted, and the speaker
// has not contradicted himself.
func TestContradictionIsNotOfOneUtterance(t *testing.T) {
	a := statement{"Jo Field", "2023-01-30", counted{words: "41,300", value: 41300, unit: "homes", measure: "built with public money", period: "2022"}}
	b := a
	b.words, b.value = "52,800", 52800
	if !naiveContradiction(a, b) {
		t.Fatal("the naive function is to be wrong here")
	}
	t.Run("said on one day", func(t *testing.T) {
		w := newWorld(t)
		w.authority = graphtest.NewAuthority(field)
		w.state("one.example", "2023-02-01", a)
		w.state("two.example", "2023-02-03", b)
		if got := shorts(w.report("contradiction")); got != nil {
			t.Error(got)
		}
	})
	t.Run("one is taken from the other", func(t *testing.T) {
		w := newWorld(t)
		w.authority = graphtest.NewAuthority(field)
		c := b
		c.said = ""
		w.takes(w.state("two.example", "2023-02-03", c), w.state("one.example", "2023-02-01", a), graph.BasisDeclared)
		if got := shorts(w.report("contradiction")); got != nil {
			t.Error(got)
		}
	})
}

// Two papers that link one record and differ have not caught its speaker out: one of them told it wrongly.
func TestContradictionIsNotOfTwoPapersOnOneRecord(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(trust)
	const says = "41,300 homes were built with public money"
	record := w.document("record.example/homes", graph.KindDataset, "2024-01-01", "Bridge Trust", says+".")
	first := w.claim(record, says, "")
	tell := func(uri, words string, value float64) {
		text := "Bridge Trust said that " + words + " homes were built with public money."
		d := w.document(uri, graph.KindNews, "2024-02-01", uri, text)
		id := w.claim(d, words+" homes were built with public money", "Bridge Trust")
		d.Stated(id).Mode = graph.ModeIndirect
		w.count(d, id, counted{words: words, value: value, unit: "homes", measure: "built with public money", period: "2022-01-01/2022-12-31"})
		w.find(id, graph.TakesFrom, first, 900, graph.BasisDeclared, "fixture")
	}
	tell("one.example", "41,300", 41300)
	tell("two.example", "52,800", 52800)
	if got := shorts(w.report("contradiction")); got != nil {
		t.Error(got)
	}
}

// Repeats of two statements are one finding.
func TestContradictionIsToldOnce(t *testing.T) {
	a := statement{"Jo Field", "", counted{words: "41,300", value: 41300, unit: "homes", measure: "built with public money", period: "2022-01-01/2022-12-31"}}
	b := a
	b.words, b.value = "52,800", 52800
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field)
	one := w.state("one.example", "2023-02-01", a)
	w.same(one, w.state("two.example", "2023-03-01", a))
	later := w.state("three.example", "2024-02-01", b)
	w.same(later, w.state("four.example", "2024-03-01", b))
	if diff := cmp.Diff([]short{{"own-record", later, 700}}, shorts(w.report("contradiction"))); diff != "" {
		t.Error(diff)
	}
}

func TestContradictionShowsTheClarificationBetween(t *testing.T) {
	a := statement{"Jo Field", "", counted{words: "41,300", value: 41300, unit: "homes", measure: "built with public money", period: "2022-01-01/2022-12-31"}}
	b := a
	b.words, b.value = "52,800", 52800
	for name, c := range map[string]struct {
		kind     graph.Predicate
		by       string
		date     graph.Date
		severity int
		told     string
	}{
		"by another":               {graph.ClarifiedBy, "Al Marsh", "2023-06-01", 700, "2023-06-01"},
		"corrected by the speaker": {graph.CorrectedBy, "Jo Field", "2023-06-01", 300, "2023-06-01"},
		"after both":               {graph.ClarifiedBy, "Al Marsh", "2025-06-01", 700, ""},
		"undated":                  {graph.ClarifiedBy, "Al Marsh", "", 700, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.authority = graphtest.NewAuthority(field, marsh)
			first := w.state("one.example", "2023-02-01", a)
			later := w.state("two.example", "2024-02-01", b)
			d := w.document("answer.example", graph.KindWrittenAnswer, c.date, "Record", c.by+" answered: the figure of homes is of all that were begun.")
			answer := w.claim(d, "the figure of homes is of all that were begun", c.by)
			d.Relate(first, c.kind, answer, "the figure of homes")
			r := w.report("contradiction")
			if diff := cmp.Diff([]string{"own-record"}, types(r, later)); diff != "" {
				t.Fatal(diff)
			}
			f := about(r, later)[0]
			if int(f.Severity) != c.severity || value(f, "clarified on") != c.told {
				t.Errorf("severity %d, clarified on %q: %s", f.Severity, value(f, "clarified on"), f.Why)
			}
		})
	}
}

func TestContradictionByDenial(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	first := w.attribute("one.example", "2024-01-05", "Jo Field", "Jo Field", "the new bridge over the river Ash would be built in two years")
	own := w.attribute("two.example", "2024-05-08", "Jo Field", "Jo Field", "there were no plans to build the new bridge over the river Ash")
	other := w.attribute("three.example", "2024-05-09", "Al Marsh", "Al Marsh", "nobody would build the new bridge over the river Ash")
	unlike := w.attribute("four.example", "2024-05-09", "Al Marsh", "Al Marsh", "there were no plans to build a school")
	for _, id := range []graph.ID{own, other} {
		w.find(first, graph.Matches, id, 599, graph.BasisInferred, graph.SameTopic, "5 words in common", "one of them denies it")
	}
	passing := w.tell("five.example", "2024-05-10", "Nobody will build the new bridge over the river Ash.")
	remark := w.tell("six.example", "2024-05-11", "They will build the new bridge over the river Ash.")
	w.find(passing, graph.Matches, remark, 599, graph.BasisInferred, graph.SameTopic, "6 words in common", "one of them denies it")
	half := w.attribute("seven.example", "2024-05-12", "Jo Field", "Jo Field", "the new bridge over the river Ash would be built")
	w.find(first, graph.Matches, half, 599, graph.BasisInferred, graph.SameTopic, "6 words in common", "one of them denies it")
	w.find(first, graph.Matches, unlike, 599, graph.BasisInferred, graph.SameTopic, "3 words in common", "one of them denies it")
	r := w.report("contradiction")
	if diff := cmp.Diff([]short{{"own-record", own, 700}, {"disagreement", other, 400}}, shorts(r)); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(r.Findings[0].Why, "of which one denies the other") {
		t.Error(r.Findings[0].Why)
	}
}

// Who reports that somebody else denies it has denied nothing.
func TestContradictionByDenialOfAnother(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	first := w.attribute("one.example", "2024-01-05", "Jo Field", "Jo Field", "the new bridge over the river Ash would be built in two years")
	const words = "there were no plans to build the new bridge over the river Ash in two years"
	later := w.attribute("two.example", "2024-05-08", "Jo Field", "Jo Field", "Al Marsh had told her that "+words)
	w.claim(w.of[later], words, "Al Marsh")
	w.find(first, graph.Matches, later, 599, graph.BasisInferred, graph.SameTopic, "5 words in common", "one of them denies it")
	if got := shorts(w.report("contradiction")); got != nil {
		t.Error(got)
	}
}
