package cayleystore_test

import (
	"path/filepath"
	"testing"

	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func TestMemoryBackend(t *testing.T) {
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return cayleystore.MemoryBackend() })
}

func TestFolderBackend(t *testing.T) {
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return openBackend(t, filepath.Join(t.TempDir(), "whence.db")) })
}

func openBackend(t testing.TB, dir string) store.Backend {
	t.Helper()
	b, err := cayleystore.OpenBackend(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}
