package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// Memory returns an empty store that lives as long as the process.
func Memory() graph.Store {
	s, err := store.New(MemoryBackend(), store.Options{})
	if err != nil {
		panic(err) // an empty memory backend has nothing to fail on
	}
	return s
}

// MemoryBackend returns an empty backend that lives as long as the process.
func MemoryBackend() store.Backend {
	return &memory{memoryState: memoryState{quads: memstore.New(), texts: map[string]string{}}}
}

type memory struct {
	mu sync.RWMutex
	memoryState
}

// A memoryState is what a memory backend holds. Adding changes it in place; removing makes another,
// so that a snapshot keeps what it has.
type memoryState struct {
	quads   *memstore.QuadStore
	texts   map[string]string
	entries []store.Entry // the one with number n at n-1
}

// Snapshot implements [store.Backend].
func (m *memory) Snapshot(ctx context.Context) (store.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	return &memorySnapshot{memory: m, memoryState: m.memoryState}, nil
}

// Apply implements [store.Backend].
func (m *memory) Apply(ctx context.Context, b store.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := b.Entry; e != nil && e.Number != int64(len(m.entries))+1 {
		return fmt.Errorf("entry %d after %d: %w", e.Number, len(m.entries), store.ErrBehind)
	}
	if len(b.Remove) > 0 {
		gone := make(map[quad.Quad]bool, len(b.Remove))
		for _, q := range b.Remove {
			gone[q] = true
		}
		rest := memstore.New()
		err := each(ctx, m.quads, func(q quad.Quad) error {
			if !gone[q] {
				rest.AddQuad(q)
			}
			return nil
		})
		if err != nil {
			return err
		}
		m.quads = rest
	}
	for _, q := range b.Add {
		m.quads.AddQuad(q)
	}
	if len(b.DropTexts) > 0 {
		m.texts = maps.Clone(m.texts)
	}
	for _, hash := range b.DropTexts {
		delete(m.texts, hash)
	}
	for _, t := range b.Texts {
		m.texts[t.Hash] = t.Text
	}
	if b.Entry != nil {
		m.entries = append(m.entries, *b.Entry)
	}
	return nil
}

// Close implements [store.Backend].
func (m *memory) Close() error { return nil }

// A memorySnapshot reads what a memory backend held, with Cayley's iterators. Cayley's store has no lock
// of its own: every read takes the backend's.
type memorySnapshot struct {
	*memory
	memoryState
}

func (s *memorySnapshot) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, quad.Subject, subjects, predicates)
}

func (s *memorySnapshot) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, quad.Object, objects, predicates)
}

func (s *memorySnapshot) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, quad.Label, []quad.Value{label}, nil)
}

func (s *memorySnapshot) read(ctx context.Context, dir quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	quads := s.memoryState.quads
	wanted := map[cgraph.Ref]bool{}
	for _, p := range predicates {
		if ref := quads.ValueOf(p); ref != nil {
			wanted[ref] = true
		}
	}
	if len(predicates) > 0 && len(wanted) == 0 {
		return nil, ctx.Err()
	}
	var out []quad.Quad
	for _, v := range distinct(values) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		it := quads.QuadIterator(dir, quads.ValueOf(v))
		for it.Next(ctx) {
			ref := it.Result()
			if len(predicates) == 0 || wanted[quads.QuadDirection(ref, quad.Predicate)] {
				out = append(out, quads.Quad(ref))
			}
		}
		if err := errors.Join(it.Err(), it.Close()); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *memorySnapshot) Each(ctx context.Context, f func(quad.Quad) error) error {
	s.mu.Lock() // Cayley marks the store as being read
	var all []quad.Quad
	err := each(ctx, s.memoryState.quads, func(q quad.Quad) error { all = append(all, q); return nil })
	s.mu.Unlock() // f may read
	for _, q := range all {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			break
		}
		err = f(q)
	}
	return err
}

func (s *memorySnapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := map[string]string{}
	for _, h := range hashes {
		if text, ok := s.memoryState.texts[h]; ok {
			out[h] = text
		}
	}
	return out, nil
}

func (s *memorySnapshot) EachHash(ctx context.Context, f func(hash string) error) error {
	s.mu.RLock()
	hashes := slices.Collect(maps.Keys(s.memoryState.texts))
	s.mu.RUnlock()
	for _, h := range hashes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(h); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *memorySnapshot) Head() int64 { return int64(len(s.memoryState.entries)) }

func (s *memorySnapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	for _, e := range s.memoryState.entries[min(after, s.Head()):] {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(e); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *memorySnapshot) Close() error { return nil }

// QuadStore returns the quads for Cayley's query languages. What is applied later may show in it. It is a
// [sync.Locker]: Cayley's store has no lock of its own, and even reading marks it, so that it is to be locked during
// each call of it and of its iterators. Between two calls a writer may add: Cayley's trees and lists bear that, and a
// query holds up nobody longer than one call takes.
func (s *memorySnapshot) QuadStore() (cgraph.QuadStore, error) {
	return lockable{s.memoryState.quads, &s.mu}, nil
}

// A lockable is Cayley's memory store with the lock that guards it.
type lockable struct {
	*memstore.QuadStore
	sync.Locker
}

// each calls f with every quad of Cayley's store.
func each(ctx context.Context, quads *memstore.QuadStore, f func(quad.Quad) error) error {
	it := quads.QuadsAllIterator()
	for it.Next(ctx) {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, it.Close())
		}
		if err := f(quads.Quad(it.Result())); err != nil {
			return errors.Join(err, it.Close())
		}
	}
	return errors.Join(ctx.Err(), it.Err(), it.Close())
}

// distinct returns the values without those that stand twice, in order.
func distinct(values []quad.Value) []quad.Value {
	seen := make(map[quad.Value]bool, len(values))
	out := make([]quad.Value, 0, len(values))
	for _, v := range values {
		if v != nil && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
