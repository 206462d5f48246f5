// Package cayleystore keeps the graph in Cayley: in memory, or in a folder on
// disk through Cayley's LevelDB backend. It is the only importer of Cayley.
//
// # What is handled here so that nobody else must know it
//
//   - Cayley's memory store has no lock, and deletes in time linear in the whole
//     graph: [MemoryBackend] locks, and removes by building anew.
//   - Quad(ref), NameOf(ref) and ValueOf(value) return no error, so a failing disk
//     reads as an empty graph. The folder backend reads iterators, whose errors
//     are kept, and resolves values in batches, which report theirs.
//   - A batch that both adds and removes loses a direction of an added quad when a
//     value it shares is removed more often than added. Apply makes two batches
//     inside one LevelDB transaction.
//   - Adding a quad that is held, or twice in one batch, counts its values once too
//     often, so that they outlive it. Apply passes on only what is new.
//   - After a failed batch its index entries wait in memory for the next one, and
//     values it invented stay cached. A failed Apply opens the graph afresh.
//   - Reads go by index, one hop at a time. Multi-hop paths scan the graph.
//   - There is no index by label unless one is asked for before the graph is made.
//
// # Folder
//
//	format      "whence store 1": what this is, and in which version
//	lock        the holder's process id and, when it serves, its address
//	graph/      LevelDB
//	texts/ab/   canonical texts, zstd, each named by the SHA-256 of what it holds
//
// Beside them the program keeps passages/, an index of the texts (graph/passages) that
// is made anew whenever it is missing.
package cayleystore
