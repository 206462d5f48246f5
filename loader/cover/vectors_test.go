package cover

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func mustOpen(t *testing.T, path string) *Vectors {
	t.Helper()
	v, err := OpenVectors(path)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVectors_AreKeptInAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	v := mustOpen(t, path)
	missing := v.Missing(shelf)
	if len(missing) != 10 {
		t.Fatalf("%d sentences to encode, want 10", len(missing))
	}
	if err := v.Encode(t.Context(), missing[:4], nil); err != nil {
		t.Fatal(err)
	}
	// Another process goes on where the first stopped.
	v = mustOpen(t, path)
	if rest := v.Missing(shelf); len(rest) != 6 {
		t.Fatalf("%d sentences are left, want 6", len(rest))
	}
	done := 0
	if err := v.Encode(t.Context(), v.Missing(shelf), func(n int) { done = n }); err != nil || done != 6 {
		t.Fatalf("%d done, %v", done, err)
	}
	memory, file := encoded(t), mustOpen(t, path)
	if file.Len() != memory.Len() || len(file.Missing(shelf)) > 0 {
		t.Errorf("%d vectors in the file, want %d", file.Len(), memory.Len())
	}
	for k, want := range memory.held {
		if got := file.held[k]; got == nil || *got != *want {
			t.Error("a vector is another after it was kept")
		}
	}
	if err := file.Keep(shelf[:1]); err != nil {
		t.Fatal(err)
	}
	if again := mustOpen(t, path); again.Len() != 2 || len(again.Missing(shelf[:1])) > 0 {
		t.Errorf("%d vectors are left, want 2", again.Len())
	}
}

func TestVectors_MendAFile(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	v := mustOpen(t, whole)
	missing := v.Missing(shelf[:2])
	if err := v.Encode(t.Context(), missing, nil); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		held    int
	}{
		"empty":                  {nil, 0},
		"cut in the heading":     {file[:5], 0},
		"cut in a record":        {file[:len(file)-1], 3},
		"of another encoder":     {append([]byte("whence vectors 1 other/9\n"), file[len(heading):]...), 0},
		"something else":         {[]byte("a shopping list, longer than the heading is: eggs, milk, bread"), 0},
		"of the format before":   {append([]byte("whence vectors 1 "), file[len("whence vectors 2 "):]...), 0},
		"whole":                  {file, 4},
		"a record that is begun": {append(file[:len(file):len(file)], 1, 2, 3), 4},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "vectors")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			v := mustOpen(t, path)
			if v.Len() != c.held {
				t.Errorf("%d vectors, want %d", v.Len(), c.held)
			}
			if err := v.Encode(t.Context(), v.Missing(shelf[:2]), nil); err != nil {
				t.Fatal(err)
			}
			if got := mustOpen(t, path); len(got.Missing(shelf[:2])) > 0 || got.Len() != 4 {
				t.Errorf("%d vectors after mending, want 4", got.Len())
			}
		})
	}
}

// A bit that turns takes one vector, which is made anew, and nothing of it stays in the file.
func TestVectors_NoticeDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	v := mustOpen(t, path)
	if err := v.Encode(t.Context(), v.Missing(shelf[:2]), nil); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]int{"in a hash": 0, "in a vector": len(key{}) + 99, "in a checksum": record - 1} {
		t.Run(name, func(t *testing.T) {
			file := slices.Clone(whole)
			file[len(heading)+record+at] ^= 4
			path := filepath.Join(t.TempDir(), "vectors")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			v := mustOpen(t, path)
			if v.Damaged() != 1 || v.Len() != 3 {
				t.Fatalf("%d damaged, %d read, want 1 and 3", v.Damaged(), v.Len())
			}
			if err := v.Encode(t.Context(), v.Missing(shelf[:2]), nil); err != nil {
				t.Fatal(err)
			}
			if err := v.Keep(shelf[:2]); err != nil {
				t.Fatal(err)
			}
			mended, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(mended, whole) {
				t.Errorf("%d bytes after mending, want the %d there were", len(mended), len(whole))
			}
		})
	}
}

func TestVectors_EndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	v := mustOpen(t, filepath.Join(t.TempDir(), "vectors"))
	if err := v.Encode(ctx, v.Missing(shelf), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
