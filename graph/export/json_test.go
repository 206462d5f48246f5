package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/export"
)

func TestJSON_Golden(t *testing.T) {
	const text = "😀 Dana Reed said twelve people."
	g := story()
	at := func(words string) graph.Passage {
		i := strings.Index(text, words)
		return graph.NewPassage(text, graph.Span{Start: i, End: i + len(words)})
	}
	for _, n := range g.Nodes {
		switch x := n.(type) {
		case *graph.Claim:
			x.Content, x.Version = []graph.Passage{at("twelve people")}, "urn:whence:version:1"
		case *graph.Statistic:
			x.Figure, x.Version = at("twelve"), "urn:whence:version:erased"
		case *graph.Agent:
			x.Offices = []graph.Office{{Title: "Minister", From: "2023"}}
		}
	}
	var b bytes.Buffer
	err := export.JSON(&b, g, func(v graph.ID) (*graph.Offsets, error) {
		if v == "urn:whence:version:1" {
			return graph.NewOffsets(text), nil
		}
		return nil, graph.ErrSuppressed
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "story.json", b.String())
}

func TestJSON_HostileTextComesBack(t *testing.T) {
	for _, s := range hostile {
		var b bytes.Buffer
		if err := export.JSON(&b, hostileGraph(s), func(graph.ID) (*graph.Offsets, error) { return graph.NewOffsets(s), nil }); err != nil {
			t.Fatalf("%.40q: %v", s, err)
		}
		type node struct {
			Type, Title string
			Value       *float64
		}
		var got struct {
			Nodes   []node
			Edges   []struct{ From, To string }
			LeftOut []string `json:"left_out"`
		}
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatalf("%.40q: %v", s, err)
		}
		want := strings.ToValidUTF8(s, "\ufffd")
		if strings.ToValidUTF8(s, "") != s {
			want = strings.Repeat("\ufffd", 3) // JSON marks each byte that is no character
		}
		i := slices.IndexFunc(got.Nodes, func(n node) bool { return n.Type == "document" })
		if len(got.Nodes) != 8 || len(got.Edges) != 3 || got.LeftOut[0] != want || got.Nodes[i].Title != want {
			t.Errorf("%.40q: %d nodes, %d edges, %.40q, %.40q", s, len(got.Nodes), len(got.Edges), got.LeftOut, got.Nodes[i].Title)
		}
	}
}

func TestJSON_TellsErrors(t *testing.T) {
	g := graph.Subgraph{Nodes: []graph.Node{&graph.Claim{ID: "c", Content: words("x")}}}
	if err := export.JSON(&bytes.Buffer{}, g, func(graph.ID) (*graph.Offsets, error) { return nil, graph.ErrDamaged }); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("the text's error: %v", err)
	}
	held := func(graph.ID) (*graph.Offsets, error) { return graph.NewOffsets("x"), nil }
	if err := export.JSON(&full{3}, g, held); !errors.Is(err, errFull) {
		t.Errorf("the writer's error: %v", err)
	}
	nan := math.NaN()
	if err := export.JSON(&bytes.Buffer{}, graph.Subgraph{Nodes: []graph.Node{&graph.Statistic{Value: &nan}}}, held); err == nil {
		t.Error("a figure that is no number is written")
	}
}

func TestJSON_EmptyListsAreNotNull(t *testing.T) {
	var b bytes.Buffer
	g := graph.Subgraph{Nodes: []graph.Node{&graph.Agent{ID: "a"}, &graph.Claim{ID: "c", Content: words("x")}, &graph.Document{ID: "d"}, &graph.Relation{ID: "r"}, &graph.Source{ID: "s"}}}
	if err := export.JSON(&b, g, nil); err != nil {
		t.Fatal(err)
	}
	var got struct{ Nodes []map[string]any }
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, n := range got.Nodes {
		for _, field := range []string{"aliases", "offices", "external", "authors", "content", "source", "cue", "hedges", "evidence", "reasons", "passages"} {
			if v, has := n[field]; has && v == nil {
				t.Errorf("%s of a %s is null", field, n["type"])
			}
		}
	}
}
