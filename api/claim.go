package api

import (
	"context"
	"fmt"
	"strings"

	"whence/graph"
)

// claims lists claims.
func claims(ctx context.Context, q *question) (*answer, error) {
	query := graph.ClaimQuery{
		Words: q.words(), Document: q.id("document"), Mode: oneOf(q, "mode", graph.Modes), From: q.date("from"), To: q.date("to"),
		Commenters: q.flag("commenters"), ByWorth: oneOf(q, "sort", []string{"worth"}) != "", After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
		MinConfidence: graph.Confidence(q.number("min_confidence", 0, 1, 1000)),
	}
	speaker := q.text("speaker")
	q.ordered(query.From, query.To)
	if q.err != nil {
		return nil, q.err
	}
	if err := q.holds(ctx, "document", "document", query.Document); err != nil {
		return nil, err
	}
	var err error
	if query.Speaker, err = q.agentNamed(ctx, "speaker", speaker, query.Commenters); err != nil {
		return nil, err
	}
	page, err := graph.Claims(ctx, q, query)
	if err != nil {
		return nil, err
	}
	if err := q.wire.readFor(ctx, q, each(page.Items, func(v graph.ClaimView) graph.Node { return v.Claim })...); err != nil {
		return nil, err
	}
	return pageOf(q, page, q.wire.claim, func() (presence, error) {
		count := func(query graph.ClaimQuery) func() (int, error) {
			return func() (int, error) {
				query.Limit = 1
				page, err := graph.Claims(ctx, q, query)
				return len(page.Items) + len(q.leftOut(page.Warnings)), err
			}
		}
		l := lookup{noun: "claim", words: query.Words, document: query.Document, warnings: page.Warnings}
		l.narrowed = speaker != "" || query.Mode != "" || query.From != "" || query.To != ""
		l.aside = count(graph.ClaimQuery{Words: query.Words, Document: query.Document, Commenters: true})
		if query.MinConfidence > 0 {
			query.MinConfidence = 0
			l.lower = count(query)
		}
		return q.absence(ctx, l)
	})
}

// noClaims is a list without claims.
func noClaims(why error) *answer { return noPage[claimJSON](why) }

// claim shows one claim, also one of a reader.
func claim(ctx context.Context, q *question) (*answer, error) {
	c, err := q.claim(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.dated("claim", c.ID, c.StatedOn); err != nil {
		return nil, err
	}
	page, err := graph.Claims(ctx, only{q, c.ID}, graph.ClaimQuery{Commenters: true})
	if err != nil {
		return nil, err
	}
	if len(page.Items) != 1 {
		return nil, fmt.Errorf("%d claims are %s: %w", len(page.Items), c.ID, graph.ErrDamaged)
	}
	if err := q.wire.readFor(ctx, q, c); err != nil {
		return nil, err
	}
	return &answer{body: one[claimJSON]{found, q.wire.claim(page.Items[0]), some(page.Warnings)}}, nil
}

// only is a reader that lists one node.
type only struct {
	graph.Reader
	id graph.ID
}

func (r only) List(_ context.Context, _ graph.NodeType, after graph.ID, _ int) ([]graph.ID, error) {
	if after >= r.id {
		return nil, nil
	}
	return []graph.ID{r.id}, nil
}

// claim reads the claim that the path names.
func (q *question) claim(ctx context.Context) (*graph.Claim, error) {
	n, err := q.node(ctx, "claim")
	if err != nil {
		return nil, err
	}
	c, ok := n.(*graph.Claim)
	if !ok {
		return nil, invalid("id", "%s is a %s, not a claim", n.NodeID().Short(), n.NodeType())
	}
	return c, nil
}

// node reads the node that the path names.
func (q *question) node(ctx context.Context, noun string) (graph.Node, error) {
	id := q.pathID()
	if q.err != nil {
		return nil, q.err
	}
	nodes, err := q.Nodes(ctx, []graph.ID{id})
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, &missing{parameter: "id", noun: noun, id: id}
	}
	return nodes[0], nil
}

// holds checks that what a filter names is held. "" names nothing.
func (q *question) holds(ctx context.Context, parameter, noun string, id graph.ID) error {
	if id == "" {
		return nil
	}
	nodes, err := q.Nodes(ctx, []graph.ID{id})
	if err != nil {
		return err
	}
	if len(nodes) == 0 {
		return &missing{parameter: parameter, noun: noun, id: id}
	}
	return nil
}

// dated checks that something was stated by the date that is asked about.
func (q *question) dated(noun string, id graph.ID, on graph.Date) error {
	switch {
	case q.at.AsOf == "":
		return nil
	case on == "":
		return &paramError{"as_of", fmt.Errorf("the %s %s is undated: %w", noun, id.Short(), graph.ErrNotFound)}
	case on.After(q.at.AsOf):
		return &paramError{"as_of", fmt.Errorf("the %s %s was stated on %s: %w", noun, id.Short(), on, graph.ErrNotFound)}
	}
	return nil
}

// cursor returns where a page begins: the ID that the page before gave as next.
func (q *question) cursor() graph.ID { return q.id("cursor") }

// agentNamed returns the agent that a parameter names by its ID, its whole name
// or one of its other names. ErrConflict when several have that name.
func (q *question) agentNamed(ctx context.Context, parameter, name string, commenters bool) (graph.ID, error) {
	if name == "" {
		return "", nil
	}
	if id := graph.ParseID(name); strings.HasPrefix(string(id), graph.Namespace) {
		id = q.parseID(parameter, name)
		if q.err != nil {
			return "", q.err
		}
		return id, q.holds(ctx, parameter, "agent", id)
	}
	name = graph.FoldSpace(name)
	if len(graph.FoldWords(name)) == 0 {
		return "", invalid(parameter, "has no letter or digit")
	}
	page, err := graph.Agents(ctx, q, graph.AgentQuery{Words: name, Commenters: commenters})
	if err != nil {
		return "", err
	}
	var named, also []string
	for _, a := range page.Items {
		switch {
		case strings.EqualFold(a.Name, name):
			named = append(named, a.ID.Short())
		case hasFold(a.Aliases, name):
			also = append(also, a.ID.Short())
		}
	}
	if len(named) == 0 {
		named = also
	}
	switch len(named) {
	case 0:
		return "", &missing{parameter: parameter, noun: "agent", name: name}
	case 1:
		return graph.ParseID(named[0]), nil
	}
	return "", &paramError{parameter, fmt.Errorf("%q is the name of several: %s: %w", name, strings.Join(named, ", "), graph.ErrConflict)}
}

func hasFold(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}
