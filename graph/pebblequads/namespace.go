package pebblequads

import (
	"strings"

	"whence/graph"
	"whence/graph/vocab"
)

// namespaces are the heads of IRIs that a term writes as one byte, the index.
// They are part of the format: add at the end, change nothing.
var namespaces = [...]string{
	"",
	graph.Namespace + "ns:",
	vocab.RDF,
	vocab.RDFS,
	vocab.OWL,
	vocab.XSD,
	vocab.SKOS,
	vocab.PROV,
	vocab.OA,
	vocab.CiTO,
	vocab.DCTerms,
	vocab.Schema,
	graph.Namespace + "claim:",
	graph.Namespace + "document:",
	graph.Namespace + "text:",
	graph.Namespace + "version:",
	graph.Namespace + "segment:",
	graph.Namespace + "agent:",
	graph.Namespace + "statistic:",
	graph.Namespace + "source:",
	graph.Namespace + "relation:",
	graph.Namespace + "review:",
	graph.Namespace + "decision:",
	graph.Namespace + "reading:",
	graph.Namespace + "resolution:",
	graph.Namespace + "link:",
	graph.Namespace + "authority:",
	graph.Namespace + "iri:",
	graph.Namespace + "mention:",
	graph.Namespace + "passage:",
	"http://www.wikidata.org/entity/",
	"https://www.wikidata.org/entity/",
}

var namespaceCode = func() map[string]byte {
	m := make(map[string]byte, len(namespaces))
	for i, ns := range namespaces {
		m[ns] = byte(i)
	}
	return m
}()

// cutNamespace returns the code of the namespace of an IRI, 0 for none, and the
// rest. A namespace of Whence ends at the colon after its kind, any other at the
// last '#' or '/': so there is one way to cut, found with one look-up.
func cutNamespace(iri string) (code byte, tail string) {
	n := 0
	if rest, ok := strings.CutPrefix(iri, graph.Namespace); ok {
		if i := strings.IndexByte(rest, ':'); i >= 0 {
			n = len(graph.Namespace) + i + 1
		}
	} else {
		n = strings.LastIndexAny(iri, "#/") + 1
	}
	if code = namespaceCode[iri[:n]]; code == 0 {
		n = 0
	}
	return code, iri[n:]
}
