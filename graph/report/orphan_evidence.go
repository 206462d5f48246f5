package report

import (
	"fmt"

	"whence/graph"
)

// orphanEvidence lists what rests on words that are not there: a passage must
// stand in its text exactly where it says, and a decision's words must be found
// exactly once; what is not is shown as an orphan and never moved to a lookalike.
//
// Severity: 900 for a claim, figure or relation, since what is shown under it as its evidence is not
// in the text; 600 for a decision, which is kept but applies nowhere.
func orphanEvidence(s *graph.Survey, _ Filter) Report {
	var r Report
	for _, o := range s.Orphans {
		x := Finding{
			Type: "words", Severity: 900, Subject: o.Node, Why: "The words kept as evidence do not stand in the text where they should.",
			Hops: []Hop{{Node: o.Node, Document: o.Document, Evidence: []graph.Passage{o.Passage}, Why: "the words that are not there"}},
		}
		if c := s.Claim(o.Node); c != nil {
			x.Date = c.Claim.StatedOn
		}
		r.Findings = append(r.Findings, x)
	}
	for _, d := range s.Undecided {
		for _, t := range d.Decision.Targets {
			r.Findings = append(r.Findings, Finding{
				Type: "decision", Severity: 600, Subject: t.Node, Date: graph.Date(d.Decision.At.UTC().Format("2006-01-02")),
				Why:    fmt.Sprintf("What %s decided (%s) applies nowhere: %s", d.Decision.By, d.Decision.Act, d.Orphan),
				Hops:   []Hop{{Node: t.Node, Evidence: []graph.Passage{t.Passage}, Why: "the words that were decided on"}},
				Values: []Value{{"decision", d.Decision.ID.Short()}},
			})
		}
	}
	return r
}
