package api

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"whence/graph"
	"whence/graph/export"
)

// The JSON of the API. Spans count Unicode code points. IDs are whole IRIs. What
// is not known is null, an empty list is []. Graphs have the form of [export.Graph].

// known is a string that is null when it is empty.
type known string

// MarshalJSON implements [json.Marshaler].
func (k known) MarshalJSON() ([]byte, error) {
	if k == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(k))
}

type healthJSON struct {
	Status  string `json:"status"`
	Version known  `json:"version"`
}

// one is one thing with what the view left aside.
type one[T any] struct {
	Answer   string   `json:"answer"`
	Item     T        `json:"item"`
	Warnings []string `json:"warnings"`
}

// passageJSON is words and where they stand. Span is null when they do not stand
// in the version that is named beside them.
type passageJSON struct {
	Span   *[2]int `json:"span"`
	Exact  string  `json:"exact"`
	Prefix string  `json:"prefix"`
	Suffix string  `json:"suffix"`
}

type documentJSON struct {
	ID        graph.ID `json:"id"`
	URL       known    `json:"url"`
	Title     known    `json:"title"`
	Publisher known    `json:"publisher"`
	Authors   []string `json:"authors"`
	Kind      known    `json:"kind"`
	Published known    `json:"published"`
	Language  known    `json:"language"`
}

// documentViewJSON is a document with the texts of it that are seen, and their parts.
type documentViewJSON struct {
	documentJSON
	PublishedBy *agentJSON    `json:"published_by"`
	WrittenBy   []*agentJSON  `json:"written_by"`
	Versions    []versionJSON `json:"versions"`
	Segments    []segmentJSON `json:"segments"`
	Cites       []*sourceJSON `json:"cites"`
}

type versionJSON struct {
	ID        graph.ID `json:"id"`
	TextHash  known    `json:"text_hash"`
	BytesHash known    `json:"bytes_hash"`
	MediaType known    `json:"media_type"`
	Length    int      `json:"length"`
	Text      *string  `json:"text"`
}

type segmentJSON struct {
	ID       graph.ID          `json:"id"`
	Role     graph.SegmentType `json:"role"`
	Version  graph.ID          `json:"version"`
	Passage  passageJSON       `json:"passage"`
	Author   known             `json:"author"`
	Date     known             `json:"date"`
	Age      known             `json:"age"`
	Parent   known             `json:"parent"`
	Language known             `json:"language"`
	Skipped  known             `json:"skipped"`
}

type agentJSON struct {
	ID         graph.ID        `json:"id"`
	Kind       graph.AgentType `json:"kind"`
	Name       string          `json:"name"`
	Identified bool            `json:"identified"`
	Aliases    []string        `json:"aliases"`
	Offices    []officeJSON    `json:"offices"`
	External   []string        `json:"external"`
	Document   known           `json:"document"`
}

type officeJSON struct {
	Title string `json:"title"`
	Body  known  `json:"body"`
	From  known  `json:"from"`
	Until known  `json:"until"`
}

// claimJSON is a claim with who is meant and where it stands.
type claimJSON struct {
	ID         graph.ID         `json:"id"`
	Words      string           `json:"words"`
	Mode       graph.Mode       `json:"mode"`
	Polarity   known            `json:"polarity"`
	Speaker    *agentJSON       `json:"speaker"`
	Why        known            `json:"speaker_reason"`
	Rejected   []graph.ID       `json:"speaker_rejected"`
	SaidOn     known            `json:"said_on"`
	StatedOn   known            `json:"stated_on"`
	SaidIn     known            `json:"said_in"`
	Within     known            `json:"within"`
	Document   *documentJSON    `json:"document"`
	Segment    *segmentJSON     `json:"segment"`
	Version    graph.ID         `json:"version"`
	Content    []passageJSON    `json:"content"`
	Source     []passageJSON    `json:"source"`
	Cue        []passageJSON    `json:"cue"`
	Hedges     []passageJSON    `json:"hedges"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Worth      graph.Confidence `json:"worth"`
	Label      known            `json:"label"`
}

// statisticJSON is a figure with who is credited for it.
type statisticJSON struct {
	ID         graph.ID         `json:"id"`
	Figure     passageJSON      `json:"figure"`
	Sentence   passageJSON      `json:"sentence"`
	Value      *float64         `json:"value"`
	Min        *float64         `json:"min"`
	Max        *float64         `json:"max"`
	Bound      known            `json:"bound"`
	Unit       known            `json:"unit"`
	Measure    known            `json:"measure"`
	Population known            `json:"population"`
	Place      known            `json:"place"`
	Period     known            `json:"period"`
	Source     *sourceJSON      `json:"source"`
	Credited   *agentJSON       `json:"credited"`
	Credit     known            `json:"credit"`
	StatedOn   known            `json:"stated_on"`
	Claim      known            `json:"claim"`
	Document   *documentJSON    `json:"document"`
	Segment    known            `json:"segment"`
	Version    graph.ID         `json:"version"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      known            `json:"label"`
}

type sourceJSON struct {
	ID         graph.ID         `json:"id"`
	Kind       graph.SourceKind `json:"kind"`
	URL        known            `json:"url"`
	Located    bool             `json:"located"`
	Title      known            `json:"title"`
	Publisher  known            `json:"publisher"`
	Authors    []string         `json:"authors"`
	Date       known            `json:"date"`
	Passages   []passageJSON    `json:"passages"`
	Document   known            `json:"document"`
	Version    known            `json:"version"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      known            `json:"label"`
}

type relationJSON struct {
	ID       graph.ID         `json:"id"`
	Kind     graph.Predicate  `json:"kind"`
	From     graph.ID         `json:"from"`
	To       graph.ID         `json:"to"`
	Basis    known            `json:"basis"`
	Status   known            `json:"status"`
	Score    graph.Confidence `json:"score"`
	Reasons  []string         `json:"reasons"`
	Evidence []passageJSON    `json:"evidence"`
	StatedOn known            `json:"stated_on"`
	Document known            `json:"document"`
	Version  known            `json:"version"`
	Rule     known            `json:"rule"`
	Label    known            `json:"label"`
}

// nodeJSON is what people need to know of a node of any type.
type nodeJSON struct {
	ID   graph.ID       `json:"id"`
	Type graph.NodeType `json:"type"`
	Name string         `json:"name"`
	Date known          `json:"date"`
	URL  known          `json:"url"`
}

type edgeJSON struct {
	From  graph.ID        `json:"from"`
	Kind  graph.Predicate `json:"kind"`
	To    graph.ID        `json:"to"`
	Label known           `json:"label"`
}

// A wire turns what is in the graph into JSON. It needs the texts in which spans count.
type wire struct {
	texts map[graph.ID]*text // by version; nil for one that is not held
}

func newWire() wire { return wire{texts: map[graph.ID]*text{}} }

type text struct {
	words   string
	offsets *graph.Offsets
}

// read fetches the texts of versions, each once.
func (w *wire) read(ctx context.Context, r graph.Reader, versions ...graph.ID) error {
	var fresh []graph.ID
	for _, id := range versions {
		if _, ok := w.texts[id]; !ok && id != "" {
			w.texts[id] = nil
			fresh = append(fresh, id)
		}
	}
	found, err := nodesOf[*graph.Version](ctx, r, fresh)
	if err != nil {
		return err
	}
	for _, v := range found {
		words, err := r.Text(ctx, v.TextHash)
		switch {
		case errors.Is(err, graph.ErrNotFound), errors.Is(err, graph.ErrSuppressed):
			continue
		case err != nil:
			return err
		}
		w.texts[v.ID] = &text{words, graph.NewOffsets(words)}
	}
	return nil
}

// readFor fetches the texts in which nodes count their spans.
func (w *wire) readFor(ctx context.Context, r graph.Reader, nodes ...graph.Node) error {
	var versions []graph.ID
	for _, n := range nodes {
		switch n := n.(type) {
		case *graph.Segment:
			versions = append(versions, n.Version)
		case *graph.Claim:
			versions = append(versions, n.Version)
		case *graph.Statistic:
			versions = append(versions, n.Version)
		case *graph.Source:
			versions = append(versions, n.Version)
		case *graph.Relation:
			versions = append(versions, n.Version)
		}
	}
	return w.read(ctx, r, versions...)
}

// passage counts in code points, if the words stand where they are said to: what
// several documents say of one source is held together, under one version.
func (w *wire) passage(version graph.ID, p graph.Passage) passageJSON {
	out := passageJSON{Exact: p.Exact, Prefix: p.Prefix, Suffix: p.Suffix}
	if t := w.texts[version]; t != nil && p.Check(t.words) == nil && strings.HasPrefix(t.words[p.Start:], p.Exact) {
		points := t.offsets.Points(p.Span)
		out.Span = &[2]int{points.Start, points.End}
	}
	return out
}

func (w *wire) passages(version graph.ID, ps []graph.Passage) []passageJSON {
	return each(ps, func(p graph.Passage) passageJSON { return w.passage(version, p) })
}

func (w *wire) document(d *graph.Document) *documentJSON {
	if d == nil {
		return nil
	}
	return &documentJSON{
		d.ID, known(d.URL), known(d.Title), known(d.Publisher), some(d.Authors), known(d.Kind), known(d.Published), known(d.Language),
	}
}

func (w *wire) version(v *graph.Version) versionJSON {
	return versionJSON{v.ID, known(v.TextHash), known(v.BytesHash), known(v.MediaType), v.Runes, nil}
}

func (w *wire) segment(s *graph.Segment) *segmentJSON {
	if s == nil {
		return nil
	}
	return &segmentJSON{
		s.ID, s.Type, s.Version, w.passage(s.Version, s.Passage), known(s.Author), known(s.Date), known(s.Age),
		known(s.Parent), known(s.Language), known(s.Skipped),
	}
}

func (w *wire) agent(a *graph.Agent) *agentJSON {
	if a == nil {
		return nil
	}
	offices := each(a.Offices, func(o graph.Office) officeJSON {
		return officeJSON{o.Title, known(o.Body), known(o.From), known(o.Until)}
	})
	return &agentJSON{a.ID, a.Type, a.Name, a.Identified, some(a.Aliases), offices, some(a.External), known(a.Document)}
}

func (w *wire) claim(v graph.ClaimView) claimJSON {
	c := v.Claim
	return claimJSON{
		ID: c.ID, Words: c.Words(), Mode: c.Mode, Polarity: known(c.Polarity),
		Speaker: w.agent(v.Speaker), Why: known(v.Why.Reason), Rejected: some(v.Why.Rejected),
		SaidOn: known(c.SaidOn), StatedOn: known(c.StatedOn), SaidIn: known(c.SaidIn), Within: known(c.Within),
		Document: w.document(v.Document), Segment: w.segment(v.Segment), Version: c.Version,
		Content: w.passages(c.Version, c.Content), Source: w.passages(c.Version, c.Source),
		Cue: w.passages(c.Version, c.Cue), Hedges: w.passages(c.Version, c.Hedges),
		Rule: known(c.Rule), Confidence: c.Confidence, Worth: c.Worth, Label: known(c.Label),
	}
}

func (w *wire) statistic(v graph.StatisticView) statisticJSON {
	s := v.Statistic
	return statisticJSON{
		ID: s.ID, Figure: w.passage(s.Version, s.Figure), Sentence: w.passage(s.Version, s.Sentence),
		Value: s.Value, Min: s.Min, Max: s.Max, Bound: known(s.Bound), Unit: known(s.Unit), Measure: known(s.Measure),
		Population: known(s.Population), Place: known(s.Place), Period: known(s.Period),
		Source: w.source(v.Source), Credited: w.agent(v.Credited), Credit: known(s.Credit), StatedOn: known(s.StatedOn),
		Claim: known(s.Claim), Document: w.document(v.Document), Segment: known(s.Segment), Version: s.Version,
		Rule: known(s.Rule), Confidence: s.Confidence, Label: known(s.Label),
	}
}

func (w *wire) source(s *graph.Source) *sourceJSON {
	if s == nil {
		return nil
	}
	return &sourceJSON{
		ID: s.ID, Kind: s.Kind, URL: known(s.URL), Located: s.Located(), Title: known(s.Title), Publisher: known(s.Publisher),
		Authors: some(s.Authors), Date: known(s.Date), Passages: w.passages(s.Version, s.Passages), Document: known(s.Document),
		Version: known(s.Version), Rule: known(s.Rule), Confidence: s.Confidence, Label: known(s.Label),
	}
}

func (w *wire) relation(r *graph.Relation) relationJSON {
	return relationJSON{
		ID: r.ID, Kind: r.Kind, From: r.From, To: r.To, Basis: known(r.Basis), Status: known(r.Status), Score: r.Score, Reasons: some(r.Reasons),
		Evidence: w.passages(r.Version, r.Evidence), StatedOn: known(r.StatedOn), Document: known(r.Document), Version: known(r.Version),
		Rule: known(r.Rule), Label: known(r.Label),
	}
}

func (w *wire) node(n graph.Node) nodeJSON {
	out := nodeJSON{ID: n.NodeID(), Type: n.NodeType(), Name: nameOf(n)}
	switch n := n.(type) {
	case *graph.Document:
		out.Date, out.URL = known(n.Published), known(n.URL)
	case *graph.Source:
		out.Date, out.URL = known(n.Date), known(n.URL)
	case *graph.Claim:
		out.Date = known(n.StatedOn)
	}
	return out
}

func (w *wire) edge(e graph.Edge) edgeJSON { return edgeJSON{e.From, e.Kind, e.To, known(e.Label)} }

// graph converts a subgraph whose texts were read.
func (w *wire) graph(g graph.Subgraph) (export.Graph, error) {
	return export.NewGraph(g, func(version graph.ID) (*graph.Offsets, error) {
		if t := w.texts[version]; t != nil {
			return t.offsets, nil
		}
		return nil, graph.ErrNotFound
	})
}

// nameOf returns what people call a node, in one line.
func nameOf(n graph.Node) string {
	name := ""
	switch n := n.(type) {
	case *graph.Document:
		name = n.Title
	case *graph.Segment:
		name = n.Passage.Exact
	case *graph.Claim:
		name = n.Words()
	case *graph.Agent:
		name = n.Name
	case *graph.Statistic:
		name = n.Figure.Exact
	case *graph.Source:
		if name = n.Title; name == "" {
			name = graph.ExactOf(n.Passages)
		}
		if name == "" {
			name = n.URL
		}
	case *graph.Relation:
		name = string(n.Kind)
	case *graph.Review:
		name = n.Verdict
	}
	if name = graph.FoldSpace(name); name == "" {
		name = n.NodeID().Short()
	}
	if r := []rune(name); len(r) > maxName {
		name = string(r[:maxName-1]) + "…"
	}
	return name
}

// maxName bounds a node's name, in characters.
const maxName = 160

// each converts a list; the result is never nil.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// some returns a list that is not nil.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
