// Package pebblequads keeps the graph in a folder, in Pebble
// (github.com/cockroachdb/pebble/v2): quads, texts and the log of a
// [store.Backend], and the same quads as a quad store of Cayley, registered with it as
// "pebble", on which its paths and query languages run.
//
// # Terms
//
// A value stands in keys as a term: self-delimiting, and different for different values. Its
// first byte says what follows (term.go has the list). An IRI is the number of its
// namespace in a list that only grows (namespace.go), the bytes of its hexadecimal digits
// if it goes on with 32 or 64 of them, as the IDs of Whence do, and a tail of up to 48 bytes.
// A literal of up to 32 bytes stands there itself, so do numbers, dates and truth values;
// its language or type is part of it. Anything longer stands as the first 16 bytes of the
// SHA-256 of its long form, a letter for its kind and its words. So nearly all that a
// walk comes by is read without looking anything up, and nothing is read before a write.
//
// # Keys
//
// In a key, S P O L are the terms of subject, predicate, object and label; the label of a
// quad that has none is a term too.
//
//	c SHA-256 (32 bytes)             where the code points of a text begin; see graph.Offsets
//	e number (8 bytes, big-endian)   entry of the log
//	f                                the format, "whence pebblequads 2"
//	l L S P O                        index by label; the long form of O if that is a long literal and P says where words stand
//	m c, m q, m t, m o               counters of commits, quads and texts; a mark while a removal is owed
//	o O P S L                        index by object; what L says of S, where P leads from a relation to an end of it
//	p P                              how many quads have a predicate
//	s S P O L                        index by subject; the long form of O if that is a long literal
//	t SHA-256 (32 bytes)             a text, zstd
//	v T                              the long form of T, a term that holds a hash
//	0x01, 0xFE                       nothing: they make a file reach over all keys
//
// A long literal thus stands beside the quads that have it as their object and goes
// with them; it is read with the node and compressed with its neighbours. Long values that
// stand anywhere else are under v until no quad has them.
//
// What stands beside keys of the indexes by label and by object stands beside those by subject too: they cover what is
// asked for most (cover.go), so that the words by which a text cites and what hangs on a claim each lie together. A folder
// in format 1 has none of it, which is read as well.
//
// Counters are varints (zigzag); those of predicates are merged by the operator
// "whence.sum". The comparer "whence.terms.1" orders by bytes and takes the first
// term of an index's key as the prefix that filters are made of.
//
// Beside the engine's files is head, which counts the commits (see head.go).
//
// # What is handled here so that nobody else must know it
//
//   - Reads see what is durable: the last durable state is kept open as a snapshot of the
//     engine, reads share it, and a commit that fails leaves it as it was.
//   - Pebble ends the process on some errors, panics on others, and waits for ever on a
//     full disk. Here the first such error makes every later write fail, and reads go on.
//   - A node may have any number of quads; what is in the engine is never gathered whole.
//     The nodes of the graph are not listed anywhere: the heads of the indexes are them.
//   - What a read does not need it does not make: a sieve leaves out labels and predicates while the
//     keys are read, and passes over what a thousand labels say alike ([Snapshot.Sift], [Snapshot.List]).
//   - A load merges files seldom; when it is closed, they are merged once, so that a read looks into one.
//   - There is no index of predicates. Who asks Cayley for all quads of one reads the whole
//     index of subjects.
package pebblequads
