package network

import "math"

// A Shape says how large a network is. Width is a multiple of 32, Arc and Label of
// 16, Vector and Affix together of 4.
type Shape struct {
	Vector    int `json:"vector"`    // numbers of a word's vector
	Affix     int `json:"affix"`     // numbers of a form's row
	Width     int `json:"width"`     // of the layers
	Layers    int `json:"layers"`    // how many
	Arc       int `json:"arc"`       // numbers a word is seen by as a head, and as what hangs from one
	Label     int `json:"label"`     // the same, to name the relation
	Tags      int `json:"tags"`      // classes of words
	Relations int `json:"relations"` // classes of arcs
	Words     int `json:"words"`     // rows of vectors; the first is of words that have none
	Forms     int `json:"forms"`     // rows of forms; the first is of forms that have none
}

// distances is the number of distances, with their direction, that are told apart.
const distances = 32

// weights are what a network learns, but for its rows of forms.
type weights struct {
	layers    []layer
	seen      linear // as head, as dependent, the same two for the relation
	tag       linear
	between   linear // from dependent to what its head should be like
	far       matrix // distances × Arc
	root      matrix // 1 × Arc: the head of the root
	rootLabel matrix // 1 × Label
	relation  linear
}

// A linear is a matrix with what is added to each row of its product.
type linear struct{ weights, bias matrix }

func newLinear(in, out int) linear {
	return linear{newPanels(in, padded(out, lanes)), newMatrix(1, padded(out, lanes))}
}

func (l *linear) forward(out, in *matrix) {
	out.reset(in.rows, l.weights.cols)
	out.fill(l.bias.row(0))
	out.mul(in, &l.weights)
}

// backward takes the slopes by the output and adds those by weights to grad, by the input to in.
func (l *linear) backward(input, output *matrix, grad *linear, in *matrix, w *scratch) {
	grad.weights.mulTransposed(input, output)
	bias := grad.bias.row(0)
	for t := range output.rows {
		for j, x := range output.row(t) {
			bias[j] += x
		}
	}
	w.turned.transpose(&l.weights)
	in.mul(output, &w.turned)
}

func newWeights(s Shape) *weights {
	w := &weights{
		seen:      newLinear(s.Width, 2*s.Arc+2*s.Label),
		tag:       newLinear(s.Width, s.Tags),
		between:   newLinear(s.Arc, s.Arc),
		far:       newPanels(distances, s.Arc),
		root:      newMatrix(1, s.Arc),
		rootLabel: newMatrix(1, s.Label),
		relation:  newLinear(s.Label, s.Relations),
	}
	in := s.Vector + s.Affix
	for range s.Layers {
		w.layers = append(w.layers, newLayer(in, s.Width))
		in = s.Width
	}
	return w
}

// all lists the matrices, always in the same order.
func (w *weights) all() []*matrix {
	var out []*matrix
	for i := range w.layers {
		l := &w.layers[i]
		out = append(out, &l.weights, &l.bias, &l.recall)
	}
	for _, l := range []*linear{&w.seen, &w.tag, &w.between, &w.relation} {
		out = append(out, &l.weights, &l.bias)
	}
	return append(out, &w.far, &w.root, &w.rootLabel)
}

// A Net is a network. Reading with it changes nothing in it.
type Net struct {
	Shape
	weights *weights
	vectors []int8    // Words rows of Vector numbers, in 64ths
	forms   []float32 // Forms rows of Affix numbers
	farT    matrix    // weights.far turned, while it does not change
}

func (n *Net) turnFar() { n.farT.transpose(&n.weights.far) }

// A Word is what a network sees of a word.
type Word struct {
	Vector int32       // row of its vector, 0 for none
	Forms  [Seen]int32 // rows of its forms, 0 for none
}

// Seen is how many forms of a word are seen.
const Seen = 8

// A Reading is what a network made of sentences; it may be filled again.
type Reading struct {
	shape *Shape
	ends  []int   // rows after the last of each sentence
	words matrix  // what is known of each word
	runs  []run   // of each layer
	last  *matrix // output of the last layer, with columns dropped while learning
	tags  matrix  // scores

	seen   matrix // what linear seen makes of last
	heads  matrix // as heads
	deps   matrix // as what hangs from one
	wanted matrix // what each word wants of its head
	far    matrix // and of the way there: by distance
	turned matrix // heads of one sentence and the root, turned
	arcs   matrix // scores
	joint  matrix // of each word and its head
	named  matrix // scores of relations
}

// leak is how much of what is negative goes on: less than 1, so that the greater of a number and its
// leak is what goes on, found without a branch that half of the numbers take.
const leak = 0.1

func leaky(dst, src *matrix) {
	dst.reset(src.rows, src.cols)
	for i := range src.rows {
		out := dst.row(i)
		for j, x := range src.row(i) {
			out[j] = max(x, leak*x)
		}
	}
}

// lookUp sets r.words.
func (n *Net) lookUp(words []Word, r *Reading) {
	r.shape = &n.Shape
	r.words.reset(len(words), n.Vector+n.Affix)
	for i, w := range words {
		row := r.words.row(i)
		vector := n.vectors[int(w.Vector)*n.Vector:][:n.Vector]
		for j, x := range vector {
			row[j] = float32(x) * (1.0 / 64)
		}
		n.sumForms(row[n.Vector:], &w.Forms)
	}
}

// sumForms sets out to the sum of rows of forms. These lie far apart in memory: side by side they are
// fetched at once.
func (n *Net) sumForms(out []float32, forms *[Seen]int32) {
	rows := make([]int, 0, Seen)
	for _, f := range forms {
		if f != 0 {
			rows = append(rows, int(f)*n.Affix)
		}
	}
	sum(&out[0], &n.forms[0], rows, len(out))
}

// Read reads one sentence and fills the scores of tags and arcs.
func (n *Net) Read(words []Word, r *Reading) {
	n.lookUp(words, r)
	r.ends = append(r.ends[:0], len(words))
	if len(r.runs) < n.Layers {
		r.runs = make([]run, n.Layers)
	}
	in := &r.words
	for i := range r.runs {
		r.runs[i].input, r.runs[i].pass = in, in
		n.weights.layers[i].forward(&r.runs[i], r.ends)
		in = &r.runs[i].output
	}
	r.last = in
	n.heads(r)
	n.arcsOf(r, 0, len(words))
}

// heads makes of the last layer what words are like as heads and the like.
func (n *Net) heads(r *Reading) {
	n.weights.tag.forward(&r.tags, r.last)
	n.weights.seen.forward(&r.seen, r.last)
	h, d := r.seen.columns(0, n.Arc), r.seen.columns(n.Arc, n.Arc)
	leaky(&r.heads, &h)
	leaky(&r.deps, &d)
	n.weights.between.forward(&r.wanted, &r.deps)
	r.far.reset(r.wanted.rows, n.farT.cols)
	clear(r.far.data)
	r.far.mul(&r.wanted, &n.farT)
}

// arcsOf fills the scores of arcs of the sentence of rows [start, end): Arc(d, h)
// is that of h as the head of d, both counted from start; h = end-start is the root.
func (n *Net) arcsOf(r *Reading, start, end int) {
	size := end - start
	// The heads of the sentence and the root, turned.
	r.turned.resetPanels(n.Arc, padded(size+1, lanes))
	for h := range size + 1 {
		row := n.weights.root.row(0)
		if h < size {
			row = r.heads.row(start + h)
		}
		for j, x := range row {
			*r.turned.at(j, h) = x
		}
	}
	part := matrix{size, n.Arc, r.wanted.stride, lanes, r.wanted.data[start*r.wanted.stride:]}
	if rows := padded(size, together); start+rows > len(r.wanted.data)/r.wanted.stride {
		// The last tile would reach over the end.
		c := newMatrix(size, n.Arc)
		copy(c.data, part.data[:size*n.Arc])
		part = c
	}
	r.arcs.reset(size, r.turned.cols)
	clear(r.arcs.data)
	r.arcs.mul(&part, &r.turned)
	for d := range size {
		row, far := r.arcs.row(d), r.far.row(start+d)
		for h := range size {
			if h != d {
				row[h] += far[distance(d, h)]
			}
		}
		row[d] = float32(math.Inf(-1))
	}
}

// Arcs are the scores of the heads of word d, by their place in the sentence. The one
// that follows the last word's is for the root. What stands behind it means nothing.
func (r *Reading) Arcs(d int) []float32 { return r.arcs.row(d) }

// distance groups how far h is from d and on which side.
func distance(d, h int) int {
	side, by := 0, h-d
	if by < 0 {
		side, by = distances/2, -by
	}
	switch {
	case by <= 8:
		return side + by - 1
	case by <= 10:
		return side + 8
	case by <= 13:
		return side + 9
	case by <= 17:
		return side + 10
	case by <= 25:
		return side + 11
	case by <= 40:
		return side + 12
	}
	return side + 13
}

// Relate fills the scores of the relations of the words of the sentence just read to
// these heads; that of the root is -1.
func (n *Net) Relate(r *Reading, heads []int32) {
	first := 2 * n.Arc
	r.joint.reset(len(heads), n.Label)
	for d, h := range heads {
		of := n.weights.rootLabel.row(0)
		if h >= 0 {
			of = r.seen.row(int(h))[first:][:n.Label]
		}
		dep, out := r.seen.row(d)[first+n.Label:][:n.Label], r.joint.row(d)
		for j, x := range dep {
			x += of[j]
			out[j] = max(x, leak*x)
		}
	}
	n.weights.relation.forward(&r.named, &r.joint)
}

// Tag are the scores of the tags of word i.
func (r *Reading) Tag(i int) []float32 { return r.tags.row(i)[:r.shape.Tags] }

// Relation are the scores of the relations of word i.
func (r *Reading) Relation(i int) []float32 { return r.named.row(i)[:r.shape.Relations] }

// Row returns the numbers of a row of words, in 64ths. The caller must not change them.
func (n *Net) Row(row int32) []int8 {
	return n.vectors[int(row)*n.Vector:][:n.Vector]
}
