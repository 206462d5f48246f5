package graph

import (
	"cmp"
	"slices"
)

// A Subgraph is a part of the graph: nodes by ID and the edges between them. It
// is comparable with reflect.DeepEqual after [Subgraph.Sort].
type Subgraph struct {
	Nodes []Node
	Edges []Edge
	Cut   []string // what was left out and why: limits reached, hubs not followed
}

// Sort puts nodes in order of ID and edges in order of From, Kind, To, Label, and removes
// what stands twice.
func (g *Subgraph) Sort() {
	slices.SortFunc(g.Nodes, func(a, b Node) int { return cmp.Compare(a.NodeID(), b.NodeID()) })
	g.Nodes = slices.CompactFunc(g.Nodes, func(a, b Node) bool { return a.NodeID() == b.NodeID() })
	SortEdges(g.Edges)
	g.Edges = slices.Compact(g.Edges)
}

// SortEdges puts edges in order of From, Kind, To, Label.
func SortEdges(edges []Edge) {
	sortEdges(edges, func(e Edge) ID { return e.From }, func(e Edge) ID { return e.To })
}

// SortIncoming puts edges in order of To, Kind, From, Label.
func SortIncoming(edges []Edge) {
	sortEdges(edges, func(e Edge) ID { return e.To }, func(e Edge) ID { return e.From })
}

// sortEdges puts edges in order of one end, their kind, the other end and their label. Those of one node mostly stand
// together, and the nodes in order, so that little is left to do.
func sortEdges(edges []Edge, first, second func(Edge) ID) {
	byFirst := func(a, b Edge) int { return cmp.Compare(first(a), first(b)) }
	if !slices.IsSortedFunc(edges, byFirst) {
		slices.SortFunc(edges, byFirst)
	}
	for len(edges) > 0 {
		n := 1
		for n < len(edges) && first(edges[n]) == first(edges[0]) {
			n++
		}
		slices.SortFunc(edges[:n], func(a, b Edge) int {
			if c := cmp.Compare(a.Kind, b.Kind); c != 0 {
				return c
			}
			if c := cmp.Compare(second(a), second(b)); c != 0 {
				return c
			}
			return cmp.Compare(a.Label, b.Label)
		})
		edges = edges[n:]
	}
}
