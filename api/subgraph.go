package api

import (
	"context"

	"whence/graph"
	"whence/graph/export"
)

type subgraphJSON struct {
	Answer string `json:"answer"`
	export.Graph
	Warnings []string `json:"warnings"`
}

// subgraph shows what lies around some nodes.
func subgraph(ctx context.Context, q *question) (*answer, error) {
	depth := q.number("depth", 1, 0, graph.MaxNeighbourhoodDepth)
	limit := q.number("limit", defaultNodes, 1, graph.MaxNeighbourhoodLimit)
	var from []graph.ID
	for _, v := range q.values["node"] {
		from = append(from, q.parseID("node", v))
	}
	switch {
	case len(from) == 0:
		q.fail("node", "want the ID of a node")
	case len(from) > maxNodes:
		q.fail("node", "want at most %d nodes", maxNodes)
	}
	if q.err != nil {
		return nil, q.err
	}
	for _, id := range from {
		if err := q.holds(ctx, "node", "node", id); err != nil {
			return nil, err
		}
	}
	g, err := graph.Neighbourhood(ctx, q, from, depth, limit)
	if err != nil {
		return nil, err
	}
	a := &answer{graph: g, roots: from}
	if q.dot {
		return a, nil
	}
	if err := q.wire.readFor(ctx, q, g.Nodes...); err != nil {
		return nil, err
	}
	around, err := q.wire.graph(g)
	a.body = subgraphJSON{found, around, some(q.Warnings())}
	return a, err
}
