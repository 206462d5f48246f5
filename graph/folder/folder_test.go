package folder_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/folder"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func some(n int) []quad.Quad {
	out := make([]quad.Quad, n)
	for i := range out {
		out[i] = quad.Quad{Subject: quad.IRI(fmt.Sprint("s", i)), Predicate: quad.IRI("p"), Object: quad.String(strings.Repeat("words ", i%50)), Label: quad.IRI("l")}
	}
	return out
}

// filled returns a folder that was written and closed.
func filled(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "whence.db")
	b, err := folder.OpenBackend(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := b.Apply(t.Context(), store.Batch{Add: some(400 * (i + 1))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Apply(t.Context(), store.Batch{Texts: []store.Text{{Hash: graph.TextHash("kept"), Text: "kept"}}}); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func openBackend(t testing.TB, dir string) *folder.Backend {
	t.Helper()
	b, err := folder.OpenBackend(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func openFolder(t testing.TB, dir string) *folder.Folder {
	t.Helper()
	s, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// with calls f with a snapshot.
func with(t *testing.T, b store.Backend, f func(store.Snapshot)) {
	t.Helper()
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f(s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestFolder(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store { return openFolder(t, filepath.Join(t.TempDir(), "whence.db")) })
}

func TestFolderReopened(t *testing.T) {
	graphtest.RunPersistent(t, func(t *testing.T, dir string) graph.Store { return openFolder(t, dir) })
}

func BenchmarkFolder(b *testing.B) {
	graphtest.Benchmark(b, func(b *testing.B) graph.Store { return openFolder(b, filepath.Join(b.TempDir(), "whence.db")) })
}

func TestFolderIsKept(t *testing.T) {
	dir := filled(t)
	for range 2 {
		b := openBackend(t, dir)
		with(t, b, func(s store.Snapshot) {
			if got, err := s.Label(t.Context(), "l"); err != nil || len(got) != 1200 {
				t.Errorf("%d quads, %v", len(got), err)
			}
			hash := graph.TextHash("kept")
			if got, err := s.Texts(t.Context(), []string{hash}); err != nil || got[hash] != "kept" {
				t.Errorf("texts %q, %v", got, err)
			}
		})
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOpenWhatIsNoStore(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T) string
		want error
		says string
	}{
		{"a file", func(t *testing.T) string {
			path := filepath.Join(t.TempDir(), "notes.txt")
			write(t, path, "notes")
			return path
		}, graph.ErrDamaged, "is a file"},
		{"a folder of something else", func(t *testing.T) string {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "photo.jpg"), "jpg")
			return dir
		}, graph.ErrDamaged, "not a store"},
		{"a store whose format file is lost", func(t *testing.T) string {
			dir := filled(t)
			remove(t, filepath.Join(dir, "format"))
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose format file is empty", func(t *testing.T) string {
			dir := filled(t)
			write(t, filepath.Join(dir, "format"), "")
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store of a later format", func(t *testing.T) string {
			dir := filled(t)
			write(t, filepath.Join(dir, "format"), "whence store 3\n")
			return dir
		}, graph.ErrVersion, "has format 3, this program reads formats up to 2"},
		{"a store whose engine is lost", func(t *testing.T) string {
			dir := filled(t)
			remove(t, filepath.Join(dir, "quads"))
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose engine is emptied", func(t *testing.T) string {
			dir := filled(t)
			remove(t, filepath.Join(dir, "quads"))
			if err := os.Mkdir(filepath.Join(dir, "quads"), 0o755); err != nil {
				t.Fatal(err)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is lost", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "quads/MANIFEST-*") {
				remove(t, path)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is overwritten", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "quads/MANIFEST-*") {
				overwrite(t, path)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is cut short", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "quads/MANIFEST-*") {
				if err := os.Truncate(path, 20); err != nil {
					t.Fatal(err)
				}
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store one table of which is lost", func(t *testing.T) string {
			dir := filled(t)
			remove(t, matching(t, dir, "quads/*.sst")[0])
			return dir
		}, graph.ErrDamaged, "backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.make(t)
			before := listing(t, dir)
			b, err := folder.OpenBackend(dir, folder.Options{})
			if err == nil {
				_ = b.Close()
			}
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), dir) {
				t.Errorf("got error %v\nwant one that wraps %q, names the folder and says %q", err, c.want, c.says)
			}
			if errors.Is(c.want, graph.ErrVersion) || strings.Contains(c.name, "something else") {
				if after := listing(t, dir); after != before {
					t.Errorf("the folder was changed:\n%s\nto\n%s", before, after)
				}
			}
		})
	}
}

// What the engine finds out on reading only is reported then: nothing reads as empty.
func TestReadingDamagedFiles(t *testing.T) {
	for _, damage := range []struct {
		name string
		do   func(t *testing.T, path string)
	}{
		{"overwritten", overwrite},
		{"cut short", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, info.Size()/2); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		t.Run(damage.name, func(t *testing.T) {
			dir := filled(t)
			for _, path := range matching(t, dir, "quads/*.sst") {
				damage.do(t, path)
			}
			b, err := folder.OpenBackend(dir, folder.Options{})
			if errors.Is(err, graph.ErrDamaged) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			with(t, b, func(s store.Snapshot) {
				got, err := s.Label(t.Context(), "l")
				if !errors.Is(err, graph.ErrDamaged) {
					t.Errorf("Label: %d quads, %v", len(got), err)
				}
				err = s.Each(t.Context(), func(quad.Quad) error { return nil })
				if !errors.Is(err, graph.ErrDamaged) {
					t.Errorf("Each: %v", err)
				}
			})
		})
	}
}

// A folder that a process was making when it died is made anew.
func TestUnfinishedStoreIsFinished(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string)
	}{
		{"died before the folder had a format", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "format.unfinished"), "whe") }},
		{"died while the quads were made", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "quads.unfinished"), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "quads.unfinished", "000001.log"), "")
		}},
		{"died before the quads were in place", func(t *testing.T, dir string) {
			other := filled(t)
			if err := os.Rename(filepath.Join(other, "quads"), filepath.Join(dir, "quads.unfinished")); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "format"), fmt.Sprintf("whence store %d\n", folder.FormatVersion))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, dir)
			for range 2 {
				b := openBackend(t, dir)
				if err := b.Apply(t.Context(), store.Batch{Add: some(3)}); err != nil {
					t.Error(err)
				}
				if err := b.Close(); err != nil {
					t.Error(err)
				}
				if left := matching(t, dir, "*.unfinished"); len(left) > 0 {
					t.Errorf("left over: %v", left)
				}
			}
		})
	}
}

// What is erased is in no file of the folder any more, not even as dead bytes.
func TestErasedWordsAreOnNoDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "whence.db")
	s := openFolder(t, dir)
	defer s.Close()
	const words = "zyxxyqwv"
	files := func() (out []string) {
		t.Helper()
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				return nil // the engine has just removed it
			}
			if strings.Contains(string(data), words) {
				out = append(out, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for i, text := range []string{"The " + words + " is closed.", "The bridge is closed."} {
		d := graphtest.NewDocument(fmt.Sprint("https://press.example/", i), text)
		d.Claim(strings.TrimSuffix(text, "."), "")
		if _, err := s.Commit(t.Context(), d.Change(nil, graphtest.Day(1))); err != nil {
			t.Fatal(err)
		}
	}
	if found := files(); len(found) == 0 {
		t.Fatal("the words stand nowhere before they are erased")
	}
	if _, err := s.Erase(t.Context(), "https://press.example/0", "", "", graphtest.Day(2)); err != nil {
		t.Fatal(err)
	}
	// The engine removes the files that it compacted a moment later.
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		found := files()
		if len(found) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("erased words stand in %q", found)
		}
	}
}

func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "whence.db")
	if _, _, err := folder.Holder(dir); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("holder of a folder that does not exist: %v", err)
	}
	first, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	refused := func(says ...string) {
		t.Helper()
		second, err := folder.Open(dir, folder.Options{})
		if err == nil {
			_ = second.Close()
		}
		if !errors.Is(err, graph.ErrLocked) {
			t.Fatalf("opened twice: %v", err)
		}
		for _, words := range append(says, dir, fmt.Sprint("process ", os.Getpid())) {
			if !strings.Contains(err.Error(), words) {
				t.Errorf("error %q does not say %q", err, words)
			}
		}
	}
	refused()
	if err := first.SetAddress("http://127.0.0.1:8080"); err != nil {
		t.Fatal(err)
	}
	refused("http://127.0.0.1:8080")
	if pid, address, err := folder.Holder(dir); pid != os.Getpid() || address != "http://127.0.0.1:8080" || err != nil {
		t.Errorf("Holder: %d, %q, %v", pid, address, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := folder.Holder(dir); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("holder of a folder that is closed: %v", err)
	}
	again, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// TestLockOfAnotherProcess opens a folder that another process has open, and one
// that a process had open when it was killed.
func TestLockOfAnotherProcess(t *testing.T) {
	const variable = "WHENCE_TEST_HOLD"
	if dir := os.Getenv(variable); dir != "" {
		if _, err := folder.Open(dir, folder.Options{}); err != nil {
			t.Fatal(err)
		}
		fmt.Println("open")
		select {} // until killed
	}
	dir := filepath.Join(t.TempDir(), "whence.db")
	holder := exec.Command(os.Args[0], "-test.run=^TestLockOfAnotherProcess$", "-test.v")
	holder.Env = append(os.Environ(), variable+"="+dir)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for buf := make([]byte, 256); !strings.Contains(said, "open"); {
		n, err := out.Read(buf)
		said += string(buf[:n])
		if err != nil {
			t.Fatalf("the other process: %q, %v", said, err)
		}
	}
	if s, err := folder.Open(dir, folder.Options{}); !errors.Is(err, graph.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", holder.Process.Pid)) {
		if err == nil {
			_ = s.Close()
		}
		t.Errorf("a folder that process %d has open: %v", holder.Process.Pid, err)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // it was killed
	s, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatalf("a folder whose holder was killed: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

// overwrite puts other bytes in the middle half of a file.
func overwrite(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 4; i < len(data)*3/4; i++ {
		data[i] ^= 0xa5
	}
	write(t, path, string(data))
}

func matching(t *testing.T, dir, pattern string) []string {
	t.Helper()
	paths, err := fs.Glob(os.DirFS(dir), pattern)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range paths {
		paths[i] = filepath.Join(dir, p)
	}
	return paths
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, readErr := os.ReadFile(path)
			out, err = append(out, fmt.Sprintf("%s %d %s", path, len(data), graph.TextHash(string(data)))), readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}
