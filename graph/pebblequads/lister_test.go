package pebblequads

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
)

// TestList pages through the members of classes, some of which it cannot list.
func TestList(t *testing.T) {
	type class struct {
		name    quad.IRI
		members []quad.IRI
		can     bool
	}
	hashed := class{name: "claims", can: true}
	for i := range 40 {
		hashed.members = append(hashed.members, quad.IRI(fmt.Sprintf(graph.Namespace+"claim:%064x", i*i<<40)))
	}
	classes := []class{
		hashed,
		{"none", nil, true},
		{"two kinds", append(slices.Clone(hashed.members), graph.Namespace+"source:"+quad.IRI(fmt.Sprintf("%064x", 1))), false},
		{"two forms", append(slices.Clone(hashed.members), "https://example.org/a", "https://example.org/b"), false},
		{"names", []quad.IRI{"b", "aaa", "c"}, false},
	}
	labels := []quad.Value{quad.IRI("k"), quad.IRI("l"), quad.IRI("unseen")}
	seen := func(l quad.Value) bool { return l != labels[2] }
	rapid.Check(t, func(r *rapid.T) {
		db, err := Open("/db", &Options{FS: vfs.NewMem()})
		must(r, err)
		c := rapid.SampledFrom(classes).Draw(r, "class")
		all := map[quad.IRI]bool{}
		b := store.Batch{Add: []quad.Quad{{Subject: quad.IRI("x"), Predicate: quad.IRI("p"), Object: c.name, Label: labels[0]}, {Subject: quad.IRI("x"), Predicate: quad.IRI("type"), Object: c.name + "2", Label: labels[0]}}}
		for _, m := range c.members {
			for _, l := range rapid.SliceOfN(rapid.SampledFrom(labels), 1, 3).Draw(r, "labels") {
				b.Add = append(b.Add, quad.Quad{Subject: m, Predicate: quad.IRI("type"), Object: c.name, Label: l})
				if seen(l) {
					all[m] = true
				}
			}
		}
		must(r, db.Apply(t.Context(), b))
		snap, err := db.Snapshot(t.Context())
		must(r, err)
		want := slices.SortedFunc(maps.Keys(all), cmp.Compare)
		limit := rapid.IntRange(1, 50).Draw(r, "limit")
		after := quad.IRI("")
		for {
			i, found := slices.BinarySearch(want, after)
			if found {
				i++
			}
			page := want[i:min(i+limit, len(want))]
			got, ok, err := snap.(*Snapshot).List(t.Context(), "type", c.name, after, limit, seen)
			if err != nil || ok != c.can || ok && !slices.Equal(got, page) {
				r.Fatalf("%s after %q: %q, %v, %v, want %q", c.name, after, got, ok, err, page)
			}
			if !ok || len(page) < limit {
				break
			}
			after = page[len(page)-1]
		}
		must(r, snap.Close())
		must(r, db.Close())
	})
}
