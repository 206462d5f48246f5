package passages

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// maxPassage bounds a passage, in bytes: about a long paragraph.
const maxPassage = 800

// A piece is a passage of a reading.
type piece struct {
	segment graph.ID
	span    graph.Span
}

// cut cuts the text of a reading into passages, in order: the paragraphs of its
// segments, and long ones into runs of whole sentences. They do not overlap, and
// together they hold every word that stands in a segment.
func cut(r graph.Reading) []piece {
	var pieces []piece
	for _, s := range r.Segments {
		if s.Passage.Check(r.Text) != nil {
			continue
		}
		for _, paragraph := range paragraphs(r.Text, s.Passage.Span) {
			for _, span := range shorten(r.Text, paragraph) {
				pieces = append(pieces, piece{s.ID, span})
			}
		}
	}
	return pieces
}

// paragraphs splits a span at blank lines.
func paragraphs(text string, span graph.Span) []graph.Span {
	var out []graph.Span
	start, end := -1, span.Start // of the paragraph; start is -1 between two
	for at := span.Start; at < span.End; {
		next := span.End
		if i := strings.IndexByte(text[at:span.End], '\n'); i >= 0 {
			next = at + i + 1
		}
		line := trim(text, graph.Span{Start: at, End: next})
		switch {
		case line.Len() > 0:
			if start < 0 {
				start = line.Start
			}
			end = line.End
		case start >= 0:
			out = append(out, graph.Span{Start: start, End: end})
			start = -1
		}
		at = next
	}
	if start >= 0 {
		out = append(out, graph.Span{Start: start, End: end})
	}
	return out
}

// shorten splits a long paragraph at the last end of a sentence, else of a line, else of a
// word, else of a character that leaves it short enough.
func shorten(text string, span graph.Span) []graph.Span {
	var out []graph.Span
	for span.Len() > maxPassage {
		end := lastBreak(text[span.Start : span.Start+maxPassage])
		for end > 0 && !utf8.RuneStart(text[span.Start+end]) {
			end--
		}
		if end == 0 { // no text is so, but this must end
			end = maxPassage
		}
		if part := trim(text, graph.Span{Start: span.Start, End: span.Start + end}); part.Len() > 0 {
			out = append(out, part)
		}
		span = trim(text, graph.Span{Start: span.Start + end, End: span.End})
	}
	if span.Len() > 0 {
		out = append(out, span)
	}
	return out
}

// lastBreak returns where to cut what is too long, more than 0. It does not cut before a third of it
// for the sake of a sentence or a line.
func lastBreak(text string) int {
	least := len(text) / 3
	sentence, line, word := 0, 0, 0
	for i := least; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\n':
			line = i
		case c == ' ' || c == '\t':
			word = i
		default:
			continue
		}
		if endsSentence(text[:i]) {
			sentence = i
		}
	}
	for _, at := range []int{sentence, line, word} {
		if at > 0 {
			return at
		}
	}
	return len(text)
}

// endsSentence reports whether a text ends as a sentence does, after closing marks.
func endsSentence(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "\"'”’»)]"))
	return strings.ContainsRune(".!?…。！？", r)
}

// trim takes the white space off both ends of a span.
func trim(text string, span graph.Span) graph.Span {
	words := strings.TrimLeftFunc(text[span.Start:span.End], unicode.IsSpace)
	start := span.End - len(words)
	return graph.Span{Start: start, End: start + len(strings.TrimRightFunc(words, unicode.IsSpace))}
}
