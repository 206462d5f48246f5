package match

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence/graph"
	letters "whence/loader/extract/date/word"
)

// A figure is a number in a claim.
type figure struct {
	class figureClass
	value float64
	bound graph.Bound
	of    concept   // what is counted, or of whom it is a share; 0 when not known
	among concept   // of whom it is counted; 0 when not known
	told  []concept // what is told of them, sorted
}

// A figureClass is what sort of number it is: numbers of two sorts are never equal.
type figureClass string

const (
	counted figureClass = "count"
	money   figureClass = "money"
	share   figureClass = "percent"
	times   figureClass = "times"
	points  figureClass = "percentage points"
)

// distinctive reports whether two writers hardly have the figure by chance: at
// least three digits that are not noughts at the end.
func (f figure) distinctive() bool { return f.digits() >= 3 }

// telling reports whether the figure says something about what is counted: "2,300", "59%",
// but not "two" or "100".
func (f figure) telling() bool {
	return f.digits() >= 3 || f.value >= 1000 || f.class == share && f.digits() == 2
}

// digits counts the digits but for noughts at either end. A third has one, however many
// digits it takes as a share of a hundred.
func (f figure) digits() int {
	if f.class == share && f.value*10 != math.Trunc(f.value*10) && f.value*100 != math.Trunc(f.value*100) {
		return 1
	}
	s := strings.ReplaceAll(strconv.FormatFloat(f.value, 'f', -1, 64), ".", "")
	return len(strings.Trim(s, "0"))
}

func (f figure) String() string {
	s := strconv.FormatFloat(f.value, 'f', -1, 64)
	switch f.class {
	case share:
		return s + "%"
	case money:
		return "money " + s
	case times, points:
		return s + " " + string(f.class)
	}
	return s
}

// same reports whether two figures are of one sort and equal.
func (f figure) same(g figure) bool { return f.class == g.class && f.value == g.value }

// agrees reports whether one figure may be the other, rounded: a third and 33 per
// cent, 3.05 million and three million.
func (f figure) agrees(g figure) bool {
	return f.class == g.class && math.Abs(f.value-g.value) <= 0.02*math.Max(math.Abs(f.value), math.Abs(g.value))
}

// ofOther reports whether two figures count different things, or tell different things of them.
func (f figure) ofOther(g figure) bool {
	if f.of != 0 && g.of != 0 && f.of != g.of {
		return true
	}
	x, y := heavyOf(f.told), heavyOf(g.told)
	return min(len(f.told), len(g.told)) >= toldEnough && len(x) > 0 && len(y) > 0 && inCommon(x, y) == 0
}

// toldEnough is how many concepts tell what is told of a figure, and not by which verb.
const toldEnough = 3

// heavyOf returns the concepts that tell much.
func heavyOf(cs []concept) []concept {
	return slices.DeleteFunc(slices.Clone(cs), func(c concept) bool { return !c.heavy() })
}

// against reports whether two figures that agree are bounded to other sides: "up to 900"
// and "900", "nearly 3,000" and "over 3,000".
func (f figure) against(g figure) bool {
	side := func(b graph.Bound) int {
		switch b {
		case graph.BoundOver, graph.BoundAtLeast:
			return 1
		case graph.BoundUnder, graph.BoundUpTo:
			return -1
		}
		return 0
	}
	x, y := side(f.bound), side(g.bound)
	return x != y && (x < 0 || y < 0 || f.value == g.value)
}

var multiples = map[string]float64{
	"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}

// figuresIn reads the numbers of a text, in digits and in letters. One is none: it is
// seldom said to count.
func figuresIn(text string) []figure {
	var out []figure
	words := letters.Split(text, graph.Span{End: len(text)})
	for i := 0; i < len(words); {
		value, n := letters.Cardinal(words, i)
		if n > 0 && value != 1 {
			out = append(out, figure{class: classAt(text[words[i+n-1].End:]), value: value, bound: boundBefore(text[:words[i].Start])})
		}
		i += max(n, 1)
	}
	for i := 0; i < len(text); {
		if !isDigit(text[i]) || i > 0 && (isLetter(text[i-1]) || text[i-1] == '.' && i > 1 && isDigit(text[i-2])) {
			i++
			continue
		}
		start := i
		for i < len(text) && (isDigit(text[i]) || (text[i] == ',' || text[i] == '.') && i+1 < len(text) && isDigit(text[i+1])) {
			i++
		}
		value, err := strconv.ParseFloat(strings.ReplaceAll(text[start:i], ",", ""), 64)
		if err != nil {
			continue
		}
		rest := text[i:min(len(text), i+16)]
		f := figure{class: classAt(rest), value: value, bound: boundBefore(text[:start])}
		following := strings.ToLower(leadingLetters(strings.TrimLeft(rest, " -\u00a0")))
		if ordinals[following] {
			continue
		}
		if by := multiples[following]; by > 0 {
			f.value *= by
		}
		before := strings.TrimRight(text[max(0, start-4):start], " ")
		for sign, currency := range currencies {
			if f.class == counted && strings.HasSuffix(before, sign) {
				f.class, f.of = money, conceptOf(currency)
			}
		}
		out = append(out, f)
	}
	return out
}

var (
	ordinals   = set("st nd rd th")
	currencies = map[string]string{"£": "gbp", "$": "usd", "€": "eur"}
)

// boundsBefore are words before a number and the side to which they bound it.
var boundsBefore = []struct {
	words string
	bound graph.Bound
}{
	{"up to", graph.BoundUpTo},
	{"at most", graph.BoundUpTo},
	{"no more than", graph.BoundUpTo},
	{"not more than", graph.BoundUpTo},
	{"at least", graph.BoundAtLeast},
	{"no fewer than", graph.BoundAtLeast},
	{"no less than", graph.BoundAtLeast},
	{"as many as", graph.BoundUpTo},
	{"as much as", graph.BoundUpTo},
	{"a maximum of", graph.BoundUpTo},
	{"a minimum of", graph.BoundAtLeast},
	{"upwards of", graph.BoundOver},
	{"in excess of", graph.BoundOver},
	{"close to", graph.BoundUnder},
	{"approaching", graph.BoundUnder},
	{"more than", graph.BoundOver},
	{"over", graph.BoundOver},
	{"above", graph.BoundOver},
	{"fewer than", graph.BoundUnder},
	{"less than", graph.BoundUnder},
	{"under", graph.BoundUnder},
	{"nearly", graph.BoundUnder},
	{"almost", graph.BoundUnder},
	{"about", graph.BoundAbout},
	{"around", graph.BoundAbout},
	{"roughly", graph.BoundAbout},
	{"some", graph.BoundAbout},
	{"approximately", graph.BoundAbout},
}

// boundBefore returns the bound that the end of a text sets to the number behind it.
func boundBefore(text string) graph.Bound {
	text = strings.ToLower(strings.TrimRight(text[max(0, len(text)-24):], " £$€"))
	for _, b := range boundsBefore {
		if strings.HasSuffix(text, b.words) {
			return b.bound
		}
	}
	return graph.BoundExact
}

// classAt tells by what follows a number what sort of number it is.
func classAt(rest string) figureClass {
	rest = strings.ToLower(strings.TrimLeft(rest[:min(len(rest), 16)], " -\u00a0"))
	for _, sign := range []struct {
		words string
		class figureClass
	}{{"percentage", points}, {"%", share}, {"percent", share}, {"per cent", share}} {
		if strings.HasPrefix(rest, sign.words) {
			return sign.class
		}
	}
	return counted
}

// figuresOf returns the figures of a claim: those the reading found in it, and the other
// numbers of its words but for those of dates.
func (p *preparing) figuresOf(c *graph.Claim, dates []graph.Span) []figure {
	read := slices.Clone(dates)
	for _, st := range p.stats[c.ID] {
		read = append(read, st.Figure.Span)
	}
	var out []figure
	for _, q := range c.Content {
		rest := []byte(clip(q.Exact))
		for _, s := range read {
			for i := max(s.Start-q.Start, 0); i < min(s.End-q.Start, len(rest)); i++ {
				rest[i] = ' '
			}
		}
		out = append(out, figuresIn(string(rest))...)
	}
	for _, st := range p.stats[c.ID] {
		out = append(out, p.statistic(st)...)
	}
	slices.SortFunc(out, func(a, b figure) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.value, b.value), cmp.Compare(a.bound, b.bound))
	})
	out = slices.CompactFunc(out, figure.same)
	return slices.Clip(out[:min(len(out), maxFigures)])
}

// statistic returns the figures of a statistic: its value, or the ends of its range.
func (p *preparing) statistic(s *graph.Statistic) []figure {
	class, of := counted, s.Unit
	switch {
	case s.Unit == "percent":
		class, of = share, s.Population
	case s.Unit == "percentage points":
		class, of = points, s.Population
	case s.Unit == "times":
		class = times
	case len(s.Unit) == 3 && strings.IndexFunc(s.Unit, func(r rune) bool { return !unicode.IsUpper(r) }) < 0:
		class = money
	}
	var out []figure
	add := func(v *float64, bound graph.Bound) {
		if v != nil {
			out = append(out, figure{class, *v, bound, p.head(of), p.head(s.Population), p.lexicon.concepts(fold(s.Measure), maxConcepts)})
		}
	}
	add(s.Value, s.Bound)
	add(s.Min, graph.BoundAtLeast)
	add(s.Max, graph.BoundUpTo)
	return out
}

// head returns the concept of the last word of a noun phrase, as far as a preposition.
func (p *preparing) head(phrase string) concept {
	c := concept(0)
	for _, w := range fold(phrase) {
		if c != 0 && heads[w] {
			break
		}
		if d := p.lexicon.concept(w); d != 0 {
			c = d
		}
	}
	return c
}

// heads are words that end the noun that a phrase begins with.
var heads = set("of in with who that which from at on by for to and or aged")

// shared returns the figures that both have.
func shared(a, b []figure) []figure {
	var out []figure
	for _, f := range a {
		if slices.ContainsFunc(b, f.same) {
			out = append(out, f)
		}
	}
	return out
}

// clash returns two figures for which two claims cannot be the same: of one sort, of which
// both have some and none agree. In two claims that are close otherwise, each figure counts:
// one that either lacks, and a bound to another side.
func clash(a, b []figure, close bool) (x, y figure, ok bool) {
	for _, class := range []figureClass{counted, money, share, times, points} {
		in := func(fs []figure) (out []figure) {
			for _, f := range fs {
				if f.class == class {
					out = append(out, f)
				}
			}
			return out
		}
		without := func(fs, others []figure) (out []figure) {
			for _, f := range fs {
				if !slices.ContainsFunc(others, f.agrees) {
					out = append(out, f)
				}
			}
			return out
		}
		ca, cb := in(a), in(b)
		loneA, loneB := without(ca, cb), without(cb, ca)
		if len(loneA) > 0 && len(loneB) > 0 && (close || len(loneA) == len(ca) && len(loneB) == len(cb)) {
			return inOrder(loneA[0], loneB[0])
		}
		for _, f := range ca {
			for _, g := range cb {
				if close && f.agrees(g) && f.against(g) {
					return inOrder(f, g)
				}
			}
		}
	}
	return figure{}, figure{}, false
}

// inOrder puts two figures in an order that does not hang on which claim came first.
func inOrder(x, y figure) (figure, figure, bool) {
	if cmp.Or(cmp.Compare(x.value, y.value), cmp.Compare(x.bound, y.bound)) > 0 {
		x, y = y, x
	}
	return x, y, true
}

// otherThing reports whether an equal figure counts one thing in one claim and another in the
// other: both say what, or one does and the other has no such word.
func otherThing(a, b *statement) bool {
	other := false
	for _, f := range a.figures {
		for _, g := range b.figures {
			switch {
			case f.agrees(g) && !f.ofOther(g) && !(g.of == 0 && b.lacks(f)) && !(f.of == 0 && a.lacks(g)):
				return false
			case f.agrees(g), f.value == g.value:
				other = true
			}
		}
	}
	return other
}

// lacks reports whether a claim has no word for what a number counts.
func (s *statement) lacks(f figure) bool {
	return f.class == counted && f.of != 0 && !s.has(f.of) && !s.has(f.among)
}

// isNumber reports whether a folded word counts.
func isNumber(folded string) bool {
	_, scale := letters.Scale(folded)
	return isDigit(folded[0]) || scale || parts[folded] || letters.IsCardinal(folded) && folded != "one"
}

// parts are words that tell a share, and what stands beside one.
var parts = set("percent cent half halves third thirds quarter quarters fifth fifths tenth tenths double doubled treble trebled triple tripled halved twice")

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

func leadingLetters(s string) string {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	return s[:i]
}
