package checkworthy

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"whence/graph"
)

// A Rating is what a model gave a sentence, beside what a person says of it.
type Rating struct {
	Given graph.Confidence
	Worth bool
}

// CrossValidate rates every example with a model learnt from the others: all but every
// folds-th, ten times over for ten folds. Ratings stand in the order of the examples.
func CrossValidate(examples []Example, ridge float64, folds int) ([]Rating, error) {
	out := make([]Rating, len(examples))
	for fold := range folds {
		var others []Example
		for i, e := range examples {
			if i%folds != fold {
				others = append(others, e)
			}
		}
		m, err := Learn(others, ridge)
		if err != nil {
			return nil, err
		}
		for i := fold; i < len(examples); i += folds {
			e := examples[i]
			out[i] = Rating{m.Rate(e.Text, graph.Span{End: len(e.Text)}), e.Worth}
		}
	}
	return out, nil
}

// A Score tells how well ratings do.
type Score struct {
	Sentences, Marked    int
	Precision, Recall    float64 // of what reaches the threshold
	F1                   float64
	AveragePrecision     float64 // of the ranking: 1 when all that is worth checking comes first
	LogLoss              float64 // mean, in nats: 0 when every rating is certain and right
	Reliability          [10]Bin // by tenths of the rating
	MeanCalibrationError float64 // between rating and share, over all sentences
}

// A Bin tells what became of the sentences whose ratings are alike.
type Bin struct {
	Sentences   int
	Given, True float64 // mean rating, and share that is worth checking
}

// Measure scores ratings.
func Measure(ratings []Rating) Score {
	s := Score{Sentences: len(ratings)}
	ranked := slices.Clone(ratings)
	slices.SortStableFunc(ranked, func(a, b Rating) int { return int(b.Given - a.Given) })
	right, found := 0, 0
	for i, r := range ranked {
		p := float64(r.Given) / 1000
		q := min(max(p, 0.001), 0.999)
		bin := &s.Reliability[min(int(r.Given)/100, 9)]
		bin.Sentences++
		bin.Given += p
		found += one(r.Given >= Threshold)
		if r.Worth {
			s.Marked++
			right += one(r.Given >= Threshold)
			s.AveragePrecision += float64(s.Marked) / float64(i+1)
			bin.True++
		} else {
			q = 1 - q
		}
		s.LogLoss -= math.Log(q)
	}
	s.LogLoss /= float64(max(s.Sentences, 1))
	s.AveragePrecision /= float64(max(s.Marked, 1))
	s.Precision, s.Recall = float64(right)/float64(max(found, 1)), float64(right)/float64(max(s.Marked, 1))
	s.F1 = 2 * float64(right) / float64(max(found+s.Marked, 1))
	for i := range s.Reliability {
		bin := &s.Reliability[i]
		s.MeanCalibrationError += math.Abs(bin.Given-bin.True) / float64(max(s.Sentences, 1))
		bin.Given /= float64(max(bin.Sentences, 1))
		bin.True /= float64(max(bin.Sentences, 1))
	}
	return s
}

// String returns a line of figures and a table.
func (s Score) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d sentences, %d worth checking: P %.3f  R %.3f  F1 %.3f  average precision %.3f  log loss %.3f  calibration error %.3f\n",
		s.Sentences, s.Marked, s.Precision, s.Recall, s.F1, s.AveragePrecision, s.LogLoss, s.MeanCalibrationError)
	for i, bin := range s.Reliability {
		fmt.Fprintf(&b, "  rated .%d to .%d: %4d sentences, mean rating %.2f, worth checking %.2f\n", i, i+1, bin.Sentences, bin.Given, bin.True)
	}
	return b.String()
}
