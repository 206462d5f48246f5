package extract

import (
	"regexp"
	"strings"

	"whence/graph"
)

// reference matches the author and year in brackets that end a sentence, the Harvard way of
// saying whose statement it is: "(Parsons, 1964: 262)", "(Okafor and Lind, 2009)".
var reference = regexp.MustCompile(`\((\p{Lu}[\p{L}.’'-]*(?:(?:,? and |,? & |, )?\s?(?:\p{Lu}[\p{L}.’'-]*|et al\.?))*),? ((?:1[5-9]|20)\d\d[a-z]?)(?:[:,] ?[pP.\d –-]+)?\)\s*\.?\s*$`)

// within matches the same inside a sentence.
var within = regexp.MustCompile(strings.TrimSuffix(reference.String(), `\s*\.?\s*$`))

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
		r.quotedFrom(u)
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

// quotedFrom credits a phrase that quotes and ends in a reference inside its sentence: a “common good” (Lind, 2009), which …, it credits to Lind.
func (r *reader) quotedFrom(u *unit) {
	m := within.FindStringSubmatchIndex(u.span.Of(r.text))
	if m == nil {
		return
	}
	at := func(i int) int { return u.span.Start + m[i] }
	end, start, quotes := 0, 0, false
	for end < len(u.items) && u.items[end].span.Start < at(0) {
		switch {
		case u.is(end, ",", ";", ":", "–", "—"):
			start, quotes = end+1, false
		case u.at(end).isQuote():
			quotes = true
		}
		end++
	}
	for start < end && (u.is(start, "rather", "than", "unlike", "instead", "of", "as") || conjunctions[u.at(start).lower]) {
		start++
	}
	if !quotes || len(r.quotesIn(graph.Span{Start: at(0), End: at(1)})) > 0 {
		return
	}
	r.add(attribution{
		content: []graph.Span{u.clauseSpan(start, end)}, source: graph.Span{Start: at(2), End: at(3)}, cue: graph.Span{Start: at(4), End: at(5)},
		para: u.para, unit: u.span, rule: "R1",
	})
}
