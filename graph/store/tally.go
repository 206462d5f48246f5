package store

import (
	"hash/maphash"
	"slices"

	"github.com/cayleygraph/quad"
)

// A tally counts distinct values, of which it keeps eight bytes each: of millions, two are taken for one
// with a likelihood below one in a million.
type tally struct {
	hashes []uint64 // those before sorted are in order, each once
	sorted int
}

var tallySeed = maphash.MakeSeed()

func hashOf(v quad.Value) uint64 {
	if iri, ok := v.(quad.IRI); ok {
		return maphash.String(tallySeed, string(iri))
	}
	return maphash.String(tallySeed, v.String())
}

func (t *tally) add(v quad.Value) {
	t.hashes = append(t.hashes, hashOf(v))
	if len(t.hashes) >= 2*t.sorted+1<<12 {
		t.settle()
	}
}

// settle puts the hashes in order.
func (t *tally) settle() {
	slices.Sort(t.hashes)
	t.hashes = slices.Compact(t.hashes)
	t.sorted = len(t.hashes)
}

// count returns how many distinct values were added.
func (t *tally) count() int {
	if t == nil {
		return 0
	}
	if t.sorted < len(t.hashes) {
		t.settle()
	}
	return len(t.hashes)
}

// has reports whether a value was added. It may be asked when all have been.
func (t *tally) has(v quad.Value) bool {
	t.count()
	_, ok := slices.BinarySearch(t.hashes, hashOf(v))
	return ok
}
