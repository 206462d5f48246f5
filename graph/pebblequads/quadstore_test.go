package pebblequads_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"whence/graph/pebblequads"
	"whence/graph/store"
)

func TestQuadStore_Registered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "graph")
	if !cgraph.IsPersistent(pebblequads.Name) {
		t.Error("not persistent")
	}
	if _, err := cgraph.NewQuadStore(pebblequads.Name, dir, nil); !errors.Is(err, cgraph.ErrNotInitialized) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := cgraph.InitQuadStore(pebblequads.Name, dir, nil); err != nil {
		t.Fatal(err)
	}
	if err := cgraph.InitQuadStore(pebblequads.Name, dir, nil); !errors.Is(err, cgraph.ErrDatabaseExists) {
		t.Errorf("a folder that is there: %v", err)
	}
	for want := range 2 {
		qs, err := cgraph.NewQuadStore(pebblequads.Name, dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		stats, err := qs.Stats(t.Context(), true)
		if err != nil || stats.Quads.Size != int64(want) {
			t.Errorf("%+v, %v", stats, err)
		}
		w, err := qs.NewQuadWriter()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.WriteQuads([]quad.Quad{quad.MakeIRI("a", "b", "c", "d")}); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Close(), qs.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// chain writes people who know the next one, name themselves and are all of one kind.
func chain(t testing.TB, db *pebblequads.DB, n int) {
	t.Helper()
	var quads []quad.Quad
	for i := range n {
		quads = append(
			quads,
			quad.Quad{Subject: person(i), Predicate: quad.IRI("knows"), Object: person(i + 1), Label: quad.IRI("l")},
			quad.Quad{Subject: person(i), Predicate: quad.IRI("is"), Object: quad.IRI("Person"), Label: quad.IRI("l")},
			quad.Quad{Subject: person(i), Predicate: quad.IRI("name"), Object: quad.String(fmt.Sprintf("A name of some length, number %d", i)), Label: quad.IRI("l")},
		)
	}
	if err := db.Apply(context.Background(), store.Batch{Add: quads}); err != nil {
		t.Fatal(err)
	}
}

func person(i int) quad.IRI { return quad.IRI(fmt.Sprintf("urn:person:%d", i)) }

// TestQuadStore_Plan checks that the planner starts at the end that has few quads, and reads few.
func TestQuadStore_Plan(t *testing.T) {
	db := open(t)
	chain(t, db, 5000)
	for _, c := range []struct {
		name string
		path func(qs cgraph.QuadStore) *path.Path
		want []quad.Value
	}{
		{"two hops out", func(qs cgraph.QuadStore) *path.Path {
			return path.StartPath(qs, person(7)).Out(quad.IRI("knows")).Out(quad.IRI("knows"))
		}, []quad.Value{person(9)}},
		{"two hops in", func(qs cgraph.QuadStore) *path.Path {
			return path.StartPath(qs, person(7)).In(quad.IRI("knows")).In(quad.IRI("knows"))
		}, []quad.Value{person(5)}},
		{"a check at the end", func(qs cgraph.QuadStore) *path.Path {
			return path.StartPath(qs, person(7)).Out(quad.IRI("knows")).Has(quad.IRI("is"), quad.IRI("Person")).Out(quad.IRI("name"))
		}, []quad.Value{quad.String("A name of some length, number 8")}},
		{"a common value and a rare one", func(qs cgraph.QuadStore) *path.Path {
			return path.StartPath(qs).Has(quad.IRI("is"), quad.IRI("Person")).Has(quad.IRI("name"), quad.String("A name of some length, number 4321"))
		}, []quad.Value{person(4321)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			snap, err := db.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer snap.Close()
			view, err := snap.(*pebblequads.Snapshot).QuadStore()
			if err != nil {
				t.Fatal(err)
			}
			qs := view.(*pebblequads.QuadStore)
			got, err := c.path(qs).Iterate(t.Context()).AllValues(nil)
			if err := errors.Join(err, qs.Err()); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			it := c.path(qs).BuildIteratorOn(qs)
			it, _ = it.Optimize()
			stats := it.Stats()
			if cost := stats.NextCost * stats.Size; cost > 5000 {
				t.Errorf("the plan costs %d: %+v", cost, stats)
			}
		})
	}
}

// TestQuadStore_Errors lets the disk fail under a query: it says so, wherever it was when it did.
func TestQuadStore_Errors(t *testing.T) {
	files := vfs.NewMem()
	broken := errors.New("the disk is broken")
	var after atomic.Int64
	after.Store(1 << 62)
	faulty := errorfs.Wrap(files, errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind == errorfs.OpFileReadAt && after.Add(-1) < 0 {
			return broken
		}
		return nil
	}))
	db, err := pebblequads.Open("/db", &pebblequads.Options{FS: files, MemTableBytes: 256 << 10}) // so that not all is in the log
	if err != nil {
		t.Fatal(err)
	}
	chain(t, db, 3000)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	failures := 0
	for n := range int64(200) {
		after.Store(1 << 62)
		db, err := pebblequads.Open("/db", &pebblequads.Options{FS: faulty, CacheBytes: 1, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		after.Store(n)
		qs := db.QuadStore()
		got, err := path.StartPath(qs, person(70)).Out(quad.IRI("knows")).Out(quad.IRI("name")).Iterate(t.Context()).AllValues(nil)
		if err = errors.Join(err, qs.Err()); err != nil {
			failures++
			if !errors.Is(err, broken) {
				t.Errorf("read %d fails: %v", n, err)
			}
		} else if len(got) != 1 {
			t.Errorf("read %d fails: %v, and nobody says so", n, got)
		}
		after.Store(1 << 62)
		_ = db.Close()
		if err == nil {
			break
		}
	}
	if failures == 0 {
		t.Error("nothing was read")
	}
}
