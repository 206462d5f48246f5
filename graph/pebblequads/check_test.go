package pebblequads

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph/store"
)

// setCover changes the covers of relations.
func setCover(t *testing.T, db *DB, change func([]byte) []byte) error {
	t.Helper()
	it, err := db.engine.NewIter(nil)
	if err != nil {
		return err
	}
	defer it.Close()
	n := 0
	for ok := it.SeekGE([]byte{keyObjects}); ok && it.Key()[0] == keyObjects; ok = it.Next() {
		value, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		if len(value) == 0 {
			continue
		}
		n++
		if err := db.engine.Set(bytes.Clone(it.Key()), change(bytes.Clone(value)), pebble.Sync); err != nil {
			return err
		}
	}
	if n == 0 {
		t.Error("no relation has a cover")
	}
	return it.Error()
}

// TestCheck takes single keys away, adds some and changes some.
func TestCheck(t *testing.T) {
	first := func(t *testing.T, db *DB, prefix ...byte) []byte {
		t.Helper()
		it, err := db.engine.NewIter(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer it.Close()
		if !it.SeekGE(prefix) || it.Key()[0] != prefix[0] {
			t.Fatalf("no key %c", prefix[0])
		}
		return append([]byte(nil), it.Key()...)
	}
	remove := func(prefix byte) func(t *testing.T, db *DB) error {
		return func(t *testing.T, db *DB) error { return db.engine.Delete(first(t, db, prefix), pebble.Sync) }
	}
	set := func(prefix byte, value string) func(t *testing.T, db *DB) error {
		return func(t *testing.T, db *DB) error {
			return db.engine.Set(first(t, db, prefix), []byte(value), pebble.Sync)
		}
	}
	for _, c := range []struct {
		name string
		harm func(t *testing.T, db *DB) error
		want string // in a problem; "" for none
	}{
		{"nothing", func(*testing.T, *DB) error { return nil }, ""},
		{"a quad is not found by subject", remove(keySubjects), "the indexes hold other quads"},
		{"a quad is not found by object", remove(keyObjects), "the indexes hold other quads"},
		{"a quad is not found by label", remove(keyLabels), "the indexes hold other quads"},
		{"a value is gone", remove(keyValues), "is missing"},
		{"a value is another", set(keyValues, "iother"), "is not the one that it names"},
		{"words are others", set(keySubjects, "sother"), "are not those that it names"},
		{"a predicate was not counted", remove(keyPredicate), "which was not counted"},
		{"a text is gone", remove(keyTexts), "were counted"},
		{"offsets are of another text", set(keyOffsets, "\x01"), "are not those of a text"},
		{"offsets are gone", remove(keyOffsets), ""},
		{"an entry is gone", remove(keyEntries), "entry 1 of the log is missing"},
		{"a relation is covered by something else", func(_ *testing.T, db *DB) error {
			return setCover(t, db, func(cover []byte) []byte { return append(cover, cover...) })
		}, "is not what its label says"},
		{"a relation has no cover", func(_ *testing.T, db *DB) error {
			return setCover(t, db, func([]byte) []byte { return nil })
		}, ""},
		{"a key is none", func(_ *testing.T, db *DB) error {
			return db.engine.Set([]byte{keyObjects, 0xEE}, nil, pebble.Sync)
		}, "key 6fee"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, err := Open("/db", &Options{FS: vfs.NewMem()})
			if err != nil {
				t.Fatal(err)
			}
			for n := 1; n <= 2; n++ {
				if err := db.Apply(t.Context(), labelled(n)); err != nil {
					t.Fatal(err)
				}
			}
			if err := db.Apply(t.Context(), store.Batch{Add: related()}); err != nil {
				t.Fatal(err)
			}
			if err := c.harm(t, db); err != nil {
				t.Fatal(err)
			}
			s, err := db.newState() // with what was harmed
			if err != nil {
				t.Fatal(err)
			}
			if err := db.advance(s); err != nil {
				t.Fatal(err)
			}
			problems, err := db.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(problems, "\n"); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
