package api_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"whence/graph"
)

// fakeStore keeps changes in maps and shows what [graph.Select] selects. Methods
// that the API must not call are those of a nil store.
type fakeStore struct {
	graph.Store
	commits     []graph.Commit
	readings    map[graph.Label]graph.Captured
	resolutions map[graph.Label]graph.Resolution
	links       map[graph.Label]graph.Link
	inView      bool
	fault       func() error // of every read
}

func newFakeStore() *fakeStore {
	return &fakeStore{
		readings: map[graph.Label]graph.Captured{}, resolutions: map[graph.Label]graph.Resolution{}, links: map[graph.Label]graph.Link{},
		fault: func() error { return nil },
	}
}

// day is noon of a day of June 2024: when fixtures are recorded.
func day(d int) time.Time { return time.Date(2024, 6, d, 12, 0, 0, 0, time.UTC) }

func (s *fakeStore) load(at time.Time, papers ...*paper) {
	c := graph.Commit{Number: int64(len(s.commits) + 1), Time: at}
	for _, p := range papers {
		s.readings[p.reading.Label] = p.reading
		s.resolutions[p.resolution.Label] = p.resolution
		c.Added = append(c.Added,
			graph.LabelInfo{Label: p.reading.Label, Layer: graph.LayerReading, Document: p.id(), Version: p.reading.Version.ID, Build: p.reading.Extractor, Capture: p.reading.Capture, Recorded: at},
			graph.LabelInfo{Label: p.resolution.Label, Layer: graph.LayerResolution, Document: p.id(), Inputs: []graph.Label{p.reading.Label}, Recorded: at})
	}
	s.commits = append(s.commits, c)
}

func (s *fakeStore) link(at time.Time, a, b *paper, relations ...graph.Relation) {
	l := graph.Link{Label: graph.NewLinkLabel(a.resolution.Label, b.resolution.Label, "test"), Relations: relations}
	s.links[l.Label] = l
	s.commits = append(s.commits, graph.Commit{Number: int64(len(s.commits) + 1), Time: at, Added: []graph.LabelInfo{{
		Label: l.Label, Layer: graph.LayerLink, Inputs: []graph.Label{a.resolution.Label, b.resolution.Label}, Build: "test", Recorded: at,
	}}})
}

func (s *fakeStore) retract(at time.Time, reason string, p *paper) {
	s.commits = append(s.commits, graph.Commit{
		Number: int64(len(s.commits) + 1), Time: at, Reason: reason, Ended: []graph.Label{p.reading.Label, p.resolution.Label},
	})
}

func (s *fakeStore) erase(at time.Time, reason string, p *paper) {
	s.retract(at, reason, p)
	c := &s.commits[len(s.commits)-1]
	c.Erased = []graph.Tombstone{{Document: p.id(), TextHash: p.reading.Version.TextHash, Reason: reason, At: at}}
	delete(s.readings, p.reading.Label)
	delete(s.resolutions, p.resolution.Label)
}

func (s *fakeStore) View(ctx context.Context, at graph.At, f func(graph.Reader) error) error {
	if s.inView {
		return fmt.Errorf("a view inside a view can wait for ever")
	}
	s.inView = true
	defer func() { s.inView = false }()
	sel := graph.Select(s.commits, at)
	r := &fakeReader{store: s, at: at, warnings: sel.Warnings, nodes: map[graph.ID]graph.Node{}, texts: map[string]string{}}
	for label := range sel.Live {
		if c, ok := s.readings[label]; ok {
			r.reading(c.Reading)
		}
		if x, ok := s.resolutions[label]; ok {
			r.resolution(x)
		}
		for _, rel := range s.links[label].Relations {
			r.relation(rel, label)
		}
	}
	graph.SortEdges(r.edges)
	slices.SortFunc(r.resolved, func(a, b graph.Resolved) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Predicate, b.Predicate), cmp.Compare(a.Agent, b.Agent))
	})
	laid, err := graph.Lay(ctx, r, nil)
	if err != nil {
		return err
	}
	return f(laid)
}

func (s *fakeStore) Ledger(context.Context, int64) ([]graph.Commit, error) {
	if s.inView {
		return nil, fmt.Errorf("the ledger was asked for inside a view")
	}
	return s.commits, nil
}

func (s *fakeStore) Last(context.Context) (graph.Commit, error) {
	if len(s.commits) == 0 {
		return graph.Commit{}, nil
	}
	return s.commits[len(s.commits)-1], nil
}

func (s *fakeStore) Content(_ context.Context, labels ...graph.Label) (graph.Change, error) {
	var c graph.Change
	for _, l := range labels {
		r, ok := s.readings[l]
		if !ok {
			return c, graph.ErrNotFound
		}
		c.Readings = append(c.Readings, r)
	}
	if s.inView {
		return c, fmt.Errorf("content was asked for inside a view")
	}
	return c, nil
}

// fakeReader is a [graph.Reader] over maps.
type fakeReader struct {
	store    *fakeStore
	at       graph.At
	warnings []string
	nodes    map[graph.ID]graph.Node
	edges    []graph.Edge
	resolved []graph.Resolved
	texts    map[string]string
}

func (r *fakeReader) edge(from graph.ID, kind graph.Predicate, to graph.ID, l graph.Label) {
	if from != "" && to != "" {
		r.edges = append(r.edges, graph.Edge{From: from, Kind: kind, To: to, Label: l})
	}
}

func (r *fakeReader) reading(x graph.Reading) {
	l := x.Label
	r.texts[x.Version.TextHash] = x.Text
	r.nodes[x.Document.ID], r.nodes[x.Version.ID] = &x.Document, &x.Version
	r.edge(x.Version.ID, graph.VersionOf, x.Document.ID, l)
	for _, s := range x.Segments {
		r.nodes[s.ID] = &s
		r.edge(s.ID, graph.SegmentOf, s.Version, l)
	}
	for _, c := range x.Claims {
		c.Label = l
		r.nodes[c.ID] = &c
		r.edge(c.ID, graph.StatedIn, c.Document, l)
		r.edge(c.ID, graph.InSegment, c.Segment, l)
		r.edge(c.ID, graph.SaidIn, c.SaidIn, l)
	}
	for _, s := range x.Statistics {
		s.Label = l
		r.nodes[s.ID] = &s
		r.edge(s.ID, graph.StatedIn, s.Document, l)
		r.edge(s.Claim, graph.HasFigure, s.ID, l)
		r.edge(s.ID, graph.SourcedFrom, s.SourceID, l)
	}
	for _, s := range x.Sources {
		s.Label = l
		r.nodes[s.ID] = &s
		r.edge(s.Document, graph.Cites, s.ID, l)
	}
	for _, rel := range x.Relations {
		r.relation(rel, l)
	}
}

func (r *fakeReader) resolution(x graph.Resolution) {
	for _, a := range x.Agents {
		r.nodes[a.ID] = &a
	}
	for _, who := range x.Resolved {
		r.resolved = append(r.resolved, who)
		r.edge(who.Subject, who.Predicate, who.Agent, x.Label)
	}
}

func (r *fakeReader) relation(rel graph.Relation, l graph.Label) {
	rel.Label = l
	r.nodes[rel.ID] = &rel
	r.edge(rel.ID, graph.RelatedFrom, rel.From, l)
	r.edge(rel.ID, graph.RelatedTo, rel.To, l)
	if rel.Basis == graph.BasisStated {
		r.edge(rel.From, rel.Kind, rel.To, l)
	}
}

func (r *fakeReader) fault(ctx context.Context) error { return cmp.Or(r.store.fault(), ctx.Err()) }

func (r *fakeReader) At() graph.At       { return r.at }
func (r *fakeReader) Warnings() []string { return r.warnings }

func (r *fakeReader) Out(ctx context.Context, from []graph.ID, kinds ...graph.Predicate) ([]graph.Edge, error) {
	return r.find(from, kinds, func(e graph.Edge) graph.ID { return e.From }), r.fault(ctx)
}

func (r *fakeReader) In(ctx context.Context, to []graph.ID, kinds ...graph.Predicate) ([]graph.Edge, error) {
	out := r.find(to, kinds, func(e graph.Edge) graph.ID { return e.To })
	slices.SortStableFunc(out, func(a, b graph.Edge) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind)) })
	return out, r.fault(ctx)
}

func (r *fakeReader) find(ids []graph.ID, kinds []graph.Predicate, end func(graph.Edge) graph.ID) []graph.Edge {
	var out []graph.Edge
	for _, e := range r.edges {
		if slices.Contains(ids, end(e)) && (len(kinds) == 0 || slices.Contains(kinds, e.Kind)) {
			out = append(out, e)
		}
	}
	return out
}

func (r *fakeReader) Nodes(ctx context.Context, ids []graph.ID) ([]graph.Node, error) {
	var out []graph.Node
	for _, id := range ids {
		if n := r.nodes[id]; n != nil {
			out = append(out, n)
		}
	}
	return out, r.fault(ctx)
}

func (r *fakeReader) List(ctx context.Context, t graph.NodeType, after graph.ID, limit int) ([]graph.ID, error) {
	var out []graph.ID
	for id, n := range r.nodes {
		if n.NodeType() == t && id > after {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, r.fault(ctx)
}

func (r *fakeReader) Resolved(ctx context.Context, subjects []graph.ID, kinds ...graph.Predicate) ([]graph.Resolved, error) {
	var out []graph.Resolved
	for _, x := range r.resolved {
		if slices.Contains(subjects, x.Subject) && (len(kinds) == 0 || slices.Contains(kinds, x.Predicate)) {
			out = append(out, x)
		}
	}
	return out, r.fault(ctx)
}

func (r *fakeReader) Citing(ctx context.Context, edges []graph.Edge) ([][]graph.Passage, error) {
	out := make([][]graph.Passage, len(edges))
	for i, e := range edges {
		if s, ok := r.nodes[e.To].(*graph.Source); ok && s.Label == e.Label {
			out[i] = s.Passages
		}
	}
	return out, r.fault(ctx)
}

func (r *fakeReader) Decided(context.Context) ([]graph.Applied, error) { return nil, nil }

func (r *fakeReader) Text(ctx context.Context, hash string) (string, error) {
	text, ok := r.texts[hash]
	if !ok {
		return "", graph.ErrNotFound
	}
	return text, r.fault(ctx)
}

// TestFakeStore holds the fake to the order that graph.Reader promises.
func TestFakeStore(t *testing.T) {
	s, _ := fixture()
	err := s.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		all, err := r.List(t.Context(), graph.TypeClaim, "", 0)
		if err != nil || !slices.IsSorted(all) || len(all) < 5 {
			t.Errorf("claims %v, %v", all, err)
		}
		nodes, err := r.Nodes(t.Context(), []graph.ID{all[1], "urn:none", all[0]})
		if err != nil || len(nodes) != 2 || nodes[0].NodeID() != all[1] {
			t.Errorf("nodes %v, %v", nodes, err)
		}
		return s.View(t.Context(), graph.At{}, nil)
	})
	if err == nil {
		t.Error("a view inside a view was let through")
	}
}
