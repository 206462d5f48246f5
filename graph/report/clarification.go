package report

import (
	"cmp"
	"slices"

	"whence/graph"
)

// A clarification is one thing that was said about a family of claims: that one of
// them is not the whole truth.
type clarification struct {
	family   graph.ID
	target   graph.ID // what says so: a document if it is held, else the source or claim
	document graph.ID // that the target is or stands in; "" for a source that is not held
	kind     graph.Predicate
	date     graph.Date // of the target; "" when neither it nor who tells of it is dated
	of       graph.ID   // the claim that it is stated of
	relation *graph.Relation
	node     graph.Node // the target as the text names it
}

// A spread is a clarification and the family that it is about.
type spread struct {
	clarification
	before, after []*graph.TracedClaim // dated certainly before it, and certainly after it, in order of date
	undated       []*graph.TracedClaim // or not certainly on one side
	carried       *carriage
}

// clarifications finds every clarification of the given kinds, in order of family, date
// and target. One that several texts tell of is one: the one told of first by ID stands for it.
func clarifications(s *graph.Survey, kinds ...graph.Predicate) []spread {
	type key struct {
		family, target graph.ID
		kind           graph.Predicate
	}
	found := map[key]*clarification{}
	for i := range s.Claims {
		c := &s.Claims[i]
		for _, q := range c.Qualifiers {
			if q.Inferred || !slices.Contains(kinds, q.Relation.Kind) {
				continue
			}
			k := clarification{family: c.Family, target: q.Target.NodeID(), kind: q.Relation.Kind, of: c.Claim.ID, relation: q.Relation, node: q.Target}
			switch target := q.Target.(type) {
			case *graph.Claim:
				k.document = target.Document
			case *graph.Document:
				k.document = target.ID
			}
			if q.Held != nil {
				k.target, k.document = q.Held.ID, q.Held.ID
			}
			k.date = dateOf(s, k.target)
			if k.date == "" {
				k.date = dateOf(s, q.Target.NodeID())
			}
			if k.date == "" {
				k.date = q.Relation.StatedOn
			}
			at := key{k.family, k.target, k.kind}
			if had := found[at]; had == nil || k.relation.ID < had.relation.ID {
				found[at] = &k
			}
		}
	}
	out := make([]spread, 0, len(found))
	carried := newCarriage(s)
	for _, k := range found {
		out = append(out, spread{clarification: *k, carried: carried})
	}
	slices.SortFunc(out, func(a, b spread) int {
		return cmp.Or(cmp.Compare(a.family, b.family), inTime(a.date, b.date), cmp.Compare(a.target, b.target), cmp.Compare(a.kind, b.kind))
	})
	clarifying := map[[2]graph.ID]bool{} // family and document
	for _, k := range out {
		clarifying[[2]graph.ID{k.family, k.target}] = true
	}
	for i := range out {
		out[i].divide(s, clarifying)
	}
	return out
}

// divide sorts the family of a clarification by when its claims were stated.
// Documents that clarify the family are on no side: they tell of it to do so.
func (k *spread) divide(s *graph.Survey, clarifying map[[2]graph.ID]bool) {
	for _, id := range s.Family(k.family) {
		c := s.Claim(id)
		switch {
		case clarifying[[2]graph.ID{k.family, c.Claim.Document}] || c.Claim.ID == k.target:
		case c.Claim.StatedOn.After(k.date):
			k.after = append(k.after, c)
		case k.date.After(c.Claim.StatedOn):
			k.before = append(k.before, c)
		default:
			k.undated = append(k.undated, c)
		}
	}
	byDate := func(a, b *graph.TracedClaim) int {
		return cmp.Or(inTime(a.Claim.StatedOn, b.Claim.StatedOn), cmp.Compare(a.Claim.ID, b.Claim.ID))
	}
	slices.SortFunc(k.before, byDate)
	slices.SortFunc(k.after, byDate)
}

// carriedBy reports whether the document of a claim carries a clarification: it
// tells of it, cites it, or takes the claim from it.
func (k *spread) carriedBy(c *graph.TracedClaim) bool {
	for _, has := range []map[graph.ID]bool{k.carried.by[c.Claim.ID], k.carried.by[c.Claim.Document]} {
		if has[k.target] || has[k.node.NodeID()] || k.document != "" && has[k.document] {
			return true
		}
	}
	return false
}

// A carriage is what claims and documents carry: what they are clarified by, what they cite, and what they
// take from, with the documents that those are or stand in. It is read once for a survey.
type carriage struct {
	by map[graph.ID]map[graph.ID]bool
}

func newCarriage(s *graph.Survey) *carriage {
	out := &carriage{map[graph.ID]map[graph.ID]bool{}}
	add := func(carrier graph.ID, what ...graph.ID) {
		if out.by[carrier] == nil {
			out.by[carrier] = map[graph.ID]bool{}
		}
		for _, id := range what {
			if id != "" {
				out.by[carrier][id] = true
			}
		}
	}
	for i := range s.Claims {
		c := &s.Claims[i]
		for _, q := range c.Qualifiers {
			if q.Inferred {
				continue
			}
			held := graph.ID("")
			if q.Held != nil {
				held = q.Held.ID
			}
			add(c.Claim.ID, q.Target.NodeID(), held)
			if q.Relation.Document != "" {
				add(q.Relation.Document, q.Target.NodeID(), held) // it says so of another claim, too
			}
		}
		for _, t := range c.Takes {
			add(c.Claim.ID, t.To)
			if from := s.Claim(t.To); from != nil {
				add(c.Claim.ID, from.Claim.Document)
			}
		}
	}
	for document, sources := range s.Cited {
		for _, source := range sources {
			add(document, source.ID, s.Held[source.ID])
		}
	}
	return out
}

// dateOf returns when a node was published or said.
func dateOf(s *graph.Survey, id graph.ID) graph.Date {
	switch n := s.Node(id).(type) {
	case *graph.Document:
		return n.Published
	case *graph.Source:
		return n.Date
	case *graph.Claim:
		return cmp.Or(n.SaidOn, n.StatedOn)
	}
	return ""
}
