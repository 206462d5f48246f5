package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// overlaid is a reader with decisions laid over another one.
type overlaid struct {
	base Reader

	gone      map[ID]bool                 // rejected claims, and the relations that hang on them
	alias     map[ID]ID                   // merged agents: from → to
	agents    map[ID]*Agent               // agents that only a correction names
	relations map[ID]*Relation            // relations that only a decision makes
	judged    map[ID]judgement            // relations on which somebody decided
	replaced  map[resolvedKey]replacement // what a subject's edges of a kind now lead to
	literals  map[literalKey]string

	members           map[ID][]ID // agents by what they were merged into
	denied            map[plain]bool
	addedOut, addedIn map[ID][]Edge
	decided           []Applied // when there are none, all of the above is empty
}

type replacement struct {
	to ID
	by Decision
}

type judgement struct {
	rel    *Relation
	status Status
	by     Decision
}

type literalKey struct {
	node  ID
	field string
}

// plain is an edge without its label.
type plain struct {
	from ID
	kind Predicate
	to   ID
}

func newOverlaid(base Reader) *overlaid {
	return &overlaid{
		base: base, gone: map[ID]bool{}, alias: map[ID]ID{}, agents: map[ID]*Agent{}, relations: map[ID]*Relation{},
		judged: map[ID]judgement{}, replaced: map[resolvedKey]replacement{}, literals: map[literalKey]string{},
		members: map[ID][]ID{}, denied: map[plain]bool{}, addedOut: map[ID][]Edge{}, addedIn: map[ID][]Edge{},
	}
}

// seal works out, once, what the decisions do to edges.
func (o *overlaid) seal(ctx context.Context) error {
	for from := range o.alias {
		to := o.canonical(from)
		o.members[to] = append(o.members[to], from)
	}
	for _, ids := range o.members {
		slices.Sort(ids)
	}
	if len(o.gone) > 0 {
		edges, err := o.base.In(ctx, keysOf(o.gone), RelatedFrom, RelatedTo)
		if err != nil {
			return err
		}
		for id, rel := range o.relations {
			if o.gone[rel.From] || o.gone[rel.To] {
				o.gone[id] = true
			}
		}
		for _, e := range edges {
			o.gone[e.From] = true
		}
	}
	for key, r := range o.replaced {
		if r.to != "" {
			o.add(Edge{key.subject, key.kind, o.canonical(r.to), Label(r.by.ID)})
		}
	}
	for id, j := range o.judged {
		edge := Edge{j.rel.From, j.rel.Kind, j.rel.To, Label(j.by.ID)}
		if j.status == StatusRejected {
			o.denied[plain{edge.From, edge.Kind, edge.To}] = true
			if symmetric(edge.Kind) {
				o.denied[plain{edge.To, edge.Kind, edge.From}] = true
			}
		} else if j.rel.Basis != BasisStated && j.rel.Basis != BasisDeclared {
			o.add(edge)
		}
		if o.relations[id] != nil {
			o.add(Edge{id, RelatedFrom, j.rel.From, j.rel.Label})
			o.add(Edge{id, RelatedTo, j.rel.To, j.rel.Label})
		}
	}
	return nil
}

func (o *overlaid) add(e Edge) {
	o.addedOut[e.From] = append(o.addedOut[e.From], e)
	o.addedIn[e.To] = append(o.addedIn[e.To], e)
}

// canonical follows merges. Merges make no cycle: two that are one already are not merged.
func (o *overlaid) canonical(id ID) ID {
	for to, ok := o.alias[id]; ok; to, ok = o.alias[id] {
		id = to
	}
	return id
}

// widen returns the IDs with, for an agent, all that was merged with it.
func (o *overlaid) widen(ids []ID) []ID {
	if len(o.alias) == 0 {
		return ids
	}
	out := make([]ID, 0, len(ids))
	for _, id := range ids {
		id = o.canonical(id)
		out = append(append(out, id), o.members[id]...)
	}
	return sortedIDs(out)
}

// At implements [Reader].
func (o *overlaid) At() At { return o.base.At() }

// Warnings implements [Reader]. It also counts the decisions that apply nowhere.
func (o *overlaid) Warnings() []string {
	orphans := 0
	for _, a := range o.decided {
		if a.Orphan != "" {
			orphans++
		}
	}
	switch orphans {
	case 0:
		return o.base.Warnings()
	case 1:
		return merged(o.base.Warnings(), []string{"1 decision applies nowhere in this view."})
	}
	return merged(o.base.Warnings(), []string{fmt.Sprintf("%d decisions apply nowhere in this view.", orphans)})
}

// Out implements [Reader].
func (o *overlaid) Out(ctx context.Context, from []ID, kinds ...Predicate) ([]Edge, error) {
	if len(o.decided) == 0 {
		return o.base.Out(ctx, from, kinds...)
	}
	from = o.widen(from)
	edges, err := o.base.Out(ctx, from, kinds...)
	if err != nil {
		return nil, err
	}
	edges = o.lay(edges, from, o.addedOut, kinds)
	SortEdges(edges)
	return slices.Compact(edges), nil
}

// In implements [Reader].
func (o *overlaid) In(ctx context.Context, to []ID, kinds ...Predicate) ([]Edge, error) {
	if len(o.decided) == 0 {
		return o.base.In(ctx, to, kinds...)
	}
	to = o.widen(to)
	edges, err := o.base.In(ctx, to, kinds...)
	if err != nil {
		return nil, err
	}
	edges = o.lay(edges, to, o.addedIn, kinds)
	SortIncoming(edges)
	return slices.Compact(edges), nil
}

// lay takes away and adds edges at the given ends.
func (o *overlaid) lay(edges []Edge, ends []ID, added map[ID][]Edge, kinds []Predicate) []Edge {
	out := make([]Edge, 0, len(edges))
	keep := func(e Edge) {
		e.From, e.To = o.canonical(e.From), o.canonical(e.To)
		if !o.gone[e.From] && !o.gone[e.To] && !o.denied[plain{e.From, e.Kind, e.To}] {
			out = append(out, e)
		}
	}
	for _, e := range edges {
		if _, ok := o.replaced[resolvedKey{e.From, e.Kind}]; !ok {
			keep(e)
		}
	}
	if len(added) == 0 {
		return out
	}
	seen := map[ID]bool{}
	for _, id := range ends {
		if seen[id] {
			continue
		}
		seen[id] = true
		for _, e := range added[id] {
			if len(kinds) == 0 || slices.Contains(kinds, e.Kind) {
				keep(e)
			}
		}
	}
	return out
}

// Nodes implements [Reader].
func (o *overlaid) Nodes(ctx context.Context, ids []ID) ([]Node, error) {
	if len(o.decided) == 0 {
		read, err := o.base.Nodes(ctx, ids)
		for _, n := range read {
			if r, ok := n.(*Relation); ok {
				r.Status = r.defaultStatus()
			}
		}
		return read, err
	}
	read, err := o.base.Nodes(ctx, o.widen(ids))
	if err != nil {
		return nil, err
	}
	held := make(map[ID]Node, len(read))
	for _, n := range read {
		held[n.NodeID()] = n
	}
	nodes := make([]Node, 0, len(read))
	given := map[ID]bool{}
	for _, id := range ids {
		id = o.canonical(id)
		n := held[id]
		if a := o.agents[id]; n == nil && a != nil {
			n = a
		}
		if r := o.relations[id]; n == nil && r != nil {
			n = r
		}
		if n == nil || o.gone[id] || given[id] {
			continue
		}
		given[id] = true
		nodes = append(nodes, o.node(n, held))
	}
	return nodes, nil
}

// node lays decisions over a copy of a node.
func (o *overlaid) node(n Node, held map[ID]Node) Node {
	switch n := n.(type) {
	case *Claim:
		c := *n
		if r, ok := o.replaced[resolvedKey{c.ID, SaidIn}]; ok {
			c.SaidIn = r.to
		}
		if o.gone[c.Within] {
			c.Within = ""
		}
		c.SaidOn = Date(o.literal(c.ID, "said-on", string(c.SaidOn)))
		c.Polarity = Polarity(o.literal(c.ID, "polarity", string(c.Polarity)))
		c.Mode = Mode(o.literal(c.ID, "mode", string(c.Mode)))
		return &c
	case *Statistic:
		s := *n
		if r, ok := o.replaced[resolvedKey{s.ID, SourcedFrom}]; ok {
			s.SourceID = r.to
		}
		if o.gone[s.Claim] {
			s.Claim = ""
		}
		s.Unit = o.literal(s.ID, "unit", s.Unit)
		s.Measure = o.literal(s.ID, "measure", s.Measure)
		s.Period = Interval(o.literal(s.ID, "period", string(s.Period)))
		return &s
	case *Relation:
		r := *n
		r.Status = r.defaultStatus()
		if j, ok := o.judged[r.ID]; ok {
			r.Status = j.status
		}
		return &r
	case *Agent:
		a := *n
		for _, id := range o.members[a.ID] {
			if m, ok := held[id].(*Agent); ok {
				a.join(m)
			}
		}
		return &a
	}
	return n
}

func (o *overlaid) literal(node ID, field, was string) string {
	if now, ok := o.literals[literalKey{node, field}]; ok {
		return now
	}
	return was
}

// join adds to an agent what is known of another one that is the same.
func (a *Agent) join(b *Agent) {
	aliases := append(slices.Clone(a.Aliases), b.Aliases...)
	if b.Name != a.Name {
		aliases = append(aliases, b.Name)
	}
	slices.Sort(aliases)
	a.Aliases = slices.Compact(aliases)
	external := append(slices.Clone(a.External), b.External...)
	slices.Sort(external)
	a.External = slices.Compact(external)
	a.Offices = append(slices.Clone(a.Offices), b.Offices...)
	slices.SortStableFunc(a.Offices, func(x, y Office) int { return strings.Compare(string(x.From), string(y.From)) })
	a.Offices = slices.Compact(a.Offices)
	a.Identified = a.Identified || b.Identified
	if a.Gender == "" {
		a.Gender = b.Gender
	}
}

// List implements [Reader].
func (o *overlaid) List(ctx context.Context, t NodeType, after ID, limit int) ([]ID, error) {
	hidden := map[ID]bool{}
	var added []ID
	switch t {
	case TypeAgent:
		for id := range o.alias {
			hidden[id] = true
		}
		added = keysOf(o.agents)
	case TypeRelation, TypeClaim:
		for id := range o.gone {
			hidden[id] = true
		}
		if t == TypeRelation {
			added = keysOf(o.relations)
		}
	}
	more := limit
	if limit > 0 {
		more += len(hidden)
	}
	ids, err := o.base.List(ctx, t, after, more)
	if err != nil {
		return nil, err
	}
	ids = append(slices.Clone(ids), slices.DeleteFunc(added, func(id ID) bool { return id <= after })...)
	ids = sortedIDs(slices.DeleteFunc(ids, func(id ID) bool { return hidden[id] }))
	if limit > 0 && len(ids) > limit {
		ids = ids[:limit]
	}
	return ids, nil
}

// Resolved implements [Reader].
func (o *overlaid) Resolved(ctx context.Context, subjects []ID, kinds ...Predicate) ([]Resolved, error) {
	found, err := o.base.Resolved(ctx, subjects, kinds...)
	if err != nil {
		return nil, err
	}
	out := make([]Resolved, 0, len(found))
	was := map[resolvedKey][]ID{}
	for _, f := range found {
		key := resolvedKey{f.Subject, f.Predicate}
		if _, ok := o.replaced[key]; ok {
			was[key] = append(was[key], o.canonical(f.Agent))
			continue
		}
		if o.gone[f.Subject] {
			continue
		}
		f.Agent = o.canonical(f.Agent)
		out = append(out, f)
	}
	if len(o.replaced) > 0 {
		for _, subject := range sortedIDs(slices.Clone(subjects)) {
			for _, kind := range []Predicate{AssertedBy, AttributedTo, PublishedBy, WrittenBy} {
				key := resolvedKey{subject, kind}
				r, ok := o.replaced[key]
				if !ok || o.gone[subject] || len(kinds) > 0 && !slices.Contains(kinds, kind) {
					continue
				}
				to := o.canonical(r.to)
				out = append(out, Resolved{
					Subject: subject, Predicate: kind, Agent: to, Reason: r.by.why(),
					Rejected: slices.DeleteFunc(sortedIDs(was[key]), func(id ID) bool { return id == to }),
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Resolved) int {
		if c := strings.Compare(string(a.Subject), string(b.Subject)); c != 0 {
			return c
		}
		if c := strings.Compare(string(a.Predicate), string(b.Predicate)); c != 0 {
			return c
		}
		return strings.Compare(string(a.Agent), string(b.Agent))
	})
	return out, nil
}

// why says for people on whose word something stands.
func (d Decision) why() string {
	out := "decided"
	if d.By != "" {
		out += " by " + d.By
	}
	if d.Reason != "" {
		out += ": " + d.Reason
	}
	return out
}

// Decided implements [Reader]: the decisions in force, in the order in which they apply.
func (o *overlaid) Decided(context.Context) ([]Applied, error) { return slices.Clone(o.decided), nil }

// Text implements [Reader].
func (o *overlaid) Text(ctx context.Context, hash string) (string, error) {
	return o.base.Text(ctx, hash)
}

// keysOf returns the keys of a map in order.
func keysOf[V any](m map[ID]V) []ID {
	ids := make([]ID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Citing implements [Reader]: no decision changes what a text says.
func (o *overlaid) Citing(ctx context.Context, edges []Edge) ([][]Passage, error) {
	return o.base.Citing(ctx, edges)
}
