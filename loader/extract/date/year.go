package date

import (
	"strings"

	"whence/loader/extract/date/word"
)

// Words before four digits that make them a year. After the strong ones they are
// always one; after the weak ones not if what follows can be counted ("of 2000
// patients").
var (
	strongBefore = set("in since during until till circa year early late mid spring summer autumn winter christmas easter january february march april may june july august september october november december")
	weakBefore   = set("of by before after from to through between for around about and or than vs versus")
	determiners  = set("the a an this that its his her their our my your 's ’s ' ’ s")
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// plausibleYear reports whether the digits at i can be a year where a date is
// expected anyway.
func (p *parser) plausibleYear(i int) bool {
	y, ok := p.number(i, 4, 4)
	if !ok || y < firstYear || y > lastYear || p.numberGoesOn(i) || p.partOfName(i) {
		return false
	}
	if strongBefore[p.at(i-1).Lower] {
		return true
	}
	return !p.counts(i + 1)
}

// dated reports whether the digits at i are a year by what stands around them.
func (p *parser) dated(i int) bool {
	if !p.plausibleYear(i) {
		return false
	}
	before, next := p.at(i-1), p.at(i+1)
	switch {
	case strongBefore[before.Lower], weakBefore[before.Lower] && !before.Is("and", "or", "than"):
		return true
	case p.last > 0 && p.last == i-1 && before.Is("and", "or", ",", "&"): // "2016, 2017 and 2018"
		return true
	case before.Is("(") && next.Is(")", ",", ":", ";", "-", "–"):
		return true
	case next.Is(")", ":") && p.inBrackets(i): // "(Parsons, 1964: 262)", "(DWP 2011)"
		return true
	case determiners[before.Lower] && next.Kind == word.Letters:
		return true
	case i == 0 && (next.Is(",", ":", "-", "–") || verbs[next.Lower]):
		return true
	case before.Is(",") && (next.Is(",", ".", ";", ")") || i+1 >= len(p.w)) && p.at(i-2).Kind == word.Letters:
		return true // "The Social System, 1951,"
	case next.Is("'s", "’s") && next.Glued:
		return true
	}
	return false
}

// verbs that follow a year as their subject.
var verbs = set("was is has had saw will would marks marked brought and")

// counts reports whether the word at i is a noun that can be counted.
func (p *parser) counts(i int) bool {
	w := p.at(i)
	return w.Kind == word.Letters && !w.Upper && !w.Glued && word.Plural(w.Lower) && !dateable[w.Lower]
}

// dateable are plurals that a year describes more often than a number counts
// them: "of 2019 figures".
var dateable = set("figures statistics elections riots accounts results regulations rules reforms reports changes years days months")

// partOfName reports whether the digits belong to the name before them: "Equality
// Act 2010", "COVID-2019", or to a longer run of digits and marks.
func (p *parser) partOfName(i int) bool {
	before := p.at(i - 1)
	if p.at(i).Glued && !before.Is("(", "[", "“", "\"", "'", "‘", "/", "-", "–", "—", ",") {
		return true
	}
	if p.at(i).Glued && before.Is("-", "–", "/") && before.Glued {
		stem := p.at(i - 2)
		// "mid-2019" and "pre-2010" are dates, "COVID-2019" is a name.
		return !stem.Is("mid", "pre", "post", "early", "late") && stem.Kind != word.Digits
	}
	if next := p.at(i + 1); next.Glued && next.Is("/", "-") && p.at(i+2).Glued && p.at(i+2).Kind == word.Letters {
		return !p.at(i+2).Is("to", "based", "era", "style", "s", "onwards")
	}
	return before.Is("act", "regulations", "order", "rules", "bill", "room", "no", "number", "section", "page", "p", "pp", "version", "measures") && before.Upper
}

// inBrackets reports whether a bracket opens within a few words before i.
func (p *parser) inBrackets(i int) bool {
	for k := i - 1; k >= 0 && k > i-16; k-- {
		switch {
		case p.at(k).Is("(", "["):
			return true
		case p.at(k).Is(")", "]"):
			return false
		}
	}
	return false
}
