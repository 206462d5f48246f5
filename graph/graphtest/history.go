package graphtest

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// A History is what a store goes through, always the same for the same length. It is for tests that
// break a store off somewhere and look at what is left. Every step is one commit: documents
// of a few words and of many, revisions, links, decisions, retractions and erasures.
type History struct {
	steps []step
	after []holding // after[n] is what is held after n steps; see Observe
}

// A step makes one commit.
type step func(ctx context.Context, s graph.Store) (graph.Commit, error)

// NewHistory returns a history of n steps.
func NewHistory(n int) *History { return &History{steps: steps(n)} }

// Observe notes what is held after each step, by going through it on an empty backend, which it closes.
func (h *History) Observe(t testing.TB, b store.Backend) {
	t.Helper()
	s, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	note := func(int) {
		held, err := holdingOf(context.Background(), b)
		if err != nil {
			t.Fatal(err)
		}
		h.after = append(h.after, held)
	}
	note(0)
	if err := h.Play(context.Background(), s, note); err != nil {
		t.Fatal(err)
	}
}

// Len returns how many steps there are.
func (h *History) Len() int { return len(h.steps) }

// Play goes on from the last commit that a store has to the end, and calls
// acknowledged with the number of each step, counted from 1, when its commit has returned.
func (h *History) Play(ctx context.Context, s graph.Store, acknowledged func(n int)) error {
	last, err := s.Last(ctx)
	if err != nil {
		return err
	}
	for i := int(last.Number); i < len(h.steps); i++ {
		c, err := h.steps[i](ctx, s)
		if err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		if c.Number != int64(i+1) {
			return fmt.Errorf("step %d is commit %d", i+1, c.Number)
		}
		acknowledged(i + 1)
	}
	return nil
}

// Check returns after how many steps a backend that is opened anew holds what it holds: at least
// those that were acknowledged, and at most those that were begun. It is an error when that
// is not exactly what is held after some number of steps, or when the store is not sound. Observe comes before it.
func (h *History) Check(ctx context.Context, b store.Backend, acknowledged, begun int) (n int, err error) {
	if err := with(ctx, b, func(s store.Snapshot) error { n = int(s.Head()); return nil }); err != nil {
		return 0, err
	}
	if n < acknowledged || n > begun || n > len(h.steps) {
		return n, fmt.Errorf("the log has %d entries; %d commits were acknowledged, %d begun", n, acknowledged, begun)
	}
	if err := h.Same(ctx, b, n); err != nil {
		return n, err
	}
	s, err := store.New(b, store.Options{}) // not closed: the caller closes b
	if err != nil {
		return n, err
	}
	problems, err := s.Verify(ctx)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("verify after %d commits: %s", n, strings.Join(problems, "; "))
	}
	return n, err
}

// Same returns an error when a backend does not hold exactly what is held after n steps,
// read in every way that there is.
func (h *History) Same(ctx context.Context, b store.Backend, n int) error {
	held, err := holdingOf(ctx, b)
	if err != nil {
		return err
	}
	if diff := held.diff(h.after[n]); diff != "" {
		return fmt.Errorf("this is not what is held after %d commits: %s", n, diff)
	}
	return nil
}

// A holding is all that a backend holds.
type holding struct {
	quads   quadCounts
	texts   map[string]string // by hash
	entries []string          // in hex
}

// quadCounts says how often each quad is there: once, unless something is wrong.
type quadCounts map[quad.Quad]int

func holdingOf(ctx context.Context, b store.Backend) (h holding, err error) {
	h.quads = quadCounts{}
	err = with(ctx, b, func(s store.Snapshot) error {
		if err := s.Each(ctx, func(q quad.Quad) error { h.quads[q]++; return nil }); err != nil {
			return err
		}
		if err := h.agrees(ctx, s); err != nil {
			return err
		}
		var hashes []string
		if err := s.EachHash(ctx, func(hash string) error { hashes = append(hashes, hash); return nil }); err != nil {
			return err
		}
		if h.texts, err = s.Texts(ctx, hashes); err == nil && len(h.texts) != len(hashes) {
			err = fmt.Errorf("%d of %d texts are found", len(h.texts), len(hashes))
		}
		if err != nil {
			return err
		}
		err = s.Entries(ctx, 0, func(e store.Entry) error {
			h.entries = append(h.entries, hex.EncodeToString(e.Data))
			if e.Number != int64(len(h.entries)) {
				return fmt.Errorf("entry %d has number %d", len(h.entries), e.Number)
			}
			return nil
		})
		if err == nil && s.Head() != int64(len(h.entries)) {
			err = fmt.Errorf("the log has %d entries, its head is %d", len(h.entries), s.Head())
		}
		return err
	})
	return h, err
}

// agrees checks that reading by subject, by object and by label finds the very same quads.
func (h holding) agrees(ctx context.Context, s store.Snapshot) error {
	nodes := func(d quad.Direction) []quad.Value {
		set := map[quad.Value]bool{}
		for q := range h.quads {
			set[q.Get(d)] = true
		}
		return slices.Collect(maps.Keys(set))
	}
	for _, way := range []struct {
		name string
		read func() ([]quad.Quad, error)
	}{
		{"by subject", func() ([]quad.Quad, error) { return s.Out(ctx, nodes(quad.Subject), nil) }},
		{"by object", func() ([]quad.Quad, error) { return s.In(ctx, nodes(quad.Object), nil) }},
		{"by label", func() (quads []quad.Quad, err error) {
			for _, label := range nodes(quad.Label) {
				iri, _ := label.(quad.IRI)
				some, err := s.Label(ctx, iri)
				if err != nil {
					return nil, err
				}
				quads = append(quads, some...)
			}
			return quads, nil
		}},
	} {
		quads, err := way.read()
		if err != nil {
			return fmt.Errorf("reading %s: %w", way.name, err)
		}
		found := quadCounts{}
		for _, q := range quads {
			found[q]++
		}
		if diff := found.diff(h.quads); diff != "" {
			return fmt.Errorf("reading %s finds other quads than reading all: %s", way.name, diff)
		}
	}
	return nil
}

// diff says in what h differs from what it should be; "" when it does not.
func (h holding) diff(want holding) string {
	var out []string
	if d := h.quads.diff(want.quads); d != "" {
		out = append(out, d)
	}
	if !maps.Equal(h.texts, want.texts) {
		out = append(out, fmt.Sprintf("%d texts, want %d", len(h.texts), len(want.texts)))
	}
	if !slices.Equal(h.entries, want.entries) {
		out = append(out, fmt.Sprintf("%d entries, want %d", len(h.entries), len(want.entries)))
	}
	return strings.Join(out, "; ")
}

// diff says which quads are too few and too many, and shows one of each; "" for none.
func (c quadCounts) diff(want quadCounts) string {
	if maps.Equal(c, want) {
		return ""
	}
	more := func(a, b quadCounts) string {
		n, example := 0, ""
		for q, count := range a {
			if count > b[q] {
				n, example = n+1, q.NQuad()
			}
		}
		return fmt.Sprintf("%d (%.200s)", n, example)
	}
	return fmt.Sprintf("%s quads are missing, %s are too many", more(want, c), more(c, want))
}

// steps returns the steps of a history: what one does depends on its number and on those before.
func steps(n int) []step {
	b := &historian{rnd: rand.New(rand.NewPCG(1, 2)), linked: map[graph.Label]bool{}} //nolint:gosec // always the same
	b.authority, b.kendal = ministers("Kendal")
	for len(b.steps) < n {
		b.next()
	}
	return b.steps
}

// A historian makes up a history.
type historian struct {
	rnd        *rand.Rand
	authority  *graph.Authority
	kendal     graph.ID
	held, live []*Document // that were not erased; that readers see
	linked     map[graph.Label]bool
	steps      []step
}

func (h *historian) next() {
	number := len(h.steps) + 1
	kind := h.rnd.IntN(10)
	if len(h.live) < 3 {
		kind = 0
	}
	switch kind {
	case 5: // a revision takes the place of what was read before
		old := h.pick(h.live)
		d := NewDocument(string(old.ID()), fmt.Sprintf("Kendal said that version %d is better.", number))
		d.Claim(fmt.Sprintf("version %d is better", number), "Kendal")
		h.live = without(h.live, old)
		h.load(d, old.Reading().Label, old.Resolution(h.authority).Label)
	case 6:
		x, y := h.pick(h.live), h.pick(h.live)
		a, b := x.Resolution(h.authority), y.Resolution(h.authority)
		link := NewLink(a, b, x.Reading().Claims[0].ID, graph.Matches, y.Reading().Claims[0].ID, 930)
		if x != y && !h.linked[link.Label] {
			h.linked[link.Label] = true
			h.change(graph.Change{Links: []graph.Link{link}})
		}
	case 7:
		d := correction(h.pick(h.live).Reading().Claims[0], h.kendal, Day(1))
		d.Reason = fmt.Sprint("heard it, ", number)
		d.ID = graph.NewDecisionID(d)
		h.change(graph.Change{By: "reviewer", Decisions: []graph.Decision{d}})
	case 8: // retracted
		d := h.pick(h.live)
		h.live = without(h.live, d)
		h.change(graph.Change{By: "editor", Reason: "withdrawn", Ends: []graph.Label{d.Reading().Label, d.Resolution(h.authority).Label}})
	case 9:
		d, at := h.pick(h.held), h.now()
		h.held, h.live = without(h.held, d), without(h.live, d)
		h.steps = append(h.steps, func(ctx context.Context, s graph.Store) (graph.Commit, error) {
			return s.Erase(ctx, d.ID(), "clerk", "asked to", at)
		})
	default:
		claims := 1 + h.rnd.IntN(6)
		if kind == 4 {
			claims = 25
		}
		h.load(Long(fmt.Sprint("https://history.example/", number), claims))
	}
}

func (h *historian) load(d *Document, ends ...graph.Label) {
	h.held, h.live = append(h.held, d), append(h.live, d)
	c := d.Change(h.authority, h.now())
	c.Ends = ends
	h.change(c)
}

func (h *historian) change(c graph.Change) {
	c.Time = h.now()
	h.steps = append(h.steps, func(ctx context.Context, s graph.Store) (graph.Commit, error) { return s.Commit(ctx, c) })
}

func (h *historian) now() time.Time { return Day(1).Add(time.Duration(len(h.steps)) * time.Hour) }

func (h *historian) pick(list []*Document) *Document { return list[h.rnd.IntN(len(list))] }

// without returns a list without the versions of a document.
func without(list []*Document, d *Document) []*Document {
	return slices.DeleteFunc(slices.Clone(list), func(x *Document) bool { return x.ID() == d.ID() })
}
