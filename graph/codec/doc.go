// Package codec turns the domain into quads and quads into the domain.
//
// # The encoding
//
// Every node is one subject and every quad bears the label of the content that
// states it. A field that names another node is an edge with an IRI as object; a
// plain field is a typed literal; an empty field is no quad. What has structure
// but no identity of its own (a list of passages, offices, names in order, who a
// name was resolved to) is one literal of type rdf:JSON on its owner, so that
// reading nodes is one batch by subject on any store. [Expand] adds, for readers
// of an export, a node for each passage with the terms of Web Annotation, and
// [Contract] takes them away again.
//
// A label describes a node if it states the node's rdf:type; edges that other
// labels add to it (asserted-by from a resolution) do not describe it.
//
// # How a store reads
//
//	nodes      all quads by subject             [DecodeNodes]
//	edges      quads by subject or by object    [EdgeOf]
//	who        quads (subject, resolved, *)     [DecodeResolved]
//	lists      quads (*, rdf:type, class), for each of vocab.ClassesOf
//	a label    all quads by label               [DecodeReading] and its like
//	ledger     the entries of its log           [DecodeEntry]
//
// # Offsets
//
// Quads count Unicode code points where the domain counts bytes. Encoding and
// decoding a passage therefore needs the text of its version. The passages of a
// [graph.Decision], which must outlive every text, keep bytes, under names that
// say so.
package codec
