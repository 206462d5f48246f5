package syntax

import (
	"math"

	"whence/loader/syntax/network"
)

// A lexicon is the words and the parts of words that the network knows something of.
type lexicon struct {
	words *rows // that have a vector, by word.lower
	forms *rows // that were met while learning, by formKeys
}

// has reports whether a word has a vector.
func (l *lexicon) has(s string) bool {
	w := newWord(s)
	return l.words.of(w.lower) != 0
}

// see is what the network sees of a word.
func (l *lexicon) see(w *word) network.Word {
	out := network.Word{Vector: l.words.of(w.lower)}
	for i, key := range formKeys(w) {
		out.Forms[i] = l.forms.of(key)
	}
	return out
}

// formKeys are what of a word's letters the network learns: the word itself, its
// beginning, its ending and its shape.
func formKeys(w *word) [network.Seen]uint64 {
	keys := [network.Seen]uint64{w.lower, w.prefix[1], w.prefix[2], w.suffix[0], w.suffix[1], w.suffix[2], w.suffix[3], w.shape}
	for i := range keys {
		keys[i] = mix(keys[i], uint64(i))
	}
	return keys
}

// Vectors are words in order of frequency, with a vector for each.
type Vectors struct {
	Words   []string
	Vectors [][]float32 // of one length
}

// rows gives each vector of a word that has a row of its own the same length, in
// 64ths. Of words with one hash the most frequent has it: 2014 and 2015 are one.
func (v *Vectors) rows() (*rows, []int8) {
	hashes := make([]uint32, len(v.Words))
	for i, s := range v.Words {
		w := newWord(s)
		hashes[i] = uint32(w.lower)
	}
	r := rowsOf(append([]uint32{}, hashes...))
	width := 0
	if len(v.Vectors) > 0 {
		width = len(v.Vectors[0])
	}
	out := make([]int8, (len(r.keys)+1)*width)
	done := make([]bool, len(r.keys)+1)
	for i, h := range hashes {
		row := r.of(uint64(h))
		if done[row] {
			continue
		}
		done[row] = true
		var sum float64
		for _, x := range v.Vectors[i] {
			sum += float64(x) * float64(x)
		}
		by := 32 * math.Sqrt(float64(width)) / max(math.Sqrt(sum), 1e-9)
		for j, x := range v.Vectors[i] {
			out[int(row)*width+j] = int8(max(-127, min(127, math.Round(by*float64(x)))))
		}
	}
	return r, out
}
