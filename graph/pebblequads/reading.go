package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"golang.org/x/sync/errgroup"

	"whence/graph"
	"whence/graph/store"
)

// fewPredicates is up to how many predicates it is cheaper to look each up than to
// read all quads of a node.
const fewPredicates = 6

// read returns the quads that have one of the values at the head of an index and one of
// the predicates, or any when none is given, and that a sieve lets through.
func (s *state) read(ctx context.Context, index byte, values []quad.Value, predicates []quad.IRI, sieve store.Sieve) (quads []quad.Quad, err error) {
	if err := ctx.Err(); err != nil || len(values) == 0 {
		return nil, err
	}
	nodes, err := nodesOf(values)
	if err != nil {
		return nil, err
	}
	kinds, err := kindsOf(predicates)
	if err != nil {
		return nil, err
	}
	n := min(runtime.GOMAXPROCS(0), len(nodes)/nodesEach)
	if n < 2 { // waking another processor takes longer than most reads
		return s.readSome(ctx, index, nodes, kinds, sieve)
	}
	parts := make([][]quad.Quad, n)
	var g errgroup.Group
	for i := range parts {
		some := nodes[i*len(nodes)/n : (i+1)*len(nodes)/n]
		g.Go(func() (err error) {
			parts[i], err = s.readSome(ctx, index, some, kinds, sieve)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(parts...), nil
}

// readSome is read on one processor.
func (s *state) readSome(ctx context.Context, index byte, nodes []node, kinds [][]byte, sieve store.Sieve) (quads []quad.Quad, err error) {
	defer caught(&err)
	r := newReading(s, index)
	r.sifting.Sieve = sieve
	if err := r.scan(ctx, nodes, kinds); err != nil {
		return nil, err
	}
	return r.finish(ctx)
}

// nodesEach is how many nodes are worth a goroutine.
const nodesEach = 10

const (
	quadsEach = 10 // that most nodes have at most
	termSize  = 40 // bytes that the terms of most nodes have at most
)

// A node is a value with its term.
type node struct {
	term  []byte
	value quad.Value
}

// nodesOf returns the terms of values in order, each once.
func nodesOf(values []quad.Value) ([]node, error) {
	nodes := make([]node, len(values))
	terms := make([]byte, 0, termSize*len(values))
	for i, v := range values {
		begin := len(terms)
		var err error
		if terms, _, err = appendTerm(terms, v); err != nil {
			return nil, err
		}
		nodes[i] = node{terms[begin:len(terms):len(terms)], v}
	}
	if len(nodes) > 1 {
		slices.SortFunc(nodes, func(a, b node) int { return bytes.Compare(a.term, b.term) })
		nodes = slices.CompactFunc(nodes, func(a, b node) bool { return bytes.Equal(a.term, b.term) })
	}
	return nodes, nil
}

// kindsOf returns the terms of predicates in order, each once.
func kindsOf(predicates []quad.IRI) ([][]byte, error) {
	if len(predicates) == 0 {
		return nil, nil
	}
	kinds := make([][]byte, len(predicates))
	for i, p := range predicates {
		term, _, err := appendTerm(nil, p)
		if err != nil {
			return nil, err
		}
		kinds[i] = term
	}
	slices.SortFunc(kinds, bytes.Compare)
	return slices.CompactFunc(kinds, bytes.Equal), nil
}

// A reading turns keys of one index into quads. What a term holds only the hash of
// is looked up at the end, all of it in one pass.
type reading struct {
	state   *state
	index   byte
	order   [4]quad.Direction
	sifting sifting
	quads   []quad.Quad
	last    [5]lastTerm        // by direction: what was decoded last, which mostly comes again
	long    map[string][]place // hashed terms that stand in keyValues, and where they belong
	text    []place            // quads whose object stands in keySubjects
	keys    [][]byte           // the keys there, in the order of text
}

// A place is a direction of one of a reading's quads.
type place struct {
	quad int
	dir  quad.Direction
}

// A lastTerm is a term with its value.
type lastTerm struct {
	term  []byte
	value quad.Value
	own   []byte // what term is kept in, unless it is the term of a node
}

func newReading(s *state, index byte) *reading {
	return &reading{state: s, index: index, order: order[index]}
}

// scan reads what the index has for the nodes, and of them what has one of the kinds.
func (r *reading) scan(ctx context.Context, nodes []node, kinds [][]byte) (err error) {
	it, err := r.state.iter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.state.put(it)) }()
	defer caught(&err)
	seek := [][]byte{nil}
	var wanted map[string]bool
	if len(kinds) > fewPredicates || r.index == keyLabels && len(kinds) > 0 {
		wanted = make(map[string]bool, len(kinds))
		for _, k := range kinds {
			wanted[string(k)] = true
		}
	} else if len(kinds) > 0 {
		seek = kinds
	}
	var prefix []byte
	n := 0
	r.quads = slices.Grow(r.quads, quadsEach*len(nodes))
	for _, nd := range nodes {
		if n++; n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.last[r.order[0]].term, r.last[r.order[0]].value = nd.term, nd.value
		for _, kind := range seek {
			prefix = appendKey(prefix[:0], r.index, nd.term, kind)
			for ok := it.SeekPrefixGE(prefix); ok && bytes.HasPrefix(it.Key(), prefix); {
				if n++; n%checkEvery == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				if wanted != nil {
					ts, err := splitKey(it.Key())
					if err != nil {
						return err
					}
					if !wanted[string(ts[slices.Index(r.order[:], quad.Predicate)])] {
						ok = it.Next()
						continue
					}
				}
				if ok, err = r.add(it); err != nil {
					return err
				}
			}
			if err := it.Error(); err != nil {
				return damage(err)
			}
		}
	}
	return nil
}

// add makes a quad of the key at which an iterator stands, if it is wanted, and goes on to the next
// key. It reports whether there is one.
func (r *reading) add(it *pebble.Iterator) (more bool, err error) {
	key := it.Key()
	ts, err := splitKey(key)
	if err != nil {
		return false, err
	}
	once := false
	if r.index == keySubjects {
		var wanted bool
		if wanted, once, err = r.wants(ts); err != nil || !wanted {
			return err == nil && it.Next(), err
		}
	}
	var q quad.Quad
	for i, term := range ts {
		v, err := r.value(it, ts, r.order[i], term)
		if err != nil {
			return false, fmt.Errorf("key %x: %w", key, err)
		}
		q.Set(r.order[i], v)
	}
	r.quads = append(r.quads, q)
	if once {
		return r.sifting.skip(it, ts[3]), nil
	}
	return it.Next(), nil
}

// wants reports whether the sieve lets a quad through, and whether it does not need those that differ in the label alone.
func (r *reading) wants(ts terms) (wanted, once bool, err error) {
	s, predicate, label := &r.sifting, ts[1], ts[3]
	if !isHashed(predicate) {
		if last := &r.last[quad.Predicate]; !bytes.Equal(last.term, predicate) {
			if s.predicate, err = s.known(r.state.db, predicate); err != nil {
				return false, false, err
			}
			last.set(predicate, s.predicate.value)
		}
		if once = s.predicate.once; !s.predicate.wanted {
			return false, false, nil
		}
	}
	if s.Label == nil || isHashed(label) {
		return true, once, nil
	}
	if !bytes.Equal(s.label, label) {
		l, err := r.term(quad.Label, label)
		if err != nil {
			return false, false, err
		}
		s.label, s.wanted = append(s.label[:0], label...), s.Label(l)
	}
	return s.wanted, once, nil
}

// value returns the value of a term of the quad that is being added; nil when it has to
// be looked up, which is noted.
func (r *reading) value(it *pebble.Iterator, ts terms, d quad.Direction, term []byte) (quad.Value, error) {
	here := place{len(r.quads), d}
	switch {
	case !isHashed(term) || bytes.Equal(r.last[d].term, term): // that of a node is known
		return r.term(d, term)
	case d != quad.Object || term[0] != tagLiteralHash:
		if r.long == nil {
			r.long = map[string][]place{}
		}
		r.long[string(term)] = append(r.long[string(term)], here)
		return nil, nil
	case r.index == keySubjects:
		long, err := it.ValueAndErr()
		if err != nil {
			return nil, damage(err)
		}
		return decodeLong(long)
	}
	var byDir [5][]byte
	for i, t := range ts {
		byDir[r.order[i]] = t
	}
	r.text = append(r.text, here)
	r.keys = append(r.keys, appendKey(nil, keySubjects, byDir[quad.Subject], byDir[quad.Predicate], byDir[quad.Object], byDir[quad.Label]))
	return nil, nil
}

// term returns the value of a term that holds it, or that was the last one.
func (r *reading) term(d quad.Direction, term []byte) (quad.Value, error) {
	last := &r.last[d]
	if bytes.Equal(last.term, term) {
		return last.value, nil
	}
	v, err := r.state.db.names.value(term)
	if err != nil {
		return nil, err
	}
	last.set(term, v)
	return v, nil
}

// set keeps a copy of the term.
func (l *lastTerm) set(term []byte, v quad.Value) {
	l.own = append(l.own[:0], term...)
	l.term, l.value = l.own, v
}

// finish returns the quads, whole.
func (r *reading) finish(ctx context.Context) (quads []quad.Quad, err error) {
	if len(r.long)+len(r.text) == 0 {
		return r.quads, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	it, err := r.state.iter()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.state.put(it)) }()
	defer caught(&err)
	if err := r.texts(ctx, it); err != nil {
		return nil, err
	}
	hashed := make([]string, 0, len(r.long))
	for term := range r.long {
		hashed = append(hashed, term)
	}
	slices.Sort(hashed)
	for _, term := range hashed {
		v, err := seekLong(it, appendKey(nil, keyValues, []byte(term)))
		if err != nil {
			return nil, err
		}
		for _, p := range r.long[term] {
			r.quads[p.quad].Set(p.dir, v)
		}
	}
	return r.sifting.Keep(r.quads), nil
}

// texts looks up the literals that stand beside the quads, in the order of their keys.
func (r *reading) texts(ctx context.Context, it *pebble.Iterator) error {
	inOrder := make([]int, len(r.text))
	for i := range inOrder {
		inOrder[i] = i
	}
	slices.SortFunc(inOrder, func(a, b int) int { return bytes.Compare(r.keys[a], r.keys[b]) })
	for n, i := range inOrder {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		v, err := seekLong(it, r.keys[i])
		if err != nil {
			return err
		}
		r.quads[r.text[i].quad].Set(r.text[i].dir, v)
	}
	return nil
}

// seekLong returns the value whose long form is under a key.
func seekLong(it *pebble.Iterator, key []byte) (quad.Value, error) {
	if !it.SeekPrefixGE(key) || !bytes.Equal(it.Key(), key) {
		if err := it.Error(); err != nil {
			return nil, damage(err)
		}
		return nil, fmt.Errorf("%w: no value under key %x", graph.ErrDamaged, key)
	}
	long, err := it.ValueAndErr()
	if err != nil {
		return nil, damage(err)
	}
	v, err := decodeLong(long)
	if err != nil {
		return nil, fmt.Errorf("key %x: %w", key, err)
	}
	return v, nil
}

// maxNames is how many values names keeps.
const maxNames = 4096

// names keeps the values of the terms that come again and again, those of predicates
// and classes among them, so that they are made once.
type names struct {
	mu sync.RWMutex
	of map[string]quad.Value
}

// value returns the value of a term that holds it.
func (n *names) value(term []byte) (quad.Value, error) {
	if term[0] != tagIRI {
		return decodeTerm(term)
	}
	n.mu.RLock()
	v, ok := n.of[string(term)]
	n.mu.RUnlock()
	if ok {
		return v, nil
	}
	v, err := decodeTerm(term)
	if err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.of) >= maxNames || n.of == nil {
		n.of = map[string]quad.Value{}
	}
	n.of[string(term)] = v
	return v, nil
}
