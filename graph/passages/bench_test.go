package passages

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/folder"
)

// papers makes papers of three paragraphs of 80 words each; the how many-th commonest
// of 20,000 words is taken about that many times less often than the first.
func papers(n int) []graph.Captured {
	random := rand.New(rand.NewPCG(1, 2))
	words := rand.NewZipf(random, 1.1, 8, 20_000-1)
	out := make([]graph.Captured, n)
	for i := range out {
		var paragraphs []string
		for range 3 {
			text := make([]string, 80)
			for j := range text {
				text[j] = fmt.Sprintf("w%dx", words.Uint64())
			}
			paragraphs = append(paragraphs, strings.Join(text, " ")+".")
		}
		out[i] = paper(fmt.Sprintf("https://made.example/%d", i), "Maker", "2024", paragraphs...)
	}
	return out
}

const benchmarkPapers = 2_000

func benchmarkStore(b *testing.B) *Store {
	b.Helper()
	dir := b.TempDir()
	f, err := folder.Open(dir, folder.Options{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := Keep(f, filepath.Join(dir, "passages"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	for some := range slices.Chunk(papers(benchmarkPapers), 100) {
		load(b, s, day(1), some...)
	}
	return s
}

// BenchmarkUpdate makes the whole index of 2,000 papers in a folder.
func BenchmarkUpdate(b *testing.B) {
	s := benchmarkStore(b)
	for b.Loop() {
		if err := s.drop(nil); err != nil {
			b.Fatal(err)
		}
		if err := s.Update(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	size := int64(0)
	names, err := filepath.Glob(filepath.Join(s.dir, "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			size += info.Size()
		}
	}
	b.ReportMetric(float64(size)/benchmarkPapers, "B/paper")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/benchmarkPapers, "ms/paper")
}

// BenchmarkFind answers questions about 2,000 papers, ten passages a page.
func BenchmarkFind(b *testing.B) {
	s := benchmarkStore(b)
	if err := s.Update(b.Context()); err != nil {
		b.Fatal(err)
	}
	for name, q := range map[string]graph.PassageQuery{
		"rare word":             {Words: "w9000x"},
		"word of every passage": {Words: "w0x"},
		"two words":             {Words: "w20x w300x"},
		"any of five":           {Words: "w20x w300x w4000x w7x w8x", Any: true},
		"phrase":                {Words: `"w0x w1x w2x"`},
	} {
		q.Limit = 10
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ask(s, graph.At{}, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
