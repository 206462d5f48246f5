package dgraphstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/dgraph-io/dgo/v240/protos/api"
	"google.golang.org/grpc"

	"whence/graph"
	"whence/graph/store"
)

func TestStoreThatIsNotThere(t *testing.T) {
	t.Parallel()
	at := newAddress(t)
	for range 2 {
		if _, err := Open(t.Context(), at, Options{Existing: true}); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("a store that is not there: %v", err)
		}
	}
	for _, o := range []Options{{}, {Existing: true}} {
		b, err := Open(t.Context(), at, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestNewerFormat(t *testing.T) {
	t.Parallel()
	at := newAddress(t)
	b := open(t, at)
	defer b.Close()
	var got struct{ Root []root }
	start, err := b.read(t.Context(), moment{}, b.rootQuery(), &got)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.commit(t.Context(), start, []*api.Mutation{{Set: []*api.NQuad{integer(b.root, b.schema.format, format+1)}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), at, Options{}); !errors.Is(err, graph.ErrVersion) {
		t.Errorf("opening a newer store: %v", err)
	}
	if err := b.Apply(t.Context(), store.Batch{Add: numbered(1, "x")}); !errors.Is(err, graph.ErrVersion) {
		t.Errorf("writing to a newer store: %v", err)
	}
}

// TestLostQuad takes a quad's node out behind the back of the store: reading everything tells.
func TestLostQuad(t *testing.T) {
	t.Parallel()
	b := openNew(t)
	if err := b.Apply(t.Context(), store.Batch{Add: numbered(5, "x"), Texts: []store.Text{{Hash: "h", Text: "t"}}}); err != nil {
		t.Fatal(err)
	}
	var got struct{ Q, T []node }
	start, err := b.read(t.Context(), moment{}, fmt.Sprintf("q(func: has(%s), first: 1) { uid }\nt(func: has(%s)) { uid }\n", b.schema.quad, b.schema.text), &got)
	if err != nil {
		t.Fatal(err)
	}
	m := newMutations(b.chunk)
	m.del(got.Q[0].UID, b.schema.quadPredicates())
	m.del(got.T[0].UID, b.schema.textPredicates())
	if err := b.commit(t.Context(), start, m.list); err != nil {
		t.Fatal(err)
	}
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Each(t.Context(), func(quad.Quad) error { return nil }); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("Each: %v", err)
	}
	if err := s.EachHash(t.Context(), func(string) error { return nil }); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("EachHash: %v", err)
	}
}

// A countingAlpha counts what it is asked.
type countingAlpha struct {
	api.DgraphClient
	asked *atomic.Int64
}

func (c countingAlpha) Query(ctx context.Context, r *api.Request, o ...grpc.CallOption) (*api.Response, error) {
	c.asked.Add(1)
	return c.DgraphClient.Query(ctx, r, o...)
}

func (c countingAlpha) CommitOrAbort(ctx context.Context, tc *api.TxnContext, o ...grpc.CallOption) (*api.TxnContext, error) {
	c.asked.Add(1)
	return c.DgraphClient.CommitOrAbort(ctx, tc, o...)
}

// TestRequests counts the requests of each call: one for a read, however wide its frontier, two for a batch.
func TestRequests(t *testing.T) {
	t.Parallel()
	b := openNew(t)
	var asked atomic.Int64
	for _, a := range b.cluster.alphas {
		a.DgraphClient = countingAlpha{a.DgraphClient, &asked}
	}
	var snap store.Snapshot
	var quads []quad.Quad
	var subjects, objects []quad.Value
	for i := range 200 {
		of := numbered(3, fmt.Sprint("node", i))
		quads, subjects = append(quads, of...), append(subjects, of[0].Subject)
	}
	for i := range 3 {
		objects = append(objects, quad.Int(i))
	}
	numbers := []quad.IRI{"urn:test:number", "urn:test:other"}
	read := func(want int, read func() ([]quad.Quad, error)) func() error {
		return func() error {
			got, err := read()
			if err == nil && len(got) != want {
				err = fmt.Errorf("%d quads", len(got))
			}
			return err
		}
	}
	for _, c := range []struct {
		name string
		want int64
		call func() error
	}{
		{"a batch", 2, func() error {
			return b.Apply(t.Context(), store.Batch{Add: quads, Texts: []store.Text{{Hash: "h", Text: "t"}}, Entry: &store.Entry{Number: 1}})
		}},
		{"a batch of which all is held", 1, func() error { return b.Apply(t.Context(), store.Batch{Add: quads}) }},
		{"a snapshot", 1, func() (err error) { snap, err = b.Snapshot(t.Context()); return err }},
		{"out of 200", 1, read(600, func() ([]quad.Quad, error) { return snap.Out(t.Context(), subjects, nil) })},
		{"out of 200 by predicate", 1, read(600, func() ([]quad.Quad, error) { return snap.Out(t.Context(), subjects, numbers) })},
		{"into 3", 1, read(600, func() ([]quad.Quad, error) { return snap.In(t.Context(), objects, numbers) })},
		{"of a label", 1, read(3, func() ([]quad.Quad, error) { return snap.Label(t.Context(), "urn:test:node7") })},
		{"texts", 1, func() error { _, err := snap.Texts(t.Context(), []string{"h", "none"}); return err }},
		{"the log", 1, func() error { return snap.Entries(t.Context(), 0, func(store.Entry) error { return nil }) }},
	} {
		asked.Store(0)
		if err := c.call(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := asked.Load(); got != c.want {
			t.Errorf("%s takes %d requests, want %d", c.name, got, c.want)
		}
	}
}

// TestPages reads answers of many pages, of batches of many requests.
func TestPages(t *testing.T) {
	t.Parallel()
	b := openNew(t)
	b.page, b.chunk = 7, 50
	var batch store.Batch
	for i := range 40 {
		batch.Add = append(batch.Add, numbered(3, fmt.Sprint("label", i))...)
		text := fmt.Sprint("text", i)
		batch.Texts = append(batch.Texts, store.Text{Hash: graph.TextHash(text), Text: text})
	}
	hub := numbered(100, "hub")
	batch.Add = append(batch.Add, hub...)
	if err := b.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for n := range int64(30) {
		if err := b.Apply(t.Context(), store.Batch{Entry: &store.Entry{Number: n + 1, Data: fmt.Append(nil, n+1)}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := count(t, b); got != 220 {
		t.Errorf("%d quads", got)
	}
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Label(t.Context(), "urn:test:hub"); err != nil || len(got) != 100 {
		t.Errorf("%d quads of a label, %v", len(got), err)
	}
	if got, err := s.Out(t.Context(), []quad.Value{quad.IRI("urn:test:hub")}, []quad.IRI{"urn:test:number", "urn:test:other"}); err != nil || len(got) != 100 {
		t.Errorf("%d quads out of a hub, %v", len(got), err)
	}
	var hashes []string
	if err := s.EachHash(t.Context(), func(h string) error { hashes = append(hashes, h); return nil }); err != nil || len(hashes) != 40 {
		t.Errorf("%d hashes, %v", len(hashes), err)
	}
	if texts, err := s.Texts(t.Context(), append(hashes, "none")); err != nil || len(texts) != 40 || texts[graph.TextHash("text7")] != "text7" {
		t.Errorf("%d texts, %v", len(texts), err)
	}
	next := int64(5)
	err = s.Entries(t.Context(), 4, func(e store.Entry) error {
		if e.Number != next || string(e.Data) != fmt.Sprint(next) {
			t.Errorf("entry %d is %d, %q", next, e.Number, e.Data)
		}
		next++
		return nil
	})
	if err != nil || next != 31 {
		t.Errorf("entries up to %d, %v", next, err)
	}
}

// TestLarge keeps a text of some megabytes, a batch of many quads and a wide frontier.
func TestLarge(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	b := openNew(t)
	random := strings.Builder{}
	for i := 0; random.Len() < 3<<20; i++ {
		random.WriteString(graph.TextHash(fmt.Sprint(i)))
	}
	text := random.String()
	many := numbered(3_000, "many")
	if err := b.Apply(t.Context(), store.Batch{Add: many, Texts: []store.Text{{Hash: graph.TextHash(text), Text: text}}, Entry: &store.Entry{Number: 1, Data: []byte(text)}}); err != nil {
		t.Fatal(err)
	}
	s, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if texts, err := s.Texts(t.Context(), []string{graph.TextHash(text)}); err != nil || texts[graph.TextHash(text)] != text {
		t.Errorf("the text does not come back: %v", err)
	}
	if err := s.Entries(t.Context(), 0, func(e store.Entry) error {
		if string(e.Data) != text {
			t.Error("the entry does not come back")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	objects := make([]quad.Value, len(many))
	for i, q := range many {
		objects[i] = q.Object
	}
	if got, err := s.In(t.Context(), objects, []quad.IRI{"urn:test:number"}); err != nil || len(got) != len(many) {
		t.Errorf("%d quads into a frontier of %d, %v", len(got), len(many), err)
	}
	if got := count(t, b); got != len(many) {
		t.Errorf("%d quads", got)
	}
	if err := b.Apply(t.Context(), store.Batch{Remove: many, DropTexts: []string{graph.TextHash(text)}}); err != nil {
		t.Fatal(err)
	}
	if got := count(t, b); got != 0 {
		t.Errorf("%d quads are left", got)
	}
}

// TestFacetKeepsOneLabel is why a quad is a node: as a facet of an edge, a second label takes the place of the first.
func TestFacetKeepsOneLabel(t *testing.T) {
	t.Parallel()
	b := openNew(t)
	edge := b.schema.format[:strings.Index(b.schema.format, ".")] + ".edge"
	err := b.cluster.ask(t.Context(), func(ctx context.Context, a *alpha) error {
		_, err := a.Alter(ctx, &api.Operation{Schema: edge + ": [uid] @reverse ."})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"one", "two"} {
		var got struct{ Root []root }
		start, err := b.read(t.Context(), moment{}, b.rootQuery(), &got)
		if err != nil {
			t.Fatal(err)
		}
		err = b.commit(t.Context(), start, []*api.Mutation{{Set: []*api.NQuad{{
			Subject: b.root, Predicate: edge, ObjectId: b.root, Facets: []*api.Facet{{Key: "label", Value: []byte(label)}},
		}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	var got struct{ Q []map[string]any }
	if _, err := b.read(t.Context(), moment{}, fmt.Sprintf("q(func: has(%s)) { %s @facets { uid } }\n", edge, edge), &got); err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprint(got.Q); strings.Contains(text, "one") || !strings.Contains(text, "two") {
		t.Errorf("an edge of two labels is %s: labels could be facets", text)
	}
}
