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
	parts, err := s.readings(ctx, index, values, predicates, func(r *reading) { r.sifting.Sieve = sieve })
	if err != nil {
		return nil, err
	}
	return quadsOf(parts...), nil
}

// quadsOf returns what readings have read, which ends them.
func quadsOf(parts ...*reading) []quad.Quad {
	n := 0
	for _, r := range parts {
		n += len(r.quads)
	}
	var quads []quad.Quad
	if n > 0 {
		quads = make([]quad.Quad, 0, n)
	}
	for _, r := range parts {
		quads = append(quads, r.quads...)
		r.end()
	}
	return quads
}

// A room is what a reading works in, and the next one after it.
type room struct {
	quads    []quad.Quad // empty
	lately   [64]valued  // IRIs without digits, as those of predicates and classes are, each at its place
	own      [5][]byte   // what the last terms are kept in, by direction
	head     []byte      // of keys
	readings uint64      // that worked in it
}

// A valued term holds its value.
type valued struct {
	term    []byte
	value   quad.Value
	reading uint64 // the last one whose sieve was asked about it as a predicate, by number
	is      picked // what that said
}

// rooms are for readings, which cannot know beforehand how many quads there will be.
var rooms = sync.Pool{New: func() any { return &room{quads: make([]quad.Quad, 0, aRoom)} }}

const (
	aRoom   = 1 << 8  // how many quads a room has room for at first
	maxRoom = 1 << 12 // and later at most
)

// end gives up the room of a reading.
func (r *reading) end() {
	if cap(r.quads) > maxRoom {
		r.quads = make([]quad.Quad, 0, aRoom)
	}
	clear(r.quads)
	r.room.quads = r.quads[:0]
	for d := range r.last {
		r.room.own[d] = r.last[d].own
	}
	rooms.Put(r.room)
	r.quads, r.room = nil, nil
}

// readings are those that answer a read, on all processors if that is worth it. Each is made ready by begin, and
// is finished.
func (s *state) readings(ctx context.Context, index byte, values []quad.Value, predicates []quad.IRI, begin func(*reading)) ([]*reading, error) {
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
	parts := make([]*reading, max(1, min(runtime.GOMAXPROCS(0), len(nodes)/nodesEach)))
	for i := range parts {
		parts[i] = newReading(s, index)
		begin(parts[i])
	}
	if len(parts) == 1 { // waking another processor takes longer than most reads
		return parts, parts[0].run(ctx, nodes, kinds)
	}
	var g errgroup.Group
	for i, r := range parts {
		some := nodes[i*len(nodes)/len(parts) : (i+1)*len(nodes)/len(parts)]
		g.Go(func() error { return r.run(ctx, some, kinds) })
	}
	return parts, g.Wait()
}

// run reads what there is of nodes and kinds.
func (r *reading) run(ctx context.Context, nodes []node, kinds [][]byte) (err error) {
	defer caught(&err)
	if err := r.scan(ctx, nodes, kinds); err != nil {
		return err
	}
	return r.finish(ctx)
}

// nodesEach is how many nodes are worth a goroutine.
const nodesEach = 10

// termSize is how many bytes the terms of most nodes have at most.
const termSize = 40

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
	around  *surroundings // what is gathered on the way, or nil
	last    [5]lastTerm   // by direction: what was decoded last, which mostly comes again
	room    *room         // that quads were begun in
	steps   int
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
	room, _ := rooms.Get().(*room)
	room.readings++
	r := &reading{state: s, index: index, order: order[index], room: room, quads: room.quads, sifting: sifting{predicate: picked{wanted: true}}}
	for d := range r.last {
		r.last[d].own = room.own[d]
	}
	return r
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
	for _, nd := range nodes {
		r.last[r.order[0]].term, r.last[r.order[0]].value = nd.term, nd.value
		for _, kind := range seek {
			r.room.head = appendKey(r.room.head[:0], r.index, nd.term, kind)
			if err := r.under(ctx, it, r.room.head, wanted); err != nil {
				return err
			}
		}
	}
	return nil
}

// under reads what the index has under the head of keys, which holds the first term at least: what has a predicate that is
// wanted, or any for nil.
func (r *reading) under(ctx context.Context, it *pebble.Iterator, head []byte, wanted map[string]bool) (err error) {
	if err := r.step(ctx); err != nil {
		return err
	}
	for ok := it.SeekPrefixGE(head); ok && bytes.HasPrefix(it.Key(), head); {
		if err := r.step(ctx); err != nil {
			return err
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
	return damage(it.Error())
}

// step looks now and then whether the read is still wanted.
func (r *reading) step(ctx context.Context) error {
	if r.steps++; r.steps%checkEvery == 0 {
		return ctx.Err()
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
	wanted, once := true, false
	switch r.index {
	case keySubjects:
		wanted, once, err = r.wants(ts)
	case keyObjects:
		if r.around == nil || !r.around.look(ts) { // what was gathered was wanted
			wanted, err = r.wantsLabel(ts[3])
		}
	}
	switch {
	case err != nil:
		return false, err
	case r.index == keySubjects && r.sifting.isOut(ts):
		return r.sifting.pass(it, ts), nil
	case !wanted:
		return it.Next(), nil
	}
	if r.around != nil {
		err = r.around.add(r, it, ts)
	} else {
		err = r.take(it, ts)
	}
	if err != nil {
		return false, fmt.Errorf("key %x: %w", key, err)
	}
	if once {
		return r.sifting.skip(it, ts[3]), nil
	}
	return it.Next(), nil
}

// A longForm is that of the object of the quad that is being read, if it is a hashed literal.
type longForm interface{ ValueAndErr() ([]byte, error) }

// take adds the quad of terms that stand in the order of the index.
func (r *reading) take(long longForm, ts terms) error {
	var q quad.Quad
	for i, term := range ts {
		v, err := r.value(long, ts, r.order[i], term)
		if err != nil {
			return err
		}
		q.Set(r.order[i], v)
	}
	r.quads = append(r.quads, q)
	return nil
}

// wants reports whether the sieve lets a quad through, and whether it does not need those that differ in the label alone.
func (r *reading) wants(ts terms) (wanted, once bool, err error) {
	s, predicate, label := &r.sifting, ts[1], ts[3]
	if s.picks() && !isHashed(predicate) {
		if !bytes.Equal(r.last[quad.Predicate].term, predicate) {
			if s.predicate, err = r.pick(predicate); err != nil {
				return false, false, err
			}
		}
		if once = s.predicate.once; !s.predicate.wanted {
			return false, false, nil
		}
	}
	wanted, err = r.wantsLabel(label)
	return wanted, once, err
}

// wantsLabel reports whether the sieve lets a label through.
func (r *reading) wantsLabel(label []byte) (bool, error) {
	s := &r.sifting
	if s.Label == nil || isHashed(label) {
		return true, nil
	}
	if !bytes.Equal(s.label, label) {
		l, err := r.term(quad.Label, label)
		if err != nil {
			return false, err
		}
		s.label, s.wanted = append(s.label[:0], label...), s.Label(l)
	}
	return s.wanted, nil
}

// value returns the value of a term of the quad that is being added; nil when it has to
// be looked up, which is noted.
func (r *reading) value(beside longForm, ts terms, d quad.Direction, term []byte) (quad.Value, error) {
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
		long, err := beside.ValueAndErr()
		if err != nil {
			return nil, damage(err)
		}
		return decodeLong(long)
	case r.index == keyLabels: // words are here too, others are not
		if long, err := beside.ValueAndErr(); err != nil || len(long) > 0 {
			if err != nil {
				return nil, damage(err)
			}
			return decodeLong(long)
		}
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
	if term[0] != tagIRI {
		v, err := decodeTerm(term)
		if err == nil {
			last.set(term, v)
		}
		return v, err
	}
	had, err := r.name(term)
	if err != nil {
		return nil, err
	}
	last.term, last.value = had.term, had.value // nobody writes to that
	return had.value, nil
}

// name returns the place of an IRI without digits, with its value.
func (r *reading) name(term []byte) (*valued, error) {
	had := &r.room.lately[(int(term[len(term)-1])+7*int(term[len(term)/2])+len(term))%len(r.room.lately)]
	if !bytes.Equal(had.term, term) {
		v, err := r.state.db.names.value(term)
		if err != nil {
			return nil, err
		}
		*had = valued{term: bytes.Clone(term), value: v}
	}
	return had, nil
}

// pick returns what the sieve says of a predicate that a term holds, which is then the last one.
func (r *reading) pick(term []byte) (picked, error) {
	v, err := r.term(quad.Predicate, term)
	if err != nil || term[0] != tagIRI {
		return r.sifting.pick(v), err
	}
	had, err := r.name(term)
	if err == nil && had.reading != r.room.readings {
		had.reading, had.is = r.room.readings, r.sifting.pick(v)
	}
	return had.is, err
}

// set keeps a copy of the term.
func (l *lastTerm) set(term []byte, v quad.Value) {
	l.own = append(l.own[:0], term...)
	l.term, l.value = l.own, v
}

// finish makes the quads whole.
func (r *reading) finish(ctx context.Context) (err error) {
	if len(r.long)+len(r.text) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	it, err := r.state.iter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.state.put(it)) }()
	defer caught(&err)
	if err := r.texts(ctx, it); err != nil {
		return err
	}
	hashed := make([]string, 0, len(r.long))
	for term := range r.long {
		hashed = append(hashed, term)
	}
	slices.Sort(hashed)
	for _, term := range hashed {
		v, err := seekLong(it, appendKey(nil, keyValues, []byte(term)))
		if err != nil {
			return err
		}
		for _, p := range r.long[term] {
			r.quads[p.quad].Set(p.dir, v)
		}
	}
	r.quads = r.sifting.Keep(r.quads)
	return nil
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
