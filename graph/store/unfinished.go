package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/quad"

	"whence/graph"
)

// ErrUnfinished is what [New] fails with over a backend into which a restore has begun and not ended.
var ErrUnfinished = fmt.Errorf("a restore into it has not ended: run the same whence restore again, or empty it: %w", graph.ErrDamaged)

// The mark of a restore that has begun: a quad under a label of its own.
const (
	unfinishedLabel     quad.IRI = graph.Namespace + "restore"
	unfinishedPredicate quad.IRI = graph.Namespace + "restore:from"
)

// Unfinished returns the quad that marks a backend into which an archive is being restored.
func Unfinished(archive string) quad.Quad {
	return quad.Quad{Subject: unfinishedLabel, Predicate: unfinishedPredicate, Object: quad.String(archive), Label: unfinishedLabel}
}

// UnfinishedIn returns which archive is being restored into a backend; marked is false when none is.
func UnfinishedIn(ctx context.Context, snap Snapshot) (archive string, marked bool, err error) {
	quads, err := snap.Label(ctx, unfinishedLabel)
	if err != nil || len(quads) == 0 {
		return "", false, err
	}
	from, _ := quads[0].Object.(quad.String)
	return string(from), true, nil
}

// finished fails with [ErrUnfinished] over a backend that is marked.
func finished(ctx context.Context, b Backend) error {
	snap, err := b.Snapshot(ctx)
	if err != nil {
		return err
	}
	_, marked, err := UnfinishedIn(ctx, snap)
	if err = errors.Join(err, snap.Close()); err == nil && marked {
		err = ErrUnfinished
	}
	return err
}
