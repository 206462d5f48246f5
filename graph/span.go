package graph

import (
	"encoding/binary"
	"fmt"
	"math"
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
	starts []uint64 // a bit for each byte of the text, set where a code point begins; nil when one begins at each
	before []uint32 // by word of starts: how many code points begin before it
	size   int      // of the text, in bytes
	len    int      // in code points
}

// NewOffsets reads the text once.
func NewOffsets(text string) *Offsets {
	o := &Offsets{size: len(text)}
	for i := range text {
		if o.starts == nil {
			if i == o.len {
				o.len++
				continue
			}
			o.begin(o.len - 1)
		}
		o.starts[i/wordBits] |= 1 << (i % wordBits)
	}
	if o.starts == nil && o.len < o.size { // the last one is the first of several bytes
		o.begin(o.len - 1)
	}
	o.count()
	return o
}

// begin makes room for starts, of which the first are at each byte, up to the one at last.
func (o *Offsets) begin(last int) {
	o.starts = make([]uint64, (o.size+wordBits-1)/wordBits)
	for i := range last + 1 {
		o.starts[i/wordBits] |= 1 << (i % wordBits)
	}
}

// count counts the starts.
func (o *Offsets) count() {
	if o.starts == nil {
		o.len = o.size
		return
	}
	o.len, o.before = 0, make([]uint32, len(o.starts))
	for i, w := range o.starts {
		o.before[i] = uint32(o.len)
		o.len += bits.OnesCount64(w)
	}
}

// AppendTo appends to dst how o is written down, in far fewer bytes than the text has where most code points have one:
// its size, and for each code point of several bytes how many bytes lie between it and the one before (or the start), and
// how many it has, as varints.
func (o *Offsets) AppendTo(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(o.size))
	if o.starts == nil {
		return dst
	}
	last := 0 // where the one before ends
	for at := 0; at < o.size; {
		end := o.next(at)
		if end > at+1 {
			dst = binary.AppendUvarint(binary.AppendUvarint(dst, uint64(at-last)), uint64(end-at))
			last = end
		}
		at = end
	}
	return dst
}

// next returns where the first code point begins behind a byte.
func (o *Offsets) next(after int) int {
	at := after + 1
	for at < o.size {
		if w := o.starts[at/wordBits] >> (at % wordBits); w != 0 {
			return min(at+bits.TrailingZeros64(w), o.size)
		}
		at = (at/wordBits + 1) * wordBits
	}
	return o.size
}

// ParseOffsets is the inverse of [Offsets.AppendTo]. The error wraps [ErrDamaged].
func ParseOffsets(data []byte) (*Offsets, error) {
	damaged := func() (*Offsets, error) { return nil, fmt.Errorf("%w: offsets %.40x", ErrDamaged, data) }
	var numbers []uint64
	for rest := data; len(rest) > 0; {
		x, n := binary.Uvarint(rest)
		if n <= 0 || x > math.MaxInt32 {
			return damaged()
		}
		numbers, rest = append(numbers, x), rest[n:]
	}
	if len(numbers)%2 == 0 {
		return damaged()
	}
	o := &Offsets{size: int(numbers[0])}
	if len(numbers) > 1 {
		o.begin(o.size - 1)
	}
	at := 0
	for i := 1; i < len(numbers); i += 2 {
		gap, n := int(numbers[i]), int(numbers[i+1])
		if n < 2 || n > utf8.UTFMax || at+gap+n > o.size {
			return damaged()
		}
		at += gap
		for j := at + 1; j < at+n; j++ {
			o.starts[j/wordBits] &^= 1 << (j % wordBits)
		}
		at += n
	}
	o.count()
	return o, nil
}

const wordBits = 64

// Len returns the length of the text in code points.
func (o *Offsets) Len() int { return o.len }

// Footprint returns about how many bytes of memory it takes.
func (o *Offsets) Footprint() int { return 64 + 12*len(o.starts) }

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
	switch {
	case b >= o.size:
		return o.len
	case o.starts == nil:
		return b
	}
	i := b / wordBits
	return int(o.before[i]) + bits.OnesCount64(o.starts[i]&(1<<(b%wordBits)-1))
}

// byteAt returns where a code point begins.
func (o *Offsets) byteAt(p int) int {
	switch {
	case p >= o.len:
		return o.size
	case o.starts == nil:
		return p
	}
	i := sort.Search(len(o.before), func(i int) bool { return int(o.before[i]) > p }) - 1
	w := o.starts[i]
	for n := p - int(o.before[i]); n > 0; n-- {
		w &= w - 1
	}
	return i*wordBits + bits.TrailingZeros64(w)
}
