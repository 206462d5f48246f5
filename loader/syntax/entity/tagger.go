package entity

import (
	"math"
	"slices"

	"whence/graph"
	"whence/loader/syntax"
	"whence/loader/syntax/perceptron"
)

// A Tagger finds names. It is safe for concurrent use.
type Tagger struct {
	classes Classes
	scorer  perceptron.Scorer
}

// A label says where a token stands: outside of names, or where in a name of what type.
type label = int

// The label of a token in a name of types[t] is t*parts and one of begins to whole.
const (
	outside label = iota
	begins
	goesOn
	ends
	whole
	parts  = 4
	labels = 1 + 4*parts
	edge   = labels // what stands before the first token and after the last
)

func typeIndex(t graph.AgentType) int { return slices.Index(types, t) }

// part returns begins, goesOn, ends or whole, or outside.
func part(l label) label {
	if l == outside || l == edge {
		return outside
	}
	return (l-1)%parts + 1
}

// follows[a][b] reports whether label b may stand after a.
var follows = func() (f [labels + 1][labels + 1]bool) {
	for a := range f {
		for b := range f[a] {
			switch closed := part(a) == outside || part(a) == ends || part(a) == whole; part(b) {
			case outside, begins, whole:
				f[a][b] = closed
			default:
				f[a][b] = !closed && (a-1)/parts == (b-1)/parts
			}
		}
	}
	return f
}()

// Find is the function [Find] with this tagger.
func (t *Tagger) Find(text string, s syntax.Sentence, hints []Name) []Name {
	words := t.words(text, s, hints)
	if !slices.ContainsFunc(words, func(w word) bool { return w.mayName }) {
		return nil
	}
	var found []Name
	best, scores := t.decode(words)
	for i := 0; i < len(best); i++ {
		if best[i] == outside {
			continue
		}
		j := i
		for part(best[j]) == begins || part(best[j]) == goesOn {
			j++
		}
		found = append(found, Name{
			Span: graph.Span{Start: s[i].Span.Start, End: s[j].Span.End},
			Type: types[(best[i]-1)/parts],
			Lead: lead(best[i:j+1], scores[i:j+1]),
		})
		i = j
	}
	return found
}

// lead is [Name.Lead] of a name with these labels.
func lead(of []label, scores [][labels]int32) int {
	typ := (of[0] - 1) / parts
	sum := [4]int{}
	for i, l := range of {
		for t := range sum {
			sum[t] += int(scores[i][l+(t-typ)*parts])
		}
	}
	least := math.MaxInt
	for t := range sum {
		if t != typ {
			least = min(least, sum[typ]-sum[t])
		}
	}
	return max(0, least/len(of)) // the words before may have tipped the scales
}

// never is less than any sum of scores.
const never = math.MinInt32 / 2

// decode returns the labels that score best together (Viterbi 1967), and what each
// label scores by itself. Words that cannot be part of a name are outside without being
// looked at.
func (t *Tagger) decode(words []word) (best []label, scores [][labels]int32) {
	var moves [labels + 1][labels]int32
	for a := range moves {
		t.scorer.Score([]perceptron.Feature{move(a)}, moves[a][:])
	}
	sums := make([][labels]int32, len(words))
	scores = make([][labels]int32, len(words))
	from := make([][labels]uint8, len(words))
	var f features
	for i := range words {
		here := &scores[i]
		may := labels
		if words[i].mayName {
			f.see(words, i)
			t.scorer.Score(f.list, here[:])
		} else {
			may = outside + 1
		}
		for b := range labels {
			most := int32(never)
			switch {
			case b >= may:
			case i == 0:
				if follows[edge][b] {
					most = moves[edge][b]
				}
			default:
				for a := range labels {
					if sum := sums[i-1][a] + moves[a][b]; follows[a][b] && sum > most {
						most, from[i][b] = sum, uint8(a)
					}
				}
			}
			sums[i][b] = max(most+here[b], never)
		}
	}
	best = make([]label, len(words))
	last := len(words) - 1
	for a := range labels {
		if follows[a][edge] && sums[last][a] > sums[last][best[last]] {
			best[last] = a
		}
	}
	for i := last; i > 0; i-- {
		best[i-1] = label(from[i][best[i]])
	}
	return best, scores
}
