//go:build unix

package report_test

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/report"
	"whence/seeds/planted"
)

// How long things take over a planted corpus: commits of the structure, the survey,
// every report, and traces. BENCHMARKS.md has what it gave.
//
//	make bench-reports
func BenchmarkPlanted(b *testing.B) {
	for _, documents := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(documents), func(b *testing.B) {
			size := planted.Corpus{Seed: 1, Documents: documents}
			began := cpu()
			c := plant(b, size)
			whole := cpu() - began
			b.Run("survey", func(b *testing.B) {
				began := cpu()
				for b.Loop() {
					c.read(b)
				}
				spend(b, began)
				b.ReportMetric((whole - (cpu()-began)/time.Duration(b.N)).Seconds(), "s-cpu-commits")
				b.ReportMetric(float64(len(c.survey.Claims)), "claims")
				b.ReportMetric(float64(len(c.survey.Relations)), "relations")
			})
			for _, k := range report.Kinds() {
				b.Run(k.Name, func(b *testing.B) {
					findings, began := 0, cpu()
					for b.Loop() {
						r, err := report.New(c.survey, report.Kind(k.Name), report.Filter{Commenters: true})
						if err != nil {
							b.Fatal(err)
						}
						findings = len(r.Findings)
					}
					spend(b, began)
					b.ReportMetric(float64(findings), "findings")
				})
			}
			b.Run("trace", func(b *testing.B) { c.traces(b) })
		})
	}
}

// cpu is the time that the process has had of a processor: on a machine that others
// use too it says more than the clock.
func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// spend reports the processor time of each round of a loop that began at a time.
func spend(b *testing.B, began time.Duration) {
	b.ReportMetric(float64((cpu()-began).Microseconds())/1000/float64(b.N), "ms-cpu")
}

// traces times traces of 200 claims, spread over the corpus.
func (c *corpus) traces(b *testing.B) {
	const claims = 200
	var took []time.Duration
	before := cpu()
	for b.Loop() {
		err := c.store.View(b.Context(), graph.At{}, func(r graph.Reader) error {
			for i := range claims {
				id := c.survey.Claims[i*len(c.survey.Claims)/claims].Claim.ID
				began := time.Now()
				if _, err := graph.TraceClaims(b.Context(), r, "", []graph.ID{id}, graph.TraceOptions{Commenters: true}); err != nil {
					return err
				}
				took = append(took, time.Since(began))
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	spend(b, before)
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms-p95")
}
