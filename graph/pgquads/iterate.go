package pgquads

import (
	"context"
	"fmt"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// A some is what Cayley iterates over: the quads that have an end, all of them when there is no end, or all nodes.
type some struct {
	quads *quadStore
	end   end
	nodes bool
}

// String implements Cayley's IteratorShape.
func (s *some) String() string {
	switch {
	case s.nodes:
		return "all nodes"
	case s.end == end{}:
		return "all quads"
	}
	return fmt.Sprintf("quads by %v", s.end.direction)
}

// Stats implements Cayley's IteratorShape. To list by predicate all quads are read; to look whether one is among
// them nothing is.
func (s *some) Stats(ctx context.Context) (cgraph.IteratorCosts, error) {
	costs := cgraph.IteratorCosts{NextCost: 1, ContainsCost: 1}
	if s.end != (end{}) && s.end.direction != quad.Predicate {
		var err error
		costs.Size, err = s.quads.QuadIteratorSize(ctx, s.end.direction, s.end.node)
		return costs, err
	}
	all, err := s.quads.Stats(ctx, false)
	costs.Size = all.Quads
	switch {
	case s.nodes:
		costs.Size = all.Nodes
	case s.end != end{}:
		costs.NextCost = 10
	}
	costs.Size.Size = max(costs.Size.Size, mostCounted) // the server may have counted long ago
	return costs, err
}

// Optimize implements Cayley's IteratorShape.
func (s *some) Optimize(context.Context) (cgraph.IteratorShape, bool) { return s, false }

// SubIterators implements Cayley's IteratorShape.
func (s *some) SubIterators() []cgraph.IteratorShape { return nil }

// Iterate implements Cayley's IteratorShape.
func (s *some) Iterate() cgraph.Scanner { return &scan{some: s, next: s.pages()} }

// Lookup implements Cayley's IteratorShape.
func (s *some) Lookup() cgraph.Index { return &scan{some: s} }

var (
	scanNodes     = `SELECT hash, ` + nodeColumns + ` FROM nodes WHERE hash > $1 ORDER BY hash LIMIT $2`
	scanPredicate = find(`predicate_hash = $3 AND horizon > $1 ORDER BY horizon LIMIT $2`, quad.Label)
	scanSubject   = find(`subject_hash = $1`, quad.Label)
	scanObject    = find(`object_hash = $1`, quad.Label)
)

// pages returns what gives one page after the other, and an empty one at the end.
func (s *some) pages() func(context.Context) ([]cgraph.Ref, error) {
	var last hash
	horizon, done := int64(-1), false
	return func(ctx context.Context) ([]cgraph.Ref, error) {
		if done {
			return nil, nil
		}
		if s.nodes {
			_, refs, err := s.quads.nodes(ctx, scanNodes, last[:], page)
			if done = len(refs) < page; !done {
				last = refs[len(refs)-1].(hash)
			}
			return refs, err
		}
		var err error
		f := newFound()
		switch s.end.direction {
		case quad.Subject:
			err = s.quads.snap.ask(ctx, f, scanSubject, s.end.node[:])
		case quad.Object:
			err = s.quads.snap.ask(ctx, f, scanObject, s.end.node[:])
		case quad.Label:
			err = s.quads.snap.ask(ctx, f, findLabel, s.end.node[:])
		case quad.Predicate:
			err = s.quads.snap.ask(ctx, f, scanPredicate, horizon, page, s.end.node[:])
		default:
			err = s.quads.snap.ask(ctx, f, findPage, horizon, page)
		}
		if err != nil {
			return nil, err
		}
		s.quads.remember(f.known())
		horizon = f.horizon
		done = len(f.quads) < page || s.end.direction != quad.Predicate && s.end != end{}
		return f.refs(), nil
	}
}

// A scan is a some at work: it lists, or looks up.
type scan struct {
	*some
	next func(context.Context) ([]cgraph.Ref, error)
	rest []cgraph.Ref
	cur  cgraph.Ref
	err  error
}

// Next implements Cayley's Scanner.
func (s *scan) Next(ctx context.Context) bool {
	s.cur = nil
	if s.err == nil && len(s.rest) == 0 {
		s.rest, s.err = s.next(ctx)
	}
	if s.err != nil || len(s.rest) == 0 {
		return false
	}
	s.cur, s.rest = s.rest[0], s.rest[1:]
	return true
}

// Contains implements Cayley's Index. A reference is of what is in the snapshot, or a name that may stand nowhere.
func (s *scan) Contains(ctx context.Context, ref cgraph.Ref) bool {
	s.cur = nil
	switch {
	case s.err != nil:
		return false
	case s.nodes:
		values, err := s.quads.ValuesOf(ctx, []cgraph.Ref{ref})
		if s.err = err; err != nil || values[0] == nil {
			return false
		}
	case s.end != end{}:
		if node := s.quads.QuadDirection(ref, s.end.direction); node != cgraph.Ref(s.end.node) {
			return false
		}
	}
	s.cur = ref
	return true
}

// NextPath implements Cayley's Scanner and Index: there is one way to each.
func (*scan) NextPath(context.Context) bool { return false }

// TagResults implements Cayley's Scanner and Index: there are no tags.
func (*scan) TagResults(map[string]cgraph.Ref) {}

// Result implements Cayley's Scanner and Index.
func (s *scan) Result() cgraph.Ref { return s.cur }

// Err implements Cayley's Scanner and Index.
func (s *scan) Err() error { return s.err }

// Close implements Cayley's Scanner and Index.
func (*scan) Close() error { return nil }
