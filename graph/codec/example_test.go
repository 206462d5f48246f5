package codec_test

import (
	"os"

	"whence/graph"
	"whence/graph/codec"
)

func ExampleEncodeAuthority() {
	quads, err := codec.EncodeAuthority(graph.Authority{
		Label: "urn:whence:authority:1",
		Agents: []graph.Agent{{
			ID: "urn:whence:agent:dana-reed", Type: graph.Person, Name: "Dana Reed", Aliases: []string{"Minister Reed"},
			Offices: []graph.Office{{Title: "Minister", Body: "Ministry of Works", From: "2023-02-01"}},
		}},
	})
	if err != nil {
		panic(err)
	}
	for i := range quads {
		quads[i].Label = nil // for the width of this page
	}
	_ = codec.WriteNQuads(os.Stdout, quads)
	// Output:
	// <urn:whence:agent:dana-reed> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:whence:ns:Person> .
	// <urn:whence:agent:dana-reed> <urn:whence:ns:alias> "Minister Reed" .
	// <urn:whence:agent:dana-reed> <urn:whence:ns:holds-office> "[{\"title\":\"Minister\",\"body\":\"Ministry of Works\",\"from\":\"2023-02-01\"}]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .
	// <urn:whence:agent:dana-reed> <urn:whence:ns:name> "Dana Reed" .
	// <urn:whence:authority:1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:whence:ns:Authority> .
}
