package perceptron

import (
	"cmp"
	"math"
	"slices"
)

// A Learner is a perceptron being taught. It is not safe for concurrent use.
type Learner struct {
	index []int32 // open addressing: position in rows + 1, 0 for an empty slot
	rows  []row
	step  int64
	blind uint32 // per cent of the features that are out of sight
	draw  uint32 // says which
}

type row struct {
	feature Feature
	cells   []learning
}

// A learning is the weight of one class under one feature, and what is to be
// taken off it, times the steps, to make it a mean.
type learning struct {
	class  uint8
	weight int32
	drift  int64
}

// NewLearner makes a learner that knows nothing. Of every hundred features, blind
// are out of its sight, others after each step, so that it comes to trust many a
// little and none too much (dropout). What it learnt is weighed in full.
func NewLearner(blind int) *Learner {
	return &Learner{index: make([]int32, 1<<12), blind: uint32(blind)}
}

// Step says that an example was seen, right or wrong. What is out of sight changes.
func (l *Learner) Step() {
	l.step++
	l.draw = l.draw*1664525 + 1013904223
}

func (l *Learner) hidden(f Feature) bool {
	if l.blind == 0 {
		return false
	}
	h := (f ^ l.draw) * 0x9e3779b1
	h = (h ^ h>>15) * 0x85ebca6b
	return h>>16%100 < l.blind
}

// Score implements [Scorer].
func (l *Learner) Score(features []Feature, scores []int32) {
	for _, f := range features {
		if l.hidden(f) {
			continue
		}
		if r := l.find(f); r != nil {
			for _, c := range r.cells {
				scores[c.class] += c.weight
			}
		}
	}
}

// Add adds to the weights of one class under every one of the features.
func (l *Learner) Add(features []Feature, class int, by int32) {
	for _, f := range features {
		if l.hidden(f) {
			continue
		}
		r := l.find(f)
		if r == nil {
			r = l.insert(f)
		}
		c := r.cell(uint8(class))
		c.weight += by
		c.drift += int64(by) * l.step
	}
}

// Teach moves the weights towards the right class and away from the chosen one.
func (l *Learner) Teach(features []Feature, right, chosen int) {
	if right != chosen {
		l.Add(features, right, 1)
		l.Add(features, chosen, -1)
	}
	l.Step()
}

func (r *row) cell(class uint8) *learning {
	for i := range r.cells {
		if r.cells[i].class == class {
			return &r.cells[i]
		}
	}
	r.cells = append(r.cells, learning{class: class})
	return &r.cells[len(r.cells)-1]
}

func (l *Learner) find(f Feature) *row {
	f = named(f)
	mask := uint32(len(l.index) - 1)
	for i := f & mask; l.index[i] != 0; i = (i + 1) & mask {
		if r := &l.rows[l.index[i]-1]; r.feature == f {
			return r
		}
	}
	return nil
}

func (l *Learner) insert(f Feature) *row {
	if 2*len(l.rows) >= len(l.index) {
		l.reindex()
	}
	l.rows = append(l.rows, row{feature: named(f)})
	l.place(len(l.rows) - 1)
	return &l.rows[len(l.rows)-1]
}

func (l *Learner) reindex() {
	size := 1 << 12
	for size < 4*len(l.rows) {
		size *= 2
	}
	l.index = make([]int32, size)
	for i := range l.rows {
		l.place(i)
	}
}

func (l *Learner) place(i int) {
	mask := uint32(len(l.index) - 1)
	at := l.rows[i].feature & mask
	for l.index[at] != 0 {
		at = (at + 1) & mask
	}
	l.index[at] = int32(i + 1)
}

// Freeze returns the mean weights in steps of 1/127 of the largest but for the
// outermost thousandth, which is cut to it. Those that come to less than least
// steps are dropped.
func (l *Learner) Freeze(least int) *Weights {
	var sizes []float64
	for _, r := range l.rows {
		for _, c := range r.cells {
			if m := math.Abs(l.mean(c)); m > 0 {
				sizes = append(sizes, m)
			}
		}
	}
	slices.Sort(sizes)
	unit := 1.0
	if len(sizes) > 0 {
		unit = sizes[len(sizes)-1-len(sizes)/1000] / 127
	}
	slices.SortFunc(l.rows, func(a, b row) int { return cmp.Compare(a.feature, b.feature) })
	w := newWeights(len(l.rows))
	var cells []cell
	for _, r := range l.rows {
		cells = cells[:0]
		slices.SortFunc(r.cells, func(a, b learning) int { return cmp.Compare(a.class, b.class) })
		for _, c := range r.cells {
			q := math.Round(l.mean(c) / unit)
			if math.Abs(q) >= float64(least) && q != 0 {
				cells = append(cells, cell{c.class, int8(max(-127, min(127, q)))})
			}
		}
		if len(cells) > 0 {
			if err := w.add(r.feature, cells); err != nil {
				panic(err) // a trainer's mistake: too many classes or features
			}
		}
	}
	l.reindex()
	return w
}

func (l *Learner) mean(c learning) float64 {
	return float64(c.weight) - float64(c.drift)/float64(max(1, l.step))
}

func sorted(slots []slot) []slot {
	var out []slot
	for _, s := range slots {
		if s.feature != 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b slot) int { return cmp.Compare(a.feature, b.feature) })
	return out
}
