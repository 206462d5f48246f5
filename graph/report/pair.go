package report

import (
	"cmp"
	"slices"

	"whence/graph"
)

// A pair is two claims of which one retells the other.
type pair struct {
	later, earlier *graph.TracedClaim
	way            []*graph.Relation // from the later to the earlier, at least one
	taken          bool              // a relation says that the later has it from the earlier; else they say one thing, by date
}

// basis returns what the pair rests on.
func (p pair) basis() graph.Basis { return p.way[0].Basis }

// retellings pairs every claim that is fit to be compared with those it was taken
// from and, when it is taken from none, with the first of its family that is fit.
// What has no date, or the date of the first, has no place in that order: it is
// paired with nothing, and returned as undated when it is. What readers wrote is
// the first of nothing: that others later say so too does not come from them.
// The pairs are in order of the later claim, and of those it takes from.
func retellings(s *graph.Survey, fit func(*graph.TracedClaim) bool) (pairs []pair, undated []graph.ID) {
	fits := make(map[graph.ID]bool, len(s.Claims))
	members := map[graph.ID]int{} // of each family
	for i := range s.Claims {
		if c := &s.Claims[i]; fit(c) {
			fits[c.Claim.ID] = true
			members[c.Family]++
		}
	}
	ways := map[graph.ID]waysTo{} // by family
	for i := range s.Claims {
		c := &s.Claims[i]
		if !fits[c.Claim.ID] {
			continue
		}
		had := len(pairs)
		for _, t := range c.Takes {
			if to := s.Claim(t.To); to != nil && fits[t.To] && to != c {
				pairs = append(pairs, pair{c, to, []*graph.Relation{t.Relation}, true})
			}
		}
		if len(pairs) > had || members[c.Family] < 2 {
			continue
		}
		if c.Claim.StatedOn == "" {
			undated = append(undated, c.Claim.ID)
			continue
		}
		w, ok := ways[c.Family]
		if !ok {
			w = firstOf(s, c.Family, fits)
			ways[c.Family] = w
		}
		if w.first == nil || !c.Claim.StatedOn.After(w.first.Claim.StatedOn) || c.Claim.Document == w.first.Claim.Document {
			continue
		}
		if way := w.from(c.Claim.ID); len(way) > 0 {
			pairs = append(pairs, pair{c, w.first, way, false})
		}
	}
	return pairs, undated
}

// A waysTo knows how the claims of a family are joined to its first one.
type waysTo struct {
	first  *graph.TracedClaim
	toward map[graph.ID]*graph.Relation // the first step from a claim
}

// firstOf finds the claim of a family that was stated first, of those that are
// fit, and the shortest ways to it.
func firstOf(s *graph.Survey, family graph.ID, fits map[graph.ID]bool) waysTo {
	w := waysTo{toward: map[graph.ID]*graph.Relation{}}
	for _, id := range s.Family(family) {
		c := s.Claim(id)
		if !fits[id] || c.Claim.StatedOn == "" || byReader(c) {
			continue
		}
		if w.first == nil || c.Claim.StatedOn.End().Before(w.first.Claim.StatedOn.End()) {
			w.first = c
		}
	}
	if w.first == nil {
		return w
	}
	frontier := []graph.ID{w.first.Claim.ID}
	w.toward[w.first.Claim.ID] = nil
	for len(frontier) > 0 {
		var next []graph.ID
		for _, id := range frontier {
			for _, r := range s.Claim(id).Matches {
				other := otherEnd(r, id)
				if _, ok := w.toward[other]; !ok && s.Claim(other) != nil {
					w.toward[other] = r
					next = append(next, other)
				}
			}
		}
		slices.Sort(next)
		frontier = next
	}
	return w
}

// from returns the relations from a claim to the first of its family.
func (w waysTo) from(id graph.ID) []*graph.Relation {
	var way []*graph.Relation
	for r := w.toward[id]; r != nil; r = w.toward[id] {
		way = append(way, r)
		id = otherEnd(r, id)
	}
	return way
}

func otherEnd(r *graph.Relation, end graph.ID) graph.ID {
	if r.From == end {
		return r.To
	}
	return r.From
}

// hops shows a pair: the later claim, what lies between, and the earlier one.
func (p pair) hops(s *graph.Survey, later, earlier []graph.Passage) []Hop {
	return relationHops(s, p.later, p.way, later, earlier)
}

// relationHops shows the claims on a way of relations, the ends with the words that matter.
func relationHops(s *graph.Survey, from *graph.TracedClaim, way []*graph.Relation, first, last []graph.Passage) []Hop {
	hops := []Hop{{Node: from.Claim.ID, Document: from.Claim.Document, Evidence: first, Why: "what is said here"}}
	at := from.Claim.ID
	for i, r := range way {
		at = otherEnd(r, at)
		h := Hop{Node: at, By: r, Why: whyOf(r)}
		if c := s.Claim(at); c != nil {
			h.Document, h.Evidence = c.Claim.Document, c.Claim.Content
		}
		if i == len(way)-1 {
			h.Evidence = last
		}
		hops = append(hops, h)
	}
	return hops
}

// whyOf says in a few words what a relation is.
func whyOf(r *graph.Relation) string {
	switch {
	case r.Kind == graph.TakesFrom:
		return "taken from it"
	case r.Kind == graph.QuotesFrom:
		return "quoted from it"
	case len(r.Reasons) > 0:
		return r.Reasons[0]
	}
	return string(r.Kind)
}

// bases orders the bases of relations from the strongest to the weakest.
var bases = []graph.Basis{graph.BasisPerson, graph.BasisStated, graph.BasisDeclared, graph.BasisQuoted, graph.BasisInferred}

// compareParents orders pairs of one later claim: what the text declares first,
// then what is surer, then what is older.
func compareParents(p, q pair) int {
	return cmp.Or(
		cmp.Compare(slices.Index(bases, p.basis()), slices.Index(bases, q.basis())),
		cmp.Compare(q.way[0].Score, p.way[0].Score),
		cmp.Compare(p.earlier.Claim.StatedOn, q.earlier.Claim.StatedOn),
		cmp.Compare(p.earlier.Claim.ID, q.earlier.Claim.ID),
	)
}

// on tells a date in a sentence: " on 2024-10-16", " (undated)".
func on(d graph.Date) string {
	switch len(d) {
	case 0:
		return " (undated)"
	case len("2006-01-02"):
		return " on " + string(d)
	}
	return " in " + string(d)
}
