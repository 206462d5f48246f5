package dgraphstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dgraph-io/dgo/v240/protos/api"

	"whence/graph"
	"whence/graph/store"
)

var _ store.Backend = (*backend)(nil)

// Options are what a store may be told.
type Options struct {
	// Patience is how long the alphas are asked again and again while none of them answers, or a transaction is
	// aborted: a minute unless given. It takes them some seconds to agree on who leads when the one that led is gone.
	Patience time.Duration
	// Existing is that a store that is not there is not made.
	Existing bool
}

// The patience unless Options give another, and the most until an alpha has answered for the first time.
const (
	patience      = time.Minute
	firstPatience = 15 * time.Second
)

// Open opens the store at an address: dgraph://host:port,host:port/name. The hosts are alphas of one cluster; naming
// several lets others answer when one is down. Without a port it is 9080. The name, "whence" when it is left out, tells apart
// the stores that one cluster keeps. Any number of processes may have one store open.
//
// It fails with [graph.ErrInvalid] for an address that is none, with [graph.ErrVersion] when a newer program made the
// store, with [graph.ErrNotFound] when there is none and none is to be made, and after some seconds when no alpha answers.
func Open(ctx context.Context, at string, o Options) (store.Backend, error) {
	a, err := parseAddress(at)
	if err != nil {
		return nil, err
	}
	b, err := openBackend(ctx, a, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a, err)
	}
	return b, nil
}

// A backend is a store in a Dgraph cluster.
type backend struct {
	cluster *cluster
	schema  schema
	root    string // the uid of the node that stands for the store
	page    int    // the most quads, hashes or entries in one answer
	chunk   int    // the most statements in one request of a transaction
}

func openBackend(ctx context.Context, a address, o Options) (*backend, error) {
	c, err := dial(a)
	if err != nil {
		return nil, err
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	c.patience = min(o.Patience, firstPatience)
	b := &backend{cluster: c, schema: newSchema(a.name), page: 5_000, chunk: 20_000}
	if err := b.prepare(ctx, !o.Existing); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	c.patience = o.Patience
	return b, nil
}

// A root is what the node that stands for a store says.
type root struct {
	UID    string `json:"uid"`
	Format int64  `json:"format"`
	Head   int64  `json:"head"`  // the number of the last entry
	Quads  int64  `json:"quads"` // how many quads are held
	Texts  int64  `json:"texts"`
}

// rootQuery is a block that reads the root.
func (b *backend) rootQuery() string {
	s := b.schema
	return fmt.Sprintf("root(func: has(%s)) { uid format: %s head: %s quads: %s texts: %s }\n", s.format, s.format, s.head, s.quads, s.texts)
}

// rootQuads are the statements that write the root anew.
func (b *backend) rootQuads(r root) []*api.NQuad {
	return []*api.NQuad{integer(r.UID, b.schema.head, r.Head), integer(r.UID, b.schema.quads, r.Quads), integer(r.UID, b.schema.texts, r.Texts)}
}

// rootOf returns the root of an answer to rootQuery, or nil when there is no store.
func rootOf(roots []root) (*root, error) {
	switch {
	case len(roots) == 0:
		return nil, nil
	case len(roots) > 1:
		return nil, fmt.Errorf("%d nodes stand for the store: %w", len(roots), graph.ErrDamaged)
	case roots[0].Format > format:
		return nil, fmt.Errorf("the store has format %d, this program reads up to %d: use a newer one: %w", roots[0].Format, format, graph.ErrVersion)
	case roots[0].Format < 1:
		return nil, fmt.Errorf("the store says that it has format %d: %w", roots[0].Format, graph.ErrDamaged)
	}
	return &roots[0], nil
}

// sameRoot returns the root of an answer, which must be that of the store that was opened.
func (b *backend) sameRoot(roots []root) (root, error) {
	held, err := rootOf(roots)
	if err == nil && (held == nil || held.UID != b.root) {
		err = fmt.Errorf("the store is no longer in the cluster at %s: %w", b.cluster.where, graph.ErrNotFound)
	}
	if err != nil {
		return root{}, err
	}
	return *held, nil
}

// prepare finds the root, and may make it and the schema when there is none. A store that is there is left alone:
// a change of schema aborts the transactions of others.
func (b *backend) prepare(ctx context.Context, create bool) error {
	made := false
	for p := b.cluster.patient(); ; {
		var got struct{ Root []root }
		start, err := b.read(ctx, moment{}, b.rootQuery(), &got)
		if err != nil {
			return err
		}
		held, err := rootOf(got.Root)
		if err != nil {
			return err
		}
		if held != nil {
			b.root = held.UID
			return nil
		}
		if !create {
			return fmt.Errorf("there is no such store in the cluster: load documents into it first: %w", graph.ErrNotFound)
		}
		if !made {
			err := b.cluster.ask(ctx, func(ctx context.Context, a *alpha) error {
				_, err := a.Alter(ctx, &api.Operation{Schema: b.schema.String()})
				return err
			})
			if err != nil {
				return fmt.Errorf("making the schema: %w", err)
			}
			made = true
			continue // the schema is newer than what was read
		}
		first := root{UID: "_:root"}
		set := append(b.rootQuads(first), integer(first.UID, b.schema.format, format))
		// Whether or not this succeeds is seen in the next round: another process may be first.
		if err := b.commit(ctx, start, []*api.Mutation{{Set: set}}); err != nil {
			if err := p.again(ctx, err); err != nil {
				return err
			}
		}
	}
}

// A moment is the time of Dgraph's clock at which something is read.
type moment struct {
	start    uint64 // 0 is now
	hash     string // what Dgraph gave with start
	readOnly bool   // a time that many readers may have, and at which nothing is written
}

// read asks a query, reads its answer, and returns when it was asked.
func (b *backend) read(ctx context.Context, at moment, dql string, out any) (moment, error) {
	r, err := b.cluster.query(ctx, &api.Request{Query: "{\n" + dql + "}", StartTs: at.start, Hash: at.hash, ReadOnly: at.readOnly})
	if err != nil {
		return moment{}, err
	}
	if err := json.Unmarshal(r.Json, out); err != nil {
		return moment{}, fmt.Errorf("an answer of %d bytes is not as it was asked for: %w: %w", len(r.Json), err, graph.ErrDamaged)
	}
	return moment{r.Txn.GetStartTs(), r.Txn.GetHash(), at.readOnly}, nil
}

// Snapshot implements [store.Backend].
func (b *backend) Snapshot(ctx context.Context) (store.Snapshot, error) {
	var got struct{ Root []root }
	at, err := b.read(ctx, moment{readOnly: true}, b.rootQuery(), &got)
	if err != nil {
		return nil, err
	}
	held, err := b.sameRoot(got.Root)
	if err != nil {
		return nil, err
	}
	return &snapshot{backend: b, at: at, root: held}, nil
}

// Close implements [store.Backend].
func (b *backend) Close() error { return b.cluster.Close() }
