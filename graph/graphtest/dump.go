package graphtest

import (
	"context"
	"fmt"
	"testing"

	"whence/graph"
)

// A Dump is all that a reader sees, for comparing two states.
type Dump struct {
	IDs      map[graph.NodeType][]graph.ID
	Nodes    []graph.Node
	Out, In  []graph.Edge
	Resolved []graph.Resolved
	Decided  []graph.Applied
}

// Read returns all that a store shows at a time.
func Read(t testing.TB, s graph.Store, at graph.At) (d Dump) {
	t.Helper()
	if err := view(s, at, func(r graph.Reader) (err error) { d, err = dump(r); return err }); err != nil {
		t.Fatal(err)
	}
	return d
}

func view(s graph.Store, at graph.At, f func(graph.Reader) error) error {
	return s.View(context.Background(), at, f)
}

func dump(r graph.Reader) (d Dump, err error) {
	ctx := context.Background()
	d.IDs = map[graph.NodeType][]graph.ID{}
	var all []graph.ID
	for _, t := range graph.NodeTypes {
		ids, err := r.List(ctx, t, "", 0)
		if err != nil {
			return d, fmt.Errorf("list %s: %w", t, err)
		}
		if len(ids) > 0 {
			d.IDs[t] = ids
		}
		all = append(all, ids...)
	}
	if d.Nodes, err = r.Nodes(ctx, all); err != nil {
		return d, fmt.Errorf("nodes: %w", err)
	}
	if d.Out, err = r.Out(ctx, all); err != nil {
		return d, fmt.Errorf("out: %w", err)
	}
	if d.In, err = r.In(ctx, all); err != nil {
		return d, fmt.Errorf("in: %w", err)
	}
	if d.Resolved, err = r.Resolved(ctx, all); err != nil {
		return d, fmt.Errorf("resolved: %w", err)
	}
	d.Decided, err = r.Decided(ctx)
	return d, err
}
