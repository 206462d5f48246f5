package store

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// A Sieve says what a read of quads leaves out, so that it need not be read. The zero Sieve leaves out nothing.
type Sieve struct {
	// Label reports whether quads under a label are wanted; nil when all are. It is called by several goroutines.
	Label func(quad.Value) bool
	// Without are predicates whose quads are left out.
	Without map[quad.IRI]bool
	// Once are predicates of whose quads that differ in the label alone, all but that of the smallest
	// label, in string order, may be left out: who is named in a thousand documents has one name.
	Once map[quad.IRI]bool
}

// Keep returns the quads whose label and predicate are wanted. It reuses the slice.
func (s Sieve) Keep(quads []quad.Quad) []quad.Quad {
	return slices.DeleteFunc(quads, func(q quad.Quad) bool {
		p, _ := q.Predicate.(quad.IRI)
		return s.Without[p] || s.Label != nil && !s.Label(q.Label)
	})
}

// A Sifter is a [Snapshot] that does not read what a Sieve leaves out.
type Sifter interface {
	// Sift is [Snapshot.Out] of what the sieve lets through.
	Sift(ctx context.Context, subjects []quad.Value, predicates []quad.IRI, s Sieve) ([]quad.Quad, error)
}

// A Gatherer is a [Snapshot] that has descriptions of some subjects beside the quads that lead from them, and reads both at once.
type Gatherer interface {
	// Gather is [Snapshot.In] of the quads whose label the sieve wants, and for some of their subjects the quads that describe
	// them: all that it lets through under the labels of those that were found.
	Gather(ctx context.Context, objects []quad.Value, predicates []quad.IRI, s Sieve) (edges, described []quad.Quad, err error)
}

// A Teller is a [Snapshot] that reads what one label says of a subject and does not look at what others say.
type Teller interface {
	// Said returns the quads with a predicate that labels have of subjects, in no order, each once.
	Said(ctx context.Context, of []Saying, predicate quad.IRI) ([]quad.Quad, error)
}

// A Saying is what a label says of a subject.
type Saying struct{ Label, Subject quad.IRI }

// A Measurer is a [Snapshot] that keeps what converts offsets in texts, so that they need not be read for that.
type Measurer interface {
	// Offsets returns the offsets of the texts under the hashes, by hash; those of texts that are not held are left out, and
	// others may be.
	Offsets(ctx context.Context, hashes []string) (map[string]*graph.Offsets, error)
}

// A Lister is a [Snapshot] that finds a few of the nodes of a class without reading every quad that says so.
type Lister interface {
	// List returns the subjects of quads with a predicate and object under labels that are wanted: of those whose name
	// comes after a given one ("" for the start) the first limit in order of their names, each once.
	List(ctx context.Context, predicate quad.IRI, object quad.Value, after string, limit int, by Listing) ([]quad.IRI, error)
}

// A Listing says what a list is made of.
type Listing struct {
	Label func(quad.Value) bool // whether quads under a label are wanted
	Name  func(quad.IRI) string // in the order of which the list is
}

// description is what is read of a node to know what it is and what edges it has. A document mentions hundreds.
var description = Sieve{Without: map[quad.IRI]bool{vocab.Mentions: true}, Once: codec.Fields}

// sift returns what a sieve lets through of the quads that the reader sees.
func (r *reader) sift(ctx context.Context, iris []quad.IRI, predicates []quad.IRI, s Sieve) ([]quad.Quad, error) {
	if len(iris) == 0 {
		return nil, nil
	}
	subjects := valuesOf(iris)
	if sifter, ok := r.Snapshot.(Sifter); ok {
		wanted := s.Label
		s.Label = func(label quad.Value) bool { return (wanted == nil || wanted(label)) && r.sight.sees(label) }
		return sifter.Sift(ctx, subjects, predicates, s)
	}
	quads, err := r.Snapshot.Out(ctx, subjects, predicates)
	return s.Keep(r.sight.keep(quads)), err
}

// sees reports whether quads under a label are seen.
func (s sight) sees(label quad.Value) bool {
	iri, _ := label.(quad.IRI)
	s.ledger.mu.RLock()
	defer s.ledger.mu.RUnlock()
	return s.has(graph.Label(codec.IDOf(iri)))
}
