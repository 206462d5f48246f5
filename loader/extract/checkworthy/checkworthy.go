// Package checkworthy rates how much a sentence deserves to be checked: whether it states something
// about the world, and not about the speaker's intentions or tastes, that can be verified and that
// the public has an interest in. The term and the idea of what counts are those of ClaimBuster
// (Hassan et al., KDD 2017).
//
// The rating is a logistic regression over some ninety counts: classes of words that are listed by
// hand, numbers and what stands beside them, who is said to have done something, and how a sentence
// opens and ends. It was learnt from seeds/gold/worth.tsv alone, with train/main.go.
package checkworthy

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"whence/graph"
)

// A Model has a weight for each feature. It may be used from many goroutines.
type Model struct{ weights vector }

//go:embed weights.txt
var weights string

// shipped is the model that ships.
var shipped = sync.OnceValue(func() *Model {
	m, err := ReadModel(strings.NewReader(weights))
	if err != nil {
		panic("checkworthy: weights.txt: " + err.Error()) // it is part of the program
	}
	return m
})

// Rate is [Model.Rate] of the model that ships.
func Rate(text string, s graph.Span) graph.Confidence { return shipped().Rate(text, s) }

// clauseLift is how far the rating of a sentence goes towards that of its best clause, when that is
// higher: "Well, as I told you all in Derby, taxes have doubled" is long before it comes to its point.
// It was chosen on half of the sets that EVALUATION.md names.
const clauseLift = 0.35

// Threshold is the rating from which a sentence is best counted as worth checking, when finding it
// and leaving out others matter alike: about half of the F1 that is reached, as for any probability
// (Lipton et al., ECML 2014).
const Threshold graph.Confidence = 400

// Rate returns the probability, in thousandths, that a person finds the sentence in a span of text
// worth checking. The time it takes is linear in the length of the span and bounded.
func (m *Model) Rate(text string, s graph.Span) graph.Confidence {
	sentence := sentenceOf(text, s)
	if len(sentence.words) == 0 {
		return 0
	}
	score := m.score(sentence)
	best := score
	for _, c := range sentence.clauses() {
		best = max(best, m.score(c))
	}
	return graph.Confidence(math.Round(1000 * logistic(score+clauseLift*(best-score))))
}

func (m *Model) score(s sentence) float64 {
	v := s.features()
	return dot(&m.weights, &v)
}

// constant is what the weight that belongs to no feature is called.
const constant = "constant"

// WriteTo writes the weights, a line each: the weight, a tab and the name of its feature. A feature
// is counted up to a limit, and the weight is for that limit.
func (m *Model) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for f, weight := range m.weights {
		fmt.Fprintf(&b, "%.3f\t%s\n", weight, nameOf(f))
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

func nameOf(f int) string {
	if f == int(size) {
		return constant
	}
	return counted[f].name
}

// ReadModel reads what [Model.WriteTo] wrote. It fails unless every feature stands there once, in order.
func ReadModel(r io.Reader) (*Model, error) {
	var m Model
	n := 0
	sc := bufio.NewScanner(r)
	for ; sc.Scan(); n++ {
		weight, name, _ := strings.Cut(sc.Text(), "\t")
		w, err := strconv.ParseFloat(weight, 64)
		if err != nil || n >= len(m.weights) || name != nameOf(n) || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("line %d: %q", n+1, sc.Text())
		}
		m.weights[n] = w
	}
	if n < len(m.weights) && sc.Err() == nil {
		return nil, errors.New("weights are missing")
	}
	return &m, sc.Err()
}
