package network

import (
	"math"
	"math/rand/v2"
	"testing"
)

// anyNet draws a small network and lessons for it.
func anyNet(r *rand.Rand) (*Net, []Lesson) {
	s := Shape{Vector: 4, Affix: 12, Width: 32, Layers: 2, Arc: 16, Label: 16, Tags: 5, Relations: 4, Words: 7, Forms: 9}
	n := &Net{Shape: s, weights: newWeights(s), vectors: make([]int8, s.Words*s.Vector), forms: make([]float32, s.Forms*s.Affix)}
	for i := range n.vectors[s.Vector:] {
		n.vectors[s.Vector+i] = int8(r.IntN(200) - 100)
	}
	for i := range n.forms[s.Affix:] {
		n.forms[s.Affix+i] = r.Float32() - 0.5
	}
	n.start(r)
	for _, m := range n.weights.all() {
		for i := range m.data {
			m.data[i] += 0.2 * (r.Float32() - 0.5)
		}
	}
	var lessons []Lesson
	for _, size := range []int{3, 1, 6} {
		var l Lesson
		for i := range size {
			w := Word{Vector: int32(r.IntN(s.Words))}
			for k := range w.Forms {
				w.Forms[k] = int32(r.IntN(s.Forms))
			}
			l.Words = append(l.Words, w)
			l.Tags = append(l.Tags, r.IntN(s.Tags+1)-1)
			l.Heads = append(l.Heads, int32(i-1))
			l.Relations = append(l.Relations, r.IntN(s.Relations+1)-1)
		}
		lessons = append(lessons, l)
	}
	return n, lessons
}

// The slopes are those that the loss has when one number is moved a little.
func TestPupil_FindsTheSlopes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	net, lessons := anyNet(r)
	for _, drop := range []float64{0, 0.3} {
		l := &learner{Course: Course{Drop: drop, DropForm: drop}, net: net, lessons: lessons}
		run := func(p *pupil) float64 {
			net.turnFar()
			p.random, p.loss = rand.New(rand.NewPCG(5, 6)), loss{}
			p.learn(l, []int{0, 1, 2}, 1)
			return p.loss.tags + p.loss.arcs + p.loss.relations
		}
		p := newPupil(net)
		run(p)
		other := newPupil(net)
		check := func(what string, x *float32, slope float32) {
			t.Helper()
			const by = 4e-3
			was := *x
			*x = was + by
			up := run(other)
			*x = was - by
			down := run(other)
			*x = was
			want := (up - down) / (2 * by)
			if math.Abs(want-float64(slope)) > 0.02+0.03*math.Abs(want) {
				t.Errorf("drop %v: %s: slope %v, want %v", drop, what, slope, want)
			}
		}
		slopes := p.slopes.all()
		for i, m := range net.weights.all() {
			for range 6 {
				row, col := r.IntN(m.rows), r.IntN(m.cols)
				check(string(rune('A'+i)), m.at(row, col), *slopes[i].at(row, col))
			}
		}
		for range 20 {
			k := net.Affix + r.IntN(len(net.forms)-net.Affix)
			check("forms", &net.forms[k], p.forms[k])
		}
	}
}
