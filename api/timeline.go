package api

import (
	"context"
	"errors"
	"strings"

	"whence/graph"
	"whence/graph/report"
)

type timelineJSON struct {
	presence
	Query          known        `json:"query"`
	Speaker        *agentJSON   `json:"speaker"`
	Entries        []entryJSON  `json:"entries"`
	Undated        []claimJSON  `json:"undated"`
	Clarifications []spreadJSON `json:"clarifications"`
	Warnings       []string     `json:"warnings"`
}

type entryJSON struct {
	Date          graph.Date     `json:"date"`
	Moment        report.Moment  `json:"moment"`
	Family        graph.ID       `json:"family"`
	Claim         *claimJSON     `json:"claim"`
	Clarification *clarifiedJSON `json:"clarification"`
	Lag           *int           `json:"lag"`
	Carries       *bool          `json:"carries"`
}

type clarifiedJSON struct {
	Target   nodeJSON      `json:"target"`
	Document *documentJSON `json:"document"` // whose text says so
	Relation relationJSON  `json:"relation"`
}

type spreadJSON struct {
	Family   graph.ID        `json:"family"`
	Target   nodeJSON        `json:"target"`
	Kind     graph.Predicate `json:"kind"`
	Date     known           `json:"date"`
	Before   int             `json:"before"`
	After    int             `json:"after"`
	Carried  int             `json:"carried"`
	Voices   int             `json:"voices"`
	HalfLife string          `json:"half_life"`
}

// timeline tells in order what was said and what was said of it: of the families of some
// words or of a claim, or by a speaker.
func timeline(ctx context.Context, q *question) (*answer, error) {
	o := q.traceOptions()
	o.Depth, o.Limit = graph.MaxTraceDepth, graph.MaxTraceLimit
	asked, speaker := strings.TrimSpace(q.words()), q.text("speaker")
	if (asked == "") == (speaker == "") {
		q.fail("q", "want words or the ID of a claim, or a speaker: one of the two")
	}
	if err := q.holdsAsked(ctx, asked); err != nil {
		return nil, err
	}
	out := timelineJSON{presence: presence{Answer: found}, Query: known(asked), Warnings: []string{}, Entries: []entryJSON{}, Undated: []claimJSON{}, Clarifications: []spreadJSON{}}
	var roots []graph.ID
	var keep func(*graph.TracedClaim) bool
	if speaker != "" {
		who, err := q.agentNamed(ctx, "speaker", speaker, o.Commenters)
		if err != nil {
			return nil, err
		}
		page, err := graph.Claims(ctx, q, graph.ClaimQuery{Speaker: who, Commenters: o.Commenters, Limit: graph.MaxTraceLimit})
		if err != nil {
			return nil, err
		}
		for _, v := range page.Items {
			roots = append(roots, v.Claim.ID)
			out.Speaker = q.wire.agent(v.Speaker)
		}
		if page.Next != "" {
			out.Warnings = append(out.Warnings, "There are more claims of this speaker than a timeline holds: the first 1000 by ID are shown.")
		}
		keep = func(c *graph.TracedClaim) bool { return c.Speaker != nil && c.Speaker.ID == who }
	} else {
		var err error
		roots, err = graph.FindRoots(ctx, q, asked, o)
		if err != nil && !errors.Is(err, graph.ErrNotFound) {
			return nil, &paramError{"q", err}
		}
	}
	if len(roots) == 0 {
		p, err := q.none(ctx, "claim", nil)
		if asked != "" {
			p, err = q.noClaim(ctx, asked)
		}
		out.presence = p
		return &answer{body: out, unseen: p.unseen, without: func(p presence) *answer {
			out.presence = p
			return &answer{body: out}
		}}, err
	}
	s, err := graph.SurveyFamily(ctx, q, roots, o)
	if err != nil {
		return nil, err
	}
	t := report.NewTimeline(s, keep)
	var around []graph.Node
	for _, e := range t.Entries {
		if e.Claim != nil {
			around = append(around, e.Claim.Claim)
		} else {
			around = append(around, e.By)
		}
	}
	for _, c := range t.Undated {
		around = append(around, c.Claim)
	}
	if err := q.wire.readFor(ctx, q, around...); err != nil {
		return nil, err
	}
	w := &q.wire
	out.Entries = each(t.Entries, func(e report.Entry) entryJSON { return w.entry(s, e) })
	out.Undated = each(t.Undated, func(c *graph.TracedClaim) claimJSON { return w.claim(c.ClaimView) })
	out.Clarifications = each(t.Clarifications, func(k report.Spread) spreadJSON {
		return spreadJSON{k.Family, w.node(k.Target), k.Kind, known(k.Date), k.Before, k.After, k.Carried, k.Voices, k.HalfLife}
	})
	out.Warnings = append(out.Warnings, t.Warnings...)
	return &answer{body: out}, nil
}

// noTimeline is the answer when whom it names is not held.
func noTimeline(why error) *answer {
	return &answer{body: timelineJSON{presence: absentBecause(why), Entries: []entryJSON{}, Undated: []claimJSON{}, Clarifications: []spreadJSON{}, Warnings: []string{}}}
}

func (w *wire) entry(s *graph.Survey, e report.Entry) entryJSON {
	out := entryJSON{Date: e.Date, Moment: e.Moment, Family: e.Family}
	if e.Claim == nil {
		out.Clarification = &clarifiedJSON{w.node(e.Target), w.document(s.Document(e.By.Document)), w.relation(e.By)}
		return out
	}
	claim := w.claim(e.Claim.ClaimView)
	out.Claim = &claim
	if e.Lag > 0 {
		out.Lag, out.Carries = &e.Lag, &e.Carries
	}
	return out
}
