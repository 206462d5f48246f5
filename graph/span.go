package graph

import (
	"fmt"
	"math/bits"
	"sort"
	"strings"
	"unicode/utf8"
)

// A Span is the half-open range [Start, End) of byte offsets into a version's
// canonical text. Both ends fall on UTF-8 boundaries. The zero Span is empty.
type Span struct{ Start, End int }

// Len returns the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share at least one byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Of returns the words of text at the span.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Check returns an [ErrInvalid] unless the span is not empty, lies inside text
// and begins and ends on rune boundaries.
func (s Span) Check(text string) error {
	if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
		return fmt.Errorf("span [%d,%d) of a text of %d bytes: %w", s.Start, s.End, len(text), ErrInvalid)
	}
	if !utf8.RuneStart(text[s.Start]) || (s.End < len(text) && !utf8.RuneStart(text[s.End])) {
		return fmt.Errorf("span [%d,%d) cuts a character: %w", s.Start, s.End, ErrInvalid)
	}
	return nil
}

// A Passage is words of a version: where they stand, which they are, and what
// stands around them, so that they can be found again in another version.
type Passage struct {
	Span
	Exact  string // the words at the span
	Prefix string // up to [ContextRunes] characters before it
	Suffix string // up to [ContextRunes] characters after it
}

// ContextRunes is how many characters a Passage keeps on either side, as Web
// Annotation's TextQuoteSelector advises "a few words".
const ContextRunes = 32

// NewPassage cuts a passage out of a text. The span must be valid for it.
func NewPassage(text string, s Span) Passage {
	return Passage{Span: s, Exact: s.Of(text), Prefix: lastRunes(text[:s.Start], ContextRunes), Suffix: firstRunes(text[s.End:], ContextRunes)}
}

// Locate finds the passage in another text: at its own span if its words stand
// there, else at the only place where prefix, words and suffix stand together.
// ok is false when neither holds: the passage is an orphan there, and is never
// moved to a lookalike.
func (p Passage) Locate(text string) (s Span, ok bool) {
	if p.End <= len(text) && p.Start >= 0 && p.Start < p.End && text[p.Start:p.End] == p.Exact {
		return p.Span, true
	}
	whole := p.Prefix + p.Exact + p.Suffix
	if i := strings.Index(text, whole); p.Exact != "" && i >= 0 && !strings.Contains(text[i+1:], whole) {
		start := i + len(p.Prefix)
		return Span{start, start + len(p.Exact)}, true
	}
	return Span{}, false
}

// ExactOf returns the words of several passages, in order, joined by one space.
func ExactOf(ps []Passage) string {
	words := make([]string, len(ps))
	for i, p := range ps {
		words[i] = p.Exact
	}
	return strings.Join(words, " ")
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

func firstRunes(s string, n int) string {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}

// Offsets converts between byte offsets and Unicode code points of one text, which it does not
// keep: it takes a fifth of its bytes. It is safe for concurrent use.
type Offsets struct {
	starts []uint64 // a bit for each byte of the text, set where a code point begins
	before []uint32 // by word of starts: how many code points begin before it
	size   int      // of the text, in bytes
	len    int      // in code points
}

// NewOffsets reads the text once.
func NewOffsets(text string) *Offsets {
	words := (len(text) + wordBits - 1) / wordBits
	o := &Offsets{starts: make([]uint64, words), before: make([]uint32, words), size: len(text)}
	for i := range text {
		o.starts[i/wordBits] |= 1 << (i % wordBits)
	}
	for i, w := range o.starts {
		o.before[i] = uint32(o.len)
		o.len += bits.OnesCount64(w)
	}
	return o
}

const wordBits = 64

// Len returns the length of the text in code points.
func (o *Offsets) Len() int { return o.len }

// Footprint returns about how many bytes of memory it takes.
func (o *Offsets) Footprint() int { return 12 * len(o.starts) }

// Points returns the code-point span of a byte span.
func (o *Offsets) Points(s Span) Span { return Span{o.point(s.Start), o.point(s.End)} }

// Bytes returns the byte span of a code-point span, or an error wrapping
// [ErrInvalid] if it does not lie inside the text.
func (o *Offsets) Bytes(s Span) (Span, error) {
	if s.Start < 0 || s.Start > s.End || s.End > o.len {
		return Span{}, fmt.Errorf("span [%d,%d) of a text of %d characters: %w", s.Start, s.End, o.len, ErrInvalid)
	}
	return Span{o.byteAt(s.Start), o.byteAt(s.End)}, nil
}

// point returns how many code points begin before a byte.
func (o *Offsets) point(b int) int {
	if b >= o.size {
		return o.len
	}
	i := b / wordBits
	return int(o.before[i]) + bits.OnesCount64(o.starts[i]&(1<<(b%wordBits)-1))
}

// byteAt returns where a code point begins.
func (o *Offsets) byteAt(p int) int {
	if p >= o.len {
		return o.size
	}
	i := sort.Search(len(o.before), func(i int) bool { return int(o.before[i]) > p }) - 1
	w := o.starts[i]
	for n := p - int(o.before[i]); n > 0; n-- {
		w &= w - 1
	}
	return i*wordBits + bits.TrailingZeros64(w)
}
