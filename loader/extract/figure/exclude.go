package figure

import (
	"strings"

	"whence/loader/extract/date/word"
)

// labels are nouns that a number after them names one of: "section 12", "type 2
// diabetes". What they name is no figure.
var labels = set(`section sections s ss page pages p pp chapter chapters part parts table tables figure figures fig step steps phase phases stage stages level levels tier
	tiers grade grades class classes category categories type types version versions v number numbers no nos question questions item items point paragraph paragraphs para
	article articles clause clauses schedule schedules appendix annex volume vol issue episode series season room rooms rule rules regulation regulations line lines lane
	route track unit week day year month box form forms note notes act exhibit case gate platform zone band key channel radio flat floor ward bed group block model mark study trial round game match lesson module footnote
	top title size age aged ages windows chapter division sura psalm verse district`)

// streets end an address: "10 Downing Street".
var streets = set("street road avenue lane square place terrace close drive gardens crescent court way row hill park house st rd ave")

// excluded reports whether the number is no quantity: a label, an age, a time, a
// list number, a part of a name, a telephone number, an address, a citation.
func (s *sentence) excluded(a amount) bool {
	w := s.at(a.first)
	switch {
	case s.aTime(a), s.cited(a), s.ageGroup(a):
		return true
	case a.letters && w.Upper && !s.opensClause(a.first) && s.at(a.end).Upper && s.at(a.end).Kind == word.Letters:
		return true // "the Five Year Plan"
	case a.rule != ruleCount, a.joined && !s.at(a.first-1).Is("-", "‑", "–"):
		return false
	case s.at(a.first-1).Is("per", "every"):
		return true // "12 per 100,000"
	case a.first == 0 && s.listNumber(a):
		return true
	case s.labelled(a), s.telephone(a), s.address(a), s.quotedAlone(a):
		return true
	case a.letters:
		return s.idiom(a)
	}
	// Two numbers with a mark between them that is no range: "24/7", "2-1", "50:50".
	next, before := s.at(a.end), s.at(a.first-1)
	if next.Glued && next.Is("/", ":", "-", "–", "_", "=", "*") && s.at(a.end+1).Glued && !a.isRange {
		return true
	}
	if w.Glued && (before.Is("/", ":", "_", "#") || before.Is("-", "–") && before.Glued && !s.at(a.first-2).Is("minus", "sub")) {
		return true
	}
	if a.isRange && s.hyphenated(a) && !a.formal && !s.noun(a.end).counted {
		return true // a score
	}
	if s.yearOf(a) {
		return true
	}
	if next.Is("call", "calls", "operator", "operators", "dispatcher") && (a.value == 911 || a.value == 999 || a.value == 112) {
		return true // the emergency number
	}
	return before.Is("#", "@", "№") || next.Is("%")
}

// yearOf reports whether a run of four digits without a comma is a year: it counts nothing, or
// tells which of what comes after it ("the 1992 primaries", "2016 presidential candidates").
func (s *sentence) yearOf(a amount) bool {
	if a.formal || a.isRange || s.at(a.first).Len() != 4 || a.value < 1500 || a.value >= 2100 {
		return false
	}
	np := s.noun(a.end)
	if !np.counted || described[s.at(a.end).Lower] {
		return true
	}
	before := s.at(a.first - 1)
	which := determiners[before.Lower] || before.Kind == word.Clitic
	return which && a.value >= 1800 || a.value > 1980 && a.value < 2040 && a.value != 2000 && !personal[s.at(np.first).Lower] && np.end > np.first+1
}

// described are nouns that a year before them describes and does not count: "below 2005 levels".
var described = set("levels prices terms figures rates standards elections statistics accounts")

// hyphenated reports whether a dash stands inside the amount.
func (s *sentence) hyphenated(a amount) bool {
	for k := a.first; k < a.end; k++ {
		if s.at(k).Is("-", "–") {
			return true
		}
	}
	return false
}

// aTime reports whether the amount is a time of day.
func (s *sentence) aTime(a amount) bool {
	next := s.at(a.end)
	if next.Is("am", "pm", "a.m", "p.m", "o’clock", "o'clock", "gmt", "bst", "noon", "midnight") {
		return true
	}
	if next.Is("a", "p") && s.at(a.end+1).Is(".") && s.at(a.end+2).Is("m") {
		return true
	}
	if a.rule != ruleCount || a.letters {
		return a.letters && next.Is("o", "o’clock")
	}
	before := s.at(a.first - 1)
	if next.Is(":") && next.Glued && s.at(a.end+1).Kind == word.Digits && s.at(a.end+1).Glued {
		return true
	}
	return before.Is(":") && before.Glued && s.at(a.first).Glued
}

// cited reports whether the number is a page or year of a citation: "(Parsons,
// 1964: 262)", "pp. 12-15".
func (s *sentence) cited(a amount) bool {
	if a.rule != ruleCount || a.letters {
		return false
	}
	before := s.at(a.first - 1)
	if before.Is(":", ",") && a.first >= 2 && s.covered(a.first-2) && s.at(a.end).Is(")", ",", "-", "–", ";") && s.inBrackets(a.first) {
		return true
	}
	if before.Is(".") && s.at(a.first-2).Is("p", "pp", "no", "nos", "vol", "fig", "para", "v", "s", "ch", "art", "ref") {
		return true
	}
	// A footnote mark.
	return before.Is("[") && s.at(a.end).Is("]")
}

func (s *sentence) inBrackets(i int) bool {
	for k := i - 1; k >= 0 && k > i-16; k-- {
		switch {
		case s.at(k).Is("(", "["):
			return true
		case s.at(k).Is(")", "]"):
			return false
		}
	}
	return false
}

// labelled reports whether the number is part of the name before it: "Room 101",
// "section 12", "Apollo 11".
func (s *sentence) labelled(a amount) bool {
	before := s.at(a.first - 1)
	if before.Is(".") && before.Glued && a.first >= 2 {
		before = s.at(a.first - 2)
		return before.Is("no", "nos", "fig", "vol", "art")
	}
	if a.first == 0 || before.Kind == word.Mark || before.Kind == word.Clitic {
		return false
	}
	if s.bounded(a.first) && !before.Upper {
		return false
	}
	if _, ok := s.placeEnding(a.first); ok && s.noun(a.end).counted {
		return false // "In the United States 400 people"
	}
	if before.Is("top") && s.noun(a.end).counted {
		return false
	}
	if labels[before.Lower] && !determiners[before.Lower] {
		return a.value == float64(int(a.value)) && !a.formal
	}
	if before.Kind == word.Mixed {
		return !a.formal
	}
	if !before.Upper || a.formal || s.covered(a.first-1) {
		return false
	}
	if a.first > 1 && !s.opensClause(a.first-1) {
		return !closed(before.Lower) && (!s.noun(a.end).counted || a.letters || s.at(a.end).Upper || a.value < 10 || s.at(a.first-2).Upper || s.at(a.first-2).Is("the"))
	}
	return !closed(before.Lower) && !s.noun(a.end).counted
}

// opensClause reports whether word i stands first in the sentence or in a
// quotation, so that its capital says nothing.
func (s *sentence) opensClause(i int) bool {
	return i <= 0 || s.at(i-1).Is("“", "\"", "‘", "'", ":", "(", "•", "–", "—", ".")
}

// closed reports whether a word belongs to a closed class.
func closed(w string) bool {
	return determiners[w] || prepositions[w] || conjunctions[w] || pronouns[w] || auxiliaries[w] || adverbs[w]
}

// listNumber reports whether the number opens an item of a list.
func (s *sentence) listNumber(a amount) bool {
	if a.value > 99 || a.formal {
		return false
	}
	next := s.at(a.end)
	if next.Is(".", ")", ",", ":", "]", "-", "–") {
		return true
	}
	return next.Kind == word.Letters && next.Upper && a.value < 30 && !a.letters
}

// telephone reports whether the number is one of a run of groups of digits.
func (s *sentence) telephone(a amount) bool {
	if a.letters || a.formal {
		return false
	}
	groups := 1
	for k := a.end; s.at(k).Kind == word.Digits && groups < 3; k++ {
		groups++
	}
	for k := a.first - 1; s.at(k).Kind == word.Digits && groups < 3; k-- {
		groups++
	}
	return groups >= 2 || s.at(a.first-1).Is("+") && s.at(a.first).Len() <= 3 && s.at(a.end).Kind == word.Digits
}

// address reports whether a street or a code follows: "10 Downing Street".
func (s *sentence) address(a amount) bool {
	if a.formal {
		return false
	}
	for k := a.end; k < a.end+4; k++ {
		w := s.at(k)
		if w.Kind != word.Letters || !w.Upper {
			return false
		}
		if k > a.end && streets[w.Lower] {
			return true
		}
	}
	return false
}

// quotedAlone reports whether the number stands alone in quotation marks: it is a
// title or a word ("1984.").
func (s *sentence) quotedAlone(a amount) bool {
	if !strings.ContainsAny(s.at(a.first-1).Lower, "\"“‘'") {
		return false
	}
	k := a.end
	if s.at(k).Is(".", ",") {
		k++
	}
	return s.at(k).Kind == word.Mark && strings.ContainsAny(s.at(k).Lower+" ", "\"”’'") && s.at(k).Lower != ""
}

// idiom reports whether a number in letters counts nothing: "one of", "one day",
// "the two", "number one".
func (s *sentence) idiom(a amount) bool {
	next, before := s.at(a.end), s.at(a.first-1)
	switch {
	case a.value == 1 && !a.isRange, next.Kind == word.Clitic, next.Is("-", "‑") && next.Glued:
		return true
	case before.Is("-", "‑") && s.at(a.first).Glued:
		return true
	case next.Is("or") && s.at(a.end+1).Is("two", "three", "more"), before.Is("or") && a.value < 10:
		return true
	case a.value >= 10:
		return s.at(a.first).Is("a") && next.Is("times", "miles", "reasons", "things", "ways", "thanks", "apologies", "pardons")
	}
	return false
}
