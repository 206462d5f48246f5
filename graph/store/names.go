package store

import (
	"hash/maphash"
	"strings"
)

// What a ledger keeps for as long as a store is open lies in a few large pieces without pointers: the garbage collector looks
// at every pointer again and again, and a large store has a hundred thousand labels.

// A column is a list that grows without being moved. Its members are numbered from 1: 0 is none.
type column[T any] struct{ pages [][]T }

const columnPage = 512 // members

// add takes in a member and returns its number.
func (c *column[T]) add(x T) uint32 {
	last := len(c.pages) - 1
	if last < 0 || len(c.pages[last]) == columnPage {
		c.pages = append(c.pages, make([]T, 0, columnPage))
		last++
	}
	c.pages[last] = append(c.pages[last], x)
	return c.len()
}

// at returns the member with a number.
func (c *column[T]) at(number uint32) *T {
	return &c.pages[(number-1)/columnPage][(number-1)%columnPage]
}

// len returns how many members there are.
func (c *column[T]) len() uint32 {
	last := len(c.pages) - 1
	if last < 0 {
		return 0
	}
	return uint32(last*columnPage + len(c.pages[last]))
}

// A chain is a list of numbers, the last one first: the number of its first link in a column, 0 when it is empty.
type chain uint32

type link struct {
	number uint32
	rest   chain
}

// A heap keeps strings.
type heap struct {
	pages []*strings.Builder
	open  int // the page that has room, counted from 1; 0 for none
}

// A place is where a string stands in a heap, in bytes.
type place struct{ page, start, length uint32 }

const heapPage = 64 << 10 // bytes; a string longer than an eighth of it has a page of its own

func (h *heap) keep(s string) place {
	switch {
	case len(s) > heapPage/8:
		return h.put(h.page(len(s)), s)
	case h.open == 0 || h.pages[h.open-1].Cap()-h.pages[h.open-1].Len() < len(s):
		h.open = h.page(heapPage) + 1
	}
	return h.put(h.open-1, s)
}

// page adds a page of a size.
func (h *heap) page(size int) int {
	page := new(strings.Builder)
	page.Grow(size)
	h.pages = append(h.pages, page)
	return len(h.pages) - 1
}

// put writes a string to a page that has room for it.
func (h *heap) put(page int, s string) place {
	p := place{uint32(page), uint32(h.pages[page].Len()), uint32(len(s))}
	h.pages[page].WriteString(s)
	return p
}

// at returns the string at a place. It is part of the heap.
func (h *heap) at(p place) string { return h.pages[p.page].String()[p.start : p.start+p.length] }

// names numbers strings, from 1 in the order of their arrival.
type names struct {
	seed maphash.Seed
	last map[uint64]uint32 // by hash: the last name that has it
	list column[name]
}

type name struct {
	place
	before uint32 // with the same hash; 0 for none
}

func newNames() names { return names{seed: maphash.MakeSeed(), last: map[uint64]uint32{}} }

// number returns the number of a string that stands in h, 0 if it has none.
func (n *names) number(h *heap, s string) uint32 {
	at := n.last[maphash.String(n.seed, s)]
	for at != 0 && n.at(h, at) != s {
		at = n.list.at(at).before
	}
	return at
}

// at returns the string with a number.
func (n *names) at(h *heap, number uint32) string { return h.at(n.list.at(number).place) }

// add numbers a string that has no number and stands at a place of h.
func (n *names) add(h *heap, p place) uint32 {
	hash := maphash.String(n.seed, h.at(p))
	number := n.list.add(name{p, n.last[hash]})
	n.last[hash] = number
	return number
}

// A cutter finds strings in one that stands in a heap. It is fast when they are asked for in the order in which they stand there.
type cutter struct {
	whole string
	at    place
	from  int
}

// cut returns where a string stands.
func (c *cutter) cut(s string) (p place, found bool) {
	i := strings.Index(c.whole[c.from:], s)
	if i >= 0 {
		i += c.from
	} else if i = strings.Index(c.whole, s); i < 0 {
		return place{}, false
	}
	c.from = i + len(s)
	return place{c.at.page, c.at.start + uint32(i), uint32(len(s))}, true
}
