package entity

import (
	"math/rand/v2"
	"slices"

	"whence/loader/syntax"
	"whence/loader/syntax/perceptron"
)

// An Example is a sentence with its names, in order.
type Example struct {
	Text     string
	Sentence syntax.Sentence
	Names    []Name
	Hints    []Name
}

// How a tagger is learnt.
const (
	epochs = 10 // times through the examples
	blind  = 40 // per cent of the features that are out of sight at a time
)

// Learn makes a tagger from examples: a structured perceptron (Collins 2002). The same
// examples and classes give the same tagger.
func Learn(examples []Example, classes Classes) *Tagger {
	p := perceptron.NewLearner(blind)
	t := &Tagger{classes, p}
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 1))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			words := t.words(e.Text, e.Sentence, e.Hints)
			if len(words) == 0 {
				continue
			}
			chosen, _ := t.decode(words)
			teach(p, words, e.labels(words), chosen)
			p.Step()
		}
	}
	return &Tagger{classes, p.Freeze(1)}
}

// teach moves the weights towards the right labels and away from the chosen ones.
func teach(p *perceptron.Learner, words []word, right, chosen []label) {
	if slices.Equal(right, chosen) {
		return
	}
	var f features
	before, was := edge, edge
	for i := range words {
		if right[i] != chosen[i] {
			f.see(words, i)
			p.Add(f.list, right[i], 1)
			p.Add(f.list, chosen[i], -1)
		}
		if right[i] != chosen[i] || before != was {
			p.Add([]perceptron.Feature{move(before)}, right[i], 1)
			p.Add([]perceptron.Feature{move(was)}, chosen[i], -1)
		}
		before, was = right[i], chosen[i]
	}
}

// labels are the right ones. A name that holds a word which can be in none is not to be learnt.
func (e *Example) labels(words []word) []label {
	of := make([]label, len(words))
	i := 0
	for _, n := range e.Names {
		for i < len(of) && e.Sentence[i].Span.Start < n.Span.Start {
			i++
		}
		first := i
		for i < len(of) && e.Sentence[i].Span.End <= n.Span.End {
			i++
		}
		typ := typeIndex(n.Type)
		if typ < 0 || slices.ContainsFunc(words[first:i], func(w word) bool { return !w.mayName }) {
			continue
		}
		for k := first; k < i; k++ {
			of[k] = parts*typ + goesOn
		}
		switch {
		case i-first == 1:
			of[first] = parts*typ + whole
		case i > first:
			of[first], of[i-1] = parts*typ+begins, parts*typ+ends
		}
	}
	return of
}
