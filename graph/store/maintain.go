package store

import (
	"context"

	"whence/graph"
)

// A Maintainer is what a store of this package can do beside [graph.Store].
type Maintainer interface {
	// Freeze calls f with all that is held, as it was at one moment. Readers and a writer go on
	// beside it; an erasure waits for it.
	Freeze(ctx context.Context, f func(*Frozen) error) error
	// Stats counts what is held.
	Stats(ctx context.Context) (Stats, error)
}

// Maintain returns the Maintainer of a store that [New] made, or that holds one and gives it by a
// method Unwrap() graph.Store; of any other the error wraps [graph.ErrInvalid].
func Maintain(s graph.Store) (Maintainer, error) { return inside(s) }

// A Checker is a backend that can check itself beyond what a [Snapshot] shows. It repairs nothing.
// Problems are sentences that name the thing and what to do. It may be called beside reads and writes.
type Checker interface {
	Check(ctx context.Context) (problems []string, err error)
}

// A Sizer is a backend that knows how much room it takes.
type Sizer interface {
	Sizes(ctx context.Context) (Sizes, error)
}

// Sizes is what a backend knows of itself.
type Sizes struct {
	Backend string `json:"backend"` // what it is made of: "pebble", "postgresql"
	Format  int    `json:"format"`  // version of what it writes; 0 when it has none
	Parts   []Part `json:"parts"`   // in order of name
}

// A Part is a part of what a backend keeps, and the bytes that it takes on disk or at a server.
type Part struct {
	Name  string `json:"name"`
	Bytes int64  `json:"bytes"`
}
