package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/syntax/perceptron"
)

// Sentences divides text[s.Start:s.End] into sentences, with the weights that
// ship: in order, without white space at their ends, with all words in one of them.
// A blank line always divides, and so does the end of a line that had room for the
// next word, or before the mark of a list item. It takes time in proportion to the
// length and is safe for concurrent use.
func Sentences(text string, s graph.Span) []graph.Span { return English().Sentences(text, s) }

// Sentences is [Sentences] with this model.
func (m *Model) Sentences(text string, s graph.Span) []graph.Span {
	w := m.work()
	defer m.works.Put(w)
	return m.divider.sentences(text, s, w)
}

// A divider divides text into sentences. It asks at white space where a sentence may
// end, and where the space after a stop is missing.
type divider struct {
	scorer perceptron.Scorer
}

const (
	on = iota // the sentence goes on
	ends
)

func (d *divider) sentences(text string, s graph.Span, w *work) []graph.Span {
	var out []graph.Span
	d.places(text, s, w, func(p *place, f *features) bool {
		end := f == nil
		if f != nil {
			var scores [2]int32
			d.scorer.Score(f.list, scores[:])
			end = scores[ends] > scores[on]
		}
		if end {
			out = append(out, graph.Span{Start: p.start, End: p.before.span.End})
		}
		return end
	})
	return out
}

// A place is between two pieces of text, where a sentence may end.
type place struct {
	start         int // of the sentence
	words         int // pieces of the sentence so far
	quoted        bool
	bracketed     bool // in a bracket that is open
	early, before *piece
	after, late   *piece
}

// A piece is what stands between white space, or up to a stop without space behind it.
type piece struct {
	span        graph.Span
	gap         gap    // after it
	run, last   run    // of letters and digits, the first and the last
	whole       uint64 // hash of all its letters, digits and the marks between them
	open, close uint64 // hashes of the marks it begins and ends with
	stop        rune   // the last of the stops it ends with, '…' for several dots; 0 for none
	first       rune   // kind of its first character that is a letter or digit, else of its first, see fold
	runs        int
	quotes      int  // double marks of quotation
	closed      bool // ends with a mark of quotation or a bracket
	dots, dash  bool // nothing but dots; a dash that is no hyphen
	initials    bool // capital letters with a mark after each
	brackets    int  // opening less closing
}

// A run is of letters and digits.
type run struct {
	word  uint64 // hash in lower case
	shape uint64 // hash of upper case, lower case, digit, each once however often it comes
	count int
}

// A gap is what stands between two pieces.
type gap uint8

const (
	nothing  gap = iota
	space        // white space in a line
	lineEnd      // the end of a line
	divided      // a blank line, or a line's end that was chosen
	textEnds     // nothing follows
)

// places calls ask for each place where a sentence may end, with its features, and
// without where it must; ask says whether it does.
func (d *divider) places(text string, s graph.Span, w *work, ask func(p *place, f *features) bool) {
	r := newPieceReader(text, s)
	var p [4]piece // the piece before last, the last, the next and the one after it
	p[1] = r.next()
	p[2] = r.next()
	at := place{start: p[1].span.Start}
	for p[1].span.Len() > 0 {
		p[3] = r.next()
		at.words++
		at.early, at.before, at.after, at.late = &p[0], &p[1], &p[2], &p[3]
		at.quoted = at.quoted != (p[1].quotes%2 == 1)
		at.bracketed = p[1].brackets > 0 || at.bracketed && p[1].brackets == 0
		end := false
		switch {
		case p[1].gap >= divided:
			end = ask(&at, nil)
		case at.goesOn():
		default:
			at.features(w.feature.empty())
			end = ask(&at, &w.feature)
		}
		if end {
			at = place{start: p[2].span.Start}
			p[1] = piece{}
		}
		p[0], p[1], p[2] = p[1], p[2], p[3]
	}
}

// goesOn reports whether no sentence ends at a place, whatever else there is.
func (p *place) goesOn() bool {
	b, a := p.before, p.after
	switch {
	case a.first == 'x' && (b.stop == 0 || b.closed):
		return true // in lower case, after a word, a bracket or a quotation
	case a.dots:
		return true // dots belong to what is before them
	case a.dash && b.gap == space:
		return true // a dash goes on, and after a quotation says whose it is
	case b.gap != space || b.closed && b.runs > 0:
		return false
	case b.runs == 0 && (b.dash || p.quoted && b.quotes%2 == 1):
		return true // after a dash between words, or a mark of quotation that opens
	case b.stop == ':' && p.words > 1:
		return true // what is announced belongs to the sentence, unless a name or heading announces it
	case b.stop != '.':
		return false
	case b.initials && a.first == 'X' && abbreviations[b.whole] == 0:
		return true // after the initials in a name
	}
	switch abbreviations[b.whole] {
	case nameFollows, textFollows:
		return true
	case numberFollows:
		return a.first == '0'
	}
	return false
}

func (p *place) features(f *features) {
	b, a := p.before, *p.after
	if a.runs == 0 && p.late.runs > 0 {
		a.run, a.first = p.late.run, p.late.first // the word after the marks says more
	}
	stop, gap, first := uint64(b.stop), uint64(b.gap), uint64(a.first)
	words := uint64(min(p.words, 3))
	if p.words > 3 {
		words = 4 + min(uint64(p.words)/5, 4)
	}
	state := uint64(0)
	if p.quoted {
		state |= 1
	}
	if p.bracketed {
		state |= 2
	}
	kind := uint64(min(b.last.count, 3))
	if b.runs > 1 {
		kind |= 4 // "U.S.", "5.30"
	}
	f.add(0)
	f.add(stop)
	f.add(stop, gap)
	f.add(stop, first)
	f.add(b.close, first)
	f.add(b.close, a.open, first)
	f.add(stop, b.last.word)
	f.add(stop, b.last.word, first)
	f.add(stop, b.last.shape, kind)
	f.add(stop, b.last.shape, kind, a.run.shape)
	f.add(stop, kind, first)
	f.add(stop, a.run.word)
	f.add(stop, a.run.word, a.run.shape)
	f.add(stop, a.run.shape, a.open)
	f.add(stop, a.run.word, b.last.word)
	f.add(stop, words)
	f.add(stop, words, first)
	f.add(stop, state, b.close, a.open)
	f.add(stop, state, first)
	f.add(stop, a.run.shape, p.late.run.shape)
	f.add(stop, a.run.word, p.late.run.word)
	f.add(stop, uint64(a.stop), first)
	f.add(stop, a.close, uint64(a.stop))
	f.add(stop, p.early.last.word, b.last.word)
	f.add(stop, p.early.run.shape, b.run.shape, a.run.shape)
	f.add(gap, b.close, a.open, b.last.shape, a.run.shape)
	f.add(stop, b.open, a.open)
	f.add(b.last.shape, a.run.shape, words)
	f.add(b.last.word, a.run.shape)
	f.add(b.run.shape, a.run.word)
	if b.stop == '.' {
		short := abbreviations[b.whole]
		f.add(short)
		f.add(short, first)
		f.add(short, a.run.shape)
		f.add(short, kind, first)
		f.add(short, a.run.word)
	}
}

// A pieceReader cuts text into pieces.
type pieceReader struct {
	text  string
	at    int
	width int // bytes of the longest line
	line  int // where the line begins
}

func newPieceReader(text string, s graph.Span) *pieceReader {
	r := &pieceReader{text: text[:s.End], at: s.Start}
	for rest := r.text[s.Start:]; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		r.width, rest = max(r.width, len(strings.TrimSpace(line))), after
	}
	r.skip()
	r.line = r.at
	return r
}

// next returns the next piece, an empty one at the end.
func (r *pieceReader) next() piece {
	start := r.at
	end, cut := r.end()
	p := newPiece(r.text[start:end])
	p.span = graph.Span{Start: start, End: end}
	r.at = end
	if !cut {
		p.gap = r.after(end)
	}
	return p
}

// end returns where the piece at r.at ends: at white space, or cut where that is
// missing, between a stop and a capital ("It rained.Then it snowed.").
func (r *pieceReader) end() (end int, cut bool) {
	small := 0       // letters in lower case up to here
	stopped := false // there were two or more, and then a stop
	for i, c := range r.text[r.at:] {
		switch {
		case blank(c):
			return r.at + i, false
		case unicode.IsLower(c):
			small, stopped = small+1, false
		case unicode.IsUpper(c) && stopped:
			next, _ := utf8.DecodeRuneInString(r.text[r.at+i+utf8.RuneLen(c):])
			if unicode.IsLower(next) {
				return r.at + i, true
			}
			small, stopped = 0, false
		case c == '.' || c == '?' || c == '!' || c == '…':
			small, stopped = 0, stopped || small >= 2
		case c == '"' || c == '”' || c == '’' || c == '\'' || c == ')':
			small = 0
		case c == '/' || c == '@':
			// A web address has no sentences in it.
			if blankAt := strings.IndexFunc(r.text[r.at:], blank); blankAt >= 0 {
				return r.at + blankAt, false
			}
			return len(r.text), false
		default:
			small, stopped = 0, false
		}
	}
	return len(r.text), false
}

// after moves to the next piece and returns what stands before it.
func (r *pieceReader) after(end int) gap {
	r.skip()
	if r.at == len(r.text) {
		return textEnds
	}
	between := r.text[end:r.at]
	lines := strings.Count(between, "\n")
	if lines == 0 {
		return space
	}
	length := end - r.line
	r.line = r.at
	rest := r.text[r.at:]
	next := strings.IndexFunc(rest, blank)
	if next < 0 {
		next = len(rest)
	}
	c, _ := utf8.DecodeRuneInString(rest)
	switch {
	case lines > 1 || marksItem(rest[:next]):
		return divided
	case length+1+next <= r.width && !unicode.IsLower(c) && r.text[end-1] != ',':
		// The next word had room in the line: who wrote it ended the line on purpose.
		return divided
	}
	return lineEnd
}

// skip goes to what is not white space.
func (r *pieceReader) skip() {
	i := strings.IndexFunc(r.text[r.at:], func(c rune) bool { return !blank(c) })
	if i < 0 {
		i = len(r.text) - r.at
	}
	r.at += i
}

// marksItem reports whether a piece is the mark of a list item: "-", "•", "3.", "b)".
func marksItem(s string) bool {
	switch s {
	case "-", "–", "—", "*", "•", "·", "◦", "‣", "▪":
		return true
	}
	number := strings.TrimRight(s, ".)")
	return len(number) < len(s) && len(number) > 0 && len(number) <= 2 &&
		(strings.Trim(number, "0123456789") == "" || len(number) == 1 && letters(number))
}

func newPiece(s string) piece {
	p := piece{dots: s != "", dash: s == "--" || s == "–" || s == "—" || s == "―"}
	var r run
	kindBefore := rune(0)
	for _, c := range s {
		plain, kind := fold(c)
		p.dots = p.dots && kind == '.'
		if p.first == 0 {
			p.first = kind
		}
		if alphanumeric(kind) {
			p.initials = kind == 'X' && r.count == 0 && (p.runs == 0 || p.initials)
			if r.count == 0 {
				p.runs++
				if p.runs == 1 {
					p.first = kind
				}
			}
			if kind != kindBefore {
				r.shape = mix(r.shape, uint64(kind))
			}
			r.word = mix(r.word, uint64(unicode.ToLower(plain)))
			r.count++
			p.last = r
			if p.runs == 1 {
				p.run = r
			}
			if p.close != 0 && p.runs > 1 {
				p.whole = mix(p.whole, p.close)
			}
			p.whole = mix(p.whole, uint64(unicode.ToLower(plain)))
			p.close, p.stop, p.closed = 0, 0, false
		} else {
			r = run{}
			if kind == '"' {
				plain = '"' // whatever its direction
			}
			p.closed = kind == '"' || kind == '\'' || kind == ')' || kind == ']'
			if p.runs == 0 && kind != '.' {
				p.open = mix(p.open, uint64(plain))
			}
			p.close = mix(p.close, uint64(plain))
			switch plain {
			case '.', '?', '!', '…', ':', ';', ',':
				if plain == '.' && (p.stop == '.' || p.stop == '…') {
					plain = '…'
				}
				p.stop = plain
			case '"':
				p.quotes++
			case '(', '[':
				p.brackets++
			case ')', ']':
				p.brackets--
			}
		}
		kindBefore = kind
	}
	return p
}
