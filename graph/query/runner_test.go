package query_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/query"
)

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
	return query.NewRunner(1).Run(ctx, s, query.Question{Language: language, Text: text})
}

func rows(t testing.TB, a query.Answer) string {
	t.Helper()
	b, err := json.Marshal(a.Rows)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestLanguages(t *testing.T) {
	s, trains, _ := fixture(t)
	tests := map[string]struct {
		language, text, want string
	}{
		"gizmo, one hop":        {"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").Out("<whence:name>").All()`, `[{"id":"Ann Lee"}]`},
		"gizmo, two hops":       {"gizmo", `g.V("<CLAIM>").Out("<whence:asserted-by>").In("<whence:asserted-by>").Out("<whence:stated-in>").All()`, `[{"id":"\u003chttps://press.example/trains\u003e"}]`},
		"gizmo, tags":           {"gizmo", `g.V("<CLAIM>").Tag("claim").Out("<whence:stated-in>").All()`, ``},
		"gizmo, emit":           {"gizmo", `g.emit({a: [1, "x", null, true]}); g.Emit("y")`, `[{"a":[1,"x",null,true]},"y"]`},
		"gizmo, last value":     {"gizmo", `g.V("<whence:Claim>").In("<rdf:type>").Count()`, `[3]`},
		"gizmo, forEach":        {"gizmo", `g.V("<CLAIM>").Out("<whence:stated-in>").ForEach(function (d) { g.Emit(d.id) })`, `["\u003chttps://press.example/trains\u003e"]`},
		"gizmo, morphism":       {"gizmo", `var by = g.M().Out("<whence:asserted-by>").Out("<whence:name>"); g.V("<CLAIM>").Follow(by).All()`, `[{"id":"Ann Lee"}]`},
		"gizmo, list of values": {"gizmo", `g.emit(g.V("<CLAIM>").Out(["<whence:asserted-by>"]).Out("<whence:name>").ToArray())`, `[["Ann Lee"]]`},
		"gizmo, filter":         {"gizmo", `g.V().Has("<whence:name>", regex("^Ann")).Count()`, ``},
		"graphql":               {"graphql", `{ nodes(id: <CLAIM>) { id, whence:asserted-by { whence:name } } }`, ``},
		"mql":                   {"mql", `[{"id": "<CLAIM>", "<whence:stated-in>": null}]`, ``},
		"sexp":                  {"sexp", `($a (:whence:name "Ann Lee"))`, ``},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := run(t, s, test.language, strings.ReplaceAll(test.text, "CLAIM", string(trains)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, rows(t, a)); diff != "" {
				t.Errorf("answer (-want +got):\n%s%v", diff, a.Warnings)
			}
		})
	}
}
