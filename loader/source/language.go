package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// How much text it takes to be sure, and how much is looked at.
const (
	sureLetters   = 40
	sureWords     = 6
	sureDense     = 10     // letters of a script that is not written with letters of our kind
	languageBytes = 20_000 // of a text
)

// Language returns the ISO 639-1 code of the language of most of the text, and whether
// the text is enough to tell. It is "en" unless the text is clearly something else,
// and "und" when it is something else that cannot be named.
//
// Words in capitals and capitalised words are names more often than not, and names
// belong to no language; addresses and figures neither. What remains is English when
// enough of it is function words of English: running English holds about two in five
// (articles, prepositions, auxiliaries, pronouns), other languages share almost none.
func Language(text string) (code string, sure bool) {
	text = withoutAddresses(cutRunes(text, languageBytes))
	latin, other := 0, 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
		default:
			other++
		}
	}
	if other > latin {
		return byScript(text, other)
	}
	words := plainWords(text)
	if latin < sureLetters || len(words) < sureWords {
		return "en", false
	}
	english, welsh, short := 0, 0, 0
	for _, w := range words {
		if utf8.RuneCountInString(w) <= 3 {
			short++
		}
		if englishWords[w] {
			english++
		}
		if welshWords[w] {
			welsh++
		}
	}
	if english*5 >= len(words) { // 20 %
		return "en", true
	}
	if welsh*4 >= len(words) && welsh > 2*english {
		return "cy", true
	}
	info := whatlanggo.Detect(strings.Join(words, " "))
	code = info.Lang.Iso6391()
	switch {
	// A list of terms, a table or a headline holds few function words, and is English
	// until something says otherwise.
	// Running text has short words in any language of Europe; a list of terms has none.
	case english*10 >= len(words), info.Confidence < 0.5 && english > 0, short*10 < len(words):
		return "en", false
	case code == "" || info.Confidence == 0:
		return "und", false
	case code == "en":
		return "en", true
	}
	return code, info.Confidence >= 0.5 || english*20 < len(words) && len(words) >= 2*sureWords
}

// withoutAddresses takes out addresses. Few lines have one, and no address has white space in it.
func withoutAddresses(text string) string {
	if !mayAddress(text) {
		return text
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if mayAddress(line) {
			lines[i] = address.ReplaceAllString(line, " ")
		}
	}
	return strings.Join(lines, "")
}

// mayAddress reports whether a text holds what every address has.
func mayAddress(s string) bool {
	for _, part := range []string{"@", "://", "ww.", "WW.", "Ww.", "wW."} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

var address = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+|\S+@\S+`)

// byScript names the language of a text that is mostly not in Latin letters.
func byScript(text string, letters int) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		if unicode.Is(unicode.Latin, r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	info := whatlanggo.Detect(b.String())
	code := info.Lang.Iso6391()
	if code == "" || info.Confidence == 0 {
		return "und", letters >= sureLetters
	}
	return code, letters >= sureDense
}

// plainWords returns the words of a text in lower case that are not names.
func plainWords(text string) (words []string) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' })
	for _, w := range fields {
		w = strings.Trim(strings.ReplaceAll(w, "’", "'"), "'")
		if w == "" {
			continue
		}
		first, size := utf8.DecodeRuneInString(w)
		lower := strings.ToLower(w)
		if unicode.IsUpper(first) && !englishWords[lower] && (size < len(w) || first != 'I') {
			continue
		}
		words = append(words, lower)
	}
	return words
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// The function words of English that are rare or absent in its neighbours: "in", "an",
// "was", "die", "son" and the like are left out.
var englishWords = wordSet(`
	the of and to that is it for with as this are be have has had not but by from at they
	his she their there been which who would can could should may might about into than
	what when where how more these those some only other out up over under after before
	between because while through during against our your you we its it's don't doesn't
	didn't can't won't i'm i've we're they're there's isn't wasn't or if did does my us
	him any just such being very much many said says get made was were`)

var welshWords = wordSet(`
	y yr yn ac mae ei eu ar gan am wedi bod nad nid sydd gyda hyn hynny oedd fel eich ein
	i o a neu ond os pan dros trwy drwy gyfer cael gael bydd byddai fod rhai mwy iawn pobl
	sy hefyd dim roedd wrth at dan heb rhag y'r a'r i'r o'r mae'r yn y`)
