package figure

import (
	"whence/graph"
	"whence/loader/extract/date"
	"whence/loader/extract/date/word"
)

// periodFor returns the period that holds for the figure of words [first, end):
// the first after it and before the next figure, else the nearest before it.
func (s *sentence) periodFor(first, end, next int) graph.Interval {
	var before, any graph.Interval
	for _, d := range s.dates {
		if s.published(d) {
			continue
		}
		switch {
		case d.Interval == "" && d.first >= end && d.first <= end+1 && d.Kind == date.Relative:
			return "" // "up from 40 a year earlier": when, is not known
		case d.Interval == "":
		case d.first >= end && d.first < next:
			return d.Interval
		case d.end <= first:
			before = d.Interval
		case any == "" && !s.compares(end, d.first):
			any = d.Interval
		}
	}
	if before != "" {
		return before
	}
	return any
}

// compares reports whether words [i, j) turn to another time: "compared with £400
// in 2010", "up from 3% in 2019".
func (s *sentence) compares(i, j int) bool {
	for k := i; k < j; k++ {
		if s.at(k).Is("compared", "against", "versus", "than", "from", "up", "down") {
			return true
		}
	}
	return false
}

// published reports whether a date tells when something was published or is the
// year of a citation, which is no period of a figure.
func (s *sentence) published(d dated) bool {
	if s.inBrackets(d.first) {
		for k := d.first - 1; k >= 0 && !s.at(k).Is("(", "["); k-- {
			if s.at(k).Upper {
				return true
			}
		}
		return s.at(d.end).Is(":") || s.at(d.first-1).Is("(") && s.at(d.first-2).Upper
	}
	for k := d.first - 1; k >= 0 && k >= d.first-5; k-- {
		if s.at(k).Is("published", "dated", "released", "posted", "updated", "accessed", "retrieved", "began", "founded", "established", "launched", "introduced", "born") {
			return true
		}
		if s.at(k).Kind == word.Mark {
			break
		}
	}
	return false
}
