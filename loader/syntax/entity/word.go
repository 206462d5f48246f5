package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/loader/syntax"
)

// A word is what the tagger sees of a token: hashes, but for the class.
type word struct {
	low         uint64 // its letters, see fold
	front, back uint64 // the first and the last three of them
	shape       uint64 // upper case, lower case, digits and marks, runs of one kind as one
	hint        uint64 // type and beginning of the hint that holds it; 0 for none
	class       class
	capital     bool
	mayName     bool // can be part of a name
}

// gap is how many words without a capital may stand between two with one in a name.
const gap = 3

// words are those of a sentence.
func (t *Tagger) words(text string, s syntax.Sentence, hints []Name) []word {
	out := make([]word, len(s))
	capital := -1 // the last
	for i, token := range s {
		w := &out[i]
		form := token.Span.Of(text)
		low := fold(form)
		w.low = hash(low)
		w.front, w.back = hash(firstRunes(low, 3)), hash(lastRunes(low, 3))
		w.shape = shapeOf(form)
		w.class = t.classes[uint32(w.low)]
		for len(hints) > 0 && hints[0].Span.End <= token.Span.Start {
			hints = hints[1:]
		}
		if len(hints) > 0 && hints[0].Span.Start < token.Span.End {
			w.hint = hash(string(hints[0].Type))
			if hints[0].Span.Start >= token.Span.Start {
				w.hint = mix(w.hint, 1)
			}
		}
		first, _ := utf8.DecodeRuneInString(form)
		w.capital = unicode.IsUpper(first)
		// A number may end a name, as in "Terminal 1".
		w.mayName = w.hint != 0 || unicode.IsDigit(first) && i > 0 && out[i-1].mayName
		if w.capital || strings.ContainsFunc(form, unicode.IsUpper) {
			w.mayName = true
			if capital >= 0 && i-capital <= gap+1 {
				for k := capital + 1; k < i; k++ {
					out[k].mayName = true
				}
			}
			capital = i
		}
	}
	return out
}

// fold returns letters in lower case, apostrophes straight, and each digit as 0.
func fold(form string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’':
			return '\''
		case unicode.IsDigit(r):
			return '0'
		}
		return unicode.ToLower(r)
	}, form)
}

// ofFull returns the first and the last word of several, else nothing.
func ofFull(words string) (first, last string) {
	if all := strings.Fields(words); len(all) > 1 {
		return all[0], all[len(all)-1]
	}
	return "", ""
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; i > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

func shapeOf(form string) uint64 {
	shape := uint64(min(len(form), 2)) // "A" is not shaped as "As" would be without its s
	before := rune(0)
	for _, r := range form {
		switch {
		case unicode.IsUpper(r):
			r = 'X'
		case unicode.IsLetter(r):
			r = 'x'
		case unicode.IsDigit(r):
			r = '0'
		}
		if r != before {
			shape = mix(shape, uint64(r))
		}
		before = r
	}
	return shape
}

// hash is FNV-1a, then mixed.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h, uint64(len(s)))
}

// mix folds one more value into a hash (the finaliser of MurmurHash3, halved).
func mix(h, value uint64) uint64 {
	h = (h ^ value) * 0xff51afd7ed558ccd
	return h ^ h>>32
}
