package syntax

import "math"

// Row returns the number of a word in lower case among those that have a vector, 0 for
// one that has none. Rows are those of one build of the weights.
func (m *Model) Row(word string) int32 {
	w := newWord(word)
	return m.lexicon.words.of(w.lower)
}

// Alike returns, in thousandths, the cosine of the vectors of two rows: words found in like
// company have a high one, contraries among them. It is 0 when either row is.
func (m *Model) Alike(a, b int32) int {
	if a == 0 || b == 0 {
		return 0
	}
	x, y := m.network.Row(a), m.network.Row(b)
	var dot, xx, yy int
	for i, v := range x {
		dot += int(v) * int(y[i])
		xx += int(v) * int(v)
		yy += int(y[i]) * int(y[i])
	}
	if dot <= 0 || xx == 0 || yy == 0 {
		return 0
	}
	return int(1000 * float64(dot) / math.Sqrt(float64(xx)*float64(yy)))
}
