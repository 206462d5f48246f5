package match

import (
	"slices"

	"whence/graph"
)

// An Index holds the keys of sides and finds those worth comparing with another, in time that
// grows with the keys of that one and with what shares them, not with the number
// held. Whether two sides are worth comparing depends on the two alone. The sides themselves are not kept: they take five
// times the room. An Index is not safe for concurrent use.
type Index struct {
	slots map[graph.Label]int32
	held  []graph.Label // by slot; "" when removed
	keys  []int32       // how many postings, by slot
	last  map[key]int32
	posts []posting
	gone  int // postings of removed sides
}

// A posting is a side that has a key, and the posting before it of that key; -1 for none.
type posting struct {
	slot, next int32
}

// NewIndex returns an index that holds nothing.
func NewIndex() *Index {
	return &Index{slots: map[graph.Label]int32{}, last: map[key]int32{}}
}

// Add holds the keys of a side. One with the label of a side that is held replaces it.
func (x *Index) Add(p *Prepared) {
	x.Remove(p.Label())
	slot := x.slot(p.Label())
	for i, k := range p.side.keys {
		if i == 0 || p.side.keys[i-1].key != k.key {
			x.post(k.key, slot)
		}
	}
}

// slot returns a new slot for a label.
func (x *Index) slot(label graph.Label) int32 {
	slot := int32(len(x.held))
	x.held, x.keys = append(x.held, label), append(x.keys, 0)
	x.slots[label] = slot
	return slot
}

func (x *Index) post(k key, slot int32) {
	next, ok := x.last[k]
	if !ok {
		next = -1
	}
	x.last[k] = int32(len(x.posts))
	x.posts = append(x.posts, posting{slot, next})
	x.keys[slot]++
}

// Remove holds the side with a label no longer.
func (x *Index) Remove(label graph.Label) {
	slot, ok := x.slots[label]
	if !ok {
		return
	}
	delete(x.slots, label)
	x.gone += int(x.keys[slot])
	x.held[slot] = ""
	if 2*x.gone > len(x.posts) {
		x.rebuild()
	}
}

// rebuild forgets the postings of what was removed.
func (x *Index) rebuild() {
	fresh := NewIndex()
	for _, label := range x.held {
		if label != "" {
			fresh.slot(label)
		}
	}
	for k, at := range x.last {
		for ; at >= 0; at = x.posts[at].next {
			if label := x.held[x.posts[at].slot]; label != "" {
				fresh.post(k, fresh.slots[label])
			}
		}
	}
	*x = *fresh
}

// Near returns the labels of the sides held that share a key with p, in order, and not its own.
func (x *Index) Near(p *Prepared) []graph.Label {
	var out []graph.Label
	seen := map[int32]bool{}
	collect := func(k key) {
		at, ok := x.last[k]
		for ok && at >= 0 {
			slot := x.posts[at].slot
			if label := x.held[slot]; label != "" && !seen[slot] && label != p.Label() {
				seen[slot] = true
				out = append(out, label)
			}
			at = x.posts[at].next
		}
	}
	keys := p.side.keys
	for i, k := range keys {
		if i > 0 && keys[i-1].key == k.key {
			continue
		}
		collect(k.key.strong())
		if k.key == k.key.strong() {
			collect(k.key.weak())
		}
	}
	slices.Sort(out)
	return out
}
