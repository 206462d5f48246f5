package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// fake is a Reader over maps, for tests. It counts its calls.
type fake struct {
	at       At
	nodes    map[ID]Node
	edges    []Edge
	resolved []Resolved
	citing   map[Edge][]Passage
	texts    map[string]string
	calls    atomic.Int64
}

func newFake(parts ...any) *fake {
	f := &fake{nodes: map[ID]Node{}, citing: map[Edge][]Passage{}, texts: map[string]string{}}
	for _, p := range parts {
		switch p := p.(type) {
		case *paper:
			f.reading(p.Reading)
			f.resolution(p.Resolution)
		case Relation:
			f.relation(p, Label("urn:whence:link:1"))
		case Agent:
			f.nodes[p.ID] = &p
		case At:
			f.at = p
		default:
			panic(fmt.Sprintf("a fake cannot hold a %T", p))
		}
	}
	SortEdges(f.edges)
	return f
}

func (f *fake) edge(from ID, kind Predicate, to ID, l Label) {
	if from != "" && to != "" {
		f.edges = append(f.edges, Edge{from, kind, to, l})
	}
}

func (f *fake) reading(r Reading) {
	l := r.Label
	f.texts[r.Version.TextHash] = r.Text
	f.nodes[r.Document.ID] = &r.Document
	f.nodes[r.Version.ID] = &r.Version
	f.edge(r.Version.ID, VersionOf, r.Document.ID, l)
	for i := range r.Segments {
		s := &r.Segments[i]
		f.nodes[s.ID] = s
		f.edge(s.ID, SegmentOf, s.Version, l)
	}
	for i := range r.Claims {
		c := &r.Claims[i]
		f.nodes[c.ID] = c
		f.edge(c.ID, StatedIn, c.Document, l)
		f.edge(c.ID, InSegment, c.Segment, l)
		f.edge(c.ID, Within, c.Within, l)
		f.edge(c.ID, SaidIn, c.SaidIn, l)
	}
	for i := range r.Statistics {
		s := &r.Statistics[i]
		f.nodes[s.ID] = s
		f.edge(s.ID, StatedIn, s.Document, l)
		f.edge(s.Claim, HasFigure, s.ID, l)
		f.edge(s.ID, SourcedFrom, s.SourceID, l)
	}
	for i := range r.Sources {
		s := &r.Sources[i]
		f.nodes[s.ID] = s
		f.edge(s.Document, Cites, s.ID, l)
		f.citing[Edge{s.Document, Cites, s.ID, l}] = s.Passages
	}
	for _, rel := range r.Relations {
		f.relation(rel, l)
	}
}

func (f *fake) resolution(r Resolution) {
	for i := range r.Agents {
		f.nodes[r.Agents[i].ID] = &r.Agents[i]
	}
	for _, x := range r.Resolved {
		f.resolved = append(f.resolved, x)
		f.edge(x.Subject, x.Predicate, x.Agent, r.Label)
	}
}

func (f *fake) relation(r Relation, l Label) {
	f.nodes[r.ID] = &r
	f.edge(r.ID, RelatedFrom, r.From, l)
	f.edge(r.ID, RelatedTo, r.To, l)
	if r.Basis == BasisStated || r.Basis == BasisDeclared {
		f.edge(r.From, r.Kind, r.To, l)
	}
}

func (f *fake) At() At             { return f.at }
func (f *fake) Warnings() []string { return nil }

func (f *fake) find(ids []ID, kinds []Predicate, end func(Edge) ID) []Edge {
	f.calls.Add(1)
	var out []Edge
	for _, e := range f.edges {
		if slices.Contains(ids, end(e)) && (len(kinds) == 0 || slices.Contains(kinds, e.Kind)) {
			out = append(out, e)
		}
	}
	return out
}

func (f *fake) Out(_ context.Context, from []ID, kinds ...Predicate) ([]Edge, error) {
	return f.find(from, kinds, func(e Edge) ID { return e.From }), nil
}

func (f *fake) In(_ context.Context, to []ID, kinds ...Predicate) ([]Edge, error) {
	out := f.find(to, kinds, func(e Edge) ID { return e.To })
	slices.SortStableFunc(out, func(a, b Edge) int {
		return strings.Compare(string(a.To)+"\x00"+string(a.Kind)+"\x00"+string(a.From), string(b.To)+"\x00"+string(b.Kind)+"\x00"+string(b.From))
	})
	return out, nil
}

func (f *fake) Nodes(_ context.Context, ids []ID) ([]Node, error) {
	f.calls.Add(1)
	var out []Node
	for _, id := range ids {
		if n := f.nodes[id]; n != nil {
			out = append(out, n)
		}
	}
	return out, nil
}

func (f *fake) List(_ context.Context, t NodeType, after ID, limit int) ([]ID, error) {
	f.calls.Add(1)
	var out []ID
	for _, id := range keysOf(f.nodes) {
		if f.nodes[id].NodeType() == t && id > after && (limit == 0 || len(out) < limit) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (f *fake) Resolved(_ context.Context, subjects []ID, kinds ...Predicate) ([]Resolved, error) {
	f.calls.Add(1)
	var out []Resolved
	for _, r := range f.resolved {
		if slices.Contains(subjects, r.Subject) && (len(kinds) == 0 || slices.Contains(kinds, r.Predicate)) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Resolved) int {
		return strings.Compare(string(a.Subject)+"\x00"+string(a.Predicate), string(b.Subject)+"\x00"+string(b.Predicate))
	})
	return out, nil
}

func (f *fake) Citing(_ context.Context, edges []Edge) ([][]Passage, error) {
	f.calls.Add(1)
	out := make([][]Passage, len(edges))
	for i, e := range edges {
		out[i] = f.citing[e]
	}
	return out, nil
}

func (f *fake) Decided(context.Context) ([]Applied, error) { return nil, nil }

func (f *fake) Text(_ context.Context, hash string) (string, error) {
	if text, ok := f.texts[hash]; ok {
		return text, nil
	}
	return "", ErrNotFound
}

// paper is a document written for a test: its reading and its resolution.
type paper struct {
	Reading
	Resolution Resolution
}

// newPaper makes a document of one body segment. Date may be "".
func newPaper(uri, publisher string, kind DocumentKind, date Date, text string) *paper {
	p := &paper{}
	p.Text = text
	p.Document = Document{ID: ID(uri), URL: uri, Title: "About " + uri[strings.LastIndex(uri, "/")+1:], Publisher: publisher, Kind: kind, Published: date}
	p.Version = Version{ID: NewVersionID(p.Document.ID, text), Document: p.Document.ID, TextHash: TextHash(text)}
	p.Reading.Label = NewReadingLabel(p.Version, p.Document, "test")
	p.Resolution.Label = NewResolutionLabel(p.Reading.Label, "", "test")
	p.Segments = []Segment{{
		ID: NewSegmentID(p.Document.ID, SegmentBody, text, 0), Document: p.Document.ID, Version: p.Version.ID,
		Type: SegmentBody, Passage: NewPassage(text, Span{0, len(text)}),
	}}
	if publisher != "" {
		p.resolve(p.Document.ID, PublishedBy, publisher)
	}
	return p
}

func (p *paper) resolve(subject ID, kind Predicate, name string) ID {
	id := NewAgentID(name)
	p.Resolution.Resolved = append(p.Resolution.Resolved, Resolved{Subject: subject, Predicate: kind, Agent: id, Reason: "named"})
	if !slices.ContainsFunc(p.Resolution.Agents, func(a Agent) bool { return a.ID == id }) {
		p.Resolution.Agents = append(p.Resolution.Agents, Agent{ID: id, Type: Organisation, Name: name})
	}
	return id
}

func (p *paper) passage(words string) Passage {
	i := strings.Index(p.Text, words)
	if i < 0 {
		panic("the text has no " + words)
	}
	return NewPassage(p.Text, Span{i, i + len(words)})
}

// claim adds a claim with the first occurrence of the words. Speaker "" is unknown.
func (p *paper) claim(words, speaker string, mode Mode, saidIn ID) ID {
	return p.claimAt(p.passage(words), 0, speaker, mode, saidIn)
}

func (p *paper) claimAt(at Passage, ordinal int, speaker string, mode Mode, saidIn ID) ID {
	c := Claim{
		ID: NewClaimID(p.Document.ID, at.Exact, ordinal), Document: p.Document.ID, Version: p.Version.ID, Segment: p.Segments[0].ID,
		Content: []Passage{at}, Mode: mode, Polarity: Positive, SaidIn: saidIn, StatedOn: p.Document.Published, Label: p.Reading.Label,
	}
	p.Claims = append(p.Claims, c)
	if speaker != "" {
		p.resolve(c.ID, AssertedBy, speaker)
	}
	return c.ID
}

// source adds a source that the words cite.
func (p *paper) source(words, url, publisher string, kind SourceKind, date Date) ID {
	s := Source{
		Document: p.Document.ID, Version: p.Version.ID, Segment: p.Segments[0].ID, Kind: kind, URL: url, Publisher: publisher, Date: date,
		Passages: []Passage{p.passage(words)}, Label: p.Reading.Label,
	}
	s.ID = NewSourceID(url, p.Document.ID, s.Description())
	p.Sources = append(p.Sources, s)
	if publisher != "" {
		p.resolve(s.ID, AttributedTo, publisher)
	}
	return s.ID
}

// figure adds a statistic to a claim.
func (p *paper) figure(words string, claim, source ID) ID {
	at := p.passage(words)
	s := Statistic{
		ID: NewStatisticID(p.Document.ID, words, words, 0), Document: p.Document.ID, Version: p.Version.ID, Segment: p.Segments[0].ID,
		Claim: claim, Figure: at, Sentence: at, SourceID: source, StatedOn: p.Document.Published, Label: p.Reading.Label,
	}
	p.Statistics = append(p.Statistics, s)
	return s.ID
}

// state adds a relation that the text states.
func (p *paper) state(from ID, kind Predicate, to ID, words string) {
	p.Relations = append(p.Relations, Relation{
		ID: NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Document: p.Document.ID, Version: p.Version.ID,
		Evidence: []Passage{p.passage(words)}, Score: 900, Basis: BasisStated, StatedOn: p.Document.Published, Label: p.Reading.Label,
	})
}

// linked makes a computed relation.
func linked(from ID, kind Predicate, to ID, score Confidence, reasons ...string) Relation {
	return Relation{ID: NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Score: score, Reasons: reasons, Basis: BasisInferred}
}

func target(f Reader, id ID) Target {
	nodes, err := f.Nodes(context.Background(), []ID{id})
	if err != nil || len(nodes) == 0 {
		panic("no such node: " + id)
	}
	t := Target{Node: id}
	if ps := passagesOf(nodes[0]); len(ps) > 0 {
		t.Passage = ps[0]
	}
	return t
}

func mustLay(t *testing.T, base Reader, ds ...Decision) Reader {
	t.Helper()
	for i := range ds {
		ds[i].ID = NewDecisionID(ds[i])
	}
	r, err := Lay(t.Context(), base, ds)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
