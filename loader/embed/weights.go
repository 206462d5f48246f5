package embed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// The form of a file of weights, numbers little-endian: the line "whence use-lite 1"; how many pieces there
// are (uint32), and of each its length in bytes (uint8), its text and its score (float32); then the
// matrices and vectors in the order of [Encoder.parts]. A vector is its numbers as float32. A
// matrix is a scale for each row or column (float32) and its numbers as int8, row after row; a
// number is the byte times the scale.

const heading = "whence use-lite 1\n"

// A part is a vector, a matrix with a scale for each column, or one with a scale for each row.
type part struct {
	to            *[]float32
	rows, columns int // rows 0: a vector
	byRow         bool
}

// parts lists what an encoder consists of, in the order of a file.
func (e *Encoder) parts() []part {
	var out []part
	vector := func(to *[]float32, n int) { out = append(out, part{to: to, columns: n}) }
	matrix := func(l *linear, rows, columns int) {
		l.in, l.out = rows, columns
		out = append(out, part{to: &l.matrix, rows: rows, columns: columns})
		vector(&l.bias, columns)
	}
	out = append(out, part{to: &e.vector, rows: pieceVectors, columns: pieceWidth, byRow: true})
	vector(&e.waves, pieceWidth/2)
	for i := range e.layers {
		l, in := &e.layers[i], width
		if i == 0 {
			in = pieceWidth
		}
		vector(&l.before.scale, in)
		vector(&l.before.shift, in)
		matrix(&l.parted, in, 3*in)
		matrix(&l.joined, in, width)
		vector(&l.middle.scale, width)
		vector(&l.middle.shift, width)
		matrix(&l.up, width, inner)
		matrix(&l.down, inner, width)
	}
	matrix(&e.widen, pieceWidth, width)
	matrix(&e.output, width, width)
	return out
}

// Read reads a file of weights.
func Read(file []byte) (*Encoder, error) {
	rest, ok := bytes.CutPrefix(file, []byte(heading))
	if !ok {
		return nil, errors.New("embed: no weights of this encoder")
	}
	r := &reader{rest: rest}
	n := int(r.uint32())
	if n <= reserved || n > pieceVectors {
		return nil, fmt.Errorf("embed: %d pieces of words", n)
	}
	text, score := make([]string, n), make([]float32, n)
	for i := range text {
		text[i] = string(r.take(int(r.take(1)[0])))
		score[i] = math.Float32frombits(r.uint32())
	}
	e := &Encoder{pieces: newPieces(text, score)}
	for _, p := range e.parts() {
		if p.rows == 0 {
			*p.to = r.floats(p.columns)
			continue
		}
		scales := r.floats(p.scales())
		numbers := r.take(p.rows * p.columns)
		*p.to = make([]float32, len(numbers))
		for i, b := range numbers {
			(*p.to)[i] = float32(int8(b)) * scales[p.scale(i)]
		}
	}
	if r.short || len(r.rest) > 0 {
		return nil, errors.New("embed: the file of weights is damaged")
	}
	return e, nil
}

// scales is how many scales a matrix has, and scale which of them a number has.
func (p part) scales() int {
	if p.byRow {
		return p.rows
	}
	return p.columns
}

func (p part) scale(i int) int {
	if p.byRow {
		return i / p.columns
	}
	return i % p.columns
}

// A reader takes a file apart. After its end it gives zeros, and short is true.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) uint32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }

func (r *reader) floats(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(r.uint32())
	}
	return out
}

// write writes the weights to a file. Numbers of matrices are rounded.
func (e *Encoder) write(w io.Writer) error {
	out := append([]byte(nil), heading...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(e.pieces.text)))
	for i, t := range e.pieces.text {
		if len(t) > math.MaxUint8 {
			return fmt.Errorf("embed: the piece %q is too long", t)
		}
		out = append(append(out, byte(len(t))), t...)
		out = appendFloat(out, e.pieces.score[i])
	}
	for _, p := range e.parts() {
		if len(*p.to) != max(p.rows, 1)*p.columns {
			return fmt.Errorf("embed: %d numbers where %d × %d are wanted", len(*p.to), p.rows, p.columns)
		}
		if p.rows == 0 {
			for _, v := range *p.to {
				out = appendFloat(out, v)
			}
			continue
		}
		scales := make([]float32, p.scales())
		for i, v := range *p.to {
			scales[p.scale(i)] = max(scales[p.scale(i)], v/127, -v/127)
		}
		for _, s := range scales {
			out = appendFloat(out, s)
		}
		for i, v := range *p.to {
			b := int8(0)
			if s := scales[p.scale(i)]; s > 0 {
				b = int8(math.RoundToEven(float64(v) / float64(s)))
			}
			out = append(out, byte(b))
		}
	}
	_, err := w.Write(out)
	return err
}

func appendFloat(b []byte, v float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
}
