package graphtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cayleygraph/quad"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
)

// RunBackend checks that a backend does what [store.Backend] says. open returns
// an empty one, and closes it when the test ends.
func RunBackend(t *testing.T, open func(t *testing.T) store.Backend) {
	t.Run("reads by subject, object and label", func(t *testing.T) { backendReads(t, open(t)) })
	t.Run("keeps values as they are", func(t *testing.T) { backendValues(t, open(t)) })
	t.Run("adds and removes nothing twice", func(t *testing.T) { backendIdempotent(t, open(t)) })
	t.Run("adds and removes in one step", func(t *testing.T) { backendMixed(t, open(t)) })
	t.Run("applies nothing when cancelled", func(t *testing.T) { backendCancelled(t, open(t)) })
	t.Run("stops reading when cancelled", func(t *testing.T) { backendReadCancelled(t, open(t)) })
	t.Run("shows an Apply whole or not at all", func(t *testing.T) { backendBeside(t, open(t)) })
	t.Run("keeps a log", func(t *testing.T) { backendLog(t, open(t)) })
	t.Run("keeps what a snapshot held", func(t *testing.T) { backendSnapshot(t, open(t)) })
	t.Run("keeps texts", func(t *testing.T) { backendTexts(t, open(t)) })
	t.Run("agrees with a set of quads", func(t *testing.T) { backendModel(t, open) })
	t.Run("keeps a store whole when a call fails", func(t *testing.T) { backendFaults(t, open(t)) })
	t.Run("lets a store find damage", func(t *testing.T) { backendDamage(t, open) })
}

func iri(s string) quad.IRI { return quad.IRI("urn:test:" + s) }

func link(s, p, o, label string) quad.Quad {
	return quad.Quad{Subject: iri(s), Predicate: iri(p), Object: iri(o), Label: iri(label)}
}

func field(s, p string, o quad.Value, label string) quad.Quad {
	return quad.Quad{Subject: iri(s), Predicate: iri(p), Object: o, Label: iri(label)}
}

func backendReads(t *testing.T, b store.Backend) {
	ctx := t.Context()
	quads := []quad.Quad{
		link("a", "knows", "b", "one"), link("a", "knows", "b", "two"), link("a", "likes", "c", "one"),
		link("b", "knows", "c", "two"), link("c", "knows", "a", "one"), field("a", "name", quad.String("Ann"), "one"),
	}
	apply(t, b, quads, nil)
	all := func(ids ...string) (out []quad.Value) {
		for _, id := range ids {
			out = append(out, iri(id))
		}
		return out
	}
	for _, c := range []struct {
		name string
		read func() ([]quad.Quad, error)
		want []quad.Quad
	}{
		{"out of one", func() ([]quad.Quad, error) { return out(ctx, b, all("b"), nil) }, quads[3:4]},
		{"out of several, one of them twice", func() ([]quad.Quad, error) { return out(ctx, b, all("a", "b", "a"), nil) }, append(quads[:4:4], quads[5])},
		{"out by predicate", func() ([]quad.Quad, error) { return out(ctx, b, all("a", "c"), []quad.IRI{iri("likes")}) }, quads[2:3]},
		{"out by two predicates", func() ([]quad.Quad, error) {
			return out(ctx, b, all("a"), []quad.IRI{iri("likes"), iri("name")})
		}, []quad.Quad{quads[2], quads[5]}},
		{"out by a predicate that is unknown", func() ([]quad.Quad, error) { return out(ctx, b, all("a"), []quad.IRI{iri("eats")}) }, nil},
		{"out of what is unknown", func() ([]quad.Quad, error) { return out(ctx, b, all("z"), nil) }, nil},
		{"out of what is an object only", func() ([]quad.Quad, error) { return out(ctx, b, []quad.Value{quad.String("Ann")}, nil) }, nil},
		{"out of nothing", func() ([]quad.Quad, error) { return out(ctx, b, nil, nil) }, nil},
		{"into several", func() ([]quad.Quad, error) { return in(ctx, b, all("c", "a"), nil) }, quads[2:5]},
		{"into a literal", func() ([]quad.Quad, error) { return in(ctx, b, []quad.Value{quad.String("Ann")}, nil) }, quads[5:]},
		{"into by predicate", func() ([]quad.Quad, error) { return in(ctx, b, all("b", "c"), []quad.IRI{iri("knows")}) }, []quad.Quad{quads[0], quads[1], quads[3]}},
		{"an IRI is not the literal of the same letters", func() ([]quad.Quad, error) {
			return in(ctx, b, []quad.Value{quad.String("urn:test:c")}, nil)
		}, nil},
		{"of a label", func() ([]quad.Quad, error) { return label(ctx, b, iri("two")) }, []quad.Quad{quads[1], quads[3]}},
		{"of a label that is unknown", func() ([]quad.Quad, error) { return label(ctx, b, iri("a")) }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.read()
			if err != nil {
				t.Fatal(err)
			}
			sameQuads(t, c.want, got)
		})
	}
	sameQuads(t, quads, everything(t, b))
}

func backendValues(t *testing.T, b store.Backend) {
	values := []quad.Value{
		quad.String(""), quad.String(`quotes " and \ backslash`), quad.String("two\nlines\r\n\ttab"), quad.String("𝒳 emoji 👩‍👩‍👧 and עברית"),
		quad.String("null \x00 byte"), quad.String(strings.Repeat("long ", 40_000)),
		quad.LangString{Value: "colour", Lang: "en-GB"},
		quad.TypedString{Value: "2024-10", Type: "http://www.w3.org/2001/XMLSchema#gYearMonth"},
		quad.TypedString{Value: `[{"a":"<"}]`, Type: iri("json")},
		quad.Int(0), quad.Int(math.MinInt64), quad.Int(math.MaxInt64), quad.Float(0.1), quad.Float(-1e300), quad.Bool(true), quad.Bool(false),
		quad.IRI("https://example.org/a?b=c&d=%20#e"), quad.IRI("/\\//"), quad.String("/\\//"), quad.String("urn:test:x"), quad.IRI("urn:test:x"),
	}
	var quads []quad.Quad
	for i, v := range values {
		quads = append(quads, field(fmt.Sprint("node", i), "value", v, "values"))
	}
	apply(t, b, quads, nil)
	sameQuads(t, quads, everything(t, b))
	for i, q := range quads {
		got, err := in(t.Context(), b, []quad.Value{q.Object}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || got[0] != q {
			t.Errorf("quads with object %d, %.40q: got %v", i, q.Object, got)
		}
	}
}

func backendIdempotent(t *testing.T, b store.Backend) {
	quads := []quad.Quad{link("a", "p", "b", "one"), link("a", "p", "b", "one"), link("b", "p", "a", "one")}
	distinct := quads[1:]
	for range 3 {
		apply(t, b, quads, nil)
		sameQuads(t, distinct, everything(t, b))
	}
	// A value that was counted once too often would outlive its quads; that does not
	// show here, but one counted too rarely takes other quads with it.
	apply(t, b, []quad.Quad{link("a", "p", "b", "two")}, []quad.Quad{link("a", "p", "b", "three"), link("z", "p", "b", "one")})
	apply(t, b, nil, []quad.Quad{distinct[0], distinct[0]})
	apply(t, b, nil, []quad.Quad{distinct[0]})
	sameQuads(t, []quad.Quad{distinct[1], link("a", "p", "b", "two")}, everything(t, b))
	apply(t, b, []quad.Quad{distinct[0]}, nil)
	sameQuads(t, append(distinct, link("a", "p", "b", "two")), everything(t, b))
}

// backendMixed adds few quads that share values with many that are removed.
func backendMixed(t *testing.T, b store.Backend) {
	var old []quad.Quad
	for i := range 50 {
		old = append(old, field(fmt.Sprint("old", i), "type", iri("Thing"), "old"), field("hub", "has", quad.Int(i), "old"))
	}
	apply(t, b, old, nil)
	added := []quad.Quad{field("new", "type", iri("Thing"), "new"), field("hub", "has", quad.Int(7), "new"), field("old3", "seen", iri("hub"), "new")}
	apply(t, b, added, old)
	sameQuads(t, added, everything(t, b))
	apply(t, b, old, added)
	sameQuads(t, old, everything(t, b))
}

func backendCancelled(t *testing.T, b store.Backend) {
	before := []quad.Quad{link("a", "p", "b", "one")}
	apply(t, b, before, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Apply(ctx, store.Batch{Add: []quad.Quad{link("c", "p", "d", "two")}, Remove: before}); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply with a cancelled context: %v", err)
	}
	sameQuads(t, before, everything(t, b))
	for i := range 20 { // at some moment in the middle
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*100*time.Microsecond)
		add := numbered(300, fmt.Sprint("cancelled", i))
		err := b.Apply(ctx, store.Batch{Add: add})
		cancel()
		got, readErr := label(t.Context(), b, iri(fmt.Sprint("cancelled", i)))
		if readErr != nil {
			t.Fatal(readErr)
		}
		if want := len(add); err == nil && len(got) != want {
			t.Errorf("Apply succeeded, %d of %d quads are held", len(got), want)
		} else if err != nil && len(got) != 0 {
			t.Errorf("Apply failed with %v, %d quads are held", err, len(got))
		}
	}
	apply(t, b, numbered(10, "after"), nil)
	if got, err := label(t.Context(), b, iri("after")); err != nil || len(got) != 10 {
		t.Errorf("after failures: %d quads, %v", len(got), err)
	}
}

func backendReadCancelled(t *testing.T, b store.Backend) {
	apply(t, b, numbered(100, "some"), nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := out(ctx, b, []quad.Value{iri("some")}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Out with a cancelled context: %d quads, %v", len(got), err)
	}
	if got, err := label(ctx, b, iri("some")); !errors.Is(err, context.Canceled) {
		t.Errorf("Label with a cancelled context: %d quads, %v", len(got), err)
	}
	if err := each(ctx, b, func(quad.Quad) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Each with a cancelled context: %v", err)
	}
	stop := errors.New("stop")
	if err := each(t.Context(), b, func(quad.Quad) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Each with an f that fails: %v", err)
	}
}

func backendBeside(t *testing.T, b store.Backend) {
	const size, rounds = 40, 15
	var wg sync.WaitGroup
	stop := make(chan struct{})
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, name := range []string{"even", "odd"} {
					got, err := label(t.Context(), b, iri(name))
					if err != nil || len(got) != 0 && len(got) != size {
						t.Errorf("%d quads of an Apply of %d are seen, %v", len(got), size, err)
						return
					}
				}
			}
		})
	}
	even, odd := numbered(size, "even"), numbered(size, "odd")
	apply(t, b, even, nil)
	for range rounds {
		apply(t, b, odd, even)
		apply(t, b, even, odd)
	}
	close(stop)
	wg.Wait()
}

func backendTexts(t *testing.T, b store.Backend) {
	ctx := t.Context()
	for _, words := range []string{"", "A sentence.", "null \x00 and 👩‍👩‍👧", strings.Repeat("Over and over. ", 100_000)} {
		hash := graph.TextHash(words)
		if _, held, err := text(ctx, b, hash); held || err != nil {
			t.Errorf("a text that is not held: %v, %v", held, err)
		}
		for range 2 {
			applyBatch(t, b, store.Batch{Texts: []store.Text{{Hash: hash, Text: words}}})
		}
		if got, held, err := text(ctx, b, hash); err != nil || !held || got != words {
			t.Errorf("text of %d bytes: got %d bytes, %v, %v", len(words), len(got), held, err)
		}
		if got := hashes(t, b); !slices.Equal(got, []string{hash}) {
			t.Errorf("the hashes are %q, want %q", got, hash)
		}
		for range 2 {
			applyBatch(t, b, store.Batch{DropTexts: []string{hash}})
		}
		if _, held, err := text(ctx, b, hash); held || err != nil {
			t.Errorf("a text that was removed: %v, %v", held, err)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := b.Apply(cancelled, store.Batch{Texts: []store.Text{{Hash: graph.TextHash("late"), Text: "late"}}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply with a cancelled context: %v", err)
	}
	if got := hashes(t, b); len(got) > 0 {
		t.Errorf("the hashes are %q after a cancelled Apply", got)
	}
}

func hashes(t testing.TB, b store.Backend) (all []string) {
	t.Helper()
	err := with(t.Context(), b, func(s store.Snapshot) error {
		return s.EachHash(t.Context(), func(hash string) error { all = append(all, hash); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// backendLog checks that entries are kept in order, and that one that does not follow takes nothing else with it.
func backendLog(t *testing.T, b store.Backend) {
	ctx := t.Context()
	if n, entries := entriesAfter(t, b, 0); n != 0 || len(entries) > 0 {
		t.Fatalf("an empty backend has the head %d and %d entries", n, len(entries))
	}
	entry := func(n int64) *store.Entry {
		return &store.Entry{Number: n, Data: fmt.Appendf([]byte{0, 255}, "entry %d", n)}
	}
	data := strings.Repeat("long ", 40_000)
	for n := int64(1); n <= 12; n++ {
		for _, wrong := range []int64{n - 1, n + 1, 0, -1} {
			err := b.Apply(ctx, store.Batch{Add: numbered(3, "refused"), Texts: []store.Text{{Hash: graph.TextHash("refused"), Text: "refused"}}, Entry: entry(wrong)})
			if !errors.Is(err, store.ErrBehind) {
				t.Errorf("entry %d after %d: %v", wrong, n-1, err)
			}
		}
		applyBatch(t, b, store.Batch{Add: numbered(2, fmt.Sprint("label", n)), Entry: entry(n)})
	}
	applyBatch(t, b, store.Batch{Entry: &store.Entry{Number: 13, Data: []byte(data)}})
	for _, after := range []int64{0, 5, 12, 13} {
		head, entries := entriesAfter(t, b, after)
		if head != 13 || int64(len(entries)) != 13-after {
			t.Fatalf("after %d: head %d, %d entries", after, head, len(entries))
		}
		for i, e := range entries {
			want := *entry(after + int64(i) + 1)
			if want.Number == 13 {
				want.Data = []byte(data)
			}
			if diff := gocmp.Diff(want, e); diff != "" {
				t.Errorf("after %d: want -, got +\n%s", after, diff)
			}
		}
	}
	if got, err := label(ctx, b, iri("refused")); err != nil || len(got) > 0 || len(hashes(t, b)) > 0 {
		t.Errorf("what came with a refused entry is held: %d quads, %v, %d texts", len(got), err, len(hashes(t, b)))
	}
	if got := everything(t, b); len(got) != 24 {
		t.Errorf("%d quads", len(got))
	}
	stop := errors.New("stop")
	err := with(ctx, b, func(s store.Snapshot) error {
		return s.Entries(ctx, 0, func(store.Entry) error { return stop })
	})
	if !errors.Is(err, stop) {
		t.Errorf("Entries with an f that fails: %v", err)
	}
}

func entriesAfter(t testing.TB, b store.Backend, after int64) (head int64, entries []store.Entry) {
	t.Helper()
	err := with(t.Context(), b, func(s store.Snapshot) error {
		head = s.Head()
		return s.Entries(t.Context(), after, func(e store.Entry) error {
			entries = append(entries, store.Entry{Number: e.Number, Data: slices.Clone(e.Data)})
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return head, entries
}

// backendSnapshot checks that what a snapshot held stays in it, whatever is applied in the meantime.
func backendSnapshot(t *testing.T, b store.Backend) {
	ctx := t.Context()
	before := append(numbered(30, "before"), link("a", "p", "b", "before"))
	applyBatch(t, b, store.Batch{Add: before, Texts: []store.Text{{Hash: graph.TextHash("old"), Text: "old"}}, Entry: &store.Entry{Number: 1, Data: []byte("one")}})
	s, err := b.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	applyBatch(t, b, store.Batch{
		Add: numbered(30, "after"), Remove: before, Texts: []store.Text{{Hash: graph.TextHash("new"), Text: "new"}},
		DropTexts: []string{graph.TextHash("old")}, Entry: &store.Entry{Number: 2, Data: []byte("two")},
	})
	got, err := s.Label(ctx, iri("before"))
	if err != nil {
		t.Error(err)
	}
	sameQuads(t, before, got)
	got, err = s.In(ctx, []quad.Value{iri("b")}, nil)
	if err != nil {
		t.Error(err)
	}
	sameQuads(t, before[30:], got)
	if texts, err := s.Texts(ctx, []string{graph.TextHash("old")}); err != nil || texts[graph.TextHash("old")] != "old" {
		t.Errorf("texts %q, %v", texts, err)
	}
	if s.Head() != 1 {
		t.Errorf("the head is %d", s.Head())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	sameQuads(t, numbered(30, "after"), everything(t, b))
	if got := hashes(t, b); !slices.Equal(got, []string{graph.TextHash("new")}) {
		t.Errorf("the hashes are %q", got)
	}
}

// backendModel applies what rapid draws to a backend and to a plain set.
func backendModel(t *testing.T, open func(t *testing.T) store.Backend) {
	b := open(t)
	var clear []quad.Quad
	rapid.Check(t, func(r *rapid.T) {
		if err := b.Apply(context.Background(), store.Batch{Remove: clear}); err != nil {
			r.Fatal(err)
		}
		name := rapid.SampledFrom([]string{"a", "b", "c"})
		drawn := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) quad.Quad {
			return link(name.Draw(r, "subject"), name.Draw(r, "predicate"), name.Draw(r, "object"), name.Draw(r, "label"))
		}), 0, 12)
		model := map[quad.Quad]bool{}
		for range rapid.IntRange(1, 4).Draw(r, "steps") {
			add, remove := drawn.Draw(r, "add"), drawn.Draw(r, "remove")
			remove = slices.DeleteFunc(remove, func(q quad.Quad) bool { return slices.Contains(add, q) })
			if err := b.Apply(context.Background(), store.Batch{Add: add, Remove: remove}); err != nil {
				r.Fatal(err)
			}
			for _, q := range remove {
				delete(model, q)
			}
			for _, q := range add {
				model[q] = true
			}
			clear = nil
			for q := range model {
				clear = append(clear, q)
			}
			for _, v := range []quad.Value{iri("a"), iri("b"), iri("c")} {
				for d, read := range map[quad.Direction]func() ([]quad.Quad, error){
					quad.Subject: func() ([]quad.Quad, error) {
						return out(context.Background(), b, []quad.Value{v}, []quad.IRI{iri("a"), iri("b")})
					},
					quad.Object: func() ([]quad.Quad, error) {
						return in(context.Background(), b, []quad.Value{v}, []quad.IRI{iri("a"), iri("b")})
					},
					quad.Label: func() ([]quad.Quad, error) { return label(context.Background(), b, v.(quad.IRI)) },
				} {
					got, err := read()
					if err != nil {
						r.Fatal(err)
					}
					var want []quad.Quad
					for q := range model {
						if q.Get(d) == v && (d == quad.Label || q.Predicate != iri("c")) {
							want = append(want, q)
						}
					}
					if diff := diffQuads(want, got); diff != "" {
						r.Fatalf("by %v %v: want -, got +\n%s", d, v, diff)
					}
				}
			}
		}
	})
}

// numbered returns n quads under one label and of one subject, both of this name.
func numbered(n int, name string) []quad.Quad {
	out := make([]quad.Quad, n)
	for i := range out {
		out[i] = field(name, "number", quad.Int(i), name)
	}
	return out
}

func apply(t testing.TB, b store.Backend, add, remove []quad.Quad) {
	t.Helper()
	applyBatch(t, b, store.Batch{Add: add, Remove: remove})
}

func applyBatch(t testing.TB, b store.Backend, batch store.Batch) {
	t.Helper()
	if err := b.Apply(context.Background(), batch); err != nil {
		t.Fatal(err)
	}
}

// with calls f with a snapshot of a backend.
func with(ctx context.Context, b store.Backend, f func(store.Snapshot) error) error {
	s, err := b.Snapshot(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

func out(ctx context.Context, b store.Backend, subjects []quad.Value, predicates []quad.IRI) (quads []quad.Quad, err error) {
	err = with(ctx, b, func(s store.Snapshot) error { quads, err = s.Out(ctx, subjects, predicates); return err })
	return quads, err
}

func in(ctx context.Context, b store.Backend, objects []quad.Value, predicates []quad.IRI) (quads []quad.Quad, err error) {
	err = with(ctx, b, func(s store.Snapshot) error { quads, err = s.In(ctx, objects, predicates); return err })
	return quads, err
}

func label(ctx context.Context, b store.Backend, iri quad.IRI) (quads []quad.Quad, err error) {
	err = with(ctx, b, func(s store.Snapshot) error { quads, err = s.Label(ctx, iri); return err })
	return quads, err
}

func each(ctx context.Context, b store.Backend, f func(quad.Quad) error) error {
	return with(ctx, b, func(s store.Snapshot) error { return s.Each(ctx, f) })
}

// text returns a text that is held.
func text(ctx context.Context, b store.Backend, hash string) (text string, held bool, err error) {
	err = with(ctx, b, func(s store.Snapshot) error {
		texts, err := s.Texts(ctx, []string{hash, graph.TextHash("no such text")})
		text, held = texts[hash]
		if err == nil && (len(texts) > 1 || len(texts) == 1 && !held) {
			return fmt.Errorf("texts %q for %s", texts, hash)
		}
		return err
	})
	return text, held, err
}

func everything(t testing.TB, b store.Backend) []quad.Quad {
	t.Helper()
	var out []quad.Quad
	err := each(context.Background(), b, func(q quad.Quad) error {
		out = append(out, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameQuads(t testing.TB, want, got []quad.Quad) {
	t.Helper()
	if diff := diffQuads(want, got); diff != "" {
		t.Errorf("quads: want -, got +\n%s", diff)
	}
}

func diffQuads(want, got []quad.Quad) string {
	lines := func(quads []quad.Quad) []string {
		out := make([]string, len(quads))
		for i, q := range quads {
			out[i] = fmt.Sprintf("%.200s (%T)", q.NQuad(), q.Object)
		}
		slices.SortFunc(out, cmp.Compare[string])
		return out
	}
	return gocmp.Diff(lines(want), lines(got))
}

func anyContains(list []string, words string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, words) })
}
