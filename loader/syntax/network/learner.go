package network

import (
	"math"
	"math/rand/v2"
	"sync"
)

// A Lesson is a sentence with what is right.
type Lesson struct {
	Words     []Word
	Tags      []int   // -1 where it is not to be learnt
	Heads     []int32 // -1 for the root
	Relations []int   // -1 where it is not to be learnt
}

// A Course says how a network learns.
type Course struct {
	Epochs   int     // times through the lessons
	Batch    int     // sentences between steps
	Rate     float64 // length of the longest steps: they grow to it and shrink to nothing
	Drop     float64 // share of the columns out of sight in a sentence
	DropWord float64 // share of the words whose vector is out of sight
	DropForm float64 // share of the forms that are
	Seed     uint64
	Log      func(format string, args ...any)
}

// A learner teaches a network by gradient descent (Adam; Kingma and Ba 2015).
type learner struct {
	Course
	net     *Net
	pupils  [pupils]*pupil
	mean    *weights // of the slopes
	square  *weights // of their squares
	forms   [2][]float32
	step    int
	lessons []Lesson
}

// pupils is how many parts a batch is learnt in at the same time. It is fixed so that
// sums are made in one order.
const pupils = 2

// Learn makes a network of this shape from the vectors, Words rows of Vector numbers
// in 64ths, and lessons. The same give the same network.
func Learn(s Shape, vectors []int8, lessons []Lesson, c Course) *Net {
	n := &Net{Shape: s, weights: newWeights(s), vectors: vectors, forms: make([]float32, s.Forms*s.Affix)}
	n.start(rand.New(rand.NewPCG(c.Seed, 0)))
	l := &learner{Course: c, net: n, mean: newWeights(s), square: newWeights(s), lessons: lessons}
	for i := range l.forms {
		l.forms[i] = make([]float32, len(n.forms))
	}
	for i := range l.pupils {
		l.pupils[i] = newPupil(n)
	}
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(c.Seed, 1))
	steps := c.Epochs * ((len(lessons) + c.Batch - 1) / c.Batch)
	for epoch := range c.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var sum loss
		for at := 0; at < len(order); at += c.Batch {
			sum.add(l.learn(order[at:min(at+c.Batch, len(order))], steps))
		}
		c.Log("network: epoch %d: loss by word: tags %.3f, arcs %.3f, relations %.3f", epoch+1,
			sum.tags/sum.words, sum.arcs/sum.words, sum.relations/sum.words)
	}
	n.turnFar()
	return n
}

// start draws the weights.
func (n *Net) start(random *rand.Rand) {
	for _, m := range n.weights.all() {
		if m.rows == 1 || m.rows == 2 {
			continue
		}
		scale := math.Sqrt(3 / float64(m.rows))
		for i := range m.rows {
			for j := range m.cols {
				*m.at(i, j) = float32((2*random.Float64() - 1) * scale)
			}
		}
	}
	// Distances start equal.
	clear(n.weights.far.data)
	for i := range n.weights.root.data[:n.Arc] {
		n.weights.root.data[i] = float32(random.Float64() - 0.5)
	}
}

// loss is the sum over words.
type loss struct{ words, tags, arcs, relations float64 }

func (l *loss) add(m loss) {
	l.words += m.words
	l.tags += m.tags
	l.arcs += m.arcs
	l.relations += m.relations
}

func (l *learner) learn(batch []int, steps int) loss {
	l.step++
	l.net.turnFar()
	words := 0
	for _, i := range batch {
		words += len(l.lessons[i].Words)
	}
	var wait sync.WaitGroup
	for k, p := range l.pupils {
		part := batch[len(batch)*k/pupils : len(batch)*(k+1)/pupils]
		p.random = rand.New(rand.NewPCG(l.Seed+2, uint64(l.step*pupils+k)))
		wait.Go(func() {
			p.loss = loss{}
			if len(part) > 0 {
				p.learn(l, part, 1/float32(words))
			}
		})
	}
	wait.Wait()
	var sum loss
	for _, p := range l.pupils {
		sum.add(p.loss)
	}
	done := float64(l.step) / float64(steps)
	rate := l.Rate * min(1, float64(l.step)/500) * (1 - done)
	l.move(float32(rate))
	return sum
}

// The shares of the means that stay at each step.
const (
	stayMean   = 0.9
	staySquare = 0.98
	tiny       = 1e-8
)

// move makes a step and forgets the slopes.
func (l *learner) move(rate float32) {
	first := float32(1 / (1 - math.Pow(stayMean, float64(l.step))))
	second := float32(1 / (1 - math.Pow(staySquare, float64(l.step))))
	to, mean, square := l.net.weights.all(), l.mean.all(), l.square.all()
	var of [pupils][]*matrix
	for k, p := range l.pupils {
		of[k] = p.slopes.all()
	}
	descend := func(to, mean, square, slope []float32) {
		square, slope, mean = square[:len(to)], slope[:len(to)], mean[:len(to)]
		for j, g := range slope {
			m := stayMean*mean[j] + (1-stayMean)*g
			v := staySquare*square[j] + (1-staySquare)*g*g
			mean[j], square[j] = m, v
			to[j] -= rate * m * first / (float32(math.Sqrt(float64(v*second))) + tiny)
		}
	}
	for i := range to {
		slope := of[0][i].data
		for k := 1; k < pupils; k++ {
			for j, x := range of[k][i].data {
				slope[j] += x
			}
			clear(of[k][i].data)
		}
		descend(to[i].data, mean[i].data, square[i].data, slope)
		clear(slope)
	}
	width := l.net.Affix
	p := l.pupils[0]
	for k := 1; k < pupils; k++ {
		q := l.pupils[k]
		for _, f := range q.touched {
			if !p.touch[f] {
				p.touch[f] = true
				p.touched = append(p.touched, f)
			}
			to, from := p.forms[int(f)*width:][:width], q.forms[int(f)*width:][:width]
			for j, x := range from {
				to[j] += x
			}
			clear(from)
			q.touch[f] = false
		}
		q.touched = q.touched[:0]
	}
	for _, f := range p.touched {
		row := func(of []float32) []float32 { return of[int(f)*width:][:width] }
		descend(row(l.net.forms), row(l.forms[0]), row(l.forms[1]), row(p.forms))
		clear(row(p.forms))
		p.touch[f] = false
	}
	p.touched = p.touched[:0]
}
