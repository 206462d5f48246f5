// Package network reads sentences with a small neural network: it scores the tags
// of words, the heads they may hang from, and the relations to their heads.
//
// A word is the vector it has from other texts, which stays as it is, and the sum of
// the rows of its forms (the word, its beginning, its ending, its shape), which are
// learnt. Layers read the words from both ends (simple recurrent units); what comes
// out tells the tag by one more matrix, and the head by how well what a word wants
// of a head fits what the others are like (after Dozat and Manning 2017), with their
// distance. A sentence's heads are chosen elsewhere; then Relate names the relations.
//
// [Learn] is gradient descent with dropout. Sums are made in one order, so that the
// same lessons give the same network, on processors of one kind: those with AVX2 and
// FMA work on eight numbers at a time and round once where others round twice.
package network
