package vocab_test

import (
	"fmt"

	"whence/graph"
	"whence/graph/vocab"
)

func ExamplePredicate() {
	iri := vocab.IRI(graph.AssertedBy)
	short, ok := vocab.Predicate(iri)
	fmt.Println(string(iri), short, ok)
	// Output: urn:whence:ns:asserted-by asserted-by true
}
