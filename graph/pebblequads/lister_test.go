package pebblequads

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
)

// TestList pages through the members of classes, named by hashes or not.
func TestList(t *testing.T) {
	type class struct {
		name    quad.IRI
		members []quad.IRI
	}
	hashed := class{name: "claims"}
	for i := range 40 {
		hashed.members = append(hashed.members, quad.IRI(fmt.Sprintf(graph.Namespace+"claim:%064x", i*i<<40)))
	}
	classes := []class{
		hashed,
		{"none", nil},
		{"two kinds", append(slices.Clone(hashed.members), graph.Namespace+"source:"+quad.IRI(fmt.Sprintf("%064x", 1)))},
		{"two forms", append(slices.Clone(hashed.members), "https://example.org/a", "https://example.org/b")},
		{"hashes with more behind", []quad.IRI{hashed.members[3] + "-b", hashed.members[3], hashed.members[3] + "-aaa", hashed.members[3] + "-c", hashed.members[4]}},
		{"long ones", []quad.IRI{quad.IRI("https://example.org/" + strings.Repeat("long/", 20)), "https://example.org/l", quad.IRI("https://example.org/" + strings.Repeat("long/", 20) + "a")}},
		{"hashes of two lengths", append(slices.Clone(hashed.members), graph.Namespace+"claim:"+quad.IRI(fmt.Sprintf("%032x", 1)), graph.Namespace+"claim:"+quad.IRI(strings.Repeat("f", 32)))},
		{"names", []quad.IRI{"b", "aaa", "c"}},
	}
	labels := []quad.Value{quad.IRI("k"), quad.IRI("https://example.org/" + strings.Repeat("label/", 20)), quad.IRI("unseen")}
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
		name := rapid.SampledFrom([]func(quad.IRI) string{
			func(iri quad.IRI) string { return string(iri) },
			func(iri quad.IRI) string { return strings.TrimPrefix(string(iri), "https://example.org/") },
		}).Draw(r, "name")
		var want []string
		for m := range all {
			want = append(want, name(m))
		}
		slices.Sort(want)
		limit := rapid.IntRange(1, 50).Draw(r, "limit")
		after := ""
		for len(want) > 0 || after == "" {
			got, err := snap.(*Snapshot).List(t.Context(), "type", c.name, after, limit, store.Listing{Label: seen, Name: name})
			must(r, err)
			var names []string
			for _, iri := range got {
				names = append(names, name(iri))
			}
			if page := want[:min(limit, len(want))]; !slices.Equal(names, page) {
				r.Fatalf("%s after %q: %q, want %q", c.name, after, names, page)
			}
			if len(names) < limit {
				break
			}
			after, want = names[limit-1], want[limit:]
		}
		must(r, snap.Close())
		must(r, db.Close())
	})
}
