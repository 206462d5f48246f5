// Package word splits English text into words, digits and marks, and reads
// cardinal numbers written in letters.
package word

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// Kind is what a word is made of.
type Kind uint8

// The kinds.
const (
	Letters Kind = iota // "England", "don’t", "per"
	Digits              // "92", one run without commas or points
	Mixed               // letters with digits after them: "G4S", "Med3s"
	Clitic              // "’s" or "’" after a word, with its apostrophe
	Link                // a web or mail address, up to the next space
	Mark                // any other single character but white space
)

// A Word is one unit of a text.
type Word struct {
	graph.Span
	Kind  Kind
	Lower string // the word in lower case
	Upper bool   // its first letter is a capital
	Glued bool   // no white space stands between it and the word before
}

// Is reports whether the word is one of those given, which must be in lower case.
func (w Word) Is(words ...string) bool {
	for _, s := range words {
		if w.Lower == s {
			return true
		}
	}
	return false
}

// Split returns the words of text inside s, in order. It is linear in the length
// of s. Bytes that are not UTF-8 count as marks.
func Split(text string, s graph.Span) []Word {
	words := make([]Word, 0, s.Len()/5+1)
	for i := s.Start; i < s.End; {
		r, size := decode(text, i, s.End)
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end, kind := next(text, i, s.End, r, size)
		w := Word{Span: graph.Span{Start: i, End: end}, Kind: kind, Upper: unicode.IsUpper(r)}
		w.Lower = strings.ToLower(text[i:end])
		if n := len(words); n > 0 {
			w.Glued = words[n-1].End == i
		}
		words = append(words, w)
		i = end
	}
	return words
}

// next returns where the unit that begins at i ends, and what it is.
func next(text string, i, limit int, r rune, size int) (int, Kind) {
	switch {
	case r >= '0' && r <= '9':
		return run(text, i, limit, isDigit), Digits
	case unicode.IsLetter(r):
		return letters(text, i, limit)
	case isApostrophe(r) && i > 0 && i+size < limit && (text[i+size] == 's' || text[i+size] == 'S'):
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := decode(text, i+size+1, limit)
		if (unicode.IsLetter(before) || isDigit(before)) && !unicode.IsLetter(after) {
			return i + size + 1, Clitic
		}
	}
	return i + size, Mark
}

// letters ends a unit that begins with a letter: a word with inner apostrophes
// ("don’t"), a name with digits in it, or an address.
func letters(text string, i, limit int) (int, Kind) {
	end := run(text, i, limit, isLetter)
	if strings.HasPrefix(text[end:limit], "://") || (strings.HasPrefix(text[end:limit], ".") && strings.EqualFold(text[i:end], "www")) {
		return run(text, end, limit, notSpace), Link
	}
	if codes[text[i:end]] || i > 0 && text[i-1] == '$' {
		return end, Letters // "USD50", "$US50" is a currency and a number
	}
	for {
		r, size := decode(text, end, limit)
		after, _ := decode(text, end+size, limit)
		switch {
		case isDigit(r):
			return run(text, end, limit, func(r rune) bool { return isDigit(r) || unicode.IsLetter(r) }), Mixed
		case isApostrophe(r) && unicode.IsLetter(after):
			rest := run(text, end+size, limit, isLetter)
			if rest == end+size+1 && (after == 's' || after == 'S') {
				return end, Letters // the clitic is a word of its own
			}
			end = rest
		default:
			return end, Letters
		}
	}
}

// codes are the currency codes that are written against their number.
var codes = map[string]bool{"GBP": true, "USD": true, "EUR": true, "AUD": true, "CAD": true, "NZD": true, "JPY": true, "CHF": true, "INR": true, "CNY": true, "HKD": true, "SGD": true, "ZAR": true, "RM": true, "Rs": true, "SEK": true, "NOK": true, "DKK": true, "KRW": true, "BRL": true, "MYR": true, "THB": true, "PLN": true, "TRY": true, "RMB": true, "PS": true}

func run(text string, i, limit int, in func(rune) bool) int {
	for i < limit {
		r, size := decode(text, i, limit)
		if !in(r) {
			break
		}
		i += size
	}
	return i
}

// decode reads one rune; it returns (0, 0) at the limit, and never reads past it.
func decode(text string, i, limit int) (rune, int) {
	if i >= limit {
		return 0, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(text[i:limit])
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isLetter counts combining marks as letters: they belong to the letter before.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

func notSpace(r rune) bool { return r != 0 && !unicode.IsSpace(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }
