package figure

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// denominators are the words that name the parts of a fraction.
var denominators = map[string]float64{
	"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
	"eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}

// ofTime reports whether a length of time follows the fraction: "three
// quarters of an hour", "a quarter century".
func (s *sentence) ofTime(j int) bool {
	for k := j + 1; k <= j+3; k++ {
		w := s.at(k)
		if durations[w.Lower] || w.Is("century", "o'clock", "past", "final", "finals") {
			return true
		}
		if !w.Is("of", "a", "an", "the", "-", "to") {
			return false
		}
	}
	return false
}

// ratio reads "one in seven", "9 out of 10", "three in every hundred".
func (s *sentence) ratio(a *amount) bool {
	j := a.end
	if s.at(j).Is("out") {
		if !s.at(j + 1).Is("of") {
			return false
		}
		j++
	}
	j++
	if s.at(j).Is("every", "the") {
		if s.at(j).Is("the") {
			return false
		}
		j++
	}
	if s.covered(j) || currencySigns[s.at(j).Lower] != "" {
		return false
	}
	b := amount{scale: 1}
	n := s.number(&b, j)
	if n == 0 {
		return false
	}
	end := s.magnitude(&b, j+n, false)
	whole := b.base * b.scale
	next := s.at(end)
	if whole <= a.value || whole < 2 || next.Is("%", "per") || durations[next.Lower] || next.Glued && next.Kind == word.Letters {
		return false
	}
	a.end, a.value, a.unit, a.rule, a.formal = end, 100*a.value/whole, "percent", ruleRatio, true
	return true
}

// wordy reads the amounts that begin with no number: "half of", "a quarter of",
// "twice as", "threefold", "half a million".
func (s *sentence) wordy(i int) (amount, bool) {
	a := amount{first: i, scale: 1, letters: true, formal: true, unit: "percent", rule: ruleFraction}
	w, next := s.at(i), s.at(i+1)
	article := w.Is("a", "an", "one")
	if f, ok := vulgar[w.Lower]; ok && next.Is("of") {
		a.value, a.end = 100*f, i+1
		return a, true
	}
	if factor, ok := multiplying[w.Lower]; ok && !next.Is("down", "up", "over", "as", "-") {
		a.value, a.unit, a.rule, a.end = factor, "times", ruleTimes, i+1
		return a, true
	}
	if power, k := s.vague(i); power > 0 {
		a.value, a.high, a.isRange, a.unit, a.rule, a.end = power, 10*power, true, "", ruleCount, k
		if code := currencyNames[s.at(k+1).Lower]; code != "" && s.at(k).Is("of") {
			a.unit, a.rule, a.end = code, ruleMoney, k+2
		}
		return a, a.unit != "" || s.noun(k).counted
	}
	switch {
	case w.Is("half"), article && denominators[next.Lower] > 0:
		j := i + 1
		den := 2.0
		if article {
			den = denominators[next.Lower]
			j++
		}
		if s.at(j-1).Is("half", "quarter") { // "half a million", "a quarter of a million"
			k := j
			if s.at(k).Is("of") {
				k++
			}
			if !s.at(k).Is("a") {
				k = j - 1 // "half million"
			}
			if f, ok := word.Scale(s.at(k + 1).Lower); ok && f >= 1000 {
				a.value, a.unit, a.rule, a.end = f/den, "", ruleCount, k+2
				return a, s.unit(&a)
			}
		}
		if s.ofTime(j-1) || s.at(j).Is("-") && s.at(j).Glued {
			return a, false
		}
		if !s.partitive(i, j, article) {
			return a, false
		}
		a.value, a.end = 100/den, j
		return a, true
	case w.Is("twice", "double", "triple", "treble", "quadruple"):
		j := i + 1
		if w.Is("twice") && !s.at(j).Is("as", "the", "what", "their", "its", "that", "our") || !w.Is("twice") && !s.at(j).Is("the", "what", "that", "its", "their", "our") || s.at(i-1).Is("to", "will", "would", "could", "should", "and") && !w.Is("twice") {
			return a, false
		}
		a.value = map[string]float64{"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}[w.Lower]
		a.unit, a.rule, a.end = "times", ruleTimes, j
		return a, true
	case strings.HasSuffix(w.Lower, "fold") && w.Kind == word.Letters:
		words := word.Split(w.Lower, graph.Span{End: len(w.Lower) - len("fold")})
		v, n := word.Cardinal(words, 0)
		if n == 0 || n != len(words) {
			return a, false
		}
		a.value, a.unit, a.rule, a.end = v, "times", ruleTimes, i+1
		return a, true
	}
	return a, false
}

// multiplying are verbs that say by how much what they are said of changes.
var multiplying = map[string]float64{
	"doubled": 2, "doubling": 2, "tripled": 3, "tripling": 3, "trebled": 3, "trebling": 3, "quadrupled": 4, "quadrupling": 4, "quintupled": 5, "halved": 0.5, "halving": 0.5,
}

// powers are the words of a vague number.
var powers = map[string]float64{"tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}

// vague reads "millions of", "tens of thousands of", "hundreds of thousands of": from that
// power of ten to the next. It returns the word after the number, an "of".
func (s *sentence) vague(i int) (power float64, end int) {
	power, end = powers[s.at(i).Lower], i+1
	if factor := powers[s.at(end+1).Lower]; power > 0 && factor > power && s.at(end).Is("of") {
		power, end = power*factor, end+2
	}
	if !s.at(end).Is("of") || power == 10 {
		return 0, 0
	}
	return power, end
}

// partitive reports whether the fraction at words [i, j) is a share of something:
// "a quarter of users", "half the staff", "by a third", "more than half". An
// ordinal is not ("a third attempt").
func (s *sentence) partitive(i, j int, article bool) bool {
	next := s.at(j)
	if next.Is("of") {
		return !s.at(j+1).Is("it", "that", "this", "what", "which", "all") || s.bounded(i)
	}
	if !article && next.Is("the", "its", "their", "all", "our", "these", "those") {
		return !next.Is("the") || !s.at(j+1).Is("time", "battle", "fun", "story", "problem", "night", "day")
	}
	if next.Kind == word.Letters && !prepositions[next.Lower] && !conjunctions[next.Lower] && !auxiliaries[next.Lower] && !pronouns[next.Lower] && next.Lower != "said" {
		return false
	}
	if s.at(i - 1).Is("by") {
		return true
	}
	return s.bounded(i)
}
