package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/export"
)

type exportCmd struct {
	Format string   `arg:"" enum:"nquads,dot,json" help:"nquads: every live quad with its label. dot, json: nodes and edges."`
	Node   []string `help:"Only what lies around these nodes (dot, json)." placeholder:"ID"`
	Depth  int      `help:"How many edges around them." default:"2"`
	Limit  int      `help:"At most this many nodes (dot, json)." default:"1000"`
	Output string   `short:"o" help:"Write to a file instead of stdout; it appears whole or not at all." type:"path" placeholder:"FILE"`
	Ledger bool     `help:"Also what was recorded when, by whom and from which path (nquads)."`
}

// Run writes the graph.
func (c *exportCmd) Run(a *app) error {
	if c.Format == "nquads" && len(c.Node) > 0 {
		return usagef("export nquads writes whole labels; --node is for dot and json")
	}
	if c.Format != "nquads" && c.Ledger {
		return usagef("--ledger is for nquads")
	}
	if c.Depth < 0 || c.Depth > graph.MaxNeighbourhoodDepth {
		return usagef("--depth %d: want 0 to %d", c.Depth, graph.MaxNeighbourhoodDepth)
	}
	if c.Limit < 1 || c.Limit > graph.MaxNeighbourhoodLimit {
		return usagef("--limit %d: want 1 to %d", c.Limit, graph.MaxNeighbourhoodLimit)
	}
	store, err := a.openCopy()
	if err != nil {
		return err
	}
	defer store.Close()
	return a.output(c.Output, func(w io.Writer) error {
		if c.Format == "nquads" {
			return codec.DumpNQuads(a.ctx, w, store, graph.At{}, c.Ledger)
		}
		return store.View(a.ctx, graph.At{}, func(r graph.Reader) error {
			g, err := c.subgraph(a, r)
			if err != nil {
				return err
			}
			for _, cut := range g.Cut {
				fmt.Fprintln(a.stderr, "note:", clean(cut))
			}
			if c.Format == "json" {
				return export.JSON(&filter{w: w, change: escaped}, g, func(version graph.ID) (*graph.Offsets, error) { return offsets(a.ctx, r, version) })
			}
			return export.DOT(&filter{w: w, change: visible}, g, export.DOTOptions{})
		})
	})
}

// offsets reads the text that the spans of a version count in.
func offsets(ctx context.Context, r graph.Reader, version graph.ID) (*graph.Offsets, error) {
	nodes, err := r.Nodes(ctx, []graph.ID{version})
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		if v, ok := n.(*graph.Version); ok {
			text, err := r.Text(ctx, v.TextHash)
			if err != nil {
				return nil, err
			}
			return graph.NewOffsets(text), nil
		}
	}
	return nil, fmt.Errorf("version %s: %w", version, graph.ErrNotFound)
}

func (c *exportCmd) subgraph(a *app, r graph.Reader) (graph.Subgraph, error) {
	var from []graph.ID
	if len(c.Node) == 0 {
		documents, err := r.List(a.ctx, graph.TypeDocument, "", 0)
		if err != nil {
			return graph.Subgraph{}, err
		}
		return graph.Neighbourhood(a.ctx, r, documents, c.Depth, c.Limit)
	}
	for _, n := range c.Node {
		from = append(from, graph.ParseID(n))
	}
	held, err := r.Nodes(a.ctx, from)
	if err != nil {
		return graph.Subgraph{}, err
	}
	known := map[graph.ID]bool{}
	for _, n := range held {
		known[n.NodeID()] = true
	}
	for _, id := range from {
		if !known[id] {
			return graph.Subgraph{}, fmt.Errorf("--node %s: %w", id.Short(), graph.ErrNotFound)
		}
	}
	return graph.Neighbourhood(a.ctx, r, from, c.Depth, c.Limit)
}

// output calls write with stdout, or with a file that appears only when all of it is written.
func (a *app) output(path string, write func(io.Writer) error) error {
	if path == "" {
		w := bufio.NewWriter(a.stdout)
		return errors.Join(write(w), w.Flush())
	}
	return whole(path, 0o644, func(f *os.File) error {
		w := bufio.NewWriter(f)
		return errors.Join(write(w), w.Flush())
	})
}
