package folder_test

import (
	"os"
	"path/filepath"
	"testing"

	"whence/graph/folder"
)

func TestSizes(t *testing.T) {
	dir := filled(t)
	if err := os.MkdirAll(filepath.Join(dir, "passages", "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "passages", "deep", "index"), "0123456789")
	b := openBackend(t, dir)
	s, err := b.Sizes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int64{}
	var all int64
	for _, p := range s.Parts {
		if _, twice := of[p.Name]; twice || p.Bytes < 0 {
			t.Errorf("%+v", p)
		}
		of[p.Name] = p.Bytes
		all += p.Bytes
	}
	if s.Format != folder.FormatVersion || of["passages"] != 10 || of["files"] == 0 || all < 1000 {
		t.Errorf("%+v", s)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
}
