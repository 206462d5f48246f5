package pgquads

import (
	"context"
	"net/url"
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func TestBackend(t *testing.T) {
	server(t)
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return open(t, schema(t)) })
}

func TestStore(t *testing.T) {
	server(t)
	graphtest.Run(t, func(t *testing.T) graph.Store { return openStore(t, schema(t)) })
}

func TestStoreReopened(t *testing.T) {
	server(t)
	places := map[string]*url.URL{}
	graphtest.RunPersistent(t, func(t *testing.T, place string) graph.Store {
		if places[place] == nil {
			places[place] = schema(t)
		}
		return openStore(t, places[place])
	})
}

// openStore opens a store that whoever asked for it closes.
func openStore(t testing.TB, u *url.URL) graph.Store {
	t.Helper()
	b, err := Open(context.Background(), u.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
