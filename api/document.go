package api

import (
	"context"
	"fmt"
	"slices"

	"whence/graph"
)

// documents lists documents.
func documents(ctx context.Context, q *question) (*answer, error) {
	query := graph.DocumentQuery{
		Words: q.words(), Publisher: q.text("publisher"), Kind: oneOf(q, "kind", graph.DocumentKinds), From: q.date("from"), To: q.date("to"),
		After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
	}
	q.ordered(query.From, query.To)
	if q.err != nil {
		return nil, q.err
	}
	page, err := graph.Documents(ctx, q, query)
	if err != nil {
		return nil, err
	}
	return pageOf(q, page, q.wire.document, func() (presence, error) { return q.none(ctx, "document", page.Warnings) })
}

// document shows one document. Readers' comments are in it only when asked for,
// and then the whole text may be too, which holds them.
func document(ctx context.Context, q *question) (*answer, error) {
	commenters, whole := q.flag("commenters"), q.flag("text")
	n, err := q.node(ctx, "document")
	if err != nil {
		return nil, err
	}
	d, ok := n.(*graph.Document)
	if !ok {
		return nil, invalid("id", "%s is a %s, not a document", n.NodeID().Short(), n.NodeType())
	}
	if err := q.dated("document", d.ID, d.Published); err != nil {
		return nil, err
	}
	out := documentViewJSON{documentJSON: *q.wire.document(d), WrittenBy: []*agentJSON{}, Versions: []versionJSON{}, Segments: []segmentJSON{}}
	if err := q.credits(ctx, d.ID, &out); err != nil {
		return nil, err
	}
	versions, err := neighbours[*graph.Version](ctx, q, d.ID, graph.VersionOf)
	if err != nil {
		return nil, err
	}
	warnings := slices.Clone(q.Warnings())
	comments := 0
	for _, v := range versions {
		if err := q.wire.read(ctx, q, v.ID); err != nil {
			return nil, err
		}
		version := q.wire.version(v)
		if t := q.wire.texts[v.ID]; whole && t != nil {
			version.Text = &t.words
		}
		out.Versions = append(out.Versions, version)
		segments, err := neighbours[*graph.Segment](ctx, q, v.ID, graph.SegmentOf)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(segments, func(a, b *graph.Segment) int { return a.Passage.Start - b.Passage.Start })
		for _, s := range segments {
			if s.Type.IsReader() && !commenters {
				comments++
				continue
			}
			out.Segments = append(out.Segments, *q.wire.segment(s))
		}
	}
	switch {
	case comments == 1:
		warnings = append(warnings, "1 comment of a reader is left out.")
	case comments > 1:
		warnings = append(warnings, fmt.Sprintf("%d comments of readers are left out.", comments))
	}
	cited, err := q.Out(ctx, []graph.ID{d.ID}, graph.Cites, graph.LinksTo)
	if err != nil {
		return nil, err
	}
	sources, err := nodesOf[*graph.Source](ctx, q, each(cited, func(e graph.Edge) graph.ID { return e.To }))
	if err != nil {
		return nil, err
	}
	if err := q.wire.readFor(ctx, q, each(sources, func(s *graph.Source) graph.Node { return s })...); err != nil {
		return nil, err
	}
	out.Cites = each(sources, q.wire.source)
	return &answer{body: one[documentViewJSON]{found, out, some(warnings)}}, nil
}

// credits fills in who published and wrote a document.
func (q *question) credits(ctx context.Context, id graph.ID, out *documentViewJSON) error {
	resolved, err := q.Resolved(ctx, []graph.ID{id}, graph.PublishedBy, graph.WrittenBy)
	if err != nil {
		return err
	}
	agents, err := nodesOf[*graph.Agent](ctx, q, each(resolved, func(r graph.Resolved) graph.ID { return r.Agent }))
	if err != nil {
		return err
	}
	for _, a := range agents {
		for _, r := range resolved {
			switch {
			case r.Agent != a.ID:
			case r.Predicate == graph.WrittenBy:
				out.WrittenBy = append(out.WrittenBy, q.wire.agent(a))
			case out.PublishedBy == nil:
				out.PublishedBy = q.wire.agent(a)
			}
		}
	}
	return nil
}

// neighbours reads the nodes of a type from which edges of a kind lead to a node.
func neighbours[T graph.Node](ctx context.Context, r graph.Reader, to graph.ID, kind graph.Predicate) ([]T, error) {
	edges, err := r.In(ctx, []graph.ID{to}, kind)
	if err != nil {
		return nil, err
	}
	return nodesOf[T](ctx, r, each(edges, func(e graph.Edge) graph.ID { return e.From }))
}

// nodesOf reads nodes of one type, in order of ID, each once.
func nodesOf[T graph.Node](ctx context.Context, r graph.Reader, ids []graph.ID) ([]T, error) {
	ids = slices.DeleteFunc(ids, func(id graph.ID) bool { return id == "" })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil, nil
	}
	nodes, err := r.Nodes(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []T
	for _, n := range nodes {
		if t, ok := n.(T); ok {
			out = append(out, t)
		}
	}
	return out, nil
}
