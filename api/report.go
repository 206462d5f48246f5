package api

import (
	"bytes"
	"context"
	"slices"

	"whence/graph"
	"whence/graph/report"
)

// reportJSON is one page of a report.
type reportJSON struct {
	pageJSON[findingJSON]
	Kind    report.Kind `json:"kind"`
	Title   string      `json:"title"`
	Total   int         `json:"total"`
	Counts  []countJSON `json:"counts"`
	Undated []nodeJSON  `json:"undated"`
	Unseen  []string    `json:"unseen"`
}

type countJSON struct {
	Type  string `json:"type"`
	Count int    `json:"count"`
}

type findingJSON struct {
	ID       graph.ID        `json:"id"`
	Type     string          `json:"type"`
	Severity report.Severity `json:"severity"`
	Date     known           `json:"date"`
	Why      string          `json:"why"`
	Subject  nodeJSON        `json:"subject"`
	Claim    *claimJSON      `json:"claim"` // when the subject is one
	Document *documentJSON   `json:"document"`
	Hops     []hopJSON       `json:"hops"`
	Values   []valueJSON     `json:"values"`
}

type hopJSON struct {
	Node     nodeJSON      `json:"node"`
	Speaker  *agentJSON    `json:"speaker"`
	Document *documentJSON `json:"document"`
	Evidence []passageJSON `json:"evidence"`
	By       *relationJSON `json:"by"`
	Why      string        `json:"why"`
}

type valueJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// reportKindJSON is a report that can be asked for.
type reportKindJSON struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
}

// reports lists the reports that there are.
func reports(context.Context, *question) (*answer, error) {
	kinds := each(report.Kinds(), func(v report.Value) reportKindJSON { return reportKindJSON{v.Name, v.Value} })
	return &answer{body: pageJSON[reportKindJSON]{presence: presence{Answer: found}, Items: kinds, Warnings: []string{}}}, nil
}

// maxUndated bounds the undated claims that a report names.
const maxUndated = 100

// reportOf makes one report.
func reportOf(ctx context.Context, q *question) (*answer, error) {
	f := report.Filter{
		Publisher: q.text("publisher"), Document: q.id("document"), From: q.date("from"), To: q.date("to"), Commenters: q.flag("commenters"),
		Severity: report.Severity(q.number("severity", 0, 0, 1000)), Grace: q.number("grace", report.DefaultGrace, 0, 366),
	}
	if f.Grace == 0 {
		f.Grace = -1 // none was asked for
	}
	speaker, after, limit := q.text("speaker"), q.cursor(), q.number("limit", defaultLimit, 1, maxLimit)
	asCSV := oneOf(q, "format", []string{"json", "csv"}) == "csv"
	q.ordered(f.From, f.To)
	if q.err != nil {
		return nil, q.err
	}
	if err := q.holds(ctx, "document", "document", f.Document); err != nil {
		return nil, err
	}
	var err error
	if f.Speaker, err = q.agentNamed(ctx, "speaker", speaker, f.Commenters); err != nil {
		return nil, err
	}
	r, err := report.New(q.survey, report.Kind(q.path), f)
	if err != nil {
		return nil, &paramError{"id", err}
	}
	if asCSV {
		var out bytes.Buffer
		err := report.CSV(&out, q.survey, r)
		return &answer{csv: out.Bytes()}, err
	}
	findings, next, err := pageAfter(r.Findings, after, limit)
	if err != nil {
		return nil, err
	}
	var around []graph.Node
	for _, x := range findings {
		around = append(around, q.survey.Node(x.Subject))
		for _, h := range x.Hops {
			around = append(around, q.survey.Node(h.Node))
			if h.By != nil {
				around = append(around, h.By)
			}
		}
	}
	if err := q.wire.readFor(ctx, q, around...); err != nil {
		return nil, err
	}
	a, err := pageOf(q, graph.Page[report.Finding]{Items: findings, Next: next, Warnings: q.survey.Warnings}, q.finding, func() (presence, error) {
		p, err := q.none(ctx, "claim", nil)
		if err != nil || p.Answer != knownNone {
			return p, err
		}
		p.Why = "Nothing that is held is such."
		if f.Severity > 0 {
			f.Severity = 0
			milder, err := report.New(q.survey, r.Kind, f)
			if err != nil {
				return p, err
			}
			if len(milder.Findings) > 0 {
				p = presence{Answer: suppressed, Why: "What there is has a lower severity than was asked for."}
			}
		}
		return p, nil
	})
	if err != nil {
		return nil, err
	}
	out := reportJSON{
		pageJSON: a.body.(pageJSON[findingJSON]), Kind: r.Kind, Title: r.Title, Total: len(r.Findings),
		Counts: each(r.Counts, func(c report.Count) countJSON { return countJSON(c) }), Unseen: some(r.Unseen), Undated: []nodeJSON{},
	}
	for _, id := range r.Undated[:min(len(r.Undated), maxUndated)] {
		if n := q.survey.Node(id); n != nil {
			out.Undated = append(out.Undated, q.wire.node(n))
		}
	}
	return &answer{body: out}, nil
}

// noFindings is a report about what is not held.
func noFindings(why error) *answer {
	none := noPage[findingJSON](why).body.(pageJSON[findingJSON])
	return &answer{body: reportJSON{pageJSON: none, Counts: []countJSON{}, Undated: []nodeJSON{}, Unseen: []string{}}}
}

// pageAfter returns the findings after one, at most limit, and the cursor for more.
func pageAfter(findings []report.Finding, after graph.ID, limit int) (page []report.Finding, next graph.ID, err error) {
	if after != "" {
		i := slices.IndexFunc(findings, func(x report.Finding) bool { return x.ID == after })
		if i < 0 {
			return nil, "", invalid("cursor", "%s is no finding of this report", clip(after.Short()))
		}
		findings = findings[i+1:]
	}
	if len(findings) > limit {
		return findings[:limit], findings[limit-1].ID, nil
	}
	return findings, "", nil
}

// finding converts a finding of the survey whose texts were read.
func (q *question) finding(x report.Finding) findingJSON {
	s, w := q.survey, &q.wire
	out := findingJSON{
		ID: x.ID, Type: x.Type, Severity: x.Severity, Date: known(x.Date), Why: x.Why, Subject: nodeJSON{ID: x.Subject},
		Hops: each(x.Hops, q.hop), Values: each(x.Values, func(v report.Value) valueJSON { return valueJSON(v) }), Document: w.document(s.Document(x.Subject)),
	}
	if n := s.Node(x.Subject); n != nil {
		out.Subject = w.node(n)
	}
	if c := s.Claim(x.Subject); c != nil {
		claim := w.claim(c.ClaimView)
		out.Claim, out.Document = &claim, claim.Document
	}
	return out
}

func (q *question) hop(h report.Hop) hopJSON {
	s, w := q.survey, &q.wire
	out := hopJSON{Node: nodeJSON{ID: h.Node, Name: h.Node.Short()}, Document: w.document(s.Document(h.Document)), Why: h.Why}
	var version graph.ID
	switch n := s.Node(h.Node).(type) {
	case *graph.Claim:
		version = n.Version
	case *graph.Statistic:
		version = n.Version
	case *graph.Source:
		version = n.Version
	case *graph.Relation:
		version = n.Version
	}
	if n := s.Node(h.Node); n != nil {
		out.Node = w.node(n)
	}
	if c := s.Claim(h.Node); c != nil {
		out.Speaker = w.agent(c.Speaker)
	}
	if h.By != nil {
		by := w.relation(h.By)
		out.By = &by
	}
	out.Evidence = w.passages(version, h.Evidence)
	return out
}
