package pgquads

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"whence/graph"
)

const (
	mostKnown   = 10_000 // values that a quadStore remembers
	mostCounted = 1000   // quads that are counted to plan a query; more are as many
)

// errReadOnly is what a change through Cayley fails with.
var errReadOnly = errors.New("the graph is changed by whence alone, which keeps a log of it")

// A quadStore is a snapshot as Cayley's query languages read it: each iterator over the quads of a node is one round
// trip, in which their labels come too. References are hashes of nodes and of quads. It is safe for concurrent use.
type quadStore struct {
	snap *snapshot

	mu    sync.Mutex // guards the rest
	known map[hash]quad.Value
	sizes map[end]int64
	err   error
}

// An end is a node in one direction.
type end struct {
	direction quad.Direction
	node      hash
}

var (
	_ cgraph.QuadStore      = (*quadStore)(nil)
	_ cgraph.BatchQuadStore = (*quadStore)(nil)
)

// QuadStore returns the quads of the snapshot for Cayley's query languages, until the snapshot is closed. Nothing can
// be changed through it. It has a method Err() error, which returns the first error that no other method could.
func (s *snapshot) QuadStore() (cgraph.QuadStore, error) {
	return &quadStore{snap: s, known: map[hash]quad.Value{}, sizes: map[end]int64{}}, nil
}

// Err returns the first error that a method met which could not return it.
func (q *quadStore) Err() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err
}

// fail keeps the first error.
func (q *quadStore) fail(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.err = err
	}
}

// remember keeps values, which never change: a hash is of one value.
func (q *quadStore) remember(values map[hash]quad.Value) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.known)+len(values) > mostKnown {
		clear(q.known)
	}
	maps.Copy(q.known, values)
}

// nodeOf returns the hash that a reference to a node stands for.
func nodeOf(ref cgraph.Ref) (hash, error) {
	switch ref := ref.(type) {
	case hash:
		return ref, nil
	case cgraph.PreFetchedValue:
		return cgraph.HashOf(ref.NameOf()), nil
	}
	return hash{}, fmt.Errorf("a reference of type %T to a node: %w", ref, graph.ErrInvalid)
}

// ValueOf implements Cayley's QuadStore. It returns nil for a value that no quad has, and after an error (see Err).
func (q *quadStore) ValueOf(v quad.Value) cgraph.Ref {
	if v == nil {
		return nil
	}
	ref := cgraph.HashOf(v)
	if q.NameOf(ref) == nil {
		return nil
	}
	return ref
}

// RefsOf implements Cayley's BatchQuadStore, in one round trip. The error wraps [graph.ErrNotFound] for a value that
// no quad has.
func (q *quadStore) RefsOf(ctx context.Context, values []quad.Value) ([]cgraph.Ref, error) {
	refs := make([]cgraph.Ref, len(values))
	for i, v := range values {
		refs[i] = cgraph.HashOf(v)
	}
	held, err := q.ValuesOf(ctx, refs)
	if err != nil {
		return nil, err
	}
	for i, v := range held {
		if v == nil {
			return nil, fmt.Errorf("%v: %w", values[i], graph.ErrNotFound)
		}
	}
	return refs, nil
}

// NameOf implements Cayley's QuadStore. It returns nil for what is not there, and after an error (see Err).
func (q *quadStore) NameOf(ref cgraph.Ref) quad.Value {
	if ref == nil {
		return nil
	}
	values, err := q.ValuesOf(context.Background(), []cgraph.Ref{ref})
	if err != nil {
		q.fail(err)
		return nil
	}
	return values[0]
}

// ValuesOf implements Cayley's BatchQuadStore, in one round trip. Of what is not there the value is nil.
func (q *quadStore) ValuesOf(ctx context.Context, refs []cgraph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	wanted := map[hash][]int{} // where in out
	q.mu.Lock()
	for i, ref := range refs {
		if ref == nil {
			continue
		}
		h, err := nodeOf(ref)
		if err != nil {
			q.mu.Unlock()
			return nil, err
		}
		if v, ok := q.known[h]; ok {
			out[i] = v
		} else {
			wanted[h] = append(wanted[h], i)
		}
	}
	q.mu.Unlock()
	if len(wanted) == 0 {
		return out, nil
	}
	hashes := make([][]byte, 0, len(wanted))
	for h := range wanted {
		hashes = append(hashes, h[:])
	}
	got, _, err := q.nodes(ctx, findNodes, hashes)
	if err != nil {
		return nil, err
	}
	for h, v := range got {
		for _, i := range wanted[h] {
			out[i] = v
		}
	}
	return out, nil
}

// nodes is [snapshot.nodes], and remembers the values.
func (q *quadStore) nodes(ctx context.Context, sql string, args ...any) (map[hash]quad.Value, []cgraph.Ref, error) {
	values, order, err := q.snap.nodes(ctx, sql, args...)
	q.remember(values)
	return values, order, err
}

// Quad implements Cayley's QuadStore, as NameOf.
func (q *quadStore) Quad(ref cgraph.Ref) (out quad.Quad) {
	refs := make([]cgraph.Ref, len(quad.Directions))
	for i, d := range quad.Directions {
		refs[i] = q.QuadDirection(ref, d)
	}
	values, err := q.ValuesOf(context.Background(), refs)
	if err != nil {
		q.fail(err)
		return out
	}
	for i, d := range quad.Directions {
		out.Set(d, values[i])
	}
	return out
}

// QuadDirection implements Cayley's QuadStore.
func (q *quadStore) QuadDirection(ref cgraph.Ref, d quad.Direction) cgraph.Ref {
	hashes, ok := ref.(cgraph.QuadHash)
	if !ok {
		q.fail(fmt.Errorf("a reference of type %T to a quad: %w", ref, graph.ErrInvalid))
		return nil
	}
	if h := hashes.Get(d); h.Valid() {
		return h
	}
	return nil
}

// QuadIterator implements Cayley's QuadStore.
func (q *quadStore) QuadIterator(d quad.Direction, ref cgraph.Ref) cgraph.Iterator {
	node, err := nodeOf(ref)
	if err != nil {
		q.fail(err)
	}
	return cgraph.NewLegacy(&some{quads: q, end: end{d, node}}, nil)
}

// QuadsAllIterator implements Cayley's QuadStore.
func (q *quadStore) QuadsAllIterator() cgraph.Iterator {
	return cgraph.NewLegacy(&some{quads: q}, nil)
}

// NodesAllIterator implements Cayley's QuadStore.
func (q *quadStore) NodesAllIterator() cgraph.Iterator {
	return cgraph.NewLegacy(&some{quads: q, nodes: true}, nil)
}

// QuadIteratorSize implements Cayley's QuadStore.
func (q *quadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, ref cgraph.Ref) (cgraph.Size, error) {
	node, err := nodeOf(ref)
	if err != nil {
		return cgraph.Size{}, err
	}
	size, err := q.size(ctx, end{d, node})
	return cgraph.Size{Size: size, Exact: size < mostCounted && d != quad.Predicate}, err
}

// size returns how many quads have an end, at most mostCounted. By predicate there is no index: they are taken for many.
func (q *quadStore) size(ctx context.Context, e end) (size int64, err error) {
	q.mu.Lock()
	size, ok := q.sizes[e]
	q.mu.Unlock()
	switch {
	case ok:
		return size, nil
	case e.direction == quad.Predicate:
		return mostCounted, nil
	}
	err = q.snap.query(ctx, func() {}, func(rows pgx.Rows) error { return rows.Scan(&size) },
		`SELECT count(*) FROM (SELECT FROM quads WHERE `+e.direction.String()+`_hash = $1 LIMIT $2) AS q`, e.node[:], mostCounted)
	q.mu.Lock()
	defer q.mu.Unlock()
	if err == nil && len(q.sizes) < mostKnown {
		q.sizes[e] = size
	}
	return size, err
}

// Stats implements Cayley's QuadStore. Where exact figures are not asked for, they are what the server last counted.
func (q *quadStore) Stats(ctx context.Context, exact bool) (cgraph.Stats, error) {
	sql := `SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = ANY(ARRAY['quads'::regclass, 'nodes'::regclass]) ORDER BY relname = 'nodes'`
	if exact {
		sql = `SELECT count(*) FROM quads UNION ALL SELECT count(*) FROM nodes`
	}
	var sizes []int64
	err := q.snap.query(ctx, func() { sizes = nil }, func(rows pgx.Rows) error {
		var size int64
		err := rows.Scan(&size)
		sizes = append(sizes, size)
		return err
	}, sql)
	if err != nil {
		return cgraph.Stats{}, err
	}
	return cgraph.Stats{Quads: cgraph.Size{Size: sizes[0], Exact: exact}, Nodes: cgraph.Size{Size: sizes[1], Exact: exact}}, nil
}

// ApplyDeltas implements Cayley's QuadStore, and refuses.
func (*quadStore) ApplyDeltas([]cgraph.Delta, cgraph.IgnoreOpts) error { return errReadOnly }

// NewQuadWriter implements Cayley's QuadStore, and refuses.
func (*quadStore) NewQuadWriter() (quad.WriteCloser, error) { return nil, errReadOnly }

// Close implements Cayley's QuadStore. The snapshot is closed by whoever has it.
func (*quadStore) Close() error { return nil }
