package figure

import (
	"strings"
	"time"

	"whence/graph"
)

// Incidental is the most confidence that a number has which is a quantity and says little
// by itself: an age, a length of time, "two companies", "a four-cylinder engine".
const Incidental graph.Confidence = 300

// confidence weighs how surely the hit is a statistic; 0 drops it. The figures were
// set on hand-marked news sentences.
func (s *sentence) confidence(f *Figure, h hit, solid bool) graph.Confidence {
	if h.joined || h.isRange && powers[s.at(h.first).Lower] > 0 {
		return Incidental
	}
	small := !h.formal && h.value < 10 && h.high < 10
	// What makes a small number a statistic: a bound, a period, somebody credited
	// with it, another figure beside it.
	evident := h.bound != graph.BoundExact || lasting(f.Period) || f.Credit != (graph.Span{}) || solid
	switch h.rule {
	case ruleMoney, rulePercent:
		return 950
	case ruleFraction, ruleRatio:
		return 850
	case ruleTimes, ruleMeasure:
		return 800
	case ruleDuration:
		switch {
		case h.letters && h.value == 1 && !h.isRange && h.bound == graph.BoundExact:
			return 0 // "one day"
		case s.at(h.end).Is("later", "earlier", "before", "after"):
			return Incidental
		case h.letters && !(evident && h.value >= 10 || h.bound != graph.BoundExact):
			return Incidental
		}
		return 400
	case ruleAge:
		return Incidental
	}
	np := s.noun(h.end)
	switch {
	case !small && np.counted:
		return 900
	case np.counted && (h.letters && !evident || h.value == 0):
		return Incidental
	case np.counted && h.value >= 2:
		return 550
	case h.value >= 1000 || h.scale > 1 || h.formal:
		return 650
	case h.letters:
		return 0
	case small && !np.empty() && s.at(h.start-1).Is("a", "the", "this"):
		return Incidental
	case small:
		return 0
	case !np.empty() && !np.counted && s.at(h.start-1).Is("a", "the", "this", "an"):
		return Incidental // "a 12 page document"
	case f.Unit != "" || h.bound != graph.BoundExact || h.isRange:
		return 500
	case s.valued(h.start):
		return 400
	}
	return 0
}

// lasting reports whether a period is longer than a day: that something was on a
// day makes no number a statistic.
func lasting(i graph.Interval) bool {
	from, to, ok := strings.Cut(string(i), "/")
	return ok && (from != to || len(from) < len(time.DateOnly))
}

// valued reports whether the words before word i say that a number without a noun is
// a value: "the average age was 44", "rose from 166", "a total of 10".
func (s *sentence) valued(i int) bool {
	w := s.at(i - 1)
	return plainAux[w.Lower] || w.Is("reached", "reaches", "reach", "hit", "hits", "totalled", "totaled", "totalling", "totaling", "averaged", "averaging", "numbered", "numbering") ||
		w.Is("of") && s.at(i-2).Is("average", "total", "score", "rate", "mean", "median", "rating", "reading", "number", "record", "low", "high", "peak") ||
		w.Is("from", "to", "by", "at") && s.changing(i)
}
