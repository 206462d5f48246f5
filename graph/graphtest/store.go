package graphtest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"whence/graph"
)

// Run checks that a store does what [graph.Store] says. open returns an empty
// one; Run closes it when its test ends, after verifying it.
func Run(t *testing.T, open func(t *testing.T) graph.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s graph.Store)
	}{
		{"is empty at first", empty},
		{"gives back what was committed", roundTrip},
		{"writes nothing twice", idempotent},
		{"reads in the order promised", order},
		{"reads edges by kind", kinds},
		{"reads many as it reads one", batches},
		{"lists in pages", pages},
		{"refuses a change that contradicts itself", refusals},
		{"commits nothing when cancelled", cancelled},
		{"ends and revives labels", endings},
		{"follows the authority file", authorities},
		{"keeps two versions of a document", versions},
		{"keeps the same words in two documents apart", sameWords},
		{"links documents while both are seen", links},
		{"answers as it was known", knownBy},
		{"never lets commit time run back", clock},
		{"keeps decisions", decisions},
		{"gives back the content of labels", contents},
		{"erases", erasure},
		{"erases one of two documents with the same text", erasureOfACopy},
		{"lets readers read beside a writer", beside},
		{"shows a view one state", oneState},
		{"does not wait for what is cancelled", waiting},
		{"ends readers with their view", ended},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, sound(t, open)) })
	}
	t.Run("is closed once and for all", func(t *testing.T) { closing(t, open(t)) })
	t.Run("verifies", func(t *testing.T) { wrongContent(t, open) })
	t.Run("agrees with a plain model", func(t *testing.T) { model(t, open) })
}

// sound opens a store, and verifies and closes it when the test ends.
func sound(t *testing.T, open func(t *testing.T) graph.Store) graph.Store {
	s := open(t)
	t.Cleanup(func() {
		if problems, err := s.Verify(context.Background()); err != nil || len(problems) > 0 {
			t.Errorf("after the test: %v\n%s", err, strings.Join(problems, "\n"))
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// RunPersistent checks that a store is found again as it was left. open opens
// the store that is kept at a place, and makes it when there is none.
func RunPersistent(t *testing.T, open func(t *testing.T, place string) graph.Store) {
	place := t.TempDir() + "/store"
	authority, kendall := ministers("Ruth Kendal")
	s := open(t, place)
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	claim := a.Reading().Claims[0]
	commit(t, s, graph.Change{Time: Day(3), Decisions: []graph.Decision{correction(claim, kendall, Day(3))}})
	if _, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(4)); err != nil {
		t.Fatal(err)
	}
	want, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, place)
		same(t, "what is read", want, Read(t, s, graph.At{}))
		same(t, "the ledger", ledger, ledgerOf(t, s))
		if got := textOf(t, s, a); got != a.Text() {
			t.Errorf("text %q", got)
		}
		if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
			t.Errorf("the erased text: %v", err)
		}
		if c := commit(t, s, a.Change(authority, Day(5))); c.Number != 0 {
			t.Errorf("the same document again is commit %d", c.Number)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Errorf("problems %q, %v", problems, err)
		}
	}
	if c := commit(t, s, ministry().Change(authority, Day(1))); c.Number != int64(len(ledger)+1) || c.Time.Before(Day(4)) {
		t.Errorf("commit after reopening: number %d at %v", c.Number, c.Time)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// The documents of the suite: a newspaper reports a minister, a charity reports
// the newspaper, a ministry gives the figures. Umlauts and symbols stand before
// the words, so that bytes are not characters.

func press() *Document {
	d := NewDocument("https://press.example/coaches", "Müller & Söhne — 🙂 Café. Ruth Kendal said coaches cut waiting lists. The Ministry of Work counts 12,500 people, its figures show.")
	claim := d.Claim("coaches cut waiting lists", "Ruth Kendal")
	own := d.Claim("The Ministry of Work counts 12,500 people", "")
	d.Figure(own, "12,500", 12500, d.Source("its figures", "", "Ministry of Work"))
	d.Relate(claim, graph.SupportedBy, own, "show")
	return d
}

func statement() *Document {
	d := NewDocument("https://charity.example/statement", "“Coaches cut waiting lists”, Kendal told the press. We doubt it, as the answer of 22 October says.")
	claim := d.Claim("Coaches cut waiting lists", "Kendal")
	answer := d.Source("the answer of 22 October", "https://answers.example/2024-10-22", "")
	d.Relate(claim, graph.ClarifiedBy, answer, "We doubt it")
	return d
}

func ministry() *Document {
	d := NewDocument("https://ministry.example/figures", "In 2023, 12,500 people were counted.")
	d.Figure(d.Claim("12,500 people were counted", ""), "12,500", 12500, "")
	return d
}

// ministers returns an authority file in which one person has these other names.
func ministers(aliases ...string) (a *graph.Authority, kendal graph.ID) {
	kendal = graph.AuthorityAgentID("kendal")
	slices.Sort(aliases)
	return NewAuthority(
		graph.Agent{
			ID: kendal, Type: graph.Person, Name: "Ruth Kendal", Aliases: aliases, Identified: true, Gender: "female",
			Offices: []graph.Office{{Title: "Secretary of State", Body: "Ministry of Work", From: "2024-07-05"}}, External: []string{"https://people.example/kendal"},
		},
		graph.Agent{ID: graph.AuthorityAgentID("ministry"), Type: graph.Government, Name: "Ministry of Work", Identified: true},
	), kendal
}

func correction(c graph.Claim, to graph.ID, at time.Time) graph.Decision {
	d := graph.Decision{
		Act: graph.ActCorrect, Field: string(graph.AssertedBy), Targets: []graph.Target{{Node: c.ID, Passage: c.Content[0]}},
		After: string(to), By: "reviewer", At: at, Reason: "heard it",
	}
	d.ID = graph.NewDecisionID(d)
	return d
}

func empty(t *testing.T, s graph.Store) {
	same(t, "what is read", Dump{IDs: map[graph.NodeType][]graph.ID{}}, Read(t, s, graph.At{}))
	if l := ledgerOf(t, s); len(l) != 0 {
		t.Errorf("the ledger has %d commits", len(l))
	}
	if c := commit(t, s, graph.Change{Run: "nothing", Time: Day(1)}); c.Number != 0 {
		t.Errorf("a change of nothing is commit %d", c.Number)
	}
	if err := textError(s, press()); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a text that is not held: %v", err)
	}
}

func roundTrip(t *testing.T, s graph.Store) {
	authority, _ := ministers("Kendal")
	a, b := press(), statement()
	ca := commit(t, s, a.Change(authority, Day(1)))
	commit(t, s, b.Change(authority, Day(2)))
	link := NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}})

	want := graph.Commit{Number: 1, Time: Day(1), Run: "load " + string(a.ID()), Added: []graph.LabelInfo{
		{Label: authority.Label, Layer: graph.LayerAuthority},
		{Label: a.Reading().Label, Layer: graph.LayerReading, Document: a.ID(), Version: a.Version(), Capture: graph.Capture{Path: string(a.ID()) + ".txt"}},
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

func idempotent(t *testing.T, s graph.Store) {
	authority, _ := ministers("Kendal")
	a, b := press(), statement()
	link := NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	changes := []graph.Change{a.Change(authority, Day(1)), b.Change(authority, Day(2)), {Time: Day(3), Links: []graph.Link{link}}}
	for _, c := range changes {
		commit(t, s, c)
	}
	want := Read(t, s, graph.At{})
	for _, c := range append(changes, changes...) {
		c.Run, c.Time = "again", Day(9)
		if got := commit(t, s, c); got.Number != 0 {
			t.Errorf("%d labels are added again", len(got.Added))
		}
	}
	same(t, "what is read", want, Read(t, s, graph.At{}))
	if n := len(ledgerOf(t, s)); n != len(changes) {
		t.Errorf("the ledger has %d commits", n)
	}
	// One that adds a little adds nothing else.
	c := ministry().Change(authority, Day(10))
	c.Readings = append(c.Readings, a.Reading(), ministry().Reading())
	if got := commit(t, s, c); got.Number != 4 || len(got.Added) != 2 {
		t.Errorf("commit %d adds %d labels, want commit 4 with 2", got.Number, len(got.Added))
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

func refusals(t *testing.T, s graph.Store) {
	authority, _ := ministers()
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	want, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)
	mend := func(f func(c *graph.Change)) graph.Change {
		c := b.Change(authority, Day(2))
		f(&c)
		return c
	}
	for _, c := range []struct {
		name   string
		change graph.Change
		want   error
	}{
		{"a reading with another text", mend(func(c *graph.Change) { c.Readings[0].Text += "!" }), graph.ErrInvalid},
		{"a reading with a version of another document", mend(func(c *graph.Change) { c.Readings[0].Version.Document = a.ID() }), graph.ErrInvalid},
		{"a reading without a label", mend(func(c *graph.Change) { c.Readings[0].Label = "" }), graph.ErrInvalid},
		{"a resolution of a reading that is not held", mend(func(c *graph.Change) { c.Readings = nil }), graph.ErrInvalid},
		{"a resolution by an authority that is not held", mend(func(c *graph.Change) { c.Resolutions[0].Authority = "urn:whence:authority:none" }), graph.ErrInvalid},
		{"a link of what is not held", mend(func(c *graph.Change) {
			c.Readings, c.Resolutions = nil, nil
			c.Links = []graph.Link{NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 1)}
		}), graph.ErrInvalid},
		{"the end of what is not held", mend(func(c *graph.Change) { c.Ends = []graph.Label{"urn:whence:reading:none"} }), graph.ErrNotFound},
		{"a label of another layer", mend(func(c *graph.Change) {
			c.Readings[0].Label = a.Resolution(authority).Label
			c.Ends = []graph.Label{a.Resolution(authority).Label}
		}), graph.ErrConflict},
		{"a span outside the text", mend(func(c *graph.Change) {
			c.Readings[0].Claims = slices.Clone(c.Readings[0].Claims)
			c.Readings[0].Claims[0].Content = []graph.Passage{{Span: graph.Span{Start: 5, End: 99999}, Exact: "x"}}
		}), graph.ErrInvalid},
	} {
		got, err := s.Commit(t.Context(), c.change)
		if !errors.Is(err, c.want) || got.Number != 0 {
			t.Errorf("%s: commit %d, %v; want %v", c.name, got.Number, err, c.want)
		}
	}
	same(t, "what is read", want, Read(t, s, graph.At{}))
	same(t, "the ledger", ledger, ledgerOf(t, s))
	if err := textError(s, b); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("the text of what was refused: %v", err)
	}
}

func cancelled(t *testing.T, s graph.Store) {
	a := press()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c, err := s.Commit(ctx, a.Change(nil, Day(1))); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit: %d, %v", c.Number, err)
	}
	if err := s.View(ctx, graph.At{}, func(graph.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("View: %v", err)
	}
	if _, err := s.Erase(ctx, a.ID(), "", "", Day(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Erase: %v", err)
	}
	if _, err := s.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
	// At some moment in the middle: all of it or nothing.
	for i := range 20 {
		d := NewDocument(fmt.Sprint("https://press.example/", i), fmt.Sprint("Item ", i, ": the bridge is closed. The tunnel is open."))
		d.Claim("the bridge is closed", "")
		d.Claim("The tunnel is open", "")
		before := len(ledgerOf(t, s))
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*50*time.Microsecond)
		_, err := s.Commit(ctx, d.Change(nil, Day(2)))
		cancel()
		if held := holds(t, s, d); held != (err == nil) || len(ledgerOf(t, s))-before != 0 && !held {
			t.Errorf("Commit ends with %v, document held: %v", err, held)
		}
		if err != nil {
			if err := textError(s, d); !errors.Is(err, graph.ErrNotFound) {
				t.Errorf("the text of what was not committed: %v", err)
			}
		}
		if _, err := s.Commit(t.Context(), d.Change(nil, Day(2))); err != nil || !holds(t, s, d) {
			t.Errorf("the commit after: %v", err)
		}
	}
}

func endings(t *testing.T, s graph.Store) {
	authority, _ := ministers()
	a, b := press(), ministry()
	commit(t, s, a.Change(authority, Day(1)))
	before := Read(t, s, graph.At{})
	commit(t, s, b.Change(authority, Day(2)))
	ended := commit(t, s, graph.Change{Time: Day(3), Reason: "not ours", Ends: []graph.Label{b.Reading().Label, b.Reading().Label}})
	if len(ended.Ended) != 1 || len(ended.Added) != 0 || ended.Number != 3 {
		t.Errorf("the commit that ends a reading: %+v", ended)
	}
	// The resolution of a reading that is not seen is not seen either.
	same(t, "after the end", before, Read(t, s, graph.At{}))
	if c := commit(t, s, graph.Change{Time: Day(4), Ends: []graph.Label{b.Reading().Label}}); c.Number != 0 {
		t.Errorf("what has ended ends again in commit %d", c.Number)
	}
	if got := textOf(t, s, b); got != b.Text() {
		t.Errorf("the text of a reading that has ended: %q", got)
	}
	revived := commit(t, s, b.Change(authority, Day(5)))
	if len(revived.Added) != 1 || revived.Added[0].Label != b.Reading().Label || revived.Added[0].Commit != revived.Number {
		t.Errorf("the commit that revives a reading: %+v", revived)
	}
	if !holds(t, s, b) || !holds(t, s, a) {
		t.Error("a document is missing in the end")
	}
	// Added and ended by one change: held, not live.
	c := statement().Change(authority, Day(6))
	c.Ends = []graph.Label{c.Readings[0].Label}
	commit(t, s, c)
	if holds(t, s, statement()) {
		t.Error("a reading that ended as it came is live")
	}
}

func authorities(t *testing.T, s graph.Store) {
	none, kendal := ministers()
	known, _ := ministers("Kendal")
	d := statement()
	claim := d.Reading().Claims[0].ID
	speaker := func(at graph.At) (out []graph.ID) {
		t.Helper()
		err := view(s, at, func(r graph.Reader) error {
			edges, err := r.Out(t.Context(), []graph.ID{claim}, graph.AssertedBy)
			for _, e := range edges {
				out = append(out, e.To)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	commit(t, s, d.Change(none, Day(1)))
	same(t, "the speaker, by name only", []graph.ID{graph.NewAgentID("Kendal")}, speaker(graph.At{}))
	c := d.Change(known, Day(2))
	c.Ends = []graph.Label{d.Resolution(none).Label, none.Label}
	if got := commit(t, s, c); len(got.Added) != 2 || len(got.Ended) != 2 {
		t.Errorf("the commit of another authority file: %+v", got)
	}
	same(t, "the speaker, identified", []graph.ID{kendal}, speaker(graph.At{}))
	same(t, "the speaker, as was known", []graph.ID{graph.NewAgentID("Kendal")}, speaker(graph.At{KnownBy: Day(1)}))
	back := d.Change(none, Day(3))
	back.Ends = []graph.Label{d.Resolution(known).Label, known.Label}
	if got := commit(t, s, back); len(got.Added) != 2 {
		t.Errorf("the commit of the first authority file again: %+v", got)
	}
	same(t, "the speaker, by name only again", []graph.ID{graph.NewAgentID("Kendal")}, speaker(graph.At{}))
	read(t, s, func(r graph.Reader) error {
		nodes, err := r.Nodes(t.Context(), []graph.ID{kendal})
		if err == nil && (len(nodes) != 1 || len(nodes[0].(*graph.Agent).Aliases) != 0) {
			t.Errorf("the minister has the aliases of an authority file that has ended: %+v", nodes)
		}
		return err
	})
}

func versions(t *testing.T, s graph.Store) {
	const uri = "https://press.example/bridge"
	first := NewDocument(uri, "The bridge is closed. It opens in May.").Retrieved(Day(1))
	kept := first.Claim("The bridge is closed", "")
	first.Claim("It opens in May", "")
	second := NewDocument(uri, "Update: The bridge is closed. It opens in June.").Retrieved(Day(10))
	if second.Claim("The bridge is closed", "") != kept {
		t.Fatal("the same words of a document are two claims")
	}
	june := second.Claim("It opens in June", "")
	// The later text is loaded first.
	commit(t, s, second.Change(nil, Day(20)))
	commit(t, s, first.Change(nil, Day(21)))
	for _, c := range []struct {
		name   string
		at     graph.At
		want   *Document
		warned int
	}{
		{"now", graph.At{}, second, 0},
		{"after the second capture", graph.At{AsOf: "2024-10-15"}, second, 0},
		{"between the captures", graph.At{AsOf: "2024-10-05"}, first, 0},
		{"before both", graph.At{AsOf: "2024-09"}, first, 1},
		{"between, as known when only the second was loaded", graph.At{AsOf: "2024-10-05", KnownBy: Day(20)}, second, 0},
		{"before any load", graph.At{KnownBy: Day(2)}, nil, 0},
	} {
		err := view(s, c.at, func(r graph.Reader) error {
			if r.At() != c.at {
				t.Errorf("%s: the reader says it is at %v", c.name, r.At())
			}
			if w := r.Warnings(); len(w) != c.warned {
				t.Errorf("%s: warnings %q", c.name, w)
			}
			d, err := dump(r)
			var want []graph.ID
			if c.want != nil {
				for _, claim := range c.want.Reading().Claims {
					want = append(want, claim.ID)
				}
				slices.Sort(want)
				same(t, c.name+": versions", []graph.ID{c.want.Version()}, d.IDs[graph.TypeVersion])
			}
			same(t, c.name+": claims", want, d.IDs[graph.TypeClaim])
			return err
		})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
	}
	read(t, s, func(r graph.Reader) error {
		nodes, err := r.Nodes(t.Context(), []graph.ID{kept, june})
		for _, n := range nodes {
			claim := n.(*graph.Claim)
			if got := claim.Content[0].Of(second.Text()); got != claim.Content[0].Exact {
				t.Errorf("%q stands where %q is said to stand", got, claim.Content[0].Exact)
			}
		}
		return err
	})
}

func sameWords(t *testing.T, s graph.Store) {
	const words = "Trains will run hourly, she said."
	a, b := NewDocument("https://a.example/", words), NewDocument("https://b.example/", words)
	for _, d := range []*Document{a, b} {
		d.Claim("Trains will run hourly", "she")
		commit(t, s, d.Change(nil, Day(1)))
	}
	d := Read(t, s, graph.At{})
	if len(d.IDs[graph.TypeClaim]) != 2 || len(d.IDs[graph.TypeVersion]) != 2 || len(d.IDs[graph.TypeDocument]) != 2 {
		t.Errorf("nodes: %v", d.IDs)
	}
	agent := graph.NewAgentID("she")
	var labels []graph.Label
	for _, e := range d.In {
		if e.To == agent && e.Kind == graph.AssertedBy {
			labels = append(labels, e.Label)
		}
	}
	if len(labels) != 2 || labels[0] == labels[1] {
		t.Errorf("labels of the two edges to one agent: %q", labels)
	}
}

func links(t *testing.T, s graph.Store) {
	a, b := press(), statement()
	commit(t, s, a.Change(nil, Day(1)))
	commit(t, s, b.Change(nil, Day(2)))
	link := NewLink(b.Resolution(nil), a.Resolution(nil), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}})
	suggested := func() int {
		n := 0
		for _, node := range Read(t, s, graph.At{}).Nodes {
			if r, ok := node.(*graph.Relation); ok && r.Kind == graph.Matches {
				n++
			}
		}
		return n
	}
	if n := suggested(); n != 1 {
		t.Errorf("%d links are seen", n)
	}
	commit(t, s, graph.Change{Time: Day(4), Ends: []graph.Label{b.Reading().Label}})
	if n := suggested(); n != 0 {
		t.Errorf("%d links to a reading that has ended are seen", n)
	}
	commit(t, s, b.Change(nil, Day(5)))
	if n := suggested(); n != 1 {
		t.Errorf("%d links are seen when both are live again", n)
	}
}

func knownBy(t *testing.T, s graph.Store) {
	var states []Dump
	var times []time.Time
	record := func(c graph.Commit) {
		states, times = append(states, Read(t, s, graph.At{})), append(times, c.Time)
	}
	authority, kendal := ministers("Kendal")
	a, b := press(), statement()
	record(commit(t, s, a.Change(nil, Day(1))))
	record(commit(t, s, b.Change(authority, Day(2))))
	record(commit(t, s, graph.Change{Time: Day(3), Decisions: []graph.Decision{correction(a.Reading().Claims[0], kendal, Day(3))}}))
	record(commit(t, s, graph.Change{Time: Day(4), Ends: []graph.Label{a.Reading().Label}}))
	record(commit(t, s, ministry().Change(nil, Day(5))))
	for i, at := range times {
		for _, later := range []time.Duration{0, time.Hour} {
			same(t, fmt.Sprint("as known after commit ", i+1), states[i], Read(t, s, graph.At{KnownBy: at.Add(later)}))
		}
	}
	same(t, "as known before any", Dump{IDs: map[graph.NodeType][]graph.ID{}}, Read(t, s, graph.At{KnownBy: Day(1).Add(-time.Second)}))
}

func clock(t *testing.T, s graph.Store) {
	berlin := time.FixedZone("CET", 3600)
	for i, at := range []time.Time{Day(5).In(berlin), Day(4), Day(4), Day(6), {}, Day(1)} {
		d := NewDocument(fmt.Sprint("https://a.example/", i), "It rains.")
		d.Claim("It rains", "")
		commit(t, s, d.Change(nil, at))
	}
	if _, err := s.Erase(t.Context(), "https://a.example/0", "", "", Day(2)); err != nil {
		t.Error(err)
	}
	ledger := ledgerOf(t, s)
	if len(ledger) != 7 {
		t.Fatalf("%d commits", len(ledger))
	}
	for i, c := range ledger {
		if c.Number != int64(i+1) || c.Time.Location() != time.UTC || i > 0 && c.Time.Before(ledger[i-1].Time) {
			t.Errorf("commit %d has number %d, time %v", i+1, c.Number, c.Time)
		}
	}
	if !ledger[0].Time.Equal(Day(5)) || !ledger[1].Time.Equal(Day(5)) || !ledger[3].Time.Equal(Day(6)) {
		t.Errorf("times: %v, %v, %v", ledger[0].Time, ledger[1].Time, ledger[3].Time)
	}
}

func decisions(t *testing.T, s graph.Store) {
	authority, kendal := ministers()
	d := statement()
	claim := d.Reading().Claims[0]
	commit(t, s, d.Change(authority, Day(1)))
	decision := correction(claim, kendal, Day(2))
	c := commit(t, s, graph.Change{Time: Day(2), Decisions: []graph.Decision{decision, decision}})
	if len(c.Added) != 1 || c.Added[0].Layer != graph.LayerDecision || c.Added[0].Label != graph.Label(decision.ID) {
		t.Errorf("the commit of a decision: %+v", c)
	}
	got := Read(t, s, graph.At{})
	if len(got.Decided) != 1 {
		t.Fatalf("decisions: %+v", got.Decided)
	}
	same(t, "the decision", decision, got.Decided[0].Decision)
	if why := got.Decided[0].Orphan; why != "" {
		t.Errorf("it is an orphan: %s", why)
	}
	if !slices.ContainsFunc(got.Out, func(e graph.Edge) bool { return e.From == claim.ID && e.Kind == graph.AssertedBy && e.To == kendal }) {
		t.Error("the decision is not laid over what is read")
	}
	// It outlives the reading it was made on.
	commit(t, s, graph.Change{Time: Day(3), Ends: []graph.Label{d.Reading().Label}})
	if got := Read(t, s, graph.At{}); len(got.Decided) != 1 || got.Decided[0].Orphan == "" {
		t.Errorf("a decision on what is not seen: %+v", got.Decided)
	}
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

func erasure(t *testing.T, s graph.Store) {
	authority, kendal := ministers("Kendal")
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	alone := Read(t, s, graph.At{})
	commit(t, s, b.Change(authority, Day(2)))
	claim := b.Reading().Claims[0]
	link := NewLink(a.Resolution(authority), b.Resolution(authority), claim.ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	about, other := correction(claim, kendal, Day(3)), correction(a.Reading().Claims[0], kendal, Day(3))
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}, Decisions: []graph.Decision{about, other}})

	c, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(4))
	if err != nil {
		t.Fatal(err)
	}
	want := graph.Commit{
		Number: 4, Time: Day(4), By: "clerk", Reason: "asked to",
		Ended:  []graph.Label{b.Reading().Label, b.Resolution(authority).Label, link.Label},
		Erased: []graph.Tombstone{{Document: b.ID(), TextHash: graph.TextHash(b.Text()), Reason: "asked to", By: "clerk", At: Day(4)}},
	}
	slices.Sort(want.Ended)
	same(t, "the commit", want, c)
	same(t, "its ledger entry", want, ledgerOf(t, s)[3])

	got := Read(t, s, graph.At{})
	decided := got.Decided
	if len(decided) != 2 {
		t.Fatalf("decisions: %+v", decided)
	}
	for _, x := range decided {
		switch d := x.Decision; d.ID {
		case about.ID:
			if d.By != about.By || d.Act != about.Act || len(d.Targets) != 1 || d.Targets[0].Passage != (graph.Passage{}) || x.Orphan == "" {
				t.Errorf("the decision on it: %+v", x)
			}
		case other.ID:
			same(t, "the decision on another", other, d)
		default:
			t.Errorf("a decision nobody made: %+v", x)
		}
	}
	// All else is as if it had never been, also as was known then.
	want2 := alone.IDs
	same(t, "what is left", want2, got.IDs)
	same(t, "what is left of what was known", want2, Read(t, s, graph.At{KnownBy: Day(3)}).IDs)
	if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("its text: %v", err)
	}
	if text := textOf(t, s, a); text != a.Text() {
		t.Errorf("the other's text: %q", text)
	}
	for name, err := range map[string]error{
		"again":           eraseError(t, s, b.ID()),
		"what is unknown": eraseError(t, s, "https://nowhere.example/"),
	} {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("erasing %s: %v", name, err)
		}
	}
	if _, err := s.Commit(t.Context(), b.Change(authority, Day(5))); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("loading it again: %v", err)
	}
	// Another text of the same document is another matter.
	mended := NewDocument(string(b.ID()), "We doubt it.")
	mended.Claim("We doubt it", "")
	commit(t, s, mended.Change(authority, Day(6)))
	if !holds(t, s, mended) {
		t.Error("a new text of an erased document is not held")
	}
	if _, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(7)); err != nil {
		t.Errorf("erasing the new text: %v", err)
	}
}

func erasureOfACopy(t *testing.T, s graph.Store) {
	const words = "Trains will run hourly, she said."
	a, b := NewDocument("https://a.example/", words), NewDocument("https://b.example/", words)
	for _, d := range []*Document{a, b} {
		d.Claim("Trains will run hourly", "she")
		commit(t, s, d.Change(nil, Day(1)))
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, s, b); got != words {
		t.Errorf("the text that is still held: %q", got)
	}
	if !holds(t, s, b) || holds(t, s, a) {
		t.Error("the wrong document was erased")
	}
	if _, err := s.Erase(t.Context(), b.ID(), "", "", Day(3)); err != nil {
		t.Fatal(err)
	}
	if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("the text that both had: %v", err)
	}
}

func beside(t *testing.T, s graph.Store) {
	const documents, claims = 12, 5
	document := func(i int) *Document {
		var text strings.Builder
		for j := range claims {
			fmt.Fprintf(&text, "Item %d of %d is so. ", j, i)
		}
		d := NewDocument(fmt.Sprint("https://a.example/", i), text.String())
		for j := range claims {
			d.Claim(fmt.Sprintf("Item %d of %d is so", j, i), "")
		}
		return d
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				err := view(s, graph.At{}, func(r graph.Reader) error {
					d, err := dump(r)
					if err != nil {
						return err
					}
					if c, n := len(d.IDs[graph.TypeClaim]), len(d.IDs[graph.TypeDocument]); c != n*claims {
						t.Errorf("%d documents with %d claims are seen", n, c)
					}
					if len(d.Nodes) == 0 && len(d.Out) > 0 {
						t.Error("edges of no nodes are seen")
					}
					return nil
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range documents {
		commit(t, s, document(i).Change(nil, Day(1)))
		if i%4 == 3 {
			if _, err := s.Erase(t.Context(), document(i).ID(), "", "", Day(1)); err != nil {
				t.Error(err)
			}
		}
	}
	close(stop)
	wg.Wait()
}

func oneState(t *testing.T, s graph.Store) {
	a, b := press(), statement()
	commit(t, s, a.Change(nil, Day(1)))
	read(t, s, func(r graph.Reader) error {
		before, err := dump(r)
		if err != nil {
			return err
		}
		// A writer does not wait for readers.
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		c := b.Change(nil, Day(2))
		c.Ends = []graph.Label{a.Reading().Label}
		if _, err := s.Commit(ctx, c); err != nil {
			return err
		}
		after, err := dump(r)
		same(t, "the view's state after a commit", before, after)
		return err
	})
	if holds(t, s, a) || !holds(t, s, b) {
		t.Error("the next view does not see the commit")
	}
}

func waiting(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	read(t, s, func(r graph.Reader) error {
		// Only an erasure waits for readers, and no longer than it is allowed to.
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := s.Erase(ctx, a.ID(), "", "", Day(2)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an erasure beside a reader: %v", err)
		}
		_, err := dump(r)
		return err
	})
	if !holds(t, s, a) {
		t.Error("an erasure that was given up has erased")
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err != nil {
		t.Errorf("an erasure after the reader: %v", err)
	}
	gone := errors.New("gone")
	if err := view(s, graph.At{}, func(graph.Reader) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("the error of a view's function: %v", err)
	}
}

func ended(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	var kept graph.Reader
	read(t, s, func(r graph.Reader) error { kept = r; return nil })
	if _, err := kept.List(t.Context(), graph.TypeClaim, "", 0); err == nil {
		t.Error("a reader lists after its view")
	}
	if _, err := kept.Nodes(t.Context(), []graph.ID{a.ID()}); err == nil {
		t.Error("a reader reads nodes after its view")
	}
	if _, err := kept.Text(t.Context(), graph.TextHash(a.Text())); err == nil {
		t.Error("a reader reads a text after its view")
	}
}

func closing(t *testing.T, s graph.Store) {
	a := press()
	commit(t, s, a.Change(nil, Day(1)))
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := view(s, graph.At{}, func(graph.Reader) error { return nil }); err == nil {
		t.Error("a closed store is viewed")
	}
	if _, err := s.Commit(t.Context(), statement().Change(nil, Day(2))); err == nil {
		t.Error("a closed store is written")
	}
	if _, err := s.Ledger(t.Context()); err == nil {
		t.Error("a closed store has a ledger")
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err == nil {
		t.Error("a closed store is erased from")
	}
	if _, err := s.Verify(t.Context()); err == nil {
		t.Error("a closed store is verified")
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

func commit(t testing.TB, s graph.Store, c graph.Change) graph.Commit {
	t.Helper()
	got, err := s.Commit(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func read(t testing.TB, s graph.Store, f func(graph.Reader) error) {
	t.Helper()
	if err := view(s, graph.At{}, f); err != nil {
		t.Fatal(err)
	}
}

func ledgerOf(t testing.TB, s graph.Store) []graph.Commit {
	t.Helper()
	l, err := s.Ledger(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// holds reports whether a document is seen with its version and all its claims;
// seeing a part of it is an error.
func holds(t testing.TB, s graph.Store, d *Document) bool {
	t.Helper()
	ids := []graph.ID{d.ID(), d.Version()}
	for _, c := range d.Reading().Claims {
		ids = append(ids, c.ID)
	}
	var n int
	read(t, s, func(r graph.Reader) error {
		nodes, err := r.Nodes(context.Background(), ids)
		n = len(nodes)
		return err
	})
	if n != 0 && n != len(ids) {
		t.Errorf("%d of the %d nodes of %s are seen", n, len(ids), d.ID())
	}
	return n > 0
}

func textOf(t testing.TB, s graph.Store, d *Document) (text string) {
	t.Helper()
	read(t, s, func(r graph.Reader) (err error) {
		text, err = r.Text(context.Background(), graph.TextHash(d.Text()))
		return err
	})
	return text
}

func textError(s graph.Store, d *Document) error {
	return view(s, graph.At{}, func(r graph.Reader) error {
		_, err := r.Text(context.Background(), graph.TextHash(d.Text()))
		return err
	})
}

func eraseError(t testing.TB, s graph.Store, id graph.ID) error {
	_, err := s.Erase(context.Background(), id, "", "", Day(9))
	return err
}

func same(t testing.TB, what string, want, got any, opts ...gocmp.Option) {
	t.Helper()
	if diff := gocmp.Diff(want, got, append(opts, cmpopts.EquateEmpty())...); diff != "" {
		t.Errorf("%s: want -, got +\n%s", what, diff)
	}
}

func sortResolved(list []graph.Resolved) {
	slices.SortFunc(list, func(a, b graph.Resolved) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate))
	})
}

func lessResolved(a, b graph.Resolved) bool {
	return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate)) < 0
}
