package graph

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A FoldedWord is a word of a text in the form of [FoldWords], with where it stands.
type FoldedWord struct {
	Word string
	Span
}

// FoldWords returns the words of a text in the form in which search compares
// them: lower case, without accents, with quotation marks, dashes, apostrophes
// and currency signs as borders, and with "92,119" as "92119". It returns nil
// when the text has no word.
func FoldWords(s string) []string {
	var words []string
	eachFolded(s, func(w FoldedWord) { words = append(words, w.Word) })
	return words
}

// FoldedWords returns the words of [FoldWords], with their byte spans in the text, in order.
func FoldedWords(s string) []FoldedWord {
	var words []FoldedWord
	eachFolded(s, func(w FoldedWord) { words = append(words, w) })
	return words
}

func eachFolded(s string, f func(FoldedWord)) {
	var word strings.Builder
	var at Span
	end := func() {
		if word.Len() > 0 {
			f(FoldedWord{word.String(), at})
			word.Reset()
		}
	}
	write := func(folded string, i, n int) {
		if word.Len() == 0 {
			at.Start = i
		}
		word.WriteString(folded)
		at.End = i + n
	}
	// isDigit tells of the character that begins or, going back, ends at a place.
	isDigit := func(i int) bool {
		r, _ := utf8.DecodeRuneInString(s[min(i, len(s)):])
		return unicode.IsDigit(r)
	}
	afterDigit := func(i int) bool {
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		return unicode.IsDigit(r)
	}
	for i, r := range s {
		n := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case unicode.Is(unicode.Mn, r): // a combining accent
			if word.Len() > 0 {
				at.End = i + n
			}
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if plain, ok := plainLetters[r]; ok {
				write(plain, i, n)
			} else {
				write(string(r), i, n)
			}
		case unicode.IsDigit(r):
			write(string(r), i, n)
		case r == ',' && afterDigit(i) && thousand(s[i+1:]):
		case r == '.' && afterDigit(i) && isDigit(i+1):
			write(".", i, n)
		default:
			end()
		}
	}
	end()
}

// thousand reports whether a text begins with three digits and no fourth.
func thousand(s string) bool {
	digits := 0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			break
		}
		if digits++; digits > 3 {
			return false
		}
	}
	return digits == 3
}

// plainLetters maps the accented lower-case letters of European languages to
// what people type instead.
var plainLetters = func() map[rune]string {
	m := map[rune]string{'æ': "ae", 'œ': "oe", 'ß': "ss", 'þ': "th"}
	for _, group := range []string{
		"aàáâãäåāăą", "cçćĉċč", "dďđð", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł",
		"nñńņňŉ", "oòóôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
	} {
		letters := []rune(group)
		for _, r := range letters[1:] {
			m[r] = string(letters[0])
		}
	}
	return m
}()

// holdsAll reports whether every word stands among the words of a text.
func holdsAll(text, words []string) bool {
	have := make(map[string]bool, len(text))
	for _, w := range text {
		have[w] = true
	}
	for _, w := range words {
		if !have[w] {
			return false
		}
	}
	return true
}

// holdsRun reports whether the words stand in a text one after the other.
func holdsRun(text, words []string) bool {
	for i := 0; i+len(words) <= len(text); i++ {
		run := true
		for j, w := range words {
			if text[i+j] != w {
				run = false
				break
			}
		}
		if run {
			return true
		}
	}
	return false
}
