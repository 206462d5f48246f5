package embed

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// The shape of the encoder, which its weights give no other choice.
const (
	pieceWidth   = 256  // numbers for each piece of a word
	pieceVectors = 8002 // pieces that have them, two more than the vocabulary
	width        = 512  // numbers between the layers
	inner        = 1536 // numbers inside a layer's feed-forward part
	heads        = 4    // of each layer's attention
	maxPieces    = 128  // of a sentence; the encoder was not taught to read further
)

// An Encoder turns sentences into vectors. It is safe for concurrent use.
type Encoder struct {
	pieces pieces
	vector []float32 // of each piece, one after the other
	waves  []float32 // frequencies of the sines that tell where a piece stands
	layers [2]layer
	widen  linear // takes the input of the first layer to its output's width
	output linear
}

// A layer is one layer of the transformer: attention, then feed-forward, each on its normalised input and
// added to what came in.
type layer struct {
	before normaliser
	parted linear // query, key and value of every head, side by side
	joined linear
	middle normaliser
	up     linear
	down   linear
}

// A linear is a matrix, row after row, and a bias.
type linear struct {
	in, out int
	matrix  []float32
	bias    []float32
}

// A normaliser brings rows to mean 0 and variance 1, then scales and shifts each column.
type normaliser struct{ scale, shift []float32 }

// batchPieces is about how many pieces are read at a time: enough that matrices are large.
const batchPieces = 256

// Encode returns the vectors of texts, in their order. It uses every processor, and ends early with
// the context's error. Of a long text it reads the beginning: the first 128 pieces, some 100 words.
func (e *Encoder) Encode(ctx context.Context, texts []string) ([]Vector, error) {
	out := make([]Vector, len(texts))
	read := make([][]int32, len(texts))
	var todo []int
	for i, t := range texts {
		if read[i] = e.pieces.of(t); len(read[i]) > 0 {
			todo = append(todo, i)
		}
	}
	// Sentences of about one length make batches, so that workers have about the same to do.
	slices.SortStableFunc(todo, func(a, b int) int { return len(read[b]) - len(read[a]) })
	var batches [][]int
	for len(todo) > 0 {
		n := min(len(todo), max(1, batchPieces/len(read[todo[0]])))
		batches = append(batches, todo[:n])
		todo = todo[n:]
	}
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(len(batches), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for n := next.Add(1) - 1; n < int64(len(batches)) && ctx.Err() == nil; n = next.Add(1) - 1 {
				sentences := make([][]int32, len(batches[n]))
				for i, at := range batches[n] {
					sentences[i] = read[at]
				}
				for i, direction := range e.encode(sentences) {
					out[batches[n][i]] = round(direction)
				}
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, nil
}

// encode returns the directions of sentences, none of them empty.
func (e *Encoder) encode(sentences [][]int32) [][]float32 {
	var x []float32
	ends := make([]int, len(sentences))
	for i, s := range sentences {
		x = e.place(x, s)
		ends[i] = len(x) / pieceWidth
	}
	n := len(x) / pieceWidth
	for i := range e.layers {
		l := &e.layers[i]
		added := l.attend(x, n, ends)
		if i == 0 {
			x = e.widen.apply(x, n)
		}
		add(x, added)
		hidden := l.up.apply(l.middle.apply(x, n), n)
		for i, v := range hidden {
			hidden[i] = max(v, 0)
		}
		add(x, l.down.apply(hidden, n))
	}
	means := make([]float32, len(sentences)*width)
	from := 0
	for i, to := range ends {
		mean := means[i*width : (i+1)*width]
		for row := from; row < to; row++ {
			add(mean, x[row*width:(row+1)*width])
		}
		for j := range mean {
			mean[j] /= float32(to - from)
		}
		from = to
	}
	y := e.output.apply(means, len(sentences))
	for i, v := range y {
		y[i] = float32(math.Tanh(float64(v)))
	}
	return slices.Collect(slices.Chunk(y, width))
}

// place appends the vectors of a sentence's pieces, each marked with its place. The vectors count
// twice, as they do in the published encoder.
func (e *Encoder) place(x []float32, sentence []int32) []float32 {
	for at, piece := range sentence {
		from := len(x)
		x = append(x, e.vector[int(piece)*pieceWidth:int(piece+1)*pieceWidth]...)
		row := x[from:]
		for j := range row {
			row[j] *= 2
		}
		for j, wave := range e.waves {
			sin, cos := math.Sincos(float64(at) * float64(wave))
			row[j] += float32(sin)
			row[len(e.waves)+j] += float32(cos)
		}
	}
	return x
}

// attend returns what n pieces take from the others of their sentence; ends are where sentences end.
func (l *layer) attend(x []float32, n int, ends []int) []float32 {
	d := l.parted.in
	parted := l.parted.apply(l.before.apply(x, n), n)
	taken := make([]float32, n*d)
	size := d / heads
	scale := float32(1 / math.Sqrt(float64(size)))
	var weights [maxPieces * maxPieces]float32
	from := 0
	for _, to := range ends {
		m := to - from
		for head := range heads {
			part := func(list []float32, stride, column int) blas32.General {
				return blas32.General{Rows: m, Cols: size, Stride: stride, Data: list[from*stride+column:]}
			}
			query, key, value := part(parted, 3*d, head*size), part(parted, 3*d, d+head*size), part(parted, 3*d, 2*d+head*size)
			w := blas32.General{Rows: m, Cols: m, Stride: m, Data: weights[:m*m]}
			blas32.Gemm(blas.NoTrans, blas.Trans, scale, query, key, 0, w)
			for i := range m {
				softmax(w.Data[i*m : (i+1)*m])
			}
			blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, w, value, 0, part(taken, d, head*size))
		}
		from = to
	}
	return l.joined.apply(taken, n)
}

// apply returns the rows of x times the matrix, and the bias.
func (l *linear) apply(x []float32, n int) []float32 {
	y := make([]float32, n*l.out)
	for i := range n {
		copy(y[i*l.out:], l.bias)
	}
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1,
		blas32.General{Rows: n, Cols: l.in, Stride: l.in, Data: x},
		blas32.General{Rows: l.in, Cols: l.out, Stride: l.out, Data: l.matrix},
		1, blas32.General{Rows: n, Cols: l.out, Stride: l.out, Data: y})
	return y
}

// apply returns the n rows of x, normalised.
func (m normaliser) apply(x []float32, n int) []float32 {
	const least = 1e-6 // so that a row of equal numbers has a scale
	d := len(m.scale)
	y := make([]float32, n*d)
	for i := range n {
		row, out := x[i*d:(i+1)*d], y[i*d:(i+1)*d]
		mean, variance := 0.0, 0.0
		for _, v := range row {
			mean += float64(v)
		}
		mean /= float64(d)
		for _, v := range row {
			variance += (float64(v) - mean) * (float64(v) - mean)
		}
		scale := 1 / math.Sqrt(variance/float64(d)+least)
		for j, v := range row {
			out[j] = float32((float64(v)-mean)*scale)*m.scale[j] + m.shift[j]
		}
	}
	return y
}

// softmax turns a row into shares of 1.
func softmax(row []float32) {
	most := slices.Max(row)
	sum := 0.0
	for i, v := range row {
		w := math.Exp(float64(v - most))
		row[i] = float32(w)
		sum += w
	}
	for i := range row {
		row[i] = float32(float64(row[i]) / sum)
	}
}

// add adds y to x.
func add(x, y []float32) {
	for i, v := range y {
		x[i] += v
	}
}
