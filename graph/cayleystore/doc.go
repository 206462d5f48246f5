// Package cayleystore keeps the graph in Cayley's memory store, for as long as the process lives,
// and reads the folders that earlier versions kept in Cayley's key-value layout on LevelDB.
//
// # What is handled here so that nobody else must know it
//
//   - Cayley's memory store has no lock, and deletes in time linear in the whole
//     graph: [MemoryBackend] locks, and removes by building anew.
//   - Quad(ref), NameOf(ref) and ValueOf(value) of its key-value store return no error, so a
//     failing disk reads as an empty graph: [Old] resolves values in batches, which report
//     theirs, and counts what it read.
package cayleystore
