package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
)

// What a matches relation says of two claims: its first reason.
const (
	SameClaim      = "same claim"                 // one speaker, one content
	SameClaimOther = "same claim, other claimant" // the content, of another speaker or of one who is not known
	SameTopic      = "same topic"                 // related, and never a reason to join a family
)

// maxNodeRelations bounds how many relations of one node a trace reads.
const maxNodeRelations = 1000

// joins reports whether a relation makes two claims one family.
func (t *tracer) joins(r *Relation) bool {
	if r.Kind != Matches || !t.follows(r) {
		return false
	}
	return r.Status == StatusConfirmed || r.Status == StatusStated ||
		len(r.Reasons) > 0 && (r.Reasons[0] == SameClaim || r.Reasons[0] == SameClaimOther)
}

// follows reports whether a relation is held to be: a text or a person says so,
// or its score reaches the threshold and nobody has rejected it.
func (t *tracer) follows(r *Relation) bool {
	switch r.Status {
	case StatusConfirmed, StatusStated:
		return true
	case StatusRejected:
		return false
	}
	if t.declared && r.Kind != Matches && (r.Basis == BasisQuoted || r.Basis == BasisInferred) {
		return false
	}
	return r.Score >= t.threshold
}

// relate reads the relations that the nodes are an end of, in two batches.
func (t *tracer) relate(ctx context.Context, ids []ID) error {
	var fresh []ID
	for _, id := range ids {
		if _, ok := t.touching[id]; !ok {
			t.touching[id] = nil
			fresh = append(fresh, id)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	edges, err := t.relations(ctx, sortedIDs(fresh))
	if err != nil {
		return err
	}
	at := map[ID][]ID{}
	for _, e := range edges {
		at[e.To] = append(at[e.To], e.From)
	}
	var all []ID
	for id, rels := range at {
		rels = sortedIDs(rels)
		if len(rels) > maxNodeRelations {
			t.cut(fmt.Sprintf("%s has %d relations: the first %d were read.", id.Short(), len(rels), maxNodeRelations))
			rels = rels[:maxNodeRelations]
		}
		at[id] = rels
		all = append(all, rels...)
	}
	if err := t.read(ctx, all...); err != nil {
		return err
	}
	for id, rels := range at {
		for _, rel := range rels {
			if r := on[*Relation](t.shelf, rel); r != nil {
				t.touching[id] = append(t.touching[id], r)
			}
		}
	}
	return nil
}

// ends are which relations nodes are an end of, read ahead.
type ends struct {
	of    []ID          // the nodes, in order
	read  chan struct{} // closed when the rest is there
	edges []Edge
	err   error
}

// relateNext begins to read which relations nodes are an end of, for relate, which is to come next for some of them.
func (t *tracer) relateNext(ctx context.Context, ids []ID) {
	e := &ends{of: ids, read: make(chan struct{})}
	t.ends = e
	t.beside.Go(func() {
		defer close(e.read)
		e.edges, e.err = t.r.In(ctx, e.of, RelatedFrom, RelatedTo)
	})
}

// relations reads which relations nodes, which are in order, are an end of, as far as relateNext has not read it.
func (t *tracer) relations(ctx context.Context, ids []ID) (edges []Edge, err error) {
	if had := t.ends; had != nil {
		t.ends = nil
		<-had.read
		if had.err != nil {
			return nil, had.err
		}
		edges = slices.DeleteFunc(had.edges, func(e Edge) bool { _, asked := slices.BinarySearch(ids, e.To); return !asked })
		ids = slices.DeleteFunc(ids, func(id ID) bool { _, known := slices.BinarySearch(had.of, id); return known })
	}
	if len(ids) == 0 {
		return edges, nil
	}
	more, err := t.r.In(ctx, ids, RelatedFrom, RelatedTo)
	return append(edges, more...), err
}

// gather collects the family of the roots: all claims that joining relations
// reach, nearest first, at most the limit and within the depth. What their documents cite is read meanwhile.
func (t *tracer) gather(ctx context.Context, roots []*Claim) error {
	frontier := make([]ID, 0, len(roots))
	for _, c := range roots {
		t.family[c.ID] = c
		frontier = append(frontier, c.ID)
	}
	t.cite(ctx, roots)
	over := map[ID]bool{}
	for hop := 0; len(frontier) > 0; hop++ {
		if err := t.relate(ctx, frontier); err != nil {
			return err
		}
		var reached []ID
		for _, id := range frontier {
			for _, r := range t.touching[id] {
				if other := r.other(id); t.joins(r) && t.family[other] == nil {
					reached = append(reached, other)
				}
			}
		}
		reached = sortedIDs(reached)
		if hop == t.depth {
			if len(reached) > 0 {
				t.cut(fmt.Sprintf("The family goes on beyond a depth of %d: at least %d more claims.", t.depth, len(reached)))
			}
			break
		}
		if len(reached) > 0 && len(t.family)+len(reached) <= t.limit { // of most of them that is to be asked
			t.relateNext(ctx, reached)
		}
		if err := t.read(ctx, reached...); err != nil {
			return err
		}
		if err := t.read(ctx, segmentsOf(t.shelf, reached)...); err != nil {
			return err
		}
		frontier = frontier[:0]
		var joined []*Claim
		for _, id := range reached {
			c := on[*Claim](t.shelf, id)
			switch {
			case c == nil:
			case !t.commenters && !t.left.inText(t.shelf, id, c.Segment), !t.left.dated(id, c.StatedOn):
			case len(t.family) >= t.limit:
				over[id] = true
			default:
				t.family[id] = c
				frontier, joined = append(frontier, id), append(joined, c)
			}
		}
		t.cite(ctx, joined)
	}
	if len(over) > 0 {
		t.cut(fmt.Sprintf("The limit of %d claims was reached: the family has at least %d more.", t.limit, len(over)))
	}
	return nil
}

// other returns the end of a relation that is not the given one.
func (r *Relation) other(end ID) ID {
	if r.From == end {
		return r.To
	}
	return r.From
}

// matches gives the relations that join a claim to others of the family, in order of ID.
func (t *tracer) matches(claim ID) iter.Seq[*Relation] {
	return func(yield func(*Relation) bool) {
		for _, r := range t.touching[claim] {
			if t.joins(r) && t.family[r.other(claim)] != nil && !yield(r) {
				return
			}
		}
	}
}

// links returns, for every claim of the family that a claim is joined to, the
// first relation on the shortest way to it.
func (t *tracer) links(claim ID) map[ID]*Relation {
	toward := map[ID]*Relation{claim: nil}
	frontier := []ID{claim}
	for len(frontier) > 0 {
		var next []ID
		for _, id := range frontier {
			for r := range t.matches(id) {
				other := r.other(id)
				if _, ok := toward[other]; !ok {
					toward[other] = r
					next = append(next, other)
				}
			}
		}
		slices.Sort(next)
		frontier = next
	}
	return toward
}

// divide names the families of the claims that were gathered.
func (t *tracer) divide(claims []*Claim) {
	for _, c := range claims {
		if t.families[c.ID] != "" {
			continue
		}
		members := keysOf(t.links(c.ID))
		for _, id := range members {
			t.families[id] = members[0]
		}
	}
}

// familyOf returns the smallest claim of the family of a claim; the claim itself
// when it was not gathered with any.
func (t *tracer) familyOf(claim ID) ID {
	if first := t.families[claim]; first != "" {
		return first
	}
	return claim
}

// takes returns what a claim takes from other claims.
func (t *tracer) takes(claim ID) []Take {
	var out []Take
	for _, r := range t.touching[claim] {
		if r.From == claim && (r.Kind == TakesFrom || r.Kind == QuotesFrom) && t.follows(r) && on[*Claim](t.shelf, r.To) != nil {
			out = append(out, Take{claim, r.To, r})
		}
	}
	slices.SortFunc(out, func(a, b Take) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Relation.ID, b.Relation.ID)) })
	return out
}

// retell finds, for the claims that tell in other words what a speaker said, the
// speaker's own words in the family.
func retell(claims []TracedClaim) {
	type key struct{ family, speaker ID }
	own := map[key]*TracedClaim{}
	for i := range claims {
		c := &claims[i]
		if c.Speaker == nil || c.Claim.Mode != ModeDirect {
			continue
		}
		at := key{c.Family, c.Speaker.ID}
		if had := own[at]; had == nil || len(c.Claim.Words()) > len(had.Claim.Words()) ||
			len(c.Claim.Words()) == len(had.Claim.Words()) && c.Claim.ID < had.Claim.ID {
			own[at] = c
		}
	}
	for i := range claims {
		c := &claims[i]
		if c.Speaker == nil || c.Claim.Mode == ModeDirect {
			continue
		}
		if of := own[key{c.Family, c.Speaker.ID}]; of != nil {
			c.Retells = &Retelling{of.Claim.ID, len(FoldWords(c.Claim.Words())), len(FoldWords(of.Claim.Words()))}
		}
	}
}
