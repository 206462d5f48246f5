package codec_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/codec"
)

func TestWriteSubgraph(t *testing.T) {
	const text = "Zoë said the pier is safe."
	i := strings.Index(text, "the pier")
	safe := graph.NewPassage(text, graph.Span{Start: i, End: i + len("the pier is safe")})
	moved := safe
	moved.Start, moved.End = 0, len("the pier is safe")
	claim := &graph.Claim{ID: "urn:c", Document: "urn:d", Version: "urn:v", Content: []graph.Passage{safe}, Hedges: []graph.Passage{moved}, Label: "urn:l"}
	g := graph.Subgraph{
		Nodes: []graph.Node{claim, &graph.Document{ID: "urn:d", Title: "a \"b\"\nc"}},
		Edges: []graph.Edge{{From: "urn:c", Kind: graph.StatedIn, To: "urn:d", Label: "urn:l"}, {From: "urn:c", Kind: graph.Matches, To: "urn:d"}},
	}
	write := func(g graph.Subgraph) []string {
		t.Helper()
		var out bytes.Buffer
		if err := codec.WriteSubgraph(&out, g, func(version graph.ID) (string, error) {
			if version != "urn:v" {
				t.Errorf("asked for the text of %q", version)
			}
			return text, nil
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	}
	lines := write(g)
	const ns = "urn:whence:ns:"
	for _, want := range []string{
		`<urn:d> <` + ns + `title> "a \"b\"\nc" .`,
		`<urn:c> <` + ns + `matches> <urn:d> .`,
		`<urn:c> <` + ns + `stated-in> <urn:d> <urn:l> .`,
	} {
		n := 0
		for _, line := range lines {
			if line == want {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d lines %s in\n%s", n, want, strings.Join(lines, "\n"))
		}
	}
	all := strings.Join(lines, "\n")
	if !strings.Contains(all, `"the pier is safe" <urn:l>`) || strings.Contains(all, "hedges") {
		t.Errorf("the words, or what does not stand in the text:\n%s", all)
	}
	g.Nodes[0], g.Nodes[1] = g.Nodes[1], g.Nodes[0]
	g.Edges[0], g.Edges[1] = g.Edges[1], g.Edges[0]
	if d := cmp.Diff(lines, write(g)); d != "" {
		t.Errorf("in another order: -first +second\n%s", d)
	}
	quads, err := codec.ReadNQuads(strings.NewReader(all))
	if err != nil || len(quads) != len(lines) {
		t.Errorf("read back: %d of %d, %v", len(quads), len(lines), err)
	}

	broken := errors.New("broken")
	if err := codec.WriteSubgraph(&bytes.Buffer{}, g, func(graph.ID) (string, error) { return "", broken }); !errors.Is(err, broken) {
		t.Errorf("an unreadable text: %v", err)
	}
	g.Edges = append(g.Edges, graph.Edge{From: "urn:c", Kind: "eats", To: "urn:d"})
	if err := codec.WriteSubgraph(&bytes.Buffer{}, g, func(graph.ID) (string, error) { return text, nil }); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("an unknown relation: %v", err)
	}
}
