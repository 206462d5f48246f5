package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"whence/loader"
	"whence/loader/source"
)

// BenchmarkExtract reads documents as whence extract does, on all processors, with everything on: how many in a
// second, and how much memory the process had at most. The texts are those of seeds/gold; with WHENCE_EVAL, the folder
// of the development data, also the 516 news articles of PolNeAR: there at least 100 a second on two processors are asked for, in
// under 300 MB.
func BenchmarkExtract(b *testing.B) {
	for _, set := range []struct{ name, pattern string }{
		{"seeds", "../../seeds/gold/*/*.jsonl"},
		{"PolNeAR", filepath.Join(os.Getenv("WHENCE_EVAL"), "dev", "polnear.jsonl")},
	} {
		b.Run(set.name, func(b *testing.B) {
			files, err := filepath.Glob(set.pattern)
			if err != nil || len(files) == 0 {
				b.Skip("no ", set.pattern)
			}
			documents := 0
			for b.Loop() {
				auth, err := authorityFlag{Authority: "built-in"}.load()
				if err != nil {
					b.Fatal(err)
				}
				err = extractAll(b.Context(), nil, files, source.Options{Format: "jsonl", MaxBytes: 1 << 30}, auth, 0, func(_ *loader.Form, err error) error {
					documents++
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(documents)/b.Elapsed().Seconds(), "documents/s")
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/1e6, "MB-at-most")
		})
	}
}
