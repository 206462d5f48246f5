package export_test

import (
	"os"

	"whence/graph"
	"whence/graph/export"
)

func ExampleDOT() {
	g := graph.Subgraph{
		Nodes: []graph.Node{&graph.Agent{ID: "urn:whence:agent:dana-reed", Type: graph.Person, Name: "Dana “Dee” Reed", Identified: true}},
	}
	_ = export.DOT(os.Stdout, g, export.DOTOptions{Plain: true})
	// Output:
	// digraph whence {
	//   graph [rankdir=LR, charset="UTF-8", fontname="sans-serif", fontsize=11, compound=true, newrank=true]
	//   node [fontname="sans-serif", fontsize=10, style=filled, margin="0.12,0.06"]
	//   edge [fontname="sans-serif", fontsize=9]
	//   "urn:whence:agent:dana-reed" [shape=ellipse, style="filled", fillcolor="#e3f0fb", tooltip="agent:dana-reed", label="Dana “Dee” Reed\lperson\l"]
	// }
}
