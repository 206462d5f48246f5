package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/api"
	"whence/graph"
)

// Every route that looks something up, in every situation that it can be in.
func TestAbsence_EveryRouteInEverySituation(t *testing.T) {
	full, h := fixture()
	empty := newFakeStore()

	// Of one document nothing can be extracted, and one is gone; nothing else is held.
	foreign := newPaper("https://port.example/de", "Der Tunnel", "", "", "2024", "Der Tunnel ist leer.")
	foreign.reading.Segments[0].Language, foreign.reading.Segments[0].Skipped = "de", "its language is de"
	skipped := newFakeStore()
	skipped.load(day(1), foreign)

	withdrawn := newFakeStore()
	withdrawn.load(day(1), h.retracted)
	withdrawn.retract(day(2), "wrong file", h.retracted)

	erased, retracted := string(h.erased.id()), string(h.retracted.id())
	nowhere := "https://nowhere.example"
	type asked struct{ name, target, want string }
	for situation, x := range map[string]struct {
		store *fakeStore
		asked []asked
	}{
		"nothing is loaded": {empty, []asked{
			{"claims", "claims?q=tunnel", "not-loaded"},
			{"claims of a document", "claims?document=" + nowhere, "not-loaded"},
			{"claims, unsure", "claims?min_confidence=900", "not-loaded"},
			{"claim", "claims/claim:0", "404 not-loaded"},
			{"trace of a claim", "claims/claim:0/trace", "404 not-loaded"},
			{"trace", "trace?q=tunnel", "not-loaded"},
			{"documents", "documents?q=tunnel", "not-loaded"},
			{"document", "documents/" + url.PathEscape(nowhere), "404 not-loaded"},
			{"agents", "agents", "not-loaded"},
			{"agent", "agents/agent:nobody", "404 not-loaded"},
			{"statistics", "statistics", "not-loaded"},
			{"claims of a speaker", "claims?speaker=Ada+Reed", "not-loaded"},
			{"paths", "paths?from=tunnel&to=pier", "not-loaded"},
			{"timeline", "timeline?q=tunnel", "not-loaded"},
			{"timeline of a speaker", "timeline?speaker=Ada+Reed", "not-loaded"},
			{"report", "reports/unsupported", "not-loaded"},
			{"report on a document", "reports/unsupported?document=" + nowhere, "not-loaded"},
			{"search", "search?q=tunnel", "not-loaded"},
			{"subgraph", "subgraph?node=claim:0", "404 not-loaded"},
		}},
		"it is held": {full, []asked{
			{"claims", "claims?q=journeys", "found"},
			{"claim", "claims/" + seg(h.told), "found"},
			{"trace of a claim", "claims/" + seg(h.told) + "/trace", "found"},
			{"trace", "trace?q=journeys", "found"},
			{"documents", "documents", "found"},
			{"document", "documents/" + seg(h.news.id()), "found"},
			{"agents", "agents?q=reed", "found"},
			{"agent", "agents/" + seg(h.reed), "found"},
			{"statistics", "statistics", "found"},
			{"paths", "paths?from=" + url.QueryEscape(string(h.told)) + "&to=" + url.QueryEscape(string(h.retold)), "found"},
			{"timeline", "timeline?q=journeys", "found"},
			{"report", "reports/depth-to-primary", "found"},
			{"search", "search?q=caf%C3%A9", "found"},
			{"subgraph", "subgraph?node=" + url.QueryEscape(string(h.told)), "found"},
		}},
		"there is none": {full, []asked{
			{"claims", "claims?q=submarine", "known-none"},
			{"claims of nobody", "claims?speaker=John+Doe", "known-none"},
			{"claims of readers alone", "claims?q=counted", "known-none"},
			{"trace", "trace?q=submarine", "known-none"},
			{"documents", "documents?q=submarine", "known-none"},
			{"agents", "agents?q=submarine", "known-none"},
			{"statistics", "statistics?q=submarine", "known-none"},
			{"statistics of nobody", "statistics?source=John+Doe", "known-none"},
			{"paths", "paths?from=submarine&to=journeys", "known-none"},
			{"paths between what is not connected", "paths?from=" + url.QueryEscape(string(h.told)) + "&to=" + url.QueryEscape(string(h.undated)), "known-none"},
			{"timeline", "timeline?q=submarine", "known-none"},
			{"timeline of a claim that is not held", "timeline?q=claim:00000000000000000000000000000000", "not-loaded"},
			{"timeline of a speaker", "timeline?speaker=John+Doe", "known-none"},
			{"report", "reports/circular", "known-none"},
			{"report on nobody", "reports/unsupported?speaker=John+Doe", "known-none"},
			{"search", "search?q=submarine", "known-none"},
			{"search for a phrase", "search?q=%22half+by%22", "known-none"},
			{"search, readers alone", "search?q=nonsense", "known-none"},
			{"search, other publisher", "search?q=caf%C3%A9&publisher=Port+Authority", "known-none"},
		}},
		"it was not said by then": {full, []asked{
			{"claims", "claims?q=journeys&as_of=2024-01-01", "known-none"},
			{"claim", "claims/" + seg(h.told) + "?as_of=2024-01-01", "404 known-none"},
			{"trace of a claim", "claims/" + seg(h.told) + "/trace?as_of=2024-01-01", "404 known-none"},
			{"trace", "trace?q=journeys&as_of=2024-01-01", "known-none"},
			{"documents", "documents?as_of=2023", "known-none"},
			{"document", "documents/" + seg(h.news.id()) + "?as_of=2024-01-01", "404 known-none"},
			{"statistics", "statistics?as_of=2024-01-01", "known-none"},
			{"search", "search?q=caf%C3%A9&as_of=2024-01-01", "known-none"},
			{"search, undated", "search?q=presque&as_of=2024-01-01", "known-none"},
		}},
		"it was not known by then": {full, []asked{
			{"claims", "claims?known_by=2024-05-01", "not-loaded"},
			{"claim", "claims/" + seg(h.told) + "?known_by=2024-05-01", "404 not-loaded"},
			{"trace", "trace?q=journeys&known_by=2024-05-01", "not-loaded"},
			{"search", "search?q=caf%C3%A9&known_by=2024-05-01", "not-loaded"},
			{"search, before it was retracted", "search?q=%22loaded+by+mistake%22&known_by=2024-06-03", "found"},
			{"search, before it was loaded", "search?q=%22loaded+by+mistake%22&known_by=2024-06-02", "known-none"},
		}},
		"the words stand in a text alone": {full, []asked{
			{"claims", "claims?q=caf%C3%A9+is+full", "not-extracted"},
			{"trace", "trace?q=caf%C3%A9+is+full", "not-extracted"},
			{"agents", "agents?q=caf%C3%A9", "not-extracted"},
			{"statistics", "statistics?q=caf%C3%A9+is+full", "not-extracted"},
			{"paths", "paths?from=caf%C3%A9+is+full&to=journeys", "not-extracted"},
			{"timeline", "timeline?q=caf%C3%A9+is+full", "not-extracted"},
			{"search", "search?q=caf%C3%A9+is+full", "found"},
		}},
		"its language is not read": {skipped, []asked{
			{"claims", "claims", "not-extracted"},
			{"claims with words", "claims?q=tunnel+ist+leer", "not-extracted"},
			{"claims of the document", "claims?document=" + string(foreign.id()), "not-extracted"},
			{"trace", "trace?q=tunnel+ist", "not-extracted"},
			{"documents", "documents", "found"},
			{"agents", "agents", "not-extracted"},
			{"statistics", "statistics", "not-extracted"},
			{"statistics of the document", "statistics?document=" + string(foreign.id()), "not-extracted"},
			{"search", "search?q=leer", "found"},
		}},
		"it was erased": {full, []asked{
			{"claims", "claims?document=" + erased, "suppressed"},
			{"statistics", "statistics?document=" + erased, "suppressed"},
			{"document", "documents/" + url.PathEscape(erased), "410 suppressed"},
			{"search", "search?q=gone&document=" + erased, "suppressed"},
			{"subgraph", "subgraph?node=" + erased, "410 suppressed"},
			{"search for words of it", "search?q=somebody+wanted", "known-none"},
		}},
		"all that is held was retracted": {withdrawn, []asked{
			{"claims", "claims", "not-loaded"},
			{"claims with words of it", "claims?q=loaded+by+mistake", "suppressed"},
			{"trace", "trace?q=loaded+by+mistake", "suppressed"},
			{"documents", "documents", "not-loaded"},
			{"search", "search?q=mistake", "suppressed"},
			{"search for other words", "search?q=submarine", "not-loaded"},
		}},
		"it was retracted": {full, []asked{
			{"claims", "claims?document=" + retracted, "suppressed"},
			{"claims with words of it", "claims?q=loaded+by+mistake", "suppressed"},
			{"claim", "claims/" + seg(h.retired), "410 suppressed"},
			{"trace of a claim", "claims/" + seg(h.retired) + "/trace", "410 suppressed"},
			{"trace", "trace?q=loaded+by+mistake", "suppressed"},
			{"trace by ID", "trace?q=" + string(h.retired), "410 suppressed"},
			{"document", "documents/" + url.PathEscape(retracted), "410 suppressed"},
			{"agents", "agents?q=mistake", "suppressed"},
			{"statistics", "statistics?document=" + retracted, "suppressed"},
			{"statistics with words of it", "statistics?q=loaded+by+mistake", "suppressed"},
			{"paths", "paths?from=loaded+by+mistake&to=journeys", "suppressed"},
			{"paths by ID", "paths?to=" + url.QueryEscape(string(h.told)) + "&from=" + url.QueryEscape(string(h.retired)), "suppressed"},
			{"timeline", "timeline?q=loaded+by+mistake", "suppressed"},
			{"report", "reports/unsupported?document=" + retracted, "suppressed"},
			{"search", "search?q=loaded+mistakes", "suppressed"},
			{"subgraph", "subgraph?node=" + url.QueryEscape(string(h.retired)), "410 suppressed"},
		}},
		"it is below the confidence asked for": {full, []asked{
			{"claims", "claims?q=journeys&min_confidence=901", "suppressed"},
			{"claims, sure enough", "claims?q=journeys&min_confidence=900", "found"},
			{"claims that are not at all", "claims?q=submarine&min_confidence=901", "known-none"},
			{"paths", "paths?min_confidence=871&from=" + url.QueryEscape(string(h.told)) + "&to=" + url.QueryEscape(string(h.retold)), "suppressed"},
			{"report", "reports/depth-to-primary?severity=1000", "suppressed"},
			{"statistics", "statistics?min_confidence=701", "suppressed"},
			{"statistics, sure enough", "statistics?min_confidence=700", "found"},
		}},
	} {
		t.Run(situation, func(t *testing.T) {
			c := newClient(t, x.store, api.Options{})
			for _, a := range x.asked {
				if got := c.presence("/api/v1/" + a.target); got != a.want {
					t.Errorf("%s: %s, want %s", a.name, got, a.want)
				}
			}
		})
	}
}

// presence returns which of the five answers a lookup has, after the status when that is not 200.
func (c *client) presence(target string) string {
	c.t.Helper()
	req := httptest.NewRequest(http.MethodGet, target, nil)
	req.Host = "localhost"
	res := httptest.NewRecorder()
	c.handler.ServeHTTP(res, req)
	var got struct{ Answer, Why, Detail string }
	if err := json.Unmarshal(c.get(target, res.Code), &got); err != nil {
		c.t.Fatal(err)
	}
	if (got.Why+got.Detail == "") != (got.Answer == "found") {
		c.t.Errorf("GET %s: %s, because %q", target, got.Answer, got.Why+got.Detail)
	}
	if res.Code != http.StatusOK {
		return fmt.Sprint(res.Code, " ", got.Answer)
	}
	return got.Answer
}

// The words of a retracted document are said with the document, the day and the reason, and no more.
func TestAbsence_OfRetractedWordsTellsWhich(t *testing.T) {
	s, h := fixture()
	c := newClient(t, s, api.Options{})
	var got list
	c.getJSON("/api/v1/search?q=mistake", 200, &got)
	want := "The words stand in " + string(h.retracted.id()) + ", which was retracted on 2024-06-05: wrong file."
	if got.Why != want || len(got.Items) > 0 {
		t.Errorf("got %q with %d items, want %q", got.Why, len(got.Items), want)
	}
}

// Words that an edit took out of a document were not retracted.
func TestAbsence_OfEditedWordsIsNone(t *testing.T) {
	before := newPaper("https://coast.example/news/1", "Tunnel", "", "", "2024", "The tunnel is haunted.")
	after := newPaper("https://coast.example/news/1", "Tunnel", "", "", "2024", "The tunnel is open.")
	s := newFakeStore()
	s.load(day(1), before)
	s.load(day(2), after)
	c := newClient(t, s, api.Options{})
	for target, want := range map[string]string{
		"/api/v1/search?q=haunted": "known-none", "/api/v1/search?q=haunted&known_by=2024-06-01": "found", "/api/v1/claims?q=haunted": "known-none",
	} {
		if got := c.presence(target); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}

// A search is for what was typed, and its pages make up one list.
func TestSearch_Pages(t *testing.T) {
	s, _ := fixture()
	c := newClient(t, s, api.Options{})
	var whole list
	c.getJSON("/api/v1/search?q=tunnel+pier&any=true&commenters=true", 200, &whole)
	if len(whole.Items) < 4 {
		t.Fatalf("only %d passages", len(whole.Items))
	}
	var got []graph.ID
	target := "/api/v1/search?q=tunnel+pier&any=true&commenters=true&limit=1"
	for next := target; ; {
		var p list
		c.getJSON(next, 200, &p)
		got = append(got, p.ids()...)
		if p.Next == "" {
			break
		}
		next = target + "&cursor=" + url.QueryEscape(p.Next)
	}
	if diff := cmp.Diff(whole.ids(), got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"search", "search?q=%22%22", "search?q=tunnel&cursor=claim:0", "search?q=tunnel&from=2024&to=2023"} {
		c.get("/api/v1/"+bad, 400)
	}
}
