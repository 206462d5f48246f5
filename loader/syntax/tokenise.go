package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/syntax/perceptron"
)

// A tokeniser cuts text at white space, and inside of what stands between white
// space where its model says so. Only places next to a character that is no
// letter, before "n't" and inside of known contractions are asked about.
type tokeniser struct {
	contractions map[string]int // "cannot" → 3: bytes of the first word
	scorer       perceptron.Scorer
}

// maxPiece is the length in bytes from which a piece of text without white space
// is left whole: no word or web address is as long.
const maxPiece = 4096

const (
	joined = iota
	cut
)

// tokens returns the spans of the first MaxTokens tokens of text[s.Start:s.End], in order.
func (t *tokeniser) tokens(text string, s graph.Span, w *work) []graph.Span {
	var out []graph.Span
	t.pieces(text, s, func(piece graph.Span, last bool) bool {
		start := piece.Start
		t.places(piece.Of(text), last, w, func(at int, f *features) {
			w.scores = resize(w.scores, 2)
			clear(w.scores)
			if f != nil {
				t.scorer.Score(f.list, w.scores)
			}
			if f == nil || w.scores[cut] > w.scores[joined] {
				out = append(out, graph.Span{Start: start, End: piece.Start + at})
				start = piece.Start + at
			}
		})
		out = append(out, graph.Span{Start: start, End: piece.End})
		return len(out) < MaxTokens
	})
	return out[:min(len(out), MaxTokens)]
}

// pieces calls see for each piece of text between white space, in order, while
// it returns true.
func (t *tokeniser) pieces(text string, s graph.Span, see func(piece graph.Span, last bool) bool) {
	text = text[:s.End]
	next := func(from int) graph.Span {
		for from < len(text) {
			r, size := utf8.DecodeRuneInString(text[from:])
			if !blank(r) {
				break
			}
			from += size
		}
		end := from
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if blank(r) {
				break
			}
			end += size
		}
		return graph.Span{Start: from, End: end}
	}
	for p := next(s.Start); p.Len() > 0; {
		after := next(p.End)
		if !see(p, after.Len() == 0) {
			return
		}
		p = after
	}
}

// blank reports white space and the characters that print nothing beside it.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// places calls ask, in order, for each place inside a piece of text without
// white space where a token may end, with the features of the place. A known
// contraction is asked about at one place only, and without features: it is cut.
func (t *tokeniser) places(piece string, last bool, w *work, ask func(at int, f *features)) {
	if len(piece) > maxPiece {
		return
	}
	if letters(piece) {
		if at, ok := t.contractions[strings.ToLower(piece)]; ok && at < len(piece) && utf8.RuneStart(piece[at]) {
			ask(at, nil)
		}
		return
	}
	v := newView(piece, last, w.chars[:0])
	w.chars = v.chars
	for i := 1; i < len(v.chars); i++ {
		if v.asked(i) {
			v.features(i, w.feature.empty())
			ask(v.chars[i].at, &w.feature)
		}
	}
}

func letters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// A view is a piece of text with what the features of its places have in common.
type view struct {
	chars []char
	last  bool   // the last piece of its sentence
	form  uint64 // which of the strings of forms are in it
	// From here on it is a web address, cut nowhere but among the marks at its end.
	address int
}

var forms = []string{"://", "www.", "@", ".com", ".org", "/", "#", "_"}

type char struct {
	at     int
	plain  rune   // lower case
	kind   rune   // of fold
	before uint64 // hash of the run of letters or digits that ends before it
	after  uint64 // hash of the one that begins at it
	tail   bool   // nothing but marks from here on
}

func newView(piece string, last bool, chars []char) view {
	v := view{last: last, chars: chars}
	for at, r := range piece {
		plain, kind := fold(r)
		v.chars = append(v.chars, char{at: at, plain: unicode.ToLower(plain), kind: kind})
	}
	run := uint64(0)
	for i := range v.chars {
		c := &v.chars[i]
		c.before = run
		if alphanumeric(c.kind) {
			run = mix(run, uint64(c.plain))
		} else {
			run = 0
		}
	}
	run = 0
	tail := true
	for i := len(v.chars) - 1; i >= 0; i-- {
		c := &v.chars[i]
		if alphanumeric(c.kind) {
			run, tail = mix(run, uint64(c.plain)), false
		} else {
			run = 0
		}
		c.after, c.tail = run, tail
	}
	lower := strings.ToLower(piece)
	v.address = len(lower)
	for i, part := range forms {
		if at := strings.Index(lower, part); at >= 0 {
			v.form |= 1 << i
			if i < 2 {
				v.address = min(v.address, at)
			}
		}
	}
	if strings.HasPrefix(lower, "#") || strings.HasPrefix(lower, "@") {
		v.form |= 1 << 16
	}
	return v
}

func alphanumeric(kind rune) bool { return kind == 'x' || kind == 'X' || kind == '0' }

func letter(kind rune) bool { return kind == 'x' || kind == 'X' }

// asked reports whether a token may end before character i: not between two
// letters or two digits, but for "n't", and not inside of a web address.
func (v *view) asked(i int) bool {
	if v.chars[i].at >= max(1, v.address) && !v.chars[i].tail {
		return false
	}
	a, b := v.chars[i-1].kind, v.chars[i].kind
	if letter(a) && letter(b) {
		return i+2 < len(v.chars) && v.chars[i].plain == 'n' && v.chars[i+2].plain == 't' &&
			(v.chars[i+1].plain == '\'' || v.chars[i+1].plain == '`') && (i+3 == len(v.chars) || !letter(v.chars[i+3].kind))
	}
	return a != '0' || b != '0'
}

func (v *view) features(i int, f *features) {
	at := func(k int) (plain, kind uint64) {
		if k < 0 || k >= len(v.chars) {
			return 0, 1
		}
		return uint64(v.chars[k].plain), uint64(v.chars[k].kind)
	}
	var c, k [6]uint64 // three characters before the place, three after it
	for d := range c {
		c[d], k[d] = at(i - 3 + d)
	}
	// A letter's kind is enough at a distance; a mark is its own kind.
	flags := uint64(0)
	if v.chars[i].tail {
		flags |= 1
	}
	if v.last {
		flags |= 2
	}
	if i == len(v.chars)-1 {
		flags |= 4
	}
	marks := uint64(0)
	if !alphanumeric(v.chars[0].kind) {
		marks = 1
	}
	before, after := v.chars[i].before, v.chars[i].after
	f.add(0)
	f.add(k[2], k[3])
	f.add(c[2], c[3])
	f.add(k[1], k[2], k[3])
	f.add(k[2], k[3], k[4])
	f.add(c[2], c[3], flags)
	f.add(k[2], k[3], v.form)
	f.add(before, k[3], k[4])
	f.add(before, k[3], flags)
	f.add(after, k[2], k[1])
	f.add(c[2], c[3], c[4])
	f.add(c[3], c[4], c[5])
	f.add(c[0], c[1], c[2])
	f.add(k[0], k[1], k[2], k[3], k[4], k[5])
	f.add(k[1], k[2], k[3], k[4], flags)
	f.add(before, after, c[2])
	f.add(before, after, c[3])
	f.add(k[2], k[3], flags, v.form)
	f.add(marks, k[2], k[3])
	f.add(c[1], c[2], c[3], c[4])
}
