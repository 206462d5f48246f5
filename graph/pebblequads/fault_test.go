package pebblequads

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"whence/graph"
	"whence/graph/store"
)

// labelled returns the batch of one document: quads under a label of its own, a text and an
// entry of the log.
func labelled(n int) store.Batch {
	label := quad.IRI(fmt.Sprintf("urn:whence:reading:%032x", n))
	text := fmt.Sprintf("Text %d. ", n) + longText
	b := store.Batch{
		Texts: []store.Text{{Hash: graph.TextHash(text), Text: text}},
		Entry: &store.Entry{Number: int64(n), Data: []byte(label)},
	}
	for i := range 40 {
		subject := quad.IRI(fmt.Sprintf("urn:whence:claim:%032x", 1000*n+i))
		b.Add = append(
			b.Add,
			quad.Quad{Subject: subject, Predicate: quad.IRI("urn:whence:ns:exact"), Object: quad.String(fmt.Sprint(i, text)), Label: label},
			quad.Quad{Subject: subject, Predicate: quad.IRI("urn:whence:ns:stated-in"), Object: modelNodes[2], Label: label},
		)
	}
	return b
}

// whole checks that a DB holds the documents that were acknowledged, those it may hold whole
// or not at all, and nothing else, and returns how many it holds.
func whole(t *testing.T, db *DB, acknowledged int) int {
	t.Helper()
	ctx := t.Context()
	s, err := db.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	held := int(s.Head())
	if held < acknowledged {
		t.Errorf("%d documents are held, %d were acknowledged", held, acknowledged)
	}
	total := 0
	for n := 1; n <= held; n++ {
		want := labelled(n)
		got, err := s.Label(ctx, want.Add[0].Label.(quad.IRI))
		if err != nil || len(got) != len(want.Add) {
			t.Errorf("document %d: %d quads of %d, %v", n, len(got), len(want.Add), err)
		}
		if texts, err := s.Texts(ctx, []string{want.Texts[0].Hash}); err != nil || texts[want.Texts[0].Hash] != want.Texts[0].Text {
			t.Errorf("document %d: its text does not read back: %v", n, err)
		}
		total += len(got)
	}
	seen := 0
	if err := s.Each(ctx, func(quad.Quad) error { seen++; return nil }); err != nil || seen != total {
		t.Errorf("%d quads, of documents %d, %v", seen, total, err)
	}
	return held
}

// loaded makes /db with some documents, in files of several levels and in the log.
func loaded(t *testing.T, documents int) *vfs.MemFS {
	t.Helper()
	files := vfs.NewMem()
	db, err := Open("/db", &Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= documents; n++ {
		if err := db.Apply(t.Context(), labelled(n)); err != nil {
			t.Fatal(err)
		}
		if n == documents/2 {
			if err := db.compact(); err != nil {
				t.Fatal(err)
			}
		}
	}
	// As a process leaves it that dies: what was written last is in the log.
	left := vfs.NewMem()
	if ok, err := vfs.Clone(files, left, "/db", "/db"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return left
}

// changed returns a copy of a folder in which a file is another; nil is no file at all.
func changed(t *testing.T, files vfs.FS, name string, content []byte) vfs.FS {
	t.Helper()
	out := vfs.NewMem()
	if ok, err := vfs.Clone(files, out, "/db", "/db"); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if content == nil {
		if err := out.Remove(name); err != nil {
			t.Fatal(err)
		}
		return out
	}
	f, err := out.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

// contentOf returns what is in a file.
func contentOf(t *testing.T, files vfs.FS, name string) []byte {
	t.Helper()
	f, err := files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return content
}

func TestFault_LostTail(t *testing.T) {
	files := loaded(t, 6)
	names, err := files.List("/db")
	if err != nil {
		t.Fatal(err)
	}
	var name string
	var content []byte
	for _, n := range names { // an empty log of before may not be gone yet
		if !strings.HasSuffix(n, ".log") {
			continue
		}
		if c := contentOf(t, files, "/db/"+n); len(c) > len(content) {
			name, content = "/db/"+n, c
		}
	}
	o := &Options{FS: changed(t, files, name, content[:len(content)/2])}
	for i := range 2 { // opening it changes nothing
		db, err := Open("/db", o)
		if err != nil {
			t.Fatal(err)
		}
		have, want := db.Lost()
		if want != 6 || have >= want || have < 3 {
			t.Errorf("%d of %d commits", have, want)
		}
		whole(t, db, int(have))
		if err := db.Apply(t.Context(), labelled(int(have)+1)); !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), "of 6 commits are lost") {
			t.Errorf("written after a loss: %v", err)
		}
		// A copy of it has lost them too.
		at := fmt.Sprint("/copy", i)
		if err := db.Checkpoint(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		copied, err := Open(at, &Options{FS: o.FS, ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if h, w := copied.Lost(); h != have || w != want {
			t.Errorf("%d of %d commits in the copy", h, w)
		}
		if err := errors.Join(copied.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	db, err := Open("/db", o)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.AcceptLoss(); err != nil {
		t.Fatal(err)
	}
	have, want := db.Lost()
	if have != want {
		t.Errorf("%d of %d commits after the loss was accepted", have, want)
	}
	if err := db.Apply(t.Context(), labelled(int(have)+1)); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err = Open("/db", o)
	if err != nil {
		t.Fatal(err)
	}
	if h, w := db.Lost(); h != have+1 || w != have+1 {
		t.Errorf("%d of %d commits at last", h, w)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOpen_Refuses(t *testing.T) {
	t.Run("a folder that is open", func(t *testing.T) {
		dir := t.TempDir()
		db, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range []*Options{nil, {ReadOnly: true}} {
			if _, err := Open(dir, o); !errors.Is(err, graph.ErrLocked) || !strings.Contains(err.Error(), dir) {
				t.Errorf("%+v: %v", o, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("another format", func(t *testing.T) {
		o := &Options{FS: loaded(t, 1)}
		db, err := Open("/db", o)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.engine.Set(formatKey, []byte("whence pebblequads 3"), nil); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Open("/db", o); !errors.Is(err, graph.ErrVersion) {
			t.Error(err)
		}
	})
	t.Run("what is not there", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "none")
		for _, o := range []*Options{{MustExist: true}, {ReadOnly: true}} {
			if _, err := Open(dir, o); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%+v: %v", o, err)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("it is there now")
			}
		}
	})
	t.Run("a folder in the place of a file", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("the system says something else")
		}
		for _, name := range []string{"*.log", "OPTIONS-*", "MANIFEST-*", "999999.log", "OPTIONS-999999", headFile, "LOCK"} {
			dir := t.TempDir()
			db, err := Open(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Apply(t.Context(), labelled(1)), db.Close()); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, name)
			if found, err := filepath.Glob(path); err != nil {
				t.Fatal(err)
			} else if len(found) > 0 {
				path = found[len(found)-1]
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Mkdir(path, 0o755); err != nil { //nolint:gosec // a folder
				t.Fatal(err)
			}
			for _, o := range []*Options{nil, {ReadOnly: true}} {
				want := fmt.Sprintf("%v: %s: it is a folder", graph.ErrDamaged, path)
				if _, err := Open(dir, o); !errors.Is(err, graph.ErrDamaged) || !strings.HasPrefix(err.Error(), want) {
					t.Errorf("%s, %+v: %v", name, o, err)
				}
			}
		}
	})
	t.Run("a folder that cannot be written to", func(t *testing.T) {
		if runtime.GOOS == "windows" || os.Getuid() == 0 {
			t.Skip("nothing is forbidden to this user")
		}
		dir := t.TempDir()
		if err := os.Chmod(dir, 0o500); err != nil { //nolint:gosec // a folder
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) //nolint:gosec // a folder
		if _, err := Open(dir, nil); !errors.Is(err, fs.ErrPermission) {
			t.Error(err)
		}
	})
}

// forbidding is a file system to which nothing may be written, not even a lock.
type forbidding struct{ vfs.FS }

func (f forbidding) Lock(name string) (io.Closer, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestOpen_ReadOnly(t *testing.T) {
	forbid := errorfs.Wrap(loaded(t, 3), errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind.ReadOrWrite() == errorfs.OpIsWrite {
			return &fs.PathError{Op: "write", Path: op.Path, Err: fs.ErrPermission}
		}
		return nil
	}))
	if _, err := Open("/db", &Options{FS: forbid}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("for writing: %v", err)
	}
	db, err := Open("/db", &Options{FS: forbidding{forbid}, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	whole(t, db, 3)
	for what, err := range map[string]error{
		"apply":       db.Apply(context.Background(), labelled(4)),
		"accept":      db.AcceptLoss(),
		"check point": db.Checkpoint(context.Background(), "/copy"),
	} {
		if !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
