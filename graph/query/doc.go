// Package query answers questions in the query languages of Cayley over what a store
// holds: gizmo, graphql, mql and sexp, as version 0.7.7 has them.
//
// # What is seen
//
// A query sees the quads of the labels that a view would see ([store.Look]): nothing of a
// label that has ended, of a document that was retracted or of another version than the one
// that is read, and nothing of what the store writes for itself. A node is there only while a
// quad that is seen names it. It sees one moment, whatever is loaded meanwhile.
//
// Two things that readers see are laid over the quads on reading, and a query does not see them:
// what a person decided, of which the answer warns, and that the words of readers' comments
// stay out of lists. Whoever only wants to ask where a claim comes from has better questions in graph.
//
// # Names
//
// A node is named by its IRI, in full, by its short form ("claim:0123…"), or with a prefix
// (see [Prefixes]): "<whence:asserted-by>" in gizmo and mql, "whence:asserted-by" in graphql. sexp cannot
// write a hyphen: there it is ":whence:asserted_by". A name that stands nowhere in what is seen is warned of.
//
// # Bounds
//
// A query ends with its context, or when it has taken the memory it may take; an answer ends with
// as many rows as were asked for, or bytes, and says so. A script of gizmo has no files, no network and no clock
// but JavaScript's; what it has is what ECMAScript 5 has, and the graph. What is not bounded is a single step inside the
// interpreter, such as joining an array of a million long strings, or matching an expression with
// backreferences: it is not interrupted, and may take all of the memory there is. A query that
// has not come back from such a step still counts as running (see [Runner]).
package query
