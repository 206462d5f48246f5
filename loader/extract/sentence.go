package extract

import (
	"whence/graph"
	"whence/loader/extract/checkworthy"
	"whence/loader/segment"
	"whence/loader/source"
)

// A Sentence is a sentence of a document, whoever says it, with how much it is worth checking.
type Sentence struct {
	Span    graph.Span
	Segment graph.SegmentType
	Worth   graph.Confidence
}

// Sentences rates every sentence of a document that is neither furniture nor skipped, in order of the text.
func Sentences(item source.Item) []Sentence {
	x := &extraction{layout: segment.Divide(item)}
	var out []Sentence
	for _, p := range x.layout.Paragraphs {
		if !x.extracted(p.Segment) {
			continue
		}
		for _, s := range p.Sentences {
			out = append(out, Sentence{s, x.layout.Segments[p.Segment].Type, checkworthy.Rate(item.Text, s)})
		}
	}
	return out
}
