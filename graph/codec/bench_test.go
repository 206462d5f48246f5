package codec_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
)

// large is a document of 500 claims, each of a sentence, with speaker and cue.
func large() graph.Reading {
	const sentence = "Dana Reed said that the visits “helped” twelve people in Leeds. "
	r := small()
	r.Text = strings.Repeat(sentence, 500)
	r.Segments, r.Statistics, r.Sources, r.Relations = nil, nil, nil, nil
	r.Claims = make([]graph.Claim, 500)
	for i := range r.Claims {
		at := func(words string) []graph.Passage {
			start := i*len(sentence) + strings.Index(sentence, words)
			return []graph.Passage{graph.NewPassage(r.Text, graph.Span{Start: start, End: start + len(words)})}
		}
		r.Claims[i] = graph.Claim{
			ID: graph.ID(fmt.Sprintf("urn:whence:claim:%032d", i)), Document: doc, Version: version, Segment: body,
			Content: at("the visits “helped” twelve people in Leeds"), Source: at("Dana Reed"), Cue: at("said"),
			Mode: graph.ModeMixed, Polarity: graph.Positive, StatedOn: "2024-10-16", Rule: "Q2", Confidence: 900,
		}
	}
	return r
}

func BenchmarkEncodeReading(b *testing.B) {
	r := large()
	quads, err := codec.EncodeReading(r)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(r.Text)))
	for b.Loop() {
		if _, err := codec.EncodeReading(r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(quads)), "quads")
}

func BenchmarkDecodeNodes(b *testing.B) {
	r := large()
	quads, err := codec.EncodeReading(r)
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]graph.ID, 100)
	wanted := map[quad.Value]bool{}
	for i := range ids {
		ids[i] = r.Claims[i].ID
		wanted[codec.SafeIRI(ids[i])] = true
	}
	var own []quad.Quad
	for _, q := range quads {
		if wanted[q.Subject] {
			own = append(own, q)
		}
	}
	held := graph.NewOffsets(r.Text)
	text := func(graph.ID) (*graph.Offsets, error) { return held, nil }
	for b.Loop() {
		if nodes, err := codec.DecodeNodes(ids, codec.BySubject(own), text); err != nil || len(nodes) != len(ids) {
			b.Fatal(len(nodes), err)
		}
	}
}
