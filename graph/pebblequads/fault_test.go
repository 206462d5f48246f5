package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

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

// TestFault_Anywhere lets one operation after the other fail, once or from then on, while
// documents are loaded and read. Nothing panics, hangs or lies, and what was acknowledged is
// there when the folder is opened again.
func TestFault_Anywhere(t *testing.T) {
	failed := errors.New("the disk is on strike")
	for _, lasting := range []bool{false, true} {
		step := 1
		if testing.Short() {
			step = 11
		}
		for at := int64(0); ; at += int64(step) {
			var count atomic.Int64
			hit := false
			files := vfs.NewMem()
			faulty := errorfs.Wrap(files, errorfs.InjectorFunc(func(op errorfs.Op) error {
				if n := count.Add(1) - 1; n == at || lasting && n > at {
					hit = true
					return fmt.Errorf("%s: %w", op.Path, failed)
				}
				return nil
			}))
			acknowledged := faultyLoad(t, faulty, failed, at)
			db, err := Open("/db", &Options{FS: files})
			if err != nil {
				t.Fatalf("operation %d, lasting %v: %v", at, lasting, err)
			}
			if have, want := db.Lost(); have != want {
				t.Errorf("operation %d, lasting %v: %d of %d commits", at, lasting, have, want)
			}
			whole(t, db, acknowledged)
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if t.Failed() {
				t.Fatalf("operation %d, lasting %v", at, lasting)
			}
			if !hit {
				t.Logf("%d operations", at)
				break
			}
		}
	}
}

// faultyLoad loads documents until one fails, and returns how many were acknowledged.
func faultyLoad(t *testing.T, files vfs.FS, failed error, at int64) (acknowledged int) {
	t.Helper()
	check := func(what string, err error) bool {
		if err != nil && !errors.Is(err, failed) {
			t.Errorf("operation %d: %s: another error: %v", at, what, err)
		}
		return err == nil
	}
	db, err := Open("/db", &Options{FS: files, MemTableBytes: 256 << 10, CacheBytes: 1, patience: 20 * time.Millisecond})
	if !check("open", err) {
		return 0
	}
	defer func() { check("close", db.Close()) }()
	for n := 1; n <= 8; n++ {
		b := labelled(n)
		err := db.Apply(t.Context(), b)
		if !check("apply", err) && db.failed.get() == nil {
			err = db.Apply(t.Context(), b) // it was a read that failed
		}
		if !check("apply", err) {
			if err := db.Apply(t.Context(), b); err == nil {
				t.Errorf("operation %d: applied after a failure", at)
			}
			// What is read is what was held before.
			s, err := db.Snapshot(t.Context())
			if err != nil || int(s.Head()) != acknowledged {
				t.Errorf("operation %d: after a failure %d documents are seen, not %d, %v", at, s.Head(), acknowledged, err)
			}
			check("close of a snapshot", s.Close())
			return acknowledged
		}
		acknowledged = n
		if n%3 == 0 {
			check("compact", db.compact())
			s, err := db.Snapshot(t.Context())
			check("snapshot", err)
			got, err := s.Label(t.Context(), b.Add[0].Label.(quad.IRI))
			if check("label", err) && len(got) != len(b.Add) {
				t.Errorf("operation %d: %d quads, no error", at, len(got))
			}
			qs := s.(*Snapshot).quadStore()
			it := qs.QuadIterator(quad.Label, nodeRef(mustTerm(t, b.Add[0].Label)))
			seen := 0
			for it.Next(t.Context()) {
				qs.Quad(it.Result())
				seen++
			}
			if check("iterator", it.Err()) && check("quads", qs.Err()) && seen != len(b.Add) {
				t.Errorf("operation %d: %d quads, no error", at, seen)
			}
			check("close of a snapshot", s.Close())
		}
	}
	return acknowledged
}

func mustTerm(t *testing.T, v quad.Value) []byte {
	t.Helper()
	term, _, err := appendTerm(nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return term
}

// fullDisk is a file system on which, once it is full, nothing can be written.
type fullDisk struct{ full atomic.Bool }

func (d *fullDisk) MaybeError(op errorfs.Op) error {
	if d.full.Load() && (op.Kind == errorfs.OpFileWrite || op.Kind == errorfs.OpCreate) {
		return &fs.PathError{Op: "write", Path: op.Path, Err: syscall.ENOSPC}
	}
	return nil
}

func (d *fullDisk) String() string { return "full disk" }

func TestFault_FullDisk(t *testing.T) {
	files := vfs.NewMem()
	disk := &fullDisk{}
	db, err := Open("/db", &Options{FS: errorfs.Wrap(files, disk), patience: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for ; n < 3; n++ {
		if err := db.Apply(t.Context(), labelled(n+1)); err != nil {
			t.Fatal(err)
		}
	}
	disk.full.Store(true)
	for range 3 {
		if err := db.Apply(t.Context(), labelled(n+1)); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("on a full disk: %v", err)
		}
		whole(t, db, n)
	}
	if stats, err := db.Stats(t.Context()); err != nil || !errors.Is(stats.Failed, syscall.ENOSPC) {
		t.Errorf("stats: %+v, %v", stats, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	disk.full.Store(false)
	db, err = Open("/db", &Options{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	if held := whole(t, db, n); held > n+1 {
		t.Errorf("%d documents", held)
	}
	if err := db.Apply(t.Context(), labelled(int(db.last.counts.entries)+1)); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
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

// TestFault_Damage flips bits of every file, cuts it off and removes it. What is read then is
// right, or the error says that the store is damaged, or that commits are lost.
func TestFault_Damage(t *testing.T) {
	const documents = 6
	good := loaded(t, documents)
	names, err := good.List("/db")
	if err != nil {
		t.Fatal(err)
	}
	spots := 25
	if testing.Short() {
		spots = 5
	}
	found := map[string]int{}
	for _, name := range names {
		name = "/db/" + name
		content := contentOf(t, good, name)
		found[damaged(t, changed(t, good, name, nil), name+" removed", documents)]++
		for spot := range min(spots, len(content)) {
			at := len(content) * spot / spots
			found[damaged(t, changed(t, good, name, content[:at]), fmt.Sprintf("%s, %d bytes of %d", name, at, len(content)), documents)]++
			bad := bytes.Clone(content)
			bad[at] ^= 1 << (spot % 8)
			found[damaged(t, changed(t, good, name, bad), fmt.Sprintf("%s, byte %d of %d is another", name, at, len(content)), documents)]++
		}
	}
	t.Log(found)
	for _, how := range []string{"on opening", "when read", "commits lost", "not needed"} {
		if found[how] == 0 {
			t.Errorf("no damage was found out %s", how)
		}
	}
}

// damaged opens a damaged folder and says how that was found out.
func damaged(t *testing.T, files vfs.FS, what string, documents int) string {
	t.Helper()
	db, err := Open("/db", &Options{FS: files, MustExist: true, patience: 50 * time.Millisecond})
	if err != nil {
		if !errors.Is(err, graph.ErrDamaged) && !errors.Is(err, graph.ErrVersion) {
			t.Errorf("%s: %v", what, err)
		}
		return "on opening"
	}
	defer db.Close()
	if have, want := db.Lost(); have < want {
		if err := db.Apply(t.Context(), labelled(documents+1)); !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%s: %d of %d commits, then: %v", what, have, want, err)
		}
		return "commits lost"
	}
	s, err := db.Snapshot(t.Context())
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return ""
	}
	defer s.Close()
	if s.Head() != int64(documents) {
		t.Errorf("%s: %d documents of %d, and nobody says so", what, s.Head(), documents)
	}
	seen := 0
	errs := []error{s.Each(t.Context(), func(quad.Quad) error { seen++; return nil })}
	for n := 1; n <= documents; n++ {
		want := labelled(n)
		got, err := s.Label(t.Context(), want.Add[0].Label.(quad.IRI))
		if err == nil && len(got) != len(want.Add) {
			t.Errorf("%s: %d quads of %d, no error", what, len(got), len(want.Add))
		}
		_, textErr := s.Texts(t.Context(), []string{want.Texts[0].Hash})
		errs = append(errs, err, textErr)
	}
	err = errors.Join(errs...)
	if err == nil {
		return "not needed"
	}
	for _, err := range errs {
		if err != nil && !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
	return "when read"
}

func TestFault_LostTail(t *testing.T) {
	files := loaded(t, 6)
	names, err := files.List("/db")
	if err != nil {
		t.Fatal(err)
	}
	name := "/db/" + names[slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(n, ".log") })]
	content := contentOf(t, files, name)
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
		if err := db.engine.Set(formatKey, []byte("whence pebblequads 2"), nil); err != nil {
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
