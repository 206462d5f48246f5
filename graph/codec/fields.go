package codec

import (
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// fields visits the fields of one subject. The encoder writes what it is shown
// and the decoder fills it in, so that each type's form is written down once.
type fields interface {
	id(p quad.IRI, x *graph.ID)
	str(p quad.IRI, x *string)
	date(p quad.IRI, x *graph.Date)
	int(p quad.IRI, x *int)
	float(p quad.IRI, x **float64)
	class(c quad.IRI, x *bool)                // true is membership of a class
	ids(p quad.IRI, x *[]graph.ID)            // a set, sorted: a quad for each
	set(p quad.IRI, x *[]string)              // as ids
	iris(p quad.IRI, x *[]string)             // as ids
	list(p quad.IRI, x *[]string)             // in order: one JSON literal
	offices(p quad.IRI, x *[]graph.Office)    // as list
	passages(p quad.IRI, x *[]graph.Passage)  // as list
	passage(p quad.IRI, x *graph.Passage)     // a list of one
	predicate(p quad.IRI, x *graph.Predicate) // a relation's IRI
}

// text visits a field of any string type. What is encoded is not written to: others may be reading it.
func text[T ~string](f fields, p quad.IRI, x *T) {
	s := string(*x)
	f.str(p, &s)
	if t := T(s); t != *x {
		*x = t
	}
}

// number visits a field of any integer type.
func number[T ~int](f fields, p quad.IRI, x *T) {
	n := int(*x)
	f.int(p, &n)
	if t := T(n); t != *x {
		*x = t
	}
}

// label visits a field that names a label.
func label(f fields, p quad.IRI, x *graph.Label) {
	id := graph.ID(*x)
	f.id(p, &id)
	if l := graph.Label(id); l != *x {
		*x = l
	}
}
