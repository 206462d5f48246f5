package main

import (
	"fmt"

	"whence/graph"
)

// A person may say that a link which was found holds, or does not, and that a
// claim was never made. A decision is kept for ever and is laid over what was found;
// it is held by the words that it is about, so that it survives a new reading.

type confirmCmd struct {
	Relation string `arg:"" help:"The link's ID, as whence trace prints it."`
	whoFlags
}

type rejectCmd struct {
	Relation string `arg:"" help:"The link's ID, as whence trace prints it, or a claim's."`
	whoFlags
}

// Run records that a link holds.
func (c *confirmCmd) Run(a *app) error { return a.decide(graph.ActConfirm, c.Relation, c.whoFlags) }

// Run records that a link does not hold, or that a claim was never made.
func (c *rejectCmd) Run(a *app) error { return a.decide(graph.ActReject, c.Relation, c.whoFlags) }

// decide records what a person says of a link or a claim.
func (a *app) decide(act graph.Act, about string, who whoFlags) error {
	store, err := a.open(false)
	if err != nil {
		return err
	}
	defer store.Close()
	id := graph.ParseID(about)
	d := graph.Decision{Act: act, By: who.who(), At: now(), Reason: who.Reason}
	err = store.View(a.ctx, graph.At{}, func(r graph.Reader) error {
		ends := []graph.ID{id}
		nodes, err := r.Nodes(a.ctx, ends)
		if err != nil {
			return err
		}
		if len(nodes) == 0 {
			return fmt.Errorf("%s: %w", about, graph.ErrNotFound)
		}
		switch n := nodes[0].(type) {
		case *graph.Claim:
		case *graph.Relation:
			ends, d.Field, d.Before = []graph.ID{n.From, n.To}, string(n.Kind), string(n.Status)
		default:
			return usagef("%s is a %s: want a link or a claim", about, n.NodeType())
		}
		for _, end := range ends {
			nodes, err := r.Nodes(a.ctx, []graph.ID{end})
			if err != nil {
				return err
			}
			t := graph.Target{Node: end}
			for _, n := range nodes {
				switch n := n.(type) {
				case *graph.Claim:
					t.Passage = n.Content[0]
				case *graph.Source:
					if len(n.Passages) > 0 {
						t.Passage = n.Passages[0]
					}
				}
			}
			d.Targets = append(d.Targets, t)
		}
		return nil
	})
	if err != nil {
		return err
	}
	d.ID = graph.NewDecisionID(d)
	if _, err := store.Commit(a.ctx, graph.Change{By: d.By, Reason: d.Reason, Decisions: []graph.Decision{d}}); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%sed %s: %s\n", act, clean(id.Short()), clean(d.ID.Short()))
	return store.Close()
}
