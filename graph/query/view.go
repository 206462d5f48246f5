package query

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/store"
	"whence/graph/vocab"
)

// A QuadStorer is a snapshot that gives its quads to Cayley.
type QuadStorer interface {
	// QuadStore returns the quads of the snapshot, to read until that is closed. One that is also a
	// [sync.Locker] is locked for the length of each call of it or of one of its iterators. Of one that has
	// a method Err() error that is asked at the end of a query for the first error that no other method
	// could return.
	QuadStore() (cayley.QuadStore, error)
}

// A view is a [cayley.QuadStore] of the quads that a raw view sees. Nothing is written through it.
//
// Every call of the engine goes through do, so that none is under way, and none begins, once the view
// has ended: a query that runs on has nothing left to read.
type view struct {
	qs   cayley.QuadStore
	raw  store.Raw
	bare bool // strings may name nodes

	mu      sync.Mutex // guards what follows, and all calls of qs
	lock    sync.Locker
	ended   bool
	err     error // the first of the engine's
	open    map[*scan]bool
	live    map[any]bool              // by key of a label
	refs    map[quad.Value]cayley.Ref // what names in the query stand for; at most maxRefs
	missing []string                  // names that stand nowhere
}

var errEnded = errors.New("the query has ended")

func newView(qs cayley.QuadStore, raw store.Raw, bare bool) *view {
	v := &view{qs: qs, raw: raw, bare: bare, open: map[*scan]bool{}, live: map[any]bool{}, refs: map[quad.Value]cayley.Ref{}}
	v.lock, _ = qs.(sync.Locker)
	return v
}

// do calls f, which calls the engine, unless the view has ended.
func (v *view) do(f func()) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ended {
		return false
	}
	if v.lock != nil {
		v.lock.Lock()
		defer v.lock.Unlock()
	}
	f()
	return true
}

// end closes what is open, and returns what went wrong in the engine.
func (v *view) end() error {
	v.do(func() {
		v.ended = true
		for s := range v.open {
			v.fail(s.it.Close())
		}
		v.fail(v.engine())
	})
	v.mu.Lock()
	defer v.mu.Unlock()
	if errors.Is(v.err, context.Canceled) || errors.Is(v.err, context.DeadlineExceeded) {
		return nil // whoever ended the query knows
	}
	return v.err
}

// fail keeps the first error. mu is held.
func (v *view) fail(err error) {
	if v.err == nil {
		v.err = err
	}
}

// lack is fail of a thing that has no value. It is called in do.
func (v *view) lack(what string) {
	v.fail(v.engine())
	v.fail(fmt.Errorf("%w: a %s has no value", graph.ErrDamaged, what))
}

// engine returns the error that the engine could not return. It is called in do.
func (v *view) engine() error {
	if failing, ok := v.qs.(interface{ Err() error }); ok {
		return failing.Err()
	}
	return nil
}

// failure returns the first error.
func (v *view) failure() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.err == nil && v.ended {
		return errEnded
	}
	return v.err
}

// sees reports whether a quad is seen. It is called in do.
func (v *view) sees(ref cayley.Ref) bool {
	label := v.qs.QuadDirection(ref, quad.Label)
	if label == nil {
		return false
	}
	key := cayley.ToKey(label)
	live, known := v.live[key]
	if !known {
		live = v.seesLabel(label)
		v.live[key] = live
	}
	return live
}

func (v *view) seesLabel(label cayley.Ref) bool {
	name := v.qs.NameOf(label)
	if name == nil {
		v.lack("label")
	}
	return v.raw.Sees(codec.LabelOf(quad.Quad{Label: name}))
}

// names reports whether a quad that is seen names a node. It is called in do.
//
// The terms of the vocabulary count as named. They tell nothing of what was retracted, and all predicates are among
// them: no engine need have its quads in order of these.
func (v *view) names(ctx context.Context, node cayley.Ref) bool {
	name := v.qs.NameOf(node)
	if name == nil {
		v.lack("node")
	}
	if iri, ok := name.(quad.IRI); ok && (iri == vocab.Type || strings.HasPrefix(string(iri), vocab.Namespace)) {
		return iri != vocab.Seal
	}
	for _, d := range []quad.Direction{quad.Subject, quad.Object, quad.Label} {
		it := v.qs.QuadIterator(d, node)
		found := false
		for !found && ctx.Err() == nil && it.Next(ctx) {
			found = v.sees(it.Result())
		}
		if err := errors.Join(it.Err(), it.Close()); err != nil {
			v.fail(err)
			return false
		}
		if found {
			return true
		}
	}
	return false
}

// maxRefs bounds the names of which it is kept what they stand for.
const maxRefs = 1000

// maxMissing bounds the names that are kept to be warned of.
const maxMissing = 5

// ValueOf implements [cayley.QuadStore]. It knows the short forms of names.
func (v *view) ValueOf(name quad.Value) (ref cayley.Ref) {
	if name == nil {
		return nil
	}
	v.do(func() {
		if ref = v.refs[name]; ref != nil {
			return
		}
		for _, m := range meanings(name, v.bare) {
			if ref = v.qs.ValueOf(m); ref != nil && v.names(context.Background(), ref) {
				if len(v.refs) < maxRefs {
					v.refs[name] = ref
				}
				return
			}
		}
		ref = nil
		if len(v.missing) < maxMissing {
			v.missing = append(v.missing, v.lost(name))
		}
	})
	return ref
}

// lost says that a name stands nowhere in what is seen. It is called in do.
func (v *view) lost(name quad.Value) string {
	if s, ok := name.(quad.String); ok && !v.bare {
		for _, m := range meanings(quad.IRI(s), false) {
			if ref := v.qs.ValueOf(m); ref != nil && v.names(context.Background(), ref) {
				return fmt.Sprintf("%q is taken for text, which stands nowhere in what is seen; the node is \"<%s>\"", string(s), string(s))
			}
		}
	}
	return fmt.Sprintf("%v stands nowhere in what is seen", name)
}

// NameOf implements [cayley.QuadStore].
func (v *view) NameOf(ref cayley.Ref) (name quad.Value) {
	if ref == nil {
		return nil
	}
	if counted, ok := ref.(cayley.PreFetchedValue); ok {
		return counted.NameOf()
	}
	v.do(func() {
		if name = v.qs.NameOf(ref); name == nil {
			v.lack("node")
		}
	})
	return name
}

// ValuesOf implements [cayley.BatchQuadStore].
func (v *view) ValuesOf(ctx context.Context, refs []cayley.Ref) (values []quad.Value, err error) {
	if !v.do(func() { values, err = cayley.ValuesOf(ctx, v.qs, refs) }) {
		err = errEnded
	}
	return values, err
}

// RefsOf implements [cayley.BatchQuadStore].
func (v *view) RefsOf(_ context.Context, names []quad.Value) ([]cayley.Ref, error) {
	refs := make([]cayley.Ref, len(names))
	for i, name := range names {
		if refs[i] = v.ValueOf(name); refs[i] == nil {
			return nil, fmt.Errorf("%v stands nowhere in what is seen: %w", name, graph.ErrNotFound)
		}
	}
	return refs, v.failure()
}

// Quad implements [cayley.QuadStore].
func (v *view) Quad(ref cayley.Ref) (q quad.Quad) {
	v.do(func() {
		if q = v.qs.Quad(ref); !q.IsValid() {
			v.lack("quad")
		}
	})
	return q
}

// QuadDirection implements [cayley.QuadStore].
func (v *view) QuadDirection(ref cayley.Ref, d quad.Direction) (node cayley.Ref) {
	v.do(func() { node = v.qs.QuadDirection(ref, d) })
	return node
}

// QuadIterator implements [cayley.QuadStore].
func (v *view) QuadIterator(d quad.Direction, node cayley.Ref) cayley.Iterator {
	return v.leaf("quads", func() cayley.Iterator { return v.qs.QuadIterator(d, node) }, v.seesQuad)
}

// QuadsAllIterator implements [cayley.QuadStore].
func (v *view) QuadsAllIterator() cayley.Iterator {
	return v.leaf("all quads", v.qs.QuadsAllIterator, v.seesQuad)
}

// NodesAllIterator implements [cayley.QuadStore].
func (v *view) NodesAllIterator() cayley.Iterator {
	return v.leaf("all nodes", v.qs.NodesAllIterator, v.names)
}

func (v *view) seesQuad(_ context.Context, ref cayley.Ref) bool { return v.sees(ref) }

// QuadIteratorSize implements [cayley.QuadStore]. What is not seen counts.
func (v *view) QuadIteratorSize(ctx context.Context, d quad.Direction, node cayley.Ref) (size cayley.Size, err error) {
	if !v.do(func() { size, err = v.qs.QuadIteratorSize(ctx, d, node) }) {
		err = errEnded
	}
	size.Exact = false
	return size, err
}

// Stats implements [cayley.QuadStore]. What is not seen counts.
func (v *view) Stats(ctx context.Context, _ bool) (stats cayley.Stats, err error) {
	if !v.do(func() { stats, err = v.qs.Stats(ctx, false) }) {
		err = errEnded
	}
	stats.Nodes.Exact, stats.Quads.Exact = false, false
	return stats, err
}

var errReadOnly = errors.New("a query writes nothing")

// ApplyDeltas implements [cayley.QuadStore]: it refuses.
func (v *view) ApplyDeltas([]cayley.Delta, cayley.IgnoreOpts) error { return errReadOnly }

// NewQuadWriter implements [cayley.QuadStore]: it refuses.
func (v *view) NewQuadWriter() (quad.WriteCloser, error) { return nil, errReadOnly }

// Close implements [cayley.QuadStore]. The view ends with its query.
func (v *view) Close() error { return nil }
