package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A drift is one way in which a figure changed when it was retold.
type drift struct {
	kind     string
	severity Severity
	why      string // a clause
}

// The ways in which figures drift, with what they weigh.
const (
	directionFlipped = "direction-flipped"
	unitSwitch       = "unit-switch"
	measureSwitch    = "measure-switch"
	periodSwitch     = "period-switch"
	populationSwitch = "population-switch"
	hedgeWrongSide   = "hedge-wrong-side"
	boundLost        = "bound-lost"
	denominatorLost  = "denominator-lost"
	changed          = "changed"
	coarseDrift      = "coarse"
)

var driftWeights = map[string]Severity{
	directionFlipped: 1000, unitSwitch: 900, measureSwitch: 850, populationSwitch: 800, periodSwitch: 800,
	hedgeWrongSide: 600, boundLost: 450, denominatorLost: 300, coarseDrift: 100,
}

// switches returns how one figure is told of two different things, the worst
// first: it needs no order between the two.
func (f figure) switches(g figure) []drift {
	var out []drift
	add := func(kind, why string, args ...any) {
		out = append(out, drift{kind, driftWeights[kind], fmt.Sprintf(why, args...)})
	}
	if a, b := f.trait().direction, g.trait().direction; a*b < 0 && f.unit == g.unit {
		add(directionFlipped, "the one is a rise and the other a fall")
	}
	if f.switched(g) || f.every != "" && g.every != "" && f.every != g.every {
		add(unitSwitch, "%s are counted here and %s there", f.counted(), g.counted())
	}
	if a, b := f.trait().stage, g.trait().stage; a != stageUnknown && b != stageUnknown && a != b && f.measured(g) {
		add(measureSwitch, "here it counts “%s” and there “%s”", clip(f.counts()), clip(g.counts()))
	}
	switch {
	case f.elsewhere(g):
		add(populationSwitch, "it is of %s here and of %s there", f.Statistic.Place, g.Statistic.Place)
	case f.others(g):
		add(populationSwitch, "it is of “%s” here and of “%s” there", clip(f.Statistic.Population), clip(g.Statistic.Population))
	}
	switch {
	case f.rate != "" && g.rate != "" && f.rate != g.rate:
		add(periodSwitch, "it is per %s here and per %s there", f.rate, g.rate)
	case f.elsewhen(g):
		add(periodSwitch, "it is of %s here and of %s there", f.Statistic.Period, g.Statistic.Period)
	}
	return out
}

// copies reports whether a figure and the words beside it are those of another.
func (f figure) copies(of figure) bool {
	s, t := f.Statistic, of.Statistic
	return f.value == of.value && s.Bound == t.Bound && s.Unit == t.Unit && s.Measure == t.Measure && s.Population == t.Population && s.Place == t.Place &&
		s.Period == t.Period && s.Figure.Exact == t.Figure.Exact && s.Sentence.Exact == t.Sentence.Exact
}

// counted names the unit of a figure.
func (f figure) counted() string {
	if f.every != "" {
		return f.Statistic.Unit + " of every " + f.every
	}
	return f.Statistic.Unit
}

// drifts returns how a retold figure drifted from the one it is of, the worst
// first; none when it is the same or a rounding. fellow reports whether the two
// belong together at all: a value that differs says so only when all else agrees.
func (f figure) drifts(of figure) (out []drift, fellow bool) {
	if f.copies(of) {
		return nil, true
	}
	near := f.close(of)
	out = f.switches(of)
	if near == apart {
		if !f.measured(of) || f.every != of.every || slices.ContainsFunc(out, func(d drift) bool { return d.kind != directionFlipped }) {
			return nil, false
		}
		r := ratio(f.value, of.value)
		d := drift{changed, 990, "the value is nought in one of them"}
		if !math.IsInf(r, 1) {
			d.severity = 990 - Severity(590/r)
			d.why = fmt.Sprintf("the value is %.2f times as %s", r, map[bool]string{true: "large", false: "small"}[math.Abs(f.value) > math.Abs(of.value)])
		}
		out = append(out, d)
	}
	add := func(kind, why string, args ...any) {
		out = append(out, drift{kind, driftWeights[kind], fmt.Sprintf(why, args...)})
	}
	switch {
	case f.wrongSide(of):
		add(hedgeWrongSide, "“%s” lies on the wrong side of %s", f.words(), of.words())
	case near == coarse:
		add(coarseDrift, "only one digit of %s is left", of.words())
	}
	if bounding(of.side) && f.side == sideAt && near == same {
		add(boundLost, "“%s” is gone", sideNames[of.side])
	}
	switch {
	case of.every != "" && f.every == "" && f.unit != unitPercent:
		out = append(out, drift{denominatorLost, 700, "it is no longer said that it is of every " + of.every})
	case lostDenominator(f, of):
		add(denominatorLost, "it is no longer said that it is of “%s”", clip(of.Statistic.Population))
	}
	slices.SortStableFunc(out, func(a, b drift) int { return int(b.severity - a.severity) })
	return out, true
}

func bounding(s side) bool { return s != sideAt && s != sideAbout }

// wrongSide reports whether a retold figure says that the truth lies where it does not.
func (f figure) wrongSide(of figure) bool {
	if f.side == of.side && near(f.value, of.value) {
		return false
	}
	// Of a figure that itself is a bound, only what it rules out is known.
	switch of.side {
	case sideOver, sideAtLeast:
		return (f.side == sideUnder || f.side == sideUpTo) && f.value <= of.value
	case sideUnder, sideUpTo:
		return (f.side == sideOver || f.side == sideAtLeast) && f.value >= of.value
	}
	switch f.side {
	case sideOver:
		return of.value <= f.value
	case sideAtLeast:
		return of.value < f.value
	case sideUnder:
		return of.value >= f.value
	case sideUpTo:
		return of.value > f.value
	}
	return false
}

// lostDenominator reports whether a share is retold without what it is a share of.
func lostDenominator(f, of figure) bool {
	if f.unit != unitPercent || of.unit != unitPercent || f.Statistic.Population != "" {
		return false
	}
	whole := of.trait().population
	told := stems(f.Statistic.Sentence.Exact)
	return len(whole) > 0 && !slices.Equal(whole, []string{"person"}) && common(whole, told) == 0
}

// fits says how well two figures of two claims belong together.
func (f figure) fits(g figure, alone bool) int {
	score := [...]int{apart: 0, coarse: 6, rounded: 12, same: 16}[f.close(g)]
	about := common(f.trait().measure, g.trait().measure) + common(f.trait().population, g.trait().population)
	switch {
	case score > 0:
	case !f.measured(g), !alone && about == 0:
		return 0
	default:
		score = 1
	}
	if f.measured(g) {
		score += 6
	}
	if f.Statistic.Period != "" && f.Statistic.Period == g.Statistic.Period {
		score += 2
	}
	return score + min(about, 4)
}

// align pairs the figures of a claim with those of the claim it retells, the best
// fitting first, each with at most one. Those with other values are paired when they share a
// word of what they measure or, in claims of one content, when neither has another
// of their unit. It returns, for each of fs, the index of its fellow in gs, or -1.
func align(fs, gs []figure, oneContent bool) []int {
	out := slices.Repeat([]int{-1}, len(fs))
	if len(fs) == 1 && len(gs) == 1 && near(fs[0].value, gs[0].value) {
		out[0] = 0
		return out
	}
	type fit struct{ i, j, score int }
	var fits []fit
	alone := func(all []figure, f figure) bool {
		n := 0
		for _, g := range all {
			if g.measured(f) {
				n++
			}
		}
		return n == 1
	}
	for i, f := range fs {
		for j, g := range gs {
			if score := f.fits(g, oneContent && alone(fs, f) && alone(gs, g)); score > 0 {
				fits = append(fits, fit{i, j, score})
			}
		}
	}
	slices.SortStableFunc(fits, func(a, b fit) int { return b.score - a.score })
	used := map[int]bool{}
	for _, x := range fits {
		if out[x.i] < 0 && !used[x.j] {
			out[x.i], used[x.j] = x.j, true
		}
	}
	return out
}

// clip shortens words that are quoted in a sentence.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}
