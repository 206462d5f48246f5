package pebblequads_test

import (
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// The count of commits that is kept beside the engine's files is damaged. It is named by whoever asks, as often as the folder is
// opened, for what can be said of it; what is held is read, and nothing is written, until that is accepted.
func TestDamagedHead(t *testing.T) {
	h := history(t, 12)
	// In the one slot stands 12, in the other 11.
	flip := func(at int) func([]byte) []byte {
		return func(b []byte) []byte {
			b[at] ^= 0x10
			return b
		}
	}
	for _, c := range []struct {
		name string
		harm func([]byte) []byte // returns nil for none
		says string
	}{
		{"missing", func([]byte) []byte { return nil }, "is missing; 12 commits are held, and whether there were more cannot be said"},
		{"empty", func([]byte) []byte { return []byte{} }, "does not read back; 12 commits are held, and whether"},
		{"zeros", func(b []byte) []byte { return make([]byte, len(b)) }, "does not read back; 12 commits are held, and whether"},
		{"both counts flipped", func(b []byte) []byte { return flip(3)(flip(21)(b)) }, "does not read back; 12 commits are held, and whether"},
		{"cut off within the first", func(b []byte) []byte { return b[:9] }, "does not read back; 12 commits are held, and whether"},
		{"the lower flipped", flip(20), "in part; 12 commits are held, and one more may be lost"},
		{"the lower cut off", func(b []byte) []byte { return b[:16] }, "in part; 12 commits are held, and one more may be lost"},
		{"the higher flipped", flip(2), "in part; 12 commits are held, and none is lost"},
		{"the higher's check flipped", flip(15), "in part; 12 commits are held, and none is lost"},
	} {
		for _, closed := range []bool{true, false} {
			name := c.name + " after a close"
			if !closed {
				name = c.name + " after a kill"
			}
			t.Run(name, func(t *testing.T) {
				disk := left(t, h, closed)
				harmed := c.harm(content(t, disk, "head"))
				if harmed == nil {
					if err := disk.Remove("db/head"); err != nil {
						t.Fatal(err)
					}
				} else {
					replace(t, disk, "head", harmed)
				}
				for range 2 { // opening repairs nothing
					db := openIn(t, disk)
					says(t, db.Loss(), c.says)
					problems, err := db.Check(t.Context())
					if err != nil || len(problems) != 1 || !strings.Contains(problems[0], c.says) {
						t.Errorf("check says %q, %v; want %q", problems, err, c.says)
					}
					if err := h.Same(t.Context(), db, h.Len()); err != nil {
						t.Errorf("it is not read: %v", err)
					}
					says(t, db.Apply(t.Context(), store.Batch{Texts: []store.Text{{Hash: graph.TextHash("more"), Text: "more"}}}), c.says)
					if err := db.Close(); err != nil {
						t.Error(err)
					}
				}
				if harmed != nil && !slices.Equal(content(t, disk, "head"), harmed) {
					t.Error("the file was changed")
				}
				db := openIn(t, disk)
				if err := db.AcceptLoss(); err != nil {
					t.Fatal(err)
				}
				if err := db.Loss(); err != nil {
					t.Errorf("after it was accepted: %v", err)
				}
				if err := db.Apply(t.Context(), store.Batch{Texts: []store.Text{{Hash: graph.TextHash("more"), Text: "more"}}}); err != nil {
					t.Errorf("after it was accepted: %v", err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
				db = openIn(t, disk)
				if err := db.Loss(); err != nil {
					t.Errorf("opened again: %v", err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func says(t *testing.T, err error, words string) {
	t.Helper()
	if !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), path.Join("db", "head")+": ") || !strings.Contains(err.Error(), words) {
		t.Errorf("got %v\nwant an error that names the file and says %q", err, words)
	}
}

// A count that is behind, as a kill or a power cut leaves it, and one of a folder in which nothing was
// committed, are no damage.
func TestHeadBehind(t *testing.T) {
	h := history(t, 5)
	for _, c := range []struct {
		name    string
		commits int // of the history
		head    func(t *testing.T, disk *vfs.MemFS)
	}{
		{"of the folder as it was made", 5, func(t *testing.T, disk *vfs.MemFS) {
			fresh := vfs.NewCrashableMem()
			if err := openIn(t, fresh).Close(); err != nil {
				t.Fatal(err)
			}
			replace(t, disk, "head", content(t, fresh, "head"))
		}},
		{"of three commits before", 5, func(t *testing.T, disk *vfs.MemFS) {
			replace(t, disk, "head", content(t, left(t, history(t, 2), false), "head"))
		}},
		{"that was not on the disk yet, of nothing", 0, func(t *testing.T, disk *vfs.MemFS) { replace(t, disk, "head", nil) }},
		{"that was not made yet, of nothing", 0, func(t *testing.T, disk *vfs.MemFS) {
			if err := disk.Remove("db/head"); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			part := h
			if c.commits == 0 {
				part = history(t, 0)
			}
			disk := left(t, part, false)
			c.head(t, disk)
			for range 2 {
				db := openIn(t, disk)
				if err := db.Loss(); err != nil {
					t.Error(err)
				}
				if problems, err := db.Check(t.Context()); err != nil || len(problems) > 0 {
					t.Errorf("check: %q, %v", problems, err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	t.Run("missing from a folder that was made", func(t *testing.T) {
		disk := left(t, history(t, 0), true)
		if err := disk.Remove("db/head"); err != nil {
			t.Fatal(err)
		}
		db, err := pebblequads.Open("db", &pebblequads.Options{FS: disk, MustExist: true})
		if err != nil {
			t.Fatal(err)
		}
		says(t, db.Loss(), "is missing; 0 commits are held")
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

// What the engine would refuse the folder for though nothing hangs on it is told of, and gone on without.
func TestDamageThatDoesNotMatter(t *testing.T) {
	h := history(t, 6)
	for _, c := range []struct {
		name   string
		kind   string
		closed bool
		harm   func([]byte) []byte
	}{
		{"settings cut off", "OPTIONS", true, func(b []byte) []byte { return b[:len(b)/2] }},
		{"settings of another comparer", "OPTIONS", true, func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "comparer=whence", "comparer=whenge", 1))
		}},
		{"settings of another merger", "OPTIONS", false, func(b []byte) []byte {
			return []byte(strings.Replace(string(b), "merger=whence", "merger=whenge", 1))
		}},
		{"no settings", "OPTIONS", true, func([]byte) []byte { return []byte("\x00\xffnothing=\n[") }},
		{"the end of a log, flipped", "log", true, func(b []byte) []byte { b[2] ^= 1; return b }},
		{"the end of a log, of another number", "log", true, func(b []byte) []byte { b[7]--; return b }},
		{"the end of a log, cut off", "log", true, func(b []byte) []byte { return b[:3] }},
	} {
		for _, readOnly := range []bool{true, false} {
			name := c.name + ", opened for writing"
			if readOnly {
				name = c.name + ", opened for reading"
			}
			t.Run(name, func(t *testing.T) {
				disk := left(t, h, c.closed)
				harmed := ""
				for _, name := range names(t, disk) { // the last one is in use
					if kindOf(name) == c.kind && (c.kind != "log" || len(content(t, disk, name)) == 11) {
						harmed = name
					}
				}
				if harmed == "" {
					t.Fatalf("no such file among %q", names(t, disk))
				}
				before := content(t, disk, harmed)
				data := c.harm(slices.Clone(before))
				if slices.Equal(data, before) {
					t.Fatal("nothing was harmed")
				}
				replace(t, disk, harmed, data)
				var warnings []string
				o := small(disk)
				o.ReadOnly, o.Warn = readOnly, func(w string) { warnings = append(warnings, w) }
				db, err := pebblequads.Open("db", o)
				if err != nil {
					t.Fatal(err)
				}
				if len(warnings) != 1 || !strings.Contains(warnings[0], path.Join("db", harmed)+": ") || !strings.Contains(warnings[0], "nothing is lost") {
					t.Errorf("warnings: %q", warnings)
				}
				if err := db.Loss(); err != nil {
					t.Error(err)
				}
				if err := h.Same(t.Context(), db, h.Len()); err != nil {
					t.Error(err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
				if readOnly {
					return
				}
				warnings = nil
				db, err = pebblequads.Open("db", o)
				if err != nil {
					t.Fatal(err)
				}
				if len(warnings) > 0 {
					t.Errorf("opened again: %q", warnings)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}
