// Package cite finds what a text cites: addresses, named documents, written
// answers, author and year, legislation, books, and the figures of a body that
// is named without a document.
//
// It reads words, not meaning: a thing is cited when the text gives enough to
// tell it from others (who published or wrote it, a title, a date, an address).
// "The report" on its own cites nothing, unless one report was named before it.
package cite

import (
	"sort"

	"whence/graph"
	"whence/loader/extract/name"
)

// A Link is a passage that the markup made a link, and where it leads.
type Link struct {
	Span graph.Span
	URL  string
}

// Input is one text with what is already known of it.
type Input struct {
	Text string // valid UTF-8
	// Sentences are in order and do not overlap. Only what lies in them is read,
	// and a phrase does not reach beyond its sentence. Without any, lines are sentences.
	Sentences []graph.Span
	Links     []Link
	// Names tell persons from organisations and publications. They may be nil:
	// frozen word lists then decide alone.
	Names []name.Name
	// Published dates a day that is written without its year. It may be "".
	Published graph.Date
}

// A Citation is one thing that the text cites, with every place that cites it.
type Citation struct {
	Spans []graph.Span // the words that cite it, in order, at least one
	Kind  graph.SourceKind
	// Title is the thing's own title. Without one it is the sort of thing as the
	// text names it ("report", "written answer", "interview"), or "" for what a
	// publication prints or broadcasts every day.
	Title         string
	Publisher     string // as written, without a leading article
	URL           string
	Authors       []string // as written
	Date          graph.Date
	PublisherSpan graph.Span // zero when no publisher is written
	AuthorSpan    graph.Span // of all authors; zero when none is written
	Rule          string
	Confidence    graph.Confidence
}

// Find returns the citations of a text in order of first span, then last. No two
// have both the same address and the same description. It takes time linear in
// the sentences, whatever they are.
func Find(in Input) []Citation {
	r := newReader(in)
	// An earlier rule keeps later ones off the words it used.
	for _, rule := range []func(*reader){
		(*reader).addresses,
		(*reader).laws,
		(*reader).books,
		(*reader).authorYears,
		(*reader).answers,
		(*reader).references,
		(*reader).documents,
		(*reader).press,
		(*reader).data,
	} {
		rule(r)
	}
	r.links()
	sort.SliceStable(r.found, func(i, j int) bool {
		a, b := r.found[i].Spans[0], r.found[j].Spans[0]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End < b.End
	})
	return r.merge()
}

// A mention is one place that cites something, before it is known which other
// places cite the same thing.
type mention struct {
	Citation
	noun     string // the sort of thing: "report", "act"; "" if none is written
	definite bool   // "the report by X": it may have been named before
	first    int    // first token
}

// add records a mention of the tokens [first, last] and keeps later rules off them.
func (r *reader) add(m mention, first, last int) {
	m.first = first
	m.Spans = []graph.Span{r.span(first, last)}
	r.found = append(r.found, m)
	r.take(first, last)
}
