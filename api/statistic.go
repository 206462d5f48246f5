package api

import (
	"context"

	"whence/graph"
)

// statistics lists figures.
func statistics(ctx context.Context, q *question) (*answer, error) {
	query := graph.StatisticQuery{
		Words: q.words(), Document: q.id("document"), Commenters: q.flag("commenters"),
		After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
	}
	source := q.text("source")
	if q.err != nil {
		return nil, q.err
	}
	if err := q.holds(ctx, "document", "document", query.Document); err != nil {
		return nil, err
	}
	var err error
	if query.Source, err = q.agentNamed(ctx, "source", source, query.Commenters); err != nil {
		return nil, err
	}
	page, err := graph.Statistics(ctx, q, query)
	if err != nil {
		return nil, err
	}
	var spans []graph.Node
	for _, v := range page.Items {
		spans = append(spans, v.Statistic)
		if v.Source != nil {
			spans = append(spans, v.Source)
		}
	}
	if err := q.wire.readFor(ctx, q, spans...); err != nil {
		return nil, err
	}
	return pageOf(q, page, q.wire.statistic, func() (presence, error) { return q.none(ctx, "figure", page.Warnings) })
}

// noStatistics is a list without figures.
func noStatistics(why error) *answer { return noPage[statisticJSON](why) }
