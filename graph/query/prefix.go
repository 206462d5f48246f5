package query

import (
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// Prefixes are the short forms of namespaces that names in a query may have: those of Whence's
// own terms and of the public ones, without the colon, to the namespace.
var Prefixes = map[string]string{
	"whence": vocab.Namespace, "rdf": vocab.RDF, "rdfs": vocab.RDFS, "owl": vocab.OWL, "xsd": vocab.XSD, "skos": vocab.SKOS,
	"prov": vocab.PROV, "oa": vocab.OA, "cito": vocab.CiTO, "dcterms": vocab.DCTerms, "schema": vocab.Schema,
}

var namespaces = func() *voc.Namespaces {
	var n voc.Namespaces
	for prefix, full := range Prefixes {
		n.Register(voc.Namespace{Prefix: prefix + ":", Full: full})
	}
	return &n
}()

// meanings returns what a value in a query may stand for, the likeliest first. Where strings are bare, a name is
// written as one.
func meanings(v quad.Value, bare bool) []quad.Value {
	switch v := v.(type) {
	case quad.IRI:
		return append([]quad.Value{v}, spelt(string(v))...)
	case quad.String:
		out := []quad.Value{v}
		if s := string(v); bare && strings.Contains(s, ":") {
			out = append(append(out, quad.IRI(s)), spelt(s)...)
			out = append(out, spelt(strings.ReplaceAll(s, "_", "-"))...)
		}
		return out
	case quad.TypedString:
		return []quad.Value{v, quad.TypedString{Value: v.Value, Type: quad.IRI(namespaces.FullIRI(string(v.Type)))}}
	}
	return []quad.Value{v}
}

// spelt returns a name without its prefix, if it has one.
func spelt(name string) []quad.Value {
	var out []quad.Value
	if full := namespaces.FullIRI(name); full != name {
		out = append(out, quad.IRI(full))
	}
	if iri := codec.SafeIRI(graph.ParseID(name)); string(iri) != name {
		out = append(out, iri)
	}
	return out
}

// native is a value as Cayley's languages give it in JSON: an IRI in angle brackets, a number as a
// number, text as it is.
func native(v quad.Value) any {
	if v == nil {
		return nil
	}
	out := v.Native()
	if same, ok := out.(quad.Value); ok && same == v {
		return quad.StringOf(v)
	}
	return out
}
