// Package graphtest holds what every store has to pass: [Run] for a
// [graph.Store], [RunPersistent] for one that outlives its process,
// [RunBackend] for a [store.Backend], [Benchmark] for how fast it is, and the
// small documents that these and other tests are made of.
package graphtest
