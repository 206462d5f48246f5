package graph

import (
	"context"
	"fmt"
	"slices"
)

// Bounds of a neighbourhood.
const (
	MaxNeighbourhoodDepth = 6
	MaxNeighbourhoodLimit = 5000
	// HubDegree is the number of edges from which a node is a hub: shown, but not
	// passed through, since what meets there need have nothing else in common.
	HubDegree = 64
)

// Neighbourhood returns what lies within depth edges of the nodes, at most limit nodes;
// what was cut is said in Subgraph.Cut. It does not pass through hubs
// (places, publishers, speakers, texts, anything with more than [HubDegree] edges): it shows
// them as leaves. The words of readers and what the clocks leave out are not in it,
// unless asked for by ID. ErrNotFound if none of the nodes is held.
func Neighbourhood(ctx context.Context, r Reader, from []ID, depth, limit int) (Subgraph, error) {
	var g Subgraph
	if depth < 0 || depth > MaxNeighbourhoodDepth {
		return g, fmt.Errorf("depth %d: want 0 to %d: %w", depth, MaxNeighbourhoodDepth, ErrInvalid)
	}
	if limit < 1 || limit > MaxNeighbourhoodLimit {
		return g, fmt.Errorf("limit %d: want 1 to %d: %w", limit, MaxNeighbourhoodLimit, ErrInvalid)
	}
	from = sortedIDs(slices.Clone(from))
	s := newShelf(r)
	if err := s.read(ctx, from...); err != nil {
		return g, err
	}
	left := newLeftOut(r.At().AsOf)
	shown := map[ID]bool{}
	var frontier []ID
	for _, id := range from {
		if s.nodes[id] != nil && len(shown) < limit {
			shown[id] = true
			frontier = append(frontier, id)
		}
	}
	if len(frontier) == 0 {
		return g, fmt.Errorf("none of the %d nodes asked for: %w", len(from), ErrNotFound)
	}
	hubs, over := 0, map[ID]bool{}
	for hop := 0; hop < depth && len(frontier) > 0; hop++ {
		out, err := r.Out(ctx, frontier)
		if err != nil {
			return g, err
		}
		in, err := r.In(ctx, frontier)
		if err != nil {
			return g, err
		}
		next := map[ID][]ID{}
		for _, e := range out {
			next[e.From] = append(next[e.From], e.To)
		}
		for _, e := range in {
			next[e.To] = append(next[e.To], e.From)
		}
		var reached []ID
		for _, id := range frontier {
			if hop > 0 && len(next[id]) > HubDegree {
				hubs++
				continue
			}
			reached = append(reached, next[id]...)
		}
		reached = sortedIDs(reached)
		if err := s.read(ctx, reached...); err != nil {
			return g, err
		}
		if err := s.read(ctx, segmentsOf(s, reached)...); err != nil {
			return g, err
		}
		frontier = frontier[:0]
		for _, id := range reached {
			n := s.nodes[id]
			switch {
			case n == nil || shown[id] || !left.shows(s, n):
				continue
			case len(shown) == limit:
				over[id] = true
				continue
			}
			shown[id] = true
			if passes(n) {
				frontier = append(frontier, id)
			}
		}
	}
	err := s.fill(ctx, &g, shown)
	if len(over) > 0 {
		g.Cut = append(g.Cut, fmt.Sprintf("The limit of %d nodes was reached: at least %d more lie within reach.", limit, len(over)))
	}
	if hubs > 0 {
		g.Cut = append(g.Cut, fmt.Sprintf("%d nodes with more than %d edges are shown but not passed through.", hubs, HubDegree))
	}
	g.Cut = append(g.Cut, left.warnings("node")...)
	return g, err
}

// passes reports whether a neighbourhood goes on beyond a node. Agents and
// texts join what need have nothing else in common.
func passes(n Node) bool {
	switch n.(type) {
	case *Agent, *Segment, *Version:
		return false
	}
	return true
}

// shows reports whether a node may be shown that nobody asked for by ID.
func (l *leftOut) shows(s *shelf, n Node) bool {
	switch n := n.(type) {
	case *Claim:
		return l.inText(s, n.ID, n.Segment) && l.dated(n.ID, n.StatedOn)
	case *Statistic:
		return l.inText(s, n.ID, n.Segment) && l.dated(n.ID, n.StatedOn)
	case *Document:
		return l.dated(n.ID, n.Published)
	case *Segment:
		return l.inText(s, n.ID, n.ID)
	case *Agent:
		if n.Type == Anonymous {
			l.reader(n.ID)
			return false
		}
	}
	return true
}

// inText reports whether something stands in the document's own text, and counts it if a reader wrote it.
func (l *leftOut) inText(s *shelf, id, segment ID) bool {
	if seg := on[*Segment](s, segment); seg != nil && seg.Type.IsReader() {
		l.reader(id)
		return false
	}
	return true
}

func segmentsOf(s *shelf, ids []ID) []ID {
	var out []ID
	for _, id := range ids {
		switch n := s.nodes[id].(type) {
		case *Claim:
			out = append(out, n.Segment)
		case *Statistic:
			out = append(out, n.Segment)
		}
	}
	return sortedIDs(out)
}

// fill puts the nodes and the edges between them into a subgraph. kinds says
// which edges; none means every kind.
func (s *shelf) fill(ctx context.Context, g *Subgraph, shown map[ID]bool, kinds ...Predicate) error {
	ids := make([]ID, 0, len(shown))
	for id := range shown {
		if s.nodes[id] != nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	g.Nodes = slices.Grow(g.Nodes, len(ids))
	for _, id := range ids {
		g.Nodes = append(g.Nodes, s.nodes[id])
	}
	if len(ids) == 0 {
		return nil
	}
	edges, err := s.r.Out(ctx, ids, kinds...)
	if err != nil {
		return err
	}
	for _, e := range edges {
		if shown[e.To] && s.nodes[e.To] != nil {
			g.Edges = append(g.Edges, e)
		}
	}
	g.Sort()
	return nil
}
