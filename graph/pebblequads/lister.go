package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"whence/graph/store"
)

var _ store.Lister = (*Snapshot)(nil)

// List implements [store.Lister]. Of what is named by a hash, as claims are, it reads no more than it returns, if the
// IRIs are the names: their terms are in the same order. Others, agents and documents among them, it reads all, but each once.
func (s *Snapshot) List(
	ctx context.Context, predicate quad.IRI, object quad.Value, after string, limit int, by store.Listing,
) (subjects []quad.IRI, err error) {
	if err := ctx.Err(); err != nil || limit < 1 {
		return nil, err
	}
	prefix := []byte{keyObjects}
	for _, v := range []quad.Value{object, predicate} {
		if prefix, _, err = appendTerm(prefix, v); err != nil {
			return nil, err
		}
	}
	it, err := s.state.iter()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.state.put(it)) }()
	defer caught(&err)

	l := listing{Listing: by, reading: newReading(s.state, keyObjects), it: it, prefix: prefix, after: after, limit: limit}
	if t := appendIRI(nil, after); t != nil && isOrdered(t) && by.Name(quad.IRI(after)) == after {
		l.afterTerm = t
	}
	n := 0
	for more := it.SeekGE(prefix); more && bytes.HasPrefix(it.Key(), prefix); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if more, err = l.step(); err != nil {
			return nil, err
		}
	}
	if err := it.Error(); err != nil {
		return nil, damage(err)
	}
	if err := l.long(); err != nil {
		return nil, err
	}
	slices.SortFunc(l.found, func(a, b named) int { return strings.Compare(a.name, b.name) })
	for _, f := range l.found[:min(limit, len(l.found))] {
		subjects = append(subjects, f.iri)
	}
	return subjects, nil
}

// A listing goes through the keys that begin with an object and a predicate.
type listing struct {
	store.Listing
	*reading
	it        *pebble.Iterator
	prefix    []byte
	after     string
	afterTerm []byte // its term, when that is in the order of its kind; else nil
	limit     int

	kind   []byte // the key up to the tag and the namespace of the subjects that are being read, when those are in order
	listed int    // of this kind
	found  []named
	hashed [][]byte // subjects of which the key has but the hash
	key    []byte
}

// A named subject is one that is after what was asked for.
type named struct {
	name string
	iri  quad.IRI
}

// isOrdered reports whether a term is nothing but a namespace and digits, so that it is before another such one of
// its namespace when its IRI is.
func isOrdered(term []byte) bool {
	return (term[0] == tagHex16 || term[0] == tagHex32) && term[len(term)-1] == 0
}

// step reads the key at which the iterator stands, and goes on. more is false at the end.
func (l *listing) step() (more bool, err error) {
	ts, err := splitKey(l.it.Key())
	if err != nil {
		return false, err
	}
	subject, label := ts[2], ts[3]
	if isOrdered(subject) {
		if kind := l.it.Key()[:len(l.prefix)+2]; !bytes.Equal(kind, l.kind) {
			l.kind, l.listed = append(l.kind[:0], kind...), 0
			if l.afterTerm != nil && bytes.Equal(subject[:2], l.afterTerm[:2]) && bytes.Compare(subject, l.afterTerm) <= 0 {
				return l.behind(l.prefix, l.afterTerm), nil
			}
		}
		if l.listed == l.limit { // all that follow are greater
			return l.behind(l.kind, nil), nil
		}
	}
	by, err := l.valueOf(label)
	if err != nil {
		return false, err
	}
	if !l.Label(by) {
		return l.it.Next(), nil
	}
	switch {
	case isHashed(subject):
		l.hashed = append(l.hashed, bytes.Clone(subject))
	default:
		v, err := decodeTerm(subject)
		if err != nil {
			return false, err
		}
		if l.take(v) && isOrdered(subject) {
			l.listed++
		}
	}
	return l.behind(l.prefix, subject), nil
}

// take lists a subject if it is after what was asked for.
func (l *listing) take(v quad.Value) bool {
	iri, ok := v.(quad.IRI)
	name := ""
	if ok {
		name = l.Name(iri)
	}
	if name <= l.after {
		return false
	}
	l.found = append(l.found, named{name, iri})
	return true
}

// behind goes on behind the keys that begin with a prefix and a term.
func (l *listing) behind(prefix, term []byte) (more bool) {
	l.key = append(append(l.key[:0], prefix...), term...)
	if l.it.Next() && !bytes.HasPrefix(l.it.Key(), l.key) && bytes.Compare(l.it.Key(), l.key) > 0 { // mostly
		return true
	}
	return l.it.SeekGE(append(l.key, bytes.Repeat([]byte{0xFF}, 40)...)) // more than the longest digits
}

// valueOf returns the value of a label's term.
func (l *listing) valueOf(term []byte) (quad.Value, error) {
	if !isHashed(term) {
		return l.term(quad.Label, term)
	}
	return l.look(bytes.Clone(term))
}

// look returns the value of a hashed term.
func (l *listing) look(term []byte) (v quad.Value, err error) {
	it, err := l.state.iter()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.state.put(it)) }()
	return seekLong(it, appendKey(nil, keyValues, term))
}

// long lists what it has to look up.
func (l *listing) long() error {
	for _, term := range l.hashed {
		v, err := l.look(term)
		if err != nil {
			return err
		}
		l.take(v)
	}
	return nil
}
