package date

import (
	"strconv"
	"strings"

	"whence/loader/extract/date/word"
)

// fiscal reads "2016/17", "2020-21", "2016/2017" as years from 1 April to 31
// March, and "2016-19" as a run of calendar years.
func (p *parser) fiscal(i int) (leaf, int) {
	y, ok := p.number(i, 4, 4)
	sep := p.at(i + 1)
	if !ok || y < firstYear || y > lastYear || !sep.Is("/", "-", "–") || !p.glued(i, i+3) || p.numberGoesOn(i+2) || p.at(i+3).Is("/", "-") && p.at(i+3).Glued {
		return leaf{}, 0
	}
	if z, ok := p.number(i+2, 2, 2); ok {
		switch full := y - y%100 + z; {
		case z == (y+1)%100:
			return p.yearOf(i, y), 3
		case full > y:
			return span(Range, year(y), year(full)), 3
		}
		return leaf{}, 0
	}
	z, ok := p.number(i+2, 4, 4)
	switch {
	case !ok || z <= y || z > lastYear:
		return leaf{}, 0
	case sep.Is("/") && z == y+1:
		return p.yearOf(i, y), 3
	}
	return span(Range, year(y), year(z)), 3
}

// yearOf is the year of 12 months that begins in y and is written at words [i, i+3): what
// kind it is, is said beside it ("the 2023/24 academic year"), else it is the financial one.
func (p *parser) yearOf(i, y int) leaf {
	kind := p.at(i + 3)
	if !p.at(i + 4).Is("year") {
		kind = p.at(i - 2)
		if !p.at(i - 1).Is("year") {
			return fiscalYear(y)
		}
	}
	if start := yearStarts[kind.Lower]; start != nil {
		return start(y)
	}
	return fiscalYear(y)
}

// yearStarts gives the years that are not the calendar's by the word before "year".
var yearStarts = map[string]func(y int) leaf{
	"financial": fiscalYear, "fiscal": fiscalYear, "accounting": fiscalYear,
	"tax":      func(y int) leaf { return span(FiscalYear, day(y, 4, 6), day(y+1, 4, 5)) },
	"academic": academicYear, "school": academicYear,
	"calendar": func(y int) leaf { return span(Year, year(y), year(y)) },
}

// academicYear is that of English schools and universities, from September of year y.
func academicYear(y int) leaf { return span(AcademicYear, day(y, 9, 1), day(y+1, 8, 31)) }

// lastOf is the year of a kind ("financial") so many years from that which holds the
// reference date.
func (p *parser) lastOf(kind string, direction int) leaf {
	l := leaf{kind: Relative, relative: true}
	start := yearStarts[kind]
	if start == nil || len(p.ref) < 7 {
		return l
	}
	y := p.ref.Start().Year()
	if start(y).from.Start().After(p.ref.Start()) {
		y--
	}
	l = start(y + direction)
	l.relative = true
	return l
}

// fiscalYear is the British one that begins in April of year y.
func fiscalYear(y int) leaf { return span(FiscalYear, day(y, 4, 1), day(y+1, 3, 31)) }

// fiscalYear reads "FY2016/17", "FY 2016-17", "FY17" and "financial year 2016/17" has
// no need of it.
func (p *parser) fiscalYear(i int) (leaf, int) {
	w := p.at(i)
	if w.Kind == word.Mixed && strings.HasPrefix(w.Lower, "fy") {
		n, err := strconv.Atoi(w.Lower[2:])
		switch {
		case err != nil || len(w.Lower) != 4 && len(w.Lower) != 6:
			return leaf{}, 0
		case len(w.Lower) == 4: // named for the year in which it ends
			return fiscalYear(2000 + n - 1), 1
		case p.at(i+1).Is("/", "-") && p.glued(i, i+3):
			return fiscalYear(n), 3
		}
		return fiscalYear(n - 1), 1
	}
	if w.Is("fy") {
		if l, n := p.fiscal(i + 1); n > 0 {
			return l, n + 1
		}
	}
	return leaf{}, 0
}
