package entity

import (
	"math"
	"math/rand/v2"

	"whence/loader/syntax"
)

// A class is where a word stands in a tree of words that occur in like places: a 1,
// then at each fork a 0 or a 1. A word that is not in the tree has 0.
type class uint16

// depth is how many forks there are on each way through the tree.
const depth = 11

// broad and broader are the forks that lie 4 and 7 above: words that are less alike.
func (c class) broad() uint64   { return uint64(c >> 4) }
func (c class) broader() uint64 { return uint64(c >> 7) }

// Classes are those of words, by the lower half of the hash of their letters.
type Classes map[uint32]class

// NewClasses parts words in two by their vectors, each part again, and so on (2-means).
// The same vectors give the same classes.
func NewClasses(v syntax.Vectors) Classes {
	classes := make(Classes, len(v.Words))
	var keys []uint32
	var points [][]float32
	for i, w := range v.Words {
		key := uint32(hash(fold(w)))
		if classes[key] == 0 {
			classes[key] = 1
			keys, points = append(keys, key), append(points, unit(v.Vectors[i]))
		}
	}
	level := [][]int{make([]int, len(points))}
	for i := range points {
		level[0][i] = i
	}
	random := rand.New(rand.NewPCG(1, 0))
	for range depth {
		var next [][]int
		for _, these := range level {
			near, far := halve(points, these, random)
			for _, i := range near {
				classes[keys[i]] <<= 1
			}
			for _, i := range far {
				classes[keys[i]] = classes[keys[i]]<<1 | 1
			}
			next = append(next, near, far)
		}
		level = next
	}
	return classes
}

// halve parts some of the points by which of two means they are nearer to.
func halve(points [][]float32, these []int, random *rand.Rand) (near, far []int) {
	if len(these) < 2 {
		return these, nil
	}
	one, other := points[these[random.IntN(len(these))]], points[these[random.IntN(len(these))]]
	const rounds = 12
	for range rounds {
		near, far = nil, nil
		sum, rest := make([]float32, len(one)), make([]float32, len(one))
		for _, i := range these {
			if dot(points[i], other) > dot(points[i], one) {
				far = append(far, i)
				add(rest, points[i])
			} else {
				near = append(near, i)
				add(sum, points[i])
			}
		}
		one, other = unit(sum), unit(rest)
	}
	return near, far
}

// unit returns a vector of length one in the direction of v.
func unit(v []float32) []float32 {
	by := float32(1 / max(math.Sqrt(float64(dot(v, v))), 1e-9))
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = by * x
	}
	return out
}

func dot(a, b []float32) float32 {
	var sum float32
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func add(to, from []float32) {
	for i, x := range from {
		to[i] += x
	}
}
