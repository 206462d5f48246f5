package graph

import "sort"

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
	sort.Slice(g.Nodes, func(i, j int) bool { return g.Nodes[i].NodeID() < g.Nodes[j].NodeID() })
	nodes := g.Nodes[:0]
	for i, n := range g.Nodes {
		if i == 0 || n.NodeID() != nodes[len(nodes)-1].NodeID() {
			nodes = append(nodes, n)
		}
	}
	g.Nodes = nodes
	SortEdges(g.Edges)
	edges := g.Edges[:0]
	for i, e := range g.Edges {
		if i == 0 || e != edges[len(edges)-1] {
			edges = append(edges, e)
		}
	}
	g.Edges = edges
}

// SortEdges puts edges in order of From, Kind, To, Label.
func SortEdges(edges []Edge) {
	sort.Slice(edges, func(i, j int) bool {
		a, b := edges[i], edges[j]
		switch {
		case a.From != b.From:
			return a.From < b.From
		case a.Kind != b.Kind:
			return a.Kind < b.Kind
		case a.To != b.To:
			return a.To < b.To
		}
		return a.Label < b.Label
	})
}
