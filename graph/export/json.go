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

// JSON writes a subgraph as one object of nodes, edges and what was left out, in
// the order of [graph.Subgraph.Sort]. Spans count code points, by the text of
// their version; where text is nil or says that it is not held or was erased, a
// passage has words but no span. What is not known is null, an empty list is []. Any other
// error of text is returned, and the writer's.
func JSON(w io.Writer, g graph.Subgraph, text func(version graph.ID) (*graph.Offsets, error)) error {
	sorted := graph.Subgraph{
		Nodes: slices.DeleteFunc(slices.Clone(g.Nodes), func(n graph.Node) bool { return n == nil }),
		Edges: slices.Clone(g.Edges),
	}
	sorted.Sort()
	f := former{text: text, held: map[graph.ID]*graph.Offsets{}}
	out := struct {
		Nodes   []any      `json:"nodes"`
		Edges   []jsonEdge `json:"edges"`
		LeftOut []string   `json:"left_out"`
	}{make([]any, 0, len(sorted.Nodes)), make([]jsonEdge, 0, len(sorted.Edges)), list(g.Cut)}
	for _, n := range sorted.Nodes {
		out.Nodes = append(out.Nodes, f.node(n))
	}
	for _, e := range sorted.Edges {
		out.Edges = append(out.Edges, jsonEdge{e.From, e.Kind, e.To, known(e.Label)})
	}
	if f.err != nil {
		return fmt.Errorf("export JSON: %w", f.err)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// known is a string that is null when it is empty.
type known string

// MarshalJSON implements [json.Marshaler].
func (k known) MarshalJSON() ([]byte, error) {
	if k == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(k))
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
	Label known           `json:"label"`
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
	URL       known    `json:"url"`
	Title     known    `json:"title"`
	Publisher known    `json:"publisher"`
	Authors   []string `json:"authors"`
	Kind      known    `json:"kind"`
	Published known    `json:"published"`
	Language  known    `json:"language"`
}

type jsonVersion struct {
	jsonHead
	Document  known `json:"document"`
	TextHash  known `json:"text_hash"`
	BytesHash known `json:"bytes_hash"`
	MediaType known `json:"media_type"`
	Length    int   `json:"length"`
}

type jsonSegment struct {
	jsonHead
	Document known        `json:"document"`
	Version  known        `json:"version"`
	Role     known        `json:"role"`
	Passage  *jsonPassage `json:"passage"`
	Author   known        `json:"author"`
	Date     known        `json:"date"`
	Age      known        `json:"age"`
	Parent   known        `json:"parent"`
	Language known        `json:"language"`
	Skipped  known        `json:"skipped"`
}

type jsonClaim struct {
	jsonHead
	Document   known            `json:"document"`
	Version    known            `json:"version"`
	Segment    known            `json:"segment"`
	Content    []jsonPassage    `json:"content"`
	Source     []jsonPassage    `json:"source"`
	Cue        []jsonPassage    `json:"cue"`
	Hedges     []jsonPassage    `json:"hedges"`
	Mode       known            `json:"mode"`
	Polarity   known            `json:"polarity"`
	SaidIn     known            `json:"said_in"`
	SaidOn     known            `json:"said_on"`
	StatedOn   known            `json:"stated_on"`
	Within     known            `json:"within"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Worth      graph.Confidence `json:"worth"`
	Label      known            `json:"label"`
}

type jsonOffice struct {
	Title string `json:"title"`
	Body  known  `json:"body"`
	From  known  `json:"from"`
	Until known  `json:"until"`
}

type jsonAgent struct {
	jsonHead
	Kind       known        `json:"kind"`
	Name       known        `json:"name"`
	Aliases    []string     `json:"aliases"`
	Offices    []jsonOffice `json:"offices"`
	External   []string     `json:"external"`
	Gender     known        `json:"gender"`
	Identified bool         `json:"identified"`
	Document   known        `json:"document"`
	Label      known        `json:"label"`
}

type jsonStatistic struct {
	jsonHead
	Document   known            `json:"document"`
	Version    known            `json:"version"`
	Segment    known            `json:"segment"`
	Claim      known            `json:"claim"`
	Figure     *jsonPassage     `json:"figure"`
	Sentence   *jsonPassage     `json:"sentence"`
	Value      *number          `json:"value"`
	Min        *number          `json:"min"`
	Max        *number          `json:"max"`
	Bound      known            `json:"bound"`
	Unit       known            `json:"unit"`
	Measure    known            `json:"measure"`
	Population known            `json:"population"`
	Place      known            `json:"place"`
	Period     known            `json:"period"`
	Source     known            `json:"source"`
	Credit     known            `json:"credit"`
	StatedOn   known            `json:"stated_on"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      known            `json:"label"`
}

type jsonSource struct {
	jsonHead
	Document   known            `json:"document"`
	Version    known            `json:"version"`
	Segment    known            `json:"segment"`
	Kind       known            `json:"kind"`
	URL        known            `json:"url"`
	Title      known            `json:"title"`
	Publisher  known            `json:"publisher"`
	Authors    []string         `json:"authors"`
	Date       known            `json:"date"`
	Passages   []jsonPassage    `json:"passages"`
	Rule       known            `json:"rule"`
	Confidence graph.Confidence `json:"confidence"`
	Label      known            `json:"label"`
}

type jsonRelation struct {
	jsonHead
	Kind     known            `json:"kind"`
	From     known            `json:"from"`
	To       known            `json:"to"`
	Document known            `json:"document"`
	Version  known            `json:"version"`
	Evidence []jsonPassage    `json:"evidence"`
	Score    graph.Confidence `json:"score"`
	Reasons  []string         `json:"reasons"`
	Basis    known            `json:"basis"`
	Status   known            `json:"status"`
	Rule     known            `json:"rule"`
	StatedOn known            `json:"stated_on"`
	Label    known            `json:"label"`
}

type jsonReview struct {
	jsonHead
	Reviewer  known `json:"reviewer"`
	Verdict   known `json:"verdict"`
	Rating    known `json:"rating"`
	Published known `json:"published"`
	URL       known `json:"url"`
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
		return jsonDocument{head, known(x.URL), known(x.Title), known(x.Publisher), list(x.Authors), known(x.Kind), known(x.Published), known(x.Language)}
	case *graph.Version:
		return jsonVersion{head, known(x.Document), known(x.TextHash), known(x.BytesHash), known(x.MediaType), x.Runes}
	case *graph.Segment:
		return jsonSegment{
			head, known(x.Document), known(x.Version), known(x.Type), f.passage(x.Version, x.Passage), known(x.Author), known(x.Date), known(x.Age),
			known(x.Parent), known(x.Language), known(x.Skipped),
		}
	case *graph.Claim:
		v := x.Version
		return jsonClaim{
			head, known(x.Document), known(v), known(x.Segment), f.passages(v, x.Content), f.passages(v, x.Source), f.passages(v, x.Cue), f.passages(v, x.Hedges),
			known(x.Mode), known(x.Polarity), known(x.SaidIn), known(x.SaidOn), known(x.StatedOn), known(x.Within), known(x.Rule), x.Confidence, x.Worth, known(x.Label),
		}
	case *graph.Agent:
		offices := make([]jsonOffice, len(x.Offices))
		for i, o := range x.Offices {
			offices[i] = jsonOffice{o.Title, known(o.Body), known(o.From), known(o.Until)}
		}
		return jsonAgent{head, known(x.Type), known(x.Name), list(x.Aliases), offices, list(x.External), known(x.Gender), x.Identified, known(x.Document), known(x.Label)}
	case *graph.Statistic:
		return jsonStatistic{
			head, known(x.Document), known(x.Version), known(x.Segment), known(x.Claim), f.passage(x.Version, x.Figure), f.passage(x.Version, x.Sentence),
			(*number)(x.Value), (*number)(x.Min), (*number)(x.Max), known(x.Bound), known(x.Unit), known(x.Measure), known(x.Population), known(x.Place),
			known(x.Period), known(x.SourceID), known(x.Credit), known(x.StatedOn), known(x.Rule), x.Confidence, known(x.Label),
		}
	case *graph.Source:
		return jsonSource{
			head, known(x.Document), known(x.Version), known(x.Segment), known(x.Kind), known(x.URL), known(x.Title), known(x.Publisher), list(x.Authors), known(x.Date),
			f.passages(x.Version, x.Passages), known(x.Rule), x.Confidence, known(x.Label),
		}
	case *graph.Relation:
		return jsonRelation{
			head, known(x.Kind), known(x.From), known(x.To), known(x.Document), known(x.Version), f.passages(x.Version, x.Evidence), x.Score, list(x.Reasons),
			known(x.Basis), known(x.Status), known(x.Rule), known(x.StatedOn), known(x.Label),
		}
	case *graph.Review:
		return jsonReview{head, known(x.Reviewer), known(x.Verdict), known(x.Rating), known(x.Published), known(x.URL)}
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
