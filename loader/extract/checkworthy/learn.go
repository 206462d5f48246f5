package checkworthy

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"whence/graph"
)

// An Example is a sentence that a person has marked.
type Example struct {
	Voice string // the kind of text it might stand in: "debate", "news"
	Worth bool   // it is worth checking
	Text  string
}

// ReadExamples reads lines of a voice, a mark (+ or -) and a sentence, with tabs between them.
func ReadExamples(r io.Reader) ([]Example, error) {
	var out []Example
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		row := strings.Split(sc.Text(), "\t")
		if len(row) != 3 || row[1] != "+" && row[1] != "-" {
			return nil, fmt.Errorf("line %d is not a voice, a mark and a sentence", len(out)+1)
		}
		out = append(out, Example{row[0], row[1] == "+", row[2]})
	}
	return out, sc.Err()
}

// DefaultRidge is the penalty that the shipped weights were learnt with.
const DefaultRidge = 3

// Learn fits a logistic regression to the examples by Newton's method. The ridge penalty
// keeps the weights of rare features small; the constant is not penalised. The same examples
// give the same model, on one architecture. It fails when the examples do not bear on the
// features, as when there are none.
func Learn(examples []Example, ridge float64) (*Model, error) {
	const dim = int(size) + 1
	rows := make([]vector, len(examples))
	for i, e := range examples {
		rows[i] = sentenceOf(e.Text, graph.Span{End: len(e.Text)}).features()
	}
	var w vector
	for range 30 {
		hessian := make([][]float64, dim)
		for i := range hessian {
			hessian[i] = make([]float64, dim+1) // the last column is the gradient
			if i < dim-1 {
				hessian[i][i] = ridge
				hessian[i][dim] = -ridge * w[i]
			}
		}
		for n := range rows {
			p := logistic(dot(&w, &rows[n]))
			d := p * (1 - p)
			y := 0.0
			if examples[n].Worth {
				y = 1
			}
			for i, x := range rows[n] {
				if x == 0 {
					continue
				}
				hessian[i][dim] += (y - p) * x
				for j := 0; j <= i; j++ {
					hessian[i][j] += d * x * rows[n][j]
				}
			}
		}
		for i := range hessian {
			for j := range i {
				hessian[j][i] = hessian[i][j]
			}
		}
		step, err := solve(hessian)
		if err != nil {
			return nil, err
		}
		largest := 0.0
		for i := range w {
			w[i] += step[i]
			largest = max(largest, math.Abs(step[i]))
		}
		if largest < 1e-9 {
			break
		}
	}
	return &Model{w}, nil
}

// solve solves a system of linear equations, given with its right side as last column, by
// elimination with pivots.
func solve(a [][]float64) ([]float64, error) {
	n := len(a)
	for c := range n {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		if math.Abs(a[p][c]) < 1e-12 {
			return nil, errors.New("the examples do not determine the weights")
		}
		a[c], a[p] = a[p], a[c]
		for r := c + 1; r < n; r++ {
			f := a[r][c] / a[c][c]
			for k := c; k <= n; k++ {
				a[r][k] -= f * a[c][k]
			}
		}
	}
	x := make([]float64, n)
	for c := n - 1; c >= 0; c-- {
		x[c] = a[c][n]
		for k := c + 1; k < n; k++ {
			x[c] -= a[c][k] * x[k]
		}
		x[c] /= a[c][c]
	}
	return x, nil
}

func dot(a, b *vector) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
