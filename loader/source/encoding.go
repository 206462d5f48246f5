package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
)

const replacement = "\ufffd"

// magics are the beginnings of files that are not text.
var magics = []struct{ prefix, name string }{
	{"%PDF-", "PDF"},
	{"PK\x03\x04", "zip archive, DOCX or ODT"},
	{"PK\x05\x06", "empty zip archive"},
	{"\x89PNG", "PNG image"},
	{"GIF87a", "GIF image"},
	{"GIF89a", "GIF image"},
	{"\xff\xd8\xff", "JPEG image"},
	{"II*\x00", "TIFF image"},
	{"MM\x00*", "TIFF image"},
	{"\x7fELF", "program"},
	{"\xca\xfe\xba\xbe", "program"},
	{"\xcf\xfa\xed\xfe", "program"},
	{"MZ\x90\x00", "program"},
	{"\x00asm", "program"},
	{gzipMark, "gzip archive"},
	{"BZh", "bzip2 archive"},
	{"\xfd7zXZ", "xz archive"},
	{"7z\xbc\xaf\x27\x1c", "7z archive"},
	{"Rar!", "rar archive"},
	{"\x28\xb5\x2f\xfd", "zstd archive"},
	{"\xd0\xcf\x11\xe0", "old Office document"},
	{"SQLite format 3\x00", "database"},
	{"OggS", "sound"},
	{"ID3", "sound"},
	{`{\rtf`, "RTF"},
}

// isBinary reports whether bytes are no text in any encoding read here, and what they are.
func isBinary(b []byte) (name string, ok bool) {
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.prefix)) {
			return m.name, true
		}
	}
	if bytes.HasPrefix(b, []byte("RIFF")) && len(b) > 12 && (string(b[8:12]) == "WEBP" || string(b[8:12]) == "WAVE" || string(b[8:12]) == "AVI ") {
		return "media", true
	}
	return "", false
}

// garbled reports whether decoded text is no text after all: a stray NUL or escape
// is repaired, but one control or undecodable character in twenty is not writing.
func garbled(text string) bool {
	bad, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || (unicode.IsControl(r) && !unicode.IsSpace(r)) {
			bad++
		}
	}
	return bad*20 > all
}

// A wide is an encoding of two or four bytes to a unit.
type wide struct {
	name  string
	bom   int // bytes of its mark, 0 when found without one
	unit  int
	order binary.ByteOrder
}

var wideBOMs = []struct {
	mark string
	wide wide
}{
	// UTF-32 first: its little-endian mark begins with that of UTF-16.
	{"\xff\xfe\x00\x00", wide{"UTF-32LE", 4, 4, binary.LittleEndian}},
	{"\x00\x00\xfe\xff", wide{"UTF-32BE", 4, 4, binary.BigEndian}},
	{"\xff\xfe", wide{"UTF-16LE", 2, 2, binary.LittleEndian}},
	{"\xfe\xff", wide{"UTF-16BE", 2, 2, binary.BigEndian}},
}

// wideOf recognises UTF-16 and UTF-32 by their mark, and UTF-16 without one by its
// NULs: of text in Latin letters nearly every second byte is one.
func wideOf(b []byte) (wide, bool) {
	for _, w := range wideBOMs {
		if bytes.HasPrefix(b, []byte(w.mark)) {
			return w.wide, true
		}
	}
	head := b[:min(len(b), 4096)&^1]
	if len(head) < 4 {
		return wide{}, false
	}
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case nul[1]*10 >= half*7 && nul[0]*20 <= half:
		return wide{"UTF-16LE", 0, 2, binary.LittleEndian}, true
	case nul[0]*10 >= half*7 && nul[1]*20 <= half:
		return wide{"UTF-16BE", 0, 2, binary.BigEndian}, true
	}
	return wide{}, false
}

// decode turns bytes into valid UTF-8 without a byte order mark and without NUL, and
// says what it had to do. It never fails.
func decode(b []byte, isHTML bool) (text string, notes []string) {
	if w, ok := wideOf(b); ok {
		var lost int
		text, lost = w.decode(b[w.bom:])
		notes = append(notes, "decoded from "+w.name)
		if lost > 0 {
			notes = append(notes, count(lost, "unpaired surrogate")+" replaced")
		}
	} else {
		b = bytes.TrimPrefix(b, []byte("\ufeff"))
		text, notes = decodeBytes(b, isHTML)
	}
	if n := strings.Count(text, "\x00"); n > 0 {
		text = strings.ReplaceAll(text, "\x00", replacement)
		notes = append(notes, count(n, "NUL byte")+" replaced")
	}
	return text, notes
}

func decodeBytes(b []byte, isHTML bool) (string, []string) {
	if utf8.Valid(b) {
		// A page may declare another encoding and yet have been saved as UTF-8: bytes win.
		if !isHTML || !isASCII(b) {
			return string(b), nil
		}
	}
	if text, bad, ok := mendUTF8(b); ok && bad > 0 {
		return text, []string{"damaged UTF-8: " + count(bad, "character") + " replaced"}
	}
	if isHTML {
		enc, name, _ := charset.DetermineEncoding(b, "")
		if name != "utf-8" {
			if out, err := enc.NewDecoder().Bytes(b); err == nil {
				if isASCII(b) && string(out) == string(b) {
					return string(b), nil
				}
				return strings.ToValidUTF8(string(out), replacement), []string{"decoded from " + name}
			}
		}
	}
	if isASCII(b) {
		return string(b), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), replacement), []string{"unknown encoding: bytes replaced"}
	}
	return string(out), []string{"decoded from windows-1252"}
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mendUTF8 reads b as UTF-8 that is damaged in places: one U+FFFD for a bad byte or
// an encoded surrogate. ok is false when b has too few whole characters beyond ASCII
// to be UTF-8 at all.
func mendUTF8(b []byte) (text string, bad int, ok bool) {
	var out strings.Builder
	out.Grow(len(b))
	good, surrogates := 0, 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			if size > 1 {
				good++
			}
			out.Write(b[i : i+size])
			i += size
		case i+2 < len(b) && b[i] == 0xed && b[i+1] >= 0xa0 && b[i+1] <= 0xbf && b[i+2]&0xc0 == 0x80:
			surrogates++
			out.WriteString(replacement)
			i += 3
		default:
			bad++
			out.WriteString(replacement)
			i++
		}
	}
	return out.String(), bad + surrogates, good+surrogates >= 4*bad
}

// decode reads units one by one; lost counts those that are no character.
func (w wide) decode(b []byte) (text string, lost int) {
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); i += w.unit {
		if i+w.unit > len(b) {
			out.WriteString(replacement)
			lost++
			break
		}
		var r rune
		if w.unit == 4 {
			if u := w.order.Uint32(b[i:]); u <= utf8.MaxRune {
				r = rune(u)
			} else {
				r = -1
			}
		} else {
			r = rune(w.order.Uint16(b[i:]))
			if utf16.IsSurrogate(r) && i+4 <= len(b) {
				if pair := utf16.DecodeRune(r, rune(w.order.Uint16(b[i+2:]))); pair != utf8.RuneError {
					r = pair
					i += 2
				}
			}
		}
		if !utf8.ValidRune(r) {
			r = utf8.RuneError
			lost++
		}
		out.WriteRune(r)
	}
	return out.String(), lost
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
