package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is written to is replaced only when it is a file.
func TestWhole(t *testing.T) {
	dir := t.TempDir()
	words := func(f *os.File) error {
		_, err := f.WriteString("words")
		return err
	}
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("old and longer"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := whole(link, 0o644, words); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "words" {
		t.Errorf("behind a link: %q, %v", got, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link: %v, %v", info, err)
	}
	if _, err := os.Stat(os.DevNull); err == nil {
		if err := whole(os.DevNull, 0o644, words); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
			t.Fatalf("%s: %v, %v", os.DevNull, info, err)
		}
	}
	for path, says := range map[string]string{dir: "is a folder", filepath.Join(dir, "none", "x"): "its folder"} {
		if err := whole(path, 0o644, words); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
