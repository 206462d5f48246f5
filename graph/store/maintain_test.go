package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/store"
)

// A knowing backend checks and measures itself.
type knowing struct {
	store.Backend
	problems []string
	err      error
}

func (k knowing) Check(context.Context) ([]string, error) { return slices.Clone(k.problems), k.err }

func (k knowing) Sizes(context.Context) (store.Sizes, error) {
	return store.Sizes{Backend: "knowing", Parts: []store.Part{{Name: "texts", Bytes: 2}, {Name: "quads", Bytes: 1}}}, k.err
}

func open(t *testing.T, b store.Backend) graph.Store {
	t.Helper()
	s, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func commit(t *testing.T, s graph.Store, c graph.Change) {
	t.Helper()
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func TestVerify_AsksTheBackend(t *testing.T) {
	b := knowing{Backend: cayleystore.MemoryBackend(), problems: []string{"the index of objects lacks a quad: make it anew", "a"}}
	problems, err := open(t, b).Verify(t.Context())
	if err != nil || !slices.Equal(problems, []string{"a", b.problems[0]}) {
		t.Errorf("%q, %v", problems, err)
	}
	b.err = errors.New("disk on fire")
	if _, err := open(t, b).Verify(t.Context()); !errors.Is(err, b.err) {
		t.Error(err)
	}
}

func TestVerify_NamesTheThingAndWhatToDo(t *testing.T) {
	d := graphtest.NewDocument("https://a.example/", "Ruth Kendal said coaches cut waiting lists.")
	d.Claim("coaches cut waiting lists", "Ruth Kendal")
	label := d.Reading().Label
	for _, c := range []struct {
		name   string
		damage func(t *testing.T, b store.Backend, held []quad.Quad) store.Batch
		says   []string
	}{
		{"a quad is lost", func(_ *testing.T, _ store.Backend, held []quad.Quad) store.Batch {
			return store.Batch{Remove: held[:1]}
		}, []string{string(label), "were written", "restore a backup"}},
		{"quads of nobody", func(*testing.T, store.Backend, []quad.Quad) store.Batch {
			return store.Batch{Add: []quad.Quad{{Subject: quad.IRI("urn:x:s"), Predicate: quad.IRI("urn:x:p"), Object: quad.String("o"), Label: quad.IRI("urn:x:nobody")}}}
		}, []string{"urn:x:nobody is in the graph", "a backup leaves it out"}},
		{"a text of nobody", func(*testing.T, store.Backend, []quad.Quad) store.Batch {
			return store.Batch{Texts: []store.Text{{Hash: graph.TextHash("stray"), Text: "stray"}}}
		}, []string{graph.TextHash("stray"), "no version names it", "a backup leaves it out"}},
		{"a text that is gone", func(*testing.T, store.Backend, []quad.Quad) store.Batch {
			return store.Batch{DropTexts: []string{graph.TextHash(d.Text())}}
		}, []string{string(label), graph.TextHash(d.Text()), "restore a backup"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := cayleystore.MemoryBackend()
			s := open(t, b)
			commit(t, s, d.Change(nil, graphtest.Day(1)))
			snap, err := b.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			held, err := snap.Label(t.Context(), quad.IRI(label))
			if err := errors.Join(err, snap.Close()); err != nil || len(held) == 0 {
				t.Fatal(held, err)
			}
			if err := b.Apply(t.Context(), c.damage(t, b, held)); err != nil {
				t.Fatal(err)
			}
			problems, err := s.Verify(t.Context())
			if err != nil || len(problems) == 0 {
				t.Fatalf("%q, %v", problems, err)
			}
			for _, want := range c.says {
				if !strings.Contains(strings.Join(problems, "\n"), want) {
					t.Errorf("%q do not say %q", problems, want)
				}
			}
		})
	}
}

// A text that was changed where it is kept is found by its hash.
func TestVerify_FindsAChangedText(t *testing.T) {
	b := &lying{Backend: cayleystore.MemoryBackend()}
	s := open(t, b)
	d := graphtest.NewDocument("https://a.example/", "Ruth Kendal said coaches cut waiting lists.")
	d.Claim("coaches cut waiting lists", "Ruth Kendal")
	commit(t, s, d.Change(nil, graphtest.Day(1)))
	b.lies = true
	problems, err := s.Verify(t.Context())
	if err != nil || len(problems) == 0 || !strings.Contains(problems[0], "does not read back") {
		t.Errorf("%q, %v", problems, err)
	}
	m, err := store.Maintain(s)
	if err != nil {
		t.Fatal(err)
	}
	err = m.Freeze(t.Context(), func(f *store.Frozen) error {
		return f.EachText(t.Context(), []string{graph.TextHash(d.Text())}, func(store.Text) error { return nil })
	})
	if !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("a backup of it: %v", err)
	}
}

// A lying backend gives other texts than it was given.
type lying struct {
	store.Backend
	lies bool
}

type lyingSnapshot struct{ store.Snapshot }

func (l *lying) Snapshot(ctx context.Context) (store.Snapshot, error) {
	s, err := l.Backend.Snapshot(ctx)
	if err != nil || !l.lies {
		return s, err
	}
	return lyingSnapshot{s}, nil
}

func (l lyingSnapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	texts, err := l.Snapshot.Texts(ctx, hashes)
	for h := range texts {
		texts[h] = strings.ReplaceAll(texts[h], "waiting", "waking ")
	}
	return texts, err
}

func TestStats(t *testing.T) {
	s := open(t, knowing{Backend: cayleystore.MemoryBackend()})
	m, err := store.Maintain(s)
	if err != nil {
		t.Fatal(err)
	}
	authority := graphtest.NewAuthority(graph.Agent{ID: graph.AuthorityAgentID("kendal"), Type: graph.Person, Name: "Ruth Kendal", Identified: true})
	var said []graph.ID
	var docs []*graphtest.Document
	for i := range 3 {
		d := graphtest.NewDocument(fmt.Sprintf("https://a.example/%d", i), "Ruth Kendal said 12 coaches cut waiting lists.")
		claim := d.Claim("12 coaches cut waiting lists", "Ruth Kendal")
		d.Figure(claim, "12", 12, "")
		said, docs = append(said, claim), append(docs, d)
		commit(t, s, d.Change(authority, graphtest.Day(i+1)))
	}
	commit(t, s, graph.Change{Time: graphtest.Day(4), Links: []graph.Link{
		graphtest.NewLink(docs[0].Resolution(authority), docs[1].Resolution(authority), said[1], graph.Matches, said[0], 900),
	}})
	commit(t, s, graph.Change{Time: graphtest.Day(5), Ends: []graph.Label{docs[2].Reading().Label, docs[2].Resolution(authority).Label}})
	st, err := m.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := store.Stats{
		Commits: 5, Written: graphtest.Day(5), Documents: 2, Versions: 2, Readings: 2,
		Links: map[graph.Predicate]int{graph.Matches: 1}, Texts: 1, TextBytes: int64(len(docs[0].Text())),
		Live:       map[graph.Layer]int{graph.LayerAuthority: 1, graph.LayerReading: 2, graph.LayerResolution: 2, graph.LayerLink: 1},
		Ended:      map[graph.Layer]int{graph.LayerReading: 1, graph.LayerResolution: 1},
		Extractors: map[string]int{docs[0].Reading().Extractor: 2},
		Sizes:      &store.Sizes{Backend: "knowing", Parts: []store.Part{{Name: "quads", Bytes: 1}, {Name: "texts", Bytes: 2}}},
	}
	if diff := cmp.Diff(want, st, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(store.Stats{}, "Nodes", "Quads", "Resolutions", "Matchers", "Speakers")); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if st.Nodes[graph.TypeClaim] != 2 || st.Nodes[graph.TypeStatistic] != 2 || st.Nodes[graph.TypeDocument] != 2 || len(st.Resolutions) != 2 || st.Speakers != 1 {
		t.Errorf("%+v", st)
	}
	// What Cayley's own store holds, counted one by one.
	var all int64
	if err := m.Freeze(t.Context(), func(f *store.Frozen) error {
		return f.Quads(t.Context(), func(quad.Quad) error { all++; return nil })
	}); err != nil || all != st.Quads || all == 0 {
		t.Errorf("%d quads, %d are counted, %v", all, st.Quads, err)
	}
}
