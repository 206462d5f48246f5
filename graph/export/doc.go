// Package export writes a [graph.Subgraph] in forms that other programs read:
// Graphviz DOT for pictures, and JSON.
//
// Both write the same bytes for the same subgraph, in whatever order its nodes
// and edges stand. Text is hostile: what a document says can break neither form.
package export
