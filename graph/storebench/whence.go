package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/folder"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// A whence asks the backend of Whence's own store, in batches.
type whence struct{ backend *pebblequads.DB }

func openWhence(dir string) (engine, error) {
	b, err := pebblequads.Open(dir, nil)
	if err != nil {
		return nil, err
	}
	return &whence{b}, nil
}

// openWhencePaths asks one moment of it through Cayley.
func openWhencePaths(dir string) (engine, error) {
	ctx := context.Background()
	b, err := pebblequads.Open(dir, nil)
	if err != nil {
		return nil, err
	}
	s, err := b.Snapshot(ctx)
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	closeBoth := func() error { return errors.Join(s.Close(), b.Close()) }
	storer, ok := s.(interface {
		QuadStore() (cgraph.QuadStore, error)
	})
	if !ok {
		return nil, errors.Join(errors.New("a snapshot of it is no quad store for Cayley"), closeBoth())
	}
	quads, err := storer.QuadStore()
	if err != nil {
		return nil, errors.Join(err, closeBoth())
	}
	return &cayley{quads: quads, close: closeBoth}, nil
}

func (w *whence) Load(ctx context.Context, quads []quad.Quad) error {
	return w.backend.Apply(ctx, store.Batch{Add: quads})
}

func (w *whence) Bulk(ctx context.Context, documents iter.Seq2[[]quad.Quad, error]) (err error) {
	b, err := w.backend.Bulk(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for quads, err := range documents {
		if err == nil {
			err = b.Apply(ctx, store.Batch{Add: quads})
		}
		if err != nil {
			return err
		}
	}
	return b.Commit(ctx)
}

func (w *whence) Node(ctx context.Context, subject quad.IRI) (int, error) {
	s, err := w.backend.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	quads, err := s.Out(ctx, []quad.Value{subject}, nil)
	return len(quads), err
}

func (w *whence) TwoHops(ctx context.Context, from quad.IRI, way way) (int, error) {
	s, err := w.backend.Snapshot(ctx)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	frontier := []quad.Value{from}
	for _, h := range way {
		read := s.Out
		if h.back {
			read = s.In
		}
		quads, err := read(ctx, frontier, []quad.IRI{h.predicate})
		if err != nil {
			return 0, err
		}
		seen := make(map[quad.Value]bool, len(quads))
		frontier = make([]quad.Value, 0, len(quads))
		for _, q := range quads {
			to := q.Object
			if h.back {
				to = q.Subject
			}
			if !seen[to] {
				seen[to] = true
				frontier = append(frontier, to)
			}
		}
	}
	return len(frontier), nil
}

func (w *whence) Close() error { return w.backend.Close() }

// storeName is the folder of a whole store: the quads, the texts and the ledger.
const storeName = "whence.db"

// commit makes the store that `whence load` would make of the documents, but for the
// reading of them and the index of passages.
func commit(ctx context.Context, m *made) (loaded, error) {
	dir := filepath.Join(m.Dir, storeName)
	s, err := folder.Open(dir, folder.Options{})
	if err != nil {
		return loaded{}, err
	}
	defer s.Close()
	var took time.Duration
	for c := range m.changes() {
		began := time.Now()
		if _, err := s.Commit(ctx, c); err != nil {
			return loaded{}, err
		}
		took += time.Since(began)
	}
	began := time.Now()
	if err := s.Close(); err != nil {
		return loaded{}, err
	}
	l := loaded{Seconds: took.Seconds(), Closing: time.Since(began).Seconds()}
	l.Bytes, err = sizeOf(dir)
	return l, err
}

// trace opens the store and asks where claims come from.
func trace(ctx context.Context, m *made, limit time.Duration) (asked, error) {
	a := asked{Answers: map[string]answer{}}
	began := time.Now()
	s, err := folder.Open(filepath.Join(m.Dir, storeName), folder.Options{})
	if err != nil {
		return a, err
	}
	defer s.Close()
	one := func(claim quad.IRI) (claims int, err error) {
		err = s.View(ctx, graph.At{}, func(r graph.Reader) error {
			t, err := graph.TraceClaims(ctx, r, "", []graph.ID{graph.ID(claim)}, graph.TraceOptions{})
			if err == nil {
				claims = len(t.Claims)
			}
			return err
		})
		return claims, err
	}
	if _, err := one(quad.IRI(m.Questions.Trace[0])); err != nil {
		return a, err
	}
	a.Open = float64(time.Since(began).Microseconds()) / 1000
	a.Answers[askTrace], err = timed(ctx, m.Questions.Trace, limit, one)
	if err != nil {
		return a, fmt.Errorf("trace: %w", err)
	}
	a.Memory = memoryOf("self")
	return a, nil
}
