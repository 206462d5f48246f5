package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"whence/graph"
)

type pathsJSON struct {
	presence
	From     []nodeJSON `json:"from"`
	To       []nodeJSON `json:"to"`
	Paths    []pathJSON `json:"paths"`
	LeftOut  []string   `json:"left_out"`
	Warnings []string   `json:"warnings"`
}

type pathJSON struct {
	Cost int           `json:"cost"`
	Hops []pathHopJSON `json:"hops"`
}

type pathHopJSON struct {
	Node     nodeJSON      `json:"node"`
	Document *documentJSON `json:"document"`
	Speaker  *agentJSON    `json:"speaker"`
	Evidence []passageJSON `json:"evidence"`
	Edges    []edgeJSON    `json:"edges"`
	Relation *relationJSON `json:"relation"`
}

// paths tells how two things are connected.
func paths(ctx context.Context, q *question) (*answer, error) {
	o := graph.PathOptions{
		Count: q.number("count", graph.DefaultPaths, 1, graph.MaxPaths), Length: q.number("length", graph.DefaultPathLength, 1, graph.MaxPathLength),
		MinConfidence: graph.Confidence(q.number("min_confidence", int(graph.FamilyThreshold), 1, 1000)), Declared: q.declared(),
		Commenters: q.flag("commenters"), Through: q.flag("through"),
	}
	from, err := q.things(ctx, "from", o.Commenters)
	if err != nil {
		return q.unconnected(ctx, err)
	}
	to, err := q.things(ctx, "to", o.Commenters)
	if err != nil {
		return q.unconnected(ctx, err)
	}
	connected, cut, err := graph.Paths(ctx, q, ids(from), ids(to), o)
	if err != nil {
		return nil, err
	}
	a := &answer{title: nameOf(from[0]) + " – " + nameOf(to[0]), roots: append(ids(from), ids(to)...)}
	a.graph = drawn(connected)
	a.graph.Cut = cut
	if q.dot {
		return a, nil
	}
	out := pathsJSON{
		presence: presence{Answer: found}, From: each(from, q.wire.node), To: each(to, q.wire.node), LeftOut: some(cut), Warnings: some(q.Warnings()),
	}
	if len(connected) == 0 {
		out.presence = presence{Answer: knownNone, Why: "Nothing that is held connects the two by what claims go by."}
		o.MinConfidence, o.Count = 1, 1
		lower, _, err := graph.Paths(ctx, q, ids(from), ids(to), o)
		if err != nil {
			return nil, err
		}
		if len(lower) > 0 {
			out.presence = presence{Answer: suppressed, Why: "What connects the two has a lower score than was asked for."}
		}
	}
	if out.Paths, err = q.pathsJSON(ctx, connected); err != nil {
		return nil, err
	}
	a.body = out
	return a, nil
}

// wordless says that the words of a parameter are no agent's name, and that no claim holds them.
type wordless struct{ words string }

func (w *wordless) Error() string {
	return fmt.Sprintf("no agent is called %q and no claim holds these words: %v", clip(w.words), graph.ErrNotFound)
}
func (w *wordless) Unwrap() error { return graph.ErrNotFound }

// unconnected is the answer when an end was not found, if that is because of its words.
func (q *question) unconnected(ctx context.Context, err error) (*answer, error) {
	var w *wordless
	if !errors.As(err, &w) {
		return nil, err
	}
	p, err := q.noClaim(ctx, w.words)
	if p.Answer == knownNone {
		p.Why = known(capital(sentence(w)))
	}
	return &answer{body: emptyPaths(p), unseen: p.unseen, without: func(p presence) *answer { return &answer{body: emptyPaths(p)} }}, err
}

// noPaths is the answer when what one end names is not held.
func noPaths(why error) *answer { return &answer{body: emptyPaths(absentBecause(why))} }

func emptyPaths(p presence) pathsJSON {
	return pathsJSON{presence: p, From: []nodeJSON{}, To: []nodeJSON{}, Paths: []pathJSON{}, LeftOut: []string{}, Warnings: []string{}}
}

// maxThings bounds the claims that words are taken for.
const maxThings = 20

// things returns what a parameter names: a node by its ID, else the agent with
// that name, else the claims that hold the words.
func (q *question) things(ctx context.Context, parameter string, commenters bool) ([]graph.Node, error) {
	asked := strings.TrimSpace(q.text(parameter))
	if asked == "" || len(graph.FoldWords(asked)) == 0 {
		q.fail(parameter, "want a node's ID, an agent's name, or words of a claim")
	}
	if q.err != nil {
		return nil, q.err
	}
	if id := graph.ParseID(asked); !strings.ContainsAny(asked, " \t\n") && strings.Contains(string(id), ":") {
		if id = q.parseID(parameter, asked); q.err != nil {
			return nil, q.err
		}
		nodes, err := q.Nodes(ctx, []graph.ID{id})
		if err == nil && len(nodes) == 0 {
			err = &missing{parameter: parameter, noun: "node", id: id}
		}
		return nodes, err
	}
	agent, err := q.agentNamed(ctx, parameter, asked, commenters)
	if err == nil {
		return q.Nodes(ctx, []graph.ID{agent})
	}
	if !errors.Is(err, graph.ErrNotFound) {
		return nil, err
	}
	roots, err := graph.FindRoots(ctx, q, asked, graph.TraceOptions{Limit: maxThings, Commenters: commenters})
	if errors.Is(err, graph.ErrNotFound) {
		return nil, &wordless{asked}
	}
	if err != nil {
		return nil, &paramError{parameter, err}
	}
	return q.Nodes(ctx, roots)
}

func ids(nodes []graph.Node) []graph.ID { return each(nodes, graph.Node.NodeID) }

// pathsJSON converts paths, with the words of every hop.
func (q *question) pathsJSON(ctx context.Context, found []graph.Path) ([]pathJSON, error) {
	var around []graph.Node
	var claims []graph.ID
	for _, p := range found {
		for _, h := range p.Hops {
			around = append(around, h.Node)
			if h.Relation != nil {
				around = append(around, h.Relation)
			}
			if c, ok := h.Node.(*graph.Claim); ok {
				claims = append(claims, c.ID)
			}
		}
	}
	if err := q.wire.readFor(ctx, q, around...); err != nil {
		return nil, err
	}
	views, err := graph.ViewClaims(ctx, q, claims)
	if err != nil {
		return nil, err
	}
	return each(found, func(p graph.Path) pathJSON {
		return pathJSON{p.Cost, each(p.Hops, func(h graph.PathHop) pathHopJSON { return q.pathHop(h, views) })}
	}), nil
}

func (q *question) pathHop(h graph.PathHop, views map[graph.ID]graph.ClaimView) pathHopJSON {
	w := &q.wire
	out := pathHopJSON{Node: w.node(h.Node), Evidence: []passageJSON{}, Edges: each(h.Edges, w.edge)}
	switch n := h.Node.(type) {
	case *graph.Claim:
		v := views[n.ID]
		out.Document, out.Speaker, out.Evidence = w.document(v.Document), w.agent(v.Speaker), w.passages(n.Version, n.Content)
	case *graph.Statistic:
		out.Evidence = w.passages(n.Version, []graph.Passage{n.Sentence})
	case *graph.Source:
		out.Evidence = w.passages(n.Version, n.Passages)
	case *graph.Document:
		out.Document = w.document(n)
	case *graph.Agent:
		out.Speaker = w.agent(n)
	}
	if h.Relation != nil {
		r := w.relation(h.Relation)
		out.Relation = &r
	}
	return out
}

// drawn is the subgraph of paths.
func drawn(found []graph.Path) graph.Subgraph {
	var g graph.Subgraph
	for _, p := range found {
		for _, h := range p.Hops {
			g.Nodes = append(g.Nodes, h.Node)
			g.Edges = append(g.Edges, h.Edges...)
		}
	}
	g.Sort()
	return g
}
