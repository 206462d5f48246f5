package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"whence/graph/store"
)

var (
	_ store.Gatherer = (*Snapshot)(nil)
	_ store.Teller   = (*Snapshot)(nil)
)

// Gather implements [store.Gatherer]. It describes relations, by what covers them in the index of objects.
func (s *Snapshot) Gather(
	ctx context.Context, objects []quad.Value, predicates []quad.IRI, sieve store.Sieve,
) (edges, described []quad.Quad, err error) {
	g := &gathering{seen: map[string]saying{}, partly: map[quad.Value]bool{}, room: maxGathered}
	parts, err := s.state.readings(ctx, keyObjects, objects, predicates, func(r *reading) {
		r.sifting.Label = sieve.Label
		inner := newReading(s.state, keySubjects)
		inner.sifting.Sieve = sieve
		r.around = &surroundings{gathering: g, inner: inner}
	})
	var inner []*reading
	for _, r := range parts {
		if err == nil {
			err = r.around.inner.finish(ctx)
		}
		inner = append(inner, r.around.inner)
	}
	if err != nil {
		return nil, nil, s.state.db.once(err)
	}
	edges, described = quadsOf(parts...), quadsOf(inner...)
	if len(g.partly) > 0 {
		described = slices.DeleteFunc(described, func(q quad.Quad) bool { return g.partly[q.Subject] })
	}
	return edges, described, nil
}

// Said implements [store.Teller].
func (s *Snapshot) Said(ctx context.Context, of []store.Saying, predicate quad.IRI) (quads []quad.Quad, err error) {
	heads := make([][]byte, len(of))
	for i, o := range of {
		head := []byte{keyLabels}
		for _, iri := range []quad.IRI{o.Label, o.Subject, predicate} {
			if head, _, err = appendTerm(head, iri); err != nil {
				return nil, err
			}
		}
		heads[i] = head
	}
	slices.SortFunc(heads, bytes.Compare)
	r := newReading(s.state, keyLabels)
	if err := r.heads(ctx, slices.CompactFunc(heads, bytes.Equal)); err != nil {
		return nil, s.state.db.once(err)
	}
	return quadsOf(r), nil
}

// heads reads all that begins with keys, which hold the first term at least.
func (r *reading) heads(ctx context.Context, heads [][]byte) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	it, err := r.state.iter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.state.put(it)) }()
	defer caught(&err)
	for _, head := range heads {
		if err := r.under(ctx, it, head, nil); err != nil {
			return err
		}
	}
	return r.finish(ctx)
}

// maxGathered is how many quads Gather describes subjects with.
const maxGathered = 1 << 14

// A gathering is what the readings of one Gather know of each other.
type gathering struct {
	mu     sync.Mutex
	seen   map[string]saying   // by [said], where the cover was read
	partly map[quad.Value]bool // subjects that something is not known of
	room   int                 // quads that may still be read
}

// A saying is subject and label, which two keys have of each relation between two nodes.
type saying struct{ subject, label quad.Value }

// surroundings are what one reading gathers: quads about the subjects of those that it reads.
type surroundings struct {
	*gathering
	inner *reading // those quads

	// Of the key that was looked at last:
	key   []byte // said
	is    saying // if it was gathered before, which seen tells
	met   bool   // whether it was
	hangs bool   // whether it is of a kind that may have a cover
}

// look looks at a key of the index of objects, and reports whether what its label says of its subject was gathered before.
func (a *surroundings) look(ts terms) bool {
	a.met = false
	if a.hangs = covering[string(ts[1])]; !a.hangs {
		return false
	}
	a.key = append(append(a.key[:0], ts[2]...), ts[3]...)
	a.mu.Lock()
	a.is, a.met = a.seen[string(a.key)]
	a.mu.Unlock()
	return a.met
}

// add adds the quad of the key that was looked at, at which an iterator stands, and reads its cover if it may have one.
func (a *surroundings) add(r *reading, it longForm, ts terms) error {
	s, l := ts[2], ts[3]
	if a.met { // by the other key that each relation has, mostly
		r.last[quad.Subject].set(s, a.is.subject)
		r.last[quad.Label].set(l, a.is.label)
	}
	if err := r.take(it, ts); err != nil || a.met || !a.hangs {
		return err
	}
	cover, err := it.ValueAndErr()
	if err != nil {
		return damage(err)
	}
	q := &r.quads[len(r.quads)-1]
	is := saying{q.Subject, q.Label}
	if !a.begin(is, len(cover) > 0 && !isHashed(s) && !isHashed(l)) {
		return nil
	}
	n := len(a.inner.quads)
	a.inner.last[quad.Subject].set(s, is.subject)
	a.inner.last[quad.Label].set(l, is.label)
	err = eachCovered(cover, func(p, o, text []byte) error {
		quad := terms{s, p, o, l}
		if wanted, _, err := a.inner.wants(quad); err != nil || !wanted {
			return err
		}
		return a.inner.take(longBytes(text), quad)
	})
	a.mu.Lock()
	a.room -= len(a.inner.quads) - n
	a.mu.Unlock()
	return err
}

// begin reports whether what a label says of a subject is to be read, and notes where it is not to be had.
func (a *surroundings) begin(is saying, covered bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !covered || a.room <= 0 {
		a.partly[is.subject] = true // nil when it has to be looked up: that is never described
		return false
	}
	if _, other := a.seen[string(a.key)]; other {
		return false // another reading has it
	}
	a.seen[string(a.key)] = is
	return true
}

// longBytes are a long form that is at hand.
type longBytes []byte

// ValueAndErr implements longForm.
func (b longBytes) ValueAndErr() ([]byte, error) { return b, nil }
