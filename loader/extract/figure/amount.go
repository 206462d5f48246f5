package figure

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// An amount is a number with its scale and unit, before anything is known of
// what it counts.
type amount struct {
	first, end int // words
	value      float64
	high       float64 // of a range; value is then its low end
	isRange    bool
	unit       string // "" when it counts what the words after it name
	rule       string
	bound      graph.Bound // said by the number itself: "5+"
	base       float64     // value before its magnitude: 1.3 of "1.3bn"
	scale      float64     // the magnitude, 1 if none
	letters    bool        // written in letters: "nine"
	joined     bool        // a hyphen joins it to its noun: "four-cylinder"
	open       bool        // the noun after its hyphen comes later: "four- and six-cylinder"
	formal     bool        // a comma, point, magnitude or unit shows that it is a quantity
}

// Rules. Each says by which form a figure was recognised.
const (
	ruleMoney    = "figure.money"    // £6,000; not "£ months later"
	rulePercent  = "figure.percent"  // nine per cent
	ruleFraction = "figure.fraction" // a quarter of users; not "a quarter to nine"
	ruleRatio    = "figure.ratio"    // one in seven; not "one in May"
	ruleTimes    = "figure.times"    // twice as effective; not "I called twice"
	ruleMeasure  = "figure.measure"  // 12.3m tonnes
	ruleDuration = "figure.duration" // 18 weeks; not "18 weeks ago"
	ruleAge      = "figure.age"      // a 46-year-old; not "the under 25s"
	ruleCount    = "figure.count"    // 92,119 people; not "Room 101"
)

// single reads one number with its unit at word i.
func (s *sentence) single(i int) (amount, bool) {
	a := amount{first: i, scale: 1, rule: ruleCount}
	currency, n := s.currency(i)
	j := i + n
	sign := 1.0
	if s.at(j).Is("minus") && s.at(j+1).Is("-", "−") && s.at(j+2).Kind == word.Digits {
		j++ // "minus-5"
		sign = -1
	}
	if w := s.at(j); w.Is("minus") && s.at(j+1).Kind == word.Digits {
		a.formal = true
	}
	if w := s.at(j); w.Is("-", "−", "minus", "+") && s.at(j+1).Kind == word.Digits && (w.Is("minus") || s.at(j+1).Glued && (!w.Glued || n > 0 || s.at(j-1).Is("(", "minus"))) {
		j++
		if !w.Is("+") {
			sign = -1
		}
		if s.at(j).Kind == word.Mark {
			j++
		}
	}
	if s.covered(j) {
		return a, false
	}
	n = s.number(&a, j)
	if n == 0 {
		if currency == "" && sign > 0 {
			return s.wordy(i)
		}
		return a, false
	}
	if s.at(j-1).Is("-", "‑") && s.at(j-2).Is("sub") {
		a.bound = graph.BoundUnder
	}
	a.base *= sign
	j += n
	if s.covered(j - 1) {
		return a, false
	}
	j = s.magnitude(&a, j, currency != "")
	a.value = a.base * a.scale
	a.end = j
	if currency != "" {
		if s.at(i).Is("ps") && (!s.at(i+1).Glued || !a.formal) {
			return a, false // a console, no pounds
		}
		a.unit, a.rule, a.formal = currency, ruleMoney, true
		if s.at(j).Glued && s.at(j).Kind == word.Letters && a.scale == 1 {
			return a, false // "£5ers"
		}
		a.plus(s)
		return a, true
	}
	if !s.unit(&a) {
		return a, false
	}
	a.plus(s)
	return a, true
}

// plus reads the sign of "5+".
func (a *amount) plus(s *sentence) {
	if w := s.at(a.end); w.Is("+") && w.Glued && !s.at(a.end+1).Glued {
		a.bound = graph.BoundAtLeast
		a.end++
	}
}

// unit reads what the number counts where the words are a unit of measurement. It
// returns false where they show that there is no amount at all.
func (s *sentence) unit(a *amount) bool {
	j := a.end
	w := s.at(j)
	hyphen := w.Is("-", "‑") && s.at(j+1).Glued && s.at(j+1).Kind == word.Letters
	if hyphen {
		j++
		w = s.at(j)
	}
	switch {
	case w.Is("%", "％", "percent", "pc", "pct"), w.Is("per") && s.at(j+1).Is("cent", "-") && (s.at(j+1).Is("cent") || s.at(j+2).Is("cent")):
		if w.Is("pc", "pct") && w.Upper {
			return false
		}
		j++
		if w.Is("per") {
			j++
			if s.at(j - 1).Is("-") {
				j++
			}
		}
		a.unit, a.rule, a.formal = "percent", rulePercent, true
		if s.at(j).Is("-") && s.at(j+1).Is("point", "points") {
			j++
		}
		if s.at(j).Is("point", "points") {
			a.unit = "percentage points"
			j++
		}
	case w.Is("percentage") && s.at(j+1).Is("point", "points"), w.Is("percentage") && s.at(j+1).Is("-") && s.at(j+2).Is("point", "points"):
		j += 2
		if s.at(j - 1).Is("-") {
			j++
		}
		a.unit, a.rule, a.formal = "percentage points", rulePercent, true
	case w.Is("pp", "ppt", "ppts") && w.Glued:
		j++
		a.unit, a.rule, a.formal = "percentage points", rulePercent, true
	case w.Is("basis") && s.at(j+1).Is("points", "point"):
		j += 2
		a.unit, a.rule, a.formal = "basis points", rulePercent, true
	case w.Is("in", "out") && !hyphen && s.ratio(a):
		return true
	case w.Is("p") && w.Glued && !w.Upper, w.Is("pence"):
		j++
		a.value /= 100
		a.unit, a.rule, a.formal = "GBP", ruleMoney, true
	case w.Is("cent", "cents", "¢"):
		j++
		a.unit, a.rule, a.formal = "cents", ruleMoney, true
	case currencySigns[w.Lower] != "" && (w.Glued || s.at(j+1).Kind != word.Digits):
		a.unit, a.rule, a.formal = currencySigns[w.Lower], ruleMoney, true
		j++
	case s.code(j) != "" && w.Len() > 2:
		a.unit, a.rule, a.formal = s.code(j), ruleMoney, true
		j++
	case s.namedCurrency(a, j) > 0 && !(w.Is("pound", "pounds") && s.at(j+1).Is("of") && a.value < 1000 && a.scale == 1):
		j += s.namedCurrency(a, j)
		if hyphen && a.value < 10 && !a.formal {
			return false
		}
		a.rule, a.formal = ruleMoney, true
	case w.Is("times", "fold") || w.Is("x") && w.Glued:
		next := s.at(j + 1)
		if w.Is("times") && !hyphen && !next.Is("as", "more", "the", "what", "less", "that", "their", "its", "worse") && !(strings.HasSuffix(next.Lower, "er") && !conjunctions[next.Lower] && !prepositions[next.Lower]) || w.Is("x") && next.Glued && next.Kind != word.Mark {
			return w.Is("times") && a.value >= 3 // how often is counted like anything else
		}
		j++
		a.unit, a.rule, a.formal = "times", ruleTimes, true
	case a.letters && denominators[w.Lower] > 0 && !s.ofTime(j):
		den := denominators[w.Lower]
		if a.base >= den || !hyphen && !s.at(j+1).Is("of", "the", "-") && !strings.HasSuffix(w.Lower, "s") {
			return false
		}
		j++
		a.value, a.unit, a.rule, a.formal = 100*a.base/den, "percent", ruleFraction, true
	case durations[w.Lower]:
		if w.Is("second") && !hyphen && !(a.formal && !a.letters) {
			return false // "two second homes", but "a 4.3 second lap"
		}
		j++
		a.unit, a.rule = wholeUnit(w.Lower), ruleDuration
	case s.measure(a, j) > 0:
		j += s.measure(a, j)
		a.rule, a.formal = ruleMeasure, true
	case w.Glued && !hyphen && (w.Kind == word.Letters || w.Kind == word.Mixed):
		return false // "16th", "5G", "1AA"
	case hyphen && w.Is("to"):
		return true // "36-to-40-percent"
	case hyphen:
		if a.value < 2 || w.Upper || closed(w.Lower) || noMember[w.Lower] {
			return false
		}
		j++
		a.unit, a.joined = w.Lower, true // "20-bed", "12-point"
	case w.Is("-") && w.Glued && (s.at(j+1).Is(",") || !s.at(j+1).Glued && s.at(j+1).Is("and", "or", "to")):
		j++
		a.open = true // "four- and six-cylinder"
	default:
		return true
	}
	a.end = j
	return true
}

// noMember are words after a hyphen that count nothing: "two-way", "one-off".
var noMember = set("way ways time times timer off something odd plus ish d thousand hundred million billion trillion style based like old fer")
