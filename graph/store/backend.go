package store

import (
	"context"

	"github.com/cayleygraph/quad"
)

// A Backend keeps quads and texts. It knows nothing of what they mean.
//
// It is safe for concurrent use: reads run beside one Apply at a time, and a
// read sees each Apply whole or not at all. A read that cannot be answered is
// an error, never an empty answer: one wrapping [graph.ErrDamaged] when what
// was written does not read back. Every call is one round trip.
type Backend interface {
	// Out returns the quads that have one of the subjects and one of the
	// predicates, or any predicate when none is given, in no order, each once.
	Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error)
	// In returns the quads that have one of the objects and one of the
	// predicates, as Out.
	In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error)
	// Label returns the quads under a label, in no order, each once.
	Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error)
	// Each calls f with every quad, in no order, until f returns an error, which
	// it returns. Nothing may be applied in the meantime.
	Each(ctx context.Context, f func(quad.Quad) error) error

	// Apply adds and removes quads, all or none, and returns when they are
	// durable. A quad that is held is not added twice, one that is not held is
	// not removed; no quad may stand in both lists. After an error that does not
	// say otherwise nothing was changed.
	Apply(ctx context.Context, add, remove []quad.Quad) error

	// Text returns the text under a hash (SHA-256, in hex), or an error wrapping
	// [graph.ErrNotFound].
	Text(ctx context.Context, hash string) (string, error)
	// PutText keeps a text, durably when it returns. One that is held is kept as it is.
	PutText(ctx context.Context, hash, text string) error
	// DeleteText removes a text for good. One that is not held is no error.
	DeleteText(ctx context.Context, hash string) error

	// Close releases the backend. Nothing is called after it.
	Close() error
}
