package dgraphstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/dgraph-io/dgo/v240/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"whence/graph/store"
)

// A losingAlpha loses what an alpha says to a commit, or the commit itself.
type losingAlpha struct {
	api.DgraphClient
	mu     sync.Mutex
	before int // how many commits are lost on the way there
	after  int // how many are done, and what is said of them is lost
	cancel context.CancelFunc
}

var errLost = status.Error(codes.Unavailable, "error reading from server: EOF")

func (l *losingAlpha) Query(ctx context.Context, r *api.Request, o ...grpc.CallOption) (*api.Response, error) {
	if !r.CommitNow {
		return l.DgraphClient.Query(ctx, r, o...)
	}
	return losing(ctx, l, func(ctx context.Context) (*api.Response, error) { return l.DgraphClient.Query(ctx, r, o...) })
}

func (l *losingAlpha) CommitOrAbort(ctx context.Context, tc *api.TxnContext, o ...grpc.CallOption) (*api.TxnContext, error) {
	if tc.Aborted {
		return l.DgraphClient.CommitOrAbort(ctx, tc, o...)
	}
	return losing(ctx, l, func(ctx context.Context) (*api.TxnContext, error) { return l.DgraphClient.CommitOrAbort(ctx, tc, o...) })
}

func losing[T any](ctx context.Context, l *losingAlpha, do func(context.Context) (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var nothing T
	switch {
	case l.before > 0:
		l.before--
		return nothing, l.lost(ctx)
	case l.after > 0:
		l.after--
		if _, err := do(context.WithoutCancel(ctx)); err != nil {
			return nothing, err
		}
		return nothing, l.lost(ctx)
	}
	return do(ctx)
}

func (l *losingAlpha) lost(ctx context.Context) error {
	if l.cancel == nil {
		return errLost
	}
	l.cancel()
	<-ctx.Done()
	return status.FromContextError(ctx.Err()).Err()
}

// TestInterruptedCommit loses commits on their way there and back: each is found once, or not at all when that is said.
func TestInterruptedCommit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		before, after int
		cancelled     bool // the caller goes at that moment
		chunk         int
		done          bool
	}{
		{"lost on the way there", 1, 0, false, 1000, true},
		{"lost on the way back", 0, 1, false, 1000, true},
		{"lost twice there and once back", 2, 1, false, 1000, true},
		{"several requests, lost on the way there", 1, 0, false, 30, true},
		{"several requests, lost on the way back", 0, 1, false, 30, true},
		{"cancelled before", 1, 0, true, 1000, false},
		{"cancelled after", 0, 1, true, 1000, true},
	} {
		for _, logged := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, with an entry %t", c.name, logged), func(t *testing.T) {
				b := openNew(t)
				b.chunk = c.chunk
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				for _, a := range b.cluster.alphas[1:] {
					if err := a.conn.Close(); err != nil {
						t.Fatal(err)
					}
				}
				b.cluster.alphas = b.cluster.alphas[:1]
				l := &losingAlpha{DgraphClient: b.cluster.alphas[0].DgraphClient, before: c.before, after: c.after}
				if c.cancelled {
					l.cancel = cancel
				}
				b.cluster.alphas[0].DgraphClient = l
				batch := store.Batch{Add: numbered(20, "one"), Texts: []store.Text{{Hash: "h", Text: "text"}}}
				if logged {
					batch.Entry = &store.Entry{Number: 1, Data: []byte("entry")}
				}
				err := b.Apply(ctx, batch)
				if (err == nil) != c.done || err != nil && !errors.Is(err, context.Canceled) {
					t.Errorf("Apply: %v", err)
				}
				want := 0
				if c.done {
					want = 20
				}
				if got := count(t, b); got != want {
					t.Errorf("%d quads", got)
				}
				if err := b.Apply(t.Context(), store.Batch{Remove: batch.Add}); err != nil {
					t.Error(err)
				}
				if got := count(t, b); got != 0 {
					t.Errorf("%d quads are left when they were removed", got)
				}
			})
		}
	}
}

// TestTwoProcesses lets two backends write to one store: of two with the same number one is behind.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	at := newAddress(t)
	const each = 12
	var wg sync.WaitGroup
	for p := range 2 {
		wg.Go(func() { // both make the store, too
			b := open(t, at)
			defer b.Close()
			for i := 0; i < each; {
				s, err := b.Snapshot(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				name := fmt.Sprintf("process%d.%d", p, i)
				err = b.Apply(t.Context(), store.Batch{Add: numbered(5, name), Entry: &store.Entry{Number: s.Head() + 1, Data: []byte(name)}})
				switch {
				case err == nil:
					i++
				case !errors.Is(err, store.ErrBehind):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b := open(t, at)
	defer b.Close()
	if got := count(t, b); got != 2*each*5 {
		t.Errorf("%d quads", got)
	}
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	if err := s.Entries(t.Context(), 0, func(e store.Entry) error { names[string(e.Data)] = true; return nil }); err != nil || s.Head() != 2*each || len(names) != 2*each {
		t.Errorf("head %d, %d entries, %v", s.Head(), len(names), err)
	}
}

// TestWritersWithoutEntries lets several write at once what is not logged: each is done, once.
func TestWritersWithoutEntries(t *testing.T) {
	t.Parallel()
	b := openNew(t)
	var wg sync.WaitGroup
	for p := range 4 {
		wg.Go(func() {
			for i := range 4 {
				if err := b.Apply(t.Context(), store.Batch{Add: append(numbered(5, fmt.Sprint("own", p, i)), numbered(5, "shared")...)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := count(t, b); got != 4*4*5+5 {
		t.Errorf("%d quads", got)
	}
}
