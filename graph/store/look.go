package store

import (
	"context"
	"fmt"

	"whence/graph"
)

// A Raw view is what a view is made of: what the backend held at one moment, and which of it the
// view sees. Decisions are not laid over it. It is safe for concurrent use.
type Raw struct {
	Snapshot
	sight sight
}

// Sees reports whether quads of a label are seen. Those of the store itself never are, nor those
// of a label that has ended or was not there yet.
func (r Raw) Sees(label graph.Label) bool {
	r.sight.ledger.mu.RLock()
	defer r.sight.ledger.mu.RUnlock()
	return r.sight.has(label)
}

// Decisions returns how many decisions a reader would see laid over.
func (r Raw) Decisions() int { return len(r.sight.decisions()) }

// Warnings returns what is left aside, as [graph.Reader] does.
func (r Raw) Warnings() []string { return r.sight.warnings() }

// Look calls f with the raw view at a time, which must not be closed, and not be used once f has returned.
// s is a store that [New] made, or holds one and gives it by a method Unwrap() graph.Store; of any
// other the error wraps [graph.ErrInvalid].
func Look(ctx context.Context, s graph.Store, at graph.At, f func(Raw) error) error {
	inner, err := inside(s)
	if err != nil {
		return err
	}
	return inner.look(ctx, at, func(now state, sight sight) error {
		return f(Raw{Snapshot: now.Snapshot, sight: sight})
	})
}

// inside returns the store that another is, or holds.
func inside(s graph.Store) (*store, error) {
	for inner := s; ; {
		switch is := inner.(type) {
		case *store:
			return is, nil
		case interface{ Unwrap() graph.Store }:
			inner = is.Unwrap()
		default:
			return nil, fmt.Errorf("a %T gives no quads: %w", s, graph.ErrInvalid)
		}
	}
}
