package pebblequads

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/graph/store"
	"whence/graph/vocab"
)

// A model is what a DB should hold.
type model struct {
	quads map[quad.Quad]bool
	texts map[string]string
	log   []store.Entry
}

// Values of every kind of term, few enough to meet often.
var (
	longText    = strings.Repeat("So many words that they do not fit a key. ", 3)
	modelNodes  = []quad.Value{quad.IRI(graph.Namespace + "claim:" + digits), quad.IRI("urn:b"), quad.IRI("https://example.org/" + strings.Repeat("long/", 20)), quad.BNode(strings.Repeat("b", 60))}
	modelKinds  = []quad.Value{quad.IRI("p"), quad.IRI("q"), quad.IRI("https://example.org/" + strings.Repeat("kind/", 20)), vocab.RelatedFrom, vocab.RelatedTo, vocab.Words}
	modelObject = append([]quad.Value{quad.String("short"), quad.String(longText), quad.LangString{Value: quad.String(longText), Lang: "en"}, quad.Int(7)}, modelNodes...)
	modelLabels = []quad.Value{nil, quad.IRI("l"), quad.IRI("https://example.org/" + strings.Repeat("label/", 20)), quad.String(longText)}
)

var modelQuad = rapid.Custom(func(r *rapid.T) quad.Quad {
	return quad.Quad{
		Subject:   rapid.SampledFrom(append(modelNodes, quad.String(longText))).Draw(r, "subject"),
		Predicate: rapid.SampledFrom(modelKinds).Draw(r, "predicate"),
		Object:    rapid.SampledFrom(modelObject).Draw(r, "object"),
		Label:     rapid.SampledFrom(modelLabels).Draw(r, "label"),
	}
})

// TestModel applies what rapid draws to a DB and to plain maps, closes and opens the folder,
// cuts the power, and reads everything in every way.
func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		files := vfs.NewCrashableMem()
		must(r, files.MkdirAll("/", 0o755))
		db, err := Open("/db", &Options{FS: files})
		must(r, err)
		m := &model{quads: map[quad.Quad]bool{}, texts: map[string]string{}}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			switch rapid.IntRange(0, 9).Draw(r, "step") {
			case 0:
				must(r, db.Close())
				db, err = Open("/db", &Options{FS: files})
				must(r, err)
			case 1:
				clone := files.CrashClone(vfs.CrashCloneCfg{
					UnsyncedDataPercent: rapid.SampledFrom([]int{0, 50, 100}).Draw(r, "unsynced"),
					RNG:                 rand.New(rand.NewPCG(uint64(rapid.Int64().Draw(r, "seed")), 0)), //nolint:gosec // a test
				})
				must(r, db.Close())
				files = clone
				db, err = Open("/db", &Options{FS: files})
				must(r, err)
			case 2:
				must(r, db.compact())
			case 3:
				m.deltas(r, db)
			case 4:
				m.bulk(r, db)
			default:
				m.apply(r, db)
			}
			m.check(r, db)
		}
		must(r, db.Close())
	})
}

func must(r *rapid.T, err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

// apply applies one batch.
func (m *model) apply(r *rapid.T, db *DB) {
	b := m.batch(r)
	must(r, db.Apply(context.Background(), b))
	m.take(b)
}

// batch draws a batch that goes on from what is held.
func (m *model) batch(r *rapid.T) store.Batch {
	b := store.Batch{
		Add:    rapid.SliceOfN(modelQuad, 0, 12).Draw(r, "add"),
		Remove: rapid.SliceOfN(modelQuad, 0, 6).Draw(r, "remove"),
	}
	if held := slices.SortedFunc(maps.Keys(m.quads), compareQuads); len(held) > 0 && rapid.Bool().Draw(r, "remove what is held") {
		b.Remove = append(b.Remove, rapid.SliceOfN(rapid.SampledFrom(held), 0, 8).Draw(r, "held")...)
	}
	b.Remove = slices.DeleteFunc(b.Remove, func(q quad.Quad) bool { return slices.Contains(b.Add, q) })
	for _, text := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "one", longText}), 0, 2).Draw(r, "texts") {
		b.Texts = append(b.Texts, store.Text{Hash: graph.TextHash(text), Text: text})
	}
	for _, text := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "one", longText}), 0, 1).Draw(r, "dropped") {
		if h := graph.TextHash(text); !slices.ContainsFunc(b.Texts, func(t store.Text) bool { return t.Hash == h }) {
			b.DropTexts = append(b.DropTexts, h)
		}
	}
	if rapid.Bool().Draw(r, "entry") {
		b.Entry = &store.Entry{Number: int64(len(m.log)) + 1, Data: rapid.SliceOf(rapid.Byte()).Draw(r, "data")}
	}
	return b
}

func (m *model) take(b store.Batch) {
	for _, q := range b.Add {
		m.quads[q] = true
	}
	for _, q := range b.Remove {
		delete(m.quads, q)
	}
	for _, t := range b.Texts {
		m.texts[t.Hash] = t.Text
	}
	for _, h := range b.DropTexts {
		delete(m.texts, h)
	}
	if b.Entry != nil {
		m.log = append(m.log, *b.Entry)
	}
}

// deltas applies what Cayley would.
func (m *model) deltas(r *rapid.T, db *DB) {
	var deltas []cgraph.Delta
	for _, q := range rapid.SliceOfN(modelQuad, 0, 6).Draw(r, "deltas") {
		deltas = append(deltas, cgraph.Delta{Quad: q, Action: rapid.SampledFrom([]cgraph.Procedure{cgraph.Add, cgraph.Delete}).Draw(r, "action")})
	}
	want := maps.Clone(m.quads)
	var fails error
	for _, d := range deltas {
		switch held := want[d.Quad]; {
		case fails != nil:
		case d.Action == cgraph.Add && held:
			fails = cgraph.ErrQuadExists
		case d.Action == cgraph.Delete && !held:
			fails = cgraph.ErrQuadNotExist
		case d.Action == cgraph.Add:
			want[d.Quad] = true
		default:
			delete(want, d.Quad)
		}
	}
	err := db.QuadStore().ApplyDeltas(deltas, cgraph.IgnoreOpts{})
	if fails == nil && err != nil || errors.Is(fails, cgraph.ErrQuadExists) && !cgraph.IsQuadExist(err) || errors.Is(fails, cgraph.ErrQuadNotExist) && !cgraph.IsQuadNotExist(err) {
		r.Fatalf("deltas %v: %v, want %v", deltas, err, fails)
	}
	if fails == nil {
		m.quads = want
	}
}

// check reads a DB in every way that there is.
func (m *model) check(r *rapid.T, db *DB) {
	ctx := context.Background()
	snap, err := db.Snapshot(ctx)
	must(r, err)
	s := snap.(*Snapshot)
	defer func() { must(r, s.Close()) }()
	m.checkLists(r, s)
	m.checkCovers(r, s)

	qs := s.quadStore()
	var all []quad.Quad
	must(r, s.Each(ctx, func(q quad.Quad) error {
		all = append(all, q)
		return nil
	}))
	same(r, "each", maps.Keys(m.quads), all)
	same(r, "all of Cayley's", maps.Keys(m.quads), iterated(r, qs, qs.QuadsAllIterator()))
	two := []quad.IRI{modelKinds[0].(quad.IRI), modelKinds[2].(quad.IRI)}
	seven := append([]quad.IRI{"1", "2", "3", "4", "5"}, two...)
	nodes := map[quad.Value]bool{}
	for _, v := range slices.Concat(modelObject, modelKinds, modelLabels[1:]) {
		for d, read := range map[quad.Direction]func([]quad.IRI) ([]quad.Quad, error){
			quad.Subject: func(p []quad.IRI) ([]quad.Quad, error) { return s.Out(ctx, []quad.Value{v, v}, p) },
			quad.Object:  func(p []quad.IRI) ([]quad.Quad, error) { return s.In(ctx, []quad.Value{v}, p) },
		} {
			for _, kinds := range [][]quad.IRI{nil, two, seven} {
				got, err := read(kinds)
				must(r, err)
				same(r, fmt.Sprint(d, v, kinds), m.with(func(q quad.Quad) bool {
					return q.Get(d) == v && (kinds == nil || slices.Contains(kinds, q.Predicate.(quad.IRI)))
				}), got)
			}
		}
		if l, ok := v.(quad.IRI); ok {
			got, err := s.Label(ctx, l)
			must(r, err)
			same(r, fmt.Sprint("label", v), m.with(func(q quad.Quad) bool { return q.Label == v }), got)
		}
		ref := qs.ValueOf(v)
		used := false
		for _, d := range quad.Directions {
			want := slices.Collect(m.with(func(q quad.Quad) bool { return q.Get(d) == v }))
			used = used || len(want) > 0
			same(r, fmt.Sprint("Cayley's ", d, v), slices.Values(want), iterated(r, qs, qs.QuadIterator(d, ref)))
			if size, err := qs.QuadIteratorSize(ctx, d, ref); err != nil || size.Size != int64(len(want)) || !size.Exact {
				r.Fatalf("size of %v %v: %v, %v, want %d", d, v, size, err, len(want))
			}
		}
		if used != (ref != nil) || used && qs.NameOf(ref) != v {
			r.Fatalf("%v is used: %v, reference %v named %v", v, used, ref, qs.NameOf(ref))
		}
		nodes[v] = used
	}
	var listed []quad.Value
	it := qs.NodesAllIterator()
	for it.Next(ctx) {
		listed = append(listed, qs.NameOf(it.Result()))
	}
	must(r, it.Err())
	for _, v := range listed {
		if !nodes[v] {
			r.Fatalf("node %v is listed twice or not used", v)
		}
		delete(nodes, v)
	}
	for v, used := range nodes {
		if used {
			r.Fatalf("node %v is not listed", v)
		}
	}
	stats, err := qs.Stats(ctx, true)
	must(r, err)
	if stats.Quads.Size != int64(len(m.quads)) || stats.Nodes.Size != int64(len(listed)) {
		r.Fatalf("stats %+v: want %d quads, %d nodes", stats, len(m.quads), len(listed))
	}
	must(r, qs.Err())
	m.checkValues(r, s.state)
}

// checkCovers checks what is read with what covers it: subjects are described whole or not at all, and a relation is
// described if it and the labels that give it its ends are named in few words.
func (m *model) checkCovers(r *rapid.T, s *Snapshot) {
	ctx := context.Background()
	problems, err := s.state.db.Check(ctx)
	must(r, err)
	if len(problems) > 0 {
		r.Fatal(problems)
	}
	unseen := rapid.SampledFrom(append([]quad.Value{quad.IRI("none")}, modelLabels...)).Draw(r, "unseen")
	sieve := store.Sieve{Label: func(l quad.Value) bool { return l != unseen }, Without: map[quad.IRI]bool{"q": true}}
	kinds := []quad.IRI{vocab.RelatedFrom, "p"}
	edges, described, err := s.Gather(ctx, modelNodes, kinds, sieve)
	must(r, err)
	found := func(q quad.Quad) bool {
		return q.Label != unseen && slices.Contains(modelNodes, q.Object) && slices.Contains(kinds, q.Predicate.(quad.IRI))
	}
	same(r, "gathered", m.with(found), edges)
	whole := map[quad.Value]bool{}
	for _, q := range described {
		whole[q.Subject] = true
	}
	type saying struct{ s, l quad.Value }
	led := map[saying]bool{}
	for q := range m.with(found) {
		if q.Predicate != vocab.RelatedFrom {
			continue
		}
		led[saying{q.Subject, q.Label}] = true
		short := func(v quad.Value) bool {
			term, _, err := appendTerm(nil, v)
			must(r, err)
			return !isHashed(term)
		}
		if labels := m.with(func(o quad.Quad) bool {
			return slices.Contains(modelNodes, o.Object) && o.Predicate == vocab.RelatedFrom && o.Subject == q.Subject && !short(o.Label)
		}); short(q.Subject) {
			known := true
			for range labels {
				known = false
			}
			if whole[q.Subject] != known {
				r.Fatalf("%v is described: %v", q.Subject, !known)
			}
		}
	}
	same(r, "described", m.with(func(q quad.Quad) bool {
		return whole[q.Subject] && led[saying{q.Subject, q.Label}] && q.Predicate != quad.IRI("q")
	}), described)

	var of []store.Saying
	for _, v := range modelNodes[:3] {
		of = append(of, store.Saying{Label: "l", Subject: v.(quad.IRI)}, store.Saying{Label: modelLabels[2].(quad.IRI), Subject: v.(quad.IRI)})
	}
	for _, p := range []quad.IRI{"p", vocab.Words} {
		said, err := s.Said(ctx, append(of, of[0]), p)
		must(r, err)
		same(r, "said "+string(p), m.with(func(q quad.Quad) bool {
			return q.Predicate == p && slices.ContainsFunc(of, func(o store.Saying) bool { return q.Label == o.Label && q.Subject == o.Subject })
		}), said)
	}
}

// checkLists checks texts, log and counts.
func (m *model) checkLists(r *rapid.T, s *Snapshot) {
	ctx := context.Background()
	var log []store.Entry
	must(r, s.Entries(ctx, 0, func(e store.Entry) error {
		log = append(log, e)
		return nil
	}))
	if len(log) != len(m.log) || s.Head() != int64(len(m.log)) {
		r.Fatalf("the log has %d entries and its head is %d, want %d", len(log), s.Head(), len(m.log))
	}
	for i, e := range log {
		if e.Number != m.log[i].Number || string(e.Data) != string(m.log[i].Data) {
			r.Fatalf("entry %v, want %v", e, m.log[i])
		}
	}
	var hashes []string
	must(r, s.EachHash(ctx, func(h string) error {
		hashes = append(hashes, h)
		return nil
	}))
	texts, err := s.Texts(ctx, append(hashes, graph.TextHash("none")))
	must(r, err)
	if diff := cmp.Diff(m.texts, texts); diff != "" || len(hashes) != len(texts) || s.state.counts.texts != int64(len(texts)) {
		r.Fatalf("%d texts counted, %d listed: %s", s.state.counts.texts, len(hashes), diff)
	}
	if have, want := s.state.db.Lost(); have != want {
		r.Fatalf("%d of %d commits", have, want)
	}
}

// checkValues checks that only those long values are kept apart that are needed.
func (m *model) checkValues(r *rapid.T, s *state) {
	want := map[string]bool{}
	for q := range m.quads {
		for _, d := range quad.Directions {
			term, _, err := appendTerm(nil, q.Get(d))
			must(r, err)
			if isHashed(term) && (d != quad.Object || term[0] != tagLiteralHash) {
				want[string(term)] = true
			}
		}
	}
	must(r, s.each(context.Background(), []byte{keyValues}, []byte{keyValues}, func(key, _ []byte) error {
		if !want[string(key[1:])] {
			return fmt.Errorf("the value under %x is kept for nothing", key)
		}
		delete(want, string(key[1:]))
		return nil
	}))
	if len(want) > 0 {
		r.Fatalf("values are missing: %x", slices.Collect(maps.Keys(want)))
	}
	must(r, s.each(context.Background(), []byte{keyPredicate}, []byte{keyPredicate}, func(key, value []byte) error {
		if n, err := decodeCount(value); err != nil || n <= 0 {
			return fmt.Errorf("predicate %x is counted %d, %w", key, n, err)
		}
		return nil
	}))
}

func (m *model) with(f func(quad.Quad) bool) func(func(quad.Quad) bool) {
	return func(yield func(quad.Quad) bool) {
		for q := range m.quads {
			if f(q) && !yield(q) {
				return
			}
		}
	}
}

func iterated(r *rapid.T, qs *QuadStore, it cgraph.Iterator) (out []quad.Quad) {
	for it.Next(context.Background()) {
		out = append(out, qs.Quad(it.Result()))
	}
	must(r, it.Err())
	return out
}

func compareQuads(a, b quad.Quad) int {
	return strings.Compare(fmt.Sprintf("%#v", a), fmt.Sprintf("%#v", b))
}

func same(r *rapid.T, what string, want func(func(quad.Quad) bool), got []quad.Quad) {
	got = slices.SortedFunc(slices.Values(got), compareQuads)
	if diff := cmp.Diff(slices.SortedFunc(want, compareQuads), got); diff != "" {
		r.Fatalf("%s: want -, got +\n%s", what, diff)
	}
}
