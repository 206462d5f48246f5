package pgquads

import (
	"fmt"

	"github.com/cayleygraph/quad"
)

// claims are how many a document of [document] makes.
const claims = 20

// document returns the quads of the n-th document: 8 for each claim and 4 for itself.
func document(n int) []quad.Quad {
	label, id := iri("label/%d", n), iri("document/%d", n)
	out := []quad.Quad{
		{Subject: id, Predicate: iri("type"), Object: iri("Document"), Label: label},
		{Subject: id, Predicate: iri("title"), Object: quad.String(fmt.Sprintf("What was said on day %d", n)), Label: label},
		{Subject: id, Predicate: iri("published-by"), Object: iri("agent/publisher-%d", n%10), Label: label},
		{Subject: id, Predicate: iri("published-on"), Object: quad.TypedString{Value: quad.String(fmt.Sprintf("20%02d-10-16", n%25)), Type: iri("date")}, Label: label},
	}
	for i := range claims {
		c := iri("claim/%d/%d", n, i)
		out = append(out,
			quad.Quad{Subject: c, Predicate: iri("type"), Object: iri("Claim"), Label: label},
			quad.Quad{Subject: c, Predicate: iri("stated-in"), Object: id, Label: label},
			quad.Quad{Subject: c, Predicate: iri("asserted-by"), Object: iri("agent/%d", (n*claims+i)%997), Label: label},
			quad.Quad{Subject: c, Predicate: iri("evidence"), Object: quad.TypedString{
				Value: quad.String(fmt.Sprintf(`{"start":%d,"end":%d,"exact":"the figure is %d of %d, and has been so for years"}`, i*80, i*80+50, i, n)), Type: iri("json"),
			}, Label: label},
			quad.Quad{Subject: c, Predicate: iri("mode"), Object: quad.String("direct"), Label: label},
			quad.Quad{Subject: c, Predicate: iri("confidence"), Object: quad.Int(900 + i), Label: label},
			quad.Quad{Subject: c, Predicate: iri("takes-from"), Object: iri("claim/%d/%d", n*7/8, (i+3)%claims), Label: label},
			quad.Quad{Subject: c, Predicate: iri("found-by"), Object: iri("build/1"), Label: label},
		)
	}
	return out
}

func iri(format string, args ...any) quad.IRI {
	return quad.IRI("urn:test:" + fmt.Sprintf(format, args...))
}
