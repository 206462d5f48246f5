package graph

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"slices"
)

// PathOptions bounds the paths between two things.
type PathOptions struct {
	Count         int // paths; 0 is [DefaultPaths]
	Length        int // hops of one path; 0 is [DefaultPathLength]
	MinConfidence Confidence
	Declared      bool
	Commenters    bool
	// Through also passes through what joins things that need have nothing else in
	// common: speakers, publishers and authors, and what is cited everywhere.
	Through bool
}

// Bounds of paths.
const (
	DefaultPaths      = 3
	MaxPaths          = 20
	DefaultPathLength = 8
	MaxPathLength     = 16
	maxPathNodes      = 20_000 // that one question looks at
)

// A Path is one way in which two things are connected.
type Path struct {
	Hops []PathHop // from the first thing to the last
	Cost int       // the smaller the surer: a hop that a text states costs 10, one that was computed up to 30
}

// A PathHop is a node on a path, and what leads to it from the one before.
type PathHop struct {
	Node     Node
	Edges    []Edge    // as stored: some are walked backwards; none at the first node
	Relation *Relation // nil when an edge of a text leads here
}

// Paths finds the best paths, over what a claim's content goes by: what takes from, quotes, cites,
// says the same as, clarifies or contradicts what. It does not pass through speakers, publishers, authors, places and dates,
// nor through what more than [HubDegree] things cite, nor from what stands in a
// document to what else stands in it or is cited there; o.Through changes that for all but places and dates. A node that is asked
// about may be anything. cut says what was left out. Both lists hold at least one
// ID; ErrNotFound when none of a list is held.
func Paths(ctx context.Context, r Reader, from, to []ID, o PathOptions) (paths []Path, cut []string, err error) {
	switch {
	case o.Count < 0 || o.Count > MaxPaths:
		return nil, nil, fmt.Errorf("count %d: want 0 to %d: %w", o.Count, MaxPaths, ErrInvalid)
	case o.Length < 0 || o.Length > MaxPathLength:
		return nil, nil, fmt.Errorf("length %d: want 0 to %d: %w", o.Length, MaxPathLength, ErrInvalid)
	}
	t, err := newTracer(r, TraceOptions{MinConfidence: o.MinConfidence, Declared: o.Declared, Commenters: o.Commenters})
	if err != nil {
		return nil, nil, err
	}
	p := &pather{tracer: t, o: o, next: map[ID][]leg{}, ends: map[ID]bool{}}
	p.o.Count, p.o.Length = cmp.Or(o.Count, DefaultPaths), cmp.Or(o.Length, DefaultPathLength)
	if from, err = p.held(ctx, from); err != nil {
		return nil, nil, err
	}
	if to, err = p.held(ctx, to); err != nil {
		return nil, nil, err
	}
	if err := p.explore(ctx, from, to); err != nil {
		return nil, nil, err
	}
	p.mirror()
	paths = p.best(from, to)
	return paths, merged(r.Warnings(), t.left.warnings("claim"), t.cuts), nil
}

// A pather looks for paths.
type pather struct {
	*tracer
	o    PathOptions
	next map[ID][]leg // what lies next to a node that was looked at
	ends map[ID]bool  // what was asked about: may be passed through whatever it is
}

// A leg leads from one node to another.
type leg struct {
	to       ID
	edges    []Edge
	relation *Relation
	cost     int
}

// held keeps the nodes of a list that are held.
func (p *pather) held(ctx context.Context, ids []ID) ([]ID, error) {
	ids = sortedIDs(slices.Clone(ids))
	if err := p.read(ctx, ids...); err != nil {
		return nil, err
	}
	asked := len(ids)
	ids = slices.DeleteFunc(ids, func(id ID) bool { return p.nodes[id] == nil })
	if len(ids) == 0 {
		return nil, fmt.Errorf("none of the %d nodes asked for: %w", asked, ErrNotFound)
	}
	for _, id := range ids {
		p.ends[id] = true
	}
	return ids, nil
}

// explore reads what lies around both ends, the smaller side first, until paths
// of the length asked for could not but be found.
func (p *pather) explore(ctx context.Context, from, to []ID) error {
	sides := [2][]ID{from, to}
	for range p.o.Length {
		side := 0
		if len(sides[0]) == 0 || len(sides[1]) > 0 && len(sides[1]) < len(sides[0]) {
			side = 1
		}
		if len(sides[side]) == 0 {
			return nil
		}
		reached, err := p.around(ctx, sides[side])
		if err != nil {
			return err
		}
		if len(p.nodes) > maxPathNodes {
			p.cut(fmt.Sprintf("More than %d nodes lie around the two: not all were looked at.", maxPathNodes))
			return nil
		}
		sides[side] = reached
	}
	return nil
}

// around reads what lies next to the nodes, and returns what is new and may be passed through.
func (p *pather) around(ctx context.Context, ids []ID) ([]ID, error) {
	if err := p.relate(ctx, ids); err != nil {
		return nil, err
	}
	out, err := p.r.Out(ctx, ids, SaidIn, Within, StatedIn, HasFigure, SourcedFrom, Cites, LinksTo, AssertedBy, AttributedTo, PublishedBy, WrittenBy)
	if err != nil {
		return nil, err
	}
	in, err := p.r.In(ctx, ids, SaidIn, Within, StatedIn, HasFigure, SourcedFrom, Cites, LinksTo, AssertedBy, AttributedTo, PublishedBy, WrittenBy)
	if err != nil {
		return nil, err
	}
	legs := map[ID][]leg{}
	for _, e := range out {
		legs[e.From] = append(legs[e.From], leg{to: e.To, edges: []Edge{e}, cost: costOf[e.Kind]})
	}
	for _, e := range in {
		legs[e.To] = append(legs[e.To], leg{to: e.From, edges: []Edge{e}, cost: costOf[e.Kind]})
	}
	var claims []*Claim
	for _, id := range ids {
		if c := on[*Claim](p.shelf, id); c != nil {
			claims = append(claims, c)
		}
	}
	p.cite(ctx, claims)
	if err := p.readCitations(ctx, claims); err != nil {
		return nil, err
	}
	for _, c := range claims {
		for _, s := range p.cited[c.ID] {
			edges := []Edge{{c.ID, StatedIn, c.Document, c.Label}, {c.Document, Cites, s.ID, s.Label}}
			legs[c.ID] = append(legs[c.ID], leg{to: s.ID, edges: edges, cost: costOf[Cites]})
		}
	}
	var reached []ID
	for _, id := range ids {
		for _, r := range p.touching[id] {
			if p.joinsPaths(r) {
				legs[id] = append(legs[id], leg{to: r.other(id), edges: []Edge{{r.From, r.Kind, r.To, r.Label}}, relation: r, cost: costOfRelation(r)})
			}
		}
		reached = append(reached, targetsOf(legs[id])...)
	}
	reached = sortedIDs(reached)
	if err := p.read(ctx, reached...); err != nil {
		return nil, err
	}
	if err := p.read(ctx, segmentsOf(p.shelf, reached)...); err != nil {
		return nil, err
	}
	var fresh []ID
	for _, id := range ids {
		if hub := len(legs[id]) > HubDegree; hub && !p.o.Through && !p.ends[id] && isSource(p.nodes[id]) {
			p.cut(fmt.Sprintf("%s is cited by more than %d: it is not passed through.", p.name(id), HubDegree))
			p.next[id] = []leg{}
			continue
		}
		p.next[id] = slices.DeleteFunc(legs[id], func(l leg) bool { return !p.passable(l.to) })
		slices.SortStableFunc(p.next[id], func(a, b leg) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.cost, b.cost)) })
		p.next[id] = slices.CompactFunc(p.next[id], func(a, b leg) bool { return a.to == b.to })
		for _, l := range p.next[id] {
			if _, looked := p.next[l.to]; !looked {
				fresh = append(fresh, l.to)
			}
		}
	}
	return sortedIDs(fresh), nil
}

// mirror lets what was reached and not looked at lead back to where it was reached
// from: there the two sides meet.
func (p *pather) mirror() {
	back := map[ID][]leg{}
	for _, id := range keysOf(p.next) {
		for _, l := range p.next[id] {
			if _, looked := p.next[l.to]; !looked {
				back[l.to] = append(back[l.to], leg{id, l.edges, l.relation, l.cost})
			}
		}
	}
	for id, legs := range back {
		p.next[id] = legs
	}
}

// passable reports whether a path may touch a node.
func (p *pather) passable(id ID) bool {
	if p.ends[id] {
		return true
	}
	switch n := p.nodes[id].(type) {
	case *Claim:
		return (p.commenters || p.left.inText(p.shelf, id, n.Segment)) && p.left.dated(id, n.StatedOn)
	case *Statistic:
		return (p.commenters || p.left.inText(p.shelf, id, n.Segment)) && p.left.dated(id, n.StatedOn)
	case *Document:
		return p.left.dated(id, n.Published)
	case *Source:
		return true
	case *Agent:
		return p.o.Through && n.Type != Anonymous && n.Type != Place
	}
	return false
}

// joinsPaths reports whether a relation connects its ends by their content.
func (p *pather) joinsPaths(r *Relation) bool {
	switch r.Kind {
	case Matches:
		return p.joins(r)
	case TakesFrom, QuotesFrom, SameSource, RepliesTo, Contradicts:
		return p.follows(r)
	}
	return slices.Contains(Clarifications, r.Kind) && p.follows(r)
}

// costOf is what a hop over an edge of a text costs.
var costOf = map[Predicate]int{
	SaidIn: 10, Within: 10, Cites: 10, LinksTo: 10, SourcedFrom: 10, HasFigure: 5, StatedIn: 5, AttributedTo: 15,
	AssertedBy: 15, PublishedBy: 20, WrittenBy: 20,
}

// costOfRelation is what a hop over a relation costs: more, the less sure it is.
func costOfRelation(r *Relation) int {
	if r.Status == StatusStated || r.Status == StatusConfirmed {
		return 10
	}
	return 10 + int(1000-r.Score)/50
}

func isSource(n Node) bool {
	_, ok := n.(*Source)
	return ok
}

func targetsOf(legs []leg) []ID {
	ids := make([]ID, len(legs))
	for i, l := range legs {
		ids[i] = l.to
	}
	return ids
}

// A partial is a path that has not arrived yet, as the last of its hops.
type partial struct {
	node   ID
	by     leg
	before *partial
	cost   int
	hops   int
	order  int // in which it was found: equal costs come out as they went in
}

// holds reports whether a path already passes a node.
func (x *partial) holds(id ID) bool {
	for ; x != nil; x = x.before {
		if x.node == id {
			return true
		}
	}
	return false
}

// partials is a heap of paths, the cheapest first.
type partials []*partial

func (q partials) Len() int { return len(q) }
func (q partials) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].cost, q[j].cost), cmp.Compare(q[i].order, q[j].order)) < 0
}
func (q partials) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *partials) Push(x any)   { *q = append(*q, x.(*partial)) }
func (q *partials) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// best returns the cheapest paths without a loop. A node is left at most as often as
// paths are asked for, which keeps the search linear in what was read.
func (p *pather) best(from, to []ID) []Path {
	var found []Path
	q := &partials{}
	order := 0
	push := func(x *partial) {
		x.order = order
		order++
		heap.Push(q, x)
	}
	for _, id := range from {
		push(&partial{node: id})
	}
	arrived := map[ID]bool{}
	for _, id := range to {
		arrived[id] = true
	}
	left := map[ID]int{}
	for q.Len() > 0 && len(found) < p.o.Count {
		x := heap.Pop(q).(*partial)
		if x.before != nil && arrived[x.node] || x.before == nil && arrived[x.node] && len(from) == 1 && len(to) == 1 {
			found = append(found, p.path(x))
			continue
		}
		if left[x.node]++; left[x.node] > p.o.Count || x.hops == p.o.Length {
			continue
		}
		for _, l := range p.next[x.node] {
			if !x.holds(l.to) && p.turns(x, l) {
				push(&partial{node: l.to, by: l, before: x, cost: x.cost + l.cost, hops: x.hops + 1})
			}
		}
	}
	return found
}

// turns reports whether a path may go on from a node over a leg: through a document
// only as what another cites. What merely stands in one document, or is cited in
// it, is not thereby connected.
func (p *pather) turns(x *partial, l leg) bool {
	if _, document := p.nodes[x.node].(*Document); !document || p.ends[x.node] || p.o.Through {
		return true
	}
	return x.by.relation != nil || l.relation != nil
}

// path puts the hops of a path in order.
func (p *pather) path(x *partial) Path {
	out := Path{Cost: x.cost}
	for ; x != nil; x = x.before {
		out.Hops = append(out.Hops, PathHop{Node: p.nodes[x.node], Edges: x.by.edges, Relation: x.by.relation})
	}
	slices.Reverse(out.Hops)
	return out
}
