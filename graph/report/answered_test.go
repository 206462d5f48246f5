package report_test

import (
	"strings"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/graphtest"
)

// The four one-paragraph answers of the definition, one that answers, and one of another subject.
func TestAnsweredOrNot(t *testing.T) {
	for name, x := range map[string]struct {
		answer string
		says   []string // claims of the answer
		figure func(d *graphtest.Document, claim graph.ID)
		want   string
	}{
		"a holding answer": {
			answer: "I will write to the honourable member as soon as the figures for ferry passengers have been gathered.",
			want:   "holding-answer",
		},
		"an answer that points to a website": {
			answer: "The information requested is published on the department's website at https://ferries.example/figures.",
			want:   "refers-to-website",
		},
		"another period": {
			answer: "In 2019 the ferry service carried 61,000 passengers.",
			says:   []string{"In 2019 the ferry service carried 61,000 passengers"},
			figure: func(d *graphtest.Document, claim graph.ID) {
				d.Counted(d.Figure(claim, "61,000", 61000, "")).Period = "2019"
			},
			want: "different-period",
		},
		"no figure": {
			answer: "Ministers meet the operators of piers and quays from time to time.",
			says:   []string{"Ministers meet the operators of piers and quays from time to time"},
			want:   "no-figure",
		},
		"an answer": {
			answer: "In 2022 the ferry service carried 48,000 passengers.",
			says:   []string{"In 2022 the ferry service carried 48,000 passengers"},
			figure: func(d *graphtest.Document, claim graph.ID) {
				d.Counted(d.Figure(claim, "48,000", 48000, "")).Period = "2022"
			},
			want: "clarifies",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			d := w.document("paper.example", graph.KindNews, "2023-02-01", "Paper", "The ferry service carried 52,000 passengers in 2022, Cal Dunn said. A written answer of 3 March deals with it.")
			c := w.claim(d, "The ferry service carried 52,000 passengers in 2022", "Cal Dunn")
			d.Counted(d.Figure(c, "52,000", 52000, "")).Period = "2022"
			src := w.source(d, "A written answer of 3 March", "", "Parliament")
			d.Relate(c, graph.ClarifiedBy, src, "deals with it")
			answer := w.document("answer.example", graph.KindWrittenAnswer, "2023-03-03", "Parliament", x.answer)
			for _, words := range x.says {
				id := w.claim(answer, words, "")
				if x.figure != nil {
					x.figure(answer, id)
				}
			}
			w.held(src, answer.ID())
			s := w.survey()
			r := reportOf(t, s, "answered-or-not")
			if len(r.Findings) != 1 || r.Findings[0].Type != x.want || r.Findings[0].Subject != c {
				t.Errorf("found %+v, want %s", shorts(r), x.want)
			}
			// The naive report calls everything an answer that a text calls one.
			if naive := s.Claim(c).Qualifiers[0].Relation.Kind; naive != graph.ClarifiedBy {
				t.Errorf("the text says %s", naive)
			}
		})
	}
}

func TestAnsweredOrNot_SaysThatAnAnswerIsNotHeld(t *testing.T) {
	w := newWorld(t)
	d := w.document("paper.example", graph.KindNews, "2023-02-01", "Paper", "The pier is safe, Cal Dunn said. A written answer deals with it.")
	c := w.claim(d, "The pier is safe", "Cal Dunn")
	src := w.source(d, "A written answer", "", "Parliament")
	d.Cited(src).Title = "written answer"
	d.Relate(c, graph.ClarifiedBy, src, "deals with it")
	r := w.report("answered-or-not")
	if len(r.Findings) != 0 || len(r.Unseen) != 1 || !strings.Contains(r.Unseen[0], "not held") {
		t.Errorf("findings %v, unseen %v", shorts(r), r.Unseen)
	}
}

// Two captures of one page, and a paper that took from the first.
func TestSilentEdit(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 5, n, 9, 0, 0, 0, time.UTC) }
	edit := func(t *testing.T, notice string) (*world, map[string]graph.ID) {
		w := newWorld(t)
		before := w.document("page.example", graph.KindBlog, "2024-05-01", "Page", "The quay cost 41 million pounds. Ada Brook opened it in person. The crane is red.").Retrieved(day(1))
		ids := map[string]graph.ID{
			"cost":   w.claim(before, "The quay cost 41 million pounds", ""),
			"opened": w.claim(before, "Ada Brook opened it in person", ""),
			"crane":  w.claim(before, "The crane is red", ""),
		}
		paper := w.document("paper.example", graph.KindNews, "2024-05-02", "Paper", "Ada Brook opened it in person, Page writes.")
		ids["paper"] = w.claim(paper, "Ada Brook opened it in person", "Page")
		after := w.document("page.example", graph.KindBlog, "2024-05-01", "Page", "The quay cost 47 million pounds. The crane  is red. A café will follow."+notice).Retrieved(day(9))
		w.of[before.ID()] = after
		w.claim(after, "The quay cost 47 million pounds", "")
		w.claim(after, "The crane  is red", "")
		ids["café"] = w.claim(after, "A café will follow", "")
		return w, ids
	}
	w, ids := edit(t, "")
	r := w.report("silent-edit")
	got := map[string]int{}
	for _, x := range r.Findings {
		got[x.Type]++
		if x.Type == "altered" && (value(x, "before") != "“41”" || value(x, "after") != "“47”" || x.Hops[1].Node != ids["cost"]) {
			t.Errorf("altered: %+v", x)
		}
	}
	if got["altered"] != 1 || got["dropped"] != 1 || got["added"] != 1 || len(r.Findings) != 3 {
		t.Errorf("found %v: white space is no edit, and the crane stays red", got)
	}

	for _, notice := range []string{" This article was amended on 8 May: the quay cost 47 million.", " Correction: the cost was given wrongly.", " An earlier version of this page gave another cost."} {
		w, _ := edit(t, notice)
		if r := w.report("silent-edit"); len(r.Findings) != 0 {
			t.Errorf("with the notice %q: %+v", notice, shorts(r))
		}
	}
}

func TestSilentEdit_WhatRestsOnItIsStranded(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 5, n, 9, 0, 0, 0, time.UTC) }
	w := newWorld(t)
	before := w.document("page.example", graph.KindBlog, "2024-05-01", "Page", "Ada Brook opened it in person.").Retrieved(day(1))
	gone := w.claim(before, "Ada Brook opened it in person", "")
	paper := w.document("paper.example", graph.KindNews, "2024-05-02", "Paper", "Ada Brook opened it in person, Page writes.")
	took := w.claim(paper, "Ada Brook opened it in person", "Page")
	w.linkedBefore(before, paper, took, gone)
	w.document("page.example", graph.KindBlog, "2024-05-01", "Page", "It was opened by a deputy.").Retrieved(day(9))
	r := w.report("silent-edit")
	if got := about(r, took); len(got) != 1 || got[0].Type != "stranded" || got[0].Hops[1].Node != gone {
		t.Errorf("the paper still rests on what was dropped: %+v", shorts(r))
	}
}

func TestOrphanEvidence_IsNeverMovedToALookalike(t *testing.T) {
	w := newWorld(t)
	d := w.document("page.example", graph.KindNews, "2024-05-01", "Page", "The crane is red. The crane is red.")
	c := w.claim(d, "The crane is red", "")
	if r := w.report("orphan-evidence"); len(r.Findings) != 0 {
		t.Errorf("words that stand where they should: %+v", shorts(r))
	}
	s := w.survey()
	s.Orphans = append(s.Orphans, graph.Orphan{Node: c, Document: d.ID(), Passage: graph.Passage{Span: graph.Span{Start: 1, End: 17}, Exact: "The crane is red"}})
	r := reportOf(t, s, "orphan-evidence")
	if len(r.Findings) != 1 || r.Findings[0].Subject != c || r.Findings[0].Hops[0].Evidence[0].Start != 1 {
		t.Errorf("an orphan stays where it was: %+v", r.Findings)
	}
}
