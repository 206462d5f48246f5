package store

import (
	"context"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
)

// A memo is what one reader has read of nodes: who reads what a node is mostly goes on to ask
// for its edges, which are then here and cost no round trip.
type memo struct {
	mu    sync.Mutex
	whole map[quad.Value][]quad.Quad // by subject: its description
	quads int                        // in whole
}

// memoQuads bounds how many quads a memo keeps: what is read first is asked for again, and who
// reads all there is need not pay for it.
const memoQuads = 1 << 15

// out is [Snapshot.Out] of the quads that the reader sees. The predicates are of edges, or none are given.
func (r *reader) out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if len(predicates) == 0 || slices.ContainsFunc(predicates, func(p quad.IRI) bool { return description.Without[p] }) {
		return r.sift(ctx, subjects, predicates, Sieve{})
	}
	known, unknown := r.memo.get(subjects, predicates)
	if len(unknown) == 0 {
		return known, nil
	}
	quads, err := r.sift(ctx, unknown, predicates, Sieve{})
	return together(known, quads), err
}

// describe returns the descriptions of nodes: their quads but for what [description] leaves out.
func (r *reader) describe(ctx context.Context, subjects []quad.Value) ([]quad.Quad, error) {
	known, unknown := r.memo.get(subjects, nil)
	if len(unknown) == 0 {
		return known, nil
	}
	quads, err := r.sift(ctx, unknown, nil, description)
	if err != nil {
		return nil, err
	}
	r.memo.put(unknown, quads)
	return together(known, quads), nil
}

// together returns the quads of two lists. It may share the first or the second.
func together(a, b []quad.Quad) []quad.Quad {
	if len(a) == 0 {
		return b
	}
	return append(a, b...)
}

// get returns the quads of the subjects that were described, of some predicates or of all, and the
// subjects that were not, each once.
func (m *memo) get(subjects []quad.Value, predicates []quad.IRI) (quads []quad.Quad, unknown []quad.Value) {
	m.mu.Lock()
	defer m.mu.Unlock()
	done := make(map[quad.Value]bool, len(subjects))
	for _, s := range subjects {
		if done[s] {
			continue
		}
		done[s] = true
		whole, ok := m.whole[s]
		if !ok {
			unknown = append(unknown, s)
			continue
		}
		if len(predicates) == 0 {
			quads = append(quads, whole...)
			continue
		}
		for _, q := range whole {
			if p, _ := q.Predicate.(quad.IRI); slices.Contains(predicates, p) {
				quads = append(quads, q)
			}
		}
	}
	return quads, unknown
}

// put keeps the descriptions of some subjects, if there is room. It shares the slice.
func (m *memo) put(subjects []quad.Value, quads []quad.Quad) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.quads+len(quads) > memoQuads {
		return
	}
	m.quads += len(quads)
	if m.whole == nil {
		m.whole = make(map[quad.Value][]quad.Quad, len(subjects))
	}
	for _, s := range subjects {
		m.whole[s] = nil // also one that has none
	}
	for len(quads) > 0 { // most backends return those of one subject together
		n, s := 1, quads[0].Subject
		for n < len(quads) && quads[n].Subject == s {
			n++
		}
		if had := m.whole[s]; len(had) == 0 {
			m.whole[s] = quads[:n:n]
		} else {
			m.whole[s] = append(had, quads[:n]...)
		}
		quads = quads[n:]
	}
}
