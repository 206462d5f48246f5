package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// Name is what the store is registered with Cayley as.
const Name = "pebble"

func init() {
	cgraph.RegisterQuadStore(Name, cgraph.QuadStoreRegistration{
		NewFunc: func(dir string, _ cgraph.Options) (cgraph.QuadStore, error) {
			db, err := Open(dir, &Options{MustExist: true})
			if errors.Is(err, fs.ErrNotExist) {
				return nil, cgraph.ErrNotInitialized
			} else if err != nil {
				return nil, err
			}
			return &QuadStore{db: db, owns: true}, nil
		},
		InitFunc: func(dir string, _ cgraph.Options) error {
			if db, err := Open(dir, &Options{MustExist: true, ReadOnly: true}); err == nil {
				return errors.Join(cgraph.ErrDatabaseExists, db.Close())
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			db, err := Open(dir, nil)
			if err != nil {
				return err
			}
			return db.Close()
		},
		IsPersistent: true,
	})
}

// A QuadStore is Cayley's view of a DB, or of one [Snapshot] of it, on which its paths
// and query languages run. It is safe for concurrent use.
//
// Some of Cayley's methods return no error. The first one that they meet is kept: the
// iterators end with it from then on, and whoever has run a query asks [QuadStore.Err]
// before believing the answer. So a query gets a QuadStore of its own.
type QuadStore struct {
	db   *DB
	view *Snapshot // nil for what is held at each moment
	owns bool      // Close closes the DB

	mu  sync.Mutex
	err error
}

var (
	_ cgraph.QuadStore      = (*QuadStore)(nil)
	_ cgraph.BatchQuadStore = (*QuadStore)(nil)
)

// QuadStore returns a view for one query or for writing, without an error so far. A scan of
// it that others write to sees some of what they write. Closing it does nothing.
func (d *DB) QuadStore() *QuadStore { return &QuadStore{db: d} }

// QuadStore returns a view for one query, which sees what the snapshot holds and cannot be
// written to. It is good until the snapshot is closed.
func (s *Snapshot) QuadStore() (cgraph.QuadStore, error) { return s.quadStore(), nil }

func (s *Snapshot) quadStore() *QuadStore { return &QuadStore{db: s.state.db, view: s} }

// Err returns the first error that a method met which could not return it.
func (qs *QuadStore) Err() error {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	return qs.err
}

// keep keeps an error, unless it is nil or not the first.
func (qs *QuadStore) keep(err error) {
	qs.mu.Lock()
	defer qs.mu.Unlock()
	if qs.err == nil {
		qs.err = err
	}
}

// do calls f with the state that is to be read.
func (qs *QuadStore) do(f func(*state) error) (err error) {
	if qs.view != nil {
		return f(qs.view.state)
	}
	s := qs.db.acquire()
	defer func() { err = errors.Join(err, qs.db.release(s)) }()
	return f(s)
}

// A nodeRef is a term.
type nodeRef string

// Key implements Cayley's Ref.
func (r nodeRef) Key() any { return r }

// A quadRef is the terms of a quad in the order of keySubjects.
type quadRef string

// Key implements Cayley's Ref.
func (r quadRef) Key() any { return r }

// termOf returns the term of a reference to a node.
func termOf(ref cgraph.Ref) ([]byte, error) {
	switch ref := ref.(type) {
	case nodeRef:
		return []byte(ref), nil
	case cgraph.PreFetchedValue:
		term, _, err := appendTerm(nil, ref.NameOf())
		return term, err
	}
	return nil, fmt.Errorf("a reference of type %T to a node: %w", ref, graph.ErrInvalid)
}

// ValueOf implements Cayley's QuadStore. It returns nil when no quad has the value.
func (qs *QuadStore) ValueOf(v quad.Value) cgraph.Ref {
	if v == nil {
		return nil
	}
	ref, err := qs.refOf(v)
	if err != nil {
		qs.keep(err)
	}
	return ref
}

func (qs *QuadStore) refOf(v quad.Value) (cgraph.Ref, error) {
	term, _, err := appendTerm(nil, v)
	if err != nil {
		return nil, err
	}
	used := false
	if err = qs.do(func(s *state) error {
		used, err = s.uses(term)
		return err
	}); err != nil || !used {
		return nil, err
	}
	return nodeRef(term), nil
}

// RefsOf implements Cayley's BatchQuadStore. A value that no quad has is an error.
func (qs *QuadStore) RefsOf(ctx context.Context, values []quad.Value) ([]cgraph.Ref, error) {
	refs := make([]cgraph.Ref, len(values))
	for i, v := range values {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ref, err := qs.refOf(v)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			return nil, fmt.Errorf("%v: %w", v, graph.ErrNotFound)
		}
		refs[i] = ref
	}
	return refs, nil
}

// NameOf implements Cayley's QuadStore.
func (qs *QuadStore) NameOf(ref cgraph.Ref) quad.Value {
	values, err := qs.ValuesOf(context.Background(), []cgraph.Ref{ref})
	if err != nil {
		qs.keep(err)
		return nil
	}
	return values[0]
}

// ValuesOf implements Cayley's BatchQuadStore. Of no reference there is no value.
func (qs *QuadStore) ValuesOf(ctx context.Context, refs []cgraph.Ref) ([]quad.Value, error) {
	values := make([]quad.Value, len(refs))
	var hashed []int
	for i, ref := range refs {
		switch ref := ref.(type) {
		case nil:
		case cgraph.PreFetchedValue:
			values[i] = ref.NameOf()
		case nodeRef:
			if isHashed([]byte(ref[:1])) {
				hashed = append(hashed, i)
				continue
			}
			v, err := qs.db.names.value([]byte(ref))
			if err != nil {
				return nil, err
			}
			values[i] = v
		default:
			return nil, fmt.Errorf("a reference of type %T to a node: %w", ref, graph.ErrInvalid)
		}
	}
	if len(hashed) == 0 {
		return values, ctx.Err()
	}
	slices.SortFunc(hashed, func(a, b int) int {
		return bytes.Compare([]byte(refs[a].(nodeRef)), []byte(refs[b].(nodeRef)))
	})
	err := qs.do(func(s *state) error {
		for _, i := range hashed {
			if err := ctx.Err(); err != nil {
				return err
			}
			v, err := s.longOf([]byte(refs[i].(nodeRef)))
			if err != nil {
				return err
			}
			values[i] = v
		}
		return nil
	})
	return values, err
}

// Quad implements Cayley's QuadStore.
func (qs *QuadStore) Quad(ref cgraph.Ref) quad.Quad {
	q, err := qs.quad(ref)
	if err != nil {
		qs.keep(err)
		return quad.Quad{}
	}
	return q
}

func (qs *QuadStore) quad(ref cgraph.Ref) (q quad.Quad, err error) {
	r, ok := ref.(quadRef)
	if !ok {
		return q, fmt.Errorf("a reference of type %T to a quad: %w", ref, graph.ErrInvalid)
	}
	err = qs.do(func(s *state) error {
		key := appendKey(nil, keySubjects, []byte(r))
		ts, err := splitKey(key)
		if err != nil {
			return err
		}
		for i, d := range order[keySubjects] {
			var v quad.Value
			switch {
			case !isHashed(ts[i]):
				v, err = s.db.names.value(ts[i])
			case d == quad.Object && ts[i][0] == tagLiteralHash:
				v, err = s.textOf(key)
			default:
				v, err = s.longOf(ts[i])
			}
			if err != nil {
				return err
			}
			q.Set(d, v)
		}
		return nil
	})
	return q, err
}

// QuadDirection implements Cayley's QuadStore. It returns nil for the label of a quad
// that has none.
func (qs *QuadStore) QuadDirection(ref cgraph.Ref, d quad.Direction) cgraph.Ref {
	r, ok := ref.(quadRef)
	if !ok {
		qs.keep(fmt.Errorf("a reference of type %T to a quad: %w", ref, graph.ErrInvalid))
		return nil
	}
	term := r.term(d)
	if term == "" || term[0] == tagNone {
		return nil
	}
	return nodeRef(term)
}

// term returns the term of a direction, "" when there is no such direction.
func (r quadRef) term(d quad.Direction) string {
	rest := string(r)
	for _, have := range order[keySubjects] {
		n := termLen(rest)
		if have == d {
			return rest[:n]
		}
		rest = rest[n:]
	}
	return ""
}

// QuadIterator implements Cayley's QuadStore. There is no index of predicates: their quads are found by reading all.
func (qs *QuadStore) QuadIterator(d quad.Direction, ref cgraph.Ref) cgraph.Iterator {
	if ref == nil {
		return iterator.NewNull()
	}
	term, err := termOf(ref)
	if err != nil {
		return iterator.NewError(err)
	}
	var ts [5][]byte
	ts[d] = term
	return cgraph.NewLegacy(newQuadShape(qs, ts), nil)
}

// QuadIteratorSize implements Cayley's QuadStore.
func (qs *QuadStore) QuadIteratorSize(ctx context.Context, d quad.Direction, ref cgraph.Ref) (cgraph.Size, error) {
	if ref == nil {
		return cgraph.Size{Exact: true}, nil
	}
	term, err := termOf(ref)
	if err != nil {
		return cgraph.Size{}, err
	}
	var ts [5][]byte
	ts[d] = term
	return newQuadShape(qs, ts).size(ctx)
}

// QuadsAllIterator implements Cayley's QuadStore.
func (qs *QuadStore) QuadsAllIterator() cgraph.Iterator {
	return cgraph.NewLegacy(newQuadShape(qs, [5][]byte{}), nil)
}

// NodesAllIterator implements Cayley's QuadStore: every value that a quad has anywhere, once.
func (qs *QuadStore) NodesAllIterator() cgraph.Iterator {
	return cgraph.NewLegacy(&nodeShape{qs}, nil)
}

// Stats implements Cayley's QuadStore. The number of quads is exact; that of nodes is
// only when it is asked for, as all keys are read then.
func (qs *QuadStore) Stats(ctx context.Context, exact bool) (stats cgraph.Stats, err error) {
	err = qs.do(func(s *state) error {
		stats.Quads = cgraph.Size{Size: s.counts.quads, Exact: true}
		stats.Nodes = cgraph.Size{Size: 1 + s.counts.quads}
		if !exact {
			return nil
		}
		n, err := s.countNodes(ctx)
		stats.Nodes = cgraph.Size{Size: n, Exact: true}
		return err
	})
	return stats, err
}

// Close implements Cayley's QuadStore.
func (qs *QuadStore) Close() error {
	if qs.owns {
		return qs.db.Close()
	}
	return nil
}

// uses reports whether a quad has a term in any direction.
func (s *state) uses(term []byte) (used bool, err error) {
	it, err := s.iter()
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, s.put(it)) }()
	defer caught(&err)
	for _, index := range []byte{keySubjects, keyObjects, keyLabels, keyPredicate} {
		if it.SeekPrefixGE(appendKey(nil, index, term)) {
			return true, nil
		}
		if err := it.Error(); err != nil {
			return false, damage(err)
		}
	}
	return false, nil
}

// textOf returns the literal that stands under a key of keySubjects.
func (s *state) textOf(key []byte) (quad.Value, error) {
	long, found, err := s.get(key)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("the quad under key %x: %w", key, graph.ErrNotFound)
	}
	return decodeLong(long)
}

// longOf returns the value of a term that holds a hash.
func (s *state) longOf(term []byte) (v quad.Value, err error) {
	long, found, err := s.get(appendKey(nil, keyValues, term))
	if err != nil {
		return nil, err
	}
	if found {
		return decodeLong(long)
	}
	if term[0] != tagLiteralHash {
		return nil, fmt.Errorf("the value of term %x: %w", term, graph.ErrNotFound)
	}
	// It stands beside each quad that has it as object.
	it, err := s.iter()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.put(it)) }()
	defer caught(&err)
	if !it.SeekPrefixGE(appendKey(nil, keyObjects, term)) {
		if err := it.Error(); err != nil {
			return nil, damage(err)
		}
		return nil, fmt.Errorf("the value of term %x: %w", term, graph.ErrNotFound)
	}
	ts, err := splitKey(it.Key())
	if err != nil {
		return nil, err
	}
	return seekLong(it, appendKey(nil, keySubjects, inOrder(keyObjects, ts)))
}
