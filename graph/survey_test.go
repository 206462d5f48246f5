package graph_test

import (
	"testing"
	"time"

	"whence/graph"
)

// survey reads everything that a library holds at a time.
func (l *library) survey(at graph.At) *graph.Survey {
	l.t.Helper()
	s, err := graph.NewSurvey(l.t.Context(), l.store, at, graph.SurveyOptions{})
	if err != nil {
		l.t.Fatal(err)
	}
	return s
}

func TestSurvey_HoldsEveryClaimWithItsFamily(t *testing.T) {
	l := newLibrary(t)
	first, a := tell("https://a.example/1", "", "that the pier would open", "2024-10-02", time.Time{}, nil)
	second, b := tell("https://b.example/1", "", "that the pier would open in May", "2024-10-05", time.Time{}, nil)
	third, c := tell("https://c.example/1", "", "that the ferry was late", "", time.Time{}, nil)
	l.commit(linked(load(nil, first, second, third), first, second, a, b, 900))

	s := l.survey(graph.At{})
	if len(s.Claims) != 3 || len(s.Documents) != 3 || len(s.Orphans) != 0 || len(s.Editions) != 0 {
		t.Fatalf("%d claims, %d documents, %d orphans, %d editions", len(s.Claims), len(s.Documents), len(s.Orphans), len(s.Editions))
	}
	if x, y := s.Claim(a).Family, s.Claim(b).Family; x != y || x != min(a, b) || len(s.Family(x)) != 2 {
		t.Errorf("families %s and %s, of %d", x, y, len(s.Family(x)))
	}
	if got := s.Claim(c); got.Family != c || got.Speaker == nil || got.Speaker.Name != "Ada Brook" || got.Said.End.Kind != graph.EndCitesNone {
		t.Errorf("a claim of its own: %+v", got)
	}

	early := l.survey(graph.At{AsOf: "2024-10-03"})
	if len(early.Claims) != 1 || early.Claim(a) == nil || len(early.Warnings) == 0 {
		t.Errorf("as of 3 October: %d claims, warnings %v", len(early.Claims), early.Warnings)
	}
}

func TestSurvey_KeepsTheTextsOfADocument(t *testing.T) {
	l := newLibrary(t)
	day := func(n int) time.Time { return time.Date(2024, 10, n, 12, 0, 0, 0, time.UTC) }
	first, a := tell("https://a.example/1", "", "that the pier would open", "2024-10-02", day(2), nil)
	before := l.commit(load(nil, first))
	edited, b := tell("https://a.example/1", "", "that the pier would stay shut", "2024-10-02", day(9), nil)
	l.commit(load(nil, edited))

	s := l.survey(graph.At{})
	editions := s.Editions["https://a.example/1"]
	if len(editions) != 2 || editions[0].Reading.Claims[0].ID != a || editions[1].Reading.Claims[0].ID != b {
		t.Fatalf("editions: %+v", editions)
	}
	if s.Claim(a) != nil || s.Claim(b) == nil {
		t.Error("only the newest text speaks")
	}
	if s := l.survey(graph.At{KnownBy: before}); len(s.Editions) != 0 || s.Claim(a) == nil {
		t.Errorf("before the second was recorded: %d editions", len(s.Editions))
	}
	if s := l.survey(graph.At{AsOf: "2024-10-05"}); len(s.Editions) != 0 || s.Claim(a) == nil {
		t.Errorf("before the second was captured: %d editions", len(s.Editions))
	}
}
