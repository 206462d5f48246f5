package codec

import (
	"fmt"
	"io"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// WriteSubgraph writes a part of the graph as N-Quads in canonical order: the
// nodes as they are shown, decisions laid over them, a node for each passage
// ([Expand]), and the edges. A quad has the label of its edge or node where that
// has one. text returns the text of a version, "" where it is not to be had;
// passages that do not stand in it are left out. Any error of text is returned.
func WriteSubgraph(w io.Writer, g graph.Subgraph, text func(version graph.ID) (string, error)) error {
	encoders := map[graph.ID]*encoder{} // by version
	var all []quad.Quad
	for _, n := range g.Nodes {
		version := versionOf(n)
		e := encoders[version]
		if e == nil {
			words := ""
			if version != "" {
				var err error
				if words, err = text(version); err != nil {
					return err
				}
			}
			e = &encoder{text: words, offsets: graph.NewOffsets(words), lax: true, seen: map[graph.ID]bool{}}
			encoders[version] = e
		}
		e.label = SafeIRI(graph.ID(labelOf(n)))
		from := len(e.quads)
		e.node(n)
		if e.err != nil {
			return e.err
		}
		if labelOf(n) == "" {
			for i := range e.quads[from:] {
				e.quads[from+i].Label = nil
			}
		}
	}
	for _, e := range encoders {
		all = append(all, e.quads...) // sorted below
	}
	for _, x := range g.Edges {
		kind := vocab.IRI(x.Kind)
		if kind == "" {
			return fmt.Errorf("relation %q: %w", x.Kind, graph.ErrInvalid)
		}
		q := quad.Quad{Subject: SafeIRI(x.From), Predicate: kind, Object: SafeIRI(x.To)}
		if x.Label != "" {
			q.Label = SafeIRI(graph.ID(x.Label))
		}
		all = append(all, q)
	}
	all, err := Expand(all)
	if err != nil {
		return err
	}
	return WriteNQuads(w, all)
}

// versionOf returns the version that the passages of a node are spans of.
func versionOf(n graph.Node) graph.ID {
	switch x := n.(type) {
	case *graph.Segment:
		return x.Version
	case *graph.Claim:
		return x.Version
	case *graph.Statistic:
		return x.Version
	case *graph.Source:
		return x.Version
	case *graph.Relation:
		return x.Version
	}
	return ""
}

// labelOf is the inverse of setLabel.
func labelOf(n graph.Node) graph.Label {
	switch x := n.(type) {
	case *graph.Claim:
		return x.Label
	case *graph.Agent:
		return x.Label
	case *graph.Statistic:
		return x.Label
	case *graph.Source:
		return x.Label
	case *graph.Relation:
		return x.Label
	}
	return ""
}
