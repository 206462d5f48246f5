package pgquads

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	_ "github.com/cayleygraph/cayley/graph/sql/postgres"
	"github.com/cayleygraph/cayley/query"
	_ "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"
	gocmp "github.com/google/go-cmp/cmp"

	"whence/graph/store"
)

// openCayleys opens Cayley's own store, with its own driver, on the schema of an address. init makes its tables.
func openCayleys(t testing.TB, u *url.URL, init bool) cgraph.QuadStore {
	t.Helper()
	address := *u
	q := address.Query()
	q.Set("search_path", q.Get("schema"))
	q.Del("schema")
	if !q.Has("sslmode") {
		q.Set("sslmode", "disable")
	}
	address.RawQuery = q.Encode()
	if init {
		execute(t, u, `CREATE SCHEMA "`+u.Query().Get("schema")+`"`)
		if err := cgraph.InitQuadStore("postgres", address.String(), nil); err != nil {
			t.Fatal(err)
		}
	}
	qs, err := cgraph.NewQuadStore("postgres", address.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := qs.Close(); err != nil {
			t.Error(err)
		}
	})
	return qs
}

// hostile returns quads with every kind of value, and with those that the columns cannot hold.
func hostile() []quad.Quad {
	objects := []quad.Value{
		quad.String(""), quad.String("NULL"), quad.String("two\nlines"), quad.String("עברית 👩‍👩‍👧"), quad.String(strings.Repeat("long ", 300_000)),
		quad.String("a \x00 byte"), quad.String(`the letters \x00`), quad.String("both \x00 and " + `\x00`), quad.String("not UTF-8: \xff\xfe"),
		quad.LangString{Value: "colour", Lang: "en-GB"},
		quad.LangString{Value: "\x00", Lang: "en"},
		quad.LangString{Value: "x", Lang: ""},
		quad.TypedString{Value: "2024-10", Type: "urn:month"},
		quad.TypedString{Value: "\x00", Type: "urn:month"},
		quad.TypedString{Value: `\x00`, Type: "urn:month"},
		quad.TypedString{Value: "no type", Type: ""},
		quad.TypedString{Value: "v", Type: "urn:\x00"},
		quad.Int(0), quad.Int(math.MinInt64), quad.Int(math.MaxInt64), quad.Bool(true), quad.Bool(false),
		quad.Float(0.1), quad.Float(-1e300), quad.Float(math.Inf(1)), quad.Float(math.SmallestNonzeroFloat64),
		quad.Time(time.Date(2024, 10, 16, 12, 0, 0, 1000, time.UTC)), quad.Time(time.Date(2024, 10, 16, 12, 0, 1, 1, time.UTC)),
		quad.Time(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)),
		quad.IRI("urn:an iri with spaces > and <"), quad.IRI("urn:\x00"), quad.IRI(`urn:\x00`), quad.IRI(""), quad.BNode("b"), quad.BNode("b\x00"),
	}
	var out []quad.Quad
	for i, o := range objects {
		q := quad.Quad{Subject: iri("node/%d", i), Predicate: iri("value"), Object: o, Label: iri("hostile")}
		if i%5 == 0 {
			q.Label = nil
		}
		out = append(out, q)
	}
	return append(out, quad.Quad{Subject: quad.BNode("s"), Predicate: iri("same"), Object: quad.BNode("s"), Label: quad.BNode("s")},
		quad.Quad{Subject: quad.String("a literal"), Predicate: quad.String("is"), Object: quad.String("a subject"), Label: quad.String("too")})
}

func TestCayleyReadsWhatWasWritten(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	want := hostile()
	apply(t, s, store.Batch{Add: want})
	sameQuads(t, want, allOf(t, snapshotOf(t, s)))
	qs := quadStoreOf(t, s)
	for name, qs := range map[string]cgraph.QuadStore{"Cayley with its own driver": openCayleys(t, u, false), "QuadStore": qs} {
		sameQuads(t, want, allOfCayleys(t, qs))
		for _, q := range want {
			it := qs.QuadIterator(quad.Object, qs.ValueOf(q.Object))
			n := 0
			for it.Next(t.Context()) {
				n++
			}
			if err := errors.Join(it.Err(), it.Close()); err != nil || n == 0 {
				t.Errorf("%s finds %d quads by the object %.40q, %v", name, n, q.Object, err)
			}
		}
	}
	if qs.Err() != nil {
		t.Error(qs.Err())
	}
}

func TestReadsWhatCayleyWrote(t *testing.T) {
	u := schema(t)
	cayleys := openCayleys(t, u, true)
	var want []quad.Quad
	for _, q := range hostile() {
		// Of a NUL and the letters that it writes for one nobody can tell again which was which.
		if strings.Contains(quad.ToString(q.Object), "\x00") && strings.Contains(quad.ToString(q.Object), nul) {
			continue
		}
		// A NUL in an IRI, a type or a blank node, or what is not UTF-8, it cannot write.
		if err := cayleys.ApplyDeltas([]cgraph.Delta{{Quad: q, Action: cgraph.Add}}, cgraph.IgnoreOpts{}); err == nil {
			want = append(want, q)
		}
	}
	if len(want) < len(hostile())-6 {
		t.Fatalf("Cayley wrote %d of %d quads", len(want), len(hostile()))
	}
	s := open(t, u)
	snap := snapshotOf(t, s)
	got := allOf(t, snap)
	// Its times are kept to the microsecond.
	truncate(want)
	sameQuads(t, want, got)
	for _, q := range want {
		in, err := snap.In(t.Context(), []quad.Value{q.Object}, nil)
		if err != nil || len(in) == 0 {
			t.Errorf("found by the object %.40q: %d, %v", q.Object, len(in), err)
		}
	}
	// What is added to its tables and taken away again leaves what was there.
	apply(t, s, store.Batch{Add: append(document(1), want...)})
	checkRefs(t, u)
	apply(t, s, store.Batch{Remove: document(1)})
	checkRefs(t, u)
	// It does not read back those letters itself, which were read above.
	letters := func(q quad.Quad) bool { return q.Subject == iri("node/6") || q.Subject == iri("node/14") }
	sameQuads(t, slices.DeleteFunc(want, letters), slices.DeleteFunc(allOfCayleys(t, openCayleys(t, u, false)), letters))
}

func truncate(quads []quad.Quad) {
	for i, q := range quads {
		if at, ok := q.Object.(quad.Time); ok {
			quads[i].Object = quad.Time(time.Time(at).Truncate(time.Microsecond))
		}
	}
}

// TestRefs removes and adds at random, by both, and counts.
func TestRefs(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	cayleys := openCayleys(t, u, false)
	r := rand.New(rand.NewPCG(1, 2))
	some := func() (out []quad.Quad) {
		for range r.IntN(6) {
			name := func() quad.IRI { return iri("%d", r.IntN(4)) }
			q := quad.Quad{Subject: name(), Predicate: name(), Object: name(), Label: name()}
			if r.IntN(4) == 0 {
				q.Label = nil
			}
			out = append(out, q)
		}
		return out
	}
	held := map[quad.Quad]bool{}
	for i := range 150 {
		add, remove := some(), some()
		remove = slices.DeleteFunc(remove, func(q quad.Quad) bool { return slices.Contains(add, q) })
		if i%5 == 4 { // Cayley refuses a quad that stands in its list twice, and counts wrongly when one list both adds and removes
			for _, q := range add {
				if err := cayleys.ApplyDeltas([]cgraph.Delta{{Quad: q, Action: cgraph.Add}}, cgraph.IgnoreOpts{}); (err == nil) == held[q] {
					t.Fatalf("held: %v; Cayley adds it: %v", held[q], err)
				}
				held[q] = true
			}
			for _, q := range remove {
				if err := cayleys.ApplyDeltas([]cgraph.Delta{{Quad: q, Action: cgraph.Delete}}, cgraph.IgnoreOpts{}); (err == nil) != held[q] {
					t.Fatalf("held: %v; Cayley removes it: %v", held[q], err)
				}
				delete(held, q)
			}
		} else {
			apply(t, s, store.Batch{Add: add, Remove: remove})
			for _, q := range remove {
				delete(held, q)
			}
			for _, q := range add {
				held[q] = true
			}
		}
		checkRefs(t, u)
		if t.Failed() {
			t.Fatalf("after step %d: +%v -%v", i, add, remove)
		}
	}
	var want []quad.Quad
	for q := range held {
		want = append(want, q)
	}
	sameQuads(t, want, allOf(t, snapshotOf(t, s)))
}

// checkRefs fails unless every node counts the places in which it stands, and every place has its node.
func checkRefs(t testing.TB, u *url.URL) {
	t.Helper()
	conn := connect(t, u)
	defer hangUp(conn)
	var wrong []string
	err := conn.QueryRow(context.Background(), `
		WITH places AS (
			SELECT hash, count(*) AS n
			FROM quads, LATERAL (VALUES (subject_hash), (predicate_hash), (object_hash), (label_hash)) AS v (hash)
			WHERE hash IS NOT NULL GROUP BY hash
		)
		SELECT array_agg(format('%s: refs %s, places %s', coalesce(value_string, encode(coalesce(nodes.hash, places.hash), 'hex')), refs, n))
		FROM nodes FULL JOIN places USING (hash) WHERE refs IS DISTINCT FROM n`).Scan(&wrong)
	if err != nil {
		t.Fatal(err)
	}
	if len(wrong) > 0 {
		t.Error(strings.Join(wrong, "\n"))
	}
}

// TestQueries asks Cayley's languages on what was written, and Cayley's path on the same with its own driver.
func TestQueries(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	for i := range 20 {
		apply(t, s, store.Batch{Add: document(i)})
	}
	snap := snapshotOf(t, s)
	qs := quadStoreOf(t, s)
	start := []quad.Value{iri("claim/19/3"), iri("claim/12/5")}
	want := map[string]bool{}
	hop := start
	for range 2 {
		quads, err := snap.Out(t.Context(), hop, []quad.IRI{iri("takes-from")})
		if err != nil {
			t.Fatal(err)
		}
		hop = nil
		for _, q := range quads {
			hop = append(hop, q.Object)
		}
	}
	for _, v := range hop {
		want[v.String()] = true
	}
	if len(want) != 2 {
		t.Fatalf("two hops from %v: %v", start, want)
	}
	for name, qs := range map[string]cgraph.QuadStore{"QuadStore": qs, "Cayley with its own driver": openCayleys(t, u, false)} {
		got := map[string]bool{}
		err := path.StartPath(qs, start...).Out(iri("takes-from")).Out(iri("takes-from")).Iterate(t.Context()).
			EachValue(qs, func(v quad.Value) { got[v.String()] = true })
		if err != nil {
			t.Error(name, err)
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("a path through %s: want -, got +\n%s", name, diff)
		}
		got = map[string]bool{}
		it, err := query.Execute(t.Context(), qs, "gizmo",
			`g.V("<urn:test:claim/19/3>", "<urn:test:claim/12/5>").Out("<urn:test:takes-from>").Out("<urn:test:takes-from>").All()`,
			query.Options{Collation: query.REPL})
		if err != nil {
			t.Fatal(name, err)
		}
		for it.Next(t.Context()) {
			got[strings.TrimSpace(fmt.Sprint(it.Result()))] = true
		}
		if err := errors.Join(it.Err(), it.Close()); err != nil {
			t.Error(name, err)
		}
		if len(got) != len(want) {
			t.Errorf("Gizmo through %s: %v, want %v", name, got, want)
		}
		for answer := range got {
			if !slices.ContainsFunc(hop, func(v quad.Value) bool { return strings.Contains(answer, strings.Trim(v.String(), "<>")) }) {
				t.Errorf("Gizmo through %s: %q, want %v", name, answer, want)
			}
		}
	}
	if err := qs.ApplyDeltas([]cgraph.Delta{{Quad: document(99)[0], Action: cgraph.Add}}, cgraph.IgnoreOpts{}); err == nil {
		t.Error("a query language can add a quad")
	}
	if qs.Err() != nil {
		t.Error(qs.Err())
	}
}

// TestQueryFailsLoudly shows that a node which is not there is an error and not only a missing name.
func TestQueryFailsLoudly(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	apply(t, s, store.Batch{Add: document(1)})
	execute(t, u, `UPDATE nodes SET value_string = 'other words' WHERE value_string = 'direct'`)
	qs := quadStoreOf(t, s)
	if v := qs.NameOf(cgraph.HashOf(quad.String("direct"))); v != nil || qs.Err() == nil {
		t.Errorf("a changed value is read as %v, error %v", v, qs.Err())
	}
}

func quadStoreOf(t testing.TB, s *Store) *quadStore {
	t.Helper()
	qs, err := snapshotOf(t, s).(*snapshot).QuadStore()
	if err != nil {
		t.Fatal(err)
	}
	return qs.(*quadStore)
}

func allOf(t testing.TB, snap store.Snapshot) (out []quad.Quad) {
	t.Helper()
	err := snap.Each(context.Background(), func(q quad.Quad) error {
		out = append(out, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func allOfCayleys(t testing.TB, qs cgraph.QuadStore) (out []quad.Quad) {
	t.Helper()
	it := qs.QuadsAllIterator()
	for it.Next(context.Background()) {
		out = append(out, qs.Quad(it.Result()))
	}
	if err := errors.Join(it.Err(), it.Close()); err != nil {
		t.Fatal(err)
	}
	return out
}

func sameQuads(t testing.TB, want, got []quad.Quad) {
	t.Helper()
	lines := func(quads []quad.Quad) []string {
		out := make([]string, len(quads))
		for i, q := range quads {
			out[i] = fmt.Sprintf("%.60q %.60q %.60q %.60q (%T)", q.Subject, q.Predicate, quad.StringOf(q.Object), quad.StringOf(q.Label), q.Object)
			if at, ok := q.Object.(quad.Time); ok {
				out[i] += time.Time(at).UTC().Format(time.RFC3339Nano)
			}
		}
		slices.SortFunc(out, cmp.Compare[string])
		return out
	}
	if diff := gocmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("%d quads, want %d: want -, got +\n%.3000s", len(got), len(want), diff)
	}
}
