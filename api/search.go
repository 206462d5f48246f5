package api

import (
	"context"

	"whence/graph"
)

// passageViewJSON is a passage of a text with the words that were asked for.
type passageViewJSON struct {
	ID       graph.ID      `json:"id"`
	Passage  passageJSON   `json:"passage"`
	Found    []passageJSON `json:"found"`
	Document *documentJSON `json:"document"`
	Segment  *segmentJSON  `json:"segment"`
	Version  graph.ID      `json:"version"`
	StatedOn known         `json:"stated_on"`
}

// searchPassages searches the texts themselves.
func searchPassages(ctx context.Context, q *question) (*answer, error) {
	query := graph.PassageQuery{
		Words: q.words(), Any: q.flag("any"), Document: q.id("document"), Publisher: q.text("publisher"), From: q.date("from"), To: q.date("to"),
		Commenters: q.flag("commenters"), After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
	}
	if query.Words == "" {
		q.fail("q", "want words, or a phrase in quotation marks")
	}
	q.ordered(query.From, query.To)
	if q.err != nil {
		return nil, q.err
	}
	if err := q.holds(ctx, "document", "document", query.Document); err != nil {
		return nil, err
	}
	page, err := graph.Passages(ctx, q, q.passages, query)
	if err != nil {
		return nil, err
	}
	for _, v := range page.Items {
		if err := q.wire.read(ctx, q, v.Version.ID); err != nil {
			return nil, err
		}
	}
	return pageOf(q, page, q.wire.passageView, func() (presence, error) {
		p, err := q.none(ctx, "passage", page.Warnings)
		if err != nil || len(q.leftOut(page.Warnings)) > 0 || query.Publisher != "" || query.From != "" || query.To != "" {
			return p, err
		}
		if p.Answer == knownNone {
			p.Why = "No passage of a text that is held has all of these."
			if query.Any {
				p.Why = "No passage of a text that is held has any of these."
			}
		}
		p.unseen, err = q.unseen(ctx, query.Words, query.Document)
		return p, err
	})
}

// noPassages is a list without passages.
func noPassages(why error) *answer { return noPage[passageViewJSON](why) }

func (w *wire) passageView(v graph.PassageView) passageViewJSON {
	return passageViewJSON{
		ID: v.ID, Passage: w.passage(v.Version.ID, v.Passage), Found: w.passages(v.Version.ID, v.Found), Document: w.document(v.Document),
		Segment: w.segment(v.Segment), Version: v.Version.ID, StatedOn: known(v.StatedOn),
	}
}
