package planted

import (
	"fmt"

	"whence/graph"
)

// Number drift (3.6): what became of a figure from one document to the next.
var numberPlots = []plot{
	{"number-drift/rounded", func(t *teller) {
		n, _, two, three := t.digits(true)
		t.figures(t.counted(exactly(n), 0), "", t.counted(roughly(two), 1), t.counted(exactly(three), 2), t.counted(exactly(n), 3))
	}},
	{"number-drift/rounded with a word on the right side", func(t *teller) {
		n, _, _, three := t.digits(true)
		u := t.counted(over(three), 1)
		if three > n {
			u = t.counted(nearly(three), 1)
		}
		t.figures(t.counted(exactly(n), 0), "", u)
	}},
	{"number-drift/coarse", func(t *teller) {
		n, one, _, _ := t.digits(true)
		t.figures(t.counted(exactly(n), 0), "coarse", t.counted(nearly(one), 1))
	}},
	{"number-drift/coarse without a word", func(t *teller) {
		n, one, _, _ := t.digits(false)
		t.figures(t.counted(exactly(n), 2), "coarse", t.counted(roughly(one), 3))
	}},
	{"number-drift/over, on the wrong side", func(t *teller) {
		n, _, two, _ := t.digits(true)
		for two < n {
			n, _, two, _ = t.digits(true)
		}
		t.figures(t.counted(exactly(n), 0), "hedge-wrong-side", t.counted(over(two), 2))
	}},
	{"number-drift/nearly, on the wrong side", func(t *teller) {
		n, _, two, _ := t.digits(true)
		for two > n {
			n, _, two, _ = t.digits(true)
		}
		t.figures(t.counted(exactly(n), 0), "hedge-wrong-side", t.counted(nearly(two), 3))
	}},
	{"number-drift/changed", func(t *teller) {
		n, _, _, _ := t.digits(true)
		t.figures(t.counted(exactly(n), 1), "changed", t.counted(exactly(n+n/4), 0))
	}},
	{"number-drift/people and cases", func(t *teller) {
		n, _, two, _ := t.digits(true)
		cases := t.figure(exactly(n))
		cases.unit, cases.population, cases.measure = "cases", "", t.events
		t.figures(cases.told(fmt.Sprintf("%s %s were recorded in %s in %d", thousands(n), t.events, t.place, t.year)), "unit-switch", t.counted(roughly(two), 1))
	}},
	{"number-drift/points and per cent", func(t *teller) {
		n := 3 + t.IntN(30)
		points, percent := t.share(n), t.share(n)
		points.unit, points.words = "percentage points", fmt.Sprintf("%d percentage points", n)
		say := "the share of %s in %s who %s rose by %s in %d"
		t.figures(points.told(fmt.Sprintf(say, t.people, t.place, t.did, points.words, t.year)), "unit-switch",
			percent.told(fmt.Sprintf(say, t.people, t.place, t.did, percent.words, t.year)))
	}},
	{"number-drift/month and year", func(t *teller) {
		n, _, _, _ := t.digits(true)
		monthly, annual := t.figure(exactly(n)), t.figure(exactly(n))
		monthly.measure, annual.measure = t.did+" per month", t.did+" per year"
		t.figures(monthly.told(fmt.Sprintf("%s %s a month in %s %s in %d", thousands(n), t.people, t.place, t.did, t.year)), "period-switch",
			annual.told(fmt.Sprintf("%s %s a year in %s %s in %d", thousands(n), t.people, t.place, t.did, t.year)))
	}},
	{"number-drift/another month", func(t *teller) {
		n, _, _, _ := t.digits(true)
		march, june := t.figure(exactly(n)), t.figure(exactly(n))
		march.period, june.period = monthly(t.year, 3, 31), monthly(t.year, 6, 30)
		t.figures(march.told(fmt.Sprintf("%s %s in %s %s in March %d", thousands(n), t.people, t.place, t.did, t.year)), "period-switch",
			june.told(fmt.Sprintf("in June %d, %s %s in %s %s", t.year, thousands(n), t.people, t.place, t.did)))
	}},
	{"number-drift/adult and all", func(t *teller) {
		n := t.share(11 + t.IntN(80))
		adults := n
		adults.population = "adult " + t.people
		t.figures(adults.told(fmt.Sprintf("%s of adult %s in %s %s in %d", n.words, t.people, t.place, t.did, t.year)), "population-switch",
			n.told(fmt.Sprintf("in %d, %s of %s in %s %s", t.year, n.words, t.people, t.place, t.did)))
	}},
	{"number-drift/adults and people", func(t *teller) {
		n := t.share(11 + t.IntN(80))
		adults, people := n, n
		adults.population, people.population = "adults", "people"
		t.figures(adults.told(fmt.Sprintf("%s of adults in %s %s in %d", n.words, t.place, t.did, t.year)), "population-switch",
			people.told(fmt.Sprintf("in %d, %s of people in %s %s", t.year, n.words, t.place, t.did)))
	}},
	{"number-drift/the same people by another word", func(t *teller) {
		n := t.share(11 + t.IntN(80))
		all, people := n, n
		all.population, people.population = "all people", "people"
		t.figures(all.told(fmt.Sprintf("%s of all people in %s %s in %d", n.words, t.place, t.did, t.year)), "",
			people.told(fmt.Sprintf("in %d, %s of people in %s %s", t.year, n.words, t.place, t.did)))
	}},
	{"number-drift/town and country", func(t *teller) {
		n, _, _, _ := t.digits(true)
		wide := t.figure(exactly(n))
		wide.place = "England"
		t.figures(t.counted(exactly(n), 0), "population-switch", wide.told(fmt.Sprintf("in %d, %s %s in England %s", t.year, thousands(n), t.people, t.did)))
	}},
	{"number-drift/bound lost", func(t *teller) {
		_, _, two, _ := t.digits(true)
		from := t.counted(upTo(two), 0)
		from.hedges = []string{"up to"}
		d := t.figures(from, "bound-lost", t.counted(roughly(two), 2))
		t.expect("certainty-inflation", "", d.drifted, d.from)
	}},
	{"number-drift/bound kept", func(t *teller) {
		_, _, two, _ := t.digits(true)
		from, to := t.counted(upTo(two), 0), t.counted(upTo(two), 1)
		from.hedges, to.hedges = []string{"up to"}, []string{"up to"}
		t.figures(from, "", to)
	}},
	{"number-drift/direction", func(t *teller) {
		n, _, _, _ := t.digits(true)
		f := t.figure(exactly(n))
		say := "the number of %s in %s who %s %s by %s in %d"
		t.figures(f.told(fmt.Sprintf(say, t.people, t.place, t.did, "rose", f.words, t.year)), "direction-flipped",
			f.told(fmt.Sprintf(say, t.people, t.place, t.did, "fell", f.words, t.year)))
	}},
	{"number-drift/so many of every thousand", func(t *teller) {
		n := 11 + t.IntN(80)
		rate, bare := t.figure(exactly(n)), t.figure(exactly(n))
		rate.measure = t.did + " per 1,000 " + t.people
		t.figures(rate.told(fmt.Sprintf("%d of every 1,000 %s in %s %s in %d", n, t.people, t.place, t.did, t.year)), "denominator-lost",
			bare.told(fmt.Sprintf("%d %s in %s %s in %d", n, t.people, t.place, t.did, t.year)))
	}},
	{"number-drift/a share of what", func(t *teller) {
		n := t.share(11 + t.IntN(80))
		bare := n
		bare.population, bare.measure, bare.place = "", "", ""
		t.figures(n.told(fmt.Sprintf("%s of %s in %s %s in %d", n.words, t.people, t.place, t.did, t.year)), "denominator-lost",
			bare.told(fmt.Sprintf("the figure for %d was %s", t.year, n.words)))
	}},
	{"number-drift/two figures of one sentence", func(t *teller) {
		// What one figure says must not be held against the other.
		n, _, _, _ := t.digits(true)
		m := n/3 + unitOf(n, 3)
		first, second := t.figure(exactly(n)), t.figure(exactly(m))
		second.people("carers")
		t.figures(
			utterance{words: fmt.Sprintf("%s %s and %s carers in %s %s in %d", first.words, t.people, second.words, t.place, t.did, t.year), figures: []figure{first, second}}, "",
			utterance{words: fmt.Sprintf("in %s, %s carers and %s %s %s in %d", t.place, second.words, first.words, t.people, t.did, t.year), figures: []figure{second, first}},
		)
	}},
}

// drift is what figures planted.
type drift struct{ from, drifted *statement }

// figures tells of a release, of documents that pass its figure on, and of one that
// passes on what the first of these made of it. kind is what that made of it; "" when it did no harm.
func (t *teller) figures(release utterance, kind string, retellings ...utterance) drift {
	from := t.document(graph.KindDataset, 0, nil).voice(release)
	var out drift
	for i, u := range retellings {
		a := t.document(graph.KindNews, 3+2*i, nil).reports(from.speaker, u).from(from)
		again := t.document([]graph.DocumentKind{graph.KindNews, graph.KindStatement, graph.KindBlog}[t.IntN(3)], 9+2*i, nil).reports(from.speaker, u).from(a)
		again.is(a)
		switch kind {
		case "", "coarse", "bound-lost", "hedge-wrong-side":
			a.is(from)
			again.is(from)
		default:
			a.like(from)
			again.like(from)
		}
		if kind != "" {
			t.expect("number-drift", kind, a, from)
			for _, s := range []*statement{from, a, again} { // a body that is misreported seems to contradict itself
				t.may("contradiction", "", s, nil)
			}
		}
		out = drift{from, a}
	}
	return out
}

// share is a figure in per cent.
func (s subject) share(n int) figure {
	f := s.figure(number{words: fmt.Sprintf("%d per cent", n), value: float64(n)})
	f.unit = "percent"
	return f
}

func (f *figure) people(who string) { f.population = who }

// unitOf is the worth of the digit so many places after the first.
func unitOf(n, places int) int {
	unit := 1
	for n >= 10 {
		n /= 10
		unit *= 10
	}
	for range places {
		unit = max(unit/10, 1)
	}
	return unit
}

func monthly(year, month, last int) graph.Interval {
	return graph.Interval(fmt.Sprintf("%d-%02d-01/%d-%02d-%02d", year, month, year, month, last))
}
