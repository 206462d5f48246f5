package pebblequads

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/store"
)

// secret is a batch in which words stand in every place where a value can be kept.
func secret() (store.Batch, []string) {
	words := []string{"Quillfeather", "Oxbowlake", "Marzipanic", "Thistledown"}
	text := "The text of " + words[3]
	return store.Batch{
		Add: []quad.Quad{
			{Subject: quad.IRI("urn:a"), Predicate: quad.IRI("p"), Object: quad.String(words[0]), Label: quad.IRI("l")},
			{Subject: quad.IRI("urn:a"), Predicate: quad.IRI("p"), Object: quad.String(longText + words[1]), Label: quad.IRI("l")},
			{Subject: quad.IRI("https://example.org/" + longText + words[2]), Predicate: quad.IRI("p"), Object: quad.Int(1), Label: quad.IRI("l")},
		},
		Texts: []store.Text{{Hash: graph.TextHash(text), Text: text}},
	}, words
}

// found returns which words stand in which files of a folder.
func found(t *testing.T, files vfs.FS, words []string) (out []string) {
	t.Helper()
	names, err := files.List("/db")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		content := contentOf(t, files, "/db/"+name)
		for _, w := range words {
			if bytes.Contains(content, []byte(w)) {
				out = append(out, fmt.Sprintf("%s in %s", w, name))
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestErase looks into the files, which a DB for this test does not compress.
func TestErase(t *testing.T) {
	erased := func(b store.Batch) store.Batch {
		return store.Batch{Remove: b.Add, DropTexts: []string{b.Texts[0].Hash}}
	}
	for _, c := range []struct {
		name string
		run  func(t *testing.T, db *DB, b store.Batch) (now bool)
	}{
		{"what lies in the log", func(t *testing.T, db *DB, b store.Batch) bool {
			if err := db.Apply(t.Context(), erased(b)); err != nil {
				t.Fatal(err)
			}
			return true
		}},
		{"what lies in files", func(t *testing.T, db *DB, b store.Batch) bool {
			if err := db.compact(); err != nil {
				t.Fatal(err)
			}
			if err := db.Apply(t.Context(), erased(b)); err != nil {
				t.Fatal(err)
			}
			return true
		}},
		{"what a snapshot shows", func(t *testing.T, db *DB, b store.Batch) bool {
			s, err := db.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Apply(t.Context(), erased(b)); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Out(t.Context(), []quad.Value{quad.IRI("urn:a")}, nil); err != nil || len(got) != 2 {
				t.Errorf("%v, %v", got, err)
			}
			if stats, err := db.Stats(t.Context()); err != nil || !stats.Owed {
				t.Errorf("%+v, %v", stats, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			db.purging.Wait()
			return true
		}},
		{"what a process that died left", func(t *testing.T, db *DB, b store.Batch) bool {
			s := db.acquire() // which keeps the purge from being done, and is never given back
			if err := db.Apply(t.Context(), erased(b)); err != nil {
				t.Fatal(err)
			}
			_ = s
			return false
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := vfs.NewMem()
			o := Options{FS: files, plain: true}
			db, err := Open("/db", &o)
			if err != nil {
				t.Fatal(err)
			}
			b, words := secret()
			for _, batch := range []store.Batch{labelled(1), b, labelled(2)} {
				if err := db.Apply(t.Context(), batch); err != nil {
					t.Fatal(err)
				}
			}
			if got := found(t, files, words); len(got) < 3 { // the text is compressed for itself
				t.Fatalf("nothing to erase: %v", got)
			}
			if !c.run(t, db, b) {
				clone := vfs.NewMem()
				if ok, err := vfs.Clone(files, clone, "/db", "/db"); !ok || err != nil {
					t.Fatal(ok, err)
				}
				o.FS, files = clone, clone
				if db, err = Open("/db", &o); err != nil {
					t.Fatal(err)
				}
			}
			if got := found(t, files, words); len(got) > 0 {
				t.Errorf("still there: %v", got)
			}
			if stats, err := db.Stats(t.Context()); err != nil || stats.Owed || stats.Texts != 2 || stats.Quads != 160 {
				t.Errorf("%+v, %v", stats, err)
			}
			whole(t, db, 2)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if got := found(t, files, words); len(got) > 0 {
				t.Errorf("back again: %v", got)
			}
		})
	}
}
