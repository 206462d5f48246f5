package source

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
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// folder writes files and returns where.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// walk lists what Walk yields, with the folder's name left out: "ok", "skip" or "error".
func walk(t *testing.T, dir string, o Options, paths ...string) (lines []string, items []Item) {
	t.Helper()
	for i, p := range paths {
		paths[i] = filepath.Join(dir, p)
	}
	Walk(t.Context(), paths, o, func(item Item, err error) bool {
		var e *Error
		var s *Skip
		line := ""
		switch {
		case err == nil:
			check(t, item)
			items = append(items, item)
			line = "ok " + item.Capture.Path
		case errors.As(err, &e):
			line = fmt.Sprintf("error %s %s", e.Stage, e.Path)
			if e.Line > 0 {
				line += fmt.Sprintf(":%d", e.Line)
			}
		case errors.As(err, &s):
			line = fmt.Sprintf("skip %s %s", s.Reason, s.Path)
		default:
			t.Errorf("%T is neither Error nor Skip", err)
		}
		lines = append(lines, strings.ReplaceAll(strings.ReplaceAll(line, filepath.ToSlash(dir)+"/", ""), filepath.ToSlash(dir), "."))
		return true
	})
	return lines, items
}

func TestWalk_MixedFolderInOrder(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.txt":           "Words of b.",
		"a.md":            "# Words of a",
		"c.html":          "<p>Words of c that are enough for a page.</p>",
		"d.jsonl":         "{\"id\":\"1\",\"text\":\"One.\"}\nbroken\n{\"id\":\"2\",\"text\":\"Two.\"}\n",
		"empty.txt":       "",
		"image.png":       "\x89PNG",
		"movie.txt":       "\x1f\x8b\x08compressed",
		"NOTES":           "Words without an extension.",
		"program.go":      "package main",
		".hidden.txt":     "Not seen.",
		".git/config.txt": "Not seen.",
		"b.meta.yaml":     "title: Of b",
		"sub/z.txt":       "Words of z.",
		"sub/deep/y.md":   "Words of y.",
		"under/bad.txt":   "---\ntitle: [\n---\nWords.",
		"under/good.txt":  "Words of good.",
	})
	got, _ := walk(t, dir, Options{}, ".")
	want := []string{
		"ok NOTES", "ok a.md", "ok b.txt", "ok c.html", "ok d.jsonl#1", "error parse d.jsonl:2", "ok d.jsonl#2", "skip empty empty.txt",
		"skip unknown-type image.png", "skip binary movie.txt", "skip unknown-type program.go", "ok sub/deep/y.md", "ok sub/z.txt",
		"error metadata under/bad.txt:2", "ok under/good.txt",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	again, _ := walk(t, dir, Options{}, ".")
	if diff := cmp.Diff(got, again); diff != "" {
		t.Errorf("a second walk differs: %s", diff)
	}
}

func TestWalk_NamedFilesAreRead(t *testing.T) {
	dir := folder(t, map[string]string{"program.go": "package main", ".hidden.txt": "Words.", "a.txt": "Words of a."})
	got, _ := walk(t, dir, Options{}, "a.txt", "program.go", ".hidden.txt", "missing.txt", "a.txt")
	want := []string{"ok a.txt", "ok program.go", "ok .hidden.txt", "error open missing.txt", "ok a.txt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWalk_SidecarAndManifest(t *testing.T) {
	dir := folder(t, map[string]string{
		"manifest.jsonl":     `{"path":"a.txt","publisher":"Manifest Press","url":"https://m.example/a","title":"M"}` + "\n" + `{"path":"sub/b.txt","publisher":"Outer","kind":"blog","odd":1}` + "\n" + `{"path":"lost.txt"}` + "\nbroken\n" + `{"path":"../x.txt"}` + "\n",
		"a.txt":              "---\npublisher: File Press\n---\nWords of a.",
		"a.txt.meta.yaml":    "title: Sidecar\npublished: 3 May 2024",
		"sub/manifest.jsonl": `{"path":"b.txt","publisher":"Inner","retrieved":"2024-11-01"}`,
		"sub/b.txt":          "Words of b.",
		"sub/c.txt":          "Words of c.",
		"sub/c.meta.yaml":    "url: https://s.example/c",
		"sub/d.txt":          "Words of d.",
		"sub/d.meta.yaml":    "kind: pamphlet",
	})
	got, items := walk(t, dir, Options{Publisher: "Flag Press", Kind: "news"}, ".")
	want := []string{
		"error metadata manifest.jsonl:4", "error metadata manifest.jsonl:5", "ok a.txt", "ok sub/b.txt", "ok sub/c.txt",
		"error metadata sub/d.meta.yaml:1", "error metadata manifest.jsonl:3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	type known struct {
		URL, Title, Publisher string
		Kind                  graph.DocumentKind
		Published             graph.Date
		Trusted               bool
	}
	var docs []known
	for _, i := range items {
		docs = append(docs, known{i.Document.URL, i.Document.Title, i.Document.Publisher, i.Document.Kind, i.Document.Published, i.Capture.Trusted})
	}
	if diff := cmp.Diff([]known{
		{"https://m.example/a", "Sidecar", "File Press", graph.KindNews, "2024-05-03", true},
		{"", "", "Inner", graph.KindBlog, "", false},
		{"https://s.example/c", "", "Flag Press", graph.KindNews, "", true},
	}, docs); diff != "" {
		t.Error(diff)
	}
	if !items[1].Capture.Retrieved.Equal(time.Date(2024, 11, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("retrieved %v", items[1].Capture.Retrieved)
	}
	// A file named by itself has its neighbours' manifest all the same.
	_, items = walk(t, dir, Options{}, "a.txt")
	if len(items) != 1 || items[0].Document.URL != "https://m.example/a" {
		t.Errorf("items = %+v", items)
	}
}

func TestWalk_OneAddressForManyIsRefused(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Words of a.", "b.txt": "Words of b."})
	o := Options{URL: "https://example.org/a"}
	for _, paths := range [][]string{{"."}, {"a.txt", "b.txt"}} {
		if got, items := walk(t, dir, o, paths...); len(items) != 0 || len(got) != 1 || !strings.HasPrefix(got[0], "error options") {
			t.Errorf("%q: %q", paths, got)
		}
	}
	if _, items := walk(t, dir, o, "a.txt"); len(items) != 1 || items[0].Document.URL != o.URL || !items[0].Capture.Trusted {
		t.Errorf("items = %+v", items)
	}
}

func TestWalk_LinksThatLoop(t *testing.T) {
	dir := folder(t, map[string]string{"in/a.txt": "Words of a.", "other/b.txt": "Words of b."})
	link := func(to, name string) {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	link(dir, "in/loop")
	link(filepath.Join(dir, "other"), "in/twice")
	link(filepath.Join(dir, "nowhere"), "in/dangling")
	link("self", "in/self")
	got, _ := walk(t, dir, Options{}, ".")
	want := []string{
		"ok in/a.txt", "error open in/dangling", "error open in/loop", "error open in/self", "ok in/twice/b.txt", "skip read-twice other",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWalk_LimitIsCheckedBeforeReading(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "huge.txt")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(200 << 20); err != nil { // Sparse: takes no room.
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var got error
	w := &walker{ctx: t.Context(), seen: map[string]string{}, yield: func(_ Item, err error) bool { got = err; return true }, open: func(name string) (io.ReadCloser, error) {
		if strings.HasSuffix(name, "huge.txt") {
			t.Error("the file was opened")
		}
		return os.Open(name)
	}}
	w.root(name)
	var e *Error
	if !errors.As(got, &e) || !strings.Contains(got.Error(), "209715200 bytes") || e.Hint == "" {
		t.Errorf("error = %v", got)
	}
	w.o.MaxBytes = 300 << 20
	w.open = func(string) (io.ReadCloser, error) { return nil, fs.ErrPermission }
	w.root(name)
	if !errors.Is(got, fs.ErrPermission) {
		t.Errorf("with a higher limit: %v", got)
	}
}

// A brokenFile fails in the middle of reading.
type brokenFile struct{ io.Reader }

func (brokenFile) Close() error { return nil }

func TestWalk_UnreadableFileIsOneError(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Words of a.", "b.txt": "Words of b.", "c.txt": "Words of c."})
	for name, open := range map[string]func(string) (io.ReadCloser, error){
		"no permission": func(name string) (io.ReadCloser, error) {
			if strings.HasSuffix(name, "b.txt") {
				return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
			}
			return os.Open(name)
		},
		"broken disk": func(name string) (io.ReadCloser, error) {
			if strings.HasSuffix(name, "b.txt") {
				return brokenFile{io.MultiReader(strings.NewReader("Wor"), errReader{})}, nil
			}
			return os.Open(name)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			w := &walker{ctx: t.Context(), open: open, seen: map[string]string{}, yield: func(item Item, err error) bool {
				if err != nil {
					got = append(got, err.Error())
				} else {
					got = append(got, item.RecordID)
				}
				return true
			}}
			w.root(dir)
			if len(got) != 3 || got[0] != "a.txt" || got[2] != "c.txt" || !strings.Contains(got[1], "b.txt: open: ") {
				t.Errorf("got %q", got)
			}
		})
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("input/output error") }

func TestWalk_Stops(t *testing.T) {
	dir := folder(t, map[string]string{"a.txt": "Words.", "b.txt": "Words.", "s/c.txt": "Words.", "s/d.txt": "Words."})
	for stop := 1; stop <= 3; stop++ {
		calls := 0
		Walk(t.Context(), []string{dir}, Options{}, func(Item, error) bool { calls++; return calls < stop })
		if calls != stop {
			t.Errorf("yield was called %d times after it returned false at %d", calls, stop)
		}
		ctx, cancel := context.WithCancel(t.Context())
		calls = 0
		Walk(ctx, []string{dir, dir}, Options{}, func(Item, error) bool {
			if calls++; calls == stop {
				cancel()
			}
			return true
		})
		if calls != stop {
			t.Errorf("yield was called %d times, the context ended at %d", calls, stop)
		}
	}
}

func TestWalk_SpecialFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no device files")
	}
	got, _ := walk(t, "/", Options{}, "dev/null")
	if len(got) != 1 || !strings.HasPrefix(got[0], "skip special-file") {
		t.Errorf("got %q", got)
	}
}
