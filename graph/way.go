package graph

import (
	"context"
	"slices"
	"strings"
)

// A step leads from a node to one nearer to the origin, over one edge or two.
type step struct {
	edges []Edge // as they are stored: same-source and stated-in may be walked backwards
	to    ID
	proof proof
	basis Basis
	score Confidence
}

// A proof is what a step shows.
type proof int

const (
	ofBoth  proof = iota // where it was said and so where it is from
	ofFact               // only where what is said is from: who counted, what is cited for it
	instead              // as ofFact, and the only way on from the claim
)

// A question is which ways are asked for.
type question int

const (
	anyWay  question = iota // what the text says of where it was said; failing that, what it rests on
	saidWay                 // where it was said
	factWay                 // what it rests on
)

// shows reports whether a step answers a question.
func (q question) shows(s step) bool {
	switch q {
	case saidWay:
		return s.proof == ofBoth
	case factWay:
		return true
	}
	return s.proof != ofFact
}

// explore finds the ways on from the claims, a level at a time, until nothing
// new is reached or the depth is. It goes from claims to sources, to the same
// source elsewhere and to held documents, and from those on to claims of the
// family in them; never through agents, dates, places or publishers.
func (t *tracer) explore(ctx context.Context, claims []*Claim) error {
	told := map[ID][]*Claim{} // by document
	for _, c := range claims {
		told[c.Document] = append(told[c.Document], c)
	}
	frontier := idsOf(claims)
	seen := map[ID]bool{}
	for hop := 0; hop <= t.depth && len(frontier) > 0; hop++ {
		var claimIDs, sourceIDs, documentIDs []ID
		for _, id := range frontier {
			seen[id] = true
			switch t.nodes[id].(type) {
			case *Claim:
				claimIDs = append(claimIDs, id)
			case *Source:
				sourceIDs = append(sourceIDs, id)
			case *Document:
				documentIDs = append(documentIDs, id)
			}
		}
		if err := t.relate(ctx, slices.Concat(claimIDs, sourceIDs)); err != nil {
			return err
		}
		if err := t.fromClaims(ctx, claimIDs); err != nil {
			return err
		}
		for _, id := range sourceIDs {
			for _, r := range t.touching[id] {
				if r.Kind == SameSource && t.follows(r) {
					t.step(id, step{edges: []Edge{{r.From, SameSource, r.To, r.Label}}, to: r.other(id), basis: r.Basis, score: r.Score})
				}
			}
		}
		for _, id := range documentIDs {
			for _, c := range told[id] {
				t.step(id, step{edges: []Edge{{c.ID, StatedIn, id, c.Label}}, to: c.ID, basis: BasisStated, score: 1000})
			}
		}
		var next []ID
		for _, id := range frontier {
			for _, s := range t.steps[id] {
				if !seen[s.to] {
					next = append(next, s.to)
				}
			}
		}
		frontier = sortedIDs(next)
		if err := t.readAround(ctx, frontier); err != nil {
			return err
		}
	}
	return nil
}

// step adds a way on, once.
func (t *tracer) step(from ID, s step) {
	if s.to == "" || s.to == from || slices.ContainsFunc(t.steps[from], func(had step) bool { return had.to == s.to }) {
		return
	}
	t.steps[from] = append(t.steps[from], s)
}

// fromClaims adds the ways on from claims: where it was said, who reports it,
// what it is taken from; if the text says none of that, what is cited beside it
// or credited for its figures.
func (t *tracer) fromClaims(ctx context.Context, ids []ID) error {
	if len(ids) == 0 {
		return nil
	}
	edges, err := t.r.Out(ctx, sortedIDs(slices.Clone(ids)), SaidIn, Within, TakesFrom, QuotesFrom)
	if err != nil {
		return err
	}
	for _, e := range edges {
		t.step(e.From, step{edges: []Edge{e}, to: e.To, basis: BasisStated, score: 1000})
	}
	for _, id := range ids {
		for _, r := range t.touching[id] {
			if r.From == id && (r.Kind == TakesFrom || r.Kind == QuotesFrom) && t.follows(r) {
				t.step(id, step{edges: []Edge{{r.From, r.Kind, r.To, r.Label}}, to: r.To, basis: r.Basis, score: r.Score})
			}
		}
		c := on[*Claim](t.shelf, id)
		if c == nil {
			continue
		}
		shown := instead
		if len(t.steps[id]) > 0 {
			shown = ofFact
		}
		for _, f := range t.figures[id] {
			if f.Source != nil {
				t.step(id, step{
					edges: []Edge{{id, HasFigure, f.Statistic.ID, c.Label}, {f.Statistic.ID, SourcedFrom, f.Source.ID, f.Statistic.Label}},
					to:    f.Source.ID, proof: shown, basis: BasisDeclared, score: 1000,
				})
			}
		}
		for _, s := range t.cited[id] {
			t.step(id, step{
				edges: []Edge{{id, StatedIn, c.Document, c.Label}, {c.Document, Cites, s.ID, s.Label}},
				to:    s.ID, proof: shown, basis: BasisDeclared, score: 1000,
			})
		}
	}
	return nil
}

// readAround reads nodes and what is needed to say how a way ends at them.
func (t *tracer) readAround(ctx context.Context, ids []ID) error {
	if err := t.read(ctx, ids...); err != nil {
		return err
	}
	var claims []*Claim
	var sources, documents []ID
	for _, id := range ids {
		switch n := t.nodes[id].(type) {
		case *Claim:
			claims = append(claims, n)
		case *Source:
			sources = append(sources, id)
			documents = append(documents, n.Document)
		case *Document:
			documents = append(documents, id)
		}
	}
	if _, err := t.claimViews(ctx, claims); err != nil {
		return err
	}
	for _, c := range claims {
		documents = append(documents, c.Document)
	}
	for _, c := range t.family {
		documents = append(documents, c.Document)
	}
	if err := t.read(ctx, documents...); err != nil {
		return err
	}
	if err := t.resolve(ctx, sources, AttributedTo); err != nil {
		return err
	}
	return t.resolve(ctx, sortedIDs(documents), PublishedBy, WrittenBy)
}

// endRank orders the ends that a claim's ways have: the first is what is told.
var endRank = []EndKind{EndPrimary, EndNotHeld, EndUnlocated, EndUnknown, EndCycle, EndCitesNone}

// way searches, breadth first, where a claim comes from. best is the shortest way
// to the end that says most; all are the shortest ways to every end.
func (t *tracer) way(c *Claim, q question) (best Way, all []Way) {
	type arrival struct {
		from ID
		by   step
	}
	came := map[ID]arrival{c.ID: {}}
	frontier := []ID{c.ID}
	var ends, loops []End
	consider := func(kind EndKind, node ID, why string) { ends = append(ends, End{kind, node, why}) }
	above := func(id, node ID) bool { // whether id is on the way to node
		for ; node != id && node != c.ID; node = came[node].from {
		}
		return node == id
	}
	for hop := 0; len(frontier) > 0; hop++ {
		var next []ID
		for _, id := range frontier {
			steps := t.stepsFrom(id, c, q)
			fresh := slices.ContainsFunc(steps, func(s step) bool { _, ok := came[s.to]; return !ok })
			if kind, why, ok := t.endAt(id, steps, q); ok {
				consider(kind, id, why)
				if kind == EndPrimary {
					continue
				}
			} else if !fresh {
				// Where two ways meet, one of them goes on; only a step back to what the way came from is a cycle.
				loop := End{EndCycle, id, "The way leads back to where it came from."}
				if slices.ContainsFunc(steps, func(s step) bool { return above(s.to, id) }) {
					ends = append(ends, loop)
				}
				loops = append(loops, loop)
			}
			if fresh && hop == t.depth {
				consider(EndUnknown, id, "The way goes on, but the depth asked for is reached here.")
				continue
			}
			for _, s := range steps {
				if _, ok := came[s.to]; !ok {
					came[s.to] = arrival{id, s}
					next = append(next, s.to)
				}
			}
		}
		frontier = next
	}
	if len(ends) == 0 { // the ways only lead round among themselves
		ends = loops[:1]
	}
	slices.SortStableFunc(ends, func(a, b End) int { return slices.Index(endRank, a.Kind) - slices.Index(endRank, b.Kind) })
	ended := map[ID]bool{}
	for _, end := range ends {
		// Sources that are the same thing are one end: that which says most of it.
		thing := end.Node
		for on[*Source](t.shelf, thing) != nil && on[*Source](t.shelf, came[thing].from) != nil {
			thing = came[thing].from
		}
		if ended[thing] {
			continue
		}
		ended[thing] = true
		w := Way{End: end, Score: 1000}
		for id := end.Node; id != c.ID; id = came[id].from {
			by := came[id].by
			w.Path = append(slices.Clone(by.edges), w.Path...)
			w.Depth += t.enters(came[id].from, id)
			w.Basis = weaker(w.Basis, by.basis)
			w.Score = min(w.Score, by.score)
		}
		all = append(all, w)
	}
	return all[0], all
}

// stepsFrom returns the steps from a node that answer a question about a claim. Of the claims of a
// document only those of the claim's own family are on its way.
func (t *tracer) stepsFrom(id ID, c *Claim, q question) []step {
	var out []step
	_, document := t.nodes[id].(*Document)
	for _, s := range t.steps[id] {
		if q.shows(s) && (!document || t.familyOf(s.to) == t.familyOf(c.ID)) {
			out = append(out, s)
		}
	}
	return out
}

// enters counts a step as one when it leads to a claim of another document, or
// to a source: what joins a source to a document that is held leads nowhere new.
func (t *tracer) enters(from, to ID) int {
	switch n := t.nodes[to].(type) {
	case *Source:
		if on[*Source](t.shelf, from) == nil {
			return 1
		}
	case *Claim:
		if c := on[*Claim](t.shelf, from); c != nil && c.Document != n.Document {
			return 1
		}
	}
	return 0
}

// bases orders the bases from the strongest to the weakest.
var bases = []Basis{"", BasisPerson, BasisStated, BasisDeclared, BasisQuoted, BasisInferred}

// weaker returns the weaker of two bases.
func weaker(a, b Basis) Basis {
	if slices.Index(bases, a) > slices.Index(bases, b) {
		return a
	}
	return b
}

// endAt says whether a way may end at a node, and why.
func (t *tracer) endAt(id ID, steps []step, q question) (kind EndKind, why string, ok bool) {
	switch n := t.nodes[id].(type) {
	case *Claim:
		if len(steps) == 0 {
			kind, why = t.endAtClaim(n, q)
			return kind, why, true
		}
	case *Source:
		return t.endAtSource(n)
	case *Document:
		for _, s := range steps {
			if t.leadsOn(s.to, n) {
				return "", "", false
			}
		}
		if q == factWay && !n.Kind.IsRecord() {
			return EndCitesNone, t.name(id) + " is held, but is not the record of who counted or acted.", true
		}
		return EndPrimary, "It was said in " + t.name(id) + ", which is held.", true
	case nil:
		return EndUnknown, "What stands here is not in this view.", true
	}
	return "", "", false
}

// leadsOn reports whether a claim in a document says itself that it comes from
// somewhere else than that document.
func (t *tracer) leadsOn(claim ID, d *Document) bool {
	for _, s := range t.steps[claim] {
		if src := on[*Source](t.shelf, s.to); src == nil || !t.isOf(src, d) {
			return true
		}
	}
	return false
}

// endAtClaim says how a way ends at a claim that leads nowhere.
func (t *tracer) endAtClaim(c *Claim, q question) (EndKind, string) {
	v := t.claimView(c)
	where := t.name(c.Document)
	switch {
	case v.Segment != nil && v.Segment.Type.IsReader():
		return EndCitesNone, "A reader says so in a comment on " + where + " and cites nothing for it."
	case t.ownRecord(v):
		return EndPrimary, "This is " + where + ", the record itself."
	case c.Mode == ModeVoice && q == saidWay:
		return EndPrimary, where + " says so itself."
	case c.Mode == ModeVoice && v.Speaker == nil:
		return EndCitesNone, "The text of " + where + " says so itself and cites nothing for it."
	case c.Mode == ModeVoice:
		return EndCitesNone, v.Speaker.Name + " says so in its own voice and cites nothing for it."
	case v.Speaker == nil:
		return EndCitesNone, where + " does not say who said so, nor where."
	case t.ownChannel(c) && q != factWay:
		return EndPrimary, "These are the words of " + v.Speaker.Name + " on its own channel, " + where + "."
	}
	return EndCitesNone, where + " does not say where " + v.Speaker.Name + " said so."
}

// ownRecord reports whether a document says something of its own accord and is
// of a kind that is itself the record: an answer, a dataset, a report, the
// release of the body that did or counted it.
func (t *tracer) ownRecord(v ClaimView) bool {
	if v.Document == nil || v.Claim.Mode != ModeVoice && !t.ownChannel(v.Claim) {
		return false
	}
	return v.Document.Kind.IsRecord()
}

// ownChannel reports whether who speaks in a claim published or wrote the document, and not as a reader.
func (t *tracer) ownChannel(c *Claim) bool {
	who := t.resolved[resolvedKey{c.ID, AssertedBy}].Agent
	if seg := on[*Segment](t.shelf, c.Segment); who == "" || seg != nil && seg.Type.IsReader() {
		return false
	}
	return who == t.resolved[resolvedKey{c.Document, PublishedBy}].Agent || who == t.resolved[resolvedKey{c.Document, WrittenBy}].Agent
}

// endAtSource says how a way ends at a source that leads to no held document.
func (t *tracer) endAtSource(s *Source) (kind EndKind, why string, ok bool) {
	if d := on[*Document](t.shelf, s.Document); d != nil && t.isOf(s, d) {
		return EndPrimary, "It was said to " + t.publisher(s) + ", whose own account is " + t.name(d.ID) + ".", true
	}
	for _, next := range t.steps[s.ID] {
		if on[*Document](t.shelf, next.to) != nil {
			return "", "", false
		}
	}
	if s.Located() {
		return EndNotHeld, t.name(s.ID) + " is given as the source, at " + s.URL + ", but is not held.", true
	}
	return EndUnlocated, t.name(s.ID) + " is named as the source, but not where it is to be found.", true
}

// isOf reports whether a source that a document cites is of the document's own
// publisher and of no other date: "told the BBC", in the BBC's own article.
func (t *tracer) isOf(s *Source, d *Document) bool {
	to := t.resolved[resolvedKey{s.ID, AttributedTo}].Agent
	return to != "" && s.Document == d.ID && to == t.resolved[resolvedKey{d.ID, PublishedBy}].Agent &&
		!s.Located() && s.Kind != SourceData && !s.Date.After(d.Published) && !d.Published.After(s.Date)
}

// publisher names who a source is attributed to.
func (t *tracer) publisher(s *Source) string {
	if a := t.who(s.ID, AttributedTo); a != nil {
		return a.Name
	}
	if s.Publisher != "" {
		return s.Publisher
	}
	return strings.Join(s.Authors, ", ")
}

// name names a document or source for people.
func (t *tracer) name(id ID) string {
	switch n := t.nodes[id].(type) {
	case *Document:
		switch {
		case n.Title != "" && n.Publisher != "":
			return "“" + n.Title + "” (" + n.Publisher + ")"
		case n.Title != "":
			return "“" + n.Title + "”"
		case n.Publisher != "":
			return "a document of " + n.Publisher
		}
	case *Source:
		out := t.publisher(n)
		if n.Title != "" {
			out = strings.TrimPrefix(out+": “"+n.Title+"”", ": ")
		}
		if n.Date != "" {
			out = strings.TrimPrefix(out+", "+string(n.Date), ", ")
		}
		if out != "" {
			return out
		}
		if n.Kind == SourceData {
			return "Unnamed research or data"
		}
		return "A source without a name"
	}
	return id.Short()
}
