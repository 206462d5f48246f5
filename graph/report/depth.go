package report

import (
	"fmt"
	"strconv"

	"whence/graph"
)

// depthToPrimary lists how far each claim is from where it comes from, the farthest and
// those that reach nothing first. Two questions are kept apart:
//
//   - said: how many documents and sources lie between reported words and where
//     their speaker said them, the own channel or the record of the utterance. It
//     is asked of every claim that reports somebody;
//   - fact: how many lie between what is stated and the release or record of who
//     counted or acted. It is asked of figures, and of what a document says of its
//     own accord, when that is worth checking (see [worthChecking]).
//
// A finding is typed by the question and the end of the shortest way to the end
// that says most: "fact-primary" with its depth, "said-unlocated" and so on, as
// [graph.EndKind] names them. (A way that ends at what cites nothing is often
// called a dead end, and one that ends at a located source that is not held,
// unknown.) What is itself the primary, depth 0, is no finding.
//
// Severity is by the end, then by the distance: 900 cites nothing, 850 a cycle,
// 700 unlocated, 500 not held, 450 beyond the depth that is searched, and 20 for
// each hop to a primary, at most 400. Up to 50 more are for what is more worth checking.
func depthToPrimary(s *graph.Survey, _ Filter) Report {
	var r Report
	own := 0
	for i := range s.Claims {
		c := &s.Claims[i]
		ask := func(question string, w graph.Way) {
			if w.End.Kind == graph.EndPrimary && w.Depth == 0 {
				own++
				return
			}
			r.Findings = append(r.Findings, Finding{
				Type: question + "-" + string(w.End.Kind), Severity: farness[w.End.Kind](w.Depth) + Severity(c.Claim.Worth/20),
				Subject: c.Claim.ID, Date: c.Claim.StatedOn, Why: depthWhy(question, c, w),
				Hops: append([]Hop{claimHop(c, nil, "what is asked about")}, pathHops(s, c, w)...),
				Values: []Value{
					{"depth", strconv.Itoa(w.Depth)}, {"basis", string(w.Basis)}, {"score", strconv.Itoa(int(w.Score))},
				},
			})
		}
		if c.Claim.Mode != graph.ModeVoice {
			ask("said", c.Said)
		}
		if (c.Claim.Mode == graph.ModeVoice || len(c.Figures) > 0) && worthChecking(c) {
			ask("fact", c.Fact)
		}
	}
	if own > 0 {
		r.Unseen = append(r.Unseen, several(own, "question is", "questions are")+" not listed: the claim is itself the primary source.")
	}
	r.Unseen = append(r.Unseen, "What is said outside the documents held is not seen: a way ends where they do.")
	return r
}

// farness gives the severity of an end at a depth.
var farness = map[graph.EndKind]func(depth int) Severity{
	graph.EndCitesNone: func(int) Severity { return 900 },
	graph.EndCycle:     func(int) Severity { return 850 },
	graph.EndUnlocated: func(int) Severity { return 700 },
	graph.EndNotHeld:   func(int) Severity { return 500 },
	graph.EndUnknown:   func(int) Severity { return 450 },
	graph.EndPrimary:   func(depth int) Severity { return Severity(min(20*depth, 400)) },
}

// worthThreshold is the rating from which a claim counts as worth checking: the
// one at which the rating's precision and recall are measured (EVALUATION.md).
const worthThreshold = 400

// worthChecking reports whether people would find it worth checking: it states
// something about the world that can be verified, and not a wish or a taste.
func worthChecking(c *graph.TracedClaim) bool { return c.Claim.Worth >= worthThreshold }

func depthWhy(question string, c *graph.TracedClaim, w graph.Way) string {
	what := "What is stated"
	if question == "said" {
		what = "What " + speaker(c) + " is reported to have said"
	}
	if w.End.Kind == graph.EndPrimary {
		return fmt.Sprintf("%s in %s is %s from its primary source. %s", what, title(c.Document), several(w.Depth, "step", "steps"), w.End.Why)
	}
	if w.Depth == 0 {
		return fmt.Sprintf("%s in %s has no way to a primary source. %s", what, title(c.Document), w.End.Why)
	}
	return fmt.Sprintf("%s in %s reaches no primary source in %s. %s", what, title(c.Document), several(w.Depth, "step", "steps"), w.End.Why)
}
