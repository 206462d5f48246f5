package pebblequads_test

import (
	"testing"

	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// open returns an empty DB in a folder of its own.
func open(t testing.TB) *pebblequads.DB {
	t.Helper()
	db, err := pebblequads.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestBackend(t *testing.T) {
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return open(t) })
}
