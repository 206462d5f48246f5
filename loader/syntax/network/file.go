package network

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Append appends the network to b. [Decode] reads it. Weights are kept in 16 bits,
// the rows of forms in 8.
func (n *Net) Append(b []byte) []byte {
	for _, m := range n.weights.all() {
		scale := most(m.data) / math.MaxInt16
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
		for i := range m.rows {
			for j := range m.cols {
				b = binary.LittleEndian.AppendUint16(b, uint16(int16(rounded(*m.at(i, j), scale))))
			}
		}
	}
	for i := range n.Shape.Forms {
		row := n.forms[i*n.Affix:][:n.Affix]
		scale := most(row) / math.MaxInt8
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale))
		for _, x := range row {
			b = append(b, byte(int8(rounded(x, scale))))
		}
	}
	for _, x := range n.vectors {
		b = append(b, byte(x))
	}
	return b
}

func most(row []float32) float32 {
	out := float32(0)
	for _, x := range row {
		out = max(out, x, -x)
	}
	return out
}

func rounded(x, scale float32) float64 {
	if scale == 0 {
		return 0
	}
	return math.Round(float64(x / scale))
}

var errCut = errors.New("network: cut short or damaged")

// Decode reads what [Net.Append] wrote and returns what stands behind it.
func Decode(b []byte, s Shape) (n *Net, rest []byte, err error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	if s.numbers() > len(b) {
		return nil, nil, errCut
	}
	n = &Net{Shape: s, weights: newWeights(s)}
	take := func(size int) []byte {
		if len(b) < size {
			err = errCut
			return make([]byte, size)
		}
		out := b[:size]
		b = b[size:]
		return out
	}
	scale := func() float32 {
		x := math.Float32frombits(binary.LittleEndian.Uint32(take(4)))
		if !(x >= 0 && x < 1) {
			err = errCut
		}
		return x
	}
	for _, m := range n.weights.all() {
		by := scale()
		for i := range m.rows {
			from := take(2 * m.cols)
			for j := range m.cols {
				*m.at(i, j) = float32(int16(binary.LittleEndian.Uint16(from[2*j:]))) * by
			}
		}
	}
	n.forms = make([]float32, s.Forms*s.Affix)
	for i := range s.Forms {
		by := scale()
		to := n.forms[i*s.Affix:][:s.Affix]
		for j, x := range take(s.Affix) {
			to[j] = float32(int8(x)) * by
		}
	}
	n.vectors = make([]int8, s.Words*s.Vector)
	for i, x := range take(len(n.vectors)) {
		n.vectors[i] = int8(x)
	}
	n.turnFar()
	return n, b, err
}

// check reports whether a network of this shape can be.
func (s Shape) check() error {
	for _, w := range []int{s.Width, s.Arc, s.Label} {
		if w <= 0 || w%lanes != 0 || w > maxWidth {
			return fmt.Errorf("network: width %d", w)
		}
	}
	if in := s.Vector + s.Affix; s.Vector < 0 || s.Affix <= 0 || in%together != 0 || in > maxWidth || s.Width%(2*lanes) != 0 {
		return fmt.Errorf("network: input of %d and %d", s.Vector, s.Affix)
	}
	if s.Layers < 1 || s.Layers > 8 || s.Tags < 1 || s.Tags > 255 || s.Relations < 1 || s.Relations > 255 {
		return fmt.Errorf("network: %d layers, %d tags, %d relations", s.Layers, s.Tags, s.Relations)
	}
	if s.Words < 1 || s.Words > 1<<22 || s.Forms < 1 || s.Forms > 1<<20 {
		return fmt.Errorf("network: rows of %d words and %d forms", s.Words, s.Forms)
	}
	return nil
}

// numbers is the least number of bytes of a network's file.
func (s Shape) numbers() int { return s.Words*s.Vector + s.Forms*s.Affix }
