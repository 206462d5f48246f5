package pgquads

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"whence/graph/store"
)

// claims are how many a document of [document] makes.
const claims = 20

// document returns the quads of the n-th document: 8 for each claim and 4 for itself.
func document(n int) []quad.Quad {
	label, id := iri("label/%d", n), iri("document/%d", n)
	out := []quad.Quad{
		{Subject: id, Predicate: iri("type"), Object: iri("Document"), Label: label},
		{Subject: id, Predicate: iri("title"), Object: quad.String(fmt.Sprintf("What was said on day %d", n)), Label: label},
		{Subject: id, Predicate: iri("published-by"), Object: iri("agent/publisher-%d", n%10), Label: label},
		{Subject: id, Predicate: iri("published-on"), Object: quad.TypedString{Value: quad.String(fmt.Sprintf("20%02d-10-16", n%25)), Type: iri("date")}, Label: label},
	}
	for i := range claims {
		c := iri("claim/%d/%d", n, i)
		out = append(out,
			quad.Quad{Subject: c, Predicate: iri("type"), Object: iri("Claim"), Label: label},
			quad.Quad{Subject: c, Predicate: iri("stated-in"), Object: id, Label: label},
			quad.Quad{Subject: c, Predicate: iri("asserted-by"), Object: iri("agent/%d", (n*claims+i)%997), Label: label},
			quad.Quad{Subject: c, Predicate: iri("evidence"), Object: quad.TypedString{
				Value: quad.String(fmt.Sprintf(`{"start":%d,"end":%d,"exact":"the figure is %d of %d, and has been so for years"}`, i*80, i*80+50, i, n)), Type: iri("json"),
			}, Label: label},
			quad.Quad{Subject: c, Predicate: iri("mode"), Object: quad.String("direct"), Label: label},
			quad.Quad{Subject: c, Predicate: iri("confidence"), Object: quad.Int(900 + i), Label: label},
			quad.Quad{Subject: c, Predicate: iri("takes-from"), Object: iri("claim/%d/%d", n*7/8, (i+3)%claims), Label: label},
			quad.Quad{Subject: c, Predicate: iri("found-by"), Object: iri("build/1"), Label: label},
		)
	}
	return out
}

func iri(format string, args ...any) quad.IRI {
	return quad.IRI("urn:test:" + fmt.Sprintf(format, args...))
}

// median returns how long f takes in the middle of n times.
func median(t testing.TB, n int, f func(i int)) time.Duration {
	t.Helper()
	took := make([]time.Duration, n)
	for i := range took {
		from := time.Now()
		f(i)
		took[i] = time.Since(from)
	}
	slices.Sort(took)
	return took[n/2]
}

// BenchmarkBesideCayley measures Cayley's PostgreSQL backend and this one on one server in one run.
func BenchmarkBesideCayley(b *testing.B) {
	ctx := context.Background()
	const documents = 1000
	report := func(b *testing.B, theirs, ours time.Duration) {
		b.ReportMetric(float64(theirs.Microseconds())/1000, "ms-cayley")
		b.ReportMetric(float64(ours.Microseconds())/1000, "ms")
		b.ReportMetric(float64(theirs)/float64(ours), "times-faster")
		b.ReportMetric(0, "ns/op")
	}
	cayleys := schema(b)
	theirs := openCayleys(b, cayleys, true)
	place := schema(b)
	ours := open(b, place)
	next := 0
	add := func() {
		next++
		apply(b, ours, store.Batch{Add: document(next), Entry: &store.Entry{Number: int64(next)}})
	}
	b.Run("write a document of 164 quads", func(b *testing.B) {
		for b.Loop() {
			var ts, os time.Duration
			ts = median(b, 21, func(i int) {
				var deltas []cgraph.Delta
				for _, q := range document(i) {
					deltas = append(deltas, cgraph.Delta{Quad: q, Action: cgraph.Add})
				}
				if err := theirs.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true}); err != nil {
					b.Fatal(err)
				}
			})
			os = median(b, 101, func(int) { add() })
			report(b, ts, os)
			n := time.Duration(len(document(0)))
			b.ReportMetric(float64(n*time.Second/ts), "quads/s-cayley")
			b.ReportMetric(float64(n*time.Second/os), "quads/s")
		}
	})
	for next < documents {
		add()
	}
	// The same quads for both.
	name := place.Query().Get("schema")
	execute(b, cayleys, `TRUNCATE quads, nodes`, `INSERT INTO nodes SELECT * FROM `+name+`.nodes`,
		`INSERT INTO quads SELECT * FROM `+name+`.quads`)
	snap := snapshotOf(b, ours)
	twoHops := func(b *testing.B) {
		for b.Loop() {
			ts := median(b, 11, func(i int) {
				n := 0
				err := path.StartPath(theirs, iri("claim/%d/3", i+500)).Out(iri("takes-from")).Out(iri("takes-from")).
					Iterate(ctx).EachValue(theirs, func(quad.Value) { n++ })
				if err != nil || n != 1 {
					b.Fatal(n, err)
				}
			})
			os := median(b, 301, func(i int) {
				hop := []quad.Value{iri("claim/%d/3", i+500)}
				for range 2 {
					got, err := snap.Out(ctx, hop, []quad.IRI{iri("takes-from")})
					if err != nil || len(got) != 1 {
						b.Fatal(len(got), err)
					}
					hop = []quad.Value{got[0].Object}
				}
			})
			report(b, ts, os)
		}
	}
	b.Run("a path of two hops, just loaded", twoHops)
	// As autovacuum does in time.
	execute(b, cayleys, `ANALYZE nodes`, `ANALYZE quads`)
	execute(b, place, `ANALYZE nodes`, `ANALYZE quads`)
	b.Run("a path of two hops", twoHops)
	b.Run("all quads of a claim", func(b *testing.B) {
		for b.Loop() {
			ts := median(b, 51, func(i int) {
				it := theirs.QuadIterator(quad.Subject, theirs.ValueOf(iri("claim/%d/3", i+1)))
				n := 0
				for it.Next(ctx) {
					theirs.Quad(it.Result())
					n++
				}
				if err := errors.Join(it.Err(), it.Close()); err != nil || n != 8 {
					b.Fatal(n, err)
				}
			})
			os := median(b, 501, func(i int) {
				got, err := snap.Out(ctx, []quad.Value{iri("claim/%d/3", i+1)}, nil)
				if err != nil || len(got) != 8 {
					b.Fatal(len(got), err)
				}
			})
			report(b, ts, os)
		}
	})
	b.Run("all quads of a label", func(b *testing.B) {
		for b.Loop() {
			ts := median(b, 11, func(i int) {
				it := theirs.QuadIterator(quad.Label, theirs.ValueOf(iri("label/%d", i+1)))
				n := 0
				for it.Next(ctx) {
					theirs.Quad(it.Result())
					n++
				}
				if err := errors.Join(it.Err(), it.Close()); err != nil || n != len(document(0)) {
					b.Fatal(n, err)
				}
			})
			os := median(b, 101, func(i int) {
				got, err := snap.Label(ctx, iri("label/%d", i+1))
				if err != nil || len(got) != len(document(0)) {
					b.Fatal(len(got), err)
				}
			})
			report(b, ts, os)
		}
	})
}
