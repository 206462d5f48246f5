package pgquads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph/store"
)

// A wire stands between a store and the server, and cuts what it is told to.
type wire struct {
	listener net.Listener
	server   string
	cut      atomic.Value // a func(conn, sent []byte) (forward, cut bool)
	mu       sync.Mutex
	conns    []net.Conn
}

// newWire returns a wire to the server of an address, and the address through it.
func newWire(t *testing.T, u *url.URL) (*wire, *url.URL) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: listener, server: u.Host}
	w.onSend(func([]byte) (bool, bool) { return true, false })
	t.Cleanup(func() { _ = listener.Close(); w.cutAll() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go w.carry(client)
		}
	}()
	through := *u
	through.Host = listener.Addr().String()
	q := through.Query()
	q.Set("sslmode", "disable") // what is sent is looked at
	through.RawQuery = q.Encode()
	return w, &through
}

// onSend sets what is asked of everything that is sent to the server: whether it goes on, and whether the connection is cut then.
func (w *wire) onSend(f func(sent []byte) (forward, cut bool)) { w.cut.Store(f) }

func (w *wire) cutAll() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		_ = c.Close()
	}
	w.conns = nil
}

func (w *wire) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	defer server.Close()
	w.mu.Lock()
	w.conns = append(w.conns, client, server)
	w.mu.Unlock()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	b := make([]byte, 1<<16)
	for {
		n, err := client.Read(b)
		if err != nil {
			return
		}
		forward, cut := w.cut.Load().(func([]byte) (bool, bool))(b[:n])
		if cut {
			_ = client.Close() // the answer does not come through
		}
		if forward {
			if _, err := server.Write(b[:n]); err != nil {
				return
			}
		}
		if cut {
			time.Sleep(50 * time.Millisecond) // the server reads it before it sees the end
			return
		}
	}
}

// TestCommitWithoutAnswer cuts the connection around a COMMIT.
func TestCommitWithoutAnswer(t *testing.T) {
	for _, c := range []struct {
		name        string
		forward     bool // whether the server gets the first COMMIT
		between     bool // whether somebody else writes the same entry before the second
		gone        bool // whether the server is not there again
		is          error
		says        string
		held        bool
		without     bool // an entry
		wantEntries int64
	}{
		{name: "it was done", forward: true, held: true, wantEntries: 1},
		{name: "it was not done", held: true, wantEntries: 1},
		{name: "it was not done, and somebody else was first", between: true, is: store.ErrBehind, wantEntries: 1},
		{name: "it was done, and there is no entry", forward: true, without: true, held: true},
		{name: "it was done, and the server is gone", forward: true, gone: true, says: "is not known", held: true, wantEntries: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := schema(t)
			w, through := newWire(t, u)
			s, err := Open(t.Context(), through.String(), Options{Patience: 2 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			other := open(t, u)
			var commits atomic.Int32
			written := make(chan struct{}) // closed when the other has written, if it does
			w.onSend(func(sent []byte) (bool, bool) {
				switch {
				case commits.Load() > 0: // the second time
					<-written
					return true, false
				case !bytes.Contains(sent, []byte("COMMIT\x00")):
					return true, false
				}
				commits.Add(1)
				go func() {
					defer close(written)
					if !c.between {
						return
					}
					err := other.Apply(context.Background(), store.Batch{Add: document(2), Entry: &store.Entry{Number: 1, Data: []byte("one")}})
					if err != nil {
						t.Error(err)
					}
				}()
				if c.gone {
					_ = w.listener.Close()
				}
				return c.forward, true
			})
			// That of the other, with the same number and data, must not be taken for it.
			b := store.Batch{Add: document(1), Entry: &store.Entry{Number: 1, Data: []byte("one")}}
			if c.without {
				b.Entry = nil
			}
			err = s.Apply(t.Context(), b)
			if commits.Load() == 0 {
				t.Error("no COMMIT was seen")
			}
			switch {
			case c.says != "":
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("error %v, want one that says %q", err, c.says)
				}
			case !errors.Is(err, c.is):
				t.Errorf("error %v, want %v", err, c.is)
			}
			snap := snapshotOf(t, other)
			got, err := snap.Label(t.Context(), iri("label/1"))
			if err != nil {
				t.Fatal(err)
			}
			want := document(1)
			if !c.held {
				want = nil
			}
			sameQuads(t, want, got)
			if snap.Head() != c.wantEntries {
				t.Errorf("%d entries, want %d", snap.Head(), c.wantEntries)
			}
			checkRefs(t, u)
		})
	}
}

// TestSnapshotGoesOn loses the connection of a snapshot.
func TestSnapshotGoesOn(t *testing.T) {
	u := schema(t)
	w, through := newWire(t, u)
	s, other := open(t, through), open(t, u)
	apply(t, other, store.Batch{Add: document(1), Entry: &store.Entry{Number: 1}})
	snap := snapshotOf(t, s)
	for range 3 {
		w.cutAll()
		sameQuads(t, document(1), allOf(t, snap))
	}
	apply(t, other, store.Batch{Add: document(2), Entry: &store.Entry{Number: 2}})
	sameQuads(t, document(1), allOf(t, snap)) // it still has its connection
	w.cutAll()
	if _, err := snap.Label(t.Context(), iri("label/1")); !errors.Is(err, store.ErrBehind) {
		t.Errorf("a snapshot that cannot be had again: %v", err)
	}
	_ = w.listener.Close()
	w.cutAll()
	s.patience = 100 * time.Millisecond
	if _, err := s.Snapshot(t.Context()); err == nil || !strings.Contains(err.Error(), "no connection to PostgreSQL at 127.0.0.1") {
		t.Errorf("a snapshot without a server: %v", err)
	}
}

// TestConnectionsEnd ends connections at random moments while two stores load and others read.
func TestConnectionsEnd(t *testing.T) {
	u := database(t)
	conn := connect(t, u)
	disturbed := 0
	loadBeside(t, u, 120, func(ctx context.Context) {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
			var n int
			err := conn.QueryRow(ctx, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.7`).Scan(&n)
			if err != nil && ctx.Err() == nil {
				t.Error(err)
				return
			}
			disturbed += n
		}
	})
	if disturbed < 10 {
		t.Errorf("%d connections were ended", disturbed)
	}
	t.Logf("%d connections were ended", disturbed)
}

// TestServerRestarts restarts the server in the middle of a load.
func TestServerRestarts(t *testing.T) {
	command := os.Getenv("WHENCE_POSTGRES_RESTART")
	server(t)
	if command == "" {
		t.Skip("NOT TESTED: set WHENCE_POSTGRES_RESTART to a command that restarts the server of WHENCE_POSTGRES and waits for it, or run .ci/postgres")
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	restarts := 0
	loadBeside(t, database(t), 150, func(ctx context.Context) {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(300+rand.IntN(700)) * time.Millisecond)
			if ctx.Err() != nil {
				return
			}
			if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
				t.Errorf("%s: %v: %s", command, err, out)
				return
			}
			restarts++
		}
	})
	if restarts == 0 {
		t.Error("the load was over before the server was restarted")
	}
	t.Logf("%d restarts", restarts)
}

// loadBeside loads documents through two stores while something disturbs them, and checks that every one
// that was acknowledged is there, once and whole, and that no read saw a part of one.
func loadBeside(t *testing.T, u *url.URL, documents int, disturb func(context.Context)) {
	t.Helper()
	stores := []*Store{open(t, u), open(t, u)}
	whole := len(document(0))
	ctx, cancel := context.WithCancel(t.Context())
	var disturbing, reading, loading sync.WaitGroup
	disturbing.Go(func() { disturb(ctx) })
	var last atomic.Int64
	for _, s := range stores {
		reading.Go(func() {
			for ctx.Err() == nil {
				err := func() (err error) {
					snap, err := s.Snapshot(ctx)
					if err != nil {
						return err
					}
					defer func() { err = errors.Join(err, snap.Close()) }()
					for range 5 {
						got, err := snap.Label(ctx, iri("label/%d", rand.Int64N(last.Load()+2)))
						if err != nil {
							return err
						}
						if len(got) != 0 && len(got) != whole {
							return fmt.Errorf("%d of %d quads are seen", len(got), whole)
						}
					}
					return nil
				}()
				// A snapshot whose connection was lost may not be had again.
				if err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrBehind) {
					t.Error(err)
					return
				}
			}
		})
	}
	for i, s := range stores {
		loading.Go(func() {
			for n := i; n < documents; n += len(stores) {
				if err := load(ctx, s, n); err != nil {
					t.Errorf("document %d: %v", n, err)
					return
				}
				last.Store(int64(n))
			}
		})
	}
	loading.Wait()
	cancel()
	disturbing.Wait()
	reading.Wait()

	snap := snapshotOf(t, open(t, u))
	times := map[string]int{}
	if err := snap.Entries(t.Context(), 0, func(e store.Entry) error { times[string(e.Data)]++; return nil }); err != nil {
		t.Fatal(err)
	}
	var want []quad.Quad
	for n := range documents {
		want = append(want, document(n)...)
		if got := times[fmt.Sprint(n)]; got != 1 {
			t.Errorf("document %d has %d entries", n, got)
		}
	}
	if snap.Head() != int64(documents) {
		t.Errorf("%d entries for %d documents", snap.Head(), documents)
	}
	sameQuads(t, want, allOf(t, snap))
	checkRefs(t, u)
}

// load applies a document under the next number of the log, whichever that is by then.
func load(ctx context.Context, s *Store, n int) error {
	for {
		snap, err := s.Snapshot(ctx)
		if err != nil {
			return err
		}
		next := snap.Head() + 1
		if err := snap.Close(); err != nil {
			return err
		}
		err = s.Apply(ctx, store.Batch{Add: document(n), Entry: &store.Entry{Number: next, Data: fmt.Append(nil, n)}})
		if !errors.Is(err, store.ErrBehind) {
			return err
		}
	}
}
