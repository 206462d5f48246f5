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
		MinConfidence: graph.Confidence(q.number("min_confidence", 0, 1, 1000)),
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
	return pageOf(q, page, q.wire.statistic, func() (presence, error) {
		count := func(query graph.StatisticQuery) func() (int, error) {
			return func() (int, error) {
				query.Limit = 1
				page, err := graph.Statistics(ctx, q, query)
				return len(page.Items) + len(q.leftOut(page.Warnings)), err
			}
		}
		l := lookup{noun: "figure", words: query.Words, document: query.Document, narrowed: source != "", warnings: page.Warnings}
		l.aside = count(graph.StatisticQuery{Words: query.Words, Document: query.Document, Commenters: true})
		if query.MinConfidence > 0 {
			query.MinConfidence = 0
			l.lower = count(query)
		}
		return q.absence(ctx, l)
	})
}

// noStatistics is a list without figures.
func noStatistics(why error) *answer { return noPage[statisticJSON](why) }
