package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"whence/graph"
)

// A Graph is the form of a subgraph in JSON. [NewGraph] makes it.
type Graph struct {
	Nodes   []any      `json:"nodes"`
	Edges   []jsonEdge `json:"edges"`
	LeftOut []string   `json:"left_out"`
}

// JSON writes a subgraph as one object. Errors are those of [NewGraph] and the writer's.
func JSON(w io.Writer, g graph.Subgraph, text func(version graph.ID) (*graph.Offsets, error)) error {
	form, err := NewGraph(g, text)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(form)
}

// NewGraph gives a subgraph its form: nodes, edges and what was left out, in
// the order of [graph.Subgraph.Sort]. Spans count code points, by the text of
// their version; where text is nil or says that it is not held or was erased, a
// passage has words but no span. What is not known is null, an empty list is []. Any other
// error of text is returned.
func NewGraph(g graph.Subgraph, text func(version graph.ID) (*graph.Offsets, error)) (Graph, error) {
	sorted := graph.Subgraph{
		Nodes: slices.DeleteFunc(slices.Clone(g.Nodes), func(n graph.Node) bool { return n == nil }),
		Edges: slices.Clone(g.Edges),
	}
	sorted.Sort()
	f := former{text: text, held: map[graph.ID]*graph.Offsets{}}
	out := Graph{make([]any, 0, len(sorted.Nodes)), make([]jsonEdge, 0, len(sorted.Edges)), list(g.Cut)}
	for _, n := range sorted.Nodes {
		out.Nodes = append(out.Nodes, f.node(n))
	}
	for _, e := range sorted.Edges {
		out.Edges = append(out.Edges, jsonEdge{e.From, e.Kind, e.To, orNull(e.Label)})
	}
	if f.err != nil {
		return Graph{}, fmt.Errorf("export JSON: %w", f.err)
	}
	return out, nil
}

// orNull returns what JSON writes as null when it is empty.
func orNull[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	out := string(s)
	return &out
}

// list returns an empty list for none, which JSON would call null.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

type jsonEdge struct {
	From  graph.ID        `json:"from"`
	Kind  graph.Predicate `json:"kind"`
	To    graph.ID        `json:"to"`
	Label *string         `json:"label"`
}

type jsonPassage struct {
	Span   *[2]int `json:"span"`
	Exact  string  `json:"exact"`
	Prefix string  `json:"prefix"`
	Suffix string  `json:"suffix"`
}

type jsonHead struct {
	ID   graph.ID       `json:"id"`
	Type graph.NodeType `json:"type"`
}

type jsonDocument struct {
	jsonHead
	URL       *string  `json:"url"`
	Title     *string  `json:"title"`
	Publisher *string  `json:"publisher"`
	Authors   []string `json:"authors"`
	Kind      *string  `json:"kind"`
	Published *string  `json:"published"`
	Language  *string  `json:"language"`
}

type jsonVersion struct {
	jsonHead
	Document  *string `json:"document"`
	TextHash  *string `json:"text_hash"`
	BytesHash *string `json:"bytes_hash"`
	MediaType *string `json:"media_type"`
	Length    int     `json:"length"`
}

type jsonSegment struct {
	jsonHead
	Document *string      `json:"document"`
	Version  *string      `json:"version"`
	Role     *string      `json:"role"`
	Passage  *jsonPassage `json:"passage"`
	Author   *string      `json:"author"`
	Date     *string      `json:"date"`
	Age      *string      `json:"age"`
	Parent   *string      `json:"parent"`
	Language *string      `json:"language"`
	Skipped  *string      `json:"skipped"`
}

type jsonClaim struct {
	jsonHead
	Document   *string          `json:"document"`
	Version    *string          `json:"version"`
	Segment    *string          `json:"segment"`
	Content    []jsonPassage    `json:"content"`
	Source     []jsonPassage    `json:"source"`
	Cue        []jsonPassage    `json:"cue"`
	Hedges     []jsonPassage    `json:"hedges"`
	Mode       *string          `json:"mode"`
	Polarity   *string          `json:"polarity"`
	SaidIn     *string          `json:"said_in"`
	SaidOn     *string          `json:"said_on"`
	StatedOn   *string          `json:"stated_on"`
	Within     *string          `json:"within"`
	Rule       *string          `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Worth      graph.Confidence `json:"worth"`
	Label      *string          `json:"label"`
}

type jsonOffice struct {
	Title string  `json:"title"`
	Body  *string `json:"body"`
	From  *string `json:"from"`
	Until *string `json:"until"`
}

type jsonAgent struct {
	jsonHead
	Kind       *string      `json:"kind"`
	Name       *string      `json:"name"`
	Aliases    []string     `json:"aliases"`
	Offices    []jsonOffice `json:"offices"`
	External   []string     `json:"external"`
	Gender     *string      `json:"gender"`
	Identified bool         `json:"identified"`
	Document   *string      `json:"document"`
	Label      *string      `json:"label"`
}

type jsonStatistic struct {
	jsonHead
	Document   *string          `json:"document"`
	Version    *string          `json:"version"`
	Segment    *string          `json:"segment"`
	Claim      *string          `json:"claim"`
	Figure     *jsonPassage     `json:"figure"`
	Sentence   *jsonPassage     `json:"sentence"`
	Value      *number          `json:"value"`
	Min        *number          `json:"min"`
	Max        *number          `json:"max"`
	Bound      *string          `json:"bound"`
	Unit       *string          `json:"unit"`
	Measure    *string          `json:"measure"`
	Population *string          `json:"population"`
	Place      *string          `json:"place"`
	Period     *string          `json:"period"`
	Source     *string          `json:"source"`
	Credit     *string          `json:"credit"`
	StatedOn   *string          `json:"stated_on"`
	Rule       *string          `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      *string          `json:"label"`
}

type jsonSource struct {
	jsonHead
	Document   *string          `json:"document"`
	Version    *string          `json:"version"`
	Segment    *string          `json:"segment"`
	Kind       *string          `json:"kind"`
	URL        *string          `json:"url"`
	Title      *string          `json:"title"`
	Publisher  *string          `json:"publisher"`
	Authors    []string         `json:"authors"`
	Date       *string          `json:"date"`
	Passages   []jsonPassage    `json:"passages"`
	Rule       *string          `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      *string          `json:"label"`
}

type jsonRelation struct {
	jsonHead
	Kind     *string          `json:"kind"`
	From     *string          `json:"from"`
	To       *string          `json:"to"`
	Document *string          `json:"document"`
	Version  *string          `json:"version"`
	Evidence []jsonPassage    `json:"evidence"`
	Score    graph.Confidence `json:"score"`
	Reasons  []string         `json:"reasons"`
	Basis    *string          `json:"basis"`
	Status   *string          `json:"status"`
	Rule     *string          `json:"rule"`
	StatedOn *string          `json:"stated_on"`
	Label    *string          `json:"label"`
}

type jsonReview struct {
	jsonHead
	Reviewer  *string `json:"reviewer"`
	Verdict   *string `json:"verdict"`
	Rating    *string `json:"rating"`
	Published *string `json:"published"`
	URL       *string `json:"url"`
}

// number is a figure without an exponent, as people write it.
type number float64

// MarshalJSON implements [json.Marshaler].
func (n number) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(n), 'f', -1, 64), nil
}

// former gives nodes their form. The first error of text stays.
type former struct {
	text func(graph.ID) (*graph.Offsets, error)
	held map[graph.ID]*graph.Offsets // nil where the text is not held
	err  error
}

func (f *former) node(n graph.Node) any {
	head := jsonHead{n.NodeID(), n.NodeType()}
	switch x := n.(type) {
	case *graph.Document:
		return jsonDocument{head, orNull(x.URL), orNull(x.Title), orNull(x.Publisher), list(x.Authors), orNull(x.Kind), orNull(x.Published), orNull(x.Language)}
	case *graph.Version:
		return jsonVersion{head, orNull(x.Document), orNull(x.TextHash), orNull(x.BytesHash), orNull(x.MediaType), x.Runes}
	case *graph.Segment:
		return jsonSegment{
			head, orNull(x.Document), orNull(x.Version), orNull(x.Type), f.passage(x.Version, x.Passage), orNull(x.Author), orNull(x.Date), orNull(x.Age),
			orNull(x.Parent), orNull(x.Language), orNull(x.Skipped),
		}
	case *graph.Claim:
		v := x.Version
		return jsonClaim{
			head, orNull(x.Document), orNull(v), orNull(x.Segment), f.passages(v, x.Content), f.passages(v, x.Source), f.passages(v, x.Cue), f.passages(v, x.Hedges),
			orNull(x.Mode), orNull(x.Polarity), orNull(x.SaidIn), orNull(x.SaidOn), orNull(x.StatedOn), orNull(x.Within), orNull(x.Rule), x.Confidence, x.Worth, orNull(x.Label),
		}
	case *graph.Agent:
		offices := make([]jsonOffice, len(x.Offices))
		for i, o := range x.Offices {
			offices[i] = jsonOffice{o.Title, orNull(o.Body), orNull(o.From), orNull(o.Until)}
		}
		return jsonAgent{head, orNull(x.Type), orNull(x.Name), list(x.Aliases), offices, list(x.External), orNull(x.Gender), x.Identified, orNull(x.Document), orNull(x.Label)}
	case *graph.Statistic:
		return jsonStatistic{
			head, orNull(x.Document), orNull(x.Version), orNull(x.Segment), orNull(x.Claim), f.passage(x.Version, x.Figure), f.passage(x.Version, x.Sentence),
			(*number)(x.Value), (*number)(x.Min), (*number)(x.Max), orNull(x.Bound), orNull(x.Unit), orNull(x.Measure), orNull(x.Population), orNull(x.Place),
			orNull(x.Period), orNull(x.SourceID), orNull(x.Credit), orNull(x.StatedOn), orNull(x.Rule), x.Confidence, orNull(x.Label),
		}
	case *graph.Source:
		return jsonSource{
			head, orNull(x.Document), orNull(x.Version), orNull(x.Segment), orNull(x.Kind), orNull(x.URL), orNull(x.Title), orNull(x.Publisher), list(x.Authors), orNull(x.Date),
			f.passages(x.Version, x.Passages), orNull(x.Rule), x.Confidence, orNull(x.Label),
		}
	case *graph.Relation:
		return jsonRelation{
			head, orNull(x.Kind), orNull(x.From), orNull(x.To), orNull(x.Document), orNull(x.Version), f.passages(x.Version, x.Evidence), x.Score, list(x.Reasons),
			orNull(x.Basis), orNull(x.Status), orNull(x.Rule), orNull(x.StatedOn), orNull(x.Label),
		}
	case *graph.Review:
		return jsonReview{head, orNull(x.Reviewer), orNull(x.Verdict), orNull(x.Rating), orNull(x.Published), orNull(x.URL)}
	}
	return head
}

func (f *former) passage(version graph.ID, p graph.Passage) *jsonPassage {
	if p == (graph.Passage{}) {
		return nil
	}
	return &f.passages(version, []graph.Passage{p})[0]
}

func (f *former) passages(version graph.ID, ps []graph.Passage) []jsonPassage {
	out := make([]jsonPassage, len(ps))
	for i, p := range ps {
		out[i] = jsonPassage{Exact: p.Exact, Prefix: p.Prefix, Suffix: p.Suffix}
		if o := f.offsets(version); o != nil {
			s := o.Points(p.Span)
			out[i].Span = &[2]int{s.Start, s.End}
		}
	}
	return out
}

func (f *former) offsets(version graph.ID) *graph.Offsets {
	o, asked := f.held[version]
	if !asked && f.err == nil && f.text != nil {
		var err error
		o, err = f.text(version)
		if errors.Is(err, graph.ErrNotFound) || errors.Is(err, graph.ErrSuppressed) {
			o, err = nil, nil
		}
		f.err = err
		f.held[version] = o
	}
	return o
}
