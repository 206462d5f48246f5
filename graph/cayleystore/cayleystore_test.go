package cayleystore_test

import (
	"path/filepath"
	"testing"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func TestMemoryBackend(t *testing.T) {
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return cayleystore.MemoryBackend() })
}

func TestMemory(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store { return cayleystore.Memory() })
}

func TestFolder(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store { return openFolder(t, filepath.Join(t.TempDir(), "whence.db")) })
}

func TestFolderReopened(t *testing.T) {
	graphtest.RunPersistent(t, func(t *testing.T, dir string) graph.Store { return openFolder(t, dir) })
}

func openFolder(t testing.TB, dir string) graph.Store {
	t.Helper()
	s, err := cayleystore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func BenchmarkMemory(b *testing.B) {
	graphtest.Benchmark(b, func(b *testing.B) graph.Store { return cayleystore.Memory() })
}

func BenchmarkFolder(b *testing.B) {
	graphtest.Benchmark(b, func(b *testing.B) graph.Store { return openFolder(b, filepath.Join(b.TempDir(), "whence.db")) })
}
