package cayleystore_test

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
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
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
	b, err := cayleystore.OpenBackend(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := b.Apply(t.Context(), some(400*(i+1)), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.PutText(t.Context(), graph.TextHash("kept"), "kept"); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFolderIsKept(t *testing.T) {
	dir := filled(t)
	for range 2 {
		b, err := cayleystore.OpenBackend(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.Label(t.Context(), "l"); err != nil || len(got) != 1200 {
			t.Errorf("%d quads, %v", len(got), err)
		}
		if got, err := b.Text(t.Context(), graph.TextHash("kept")); err != nil || got != "kept" {
			t.Errorf("text %q, %v", got, err)
		}
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
			write(t, filepath.Join(dir, "format"), "whence store 2\n")
			return dir
		}, graph.ErrVersion, "has format 2, this program reads and writes format 1"},
		{"a store whose graph is lost", func(t *testing.T) string {
			dir := filled(t)
			remove(t, filepath.Join(dir, "graph"))
			return dir
		}, graph.ErrDamaged, "no graph"},
		{"a store whose graph is emptied", func(t *testing.T) string {
			dir := filled(t)
			remove(t, filepath.Join(dir, "graph"))
			if err := os.Mkdir(filepath.Join(dir, "graph"), 0o755); err != nil {
				t.Fatal(err)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is lost", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "graph/MANIFEST-*") {
				remove(t, path)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is overwritten", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "graph/MANIFEST-*") {
				overwrite(t, path)
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store whose manifest is cut short", func(t *testing.T) string {
			dir := filled(t)
			for _, path := range matching(t, dir, "graph/MANIFEST-*") {
				if err := os.Truncate(path, 20); err != nil {
					t.Fatal(err)
				}
			}
			return dir
		}, graph.ErrDamaged, "backup"},
		{"a store one table of which is lost", func(t *testing.T) string {
			dir := filled(t)
			remove(t, matching(t, dir, "graph/*.ldb")[0])
			return dir
		}, graph.ErrDamaged, "backup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.make(t)
			before := listing(t, dir)
			b, err := cayleystore.OpenBackend(dir)
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

// What LevelDB finds out on reading only is reported then: nothing reads as empty.
func TestReadingADamagedGraph(t *testing.T) {
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
			for _, path := range matching(t, dir, "graph/*.ldb") {
				damage.do(t, path)
			}
			b, err := cayleystore.OpenBackend(dir)
			if errors.Is(err, graph.ErrDamaged) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			got, err := b.Label(t.Context(), "l")
			if !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("Label: %d quads, %v", len(got), err)
			}
			err = b.Each(t.Context(), func(quad.Quad) error { return nil })
			if !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("Each: %v", err)
			}
		})
	}
}

func TestDamagedTexts(t *testing.T) {
	dir := filled(t)
	b := openBackend(t, dir)
	hash := graph.TextHash("kept")
	path := filepath.Join(dir, "texts", hash[:2], hash+".zst")
	write(t, path, "no zstd")
	if _, err := b.Text(t.Context(), hash); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("an overwritten text: %v", err)
	}
	if err := b.PutText(t.Context(), hash, "kept"); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Text(t.Context(), hash); err != nil || got != "kept" {
		t.Errorf("a text that was damaged and put again: %q, %v", got, err)
	}
	other := graph.TextHash("other")
	if err := os.MkdirAll(filepath.Join(dir, "texts", other[:2]), 0o755); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "texts", other[:2], other+".zst"), string(data))
	if _, err := b.Text(t.Context(), other); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("a file that holds another text: %v", err)
	}
	for _, hash := range []string{"", "../../etc/passwd", strings.Repeat("/", 64), strings.Repeat("A", 64)} {
		if _, err := b.Text(t.Context(), hash); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("Text(%q): %v", hash, err)
		}
		if err := b.PutText(t.Context(), hash, "x"); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("PutText(%q): %v", hash, err)
		}
		if err := b.DeleteText(t.Context(), hash); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("DeleteText(%q): %v", hash, err)
		}
	}
}

func TestUnfinishedStoreIsFinished(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, dir string)
	}{
		{"died before the folder had a format", func(t *testing.T, dir string) { write(t, filepath.Join(dir, ".format.123"), "whe") }},
		{"died before the folder had a graph", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "format"), "whence store 1\n") }},
		{"died while the graph was made", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "format"), "whence store 1\n")
			if err := os.MkdirAll(filepath.Join(dir, "graph.new-1", "graph"), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "graph.new-1", "graph", "000001.log"), "")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, dir)
			b := openBackend(t, dir)
			if err := b.Apply(t.Context(), some(3), nil); err != nil {
				t.Error(err)
			}
			if left := matching(t, dir, "graph.new-*"); len(left) > 0 {
				t.Errorf("left over: %v", left)
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
				return nil // LevelDB has just removed it
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
	// LevelDB removes the files that it compacted a moment later.
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
	if _, _, err := cayleystore.Holder(dir); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("holder of a folder that does not exist: %v", err)
	}
	first, err := cayleystore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(says ...string) {
		t.Helper()
		second, err := cayleystore.Open(dir)
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
	if pid, address, err := cayleystore.Holder(dir); pid != os.Getpid() || address != "http://127.0.0.1:8080" || err != nil {
		t.Errorf("Holder: %d, %q, %v", pid, address, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := cayleystore.Holder(dir); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("holder of a folder that is closed: %v", err)
	}
	again, err := cayleystore.Open(dir)
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
		if _, err := cayleystore.Open(dir); err != nil {
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
	if s, err := cayleystore.Open(dir); !errors.Is(err, graph.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint("process ", holder.Process.Pid)) {
		if err == nil {
			_ = s.Close()
		}
		t.Errorf("a folder that process %d has open: %v", holder.Process.Pid, err)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // it was killed
	s, err := cayleystore.Open(dir)
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
