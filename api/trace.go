package api

import (
	"context"
	"errors"
	"strings"

	"whence/graph"
	"whence/graph/export"
)

type traceJSON struct {
	presence
	Query    string        `json:"query"`
	Roots    []graph.ID    `json:"roots"`
	Claims   []tracedJSON  `json:"claims"`
	Origins  []*sourceJSON `json:"origins"`
	Graph    export.Graph  `json:"graph"`
	Warnings []string      `json:"warnings"`
}

// tracedJSON is one claim of a family with all that is known of where it comes from.
type tracedJSON struct {
	Claim      claimJSON       `json:"claim"`
	Root       bool            `json:"root"`
	SaidIn     *sourceJSON     `json:"said_in"`
	Origin     known           `json:"origin"`
	Within     *claimJSON      `json:"within"`
	Figures    []statisticJSON `json:"figures"`
	Cites      []*sourceJSON   `json:"cites"`
	Matches    []relationJSON  `json:"matches"`
	Qualifiers []qualifierJSON `json:"qualifiers"`
	Family     graph.ID        `json:"family"`
	Retells    *retellingJSON  `json:"retells"`
	Takes      []relationJSON  `json:"takes"`
	Path       []edgeJSON      `json:"path"`
	End        endJSON         `json:"end"`
	Said       wayJSON         `json:"said"`
	Fact       wayJSON         `json:"fact"`
	Branches   []wayJSON       `json:"branches"`
}

// wayJSON is a way from a claim to where it comes from.
type wayJSON struct {
	Path  []edgeJSON       `json:"path"`
	End   endJSON          `json:"end"`
	Depth int              `json:"depth"`
	Basis known            `json:"basis"`
	Score graph.Confidence `json:"score"`
}

// retellingJSON is the claim that has the words which another tells in short.
type retellingJSON struct {
	Of       graph.ID `json:"of"`
	Words    int      `json:"words"`
	OwnWords int      `json:"own_words"`
}

type qualifierJSON struct {
	Relation relationJSON   `json:"relation"`
	Target   nodeJSON       `json:"target"`
	Speaker  *agentJSON     `json:"speaker"`
	Document *documentJSON  `json:"document"`
	Held     *documentJSON  `json:"held"`
	Inferred bool           `json:"inferred"`
	Via      []relationJSON `json:"via"`
}

type endJSON struct {
	Kind graph.EndKind `json:"kind"`
	Node graph.ID      `json:"node"`
	Why  string        `json:"why"`
}

// traceOptions reads the bounds of a trace.
func (q *question) traceOptions() graph.TraceOptions {
	return graph.TraceOptions{
		Depth:         q.number("depth", graph.DefaultTraceDepth, 1, graph.MaxTraceDepth),
		Limit:         q.number("limit", graph.DefaultTraceLimit, 1, graph.MaxTraceLimit),
		MinConfidence: graph.Confidence(q.number("min_confidence", int(graph.FamilyThreshold), 1, 1000)),
		Commenters:    q.flag("commenters"),
		Declared:      q.declared(),
	}
}

// traceClaim follows one claim to where it comes from.
func traceClaim(ctx context.Context, q *question) (*answer, error) {
	o := q.traceOptions()
	c, err := q.claim(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.dated("claim", c.ID, c.StatedOn); err != nil {
		return nil, err
	}
	return q.trace(ctx, string(c.ID), []graph.ID{c.ID}, o)
}

// holdsAsked checks that what is asked about is held, when it is an ID and not words.
func (q *question) holdsAsked(ctx context.Context, asked string) error {
	id := graph.ParseID(asked)
	named := strings.HasPrefix(string(id), graph.Namespace) && !strings.ContainsAny(asked, " \t\n")
	if named {
		q.parseID("q", asked)
	}
	if q.err != nil || !named {
		return q.err
	}
	return q.holds(ctx, "q", "claim", id)
}

// traceWords follows the claims that hold some words, or the one that an ID names.
func traceWords(ctx context.Context, q *question) (*answer, error) {
	o := q.traceOptions()
	asked := strings.TrimSpace(q.words())
	if asked == "" {
		q.fail("q", "want a claim's ID, or words of it")
	}
	if err := q.holdsAsked(ctx, asked); err != nil {
		return nil, err
	}
	roots, err := graph.FindRoots(ctx, q, asked, o)
	switch {
	case errors.Is(err, graph.ErrNotFound):
		return q.untraced(ctx, asked, err)
	case err != nil:
		return nil, &paramError{"q", err}
	}
	return q.trace(ctx, asked, roots, o)
}

// trace traces the roots.
func (q *question) trace(ctx context.Context, asked string, roots []graph.ID, o graph.TraceOptions) (*answer, error) {
	t, err := graph.TraceClaims(ctx, q, asked, roots, o)
	if err != nil {
		return nil, err
	}
	a := &answer{graph: t.Subgraph, roots: t.Roots, title: asked}
	if len(t.Claims) > 0 && len(t.Roots) == 1 {
		a.title = nameOf(t.Claims[0].Claim)
	}
	if q.dot {
		return a, nil
	}
	if err := q.wire.readFor(ctx, q, t.Subgraph.Nodes...); err != nil {
		return nil, err
	}
	w := &q.wire
	around, err := w.graph(t.Subgraph)
	a.body = traceJSON{
		presence: presence{Answer: found}, Query: t.Query, Roots: some(t.Roots), Claims: each(t.Claims, w.traced),
		Origins: each(t.Origins, w.source), Graph: around, Warnings: some(t.Warnings),
	}
	return a, err
}

// untraced is the trace of words that no claim holds; why is what FindRoots says.
func (q *question) untraced(ctx context.Context, asked string, why error) (*answer, error) {
	p, err := q.noClaim(ctx, asked)
	if err != nil {
		return nil, err
	}
	if p.Answer == knownNone {
		p.Why = known(capital(sentence(why))) // which says what was left aside
	}
	nothing, err := q.wire.graph(graph.Subgraph{})
	body := traceJSON{
		presence: p, Query: asked, Roots: []graph.ID{}, Claims: []tracedJSON{}, Origins: []*sourceJSON{}, Graph: nothing, Warnings: some(q.Warnings()),
	}
	return &answer{title: asked, body: body, unseen: p.unseen, without: func(p presence) *answer {
		body.presence = p
		return &answer{title: asked, body: body}
	}}, err
}

func (w *wire) traced(c graph.TracedClaim) tracedJSON {
	out := tracedJSON{
		Claim: w.claim(c.ClaimView), Root: c.Root, SaidIn: w.source(c.SaidIn), Origin: known(c.Origin),
		Figures: each(c.Figures, w.statistic), Cites: each(c.Cites, w.source), Matches: each(c.Matches, w.relation),
		Qualifiers: each(c.Qualifiers, w.qualifier), Path: each(c.Path, w.edge), End: endJSON(c.End),
		Family: c.Family, Takes: each(c.Takes, func(t graph.Take) relationJSON { return w.relation(t.Relation) }),
		Said: w.way(c.Said), Fact: w.way(c.Fact), Branches: each(c.Branches, w.way),
	}
	if r := c.Retells; r != nil {
		out.Retells = &retellingJSON{r.Of, r.Words, r.Own}
	}
	if c.Within != nil {
		within := w.claim(*c.Within)
		out.Within = &within
	}
	return out
}

func (w *wire) way(x graph.Way) wayJSON {
	return wayJSON{each(x.Path, w.edge), endJSON(x.End), x.Depth, known(x.Basis), x.Score}
}

func (w *wire) qualifier(x graph.Qualifier) qualifierJSON {
	return qualifierJSON{
		Relation: w.relation(x.Relation), Target: w.node(x.Target), Speaker: w.agent(x.Speaker), Document: w.document(x.Document),
		Held: w.document(x.Held), Inferred: x.Inferred, Via: each(x.Via, w.relation),
	}
}
