package network

// A layer reads rows, one for each word, from both ends at once and writes a row
// for each that has seen the whole sentence: a simple recurrent unit (Lei, Zhang,
// Wang, Dai and Artzi 2018), half of whose columns run forwards and half backwards.
//
//	state(t)  = keep(t)·state(t-1) + (1-keep(t))·new(t)
//	output(t) = pass(t)·state(t) + (1-pass(t))·input(t)
//
// where new, keep and pass are made of the input, the latter two also of the state before.
type layer struct {
	weights matrix // input columns × parts·width
	bias    matrix // 1 × parts·width
	recall  matrix // 2 × width: what the state before adds to keep and to pass
}

// The parts of what a layer makes of its input. The fourth stands for the input
// where that has another width than the output.
const (
	partNew = iota
	partKeep
	partPass
	partInput
)

func newLayer(in, width int) layer {
	parts := 3
	if in != width {
		parts = 4
	}
	return layer{newPanels(in, parts*width), newMatrix(1, parts*width), newMatrix(2, width)}
}

func (l *layer) width() int { return l.recall.cols }

// widens reports whether the fourth part is there.
func (l *layer) widens() bool { return l.weights.cols == 4*l.width() }

// A run is what a layer made of one or several sentences.
type run struct {
	input  *matrix // what is multiplied: with some columns dropped while learning
	pass   *matrix // what is passed
	made   matrix  // new, keep, pass (and input): the gates after squash
	state  matrix
	output matrix
}

// slope is the derivative of squash where it is y.
func slope(y float32) float32 {
	s := 1 - 2*y
	if s < 0 {
		s = -s
	}
	return 0.5 * (1 - s) * (1 - s)
}

// forward fills r for sentences that end before the given rows.
func (l *layer) forward(r *run, ends []int) {
	h := l.width()
	r.made.reset(r.input.rows, l.weights.cols)
	r.made.fill(l.bias.row(0))
	r.made.mul(r.input, &l.weights)
	r.state.reset(r.input.rows, h)
	r.output.reset(r.input.rows, h)
	start := 0
	for _, end := range ends {
		for t := start; t < end; t++ {
			before := zeros
			if t > start {
				before = r.state.row(t - 1)
			}
			l.step(r, t, before, 0, h/2)
		}
		for t := end - 1; t >= start; t-- {
			before := zeros
			if t+1 < end {
				before = r.state.row(t + 1)
			}
			l.step(r, t, before, h/2, h)
		}
		start = end
	}
}

var zeros = make([]float32, maxWidth)

// maxWidth bounds the width of a layer.
const maxWidth = 1024

// step makes columns [from, to) of row t.
func (l *layer) step(r *run, t int, before []float32, from, to int) {
	h := l.width()
	made, in := r.made.row(t), l.passed(r, t)
	gate(&gates{
		fresh: &made[from], keep: &made[partKeep*h+from], pass: &made[partPass*h+from],
		keepBy: &l.recall.row(0)[from], passBy: &l.recall.row(1)[from],
		before: &before[from], in: &in[from], state: &r.state.row(t)[from], out: &r.output.row(t)[from],
	}, to-from)
}

// passed is the row that is passed on to the output.
func (l *layer) passed(r *run, t int) []float32 {
	if h := l.width(); l.widens() {
		return r.made.row(t)[partInput*h:]
	}
	return r.pass.row(t)
}

// backward takes the slope of the loss by each output, adds to grad the slopes by the
// weights, and to in and direct those by what was multiplied and what was passed.
func (l *layer) backward(r *run, ends []int, output *matrix, grad *layer, in, direct *matrix, w *scratch) {
	h := l.width()
	w.made.reset(r.input.rows, l.weights.cols)
	start := 0
	for _, end := range ends {
		clear(w.carry[:h])
		for t := end - 1; t >= start; t-- {
			before := zeros
			if t > start {
				before = r.state.row(t - 1)
			}
			l.unstep(r, t, before, output, grad, direct, w, 0, h/2)
		}
		for t := start; t < end; t++ {
			before := zeros
			if t+1 < end {
				before = r.state.row(t + 1)
			}
			l.unstep(r, t, before, output, grad, direct, w, h/2, h)
		}
		start = end
	}
	grad.weights.mulTransposed(r.input, &w.made)
	bias := grad.bias.row(0)
	for t := range r.input.rows {
		for j, x := range w.made.row(t) {
			bias[j] += x
		}
	}
	w.turned.transpose(&l.weights)
	narrow := in.columns(0, padded(in.cols, lanes))
	narrow.mul(&w.made, &w.turned)
}

func (l *layer) unstep(r *run, t int, before []float32, output *matrix, grad *layer, direct *matrix, w *scratch, from, to int) {
	h := l.width()
	made, by := r.made.row(t), w.made.row(t)
	state, out := r.state.row(t), output.row(t)
	in := l.passed(r, t)
	var inBy []float32
	if l.widens() {
		inBy = by[partInput*h:]
		clear(inBy[from:to])
	} else {
		inBy = direct.row(t)
	}
	keepBy, passBy := l.recall.row(0), l.recall.row(1)
	keepGrad, passGrad := grad.recall.row(0), grad.recall.row(1)
	for j := from; j < to; j++ {
		k, p, d, b := made[partKeep*h+j], made[partPass*h+j], out[j], before[j]
		passSlope := d * (state[j] - in[j]) * slope(p)
		inBy[j] += d * (1 - p)
		s := d*p + w.carry[j]
		keepSlope := s * (b - made[j]) * slope(k)
		by[j], by[partKeep*h+j], by[partPass*h+j] = s*(1-k), keepSlope, passSlope
		w.carry[j] = s*k + keepSlope*keepBy[j] + passSlope*passBy[j]
		keepGrad[j] += keepSlope * b
		passGrad[j] += passSlope * b
	}
}

// scratch is what backward needs.
type scratch struct {
	made, turned matrix
	carry        [maxWidth]float32
}
