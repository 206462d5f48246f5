package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/graphtest"
)

// Made-up people and bodies, as an authority file knows them.
var (
	field   = person("Jo Field", graph.Office{Title: "Secretary of State for Rivers", Body: "River Department", From: "2023-07-05", Until: "2024-03-01"})
	marsh   = person("Al Marsh", graph.Office{Title: "head of research", Body: "Bridge Trust", From: "2020"})
	trust   = body("Bridge Trust", graph.Organisation)
	rivers  = body("River Department", graph.Government)
	council = body("Ash Council", graph.Organisation)
)

func person(name string, offices ...graph.Office) graph.Agent {
	words := strings.Fields(name)
	return graph.Agent{ID: graph.NewAgentID("authority " + name), Type: graph.Person, Name: name, Aliases: words[len(words)-1:], Offices: offices, Identified: true}
}

func body(name string, typ graph.AgentType) graph.Agent {
	return graph.Agent{ID: graph.NewAgentID("authority " + name), Type: typ, Name: name, Identified: true}
}

// attribute adds a document that says that somebody said something: called is how the
// text calls the speaker, who is meant.
func (w *world) attribute(uri string, date graph.Date, called, who, words string) graph.ID {
	text := called + " said " + words + " (" + uri + ")."
	d := w.document(uri, graph.KindNews, date, uri, text)
	id := w.claim(d, words, called)
	c := d.Stated(id)
	c.Mode = graph.ModeIndirect
	c.Source = []graph.Passage{graph.NewPassage(text, graph.Span{End: len(called)})}
	d.Says(id, who)
	return id
}

// naiveAttributionDrift is what one would write first: the words for the speaker differ.
func naiveAttributionDrift(here, there string) bool { return here != there }

func TestAttributionDriftKinds(t *testing.T) {
	for name, c := range map[string]struct {
		there, thereIs string
		here, hereIs   string
		want           []string
		naive          bool // the naive function is wrong of whether there is anything
	}{
		"another person: reassigned":              {"Jo Field", "Jo Field", "Al Marsh", "Al Marsh", []string{"reassigned"}, false},
		"two ways to call one person":             {"Jo Field", "Jo Field", "the Rivers Secretary", "Jo Field", nil, true},
		"another body: reassigned":                {"Bridge Trust", "Bridge Trust", "Ash Council", "Ash Council", []string{"reassigned"}, false},
		"sources: anonymised":                     {"Jo Field", "Jo Field", "government sources", "", []string{"anonymised"}, false},
		"nobody is named, nor anybody vague":      {"Jo Field", "Jo Field", "the letter", "", nil, true},
		"sources close to the one who spoke":      {"Jo Field", "Jo Field", "sources close to Field", "", nil, true},
		"who works there: elevated":               {"Al Marsh", "Al Marsh", "Bridge Trust", "Bridge Trust", []string{"elevated"}, false},
		"a spokesperson: elevated":                {"a spokesperson for Bridge Trust", "Bridge Trust", "Bridge Trust", "Bridge Trust", []string{"elevated"}, false},
		"a minister speaks for the department":    {"Jo Field", "Jo Field", "River Department", "River Department", nil, true},
		"a study: elevated":                       {"a new study", "", "Experts", "", []string{"elevated"}, false},
		"a body and a person with nothing common": {"Jo Field", "Jo Field", "Ash Council", "Ash Council", nil, true},
		"a pronoun":                               {"Jo Field", "Jo Field", "He", "Al Marsh", nil, true},
		"two names that may be one person's":      {"Sandra Hill", "Sandra Hill", "Sandy Hill", "Sandy Hill", nil, true},
		"a spokesperson by the surname":           {"Nina Cole, a spokeswoman for Orrin Steel", "Nina Cole", "Cole", "Cole", nil, true},
		"a name that a spokesperson's words hold": {"Nina Cole, a spokeswoman for Orrin Steel", "Nina Cole", "Orrin Steel", "Orrin Steel", []string{"elevated"}, false},
		"two names of two people":                 {"Sandra Hill", "Sandra Hill", "Tom Moor", "Tom Moor", []string{"reassigned"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.authority = graphtest.NewAuthority(field, marsh, trust, rivers, council)
			first := w.attribute("one.example", "2024-01-05", c.there, c.thereIs, "the bridge would be built in two years")
			later := w.attribute("two.example", "2024-01-08", c.here, c.hereIs, "the bridge would be built in two years")
			w.takes(later, first, graph.BasisDeclared)
			r := w.report("attribution-drift")
			if diff := cmp.Diff(c.want, types(r, later)); diff != "" {
				t.Error(diff)
			}
			for _, f := range r.Findings {
				if names := strings.Contains(f.Why, "(a name only, not identified)"); names != (c.thereIs == "Sandra Hill" || c.thereIs == "Nina Cole") {
					t.Errorf("who is only a name is to be said so: %s", f.Why)
				}
			}
			if naive := naiveAttributionDrift(c.here, c.there); (naive == (len(c.want) > 0)) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}

// What names nobody is passed over: between the first and the last nobody is named.
func TestAttributionDriftOverAHopThatNamesNobody(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	const words = "the bridge would be built in two years"
	first := w.attribute("one.example", "2024-01-05", "Jo Field", "Jo Field", words)
	d := w.document("two.example", graph.KindNews, "2024-01-06", "", "It is known that "+words+".")
	between := w.claim(d, words, "")
	last := w.attribute("three.example", "2024-01-08", "Al Marsh", "Al Marsh", words)
	w.takes(between, first, graph.BasisDeclared)
	w.takes(last, between, graph.BasisDeclared)
	r := w.report("attribution-drift")
	if diff := cmp.Diff([]short{{"reassigned", last, 900}}, shorts(r)); diff != "" {
		t.Fatal(diff)
	}
	if got := len(r.Findings[0].Hops); got != 3 {
		t.Errorf("%d hops are shown", got)
	}
}

// What is said in one of two sources is not reassigned by the other.
func TestAttributionDriftAgreesWithOneOfTwo(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	const words = "the bridge would be built in two years"
	right := w.attribute("one.example", "2024-01-05", "Jo Field", "Jo Field", words)
	wrong := w.attribute("two.example", "2024-01-06", "Al Marsh", "Al Marsh", words)
	later := w.attribute("three.example", "2024-01-08", "Jo Field", "Jo Field", words)
	w.takes(later, right, graph.BasisDeclared)
	w.takes(later, wrong, graph.BasisDeclared)
	w.takes(wrong, right, graph.BasisDeclared)
	if diff := cmp.Diff([]short{{"reassigned", wrong, 900}}, shorts(w.report("attribution-drift"))); diff != "" {
		t.Error(diff)
	}
}

// Who asks about what another said, and names him, is not given his words.
func TestAttributionDriftInAQuestion(t *testing.T) {
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	first := w.attribute("one.example", "2024-01-05", "Jo Field", "Jo Field", "the bridge would be built in two years")
	asked := w.attribute("two.example", "2024-01-08", "Al Marsh", "Al Marsh", "whether the bridge would be built in two years, as Jo Field told the paper")
	w.takes(asked, first, graph.BasisDeclared)
	if got := shorts(w.report("attribution-drift")); got != nil {
		t.Error(got)
	}
}

func TestMisquoted(t *testing.T) {
	const words = "We will build the bridge over the river in two years."
	w := newWorld(t)
	w.authority = graphtest.NewAuthority(field, marsh)
	first := w.quote("one.example", "2024-01-05", "Jo Field", words)
	later := w.quote("two.example", "2024-01-08", "Al Marsh", words)
	again := w.quote("three.example", "2024-01-08", "Jo Field", words)
	w.same(first, later, again)
	if diff := cmp.Diff([]short{{"reassigned", later, 800}}, shorts(w.report("attribution-drift"))); diff != "" {
		t.Error(diff)
	}
}

func TestRoleAnachronism(t *testing.T) {
	for name, c := range map[string]struct {
		called       string
		stated, said graph.Date
		want         []short
		naive        bool // by the date of the document alone one is wrong
	}{
		"in office":                               {"Rivers Secretary Jo Field", "2024-01-08", "", nil, false},
		"before it":                               {"Rivers Secretary Jo Field", "2023-06-08", "", []short{{"role-anachronism", "", 300}}, false},
		"after it, of words said then":            {"Rivers Secretary Jo Field", "2024-06-08", "2024-06-07", []short{{"role-anachronism", "", 600}}, false},
		"after it, of words said while she was":   {"Rivers Secretary Jo Field", "2024-06-08", "2024-01-07", nil, true},
		"in office, of words said before she was": {"Rivers Secretary Jo Field", "2024-01-08", "2023-01-07", []short{{"role-anachronism", "", 600}}, true},
		"former":                                 {"former Rivers Secretary Jo Field", "2024-06-08", "2024-06-07", nil, true},
		"another office, that is not listed":     {"Bridges Secretary Jo Field", "2024-06-08", "2024-06-07", nil, true},
		"no date":                                {"Rivers Secretary Jo Field", "", "", nil, false},
		"the year she came, in which she may be": {"Rivers Secretary Jo Field", "2023", "", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.authority = graphtest.NewAuthority(field)
			id := w.attribute("one.example", c.stated, c.called, "Jo Field", "the bridge would be built in two years")
			w.of[id].Stated(id).SaidOn = c.said
			for i := range c.want {
				c.want[i].Subject = id
			}
			if diff := cmp.Diff(c.want, shorts(w.report("attribution-drift"))); diff != "" {
				t.Error(diff)
			}
			naive := c.stated != "" && !field.Offices[0].HeldOn(c.stated)
			if (naive == (len(c.want) > 0)) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}
