package embed

import "testing"

func BenchmarkEncode(b *testing.B) {
	var texts []string
	for range 8 {
		texts = append(texts,
			"The tunnel will cut journeys across the estuary by half when it opens, the harbour minister told the paper.",
			"Over 1,250 lorries a day use the pier, the Port Authority's figures show, twice as many as ten years ago.",
		)
	}
	e := English()
	for b.Loop() {
		if _, err := e.Encode(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*len(texts)), "ms/text")
}
