package cayleystore_test

import (
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

func BenchmarkMemory(b *testing.B) {
	graphtest.Benchmark(b, func(b *testing.B) graph.Store { return cayleystore.Memory() })
}
