package syntax

import (
	"unicode"
	"unicode/utf8"

	"whence/loader/syntax/perceptron"
)

// mix folds one more value into a hash (the finaliser of MurmurHash3, halved).
func mix(h, value uint64) uint64 {
	h = (h ^ value) * 0xff51afd7ed558ccd
	return h ^ h>>32
}

// A features list is filled, scored and filled again. Each value that is added
// belongs to the next feature in the order of the calls, so that the same value is
// another feature at another place.
type features struct {
	list []perceptron.Feature
	name uint64 // of the last feature
}

// empty starts a new list.
func (f *features) empty() *features {
	f.list, f.name = f.list[:0], 0
	return f
}

// add appends the next feature: these values together.
func (f *features) add(values ...uint64) {
	f.name++
	h := f.name
	for _, v := range values {
		h = mix(h, v)
	}
	f.list = append(f.list, uint32(mix(h, f.name)>>16))
}

// A word is what the models see of a token: hashes of its letters. Case is
// folded unless said, digits are all one digit, apostrophes are straight.
type word struct {
	form, lower uint64    // with and without its capitals
	prefix      [3]uint64 // the first 1, 2 and 3 letters
	suffix      [4]uint64 // the last 1 to 4
	shape       uint64    // runs of upper, lower, digit and other, at most two of each kept
}

func newWord(s string) word {
	var w word
	var last [4]rune
	n, run := 0, 0
	kind := rune(0)
	for _, r := range s {
		plain, k := fold(r)
		w.form = mix(w.form, uint64(plain))
		low := unicode.ToLower(plain)
		w.lower = mix(w.lower, uint64(low))
		if n < len(w.prefix) {
			for i := n; i < len(w.prefix); i++ {
				w.prefix[i] = w.lower
			}
		}
		copy(last[1:], last[:3])
		last[0] = low
		if k != kind {
			kind, run = k, 0
		}
		if run++; run <= 2 {
			w.shape = mix(w.shape, uint64(k))
		}
		n++
	}
	h := uint64(0)
	for i, r := range last {
		h = mix(h, uint64(r))
		w.suffix[i] = h
	}
	return w
}

// fold returns the character that stands for r in a feature, and its kind:
// 'X' upper case, 'x' lower case, '0' digit, else itself.
func fold(r rune) (plain, kind rune) {
	switch {
	case r >= 'a' && r <= 'z':
		return r, 'x'
	case r >= 'A' && r <= 'Z':
		return r, 'X'
	case r >= '0' && r <= '9', r >= utf8.RuneSelf && unicode.IsDigit(r):
		return '0', '0'
	case r < utf8.RuneSelf:
		return r, r
	}
	switch r {
	case '‘', '’', 'ʼ', '‛':
		return '\'', '\''
	case '“', '„', '«':
		return '“', '"'
	case '”', '»':
		return '”', '"'
	case '£', '€', '¥':
		return '$', '$'
	case '–', '‒', '−':
		return '–', '–'
	case '‐', '‑':
		return '-', '-'
	case '…':
		return '…', '.'
	}
	switch {
	case unicode.IsUpper(r):
		return r, 'X'
	case unicode.IsLetter(r), unicode.IsMark(r):
		return r, 'x'
	}
	return r, r
}
