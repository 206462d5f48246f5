package date

import (
	"strconv"
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// A yearTest says whether the four digits at a word are a year, given what
// stands around them.
type yearTest func(i int) bool

// starters are the words a leaf can begin with.
var starters = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("today yesterday tomorrow tonight last final latter past previous next coming this current early mid late fy year a an few several couple the recent within ago") {
		out[w] = true
	}
	delete(out, "within")
	delete(out, "ago")
	for w := range months {
		out[w] = true
	}
	for w := range shortMonths {
		out[w] = true
	}
	for w := range weekdays {
		out[w] = true
	}
	for w := range seasons {
		out[w] = true
	}
	for w := range ordinals {
		out[w] = true
	}
	for _, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety") {
		out[w] = true
	}
	return out
}()

// complete gives a day or month the year it lacks.
func (l *leaf) complete(y string) {
	d, err := graph.ParseDate(y + "-" + l.bare)
	if l.bare == "" || err != nil {
		return
	}
	l.from, l.to, l.bare, l.relative = d, d, "", false
}

// leaf reads one date at word i. isYear decides about bare four-digit numbers.
func (p *parser) leaf(i int, isYear yearTest) (leaf, int) {
	w := p.at(i)
	if w.Kind == word.Digits {
		if l, n := p.quarterOf(i); n > 0 {
			return l, n
		}
		for _, form := range []func(int) (leaf, int){p.iso, p.slashed, p.dayMonth, p.decade, p.century, p.fiscal} {
			if l, n := form(i); n > 0 {
				return l, n
			}
		}
		if y, ok := p.number(i, 4, 4); ok && isYear(i) {
			if q, ok := quarterName(p.at(i + 1)); ok {
				return quarter(y, q), 2
			}
			return span(Year, year(y), year(y)), 1
		}
		return p.counted(i)
	}
	for _, form := range []func(int) (leaf, int){p.piece, p.monthDay, p.weekday, p.part, p.season, p.quarterOf, p.fiscalYear, p.yearTo, p.deictic, p.counted} {
		if l, n := form(i); n > 0 {
			return l, n
		}
	}
	return leaf{}, 0
}

func span(k Kind, from, to graph.Date) leaf { return leaf{kind: k, from: from, to: to} }

// number returns the value of a run of digits whose length lies in [low, high].
func (p *parser) number(i, low, high int) (int, bool) {
	w := p.at(i)
	if w.Kind != word.Digits || w.Len() < low || w.Len() > high {
		return 0, false
	}
	n, err := strconv.Atoi(w.Lower)
	return n, err == nil
}

// glued reports whether words [i, j) stand together without white space.
func (p *parser) glued(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if !p.at(k).Glued {
			return false
		}
	}
	return j <= len(p.w)
}

// iso reads "2024-10-22" and "2024-10". Where "2010-12" can be a run of years it
// is left to fiscal.
func (p *parser) iso(i int) (leaf, int) {
	y, ok := p.number(i, 4, 4)
	m, okm := p.number(i+2, 2, 2)
	if !ok || !okm || !p.at(i+1).Is("-") || !p.glued(i, i+3) {
		return leaf{}, 0
	}
	if d, okd := p.number(i+4, 2, 2); okd && p.at(i+3).Is("-") && p.glued(i, i+5) {
		if date := day(y, m, d); date != "" {
			return span(Day, date, date), 5
		}
		return leaf{}, 0
	}
	if m < 1 || m > 12 || m > y%100 || y < firstYear || y > lastYear || p.at(i+3).Is("-", "/") && p.at(i+3).Glued {
		return leaf{}, 0
	}
	return span(Month, month(y, m), month(y, m)), 3
}

// slashed reads "22/10/2024", "22.10.2024" and "22-10-24", day first. It reads
// month first only where the day cannot be a month.
func (p *parser) slashed(i int) (leaf, int) {
	d, ok := p.number(i, 1, 2)
	m, okm := p.number(i+2, 1, 2)
	y, oky := p.number(i+4, 2, 4)
	if !ok || !okm || !oky || p.at(i+4).Len() == 3 || !p.glued(i, i+5) {
		return leaf{}, 0
	}
	sep := p.at(i + 1)
	if !sep.Is("/", ".", "-") || p.at(i+3).Lower != sep.Lower || (sep.Is(".", "-") && p.at(i+4).Len() == 2) {
		return leaf{}, 0
	}
	if p.at(i+4).Len() == 2 {
		y += 1900
		if y < 1969 { // the two-digit years of POSIX: 69 to 99 are the last century's
			y += 100
		}
	}
	date := day(y, m, d)
	if date == "" {
		date = day(y, d, m)
	}
	if date == "" {
		return leaf{}, 0
	}
	return span(Day, date, date), 5
}

// monthName returns the number of the month named at word i, and how many words
// (with the point of an abbreviation) it takes.
func (p *parser) monthName(i int) (m, n int) {
	w := p.at(i)
	if m, ok := months[w.Lower]; ok {
		return m, 1
	}
	if m, ok := shortMonths[w.Lower]; ok && w.Kind == word.Letters {
		if p.at(i+1).Is(".") && p.at(i+1).Glued {
			return m, 2
		}
		return m, 1
	}
	return 0, 0
}

// dayNumber reads "16", "16th" at word i.
func (p *parser) dayNumber(i int) (d, n int) {
	d, ok := p.number(i, 1, 2)
	if !ok || d < 1 || d > 31 {
		return 0, 0
	}
	if s := p.at(i + 1); s.Glued && s.Kind == word.Letters {
		if s.Is("st", "nd", "rd", "th") {
			return d, 2
		}
		return 0, 0
	}
	return d, 1
}

// yearAfter reads "2024" or ", 2024" at word i.
func (p *parser) yearAfter(i int) (y, n int) {
	if p.at(i).Is(",", "of") {
		n = 1
	}
	y, ok := p.number(i+n, 4, 4)
	if !ok || y < firstYear || y > lastYear || p.numberGoesOn(i+n) {
		return 0, 0
	}
	return y, n + 1
}

// numberGoesOn reports whether the digits at i are part of a longer number or of
// a quantity: "2,024", "2024.5", "2024%", "2024kg".
func (p *parser) numberGoesOn(i int) bool {
	next, after := p.at(i+1), p.at(i+2)
	if before := p.at(i - 1); p.at(i).Glued && before.Is("£", "$", "€", "¥", "#", "+", ".", ",") {
		return true
	}
	if !next.Glued {
		return false
	}
	switch {
	case next.Is(",", "."):
		return after.Glued && after.Kind == word.Digits
	case next.Is("%"):
		return true
	}
	return next.Kind == word.Letters || next.Kind == word.Mixed
}

// dayMonth reads "16 October 2024", "16th of October, 2024", "16-18 October 2024"
// and "16 October".
func (p *parser) dayMonth(i int) (leaf, int) {
	d, n := p.dayNumber(i)
	if n == 0 {
		return leaf{}, 0
	}
	last := d
	j := i + n
	if p.at(j).Is("-", "–", "to", "and") {
		if e, m := p.dayNumber(j + 1); m > 0 && e > d {
			last, j = e, j+1+m
		}
	}
	if p.at(j).Is("of") {
		j++
	}
	m, k := p.monthName(j)
	if m == 0 || p.at(j).Glued {
		return leaf{}, 0
	}
	j += k
	if y, k := p.yearAfter(j); k > 0 {
		from, to := day(y, m, d), day(y, m, last)
		if from == "" || to == "" {
			return leaf{}, 0
		}
		l := span(Day, from, to)
		if from != to {
			l.kind = Range
		}
		return l, j + k - i
	}
	if _, ok := shortMonths[p.at(j-k).Lower]; ok && !p.at(j-k).Upper {
		return leaf{}, 0
	}
	return p.yearless(Day, m, d, last), j - i
}

// yearless is a day or month of a year that the words do not give. In a passage that
// tells of the past it is the latest up to the reference date.
func (p *parser) yearless(k Kind, m, d, last int) leaf {
	l := leaf{kind: k, relative: true}
	switch {
	case d == 0:
		l.bare = string(month(2000, m)[5:])
	case d == last:
		if day(2000, m, d) != "" { // a leap year
			l.bare = string(day(2000, m, d)[5:])
		}
	}
	if l.bare == "" || len(p.ref) < 7 || !p.past() {
		return l
	}
	now := p.ref.Start().Year()
	for _, y := range []int{now, now - 1} {
		if d, err := graph.ParseDate(string(year(y)) + "-" + l.bare); err == nil && !d.Start().After(p.ref.End()) {
			l.from, l.to = d, d
			break
		}
	}
	return l
}

// past reports whether the passage tells of what has been: it has a verb in the past
// and none of what is to come.
func (p *parser) past() bool {
	if !p.told {
		p.told = true
		for _, w := range p.w {
			if ahead[w.Lower] {
				p.before = false
				break
			}
			p.before = p.before || pasts[w.Lower] || w.Kind == word.Letters && len(w.Lower) > 4 && strings.HasSuffix(w.Lower, "ed") && !strings.HasSuffix(w.Lower, "eed")
		}
	}
	return p.before
}

var (
	pasts = set("was were had did rose fell grew said told found made came went took gave saw lost won died left began became spent held sold built met paid hit led kept ran wrote spoke thought knew been")
	ahead = set("will would shall ’ll 'll due expected expects planned plans upcoming scheduled next until till by hopes tomorrow forthcoming could might")
)

// monthDay reads "October 16th, 2024", "October 2024", "Oct. 2024" and, where a
// preposition makes it a date, "October".
func (p *parser) monthDay(i int) (leaf, int) {
	m, n := p.monthName(i)
	if n == 0 {
		return leaf{}, 0
	}
	if y, k := p.yearAfter(i + n); k > 0 && (p.at(i).Upper || !p.at(i).Is("mar", "dec", "sun")) {
		return span(Month, month(y, m), month(y, m)), n + k
	}
	if d, k := p.dayNumber(i + n); k > 0 && p.at(i).Upper && !p.at(i+n).Glued && !p.at(i+n+k).Is("%") && !p.numberGoesOn(i+n+k-1) {
		if l, more := p.daysAfter(i+n+k, m, d); more > 0 {
			return l, n + k + more
		}
		if y, k2 := p.yearAfter(i + n + k); k2 > 0 {
			if date := day(y, m, d); date != "" {
				return span(Day, date, date), n + k + k2
			}
			return leaf{}, 0
		}
		// "In May 30 patients died" is a month and a count.
		if !(p.at(i+n+k).Is("-", "–") && p.at(i+n+k+1).Kind == word.Digits) && !(p.at(i+n+k-1).Kind == word.Digits && p.counts(i+n+k)) {
			return p.yearless(Day, m, d, d), n + k
		}
	}
	// A month by itself: a name ("April said", "Theresa May") and two verbs look
	// the same, so it needs a capital and a word that dates.
	if months[p.at(i).Lower] == 0 || !p.at(i).Upper || !p.at(i-1).Is("in", "since", "by", "during", "until", "till", "from", "to", "between", "of", "last", "next", "this", "early", "late", "mid", "-", "and") || p.at(i+1).Kind == word.Letters && p.at(i+1).Upper {
		return leaf{}, 0
	}
	if p.at(i-1).Is("and", "-", "of", "to") && p.last != i-1 && !p.monthBefore(i-2) {
		return leaf{}, 0
	}
	return p.yearless(Month, m, 0, 0), 1
}

// daysAfter reads "-9", "to 22, 2016" after a month m and its day d: a run of days.
func (p *parser) daysAfter(i, m, d int) (leaf, int) {
	if !p.at(i).Is("-", "–", "to") {
		return leaf{}, 0
	}
	last, n := p.dayNumber(i + 1)
	if n == 0 || last <= d || p.at(i+1+n).Is("%") || p.numberGoesOn(i+n) || p.counts(i+1+n) {
		return leaf{}, 0
	}
	y, k := p.yearAfter(i + 1 + n)
	if k == 0 {
		return p.yearless(Range, m, d, last), 1 + n
	}
	from, to := day(y, m, d), day(y, m, last)
	if from == "" || to == "" {
		return leaf{}, 0
	}
	return span(Range, from, to), 1 + n + k
}

// monthBefore reports whether a month is named at word i, as in "May and June".
func (p *parser) monthBefore(i int) bool {
	_, ok := months[p.at(i).Lower]
	return ok && p.at(i).Upper
}

// decade reads "1950s".
func (p *parser) decade(i int) (leaf, int) {
	y, ok := p.number(i, 4, 4)
	if !ok || y%10 != 0 || y < firstYear || y > lastYear || p.at(i).Glued && p.at(i-1).Kind != word.Mark {
		return leaf{}, 0
	}
	s := p.at(i + 1)
	if !s.Glued || !s.Is("s", "'s", "’s") {
		return leaf{}, 0
	}
	if s.Kind == word.Clitic && y%100 == 0 {
		return leaf{}, 0
	}
	return span(Decade, year(y), year(y+9)), 2
}

// season reads "spring 2019", "summer of 2020" and "winter 2023/24".
func (p *parser) season(i int) (leaf, int) {
	m, ok := seasons[p.at(i).Lower]
	if !ok {
		return leaf{}, 0
	}
	j := i + 1
	if p.at(j).Is("of") {
		j++
	}
	if l, n := p.fiscal(j); n > 0 && m == 12 && l.kind == FiscalYear {
		return seasonOf(l.from.Start().Year(), m), j + n - i
	}
	y, n := p.yearAfter(j)
	if n != 1 {
		return leaf{}, 0
	}
	return seasonOf(y, m), j + n - i
}

func seasonOf(y, m int) leaf {
	first := month(y, m)
	return span(Season, first, shift(first, 2))
}

// quarterName reads "Q3".
func quarterName(w word.Word) (int, bool) {
	if w.Kind == word.Mixed && len(w.Lower) == 2 && w.Lower[0] == 'q' && w.Lower[1] >= '1' && w.Lower[1] <= '4' {
		return int(w.Lower[1] - '0'), true
	}
	return 0, false
}

func quarter(y, q int) leaf {
	first := month(y, 3*q-2)
	return span(Quarter, first, shift(first, 2))
}

// quarterOf reads "Q3 2024", "third quarter of 2024" and, with no interval, "Q3".
func (p *parser) quarterOf(i int) (leaf, int) {
	q, ok := quarterName(p.at(i))
	j := i + 1
	if !ok {
		name := p.at(i).Lower
		if s := p.at(j); s.Glued && s.Kind == word.Letters {
			name += s.Lower // "1st"
			j++
		}
		if q, ok = ordinals[name]; !ok || !p.at(j).Is("quarter") {
			return leaf{}, 0
		}
		j++
	}
	if p.at(j).Is("of") {
		j++
	}
	if l, n := p.fiscal(j); n > 0 && l.kind == FiscalYear {
		first := shift(month(l.from.Start().Year(), 4), 3*(q-1))
		return span(Quarter, first, shift(first, 2)), j + n - i
	}
	if y, n := p.yearAfter(j); n == 1 {
		return quarter(y, q), j + n - i
	}
	if p.at(j - 1).Is("of") {
		j--
	}
	return leaf{kind: Quarter, relative: true}, j - i
}

// part reads "early 1950s", "mid-2019", "late October 2024".
func (p *parser) part(i int) (leaf, int) {
	third := map[string]int{"early": 0, "mid": 1, "late": 2}
	k, ok := third[p.at(i).Lower]
	if !ok {
		return leaf{}, 0
	}
	j := i + 1
	if p.at(j).Is("-", "–") {
		j++
	}
	if p.at(j).Is("early", "mid", "late", "the") {
		return leaf{}, 0 // so that a run of them is not read again and again
	}
	l, n := p.leaf(j, p.plausibleYear)
	if n == 0 {
		return leaf{}, 0
	}
	switch {
	case l.from == "":
	case l.kind == Decade:
		y := l.from.Start().Year()
		l.from, l.to = year(y+[]int{0, 4, 7}[k]), year(y+[]int{3, 6, 9}[k])
	case l.kind == Year:
		y := l.from.Start().Year()
		l.from, l.to = month(y, 1+4*k), month(y, 4+4*k)
	case l.kind == Month:
		first := l.from.Start()
		end := []graph.Date{day(first.Year(), int(first.Month()), 10), day(first.Year(), int(first.Month()), 20), cut(l.to.End().AddDate(0, 0, -1), 10)}
		l.from, l.to = day(first.Year(), int(first.Month()), 1+10*k), end[k]
	default:
		return leaf{}, 0
	}
	l.bare = ""
	return l, j + n - i
}
