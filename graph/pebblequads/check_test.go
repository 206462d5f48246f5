package pebblequads

import (
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

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
		{"an entry is gone", remove(keyEntries), "entry 1 of the log is missing"},
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
