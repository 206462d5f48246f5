package api_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"whence/api"
	"whence/graph"
)

// fakeMatcher ranks claims by how many of the words they hold, and fact-checks by their titles.
type fakeMatcher struct{}

func (m fakeMatcher) Match(ctx context.Context, s graph.Store, at graph.At, q graph.MatchQuery) (page graph.Page[graph.Match], err error) {
	err = s.View(ctx, at, func(r graph.Reader) error {
		page, err = m.match(ctx, r, q)
		return err
	})
	return page, err
}

func (fakeMatcher) match(ctx context.Context, r graph.Reader, q graph.MatchQuery) (page graph.Page[graph.Match], err error) {
	asked := graph.FoldWords(q.Words)
	add := func(text string, m graph.Match) {
		for _, w := range asked {
			if slices.Contains(graph.FoldWords(text), w) {
				m.Shared = append(m.Shared, w)
			}
		}
		m.Score = graph.Confidence(1000 * len(m.Shared) / len(asked))
		m.Words = m.Score
		if m.Score > 0 {
			page.Items = append(page.Items, m)
		}
	}
	checks, err := graph.Documents(ctx, r, graph.DocumentQuery{Kind: graph.KindFactCheck})
	if err != nil {
		return page, err
	}
	for _, d := range checks.Items {
		add(d.Title, graph.Match{Document: d.ID, FactCheck: true})
	}
	claims, err := graph.Claims(ctx, r, graph.ClaimQuery{Commenters: q.Commenters})
	if err != nil {
		return page, err
	}
	for _, v := range claims.Items {
		if !q.FactChecks {
			add(v.Claim.Words(), graph.Match{Document: v.Claim.Document, Claim: v.Claim.ID})
		}
	}
	page.Warnings = claims.Warnings
	slices.SortStableFunc(page.Items, func(a, b graph.Match) int { return cmp.Compare(b.Score, a.Score) })
	for i, m := range page.Items {
		if m.ID() == q.After {
			page.Items = page.Items[i+1:]
			break
		}
	}
	if q.Limit > 0 && len(page.Items) > q.Limit {
		page.Items = page.Items[:q.Limit]
		page.Next = page.Items[q.Limit-1].ID()
	}
	return page, nil
}

type matched struct {
	Answer, Why, Next string
	Items             []struct {
		Kind     string
		Score    int
		Reasons  []string
		Claim    *struct{ ID graph.ID }
		Document *struct{ ID graph.ID }
		Reviews  []struct{ Reviewer, Verdict string }
	}
}

// checked is the fixture with a fact-check of what it tells.
func checked() (*fakeStore, held, *paper) {
	s, h := fixture()
	p := newPaper("https://checks.example/7", "Will the tunnel cut journeys by half?", "Checks", graph.KindFactCheck, "2024-06-01", "It will not.")
	s.load(day(6), p)
	return s, h, p
}

func TestMatch_RanksClaimsAndFactChecks(t *testing.T) {
	s, h, check := checked()
	c := newClient(t, s, api.Options{})
	var got matched
	c.getJSON("/api/v1/match?q=The+tunnel+will+cut+journeys+by+half", 200, &got)
	if got.Answer != "found" || len(got.Items) < 3 {
		t.Fatalf("%+v", got)
	}
	var claims []graph.ID
	for _, m := range got.Items {
		if len(m.Reasons) == 0 || m.Document == nil || m.Reviews == nil {
			t.Errorf("a match without reasons or document: %+v", m)
		}
		if m.Claim != nil {
			claims = append(claims, m.Claim.ID)
		}
	}
	if !slices.Contains(claims, h.told) || !slices.Contains(claims, h.retold) {
		t.Errorf("claims %v, want %v and %v in them", claims, h.told, h.retold)
	}
	c.getJSON("/api/v1/match?fact_checks=true&q=The+tunnel+will+cut+journeys+by+half", 200, &got)
	if len(got.Items) != 1 || got.Items[0].Kind != "fact-check" || got.Items[0].Document.ID != check.id() || got.Items[0].Claim != nil {
		t.Errorf("fact-checks only: %+v", got)
	}
}

func TestMatch_PagesFollowOneAnother(t *testing.T) {
	s, _, _ := checked()
	c := newClient(t, s, api.Options{})
	const target = "/api/v1/match?q=the+tunnel+will+cut+journeys+by+half"
	var all matched
	c.getJSON(target, 200, &all)
	var one []string
	for next := ""; ; {
		var page matched
		c.getJSON(target+"&limit=1"+next, 200, &page)
		if len(page.Items) != 1 {
			t.Fatalf("a page of %d", len(page.Items))
		}
		one = append(one, strings.Join(page.Items[0].Reasons, "; "))
		if page.Next == "" {
			break
		}
		next = "&cursor=" + seg(graph.ID(page.Next))
	}
	var whole []string
	for _, m := range all.Items {
		whole = append(whole, strings.Join(m.Reasons, "; "))
	}
	if !slices.Equal(one, whole) {
		t.Errorf("page by page\n%q\nat once\n%q", one, whole)
	}
}

func TestMatch_SaysWhyThereIsNone(t *testing.T) {
	s, _ := fixture()
	c := newClient(t, s, api.Options{})
	empty := newClient(t, newFakeStore(), api.Options{})
	for name, x := range map[string]struct {
		client        *client
		words, answer string
	}{
		"nothing covers it":           {c, "submarine+cables", "known-none"},
		"the words stand in no claim": {c, "café+is+full", "not-extracted"},
		"no fact-check is held":       {c, "journeys+by+half&fact_checks=true", "not-loaded"},
		"nothing is held":             {empty, "anything", "not-loaded"},
	} {
		t.Run(name, func(t *testing.T) {
			var got matched
			x.client.getJSON("/api/v1/match?q="+x.words, 200, &got)
			if got.Answer != x.answer || got.Why == "" || got.Items == nil {
				t.Errorf("%+v, want the answer %s", got, x.answer)
			}
		})
	}
	var p problem
	c.getJSON("/api/v1/match", 400, &p)
	if p.Parameter != "q" {
		t.Errorf("without words the problem names %q", p.Parameter)
	}
}

// Verdicts on a claim are told with it.
func TestMatch_TellsReviews(t *testing.T) {
	s, h := fixture()
	review := &graph.Review{ID: "https://checks.example/9#verdict", Reviewer: "Checks", Verdict: "Half true", Published: "2024-06-02"}
	c := newClient(t, s, api.Options{})
	c.handler = api.New(reviewedStore{s, h.told, review}, api.Options{Matcher: fakeMatcher{}})
	var got matched
	c.getJSON("/api/v1/match?q=will+cut+journeys+by+half", 200, &got)
	for _, m := range got.Items {
		if m.Claim != nil && m.Claim.ID == h.told {
			if len(m.Reviews) != 1 || m.Reviews[0].Verdict != "Half true" || m.Reviews[0].Reviewer != "Checks" {
				t.Errorf("reviews %+v", m.Reviews)
			}
			return
		}
	}
	t.Errorf("the claim is not among %+v", got.Items)
}

// reviewedStore lays one review over a store.
type reviewedStore struct {
	graph.Store
	claim  graph.ID
	review *graph.Review
}

func (s reviewedStore) View(ctx context.Context, at graph.At, f func(graph.Reader) error) error {
	return s.Store.View(ctx, at, func(r graph.Reader) error { return f(reviewedReader{r, s}) })
}

type reviewedReader struct {
	graph.Reader
	s reviewedStore
}

func (r reviewedReader) Out(ctx context.Context, from []graph.ID, kinds ...graph.Predicate) ([]graph.Edge, error) {
	if slices.Equal(kinds, []graph.Predicate{graph.ReviewedBy}) && slices.Contains(from, r.s.claim) {
		return []graph.Edge{{From: r.s.claim, Kind: graph.ReviewedBy, To: r.s.review.ID}}, nil
	}
	return r.Reader.Out(ctx, from, kinds...)
}

func (r reviewedReader) Nodes(ctx context.Context, ids []graph.ID) ([]graph.Node, error) {
	if slices.Equal(ids, []graph.ID{r.s.review.ID}) {
		return []graph.Node{r.s.review}, nil
	}
	return r.Reader.Nodes(ctx, ids)
}

// A server without a matcher serves all else.
func TestMatch_IsNotServedWithoutAMatcher(t *testing.T) {
	s, _ := fixture()
	c := newClient(t, s, api.Options{})
	c.handler = api.New(s, api.Options{Timeout: time.Second})
	c.get("/api/v1/match?q=tunnel", 404)
	c.get("/api/v1/claims", 200)
}
