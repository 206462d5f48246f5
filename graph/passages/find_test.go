package passages

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestFind(t *testing.T) {
	s := kept(t, harbour()...)
	for name, c := range map[string]struct {
		q    graph.PassageQuery
		want []string
	}{
		"all words must stand in the passage": {graph.PassageQuery{Words: "pier fishing"}, []string{
			"coast.example/1: Nobody has counted the lorries since. The tunnel was dug for trams, and the ⟦pier⟧ was built for ⟦fishing⟧; the harbour came later.",
		}},
		"closest together first": {graph.PassageQuery{Words: "tunnel HARBOUR"}, []string{
			"coast.example/1: The ⟦harbour⟧ ⟦tunnel⟧ will cut journeys by half, the minister said. Lorries wait for hours on the pier.",
			"coast.example/1: Nobody has counted the lorries since. The ⟦tunnel⟧ was dug for trams, and the pier was built for fishing; the ⟦harbour⟧ came later.",
		}},
		"most often first, in any inflection": {graph.PassageQuery{Words: "tunnels", Document: "https://blog.example/2"}, []string{
			"blog.example/2: ⟦Tunnel⟧, ⟦tunnel⟧, ⟦tunnel⟧: they speak of nothing else. Not one lorry was counted.",
		}},
		"a phrase is exact": {graph.PassageQuery{Words: "“cut journeys by”"}, []string{
			"coast.example/1: The harbour tunnel will ⟦cut journeys by⟧ half, the minister said. Lorries wait for hours on the pier.",
		}},
		"a phrase of one word has no inflections": {graph.PassageQuery{Words: `"lorry"`}, []string{
			"blog.example/2: Tunnel, tunnel, tunnel: they speak of nothing else. Not one ⟦lorry⟧ was counted.",
		}},
		"a phrase and a word": {graph.PassageQuery{Words: `paper "journeys cut`}, []string{
			"blog.example/2: “⟦Journeys cut⟧ by half” is what the ⟦papers⟧ made of it. It cost £92,119 – says who?",
		}},
		"a phrase does not reach over a paragraph": {graph.PassageQuery{Words: `"pier nobody"`}, []string{}},
		"common words do not count":                {graph.PassageQuery{Words: "what is the fishing"}, answer(t, s, graph.At{}, graph.PassageQuery{Words: "fishing"})},
		"unless there are no others":               {graph.PassageQuery{Words: "is on the", Document: "https://port.example/3"}, []string{"port.example/3: ⟦The⟧ café ⟦on⟧ ⟦the⟧ pier ⟦is⟧ full. Le tunnel est presque vide."}},
		"figures and accents as in other searches": {graph.PassageQuery{Words: "92119 costs"}, []string{
			"blog.example/2: “Journeys cut by half” is what the papers made of it. It ⟦cost⟧ £⟦92,119⟧ – says who?",
		}},
		"words of another language": {graph.PassageQuery{Words: "CAFE presque"}, []string{"port.example/3: The ⟦café⟧ on the pier is full. Le tunnel est ⟦presque⟧ vide."}},
		"readers only when asked for": {graph.PassageQuery{Words: "counted 900", Commenters: true}, []string{
			"coast.example/1: > I ⟦counted⟧ ⟦900⟧ lorries in the tunnel myself.",
		}},
		"some of the words, most of them first": {graph.PassageQuery{Words: "trams submarine fishing papers", Any: true}, []string{
			"coast.example/1: Nobody has counted the lorries since. The tunnel was dug for ⟦trams⟧, and the pier was built for ⟦fishing⟧; the harbour came later.",
			"blog.example/2: “Journeys cut by half” is what the ⟦papers⟧ made of it. It cost £92,119 – says who?",
		}},
		"a publisher":                        {graph.PassageQuery{Words: "pier", Publisher: "port authority"}, []string{"port.example/3: The café on the ⟦pier⟧ is full. Le tunnel est presque vide."}},
		"dates":                              {graph.PassageQuery{Words: "counted", From: "2024-05-10", To: "2024-05"}, []string{"blog.example/2: Tunnel, tunnel, tunnel: they speak of nothing else. Not one lorry was ⟦counted⟧."}},
		"words that stand nowhere":           {graph.PassageQuery{Words: "submarine"}, []string{}},
		"one of two words that is nowhere":   {graph.PassageQuery{Words: "submarine tunnel"}, []string{}},
		"a query language has no power here": {graph.PassageQuery{Words: `words:tunnel +fishing -tunnel OR * /.*/ pier~2 [a TO z]`}, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, answer(t, s, graph.At{}, c.q)); diff != "" {
				t.Error(diff)
			}
		})
	}
	for name, q := range map[string]graph.PassageQuery{
		"no words":                     {},
		"marks alone":                  {Words: "“…” —"},
		"a negative limit":             {Words: "tunnel", Limit: -1},
		"no date":                      {Words: "tunnel", From: "soon"},
		"a cursor of another list":     {Words: "tunnel", After: "urn:whence:passage:0"},
		"a cursor without these words": {Words: "minister", After: page(t, s, "fishing").Items[0].ID},
	} {
		if _, err := ask(s, graph.At{}, q); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func page(t *testing.T, s *Store, words string) graph.Page[graph.PassageView] {
	t.Helper()
	p, err := ask(s, graph.At{}, graph.PassageQuery{Words: words})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestFind_PagesMakeUpTheList(t *testing.T) {
	papers := harbour()
	for i := range 7 {
		papers = append(papers, paper("https://same.example/"+string(rune('a'+i)), "", "2024", strings.Repeat("The same tunnel. ", i%3+1)))
	}
	s := kept(t, papers...)
	for _, any := range []bool{false, true} {
		whole := answer(t, s, graph.At{}, graph.PassageQuery{Words: "tunnel same", Any: any})
		for limit := 1; limit <= len(whole)+1; limit++ {
			got := []string{}
			q := graph.PassageQuery{Words: "tunnel same", Any: any, Limit: limit}
			for {
				p, err := ask(s, graph.At{}, q)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, lines(t, p)...)
				if q.After = p.Next; p.Next == "" {
					break
				}
				if len(p.Items) != limit {
					t.Fatalf("a page of %d has %d", limit, len(p.Items))
				}
			}
			if diff := cmp.Diff(whole, got); diff != "" {
				t.Fatalf("pages of %d: %s", limit, diff)
			}
		}
	}
}

// What a view does not see changes neither its answer nor the order of it.
func TestFind_LaterArrivalsChangeNothing(t *testing.T) {
	papers := harbour()
	s := kept(t, papers...)
	queries := []graph.PassageQuery{
		{Words: "tunnel"}, {Words: "tunnel lorries pier", Any: true}, {Words: `"the pier"`}, {Words: "counted", Commenters: true, Limit: 1},
	}
	at := graph.At{KnownBy: day(3), AsOf: "2024-06"}
	before := make([]graph.Page[graph.PassageView], len(queries))
	for i, q := range queries {
		p, err := ask(s, at, q)
		if err != nil {
			t.Fatal(err)
		}
		before[i] = p
	}
	edited := paper("https://coast.example/1", "Coast Times", "2024-05-02", "The harbour tunnel may cut journeys, the minister said.")
	load(t, s, day(4), paper("https://late.example/1", "", "2024-06-30", "tunnel tunnel pier lorries"))
	load(t, s, day(5), paper("https://early.example/1", "", "1999", "The pier. The tunnel. The pier."))
	load(t, s, day(6), edited)
	if _, err := s.Commit(t.Context(), graph.Change{Time: day(7), Ends: []graph.Label{papers[1].Label}}); err != nil {
		t.Fatal(err)
	}
	if now := answer(t, s, graph.At{}, queries[0]); len(now) < 3 {
		t.Fatalf("later arrivals are not found at all: %q", now)
	}
	for i, q := range queries {
		after, err := ask(s, at, q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before[i], after); diff != "" {
			t.Errorf("%+v: %s", q, diff)
		}
	}
}

func TestFind_TheOrderOfLoadingDoesNotMatter(t *testing.T) {
	papers := harbour()
	forward, backward := kept(t, papers...), kept(t, papers[2], papers[1], papers[0])
	for _, q := range []graph.PassageQuery{{Words: "tunnel"}, {Words: "pier lorries", Any: true, Commenters: true}} {
		if diff := cmp.Diff(answer(t, forward, graph.At{}, q), answer(t, backward, graph.At{}, q)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFind_TwoReadingsOfOneVersionAreOne(t *testing.T) {
	one := paper("https://coast.example/1", "Coast Times", "2024-05-02", "The harbour tunnel will cut journeys by half.")
	other := one
	other.Document.Title, other.Capture = "Another title", graph.Capture{Path: "elsewhere"}
	other.Label = graph.NewReadingLabel(other.Version, other.Document, "test")
	if got := answer(t, kept(t, one, other), graph.At{}, graph.PassageQuery{Words: "tunnel"}); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// Hostile texts and questions end, soon.
func TestFind_Hostile(t *testing.T) {
	s := kept(t, paper("https://hostile.example/1", "", "2024", strings.Repeat("a ", 100_000), strings.Repeat("é", 50_000), "\xff\xfe tunnel \x00 \u202e"))
	for _, words := range []string{strings.Repeat("a ", 500), `"` + strings.Repeat("a ", 399), strings.Repeat(`"a b" `, 160), strings.Repeat(`"`, 999) + "a", strings.Repeat("é", 1000), "\x00\"\xff tunnel"} {
		for _, any := range []bool{false, true} {
			if _, err := ask(s, graph.At{}, graph.PassageQuery{Words: words, Any: any, Limit: 3}); err != nil {
				t.Errorf("%.20q: %v", words, err)
			}
		}
	}
	if got := answer(t, s, graph.At{}, graph.PassageQuery{Words: "tunnel"}); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// A page that is not the whole list has not met all that is left out of it.
func TestFind_WarningsOfAPage(t *testing.T) {
	s := kept(t, harbour()...)
	q := graph.PassageQuery{Words: "tunnel"}
	for _, c := range []struct {
		limit int
		after bool
		want  string
	}{
		{0, false, "1 passage is left out: said by readers in comments."},
		{1, false, "At least 1 passage is left out: said by readers in comments."},
		{0, true, "At least 1 passage is left out: said by readers in comments."},
	} {
		q.Limit = c.limit
		if q.After = ""; c.after {
			q.After = page(t, s, "tunnel").Items[0].ID
		}
		p, err := ask(s, graph.At{}, q)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{c.want}, p.Warnings); diff != "" {
			t.Errorf("%+v: %s", c, diff)
		}
	}
}
