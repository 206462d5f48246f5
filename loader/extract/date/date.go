// Package date finds expressions of calendar time in English text and says which
// days they cover.
//
// The grammar is British: 05/10/2024 is the fifth of October, and 2016/17 is the
// financial year from 1 April 2016 to 31 March 2017. Nothing is resolved against
// the clock: "last year" means something only beside a reference date.
package date

import (
	"whence/graph"
	"whence/loader/extract/date/word"
)

// Kind is the form of an expression.
type Kind string

// The kinds.
const (
	Day        Kind = "day"
	Month      Kind = "month"
	Year       Kind = "year"
	FiscalYear Kind = "fiscal year" // 1 April to 31 March
	// AcademicYear is from 1 September to 31 August.
	AcademicYear Kind = "academic year"
	Decade       Kind = "decade"
	Century      Kind = "century" // 1801 to 1900
	Season       Kind = "season"  // of the meteorologists: spring is March to May
	Quarter      Kind = "quarter"
	Range        Kind = "range"    // two ends, or one: "since 2010"
	Relative     Kind = "relative" // "in the past twelve months", "10 months later"
	Age          Kind = "age"      // "1 months ago": how long since, with no interval
)

// An Expr is one expression of time.
type Expr struct {
	// Span holds the words that make the date, with "by", "since", "between" and
	// their like, which change its meaning, and without "in", "on" and "the".
	Span graph.Span
	// Interval is the closed range that is meant, at the precision of the words:
	// "2024/2024", "2023-10/2023-12", "../2021". It is "" when the words do not
	// tell, or tell only beside a reference date that is not known.
	Interval graph.Interval
	// Date is the day, month or year when the expression names just one.
	Date graph.Date
	Kind Kind
	// Relative says that the words mean something only beside a reference date.
	Relative bool
}

// Find returns the expressions inside s, in order, none overlapping. ref is when
// the text was published; with an empty ref what is relative has no interval. The
// time taken is linear in the length of s.
func Find(text string, s graph.Span, ref graph.Date) []Expr {
	return FindWords(word.Split(text, s), ref)
}

// FindWords is [Find] over a text that is already split.
func FindWords(words []word.Word, ref graph.Date) []Expr {
	p := parser{w: words, ref: ref}
	var out []Expr
	for i := 0; i < len(words); {
		e, n := p.expr(i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, e)
		i += n
		p.last = i
	}
	return out
}

// A parser holds the words of one passage. Its methods read an expression that
// begins at a given word and return how many words it takes, 0 if there is none.
type parser struct {
	w    []word.Word
	ref  graph.Date
	last int // index after the latest expression found

	told, before bool // whether past has looked, and what it saw
}

// at returns the word at i, or an empty word outside the passage.
func (p *parser) at(i int) word.Word {
	if i < 0 || i >= len(p.w) {
		return word.Word{Kind: word.Mark}
	}
	return p.w[i]
}

// A leaf is one date without "since" or "to": the days from..to, inclusive.
// An empty from means that the interval is not known.
type leaf struct {
	kind     Kind
	from, to graph.Date
	relative bool
	bare     string // a day or month that lacks its year: "10-16", "10"
}

// expr reads a range, a date with an operator before it, or a plain date.
func (p *parser) expr(i int) (Expr, int) {
	if e, n := p.opened(i); n > 0 {
		return e, n
	}
	if !p.begins(i) {
		return Expr{}, 0
	}
	if e, n := p.pair(i, i, p.plausibleYear); n > 0 {
		return e, n
	}
	if l, n := p.leaf(i, p.dated); n > 0 {
		return p.made(l, i, i+n), n
	}
	return Expr{}, 0
}

// begins is a quick test whether any leaf can begin with this word.
func (p *parser) begins(i int) bool {
	w := p.at(i)
	switch w.Kind {
	case word.Digits, word.Mixed:
		return true
	case word.Letters:
		return starters[w.Lower]
	}
	return false
}

// opened reads an expression that a preposition opens: "between 2016 and 2021",
// "from May to June 2020", "by 2020/21", "since 2010".
func (p *parser) opened(i int) (Expr, int) {
	op := p.at(i)
	if op.Kind != word.Letters {
		return Expr{}, 0
	}
	j := i + 1
	switch op.Lower {
	case "between", "from":
	case "by", "since", "until", "till", "before", "after":
	case "up":
		if !p.at(j).Is("to", "until") {
			return Expr{}, 0
		}
		j++
	default:
		return Expr{}, 0
	}
	for p.at(j).Is("the", "at", "about", "around", "early", "late", "mid", "year", "end", "start", "of") && !starters[p.at(j).Lower] && j < i+5 {
		j++
	}
	if op.Is("between", "from") {
		if e, n := p.pair(i, j, p.plausibleYear); n > 0 {
			return e, n
		}
		if op.Is("between") {
			return Expr{}, 0
		}
	}
	l, n := p.leaf(j, p.plausibleYear)
	if n == 0 || l.kind == Age || (l.relative && l.from == "") {
		return Expr{}, 0
	}
	e := p.made(l, i, j+n)
	if l.from == "" {
		e.Date = "" // "since May": of which year is not said
		return e, j + n - i
	}
	e.Kind, e.Date = Range, ""
	switch op.Lower {
	case "by", "until", "till", "up":
		e.Interval = interval("..", l.to)
	case "before":
		e.Interval = interval("..", previous(l.from))
	case "since", "from":
		e.Interval = interval(l.from, "..")
	case "after":
		e.Interval = interval(following(l.to), "..")
	}
	return e, j + n - i
}

// pair reads "A to B", "A and B" (after "between") and "A–B" with A at word i.
// The expression's span begins at word open.
func (p *parser) pair(open, i int, year yearTest) (Expr, int) {
	a, n := p.leaf(i, year)
	if n == 0 || a.kind == Age || a.kind == Relative {
		return Expr{}, 0
	}
	j := i + n
	sep := p.at(j)
	between := open != i && p.at(open).Is("between")
	switch {
	case between:
		if !sep.Is("and") {
			return Expr{}, 0
		}
	case sep.Is("to", "until", "till", "through", "-", "–", "—"):
	default:
		return Expr{}, 0
	}
	if p.at(j+1).Is("the") && between {
		j++
	}
	b, m := p.leaf(j+1, year)
	if m == 0 || b.kind == Age || b.kind == Relative {
		return Expr{}, 0
	}
	if a.bare != "" && b.from != "" && !b.relative && len(b.from) >= 4 {
		a.complete(string(b.from[:4]))
	}
	e := Expr{Span: graph.Span{Start: p.at(open).Start, End: p.at(j + m).End}, Kind: Range, Relative: a.relative || b.relative}
	if a.from != "" && b.to != "" {
		if a.from.After(b.to) {
			return Expr{}, 0
		}
		e.Interval = interval(a.from, b.to)
	}
	return e, j + 1 + m - open
}

// made turns the leaf at words [i, end) into an expression.
func (p *parser) made(l leaf, i, end int) Expr {
	e := Expr{Span: graph.Span{Start: p.at(i).Start, End: p.at(end - 1).End}, Kind: l.kind, Relative: l.relative}
	if l.from == "" {
		return e
	}
	e.Interval = interval(l.from, l.to)
	if l.from == l.to && (l.kind == Day || l.kind == Month || l.kind == Year) {
		e.Date = l.from
	}
	return e
}

func interval(from, to graph.Date) graph.Interval { return graph.Interval(from + "/" + to) }
