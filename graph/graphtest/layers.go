package graphtest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"whence/graph"
)

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

// A view of exactly some labels is that of a store which never held more.
func only(t *testing.T, s graph.Store) {
	authority, kendal := ministers("Kendal")
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	alone := Read(t, s, graph.At{})
	seen := graph.Select(ledgerOf(t, s), graph.At{})
	seen.Warnings = []string{"as it was then"}
	commit(t, s, b.Change(authority, Day(2)))
	commit(t, s, graph.Change{Time: Day(3), Decisions: []graph.Decision{correction(a.Reading().Claims[0], kendal, Day(3))}})
	commit(t, s, graph.Change{Time: Day(4), Ends: []graph.Label{a.Resolution(authority).Label, a.Reading().Label}})

	same(t, "what it shows", alone, Read(t, s, graph.At{Only: &seen, KnownBy: Day(4)}))
	if err := view(s, graph.At{Only: &seen}, func(r graph.Reader) error {
		same(t, "its warnings", seen.Warnings, r.Warnings())
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	same(t, "of nothing", 0, len(Read(t, s, graph.At{Only: &graph.Selection{}}).Nodes))
}
