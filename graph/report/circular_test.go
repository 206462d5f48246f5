package report_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/graphtest"
)

// A triangle is three documents that each tell of the harbour and of the mill.
type triangle struct {
	*world
	documents     [3]*graphtest.Document
	harbour, mill [3]graph.ID
}

func newTriangle(t *testing.T) triangle {
	tri := triangle{world: newWorld(t)}
	for i, name := range []string{"a", "b", "c"} {
		d := tri.document(name+".example", graph.KindNews, graph.Date("2024-05-0"+string(rune('3'-i))), "Paper "+name,
			"The harbour moved 41,300 tons, says "+name+". The mill employs 270 people.")
		tri.documents[i] = d
		tri.harbour[i] = tri.claim(d, "The harbour moved 41,300 tons", "")
		tri.mill[i] = tri.claim(d, "The mill employs 270 people", "")
	}
	return tri
}

func TestCircular_ClosedByAnUpdatedVersion(t *testing.T) {
	// A cites B, B cites C; C, first published before both, is updated and cites A.
	tri := newTriangle(t)
	c := tri.documents[2]
	c.Retrieved(time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC))
	second := tri.document("c.example", graph.KindNews, "2024-05-01", "Paper c", "Update. The harbour moved 41,300 tons last year, says a. The mill employs 270 people.").
		Retrieved(time.Date(2024, 5, 9, 9, 0, 0, 0, time.UTC))
	updated := tri.claim(second, "The harbour moved 41,300 tons last year", "")
	tri.takes(tri.harbour[0], tri.harbour[1], graph.BasisDeclared)
	tri.takes(tri.harbour[1], updated, graph.BasisDeclared)
	tri.takes(updated, tri.harbour[0], graph.BasisDeclared)

	got := tri.report("circular")
	if len(got.Findings) != 1 {
		t.Fatalf("%d findings, want 1: %+v", len(got.Findings), got.Findings)
	}
	x := got.Findings[0]
	if x.Subject != updated || value(x, "closing edge") != "“Title of https://c.example” → “Title of https://a.example”" || x.Date != "2024-05-09" {
		t.Errorf("the closing edge is not the one that the updated version has: %+v", x)
	}
	var way []graph.ID
	for _, h := range x.Hops {
		way = append(way, h.Node)
	}
	if want := []graph.ID{updated, tri.harbour[0], tri.harbour[1], updated}; !slices.Equal(way, want) {
		t.Errorf("hops %v, want %v", way, want)
	}
	// By the dates of the documents alone, the latest source would be A's.
	if naive := tri.harbour[0]; naive == x.Subject {
		t.Error("the case does not tell the editions from the dates of publication")
	}
}

// circularDocuments is the naive way: components of the documents that cite each other.
func circularDocuments(s *graph.Survey) int {
	next := map[graph.ID]map[graph.ID]bool{}
	for _, c := range s.Claims {
		for _, take := range c.Takes {
			if next[c.Claim.Document] == nil {
				next[c.Claim.Document] = map[graph.ID]bool{}
			}
			next[c.Claim.Document][s.Claim(take.To).Claim.Document] = true
		}
	}
	circles := 0
	for start := range next {
		seen := map[graph.ID]bool{}
		todo := []graph.ID{start}
		for len(todo) > 0 {
			d := todo[0]
			todo = todo[1:]
			for to := range next[d] {
				if to == start {
					circles++
				}
				if !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	return circles
}

func TestCircular_DocumentsThatCiteEachOtherForDifferentClaims(t *testing.T) {
	tri := newTriangle(t)
	tri.takes(tri.harbour[0], tri.harbour[1], graph.BasisDeclared)
	tri.takes(tri.mill[1], tri.mill[2], graph.BasisDeclared)
	tri.takes(tri.harbour[2], tri.harbour[0], graph.BasisDeclared)
	s := tri.survey()
	if n := circularDocuments(s); n == 0 {
		t.Error("the case is no trap: document by document there is no circle either")
	}
	if got := reportOf(t, s, "circular"); len(got.Findings) != 0 {
		t.Errorf("findings where no claim goes round: %+v", got.Findings)
	}
}

func TestCircular_EnteredByOneSentenceAndLeftByAnother(t *testing.T) {
	// B tells the claim twice; A has it from one of its sentences, B the other from A.
	// Claim by claim there is no circle.
	w := newWorld(t)
	a := w.document("a.example", graph.KindNews, "2024-05-02", "Paper A", "The harbour moved 41,300 tons.")
	b := w.document("b.example", graph.KindNews, "2024-05-01", "Paper B", "Harbour: 41,300 tons. The harbour moved 41,300 tons last year, we hear.")
	inA := w.claim(a, "The harbour moved 41,300 tons", "")
	first, again := w.claim(b, "Harbour: 41,300 tons", ""), w.claim(b, "The harbour moved 41,300 tons last year", "")
	w.takes(inA, first, graph.BasisDeclared)
	w.takes(again, inA, graph.BasisDeclared)
	got := w.report("circular")
	if len(got.Findings) != 1 || len(got.Findings[0].Hops) != 4 {
		t.Fatalf("want one circle that shows both sentences, got %+v", got.Findings)
	}
}

func TestCircular_TwoReadersAreNotOneDocument(t *testing.T) {
	// An article takes up what a reader of another wrote in a comment; that article took nothing from it.
	w := newWorld(t)
	const said = "the harbour moved 41,300 tons in one year"
	b := w.document("b.example", graph.KindNews, "2024-05-01", "Paper B", "We report that "+said+". Comment: I know that "+said+".")
	w.comment(b, "Comment: I know that "+said+".", "2024-05-02")
	a := w.document("a.example", graph.KindNews, "2024-05-03", "Paper A", "Readers say "+said+".")
	body, comment, article := w.claim(b, said, ""), w.claim(b, said, ""), w.claim(a, said, "")
	w.takes(article, comment, graph.BasisDeclared)
	w.takes(body, article, graph.BasisDeclared)
	if got := w.report("circular"); len(got.Findings) != 0 {
		t.Errorf("a reader's comment closes a circle for its document: %+v", got.Findings)
	}
}

func TestCircular_WithoutDatesTheClosingEdgeIsNotTold(t *testing.T) {
	w := newWorld(t)
	var ids [2]graph.ID
	for i, uri := range []string{"a.example", "b.example"} {
		d := w.document(uri, graph.KindBlog, "", "", "The harbour moved 41,300 tons.")
		ids[i] = w.claim(d, "The harbour moved 41,300 tons", "")
	}
	w.takes(ids[0], ids[1], graph.BasisDeclared)
	w.takes(ids[1], ids[0], graph.BasisDeclared)
	got := w.report("circular")
	if len(got.Findings) != 1 || value(got.Findings[0], "closing edge") != "" {
		t.Fatalf("want one circle with no closing edge, got %+v", got.Findings)
	}
	if got.Findings[0].Severity != 900 {
		t.Errorf("severity %d, want that of the least sure link, 900", got.Findings[0].Severity)
	}
	want := slices.Clone(ids[:])
	slices.Sort(want)
	if diff := cmp.Diff(want, got.Undated); diff != "" {
		t.Errorf("undated (-want +got):\n%s", diff)
	}
}

func TestCircular_ACitationOfAHeldDocumentIsALink(t *testing.T) {
	// A links B's page beside its claim, and B links A's: no matcher says takes-from.
	w := newWorld(t)
	var ids, sources [2]graph.ID
	var docs [2]*graphtest.Document
	for i, uri := range []string{"a.example", "b.example"} {
		docs[i] = w.document(uri, graph.KindBlog, graph.Date("2024-05-0"+string(rune('1'+i))), "", "The harbour moved 41,300 tons (link).")
		ids[i] = w.claim(docs[i], "The harbour moved 41,300 tons", "")
	}
	for i, other := range []string{"https://b.example", "https://a.example"} {
		sources[i] = w.source(docs[i], "link", other, "")
	}
	w.same(ids[0], ids[1])
	w.held(sources[0], docs[1].ID())
	w.held(sources[1], docs[0].ID())
	got := w.report("circular")
	if len(got.Findings) != 1 || got.Findings[0].Subject != ids[1] {
		t.Fatalf("want one circle closed by the later of the two, got %+v", got.Findings)
	}
}

func TestCircular_WhatIsInferredDoesNotGainsayWhatIsDeclared(t *testing.T) {
	// A says that it has it from B, which came later the same week and has its words.
	w := newWorld(t)
	var ids [2]graph.ID
	for i, uri := range []string{"a.example", "b.example"} {
		d := w.document(uri, graph.KindNews, graph.Date("2024-05-0"+string(rune('1'+i))), "", "The harbour moved 41,300 tons.")
		ids[i] = w.claim(d, "The harbour moved 41,300 tons", "")
	}
	w.takes(ids[0], ids[1], graph.BasisDeclared)
	w.takes(ids[1], ids[0], graph.BasisInferred)
	if got := w.report("circular"); len(got.Findings) != 0 {
		t.Errorf("finding: %s", got.Findings[0].Why)
	}
}

func TestCircular_APageThatCitesItself(t *testing.T) {
	for address, want := range map[string]int{"https://a.example/": 1, "https://a.example#note": 0, "https://a.example/other": 0} {
		w := newWorld(t)
		d := w.document("a.example", graph.KindBlog, "2024-05-01", "", "The harbour moved 41,300 tons (source).")
		id := w.claim(d, "The harbour moved 41,300 tons", "")
		w.source(d, "source", address, "")
		got := w.report("circular")
		if len(got.Findings) != want || want == 1 && (got.Findings[0].Type != "self" || got.Findings[0].Subject != id) {
			t.Errorf("%s: got %+v", address, got.Findings)
		}
	}
}
