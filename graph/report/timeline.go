package report

import (
	"cmp"
	"slices"

	"whence/graph"
)

// Moment is what an entry of a timeline is.
type Moment string

// The moments.
const (
	MomentFirst         Moment = "first"         // the family is first seen
	MomentRepeat        Moment = "repeat"        // said again, and nothing that is dated had clarified it
	MomentClarification Moment = "clarification" // what clarifies, corrects, disputes or contradicts it
	MomentRepeatAfter   Moment = "repeat-after"  // said again after that
)

// A Timeline tells in order what was said, by whom, and what was said of it.
type Timeline struct {
	Entries        []Entry // in order of date, clarifications before claims of one day, then by ID
	Undated        []*graph.TracedClaim
	Clarifications []Spread // in order of date
	Warnings       []string
}

// An Entry is one moment of a timeline.
type Entry struct {
	Date    graph.Date
	Moment  Moment
	Family  graph.ID
	Claim   *graph.TracedClaim // what was said; nil for a clarification
	By      *graph.Relation    // of a clarification: what says so, with its words
	Target  graph.Node         // of a clarification
	Lag     int                // of a repeat after: whole days since the last clarification before it
	Carries bool               // of a repeat after: its document carries one of them
}

// A Spread is how a clarification spread.
type Spread struct {
	Family   graph.ID
	Target   graph.Node
	Kind     graph.Predicate
	Date     graph.Date // "" if it is not dated: then it is in no entry
	Before   int        // claims of the family dated certainly before
	After    int        // and certainly after
	Carried  int        // of those after, in documents that carry it
	Voices   int        // distinct publishers, or speakers, of those after
	HalfLife string     // how long until half of what was said after carried it: "12 days", or "not reached"
}

// NewTimeline tells of the claims of a survey; keep says which of them it shows,
// nil all. Their clarifications are shown with them.
func NewTimeline(s *graph.Survey, keep func(*graph.TracedClaim) bool) *Timeline {
	t := &Timeline{Warnings: s.Warnings}
	shown := map[graph.ID]bool{} // families
	firsts := map[graph.ID]*graph.TracedClaim{}
	for i := range s.Claims {
		c := &s.Claims[i]
		if keep == nil || keep(c) {
			shown[c.Family] = true
		}
		if had := firsts[c.Family]; c.Claim.StatedOn != "" && (had == nil || earlier(c, had)) {
			firsts[c.Family] = c
		}
	}
	byFamily := map[graph.ID][]spread{}
	for _, k := range clarifications(s, graph.Clarifications...) {
		if !shown[k.family] {
			continue
		}
		byFamily[k.family] = append(byFamily[k.family], k)
		out := Spread{Family: k.family, Target: k.node, Kind: k.kind, Date: k.date, Before: len(k.before), After: len(k.after)}
		carried, voices := map[*graph.TracedClaim]bool{}, map[string]bool{}
		for _, c := range k.after {
			voices[repeater(c)] = true
			if carried[c] = k.carriedBy(c); carried[c] {
				out.Carried++
			}
		}
		out.Voices, out.HalfLife = len(voices), k.halfLife(carried)
		t.Clarifications = append(t.Clarifications, out)
		if k.date != "" {
			t.Entries = append(t.Entries, Entry{Date: k.date, Moment: MomentClarification, Family: k.family, By: k.relation, Target: k.node})
		}
	}
	for i := range s.Claims {
		c := &s.Claims[i]
		switch {
		case keep != nil && !keep(c):
		case c.Claim.StatedOn == "":
			t.Undated = append(t.Undated, c)
		default:
			t.Entries = append(t.Entries, entryOf(c, c == firsts[c.Family], byFamily[c.Family]))
		}
	}
	rank := func(e Entry) int {
		if e.Moment == MomentClarification {
			return 0
		}
		return 1
	}
	id := func(e Entry) graph.ID {
		if e.Claim != nil {
			return e.Claim.Claim.ID
		}
		return e.By.ID
	}
	slices.SortStableFunc(t.Entries, func(a, b Entry) int {
		return cmp.Or(inTime(a.Date, b.Date), cmp.Compare(rank(a), rank(b)), cmp.Compare(id(a), id(b)))
	})
	slices.SortStableFunc(t.Clarifications, func(a, b Spread) int {
		return cmp.Or(inTime(a.Date, b.Date), cmp.Compare(a.Target.NodeID(), b.Target.NodeID()), cmp.Compare(a.Kind, b.Kind))
	})
	return t
}

// earlier reports whether a claim comes before another on a timeline.
func earlier(a, b *graph.TracedClaim) bool {
	return cmp.Or(inTime(a.Claim.StatedOn, b.Claim.StatedOn), cmp.Compare(a.Claim.ID, b.Claim.ID)) < 0
}

// inTime orders dates by the last day that they can mean: what is only known to be
// of a month is not shown as earlier than a day of it.
func inTime(a, b graph.Date) int {
	return cmp.Or(a.End().Compare(b.End()), b.Start().Compare(a.Start()))
}

// entryOf is the entry of one dated claim.
func entryOf(c *graph.TracedClaim, first bool, ks []spread) Entry {
	e := Entry{Date: c.Claim.StatedOn, Moment: MomentRepeat, Family: c.Family, Claim: c}
	if first {
		e.Moment = MomentFirst
	}
	for _, k := range ks {
		if slices.Contains(k.after, c) {
			if !first {
				e.Moment = MomentRepeatAfter
			}
			e.Lag = days(k.date, c.Claim.StatedOn) // they are in order of date: the last one counts
			e.Carries = e.Carries || k.carriedBy(c)
		}
	}
	return e
}
