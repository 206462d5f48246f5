package report_test

import (
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/report"
)

// A chain is a blog that has a figure from a paper, which has it from a charity.
type chain struct {
	*world
	charity                    *graphtest.Document
	inBlog, inPaper, inCharity graph.ID
}

func newChain(t *testing.T) chain {
	c := chain{world: newWorld(t)}
	tell := func(uri string, kind graph.DocumentKind, date graph.Date, who, text string) (*graphtest.Document, graph.ID) {
		d := c.document(uri, kind, date, who, text)
		return d, c.claim(d, "12,500 people waited", "")
	}
	_, c.inBlog = tell("blog.example", graph.KindBlog, "2024-05-09", "Ann's blog", "In all 12,500 people waited.")
	_, c.inPaper = tell("paper.example", graph.KindNews, "2024-05-06", "Evening Paper", "Last year 12,500 people waited.")
	c.charity, c.inCharity = tell("charity.example", graph.KindStatement, "2024-05-03", "Harbour Trust", "We hear that 12,500 people waited, the Health Board counts (its release).")
	c.takes(c.inBlog, c.inPaper, graph.BasisDeclared)
	c.takes(c.inPaper, c.inCharity, graph.BasisDeclared)
	return c
}

func TestDepth_ChainToTheRelease(t *testing.T) {
	for _, kind := range []graph.DocumentKind{graph.KindPressRelease, graph.KindDataset} {
		t.Run(string(kind), func(t *testing.T) {
			c := newChain(t)
			d := c.document("board.example", kind, "2024-05-01", "Health Board", "Of those 12,500 people waited.")
			release := c.claim(d, "12,500 people waited", "")
			c.takes(c.inCharity, release, graph.BasisDeclared)
			got := c.report("depth-to-primary")
			for id, want := range map[graph.ID]string{c.inBlog: "3", c.inPaper: "2", c.inCharity: "1"} {
				x := about(got, id)
				if len(x) != 1 || x[0].Type != "fact-primary" || value(x[0], "depth") != want || len(x[0].Hops) != 2 && id == c.inCharity {
					t.Errorf("%s: %+v, want fact-primary at %s", id, x, want)
				}
			}
			if x := about(got, release); len(x) != 0 {
				t.Errorf("the release is listed: %+v", x)
			}
			if got.Findings[0].Subject != c.inBlog {
				t.Error("the farthest is not first")
			}
		})
	}
}

func TestDepth_NamedButNotWhere(t *testing.T) {
	c := newChain(t)
	src := c.source(c.charity, "the Health Board counts", "", "Health Board")
	c.charity.Figure(c.inCharity, "12,500", 12500, src)
	got := c.report("depth-to-primary")
	if x := about(got, c.inBlog); len(x) != 1 || x[0].Type != "fact-unlocated" || value(x[0], "depth") != "3" {
		t.Errorf("%+v, want fact-unlocated", x)
	}
}

func TestDepth_LinkedButNotHeld(t *testing.T) {
	c := newChain(t)
	src := c.source(c.charity, "its release", "https://board.example/release", "")
	c.charity.Figure(c.inCharity, "12,500", 12500, src)
	got := c.report("depth-to-primary")
	if x := about(got, c.inBlog); len(x) != 1 || x[0].Type != "fact-not-held" {
		t.Errorf("%+v, want fact-not-held", x)
	}
}

func TestDepth_SaidAndFactAreKeptApart(t *testing.T) {
	// A paper reports a minister's figure from his own site: where he said it is
	// held, one step away; where the figure is from is not told by anybody.
	w := newWorld(t)
	own := w.document("minister.example", graph.KindStatement, "2024-05-01", "Bram Hull", "I can say that 12,500 people waited.")
	paper := w.document("paper.example", graph.KindNews, "2024-05-02", "Evening Paper", "Bram Hull said 12,500 people waited.")
	first, later := w.claim(own, "12,500 people waited", ""), w.claim(paper, "12,500 people waited", "Bram Hull")
	paper.Figure(later, "12,500", 12500, "")
	w.takes(later, first, graph.BasisDeclared)
	got := map[string]string{}
	for _, x := range about(w.report("depth-to-primary"), later) {
		got[x.Type] = value(x, "depth")
	}
	if len(got) != 2 || got["said-primary"] != "1" || got["fact-cites-nothing"] != "1" {
		t.Errorf("got %v, want said-primary at 1 and fact-cites-nothing", got)
	}
	// The shortest way to any primary hides that the figure has no source.
	c := w.survey().Claim(later)
	naive := c.Said
	if c.Fact.End.Kind == graph.EndPrimary && c.Fact.Depth < naive.Depth {
		naive = c.Fact
	}
	if naive.End.Kind != graph.EndPrimary {
		t.Errorf("the case is no trap: the shortest way ends %s", naive.End.Kind)
	}
}

func TestDepth_WhatReachesNothingComesFirst(t *testing.T) {
	c := newChain(t)
	d := c.document("wall.example", graph.KindBlog, "2024-05-02", "", "The wall is 900 metres long.")
	alone := c.claim(d, "The wall is 900 metres long", "")
	rel := c.document("board.example", graph.KindDataset, "2024-05-01", "Health Board", "Of those 12,500 people waited.")
	c.takes(c.inCharity, c.claim(rel, "12,500 people waited", ""), graph.BasisDeclared)
	got := c.report("depth-to-primary")
	if got.Findings[0].Subject != alone || got.Findings[0].Type != "fact-cites-nothing" {
		t.Errorf("first is %+v", got.Findings[0])
	}
	if n := len(got.Counts); n != 2 || got.Counts[1] != (report.Count{Type: "fact-primary", Count: 3}) {
		t.Errorf("counts %v", got.Counts)
	}
}
