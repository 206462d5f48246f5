package resolve

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// sentenceStart returns where the sentence that holds the byte at begins: after
// the last line break or full stop, but not that of "Mr." or an initial. It
// looks back at most reach bytes.
func sentenceStart(text string, at int) int {
	low := max(0, at-reach)
	for i := at; i > low; i-- {
		switch text[i-1] {
		case '\n', '\r':
			return i
		case '.', '!', '?':
			if i < len(text) && (text[i] == ' ' || text[i] == '\n') && !abbreviates(text[low:i-1]) {
				return i
			}
		}
	}
	for low < at && !utf8.RuneStart(text[low]) {
		low++
	}
	return low
}

// sentenceEnd returns where the last word of the sentence before the byte at ends,
// but not before low.
func sentenceEnd(text string, at, low int) int {
	for at > low && strings.IndexByte(" \t\r\n.!?\"'", text[at-1]) >= 0 {
		at--
	}
	return at
}

// reach bounds, in bytes, how far back a pronoun can point.
const reach = 1500

func abbreviates(before string) bool {
	i := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })
	word := before[i+1:]
	if utf8.RuneCountInString(word) == 1 {
		return true
	}
	switch word {
	case "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Rev", "Hon", "Gen", "Col", "Sgt", "Sen", "Rep", "Gov", "Lt", "No", "Jr", "Sr":
		return true
	}
	return false
}

// onlyMarks reports whether a text holds white space and quotation marks only.
func onlyMarks(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !strings.ContainsRune("\"'“”‘’«».,!?…", r) {
			return false
		}
	}
	return true
}

// spanOf returns the span from the first of some passages to the last.
func spanOf(ps []graph.Passage) graph.Span {
	s := ps[0].Span
	for _, p := range ps[1:] {
		s.Start, s.End = min(s.Start, p.Start), max(s.End, p.End)
	}
	return s
}

// extent returns the span of all words of a claim: content, source and cue.
func extent(c *graph.Claim) graph.Span {
	s := spanOf(c.Content)
	for _, ps := range [][]graph.Passage{c.Source, c.Cue} {
		for _, p := range ps {
			s.Start, s.End = min(s.Start, p.Start), max(s.End, p.End)
		}
	}
	return s
}

// A set of spans, in order and apart from each other.
type spanSet []graph.Span

func newSpanSet(spans []graph.Span) spanSet {
	slices.SortFunc(spans, func(a, b graph.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	var out spanSet
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// holds reports whether the byte at lies in one of the spans.
func (ss spanSet) holds(at int) bool {
	i := sort.Search(len(ss), func(i int) bool { return ss[i].End > at })
	return i < len(ss) && ss[i].Start <= at
}

// words returns the words of a text in lower case, without marks.
func words(s string) []string {
	ws := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	})
	return slices.DeleteFunc(ws, func(w string) bool { return strings.Trim(w, "'-") == "" })
}
