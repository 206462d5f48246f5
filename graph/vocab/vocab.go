// Package vocab names every class and every predicate of the graph as an IRI,
// and says for each what it joins and which public term it stands for.
//
// The names are Whence's own, one readable predicate per relation, so that a
// quad can be read as a sentence; ontology.ttl, which is embedded, declares each
// as narrower than (or near to) the term of PROV-O, CiTO, schema.org, Web
// Annotation or SKOS that other programs know. [Classes] and [Properties] are
// the same content for Go; a test holds the two against each other.
package vocab

import (
	_ "embed"

	"github.com/cayleygraph/quad"

	"whence/graph"
)

// Namespace is the prefix of every class and predicate of Whence.
const Namespace = graph.Namespace + "ns:"

// The namespaces of the public terms.
const (
	RDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	RDFS    = "http://www.w3.org/2000/01/rdf-schema#"
	OWL     = "http://www.w3.org/2002/07/owl#"
	XSD     = "http://www.w3.org/2001/XMLSchema#"
	SKOS    = "http://www.w3.org/2004/02/skos/core#"
	PROV    = "http://www.w3.org/ns/prov#"
	OA      = "http://www.w3.org/ns/oa#"
	CiTO    = "http://purl.org/spar/cito/"
	DCTerms = "http://purl.org/dc/terms/"
	Schema  = "http://schema.org/"
)

// Type is rdf:type, the one predicate that is not Whence's own.
const Type quad.IRI = RDF + "type"

// The datatypes of literals. Text and names are plain strings.
const (
	// JSON is a list or structure that belongs to one node and has no identity of
	// its own (passages, offices), as JSON with its keys in a fixed order.
	JSON quad.IRI = RDF + "JSON"
	// Instant has a time zone and is not cut to seconds.
	Instant quad.IRI = XSD + "dateTimeStamp"
	Integer quad.IRI = XSD + "integer"
	Double  quad.IRI = XSD + "double"
	String  quad.IRI = XSD + "string"
	Day     quad.IRI = XSD + "date"
	Month   quad.IRI = XSD + "gYearMonth"
	Year    quad.IRI = XSD + "gYear"
)

// Ontology is ontology.ttl: the vocabulary in Turtle.
//
//go:embed ontology.ttl
var Ontology string

// IRI returns the IRI of a relation, "" if it is not one of Whence's.
func IRI(p graph.Predicate) quad.IRI {
	iri := quad.IRI(Namespace + p)
	if prop, ok := properties[iri]; ok && prop.Relation {
		return iri
	}
	return ""
}

// Predicate returns the relation between nodes that an IRI names; ok is false for
// every other IRI, those of a node's fields among them.
func Predicate(iri quad.IRI) (p graph.Predicate, ok bool) {
	if prop, held := properties[iri]; held && prop.Relation {
		return graph.Predicate(iri[len(Namespace):]), true
	}
	return "", false
}

// ClassesOf returns the classes whose members are nodes of a type, in the order
// of [Classes]: one for most types, all sorts of named things for agents.
func ClassesOf(t graph.NodeType) []quad.IRI {
	var out []quad.IRI
	for _, c := range Classes {
		if c.Node == t && !c.Abstract {
			out = append(out, c.IRI)
		}
	}
	return out
}

// NodeTypeOf returns the type of the nodes of a class; ok is false for a class
// whose members are no nodes, such as a reading.
func NodeTypeOf(class quad.IRI) (t graph.NodeType, ok bool) {
	c, held := classes[class]
	return c.Node, held && c.Node != "" && !c.Abstract
}

var classes, properties = index()

func index() (map[quad.IRI]Class, map[quad.IRI]Property) {
	cs, ps := map[quad.IRI]Class{}, map[quad.IRI]Property{}
	for _, c := range Classes {
		cs[c.IRI] = c
	}
	for _, p := range Properties {
		ps[p.IRI] = p
	}
	return cs, ps
}
