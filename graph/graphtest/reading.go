package graphtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"

	"whence/graph"
)

func roundTrip(t *testing.T, s graph.Store) {
	authority, _ := ministers("Kendal")
	a, b := press(), statement()
	ca := commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	link := NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}})

	want := graph.Commit{Number: 1, Time: Day(1), Run: "load " + string(a.ID()), Added: []graph.LabelInfo{
		{Label: authority.Label, Layer: graph.LayerAuthority},
		{Label: a.Reading().Label, Layer: graph.LayerReading, Document: a.ID(), Version: a.Version(), Build: Extractor, Capture: graph.Capture{Path: string(a.ID()) + ".txt"}},
		{
			Label: a.Resolution(authority).Label, Layer: graph.LayerResolution, Document: a.ID(), Version: a.Version(),
			Inputs: []graph.Label{a.Reading().Label, authority.Label},
		},
	}}
	for i := range want.Added {
		want.Added[i].Commit, want.Added[i].Recorded = 1, Day(1)
	}
	slices.SortFunc(want.Added, func(x, y graph.LabelInfo) int { return cmp.Compare(x.Label, y.Label) })
	same(t, "the commit", want, ca)
	same(t, "its ledger entry", want, ledgerOf(t, s)[0])

	var nodes []graph.Node
	for _, d := range []*Document{a, b} {
		r := d.Reading()
		nodes = append(nodes, &r.Document, &r.Version)
		for i := range r.Segments {
			nodes = append(nodes, &r.Segments[i])
		}
		for i := range r.Claims {
			r.Claims[i].Label = r.Label
			nodes = append(nodes, &r.Claims[i])
		}
		for i := range r.Statistics {
			r.Statistics[i].Label = r.Label
			nodes = append(nodes, &r.Statistics[i])
		}
		for i := range r.Sources {
			r.Sources[i].Label = r.Label
			nodes = append(nodes, &r.Sources[i])
		}
		for i := range r.Relations {
			r.Relations[i].Label, r.Relations[i].Status = r.Label, graph.StatusStated
			nodes = append(nodes, &r.Relations[i])
		}
	}
	for i := range link.Relations {
		link.Relations[i].Label, link.Relations[i].Status = link.Label, graph.StatusSuggested
		nodes = append(nodes, &link.Relations[i])
	}
	for i := range authority.Agents {
		agent := authority.Agents[i]
		agent.Label = authority.Label
		for _, d := range []*Document{a, b} { // that name the agent too
			if r := d.Resolution(authority); slices.ContainsFunc(r.Agents, func(x graph.Agent) bool { return x.ID == agent.ID }) {
				agent.Label = min(agent.Label, r.Label)
			}
		}
		nodes = append(nodes, &agent)
	}
	got := Read(t, s, graph.At{})
	byID := func(x, y graph.Node) int { return cmp.Compare(x.NodeID(), y.NodeID()) }
	slices.SortFunc(nodes, byID)
	found := slices.SortedFunc(slices.Values(got.Nodes), byID)
	same(t, "the nodes", nodes, found)
	var resolved []graph.Resolved
	for _, d := range []*Document{a, b} {
		resolved = append(resolved, d.Resolution(authority).Resolved...)
	}
	sortResolved(resolved)
	same(t, "who is meant", resolved, slices.Clone(got.Resolved), cmpopts.SortSlices(lessResolved))
	for _, d := range []*Document{a, b} {
		if text := textOf(t, s, d); text != d.Text() {
			t.Errorf("text of %s: %q", d.ID(), text)
		}
	}
	claim := a.Reading().Claims[0].ID
	for _, e := range []graph.Edge{
		{From: claim, Kind: graph.AssertedBy, To: graph.AuthorityAgentID("kendal"), Label: a.Resolution(authority).Label},
		{From: claim, Kind: graph.StatedIn, To: a.ID(), Label: a.Reading().Label},
		{From: a.Version(), Kind: graph.VersionOf, To: a.ID(), Label: a.Reading().Label},
		{From: claim, Kind: graph.SupportedBy, To: a.Reading().Claims[1].ID, Label: a.Reading().Label},
		{From: link.Relations[0].ID, Kind: graph.RelatedTo, To: claim, Label: link.Label},
	} {
		if !slices.Contains(got.Out, e) {
			t.Errorf("no edge out: %+v", e)
		}
		if !slices.Contains(got.In, e) {
			t.Errorf("no edge in: %+v", e)
		}
	}
	if suggested := (graph.Edge{From: b.Reading().Claims[0].ID, Kind: graph.Matches, To: claim, Label: link.Label}); slices.Contains(got.Out, suggested) {
		t.Errorf("a relation that is only suggested is an edge: %+v", suggested)
	}
}

func order(t *testing.T, s graph.Store) {
	d := commitSeveral(t, s)
	for _, typ := range graph.NodeTypes {
		if ids := d.IDs[typ]; !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
			t.Errorf("list of %s: %q", typ, ids)
		}
	}
	if !slices.IsSortedFunc(d.Out, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label))
	}) {
		t.Errorf("Out: %v", d.Out)
	}
	if !slices.IsSortedFunc(d.In, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From), cmp.Compare(a.Label, b.Label))
	}) {
		t.Errorf("In: %v", d.In)
	}
	if !slices.IsSortedFunc(d.Resolved, func(a, b graph.Resolved) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Agent, b.Agent))
	}) {
		t.Errorf("Resolved: %v", d.Resolved)
	}
	claims := slices.Clone(d.IDs[graph.TypeClaim])
	slices.Reverse(claims)
	asked := slices.Insert(slices.Clone(claims), 1, "urn:whence:claim:unknown")
	read(t, s, func(r graph.Reader) error {
		nodes, err := r.Nodes(t.Context(), asked)
		var got []graph.ID
		for _, n := range nodes {
			got = append(got, n.NodeID())
		}
		same(t, "the nodes' order", claims, got)
		return err
	})
}

func kinds(t *testing.T, s graph.Store) {
	d := commitSeveral(t, s)
	var all []graph.ID
	for _, ids := range d.IDs {
		all = append(all, ids...)
	}
	read(t, s, func(r graph.Reader) error {
		for _, kinds := range [][]graph.Predicate{{graph.AssertedBy}, {graph.StatedIn, graph.VersionOf}, {graph.RelatedFrom}, {graph.Contradicts}} {
			out, err := r.Out(t.Context(), all, kinds...)
			if err != nil {
				return err
			}
			same(t, fmt.Sprint("out by ", kinds), filter(d.Out, kinds), out)
			in, err := r.In(t.Context(), all, kinds...)
			if err != nil {
				return err
			}
			same(t, fmt.Sprint("in by ", kinds), filter(d.In, kinds), in)
			resolved, err := r.Resolved(t.Context(), all, kinds...)
			if err != nil {
				return err
			}
			want := slices.DeleteFunc(slices.Clone(d.Resolved), func(x graph.Resolved) bool { return !slices.Contains(kinds, x.Predicate) })
			same(t, fmt.Sprint("resolved by ", kinds), want, resolved)
		}
		if _, err := r.Out(t.Context(), all, "eats"); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a relation that is none: %v", err)
		}
		if _, err := r.List(t.Context(), "cheese", "", 0); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("a type that is none: %v", err)
		}
		return nil
	})
}

// citing has two documents that cite one page, each with its own words.
func citing(t *testing.T, s graph.Store) {
	const page = "https://figures.example/rents"
	var want [][]graph.Passage
	var edges []graph.Edge
	for i, text := range []string{"Rents rose £40, the Harbour Survey found. See the survey.", "“Pointless,” said Marsh – but the rents survey and the later survey disagree."} {
		d := NewDocument(fmt.Sprintf("https://example.org/citing/%d", i), text)
		words := []string{"Harbour Survey", "rents survey"}[i]
		source := d.Source(words, page, "")
		other := d.Source("survey", "https://figures.example/other", "")
		commit(t, s, d.Change(nil, Day(1+i)))
		r := d.Reading()
		for _, id := range []graph.ID{source, other} {
			want = append(want, d.Cited(id).Passages)
			edges = append(edges, graph.Edge{From: d.ID(), Kind: graph.Cites, To: id, Label: r.Label})
		}
	}
	read(t, s, func(r graph.Reader) error {
		got, err := r.Citing(t.Context(), edges)
		same(t, "the words that cite", want, got)
		if err != nil {
			return err
		}
		found, err := r.Out(t.Context(), []graph.ID{edges[0].From, edges[2].From}, graph.Cites)
		if err != nil {
			return err
		}
		inOrder := slices.Clone(edges)
		graph.SortEdges(inOrder)
		same(t, "the edges", inOrder, found)
		crossed := []graph.Edge{edges[0], edges[0], edges[2]}
		crossed[0].Label = "urn:whence:reading:unknown"
		crossed[1].To = edges[0].From
		got, err = r.Citing(t.Context(), crossed)
		same(t, "the words of edges that are not there", [][]graph.Passage{nil, nil, want[2]}, got)
		return err
	})
	if err := view(s, graph.At{KnownBy: Day(1)}, func(r graph.Reader) error {
		got, err := r.Citing(t.Context(), edges)
		same(t, "the words that cite, before the second document was there", [][]graph.Passage{want[0], want[1], nil, nil}, got)
		return err
	}); err != nil {
		t.Error(err)
	}
}

func filter(edges []graph.Edge, kinds []graph.Predicate) []graph.Edge {
	return slices.DeleteFunc(slices.Clone(edges), func(e graph.Edge) bool { return !slices.Contains(kinds, e.Kind) })
}

func batches(t *testing.T, s graph.Store) {
	d := commitSeveral(t, s)
	read(t, s, func(r graph.Reader) error {
		var out, in []graph.Edge
		var nodes []graph.Node
		for _, typ := range graph.NodeTypes {
			for _, id := range d.IDs[typ] {
				o, err := r.Out(t.Context(), []graph.ID{id})
				if err != nil {
					return err
				}
				i, err := r.In(t.Context(), []graph.ID{id, id})
				if err != nil {
					return err
				}
				n, err := r.Nodes(t.Context(), []graph.ID{id})
				if err != nil {
					return err
				}
				out, in, nodes = append(out, o...), append(in, i...), append(nodes, n...)
			}
		}
		graph.SortEdges(out)
		graph.SortEdges(in)
		wantIn := slices.Clone(d.In)
		graph.SortEdges(wantIn)
		same(t, "out, one by one", d.Out, out)
		same(t, "in, one by one", wantIn, in)
		same(t, "nodes, one by one", d.Nodes, nodes)
		for _, ids := range [][]graph.ID{nil, {"urn:whence:claim:unknown"}, {"not an IRI at all <\"> \n"}, {""}} {
			o, err := r.Out(t.Context(), ids)
			if err != nil || len(o) > 0 {
				t.Errorf("out of %q: %v, %v", ids, o, err)
			}
			n, err := r.Nodes(t.Context(), ids)
			if err != nil || len(n) > 0 {
				t.Errorf("nodes %q: %v, %v", ids, n, err)
			}
		}
		return nil
	})
}

func pages(t *testing.T, s graph.Store) {
	want := commitSeveral(t, s).IDs[graph.TypeClaim]
	if len(want) < 4 {
		t.Fatalf("only %d claims", len(want))
	}
	read(t, s, func(r graph.Reader) error {
		for size := 1; size <= len(want)+1; size++ {
			var got []graph.ID
			for after := graph.ID(""); ; {
				page, err := r.List(t.Context(), graph.TypeClaim, after, size)
				if err != nil {
					return err
				}
				if len(page) > size {
					t.Errorf("a page of at most %d has %d", size, len(page))
				}
				if len(page) == 0 {
					break
				}
				got, after = append(got, page...), page[len(page)-1]
			}
			same(t, fmt.Sprint("pages of ", size), want, got)
		}
		return nil
	})
}

func contents(t *testing.T, s graph.Store) {
	authority, kendal := ministers("Kendal")
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	link := NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	decision := correction(a.Reading().Claims[0], kendal, Day(3))
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}, Decisions: []graph.Decision{decision}})
	commit(t, s, graph.Change{Time: Day(4), Ends: []graph.Label{b.Reading().Label}})
	want := graph.Change{
		Authority:   authority,
		Readings:    []graph.Captured{b.Reading(), a.Reading()},
		Resolutions: []graph.Resolution{a.Resolution(authority)},
		Links:       []graph.Link{link},
		Decisions:   []graph.Decision{decision},
	}
	got, err := s.Content(t.Context(), b.Reading().Label, link.Label, a.Reading().Label, authority.Label, a.Resolution(authority).Label, graph.Label(decision.ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []*graph.Change{&want, &got} { // the order inside a label is the codec's
		for i := range c.Readings {
			r := &c.Readings[i].Reading
			r.Claims, r.Sources = slices.Clone(r.Claims), slices.Clone(r.Sources)
			for j := range r.Claims {
				r.Claims[j].Label = ""
			}
			for j := range r.Statistics {
				r.Statistics[j].Label = ""
			}
			for j := range r.Sources {
				r.Sources[j].Label = ""
			}
			for j := range r.Relations {
				r.Relations[j].Label, r.Relations[j].Status = "", ""
			}
			slices.SortFunc(r.Claims, func(x, y graph.Claim) int { return cmp.Compare(x.ID, y.ID) })
		}
		for i := range c.Resolutions {
			r := &c.Resolutions[i]
			sortResolved(r.Resolved)
			slices.SortFunc(r.Agents, func(x, y graph.Agent) int { return cmp.Compare(x.ID, y.ID) })
			slices.SortFunc(r.Mentions, func(x, y graph.Mention) int { return cmp.Compare(x.Agent, y.Agent) })
		}
		slices.SortFunc(c.Authority.Agents, func(x, y graph.Agent) int { return cmp.Compare(x.ID, y.ID) })
	}
	same(t, "the content", want, got)
	// What comes out goes in again, and is the same.
	if c := commit(t, s, graph.Change{Time: Day(5), Authority: got.Authority, Readings: got.Readings, Resolutions: got.Resolutions, Links: got.Links, Decisions: got.Decisions}); len(c.Added) != 1 {
		t.Errorf("committing it again adds %+v", c.Added)
	}
	if _, err := s.Content(t.Context(), a.Reading().Label, "urn:whence:reading:none"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("the content of what is not held: %v", err)
	}
	if _, err := s.Erase(t.Context(), b.ID(), "", "", Day(6)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Content(t.Context(), b.Reading().Label); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("the content of what was erased: %v", err)
	}
}

func commitSeveral(t *testing.T, s graph.Store) Dump {
	t.Helper()
	authority, _ := ministers("Kendal")
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	commit(t, s, ministry().Change(authority, Day(3)))
	commit(t, s, graph.Change{Time: Day(4), Links: []graph.Link{
		NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930),
	}})
	return Read(t, s, graph.At{})
}

func sortResolved(list []graph.Resolved) {
	slices.SortFunc(list, func(a, b graph.Resolved) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate))
	})
}

func lessResolved(a, b graph.Resolved) bool {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate)) < 0
}
