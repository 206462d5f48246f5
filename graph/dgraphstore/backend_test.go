package dgraphstore

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/store"
)

// alphas returns the address of the cluster to test with, or skips the test.
func alphas(t testing.TB) string {
	t.Helper()
	hosts := os.Getenv("WHENCE_DGRAPH")
	if hosts == "" {
		t.Skip("NOT TESTED: no Dgraph cluster: WHENCE_DGRAPH names none (.ci/dgraph starts one)")
	}
	return Scheme + hosts
}

var stores atomic.Int64

// newAddress returns the address of a store that no other test has. It goes with the cluster: taking it out
// takes longer than most tests.
func newAddress(t testing.TB) string {
	t.Helper()
	return fmt.Sprintf("%s/t%d_%d", alphas(t), os.Getpid(), stores.Add(1))
}

func open(t testing.TB, at string) *backend {
	t.Helper()
	b, err := Open(context.Background(), at, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b.(*backend)
}

func openNew(t testing.TB) *backend {
	t.Helper()
	b := open(t, newAddress(t))
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func openStore(t testing.TB, at string) graph.Store {
	t.Helper()
	s, err := store.New(open(t, at), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBackend(t *testing.T) {
	t.Parallel()
	alphas(t)
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return openNew(t) })
}

func TestStore(t *testing.T) {
	t.Parallel()
	alphas(t)
	graphtest.Run(t, func(t *testing.T) graph.Store { return openStore(t, newAddress(t)) })
}

func TestStoreReopened(t *testing.T) {
	t.Parallel()
	places := map[string]string{}
	graphtest.RunPersistent(t, func(t *testing.T, place string) graph.Store {
		if places[place] == "" {
			places[place] = newAddress(t)
		}
		return openStore(t, places[place])
	})
}

// numbered returns n quads under one label and of one subject, both of this name.
func numbered(n int, name string) []quad.Quad {
	out := make([]quad.Quad, n)
	for i := range out {
		out[i] = quad.Quad{Subject: quad.IRI("urn:test:" + name), Predicate: quad.IRI("urn:test:number"), Object: quad.Int(i), Label: quad.IRI("urn:test:" + name)}
	}
	return out
}

// count returns how many quads a backend holds; each is found once.
func count(t testing.TB, b *backend) int {
	t.Helper()
	s, err := b.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	seen := map[quad.Quad]bool{}
	err = s.Each(context.Background(), func(q quad.Quad) error {
		if seen[q] {
			t.Errorf("%v is found twice", q)
		}
		seen[q] = true
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return len(seen)
}
