package graphtest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// ErrFault is what a [Faulty] backend fails with.
var ErrFault = errors.New("injected fault")

// A Faulty backend does what the one it wraps does, but one call fails.
type Faulty struct {
	store.Backend
	After int  // calls that succeed before the one that fails; below 0 none fails
	Fired bool // whether a call has failed
}

func (f *Faulty) call() error {
	f.After--
	if f.After == -1 {
		f.Fired = true
		return ErrFault
	}
	return nil
}

// Snapshot implements [store.Backend].
func (f *Faulty) Snapshot(ctx context.Context) (store.Snapshot, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	s, err := f.Backend.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return &faultySnapshot{s, f}, nil
}

// Apply implements [store.Backend].
func (f *Faulty) Apply(ctx context.Context, b store.Batch) error {
	if err := f.call(); err != nil {
		return err
	}
	return f.Backend.Apply(ctx, b)
}

type faultySnapshot struct {
	store.Snapshot
	faulty *Faulty
}

func (s *faultySnapshot) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if err := s.faulty.call(); err != nil {
		return nil, err
	}
	return s.Snapshot.Out(ctx, subjects, predicates)
}

func (s *faultySnapshot) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if err := s.faulty.call(); err != nil {
		return nil, err
	}
	return s.Snapshot.In(ctx, objects, predicates)
}

func (s *faultySnapshot) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	if err := s.faulty.call(); err != nil {
		return nil, err
	}
	return s.Snapshot.Label(ctx, label)
}

func (s *faultySnapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	if err := s.faulty.call(); err != nil {
		return nil, err
	}
	return s.Snapshot.Texts(ctx, hashes)
}

func (s *faultySnapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	if err := s.faulty.call(); err != nil {
		return err
	}
	return s.Snapshot.Entries(ctx, after, f)
}

// backendFaults lets every call to the backend fail in turn, in a commit, in
// reading all there is and in an erasure.
func backendFaults(t *testing.T, b store.Backend) {
	faulty := &Faulty{Backend: b, After: -1}
	s, err := store.New(faulty, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	authority, kendal := ministers("Kendal")
	a, d := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	before, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)

	change := d.Change(authority, Day(2))
	change.Decisions = []graph.Decision{correction(d.Reading().Claims[0], kendal, Day(2))}
	change.Links = []graph.Link{NewLink(a.Resolution(authority), d.Resolution(authority), d.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)}
	faults := 0
	for {
		faulty.After, faulty.Fired = faults, false
		_, err := s.Commit(t.Context(), change)
		faulty.After = -1
		if !faulty.Fired {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		faults++
		if !errors.Is(err, ErrFault) {
			t.Errorf("fault %d in a commit: %v", faults, err)
		}
		same(t, "what is read after a commit that failed", before, Read(t, s, graph.At{}))
		same(t, "the ledger after a commit that failed", ledger, ledgerOf(t, s))
		if err := textError(s, d); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("the text after a commit that failed: %v", err)
		}
	}
	if faults < 1 {
		t.Errorf("a commit makes %d calls", faults)
	}
	before, ledger = Read(t, s, graph.At{}), ledgerOf(t, s)

	for faults = 0; ; faults++ {
		faulty.After, faulty.Fired = faults, false
		err := view(s, graph.At{}, func(r graph.Reader) error { _, err := dump(r); return err })
		faulty.After = -1
		if !faulty.Fired {
			break
		}
		if !errors.Is(err, ErrFault) {
			t.Errorf("fault %d in reading: %v", faults, err)
		}
	}
	if faults < 10 {
		t.Errorf("reading all makes %d calls", faults)
	}

	for faults = 0; ; faults++ {
		faulty.After, faulty.Fired = faults, false
		_, err := s.Erase(t.Context(), d.ID(), "", "", Day(3))
		faulty.After = -1
		if !faulty.Fired {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		if !errors.Is(err, ErrFault) {
			t.Errorf("fault %d in an erasure: %v", faults, err)
		}
		same(t, "what is read after an erasure that failed", before, Read(t, s, graph.At{}))
		same(t, "the ledger after an erasure that failed", ledger, ledgerOf(t, s))
		if got := textOf(t, s, d); got != d.Text() {
			t.Errorf("the text after an erasure that failed: %q", got)
		}
	}
	if err := textError(s, d); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("the text after an erasure: %v", err)
	}
	again, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, held, err := text(t.Context(), b, graph.TextHash(d.Text())); held || err != nil {
		t.Errorf("the erased text is in the backend: %v, %v", held, err)
	}
	if holds(t, again, d) || !holds(t, again, a) {
		t.Error("the wrong document was erased")
	}
	if problems, err := again.Verify(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("problems %q, %v", problems, err)
	}
	faulty.After = 0
	if _, err := store.New(faulty, store.Options{}); !errors.Is(err, ErrFault) {
		t.Errorf("a store whose ledger cannot be read: %v", err)
	}
}

// backendDamage changes what a backend holds behind its store's back: Verify
// finds out.
func backendDamage(t *testing.T, open func(t *testing.T) store.Backend) {
	authority, _ := ministers("Kendal")
	a, d := press(), statement()
	reading := a.Reading().Label
	under := func(t *testing.T, b store.Backend, of graph.Label) []quad.Quad {
		quads, err := label(t.Context(), b, quad.IRI(of))
		if err != nil || len(quads) == 0 {
			t.Fatalf("%d quads under %s, %v", len(quads), of, err)
		}
		return quads
	}
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, b store.Backend)
		says   string
	}{
		{"nothing", func(*testing.T, store.Backend) {}, ""},
		{"a quad is lost", func(t *testing.T, b store.Backend) { apply(t, b, nil, under(t, b, reading)[:1]) }, "does not hold what was written under it"},
		{"a label is lost", func(t *testing.T, b store.Backend) { apply(t, b, nil, under(t, b, reading)) }, "does not hold what was written under it: 0 quads"},
		{"a quad is changed", func(t *testing.T, b store.Backend) {
			q := under(t, b, reading)[3]
			changed := q
			changed.Object = quad.String("changed")
			apply(t, b, []quad.Quad{changed}, []quad.Quad{q})
		}, "does not hold what was written under it"},
		{"a label is added", func(t *testing.T, b store.Backend) { apply(t, b, numbered(2, "alien"), nil) }, "not in the ledger"},
		{"a text is lost", func(t *testing.T, b store.Backend) {
			applyBatch(t, b, store.Batch{DropTexts: []string{graph.TextHash(a.Text())}})
		}, "not found"},
		{"a text is added", func(t *testing.T, b store.Backend) {
			applyBatch(t, b, store.Batch{Texts: []store.Text{{Hash: graph.TextHash("alien"), Text: "alien"}}})
		}, "no version names it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t)
			s, err := store.New(b, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			commit(t, s, a.Change(authority, Day(1)))
			commit(t, s, d.Change(authority, Day(2)))
			c.damage(t, b)
			problems, err := s.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if c.says == "" && len(problems) > 0 || c.says != "" && !anyContains(problems, c.says) {
				t.Errorf("problems %q, want one that says %q", problems, c.says)
			}
		})
	}
	t.Run("an entry of the log is lost", func(t *testing.T) {
		b := open(t)
		s, err := store.New(b, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range []*Document{a, d, ministry()} {
			commit(t, s, d.Change(authority, Day(i+1)))
		}
		for lost := int64(1); lost <= 3; lost++ {
			if _, err := store.New(forgetful{b, lost, nil}, store.Options{}); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("a store that has lost commit %d: %v", lost, err)
			}
			if _, err := store.New(forgetful{b, lost, []byte("other")}, store.Options{}); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("a store whose commit %d is changed: %v", lost, err)
			}
		}
	})
}

// A forgetful backend has lost an entry of its log, or has something else in its place.
type forgetful struct {
	store.Backend
	lost int64
	data []byte
}

func (b forgetful) Snapshot(ctx context.Context) (store.Snapshot, error) {
	s, err := b.Backend.Snapshot(ctx)
	return forgetfulSnapshot{s, b}, err
}

type forgetfulSnapshot struct {
	store.Snapshot
	backend forgetful
}

func (s forgetfulSnapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	return s.Snapshot.Entries(ctx, after, func(e store.Entry) error {
		if e.Number == s.backend.lost {
			if s.backend.data == nil {
				return nil
			}
			e.Data = s.backend.data
		}
		return f(e)
	})
}

// wrongContent commits what contradicts itself in ways that only Verify looks for.
func wrongContent(t *testing.T, open func(t *testing.T) graph.Store) {
	for _, c := range []struct {
		name   string
		change func() graph.Change
		says   string
	}{
		{"words that do not stand at their span", func() graph.Change {
			c := statement().Change(nil, Day(1))
			c.Readings[0].Claims[0].Content[0].Exact = "Coaches lengthen waiting lists"
			return c
		}, "does not stand at"},
		{"a claim of another document", func() graph.Change {
			c := statement().Change(nil, Day(1))
			c.Readings[0].Claims[0].Document = "https://elsewhere.example/"
			return c
		}, "its document https://elsewhere.example/ is not held"},
		{"an edge to nothing", func() graph.Change {
			c := statement().Change(nil, Day(1))
			c.Readings[0].Claims[0].SaidIn = "urn:whence:source:none"
			return c
		}, "urn:whence:source:none: the last is not held"},
		{"an edge from nothing", func() graph.Change {
			c := statement().Change(nil, Day(1))
			c.Resolutions[0].Resolved[0].Subject = "urn:whence:claim:none"
			return c
		}, "the first is not held"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t)
			defer s.Close()
			commit(t, s, c.change())
			problems, err := s.Verify(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !anyContains(problems, c.says) {
				t.Errorf("problems %s, want one that says %q", fmt.Sprintf("%q", problems), c.says)
			}
		})
	}
}
