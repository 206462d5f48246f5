// Package perceptron is the averaged perceptron that the linear parts of
// whence/loader/syntax learn with: a linear classifier over hashed features,
// whose weights are the mean of all the weights it had while learning
// (Freund and Schapire 1999, Collins 2002).
//
// A [Learner] grows while it is taught; [Learner.Freeze] makes the small,
// read-only [Weights] that a program ships. Both are a [Scorer]. All sums are of
// integers, so the same features give the same answer on every machine.
package perceptron
