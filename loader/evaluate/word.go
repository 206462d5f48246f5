package evaluate

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// A page is the text of one document, ready to be asked about.
type page struct {
	runes   []rune
	words   []Span // runs of letters, digits and underscores, in order
	regions []Span // what stands in quotation marks; see quoted
}

func newPage(text string) *page {
	p := &page{runes: []rune(text)}
	for i := 0; i < len(p.runes); i++ {
		if !isWord(p.runes[i]) {
			continue
		}
		start := i
		for i < len(p.runes) && isWord(p.runes[i]) {
			i++
		}
		p.words = append(p.words, Span{start, i})
	}
	p.regions = quoted(p.runes)
	return p
}

// isWord holds for what makes up a word: letters, numbers of every script, and underscores.
func isWord(r rune) bool { return r == '_' || isAlnum(r) }

func isAlnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// isSpace also takes the four separators of ASCII, which Unicode does not call white space.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// wordsIn returns the indexes of the words that spans touch, in order, each once.
func (p *page) wordsIn(spans []Span) []int {
	var in []int
	for _, s := range spans {
		i := sort.Search(len(p.words), func(i int) bool { return p.words[i][1] > s[0] })
		for ; i < len(p.words) && p.words[i][0] < s[1]; i++ {
			in = append(in, i)
		}
	}
	slices.Sort(in)
	return slices.Compact(in)
}

// at returns the characters at spans, with one space between the spans.
func (p *page) at(spans []Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		lo := min(max(s[0], 0), len(p.runes))
		hi := min(max(s[1], lo), len(p.runes))
		parts[i] = string(p.runes[lo:hi])
	}
	return strings.Join(parts, " ")
}

// shared counts the words that two ordered lists have in common.
func shared(a, b []int) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// sameHalf reports whether two phrases share at least half their words.
func (p *page) sameHalf(a, b []Span) bool {
	as, bs := p.wordsIn(a), p.wordsIn(b)
	n := shared(as, bs)
	return n > 0 && 2*n >= len(as)+len(bs)-n
}
