package graphtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"whence/graph"
)

func beside(t *testing.T, s graph.Store) {
	const documents, claims = 12, 5
	document := func(i int) *Document {
		var text strings.Builder
		for j := range claims {
			fmt.Fprintf(&text, "Item %d of %d is so. ", j, i)
		}
		d := NewDocument(fmt.Sprint("https://a.example/", i), text.String())
		for j := range claims {
			d.Claim(fmt.Sprintf("Item %d of %d is so", j, i), "")
		}
		return d
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				err := view(s, graph.At{}, func(r graph.Reader) error {
					d, err := dump(r)
					if err != nil {
						return err
					}
					if c, n := len(d.IDs[graph.TypeClaim]), len(d.IDs[graph.TypeDocument]); c != n*claims {
						t.Errorf("%d documents with %d claims are seen", n, c)
					}
					if len(d.Nodes) == 0 && len(d.Out) > 0 {
						t.Error("edges of no nodes are seen")
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range documents {
		commit(t, s, document(i).Change(nil, Day(1)))
		if i%4 == 3 {
			if _, err := s.Erase(t.Context(), document(i).ID(), "", "", Day(1)); err != nil {
				t.Error(err)
			}
		}
	}
	close(stop)
	wg.Wait()
}

func oneState(t *testing.T, s graph.Store) {
	a, b := press(), statement()
	commit(t, s, a.Change(nil, Day(1)))
	read(t, s, func(r graph.Reader) error {
		before, err := dump(r)
		if err != nil {
			return err
		}
		// A writer does not wait for readers.
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		c := b.Change(nil, Day(2))
		c.Ends = []graph.Label{a.Reading().Label}
		if _, err := s.Commit(ctx, c); err != nil {
			return err
		}
		after, err := dump(r)
		same(t, "the view's state after a commit", before, after)
		return err
	})
	if holds(t, s, a) || !holds(t, s, b) {
		t.Error("the next view does not see the commit")
	}
}

func waiting(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	read(t, s, func(r graph.Reader) error {
		// Only an erasure waits for readers, and no longer than it is allowed to.
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := s.Erase(ctx, a.ID(), "", "", Day(2)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an erasure beside a reader: %v", err)
		}
		_, err := dump(r)
		return err
	})
	if !holds(t, s, a) {
		t.Error("an erasure that was given up has erased")
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err != nil {
		t.Errorf("an erasure after the reader: %v", err)
	}
	gone := errors.New("gone")
	if err := view(s, graph.At{}, func(graph.Reader) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("the error of a view's function: %v", err)
	}
}

func ended(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	var kept graph.Reader
	read(t, s, func(r graph.Reader) error { kept = r; return nil })
	if _, err := kept.List(t.Context(), graph.TypeClaim, "", 0); err == nil {
		t.Error("a reader lists after its view")
	}
	if _, err := kept.Nodes(t.Context(), []graph.ID{a.ID()}); err == nil {
		t.Error("a reader reads nodes after its view")
	}
	if _, err := kept.Citing(t.Context(), []graph.Edge{{From: a.ID()}}); err == nil {
		t.Error("a reader reads words that cite after its view")
	}
	if _, err := kept.Text(t.Context(), graph.TextHash(a.Text())); err == nil {
		t.Error("a reader reads a text after its view")
	}
}

func closing(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := view(s, graph.At{}, func(graph.Reader) error { return nil }); err == nil {
		t.Error("a closed store is viewed")
	}
	if _, err := s.Commit(t.Context(), statement().Change(nil, Day(2))); err == nil {
		t.Error("a closed store is written")
	}
	if _, err := s.Ledger(t.Context(), 0); err == nil {
		t.Error("a closed store has a ledger")
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err == nil {
		t.Error("a closed store is erased from")
	}
	if _, err := s.Verify(t.Context()); err == nil {
		t.Error("a closed store is verified")
	}
}
