package pebblequads

import (
	"bytes"
	"context"
	"errors"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"whence/graph/store"
)

var _ store.Lister = (*Snapshot)(nil)

// List implements [store.Lister]. It can when all that has the predicate and object is named by a hash of one kind, as
// claims are: the terms are then in the order of the IRIs.
func (s *Snapshot) List(
	ctx context.Context, predicate quad.IRI, object quad.Value, after quad.IRI, limit int, label func(quad.Value) bool,
) (subjects []quad.IRI, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	o, _, err := appendTerm(nil, object)
	if err != nil {
		return nil, false, err
	}
	p, _, err := appendTerm(nil, predicate)
	if err != nil {
		return nil, false, err
	}
	prefix := appendKey(nil, keyObjects, o, p)
	it, err := s.state.iter()
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, s.state.put(it)) }()
	defer caught(&err)

	from, ok, err := listFrom(it, prefix, after)
	if err != nil || !ok {
		return nil, ok, err
	}
	r := newReading(s.state, keyObjects)
	var last []byte // the term of the last one that was listed
	for more, n := it.SeekGE(from), 0; more && bytes.HasPrefix(it.Key(), prefix) && len(subjects) < limit; more, n = it.Next(), n+1 {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		ts, err := splitKey(it.Key())
		if err != nil {
			return nil, false, err
		}
		subject, by := ts[2], ts[3]
		if bytes.Equal(last, subject) {
			continue
		}
		if isHashed(by) {
			return nil, false, nil
		}
		l, err := r.term(quad.Label, by)
		if err != nil {
			return nil, false, err
		}
		if !label(l) {
			continue
		}
		iri, err := decodeIRI(subject)
		if err != nil {
			return nil, false, err
		}
		last = append(last[:0], subject...)
		if iri > after {
			subjects = append(subjects, iri)
		}
	}
	return subjects, true, damage(it.Error())
}

// listFrom returns the key from which the subjects after an IRI are to be found among the keys with a
// prefix. ok is false when these are not in the order of the subjects.
func listFrom(it *pebble.Iterator, prefix []byte, after quad.IRI) (from []byte, ok bool, err error) {
	if !it.SeekGE(prefix) || !bytes.HasPrefix(it.Key(), prefix) {
		return prefix, true, damage(it.Error()) // there are none
	}
	tag, namespace := it.Key()[len(prefix)], it.Key()[len(prefix)+1] // of the first: no quad ends here
	if tag != tagHex16 && tag != tagHex32 {
		return nil, false, nil
	}
	kind := append(bytes.Clone(prefix), tag, namespace)
	end := append(bytes.Clone(prefix), 0xFF)
	if !it.SeekLT(end) || !bytes.HasPrefix(it.Key(), kind) { // the last
		return nil, false, damage(it.Error())
	}
	if after == "" {
		return prefix, true, nil
	}
	term := appendIRI(nil, string(after))
	if !bytes.HasPrefix(append(bytes.Clone(prefix), term...), kind) {
		return nil, false, nil
	}
	return append(bytes.Clone(prefix), term...), true, nil
}
