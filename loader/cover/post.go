package cover

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// sentence returns a text as the encoder is to read it. What people write around a claim when they post it is
// taken away or apart: addresses, when it was posted, the marks of tags and accounts.
func sentence(text string) string {
	text = signature.ReplaceAllString(repaired(text), " $1")
	text = tag.ReplaceAllStringFunc(address.ReplaceAllString(text, " "), apart)
	return strings.Join(strings.Fields(quoted(text)), " ")
}

// tagged returns a text in which each tag and account stands as it is and also word by word.
func tagged(text string) string {
	text = address.ReplaceAllString(repaired(text), " ")
	return tag.ReplaceAllStringFunc(text, func(tag string) string { return tag[1:] + apart(tag) })
}

// apart returns the words of a tag: " Climate March 2019" of "#ClimateMarch2019".
func apart(tag string) string {
	return " " + strings.TrimSpace(hump.ReplaceAllString(strings.ReplaceAll(tag[1:], "_", " "), "$1$3 $2$4"))
}

var (
	address = regexp.MustCompile(`(?i)\b(?:https?://|www\.|pic\.twitter\.com/)\S+`)
	tag     = regexp.MustCompile(`\B[#@]\w*[A-Za-z]\w*`)
	hump    = regexp.MustCompile(`([a-z])([A-Z0-9])|([0-9A-Z])([A-Z][a-z])`)
	// signature is how a post is quoted with its writer: "— Ada Reed (@adareed) May 2, 2024" at the end.
	signature = regexp.MustCompile(`\s+[—–-]\s+([^—–\n]{0,80})\(@\w+\)[^—–\n]{0,40}$`)
)

// quoted returns a text with one form of quotation marks and one of apostrophes: one writer puts marks double, the
// next single.
func quoted(text string) string {
	runes := []rune(text)
	letter := func(i int) bool {
		return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
	}
	for i, r := range runes {
		switch {
		case strings.ContainsRune("\"“”„«»", r):
			runes[i] = '"'
		case strings.ContainsRune("'’‘`", r):
			if runes[i] = '"'; letter(i-1) && letter(i+1) {
				runes[i] = '\''
			}
		}
	}
	return string(runes)
}

// repaired returns a text with what was read in the wrong encoding put right: UTF-8 that somebody took for
// Windows-1252 or Mac Roman, as in "weâ€™re".
func repaired(text string) string {
	return garbled.ReplaceAllStringFunc(text, func(run string) string {
		for _, wrong := range []*charmap.Charmap{charmap.Windows1252, charmap.Macintosh} {
			if b, err := wrong.NewEncoder().Bytes([]byte(run)); err == nil && utf8.Valid(b) {
				return string(b)
			}
		}
		return run
	})
}

// garbled is a run of characters that UTF-8 writes with several bytes, as every garbled character is.
var garbled = regexp.MustCompile(`[^\x00-\x7f]{2,}`)
