//go:build unix

package folder_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/folder"
	"whence/graph/graphtest"
	"whence/graph/pebblequads"
)

// nobody is a user who may do little.
const nobody = 65534

func init() { deeds["openUnprivileged"] = openUnprivileged }

// openUnprivileged opens a folder that this process may not write, in each way that there is, and prints how that ends.
func openUnprivileged(args []string) error {
	if os.Getuid() == 0 {
		if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			return err
		}
	}
	if s, err := folder.Open(args[0], folder.Options{}); err == nil {
		fmt.Println("it opens")
		_ = s.Close()
	} else {
		fmt.Println(errors.Is(err, fs.ErrPermission), errors.Is(err, graph.ErrDamaged), err)
	}
	db, err := pebblequads.Open(filepath.Join(args[0], "quads"), &pebblequads.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	s, err := db.Snapshot(context.Background())
	if err != nil {
		return err
	}
	fmt.Println("head", s.Head())
	return errors.Join(s.Close(), db.Close())
}

// A folder that may not be written is not opened for writing, nothing in it changes, and its engine can be read.
func TestReadOnlyFolder(t *testing.T) {
	h := graphtest.NewHistory(6)
	h.Observe(t, cayleystore.MemoryBackend())
	dir := filepath.Join(t.TempDir(), "whence.db")
	s := openFolder(t, dir)
	if err := h.Play(t.Context(), s, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	chmod := func(folders, files fs.FileMode) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				return os.Chmod(path, folders)
			} else if err == nil {
				return os.Chmod(path, files)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Dir(filepath.Dir(dir)), 0o755); err != nil { // so that others get there
		t.Fatal(err)
	}
	before := listing(t, dir)
	chmod(0o555, 0o444)
	defer chmod(0o755, 0o644) // or it cannot be removed
	out, err := process("openUnprivileged", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	lines := strings.Split(string(out), "\n")
	if !strings.HasPrefix(lines[0], "true false ") || !strings.Contains(lines[0], dir) {
		t.Errorf("opening it for writing: %s\nwant an error of permission that names the folder, and does not call it damaged", lines[0])
	}
	if !strings.Contains(string(out), "head 6\n") {
		t.Errorf("opening its engine for reading: %s", out)
	}
	if after := listing(t, dir); after != before {
		t.Errorf("the folder was changed:\n%s\nto\n%s", before, after)
	}
	chmod(0o755, 0o644)
	b := openBackend(t, dir)
	if _, err := h.Check(t.Context(), b, 6, 6); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}
