// Package store is the one implementation of [graph.Store], over any [Backend]
// that keeps quads and texts.
//
// What carries a label never changes, so a view of one state is the set of
// labels that were live when it began: writers only add beside it. Only an
// erasure takes quads away, and it waits for the views that began before it.
//
// A commit is one Apply: its texts, its quads and its entry in the log. Entries are numbered,
// and one that does not follow the last is refused, so that several processes may share a
// backend: who comes second takes in what the other wrote, and tries again.
package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/semaphore"

	"whence/graph"
)

// Options are what a store may be told.
type Options struct {
	// Now is asked for the time of a change that gives none. nil is [time.Now].
	Now func() time.Time
}

// New returns the store that a backend keeps, and owns the backend from then on
// unless it fails. In one process, one store at a time may have a backend.
func New(b Backend, o Options) (graph.Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &store{
		backend: b,
		now:     o.Now,
		views:   semaphore.NewWeighted(everyView),
		writer:  semaphore.NewWeighted(1),
		ledger:  newLedger(),
	}
	if err := finished(context.Background(), b); err != nil {
		return nil, err
	}
	if err := s.follow(context.Background()); err != nil {
		return nil, err
	}
	return s, nil
}

// everyView is what is taken from store.views to be alone; a view takes one.
const everyView = 1 << 30

// errClosed is what a closed store answers.
var errClosed = errors.New("the store is closed")

type store struct {
	backend Backend
	now     func() time.Time

	// views is held, once, by each View, and whole by Erase and Close. It is taken
	// with a context, so that nobody waits longer than they want.
	views *semaphore.Weighted
	// writer is held by Commit, Erase and Close, and taken before views.
	writer *semaphore.Weighted
	ledger *ledger
	closed bool // guarded by views

	offsets offsetsCache
}

// View implements [graph.Store].
func (s *store) View(ctx context.Context, at graph.At, f func(graph.Reader) error) error {
	return s.look(ctx, at, func(now state, sight sight) error {
		base := &reader{state: now, at: at, sight: sight}
		laid, err := base.lay(ctx)
		if err == nil {
			err = f(laid)
		}
		base.ended = true
		return err
	})
}

// look calls f with what is held now, and with what of it is seen at a time.
func (s *store) look(ctx context.Context, at graph.At, f func(state, sight) error) error {
	return s.reading(ctx, func(now state) error { return f(now, s.ledger.sight(at, now.Head())) })
}

// reading calls f with what is held now. An erasure waits for it.
func (s *store) reading(ctx context.Context, f func(state) error) error {
	if err := s.views.Acquire(ctx, 1); err != nil {
		return err
	}
	defer s.views.Release(1)
	if s.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	now, err := s.state(ctx)
	if err != nil {
		return err
	}
	return errors.Join(f(now), now.Close())
}

// Ledger implements [graph.Store].
func (s *store) Ledger(ctx context.Context, after int64) (commits []graph.Commit, err error) {
	err = s.reading(ctx, func(now state) (err error) {
		// Read anew: a caller may change what it gets.
		commits, err = readLedger(ctx, now, after)
		return err
	})
	return commits, err
}

// Last implements [graph.Store]. Unlike Ledger it may be called inside a view. Of what another
// process wrote it knows what a view has seen.
func (s *store) Last(context.Context) (graph.Commit, error) { return s.ledger.last(), nil }

// Close implements [graph.Store].
func (s *store) Close() error {
	release, err := s.alone(context.Background())
	if errors.Is(err, errClosed) {
		return nil
	} else if err != nil {
		return err
	}
	defer release()
	s.closed = true
	return s.backend.Close()
}

// write makes the caller the only writer until release is called.
func (s *store) write(ctx context.Context) (release func(), err error) {
	if err := s.writer.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	if s.closed { // only a writer closes
		s.writer.Release(1)
		return nil, errClosed
	}
	if err := ctx.Err(); err != nil {
		s.writer.Release(1)
		return nil, err
	}
	return func() { s.writer.Release(1) }, nil
}

// alone makes the caller the only user until release is called.
func (s *store) alone(ctx context.Context) (release func(), err error) {
	done, err := s.write(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.views.Acquire(ctx, everyView); err != nil {
		done()
		return nil, fmt.Errorf("waiting for readers: %w", err)
	}
	return func() { s.views.Release(everyView); done() }, nil
}
