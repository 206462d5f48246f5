package pebblequads

import (
	"bytes"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"whence/graph/store"
)

// A sifting leaves out of a reading of the index of subjects what a sieve does not let through.
// What it would have to look up first, a predicate or label of which the key has but the hash, it
// lets through: [store.Sieve.Keep] leaves it out once that is done.
type sifting struct {
	store.Sieve
	predicate picked // of the one that was read last
	label     []byte // the term that was looked at last
	wanted    bool   // what the sieve said of it
	behind    []byte // a key
}

const (
	fewLabels = 8 // up to how many quads it is cheaper to pass over than to seek
	fewOthers = 4
)

// picked is what a sieve says of a predicate.
type picked struct{ wanted, once bool }

// picks reports whether the sieve says anything of predicates.
func (s *sifting) picks() bool { return len(s.Without)+len(s.Once) > 0 }

// pick returns what the sieve says of a predicate.
func (s *sifting) pick(p quad.Value) picked {
	iri, _ := p.(quad.IRI)
	return picked{!s.Without[iri], s.Once[iri]}
}

// isOut reports whether the sieve lets through nothing that has the predicate of the quad that was looked at last.
func (s *sifting) isOut(ts terms) bool { return !isHashed(ts[1]) && !s.predicate.wanted }

// pass goes on behind the quads that have the subject and the predicate of the one at which an iterator stands: a document
// mentions dozens. It reports whether there is more to read.
func (s *sifting) pass(it *pebble.Iterator, ts terms) bool {
	s.behind = appendKey(s.behind[:0], keySubjects, ts[0], ts[1])
	for range fewOthers {
		if !it.Next() {
			return false
		}
		if !bytes.HasPrefix(it.Key(), s.behind) {
			return true
		}
	}
	return it.SeekPrefixGE(append(s.behind, 0xFF)) // no term begins so
}

// skip goes on behind the quads that differ from the one at which an iterator stands in the label
// alone, and have a greater one of the same kind: their terms, which are of one length, are in the order of the
// labels. It reports whether there is more to read.
func (s *sifting) skip(it *pebble.Iterator, label []byte) bool {
	key := it.Key()
	if label[0] != tagHex16 && label[0] != tagHex32 || label[len(label)-1] != 0 {
		return it.Next()
	}
	digits := len(label) - 3
	s.behind = append(s.behind[:0], key[:len(key)-digits-1]...)
	for range fewLabels {
		if !it.Next() {
			return false
		}
		if !bytes.HasPrefix(it.Key(), s.behind) {
			return true
		}
	}
	s.behind = append(s.behind, bytes.Repeat([]byte{0xFF}, digits+1)...)
	return it.SeekPrefixGE(s.behind)
}
