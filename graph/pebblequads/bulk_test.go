package pebblequads

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
)

// bulk applies several batches in one.
func (m *model) bulk(r *rapid.T, db *DB) {
	ctx := context.Background()
	b, err := db.Bulk(ctx)
	must(r, err)
	commit := rapid.IntRange(0, 4).Draw(r, "commit") > 0
	for range rapid.IntRange(0, 3).Draw(r, "batches") {
		batch := m.batch(r)
		batch.Remove, batch.DropTexts = nil, nil
		if !commit {
			batch.Entry = nil
		}
		must(r, b.Apply(ctx, batch))
		if commit {
			m.take(batch)
		}
		if rapid.Bool().Draw(r, "spill") {
			for _, s := range b.(*bulk).sorters {
				must(r, s.spill())
			}
		}
	}
	if commit {
		must(r, b.Commit(ctx))
	}
	must(r, b.Close())
}

func TestBulk(t *testing.T) {
	files := vfs.NewMem()
	o := &Options{FS: files}
	db, err := Open("/db", o)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Apply(t.Context(), labelled(1)); err != nil {
		t.Fatal(err)
	}
	b, err := db.Bulk(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(t.Context(), labelled(3)); !errors.Is(err, store.ErrBehind) {
		t.Errorf("an entry that does not follow: %v", err)
	}
	if err := b.Apply(t.Context(), store.Batch{Remove: labelled(1).Add}); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a removal: %v", err)
	}
	for n := 2; n <= 50; n++ {
		if err := b.Apply(t.Context(), labelled(n)); err != nil {
			t.Fatal(err)
		}
	}
	whole(t, db, 1)
	if err := b.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(t.Context(), labelled(51)); err == nil {
		t.Error("a bulk that was committed takes more")
	}
	for range 2 {
		if held := whole(t, db, 50); held != 50 {
			t.Errorf("%d documents", held)
		}
		if have, want := db.Lost(); have != 2 || want != 2 {
			t.Errorf("%d of %d commits", have, want)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if db, err = Open("/db", o); err != nil {
			t.Fatal(err)
		}
	}
	// What is left of one that was never committed goes.
	if b, err = db.Bulk(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Apply(t.Context(), labelled(51)); err != nil {
		t.Fatal(err)
	}
	for _, s := range b.(*bulk).sorters {
		if err := s.spill(); err != nil {
			t.Fatal(err)
		}
	}
	crashed := files // as the process dies without closing anything
	clone := vfs.NewMem()
	if ok, err := vfs.Clone(crashed, clone, "/db", "/db"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := errors.Join(b.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if db, err = Open("/db", &Options{FS: clone}); err != nil {
		t.Fatal(err)
	}
	if held := whole(t, db, 50); held != 50 {
		t.Errorf("%d documents", held)
	}
	if _, err := clone.Stat(fmt.Sprint("/db/", bulkFolder)); err == nil {
		t.Error("the files of the bulk are still there")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// What was spilled takes no memory any more: else every key after it would be a file of its own.
func TestSorter_SpillsWhatItGathered(t *testing.T) {
	s := sorter{files: vfs.NewMem(), name: "run"}
	const limit = 10_000
	for i := range 5_000 {
		s.add([]byte("value"), fmt.Appendf(nil, "key %05d", i*7919%5_000))
		if s.size() < limit {
			continue
		}
		if err := s.spill(); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.runs) < 10 || len(s.runs) > 40 {
		t.Errorf("%d files", len(s.runs))
	}
	n := 0
	err := s.merge(func(key, value []byte) error {
		if want := fmt.Sprintf("key %05d", n); string(key) != want || string(value) != "value" {
			return fmt.Errorf("%q with %q, want %q", key, value, want)
		}
		n++
		return nil
	})
	if err != nil || n != 5_000 {
		t.Errorf("%d keys, %v", n, err)
	}
}
