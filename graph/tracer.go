package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// TraceClaims follows claims to where they come from, and gathers what was said
// of them since. Roots are shown even when readers said them. ErrNotFound if a
// root is not held or the clocks leave out every one of them.
func TraceClaims(ctx context.Context, r Reader, query string, roots []ID, o TraceOptions) (*Trace, error) {
	t, err := newTracer(r, o)
	if err != nil {
		return nil, err
	}
	defer t.beside.Wait()
	claims, err := t.roots(ctx, roots)
	if err != nil {
		return nil, err
	}
	if err := t.gather(ctx, claims); err != nil {
		return nil, err
	}
	out := &Trace{Query: query}
	for _, c := range claims {
		out.Roots = append(out.Roots, c.ID)
	}
	if out.Claims, err = t.traced(ctx, out.Roots); err != nil {
		return nil, err
	}
	out.Origins = t.origins(out.Claims)
	if err := t.draw(ctx, out); err != nil {
		return nil, err
	}
	out.Warnings = merged(r.Warnings(), t.left.warnings("claim"), t.cuts)
	return out, nil
}

// A tracer is one trace in the making.
type tracer struct {
	*shelf
	threshold  Confidence
	depth      int
	limit      int
	citations  int // sources looked at
	commenters bool
	declared   bool

	left     *leftOut
	cuts     []string
	family   map[ID]*Claim
	touching map[ID][]*Relation // relations by the nodes at their ends, in order of ID
	steps    map[ID][]step      // the ways on from a node
	cited    map[ID][]*Source   // what is cited where a claim stands
	figures  map[ID][]StatisticView
	families map[ID]ID // of the claims: the smallest of their family, once it is gathered

	beside sync.WaitGroup // what is read beside the rest, to be waited for before the reader's view ends
	asked  map[ID]bool    // documents
	citing []*citing      // what they cite, once beside has been waited for
	ends   *ends          // what relate asks for next; nil for nothing
}

func newTracer(r Reader, o TraceOptions) (*tracer, error) {
	limit, err := o.limit()
	if err != nil {
		return nil, err
	}
	t := &tracer{
		shelf: newShelf(r), threshold: o.MinConfidence, depth: o.Depth, limit: limit, citations: maxTraceCitations, commenters: o.Commenters, declared: o.Declared,
		left: newLeftOut(r.At().AsOf), family: map[ID]*Claim{}, touching: map[ID][]*Relation{}, steps: map[ID][]step{},
		cited: map[ID][]*Source{}, figures: map[ID][]StatisticView{}, families: map[ID]ID{},
		asked: map[ID]bool{},
	}
	switch {
	case o.Depth < 0 || o.Depth > MaxTraceDepth:
		return nil, fmt.Errorf("depth %d: want 0 to %d: %w", o.Depth, MaxTraceDepth, ErrInvalid)
	case o.MinConfidence < 0 || o.MinConfidence > 1000:
		return nil, fmt.Errorf("min confidence %d: want 0 to 1000: %w", o.MinConfidence, ErrInvalid)
	case o.Depth == 0:
		t.depth = DefaultTraceDepth
	}
	if t.threshold == 0 {
		t.threshold = FamilyThreshold
	}
	return t, nil
}

// limit returns the number of claims to show.
func (o TraceOptions) limit() (int, error) {
	switch {
	case o.Limit < 0 || o.Limit > MaxTraceLimit:
		return 0, fmt.Errorf("limit %d: want 0 to %d: %w", o.Limit, MaxTraceLimit, ErrInvalid)
	case o.Limit == 0:
		return DefaultTraceLimit, nil
	}
	return o.Limit, nil
}

// cut remembers that something was cut.
func (t *tracer) cut(why string) { t.cuts = append(t.cuts, why) }

// roots reads the claims asked about, in the order asked.
func (t *tracer) roots(ctx context.Context, ids []ID) ([]*Claim, error) {
	if len(ids) == 0 {
		return nil, fmt.Errorf("no claim to trace: %w", ErrInvalid)
	}
	if err := t.read(ctx, ids...); err != nil {
		return nil, err
	}
	var claims []*Claim
	seen := map[ID]bool{}
	for _, id := range ids {
		c := on[*Claim](t.shelf, id)
		switch {
		case t.nodes[id] == nil:
			return nil, fmt.Errorf("claim %s: %w", id.Short(), ErrNotFound)
		case c == nil:
			return nil, fmt.Errorf("%s is a %s, not a claim: %w", id.Short(), t.nodes[id].NodeType(), ErrInvalid)
		case seen[id] || !t.left.dated(id, c.StatedOn):
		case len(claims) == t.limit:
			t.cut(fmt.Sprintf("The limit of %d claims was reached: not all that were asked about are shown.", t.limit))
			return claims, nil
		default:
			seen[id] = true
			claims = append(claims, c)
		}
	}
	if len(claims) == 0 {
		return nil, fmt.Errorf("%s: %w", strings.TrimSuffix(strings.Join(t.left.warnings("claim"), " "), "."), ErrNotFound)
	}
	return claims, nil
}

// traced tells of every claim of the family where it comes from: the roots
// first, then by date with the undated last, then by ID.
func (t *tracer) traced(ctx context.Context, roots []ID) ([]TracedClaim, error) {
	claims := make([]*Claim, 0, len(t.family))
	for _, id := range keysOf(t.family) {
		claims = append(claims, t.family[id])
	}
	t.cite(ctx, claims)
	views, err := t.claimViews(ctx, claims)
	if err != nil {
		return nil, err
	}
	t.divide(claims)
	if err := t.readFigures(ctx, claims); err != nil {
		return nil, err
	}
	if err := t.readCitations(ctx, claims); err != nil {
		return nil, err
	}
	if err := t.explore(ctx, claims); err != nil {
		return nil, err
	}
	qualifiers, err := t.qualifiers(ctx, claims)
	if err != nil {
		return nil, err
	}
	out := make([]TracedClaim, len(claims))
	for i, c := range claims {
		tc := TracedClaim{
			ClaimView: views[i], Root: slices.Contains(roots, c.ID), SaidIn: on[*Source](t.shelf, c.SaidIn),
			Figures: t.figures[c.ID], Cites: t.cited[c.ID], Matches: slices.Collect(t.matches(c.ID)), Qualifiers: qualifiers[c.ID],
		}
		if w := on[*Claim](t.shelf, c.Within); w != nil {
			within := t.claimView(w)
			tc.Within = &within
		}
		tc.Family, tc.Takes = t.familyOf(c.ID), t.takes(c.ID)
		tc.Way, tc.Branches = t.way(c, anyWay)
		tc.Said, _ = t.way(c, saidWay)
		tc.Fact, _ = t.way(c, factWay)
		out[i] = tc
	}
	retell(out)
	place := func(c TracedClaim) int {
		if i := slices.Index(roots, c.Claim.ID); i >= 0 {
			return i
		}
		return len(roots)
	}
	slices.SortStableFunc(out, func(a, b TracedClaim) int {
		if c := place(a) - place(b); c != 0 {
			return c
		}
		x, y := a.Claim.StatedOn, b.Claim.StatedOn
		switch {
		case x == y:
			return strings.Compare(string(a.Claim.ID), string(b.Claim.ID))
		case x == "":
			return 1
		case y == "":
			return -1
		}
		return strings.Compare(string(x), string(y))
	})
	return out, nil
}

// readFigures reads the figures of the claims and who is credited for them.
func (t *tracer) readFigures(ctx context.Context, claims []*Claim) error {
	edges, err := t.r.Out(ctx, idsOf(claims), HasFigure)
	if err != nil {
		return err
	}
	var ids []ID
	for _, e := range edges {
		ids = append(ids, e.To)
	}
	if err := t.read(ctx, ids...); err != nil {
		return err
	}
	seen := map[ID]bool{}
	var stats []*Statistic
	for _, id := range ids {
		if s := on[*Statistic](t.shelf, id); s != nil && !seen[id] {
			seen[id] = true
			stats = append(stats, s)
		}
	}
	views, err := t.statisticViews(ctx, stats)
	if err != nil {
		return err
	}
	byID := map[ID]StatisticView{}
	for _, v := range views {
		byID[v.Statistic.ID] = v
	}
	for i, e := range edges {
		if v, ok := byID[e.To]; ok && (i == 0 || edges[i-1].From != e.From || edges[i-1].To != e.To) {
			t.figures[e.From] = append(t.figures[e.From], v)
		}
	}
	for _, vs := range t.figures {
		slices.SortStableFunc(vs, func(a, b StatisticView) int { return a.Statistic.Figure.Start - b.Statistic.Figure.Start })
	}
	return nil
}

// A citing is what documents cite, and with which words.
type citing struct {
	edges    []Edge
	passages [][]Passage // of the edges
	sources  []ID        // all that are cited, in order: the edges lead to the first of them
	err      error
}

// cite begins to read what the documents of claims cite, beside what else is read.
func (t *tracer) cite(ctx context.Context, claims []*Claim) {
	var documents []ID
	for _, c := range claims {
		if !t.asked[c.Document] {
			t.asked[c.Document] = true
			documents = append(documents, c.Document)
		}
	}
	if len(documents) == 0 {
		return
	}
	c := &citing{}
	t.citing = append(t.citing, c)
	t.beside.Go(func() { c.err = c.read(ctx, t.r, sortedIDs(documents), t.citations) })
}

// read reads what documents cite, but for what leads beyond the first sources.
func (c *citing) read(ctx context.Context, r Reader, documents []ID, limit int) (err error) {
	if c.edges, err = r.Out(ctx, documents, Cites, LinksTo); err != nil {
		return err
	}
	for _, e := range c.edges {
		c.sources = append(c.sources, e.To)
	}
	if c.sources = sortedIDs(c.sources); len(c.sources) > limit {
		c.edges = slices.DeleteFunc(c.edges, func(e Edge) bool { return e.To > c.sources[limit-1] })
	}
	c.passages, err = r.Citing(ctx, c.edges)
	return err
}

// readCitations finds what is cited in the words of each claim, or right after
// them: not every citation of its document. It waits for what cite began to read, and uses it up.
func (t *tracer) readCitations(ctx context.Context, claims []*Claim) error {
	t.beside.Wait()
	var sources []ID
	for _, c := range t.citing {
		if c.err != nil {
			return c.err
		}
		sources = append(sources, c.sources...)
	}
	if sources = sortedIDs(sources); len(sources) > t.citations {
		t.cut(fmt.Sprintf("The documents cite %d sources: the first %d were looked at.", len(sources), t.citations))
		sources = sources[:t.citations]
	}
	type citation struct {
		Edge
		passages []Passage
	}
	citations := map[ID][]citation{} // by document
	for _, c := range t.citing {
		for i, e := range c.edges {
			if e.To <= sources[len(sources)-1] {
				citations[e.From] = append(citations[e.From], citation{e, c.passages[i]})
			}
		}
	}
	t.citing, t.asked = nil, map[ID]bool{}
	near := map[ID][]ID{}
	credited := saidIn(claims)
	for _, c := range claims {
		ids := []ID{c.SaidIn}
		for _, e := range citations[c.Document] {
			// Of the text that the claim stands in: another version of the page has other words at its place.
			if e.Label == c.Label && slices.ContainsFunc(e.passages, c.cites) {
				ids = append(ids, e.To)
			}
		}
		near[c.ID] = sortedIDs(ids)
		credited = append(credited, near[c.ID]...)
	}
	if err := t.read(ctx, credited...); err != nil {
		return err
	}
	for _, c := range claims {
		for _, id := range near[c.ID] {
			if s := on[*Source](t.shelf, id); s != nil {
				t.cited[c.ID] = append(t.cited[c.ID], s)
			}
		}
	}
	return t.resolve(ctx, credited, AttributedTo)
}

// cites reports whether words of its document that cite something stand in the
// words of the claim, its speaker and its cue, or right after them in the same
// sentence, as a bracket does.
func (c *Claim) cites(p Passage) bool {
	first, last := c.Content[0], c.Content[0]
	for _, list := range [][]Passage{c.Content, c.Source, c.Cue} {
		for _, q := range list {
			if q.Start < first.Start {
				first = q
			}
			if q.End > last.End {
				last = q
			}
			if q.Overlaps(p.Span) && (strings.Contains(q.Exact, p.Exact) || strings.Contains(p.Exact, q.Exact)) {
				return true
			}
		}
	}
	if gap := p.Start - last.End; gap >= 0 && gap < len(last.Suffix) && strings.HasPrefix(last.Suffix[gap:], firstRunes(p.Exact, 4)) {
		between := last.Suffix[:gap]
		return strings.TrimRight(between, " \t") == "" || !strings.ContainsAny(between, "\n\r") && (gap <= 4 || !strings.Contains(between, ". "))
	}
	return first.Start <= p.Start && p.End <= last.End && p.Start-first.Start < maxClaimReach
}

const (
	// maxClaimReach bounds, in bytes, how far a claim's words may lie apart and still hold a citation between them.
	maxClaimReach = 1000
	// maxTraceCitations bounds how many sources a trace looks at.
	maxTraceCitations = 5000
)

func idsOf(claims []*Claim) []ID {
	ids := make([]ID, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	return ids
}

func saidIn(claims []*Claim) []ID {
	var ids []ID
	for _, c := range claims {
		ids = append(ids, c.SaidIn)
	}
	return ids
}
