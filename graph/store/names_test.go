package store

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What a heap keeps, a names numbers and a column holds is what was put in, also when there are many pages of it.
func TestNames(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var h heap
		n := newNames()
		var all column[int]
		var places []place
		var kept []string
		for i := range rapid.IntRange(1, 3*columnPage).Draw(r, "strings") {
			s := fmt.Sprint(i, " ", strings.Repeat("x", rapid.SampledFrom([]int{0, 1, 40, 40, 40, 5000, heapPage / 8, heapPage, 2 * heapPage}).Draw(r, "length")))
			kept = append(kept, s)
			places = append(places, h.keep("<"+s+">"))
			whole := cutter{whole: h.at(places[i]), at: places[i]}
			p, found := whole.cut(s)
			if number := n.add(&h, p); !found || number != uint32(i+1) || all.add(i) != number || all.len() != number {
				r.Fatalf("string %d has number %d, found: %v", i, number, found)
			}
		}
		for i, s := range kept {
			number := n.number(&h, s)
			if h.at(places[i]) != "<"+s+">" || number != uint32(i+1) || n.at(&h, number) != s || *all.at(number) != i {
				r.Fatalf("string %d of %d bytes has number %d", i, len(s), number)
			}
		}
		if number := n.number(&h, "another"); number != 0 {
			r.Fatalf("what was never added has number %d", number)
		}
	})
}

// Strings with one hash are told apart.
func TestNames_SameHash(t *testing.T) {
	var h heap
	n := newNames()
	for _, s := range []string{"a", "b", "c"} {
		n.add(&h, h.keep(s))
	}
	// As if all had the hash of the last.
	last := n.number(&h, "c")
	for number := uint32(1); number <= 3; number++ {
		n.list.at(number).before = number - 1
	}
	for hash := range n.last {
		n.last[hash] = last
	}
	for i, s := range []string{"a", "b", "c"} {
		if number := n.number(&h, s); number != uint32(i+1) {
			t.Errorf("%q has number %d", s, number)
		}
	}
}

// A cutter finds strings in any order, and says of others that they are not there.
func TestCutter(t *testing.T) {
	var h heap
	h.keep("before ")
	p := h.keep("one two three")
	c := cutter{whole: h.at(p), at: p}
	for _, s := range []string{"one", "three", "two", "one two", ""} {
		if at, found := c.cut(s); !found || h.at(at) != s {
			t.Errorf("%q: found %v", s, found)
		}
	}
	if at, found := c.cut("before"); found {
		t.Errorf("found %q", h.at(at))
	}
}
