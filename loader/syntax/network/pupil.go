package network

import (
	"math"
	"math/rand/v2"
)

// A pupil finds the slopes of the loss for a part of a batch.
type pupil struct {
	net     *Net
	random  *rand.Rand
	slopes  *weights
	forms   []float32 // slopes by the rows of forms
	touch   []bool    // which of them are not 0
	touched []int32
	loss    loss

	reading Reading
	words   []Word
	masks   []matrix // of each layer and the last, by sentence
	masked  []matrix
	by      struct{ tags, seen, wanted, deps, heads, far, joint, arcs, turned, lastBy, in, direct matrix }
	scratch scratch
}

func newPupil(n *Net) *pupil {
	return &pupil{
		net: n, slopes: newWeights(n.Shape), forms: make([]float32, len(n.forms)), touch: make([]bool, n.Forms),
		masks: make([]matrix, n.Layers+1), masked: make([]matrix, n.Layers+1),
	}
}

// learn adds up the slopes of these lessons, times scale.
func (p *pupil) learn(l *learner, lessons []int, scale float32) {
	n, r := p.net, &p.reading
	p.words, r.ends = p.words[:0], r.ends[:0]
	for _, i := range lessons {
		for _, w := range l.lessons[i].Words {
			if p.random.Float64() < l.DropWord {
				w.Vector = 0
			}
			for k := range w.Forms {
				if p.random.Float64() < l.DropForm {
					w.Forms[k] = 0
				}
			}
			p.words = append(p.words, w)
		}
		r.ends = append(r.ends, len(p.words))
	}
	p.loss.words = float64(len(p.words))
	n.lookUp(p.words, r)
	if len(r.runs) < n.Layers {
		r.runs = make([]run, n.Layers)
	}
	in := &r.words
	for i := range r.runs {
		r.runs[i].input, r.runs[i].pass = p.mask(i, in, l.Drop), in
		n.weights.layers[i].forward(&r.runs[i], r.ends)
		in = &r.runs[i].output
	}
	r.last = p.mask(n.Layers, in, l.Drop)
	n.heads(r)

	zero(&p.by.tags, r.tags.rows, r.tags.cols)
	zero(&p.by.seen, r.seen.rows, r.seen.cols)
	zero(&p.by.wanted, r.wanted.rows, r.wanted.cols)
	zero(&p.by.heads, r.heads.rows, r.heads.cols)
	zero(&p.by.deps, r.deps.rows, r.deps.cols)
	zero(&p.by.far, r.far.rows, r.far.cols)
	start := 0
	for k, i := range lessons {
		lesson := &l.lessons[i]
		for t, right := range lesson.Tags {
			if right >= 0 {
				p.loss.tags += softmax(p.by.tags.row(start + t)[:n.Tags], r.tags.row(start+t), right, scale)
			}
		}
		p.learnArcs(lesson, start, scale)
		p.learnRelations(lesson, start, scale)
		start = r.ends[k]
	}
	s := p.slopes
	p.by.wanted.mul(&p.by.far, &n.weights.far)
	s.far.mulTransposed(&p.by.far, &r.wanted)
	n.weights.between.backward(&r.deps, &p.by.wanted, &s.between, &p.by.deps, &p.scratch)
	unleak(&p.by.seen, 0, &p.by.heads, &r.seen)
	unleak(&p.by.seen, n.Arc, &p.by.deps, &r.seen)
	zero(&p.by.lastBy, r.last.rows, r.last.cols)
	n.weights.seen.backward(r.last, &p.by.seen, &s.seen, &p.by.lastBy, &p.scratch)
	n.weights.tag.backward(r.last, &p.by.tags, &s.tag, &p.by.lastBy, &p.scratch)
	p.unmask(n.Layers, &p.by.lastBy)
	for i := n.Layers - 1; i >= 0; i-- {
		run, of := &r.runs[i], &n.weights.layers[i]
		zero(&p.by.in, run.input.rows, run.input.cols)
		zero(&p.by.direct, run.input.rows, run.input.cols)
		of.backward(run, r.ends, &p.by.lastBy, &s.layers[i], &p.by.in, &p.by.direct, &p.scratch)
		p.unmask(i, &p.by.in)
		p.by.lastBy.reset(p.by.in.rows, p.by.in.cols)
		for j, x := range p.by.in.data {
			p.by.lastBy.data[j] = x + p.by.direct.data[j]
		}
	}
	for t, w := range p.words {
		from := p.by.lastBy.row(t)[n.Vector:]
		for _, f := range w.Forms {
			if f == 0 {
				continue
			}
			if !p.touch[f] {
				p.touch[f] = true
				p.touched = append(p.touched, f)
			}
			to := p.forms[int(f)*n.Affix:][:n.Affix]
			for j, x := range from {
				to[j] += x
			}
		}
	}
}

func zero(m *matrix, rows, cols int) {
	m.reset(rows, cols)
	clear(m.data)
}

// mask hides columns of m, others in each sentence, and makes the rest greater for it.
func (p *pupil) mask(i int, m *matrix, drop float64) *matrix {
	if drop == 0 {
		p.masks[i].cols = 0
		return m
	}
	mask, out := &p.masks[i], &p.masked[i]
	mask.reset(len(p.reading.ends), m.cols)
	out.reset(m.rows, m.cols)
	start := 0
	for k, end := range p.reading.ends {
		by := mask.row(k)
		for j := range by {
			by[j] = 0
			if p.random.Float64() >= drop {
				by[j] = float32(1 / (1 - drop))
			}
		}
		for t := start; t < end; t++ {
			from, to := m.row(t), out.row(t)
			for j, x := range from {
				to[j] = x * by[j]
			}
		}
		start = end
	}
	return out
}

// unmask does to slopes what mask did to numbers.
func (p *pupil) unmask(i int, m *matrix) {
	mask := &p.masks[i]
	if mask.cols == 0 {
		return
	}
	start := 0
	for k, end := range p.reading.ends {
		by := mask.row(k)
		for t := start; t < end; t++ {
			row := m.row(t)
			for j, x := range by {
				row[j] *= x
			}
		}
		start = end
	}
}

// softmax adds to slopes those of the loss by the scores, and returns the loss.
func softmax(slopes, scores []float32, right int, scale float32) float64 {
	scores = scores[:len(slopes)]
	most := float64(scores[0])
	for _, x := range scores {
		most = max(most, float64(x))
	}
	sum := 0.0
	for _, x := range scores {
		sum += math.Exp(float64(x) - most)
	}
	for j, x := range scores {
		slopes[j] += scale * float32(math.Exp(float64(x)-most)/sum)
	}
	slopes[right] -= scale
	return math.Log(sum) - (float64(scores[right]) - most)
}

func (p *pupil) learnArcs(lesson *Lesson, start int, scale float32) {
	n, r := p.net, &p.reading
	size := len(lesson.Words)
	n.arcsOf(r, start, start+size)
	zero(&p.by.arcs, size, r.arcs.cols)
	for d, h := range lesson.Heads {
		right := int(h)
		if h < 0 {
			right = size
		}
		slopes := p.by.arcs.row(d)[:size+1]
		p.loss.arcs += softmax(slopes, r.arcs.row(d), right, scale)
		far := p.by.far.row(start + d)
		for h, x := range slopes[:size] {
			if h != d {
				far[distance(d, h)] += x
			}
		}
	}
	// The heads as rows, the root after them, and the slopes by them.
	heads, byHeads, byWanted := newMatrix(size+1, n.Arc), newMatrix(size+1, n.Arc), newMatrix(size, n.Arc)
	wanted := newMatrix(size, n.Arc)
	for h := range size {
		copy(heads.row(h), r.heads.row(start+h))
		copy(wanted.row(h), r.wanted.row(start+h))
	}
	copy(heads.row(size), n.weights.root.row(0))
	arcs := p.by.arcs.columns(0, size+1)
	byWanted.mul(&arcs, &heads)
	byHeads.mulTransposed(&arcs, &wanted)
	for h := range size {
		addTo(p.by.heads.row(start+h), byHeads.row(h))
		addTo(p.by.wanted.row(start+h), byWanted.row(h))
	}
	addTo(p.slopes.root.row(0), byHeads.row(size))
}

func addTo(to, from []float32) {
	for j, x := range from {
		to[j] += x
	}
}

func (p *pupil) learnRelations(lesson *Lesson, start int, scale float32) {
	n, r := p.net, &p.reading
	size := len(lesson.Words)
	// Heads count from the first word of the batch here.
	heads := make([]int32, 0, size)
	rows := Reading{seen: matrix{size, r.seen.cols, r.seen.stride, lanes, r.seen.data[start*r.seen.stride:]}}
	heads = append(heads, lesson.Heads...)
	n.Relate(&rows, heads)
	slopes := newMatrix(size, rows.named.cols)
	for d, right := range lesson.Relations {
		if right >= 0 {
			p.loss.relations += softmax(slopes.row(d)[:n.Relations], rows.named.row(d), right, scale)
		}
	}
	zero(&p.by.joint, size, n.Label)
	n.weights.relation.backward(&rows.joint, &slopes, &p.slopes.relation, &p.by.joint, &p.scratch)
	first := 2 * n.Arc
	for d, h := range heads {
		from, joint := p.by.joint.row(d), rows.joint.row(d)
		for j, x := range joint {
			if x < 0 {
				from[j] *= leak
			}
		}
		addTo(p.by.seen.row(start + d)[first+n.Label:][:n.Label], from)
		if h >= 0 {
			addTo(p.by.seen.row(start + int(h))[first:][:n.Label], from)
		} else {
			addTo(p.slopes.rootLabel.row(0), from)
		}
	}
}

// unleak adds slopes by what leaky made of columns of src.
func unleak(to *matrix, first int, from, src *matrix) {
	for i := range from.rows {
		out, was := to.row(i)[first:][:from.cols], src.row(i)[first:][:from.cols]
		for j, x := range from.row(i) {
			if was[j] < 0 {
				x *= leak
			}
			out[j] += x
		}
	}
}
