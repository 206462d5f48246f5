package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// moves reports whether a rune does something to the terminal or to the line it stands in:
// a control character of either set, or a mark that turns the direction of writing.
func moves(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// widthless reports whether a rune is one of format or filling that shows nothing (Unicode's Cf and
// Other_Default_Ignorable_Code_Point), so that what holds it looks like what does not.
func widthless(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// joins reports whether a joiner or non-joiner belongs to the spelling after the rune before: in Arabic,
// in the scripts of India and in emoji it does, in Latin, Greek, Cyrillic and Hebrew nothing needs it.
func joins(before, r rune) bool {
	return (r == '\u200c' || r == '\u200d') && before >= 0x0600 && !widthless(before)
}

// visible leaves out the runes that show nothing.
func visible(s string) string {
	before := rune(0)
	return strings.Map(func(r rune) rune {
		keep := !widthless(r) || moves(r) || joins(before, r)
		before = r
		if keep {
			return r
		}
		return -1
	}, s)
}

// clean makes text safe to print: what could move the cursor, run a terminal's commands or turn the
// direction of writing becomes U+FFFD, line breaks become spaces, and what shows nothing is left out.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case moves(r):
			return '\ufffd'
		}
		return r
	}, visible(s))
}

// escaped writes JSON with the runes that move or hide as \uXXXX: the same data, in plain sight. In
// JSON as it is written here they stand in strings only, and encoding/json escapes those below U+0020.
func escaped(s string) string {
	hides := func(r rune) bool { return r >= 0x7f && (moves(r) || widthless(r)) }
	if strings.IndexFunc(s, hides) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !hides(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// A filter writes text as change makes it. Writes may end within a rune; change sees whole ones.
type filter struct {
	w      io.Writer
	change func(string) string
	rest   []byte // the beginning of a rune
}

// Write implements [io.Writer].
func (f *filter) Write(p []byte) (int, error) {
	text := append(f.rest, p...)
	whole := len(text)
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if at := len(text) - i; utf8.RuneStart(text[at]) {
			if !utf8.FullRune(text[at:]) {
				whole = at
			}
			break
		}
	}
	f.rest = append([]byte(nil), text[whole:]...)
	if _, err := io.WriteString(f.w, f.change(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// jsonTo returns an encoder of JSON in which nothing from a document is hidden. HTML is left as it is.
func jsonTo(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(&filter{w: w, change: escaped})
	enc.SetEscapeHTML(false)
	return enc
}
