package loader

import (
	"cmp"
	"slices"
	"strings"

	"whence/graph"
	"whence/loader/extract"
	"whence/loader/resolve"
	"whence/loader/source"
)

// A Form is what the extractor finds in one document, as tools outside the project read it: one JSON
// object on a line. Spans are half-open, in Unicode code points over Text. What is absent is
// null; an empty list is [].
type Form struct {
	ID           string            `json:"id"`
	Text         string            `json:"text"`
	Title        *string           `json:"title"`
	Publisher    *string           `json:"publisher"`
	Authors      []string          `json:"authors"`
	Published    *string           `json:"published"`
	Kind         *string           `json:"kind"`
	Segments     []FormSegment     `json:"segments"`
	Attributions []FormAttribution `json:"attributions"`
	Statistics   []FormStatistic   `json:"statistics"`
	Citations    []FormCitation    `json:"citations"`
	Relations    []FormRelation    `json:"relations"`
	Entities     []FormEntity      `json:"entities"`
}

// A FormSpan is [start, end) in code points.
type FormSpan [2]int

// A FormSegment is a part of the text; Parent indexes Segments.
type FormSegment struct {
	Type   string   `json:"type"`
	Span   FormSpan `json:"span"`
	Author *string  `json:"author"`
	Date   *string  `json:"date"`
	Age    *string  `json:"age"`
	Parent *int     `json:"parent"`
	// Skipped says why the segment was not extracted.
	Skipped *string `json:"skipped"`
}

// A FormAttribution is a claim. SaidIn indexes Citations, Within Attributions, Segment Segments.
// Type is the claim's mode, null where its marks are two apostrophes.
type FormAttribution struct {
	Content    []FormSpan `json:"content"`
	Source     []FormSpan `json:"source"`
	Cue        []FormSpan `json:"cue"`
	Speaker    *string    `json:"speaker"`
	Reason     string     `json:"speaker_reason"`
	Type       *string    `json:"type"`
	SaidIn     *int       `json:"said_in"`
	SaidOn     *string    `json:"said_on"`
	Within     *int       `json:"within"`
	Hedges     []FormSpan `json:"hedges"`
	Polarity   string     `json:"polarity"`
	Segment    int        `json:"segment"`
	Rule       string     `json:"rule"`
	Confidence float64    `json:"confidence"`
	// Worth is how probably people find it worth checking.
	Worth float64 `json:"worth"`
}

// A FormStatistic is a figure. Source names only whom the text credits.
type FormStatistic struct {
	Value      *float64 `json:"value"`
	Min        *float64 `json:"min,omitempty"`
	Max        *float64 `json:"max,omitempty"`
	Bound      string   `json:"bound"`
	Unit       *string  `json:"unit"`
	Measure    *string  `json:"measure"`
	Population *string  `json:"population"`
	Place      *string  `json:"place"`
	Period     *string  `json:"period"`
	Source     *string  `json:"source"`
	Figure     FormSpan `json:"figure"`
	Span       FormSpan `json:"span"`
	Segment    int      `json:"segment"`
	Rule       string   `json:"rule"`
	Confidence float64  `json:"confidence"`
}

// A FormCitation is a source that the text cites; Span is where first.
type FormCitation struct {
	Title     *string  `json:"title"`
	Publisher *string  `json:"publisher"`
	Authors   []string `json:"authors"`
	Date      *string  `json:"date"`
	URL       *string  `json:"url"`
	Kind      string   `json:"kind"`
	Span      FormSpan `json:"span"`
	Segment   int      `json:"segment"`
}

// A FormRelation leads from the content of an attribution to another's, or to a citation.
type FormRelation struct {
	Kind       string     `json:"kind"`
	From       FormSpan   `json:"from"`
	To         *FormSpan  `json:"to"`
	ToCitation *int       `json:"to_citation"`
	Evidence   []FormSpan `json:"evidence"`
	Rule       string     `json:"rule"`
	Confidence float64    `json:"confidence"`
}

// A FormEntity is a named thing with its mentions in order.
type FormEntity struct {
	Name     string     `json:"name"`
	Type     string     `json:"type"`
	Mentions []FormSpan `json:"mentions"`
	Roles    []string   `json:"roles"`
}

// Extract reads one item into its form, without a store.
func Extract(item source.Item, a *resolve.Authority) Form {
	r, names := extract.Read(item)
	res := resolve.Resolve(&r, names, a)
	f := former{r: &r, res: &res, o: graph.NewOffsets(r.Text), agents: map[graph.ID]*graph.Agent{}, answers: map[[2]string]graph.Resolved{}}
	return f.form(item.RecordID)
}

// A former turns a reading and its resolution into a form.
type former struct {
	r       *graph.Reading
	res     *graph.Resolution
	o       *graph.Offsets
	agents  map[graph.ID]*graph.Agent
	answers map[[2]string]graph.Resolved // by subject and predicate
}

func (f *former) form(id string) Form {
	for i := range f.res.Agents {
		f.agents[f.res.Agents[i].ID] = &f.res.Agents[i]
	}
	for _, r := range f.res.Resolved {
		f.answers[[2]string{string(r.Subject), string(r.Predicate)}] = r
	}
	d := f.r.Document
	out := Form{
		ID: id, Text: f.r.Text, Title: orNull(d.Title), Publisher: orNull(d.Publisher), Authors: list(d.Authors),
		Published: orNull(string(d.Published)), Kind: orNull(string(d.Kind)),
		Segments: []FormSegment{}, Attributions: []FormAttribution{}, Statistics: []FormStatistic{}, Citations: []FormCitation{},
		Relations: []FormRelation{}, Entities: []FormEntity{},
	}
	segments := index(f.r.Segments, func(s graph.Segment) graph.ID { return s.ID })
	claims := index(f.r.Claims, func(c graph.Claim) graph.ID { return c.ID })
	sources := index(f.r.Sources, func(s graph.Source) graph.ID { return s.ID })
	for _, s := range f.r.Segments {
		out.Segments = append(out.Segments, FormSegment{
			Type: string(s.Type), Span: f.span(s.Passage.Span), Author: orNull(s.Author), Date: orNull(string(s.Date)),
			Age: orNull(s.Age), Parent: at(segments, s.Parent), Skipped: orNull(s.Skipped),
		})
	}
	for _, c := range f.r.Claims {
		a := FormAttribution{
			Content: f.spans(c.Content), Source: f.spans(c.Source), Cue: f.spans(c.Cue), Type: claimType(&c),
			SaidIn: at(sources, c.SaidIn), SaidOn: orNull(string(c.SaidOn)), Within: at(claims, c.Within), Hedges: list(f.spans(c.Hedges)),
			Polarity: string(c.Polarity), Segment: segments[c.Segment], Rule: c.Rule, Confidence: share(c.Confidence), Worth: share(c.Worth),
		}
		a.Speaker, a.Reason = f.agent(c.ID, graph.AssertedBy)
		out.Attributions = append(out.Attributions, a)
	}
	for _, s := range f.r.Statistics {
		out.Statistics = append(out.Statistics, FormStatistic{
			Value: s.Value, Min: s.Min, Max: s.Max, Bound: string(s.Bound), Unit: orNull(s.Unit), Measure: orNull(s.Measure),
			Population: orNull(s.Population), Place: orNull(s.Place), Period: orNull(string(s.Period)), Source: f.credited(s, sources),
			Figure: f.span(s.Figure.Span), Span: f.span(s.Sentence.Span), Segment: segments[s.Segment], Rule: s.Rule, Confidence: share(s.Confidence),
		})
	}
	for _, s := range f.r.Sources {
		out.Citations = append(out.Citations, FormCitation{
			Title: orNull(s.Title), Publisher: f.publisher(s), Authors: list(s.Authors), Date: orNull(string(s.Date)),
			URL: orNull(s.URL), Kind: string(s.Kind), Span: f.span(s.Passages[0].Span), Segment: segments[s.Segment],
		})
	}
	for _, r := range f.r.Relations {
		i, ok := claims[r.From]
		if !ok {
			continue
		}
		rel := FormRelation{Kind: string(r.Kind), From: f.first(f.r.Claims[i].Content), ToCitation: at(sources, r.To), Evidence: list(f.spans(r.Evidence)), Rule: r.Rule, Confidence: share(r.Score)}
		if j, ok := claims[r.To]; ok {
			to := f.first(f.r.Claims[j].Content)
			rel.To = &to
		}
		out.Relations = append(out.Relations, rel)
	}
	for _, m := range f.res.Mentions {
		a := f.agents[m.Agent]
		if a == nil || a.Type == graph.Anonymous {
			continue
		}
		out.Entities = append(out.Entities, FormEntity{Name: a.Name, Type: entityType(a.Type), Mentions: list(f.spans(m.Passages)), Roles: list(m.Roles)})
	}
	slices.SortFunc(out.Entities, func(a, b FormEntity) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
	return out
}

// claimType is the mode of a claim, nil where the form leaves it open: two apostrophes set off quotations, and as often
// wiki italics, inches and emphasis, so the form does not vouch for words between them as verbatim. The
// graph knows one reading of a claim only, and there they are quotation marks.
func claimType(c *graph.Claim) *string {
	mode := string(c.Mode)
	words := graph.ExactOf(c.Content)
	if typed := strings.Index(words, "''"); typed >= 0 && c.Mode != graph.ModeVoice && !strings.ContainsAny(words[:typed], "\"`“”„«‘") {
		return nil
	}
	return &mode
}

// entityType folds the finer types of agents into those of the form.
func entityType(t graph.AgentType) string {
	switch t {
	case graph.Government:
		return string(graph.Organisation)
	case "":
		return string(graph.Organisation)
	}
	return string(t)
}

// agent returns the name of who is meant at a subject, nil when unknown, and why.
func (f *former) agent(subject graph.ID, p graph.Predicate) (*string, string) {
	r := f.answers[[2]string{string(subject), string(p)}]
	if a := f.agents[r.Agent]; a != nil && a.Type != graph.Anonymous {
		return &a.Name, r.Reason
	}
	return nil, r.Reason
}

func (f *former) credited(s graph.Statistic, sources map[graph.ID]int) *string {
	i, ok := sources[s.SourceID]
	if !ok {
		return nil
	}
	if name, _ := f.agent(s.SourceID, graph.AttributedTo); name != nil {
		return name
	}
	return orNull(f.r.Sources[i].Publisher)
}

func (f *former) publisher(s graph.Source) *string {
	if name, _ := f.agent(s.ID, graph.AttributedTo); name != nil && s.Publisher != "" {
		return name
	}
	return orNull(s.Publisher)
}

func (f *former) span(s graph.Span) FormSpan {
	p := f.o.Points(s)
	return FormSpan{p.Start, p.End}
}

func (f *former) spans(ps []graph.Passage) []FormSpan {
	var out []FormSpan
	for _, p := range ps {
		out = append(out, f.span(p.Span))
	}
	return out
}

// first is the first span of a content, by which a relation names it.
func (f *former) first(ps []graph.Passage) FormSpan {
	return f.span(ps[0].Span)
}

func share(c graph.Confidence) float64 { return float64(c) / 1000 }

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// list makes an absent list an empty one.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func index[T any](items []T, id func(T) graph.ID) map[graph.ID]int {
	m := make(map[graph.ID]int, len(items))
	for i, item := range items {
		m[id(item)] = i
	}
	return m
}

func at(m map[graph.ID]int, id graph.ID) *int {
	if i, ok := m[id]; ok {
		return &i
	}
	return nil
}
