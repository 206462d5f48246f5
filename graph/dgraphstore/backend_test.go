package dgraphstore

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"

	"github.com/dgraph-io/dgo/v240/protos/api"

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

// newAddress returns the address of a store that no other test has. It goes when the test ends.
func newAddress(t testing.TB) string {
	t.Helper()
	at := fmt.Sprintf("%s/t%d_%d", alphas(t), os.Getpid(), stores.Add(1))
	t.Cleanup(func() { drop(t, at) })
	return at
}

// drop removes a store.
func drop(t testing.TB, at string) {
	t.Helper()
	a, err := parseAddress(at)
	if err != nil {
		t.Fatal(err)
	}
	c, err := dial(a)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	for _, p := range newSchema(a.name).all() {
		err := c.ask(context.Background(), func(ctx context.Context, a *alpha) error {
			_, err := a.Alter(ctx, &api.Operation{DropOp: api.Operation_ATTR, DropValue: p})
			return err
		})
		if err != nil {
			t.Errorf("removing %s of %s: %v", p, at, err)
		}
	}
}

func open(t testing.TB, at string) *backend {
	t.Helper()
	b, err := OpenBackend(context.Background(), at)
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
	alphas(t)
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return openNew(t) })
}

func TestStore(t *testing.T) {
	alphas(t)
	graphtest.Run(t, func(t *testing.T) graph.Store { return openStore(t, newAddress(t)) })
}
