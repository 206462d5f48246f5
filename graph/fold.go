package graph

import (
	"strings"
	"unicode"
)

// FoldWords returns the words of a text in the form in which search compares
// them: lower case, without accents, with quotation marks, dashes, apostrophes
// and currency signs as borders, and with "92,119" as "92119". It returns nil
// when the text has no word.
func FoldWords(s string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	runes := []rune(s)
	digitAt := func(i int) bool { return i >= 0 && i < len(runes) && unicode.IsDigit(runes[i]) }
	for i, r := range runes {
		switch {
		case unicode.Is(unicode.Mn, r): // a combining accent
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if plain, ok := plainLetters[r]; ok {
				word.WriteString(plain)
			} else {
				word.WriteRune(r)
			}
		case unicode.IsDigit(r):
			word.WriteRune(r)
		case r == ',' && digitAt(i-1) && digitAt(i+1) && digitAt(i+2) && digitAt(i+3) && !digitAt(i+4):
		case r == '.' && digitAt(i-1) && digitAt(i+1):
			word.WriteRune(r)
		default:
			end()
		}
	}
	end()
	return words
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
