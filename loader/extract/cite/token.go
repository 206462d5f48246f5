package cite

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/name"
)

type tokenKind uint8

const (
	wordToken   tokenKind = iota // letters, with hyphens, apostrophes and the dots of "U.N." inside
	numberToken                  // begins with a digit: 2,000, 22/10/2024, 16th
	markToken                    // one punctuation mark, or the possessive ’s
)

type token struct {
	graph.Span
	low      string // lower case
	kind     tokenKind
	cap      bool // begins with a capital letter
	sentence int  // equal for tokens of one sentence, and rising
	taken    bool // a citation uses it
}

// A reader holds one text while the rules run over it.
type reader struct {
	in     Input
	tokens []token
	names  []name.Name // in order of span
	found  []mention
	urls   []int // indices of found that are addresses in the text
	// closing holds for the token of an opening bracket that of its closing one, else 0.
	closing []int
}

func newReader(in Input) *reader {
	r := &reader{in: in}
	for n, s := range in.reach() {
		from := len(r.tokens)
		r.tokens = tokenize(r.tokens, in.Text, s)
		for i := from; i < len(r.tokens); i++ {
			r.tokens[i].sentence = n
		}
	}
	r.pairBrackets()
	r.names = append(r.names, in.Names...)
	sort.SliceStable(r.names, func(i, j int) bool { return r.names[i].Span.Start < r.names[j].Span.Start })
	return r
}

// reach returns the parts of the text that are read: its sentences, else its lines.
func (in Input) reach() []graph.Span {
	if len(in.Sentences) > 0 {
		return in.Sentences
	}
	var out []graph.Span
	for start := 0; start < len(in.Text); {
		end := strings.IndexByte(in.Text[start:], '\n')
		if end < 0 {
			end = len(in.Text) - start - 1
		}
		out = append(out, graph.Span{Start: start, End: start + end + 1})
		start += end + 1
	}
	return out
}

// tokenize appends the tokens of a part of a text, in one pass.
func tokenize(out []token, text string, s graph.Span) []token {
	text = text[:s.End]
	for i := s.Start; i < s.End; {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(c):
			end := wordEnd(text, i)
			out = append(out, token{Span: graph.Span{Start: i, End: end}, low: strings.ToLower(text[i:end]), cap: unicode.IsUpper(c)})
			i = end
		case unicode.IsDigit(c):
			end := numberEnd(text, i)
			out = append(out, token{Span: graph.Span{Start: i, End: end}, low: strings.ToLower(text[i:end]), kind: numberToken})
			i = end
		case unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Mn, c):
			i += size
		default:
			if end := possessiveEnd(text, i, c, size); end > 0 && len(out) > 0 && out[len(out)-1].End == i {
				out = append(out, token{Span: graph.Span{Start: i, End: end}, low: "'s", kind: markToken})
				i = end
				continue
			}
			low := text[i : i+size]
			if c == '’' {
				low = "'"
			}
			out = append(out, token{Span: graph.Span{Start: i, End: i + size}, low: low, kind: markToken})
			i += size
		}
	}
	return out
}

// possessiveEnd returns where a ’s that begins at i ends, or 0.
func possessiveEnd(text string, i int, c rune, size int) int {
	if c != '\'' && c != '’' {
		return 0
	}
	j := i + size
	if j >= len(text) || (text[j] != 's' && text[j] != 'S') {
		return 0
	}
	if next, _ := utf8.DecodeRuneInString(text[j+1:]); j+1 < len(text) && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
		return 0
	}
	return j + 1
}

// wordEnd returns where the word at i ends. Hyphens, apostrophes and ampersands
// between letters belong to it, a possessive does not, and so do the dots of "U.N.".
func wordEnd(text string, i int) int {
	for i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		inside := i+size < len(text) && unicode.IsLetter(next)
		switch {
		case inside && (c == '-' || c == '&' || ((c == '\'' || c == '’') && possessiveEnd(text, i, c, size) == 0)):
			i += size
		case c == '.' && oneUpperBefore(text, i) && (inside && unicode.IsUpper(next) || dottedBefore(text, i)):
			i += size
		default:
			return i
		}
	}
	return i
}

// oneUpperBefore reports whether the dot at i follows a single capital letter.
func oneUpperBefore(text string, i int) bool {
	c, size := utf8.DecodeLastRuneInString(text[:i])
	if !unicode.IsUpper(c) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i-size])
	return !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// dottedBefore reports whether the capital before the dot at i follows another dot.
func dottedBefore(text string, i int) bool {
	_, size := utf8.DecodeLastRuneInString(text[:i])
	return i-size > 0 && text[i-size-1] == '.'
}

// numberEnd returns where the number at i ends: digits, the marks between them,
// and letters that follow at once ("16th", "2010a", "3bn").
func numberEnd(text string, i int) int {
	for i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsDigit(c) || unicode.IsLetter(c) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if i+size < len(text) && strings.ContainsRune(",./-", c) && unicode.IsDigit(next) {
			i += size
			continue
		}
		break
	}
	return i
}

// span returns the span of the tokens [first, last].
func (r *reader) span(first, last int) graph.Span {
	return graph.Span{Start: r.tokens[first].Start, End: r.tokens[last].End}
}

// words returns the text of the tokens [first, last], white space folded.
func (r *reader) words(first, last int) string {
	return strings.Join(strings.Fields(r.span(first, last).Of(r.in.Text)), " ")
}

// low returns the lower-case word at i, or "" outside the text.
func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].low
}

func (r *reader) is(i int, words ...string) bool {
	low := r.low(i)
	for _, w := range words {
		if low == w {
			return true
		}
	}
	return false
}

func (r *reader) of(i int, set map[string]bool) bool { return set[r.low(i)] }

// capital reports whether a word with a capital stands at i.
func (r *reader) capital(i int) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].cap
}

// lower reports whether a word without a capital stands at i.
func (r *reader) lower(i int) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].kind == wordToken && !r.tokens[i].cap
}

// same reports whether i and j are tokens of one sentence.
func (r *reader) same(i, j int) bool {
	return i >= 0 && j >= 0 && i < len(r.tokens) && j < len(r.tokens) && r.tokens[i].sentence == r.tokens[j].sentence
}

// starts reports whether i is the first word of its sentence, quotation marks and bullets aside.
func (r *reader) starts(i int) bool {
	for j := i - 1; r.same(j, i) && i-j < 4; j-- {
		if r.tokens[j].kind != markToken {
			return false
		}
	}
	return true
}

func (r *reader) take(first, last int) {
	for i := first; i <= last; i++ {
		r.tokens[i].taken = true
	}
}

// free reports whether no citation uses a token of [first, last].
func (r *reader) free(first, last int) bool {
	for i := first; i <= last; i++ {
		if r.tokens[i].taken {
			return false
		}
	}
	return true
}

// opens reports whether the token is an opening quotation mark, judged by its shape and neighbours.
func (r *reader) opens(i int) bool {
	switch r.low(i) {
	case "“", "‘", "«", "„":
		return true
	case "\"", "'":
		return i+1 < len(r.tokens) && r.tokens[i+1].Start == r.tokens[i].End && (i == 0 || r.tokens[i-1].End < r.tokens[i].Start || r.is(i-1, "(", "[", "–", "—"))
	}
	return false
}

// closes reports whether the token is a closing quotation mark.
func (r *reader) closes(i int) bool {
	switch r.low(i) {
	case "”", "»":
		return true
	case "\"", "'":
		return i > 0 && r.tokens[i-1].End == r.tokens[i].Start && !r.opens(i)
	}
	return false
}

// quoted returns the tokens inside the quotation marks that open at i, if they
// close in the same sentence within limit tokens.
func (r *reader) quoted(i, limit int) (first, last, next int, ok bool) {
	if !r.opens(i) {
		return
	}
	for j := i + 1; r.same(i, j) && j-i <= limit; j++ {
		if r.closes(j) && j > i+1 {
			return i + 1, j - 1, j + 1, true
		}
	}
	return
}

// bracket returns the index of the mark that closes the bracket at i in the same
// sentence, if it does within limit tokens.
func (r *reader) bracket(i, limit int) (end int, ok bool) {
	end = r.closing[i]
	return end, end > i && end-i <= limit
}

// pairBrackets finds for every opening bracket the mark that closes it.
func (r *reader) pairBrackets() {
	r.closing = make([]int, len(r.tokens))
	var open []int
	for i := range r.tokens {
		if !r.same(i-1, i) {
			open = open[:0]
		}
		switch r.low(i) {
		case "(", "[":
			open = append(open, i)
		case ")", "]":
			if n := len(open); n > 0 {
				r.closing[open[n-1]] = i
				open = open[:n-1]
			}
		}
	}
}
