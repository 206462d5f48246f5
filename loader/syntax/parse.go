package syntax

import "whence/loader/syntax/perceptron"

// A parser finds the head of each word: it keeps a stack of words that wait for
// their head and reads the sentence from left to right (the arc-hybrid system of
// Kuhlmann, Gómez-Rodríguez and Satta 2011). Every tree takes as many steps as
// any other, so that sums of scores can be compared: the best few ways are kept
// at each step (Zhang and Clark 2008).
type parser struct {
	beam   int // how many ways are kept
	scorer perceptron.Scorer
}

// The actions.
const (
	shift = iota // the next word goes on the stack
	left         // the next word is the head of the top of the stack, which goes
	right        // the second on the stack is the head of the top, which goes
	actions
)

const none = -1

// An item is a word on the stack of one way of parsing, with what hangs from it.
// Items never change, so that ways share them.
type item struct {
	word          int32
	below         int32 // index in search.items
	left, left2   int32 // its leftmost word and the one after it
	right, right2 int32 // its rightmost word and the one before it
	lefts, rights uint8 // how many, at most 255
}

// A way is a point on one way of parsing.
type way struct {
	top    int32 // index in search.items
	next   item  // the next word, not yet on the stack; its word is len(words) at the end
	score  int32
	from   int32 // index in search.ways
	action int8  // that led here
	gold   bool  // every action so far was right; only while learning
}

// A search holds the items and ways of one sentence.
type search struct {
	items   []item
	ways    []way
	words   []word
	tags    []uint8
	seconds []uint8
}

func (s *search) start(words []word, tags, seconds []uint8) {
	s.words, s.tags, s.seconds = words, tags, seconds
	s.items = s.items[:0]
	s.ways = append(s.ways[:0], way{top: none, next: bare(0), from: none, action: none, gold: true})
}

func bare(word int32) item {
	return item{word: word, below: none, left: none, left2: none, right: none, right2: none}
}

// can reports whether an action is possible.
func (s *search) can(w *way, action int) bool {
	switch action {
	case shift:
		return int(w.next.word) < len(s.words)
	case left:
		return w.top != none && int(w.next.word) < len(s.words)
	default:
		return w.top != none && s.items[w.top].below != none
	}
}

// take appends the way that goes on from way i with an action.
func (s *search) take(i int32, action int, score int32) {
	w := s.ways[i]
	w.from, w.action, w.score = i, int8(action), score
	switch action {
	case shift:
		w.next.below = w.top
		w.top = s.push(w.next)
		w.next = bare(w.next.word + 1)
	case left:
		top := &s.items[w.top]
		w.next.left, w.next.left2 = top.word, w.next.left
		w.next.lefts = more(w.next.lefts)
		w.top = top.below
	case right:
		top := &s.items[w.top]
		head := s.items[top.below]
		head.right, head.right2 = top.word, head.right
		head.rights = more(head.rights)
		w.top = s.push(head)
	}
	s.ways = append(s.ways, w)
}

func (s *search) push(it item) int32 {
	s.items = append(s.items, it)
	return int32(len(s.items) - 1)
}

func more(n uint8) uint8 {
	if n < 255 {
		n++
	}
	return n
}

// heads reads the tree off a finished way.
func (s *search) heads(i int32, heads []int32) {
	for k := range heads {
		heads[k] = none
	}
	for ; s.ways[i].from != none; i = s.ways[i].from {
		w, before := &s.ways[i], &s.ways[s.ways[i].from]
		switch w.action {
		case left:
			heads[s.items[before.top].word] = before.next.word
		case right:
			top := &s.items[before.top]
			heads[top.word] = s.items[top.below].word
		}
	}
}

// An option is a step that may be taken.
type option struct {
	score  int32
	from   int32
	action int
}

// advance makes one step from ways [first, last) to the best of their
// successors, best first, and returns where these are.
func (p *parser) advance(w *work, first, last int32) (int32, int32) {
	s := &w.search
	w.scores = resize(w.scores, actions)
	var best [maxBeam]option
	n := 0
	for i := first; i < last; i++ {
		clear(w.scores)
		s.features(&s.ways[i], w.feature.empty())
		p.scorer.Score(w.feature.list, w.scores)
		for a, score := range w.scores {
			if !s.can(&s.ways[i], a) {
				continue
			}
			o := option{s.ways[i].score + score, i, a}
			k := n
			if n == p.beam {
				if k--; best[k].score >= o.score {
					continue
				}
			} else {
				n++
			}
			for ; k > 0 && best[k-1].score < o.score; k-- {
				best[k] = best[k-1]
			}
			best[k] = o
		}
	}
	begin := int32(len(s.ways))
	for _, o := range best[:n] {
		s.take(o.from, o.action, o.score)
	}
	return begin, int32(len(s.ways))
}

const maxBeam = 16

// parse fills w.heads for w.words and w.tags.
func (p *parser) parse(w *work) {
	w.heads = resize(w.heads, len(w.words))
	s := &w.search
	s.start(w.words, w.tags, w.seconds)
	first, last := int32(0), int32(1)
	for range 2*len(w.words) - 1 {
		first, last = p.advance(w, first, last)
	}
	if len(w.words) > 0 {
		s.heads(first, w.heads)
	}
}

// features describe a way by its top two words, the next three and what hangs
// from them, after Zhang and Nivre (2011).
func (s *search) features(w *way, f *features) {
	top, under, third := &noItem, &noItem, &noItem
	if w.top != none {
		top = &s.items[w.top]
		if top.below != none {
			under = &s.items[top.below]
			if under.below != none {
				third = &s.items[under.below]
			}
		}
	}
	next := &w.next
	s0, s1, s2 := s.see(top.word), s.see(under.word), s.see(third.word)
	b0, b1, b2 := s.see(next.word), s.see(next.word+1), s.see(next.word+2)
	s0l, s0l2, s0r, s0r2 := s.see(top.left), s.see(top.left2), s.see(top.right), s.see(top.right2)
	s1l, s1r, s1r2 := s.see(under.left), s.see(under.right), s.see(under.right2)
	b0l, b0l2 := s.see(next.left), s.see(next.left2)
	d0, d1 := distance(top.word, next.word), distance(under.word, top.word)
	s0v, s1v, b0v := uint64(top.lefts)<<8|uint64(top.rights), uint64(under.rights), uint64(next.lefts)

	f.add(0)
	f.add(s0.word)
	f.add(s0.tag)
	f.add(s0.word, s0.tag)
	f.add(s1.word)
	f.add(s1.tag)
	f.add(s1.word, s1.tag)
	f.add(s2.word, s2.tag)
	f.add(s2.tag)
	f.add(b0.word)
	f.add(b0.tag)
	f.add(b0.word, b0.tag)
	f.add(b1.word, b1.tag)
	f.add(b1.tag)
	f.add(b2.tag)

	// The words that may be joined.
	f.add(s0.word, s0.tag, b0.word, b0.tag)
	f.add(s0.word, s0.tag, b0.word)
	f.add(s0.word, b0.word, b0.tag)
	f.add(s0.word, s0.tag, b0.tag)
	f.add(s0.tag, b0.word, b0.tag)
	f.add(s0.word, b0.word)
	f.add(s0.tag, b0.tag)
	f.add(s1.word, s1.tag, s0.word, s0.tag)
	f.add(s1.word, s1.tag, s0.word)
	f.add(s1.word, s0.word, s0.tag)
	f.add(s1.word, s1.tag, s0.tag)
	f.add(s1.tag, s0.word, s0.tag)
	f.add(s1.word, s0.word)
	f.add(s1.tag, s0.tag)
	f.add(s1.tag, b0.tag)
	f.add(s1.word, b0.word)
	f.add(b0.tag, b1.tag)
	f.add(b0.word, b1.word)

	// And what stands around them.
	f.add(b0.tag, b1.tag, b2.tag)
	f.add(s0.tag, b0.tag, b1.tag)
	f.add(s1.tag, s0.tag, b0.tag)
	f.add(s2.tag, s1.tag, s0.tag)
	f.add(s1.tag, s0.tag, b0.tag, b1.tag)
	f.add(s0.word, b0.tag, b1.tag)
	f.add(s0.tag, b0.word, b1.tag)
	f.add(s1.word, s0.tag, b0.tag)
	f.add(s1.tag, s0.word, b0.tag)
	f.add(s1.tag, s0.tag, b0.word)

	// And what hangs from them already.
	f.add(s0.tag, s0l.tag, b0.tag)
	f.add(s0.tag, s0r.tag, b0.tag)
	f.add(s0.tag, b0.tag, b0l.tag)
	f.add(s1.tag, s1l.tag, s0.tag)
	f.add(s1.tag, s1r.tag, s0.tag)
	f.add(s1.tag, s0.tag, s0l.tag)
	f.add(s1.tag, s0.tag, s0r.tag)
	f.add(s1.word, s1r.tag, s0.tag)
	f.add(s0.word, s0r.tag, b0.tag)
	f.add(s0.tag, s0l.tag, s0l2.tag)
	f.add(s0.tag, s0r.tag, s0r2.tag)
	f.add(b0.tag, b0l.tag, b0l2.tag)
	f.add(s1.tag, s1r.tag, s1r2.tag)
	f.add(s0l.word, s0.tag)
	f.add(s0r.word, s0.tag)
	f.add(s1l.word, s1.tag)
	f.add(s1r.word, s1.tag)
	f.add(b0l.word, b0.tag)
	f.add(s1.tag, s0l.word, s0.tag)
	f.add(s1.word, s0l.word, s0.tag)
	f.add(s0.tag, b0l.word, b0.tag)

	// How far apart they are, and how much hangs from them.
	f.add(d0, s0.tag, b0.tag)
	f.add(d0, s0.word)
	f.add(d0, b0.word)
	f.add(d1, s1.tag, s0.tag)
	f.add(d1, s1.word)
	f.add(d1, s0.word)
	f.add(s0v, s0.word)
	f.add(s0v, s0.tag)
	f.add(s1v, s1.word)
	f.add(s1v, s1.tag, s0.tag)
	f.add(b0v, b0.word)
	f.add(b0v, b0.tag)
	f.add(s0v, s0.tag, b0.tag)

	// What is known of words of their kind.
	f.add(s0.fine, b0.tag)
	f.add(s0.tag, b0.fine)
	f.add(s0.fine, b0.fine)
	f.add(s1.fine, s0.tag)
	f.add(s1.tag, s0.fine)
	f.add(s1.fine, s0.fine)
	f.add(s0.broad, b0.broad, b1.broad)
	f.add(s1.broad, s0.broad, b0.broad)
	f.add(b0.fine, b1.fine)
	f.add(s1.fine, s0l.word, s0.fine)
	f.add(s1.broad, s0l.word, s0.broad)
	f.add(s1.fine, s0.fine, b0.tag)
	f.add(s0.tag, b0.tag, b1.fine)
	f.add(s1.fine, s0.tag, b0.word)
	f.add(s1.tag, s0.fine, b0.word)

	// What they are if the tagger was wrong.
	f.add(s0.second, b0.second)
	f.add(s1.second, s0.second)
	f.add(s1.second, s0.second, b0.second)
	f.add(s0.second, b0.second, b1.second)
	f.add(s0.word, b0.second)
	f.add(s0.second, b0.word)
	f.add(s1.word, s0.second)
	f.add(s1.second, s0.second, s0l.word)

	// Where a preposition or a clause may go.
	f.add(s1.word, s0.tag, b0.word)
	f.add(s1.tag, s0.word, b0.word)
	f.add(s1.word, s0l.word, s0.word)
	f.add(s2.tag, s1.tag, s0l.word, s0.tag)
	f.add(s2.word, s0l.word, s0.tag)
	f.add(s0.word, b0.word, b1.word)
	f.add(s0.word, b0.word, b2.word)
	f.add(s1.tag, s0.tag, b0.word, b1.tag)
	f.add(s1.tag, s1r.tag, s0.tag, s0l.tag, b0.tag)
	f.add(s1.tag, s0.tag, b0.tag, b1.tag, b2.tag)
	f.add(s1.tag, s0.tag, s0r.tag, s0r2.tag, b0.tag)
	f.add(s2.tag, s1.tag, s0.tag, b0.tag)
	f.add(s1v, s0.tag, s1.word, b0.tag)
}

var noItem = bare(none)

// A seen is what features see of a token; all is 0 if there is none.
type seen struct {
	word, tag, second uint64
	fine, broad       uint64 // clusters, the fine one with the tag
}

func (s *search) see(i int32) seen {
	if i < 0 || int(i) >= len(s.words) {
		return seen{}
	}
	w, tag := &s.words[i], uint64(s.tags[i])+1
	return seen{w.lower, tag, uint64(s.seconds[i]) + 1, mix(w.fine, tag), w.broad}
}

// distance groups the distance between two words; 0 if there is no word.
func distance(a, b int32) uint64 {
	switch d := b - a; {
	case a < 0:
		return 0
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	default:
		return 7
	}
}
