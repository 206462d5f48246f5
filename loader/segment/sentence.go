package segment

import (
	"strings"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/source"
	"whence/loader/syntax"
)

// maxSentence bounds what one sentence may be, in bytes: beyond it a "paragraph"
// is data, and is cut at white space.
const maxSentence = 4000

// SplitSentences returns the sentences of a span, in order, without white space at their ends.
func SplitSentences(text string, s graph.Span) []graph.Span {
	var out []graph.Span
	for _, piece := range pieces(text, s) {
		out = append(out, syntax.Sentences(text, piece)...)
	}
	return out
}

// pieces cuts a very long span at white space.
func pieces(text string, s graph.Span) []graph.Span {
	var out []graph.Span
	for s.Len() > maxSentence {
		cut := s.Start + maxSentence
		if i := strings.LastIndexByte(text[s.Start:cut], ' '); i > 0 {
			cut = s.Start + i
		}
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		out = append(out, graph.Span{Start: s.Start, End: cut})
		s.Start = cut
	}
	return append(out, s)
}

// addParagraphs fills in paragraphs, sentences and languages.
func (l *Layout) addParagraphs(text string, blocks []block) {
	for _, b := range blocks {
		if b.segment < 0 || b.span.Len() == 0 {
			continue
		}
		p := Paragraph{Span: b.span, Segment: b.segment, Heading: b.heading, Item: b.marker != ""}
		if l.Segments[b.segment].Type != graph.SegmentFurniture {
			p.Sentences = SplitSentences(text, b.span)
		}
		l.Paragraphs = append(l.Paragraphs, p)
	}
	for i := range l.Segments {
		s := &l.Segments[i]
		if s.Type == graph.SegmentFurniture {
			continue
		}
		if code, sure := source.Language(s.Span.Of(text)); sure {
			s.Language = code
			if code != "en" {
				s.Skipped = "not in English (" + code + ")"
			}
		}
	}
}
