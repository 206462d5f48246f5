package date

import (
	"whence/loader/extract/date/word"
)

// piece reads a part of a calendar year that is counted from one of its ends: "first half
// of 2019", "last three months of 2015", "second half of last year".
func (p *parser) piece(i int) (leaf, int) {
	w, j := p.at(i), i+1
	if w.Is("the") {
		w, j = p.at(j), j+1
	}
	n, ok := ordinals[w.Lower]
	fromEnd := w.Is("last", "final", "latter")
	if !ok && !fromEnd {
		return leaf{}, 0
	}
	length := 6
	if !p.at(j).Is("half") {
		j, length = p.count(j)
		if u, _, ok := timeUnit(p.at(j).Lower); !ok || u != units["month"] || length < 1 || length > 11 || n > 1 {
			return leaf{}, 0
		}
	} else if n > 2 {
		return leaf{}, 0
	}
	if !p.at(j + 1).Is("of") {
		return leaf{}, 0
	}
	j += 2
	l, k := p.deictic(j)
	if p.at(j).Kind == word.Digits {
		l, k = p.leaf(j, p.plausibleYear)
	}
	if k == 0 || l.from == "" || l.from != l.to || len(l.from) != 4 {
		return leaf{}, 0
	}
	y := l.from.Start().Year()
	first := 1
	if fromEnd || n == 2 {
		first = 13 - length
	}
	l.kind, l.bare = Range, ""
	l.from, l.to = month(y, first), month(y, first+length-1)
	return l, j + k - i
}

// century reads "19th century": 1801 to 1900.
func (p *parser) century(i int) (leaf, int) {
	n, ok := p.number(i, 1, 2)
	s := p.at(i + 1)
	j := i + 2
	if p.at(j).Is("-") {
		j++
	}
	if !ok || n < 1 || n > 21 || !s.Glued || s.Kind != word.Letters || !s.Is("st", "nd", "rd", "th") || !p.at(j).Is("century") {
		return leaf{}, 0
	}
	return span(Century, year(100*n-99), year(100*n)), j + 1 - i
}
