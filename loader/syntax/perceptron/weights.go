package perceptron

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A Feature is the hash of a feature's name and value. Two features that share a
// hash share their weights; at 32 bits and a million features that is rare.
type Feature = uint32

// A Scorer adds the weights of features to the scores of classes, one for each
// class. Features it does not know add nothing.
type Scorer interface {
	Score(features []Feature, scores []int32)
}

// Best returns the class with the highest score, the first among equals.
func Best(scores []int32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// Weights are learnt weights, in one byte each. They are safe for concurrent use.
type Weights struct {
	slots []slot // open addressing, a power of two, at most two thirds full
	shift uint8  // a feature's highest bits say where to look first, so that a file in order fills slots in order
	cells []cell // of all features, those of one feature together
}

// A slot says where the cells of a feature are: last−first of them, the count in the low byte.
type slot struct {
	feature Feature // 0 for an empty slot
	cells   uint32  // index of the first << 8 | how many
}

type cell struct {
	class  uint8
	weight int8
}

const (
	maxClasses = 255
	maxCells   = 1 << 24
)

// Score implements [Scorer].
func (w *Weights) Score(features []Feature, scores []int32) {
	mask := uint32(len(w.slots) - 1)
	for _, f := range features {
		f = named(f)
		for i := f >> w.shift; ; i = (i + 1) & mask {
			s := &w.slots[i]
			if s.feature == f {
				for _, c := range w.of(*s) {
					scores[c.class] += int32(c.weight)
				}
				break
			}
			if s.feature == 0 {
				break
			}
		}
	}
}

// named keeps 0 free for empty slots.
func named(f Feature) Feature {
	if f == 0 {
		return 1
	}
	return f
}

func newWeights(features int) *Weights {
	w := &Weights{shift: 28}
	for 2<<(32-w.shift) < 3*features {
		w.shift--
	}
	w.slots = make([]slot, 1<<(32-w.shift))
	return w
}

func (w *Weights) add(f Feature, cells []cell) error {
	if len(cells) > maxClasses || len(w.cells)+len(cells) > maxCells {
		return fmt.Errorf("weights: more than %d classes or %d cells", maxClasses, maxCells)
	}
	mask := uint32(len(w.slots) - 1)
	i := named(f) >> w.shift
	for w.slots[i].feature != 0 {
		i = (i + 1) & mask
	}
	w.slots[i] = slot{named(f), uint32(len(w.cells))<<8 | uint32(len(cells))}
	w.cells = append(w.cells, cells...)
	return nil
}

// Append appends the weights to b in a form that compresses well: the increments
// of the features, in order, then how many cells each has, then all classes, then
// all weights. [Decode] reads it.
func (w *Weights) Append(b []byte) []byte {
	features := sorted(w.slots)
	b = binary.AppendUvarint(b, uint64(len(features)))
	b = binary.AppendUvarint(b, uint64(len(w.cells)))
	last := Feature(0)
	for _, s := range features {
		b = binary.AppendUvarint(b, uint64(s.feature-last))
		last = s.feature
	}
	for _, s := range features {
		b = append(b, byte(s.cells))
	}
	for _, s := range features {
		for _, c := range w.of(s) {
			b = append(b, c.class)
		}
	}
	for _, s := range features {
		for _, c := range w.of(s) {
			b = append(b, byte(c.weight))
		}
	}
	return b
}

func (w *Weights) of(s slot) []cell { return w.cells[s.cells>>8:][:s.cells&0xff] }

var errCut = errors.New("weights: cut short or damaged")

// Decode reads what [Weights.Append] wrote, for a number of classes, and returns
// what stands behind it.
func Decode(b []byte, classes int) (w *Weights, rest []byte, err error) {
	features, b, ok1 := uvarint(b)
	cells, b, ok2 := uvarint(b)
	if !ok1 || !ok2 || features > uint64(len(b)) || cells > uint64(len(b)) || cells >= maxCells {
		return nil, nil, errCut
	}
	w = newWeights(int(features))
	mask := uint32(len(w.slots) - 1)
	order := make([]*slot, features)
	f := Feature(0)
	for i := range order {
		var step uint64
		if step, b, ok1 = uvarint(b); !ok1 || step == 0 || step > math.MaxUint32-uint64(f) {
			return nil, nil, errCut
		}
		f += Feature(step)
		at := f >> w.shift
		for w.slots[at].feature != 0 {
			at = (at + 1) & mask
		}
		w.slots[at].feature = f
		order[i] = &w.slots[at]
	}
	if uint64(len(b)) < features+2*cells {
		return nil, nil, errCut
	}
	counts, of, weights, rest := b[:features], b[features:features+cells], b[features+cells:features+2*cells], b[features+2*cells:]
	first := uint32(0)
	for i, s := range order {
		s.cells = first<<8 | uint32(counts[i])
		first += uint32(counts[i])
	}
	if uint64(first) != cells {
		return nil, nil, errCut
	}
	w.cells = make([]cell, cells)
	for i := range w.cells {
		if int(of[i]) >= classes {
			return nil, nil, errCut
		}
		w.cells[i] = cell{of[i], int8(weights[i])}
	}
	return w, rest, nil
}

func uvarint(b []byte) (n uint64, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, b, false
	}
	return n, b[size:], true
}
