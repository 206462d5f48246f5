package pebblequads

import (
	"bytes"
	"errors"

	"github.com/cockroachdb/pebble/v2"
)

// A lookup tells what is held. It is for one goroutine.
type lookup struct {
	state *state
	it    *pebble.Iterator // nil when nothing is held
	used  map[string]bool  // labels: whether they have quads
	key   []byte

	counted, covers bool // whether any relation is held; see cover.go
}

// lookup begins a lookup, to be closed.
func (s *state) lookup() (*lookup, error) {
	l := &lookup{state: s, used: map[string]bool{}}
	if s.counts.quads == 0 {
		return l, nil
	}
	var err error
	l.it, err = s.iter()
	return l, err
}

func (l *lookup) close() error {
	if l.it == nil {
		return nil
	}
	return l.state.put(l.it)
}

// label reports whether any quad has a label.
func (l *lookup) label(label []byte) (bool, error) {
	if l.it == nil {
		return false, nil
	}
	used, ok := l.used[string(label)]
	if !ok {
		l.key = appendKey(l.key[:0], keyLabels, label)
		used = l.it.SeekPrefixGE(l.key)
		if err := l.it.Error(); err != nil {
			return false, damage(err)
		}
		if len(l.used) == maxNames {
			clear(l.used)
		}
		l.used[string(label)] = used
	}
	return used, nil
}

// quad reports whether a quad is held, given by its terms in the order of keySubjects. A label that has no quads tells
// that at once for all that are under it.
func (l *lookup) quad(terms []byte) (bool, error) {
	used, err := l.label(splitQuad(terms)[3])
	if err != nil || !used {
		return false, err
	}
	l.key = appendKey(l.key[:0], keySubjects, terms)
	held := l.it.SeekPrefixGE(l.key) && bytes.Equal(l.it.Key(), l.key)
	return held, damage(l.it.Error())
}

// relations reports whether any key of the index of objects may have a cover.
func (l *lookup) relations() (bool, error) {
	if l.counted {
		return l.covers, nil
	}
	for p := range covering {
		n, err := l.state.count(appendKey(nil, keyPredicate, []byte(p)))
		if err != nil {
			return false, err
		}
		l.covers = l.covers || n > 0
	}
	l.counted = true
	return l.covers, nil
}

// edge reports whether a label gives a subject a predicate.
func (l *lookup) edge(subject, predicate, label []byte) (found bool, err error) {
	err = l.each(label, func(terms, change) bool {
		found = true
		return false
	}, subject, predicate)
	return found, err
}

// under returns what a label says of a subject, in order. It is the caller's.
func (l *lookup) under(subject, label []byte) (quads []change, err error) {
	var failed error
	err = l.each(label, func(_ terms, c change) bool {
		if splitQuad(c.terms)[2][0] == tagLiteralHash {
			text, err := l.it.ValueAndErr()
			if err != nil {
				failed = damage(err)
				return false
			}
			c.text = bytes.Clone(text)
		}
		quads = append(quads, change{bytes.Clone(c.terms), c.text})
		return true
	}, subject)
	return quads, errors.Join(err, failed)
}

// each calls f with the quads under a label, or under any for nil, that the index of subjects has under a head, until
// f returns false.
func (l *lookup) each(label []byte, f func(terms, change) bool, head ...[]byte) error {
	if l.it == nil {
		return nil
	}
	l.key = appendKey(l.key[:0], keySubjects, head...)
	for ok := l.it.SeekPrefixGE(l.key); ok && bytes.HasPrefix(l.it.Key(), l.key); ok = l.it.Next() {
		ts, err := splitKey(l.it.Key())
		if err != nil {
			return err
		}
		if (label == nil || bytes.Equal(ts[3], label)) && !f(ts, change{terms: l.it.Key()[1:]}) {
			break
		}
	}
	return damage(l.it.Error())
}
