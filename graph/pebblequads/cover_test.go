package pebblequads

import (
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/store"
	"whence/graph/vocab"
)

const (
	relation = quad.IRI(graph.Namespace + "relation:" + digits)
	claim    = quad.IRI(graph.Namespace + "claim:" + digits)
)

// related is a relation between two nodes, and the words of one of them.
func related() []quad.Quad {
	other := quad.IRI("urn:other")
	return []quad.Quad{
		{Subject: relation, Predicate: vocab.Type, Object: vocab.Relation, Label: quad.IRI("l")},
		{Subject: relation, Predicate: vocab.RelatedFrom, Object: claim, Label: quad.IRI("l")},
		{Subject: relation, Predicate: vocab.RelatedTo, Object: other, Label: quad.IRI("l")},
		{Subject: relation, Predicate: quad.IRI("p"), Object: quad.String(longText), Label: quad.IRI("l")},
		{Subject: claim, Predicate: vocab.Words, Object: quad.String(longText), Label: quad.IRI("l")},
	}
}

func sorted(quads []quad.Quad) []quad.Quad {
	return slices.SortedFunc(slices.Values(quads), compareQuads)
}

// TestCover reads what covers a relation and words, from folders that this and earlier programs have written.
func TestCover(t *testing.T) {
	files := vfs.NewMem()
	open := func(o Options) *DB {
		t.Helper()
		o.FS = files
		db, err := Open("/db", &o)
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	check := func(db *DB, want []quad.Quad) {
		t.Helper()
		snap, err := db.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		edges, described, err := snap.(*Snapshot).Gather(t.Context(), []quad.Value{claim}, []quad.IRI{vocab.RelatedFrom}, store.Sieve{})
		if err != nil || len(edges) != 1 {
			t.Fatalf("%v, %v", edges, err)
		}
		if diff := cmp.Diff(sorted(want), sorted(described)); diff != "" {
			t.Errorf("described: want -, got +\n%s", diff)
		}
		said, err := snap.(*Snapshot).Said(t.Context(), []store.Saying{{Label: "l", Subject: claim}, {Label: "m", Subject: claim}}, vocab.Words)
		if err != nil || len(said) != 1 || said[0].Object != quad.String(longText) {
			t.Errorf("said: %v, %v", said, err)
		}
		problems, err := db.Check(t.Context())
		if err != nil || len(problems) > 0 {
			t.Errorf("problems: %v, %v", problems, err)
		}
	}
	db := open(Options{})
	apply := func(b store.Batch) {
		t.Helper()
		if err := db.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	quads := related()
	apply(store.Batch{Add: quads})
	check(db, quads[:4])

	// As a program of format 1 would have left it.
	it, err := db.engine.NewIter(nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys [][]byte
	for _, index := range []byte{keyLabels, keyObjects} {
		for ok := it.SeekGE([]byte{index}); ok && it.Key()[0] == index; ok = it.Next() {
			keys = append(keys, slices.Clone(it.Key()))
		}
	}
	if err := it.Close(); err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		if err := db.engine.Set(key, nil, pebble.Sync); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.engine.Set(formatKey, []byte(formatBefore), pebble.Sync); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	format := func() string {
		value, closer, err := db.engine.Get(formatKey)
		if err != nil {
			t.Fatal(err)
		}
		defer closer.Close()
		return string(value)
	}
	for _, o := range []Options{{ReadOnly: true}, {}} {
		db = open(o)
		check(db, nil)
		if got := format(); (got == formatBefore) != o.ReadOnly {
			t.Errorf("opened with %+v, the format is %q", o, got)
		}
		if !o.ReadOnly { // what is written from now on is covered, with what was there
			more := quad.Quad{Subject: relation, Predicate: quad.IRI("q"), Object: quad.Int(1), Label: quad.IRI("l")}
			apply(store.Batch{Add: []quad.Quad{more}})
			check(db, append(quads[:4:4], more))
			apply(store.Batch{Remove: []quad.Quad{more, quads[3]}})
			check(db, quads[:3])
			large := quad.Quad{Subject: relation, Predicate: quad.IRI("q"), Object: quad.String(strings.Repeat("x", maxCover)), Label: quad.IRI("l")}
			apply(store.Batch{Add: []quad.Quad{large}})
			check(db, nil)
			apply(store.Batch{Remove: []quad.Quad{large}})
			check(db, quads[:3])
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
