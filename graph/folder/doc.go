// Package folder keeps a store in a folder on disk.
//
//	format      "whence store 2": what this is, and in which version
//	held        locked by the process that has the folder open, for as long as it lives
//	lock        that process's id and, when it serves, its address
//	quads/      quads, texts and the ledger (graph/pebblequads)
//
// Beside them the program keeps what is made anew whenever it is missing: passages/, an
// index of the texts (graph/passages), and embeddings, for matching by meaning (loader/cover).
//
// # Versions
//
// A folder of an older format is brought to this one when it is opened; see [Options]. What
// is made is put in place, and the format changed, only when it is whole; the old files
// go last. So a program that is stopped in between begins again, and nothing is lost. A
// folder of a newer format is refused, and left as it is.
package folder
