package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// The marks that keep the direction of a line from spreading (Unicode 15, UAX #9).
const (
	firstStrongIsolate = '\u2068'
	popIsolate         = '\u2069'
)

// quoted returns a DOT string that shows its lines as they are, each to the
// left. Graphviz reads \ as an escape and & as an entity inside quotation marks;
// both are taken from it. Control characters show as their pictures.
func quoted(lines ...string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, line := range lines {
		rtl := strings.IndexFunc(line, isRightToLeft) >= 0
		if rtl {
			b.WriteRune(firstStrongIsolate)
		}
		for _, r := range line {
			switch r = visible(r); r {
			case dropped:
			case '"':
				b.WriteString(`\"`)
			case '\\':
				b.WriteString(`\\`)
			case '&':
				b.WriteString("&amp;")
			default:
				b.WriteRune(r)
			}
		}
		if rtl {
			b.WriteRune(popIsolate)
		}
		if len(lines) > 1 {
			b.WriteString(`\l`)
		}
	}
	b.WriteByte('"')
	return b.String()
}

const (
	dropped     = -1       // stands for a rune that is not shown
	replacement = '\u25a1' // □, for what cannot be shown; some readers of DOT refuse U+FFFD
)

// visible returns what is shown for a rune: the picture of a control character,
// a square for what is no character or what XML, and so SVG, cannot hold, nothing
// for a mark that would turn the direction of what follows.
func visible(r rune) rune {
	switch {
	case r < ' ':
		return 0x2400 + r
	case r == 0x7F:
		return 0x2421
	case 0x80 <= r && r < 0xA0, r&0xFFFE == 0xFFFE, r == utf8.RuneError:
		return replacement
	case unicode.Is(unicode.Bidi_Control, r):
		return dropped
	}
	return r
}

func isRightToLeft(r rune) bool {
	// The blocks of scripts written from right to left (Unicode 15, DerivedBidiClass).
	return 0x590 <= r && r <= 0x8FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r <= 0xFEFF ||
		0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF
}

// nameBytes bounds a node's name: Graphviz takes strings of up to 16384 bytes.
const nameBytes = 500

// name returns a node's name in DOT: its ID, percent-encoded but for letters,
// digits and the usual marks of IRIs. Two IDs never share one; the end of a very
// long one is its hash.
func name(id graph.ID) string {
	if len(id) > nameBytes {
		id = id[:nameBytes] + graph.ID("~"+graph.HashParts(string(id)))
	}
	return `"` + percent(string(id), "-._~:/?#=+,;@!") + `"`
}

// address returns a DOT string that holds a URL. Graphviz puts it into SVG as it
// is, quotation marks and all, so that what is none of the characters of a URL
// (RFC 3986, 2) must be percent-encoded.
func address(url string) string {
	return quoted(percent(url, "-._~:/?#[]@!$&()*+,;=%"))
}

// percent percent-encodes every byte but letters, digits and those to keep.
func percent(s, keep string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(s) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// wrap breaks text at white space into at most lines lines of at most width
// characters, and ends with an ellipsis where it cut. A word longer than a line
// is broken, but not between a character and the marks upon it.
func wrap(text string, width, lines int) []string {
	var out []string
	var line strings.Builder
	n := 0 // characters in line
	cut := false
	full := func() bool { // the line is done; reports whether it was the last
		out = append(out, line.String())
		line.Reset()
		n = 0
		return len(out) == lines
	}
	for text = strings.TrimSpace(text); text != "" && !cut; {
		word := text
		if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
			word = text[:i]
		}
		text = strings.TrimLeftFunc(text[len(word):], unicode.IsSpace)
		for word != "" {
			head, size := chunk(word, width)
			if n > 0 && n+1+size > width {
				if cut = full(); cut {
					break
				}
			}
			if n > 0 {
				line.WriteByte(' ')
				n++
			}
			line.WriteString(head)
			n += size
			if word = word[len(head):]; word != "" {
				if cut = full(); cut {
					break
				}
			}
		}
	}
	if n > 0 {
		out = append(out, line.String())
	}
	if cut {
		out[len(out)-1] += "…"
	}
	return out
}

// chunk returns the first width characters of a word, and how many they are, with
// up to marksKept marks that belong to the last.
func chunk(word string, width int) (head string, size int) {
	const marksKept = 8
	marks := 0
	joined := false
	for i, r := range word {
		combines := joined || unicode.In(r, unicode.Mn, unicode.Me, unicode.Variation_Selector) || r == '\u200d'
		joined = r == '\u200d'
		if size >= width {
			if !combines || marks == marksKept {
				return word[:i], size
			}
			marks++
			continue
		}
		size++
	}
	return word, size
}
