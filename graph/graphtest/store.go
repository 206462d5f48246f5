package graphtest

import (
	"context"
	"errors"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"whence/graph"
)

// Run checks that a store does what [graph.Store] says. open returns an empty
// one; Run closes it when its test ends, after verifying it.
func Run(t *testing.T, open func(t *testing.T) graph.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s graph.Store)
	}{
		{"is empty at first", empty},
		{"gives back what was committed", roundTrip},
		{"writes nothing twice", idempotent},
		{"reads in the order promised", order},
		{"reads edges by kind", kinds},
		{"reads the words that cite", citing},
		{"reads many as it reads one", batches},
		{"lists in pages", pages},
		{"refuses a change that contradicts itself", refusals},
		{"commits nothing when cancelled", cancelled},
		{"refuses a change that others have overtaken", stale},
		{"ends and revives labels", endings},
		{"follows the authority file", authorities},
		{"keeps two versions of a document", versions},
		{"keeps the same words in two documents apart", sameWords},
		{"links documents while both are seen", links},
		{"answers as it was known", knownBy},
		{"shows exactly the labels that are asked for", only},
		{"never lets commit time run back", clock},
		{"keeps decisions", decisions},
		{"gives back the content of labels", contents},
		{"erases", erasure},
		{"erases one of two documents with the same text", erasureOfACopy},
		{"lets readers read beside a writer", beside},
		{"shows a view one state", oneState},
		{"does not wait for what is cancelled", waiting},
		{"ends readers with their view", ended},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, sound(t, open)) })
	}
	t.Run("is closed once and for all", func(t *testing.T) { closing(t, open(t)) })
	t.Run("verifies", func(t *testing.T) { wrongContent(t, open) })
	t.Run("agrees with a plain model", func(t *testing.T) { model(t, open) })
}

// sound opens a store, and verifies and closes it when the test ends.
func sound(t *testing.T, open func(t *testing.T) graph.Store) graph.Store {
	s := open(t)
	t.Cleanup(func() {
		if problems, err := s.Verify(context.Background()); err != nil || len(problems) > 0 {
			t.Errorf("after the test: %v\n%s", err, strings.Join(problems, "\n"))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// RunPersistent checks that a store is found again as it was left. open opens
// the store that is kept at a place, and makes it when there is none.
func RunPersistent(t *testing.T, open func(t *testing.T, place string) graph.Store) {
	place := t.TempDir() + "/store"
	authority, kendall := ministers("Ruth Kendal")
	s := open(t, place)
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	claim := a.Reading().Claims[0]
	commit(t, s, graph.Change{Time: Day(3), Decisions: []graph.Decision{correction(claim, kendall, Day(3))}})
	if _, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(4)); err != nil {
		t.Fatal(err)
	}
	want, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, place)
		same(t, "what is read", want, Read(t, s, graph.At{}))
		same(t, "the ledger", ledger, ledgerOf(t, s))
		if got := textOf(t, s, a); got != a.Text() {
			t.Errorf("text %q", got)
		}
		if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
			t.Errorf("the erased text: %v", err)
		}
		if c := commit(t, s, a.Change(authority, Day(5))); c.Number != 0 {
			t.Errorf("the same document again is commit %d", c.Number)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Errorf("problems %q, %v", problems, err)
		}
	}
	if c := commit(t, s, ministry().Change(authority, Day(1))); c.Number != int64(len(ledger)+1) || c.Time.Before(Day(4)) {
		t.Errorf("commit after reopening: number %d at %v", c.Number, c.Time)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func commit(t testing.TB, s graph.Store, c graph.Change) graph.Commit {
	t.Helper()
	got, err := s.Commit(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func read(t testing.TB, s graph.Store, f func(graph.Reader) error) {
	t.Helper()
	if err := view(s, graph.At{}, f); err != nil {
		t.Fatal(err)
	}
}

func ledgerOf(t testing.TB, s graph.Store) []graph.Commit {
	t.Helper()
	l, err := s.Ledger(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	last, err := s.Last(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if last.Number != int64(len(l)) || len(l) > 0 && !last.Time.Equal(l[len(l)-1].Time) {
		t.Errorf("the last commit is %d at %v, the ledger has %d", last.Number, last.Time, len(l))
	}
	return l
}

// holds reports whether a document is seen with its version and all its claims;
// seeing a part of it is an error.
func holds(t testing.TB, s graph.Store, d *Document) bool {
	t.Helper()
	ids := []graph.ID{d.ID(), d.Version()}
	for _, c := range d.Reading().Claims {
		ids = append(ids, c.ID)
	}
	var n int
	read(t, s, func(r graph.Reader) error {
		nodes, err := r.Nodes(context.Background(), ids)
		n = len(nodes)
		return err
	})
	if n != 0 && n != len(ids) {
		t.Errorf("%d of the %d nodes of %s are seen", n, len(ids), d.ID())
	}
	return n > 0
}

func textOf(t testing.TB, s graph.Store, d *Document) (text string) {
	t.Helper()
	read(t, s, func(r graph.Reader) (err error) {
		text, err = r.Text(context.Background(), graph.TextHash(d.Text()))
		return err
	})
	return text
}

func textError(s graph.Store, d *Document) error {
	return view(s, graph.At{}, func(r graph.Reader) error {
		_, err := r.Text(context.Background(), graph.TextHash(d.Text()))
		return err
	})
}

func same(t testing.TB, what string, want, got any, opts ...gocmp.Option) {
	t.Helper()
	if diff := gocmp.Diff(want, got, append(opts, cmpopts.EquateEmpty())...); diff != "" {
		t.Errorf("%s: want -, got +\n%s", what, diff)
	}
}
