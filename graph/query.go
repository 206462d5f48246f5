package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// A ClaimQuery selects claims. Zero fields select everything.
type ClaimQuery struct {
	Words      string // every word must stand in the content, in any order; case and marks do not count
	Speaker    ID
	Document   ID
	Mode       Mode
	From, To   Date // StatedOn, inclusive; undated claims are left out when either is set, and counted in Warnings
	Commenters bool // also the claims of readers in comments
	ByWorth    bool // in order of Worth, the highest first, then of ID
	// MinConfidence leaves out what was found with less, and counts it in Warnings.
	MinConfidence Confidence
	After         ID  // the cursor: claims after this one
	Limit         int // 0 is all
}

// A ClaimView is a claim with what is needed to show it.
type ClaimView struct {
	Claim    *Claim
	Speaker  *Agent // nil when unknown
	Why      Resolved
	Document *Document
	Segment  *Segment
}

// A Page is one page of a list: Next is the cursor for the one after, "" at the end. Warnings count what was met on the way:
// of a list that has other pages, they say that it is at least so much.
type Page[T any] struct {
	Items    []T
	Next     ID
	Warnings []string
}

// A DocumentQuery selects documents.
type DocumentQuery struct {
	Words     string // in title, publisher or authors
	Publisher string // equal but for case
	Kind      DocumentKind
	From, To  Date
	After     ID
	Limit     int
}

// An AgentQuery selects agents. Anonymous commenters are in it only with Commenters.
type AgentQuery struct {
	Words      string // in name or aliases
	Type       AgentType
	Commenters bool
	After      ID
	Limit      int
}

// A StatisticQuery selects figures.
type StatisticQuery struct {
	Words      string // in the sentence
	Document   ID
	Source     ID   // an agent: figures whose source is attributed to it
	Commenters bool // also the figures of readers in comments
	// MinConfidence leaves out what was found with less, and counts it in Warnings.
	MinConfidence Confidence
	After         ID
	Limit         int
}

// A StatisticView is a figure with who is credited for it.
type StatisticView struct {
	Statistic *Statistic
	Source    *Source // nil when the text credits nobody
	Credited  *Agent  // nil when nobody or unknown
	Document  *Document
}

// Claims returns the claims that a query selects, in order of ID or, with ByWorth, of Worth: that reads
// every claim that the query could select, for every page.
func Claims(ctx context.Context, r Reader, q ClaimQuery) (Page[ClaimView], error) {
	words, err := queryWords(q.Words)
	if err != nil {
		return Page[ClaimView]{}, err
	}
	if q.Mode != "" && !slices.Contains(Modes, q.Mode) {
		return Page[ClaimView]{}, fmt.Errorf("mode %q: want one of %v: %w", q.Mode, Modes, ErrInvalid)
	}
	if err := checkDates(q.From, q.To); err != nil {
		return Page[ClaimView]{}, err
	}
	ids := listOf(r, TypeClaim)
	switch {
	case q.Speaker != "":
		ids, err = inOf(ctx, r, []ID{q.Speaker}, AssertedBy)
	case q.Document != "":
		ids, err = inOf(ctx, r, []ID{q.Document}, StatedIn)
	}
	if err != nil {
		return Page[ClaimView]{}, err
	}
	left := newLeftOut(r.At().AsOf)
	sift := func(s *shelf, nodes []Node) ([]*Claim, error) {
		var claims []*Claim
		var segments []ID
		for _, n := range nodes {
			c, ok := n.(*Claim)
			if ok && (q.Document == "" || c.Document == q.Document) && (q.Mode == "" || c.Mode == q.Mode) &&
				(len(words) == 0 || holdsAll(FoldWords(c.Words()), words)) {
				claims = append(claims, c)
				segments = append(segments, c.Segment)
			}
		}
		if err := s.read(ctx, segments...); err != nil {
			return nil, err
		}
		return slices.DeleteFunc(claims, func(c *Claim) bool {
			if seg := on[*Segment](s, c.Segment); !q.Commenters && seg != nil && seg.Type.IsReader() {
				left.reader(c.ID)
				return true
			}
			return !left.dated(c.ID, c.StatedOn) || !left.between(c.ID, c.StatedOn, q.From, q.To) || !left.sure(c.ID, c.Confidence, q.MinConfidence)
		}), nil
	}
	var page Page[ClaimView]
	if q.ByWorth {
		page, err = ranked(ctx, r, ids, q.After, q.Limit, sift)
	} else {
		page, err = scan(ctx, r, ids, q.After, q.Limit, func(s *shelf, nodes []Node) ([]ClaimView, error) {
			claims, err := sift(s, nodes)
			if err != nil {
				return nil, err
			}
			return s.claimViews(ctx, claims)
		})
	}
	left.some = !q.ByWorth && (q.After != "" || page.Next != "")
	page.Warnings = merged(r.Warnings(), left.warnings("claim"))
	return page, err
}

// ViewClaims returns what is needed to show the claims, by ID; those that are not held are left out.
func ViewClaims(ctx context.Context, r Reader, ids []ID) (map[ID]ClaimView, error) {
	s := newShelf(r)
	if err := s.read(ctx, ids...); err != nil {
		return nil, err
	}
	var claims []*Claim
	for _, id := range sortedIDs(slices.Clone(ids)) {
		if c := on[*Claim](s, id); c != nil {
			claims = append(claims, c)
		}
	}
	views, err := s.claimViews(ctx, claims)
	out := map[ID]ClaimView{}
	for _, v := range views {
		out[v.Claim.ID] = v
	}
	return out, err
}

// Documents returns the documents that a query selects, in order of ID.
func Documents(ctx context.Context, r Reader, q DocumentQuery) (Page[*Document], error) {
	words, err := queryWords(q.Words)
	if err != nil {
		return Page[*Document]{}, err
	}
	if err := checkDates(q.From, q.To); err != nil {
		return Page[*Document]{}, err
	}
	left := newLeftOut(r.At().AsOf)
	page, err := scan(ctx, r, listOf(r, TypeDocument), q.After, q.Limit, func(_ *shelf, nodes []Node) ([]*Document, error) {
		var docs []*Document
		for _, n := range nodes {
			d, ok := n.(*Document)
			if !ok || q.Kind != "" && d.Kind != q.Kind || q.Publisher != "" && !strings.EqualFold(q.Publisher, d.Publisher) {
				continue
			}
			if len(words) > 0 && !holdsAll(FoldWords(d.Title+"\n"+d.Publisher+"\n"+strings.Join(d.Authors, "\n")), words) {
				continue
			}
			if left.dated(d.ID, d.Published) && left.between(d.ID, d.Published, q.From, q.To) {
				docs = append(docs, d)
			}
		}
		return docs, nil
	})
	left.some = q.After != "" || page.Next != ""
	page.Warnings = merged(r.Warnings(), left.warnings("document"))
	return page, err
}

// Agents returns the agents that a query selects, in order of ID.
func Agents(ctx context.Context, r Reader, q AgentQuery) (Page[*Agent], error) {
	words, err := queryWords(q.Words)
	if err != nil {
		return Page[*Agent]{}, err
	}
	page, err := scan(ctx, r, listOf(r, TypeAgent), q.After, q.Limit, func(_ *shelf, nodes []Node) ([]*Agent, error) {
		var agents []*Agent
		for _, n := range nodes {
			a, ok := n.(*Agent)
			if !ok || q.Type != "" && a.Type != q.Type || a.Type == Anonymous && !q.Commenters {
				continue
			}
			if len(words) == 0 || holdsAll(FoldWords(a.Name+"\n"+strings.Join(a.Aliases, "\n")), words) {
				agents = append(agents, a)
			}
		}
		return agents, nil
	})
	page.Warnings = merged(r.Warnings())
	return page, err
}

// Statistics returns the figures that a query selects, in order of ID.
func Statistics(ctx context.Context, r Reader, q StatisticQuery) (Page[StatisticView], error) {
	words, err := queryWords(q.Words)
	if err != nil {
		return Page[StatisticView]{}, err
	}
	ids := listOf(r, TypeStatistic)
	switch {
	case q.Source != "":
		var sources []Edge
		if sources, err = r.In(ctx, []ID{q.Source}, AttributedTo); err == nil {
			ids, err = inOf(ctx, r, fromOf(sources), SourcedFrom)
		}
	case q.Document != "":
		ids, err = inOf(ctx, r, []ID{q.Document}, StatedIn)
	}
	if err != nil {
		return Page[StatisticView]{}, err
	}
	left := newLeftOut(r.At().AsOf)
	page, err := scan(ctx, r, ids, q.After, q.Limit, func(s *shelf, nodes []Node) ([]StatisticView, error) {
		var stats []*Statistic
		var segments []ID
		for _, n := range nodes {
			st, ok := n.(*Statistic)
			if ok && (q.Document == "" || st.Document == q.Document) && (len(words) == 0 || holdsAll(FoldWords(st.Sentence.Exact), words)) {
				stats = append(stats, st)
				segments = append(segments, st.Segment)
			}
		}
		if err := s.read(ctx, segments...); err != nil {
			return nil, err
		}
		stats = slices.DeleteFunc(stats, func(st *Statistic) bool {
			if seg := on[*Segment](s, st.Segment); !q.Commenters && seg != nil && seg.Type.IsReader() {
				left.reader(st.ID)
				return true
			}
			return !left.dated(st.ID, st.StatedOn) || !left.sure(st.ID, st.Confidence, q.MinConfidence)
		})
		return s.statisticViews(ctx, stats)
	})
	left.some = q.After != "" || page.Next != ""
	page.Warnings = merged(r.Warnings(), left.warnings("figure"))
	return page, err
}

// scanBatch is how many nodes a list reads at a time, at most.
const scanBatch = 512

// candidates returns up to n IDs after one, in order; fewer at the end.
type candidates func(ctx context.Context, after ID, n int) ([]ID, error)

// listOf gives every node of a type.
func listOf(r Reader, t NodeType) candidates {
	return func(ctx context.Context, after ID, n int) ([]ID, error) { return r.List(ctx, t, after, n) }
}

// inOf gives what leads to the nodes by edges of a kind.
func inOf(ctx context.Context, r Reader, to []ID, kind Predicate) (candidates, error) {
	var ids []ID
	if len(to) > 0 {
		edges, err := r.In(ctx, to, kind)
		if err != nil {
			return nil, err
		}
		ids = fromOf(edges)
	}
	return func(_ context.Context, after ID, n int) ([]ID, error) {
		i, found := slices.BinarySearch(ids, after)
		if found {
			i++
		}
		return ids[i:min(i+n, len(ids))], nil
	}, nil
}

// fromOf returns where the edges come from, in order, each once.
func fromOf(edges []Edge) []ID {
	ids := make([]ID, len(edges))
	for i, e := range edges {
		ids[i] = e.From
	}
	return sortedIDs(ids)
}

// listed is what a page can hold.
type listed interface{ listID() ID }

func (v ClaimView) listID() ID     { return v.Claim.ID }
func (v StatisticView) listID() ID { return v.Statistic.ID }
func (n *Document) listID() ID     { return n.ID }
func (n *Agent) listID() ID        { return n.ID }

// scan reads candidates in batches, keeps what sift keeps, and stops when the
// page is full and one more is known to follow.
func scan[T listed](ctx context.Context, r Reader, ids candidates, after ID, limit int, sift func(*shelf, []Node) ([]T, error)) (Page[T], error) {
	var page Page[T]
	if limit < 0 {
		return page, fmt.Errorf("limit %d: want 0 or more: %w", limit, ErrInvalid)
	}
	n := scanBatch
	if limit > 0 {
		n = min(limit+1, scanBatch) // which is enough when all are kept
	}
	for ; ; n = min(2*n, scanBatch) {
		if err := ctx.Err(); err != nil {
			return page, err
		}
		batch, err := ids(ctx, after, n)
		if err != nil || len(batch) == 0 {
			return page, err
		}
		after = batch[len(batch)-1]
		nodes, err := r.Nodes(ctx, batch)
		if err != nil {
			return page, err
		}
		kept, err := sift(newShelf(r), nodes)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, kept...)
		if limit > 0 && len(page.Items) > limit {
			page.Items = page.Items[:limit]
			page.Next = page.Items[limit-1].listID()
			return page, nil
		}
		if len(batch) < n {
			return page, nil
		}
	}
}

// A rank is a claim's place in the order of worth.
type rank struct {
	id    ID
	worth Confidence
}

func (r rank) listID() ID { return r.id }

// ranked reads all candidates, keeps what sift keeps, and returns a page of it in order of worth.
func ranked(ctx context.Context, r Reader, ids candidates, after ID, limit int, sift func(*shelf, []Node) ([]*Claim, error)) (Page[ClaimView], error) {
	var page Page[ClaimView]
	if limit < 0 {
		return page, fmt.Errorf("limit %d: want 0 or more: %w", limit, ErrInvalid)
	}
	all, err := scan(ctx, r, ids, "", 0, func(s *shelf, nodes []Node) ([]rank, error) {
		claims, err := sift(s, nodes)
		ranks := make([]rank, len(claims))
		for i, c := range claims {
			ranks[i] = rank{c.ID, c.Worth}
		}
		return ranks, err
	})
	if err != nil {
		return page, err
	}
	ranks := all.Items
	slices.SortFunc(ranks, func(a, b rank) int { return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.id, b.id)) })
	if after != "" {
		i := slices.IndexFunc(ranks, func(r rank) bool { return r.id == after })
		if i < 0 {
			return page, fmt.Errorf("cursor %s: no claim of this list: %w", after.Short(), ErrInvalid)
		}
		ranks = ranks[i+1:]
	}
	if limit > 0 && len(ranks) > limit {
		ranks = ranks[:limit]
		page.Next = ranks[limit-1].id
	}
	s := newShelf(r)
	for batch := range slices.Chunk(ranks, scanBatch) {
		chosen := make([]ID, len(batch))
		for i, r := range batch {
			chosen[i] = r.id
		}
		if err := s.read(ctx, chosen...); err != nil {
			return page, err
		}
		claims := make([]*Claim, 0, len(batch))
		for _, id := range chosen {
			if c := on[*Claim](s, id); c != nil {
				claims = append(claims, c)
			}
		}
		views, err := s.claimViews(ctx, claims)
		if err != nil {
			return page, err
		}
		page.Items = append(page.Items, views...)
	}
	return page, nil
}

// queryWords folds the words of a query. Words that fold to nothing are the
// caller's mistake: they would select everything.
func queryWords(q string) ([]string, error) {
	words := FoldWords(q)
	if q != "" && len(words) == 0 {
		return nil, fmt.Errorf("words %q: no letter or digit in them: %w", q, ErrInvalid)
	}
	return words, nil
}

func checkDates(dates ...Date) error {
	for _, d := range dates {
		if _, err := ParseDate(string(d)); err != nil {
			return err
		}
	}
	return nil
}
