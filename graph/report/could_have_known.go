package report

import (
	"fmt"

	"whence/graph"
)

// couldHaveKnown lists, for every document, what had been published before it that
// clarifies, corrects, disputes or contradicts a claim of it: whether the document
// carries that or not. It goes by the dates of publication alone. What we ourselves knew is another
// question, asked by known_by; the two clocks are never mixed.
//
// Severity: 700 for what is not carried (disputes 500), 100 for what is.
func couldHaveKnown(s *graph.Survey, _ Filter) Report {
	var r Report
	kinds := []graph.Predicate{
		graph.ClarifiedBy, graph.CorrectedBy, graph.UpdatedBy, graph.RefutedBy, graph.DisputedBy, graph.ContradictedBy,
	}
	for _, k := range clarifications(s, kinds...) {
		for _, c := range k.undated {
			if c.Claim.StatedOn == "" && k.date != "" && !k.carriedBy(c) {
				r.Undated = append(r.Undated, c.Claim.ID)
			}
		}
		if k.date == "" {
			r.Unseen = append(r.Unseen, "What is not dated: a clarification without a date is before nothing.")
		}
		for _, c := range k.after {
			x := Finding{Type: "not carried", Severity: 700, Subject: c.Claim.ID, Date: c.Claim.StatedOn}
			if k.kind == graph.DisputedBy || k.kind == graph.ContradictedBy {
				x.Severity = 500
			}
			if k.carriedBy(c) {
				x.Type, x.Severity = "carried", 100
			}
			x.Why = fmt.Sprintf("%s had been published %d days before, and %s the claim.", capital(k.name()), days(k.date, c.Claim.StatedOn), pastOf[k.kind])
			x.Hops = k.hops(s, c)
			x.Values = []Value{{"published", string(k.date)}, {"before", fmt.Sprintf("%d days", days(k.date, c.Claim.StatedOn))}}
			r.Findings = append(r.Findings, x)
		}
	}
	return r
}
