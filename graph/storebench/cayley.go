package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/bolt"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/query"
	gizmolang "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
)

// A cayley asks a quad store through Cayley.
type cayley struct {
	quads cgraph.QuadStore
	close func() error
}

func openBolt(dir string) (engine, error) { return newBolt(dir, nil) }
func openBoltNoBloom(dir string) (engine, error) {
	return newBolt(dir, cgraph.Options{kv.OptNoBloom: true})
}

// newBolt opens stock Cayley on bolt, as Cayley does.
func newBolt(dir string, o cgraph.Options) (engine, error) {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		if err := cgraph.InitQuadStore(bolt.Type, dir, o); err != nil {
			return nil, fmt.Errorf("make a graph on bolt: %w", err)
		}
	}
	qs, err := cgraph.NewQuadStore(bolt.Type, dir, o)
	if err != nil {
		return nil, fmt.Errorf("open a graph on bolt: %w", err)
	}
	return &cayley{quads: qs, close: qs.Close}, nil
}

func openMemory(string) (engine, error) {
	qs := memstore.New()
	return &cayley{quads: qs, close: qs.Close}, nil
}

func (c *cayley) Load(_ context.Context, quads []quad.Quad) error {
	deltas := make([]cgraph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cgraph.Delta{Quad: q, Action: cgraph.Add}
	}
	return c.quads.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true})
}

func (c *cayley) Node(ctx context.Context, subject quad.IRI) (int, error) {
	it := c.quads.QuadIterator(quad.Subject, c.quads.ValueOf(subject))
	defer it.Close()
	n := 0
	for it.Next(ctx) {
		if q := c.quads.Quad(it.Result()); q.IsValid() {
			n++
		}
	}
	return n, it.Err()
}

func (c *cayley) TwoHops(ctx context.Context, from quad.IRI, way way) (int, error) {
	p := path.StartPath(c.quads, from)
	for _, h := range way {
		if h.back {
			p = p.In(h.predicate)
		} else {
			p = p.Out(h.predicate)
		}
	}
	found, err := p.Unique().Iterate(ctx).AllValues(c.quads)
	return len(found), err
}

func (c *cayley) Gizmo(ctx context.Context, from quad.IRI, way way) (int, error) {
	q := fmt.Sprintf("g.V(%q)", from.String())
	for _, h := range way {
		if h.back {
			q += fmt.Sprintf(".In(%q)", h.predicate.String())
		} else {
			q += fmt.Sprintf(".Out(%q)", h.predicate.String())
		}
	}
	q += ".Unique().All()"
	it, err := gizmolang.NewSession(c.quads).Execute(ctx, q, query.Options{Collation: query.JSON})
	if err != nil {
		return 0, err
	}
	defer it.Close()
	n := 0
	for it.Next(ctx) {
		if it.Result() != nil {
			n++
		}
	}
	return n, it.Err()
}

func (c *cayley) Close() error { return c.close() }
