// Package relation finds what a text itself says about the claims in it: that
// one was clarified, denied, corrected, confirmed or answered by another.
//
// Three things make a relation: words that say so (a cue), the claim or citation
// that those words report, and an earlier claim of the same text on the same
// topic. Without all three there is none: a claim is never said to be clarified
// because something near it was.
package relation

import (
	"cmp"
	"slices"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/name"
)

// A Claim is one statement of the text, as the extractor found it.
type Claim struct {
	Index    int // in the caller's list; it is what a Relation names
	Content  []graph.Span
	Source   []graph.Span // the words that name who makes it; none for the text's own voice
	Cue      []graph.Span
	Segment  int
	Sentence int // in which the content begins
}

// Input is one text with what was found in it.
type Input struct {
	Text      string
	Sentences []graph.Span // in order, not overlapping
	Claims    []Claim
	Citations []cite.Citation
	Names     []name.Name // may be nil
}

// A Relation leads from the claim that is qualified to the claim or citation that
// qualifies it; replies-to leads from the answer to what it answers.
type Relation struct {
	Kind       graph.Predicate
	From       int // index of a claim
	To         int // index of a claim, or -1
	ToCitation int // index of a citation, or -1; just one of To and ToCitation is set
	Evidence   []graph.Span
	Rule       string
	Confidence graph.Confidence
}

// Find returns the relations in order of their evidence, then From, Kind and what
// they lead to, claims before citations, none twice. It takes time linear in the text and the claims: each
// cue looks back over a bounded number of claims.
func Find(in Input) []Relation {
	r := newReader(in)
	var out []Relation
	for _, cues := range r.cues() {
		out = append(out, r.relations(cues)...)
	}
	slices.SortStableFunc(out, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ToCitation, b.ToCitation),
			cmp.Compare(a.To, b.To), cmp.Compare(b.Confidence, a.Confidence))
	})
	out = slices.CompactFunc(out, func(a, b Relation) bool {
		return a.From == b.From && a.Kind == b.Kind && a.To == b.To && a.ToCitation == b.ToCitation
	})
	slices.SortStableFunc(out, func(a, b Relation) int {
		return cmp.Compare(a.Evidence[0].Start, b.Evidence[0].Start)
	})
	return out
}
