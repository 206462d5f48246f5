package pebblequads

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/store"
)

// some returns a batch of quads that do not fit one block of a file.
func some(n int) store.Batch {
	var b store.Batch
	for i := range 5000 {
		b.Add = append(b.Add, quad.Quad{
			Subject: quad.IRI(fmt.Sprintf("%sclaim:%s", graph.Namespace, graph.TextHash(fmt.Sprint(n, " ", i)))), Predicate: quad.IRI("p"), Object: quad.Int(i), Label: quad.IRI(fmt.Sprint("l", n)),
		})
	}
	return b
}

// What was written is merged into one level when the folder is closed, if it is much.
func TestClose_Settles(t *testing.T) {
	files := vfs.NewMem()
	begun, ended := 0, 0
	o := &Options{FS: files, Settling: func() func() {
		begun++
		return func() { ended++ }
	}}
	levels := func() (used int) {
		db, err := Open("/db", &Options{FS: files})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, l := range db.engine.Metrics().Levels {
			if l.TablesCount > 0 {
				used++
			}
		}
		return used
	}
	for n := range 3 {
		db, err := Open("/db", o)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2 {
			if err := db.Apply(t.Context(), some(2*n+i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if got := levels(); got != 1 {
			t.Errorf("after %d loads there are files in %d levels", n+1, got)
		}
		if begun != n || ended != n { // the first load is in one file
			t.Errorf("after %d loads it was told %d times that files are merged, and %d times that they are", n+1, begun, ended)
		}
	}
	db, err := Open("/db", o)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Apply(t.Context(), store.Batch{Add: some(9).Add[:10]}), db.Close()); err != nil {
		t.Fatal(err)
	}
	if got := levels(); got != 2 {
		t.Errorf("after a small load there are files in %d levels: it is not worth merging", got)
	}
	if begun != 2 {
		t.Errorf("it was told %d times that files are merged, want 2", begun)
	}
}

// Damage that is met while files are merged is told of.
func TestClose_TellsOfDamage(t *testing.T) {
	files := vfs.NewMem()
	db, err := Open("/db", &Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Apply(t.Context(), some(1)), db.Close()); err != nil {
		t.Fatal(err)
	}
	names, err := files.List("/db")
	if err != nil {
		t.Fatal(err)
	}
	var name string
	var table []byte
	for _, n := range names {
		if !strings.HasSuffix(n, ".sst") {
			continue
		}
		if c := contentOf(t, files, "/db/"+n); len(c) > len(table) {
			name, table = n, c
		}
	}
	table = bytes.Clone(table)
	table[len(table)/2] ^= 1
	damaged := changed(t, files, "/db/"+name, table)
	if db, err = Open("/db", &Options{FS: damaged}); err != nil {
		t.Fatal(err)
	}
	if err := db.Apply(t.Context(), some(2)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), name) {
		t.Errorf("closed with %v, want damage of %s", err, name)
	}
}
