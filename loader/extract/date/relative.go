package date

import (
	"strings"
	"time"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// weekday reads "Monday", "next Monday" is deictic's, and "Monday 16 October 2024".
// By itself it is the latest such day up to the reference date, as in news.
func (p *parser) weekday(i int) (leaf, int) {
	d, ok := weekdays[p.at(i).Lower]
	if !ok || !p.at(i).Upper {
		return leaf{}, 0
	}
	j := i + 1
	if p.at(j).Is(",") {
		j++
	}
	if p.at(j).Is("the") {
		j++
	}
	if p.at(j).Kind == word.Digits {
		if l, n := p.dayMonth(j); n > 0 {
			return l, j + n - i
		}
		if l, n := p.slashed(j); n > 0 {
			return l, j + n - i
		}
	} else if l, n := p.monthDay(j); n > 0 && l.kind == Day {
		return l, j + n - i
	}
	next, before := p.at(i+1), p.at(i-1)
	if next.Kind == word.Letters && next.Upper || before.Kind == word.Letters && before.Upper && i > 1 {
		return leaf{}, 0 // "Sunday Times", "Black Friday"
	}
	return p.weekdayFrom(d, 0), 1
}

// weekdayFrom is the weekday on or before the reference date (0), strictly before
// it (-1) or strictly after it (1).
func (p *parser) weekdayFrom(d time.Weekday, direction int) leaf {
	l := leaf{kind: Day, relative: true}
	if len(p.ref) != 10 {
		return l
	}
	t := p.ref.Start()
	back := (int(t.Weekday()) - int(d) + 7) % 7
	switch {
	case direction < 0 && back == 0:
		back = 7
	case direction > 0:
		back -= 7
	}
	l.from = cut(t.AddDate(0, 0, -back), 10)
	l.to = l.from
	return l
}

// deictic reads what points from the reference date: "today", "last year", "the
// past twelve months", "next Monday", "this year".
func (p *parser) deictic(i int) (leaf, int) {
	switch w := p.at(i); {
	case w.Is("today", "tonight"):
		return p.dayFrom(0), 1
	case w.Is("yesterday"):
		return p.dayFrom(-1), 1
	case w.Is("tomorrow"):
		return p.dayFrom(1), 1
	}
	j := i
	the := p.at(j).Is("the")
	if the {
		j++
	}
	if the && p.at(j).Is("year", "month", "week", "day", "decade") && p.at(j+1).Is("before", "after", "earlier") {
		return leaf{kind: Relative, relative: true}, j + 2 - i // than what the text spoke of
	}
	pointer := p.at(j)
	direction, ok := map[string]int{"last": -1, "past": -1, "previous": -1, "recent": -1, "next": 1, "coming": 1, "this": 0, "current": 0}[pointer.Lower]
	if !ok {
		return leaf{}, 0
	}
	j++
	if !the && pointer.Is("last", "next", "this") {
		if l, ok := p.named(j, direction); ok {
			return l, j + 1 - i
		}
	}
	j, count := p.count(j)
	if kind := p.at(j); yearStarts[kind.Lower] != nil && p.at(j+1).Is("year", "years") {
		if p.at(j+1).Is("years") || count != 0 || pointer.Is("recent", "past") {
			return leaf{kind: Relative, relative: true}, j + 2 - i
		}
		return p.lastOf(kind.Lower, direction), j + 2 - i
	}
	u, plural, ok := timeUnit(p.at(j).Lower)
	if !ok {
		return leaf{}, 0
	}
	l := leaf{kind: Relative, relative: true}
	switch {
	case count < 0 || plural && count == 0 || p.ref == "" || u.precision == 0:
		// "the last few years", "recent years": how many is not said.
	case pointer.Is("previous", "recent"):
		// Counted from something the text spoke of, not from now.
	case count == 0 && (direction == 0 || !the && !pointer.Is("past", "coming")):
		l = p.calendar(u, direction)
	default:
		l.from, l.to = p.stretch(u, direction*max(count, 1))
	}
	return l, j + 1 - i
}

// count reads how many units: "twelve", "12", "couple of", "few". It is 0 when no
// number is given and -1 when it is vague.
func (p *parser) count(j int) (next, count int) {
	if n, ok := p.number(j, 1, 4); ok {
		return j + 1, n
	}
	if p.at(j).Is("few", "several", "couple") {
		if p.at(j + 1).Is("of") {
			j++
		}
		return j + 1, -1
	}
	if !p.at(j).Is("a", "an") {
		if v, n := word.Cardinal(p.w, j); n > 0 && v == float64(int(v)) {
			return j + n, int(v)
		}
	}
	return j, 0
}

// timeUnit reads "year" and "years".
func timeUnit(w string) (u unit, plural, ok bool) {
	if u, ok = units[w]; ok {
		return u, false, true
	}
	if w == "centuries" {
		return units["century"], true, true
	}
	u, ok = units[strings.TrimSuffix(w, "s")]
	return u, true, ok
}

// named reads the day, month or season after "last", "next" and "this".
func (p *parser) named(j, direction int) (leaf, bool) {
	w := p.at(j)
	if d, ok := weekdays[w.Lower]; ok {
		return p.weekdayFrom(d, direction), true
	}
	m, isMonth := months[w.Lower]
	kind, length := Month, 0
	if !isMonth {
		var ok bool
		if m, ok = seasons[w.Lower]; !ok {
			return leaf{}, false
		}
		kind, length = Season, 2
	} else if !w.Upper {
		return leaf{}, false
	}
	l := leaf{kind: kind, relative: true}
	if len(p.ref) < 7 {
		return l, true
	}
	now := p.ref.Start()
	y := now.Year()
	ended := shift(month(y, m), length).End()
	switch {
	case direction < 0 && ended.After(month(y, int(now.Month())).Start()):
		y--
	case direction > 0 && m <= int(now.Month()):
		y++
	}
	l.from = month(y, m)
	l.to = shift(l.from, length)
	return l, true
}

// dayFrom is the day so many days from the reference date.
func (p *parser) dayFrom(n int) leaf {
	l := leaf{kind: Day, relative: true}
	if len(p.ref) == 10 {
		l.from = shift(p.ref, n)
		l.to = l.from
	}
	return l
}

// calendar is the calendar unit so many units from that of the reference date:
// "last year" in 2018 is 2017. Weeks begin on Monday.
func (p *parser) calendar(u unit, direction int) leaf {
	l := leaf{kind: Relative, relative: true}
	t := p.ref.Start()
	switch {
	case u == units["year"]:
		l.kind = Year
		l.from = year(t.Year() + direction)
		l.to = l.from
	case u == units["month"] && len(p.ref) >= 7:
		l.kind = Month
		l.from = shift(month(t.Year(), int(t.Month())), direction)
		l.to = l.from
	case u == units["quarter"] && len(p.ref) >= 7:
		l.kind = Quarter
		l.from = shift(month(t.Year(), (int(t.Month())-1)/3*3+1), 3*direction)
		l.to = shift(l.from, 2)
	case u == units["decade"]:
		l.kind = Decade
		l.from = year(t.Year()/10*10 + 10*direction)
		l.to = shift(l.from, 9)
	case u == units["week"] && len(p.ref) == 10:
		monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7+7*direction)
		l.from, l.to = cut(monday, 10), cut(monday.AddDate(0, 0, 6), 10)
	}
	return l
}

// stretch is the time of n units up to (n < 0) or from the reference date, at its
// precision. It is empty where the reference is coarser than the unit.
func (p *parser) stretch(u unit, n int) (from, to graph.Date) {
	if len(p.ref) < u.precision {
		return "", ""
	}
	end := cut(u.add(p.ref.Start(), n), len(p.ref))
	switch {
	case end == "":
		return "", ""
	case n < 0:
		return end, p.ref
	}
	return p.ref, end
}

// counted reads a length of time and where it is counted from: "1 months ago" is
// an age, "10 months later" is relative to what the text spoke of.
func (p *parser) counted(i int) (leaf, int) {
	j, count := p.count(i)
	if count == 0 {
		if !p.at(i).Is("a", "an") {
			return leaf{}, 0
		}
		j = i + 1
		if p.at(j).Is("few", "couple") {
			j, _ = p.count(j)
		}
	}
	if p.at(j).Is("and") && p.at(j+1).Is("a") && p.at(j+2).Is("half") {
		j += 3
	}
	if p.at(j).Is("or") {
		if k, n := p.count(j + 1); n != 0 {
			j = k
		}
	}
	if p.at(j).Is("short", "long", "more") {
		j++
	}
	if _, _, ok := timeUnit(p.at(j).Lower); !ok {
		return leaf{}, 0
	}
	switch after := p.at(j + 1); {
	case after.Is("ago"):
		return leaf{kind: Age, relative: true}, j + 2 - i
	case after.Is("later", "earlier"), after.Is("before", "after") && !p.at(j+2).Is(",", "."):
		return leaf{kind: Relative, relative: true}, j + 2 - i
	}
	return leaf{}, 0
}

// yearTo reads "year to March 2024", "year ending 31 March 2024" and "three months
// to June 2024".
func (p *parser) yearTo(i int) (leaf, int) {
	j, count := p.count(i)
	u, _, ok := timeUnit(p.at(j).Lower)
	if !ok || u.months == 0 || count < 0 {
		return leaf{}, 0
	}
	j++
	switch {
	case p.at(j).Is("to", "ending", "ended"):
		j++
	case p.at(j).Is("up") && p.at(j+1).Is("to"):
		j += 2
	default:
		return leaf{}, 0
	}
	if p.at(j).Is("the") {
		j++
	}
	l, n := p.dayMonth(j)
	if n == 0 {
		l, n = p.monthDay(j)
	}
	if n == 0 || l.kind != Month && l.kind != Day {
		return leaf{}, 0
	}
	if l.from == "" {
		return leaf{kind: Relative, relative: true}, j + n - i
	}
	end := l.to
	l = leaf{kind: Range, relative: l.relative, to: end}
	l.from = cut(u.add(end.End(), -max(count, 1)), len(end))
	return l, j + n - i
}
