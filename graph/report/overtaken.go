package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"whence/graph"
)

// overtaking are the relations by which a claim is overtaken, with how bad it is to go on
// saying it. That somebody disputes a claim, or supports it, does not overtake it.
var overtaking = map[graph.Predicate]Severity{
	graph.RefutedBy: 850, graph.CorrectedBy: 800, graph.UpdatedBy: 650, graph.ClarifiedBy: 600,
}

// overtaken lists claims that were said again, unchanged, after something had clarified,
// corrected, updated or refuted them, by documents that do not carry what did. A
// repeat within the grace is not late; one that says the opposite, or none of
// the figures, is no repeat; one without a date is listed as undated, never found.
//
// Severity: by the kind of what overtook it (refuted 850, corrected 800, updated 650, clarified 600), up to 50 more for
// the lag (a year), and 100 more when the same publisher or speaker had carried it before.
func overtaken(s *graph.Survey, f Filter) Report {
	var r Report
	var kinds []graph.Predicate
	for _, k := range graph.Clarifications {
		if overtaking[k] > 0 {
			kinds = append(kinds, k)
		}
	}
	grace := f.grace()
	found := map[graph.ID]int{} // claim → its finding
	for _, k := range clarifications(s, kinds...) {
		for _, c := range k.undated {
			if c.Claim.StatedOn == "" && k.date != "" && !k.carriedBy(c) {
				r.Undated = append(r.Undated, c.Claim.ID)
			}
		}
		var late []*graph.TracedClaim
		carried := map[*graph.TracedClaim]bool{}
		for _, c := range k.after {
			carried[c] = k.carriedBy(c)
			if !carried[c] && !c.Claim.StatedOn.Start().Before(k.date.End().AddDate(0, 0, grace)) && repeats(s, c, k.of) {
				late = append(late, c)
			}
		}
		if len(late) == 0 {
			continue
		}
		after := k.afterwards(carried)
		for _, c := range late {
			x := k.overtook(s, c, after)
			if i, ok := found[c.Claim.ID]; ok {
				had := &r.Findings[i]
				for _, h := range x.Hops[1:] {
					if !slices.ContainsFunc(had.Hops, func(o Hop) bool { return o.Node == h.Node && o.Document == h.Document }) {
						had.Hops = append(had.Hops, h)
					}
				}
				had.Severity = max(had.Severity, x.Severity)
				continue
			}
			found[c.Claim.ID] = len(r.Findings)
			r.Findings = append(r.Findings, x)
		}
	}
	return r
}

// An aftermath is what was said after a clarification.
type aftermath struct {
	carrying  []*graph.TracedClaim // in documents that carry it, in order of date
	repeaters int                  // distinct
	halfLife  string
}

// afterwards tells the aftermath of a clarification.
func (k *spread) afterwards(carried map[*graph.TracedClaim]bool) aftermath {
	out := aftermath{halfLife: k.halfLife(carried)}
	repeaters := map[string]bool{}
	for _, c := range k.after {
		repeaters[repeater(c)] = true
		if carried[c] {
			out.carrying = append(out.carrying, c)
		}
	}
	out.repeaters = len(repeaters)
	return out
}

// overtook is the finding that a clarification overtook a claim.
func (k *spread) overtook(s *graph.Survey, c *graph.TracedClaim, after aftermath) Finding {
	lag := days(k.date, c.Claim.StatedOn)
	x := Finding{
		Type: strings.TrimSuffix(string(k.kind), "-by"), Subject: c.Claim.ID, Date: c.Claim.StatedOn,
		Severity: overtaking[k.kind] + Severity(min(lag, 365)*50/365),
	}
	x.Why = fmt.Sprintf("It was said %d days after %s had been published that %s the claim, and the document does not carry it.", lag, k.name(), pastOf[k.kind])
	x.Hops = k.hops(s, c)
	heard := ""
	for _, other := range after.carrying {
		if c.Claim.StatedOn.After(other.Claim.StatedOn) {
			if who := sameVoice(c, other); who != "" {
				heard = fmt.Sprintf("%s, in %s", who, other.Claim.StatedOn)
			}
		}
	}
	x.Values = []Value{
		{"lag", fmt.Sprintf("%d days", lag)},
		{"repeats before", fmt.Sprint(len(k.before))},
		{"repeats after", fmt.Sprint(len(k.after))},
		{"distinct repeaters after", fmt.Sprint(after.repeaters)},
		{"half-life", after.halfLife},
	}
	if heard != "" {
		x.Severity += 100
		x.Values = append(x.Values, Value{"heard it", heard})
		x.Why += " The same voice had carried it before."
	}
	return x
}

var pastOf = map[graph.Predicate]string{
	graph.RefutedBy: "refutes", graph.CorrectedBy: "corrects", graph.UpdatedBy: "updates", graph.ClarifiedBy: "clarifies",
	graph.DisputedBy: "disputes", graph.ContradictedBy: "contradicts",
}

// hops lead from a claim to what clarifies it: over the claim that it is stated of, if that is another.
func (k *spread) hops(s *graph.Survey, c *graph.TracedClaim) []Hop {
	out := []Hop{{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: c.Claim.Content, Why: "said then"}}
	if k.of != c.Claim.ID {
		of := s.Claim(k.of)
		out = append(out, Hop{Node: k.of, Document: of.Claim.Document, Evidence: of.Claim.Content, By: matchBetween(c, k.of), Why: "the claim that it is " + string(k.kind)})
	}
	out = append(out, Hop{Node: k.node.NodeID(), Document: k.relation.Document, Evidence: k.relation.Evidence, By: k.relation, Why: string(k.kind) + ", " + string(k.date)})
	if k.target != k.node.NodeID() {
		out = append(out, Hop{Node: k.target, Document: k.target, Why: "which is held"})
	}
	return out
}

// name names what clarifies, and its date.
func (k *spread) name() string {
	name := ""
	switch n := k.node.(type) {
	case *graph.Document:
		name = n.Title
	case *graph.Source:
		name = n.Title
	}
	if name == "" {
		return fmt.Sprintf("what was said on %s", k.date)
	}
	return fmt.Sprintf("“%s” (%s)", name, k.date)
}

// halfLife tells how long it took until half of what was said after a
// clarification carried it.
func (k *spread) halfLife(carried map[*graph.TracedClaim]bool) string {
	n := 0
	for i, c := range k.after {
		if carried[c] {
			n++
		}
		last := i+1 == len(k.after) || k.after[i+1].Claim.StatedOn != c.Claim.StatedOn
		if last && 2*n >= i+1 {
			return fmt.Sprintf("%d days", days(k.date, c.Claim.StatedOn))
		}
	}
	return "not reached"
}

// repeats reports whether a claim says what another says: neither the opposite, nor other figures.
func repeats(s *graph.Survey, c *graph.TracedClaim, of graph.ID) bool {
	first := s.Claim(of)
	if first == nil || first.Claim.Polarity != "" && c.Claim.Polarity != "" && first.Claim.Polarity != c.Claim.Polarity {
		return false
	}
	if len(first.Figures) == 0 || len(c.Figures) == 0 {
		return true
	}
	return slices.ContainsFunc(c.Figures, func(a graph.StatisticView) bool {
		return slices.ContainsFunc(first.Figures, func(b graph.StatisticView) bool {
			x, y := a.Statistic.Value, b.Statistic.Value
			return x == nil || y == nil || *x == *y
		})
	})
}

// repeater is who passes a claim on: the publisher, else the speaker, else the document.
func repeater(c *graph.TracedClaim) string {
	switch {
	case c.ClaimView.Document != nil && c.ClaimView.Document.Publisher != "":
		return strings.ToLower(c.ClaimView.Document.Publisher)
	case c.Speaker != nil:
		return string(c.Speaker.ID)
	}
	return string(c.Claim.Document)
}

// sameVoice returns the publisher or the identified speaker that two claims share.
func sameVoice(a, b *graph.TracedClaim) string {
	if x, y := a.ClaimView.Document, b.ClaimView.Document; x != nil && y != nil && x.Publisher != "" && strings.EqualFold(x.Publisher, y.Publisher) {
		return x.Publisher
	}
	if a.Speaker != nil && b.Speaker != nil && a.Speaker.ID == b.Speaker.ID && a.Speaker.Identified {
		return a.Speaker.Name
	}
	return ""
}

// matchBetween returns the relation that joins a claim directly to another of its family, or nil.
func matchBetween(c *graph.TracedClaim, other graph.ID) *graph.Relation {
	for _, r := range c.Matches {
		if r.From == other || r.To == other {
			return r
		}
	}
	return nil
}

// days counts whole days from the end of one date to the start of another that lies after it;
// the day after counts as 1.
func days(from, to graph.Date) int {
	return int(to.Start().Sub(from.End()).Hours()/24) + 1
}

// capital returns a sentence that begins with a capital letter.
func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
