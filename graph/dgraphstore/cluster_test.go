package dgraphstore

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/dgo/v240/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// A fakeAlpha answers as it is told.
type fakeAlpha struct {
	api.DgraphClient
	answer func(ctx context.Context) error
	asked  int
}

func (f *fakeAlpha) Query(ctx context.Context, _ *api.Request, _ ...grpc.CallOption) (*api.Response, error) {
	f.asked++
	return &api.Response{Txn: &api.TxnContext{StartTs: 1}}, f.answer(ctx)
}

func fakeCluster(fakes ...*fakeAlpha) *cluster {
	c := &cluster{where: "here", patience: 300 * time.Millisecond, attempt: 20 * time.Second}
	c.reached.Store(true)
	for _, f := range fakes {
		c.alphas = append(c.alphas, &alpha{DgraphClient: f})
	}
	return c
}

func says(err error) func(context.Context) error { return func(context.Context) error { return err } }

func TestClusterAsksAnother(t *testing.T) {
	gone := status.Error(codes.Unavailable, "connection refused")
	a, b := &fakeAlpha{answer: says(gone)}, &fakeAlpha{answer: says(nil)}
	c := fakeCluster(a, b)
	for range 20 {
		if _, err := c.query(t.Context(), &api.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	if a.asked > 2 || b.asked != 20 {
		t.Errorf("one that does not answer was asked %d times, one that does %d times", a.asked, b.asked)
	}
}

func TestClusterAsksAnotherThanOneThatHangs(t *testing.T) {
	a := &fakeAlpha{answer: func(ctx context.Context) error { <-ctx.Done(); return status.FromContextError(ctx.Err()).Err() }}
	b := &fakeAlpha{answer: says(nil)}
	c := fakeCluster(a, b)
	c.attempt = c.patience + 10*time.Millisecond // all of it is spent on the one
	for range 20 {
		if _, err := c.query(t.Context(), &api.Request{}); err != nil {
			t.Fatal(err)
		}
	}
	if a.asked > 2 || b.asked != 20 {
		t.Errorf("one that hangs was asked %d times, one that does not %d times", a.asked, b.asked)
	}
}

func TestClusterGivesUp(t *testing.T) {
	for _, c := range []struct {
		name    string
		err     error
		again   bool
		mention string
	}{
		{"none answers", status.Error(codes.Unavailable, "connection refused"), true, "see that most of the alphas"},
		{"none has a leader", status.Error(codes.Unknown, "Please retry again, server is not ready to accept requests"), true, "not ready"},
		{"it is refused", status.Error(codes.InvalidArgument, "no such thing"), false, "no such thing"},
		{"it is wrong", status.Error(codes.Unknown, "line 1: syntax error"), false, "syntax error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := &fakeAlpha{answer: says(c.err)}, &fakeAlpha{answer: says(c.err)}
			_, err := fakeCluster(a, b).query(t.Context(), &api.Request{})
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.mention) {
				t.Errorf("%v", err)
			}
			if asked := a.asked + b.asked; (asked > 2) != c.again {
				t.Errorf("asked %d times", asked)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	hangs := &fakeAlpha{answer: func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return status.FromContextError(ctx.Err()).Err()
	}}
	if _, err := fakeCluster(hangs).query(ctx, &api.Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that does not wait: %v", err)
	}
}

func TestOpenWithoutCluster(t *testing.T) {
	l, err := net.Listen("tcp", "localhost:0") // a port at which nothing answers
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	at := Scheme + l.Addr().String()
	// The second gives up long before its patience is over.
	for _, o := range []Options{{Patience: 200 * time.Millisecond}, {}} {
		ctx, cancel := context.WithTimeout(t.Context(), firstPatience-time.Second)
		defer cancel()
		if _, err := Open(ctx, at, o); status.Code(err) != codes.Unavailable || !strings.Contains(err.Error(), at) || !strings.Contains(err.Error(), "can be reached at "+l.Addr().String()) {
			t.Errorf("%v", err)
		}
	}
}
