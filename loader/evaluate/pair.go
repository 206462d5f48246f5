package evaluate

import (
	"cmp"
	"slices"
)

// A marked is a hand-marked attribution on its way through the scorer.
type marked struct {
	*Attribution
	index    int // in its record
	words    []int
	optional bool
	pair     *found // nil when nothing was found for it
	overlap  float64
}

// A found is a prediction on its way through the scorer.
type found struct {
	*Attribution
	index  int // in its record
	words  []int
	typ    string // its own, or that of its quotation marks
	pair   *marked
	counts bool // for or against: see page.counts
}

// A candidate is a pair that shares a word.
type candidate struct {
	gold    int
	found   int
	overlap float64
	exact   bool
	source  bool
}

// pairUp joins each hand-marked attribution with at most one prediction and the other way round. The
// best overlap goes first; of equal ones those that are required, the same to the character, of
// the same source, and first in the text. Then a required one left alone may take a prediction, if it overlaps
// by a half, from an optional one.
func (p *page) pairUp(gold []marked, predicted []found, silver bool) {
	var candidates []candidate
	for i := range gold {
		g := &gold[i]
		for j := range predicted {
			f := &predicted[j]
			n := shared(g.words, f.words)
			if n == 0 {
				continue
			}
			candidates = append(candidates, candidate{
				gold: i, found: j, overlap: ratio(n, len(g.words)+len(f.words)-n),
				exact: sameSpans(g.Content, f.Content), source: p.sourceAgrees(g.Attribution, f.Attribution, silver),
			})
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(b.overlap, a.overlap), first(!gold[a.gold].optional, !gold[b.gold].optional),
			first(a.exact, b.exact), first(a.source, b.source), cmp.Compare(a.gold, b.gold), cmp.Compare(a.found, b.found),
		)
	})
	for _, c := range candidates {
		g, f := &gold[c.gold], &predicted[c.found]
		if g.pair == nil && f.pair == nil {
			g.pair, g.overlap, f.pair = f, c.overlap, g
		}
	}
	for _, c := range candidates {
		g, f := &gold[c.gold], &predicted[c.found]
		if g.optional || g.pair != nil || c.overlap < 0.5 || !f.pair.optional {
			continue
		}
		f.pair.pair = nil
		g.pair, g.overlap, f.pair = f, c.overlap, g
	}
}

// first orders what holds before what does not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// sameSpans reports whether two lists hold the same spans, in whatever order.
func sameSpans(as, bs []Span) bool {
	order := func(a, b Span) int { return slices.Compare(a[:], b[:]) }
	return slices.Equal(slices.SortedFunc(slices.Values(as), order), slices.SortedFunc(slices.Values(bs), order))
}
