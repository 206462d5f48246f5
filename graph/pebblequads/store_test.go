package pebblequads_test

import (
	"path/filepath"
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// openStore opens the store in a folder.
func openStore(t *testing.T, dir string) graph.Store {
	t.Helper()
	db, err := pebblequads.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.New(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	graphtest.Run(t, func(t *testing.T) graph.Store { return openStore(t, t.TempDir()) })
}

func TestStorePersists(t *testing.T) {
	graphtest.RunPersistent(t, func(t *testing.T, place string) graph.Store {
		return openStore(t, filepath.Join(place, "graph"))
	})
}
