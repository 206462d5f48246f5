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
	g := &gathering{seen: map[string]bool{}, partly: map[quad.Value]bool{}, room: maxGathered}
	parts, err := s.state.readings(ctx, keyObjects, objects, predicates, func(r *reading) {
		r.sifting.Label, r.each = sieve.Label, relationsEach
		inner := newReading(s.state, keySubjects)
		inner.sifting.Sieve = sieve
		r.around = &surroundings{g, inner, min(relationQuads*relationsEach*(len(objects)/2+1), maxGathered/4)}
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
	edges, described = quadsOf(parts), quadsOf(inner)
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
	return r.quads, nil
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
	n := 0
	for _, head := range heads {
		for ok := it.SeekPrefixGE(head); ok && bytes.HasPrefix(it.Key(), head); {
			if n++; n%checkEvery == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if ok, err = r.add(it); err != nil {
				return err
			}
		}
		if err := it.Error(); err != nil {
			return damage(err)
		}
	}
	return r.finish(ctx)
}

// maxGathered is how many quads Gather describes subjects with.
const maxGathered = 1 << 14

const (
	relationQuads = 8  // that most relations have
	relationsEach = 20 // that many of the claims have that have any
)

// A gathering is what the readings of one Gather know of each other.
type gathering struct {
	mu     sync.Mutex
	seen   map[string]bool     // by [said], of what the cover was read
	partly map[quad.Value]bool // subjects that something is not known of
	room   int                 // quads that may still be read
}

// surroundings are what one reading gathers: quads about the subjects of those that it reads.
type surroundings struct {
	*gathering
	inner *reading // those quads
	guess int      // of how many there are, if there are any
}

// gather reads the cover of the key of the index of objects at which an iterator stands, if it is of a kind that may have one.
func (a *surroundings) gather(it longForm, ts terms, subject quad.Value) error {
	predicate, s, l := ts[1], ts[2], ts[3]
	if !covering[string(predicate)] {
		return nil
	}
	cover, err := it.ValueAndErr()
	if err != nil {
		return damage(err)
	}
	if !a.begin(s, l, subject, len(cover) > 0) {
		return nil
	}
	n := len(a.inner.quads)
	if n == 0 {
		a.inner.quads = make([]quad.Quad, 0, a.guess)
	}
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
func (a *surroundings) begin(s, l []byte, subject quad.Value, covered bool) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := said(s, l)
	switch {
	case a.seen[key]:
		return false
	case !covered || a.room <= 0 || isHashed(s) || isHashed(l):
		a.partly[subject] = true // nil when it has to be looked up: that is never described
		return false
	}
	a.seen[key] = true
	return true
}

// longBytes are a long form that is at hand.
type longBytes []byte

// ValueAndErr implements longForm.
func (b longBytes) ValueAndErr() ([]byte, error) { return b, nil }
