package planted_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/seeds/planted"
)

var at = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// A corpus is the same every time, and a longer one begins with a shorter one.
func TestACorpusDependsOnItsSeedAlone(t *testing.T) {
	list := func(c planted.Corpus) (out []graph.Change, expected []planted.Expected) {
		for s := range c.Stories() {
			out = append(out, s.Change(c.Authority(), at))
			expected = append(expected, s.Expected...)
		}
		return out, expected
	}
	a, ea := list(planted.Corpus{Seed: 7, Documents: 40})
	b, eb := list(planted.Corpus{Seed: 7, Documents: 80})
	if diff := cmp.Diff(a, b[:len(a)]); diff != "" {
		t.Errorf("-short corpus +long corpus:\n%s", diff)
	}
	if diff := cmp.Diff(ea, eb[:len(ea)]); diff != "" {
		t.Errorf("-short corpus +long corpus:\n%s", diff)
	}
	c, _ := list(planted.Corpus{Seed: 8, Documents: 40})
	if cmp.Equal(a[0].Readings[0].Text, c[0].Readings[0].Text) {
		t.Error("another seed tells the same story")
	}
}

// Every passage stands where it says, no edge dangles, and every expectation is of
// words that somebody says.
func TestStoriesAreSound(t *testing.T) {
	store := cayleystore.Memory()
	c := planted.Corpus{Seed: 1, Documents: 400}
	authority := c.Authority()
	plots := map[string]bool{}
	astray := 0
	for s := range c.Stories() {
		plots[s.Plot] = true
		change := s.Change(authority, at)
		if _, err := store.Commit(t.Context(), change); err != nil {
			t.Fatalf("%d, %s: %v", s.Number, s.Plot, err)
		}
		claims := map[planted.Point]bool{}
		for _, r := range change.Readings {
			claims[planted.Point{Document: r.Document.ID}] = true
			for _, x := range r.Claims {
				claims[planted.Point{Document: r.Document.ID, Words: x.Words()}] = true
			}
		}
		for _, e := range s.Expected {
			if e.Report == "orphan-evidence" {
				astray++
			}
			for _, p := range append([]planted.Point{e.Subject}, e.Or...) {
				if !claims[p] {
					t.Errorf("%d, %s: nobody says %s", s.Number, s.Plot, p)
				}
			}
		}
	}
	for _, p := range planted.Plots() {
		if !plots[p] {
			t.Errorf("%d documents do not tell %q", c.Documents, p)
		}
	}
	// Only the evidence that was led astray on purpose is not where it says.
	problems, err := store.Verify(t.Context())
	if err != nil || len(problems) != astray {
		t.Errorf("%v, %d problems, want %d: %.200q", err, len(problems), astray, problems)
	}
}
