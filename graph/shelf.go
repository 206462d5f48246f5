package graph

import (
	"context"
	"slices"
)

// A shelf keeps what one question has read, so that every node is read once and
// in batches.
type shelf struct {
	r        Reader
	nodes    map[ID]Node // nil for what is not held
	resolved map[resolvedKey]Resolved
}

type resolvedKey struct {
	subject ID
	kind    Predicate
}

func newShelf(r Reader) *shelf {
	return &shelf{r: r, nodes: map[ID]Node{}, resolved: map[resolvedKey]Resolved{}}
}

// read fetches those of the nodes that are not on the shelf yet, in one batch.
func (s *shelf) read(ctx context.Context, ids ...ID) error {
	var missing []ID
	for _, id := range ids {
		if _, ok := s.nodes[id]; !ok && id != "" {
			s.nodes[id] = nil
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	nodes, err := s.r.Nodes(ctx, missing)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if rel, ok := n.(*Relation); ok && rel.Status == "" {
			rel.Status = rel.defaultStatus()
		}
		s.nodes[n.NodeID()] = n
	}
	return nil
}

// resolve fetches who is meant at the subjects, in one batch.
func (s *shelf) resolve(ctx context.Context, subjects []ID, kinds ...Predicate) error {
	var missing []ID
	for _, id := range subjects {
		for _, k := range kinds {
			if _, ok := s.resolved[resolvedKey{id, k}]; !ok && id != "" {
				missing = append(missing, id)
				break
			}
		}
	}
	missing = sortedIDs(missing)
	if len(missing) == 0 {
		return nil
	}
	for _, id := range missing {
		for _, k := range kinds {
			s.resolved[resolvedKey{id, k}] = Resolved{}
		}
	}
	found, err := s.r.Resolved(ctx, missing, kinds...)
	if err != nil {
		return err
	}
	var agents []ID
	for _, f := range found {
		key := resolvedKey{f.Subject, f.Predicate}
		if had := s.resolved[key]; had.Agent == "" {
			s.resolved[key] = f
		}
		agents = append(agents, f.Agent)
	}
	return s.read(ctx, agents...)
}

// who returns the agent that is meant at a subject, or nil.
func (s *shelf) who(subject ID, kind Predicate) *Agent {
	return on[*Agent](s, s.resolved[resolvedKey{subject, kind}].Agent)
}

// on returns a node that was read, or nil when it is not held or of another type.
func on[T Node](s *shelf, id ID) T {
	n, _ := s.nodes[id].(T)
	return n
}

// claimViews reads what is needed to show the claims, in four batches.
func (s *shelf) claimViews(ctx context.Context, claims []*Claim) ([]ClaimView, error) {
	var around, ids []ID
	for _, c := range claims {
		around = append(around, c.Document, c.Segment)
		ids = append(ids, c.ID)
	}
	if err := s.read(ctx, around...); err != nil {
		return nil, err
	}
	if err := s.resolve(ctx, ids, AssertedBy); err != nil {
		return nil, err
	}
	views := make([]ClaimView, len(claims))
	for i, c := range claims {
		views[i] = s.claimView(c)
	}
	return views, nil
}

// claimView joins what was read about a claim.
func (s *shelf) claimView(c *Claim) ClaimView {
	return ClaimView{
		Claim:    c,
		Speaker:  s.who(c.ID, AssertedBy),
		Why:      s.resolved[resolvedKey{c.ID, AssertedBy}],
		Document: on[*Document](s, c.Document),
		Segment:  on[*Segment](s, c.Segment),
	}
}

// statisticViews reads what is needed to show the figures.
func (s *shelf) statisticViews(ctx context.Context, stats []*Statistic) ([]StatisticView, error) {
	var around, sources []ID
	for _, st := range stats {
		around = append(around, st.Document, st.SourceID)
		sources = append(sources, st.SourceID)
	}
	if err := s.read(ctx, around...); err != nil {
		return nil, err
	}
	if err := s.resolve(ctx, sources, AttributedTo); err != nil {
		return nil, err
	}
	views := make([]StatisticView, len(stats))
	for i, st := range stats {
		views[i] = StatisticView{
			Statistic: st,
			Source:    on[*Source](s, st.SourceID),
			Credited:  s.who(st.SourceID, AttributedTo),
			Document:  on[*Document](s, st.Document),
		}
	}
	return views, nil
}

// sortedIDs sorts the IDs and removes the empty one and what stands twice.
func sortedIDs(ids []ID) []ID {
	ids = slices.DeleteFunc(ids, func(id ID) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids)
}
