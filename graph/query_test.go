package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestClaims_Filters(t *testing.T) {
	h := newHarbour()
	comment := newPaper("https://blog.example/1", "B", KindBlog, "2021-05-01", "I love the dredging, says a reader.")
	comment.Segments[0].Type = SegmentComment
	read := comment.claim("I love the dredging", "a reader", ModeVoice, "")
	undated := newPaper("https://undated.example/1", "U", KindBlog, "", "They say dredging is cheap.")
	cheap := undated.claim("dredging is cheap", "", ModeIndirect, "")
	r := h.reader(comment, undated)
	brook := NewAgentID("Ada Brook")
	for name, tc := range map[string]struct {
		q        ClaimQuery
		want     []ID
		warnings int
	}{
		"everything but readers":    {ClaimQuery{}, []ID{h.charityClaim, h.paperClaim, h.rateClaim, cheap}, 1},
		"readers too":               {ClaimQuery{Commenters: true}, []ID{h.charityClaim, h.paperClaim, h.rateClaim, cheap, read}, 0},
		"a speaker":                 {ClaimQuery{Speaker: brook}, []ID{h.charityClaim, h.paperClaim}, 0},
		"a speaker in a document":   {ClaimQuery{Speaker: brook, Document: h.paper.Document.ID}, []ID{h.paperClaim}, 0},
		"a document":                {ClaimQuery{Document: h.charity.Document.ID}, []ID{h.charityClaim, h.rateClaim}, 0},
		"a document not held":       {ClaimQuery{Document: "https://nowhere.example/"}, nil, 0},
		"words in any order":        {ClaimQuery{Words: "TRADE startling"}, []ID{h.charityClaim, h.paperClaim}, 0},
		"a figure without comma":    {ClaimQuery{Words: "41300"}, []ID{h.rateClaim}, 0},
		"a mode":                    {ClaimQuery{Mode: ModeVoice}, []ID{h.rateClaim}, 1},
		"from a day, inclusive":     {ClaimQuery{From: "2021-03-04"}, []ID{h.charityClaim, h.rateClaim}, 2},
		"to a month":                {ClaimQuery{To: "2021-03"}, []ID{h.charityClaim, h.paperClaim, h.rateClaim}, 2},
		"a day between":             {ClaimQuery{From: "2021-03-03", To: "2021-03-03"}, []ID{h.paperClaim}, 2},
		"a year that has no claims": {ClaimQuery{From: "2019", To: "2019"}, nil, 2},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := Claims(t.Context(), r, tc.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []ID
			for _, v := range page.Items {
				got = append(got, v.Claim.ID)
			}
			if want := sortedIDs(tc.want); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			if len(page.Warnings) != tc.warnings {
				t.Errorf("warnings %q, want %d", page.Warnings, tc.warnings)
			}
		})
	}
	for name, q := range map[string]ClaimQuery{
		"words without a letter": {Words: "—"}, "a mode that is none": {Mode: "sung"}, "a date that is none": {From: "2021-13"}, "a limit below 0": {Limit: -1},
	} {
		if _, err := Claims(t.Context(), r, q); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// In pages of any size, the order is that of worth, and nothing is left out or given twice.
func TestClaims_ByWorth(t *testing.T) {
	p := newPaper("https://blog.example/2", "B", KindBlog, "2021-05-01", "The quay sank. The crane fell. The pier burned. It is a shame.")
	var want []ID
	for _, c := range []struct {
		words string
		worth Confidence
	}{{"The pier burned", 950}, {"The crane fell", 700}, {"The quay sank", 700}, {"It is a shame", 20}} {
		want = append(want, p.claim(c.words, "", ModeVoice, ""))
		p.Claims[len(p.Claims)-1].Worth = c.worth
	}
	slices.Sort(want[1:3]) // alike, so by ID
	r := newFake(p)
	for _, limit := range []int{0, 1, 2, 3, 4, 5} {
		var got []ID
		q := ClaimQuery{ByWorth: true, Limit: limit}
		for {
			page, err := Claims(t.Context(), r, q)
			if err != nil {
				t.Fatal(err)
			}
			if limit > 0 && len(page.Items) > limit {
				t.Errorf("%d on a page of %d", len(page.Items), limit)
			}
			for _, v := range page.Items {
				if v.Document == nil || v.Segment == nil {
					t.Errorf("%s without its document", v.Claim.ID)
				}
				got = append(got, v.Claim.ID)
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("in pages of %d: %v, want %v", limit, got, want)
		}
	}
	page, err := Claims(t.Context(), r, ClaimQuery{ByWorth: true, Words: "the"})
	if err != nil || len(page.Items) != 3 || page.Items[0].Claim.ID != want[0] {
		t.Errorf("filtered: %v, %v", page.Items, err)
	}
	for name, q := range map[string]ClaimQuery{
		"a cursor out of another list": {ByWorth: true, Words: "shame", After: want[0]}, "a limit below 0": {ByWorth: true, Limit: -1},
	} {
		if _, err := Claims(t.Context(), r, q); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestClaims_PagesAreStableAndWhole(t *testing.T) {
	var parts []any
	want := 0
	for i := range 40 {
		p := newPaper(fmt.Sprintf("https://p.example/%d", i), "P", KindNews, "2021-01-01", "The pier is closed. The pier is open again, says Bob.")
		p.claim("The pier is closed", "P", ModeVoice, "")
		p.claim("The pier is open again", "Bob", ModeIndirect, "")
		parts = append(parts, p)
		want += 2
	}
	r := newFake(parts...)
	for _, limit := range []int{1, 7, 80, 100} {
		var got []ID
		after := ID("")
		for {
			page, err := Claims(t.Context(), r, ClaimQuery{Words: "pier", After: after, Limit: limit})
			if err != nil || len(page.Items) > limit {
				t.Fatal(len(page.Items), err)
			}
			for _, v := range page.Items {
				got = append(got, v.Claim.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(got) != want || !slices.IsSorted(got) {
			t.Errorf("limit %d: %d claims, want %d in order", limit, len(got), want)
		}
	}
}

func TestClaims_AsOf(t *testing.T) {
	h := newHarbour()
	page, err := Claims(t.Context(), h.reader(At{AsOf: "2021-03-03"}), ClaimQuery{})
	if err != nil || len(page.Items) != 1 || page.Items[0].Claim.ID != h.paperClaim {
		t.Fatalf("%v %v", page.Items, err)
	}
	if want := []string{"2 claims are left out: stated after 2021-03-03."}; !slices.Equal(page.Warnings, want) {
		t.Errorf("%q, want %q", page.Warnings, want)
	}
}

// A page that is not the whole list has not met all that is left out of it, and says no more than it knows.
func TestWarnings_OfAPage(t *testing.T) {
	var parts []any
	for i := range 9 {
		on := Date("2021-01-01")
		if i%3 == 1 {
			on = "2022-01-01"
		}
		p := newPaper(fmt.Sprintf("https://p.example/%d", i), "P", KindNews, on, "The pier is closed.")
		p.claim("The pier is closed", "P", ModeVoice, "")
		parts = append(parts, p)
	}
	r := newFake(parts...)
	r.at = At{AsOf: "2021-06-01"}
	pages := func(worth bool, limit int) (out [][]string) {
		for after := ID(""); ; {
			page, err := Claims(t.Context(), r, ClaimQuery{ByWorth: worth, After: after, Limit: limit})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, page.Warnings)
			if after = page.Next; after == "" {
				return out
			}
		}
	}
	exact := []string{"3 claims are left out: stated after 2021-06-01."}
	if got := pages(false, 0); len(got) != 1 || !slices.Equal(got[0], exact) {
		t.Errorf("the whole list: %q", got)
	}
	for _, of := range pages(true, 2) {
		if !slices.Equal(of, exact) {
			t.Errorf("a page by worth, for which all is read: %q", of)
		}
	}
	met := 0
	for _, of := range pages(false, 2) {
		for _, w := range of {
			met++
			if !strings.HasPrefix(w, "At least ") {
				t.Errorf("a page of several: %q", w)
			}
		}
	}
	if met == 0 {
		t.Error("no page says that anything is left out")
	}
	documents, err := Documents(t.Context(), r, DocumentQuery{Limit: 5})
	if err != nil || documents.Next == "" || len(documents.Warnings) != 1 || !strings.HasPrefix(documents.Warnings[0], "At least ") {
		t.Errorf("documents: %+v, %v", documents, err)
	}
}

func TestDocumentsAgentsStatistics(t *testing.T) {
	h := newHarbour()
	data := h.charity.source("41,300 tons", "", "Port Office", SourceData, "")
	for i := range h.charity.Statistics {
		h.charity.Statistics[i].SourceID = data
	}
	r := h.reader(Agent{ID: NewAnonymousID("d", "", "s"), Type: Anonymous, Name: "a reader"})
	for name, tc := range map[string]struct {
		q    DocumentQuery
		want int
	}{
		"all": {DocumentQuery{}, 2}, "a publisher": {DocumentQuery{Publisher: "harbour TRUST"}, 1}, "part of one": {DocumentQuery{Publisher: "harbour"}, 0},
		"words": {DocumentQuery{Words: "trust statement"}, 1}, "a kind": {DocumentQuery{Kind: KindNews}, 1}, "a day": {DocumentQuery{From: "2021-03-04"}, 1},
	} {
		page, err := Documents(t.Context(), r, tc.q)
		if err != nil || len(page.Items) != tc.want {
			t.Errorf("documents, %s: %d %v, want %d", name, len(page.Items), err, tc.want)
		}
	}
	for name, tc := range map[string]struct {
		q    AgentQuery
		want int
	}{
		"all but readers": {AgentQuery{}, 6}, "readers too": {AgentQuery{Commenters: true}, 7}, "a name": {AgentQuery{Words: "brook"}, 1}, "a type": {AgentQuery{Type: Person}, 0},
	} {
		page, err := Agents(t.Context(), r, tc.q)
		if err != nil || len(page.Items) != tc.want {
			t.Errorf("agents, %s: %d %v, want %d", name, len(page.Items), err, tc.want)
		}
	}
	for name, tc := range map[string]struct {
		q    StatisticQuery
		want int
	}{
		"all": {StatisticQuery{}, 1}, "who is credited": {StatisticQuery{Source: NewAgentID("Port Office")}, 1}, "somebody else": {StatisticQuery{Source: NewAgentID("Ada Brook")}, 0},
		"a document": {StatisticQuery{Document: h.charity.Document.ID}, 1}, "another": {StatisticQuery{Document: h.paper.Document.ID}, 0}, "words": {StatisticQuery{Words: "tons"}, 1},
	} {
		page, err := Statistics(t.Context(), r, tc.q)
		if err != nil || len(page.Items) != tc.want {
			t.Errorf("figures, %s: %d %v, want %d", name, len(page.Items), err, tc.want)
		}
		if len(page.Items) == 1 && (page.Items[0].Credited == nil || page.Items[0].Credited.Name != "Port Office") {
			t.Errorf("figures, %s: credited %v", name, page.Items[0].Credited)
		}
	}
}

func TestNeighbourhood(t *testing.T) {
	h := newHarbour()
	r := h.reader()
	has := func(g Subgraph, id ID) bool {
		return slices.ContainsFunc(g.Nodes, func(n Node) bool { return n.NodeID() == id })
	}
	near, err := Neighbourhood(t.Context(), r, []ID{h.paperClaim}, 1, 100)
	if err != nil || !has(near, h.paperSource) || !has(near, NewAgentID("Ada Brook")) || has(near, h.charityClaim) {
		t.Fatalf("depth 1: %v %v", near.Nodes, err)
	}
	far, err := Neighbourhood(t.Context(), r, []ID{h.paperClaim}, 2, 100)
	if err != nil || !has(far, h.charityClaim) {
		t.Fatalf("depth 2, over the match: %v", err)
	}
	through, err := Neighbourhood(t.Context(), r, []ID{h.rateClaim}, 2, 100)
	if err != nil || !has(through, h.charityClaim) || has(through, h.paperClaim) {
		t.Fatalf("a publisher or a speaker is passed through: %v", err)
	}
	cut, err := Neighbourhood(t.Context(), r, []ID{h.paperClaim}, 6, 3)
	if err != nil || len(cut.Nodes) != 3 || len(cut.Cut) == 0 {
		t.Fatalf("limit 3: %d nodes, cut %q, %v", len(cut.Nodes), cut.Cut, err)
	}
	none, err := Neighbourhood(t.Context(), r, []ID{h.paperClaim}, 0, 3)
	if err != nil || len(none.Nodes) != 1 || len(none.Edges) != 0 {
		t.Fatalf("depth 0: %+v %v", none, err)
	}
	if _, err := Neighbourhood(t.Context(), r, []ID{"urn:whence:claim:none"}, 1, 3); !errors.Is(err, ErrNotFound) {
		t.Errorf("nothing held: %v", err)
	}
	for _, bad := range [][2]int{{-1, 10}, {7, 10}, {1, 0}, {1, 5001}} {
		if _, err := Neighbourhood(t.Context(), r, []ID{h.paperClaim}, bad[0], bad[1]); !errors.Is(err, ErrInvalid) {
			t.Errorf("depth %d, limit %d: %v", bad[0], bad[1], err)
		}
	}
}
