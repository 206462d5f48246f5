package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// A Matcher ranks the claims and fact-checks that a store holds, as seen at a time, by how well they cover what
// somebody says. loader/cover has one. It must not be called inside a view: it opens its own.
type Matcher interface {
	Match(ctx context.Context, s graph.Store, at graph.At, q graph.MatchQuery) (graph.Page[graph.Match], error)
}

// matchJSON is a claim, or a fact-check, that may cover what was asked.
type matchJSON struct {
	Kind     string           `json:"kind"`
	Score    graph.Confidence `json:"score"`
	Words    graph.Confidence `json:"words"`
	Meaning  graph.Confidence `json:"meaning"`
	Shared   []string         `json:"shared"`
	Reasons  []string         `json:"reasons"`
	Claim    *claimJSON       `json:"claim"`
	Document *documentJSON    `json:"document"`
	Reviews  []reviewJSON     `json:"reviews"`
}

// reviewJSON is a verdict on a claim.
type reviewJSON struct {
	ID        graph.ID `json:"id"`
	Reviewer  known    `json:"reviewer"`
	Verdict   known    `json:"verdict"`
	Rating    known    `json:"rating"`
	Published known    `json:"published"`
	URL       known    `json:"url"`
}

// matchQuery reads what is to be matched.
func (q *question) matchQuery() graph.MatchQuery {
	out := graph.MatchQuery{
		Words: strings.TrimSpace(q.words()), Speaker: q.text("speaker"), FactChecks: q.flag("fact_checks"), Commenters: q.flag("commenters"),
		After: q.cursor(), Limit: q.number("limit", defaultLimit, 1, maxLimit),
	}
	if out.Words == "" {
		q.fail("q", "want the words of a claim")
	}
	return out
}

// matches shows what was ranked by how well it covers some words.
func matches(ctx context.Context, q *question) (*answer, error) {
	query, page := q.matchQuery(), q.matched
	shown := make(map[graph.ID]*matchJSON, len(page.Items))
	for _, m := range page.Items {
		var err error
		if shown[m.ID()], err = q.match(ctx, m); err != nil {
			return nil, err
		}
	}
	// What was erased since it was ranked is gone.
	page.Items = slices.DeleteFunc(slices.Clone(page.Items), func(m graph.Match) bool { return shown[m.ID()].Document == nil })
	return pageOf(q, page, func(m graph.Match) *matchJSON { return shown[m.ID()] }, func() (presence, error) { return q.noMatch(ctx, query) })
}

// noMatch says why nothing covers some words.
func (q *question) noMatch(ctx context.Context, query graph.MatchQuery) (presence, error) {
	if query.FactChecks {
		checks, err := graph.Documents(ctx, q, graph.DocumentQuery{Kind: graph.KindFactCheck, Limit: 1})
		if err != nil || len(checks.Items) == 0 {
			return presence{Answer: notLoaded, Why: "No fact-check is held: load some first."}, err
		}
		return presence{Answer: knownNone, Why: "No fact-check that is held covers these words."}, nil
	}
	p, err := q.noClaim(ctx, query.Words)
	if p.Answer == knownNone {
		p.Why = "Nothing that is held covers these words."
	}
	return p, err
}

// match reads what a match stands for.
func (q *question) match(ctx context.Context, m graph.Match) (*matchJSON, error) {
	out := &matchJSON{Kind: "claim", Score: m.Score, Words: m.Words, Meaning: m.Meaning, Shared: some(m.Shared), Reasons: reasons(m)}
	if m.FactCheck {
		out.Kind = "fact-check"
	}
	documents, err := nodesOf[*graph.Document](ctx, q, []graph.ID{m.Document})
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		out.Document = q.wire.document(d)
	}
	if m.Claim != "" {
		page, err := graph.Claims(ctx, only{q, m.Claim}, graph.ClaimQuery{Commenters: true})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			if err := q.wire.readFor(ctx, q, v.Claim); err != nil {
				return nil, err
			}
			c := q.wire.claim(v)
			out.Claim = &c
		}
	}
	out.Reviews, err = q.reviews(ctx, m.Claim)
	return out, err
}

// reviews reads the verdicts on a claim.
func (q *question) reviews(ctx context.Context, claim graph.ID) ([]reviewJSON, error) {
	edges, err := q.Out(ctx, idOrNone(claim), graph.ReviewedBy)
	if err != nil {
		return nil, err
	}
	reviews, err := nodesOf[*graph.Review](ctx, q, each(edges, func(e graph.Edge) graph.ID { return e.To }))
	return each(reviews, func(r *graph.Review) reviewJSON {
		return reviewJSON{r.ID, known(r.Reviewer), known(r.Verdict), known(r.Rating), known(r.Published), known(r.URL)}
	}), err
}

func idOrNone(id graph.ID) []graph.ID {
	if id == "" {
		return nil
	}
	return []graph.ID{id}
}

// maxReasonWords bounds the words in common that a reason names.
const maxReasonWords = 8

// reasons says why something is thought to cover what was asked.
func reasons(m graph.Match) []string {
	out := []string{}
	if n := len(m.Shared); n > 0 {
		words := strings.Join(m.Shared[:min(n, maxReasonWords)], ", ")
		if n > maxReasonWords {
			words += fmt.Sprintf(" and %d more", n-maxReasonWords)
		}
		out = append(out, fmt.Sprintf("words in common: %s (%d%% of the weight of what was asked)", words, (m.Words+5)/10))
	}
	if m.Meaning > 0 {
		out = append(out, fmt.Sprintf("meaning: %.2f", float64(m.Meaning)/1000))
	}
	if m.Named {
		out = append(out, "the speaker asked for says it, or stands in the title")
	}
	if m.FactCheck && m.Claim == "" {
		out = append(out, "it is the title that covers it")
	}
	return out
}
