package cayleystore

import (
	"context"
	"fmt"
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
	return &memory{quads: memstore.New(), texts: map[string]string{}}
}

type memory struct {
	mu    sync.RWMutex
	quads *memstore.QuadStore
	texts map[string]string
}

func (m *memory) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return m.read(ctx, quad.Subject, subjects, predicates)
}

func (m *memory) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return m.read(ctx, quad.Object, objects, predicates)
}

func (m *memory) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return m.read(ctx, quad.Label, []quad.Value{label}, nil)
}

func (m *memory) read(ctx context.Context, dir quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	wanted := map[cgraph.Ref]bool{}
	for _, p := range predicates {
		if ref := m.quads.ValueOf(p); ref != nil {
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
		it := m.quads.QuadIterator(dir, m.quads.ValueOf(v))
		for it.Next(ctx) {
			ref := it.Result()
			if len(predicates) == 0 || wanted[m.quads.QuadDirection(ref, quad.Predicate)] {
				out = append(out, m.quads.Quad(ref))
			}
		}
		if err := it.Err(); err != nil {
			return nil, err
		}
		if err := it.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (m *memory) Each(ctx context.Context, f func(quad.Quad) error) error {
	m.mu.Lock() // Cayley marks the store as being read
	defer m.mu.Unlock()
	return m.each(ctx, f)
}

func (m *memory) each(ctx context.Context, f func(quad.Quad) error) error {
	it := m.quads.QuadsAllIterator()
	defer it.Close()
	for it.Next(ctx) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(m.quads.Quad(it.Result())); err != nil {
			return err
		}
	}
	return it.Err()
}

func (m *memory) Apply(ctx context.Context, add, remove []quad.Quad) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(remove) > 0 {
		gone := make(map[quad.Quad]bool, len(remove))
		for _, q := range remove {
			gone[q] = true
		}
		rest := memstore.New()
		err := m.each(ctx, func(q quad.Quad) error {
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
	for _, q := range add {
		m.quads.AddQuad(q)
	}
	return nil
}

func (m *memory) Text(_ context.Context, hash string) (string, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	text, ok := m.texts[hash]
	if !ok {
		return "", fmt.Errorf("text %s: %w", hash, graph.ErrNotFound)
	}
	return text, nil
}

func (m *memory) PutText(ctx context.Context, hash, text string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts[hash] = text
	return nil
}

func (m *memory) DeleteText(_ context.Context, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.texts, hash)
	return nil
}

func (m *memory) Close() error { return nil }

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
