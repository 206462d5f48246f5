package query

import (
	"context"

	cayley "github.com/cayleygraph/cayley/graph"
)

// A leaf is where the iterators of a query meet the engine: the quads of a node, or all there are, without
// those that are not seen.
type leaf struct {
	view *view
	name string
	make func() cayley.Iterator
	keep func(context.Context, cayley.Ref) bool // called in view.do

	costs *cayley.IteratorCosts // guarded by the view; nil until known: planning asks again and again
}

func (v *view) leaf(name string, make func() cayley.Iterator, keep func(context.Context, cayley.Ref) bool) cayley.Iterator {
	return cayley.AsLegacy(&leaf{view: v, name: name, make: make, keep: keep})
}

func (l *leaf) String() string { return l.name }

// Stats implements [cayley.IteratorShape]. What is not seen counts, so that no size is exact: an exact one
// would be taken for the answer of a count. Once the view has ended it panics with errEnded: planning looks at no
// context, and can take time that doubles with every hop.
func (l *leaf) Stats(ctx context.Context) (costs cayley.IteratorCosts, err error) {
	ok := l.view.do(func() {
		if l.costs != nil {
			costs = *l.costs
			return
		}
		it := l.make()
		costs, err = cayley.AsShape(it).Stats(ctx)
		if closed := it.Close(); err == nil {
			err = closed
		}
		if err != nil {
			l.view.fail(err)
			return
		}
		costs.Size.Exact = false
		l.costs = &costs
	})
	if !ok {
		panic(errEnded)
	}
	return costs, err
}

func (l *leaf) Optimize(context.Context) (cayley.IteratorShape, bool) { return l, false }
func (l *leaf) SubIterators() []cayley.IteratorShape                  { return nil }
func (l *leaf) Iterate() cayley.Scanner                               { return l.scan() }
func (l *leaf) Lookup() cayley.Index                                  { return l.scan() }

func (l *leaf) scan() *scan {
	s := &scan{leaf: l}
	if !l.view.do(func() {
		s.it = l.make()
		l.view.open[s] = true
	}) {
		panic(errEnded)
	}
	return s
}

// A scan is a leaf at work: it lists, or looks up.
type scan struct {
	*leaf
	it  cayley.Iterator
	cur cayley.Ref
}

// Next implements [cayley.Scanner].
func (s *scan) Next(ctx context.Context) bool {
	for {
		more, kept := false, false
		s.view.do(func() {
			if s.view.err != nil || ctx.Err() != nil {
				return
			}
			if more = s.it.Next(ctx); !more {
				s.view.fail(s.it.Err())
				return
			}
			s.cur = s.it.Result()
			kept = s.keep(ctx, s.cur)
		})
		if !more {
			s.cur = nil
			return false
		}
		if kept {
			return true
		}
	}
}

// Contains implements [cayley.Index].
func (s *scan) Contains(ctx context.Context, ref cayley.Ref) (held bool) {
	s.cur = nil
	s.view.do(func() {
		if s.view.err != nil || ctx.Err() != nil {
			return
		}
		if held = s.it.Contains(ctx, ref) && s.keep(ctx, ref); held {
			s.cur = ref
		}
		s.view.fail(s.it.Err())
	})
	return held
}

// NextPath implements [cayley.Scanner]: there is one way to a leaf.
func (s *scan) NextPath(context.Context) bool { return false }

// TagResults implements [cayley.Scanner]: a leaf has no tags.
func (s *scan) TagResults(map[string]cayley.Ref) {}

// Result implements [cayley.Scanner].
func (s *scan) Result() cayley.Ref { return s.cur }

// Err implements [cayley.Scanner].
func (s *scan) Err() error { return s.view.failure() }

// Close implements [cayley.Scanner].
func (s *scan) Close() (err error) {
	s.view.do(func() {
		if s.view.open[s] {
			delete(s.view.open, s)
			err = s.it.Close()
			s.view.fail(err)
		}
	})
	return err
}
