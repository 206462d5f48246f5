package figure

import (
	"strings"

	"whence/loader/extract/date/word"
)

// longestLife is the most years that a number after a name is taken for an age.
const longestLife = 115

// age reads how old somebody or something is: "aged 55", "a 46-year-old", "three
// weeks old", "16 to 24 year olds", "Jane Doe, 46, said", "she was 46". It makes
// a's unit "years of age" and reports whether there is an age.
func (s *sentence) age(a *amount) bool {
	if a.rule != ruleCount && a.rule != ruleDuration || a.unit == "percent" {
		return false
	}
	unit, end := s.oldness(a)
	if unit == "" {
		return false
	}
	a.unit, a.rule, a.end = unit+" of age", ruleAge, end
	return true
}

// oldness returns the unit of time of an age and the word after it; "" if a is no age.
func (s *sentence) oldness(a *amount) (unit string, end int) {
	j := a.end
	if a.rule == ruleDuration {
		switch {
		case s.at(j).Is("old", "olds"):
			return a.unit, j + 1
		case s.at(j).Is("-", "‑") && s.at(j+1).Is("old", "olds"):
			return a.unit, j + 2
		case s.at(j).Is("of") && s.at(j+1).Is("age"):
			return a.unit, j + 2
		case s.aged(a.first) && !a.isRange:
			return a.unit, j
		}
		return "", 0
	}
	if s.at(j).Is("-", "‑") {
		j++
	}
	if w := s.at(j); durations[w.Lower] && s.at(j+1).Is("old", "olds", "-", "‑") { // "46 year-old"
		if s.at(j+1).Is("-", "‑") {
			j++
		}
		if s.at(j+1).Is("old", "olds") {
			return wholeUnit(w.Lower), j + 2
		}
	}
	j = a.end
	if a.unit != "" || a.joined {
		return "", 0
	}
	if s.aged(a.first) && !a.isRange && !s.at(j).Is("to") && !(s.at(j).Is("and") && s.at(j+1).Kind == word.Digits) {
		return "years", j
	}
	if a.value > longestLife || a.letters && a.value < 10 || a.value != float64(int(a.value)) {
		return "", 0
	}
	before, next := s.at(a.first-1), s.at(j)
	switch {
	case before.Is("turned", "turning", "turns"):
		return "years", j
	// ", 46," after a name; "(46)" after one.
	case a.value >= 10 && (before.Is(",") && (next.Is(",", ".", ";") || j >= len(s.w)) || before.Is("(") && next.Is(")")):
		if name := s.at(a.first - 2); name.Kind == word.Letters && name.Upper && !s.covered(a.first-2) {
			return "years", j
		}
	// "She was 46", "he will be 35 by May".
	case a.value >= 10 && (before.Is("is", "was", "be", "am") || before.Is("'m", "’m")) && !s.noun(j).counted && (next.Kind == word.Mark && !next.Is("%", "-", "–", "/", ":") || next.Is("when", "and", "by", "in", "next", "but", "at", "years", "last")):
		for k := a.first - 2; k >= 0 && k >= a.first-4; k-- {
			if s.at(k).Is("he", "she", "i", "who") {
				return "years", j
			}
			if !auxiliaries[s.at(k).Lower] && !adverbs[s.at(k).Lower] {
				break
			}
		}
	}
	return "", 0
}

// aged reports whether "aged", "at the age of" or their like stand before word i.
func (s *sentence) aged(i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		w := s.at(k)
		if w.Is("aged", "age", "ages") {
			return true
		}
		if !w.Is("between", "of", "over", "under", "about", "around", "at", "least", "to", "-", "–", "from", "and") && w.Kind != word.Digits {
			return false
		}
	}
	return false
}

// ageGroup reports whether the number names a group by its age: "under 25s",
// "over-65s", "in their 50s", "people aged 16 to 24".
func (s *sentence) ageGroup(a amount) bool {
	if s.aged(a.first) {
		return true
	}
	if a.rule != ruleCount {
		return false
	}
	next := s.at(a.end)
	if next.Glued && (next.Is("s", "er", "ers") || strings.HasPrefix(next.Lower, "'s") || strings.HasPrefix(next.Lower, "’s")) {
		return true
	}
	if !s.at(a.first-1).Is("over", "under") {
		return false
	}
	if next.Glued && next.Is("-") {
		return true
	}
	// "voters under 45": people, and nothing after the number that it could count.
	return !a.formal && a.value >= 10 && a.value < 100 && word.Plural(s.at(a.first-2).Lower) && s.noun(a.end).empty()
}
