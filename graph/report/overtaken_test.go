package report_test

import (
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/report"
)

// A pier is the definition's own case: a claim, a written answer that clarifies it, and repeats.
type pier struct {
	*world
	first, inside, cites, late, undated graph.ID
	answer                              graph.ID // the answer's document
}

func newPier(t *testing.T) pier {
	p := pier{world: newWorld(t)}
	say := func(uri string, published graph.Date, publisher, more string) (*graphtest.Document, graph.ID) {
		d := p.document(uri, graph.KindNews, published, publisher, "The pier will open in May, Ada Brook said."+more)
		return d, p.claim(d, "The pier will open in May", "Ada Brook")
	}
	var first, cites *graphtest.Document
	first, p.first = say("a.example", "2024-01-01", "Paper a", " A written answer of 10 January says that this is only the gangway.")
	answer := p.document("answer.example", graph.KindWrittenAnswer, "2024-01-10", "Parliament", "Only the gangway of the pier opens in May.")
	p.answer = answer.ID()
	said := p.claim(answer, "Only the gangway of the pier opens in May", "")
	_, p.inside = say("b.example", "2024-01-11", "Paper b", "")
	cites, p.cites = say("c.example", "2024-01-20", "Paper c", " The answer is at answer.example.")
	_, p.late = say("d.example", "2024-01-25", "Paper d", "")
	_, p.undated = say("e.example", "", "Paper e", "")
	p.same(p.first, p.inside, p.cites, p.late, p.undated)
	first.Relate(p.first, graph.ClarifiedBy, p.source(first, "A written answer of 10 January", "", "Parliament"), "says that this is only the gangway")
	p.held(first.Cited(p.sourceOf(first)).ID, p.answer)
	p.held(p.source(cites, "answer.example", "https://answer.example", ""), p.answer)
	_ = said
	return p
}

// sourceOf returns the only source of a document.
func (p pier) sourceOf(d *graphtest.Document) graph.ID { return d.Reading().Sources[0].ID }

func TestOvertaken_OnlyTheRepeatThatIsLateAndDoesNotCarryTheAnswer(t *testing.T) {
	p := newPier(t)
	s := p.survey()
	r := reportOf(t, s, "overtaken")
	if len(r.Findings) != 1 || r.Findings[0].Subject != p.late || r.Findings[0].Type != "clarified" {
		t.Fatalf("want the repeat of 25 January alone: %+v", r.Findings)
	}
	x := r.Findings[0]
	if value(x, "lag") != "15 days" || value(x, "repeats before") != "1" || value(x, "repeats after") != "3" {
		t.Errorf("measured: %v", x.Values)
	}
	if !slices.Equal(r.Undated, []graph.ID{p.undated}) {
		t.Errorf("undated: %v, want %s", r.Undated, p.undated)
	}

	// The naive report takes every claim of the family that is dated after the answer, and what is undated.
	naive := map[graph.ID]bool{}
	for _, c := range s.Claims {
		if c.Claim.StatedOn == "" || c.Claim.StatedOn > "2024-01-10" {
			naive[c.Claim.ID] = true
		}
	}
	if !naive[p.inside] || !naive[p.cites] || !naive[p.undated] {
		t.Fatal("the fixture does not tell the naive report from ours")
	}
}

func TestOvertaken_GraceIsAsked(t *testing.T) {
	p := newPier(t)
	s := p.survey()
	for grace, want := range map[int]int{-1: 2, 1: 1, 14: 1, 15: 0} {
		r, err := report.New(s, "overtaken", report.Filter{Grace: grace})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) != want {
			t.Errorf("grace %d: %d findings, want %d", grace, len(r.Findings), want)
		}
	}
}

func TestOvertaken_NoRepeatWithAnotherFigure(t *testing.T) {
	w := newWorld(t)
	told := func(uri string, published graph.Date, words string, value float64) (*graphtest.Document, graph.ID) {
		d := w.document(uri, graph.KindNews, published, uri, "The mill lost "+words+" jobs, Cal Dunn said. The Office corrected this.")
		c := w.claim(d, "The mill lost "+words+" jobs", "Cal Dunn")
		d.Figure(c, words, value, "")
		return d, c
	}
	first, a := told("a.example", "2024-01-01", "900", 900)
	_, same := told("b.example", "2024-02-01", "900", 900)
	_, other := told("c.example", "2024-02-01", "270", 270)
	w.same(a, same, other)
	correction := w.document("office.example", graph.KindStatement, "2024-01-05", "The Office", "It was 270.")
	first.Relate(a, graph.CorrectedBy, w.source(first, "The Office", "", "The Office"), "corrected this")
	w.held(first.Reading().Sources[0].ID, correction.ID())

	r := w.report("overtaken")
	if len(r.Findings) != 1 || r.Findings[0].Subject != same || r.Findings[0].Type != "corrected" {
		t.Errorf("a repeat with the corrected figure is no repeat: %+v", shorts(r))
	}
}

func TestCouldHaveKnown_WhatWasPublishedBefore(t *testing.T) {
	p := newPier(t)
	r := p.report("could-have-known")
	got := map[graph.ID]string{}
	for _, x := range r.Findings {
		got[x.Subject] = x.Type
	}
	for id, want := range map[graph.ID]string{p.inside: "not carried", p.cites: "carried", p.late: "not carried", p.first: "", p.undated: ""} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id.Short(), got[id], want)
		}
	}
}

func TestTimeline_TellsRepeatsAfterAClarification(t *testing.T) {
	p := newPier(t)
	line := report.NewTimeline(p.survey(), nil)
	var got []string
	for _, e := range line.Entries {
		if e.Claim != nil && e.Claim.Claim.Document == p.answer {
			continue // the answer's own claim is a family of its own
		}
		entry := string(e.Date) + " " + string(e.Moment)
		if e.Carries {
			entry += " carries"
		}
		got = append(got, entry)
	}
	want := []string{"2024-01-01 first", "2024-01-10 clarification", "2024-01-11 repeat-after", "2024-01-20 repeat-after carries", "2024-01-25 repeat-after"}
	if !slices.Equal(got, want) {
		t.Errorf("timeline:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(line.Undated) != 1 || line.Undated[0].Claim.ID != p.undated {
		t.Errorf("undated: %v", line.Undated)
	}
	if len(line.Clarifications) != 1 {
		t.Fatalf("clarifications: %+v", line.Clarifications)
	}
	k := line.Clarifications[0]
	if k.Before != 1 || k.After != 3 || k.Carried != 1 || k.Voices != 3 || k.HalfLife != "10 days" {
		t.Errorf("spread: %+v", k)
	}
}
