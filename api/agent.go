package api

import (
	"context"

	"whence/graph"
)

// agentTypes lists every type of agent.
var agentTypes = []graph.AgentType{
	graph.Person, graph.Organisation, graph.Government, graph.Publication, graph.Anonymous, graph.Programme, graph.Place,
}

// agents lists agents.
func agents(ctx context.Context, q *question) (*answer, error) {
	query := graph.AgentQuery{
		Words: q.words(), Type: oneOf(q, "type", agentTypes), Commenters: q.flag("commenters"),
		After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
	}
	if q.err != nil {
		return nil, q.err
	}
	page, err := graph.Agents(ctx, q, query)
	if err != nil {
		return nil, err
	}
	return pageOf(q, page, q.wire.agent, func() (presence, error) {
		return q.absence(ctx, lookup{
			noun: "agent", words: query.Words, narrowed: query.Type != "", warnings: page.Warnings,
			aside: func() (int, error) {
				page, err := graph.Agents(ctx, q, graph.AgentQuery{Words: query.Words, Commenters: true, Limit: 1})
				return len(page.Items), err
			},
		})
	})
}

// agent shows one agent.
func agent(ctx context.Context, q *question) (*answer, error) {
	n, err := q.node(ctx, "agent")
	if err != nil {
		return nil, err
	}
	a, ok := n.(*graph.Agent)
	if !ok {
		return nil, invalid("id", "%s is a %s, not an agent", n.NodeID().Short(), n.NodeType())
	}
	return &answer{body: one[*agentJSON]{found, q.wire.agent(a), some(q.Warnings())}}, nil
}
