package store

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"whence/graph/codec"
)

// A memo is what one reader has read of nodes: who reads what a node is mostly goes on to ask
// for its edges, which are then here and cost no round trip.
type memo struct {
	mu    sync.Mutex
	whole map[quad.IRI][]quad.Quad // by subject: its description
	quads int                      // in whole
}

// memoQuads bounds how many quads a memo keeps: what is read first is asked for again, and who
// reads all there is need not pay for it.
const memoQuads = 1 << 15

// out is [Snapshot.Out] of the quads that the reader sees. The predicates are of edges, or none are given.
func (r *reader) out(ctx context.Context, subjects []quad.IRI, predicates []quad.IRI) ([]quad.Quad, error) {
	if len(predicates) == 0 || slices.ContainsFunc(predicates, func(p quad.IRI) bool { return description.Without[p] }) {
		return r.sift(ctx, subjects, predicates, Sieve{})
	}
	known, unknown := r.memo.get(subjects)
	quads, err := r.sift(ctx, unknown, predicates, Sieve{})
	if err != nil {
		return nil, err
	}
	quads = slices.Grow(quads, 2*len(known))
	for _, s := range subjects { // in order, so that who wants the quads so has little to do
		for _, q := range known[s] {
			if p, _ := q.Predicate.(quad.IRI); slices.Contains(predicates, p) {
				quads = append(quads, q)
			}
		}
		delete(known, s)
	}
	return quads, nil
}

// describe returns the descriptions of nodes, by subject: their quads but for what [description] leaves out.
func (r *reader) describe(ctx context.Context, subjects []quad.IRI) (map[quad.IRI][]quad.Quad, error) {
	known, unknown := r.memo.get(subjects)
	if len(unknown) == 0 {
		return known, nil
	}
	quads, err := r.sift(ctx, unknown, nil, description)
	if err != nil {
		return nil, err
	}
	read := codec.BySubject(quads)
	for _, s := range unknown {
		known[s] = read[s]
	}
	r.memo.put(unknown, read)
	return known, nil
}

// get returns the descriptions of the subjects that were described, and the subjects that were not, each once.
func (m *memo) get(subjects []quad.IRI) (known map[quad.IRI][]quad.Quad, unknown []quad.IRI) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known = make(map[quad.IRI][]quad.Quad, len(subjects))
	var asked map[quad.IRI]bool
	for _, s := range subjects {
		if whole, ok := m.whole[s]; ok {
			known[s] = whole
		} else if !asked[s] {
			if asked == nil {
				asked = make(map[quad.IRI]bool, len(subjects))
			}
			asked[s] = true
			unknown = append(unknown, s)
		}
	}
	return known, unknown
}

// learn keeps descriptions of subjects.
func (m *memo) learn(quads []quad.Quad) {
	if len(quads) == 0 {
		return
	}
	read := codec.BySubject(quads)
	m.put(slices.Collect(maps.Keys(read)), read)
}

// put keeps the descriptions of some subjects, if there is room. It shares the slices.
func (m *memo) put(subjects []quad.IRI, read map[quad.IRI][]quad.Quad) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.whole == nil {
		m.whole = make(map[quad.IRI][]quad.Quad, len(subjects))
	}
	for _, s := range subjects {
		if _, had := m.whole[s]; had || m.quads+len(read[s]) > memoQuads {
			continue
		}
		m.whole[s] = read[s] // none also of one that has none
		m.quads += len(read[s])
	}
}
