package dgraphstore

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/graphtest"
	"whence/graph/store"
	"whence/graph/vocab"
)

// A measured is a cluster that is measured beside another.
type measured struct {
	name     string
	backend  *backend
	store    graph.Store
	claims   []quad.Value
	loads    []float64 // documents a second, for each round
	traces   []time.Duration
	label    quad.IRI
	labels   []time.Duration
	answered int // quads in all traces
}

// TestMeasure measures loading and reading on a cluster of one alpha and on one of three, in turns. It prints medians
// and their ratios. Run by .ci/dgraph bench, which adds memory and disk.
func TestMeasure(t *testing.T) {
	one := os.Getenv("WHENCE_DGRAPH_ONE")
	if one == "" {
		t.Skip("NOT MEASURED: WHENCE_DGRAPH_ONE names no cluster of one alpha (.ci/dgraph bench starts one)")
	}
	const rounds, documents, claims, traces = 5, 8, 50, 60
	clusters := []*measured{{name: "one alpha"}, {name: "three alphas"}}
	for i, at := range []string{Scheme + one, alphas(t)} {
		b := open(t, fmt.Sprintf("%s/measure%d", at, os.Getpid()))
		s, err := store.New(b, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		clusters[i].backend, clusters[i].store = b, s
	}
	for round := range rounds {
		for _, c := range clusters {
			c.load(t, round, documents, claims)
		}
		for trace := range traces / rounds {
			for _, c := range clusters {
				c.trace(t, c.claims[(trace*37)%(len(c.claims)-20):][:20])
				c.readLabel(t)
			}
		}
	}
	held := int64(0)
	for _, c := range clusters {
		s, err := c.backend.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		held = s.(*snapshot).root.Quads
	}
	a, b := clusters[0], clusters[1]
	fmt.Printf("%d documents of %d claims, %d quads; traces of 3 hops from 20 claims, %d quads each\n", rounds*documents, claims, held, a.answered/len(a.traces))
	perDocument := float64(held) / float64(rounds*documents)
	row := func(what, format string, x, y float64) {
		fmt.Printf("%-32s "+format+"  "+format+"  %.2f×\n", what, x, y, y/x)
	}
	fmt.Printf("%-32s %10s  %10s\n", "", a.name, b.name)
	row("documents a second", "%10.1f", median(a.loads), median(b.loads))
	row("quads a second", "%10.0f", median(a.loads)*perDocument, median(b.loads)*perDocument)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	row("trace, p50, ms", "%10.1f", ms(quantile(a.traces, 50)), ms(quantile(b.traces, 50)))
	row("trace, p95, ms", "%10.1f", ms(quantile(a.traces, 95)), ms(quantile(b.traces, 95)))
	row("label, p50, ms", "%10.1f", ms(quantile(a.labels, 50)), ms(quantile(b.labels, 50)))
}

func (c *measured) load(t *testing.T, round, documents, claims int) {
	began := time.Now()
	for i := range documents {
		d := graphtest.Long(fmt.Sprintf("https://measure.example/%d/%d", round, i), claims)
		if _, err := c.store.Commit(context.Background(), d.Change(nil, graphtest.Day(1))); err != nil {
			t.Fatal(err)
		}
		for _, claim := range d.Reading().Claims {
			c.claims = append(c.claims, codec.SafeIRI(claim.ID))
		}
		c.label = quad.IRI(d.Reading().Label)
	}
	c.loads = append(c.loads, float64(documents)/time.Since(began).Seconds())
}

// trace reads three frontiers at one moment: all that some claims say, all that is said of what they name, and the claims
// that name it, too.
func (c *measured) trace(t *testing.T, claims []quad.Value) {
	ctx := context.Background()
	began := time.Now()
	s, err := c.backend.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Out(ctx, claims, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[quad.Value]bool{}
	var named []quad.Value
	for _, q := range first {
		if iri, ok := q.Object.(quad.IRI); ok && q.Predicate != vocab.Type && !seen[iri] {
			seen[iri] = true
			named = append(named, iri)
		}
	}
	second, err := s.Out(ctx, named, nil)
	if err != nil {
		t.Fatal(err)
	}
	third, err := s.In(ctx, named, []quad.IRI{vocab.IRI(graph.AssertedBy), vocab.IRI(graph.HasFigure), vocab.IRI(graph.SourcedFrom)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(first) == 0 || len(second) == 0 || len(third) == 0 {
		t.Fatalf("hops of %d, %d and %d quads", len(first), len(second), len(third))
	}
	c.traces = append(c.traces, time.Since(began))
	c.answered += len(first) + len(second) + len(third)
}

func (c *measured) readLabel(t *testing.T) {
	s, err := c.backend.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if quads, err := s.Label(t.Context(), c.label); err != nil || len(quads) == 0 {
		t.Fatalf("%d quads of a label, %v", len(quads), err)
	}
	c.labels = append(c.labels, time.Since(began))
}

func median[T cmp.Ordered](list []T) T { return quantile(list, 50) }

func quantile[T cmp.Ordered](list []T, percent int) T {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}
