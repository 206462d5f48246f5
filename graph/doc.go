// Package graph is the domain of Whence: documents, the claims they make, who
// made them, and how one led to another. It imports the standard library only.
//
// # The model in one picture
//
//	Document ── version-of ── Version ── Segment (title, body, update, comment …)
//	   │                                    │
//	   └──────── stated-in ── Claim ────────┘
//	                            │── asserted-by ── Agent
//	                            │── said-in ────── Source ── attributed-to ── Agent
//	                            │── has-figure ─── Statistic ── sourced-from ── Source
//	                            └── clarified-by, matches, … ── Claim, Source, Document
//
// # Identity
//
// An identity is a hash of content, never of a path, a time or an order of
// arrival: loading the same text twice adds nothing. See the New…ID functions.
//
// # Layers
//
// Everything stored belongs to one label, and a label is the hash of the inputs
// of a pure function: a reading (what a text says), a resolution (who is meant),
// a link (which claims of two documents belong together), the authority file, or
// a person's decision. When labels were added and ended, by whom and from which
// path, is the ledger's, see [Ledger].
//
// # Offsets
//
// A [Span] is half-open and counts bytes of a version's canonical text, on rune
// boundaries. Quads, JSON, exports and gold files count Unicode code points;
// package codec and the wire types convert with [Offsets].
//
// # Caveats
//
// A claim is an occurrence: the same words in two documents are two claims,
// joined, if at all, by a relation that names its reason. An [Agent] that no
// authority file identifies is a name, not a person.
package graph
