package codec

import (
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// Fields are the predicates that say what a node is and are no edges: its class and its fields.
var Fields = func() map[quad.IRI]bool {
	p := predicates{vocab.Type: true}
	for _, class := range classes {
		visit(p, newNode("", class))
	}
	visit(p, newNode("", vocab.Person))
	for iri := range p {
		if _, edge := vocab.Predicate(iri); edge {
			delete(p, iri)
		}
	}
	return p
}()

// predicates collects those of the fields that it visits.
type predicates map[quad.IRI]bool

func (s predicates) id(p quad.IRI, _ *graph.ID)               { s[p] = true }
func (s predicates) str(p quad.IRI, _ *string)                { s[p] = true }
func (s predicates) date(p quad.IRI, _ *graph.Date)           { s[p] = true }
func (s predicates) int(p quad.IRI, _ *int)                   { s[p] = true }
func (s predicates) float(p quad.IRI, _ **float64)            { s[p] = true }
func (s predicates) class(quad.IRI, *bool)                    {}
func (s predicates) ids(p quad.IRI, _ *[]graph.ID)            { s[p] = true }
func (s predicates) set(p quad.IRI, _ *[]string)              { s[p] = true }
func (s predicates) iris(p quad.IRI, _ *[]string)             { s[p] = true }
func (s predicates) list(p quad.IRI, _ *[]string)             { s[p] = true }
func (s predicates) offices(p quad.IRI, _ *[]graph.Office)    { s[p] = true }
func (s predicates) passages(p quad.IRI, _ *[]graph.Passage)  { s[p] = true }
func (s predicates) passage(p quad.IRI, _ *graph.Passage)     { s[p] = true }
func (s predicates) predicate(p quad.IRI, _ *graph.Predicate) { s[p] = true }
