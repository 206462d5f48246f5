package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/report"
	"whence/loader"
	"whence/loader/resolve"
	"whence/seeds/planted"
)

// load loads a corpus as documents, as `whence load` does.
func load(t testing.TB, c planted.Corpus) *corpus {
	t.Helper()
	var yaml strings.Builder
	if err := c.WriteAuthority(&yaml); err != nil {
		t.Fatal(err)
	}
	authority, err := resolve.LoadAuthority([]byte(yaml.String()))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "planted.jsonl")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.WriteRecords(f); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	out := newCorpus()
	for s := range c.Stories() {
		out.expect(s)
	}
	done, err := loader.Load(t.Context(), out.store, []string{path}, loader.Options{Authority: authority})
	if err != nil || len(done.Problems) > 0 {
		t.Fatal(err, done.Problems)
	}
	t.Logf("load: %d documents, %d claims, %d links, %v", len(done.Documents), done.Total.Claims, done.Total.Links, done.Took)
	out.read(t)
	out.align()
	return out
}

// align says for every claim which of the planted ones it is: the one in the same
// document that has most words in common with it, if that is more than half.
func (c *corpus) align() {
	words := map[graph.ID][]planted.Point{}
	for _, list := range c.expected {
		for _, e := range list {
			for _, p := range append(slices.Clone(e.Or), e.Subject) {
				words[p.Document] = append(words[p.Document], p)
			}
			if e.Other != nil {
				words[e.Other.Document] = append(words[e.Other.Document], *e.Other)
			}
		}
	}
	c.known = map[graph.ID]planted.Point{}
	for i := range c.survey.Claims {
		claim := c.survey.Claims[i].Claim
		said := graph.FoldWords(claim.Words())
		most := 0.5
		for _, p := range words[claim.Document] {
			planted := graph.FoldWords(p.Words)
			common := 0
			for _, w := range planted {
				if slices.Contains(said, w) {
					common++
				}
			}
			if share := float64(common) / float64(max(len(said), len(planted), 1)); share > most {
				most, c.known[claim.ID] = share, p
			}
		}
	}
}

// families counts the pairs of documents that a corpus holds to make one claim.
func (c *corpus) families() map[[2]graph.ID]bool {
	out := map[[2]graph.ID]bool{}
	for i := range c.survey.Claims {
		name := c.survey.Claims[i].Family
		if name != c.survey.Claims[i].Claim.ID {
			continue
		}
		members := c.survey.Family(name)
		for j, a := range members {
			for _, b := range members[:j] {
				x, y := c.survey.Claim(a).Claim.Document, c.survey.Claim(b).Claim.Document
				if x != y {
					out[[2]graph.ID{min(x, y), max(x, y)}] = true
				}
			}
		}
	}
	return out
}

// How well each report does from text alone, with the extractor and the matcher as
// they are. It takes minutes, and asserts nothing but that all is loaded: what it
// finds is told in BENCHMARKS.md.
//
//	WHENCE_PLANTED=360 go test -run FromText -v ./graph/report
func TestReportsFromText(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("WHENCE_PLANTED"))
	if n == 0 {
		t.Skip("WHENCE_PLANTED is not set: no number of documents")
	}
	size := planted.Corpus{Seed: 1, Documents: n}
	perfect, c := plant(t, size), load(t, size)
	want, got := perfect.families(), c.families()
	right := 0
	for pair := range got {
		if want[pair] {
			right++
		}
	}
	t.Logf("pairs of documents that make one claim: %d, found %d, P %.3f, R %.3f", len(want), len(got), ratio(right, len(got)), ratio(right, len(want)))
	var table strings.Builder
	for _, k := range report.Kinds() {
		if len(c.expected[k.Name]) == 0 {
			continue
		}
		r, err := report.New(c.survey, report.Kind(k.Name), report.Filter{Commenters: true})
		if err != nil {
			t.Fatal(err)
		}
		s := c.score(report.Kind(k.Name), r.Findings)
		fmt.Fprintf(&table, "%-22s %8d %6d %6.3f %6.3f %6d %9d\n%s", k.Name, s.expected, s.found, s.precision(), s.recall(), s.may, s.unjudged, c.faults(s))
	}
	t.Log("\n" + table.String())
	if documents := len(c.survey.Documents); documents != len(perfect.survey.Documents) {
		t.Errorf("%d documents, want %d", documents, len(perfect.survey.Documents))
	}
}

// newCorpus is an empty one.
func newCorpus() *corpus {
	return &corpus{store: cayleystore.Memory(), expected: map[string][]planted.Expected{}, plot: map[graph.ID]string{}}
}

// read surveys what was committed.
func (c *corpus) read(t testing.TB) {
	t.Helper()
	var err error
	if c.survey, err = graph.NewSurvey(t.Context(), c.store, graph.At{}, graph.SurveyOptions{}); err != nil {
		t.Fatal(err)
	}
}
