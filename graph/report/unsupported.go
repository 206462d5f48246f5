package report

import (
	"fmt"
	"strings"

	"whence/graph"
)

// The rungs of the ladder, from what has no support to what has all.
const (
	nothingOffered = "U0" // no source is named
	noLocator      = "U1" // a source is named, not where it is to be found: "NHS figures show"
	notPrimary     = "U2" // where it points is held, and is not the primary source
	phantom        = "U3" // where it points is the primary source, and does not contain it
	contained      = "U4" // the primary source contains it
	cannotTell     = "UX" // where it points is not held, or cannot be judged
)

// unsupported puts every claim that is worth checking on a ladder of what its
// document offers for it. Primary is, for reported words, the speaker's own channel
// or the record of the utterance, and for a figure or fact the record or release
// of the body that counted or acted. A claim that is itself the primary source
// needs no support, and is not on the ladder. Of several sources the one that
// supports it best counts, and one that cannot be seen before those that fail: it
// may be the one that holds it.
//
// A quotation is contained when its words, folded for case, dashes, quotation
// marks and white space, stand in the primary's text, an omission marked by … or
// [ ] aside; a figure when an equal one of the same unit does, or one that it is
// rounded from, when it says that it is rounded. When a claim has several, one
// suffices: to have added another is drift, not a phantom citation. A figure in the
// words that cite the source ("two answers"), and a small number in words, is not
// what it is cited for. An indirect
// claim without a figure is contained when the primary has a claim of its family;
// else nothing can be told, since other words may say the same.
//
// Worth checking is a rating from 400 of 1000 on, the threshold at which the rating
// is measured (EVALUATION.md): a statement about the world that can be verified, no
// wish, no taste.
//
// Severity: U0 900, U1 700, U2 500, U3 400, UX 200, U4 0, and up to 50 more for what
// is more worth checking, U4 aside: the list is the ladder, the least supported first.
func unsupported(s *graph.Survey, _ Filter) Report {
	l := newLadder(s)
	var r Report
	own := 0
	for i := range s.Claims {
		c := &s.Claims[i]
		switch {
		case !worthChecking(c):
		case l.isPrimary(c):
			own++
		default:
			r.Findings = append(r.Findings, l.finding(c))
		}
	}
	if own > 0 {
		r.Unseen = append(r.Unseen, several(own, "claim that is worth checking is", "claims that are worth checking are")+" not listed: the document is itself the primary source.")
	}
	r.Unseen = append(r.Unseen, "A source that is named in another sentence than the claim's is not seen.", "Whether a source that is not held contains what it is cited for is not known.")
	return r
}

// A ladder judges what claims offer in their support.
type ladder struct {
	*chains
	figures map[graph.ID][]*graph.Statistic // by document
	folded  map[graph.ID]*foldedText
}

func newLadder(s *graph.Survey) *ladder {
	l := &ladder{chains: newChains(s), figures: map[graph.ID][]*graph.Statistic{}, folded: map[graph.ID]*foldedText{}}
	for _, f := range s.Figures {
		l.figures[f.Statistic.Document] = append(l.figures[f.Statistic.Document], f.Statistic)
	}
	return l
}

// isPrimary reports whether a claim is its own primary source.
func (l *ladder) isPrimary(c *graph.TracedClaim) bool {
	at := func(w graph.Way) bool { return w.End.Kind == graph.EndPrimary && w.Depth == 0 }
	return at(c.Fact) || c.Claim.Mode != graph.ModeVoice && len(c.Figures) == 0 && at(c.Said)
}

// A rung is where one source puts a claim on the ladder, and what shows it.
type rung struct {
	name string
	why  string
	hops []Hop
}

// climb orders the rungs by what they are worth for a claim that has several sources.
var climb = map[string]int{nothingOffered: 0, noLocator: 1, notPrimary: 2, phantom: 3, cannotTell: 4, contained: 5}

var rungSeverity = map[string]Severity{nothingOffered: 900, noLocator: 700, notPrimary: 500, phantom: 400, cannotTell: 200, contained: 0}

func (l *ladder) finding(c *graph.TracedClaim) Finding {
	best := l.unsourced(c)
	consider := func(r rung) {
		if climb[r.name] > climb[best.name] || r.name == best.name && len(best.hops) == 0 {
			best = r
		}
	}
	for _, src := range sourcesOf(l.s, c) {
		consider(l.rungOf(c, src))
	}
	for _, link := range l.links[l.index[c.Claim.ID]] {
		if link.source == nil && link.declared() {
			to := &l.s.Claims[link.to]
			hop := l.linkHop(link)
			consider(l.held(c, nil, to.Document, l.primary(c, nil, to.Document), []Hop{hop}))
		}
	}
	x := Finding{
		Type: best.name, Severity: rungSeverity[best.name], Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Why: best.why, Hops: append([]Hop{claimHop(c, nil, "what is claimed")}, best.hops...),
		Values: []Value{{"worth", fmt.Sprintf("%.2f", float64(c.Claim.Worth)/1000)}},
	}
	if x.Type != contained {
		x.Severity += Severity(c.Claim.Worth / 20)
	}
	return x
}

// unsourced is the rung of a claim that cites nothing: who is said to have said it is a source that is named.
func (l *ladder) unsourced(c *graph.TracedClaim) rung {
	if c.Claim.Mode != graph.ModeVoice && (c.Speaker != nil || len(c.Claim.Source) > 0) {
		return rung{name: noLocator, why: fmt.Sprintf("%s gives who said so, %s, but not where.", title(c.Document), speaker(c))}
	}
	if byReader(c) {
		return rung{name: nothingOffered, why: fmt.Sprintf("A reader of %s says so and names no source beside it.", title(c.Document))}
	}
	return rung{name: nothingOffered, why: fmt.Sprintf("%s says so and names no source beside it.", title(c.Document))}
}

// rungOf is where one source puts a claim.
func (l *ladder) rungOf(c *graph.TracedClaim, src *graph.Source) rung {
	name := sourceName(l.s, src)
	hops := []Hop{sourceHop(c, src, nil, "the source that is given")}
	d := l.s.Document(l.s.Held[src.ID])
	switch {
	case d != nil && d.ID == c.Claim.Document: // a document is no support for itself
		return rung{name: nothingOffered, why: fmt.Sprintf("%s says so and points to itself.", title(c.Document)), hops: hops}
	case d != nil:
		hops = append(hops, Hop{Node: d.ID, Document: d.ID, By: relationOf(l.s, src.ID, graph.SameSource, d.ID), Why: "what the source is"})
		return l.held(c, src, d, l.primary(c, src, d), hops)
	case src.Located():
		if name != src.URL {
			name += ", at " + src.URL
		}
		return rung{name: cannotTell, why: fmt.Sprintf("%s gives %s, which is not held.", title(c.Document), name), hops: hops}
	case namesWork(src):
		return rung{name: cannotTell, why: fmt.Sprintf("%s gives %s, which is not held.", title(c.Document), name), hops: hops}
	}
	lacks := "not where it is to be found"
	if src.Title == "" {
		lacks = "no document of it"
	}
	return rung{name: noLocator, why: fmt.Sprintf("%s names %s, but %s.", title(c.Document), name, lacks), hops: hops}
}

// namesWork reports whether a citation says which work it means, as a reference does.
func namesWork(src *graph.Source) bool {
	switch src.Kind {
	case graph.SourceAuthorYear, graph.SourceBook, graph.SourceLegislation:
		return true
	}
	return false
}

// A rank says what a held document is for a claim.
type rank int

const (
	unknownRank rank = iota // its kind is not known
	passesOn                // it is not the primary source
	isPrimarySource
)

// primary says whether a held document is the primary source of a claim. src is
// what the claim's document calls it, nil when that is not known.
func (l *ladder) primary(c *graph.TracedClaim, src *graph.Source, d *graph.Document) rank {
	publisher := l.s.Who[d.ID]
	same := func(a *graph.Agent) bool { return a != nil && publisher != nil && a.ID == publisher.ID }
	switch {
	case d.Kind.IsRecord():
		return isPrimarySource
	case src != nil && src.Kind == graph.SourceData && same(l.s.Who[src.ID]): // the body's own page with its own figures
		return isPrimarySource
	case c.Claim.Mode != graph.ModeVoice && (same(c.Speaker) || d.Kind == graph.KindInterview):
		return isPrimarySource
	case c.Claim.Mode != graph.ModeVoice && src != nil && src.ID == c.Claim.SaidIn && same(l.s.Who[src.ID]): // "told the paper", in the paper
		return isPrimarySource
	case d.Kind == "":
		return unknownRank
	}
	return passesOn
}

// held is the rung of a claim whose source is held; src is what its document calls it, or nil.
func (l *ladder) held(c *graph.TracedClaim, src *graph.Source, d *graph.Document, what rank, hops []Hop) rung {
	found, missing, tested := l.contains(c, src, d)
	switch {
	case what == passesOn:
		return rung{name: notPrimary, why: fmt.Sprintf("%s points to %s (%s), which is not the primary source.", title(c.Document), title(d), kindName(d.Kind)), hops: hops}
	case what == unknownRank:
		return rung{name: cannotTell, why: fmt.Sprintf("%s points to %s, whose kind is not known.", title(c.Document), title(d)), hops: hops}
	case len(found) > 0 && len(missing) > 0:
		return rung{
			name: contained, hops: append(hops, found...),
			why: fmt.Sprintf("%s points to %s, the primary source, which contains it, but not %s.", title(c.Document), title(d), strings.Join(missing, " and ")),
		}
	case len(found) > 0:
		return rung{name: contained, hops: append(hops, found...), why: fmt.Sprintf("%s points to %s, the primary source, which contains it.", title(c.Document), title(d))}
	case tested:
		return rung{
			name: phantom, hops: hops,
			why: fmt.Sprintf("%s points to %s, the primary source, which does not contain %s.", title(c.Document), title(d), strings.Join(missing, " or ")),
		}
	}
	return rung{name: cannotTell, why: fmt.Sprintf("%s points to %s, the primary source; there is neither a figure nor a quotation to look for in it.", title(c.Document), title(d)), hops: hops}
}

func kindName(k graph.DocumentKind) string { return strings.ReplaceAll(string(k), "-", " ") }
