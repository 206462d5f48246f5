package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// A quote is a stretch of text in quotation marks, inside one paragraph. A
// quotation that runs over several paragraphs is several quotes, chained.
type quote struct {
	span   graph.Span // with its marks
	inner  graph.Span // without them
	para   int
	single bool       // ‘…’ or '…'
	closed bool       // its closing mark stands in this paragraph
	opened bool       // its opening mark stands in this paragraph
	chain  int        // the quote of an earlier paragraph that it goes on from, -1 for none
	credit graph.Span // who is named below the words, before the closing mark; zero
}

// Kinds of quotation marks, by what closes them.
const (
	markNone = iota
	markDouble
	markSingle
	markAngle
)

type markRole uint8

const (
	roleOpen markRole = 1 << iota
	roleClose
)

// markAt tells what quotation mark stands at a byte of a paragraph, and which
// roles its neighbours allow it: an opening mark stands before a word and after
// space or punctuation, a closing one after a word or its punctuation.
func markAt(text string, p graph.Span, i int) (kind int, roles markRole, size int) {
	r, size := utf8.DecodeRuneInString(text[i:p.End])
	before, after := ' ', ' '
	if i > p.Start {
		before, _ = utf8.DecodeLastRuneInString(text[p.Start:i])
	}
	if (r == '\'' || r == '`') && i+1 < p.End && text[i+1] == text[i] { // ''so'' or ``so''
		size = 2
	}
	if i+size < p.End {
		after, _ = utf8.DecodeRuneInString(text[i+size : p.End])
	}
	if (r == '"' || r == '\'' || r == '”' || r == '’') && measures(text[p.Start:p.End], i-p.Start, size) {
		return markNone, 0, size
	}
	switch r {
	case '“', '„', '‟', '«':
		kind, roles = markDouble, roleOpen
		if r == '«' {
			kind = markAngle
		}
	case '”', '»':
		kind, roles = markDouble, roleClose
		if r == '»' {
			kind = markAngle
		}
		// Some pages open with a closing mark: ”word.
		if r == '”' && (unicode.IsSpace(before) || before == '(') && isWordRune(after) {
			roles = roleOpen
		}
	case '"':
		kind, roles = markDouble, straightRoles(before, after)
	case '‘', '‚', '‹':
		kind = markSingle
		if !isWordRune(before) && !unicode.IsSpace(after) {
			roles = roleOpen
		}
		if unicode.IsDigit(after) && !unicode.IsSpace(before) {
			roles = 0
		}
	case '’', '\'', '›', '`':
		kind = markSingle
		roles = straightRoles(before, after)
		if size == 2 {
			return markDouble, roles, size
		}
		if isWordRune(before) && isWordRune(after) {
			roles = 0 // an apostrophe
		}
		if r == '’' || r == '›' {
			roles &= roleClose
		}
	default:
		return markNone, 0, size
	}
	return kind, roles, size
}

// feetAndInches matches a height at the beginning of a text: 5' 6".
var feetAndInches = regexp.MustCompile(`^\d{1,2}['’][ \x{a0}]?\d{1,2}(?:\.\d|[½¼¾])?["”]`)

// maxHeight bounds a height in feet and inches, in bytes.
const maxHeight = 14

// measures reports whether a mark at byte i of a paragraph stands for feet or inches.
func measures(p string, i, size int) bool {
	if i == 0 || p[i-1] < '0' || p[i-1] > '9' {
		return false
	}
	for from := max(0, i-maxHeight); from < i; from++ {
		if p[from] < '0' || p[from] > '9' || from > 0 && p[from-1] >= '0' && p[from-1] <= '9' {
			continue
		}
		if m := feetAndInches.FindStringIndex(p[from:min(len(p), i+maxHeight)]); m != nil && from+m[1] >= i+size {
			return true
		}
	}
	return false
}

func straightRoles(before, after rune) markRole {
	openable := !isWordRune(before) && !isClosing(before) && !unicode.IsSpace(after)
	closable := !unicode.IsSpace(before) && !isOpening(before) && !isWordRune(after)
	var r markRole
	if openable {
		r |= roleOpen
	}
	if closable {
		r |= roleClose
	}
	if r == 0 && unicode.IsSpace(before) && unicode.IsSpace(after) {
		return roleClose // a space has slipped in: 'a flight to quality,' "
	}
	if r == roleOpen|roleClose { // between two punctuation marks: a mark after a stop closes
		if isClosing(before) || before == '.' || before == ',' || before == '!' || before == '?' {
			return roleClose
		}
	}
	return r
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
func isOpening(r rune) bool {
	switch r {
	case '(', '[', '{', '“', '‘', '«', '—', '–':
		return true
	}
	return false
}

func isClosing(r rune) bool {
	switch r {
	case '.', ',', '!', '?', ';', ')', ']', '…', '”', '’', '»':
		return true
	}
	return false
}

// findQuotes pairs the marks of a run of paragraphs of one segment. A mark that
// finds no partner loses at most its paragraph, never the rest of the text.
func findQuotes(text string, paras []paragraph) []quote {
	var out []quote
	openChain := -1 // the last quote, when it was left open
	for pi, p := range paras {
		from := p.Span.Start
		if openChain >= 0 {
			next, ok := continues(text, p.Span)
			switch {
			case !ok:
				openChain = -1
			case next.opened:
				// The mark at the start is found below like any other.
			case isCredit(text, p.Span, next.inner):
				out[openChain].credit = next.inner
				from, openChain = p.Span.End, -1
			default: // no mark at the start, but a closing one before any opening
				next.para, next.chain = pi, openChain
				out = append(out, next)
				from = next.span.End
				openChain = -1
			}
		}
		found := pairQuotes(text, graph.Span{Start: from, End: p.Span.End}, p.Span)
		for i := range found {
			q := &found[i]
			q.para, q.chain = pi, -1
			if openChain >= 0 && q.span.Start == p.Span.Start {
				q.chain = openChain
			}
			out = append(out, *q)
			openChain = -1
			if !q.closed {
				openChain = len(out) - 1
			}
		}
		if len(found) == 0 {
			openChain = -1
		}
		if openChain >= 0 && !follows(text, paras, pi, &out[openChain]) {
			// Nothing takes the quotation up: it ends with the sentence it began in.
			q := &out[openChain]
			q.span.End = firstSentenceEnd(p, q.span)
			q.inner.End = q.span.End
			openChain = -1
		}
	}
	return out
}

// isCredit reports whether the rest of a quotation, alone in its paragraph, is no more of it but who said it: a pull
// quote whose page sets the name inside the marks.
func isCredit(text string, p, rest graph.Span) bool {
	words := tokenize(text, graph.Span{Start: rest.Start, End: min(rest.End, rest.Start+200)}, nil)
	if rest.Len() > 200 || strings.TrimSpace(text[rest.End:p.End]) == "" || len(strings.TrimSpace(text[rest.End:p.End])) > len("”") || len(words) < 2 {
		return false
	}
	for i, w := range words {
		if w.word && (i < 2 && !w.cap || auxiliaries[w.lower] || pronouns[w.lower] || irregularPast[w.lower] && !w.cap) {
			return false
		}
	}
	return words[0].word && words[1].word && !determiners[words[0].lower]
}

// follows reports whether the next paragraph takes up a quotation left open, or the
// quotation fills its paragraph from a colon, a full stop or the start, so that the end
// of the paragraph is its end.
func follows(text string, paras []paragraph, pi int, q *quote) bool {
	if pi+1 < len(paras) {
		if _, ok := continues(text, paras[pi+1].Span); ok {
			return true
		}
	}
	head := trimRight(text[paras[pi].Span.Start:q.span.Start])
	return head == "" || head[len(head)-1] == ':' || head[len(head)-1] == '.'
}

// continues reads how a paragraph takes up a quotation left open before it: it
// opens with a mark again, or closes it without one.
func continues(text string, p graph.Span) (quote, bool) {
	for i := p.Start; i < p.End; {
		kind, roles, size := markAt(text, p, i)
		if kind == markDouble || kind == markAngle {
			if roles&roleOpen != 0 {
				return quote{opened: true}, i == p.Start
			}
			if roles&roleClose != 0 {
				s := graph.Span{Start: p.Start, End: i + size}
				return quote{span: s, inner: graph.Span{Start: p.Start, End: i}, closed: true}, true
			}
		}
		i += size
	}
	return quote{}, false
}

func firstSentenceEnd(p paragraph, s graph.Span) int {
	for _, sent := range p.Sentences {
		if sent.End > s.Start {
			return min(max(sent.End, s.Start+1), s.End)
		}
	}
	return s.End
}

// pairQuotes pairs the marks of one paragraph, outermost first; marks inside a
// pair belong to it.
func pairQuotes(text string, s, p graph.Span) []quote {
	var out []quote
	for i := s.Start; i < s.End; {
		kind, roles, size := markAt(text, p, i)
		if kind == markNone || roles&roleOpen == 0 {
			i += size
			continue
		}
		if kind == markSingle {
			if end, endSize, ok := closeSingle(text, graph.Span{Start: i + size, End: s.End}, p); ok {
				out = append(out, quote{span: graph.Span{Start: i, End: end + endSize}, inner: graph.Span{Start: i + size, End: end}, single: true, closed: true, opened: true})
				i = end + endSize
				continue
			}
			i += size
			continue
		}
		end, endSize, again := closeDouble(text, graph.Span{Start: i + size, End: s.End}, p, kind)
		if strings.HasPrefix(text[i:], "„") { // „so“, as in German
			if n := strings.IndexAny(text[i+size:s.End], "“”"); n >= 0 {
				end, endSize, again = i+size+n, len("“"), 0
			}
		}
		switch {
		case again > 0 && end >= 0: // never closed: the next sentence has its own speaker
			out = append(out, quote{span: graph.Span{Start: i, End: end}, inner: graph.Span{Start: i + size, End: end}, opened: true})
			i = again
		case again > 0: // opened anew before it closed: the first mark has no partner
			i = again
		case end >= 0:
			out = append(out, quote{span: graph.Span{Start: i, End: end + endSize}, inner: graph.Span{Start: i + size, End: end}, closed: true, opened: true})
			i = end + endSize
		default:
			out = append(out, quote{span: graph.Span{Start: i, End: s.End}, inner: graph.Span{Start: i + size, End: s.End}, opened: true})
			i = s.End
		}
	}
	kept := out[:0]
	for _, q := range out {
		if q.inner.Len() > 0 {
			kept = append(kept, q)
		}
	}
	return kept
}

// closeDouble finds the mark that closes a double one. again is the offset of a
// second opening mark after a colon, when that comes first: somebody quotes a quotation. With an again, end is
// where the words end that no mark closes, -1 when they are no quotation.
func closeDouble(text string, s, p graph.Span, kind int) (end, size, again int) {
	opened, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	outer, nested := shapeOf(opened), rune(0) // marks of another shape stand inside: "so “called” ones"
	for i := s.Start; i < s.End; {
		k, roles, n := markAt(text, p, i)
		if k == kind {
			r, _ := utf8.DecodeRuneInString(text[i:])
			switch shape := shapeOf(r); {
			case nested == shape && roles&roleClose != 0:
				nested = 0
				i += n
				continue
			case roles == roleOpen && shape != outer:
				nested = shape
				i += n
				continue
			}
			if roles&roleClose != 0 {
				return i, n, 0
			}
			if roles&roleOpen != 0 {
				head := trimRight(text[s.Start:i])
				if head != "" && head[len(head)-1] == ':' {
					return -1, 0, i
				}
				from := max(s.Start, i-maxLeadIn)
				if stop := newSpeaker(text[from:i]); stop > 0 && !closesTwice(text, graph.Span{Start: i + n, End: s.End}, p, kind) {
					return from + stop, 0, i
				}
			}
		}
		i += n
	}
	return -1, 0, 0
}

// maxLeadIn bounds a sentence that leads in a quotation, in bytes.
const maxLeadIn = 120

// leadIn matches the end of a sentence and a next one that leads in a quotation: …. The mayor said “.
var leadIn = regexp.MustCompile(`[.?!](\s+)\p{Lu}[^.?!:;"“”]*\s(\pL+)[,:]?\s*$`)

// newSpeaker returns where the sentence ends that stands before somebody else's lead-in to a mark, 0 when none does.
// What “I said” leads in is told by the one who speaks already.
func newSpeaker(before string) int {
	m := leadIn.FindStringSubmatchIndex(before)
	if m == nil || !utters(before[m[4]:m[5]], false) {
		return 0
	}
	if first, _, _ := strings.Cut(before[m[3]:], " "); first == "I" || first == "We" {
		return 0
	}
	return m[2]
}

// closesTwice reports whether after an opening mark two marks close before one opens: one quotation inside another.
func closesTwice(text string, s, p graph.Span, kind int) bool {
	closed := false
	for i := s.Start; i < s.End; {
		k, roles, n := markAt(text, p, i)
		switch {
		case k != kind:
		case roles&roleClose != 0 && closed:
			return true
		case roles&roleClose != 0:
			closed = true
		case roles&roleOpen != 0:
			return false
		}
		i += n
	}
	return false
}

// shapeOf tells straight, typewriter and curly double marks apart.
func shapeOf(r rune) rune {
	switch r {
	case '"', '\'':
		return r
	case '`':
		return '\''
	}
	return '“'
}

// closeSingle finds the mark that closes a single one, telling it from an
// apostrophe: a mark between letters is none, and one after a plural s before a
// word is the close only if no better one follows in reach.
func closeSingle(text string, s, p graph.Span) (end, size int, ok bool) {
	weak, weakSize := -1, 0
	for i := s.Start; i < s.End && i-s.Start < 2000; {
		k, roles, n := markAt(text, p, i)
		if k == markSingle {
			if roles&roleOpen != 0 && roles&roleClose == 0 {
				break // another one opens
			}
			if roles&roleClose != 0 {
				before, _ := utf8.DecodeLastRuneInString(text[s.Start:i])
				rest := text[i+n : s.End]
				if before == 's' && len(rest) > 1 && rest[0] == ' ' && unicode.IsLower(firstRune(rest[1:])) {
					if weak < 0 {
						weak, weakSize = i, n
					}
				} else {
					return i, n, true
				}
			}
		}
		i += n
	}
	return weak, weakSize, weak >= 0
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func trimRight(s string) string {
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		if !unicode.IsSpace(r) {
			return s
		}
		s = s[:len(s)-n]
	}
	return s
}
