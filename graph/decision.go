package graph

import "time"

// Act is what a decision does.
type Act string

// The acts.
const (
	ActCorrect Act = "correct" // set Field of the target to After
	ActConfirm Act = "confirm" // a relation holds
	ActReject  Act = "reject"  // a relation does not hold, or a claim was never made
	ActAdd     Act = "add"     // a relation of kind Field between the two targets
	ActMerge   Act = "merge"   // the agent Before is the agent After
	ActSplit   Act = "split"   // the target's speaker, so far Before, is another: After
	ActUndo    Act = "undo"    // the decision named in Before no longer counts
)

// A Target is what a decision is about, held by its words so that it survives a
// new reading or a new version.
type Target struct {
	Node    ID // claim, relation end, source or agent, as it was when decided
	Passage Passage
}

// A Decision is one act of a person. Decisions are kept for ever: an undo is
// another decision.
type Decision struct {
	ID      ID // of the ledger: hash of all the rest
	Act     Act
	Field   string   // for correct: a predicate ("asserted-by"); for confirm, reject, add: the relation's kind
	Targets []Target // one, or two for the ends of a relation, from first
	Before  string   // what it was: an ID or a literal; "" if nothing
	After   string   // what it shall be
	By      string   // who decided
	At      time.Time
	Reason  string
}

// NewDecisionID names a decision by everything in it.
func NewDecisionID(d Decision) ID {
	parts := []string{string(d.Act), d.Field, d.Before, d.After, d.By, d.At.UTC().Format(time.RFC3339Nano), d.Reason}
	for _, t := range d.Targets {
		parts = append(parts, string(t.Node), t.Passage.Exact, t.Passage.Prefix, t.Passage.Suffix)
	}
	return newID("decision", parts...)
}
