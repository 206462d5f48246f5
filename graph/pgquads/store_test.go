package pgquads

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/query"
	"whence/graph/store"
)

func TestBackend(t *testing.T) {
	server(t)
	graphtest.RunBackend(t, func(t *testing.T) store.Backend { return open(t, schema(t)) })
}

func TestStore(t *testing.T) {
	server(t)
	graphtest.Run(t, func(t *testing.T) graph.Store { return openStore(t, schema(t)) })
}

func TestStoreReopened(t *testing.T) {
	server(t)
	places := map[string]*url.URL{}
	graphtest.RunPersistent(t, func(t *testing.T, place string) graph.Store {
		if places[place] == nil {
			places[place] = schema(t)
		}
		return openStore(t, places[place])
	})
}

// openStore opens a store that whoever asked for it closes.
func openStore(t testing.TB, u *url.URL) graph.Store {
	t.Helper()
	b, err := Open(context.Background(), u.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLanguages asks what the commands ask, of this store and of one in memory.
func TestLanguages(t *testing.T) {
	here, memory := openStore(t, schema(t)), cayleystore.Memory()
	defer here.Close()
	defer memory.Close()
	for n := range 5 {
		d := graphtest.NewDocument(fmt.Sprint("https://a.example/", n), fmt.Sprintf("Ann said that it is %d. It is %d, Bob said.", n, n))
		d.Claim(fmt.Sprintf("it is %d", n), "Ann")
		d.Claim(fmt.Sprintf("It is %d", n), "Bob")
		for _, s := range []graph.Store{here, memory} {
			if _, err := s.Commit(t.Context(), d.Change(nil, graphtest.Day(1))); err != nil {
				t.Fatal(err)
			}
		}
	}
	runner := query.NewRunner(1, 1<<30)
	for _, text := range []string{
		`g.V("<https://a.example/3>").In().All()`,
		`g.V("<https://a.example/3>").In("<whence:stated-in>").Out().All()`,
		`g.V("<https://a.example/3>").In("<whence:stated-in>").Both().Unique().All()`,
		`g.V().Has("<whence:stated-in>", "<https://a.example/3>").Out("<whence:stated-in>").All()`,
		`g.V().Has("<rdf:type>", "<whence:Claim>").Out("<whence:stated-in>").Unique().All()`,
		`g.V().Count()`,
	} {
		rows := map[string][]string{}
		for name, s := range map[string]graph.Store{"here": here, "memory": memory} {
			a, err := runner.Run(t.Context(), s, query.Question{Language: "gizmo", Text: text, Rows: 1000})
			if err != nil {
				t.Fatalf("%s %s: %v", name, text, err)
			}
			for _, r := range a.Rows {
				rows[name] = append(rows[name], string(r))
			}
			slices.Sort(rows[name])
		}
		if diff := gocmp.Diff(rows["memory"], rows["here"]); diff != "" {
			t.Errorf("%s: in memory -, here +\n%s", text, diff)
		}
		if len(rows["here"]) == 0 {
			t.Errorf("%s finds nothing", text)
		}
	}
}
