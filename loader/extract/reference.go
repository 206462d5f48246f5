package extract

import (
	"regexp"

	"whence/graph"
)

// reference matches the author and year in brackets that end a sentence, the Harvard way of
// saying whose statement it is: "(Parsons, 1964: 262)", "(Okafor and Lind, 2009)".
var reference = regexp.MustCompile(`\((\p{Lu}[\p{L}.’'-]*(?:(?:,? and |,? & |, )?\s?(?:\p{Lu}[\p{L}.’'-]*|et al\.?))*),? ((?:1[5-9]|20)\d\d[a-z]?)(?:[:,] ?[pP.\d –-]+)?\)\s*\.?\s*$`)

// maxReference bounds how far from its end a sentence is searched for a reference, in bytes.
const maxReference = 160

// referred credits a sentence that ends in a reference to the author it names.
func (r *reader) referred(u *unit) {
	if len(r.found) > u.found || len(u.items) < 6 {
		return // the sentence says itself who says so
	}
	from := max(u.span.Start, u.span.End-maxReference)
	m := reference.FindStringSubmatchIndex(r.text[from:u.span.End])
	if m == nil {
		return
	}
	end := 0
	for end < len(u.items) && u.items[end].span.Start < from+m[0] {
		end++
	}
	r.add(attribution{
		content: []graph.Span{u.clauseSpan(0, end)}, source: graph.Span{Start: from + m[2], End: from + m[3]}, cue: graph.Span{Start: from + m[4], End: from + m[5]},
		para: u.para, unit: u.span, rule: "R1",
	})
}
