package folder_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/folder"
)

// format1 unpacks a folder that the last program of format 1 wrote (two documents, one retracted, one
// erased), and returns its place and what that program exported from it, with the ledger.
func format1(t *testing.T) (dir, exported string) {
	t.Helper()
	f, err := os.Open("testdata/format1.tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	place := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(place, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(path, 0o755)
		} else {
			err = os.WriteFile(path, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(filepath.Join(place, "expected.nq"))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(place, "store"), string(data)
}

func TestMigration(t *testing.T) {
	dir, want := format1(t)
	var told [][2]int
	for range 2 {
		s, err := folder.Open(dir, folder.Options{Migrating: func(from, to int) { told = append(told, [2]int{from, to}) }})
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := codec.DumpNQuads(t.Context(), &got, s, graph.At{}, true); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.String()); diff != "" {
			t.Errorf("what is exported: want -, got +\n%s", diff)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Errorf("problems %q, %v", problems, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for _, old := range []string{"graph", "texts", "*.unfinished"} {
			if left := matching(t, dir, old); len(left) > 0 {
				t.Errorf("left over: %q", left)
			}
		}
	}
	if diff := cmp.Diff([][2]int{{1, folder.FormatVersion}}, told); diff != "" {
		t.Errorf("it was told of: want -, got +\n%s", diff)
	}
}

// A migration that was stopped at any point begins again, or is finished.
func TestMigrationInterrupted(t *testing.T) {
	for _, c := range []struct {
		name string
		stop func(t *testing.T, dir string)
	}{
		{"while it was filled", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "quads.unfinished"), 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "quads.unfinished", "MANIFEST-000001"), "half")
		}},
		{"before it was in place", func(t *testing.T, dir string) {
			whole, _ := format1(t)
			b := openBackend(t, whole)
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(whole, "quads"), filepath.Join(dir, "quads.unfinished")); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "format"), "whence store 2\n")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, want := format1(t)
			c.stop(t, dir)
			s := openFolder(t, dir)
			defer s.Close()
			var got bytes.Buffer
			if err := codec.DumpNQuads(t.Context(), &got, s, graph.At{}, true); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.String()); diff != "" {
				t.Errorf("what is exported: want -, got +\n%s", diff)
			}
			for _, old := range []string{"graph", "texts", "*.unfinished"} {
				if left := matching(t, dir, old); len(left) > 0 {
					t.Errorf("left over: %q", left)
				}
			}
		})
	}
}

// A folder of format 1 that does not read back is left as it is.
func TestMigrationOfDamage(t *testing.T) {
	for _, pattern := range []string{"graph/*.ldb", "texts/*/*.zst", "graph/MANIFEST-*"} {
		dir, _ := format1(t)
		for _, path := range matching(t, dir, pattern) {
			overwrite(t, path)
		}
		before := listing(t, filepath.Join(dir, "texts"))
		b, err := folder.OpenBackend(dir, folder.Options{})
		if err == nil {
			_ = b.Close()
		}
		if !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%s overwritten: %v", pattern, err)
		}
		if after := listing(t, filepath.Join(dir, "texts")); after != before {
			t.Errorf("%s overwritten: the texts were changed:\n%s\nto\n%s", pattern, before, after)
		}
		if format, err := os.ReadFile(filepath.Join(dir, "format")); err != nil || string(format) != "whence store 1\n" {
			t.Errorf("%s overwritten: the format is %q, %v", pattern, format, err)
		}
	}
}
