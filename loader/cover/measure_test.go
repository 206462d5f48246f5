package cover

import (
	"math"
	"strings"
	"testing"
)

func TestMeasure_ByHand(t *testing.T) {
	targets, err := ReadLines[Target]("targets", strings.NewReader(`{"id": "a", "text": "Storks have come back."}
{"id": "b", "text": "Storks and herons have come back to the valley."}

{"id": "c", "text": "The pool never opened."}`))
	if err != nil {
		t.Fatal(err)
	}
	queries, err := ReadLines[Marked]("queries", strings.NewReader(`{"id": "first", "query": "the storks", "match_ids": ["a"]}
{"id": "second", "query": "storks!", "match_ids": ["b", "c"]}
{"id": "none", "query": "nothing of the kind", "match_ids": ["c"]}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Measure(t.Context(), NewIndex(Texts(targets), nil), targets, queries, OnlyWords)
	if err != nil {
		t.Fatal(err)
	}
	// a is before b, being shorter: precision 1; then (1/2)/2; then nothing.
	if want := (1 + 0.25) / 3; math.Abs(got.MAP5-want) > 1e-9 {
		t.Errorf("MAP@5 %v, want %v", got.MAP5, want)
	}
	if want := 1.0 / 3; math.Abs(got.P1-want) > 1e-9 {
		t.Errorf("P@1 %v, want %v", got.P1, want)
	}
	if want := (1 + 0.5) / 3; math.Abs(got.R5-want) > 1e-9 {
		t.Errorf("R@5 %v, want %v", got.R5, want)
	}
	if got.Halves != [2]float64{0.5, 0.25} {
		t.Errorf("halves %v", got.Halves)
	}
	if all := got.Sure[9]; all.All != 2 || all.Right != 1 {
		t.Errorf("first hits that are sure: %+v", got.Sure)
	}
}

func TestMeasure_Refuses(t *testing.T) {
	targets := []Target{{ID: "a", Text: "Storks."}}
	for name, c := range map[string]struct {
		targets []Target
		query   Marked
	}{
		"a match that is no target":    {targets, Marked{ID: "q", Query: "x", Matches: []string{"b"}}},
		"a query that matches nothing": {targets, Marked{ID: "q", Query: "x"}},
		"two targets of one name":      {append(targets[:1:1], targets[0]), Marked{ID: "q", Query: "x", Matches: []string{"a"}}},
	} {
		if _, err := Measure(t.Context(), NewIndex(Texts(c.targets), nil), c.targets, []Marked{c.query}, OnlyWords); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := ReadLines[Target]("targets", strings.NewReader("{\n")); err == nil || !strings.Contains(err.Error(), "targets:1") {
		t.Errorf("a line that is no JSON: %v", err)
	}
}
