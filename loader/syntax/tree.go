package syntax

import "math"

const none = -1

// A tree finds the heads of a sentence that together score most, of those that
// make one projective tree.
type tree struct {
	waiting, size, low, high []int32

	// Of every stretch of words, the best trees over it: the stretch is complete on
	// one side, its head being the first or the last word of it, or an arc joins both.
	// Each is kept by row and by column, so that the innermost loops run along rows.
	fromLeft, fromRight [2]square // complete, head at the left or right end
	arcRight, arcLeft   square    // by left end, by right end
	splits              [3][]uint8
}

type square struct {
	n int
	x []float32
}

func (s *square) reset(n int) { s.n, s.x = n, resize(s.x, n*n) }

func (s *square) row(i int) []float32 { return s.x[i*s.n:][:s.n] }

// arcs scores the heads of a word; the last of len(heads)+1 is that of the root.
type arcs func(d int) []float32

// heads fills heads; none is that of the root.
func (t *tree) heads(score arcs, heads []int32) {
	for d := range heads {
		row := score(d)[:len(heads)+1]
		best := 0
		for h, x := range row {
			if x > row[best] {
				best = h
			}
		}
		heads[d] = int32(best)
		if best == len(heads) {
			heads[d] = none
		}
	}
	if !t.good(heads) {
		t.best(score, heads)
	}
}

// good reports whether the heads make one projective tree.
func (t *tree) good(heads []int32) bool {
	n := len(heads)
	t.waiting, t.size = resize(t.waiting, n), resize(t.size, n)
	t.low, t.high = resize(t.low, n), resize(t.high, n)
	roots := 0
	for i := range heads {
		t.waiting[i], t.size[i], t.low[i], t.high[i] = 0, 1, int32(i), int32(i)
	}
	for _, h := range heads {
		if h < 0 {
			roots++
			continue
		}
		t.waiting[h]++ // for the words that hang from it
	}
	if roots != 1 {
		return false
	}
	seen := 0
	for i := range heads {
		// A word that waits for none is done, and then perhaps its head.
		for k := int32(i); t.waiting[k] == 0; {
			t.waiting[k] = none
			seen++
			if t.high[k]-t.low[k]+1 != t.size[k] {
				return false
			}
			h := heads[k]
			if h < 0 {
				break
			}
			t.size[h] += t.size[k]
			t.low[h], t.high[h] = min(t.low[h], t.low[k]), max(t.high[h], t.high[k])
			t.waiting[h]--
			k = h
		}
	}
	return seen == n
}

// best is Eisner's algorithm (1996), in time cubic in the number of words, of which there are at most MaxTree.
func (t *tree) best(score arcs, heads []int32) {
	n := len(heads)
	for _, s := range []*square{&t.fromLeft[0], &t.fromLeft[1], &t.fromRight[0], &t.fromRight[1], &t.arcRight, &t.arcLeft} {
		s.reset(n)
	}
	for i := range t.splits {
		t.splits[i] = resize(t.splits[i], n*n)
	}
	for i := range n {
		for _, s := range []*square{&t.fromLeft[0], &t.fromLeft[1], &t.fromRight[0], &t.fromRight[1]} {
			s.row(i)[i] = 0
		}
	}
	for j := 1; j < n; j++ {
		ofJ, leftOfJ, rightOfJ, arcsOfJ := score(j), t.fromLeft[1].row(j), t.fromRight[1].row(j), t.arcLeft.row(j)
		for i := j - 1; i >= 0; i-- {
			leftOfI, rightOfI, arcsOfI := t.fromLeft[0].row(i), t.fromRight[0].row(i), t.arcRight.row(i)
			at, x := longest(leftOfI[i:j], rightOfJ[i+1:j+1])
			t.splits[arcBetween][i*n+j] = uint8(at)
			arcsOfI[j] = x + ofJ[i]
			arcsOfJ[i] = x + score(i)[j]
			at, x = longest(arcsOfI[i+1:j+1], leftOfJ[i+1:j+1])
			t.splits[headLeft][i*n+j] = uint8(at)
			leftOfI[j], leftOfJ[i] = x, x
			at, x = longest(rightOfI[i:j], arcsOfJ[i:j])
			t.splits[headRight][i*n+j] = uint8(at)
			rightOfI[j], rightOfJ[i] = x, x
		}
	}
	root, most := 0, float32(math.Inf(-1))
	for r := range n {
		if x := t.fromRight[0].row(0)[r] + t.fromLeft[0].row(r)[n-1] + score(r)[n]; x > most {
			root, most = r, x
		}
	}
	heads[root] = none
	t.read(headRight, 0, root, heads)
	t.read(headLeft, root, n-1, heads)
}

// What a stretch of words is: of splits.
const (
	arcBetween = iota
	headLeft
	headRight
)

// read fills the heads of the words between i and j, and of the end that has one.
func (t *tree) read(what, i, j int, heads []int32) {
	if i == j {
		return
	}
	at := i + int(t.splits[what][i*len(heads)+j])
	if what == headLeft {
		at++
		heads[at] = int32(i)
		t.join(i, at, heads)
		t.read(headLeft, at, j, heads)
		return
	}
	heads[at] = int32(j)
	t.read(headRight, i, at, heads)
	t.join(at, j, heads)
}

// join fills the heads of the words between the two ends of an arc.
func (t *tree) join(i, j int, heads []int32) {
	at := i + int(t.splits[arcBetween][i*len(heads)+j])
	t.read(headLeft, i, at, heads)
	t.read(headRight, at+1, j, heads)
}

// longest returns where the sum of two rows is greatest, and that sum.
func longest(a, b []float32) (at int, most float32) {
	b = b[:len(a)]
	most = float32(math.Inf(-1))
	for k, x := range a {
		if x += b[k]; x > most {
			at, most = k, x
		}
	}
	return at, most
}
