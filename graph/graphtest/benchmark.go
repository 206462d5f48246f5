package graphtest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"whence/graph"
)

// Long returns a document with n claims of some ten words, each with a speaker,
// every fifth with a figure and a source.
func Long(uri string, n int) *Document {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "Speaker%d said that item %d of the plan would — in the end — help %d people, the survey%d found. ", i%40, i, 1000+i, i)
	}
	d := NewDocument(uri, text.String())
	for i := range n {
		words := fmt.Sprintf("item %d of the plan would — in the end — help %d people", i, 1000+i)
		claim := d.Claim(words, fmt.Sprintf("Speaker%d", i%40))
		if i%5 == 0 {
			d.Figure(claim, fmt.Sprintf("%d people", 1000+i), float64(1000+i), d.Source(fmt.Sprintf("the survey%d", i), "", fmt.Sprintf("survey%d", i)))
		}
	}
	return d
}

// Benchmark measures a store. open returns an empty one.
func Benchmark(b *testing.B, open func(b *testing.B) graph.Store) {
	const claims = 500
	ctx := context.Background()
	b.Run("commit of a document of 500 claims", func(b *testing.B) {
		s := open(b)
		defer s.Close()
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			c := Long(fmt.Sprint("https://long.example/", i), claims).Change(nil, Day(1))
			b.StartTimer()
			commit(b, s, c)
		}
	})
	s := open(b)
	defer s.Close()
	for i := range 4 {
		commit(b, s, Long(fmt.Sprint("https://long.example/", i), claims).Change(nil, Day(1)))
	}
	var ids []graph.ID
	read(b, s, func(r graph.Reader) (err error) { ids, err = r.List(ctx, graph.TypeClaim, "", 100); return err })
	for _, c := range []struct {
		name string
		f    func(r graph.Reader) (int, error)
	}{
		{"one hop out of 100 claims", func(r graph.Reader) (int, error) { e, err := r.Out(ctx, ids, graph.AssertedBy); return len(e), err }},
		{"every edge out of 100 claims", func(r graph.Reader) (int, error) { e, err := r.Out(ctx, ids); return len(e), err }},
		{"one hop into 100 claims", func(r graph.Reader) (int, error) {
			e, err := r.In(ctx, ids, graph.RelatedFrom, graph.RelatedTo, graph.Within)
			return len(e) + 1, err
		}},
		{"100 claims", func(r graph.Reader) (int, error) { n, err := r.Nodes(ctx, ids); return len(n), err }},
		{"list of 2000 claims", func(r graph.Reader) (int, error) { l, err := r.List(ctx, graph.TypeClaim, "", 0); return len(l), err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				read(b, s, func(r graph.Reader) error {
					n, err := c.f(r)
					if err == nil && n == 0 {
						b.Fatal("nothing is found")
					}
					return err
				})
			}
		})
	}
}
