package query_test

import (
	"fmt"
	"testing"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/folder"
	"whence/graph/query"
	"whence/graph/storebench/claimgraph"
)

// rounds is how many rounds of the invented corpus are queried: about 200,000 quads.
const rounds = 10

// BenchmarkTwoHops asks for the claims of whoever made a claim, and for what documents they stand in.
func BenchmarkTwoHops(b *testing.B) {
	for name, open := range map[string]func() graph.Store{
		"memory": cayleystore.Memory,
		"folder": func() graph.Store {
			f, err := folder.Open(b.TempDir(), folder.Options{})
			if err != nil {
				b.Fatal(err)
			}
			return f
		},
	} {
		s := open()
		corpus := claimgraph.New(1)
		var named []graph.ID
		for i := range rounds {
			r := corpus.Round(i)
			named = append(named, r.Named...)
			for _, c := range r.Changes {
				if _, err := s.Commit(b.Context(), c); err != nil {
					b.Fatal(err)
				}
			}
		}
		r := query.NewRunner(1, 1<<30)
		for shape, text := range map[string]string{
			"Out.In":     `g.V("<%s>").Out("<whence:asserted-by>").In("<whence:asserted-by>").GetLimit(50)`,
			"Out.Out":    `g.V("<%s>").Out("<whence:asserted-by>").Out("<whence:name>").All()`,
			"Out.In.Out": `g.V("<%s>").Out("<whence:asserted-by>").In("<whence:asserted-by>").Out("<whence:stated-in>").GetLimit(50)`,
			"nothing":    `"%s"`,
		} {
			b.Run(name+"/"+shape, func(b *testing.B) {
				found := 0
				i := 0
				for b.Loop() {
					a, err := r.Run(b.Context(), s, query.Question{Language: "gizmo", Text: fmt.Sprintf(text, named[i*7919%len(named)]), Rows: 50})
					if err != nil {
						b.Fatal(err)
					}
					found += len(a.Rows)
					i++
				}
				b.ReportMetric(float64(found)/float64(i), "rows/op")
			})
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
