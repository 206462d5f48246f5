package extract

import (
	"slices"

	"whence/graph"
)

// bucketBytes is how much text one bucket stands for: a few sentences.
const bucketBytes = 1024

// buckets find what was put at a place of the text without going through all of
// it, so that a paragraph of a megabyte costs no more for each sentence than a short one.
type buckets[T comparable] map[int][]T

// add puts a value at a span; at an empty span it is not kept.
func (b buckets[T]) add(s graph.Span, v T) {
	for k := s.Start / bucketBytes; s.Len() > 0 && k <= (s.End-1)/bucketBytes; k++ {
		if list := b[k]; len(list) == 0 || list[len(list)-1] != v {
			b[k] = append(list, v)
		}
	}
}

// near returns the values put near a span, each once, in the order of adding within a bucket.
func (b buckets[T]) near(s graph.Span) []T {
	first, last := s.Start/bucketBytes, max(s.Start, s.End-1)/bucketBytes
	if first == last {
		return b[first]
	}
	var out []T
	for k := first; k <= last; k++ {
		for _, v := range b[k] {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	return out
}
