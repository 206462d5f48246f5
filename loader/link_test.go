package loader_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader"
)

// A citation is linked to the document it names when both are held, whichever came first, and the
// claim to the one it is taken from.
func TestLoad_LinksACitationToItsDocument(t *testing.T) {
	const address = "https://records.example/harbour/17"
	dir := t.TempDir()
	record := write(t, filepath.Join(dir, "record.md"), "---\nurl: "+address+"\ntitle: Harbour survey\npublisher: Harbour Board\npublished: 2021-03-02\n---\n\n"+
		"Some 41,317 sailors slept ashore in Port Linnet in 2020, the Harbour Board said.\n")
	blog := write(t, filepath.Join(dir, "blog.md"), "---\nurl: https://blog.example/sailors\ntitle: Where sailors sleep\npublished: 2021-04-05\n---\n\n"+
		"The Harbour Board said that 41,317 sailors slept ashore in Port Linnet in 2020 ("+address+").\n")
	other := write(t, filepath.Join(dir, "other.md"), "---\nurl: https://blog.example/bees\ntitle: Bees\npublished: 2021-04-06\n---\n\n"+
		"Bees need hedges, the gardener Ada Brook said.\n")

	var dumps []string
	for _, order := range [][]string{{record, blog, other}, {blog, other, record}, {other, record, blog}} {
		store := memory(t)
		for _, path := range order {
			load(t, store, loader.Options{Authority: authority(t)}, path)
		}
		dumps = append(dumps, dump(t, store))
		links := linked(t, store)
		if !slices.ContainsFunc(links[graph.SameSource], func(r graph.Relation) bool { return r.To == address && r.Basis == graph.BasisDeclared }) {
			t.Errorf("%v: the citation is not linked to the document: %+v", order, links[graph.SameSource])
		}
		if got := links[graph.TakesFrom]; len(got) != 1 || got[0].Basis != graph.BasisDeclared || got[0].Score < graph.FamilyThreshold {
			t.Errorf("%v: the claim is not taken from there: %+v", order, got)
		}
		if got := links[graph.Matches]; len(got) != 1 {
			t.Errorf("%v: %+v", order, got)
		}
	}
	for _, d := range dumps[1:] {
		if diff := cmp.Diff(dumps[0], d); diff != "" {
			t.Error("the order of loading tells:", diff)
		}
	}
}

// linked returns what the links of a store hold, by kind.
func linked(t *testing.T, store graph.Store) map[graph.Predicate][]graph.Relation {
	t.Helper()
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[graph.Predicate][]graph.Relation{}
	for _, commit := range ledger {
		for _, info := range commit.Added {
			if info.Layer != graph.LayerLink {
				continue
			}
			content, err := store.Content(t.Context(), info.Label)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range content.Links[0].Relations {
				out[r.Kind] = append(out[r.Kind], r)
			}
		}
	}
	return out
}
