package report_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/report"
	"whence/seeds/planted"
)

// A corpus is a planted one as it is held: its survey, and what is expected of it.
type corpus struct {
	survey   *graph.Survey
	store    graph.Store
	expected map[string][]planted.Expected // by report
	plot     map[graph.ID]string           // by document
	known    map[graph.ID]planted.Point    // which of the planted claims a claim is; nil when they are the same
}

// small tells every plot once, and begins again.
var small = planted.Corpus{Seed: 1, Documents: 360}

// plantedAt is when planted corpora are committed.
var plantedAt = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// plantedOnce is small, planted for every test that only reads it.
var plantedOnce struct {
	sync.Once
	*corpus
}

func plantSmall(t testing.TB) *corpus {
	t.Helper()
	plantedOnce.Do(func() { plantedOnce.corpus = plant(t, small) })
	return plantedOnce.corpus
}

// plant commits what a perfect extractor and matcher would make of a corpus.
func plant(t testing.TB, c planted.Corpus) *corpus {
	t.Helper()
	out := newCorpus()
	authority := c.Authority()
	for s := range c.Stories() {
		if _, err := out.store.Commit(t.Context(), s.Change(authority, plantedAt)); err != nil {
			t.Fatalf("%s: %v", s.Plot, err)
		}
		out.expect(s)
	}
	out.read(t)
	return out
}

// expect notes what is expected of a story.
func (c *corpus) expect(s *planted.Story) {
	for _, d := range s.Documents {
		c.plot[d.Address] = s.Plot
	}
	for _, e := range s.Expected {
		c.expected[e.Report] = append(c.expected[e.Report], e)
	}
}

// listing are the reports that have something to say of most claims. They are
// judged by those of which the corpus knows; the other reports by all that they find.
var listing = map[report.Kind]bool{"depth-to-primary": true, "unsupported": true, "echo": true, "could-have-known": true}

// named says by which types a report calls what its definition calls otherwise.
var named = map[string]string{
	"answered-or-not/holding":         "holding-answer",
	"certainty-inflation/cause":       "correlation-to-cause",
	"contradiction/contradiction":     "own-record",
	"depth-to-primary/fact primary":   "fact-primary",
	"depth-to-primary/said primary":   "said-primary",
	"depth-to-primary/fact dead-end":  "fact-cites-nothing",
	"depth-to-primary/fact unlocated": "fact-unlocated",
	"depth-to-primary/fact unknown":   "fact-not-held",
}

// A score is how well findings agree with what is expected.
type score struct {
	expected, found, right int
	unjudged               int // findings of which the corpus does not know
	may                    int // findings that the definition leaves open
	missed                 []planted.Expected
	wrong                  []report.Finding
}

func (s score) precision() float64 { return ratio(s.right, s.found) }
func (s score) recall() float64    { return ratio(s.right, s.expected) }
func (s score) f1() float64        { return ratio(2*s.right, s.found+s.expected) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// score compares the findings of one report with what is expected of it.
func (c *corpus) score(kind report.Kind, findings []report.Finding) score {
	var out score
	at := map[planted.Point][]int{} // expectations by what may be their subject
	all := c.expected[string(kind)]
	for i, e := range all {
		if !e.May && e.Type != planted.None {
			out.expected++
		}
		for _, p := range append([]planted.Point{e.Subject}, e.Or...) {
			at[p] = append(at[p], i)
		}
	}
	met := make([]bool, len(all))
	for _, f := range findings {
		subject := c.point(f.Subject)
		i := slices.IndexFunc(at[subject], func(i int) bool { return !met[i] && c.meets(f, all[i]) })
		switch {
		case i >= 0 && all[at[subject][i]].May:
			out.may++
		case i >= 0:
			met[at[subject][i]] = true
			out.right++
			out.found++
		case listing[kind] && len(at[subject]) == 0:
			out.unjudged++
		default:
			out.found++
			out.wrong = append(out.wrong, f)
		}
	}
	for i, e := range all {
		if !met[i] && !e.May && e.Type != planted.None {
			out.missed = append(out.missed, e)
		}
	}
	return out
}

// meets reports whether a finding of the right subject is the one expected.
func (c *corpus) meets(f report.Finding, e planted.Expected) bool {
	if e.Type != "" && f.Type != e.Type && f.Type != named[e.Report+"/"+e.Type] {
		return false
	}
	if e.Value != "" && !slices.ContainsFunc(f.Values, func(v report.Value) bool { return strings.HasPrefix(v.Value+" ", e.Value+" ") }) {
		return false
	}
	return e.Other == nil || slices.ContainsFunc(f.Hops, func(h report.Hop) bool {
		return c.point(h.Node) == *e.Other || h.Document == e.Other.Document
	})
}

// point names a claim or document as the planted corpus does.
func (c *corpus) point(id graph.ID) planted.Point {
	if p, ok := c.known[id]; ok {
		return p
	}
	if claim := c.survey.Claim(id); claim != nil {
		return planted.Point{Document: claim.Claim.Document, Words: claim.Claim.Words()}
	}
	for _, f := range c.survey.Figures {
		if f.Statistic.ID == id {
			return c.point(f.Statistic.Claim)
		}
	}
	return planted.Point{Document: id}
}

// Every report finds what was planted for it, and nothing else, when extraction and
// matching are perfect: what is then missed or wrong is the report's own fault.
func TestReportsFindWhatWasPlanted(t *testing.T) {
	c := plantSmall(t)
	made := map[string]bool{}
	var table strings.Builder
	fmt.Fprintf(&table, "%-22s %8s %6s %6s %6s %6s %9s\n", "report", "expected", "found", "P", "R", "may", "unjudged")
	for _, k := range report.Kinds() {
		made[k.Name] = true
		kind := report.Kind(k.Name)
		if len(c.expected[k.Name]) == 0 {
			t.Logf("NOT JUDGED: nothing is planted for %s", k.Name)
			continue
		}
		r, err := report.New(c.survey, kind, report.Filter{Commenters: true})
		if err != nil {
			t.Fatal(err)
		}
		s := c.score(kind, r.Findings)
		fmt.Fprintf(&table, "%-22s %8d %6d %6.3f %6.3f %6d %9d\n", kind, s.expected, s.found, s.precision(), s.recall(), s.may, s.unjudged)
		if s.precision() < .95 || s.recall() < .95 {
			t.Errorf("%s: precision %.3f, recall %.3f: want at least .95\n%s", kind, s.precision(), s.recall(), c.faults(s))
		}
	}
	for _, name := range sortedNames(c.expected) {
		if !made[name] {
			t.Logf("NOT MADE YET: %s, for which %d findings are planted", name, len(c.expected[name]))
		}
	}
	t.Logf("%d documents, %d claims\n%s", len(c.survey.Documents), len(c.survey.Claims), table.String())
}

// faults tells the first few of what was missed and wrong.
func (c *corpus) faults(s score) string {
	const few = 6
	var b strings.Builder
	for i, e := range s.missed {
		if i < few {
			fmt.Fprintf(&b, "missed in %s: %s of %s (other: %v) %s\n", c.plot[e.Subject.Document], e.Type, e.Subject, e.Other, e.Value)
		}
	}
	for i, f := range s.wrong {
		if i < few {
			p := c.point(f.Subject)
			fmt.Fprintf(&b, "wrong in %s: %s of %s: %s %v\n", c.plot[p.Document], f.Type, p, f.Why, f.Values)
		}
	}
	return b.String()
}

func sortedNames[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}
