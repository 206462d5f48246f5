package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// An Applied is a decision and what became of it in a view.
type Applied struct {
	Decision Decision
	// Orphan says why it applies nowhere: its words are not found exactly once in
	// a live version. "" when it applies.
	Orphan string
	// Flag says that it applies although what it was decided on has changed: its
	// Before no longer holds. "" when nothing changed.
	Flag string
}

// Lay returns a reader of base with the decisions laid over it. It is the one
// function that does so, for every store:
//
//   - decisions apply in order of At, then ID; a later one on the same thing wins,
//     and one that was undone does not count;
//   - a decision applies where its target's words are found exactly once;
//     else it is an orphan: it changes nothing, and Decided says why;
//   - one whose Before no longer holds applies and is flagged;
//   - a rejected claim is left out with all that hangs on it, and a rejected
//     relation keeps its node but loses its plain edge; a confirmed or added one
//     gains one;
//   - an agent merged into another is another name of it, also in questions.
//
// Lay itself reads in a few batches, whatever the number of decisions, and reads
// a text only when the words of a target have moved. With no decisions it
// still gives every relation its status.
func Lay(ctx context.Context, base Reader, decisions []Decision) (Reader, error) {
	o := newOverlaid(base)
	force := inForce(decisions)
	if len(force) == 0 {
		return o, nil
	}
	find, err := newFinder(ctx, base, force)
	if err != nil {
		return nil, err
	}
	l := layer{overlaid: o, find: find, current: map[resolvedKey]ID{}, known: map[ID]bool{}}
	for _, d := range decisions {
		l.known[d.ID] = true
	}
	if err := l.read(ctx, force); err != nil {
		return nil, err
	}
	for _, d := range force {
		a := Applied{Decision: d}
		if a.Orphan, a.Flag = l.apply(d); a.Orphan != "" {
			a.Flag = ""
		}
		o.decided = append(o.decided, a)
	}
	return o, o.seal(ctx)
}

// inForce returns the decisions that were not undone, in the order in which they
// apply. An undo that was itself undone does not count.
func inForce(decisions []Decision) []Decision {
	sorted := slices.Clone(decisions)
	slices.SortFunc(sorted, func(a, b Decision) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	sorted = slices.CompactFunc(sorted, func(a, b Decision) bool { return a.ID == b.ID })
	undone := map[ID]bool{}
	var force []Decision
	for _, d := range slices.Backward(sorted) {
		if undone[d.ID] {
			continue
		}
		if d.Act == ActUndo {
			undone[ParseID(d.Before)] = true
		}
		force = append(force, d)
	}
	slices.Reverse(force)
	return force
}

// A layer is the laying of decisions, one after the other.
type layer struct {
	*overlaid
	find    *finder
	current map[resolvedKey]ID // who or what a correction finds, kept up to date
	known   map[ID]bool        // every decision, for undo
}

// read fetches what the decisions are about: what is said now, which relations
// there are, and which agents.
func (l *layer) read(ctx context.Context, force []Decision) error {
	var subjects, nodes []ID
	for _, d := range force {
		ends := l.find.ends(d)
		switch d.Act {
		case ActCorrect, ActSplit:
			subjects = append(subjects, ends...)
			nodes = append(nodes, ParseID(d.After))
		case ActMerge:
			nodes = append(nodes, ParseID(d.Before), ParseID(d.After))
		case ActConfirm, ActReject, ActAdd:
			if len(ends) == 2 {
				nodes = append(nodes, NewRelationID(ends[0], Predicate(d.Field), ends[1]), NewRelationID(ends[1], Predicate(d.Field), ends[0]))
			}
		}
	}
	if err := l.find.read(ctx, nodes...); err != nil {
		return err
	}
	subjects = sortedIDs(subjects)
	if len(subjects) == 0 {
		return nil
	}
	found, err := l.base.Resolved(ctx, subjects)
	if err != nil {
		return err
	}
	for _, f := range found {
		if key := (resolvedKey{f.Subject, f.Predicate}); l.current[key] == "" {
			l.current[key] = f.Agent
		}
	}
	return nil
}

// apply lays one decision over the graph. orphan says why it could not.
func (l *layer) apply(d Decision) (orphan, flag string) {
	ends := make([]ID, len(d.Targets))
	for i, t := range d.Targets {
		if ends[i], orphan = l.find.at(t); orphan != "" {
			return orphan, ""
		}
	}
	switch d.Act {
	case ActUndo:
		if !l.known[ParseID(d.Before)] {
			return fmt.Sprintf("The decision %s that it undoes is not known.", ParseID(d.Before).Short()), ""
		}
		return "", ""
	case ActMerge:
		return l.merge(d)
	case ActCorrect:
		return l.correct(d, Predicate(d.Field), ends)
	case ActSplit:
		return l.correct(d, AssertedBy, ends)
	case ActReject:
		if len(ends) == 1 {
			l.gone[ends[0]] = true
			return "", ""
		}
		return l.judge(d, ends, StatusRejected)
	case ActConfirm, ActAdd:
		if d.Act == ActConfirm && len(ends) == 1 {
			delete(l.gone, ends[0])
			return "", ""
		}
		return l.judge(d, ends, StatusConfirmed)
	}
	return fmt.Sprintf("%q is no act that can be laid over the graph.", d.Act), ""
}

// merge makes one agent another name of a second.
func (l *layer) merge(d Decision) (orphan, flag string) {
	from, to := ParseID(d.Before), ParseID(d.After)
	for _, id := range []ID{from, to} {
		if l.find.agent(id) == nil && l.agents[id] == nil {
			return fmt.Sprintf("The agent %s is not in this view.", id.Short()), ""
		}
	}
	if from, to = l.canonical(from), l.canonical(to); from == to {
		return "The two agents are one already.", ""
	}
	l.alias[from] = to
	return "", ""
}

// correct sets what is said of a node: who is meant, or a field of its own.
func (l *layer) correct(d Decision, field Predicate, ends []ID) (orphan, flag string) {
	if len(ends) != 1 {
		return fmt.Sprintf("A correction has one target, not %d.", len(ends)), ""
	}
	node := ends[0]
	key := resolvedKey{node, field}
	switch field {
	case AssertedBy, AttributedTo, PublishedBy, WrittenBy:
		if orphan := l.meet(d); orphan != "" {
			return orphan, ""
		}
		was := l.canonical(l.current[key])
		if was != l.canonical(ParseID(d.Before)) {
			flag = changed(d, was.Short())
		}
		l.current[key] = l.agentID(d.After)
	case SaidIn, SourcedFrom:
		was := pointerOf(l.find.node(node), field)
		if now, ok := l.current[key]; ok {
			was = now
		}
		if was != ParseID(d.Before) {
			flag = changed(d, was.Short())
		}
		l.current[key] = ParseID(d.After)
	default:
		was, ok := literalOf(l.find.node(node), string(field))
		if !ok {
			return fmt.Sprintf("%q is no field of a %s that can be corrected.", field, l.find.node(node).NodeType()), ""
		}
		if had, ok := l.literals[literalKey{node, string(field)}]; ok {
			was = had
		}
		if was != d.Before {
			flag = changed(d, was)
		}
		l.literals[literalKey{node, string(field)}] = d.After
		return "", flag
	}
	l.replaced[key] = replacement{to: l.current[key], by: d}
	return "", flag
}

func changed(d Decision, now string) string {
	if now == "" {
		now = "nothing"
	}
	return fmt.Sprintf("When it was decided, %s was there; now it would be %s.", orNothing(ParseID(d.Before).Short()), now)
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// meet makes sure that the agent a correction names can be pointed at. A name
// that is no ID makes an agent of that name.
func (l *layer) meet(d Decision) (orphan string) {
	id := l.agentID(d.After)
	switch {
	case id == "" || l.find.agent(id) != nil || l.agents[id] != nil:
		return ""
	case ParseID(d.After) == id:
		return fmt.Sprintf("The agent %s is not in this view.", id.Short())
	}
	l.agents[id] = &Agent{ID: id, Type: Person, Name: FoldSpace(d.After), Label: Label(d.ID)}
	return ""
}

// agentID returns the ID that the After of a correction means: an ID, or a name.
func (l *layer) agentID(after string) ID {
	if id := ParseID(after); id == "" || l.find.agent(id) != nil || strings.HasPrefix(string(id), Namespace) {
		return id
	}
	return NewAgentID(after)
}

// judge confirms, adds or rejects the relation between two ends.
func (l *layer) judge(d Decision, ends []ID, status Status) (orphan, flag string) {
	kind := Predicate(d.Field)
	if len(ends) != 2 || kind == "" || ends[0] == ends[1] {
		return "A relation has a kind and two different ends.", ""
	}
	id := NewRelationID(ends[0], kind, ends[1])
	rel := l.relation(id)
	if rel == nil && symmetric(kind) {
		if back := NewRelationID(ends[1], kind, ends[0]); l.relation(back) != nil {
			id, rel = back, l.relation(back)
		}
	}
	if rel == nil {
		if status == StatusRejected {
			return "", "Nothing says so any more: there is nothing to reject."
		}
		if d.Act == ActConfirm {
			flag = "No matcher finds it any more: it stands on the decision alone."
		}
		rel = &Relation{ID: id, Kind: kind, From: ends[0], To: ends[1], Score: 1000, Basis: BasisPerson, Rule: "decision", Label: Label(d.ID)}
		if d.Reason != "" {
			rel.Reasons = []string{d.Reason}
		}
		l.relations[id] = rel
	}
	l.judged[id] = judgement{rel: rel, status: status, by: d}
	return "", flag
}

// relation returns a relation that is held or was added, or nil.
func (l *layer) relation(id ID) *Relation {
	if rel := l.relations[id]; rel != nil {
		return rel
	}
	rel, _ := l.find.node(id).(*Relation)
	return rel
}

// symmetric reports whether a relation says the same in both directions.
func symmetric(kind Predicate) bool {
	return kind == Matches || kind == SameSource || kind == Contradicts
}

// defaultStatus is where a relation stands on which nobody has decided.
func (r *Relation) defaultStatus() Status {
	switch r.Basis {
	case BasisStated:
		return StatusStated
	case BasisPerson:
		return StatusConfirmed
	}
	return StatusSuggested
}

// pointerOf returns the node that a field of a node points at.
func pointerOf(n Node, field Predicate) ID {
	switch n := n.(type) {
	case *Claim:
		if field == SaidIn {
			return n.SaidIn
		}
	case *Statistic:
		if field == SourcedFrom {
			return n.SourceID
		}
	}
	return ""
}

// literalOf returns a literal field of a node by the name it has in corrections.
func literalOf(n Node, field string) (string, bool) {
	switch n := n.(type) {
	case *Claim:
		switch field {
		case "said-on":
			return string(n.SaidOn), true
		case "polarity":
			return string(n.Polarity), true
		case "mode":
			return string(n.Mode), true
		}
	case *Statistic:
		switch field {
		case "unit":
			return n.Unit, true
		case "measure":
			return n.Measure, true
		case "period":
			return string(n.Period), true
		}
	}
	return "", false
}
