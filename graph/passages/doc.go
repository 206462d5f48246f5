// Package passages searches the full text of everything that a store holds,
// through Bleve. It is the only importer of Bleve.
//
// The unit is a passage: a paragraph of a segment, or some whole sentences of a
// long one. What is indexed is the stems of its words with their places, and not
// the text: words that are shown come from the store, and are held to what was
// asked for once more ([graph.Passages]). The index holds every reading ever
// recorded, also those that ended, since a question may be about the time before;
// which of them an answer may show is for the view to say.
//
// # How it stays true to the store
//
//   - It remembers the commit that it has followed the ledger to, written in one
//     piece with the passages. [Store.Update] goes on from there. A store that has
//     another commit under that number is another store: the index is made anew.
//   - It is made anew also when it does not read back, when another build cut its
//     passages, and when it is missing. Nothing is only in the index.
//   - An erasure removes the whole index, files and all. Bleve marks what is
//     deleted and drops it in later merges, at a time of its own; its merger dies of
//     a segment in which everything is deleted. So nothing is ever deleted here.
//
// # Order
//
// Bleve's scores depend on all that is indexed, so that a document which a view
// does not see would change the order of its answer. Only the places of the
// words are taken from Bleve, and the rank of a passage is a function of these.
package passages
