package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
)

// A block is what becomes a paragraph: a line, or several lines of one wrapped
// paragraph. Its span has no white space at the ends and no list marker.
type block struct {
	span    graph.Span
	indent  int    // columns before it, a tab counting to the next multiple of 4
	marker  string // "•", "*", "-", "1." …; "" if it is no list item
	gap     bool   // a blank line stands before it
	heading bool
	text    string
	segment int // index into Layout.Segments, -1 while undecided
	mark    int // index of the source.Mark it came from, -1 for plain text

	indented  bool // every line of it stands in by four columns at least
	furniture bool // a stock phrase of pages

	// What the block says as a stamp and as an opening, read once.
	stamp      stamp
	isStamp    bool
	opening    opening
	isOpening  bool
	headerRead bool
}

type line struct {
	span   graph.Span // without the line break and without white space at the ends
	indent int
	gap    bool
}

func splitLines(text string) []line {
	var out []line
	gap := false
	for start := 0; start <= len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		s := trimSpan(text, graph.Span{Start: start, End: end})
		if s.Len() == 0 {
			gap = true
		} else {
			out = append(out, line{span: s, indent: columns(text[start:s.Start]), gap: gap || len(out) == 0})
			gap = false
		}
		start = end + 1
	}
	return out
}

func columns(white string) int {
	n := 0
	for _, r := range white {
		if r == '\t' {
			n += 4 - n%4
		} else {
			n++
		}
	}
	return n
}

// trimSpan drops white space at both ends of a span.
func trimSpan(text string, s graph.Span) graph.Span {
	t := text[s.Start:s.End]
	left := strings.TrimLeftFunc(t, isBlank)
	s.Start += len(t) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, isBlank))
	return s
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

var markerForm = form(`^(?:[•◦▪‣∙*+–—-]|\d{1,3}[.)]|\(\d{1,3}\)|[a-z][.)])[\s\x{a0}]+`)

// blocksOf makes blocks of lines, joining the lines of paragraphs that were wrapped by hand.
// Markup, where there is any, gives the blocks itself.
func blocksOf(item source.Item, lines []line) []block {
	text := item.Text
	if blocks := markedBlocks(item); blocks != nil {
		return blocks
	}
	var out []block
	for i := 0; i < len(lines); {
		j := i + 1
		for j < len(lines) && !lines[j].gap {
			j++
		}
		for i < j { // a marker begins a paragraph of its own
			k := i + 1
			for k < j && !markerForm().MatchString(lines[k].span.Of(text)) {
				k++
			}
			out = append(out, groupBlocks(text, lines[i:k])...)
			i = k
		}
	}
	return out
}

// groupBlocks makes one block of lines that were wrapped, else one of each.
func groupBlocks(text string, group []line) []block {
	if wrapped(text, group) {
		b := newBlock(text, graph.Span{Start: group[0].span.Start, End: group[len(group)-1].span.End}, group[0])
		for _, l := range group {
			b.indented = b.indented && l.indent >= quoteIndent
		}
		return []block{b}
	}
	var out []block
	for _, l := range group {
		out = append(out, newBlock(text, l.span, l))
	}
	return out
}

// quoteIndent is how far in a quotation is set, in columns.
const quoteIndent = 4

func newBlock(text string, s graph.Span, l line) block {
	b := block{span: s, indent: l.indent, gap: l.gap, segment: -1, mark: -1, indented: l.indent >= quoteIndent}
	if m := markerForm().FindString(s.Of(text)); m != "" && len(m) < s.Len() {
		b.marker = strings.TrimSpace(m)
		b.span.Start += len(m)
		b.span = trimSpan(text, b.span)
	}
	b.text = b.span.Of(text)
	return b
}

// Lines of less than minWidth characters are lines of a list or a heading, and those of more
// than maxWidth are paragraphs.
const (
	minWidth = 40
	maxWidth = 110
)

// wrapped reports whether the lines of a group are one paragraph broken to a width: the first
// word of every line would not have stood on the line above it, and few lines end where a
// sentence does.
func wrapped(text string, group []line) bool {
	if len(group) < 2 {
		return false
	}
	longest, stops := 0, 0
	for _, l := range group {
		if longest = max(longest, utf8.RuneCountInString(cutText(l.span.Of(text), 4*maxWidth+4))); longest > maxWidth {
			return false
		}
	}
	if longest < minWidth {
		return false
	}
	for i, l := range group[:len(group)-1] {
		s, next := l.span.Of(text), group[i+1].span.Of(text)
		n := utf8.RuneCountInString(s)
		word, _, _ := strings.Cut(next, " ")
		if n+1+utf8.RuneCountInString(word) < longest-5 || len(group) == 2 && n < 60 && !unicode.IsLower(firstRune(next)) {
			return false
		}
		if endsSentence(s) {
			stops++
		}
		if _, ok := readStamp(s); ok {
			return false
		}
		if _, ok := openingLine(s); ok {
			return false
		}
	}
	return stops*2 <= len(group)-1
}

// endsSentence reports whether a text closes with a full stop or its like,
// quotation marks and brackets after it aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \t\u00a0\"'”’»)]*_")
	return s != "" && strings.ContainsRune(".!?…", lastRune(s))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// looksHeading reports whether a line of plain text is a heading or a caption: short, and no sentence.
func looksHeading(s string) bool {
	n := len(strings.Fields(s))
	if n == 0 || n > 14 || utf8.RuneCountInString(s) > 110 || endsSentence(s) {
		return false
	}
	return !strings.ContainsRune(",;:", lastRune(s)) && !unicode.IsLower(firstRune(s)) && !strings.ContainsAny(s, "“\"")
}

// markedBlocks makes blocks of the paragraphs, headings, items and quotes that the
// format marked; nil when it marked none. Text between marks becomes blocks by lines.
func markedBlocks(item source.Item) []block {
	type piece struct {
		span graph.Span
		mark int
	}
	var pieces []piece
	for i, m := range item.Marks {
		switch m.Kind {
		case source.MarkParagraph, source.MarkHeading, source.MarkListItem, source.MarkBlockquote, source.MarkTitle, source.MarkComment, source.MarkByline:
			if n := len(pieces); n > 0 && m.Span.Start < pieces[n-1].span.End {
				if pieces[n-1].span.Contains(m.Span) { // an inner mark divides its container
					pieces = append(pieces[:n-1], divide(pieces[n-1].span, pieces[n-1].mark, m.Span, i, func(s graph.Span, mark int) piece { return piece{s, mark} })...)
				}
				continue
			}
			pieces = append(pieces, piece{m.Span, i})
		}
	}
	if len(pieces) == 0 {
		return nil
	}
	var out []block
	at := 0
	lineBlocks := func(from, to, mark int) {
		for _, l := range splitLines(item.Text[from:to]) {
			l.span.Start, l.span.End = l.span.Start+from, l.span.End+from
			b := newBlock(item.Text, l.span, l)
			b.mark = mark
			if mark >= 0 && item.Marks[mark].Kind == source.MarkListItem && b.marker == "" {
				b.marker = "•"
			}
			b.heading = mark >= 0 && (item.Marks[mark].Kind == source.MarkHeading || item.Marks[mark].Kind == source.MarkTitle)
			out = append(out, b)
		}
	}
	for _, p := range pieces {
		if p.span.Start > at {
			lineBlocks(at, p.span.Start, -1)
		}
		if p.span.End > at {
			lineBlocks(max(at, p.span.Start), p.span.End, p.mark)
			at = p.span.End
		}
	}
	lineBlocks(at, len(item.Text), -1)
	return out
}

func divide[P any](outer graph.Span, outerMark int, inner graph.Span, innerMark int, make func(graph.Span, int) P) []P {
	var out []P
	if outer.Start < inner.Start {
		out = append(out, make(graph.Span{Start: outer.Start, End: inner.Start}, outerMark))
	}
	out = append(out, make(inner, innerMark))
	if inner.End < outer.End {
		out = append(out, make(graph.Span{Start: inner.End, End: outer.End}, outerMark))
	}
	return out
}
