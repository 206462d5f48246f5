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
	if !slices.IsSortedFunc(edges, compareEdges) { // they mostly are
		slices.SortFunc(edges, compareEdges)
	}
}

func compareEdges(a, b Edge) int {
	if c := cmp.Compare(a.From, b.From); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Kind, b.Kind); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label))
}
