package graph

import (
	"context"
	"slices"
	"strings"
)

// qualifiers gathers what clarified, corrected or contradicted each claim: what
// a text says of the claim itself first, then what it says of other claims of
// the family, with the links that lead there.
func (t *tracer) qualifiers(ctx context.Context, claims []*Claim) (map[ID][]Qualifier, error) {
	stated := map[ID][]*Relation{}
	var around, targets []ID
	for _, c := range claims {
		for _, r := range t.touching[c.ID] {
			if r.From != c.ID || !slices.Contains(Clarifications, r.Kind) || !t.follows(r) || !t.left.dated(r.ID, r.when()) {
				continue
			}
			stated[c.ID] = append(stated[c.ID], r)
			around = append(around, r.To, r.Document)
			targets = append(targets, r.To)
		}
	}
	if len(stated) == 0 {
		return nil, nil
	}
	if err := t.read(ctx, around...); err != nil {
		return nil, err
	}
	if err := t.resolve(ctx, targets, AssertedBy, AttributedTo, WrittenBy, PublishedBy); err != nil {
		return nil, err
	}
	held, err := t.heldAs(ctx, targets)
	if err != nil {
		return nil, err
	}
	out := map[ID][]Qualifier{}
	said := map[[2]ID]bool{} // claim and target
	give := func(to ID, r *Relation, via []*Relation) {
		if key := [2]ID{to, r.To}; !said[key] && t.nodes[r.To] != nil {
			said[key] = true
			out[to] = append(out[to], Qualifier{
				Relation: r, Target: t.nodes[r.To], Speaker: t.speakerOf(r.To), Document: on[*Document](t.shelf, r.Document),
				Held: held[r.To], Inferred: len(via) > 0, Via: via,
			})
		}
	}
	for _, c := range claims {
		for _, r := range stated[c.ID] {
			give(c.ID, r, nil)
		}
	}
	for _, c := range claims {
		if len(stated[c.ID]) == 0 {
			continue
		}
		toward := t.links(c.ID)
		for _, other := range keysOf(toward) {
			if other == c.ID {
				continue
			}
			var via []*Relation
			for at := other; at != c.ID; at = toward[at].other(at) {
				via = append(via, toward[at])
			}
			for _, r := range stated[c.ID] {
				give(other, r, via)
			}
		}
	}
	for _, qs := range out {
		slices.SortStableFunc(qs, func(a, b Qualifier) int {
			switch {
			case a.Inferred && !b.Inferred:
				return 1
			case b.Inferred && !a.Inferred:
				return -1
			case a.Relation.StatedOn != b.Relation.StatedOn:
				return strings.Compare(string(a.Relation.StatedOn), string(b.Relation.StatedOn))
			}
			return strings.Compare(string(a.Relation.ID), string(b.Relation.ID))
		})
	}
	return out, nil
}

// when returns what a clock compares for a relation: what nobody published, but
// a person decided or a matcher found, is bound to no date of its own.
func (r *Relation) when() Date {
	if r.Document == "" {
		return "0001"
	}
	return r.StatedOn
}

// heldAs finds which of the sources are documents that are held, by the
// same-source link of the highest score.
func (t *tracer) heldAs(ctx context.Context, ids []ID) (map[ID]*Document, error) {
	var sources, ends []ID
	for _, id := range sortedIDs(slices.Clone(ids)) {
		if on[*Source](t.shelf, id) != nil {
			sources = append(sources, id)
		}
	}
	if err := t.relate(ctx, sources); err != nil {
		return nil, err
	}
	for _, id := range sources {
		for _, r := range t.touching[id] {
			ends = append(ends, r.other(id))
		}
	}
	if err := t.read(ctx, ends...); err != nil {
		return nil, err
	}
	held, score := map[ID]*Document{}, map[ID]Confidence{}
	for _, id := range sources {
		for _, r := range t.touching[id] {
			if d := on[*Document](t.shelf, r.other(id)); d != nil && r.Kind == SameSource && t.follows(r) && r.Score > score[id] {
				held[id], score[id] = d, r.Score
			}
		}
	}
	return held, nil
}

// speakerOf returns who speaks in what qualifies a claim.
func (t *tracer) speakerOf(id ID) *Agent {
	for _, kind := range []Predicate{AssertedBy, AttributedTo, WrittenBy, PublishedBy} {
		if a := t.who(id, kind); a != nil {
			return a
		}
	}
	return nil
}

// traceEdges are the kinds of edges that a trace shows between its nodes.
var traceEdges = append([]Predicate{
	AssertedBy, StatedIn, Within, SaidIn, HasFigure, SourcedFrom, AttributedTo, Cites, LinksTo, TakesFrom, QuotesFrom,
	Matches, SameSource, PublishedBy, WrittenBy, RelatedFrom, RelatedTo,
}, Clarifications...)

// draw puts all that a trace tells into its subgraph.
func (t *tracer) draw(ctx context.Context, out *Trace) error {
	shown := map[ID]bool{}
	show := func(ids ...ID) {
		for _, id := range ids {
			if id != "" {
				shown[id] = true
			}
		}
	}
	view := func(v ClaimView) {
		show(v.Claim.ID, v.Claim.Document, v.Why.Agent)
	}
	relation := func(r *Relation) { show(r.ID, r.From, r.To) }
	sources := map[ID]bool{}
	for _, c := range out.Claims {
		view(c.ClaimView)
		if c.Within != nil {
			view(*c.Within)
		}
		show(c.Claim.SaidIn, c.End.Node, c.Said.End.Node, c.Fact.End.Node)
		for _, f := range c.Figures {
			show(f.Statistic.ID, f.Statistic.SourceID)
		}
		for _, s := range c.Cites {
			show(s.ID)
		}
		for _, r := range c.Matches {
			relation(r)
		}
		for _, q := range c.Qualifiers {
			relation(q.Relation)
			show(q.Relation.Document)
			if q.Speaker != nil {
				show(q.Speaker.ID)
			}
		}
		for _, e := range slices.Concat(c.Path, c.Said.Path, c.Fact.Path) {
			show(e.From, e.To)
			for _, r := range t.touching[e.From] {
				if r.Kind == e.Kind && r.From == e.From && r.To == e.To {
					show(r.ID)
				}
			}
		}
	}
	for _, s := range out.Origins {
		show(s.ID)
	}
	for id := range shown {
		if on[*Source](t.shelf, id) != nil {
			sources[id] = true
		}
	}
	if err := t.resolve(ctx, keysOf(sources), AttributedTo); err != nil {
		return err
	}
	for _, id := range keysOf(sources) {
		show(t.resolved[resolvedKey{id, AttributedTo}].Agent)
	}
	if err := t.read(ctx, keysOf(shown)...); err != nil {
		return err
	}
	if err := t.fill(ctx, &out.Subgraph, shown, traceEdges...); err != nil {
		return err
	}
	out.Subgraph.Cut = merged(t.cuts)
	return nil
}
