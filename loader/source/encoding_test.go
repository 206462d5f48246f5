package source

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// in16 encodes a text in UTF-16.
func in16(s string, big bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	const text = "The café said “59%” – 😀 of people agreed with the plan."
	for name, c := range map[string]struct{ bytes, want, note string }{
		"UTF-8":                        {text, text, ""},
		"UTF-8 with mark":              {"\ufeff" + text, text, ""},
		"UTF-16LE with mark":           {"\xff\xfe" + in16(text, false), text, "UTF-16LE"},
		"UTF-16BE with mark":           {"\xfe\xff" + in16(text, true), text, "UTF-16BE"},
		"UTF-16LE without mark":        {in16(text, false), text, "UTF-16LE"},
		"UTF-16BE without mark":        {in16(text, true), text, "UTF-16BE"},
		"UTF-32LE with mark":           {"\xff\xfe\x00\x00a\x00\x00\x00\xe9\x00\x00\x00", "aé", "UTF-32LE"},
		"UTF-32BE with mark":           {"\x00\x00\xfe\xff\x00\x00\x00a\x00\x01\xf6\x00", "a😀", "UTF-32BE"},
		"Windows-1252":                 {"caf\xe9 \x93quoted\x94 \x96 \xa36", "café “quoted” – £6", "windows-1252"},
		"NUL one for one":              {"a\x00b\x00\x00c", "a\ufffdb\ufffd\ufffdc", "3 NUL bytes"},
		"unpaired surrogate in UTF-16": {"\xff\xfea\x00\x00\xd8b\x00", "a\ufffdb", "1 unpaired surrogate"},
		"odd byte at the end":          {"\xff\xfea\x00b\x00c", "ab\ufffd", "1 unpaired"},
		"surrogate written as UTF-8":   {"a\xed\xa0\x80b", "a\ufffdb", "1 character"},
		"one bad byte among UTF-8":     {"“one” ‘two’ – café \xff end", "“one” ‘two’ – café \ufffd end", "1 character"},
	} {
		t.Run(name, func(t *testing.T) {
			got, notes := decode([]byte(c.bytes), false)
			if got != c.want {
				t.Errorf("decode = %q, want %q", got, c.want)
			}
			if all := strings.Join(notes, "; "); (c.note == "") != (all == "") || !strings.Contains(all, c.note) {
				t.Errorf("notes = %q, want %q", notes, c.note)
			}
		})
	}
}

func TestDecode_HTMLByItsDeclaration(t *testing.T) {
	page := func(b string) string {
		return `<html><head><meta charset="iso-8859-2"></head><body><p>` + b + `</p></body></html>`
	}
	if got, notes := decode([]byte(page("za\xbf\xf3\xb3\xe6")), true); !strings.Contains(got, "zażółć") || len(notes) != 1 {
		t.Errorf("decode = %q, %q", got, notes)
	}
	if got, notes := decode([]byte(page("zażółć")), true); !strings.Contains(got, "zażółć") || len(notes) != 0 {
		t.Errorf("a page saved as UTF-8 under another declaration: %q, %q", got, notes)
	}
}

func TestDecode_AlwaysValidAndExactOnUTF8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		isHTML := rapid.Bool().Draw(t, "html")
		got, _ := decode(b, isHTML)
		if !utf8.ValidString(got) || strings.Contains(got, "\x00") {
			t.Fatalf("decode(%q) = %q", b, got)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-z \r\n“”é–]{1,60}`).Draw(t, "text")
		if got, notes := decode([]byte(s), false); got != s || len(notes) != 0 {
			t.Fatalf("decode(%q) = %q, %q", s, got, notes)
		}
		// Sixteen bits without a mark are recognised when the letters are mostly Latin.
		s = "The people of the town said so. " + s
		for _, big := range []bool{false, true} {
			mark := map[bool]string{false: "\xff\xfe", true: "\xfe\xff"}[big]
			if got, _ := decode([]byte(mark+in16(s, big)), false); got != s {
				t.Fatalf("UTF-16 %t: %q, want %q", big, got, s)
			}
		}
	})
}
