package store

import (
	"context"
	"errors"

	"github.com/cayleygraph/quad"
)

// ErrBehind is what Apply fails with when the batch's entry does not follow the
// last one that is held: another process has written in the meantime.
var ErrBehind = errors.New("the log has moved on")

// A Backend keeps quads, texts and a log of entries. It knows nothing of what
// they mean. It is safe for concurrent use.
type Backend interface {
	// Snapshot returns what is held now. The caller closes it.
	Snapshot(ctx context.Context) (Snapshot, error)
	// Apply does all that a batch says, or nothing, and returns when it is durable.
	// After an error that does not say otherwise nothing was changed.
	Apply(ctx context.Context, b Batch) error
	// Close releases the backend. Nothing is called after it; all snapshots were closed before.
	Close() error
}

// A Snapshot is what a backend held at one moment: what was held then is found in it
// until it is closed. Of what is applied later it shows each batch whole or not at all
// (a backend that only one process has may show it). It is safe for concurrent use.
//
// A read that cannot be answered is an error, never an empty answer: one wrapping
// [graph.ErrDamaged] when what was written does not read back. Every call is one round trip.
type Snapshot interface {
	// Out returns the quads that have one of the subjects and one of the
	// predicates, or any predicate when none is given, in no order, each once.
	Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error)
	// In returns the quads that have one of the objects and one of the predicates, as Out.
	In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error)
	// Label returns the quads under a label, in no order, each once.
	Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error)
	// Each calls f with every quad, in no order, each once, until f returns an error, which it returns.
	Each(ctx context.Context, f func(quad.Quad) error) error
	// Texts returns the texts under the hashes (SHA-256, in hex), by hash; those that are not held are left out.
	Texts(ctx context.Context, hashes []string) (map[string]string, error)
	// EachHash calls f with the hash of every text, in no order, as Each.
	EachHash(ctx context.Context, f func(hash string) error) error
	// Head returns the number of the last entry of the log; 0 when there is none.
	Head() int64
	// Entries calls f with the entries after a number, in order, as Each. A number that is missing is
	// an error wrapping [graph.ErrDamaged].
	Entries(ctx context.Context, after int64, f func(Entry) error) error
	// Close releases the snapshot. Nothing is called after it.
	Close() error
}

// A Batch is what one Apply does.
type Batch struct {
	// Add and Remove are quads. One that is held is not added twice, one that is not held is not
	// removed; no quad may stand in both lists, and one list may name a quad twice.
	Add, Remove []quad.Quad
	// Texts are kept. One that is held stays as it is.
	Texts []Text
	// DropTexts are the hashes of texts that go for good; of one that is not held nothing happens.
	DropTexts []string
	// Entry is appended to the log; nil for none. Its number must be that of the last plus one, or
	// Apply fails with [ErrBehind].
	Entry *Entry
}

// A Text is a text under its hash (SHA-256, in hex).
type Text struct{ Hash, Text string }

// An Entry of the log has a number, counted from 1, and says what only the store understands.
type Entry struct {
	Number int64
	Data   []byte
}

// A Filler is a [Backend] that takes any amount at once, faster than batch by batch.
type Filler interface {
	// Bulk begins a bulk, when no one else writes. Close it in any case.
	Bulk(ctx context.Context) (Bulk, error)
}

// A Bulk is batches that become part of a backend in one step: nothing of them is held before Commit returns. It is for one
// goroutine, and nobody else writes to the backend until Commit or Close.
type Bulk interface {
	// Apply takes a batch, which only adds. The entries of batches follow one another.
	Apply(ctx context.Context, b Batch) error
	// Commit makes all that was taken part of the backend, durably when it returns. It ends the bulk.
	Commit(ctx context.Context) error
	// Close ends the bulk, and drops what was not committed.
	Close() error
}
