package report_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/report"
)

// A counted is a figure of a fixture: its words in the text and what is read from them.
type counted struct {
	words      string
	value      float64
	bound      graph.Bound
	unit       string
	measure    string
	population string
	place      string
	period     graph.Interval
}

// count adds a figure to a claim.
func (w *world) count(d *graphtest.Document, claim graph.ID, x counted) graph.ID {
	id := d.Figure(claim, x.words, x.value, "")
	f := d.Counted(id)
	f.Unit, f.Measure, f.Population, f.Place, f.Period, f.Confidence = x.unit, x.measure, x.population, x.place, x.period, 900
	if x.bound != "" {
		f.Bound = x.bound
	}
	return id
}

// retelling is a release with a figure and a paper that takes it from there. It
// returns the paper's claim.
func retelling(t *testing.T, sentence string, of counted, retold string, x counted) (*world, graph.ID) {
	w := newWorld(t)
	release := w.document("health.example/release", graph.KindDataset, "2024-05-01", "Health Body", sentence)
	first := w.claim(release, sentence, "")
	w.count(release, first, of)
	paper := w.document("paper.example/story", graph.KindNews, "2024-05-03", "The Paper", retold)
	claim := w.claim(paper, retold, "")
	w.count(paper, claim, x)
	w.takes(claim, first, graph.BasisDeclared)
	return w, claim
}

// naiveNumberDrift is what one would write first: any value that differs by more
// than one per cent is changed, and nothing else is.
func naiveNumberDrift(here, there counted) []string {
	if math.Abs(here.value-there.value) > there.value/100 {
		return []string{"changed"}
	}
	return nil
}

func TestNumberDriftKinds(t *testing.T) {
	const listed = "7,597,000 cases are on the waiting list."
	cases := counted{words: "7,597,000", value: 7597000, unit: "cases", measure: "on the waiting list"}
	for name, c := range map[string]struct {
		sentence string
		of       counted
		retold   string
		x        counted
		want     []string
		naive    bool // the naive function says otherwise
	}{
		"two digits that count: rounded": {
			listed, cases, "There are 7.6 million cases on the waiting list.",
			counted{words: "7.6 million", value: 7.6e6, unit: "cases", measure: "on the waiting list"},
			nil, false,
		},
		"people instead of cases: unit-switch": {
			listed, cases, "There are 7.6 million people on the waiting list.",
			counted{words: "7.6 million", value: 7.6e6, unit: "people", measure: "on the waiting list"},
			[]string{"unit-switch"},
			true,
		},
		"one digit: coarse": {
			listed, cases, "There are nearly 8 million cases on the waiting list.",
			counted{words: "nearly 8 million", value: 8e6, bound: graph.BoundAbout, unit: "cases"},
			[]string{"coarse"},
			true,
		},
		"over what it is under: hedge-wrong-side": {
			listed, cases, "There are over 8 million cases on the waiting list.",
			counted{words: "over 8 million", value: 8e6, bound: graph.BoundOver, unit: "cases"},
			[]string{"hedge-wrong-side"},
			true,
		},
		"nearly what it is over: hedge-wrong-side": {
			listed, cases, "There are nearly 7.5 million cases on the waiting list.",
			counted{words: "nearly 7.5 million", value: 7.5e6, bound: graph.BoundAbout, unit: "cases"},
			[]string{"hedge-wrong-side"},
			true,
		},
		"another value: changed": {
			listed, cases, "There are 7.9 million cases on the waiting list.",
			counted{words: "7.9 million", value: 7.9e6, unit: "cases"},
			[]string{"changed"},
			false,
		},
		"cut to its last digit, as over says: rounded": {
			listed, cases, "There are over 7.5 million cases on the waiting list.",
			counted{words: "over 7.5 million", value: 7.5e6, bound: graph.BoundOver, unit: "cases"},
			nil, true,
		},
		"cut with nothing that says so: changed": {
			listed, cases, "There are 7.5 million cases on the waiting list.",
			counted{words: "7.5 million", value: 7.5e6, unit: "cases"},
			[]string{"changed"},
			false,
		},
		"a million is a billion: changed": {
			listed, cases, "There are 7.6 billion cases on the waiting list.",
			counted{words: "7.6 billion", value: 7.6e9, unit: "cases"},
			[]string{"changed"},
			false,
		},
		"more exact than the first: no drift": {
			"About 7.6 million cases wait.",
			counted{words: "About 7.6 million", value: 7.6e6, bound: graph.BoundAbout, unit: "cases"},
			"7,597,000 cases wait.",
			counted{words: "7,597,000", value: 7597000, unit: "cases"},
			nil, false,
		},
		"up to is gone: bound-lost": {
			"Up to 3 million homes need work.",
			counted{words: "Up to 3 million", value: 3e6, bound: graph.BoundUpTo, unit: "homes"},
			"3 million homes need work.",
			counted{words: "3 million", value: 3e6, unit: "homes"},
			[]string{"bound-lost"},
			true,
		},
		"per cent and percentage points: unit-switch": {
			"The rate is up 5 percentage points.",
			counted{words: "5 percentage points", value: 5, unit: "percentage points"},
			"The rate is up 5 per cent.",
			counted{words: "5 per cent", value: 5, unit: "percent"},
			[]string{"unit-switch"},
			true,
		},
		"per month and per year: period-switch": {
			"It costs £40 million a year.",
			counted{words: "£40 million", value: 4e7, unit: "GBP", measure: "costs"},
			"It costs £40 million a month.",
			counted{words: "£40 million", value: 4e7, unit: "GBP", measure: "costs"},
			[]string{"period-switch"},
			true,
		},
		"another month: period-switch": {
			"In March 2024 there were 41,300 visits.",
			counted{words: "41,300", value: 41300, unit: "visits", period: "2024-03-01/2024-03-31"},
			"In April 2024 there were 41,300 visits.",
			counted{words: "41,300", value: 41300, unit: "visits", period: "2024-04-01/2024-04-30"},
			[]string{"period-switch"},
			true,
		},
		"another month and another value: another figure": {
			"In March 2024 there were 41,300 visits.",
			counted{words: "41,300", value: 41300, unit: "visits", period: "2024-03-01/2024-03-31"},
			"In April 2024 there were 52,800 visits.",
			counted{words: "52,800", value: 52800, unit: "visits", period: "2024-04-01/2024-04-30"},
			nil, true,
		},
		"England and the United Kingdom: population-switch": {
			"41,300 nurses left in England.",
			counted{words: "41,300", value: 41300, unit: "nurses", place: "England"},
			"41,300 nurses left in the UK.",
			counted{words: "41,300", value: 41300, unit: "nurses", place: "the UK"},
			[]string{"population-switch"},
			true,
		},
		"adults and all: population-switch": {
			"62% of adults agree.",
			counted{words: "62%", value: 62, unit: "percent", population: "adults"},
			"62% of people agree.",
			counted{words: "62%", value: 62, unit: "percent", population: "people"},
			[]string{"population-switch"},
			true,
		},
		"two names of one place: no drift": {
			"41,300 nurses left in the United Kingdom.",
			counted{words: "41,300", value: 41300, unit: "nurses", place: "the United Kingdom"},
			"41,300 nurses left in the UK.",
			counted{words: "41,300", value: 41300, unit: "nurses", place: "UK"},
			nil, false,
		},
		"of what is gone: denominator-lost": {
			"62% of landlords plan to sell.",
			counted{words: "62%", value: 62, unit: "percent", population: "landlords"},
			"62% plan to sell.",
			counted{words: "62%", value: 62, unit: "percent"},
			[]string{"denominator-lost"},
			true,
		},
		"a rise is a fall: direction-flipped": {
			"Rents rose by 12.5% there.",
			counted{words: "12.5%", value: 12.5, unit: "percent", measure: "rents"},
			"Rents fell by 12.5% there.",
			counted{words: "12.5%", value: 12.5, unit: "percent", measure: "rents"},
			[]string{"direction-flipped"},
			true,
		},
		"asked for it, and got it: measure-switch": {
			"14,200 people applied for the grant.",
			counted{words: "14,200", value: 14200, unit: "people", measure: "applied for the grant"},
			"14,200 people received the grant.",
			counted{words: "14,200", value: 14200, unit: "people", measure: "received the grant"},
			[]string{"measure-switch"},
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, claim := retelling(t, c.sentence, c.of, c.retold, c.x)
			if diff := cmp.Diff(c.want, types(w.report("number-drift"), claim)); diff != "" {
				t.Error(diff)
			}
			if naive := naiveNumberDrift(c.x, c.of); cmp.Equal(naive, c.want) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}

func TestNumberDriftTellsTheRatio(t *testing.T) {
	w, claim := retelling(t, "7,597,000 cases wait.", counted{words: "7,597,000", value: 7597000, unit: "cases"},
		"7.9 million cases wait.", counted{words: "7.9 million", value: 7.9e6, unit: "cases"})
	found := about(w.report("number-drift"), claim)
	if len(found) != 1 || value(found[0], "ratio") != "1.040" {
		t.Errorf("want one finding with the ratio 1.040: %+v", found)
	}
}

// Who takes a figure from two, of which one had it wrong, did not make it wrong;
// and the chain says where it left the first value.
func TestNumberDriftOnAChain(t *testing.T) {
	w := newWorld(t)
	add := func(uri string, kind graph.DocumentKind, date graph.Date, words string, value float64) graph.ID {
		text := "There are " + words + " cases on the list of " + uri + "."
		d := w.document(uri, kind, date, uri, text)
		id := w.claim(d, text, "")
		w.count(d, id, counted{words: words, value: value, unit: "cases", measure: "on the list"})
		return id
	}
	release := add("release.example", graph.KindDataset, "2024-05-01", "7,597,000", 7597000)
	agency := add("agency.example", graph.KindNews, "2024-05-02", "7.6 million", 7.6e6)
	paper := add("paper.example", graph.KindNews, "2024-05-03", "7.9 million", 7.9e6)
	blog := add("blog.example", graph.KindBlog, "2024-05-04", "7.9 million cases", 7.9e6)
	w.takes(agency, release, graph.BasisDeclared)
	w.takes(paper, agency, graph.BasisDeclared)
	w.takes(blog, paper, graph.BasisInferred)
	w.takes(blog, release, graph.BasisDeclared)
	r := w.report("number-drift")
	if diff := cmp.Diff([]short{{"changed", paper, 423}}, shorts(r)); diff != "" {
		t.Fatal(diff)
	}
	f := r.Findings[0]
	var hops []graph.ID
	for _, h := range f.Hops {
		hops = append(hops, h.Node)
	}
	if diff := cmp.Diff([]graph.ID{paper, agency, release}, hops); diff != "" {
		t.Error(diff)
	}
	if value(f, "first told as") != "7,597,000 cases" || value(f, "left it at") != "“Title of https://paper.example”" {
		t.Errorf("the chain: %+v", f.Values)
	}
	// The naive way compares with every claim that it is taken from.
	naive := 0
	for _, pair := range [][2]float64{{7.6e6, 7597000}, {7.9e6, 7.6e6}, {7.9e6, 7.9e6}, {7.9e6, 7597000}} {
		naive += len(naiveNumberDrift(counted{value: pair[0]}, counted{value: pair[1]}))
	}
	if naive != 2 {
		t.Errorf("the naive function finds %d", naive)
	}
}

func TestNumberDriftByDate(t *testing.T) {
	w := newWorld(t)
	add := func(uri string, date graph.Date, unit string) graph.ID {
		text := "The tram carried 41,300 " + unit + " as " + uri + " tells."
		d := w.document(uri, graph.KindNews, date, uri, text)
		id := w.claim(d, text, "")
		w.count(d, id, counted{words: "41,300", value: 41300, unit: unit})
		return id
	}
	first, later := add("a.example", "2024-03", "journeys"), add("b.example", "2024-05-02", "people")
	undated, within := add("c.example", "", "people"), add("d.example", "2024-03-09", "people")
	w.same(first, later, undated, within)
	r := w.report("number-drift")
	if diff := cmp.Diff([]string{"unit-switch"}, types(r, later)); diff != "" {
		t.Error("the later one has drifted:", diff)
	}
	for _, id := range []graph.ID{undated, within} {
		for _, f := range about(r, id) {
			if value(f, "elsewhere") == "" {
				t.Errorf("no order is known, but it is said to be later: %+v", f)
			}
		}
	}
	if diff := cmp.Diff([]graph.ID{undated}, r.Undated); diff != "" {
		t.Error(diff)
	}
}

// twinned is one document that tells a figure twice; it returns both claims.
func twinned(t *testing.T, text string, a, b string, x, y counted) (*report.Report, graph.ID, graph.ID) {
	w := newWorld(t)
	d := w.document("paper.example/trams", graph.KindNews, "2024-05-03", "The Paper", text)
	ca, cb := w.claim(d, a, ""), w.claim(d, b, "")
	w.count(d, ca, x)
	w.count(d, cb, y)
	return w.report("number-drift"), ca, cb
}

func TestNumberDriftTwins(t *testing.T) {
	const a = "The training scheme of the council got 3,400 young people into work last year."
	for name, c := range map[string]struct {
		b    string
		x, y counted
		want []string
	}{
		"people and what people have several of": {
			"The council counts 3,410 placements of its training scheme in work in 2019.",
			counted{words: "3,400", value: 3410, unit: "people", measure: "got into work"},
			counted{words: "3,410", value: 3410, unit: "placements", measure: "counts"},
			[]string{"unit-switch"},
		},
		"nothing in common but the value": {
			"A bridge bears 3,410 journeys.",
			counted{words: "3,400", value: 3410, unit: "people", measure: "got into work"},
			counted{words: "3,410", value: 3410, unit: "journeys", measure: "bears"},
			nil,
		},
		"a round value of two units is chance": {
			"The council counts 3,410 placements of its training scheme in work in 2019.",
			counted{words: "3,400", value: 3000, unit: "people", measure: "got into work"},
			counted{words: "3,410", value: 3000, unit: "placements", measure: "counts"},
			nil,
		},
		"a round value of people at two stages": {
			"The council says 3,410 young people received training of the scheme for work.",
			counted{words: "3,400", value: 3000, unit: "people", measure: "found work", population: "young people of the council"},
			counted{words: "3,410", value: 3000, unit: "people", measure: "received training", population: "young people of the council"},
			[]string{"measure-switch"},
		},
		"one thing told twice": {
			"The council counts 3,410 young people of its training scheme in work.",
			counted{words: "3,400", value: 3410, unit: "people", measure: "got into work"},
			counted{words: "3,410", value: 3410, unit: "people", measure: "in work"},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, first, second := twinned(t, a+" Later on it is told again. "+c.b, a, c.b, c.x, c.y)
			if diff := cmp.Diff(c.want, types(r, first)); diff != "" {
				t.Error(diff)
			}
			if got := types(r, second); got != nil {
				t.Errorf("one cause is one finding: %v", got)
			}
		})
	}
}

// A correction tells the value that was wrong as well: it sets it right, and passes nothing on.
func TestNumberDriftIsNotOfWhoSetsItRight(t *testing.T) {
	const wrong, right = "Waiting lists rose to 41,000 patients.", "Waiting lists rose to 14,000 patients."
	of := counted{words: "41,000", value: 41000, unit: "patients", measure: "waiting lists rose"}
	x := counted{words: "14,000", value: 14000, unit: "patients", measure: "waiting lists rose"}
	for name, tells := range map[string]bool{"a correction that tells both": true, "a paper that tells one": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := w.document("paper.example/one", graph.KindNews, "2024-04-02", "The Paper", wrong)
			old := w.claim(first, wrong, "")
			w.count(first, old, of)
			text := right
			if tells {
				text = "Our article had this: " + wrong + " That was an error. " + right
			}
			later := w.document("paper.example/two", graph.KindNews, "2024-04-10", "The Paper", text)
			id := w.claim(later, right, "")
			w.count(later, id, x)
			if tells {
				w.count(later, w.claim(later, wrong, ""), of)
			}
			w.takes(id, old, graph.BasisDeclared)
			var want []string
			if !tells {
				want = []string{"changed"}
			}
			if diff := cmp.Diff(want, types(w.report("number-drift"), id)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
