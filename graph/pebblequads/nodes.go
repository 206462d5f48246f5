package pebblequads

import (
	"bytes"
	"context"
	"errors"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cockroachdb/pebble/v2"
)

// A nodeShape is all nodes: the values that some quad has, each once. No table of them
// is kept: the indexes have them in order, so that merging their heads lists them.
type nodeShape struct{ qs *QuadStore }

// String implements Cayley's IteratorShape.
func (s *nodeShape) String() string { return "PebbleNodes" }

// Iterate implements Cayley's IteratorShape.
func (s *nodeShape) Iterate() cgraph.Scanner { return &nodeScan{qs: s.qs, at: -1} }

// Lookup implements Cayley's IteratorShape.
func (s *nodeShape) Lookup() cgraph.Index { return &nodeLookup{qs: s.qs} }

// SubIterators implements Cayley's IteratorShape.
func (s *nodeShape) SubIterators() []cgraph.IteratorShape { return nil }

// Optimize implements Cayley's IteratorShape.
func (s *nodeShape) Optimize(context.Context) (cgraph.IteratorShape, bool) { return s, false }

// Stats implements Cayley's IteratorShape. A step seeks in three indexes.
func (s *nodeShape) Stats(ctx context.Context) (cgraph.IteratorCosts, error) {
	stats, err := s.qs.Stats(ctx, false)
	return cgraph.IteratorCosts{NextCost: 4, ContainsCost: 3, Size: stats.Nodes}, err
}

// indexesOfNodes are where a term is found at the head of keys.
var indexesOfNodes = [...]byte{keySubjects, keyObjects, keyLabels, keyPredicate}

// nodes calls f with the terms in use from one on, in order, each once, until it returns
// false or an error. The term is good until f returns.
func (s *state) nodes(ctx context.Context, from []byte, f func(term []byte) (bool, error)) (err error) {
	var its [len(indexesOfNodes)]*pebble.Iterator
	var heads [len(indexesOfNodes)][]byte // the term at which each stands
	defer func() {
		for _, it := range its {
			if it != nil {
				err = errors.Join(err, s.put(it))
			}
		}
	}()
	defer caught(&err)
	head := func(i int, ok bool) error {
		heads[i] = nil
		if !ok {
			return damage(its[i].Error())
		}
		if key := its[i].Key(); key[0] == indexesOfNodes[i] {
			heads[i] = key[1:splitTerm(key)]
		}
		return nil
	}
	for i, index := range indexesOfNodes {
		if its[i], err = s.iter(); err != nil {
			return err
		}
		if err := head(i, its[i].SeekGE(appendKey(nil, index, from))); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		least := -1
		for i, h := range heads {
			if h != nil && (least < 0 || bytes.Compare(h, heads[least]) < 0) {
				least = i
			}
		}
		if least < 0 {
			return nil
		}
		term := bytes.Clone(heads[least])
		if term[0] != tagNone {
			if more, err := f(term); err != nil || !more {
				return err
			}
		}
		for i, h := range heads {
			if bytes.Equal(h, term) {
				if err := head(i, its[i].NextPrefix()); err != nil {
					return err
				}
			}
		}
	}
}

// splitTerm returns where the term at the head of a key ends.
func splitTerm(key []byte) int {
	if key[0] == keyPredicate {
		return len(key)
	}
	return splitPrefix(key)
}

// countNodes returns how many terms are in use.
func (s *state) countNodes(ctx context.Context) (n int64, err error) {
	err = s.nodes(ctx, nil, func([]byte) (bool, error) {
		n++
		return true, nil
	})
	return n, err
}

// A nodeScan lists all nodes, some at a time, as quadScan.
type nodeScan struct {
	qs    *QuadStore
	from  []byte
	ended bool
	refs  []nodeRef
	at    int
	err   error
}

// Next implements Cayley's Scanner.
func (it *nodeScan) Next(ctx context.Context) bool {
	if it.err == nil {
		it.err = it.qs.Err()
	}
	if it.err != nil {
		return false
	}
	if it.at+1 >= len(it.refs) {
		if it.ended {
			it.refs, it.at = nil, -1
			return false
		}
		if it.err = it.read(ctx); it.err != nil || len(it.refs) == 0 {
			return false
		}
	}
	it.at++
	return true
}

func (it *nodeScan) read(ctx context.Context) error {
	room := min(max(firstRead, 4*len(it.refs)), maxRead)
	it.refs, it.at, it.ended = it.refs[:0], -1, true
	return it.qs.do(func(s *state) error {
		return s.nodes(ctx, it.from, func(term []byte) (bool, error) {
			if len(it.refs) == room {
				it.from, it.ended = term, false
				return false, nil
			}
			it.refs = append(it.refs, nodeRef(term))
			return true, nil
		})
	})
}

// Result implements Cayley's Scanner.
func (it *nodeScan) Result() cgraph.Ref {
	if it.at < 0 || it.at >= len(it.refs) {
		return nil
	}
	return it.refs[it.at]
}

// Err implements Cayley's Scanner.
func (it *nodeScan) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.qs.Err()
}

// Close implements Cayley's Scanner.
func (it *nodeScan) Close() error {
	it.refs, it.at, it.ended = nil, -1, true
	return it.err
}

// String implements Cayley's Scanner.
func (it *nodeScan) String() string { return "PebbleNodes" }

// TagResults implements Cayley's Scanner.
func (it *nodeScan) TagResults(map[string]cgraph.Ref) {}

// NextPath implements Cayley's Scanner.
func (it *nodeScan) NextPath(context.Context) bool { return false }

// A nodeLookup tells whether a quad has a node.
type nodeLookup struct {
	qs    *QuadStore
	found cgraph.Ref
	err   error
}

// Contains implements Cayley's Index.
func (it *nodeLookup) Contains(ctx context.Context, ref cgraph.Ref) bool {
	it.found = nil
	if it.err == nil {
		it.err = ctx.Err()
	}
	if ref == nil || it.err != nil {
		return false
	}
	term, err := termOf(ref)
	if err != nil {
		it.err = err
		return false
	}
	it.err = it.qs.do(func(s *state) error {
		used, err := s.uses(term)
		if used {
			it.found = ref
		}
		return err
	})
	return it.found != nil
}

// Result implements Cayley's Index.
func (it *nodeLookup) Result() cgraph.Ref { return it.found }

// Err implements Cayley's Index.
func (it *nodeLookup) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.qs.Err()
}

// Close implements Cayley's Index.
func (it *nodeLookup) Close() error { return it.err }

// String implements Cayley's Index.
func (it *nodeLookup) String() string { return "PebbleNodes" }

// TagResults implements Cayley's Index.
func (it *nodeLookup) TagResults(map[string]cgraph.Ref) {}

// NextPath implements Cayley's Index.
func (it *nodeLookup) NextPath(context.Context) bool { return false }
