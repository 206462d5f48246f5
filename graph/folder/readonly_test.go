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
	s, err := folder.Open(args[0], folder.Options{Reading: true})
	if err != nil {
		fmt.Println(errors.Is(err, graph.ErrLocked), err)
		return nil
	}
	ledger, err := s.Ledger(context.Background(), 0)
	if err != nil {
		return err
	}
	problems, err := s.Verify(context.Background())
	if err != nil {
		return err
	}
	_, writing := s.Commit(context.Background(), article("https://press.example/more").Change(nil, graphtest.Day(1)))
	fmt.Println("commits", len(ledger), "problems", len(problems), "read only", s.ReadOnly(), "refused", errors.Is(writing, fs.ErrPermission))
	return s.Close()
}

// A folder that may not be written is not opened for writing, and is read as it is, unless another process has it open; nothing in it changes.
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
	if !strings.HasPrefix(lines[0], "true false ") || !strings.Contains(lines[0], dir+" cannot be written") {
		t.Errorf("opening it for writing: %s\nwant an error of permission that names the folder, and does not call it damaged", lines[0])
	}
	if lines[1] != "commits 6 problems 0 read only true refused true" {
		t.Errorf("opening it for reading: %s", out)
	}
	if after := listing(t, dir); after != before {
		t.Errorf("the folder was changed:\n%s\nto\n%s", before, after)
	}
	chmod(0o755, 0o644)
	b := openBackend(t, dir)
	chmod(0o555, 0o444)
	if out, err := process("openUnprivileged", dir).CombinedOutput(); err != nil || !strings.Contains(string(out), fmt.Sprintf("\ntrue %s is open in process %d", dir, os.Getpid())) {
		t.Errorf("opening it for reading while it is open here: %s, %v", out, err)
	}
	chmod(0o755, 0o644)
	if _, err := h.Check(t.Context(), b, 6, 6); err != nil {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

// A folder on a disk that is full is read. What is written first goes where there is no room.
func TestFolderOnFullDisk(t *testing.T) {
	const noRoom = "/dev/full"
	if _, err := os.Stat(noRoom); err != nil {
		t.Skip("no such device here: ", err)
	}
	dir := filled(t)
	full := func() { // until that fails
		t.Helper()
		if err := os.Symlink(noRoom, filepath.Join(dir, "lock.unfinished")); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		full()
		s, err := folder.Open(dir, folder.Options{Reading: true})
		if err != nil {
			t.Fatal(err)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) == 0 { // filled adds what no commit names
			t.Errorf("problems %q, %v", problems, err)
		}
		if !s.ReadOnly() {
			t.Error("it is open for writing")
		}
		if _, err := folder.Open(dir, folder.Options{Reading: true}); !errors.Is(err, graph.ErrLocked) {
			t.Errorf("opened twice: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	full()
	if _, err := folder.Open(dir, folder.Options{}); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), dir) {
		t.Errorf("opened for writing: %v", err)
	}
}

// What a process left that could not end making a store is no store to who reads, is left as it is, and is cleared up by
// who makes one.
func TestReadingWhatWasBegun(t *testing.T) {
	for _, c := range []struct {
		name, left, says string
	}{
		{"nothing", "", "load documents into it first"},
		{"a lock only", "held", "load documents into it first"},
		{"half an engine", "quads.unfinished", "one was begun there and did not end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if c.left != "" {
				write(t, filepath.Join(dir, c.left), "")
			}
			_, err := folder.Open(dir, folder.Options{Reading: true})
			if !errors.Is(err, graph.ErrNotFound) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v\nwant an error that says %q", err, c.says)
			}
			if c.left != "" {
				if _, err := os.Stat(filepath.Join(dir, c.left)); err != nil {
					t.Error(err)
				}
			}
			s := openFolder(t, dir)
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if left := matching(t, dir, "*.unfinished"); len(left) > 0 {
				t.Errorf("left over: %q", left)
			}
		})
	}
}
