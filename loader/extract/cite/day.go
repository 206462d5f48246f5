package cite

import (
	"fmt"
	"strconv"
	"strings"

	"whence/graph"
)

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
	"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// day reads a date at token i, and returns the token after it. An article or a
// weekday before it is passed over. Figures are day, month, year, as Britain
// writes them, unless the second is over twelve. A day without a year is the
// last such day up to the date of publication; when that is not known, ok is
// true and the date "".
func (r *reader) day(i int) (d graph.Date, next int, ok bool) {
	if r.of(i, weekdays) {
		if i++; r.is(i, ",") {
			i++
		}
	}
	if r.is(i, "the") {
		i++
	}
	if i >= len(r.tokens) {
		return
	}
	if month, named := r.month(i); named {
		i++
		if n, number := r.ordinal(i); number {
			d, next := r.yearOf(month, n, i+1)
			return d, next, next > 0
		}
		if r.is(i, ",", "of") && r.year(i+1) != "" {
			i++
		}
		if y := r.year(i); y != "" {
			return graph.Date(fmt.Sprintf("%s-%02d", y, month)), i + 1, true
		}
		return
	}
	if r.tokens[i].kind != numberToken {
		return
	}
	if n, number := r.ordinal(i); number {
		j := i + 1
		if r.is(j, "of") {
			j++
		}
		if month, named := r.month(j); named {
			d, next := r.yearOf(month, n, j+1)
			return d, next, next > 0
		}
	}
	if d := figures(r.low(i)); d != "" {
		return d, i + 1, true
	}
	if y := r.year(i); y != "" {
		return graph.Date(y), i + 1, true
	}
	return
}

// yearOf completes a day and month with the year that stands at token i, if any.
func (r *reader) yearOf(month, n, i int) (graph.Date, int) {
	year, next := "", i
	if y := r.year(i); y != "" {
		year, next = y, i+1
	} else if y := r.year(i + 1); y != "" && r.is(i, ",", "of") {
		year, next = y, i+2
	}
	if year != "" {
		d, err := graph.ParseDate(fmt.Sprintf("%s-%02d-%02d", year, month, n))
		if err != nil {
			return "", 0
		}
		return d, next
	}
	p := string(r.in.Published)
	if len(p) != len("2006-01-02") {
		return "", next
	}
	y, err := strconv.Atoi(p[:4])
	if err != nil {
		return "", next
	}
	if fmt.Sprintf("%02d-%02d", month, n) > p[5:] {
		y--
	}
	d, err := graph.ParseDate(fmt.Sprintf("%04d-%02d-%02d", y, month, n))
	if err != nil {
		return "", next
	}
	return d, next
}

// month reads the name of a month, which has a capital.
func (r *reader) month(i int) (int, bool) {
	m, ok := months[r.low(i)]
	return m, ok && r.capital(i)
}

// ordinal reads a day of the month: 3, 3rd, 03.
func (r *reader) ordinal(i int) (int, bool) {
	s := r.low(i)
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		s = strings.TrimSuffix(s, suffix)
	}
	if len(s) == 0 || len(s) > 2 || !r.same(i, i) || r.tokens[i].kind != numberToken {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= 31
}

// year reads a year from 1500 to 2099, with the letter that tells two works of one year apart.
func (r *reader) year(i int) string {
	s := r.low(i)
	if len(s) == 5 && s[4] >= 'a' && s[4] <= 'h' {
		s = s[:4]
	}
	if len(s) != 4 {
		return ""
	}
	if n, err := strconv.Atoi(s); err != nil || n < 1500 || n > 2099 {
		return ""
	}
	return s
}

// figures reads 22/10/2024, 22.10.24 and 2024-10-22.
func figures(s string) graph.Date {
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == '/' || c == '.' || c == '-' })
	if len(parts) != 3 {
		return ""
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return ""
		}
		n[i] = v
	}
	day, month, year := n[0], n[1], n[2]
	switch {
	case len(parts[0]) == 4:
		day, year = n[2], n[0]
	case len(parts[2]) == 2:
		year += 2000
	case len(parts[2]) != 4:
		return ""
	}
	if month > 12 && day <= 12 {
		day, month = month, day
	}
	if year < 1500 || year > 2099 {
		return ""
	}
	d, err := graph.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	if err != nil {
		return ""
	}
	return d
}
