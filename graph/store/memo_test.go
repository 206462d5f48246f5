package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/vocab"
)

// An asked snapshot answers from a list of quads, and remembers what it was asked.
type askedSnapshot struct {
	Snapshot
	quads []quad.Quad
	asked [][]quad.Value
}

func (s *askedSnapshot) Out(_ context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	s.asked = append(s.asked, subjects)
	var out []quad.Quad
	for _, q := range s.quads {
		if slices.Contains(subjects, q.Subject) && (len(predicates) == 0 || slices.Contains(predicates, q.Predicate.(quad.IRI))) {
			out = append(out, q)
		}
	}
	return out, nil
}

func TestMemo(t *testing.T) {
	label := func(s string) quad.IRI { return quad.IRI(s) }
	edge := func(from string, p quad.IRI, to, by string) quad.Quad {
		return quad.Quad{Subject: quad.IRI("urn:" + from), Predicate: p, Object: quad.IRI("urn:" + to), Label: label(by)}
	}
	snap := &askedSnapshot{quads: []quad.Quad{
		edge("a", vocab.StatedIn, "d", "seen"), edge("b", vocab.StatedIn, "d", "seen"), edge("a", vocab.AssertedBy, "p", "seen"), // not together
		edge("a", vocab.AssertedBy, "q", "ended"), edge("c", vocab.StatedIn, "e", "seen"), edge("a", vocab.Mentions, "m", "seen"),
	}}
	newReader := func() *reader {
		snap.asked = nil
		return &reader{state: state{Snapshot: snap}, sight: sight{ledger: newLedger(), selection: &graph.Selection{Live: map[graph.Label]graph.LabelInfo{"seen": {}}}}}
	}
	describe := func(t *testing.T, r *reader, subjects ...string) {
		t.Helper()
		var values []quad.IRI
		for _, s := range subjects {
			values = append(values, quad.IRI("urn:"+s))
		}
		if _, err := r.describe(t.Context(), values); err != nil {
			t.Fatal(err)
		}
	}
	read := func(t *testing.T, r *reader, predicates []quad.IRI, subjects ...string) []string {
		t.Helper()
		var values []quad.IRI
		for _, s := range subjects {
			values = append(values, quad.IRI("urn:"+s))
		}
		quads, err := r.out(t.Context(), values, predicates)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, q := range quads {
			got = append(got, fmt.Sprint(q.Subject, q.Predicate.(quad.IRI)[len(vocab.Namespace):], q.Object))
		}
		slices.Sort(got)
		return got
	}
	all := map[string][]quad.IRI{"one kind": {vocab.StatedIn}, "both": {vocab.AssertedBy, vocab.StatedIn}, "another": {vocab.Cites}}
	for name, predicates := range all {
		t.Run(name, func(t *testing.T) {
			want := read(t, newReader(), predicates, "a", "b", "c", "z")
			r := newReader()
			describe(t, r, "a", "b", "z")
			read(t, r, []quad.IRI{vocab.StatedIn}, "c") // is not whole
			got := read(t, r, predicates, "a", "c", "z", "b", "a", "c")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("after the nodes were described (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]quad.Value{quad.IRI("urn:c")}, snap.asked[len(snap.asked)-1]); diff != "" || len(snap.asked) != 3 {
				t.Errorf("asked of the backend (-want +got):\n%s", diff)
			}
		})
	}
	for name, predicates := range map[string][]quad.IRI{"all": nil, "mentions": {vocab.Mentions}, "mentions and more": {vocab.StatedIn, vocab.Mentions}} {
		t.Run(name+" are not in a description", func(t *testing.T) {
			want := read(t, newReader(), predicates, "a", "b")
			r := newReader()
			describe(t, r, "a", "b")
			if diff := cmp.Diff(want, read(t, r, predicates, "a", "b")); diff != "" || len(snap.asked) != 2 {
				t.Errorf("asked %d times (-want +got):\n%s", len(snap.asked), diff)
			}
		})
	}
	t.Run("has room for no more", func(t *testing.T) {
		r := newReader()
		r.memo.quads = memoQuads
		describe(t, r, "a", "b")
		want := read(t, r, []quad.IRI{vocab.StatedIn, vocab.AssertedBy}, "a", "b")
		if diff := cmp.Diff(want, read(t, newReader(), []quad.IRI{vocab.StatedIn, vocab.AssertedBy}, "a", "b")); diff != "" || len(want) != 3 || len(r.memo.whole) > 0 {
			t.Errorf("asked %d times, found %q (-want +got):\n%s", len(snap.asked), want, diff)
		}
	})
}
