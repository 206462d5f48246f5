// Package archive writes all that a store holds into one file, and restores it into any empty
// backend. It is the only way from one backend to another, and the only backup that is needed:
// indexes are made anew from it.
//
// # Format 1
//
// An archive is the line "whence archive 1\n" and then blocks. Numbers in a block's head are big-endian.
//
//	kind      1 byte, one of the letters below
//	raw       4 bytes, length in bytes of the content
//	packed    4 bytes, length in bytes of what follows the head
//	checksum  4 bytes, CRC-32C (Castagnoli) of kind, raw, packed and of what follows the head
//	          the content, as a Zstandard frame
//
// The blocks of a kind stand together, in this order. A block is closed when its content reaches a
// mebibyte, so that it is larger only where one text is. Inside a content, numbers are variable-length (as in
// encoding/binary), and "bytes" are a number and then so many bytes.
//
//	H  once: JSON with when ("written", RFC 3339) and by what ("program") the archive was written
//	Q  the number of values; each value as bytes; then the quads to the end: of subject, predicate,
//	   object and label the place of its value, counted from 1, or 0 for none. A value
//	   is in the protocol buffer form of Cayley's quads.proto, message Value.
//	T  texts to the end: the SHA-256 of the text (32 bytes), and its bytes
//	L  the entries of the log to the end, as bytes: in order, from number 1, the form of codec.EncodeEntry
//	E  once, the last: the numbers of quads, texts and entries, and the SHA-256 (32 bytes) of all
//	   that stands before this block
//
// Nothing follows. Quads and texts are in no order, so two archives of one store differ.
//
// # What is in it
//
// What the log of the store knows, at one moment: every reading, live or ended, every decision, every
// tombstone. What was erased is in no archive that is written afterwards; older archives still hold it.
// Quads that no label of the log accounts for, and texts that no version names, are left out: they
// are damage, which [whence/graph.Store].Verify names.
package archive
