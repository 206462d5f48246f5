// Package figure finds figures in English text: what is counted or measured, of
// whom, where and when, how exactly, and whom the text credits with it.
//
// It works by scanning for digits, currency signs and number words, and reading
// from there by hand-written rules about how numbers stand in English. There is
// no list of bodies or of subjects. Each rule's name is kept with what it found.
//
// Every quantity is a figure: ages, lengths of time, "two companies". What says little by
// itself has at most the confidence [Incidental], so that callers can leave it out. Dates,
// times of day, scores, telephone and version numbers, and numbers in names are none.
package figure

import (
	"math"
	"sort"
	"strings"
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
			if s.throughout(h) {
				h.start, h.bound = a.first, graph.BoundExact
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
			if i > 0 && f.Unit == "" && s.at(h.start-1).Is("(") && s.at(h.stop).Is(")") {
				if np := s.noun(hits[i-1].end); np.counted && np.end == h.start-1 {
					s.named(&f, np) // "one in five children (4.3 million)"
				}
			}
			if np := s.changed(h.start); f.Unit == "" && !np.empty() {
				s.named(&f, np)
			}
		}
		if f.Confidence = s.confidence(&f, h, solid); f.Confidence > 0 {
			out = append(out, f)
		}
	}
	return out
}

// indexOf returns the word that begins at an offset, -1 if none does.
func (s *sentence) indexOf(start int) int {
	i := sort.Search(len(s.w), func(i int) bool { return s.w[i].Start >= start })
	if i == len(s.w) || s.w[i].Start != start {
		return -1
	}
	return i
}

// round takes away what binary fractions add to a product such as 1.3 × 10⁹.
func round(v float64) float64 {
	if math.Abs(v) >= 1e15 {
		return v
	}
	return math.Round(v*1e6) / 1e6
}
