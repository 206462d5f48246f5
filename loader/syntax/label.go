package syntax

import (
	"math"

	"whence/loader/syntax/perceptron"
)

// A labeller names the relation of each word to its head when the whole tree is
// known, from left to right: it sees the relations it has given so far.
type labeller struct {
	relations []string
	root      int // index of "root", which the root has and no other word
	scorer    perceptron.Scorer
}

// label fills w.labels for w.words, w.tags and w.heads.
func (l *labeller) label(w *work) {
	w.labels = resize(w.labels, len(w.words))
	w.scores = resize(w.scores, len(l.relations))
	w.tree.build(w.heads)
	for i := range w.words {
		if w.heads[i] < 0 {
			w.labels[i] = uint8(l.root)
			continue
		}
		clear(w.scores)
		w.scores[l.root] = math.MinInt32 / 2
		w.labelFeatures(i, w.feature.empty())
		l.scorer.Score(w.feature.list, w.scores)
		w.labels[i] = uint8(perceptron.Best(w.scores))
	}
}

// A tree lists the words that hang from each word.
type tree struct {
	first, last []int32 // leftmost and rightmost
	after       []int32 // the next with the same head
	before      []int32 // the one before it
}

func (t *tree) build(heads []int32) {
	n := len(heads)
	t.first, t.last = resize(t.first, n), resize(t.last, n)
	t.after, t.before = resize(t.after, n), resize(t.before, n)
	for i := range heads {
		t.first[i], t.last[i], t.after[i], t.before[i] = none, none, none, none
	}
	for i, h := range heads {
		if h < 0 {
			continue
		}
		if t.first[h] == none {
			t.first[h] = int32(i)
		} else {
			t.after[t.last[h]] = int32(i)
			t.before[i] = t.last[h]
		}
		t.last[h] = int32(i)
	}
}

// maxChildren bounds how many of a word's children are looked at.
const maxChildren = 12

// labelFeatures sees the labels before i, not those from i on.
func (w *work) labelFeatures(i int, f *features) {
	s, t := &w.search, &w.tree
	head := w.heads[i]
	var h, g seen                     // the head and its head
	above := uint64(0)                // the head's relation, if it is known yet
	way, side := uint64(0), uint64(0) // where the head is: how far, on which side
	if head >= 0 {
		h, g = s.see(head), s.see(w.heads[head])
		if int(head) < i {
			above = uint64(w.labels[head]) + 1
			way, side = 16+distance(head, int32(i)), 1
		} else {
			way, side = 32+distance(int32(i), head), 2
		}
	}
	d := s.see(int32(i))
	p, n := s.see(int32(i)-1), s.see(int32(i)+1)  // neighbours
	l, r := s.see(t.first[i]), s.see(t.last[i])   // outermost children
	b, a := s.see(t.before[i]), s.see(t.after[i]) // brothers
	brother := uint64(0)
	if t.before[i] != none {
		brother = uint64(w.labels[t.before[i]]) + 1
	}
	ending, shape := w.words[i].suffix[2], w.words[i].shape

	f.add(side)
	f.add(d.word, side)
	f.add(d.tag, side)
	f.add(h.word, side)
	f.add(h.tag, side)
	f.add(d.tag, h.tag, side)
	f.add(d.word, h.tag, side)
	f.add(d.tag, h.word, side)
	f.add(d.word, h.word, side)
	f.add(d.tag, h.tag, way)
	f.add(d.tag, h.tag, g.tag)
	f.add(g.word, h.tag, d.tag)
	f.add(l.word, h.tag, d.tag)
	f.add(l.tag, d.tag, h.tag)
	f.add(l.word, d.tag, h.word)
	f.add(r.tag, d.tag, h.tag)
	f.add(r.word, d.tag, side)
	f.add(b.tag, brother, d.tag, h.tag)
	f.add(a.tag, d.tag, h.tag)
	f.add(a.word, a.tag, d.tag, side)
	f.add(brother, d.tag, h.word)
	f.add(p.word, d.tag, side)
	f.add(p.tag, d.tag, h.tag)
	f.add(n.word, d.tag, side)
	f.add(n.tag, d.tag, h.tag)
	f.add(ending, d.tag, h.tag)
	f.add(shape, d.tag, h.tag)
	f.add(above, d.tag, h.tag)
	f.add(above, d.word, side)
	f.add(p.tag, n.tag, d.tag, h.tag)
	f.add(d.second, way)
	f.add(d.second, h.tag, side)
	f.add(d.tag, h.second, side)
	f.add(d.second, h.second, side)
	f.add(d.word, h.second, side)
	f.add(d.second, h.word, side)
	f.add(d.fine, side)
	f.add(h.fine, side)
	f.add(d.fine, h.tag, side)
	f.add(d.tag, h.fine, side)
	f.add(d.fine, h.fine, side)
	f.add(l.word, d.fine, h.tag)
	f.add(l.word, d.tag, h.fine)
	f.add(l.word, d.tag, d.broad, h.broad, h.tag)

	// All that hangs from the word, then all that hangs from its head.
	name := f.name
	c := t.first[i]
	for k := 0; c != none && k < maxChildren; k++ {
		child := s.see(c)
		f.name = name
		f.add(child.word, d.tag, side)
		f.add(child.tag, d.tag, h.tag, side)
		f.add(child.word, d.tag, h.word)
		c = t.after[c]
	}
	if head < 0 {
		return
	}
	c = t.first[head]
	for k := 0; c != none && k < maxChildren; k++ {
		child, place := s.see(c), c
		c = t.after[c]
		if int(place) == i {
			continue
		}
		f.name = name + 3
		f.add(child.word, d.tag, h.tag)
		f.add(child.tag, d.tag, h.tag, side)
		if int(place) < i {
			f.add(uint64(w.labels[place]), d.tag, h.tag, side)
		}
	}
}
