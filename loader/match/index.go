package match

import (
	"slices"
	"strings"

	"whence/graph"
)

// An Index holds sides and finds those worth comparing with another, in time that
// grows with the keys of that one and with what shares them, not with the number
// held. Whether two sides are worth comparing depends on the two alone. An Index is not
// safe for concurrent use.
type Index struct {
	slots map[graph.Label]int32
	held  []*Prepared // by slot; nil when removed
	last  map[key]int32
	posts []posting
	gone  int // postings of removed sides
}

// A posting is a side that has a key, and the posting before it of that key.
type posting struct {
	slot, next int32
}

// NewIndex returns an index that holds nothing.
func NewIndex() *Index {
	return &Index{slots: map[graph.Label]int32{}, last: map[key]int32{}}
}

// Add holds a side. One with the label of a side that is held replaces it.
func (x *Index) Add(p *Prepared) {
	x.Remove(p.Label())
	slot := int32(len(x.held))
	x.held = append(x.held, p)
	x.slots[p.Label()] = slot
	x.post(slot)
}

func (x *Index) post(slot int32) {
	keys := x.held[slot].side.keys
	for i, k := range keys {
		if i > 0 && keys[i-1].key == k.key {
			continue
		}
		next, ok := x.last[k.key]
		if !ok {
			next = -1
		}
		x.last[k.key] = int32(len(x.posts))
		x.posts = append(x.posts, posting{slot, next})
	}
}

// Remove holds the side with a label no longer.
func (x *Index) Remove(label graph.Label) {
	slot, ok := x.slots[label]
	if !ok {
		return
	}
	delete(x.slots, label)
	x.gone += len(x.held[slot].side.keys)
	x.held[slot] = nil
	if 2*x.gone > len(x.posts) {
		x.rebuild()
	}
}

// rebuild forgets the postings of what was removed.
func (x *Index) rebuild() {
	held := slices.DeleteFunc(x.held, func(p *Prepared) bool { return p == nil })
	*x = *NewIndex()
	for _, p := range held {
		x.Add(p)
	}
}

// Near returns the sides held that share a key with p, in order of label, and not p itself.
func (x *Index) Near(p *Prepared) []*Prepared {
	var out []*Prepared
	seen := map[int32]bool{}
	collect := func(k key) {
		at, ok := x.last[k]
		for ok && at >= 0 {
			slot := x.posts[at].slot
			if other := x.held[slot]; other != nil && !seen[slot] && other.Label() != p.Label() {
				seen[slot] = true
				out = append(out, other)
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
	slices.SortFunc(out, func(a, b *Prepared) int { return strings.Compare(string(a.Label()), string(b.Label())) })
	return out
}
