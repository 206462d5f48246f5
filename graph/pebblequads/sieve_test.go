package pebblequads

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
)

// TestSift reads through sieves what rapid draws: nothing is there that they leave out, nothing is missing but
// what they let be missing.
func TestSift(t *testing.T) {
	long := quad.IRI("https://example.org/" + strings.Repeat("long/", 20))
	subjects := []quad.Value{quad.IRI("s"), quad.IRI("t"), long}
	predicates := []quad.IRI{"p", "q", "r", long}
	var labels []quad.Value
	for i := range 60 { // of two kinds, more than are passed over
		labels = append(labels, quad.IRI(fmt.Sprintf(graph.Namespace+"reading:%064x", i)), quad.IRI(fmt.Sprintf(graph.Namespace+"link:%032x", i)))
	}
	labels = append(labels, nil, quad.IRI("l"), quad.IRI(string(labels[0].(quad.IRI))+"tail"), long, quad.IRI(graph.Namespace+"reading:"+strings.Repeat("f", 64)))
	draw := rapid.Custom(func(r *rapid.T) quad.Quad {
		return quad.Quad{
			Subject: rapid.SampledFrom(subjects).Draw(r, "subject"), Predicate: rapid.SampledFrom(predicates).Draw(r, "predicate"),
			Object: rapid.SampledFrom([]quad.Value{quad.Int(1), quad.String(longText)}).Draw(r, "object"), Label: rapid.SampledFrom(labels).Draw(r, "label"),
		}
	})
	some := func(r *rapid.T, name string) map[quad.IRI]bool {
		out := map[quad.IRI]bool{}
		for _, p := range predicates {
			out[p] = rapid.Bool().Draw(r, name+string(p))
		}
		return out
	}
	type said struct{ s, p, o quad.Value }
	rapid.Check(t, func(r *rapid.T) {
		db, err := Open("/db", &Options{FS: vfs.NewMem()})
		must(r, err)
		held := map[quad.Quad]bool{}
		for _, q := range rapid.SliceOfN(draw, 0, 40).Draw(r, "quads") {
			held[q] = true
		}
		for _, l := range rapid.SliceOfN(rapid.SampledFrom(labels), 0, 120).Draw(r, "labels of one") {
			held[quad.Quad{Subject: subjects[0], Predicate: predicates[0], Object: quad.Int(1), Label: l}] = true
		}
		must(r, db.Apply(t.Context(), store.Batch{Add: slices.Collect(maps.Keys(held))}))
		snap, err := db.Snapshot(t.Context())
		must(r, err)

		seen := map[quad.Value]bool{}
		for _, l := range rapid.SliceOfN(rapid.SampledFrom(labels), 0, len(labels)).Draw(r, "seen") {
			seen[l] = true
		}
		sieve := store.Sieve{Without: some(r, "without "), Once: some(r, "once ")}
		if rapid.Bool().Draw(r, "by label") {
			sieve.Label = func(l quad.Value) bool { return seen[l] }
		}
		kinds := rapid.SampledFrom([][]quad.IRI{nil, {"p"}, {"p", long}, {"1", "2", "3", "4", "5", "p", long}}).Draw(r, "kinds")
		got, err := snap.(*Snapshot).Sift(t.Context(), subjects, kinds, sieve)
		must(r, err)

		found, first := map[quad.Quad]bool{}, map[said]string{}
		for _, q := range got {
			if found[q] {
				r.Fatalf("%v is there twice", q)
			}
			found[q] = true
		}
		want := func(q quad.Quad) bool {
			p := q.Predicate.(quad.IRI)
			return !sieve.Without[p] && (sieve.Label == nil || seen[q.Label]) && (kinds == nil || slices.Contains(kinds, p))
		}
		for q := range held {
			if at := (said{q.Subject, q.Predicate, q.Object}); want(q) {
				if had, ok := first[at]; !ok || quad.StringOf(q.Label) < had {
					first[at] = quad.StringOf(q.Label)
				}
			}
		}
		for q := range held {
			once := sieve.Once[q.Predicate.(quad.IRI)] && first[said{q.Subject, q.Predicate, q.Object}] < quad.StringOf(q.Label)
			switch {
			case found[q] && !want(q):
				r.Fatalf("%v is not wanted", q)
			case !found[q] && want(q) && !once:
				r.Fatalf("%v is missing", q)
			}
			delete(found, q)
		}
		if len(found) > 0 {
			r.Fatalf("%v were never held", found)
		}
		must(r, snap.Close())
		must(r, db.Close())
	})
}

// Of what a hundred labels of a kind say alike, one quad is read.
func TestSift_Once(t *testing.T) {
	db, err := Open("/db", &Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	var add []quad.Quad
	for i := range 100 {
		for _, p := range []quad.IRI{"p", "q"} {
			add = append(add, quad.Quad{Subject: quad.IRI("s"), Predicate: p, Object: quad.String("o"), Label: quad.IRI(fmt.Sprintf(graph.Namespace+"reading:%064x", i))})
		}
	}
	if err := db.Apply(t.Context(), store.Batch{Add: add}); err != nil {
		t.Fatal(err)
	}
	snap, err := db.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := snap.(*Snapshot).Sift(t.Context(), []quad.Value{quad.IRI("s")}, nil, store.Sieve{
		Label: func(l quad.Value) bool { return l != add[0].Label },
		Once:  map[quad.IRI]bool{"p": true}, Without: map[quad.IRI]bool{"q": true},
	})
	if err != nil || len(got) != 1 || got[0] != add[2] {
		t.Errorf("got %v, %v, want %v", got, err, add[2])
	}
	if err := errors.Join(snap.Close(), db.Close()); err != nil {
		t.Error(err)
	}
}
