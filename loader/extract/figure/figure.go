// Package figure finds figures in English text: what is counted or measured, of
// whom, where and when, how exactly, and whom the text credits with it.
//
// It works by scanning for digits, currency signs and number words, and reading
// from there by hand-written rules about how numbers stand in English. There is
// no list of bodies or of subjects. Each rule's name is kept with what it found.
package figure

import (
	"math"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
	"whence/loader/extract/date/word"
)

// A Figure is one number in the text with what is said of it. Shares are in
// percent, however they are written: "a quarter" is 25 percent.
type Figure struct {
	Figure   graph.Span // the number, with its bound and unit sign: "over 8 million", "more than half (59%)"
	Sentence graph.Span
	Value    *float64 // nil for a range
	Min, Max *float64 // of a range; nil else
	Bound    graph.Bound
	// Unit is "people", a currency code ("GBP"), "percent", "percentage points",
	// "times", a unit of measurement, or the noun that is counted, as written; "" if
	// the text counts nothing that could be found.
	Unit       string
	Measure    string         // what is said of the counted: "spent time in hospital", "per patient"
	Population string         // of whom or what: "private contractors"; "" if the text names none
	Place      string         // as written; "" if the sentence names none
	Period     graph.Interval // as [date.Expr]; "" if the sentence gives none
	Credit     graph.Span     // the words that name who is credited; zero when nobody is
	Credited   string         // the same without article; "" when they name nobody ("Research")
	CreditCue  graph.Span     // the words that credit: "estimates that"; zero when nobody is
	Inherited  bool           // period or credit come from an earlier sentence
	Rule       string
	Confidence graph.Confidence
}

// A sentence is one sentence while its figures are read.
type sentence struct {
	text    string
	w       []word.Word
	dates   []dated
	inDate  []bool // by word
	places  []place
	credits []credit
}

// A dated is a date expression by its words.
type dated struct {
	date.Expr
	first, end int
}

// carried is what a sentence can take over from those before it.
type carried struct {
	period         graph.Interval
	credit, cue    graph.Span
	credited       string
	period0, cred0 int // the sentences they come from
}

// reach is how many sentences back a period or credit is taken over.
const reach = 3

// Find returns the figures of one segment's sentences, in order. ref is when the
// text was published; it only resolves periods. The time taken is linear in the
// length of the sentences.
func Find(text string, sentences []graph.Span, ref graph.Date) []Figure {
	var out []Figure
	var last carried
	for n, span := range sentences {
		for _, piece := range pieces(text, span) {
			if !promising(piece.Of(text)) {
				continue
			}
			s := newSentence(text, piece, ref)
			found := s.figures()
			same := len(found) > 0 && s.says(anaphora)
			for i := range found {
				found[i].Sentence = span
				s.inherit(&found[i], last, n, same)
			}
			last.keep(found, n)
			out = append(out, found...)
		}
	}
	return out
}

// longest is the most bytes that are read as one sentence. What is longer is no
// sentence but a table or an attack, and is read in pieces.
const longest = 4096

// pieces cuts a span at white space into pieces of at most [longest] bytes.
func pieces(text string, span graph.Span) []graph.Span {
	var out []graph.Span
	for span.Len() > longest {
		end := span.Start + longest
		if i := strings.LastIndexAny(text[span.Start:end], " \n\t"); i > longest/2 {
			end = span.Start + i
		}
		for !utf8.RuneStart(text[end]) {
			end--
		}
		out = append(out, graph.Span{Start: span.Start, End: end})
		span.Start = end
	}
	return append(out, span)
}

// promising reports whether a text can hold a figure: it has a digit, a currency
// sign or one of the letters pairs with which number words begin. It is only to save
// time.
func promising(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= '0' && c <= '9' {
			return true
		}
		if i > 0 && (isLetter(text[i-1]) || text[i-1] == '\'') {
			continue
		}
		switch c | 0x20 {
		case 'o', 't', 'f', 's', 'e', 'n', 'h', 'd', 'q', 'm', 'b', 'z':
			end := i
			for end < len(text) && end < i+12 && isLetter(text[end]) {
				end++
			}
			if starts[strings.ToLower(text[i:end])] {
				return true
			}
		}
	}
	return strings.ContainsAny(text, "½¼¾⅓⅔⅛⅕")
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// starts are the words in letters that a figure can begin with.
var starts = set(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
	hundred thousand million billion trillion dozen hundreds thousands millions billions trillions tens doubled doubling tripled tripling trebled trebling quadrupled quadrupling quintupled halved halving half third quarter fifth tenth twice double triple treble quadruple twofold threefold fourfold fivefold sixfold sevenfold eightfold ninefold tenfold twentyfold hundredfold sixth seventh eighth ninth`)

func newSentence(text string, span graph.Span, ref graph.Date) *sentence {
	s := &sentence{text: text, w: word.Split(text, span)}
	s.inDate = make([]bool, len(s.w))
	k := 0
	for _, e := range date.FindWords(s.w, ref) {
		for s.w[k].Start < e.Span.Start {
			k++
		}
		d := dated{Expr: e, first: k}
		for k < len(s.w) && s.w[k].End <= e.Span.End {
			s.inDate[k] = true
			k++
		}
		d.end = k
		if elapsed := s.at(d.end - 1); e.Kind == date.Relative && elapsed.Is("later", "earlier", "before", "after") && !s.at(d.first).Is("a", "an", "the") {
			for k := d.first; k < d.end-1; k++ {
				s.inDate[k] = false // "six months later": how long is a quantity
			}
		}
		s.dates = append(s.dates, d)
	}
	s.findPlaces()
	return s
}

// at returns the word at i, or an empty mark outside the sentence.
func (s *sentence) at(i int) word.Word {
	if i < 0 || i >= len(s.w) {
		return word.Word{Kind: word.Mark}
	}
	return s.w[i]
}

// covered reports whether the word at i is part of a date.
func (s *sentence) covered(i int) bool { return i >= 0 && i < len(s.w) && s.inDate[i] }

// A hit is an amount with its bound, before it is judged.
type hit struct {
	amount
	start int // of the figure's words, bound included
	stop  int // of the figure's words
	bound graph.Bound
}

// figures reads every figure of the sentence.
func (s *sentence) figures() []Figure {
	var hits []hit
	for i := 0; i < len(s.w); {
		if s.inDate[i] || !s.begins(i) {
			i++
			continue
		}
		amounts := s.read(i)
		if len(amounts) == 0 {
			i++
			continue
		}
		next := amounts[len(amounts)-1].end
		for _, a := range amounts {
			if !s.age(&a) && s.excluded(a) {
				continue
			}
			next = max(next, a.end)
			if a.rule == ruleCount && a.unit == "" {
				next = max(next, s.numbered(a.end))
			}
			h := hit{amount: a, stop: a.end}
			h.start, h.bound = s.boundBefore(a.first)
			if a.isRange && s.at(h.start-1).Is("between", "from") {
				h.start--
			}
			if len(hits) > 0 && h.start < hits[len(hits)-1].stop {
				h.start = a.first
			}
			if a.bound != "" {
				h.bound = a.bound
			}
			if end, b := s.boundAfter(a.end); b != graph.BoundExact {
				h.end, h.stop, h.bound = end, end, b
			}
			hits = append(hits, h)
		}
		i = max(next, i+1)
	}
	for i := len(hits) - 2; i >= 0; i-- {
		if next := hits[i+1]; hits[i].open && hits[i].unit == "" {
			hits[i].unit, hits[i].rule, hits[i].joined, hits[i].open = next.unit, next.rule, true, false
		} else if hits[i].rule == ruleCount && hits[i].unit == "" && next.rule == ruleMoney && s.at(hits[i].stop).Is("of") && next.start <= hits[i].stop+2 {
			hits[i].unit, hits[i].rule = next.unit, next.rule // "2 million of the £5 million"
		}
	}
	hits = s.merge(hits)
	if len(hits) == 0 {
		return nil
	}
	s.findCredits()
	return s.judge(hits)
}

// numbered returns the word after the last number that is part of the name of what is counted
// at word j, 0 if there is none: "two new 737 Max jets".
func (s *sentence) numbered(j int) int {
	np := s.noun(j)
	for k := np.end - 1; k > np.first; k-- {
		if s.at(k).Kind == word.Digits {
			return k + 1
		}
	}
	return 0
}

// begins reports whether a figure can begin at word i, bounds aside.
func (s *sentence) begins(i int) bool {
	w := s.w[i]
	switch w.Kind {
	case word.Digits:
		return true
	case word.Letters:
		return starts[w.Lower] || w.Is("a", "an", "minus") || s.code(i) != "" || dollars[w.Lower] != "" && s.at(i+1).Is("$")
	case word.Mark:
		return currencySigns[w.Lower] != "" || vulgar[w.Lower] > 0 || w.Is("-", "−", "+", ".") && s.at(i+1).Glued && s.at(i+1).Kind == word.Digits
	}
	return false
}

// merge makes one figure of two forms of it: "more than half (59%)". The form in
// brackets is the exact one.
func (s *sentence) merge(hits []hit) []hit {
	out := hits[:0]
	for _, h := range hits {
		if n := len(out); n > 0 && h.unit == "percent" && out[n-1].unit == "percent" && h.start == out[n-1].stop+1 && s.at(h.start-1).Is("(") && s.at(h.stop).Is(")") && out[n-1].rule != rulePercent {
			p := &out[n-1]
			p.value, p.high, p.isRange, p.bound = h.value, h.high, h.isRange, h.bound
			p.rule, p.formal = h.rule, true
			p.end, p.stop = h.stop+1, h.stop+1
			continue
		}
		out = append(out, h)
	}
	return out
}

// judge turns hits into figures and drops the numbers that are no statistics.
func (s *sentence) judge(hits []hit) []Figure {
	var out []Figure
	solid := false // the sentence has a figure that stands by itself
	for _, h := range hits {
		solid = solid || h.rule != ruleDuration && (h.formal || h.value >= 10)
	}
	for i, h := range hits {
		next := len(s.w)
		if i+1 < len(hits) {
			next = hits[i+1].start
		}
		f := Figure{Figure: s.spanOf(h.start, h.stop), Bound: h.bound, Unit: h.unit, Rule: h.rule}
		if h.isRange {
			low, high := round(h.value), round(h.high)
			f.Min, f.Max = &low, &high
		} else {
			v := round(h.value)
			f.Value = &v
		}
		s.describe(&f, h.amount, h.start)
		f.Place = s.placeFor(h.start, h.end, next)
		f.Period = s.periodFor(h.start, h.end, next)
		if c := s.creditFor(h.first); c != nil {
			f.Credit, f.Credited, f.CreditCue = c.who, c.name, c.cue
			if c.again {
				f.Inherited = true // to be filled in from before, or dropped
			}
		}
		if h.rule == ruleCount && f.Unit == "" && !h.letters && s.noun(h.end).empty() {
			s.unitBefore(&f, h, out)
		}
		if f.Confidence = s.confidence(&f, h, solid); f.Confidence > 0 {
			out = append(out, f)
		}
	}
	return out
}

// unitBefore gives a bare number the unit of the figure before it that it is set
// beside: "up from 63", "compared with an average of 20 a week".
func (s *sentence) unitBefore(f *Figure, h hit, out []Figure) {
	n := len(out) - 1
	for n >= 0 && (out[n].Rule == ruleDuration || out[n].Rule == ruleAge || s.at(s.indexOf(out[n].Figure.Start)-1).Is("(") && !s.inBrackets(h.start)) {
		n-- // "£3 ($4)"
	}
	if n < 0 || out[n].Unit == "percent" || out[n].Unit == "times" {
		return
	}
	k := h.start - 1
	for s.at(k).Is("an", "a", "average", "of", "the", "total", "just", "only", "as", "around", "about", "figure", "another") && k > h.start-6 {
		k--
	}
	if out[n].Rule == ruleMoney && h.formal && plainAux[s.at(k).Lower] || s.at(k).Is("from", "than", "to", "and", "or", "versus", "against", "by", "while", "but") || s.at(k).Is("out") && s.at(k+1).Is("of") || s.at(k).Is("with") && s.at(k-1).Is("compared") {
		f.Unit, f.Population = out[n].Unit, out[n].Population
	}
}

// indexOf returns the word that begins at an offset, -1 if none does.
func (s *sentence) indexOf(start int) int {
	i := sort.Search(len(s.w), func(i int) bool { return s.w[i].Start >= start })
	if i == len(s.w) || s.w[i].Start != start {
		return -1
	}
	return i
}

// valued reports whether the words before word i say that a number without a noun is
// a value: "the average age was 44", "rose from 166", "a total of 10".
func (s *sentence) valued(i int) bool {
	w := s.at(i - 1)
	return plainAux[w.Lower] || w.Is("reached", "reaches", "reach", "hit", "hits", "totalled", "totaled", "totalling", "totaling", "averaged", "averaging", "numbered", "numbering") ||
		w.Is("of") && s.at(i-2).Is("average", "total", "score", "rate", "mean", "median", "rating", "reading", "number", "record", "low", "high", "peak") ||
		w.Is("from", "to", "by", "at") && s.changing(i)
}

// Incidental is the most confidence that a number has which is a quantity and says little
// by itself: an age, a length of time, "two companies", "a four-cylinder engine".
const Incidental graph.Confidence = 300

// round takes away what binary fractions add to a product such as 1.3 × 10⁹.
func round(v float64) float64 {
	if math.Abs(v) >= 1e15 {
		return v
	}
	return math.Round(v*1e6) / 1e6
}

// confidence weighs how surely the hit is a statistic; 0 drops it. The figures were
// set on hand-marked news sentences.
func (s *sentence) confidence(f *Figure, h hit, solid bool) graph.Confidence {
	if h.joined || h.isRange && powers[s.at(h.first).Lower] > 0 {
		return Incidental
	}
	small := !h.formal && h.value < 10 && h.high < 10
	// What makes a small number a statistic: a bound, a period, somebody credited
	// with it, another figure beside it.
	evident := h.bound != graph.BoundExact || lasting(f.Period) || f.Credit != (graph.Span{}) || solid
	switch h.rule {
	case ruleMoney, rulePercent:
		return 950
	case ruleFraction, ruleRatio:
		return 850
	case ruleTimes, ruleMeasure:
		return 800
	case ruleDuration:
		switch {
		case h.letters && h.value == 1 && !h.isRange && h.bound == graph.BoundExact:
			return 0 // "one day"
		case s.at(h.end).Is("later", "earlier", "before", "after"):
			return Incidental
		case h.letters && !(evident && h.value >= 10 || h.bound != graph.BoundExact):
			return Incidental
		}
		return 400
	case ruleAge:
		return Incidental
	}
	np := s.noun(h.end)
	switch {
	case !small && np.counted:
		return 900
	case np.counted && (h.letters && !evident || h.value == 0):
		return Incidental
	case np.counted && h.value >= 2:
		return 550
	case h.value >= 1000 || h.scale > 1 || h.formal:
		return 650
	case h.letters:
		return 0
	case small && !np.empty() && s.at(h.start-1).Is("a", "the", "this"):
		return Incidental
	case small:
		return 0
	case !np.empty() && !np.counted && s.at(h.start-1).Is("a", "the", "this", "an"):
		return Incidental // "a 12 page document"
	case f.Unit != "" || h.bound != graph.BoundExact || h.isRange:
		return 500
	case s.valued(h.start):
		return 400
	}
	return 0
}

// lasting reports whether a period is longer than a day: that something was on a
// day makes no number a statistic.
func lasting(i graph.Interval) bool {
	from, to, ok := strings.Cut(string(i), "/")
	return ok && (from != to || len(from) < len(time.DateOnly))
}

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

// anaphora are phrases that take over the period of a figure before: "in that same
// period".
var anaphora = [][]string{
	{"same", "period"}, {"same", "year"}, {"same", "time"}, {"same", "timeframe"}, {"same", "month"}, {"same", "months"}, {"same", "years"}, {"same", "quarter"}, {"that", "period"}, {"this", "period"}, {"that", "time"},
}

// inherit fills in what the sentence takes over: a period and its credit by "in
// that same period" (same), a credit by "it also found" and by "the figures also show".
func (s *sentence) inherit(f *Figure, last carried, n int, same bool) {
	if f.Inherited {
		f.Inherited = false
		if last.credit == (graph.Span{}) || n-last.cred0 > reach {
			f.CreditCue = graph.Span{}
		} else {
			f.Credit, f.Credited, f.Inherited = last.credit, last.credited, true
		}
	}
	if f.Period == "" && n-last.period0 <= reach && same {
		f.Period, f.Inherited = last.period, f.Inherited || last.period != ""
		if f.Credit == (graph.Span{}) && n-last.cred0 <= reach && last.period0 == last.cred0 {
			f.Credit, f.Credited, f.CreditCue = last.credit, last.credited, last.cue
		}
	}
	// "The figures also show": which figures is said by the sentence before.
	if f.Credit != (graph.Span{}) && f.Credited == "" && last.credited != "" && n-last.cred0 <= reach && n > last.cred0 && s.pointsBack(f.Credit) {
		f.Credit, f.Credited, f.Inherited = last.credit, last.credited, true
	}
}

// pointsBack reports whether the words of a credit begin with "the", "these" or
// "its" and name a source that was spoken of before.
func (s *sentence) pointsBack(c graph.Span) bool {
	i := s.indexOf(c.Start)
	w, next := s.at(i), s.at(i+1)
	return i >= 0 && (w.Is("the", "these", "its", "this", "their") && evidence[next.Lower] || w.Is("the") && next.Is("same", "charity", "report"))
}

func (s *sentence) says(phrases [][]string) bool {
	for i := range s.w {
		for _, p := range phrases {
			if s.w[i].Lower == p[0] && s.matches(i, p) {
				return true
			}
		}
	}
	return false
}

// keep remembers the latest period and credit of a sentence's figures.
func (c *carried) keep(found []Figure, n int) {
	for _, f := range found {
		if f.Period != "" {
			c.period, c.period0 = f.Period, n
		}
		if f.Credit != (graph.Span{}) {
			c.credit, c.credited, c.cue, c.cred0 = f.Credit, f.Credited, f.CreditCue, n
		}
	}
}
