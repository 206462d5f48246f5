package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/query"
)

// memory is what queries in tests may take, in bytes.
const memory = 32 << 20

// fixture returns a store with two documents, and the claims of the first.
func fixture(t testing.TB) (s graph.Store, trains, buses graph.ID) {
	t.Helper()
	s = cayleystore.Memory()
	t.Cleanup(func() { _ = s.Close() })
	d := graphtest.NewDocument("https://press.example/trains", "Trains will run hourly, Ann Lee said. Buses will stop, Bo Ray said.")
	trains, buses = d.Claim("Trains will run hourly", "Ann Lee"), d.Claim("Buses will stop", "Bo Ray")
	e := graphtest.NewDocument("https://other.example/ferries", "Ferries will sail, Ann Lee said.")
	e.Claim("Ferries will sail", "Ann Lee")
	for i, d := range []*graphtest.Document{d, e} {
		if _, err := s.Commit(t.Context(), d.Change(nil, graphtest.Day(i+1))); err != nil {
			t.Fatal(err)
		}
	}
	return s, trains, buses
}

func run(t testing.TB, s graph.Store, language, text string) (query.Answer, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	return query.NewRunner(1, memory).Run(ctx, s, query.Question{Language: language, Text: text})
}

func TestLanguages(t *testing.T) {
	s, trains, _ := fixture(t)
	for name, test := range map[string]struct {
		language, text, want string // in both, CLAIM and AGENT stand for IDs
	}{
		"gizmo, a hop":          {"gizmo", `g.V("<CLAIM>").Out("<whence:stated-in>").All()`, `[{"id":"<https://press.example/trains>"}]`},
		"gizmo, a short ID":     {"gizmo", `g.V("<SHORT>").Out("<whence:stated-in>").All()`, `[{"id":"<https://press.example/trains>"}]`},
		"gizmo, an IRI in full": {"gizmo", `g.V(g.IRI("CLAIM")).Out(iri("urn:whence:ns:stated-in")).All()`, `[{"id":"<https://press.example/trains>"}]`},
		"gizmo, two hops": {
			"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").In("<whence:asserted-by>").Out("<whence:stated-in>").All()`,
			`[{"id":"<https://press.example/trains>"},{"id":"<https://other.example/ferries>"}]`,
		},
		"gizmo, tags":                            {"gizmo", `g.V("<CLAIM>").Tag("claim").Out("<whence:stated-in>").All()`, `[{"claim":"<CLAIM>","id":"<https://press.example/trains>"}]`},
		"gizmo, a quad per label":                {"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").Out("<whence:name>").All()`, `[{"id":"Ann Lee"},{"id":"Ann Lee"}]`},
		"gizmo, unique":                          {"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").Out("<whence:name>").Unique().All()`, `[{"id":"Ann Lee"}]`},
		"gizmo, emit":                            {"gizmo", `g.emit({a: [1, "x", null, true]}); g.Emit("y"); g.emit(0/0)`, `[{"a":[1,"x",null,true]},"y",null]`},
		"gizmo, what was found before and after": {"gizmo", `g.emit(1); g.V("<CLAIM>").All(); g.emit(2)`, `[1,{"id":"<CLAIM>"},2]`},
		"gizmo, the last value":                  {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").Count()`, `[3]`},
		"gizmo, a function":                      {"gizmo", `g.V("<CLAIM>").Out("<whence:stated-in>").ForEach(function (d) { d.more = [1]; g.Emit(d) })`, `[{"id":"<https://press.example/trains>","more":[1]}]`},
		"gizmo, a morphism":                      {"gizmo", `var by = g.M().Out("<whence:stated-in>"); g.V("<CLAIM>").Follow(by).All()`, `[{"id":"<https://press.example/trains>"}]`},
		"gizmo, a list":                          {"gizmo", `g.emit(g.V("<CLAIM>").Out(["<whence:stated-in>"]).ToArray().join("; "))`, `["<https://press.example/trains>"]`},
		"gizmo, a path as predicate":             {"gizmo", `g.V("<CLAIM>").Out(g.V("<whence:stated-in>")).All()`, `[{"id":"<https://press.example/trains>"}]`},
		"gizmo, a filter":                        {"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").Out("<whence:name>").Filter(regex("^Ann")).Unique().Count()`, `[1]`},
		"gizmo, nothing":                         {"gizmo", `g.V("<CLAIM>").In("<whence:matches>").All()`, `null`},
		"graphql":                                {"graphql", `{ claims(id: <CLAIM>) { id, whence:asserted-by { whence:name } } }`, `[{"claims":{"id":"<CLAIM>","whence:asserted-by":{"whence:name":"Ann Lee"}}}]`},
		"mql":                                    {"mql", `[{"id": "<CLAIM>", "<whence:stated-in>": null}]`, `[{"<whence:stated-in>":"<https://press.example/trains>","id":"<CLAIM>"}]`},
		"sexp":                                   {"sexp", `($doc (!:whence:stated_in :CLAIM))`, `[{"$doc":"<https://press.example/trains>"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			fill := strings.NewReplacer("CLAIM", string(trains), "SHORT", trains.Short())
			a, err := run(t, s, test.language, fill.Replace(test.text))
			if err != nil {
				t.Fatal(err)
			}
			got := listed(t, a)
			if diff := cmp.Diff(fill.Replace(test.want), got); diff != "" {
				t.Errorf("answer (-want +got):\n%s%q", diff, a.Warnings)
			}
		})
	}
}

// Each error says what is wrong with the query, and where its language can tell.
func TestRun_Invalid(t *testing.T) {
	s, _, _ := fixture(t)
	for name, test := range map[string]struct{ language, text, want string }{
		"no such language":            {"sparql", `x`, `want one of gizmo, graphql, mql, sexp`},
		"no text":                     {"gizmo", " \n", `empty`},
		"too much text":               {"gizmo", strings.Repeat(" ", query.MaxText) + "x", `more than 8192 bytes`},
		"gizmo that is none":          {"gizmo", "g.V(\n).All((", `Line 2:`},
		"gizmo that throws":           {"gizmo", "\n  nothing.here()", `nothing is not defined at <eval>:2:3`},
		"gizmo with a wrong argument": {"gizmo", `g.V("<x:y>").Out({a: 1}).All()`, `unsupported type`},
		"gizmo with a wrong callback": {"gizmo", `g.V().ForEach(function () { nothing() })`, `nothing is not defined at`},
		"gizmo with a wrong this":     {"gizmo", `var f = g.V().Out; f()`, `method of a path`},
		"gizmo that runs nothing":     {"gizmo", `g.M().Out("<whence:name>").nothing()`, `nothing`},
		"graphql that is none":        {"graphql", `{ a { id }`, `(1:11)`},
		"mql that is none":            {"mql", "[{\n  \"id\": }]", `line 2, column 9`},
		"sexp that is not closed":     {"sexp", `($a (:b`, `not closed`},
		"sexp that is none":           {"sexp", `hello`, `invalid syntax`},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := run(t, s, test.language, test.text)
			if !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v with %d rows, want %q in it", err, len(a.Rows), test.want)
			}
		})
	}
}

// What was retracted is in the store and in no answer, by whatever way it is looked for; nor is what the store writes
// for itself.
func TestRun_SeesWhatIsLive(t *testing.T) {
	s, trains, _ := fixture(t)
	var labels []graph.Label
	commits, err := s.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, info := range commits[0].Added {
		labels = append(labels, info.Label)
	}
	before := time.Now()
	if _, err := s.Commit(t.Context(), graph.Change{Reason: "a test", Ends: labels, Time: before.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		language, text, want string
	}{
		"by its ID":               {"gizmo", `g.V("<CLAIM>").All()`, `null`},
		"from its class":          {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").Count()`, `[1]`},
		"counted by the engine":   {"gizmo", `g.V("<https://press.example/trains>").In().Count()`, `[0]`},
		"among all nodes":         {"gizmo", `g.V().Filter(like("%trains%")).Count()`, `[0]`},
		"text among all nodes":    {"gizmo", `g.V().Filter(like("%Trains will%")).Count()`, `[0]`},
		"its labels":              {"gizmo", `g.V().Labels().Unique().Count()`, `[2]`},
		"the labels of seals":     {"gizmo", `g.V("<urn:whence:seal>").All()`, `null`},
		"the predicates of seals": {"gizmo", `g.V().OutPredicates().Unique().Filter(regex("seal", true)).Count()`, `[0]`},
		"through graphql":         {"graphql", `{ nodes(rdf:type: <whence:Claim>) { id } }`, `[{"nodes":{"id":"<OTHER>"}}]`},
		"all fields of graphql":   {"graphql", `{ nodes(id: <CLAIM>) { * } }`, `[{"nodes":null}]`},
		"through mql":             {"mql", `[{"id": "<CLAIM>"}]`, `null`},
		"through sexp":            {"sexp", `($a (:rdf:type :whence:Claim))`, `[{"$a":"<OTHER>"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			other := graph.NewClaimID("https://other.example/ferries", "Ferries will sail", 0)
			fill := strings.NewReplacer("CLAIM", string(trains), "OTHER", string(other))
			a, err := run(t, s, test.language, fill.Replace(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(fill.Replace(test.want), listed(t, a)); diff != "" {
				t.Errorf("answer (-want +got):\n%s%q", diff, a.Warnings)
			}
		})
	}
	t.Run("as it was known before", func(t *testing.T) {
		a, err := query.NewRunner(1, memory).Run(t.Context(), s, query.Question{
			Language: "gizmo", Text: `g.V("<` + string(trains) + `>").All()`, KnownBy: before.Add(time.Minute),
		})
		if err != nil || len(a.Rows) != 1 {
			t.Errorf("answer %v, %v", a, err)
		}
	})
}

func TestRun_Warnings(t *testing.T) {
	s, trains, _ := fixture(t)
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"nothing":                 {`g.V("<CLAIM>").Out("<whence:stated-in>").All()`, nil},
		"a name that is not held": {`g.V("<CLAIM>").Out("<whence:asserted>").All()`, []string{"<whence:asserted> stands nowhere in what is seen"}},
		"a name taken for text":   {`g.V("CLAIM").All()`, []string{`"CLAIM" is taken for text, which stands nowhere in what is seen; the node is "<CLAIM>"`}},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := run(t, s, "gizmo", strings.ReplaceAll(test.text, "CLAIM", string(trains)))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, w := range test.want {
				want = append(want, strings.ReplaceAll(w, "CLAIM", string(trains)))
			}
			if diff := cmp.Diff(want, a.Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

// An answer that is cut says so, and one that just fits does not.
func TestRun_Rows(t *testing.T) {
	s, _, _ := fixture(t)
	for name, test := range map[string]struct {
		language, text string
		rows, want     int
		cut            bool
	}{
		"more":                    {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").All()`, 2, 2, true},
		"as many":                 {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").All()`, 3, 3, false},
		"more than asked for":     {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").GetLimit(10)`, 2, 2, true},
		"fewer by the query":      {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").GetLimit(1)`, 2, 1, false},
		"without end":             {"gizmo", `while (true) g.emit(1)`, 10, 10, true},
		"a result of many bytes":  {"gizmo", `var s = "x"; while (s.length < 6e6) s += s; for (;;) g.emit(s)`, 100, 1, true},
		"more in mql":             {"mql", `[{"id": null, "<rdf:type>": "<whence:Claim>"}]`, 2, 2, true},
		"more in sexp":            {"sexp", `($a (:rdf:type :whence:Claim))`, 2, 2, true},
		"more in graphql's lists": {"graphql", `{ nodes(rdf:type: <whence:Claim>) { id } }`, 2, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := query.NewRunner(1, 8*memory).Run(t.Context(), s, query.Question{Language: test.language, Text: test.text, Rows: test.rows})
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Rows) != test.want || (a.Cut != "") != test.cut {
				t.Errorf("%d rows, cut %q; want %d, %v", len(a.Rows), a.Cut, test.want, test.cut)
			}
		})
	}
}

// listed returns the results as a list in JSON, "null" when there are none.
func listed(t testing.TB, a query.Answer) string {
	t.Helper()
	var out []string
	for _, r := range a.Rows {
		out = append(out, string(r))
	}
	if out == nil {
		return "null"
	}
	return "[" + strings.Join(out, ",") + "]"
}
