package report_test

import (
	"slices"
	"testing"
	"time"

	"whence/graph"
)

// quoting makes a paper that quotes a release, each of a date.
func quoting(t *testing.T, paper, release graph.Date) (w *world, claim, of graph.ID) {
	w = newWorld(t)
	d := w.document("paper.example", graph.KindNews, paper, "Evening Paper", "As the board says, 12,500 people waited.")
	r := w.document("board.example", graph.KindPressRelease, release, "Health Board", "We say that 12,500 people waited.")
	claim, of = w.claim(d, "12,500 people waited", ""), w.claim(r, "12,500 people waited", "")
	return w, claim, of
}

func TestAnachronism_ByDates(t *testing.T) {
	for _, c := range []struct {
		name           string
		paper, release graph.Date
		want           string // days, "" for no finding
	}{
		{"two days before its source", "2024-05-01", "2024-05-03", "2"},
		{"one day: time zones", "2024-05-01", "2024-05-02", ""},
		{"the same day", "2024-05-01", "2024-05-01", ""},
		{"after it", "2024-05-04", "2024-05-03", ""},
		{"some day of the same month", "2024-05", "2024-05-03", ""},
		{"the month before", "2024-04", "2024-05-03", "3"},
		{"its source is of the next month", "2024-05-01", "2024-06", "31"},
		{"its source is of that year", "2024-05-01", "2024", ""},
		{"its source is of the next year", "2024", "2025", ""}, // 31 December and 1 January are one day apart
		{"its source is of two years later", "2024", "2026", "366"},
		{"no date", "", "2024-05-03", ""},
		{"a source without a date", "2024-05-01", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, claim, of := quoting(t, c.paper, c.release)
			w.takes(claim, of, graph.BasisDeclared)
			got := w.report("anachronism")
			if c.want == "" {
				if len(got.Findings) != 0 {
					t.Errorf("finding: %s", got.Findings[0].Why)
				}
				return
			}
			if len(got.Findings) != 1 || got.Findings[0].Subject != claim || value(got.Findings[0], "days") != c.want {
				t.Errorf("got %+v, want one of %s days", got.Findings, c.want)
			}
		})
	}
	// Dates of unlike precision compared as strings put the month before its days.
	if paper, release := "2024-05", "2024-05-03"; paper >= release {
		t.Error("the case of one month is no trap")
	}
}

func TestAnachronism_AnEditionThatMayHaveTakenItUp(t *testing.T) {
	for fetched, want := range map[string]int{"2024-05-04": 0, "2024-05-02": 1} {
		t.Run(fetched, func(t *testing.T) {
			w := newWorld(t)
			first := w.document("paper.example", graph.KindNews, "2024-05-01", "Evening Paper", "Many people waited.")
			first.Retrieved(time.Date(2024, 5, 1, 20, 0, 0, 0, time.UTC))
			at, err := time.Parse(time.DateOnly, fetched)
			if err != nil {
				t.Fatal(err)
			}
			second := w.document("paper.example", graph.KindNews, "2024-05-01", "Evening Paper", "12,500 people waited, says the board.").Retrieved(at)
			r := w.document("board.example", graph.KindPressRelease, "2024-05-03", "Health Board", "We say that 12,500 people waited.")
			w.takes(w.claim(second, "12,500 people waited", ""), w.claim(r, "12,500 people waited", ""), graph.BasisDeclared)
			if got := w.report("anachronism"); len(got.Findings) != want {
				t.Errorf("%d findings, want %d: %+v", len(got.Findings), want, got.Findings)
			}
		})
	}
}

func TestAnachronism_AnUpdateHasADateOfItsOwn(t *testing.T) {
	// The article is of 1 May; the update that quotes the release is of 4 May.
	w := newWorld(t)
	d := w.document("paper.example", graph.KindNews, "2024-05-01", "Evening Paper", "Many people waited. Update: 12,500 people waited, says the board.")
	d.Part(graph.SegmentUpdate, "Update: 12,500 people waited, says the board.", "", "2024-05-04")
	r := w.document("board.example", graph.KindPressRelease, "2024-05-03", "Health Board", "We say that 12,500 people waited.")
	claim := w.claim(d, "12,500 people waited", "")
	w.takes(claim, w.claim(r, "12,500 people waited", ""), graph.BasisDeclared)
	s := w.survey()
	if naive := r.Work().Published.After(s.Claim(claim).Document.Published); !naive {
		t.Error("the case is no trap: the documents are in order")
	}
	if got := reportOf(t, s, "anachronism"); len(got.Findings) != 0 {
		t.Errorf("got %+v", got.Findings)
	}
}

func TestAnachronism_ACitedDocumentWithoutTheClaim(t *testing.T) {
	w, claim, _ := quoting(t, "2024-05-01", "2024-05-03")
	d := w.documents[0]
	w.held(w.source(d, "the board", "https://board.example", "Health Board"), "https://board.example")
	d.Stated(claim).Content = d.Stated(claim).Content[:1]
	d.Stated(claim).SaidIn = graph.NewSourceID("https://board.example", d.ID(), "")
	got := w.report("anachronism")
	if is := types(got, claim); !slices.Equal(is, []string{"anachronism"}) {
		t.Errorf("got %+v", got.Findings)
	}
}

func TestAnachronism_TheUndatedAreListed(t *testing.T) {
	w, claim, of := quoting(t, "", "2024-05-03")
	w.takes(claim, of, graph.BasisDeclared)
	if got := w.report("anachronism"); !slices.Equal(got.Undated, []graph.ID{claim}) {
		t.Errorf("undated %v, want the paper's claim", got.Undated)
	}
}
