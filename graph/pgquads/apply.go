package pgquads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"whence/graph/store"
)

// errUnanswered is when the connection broke between the COMMIT and its answer.
var errUnanswered = errors.New("the connection was lost while a change was being kept")

// Apply implements [store.Backend]. A batch is one transaction of three round trips: all but the new quads, these, and
// the COMMIT. When the connection is lost it is sent again; an entry that turns out to be held from the
// first time is success. A batch without an entry may be done twice then, which leaves what once leaves.
func (s *Store) Apply(ctx context.Context, b store.Batch) error {
	w, err := newWrite(b)
	if err != nil {
		return err
	}
	if len(b.Remove) > 0 {
		defer s.values.forget()
	}
	err = s.again(ctx, func() error { return s.send(ctx, w) })
	if !errors.Is(err, errUnanswered) {
		return err
	}
	// It may be done, and whether it is has to be found out, whatever the caller waits for.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	err = s.again(ctx, func() error {
		err := s.send(ctx, w)
		if errors.Is(err, errUnanswered) {
			return errBroken
		}
		return err
	})
	if err != nil && !errors.Is(err, store.ErrBehind) {
		return fmt.Errorf("whether the last change is kept is not known; do it again when the server is there, nothing is kept twice: %w", err)
	}
	return err
}

// send does a write. It fails with errUnanswered when it may be done.
func (s *Store) send(ctx context.Context, w *write) error {
	conn, err := s.writers.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	err = conn.SendBatch(ctx, w.statements()).Close()
	if quads := w.copied(time.Now()); err == nil && len(quads) > 0 {
		_, err = conn.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(quads), copyQuads)
	}
	if err != nil {
		if conn.Conn().IsClosed() {
			return fmt.Errorf("%w: %w", errBroken, err)
		}
		if _, err := conn.Exec(ctx, `ROLLBACK`); err != nil {
			return fmt.Errorf("%w: %w", errBroken, err)
		}
		switch {
		case violated(err, "quads") && !w.careful:
			w.careful = true
			return fmt.Errorf("%w: %w", errHeld, err)
		case !violated(err, "whence_log"):
			return err
		}
		if done, err := w.done(ctx, conn); done || err != nil {
			return err
		}
		return fmt.Errorf("entry %d: %w", w.batch.Entry.Number, store.ErrBehind)
	}
	if ctx.Err() != nil { // the transaction ends with the connection, which cannot be used again
		return errors.Join(ctx.Err(), conn.Conn().Close(context.WithoutCancel(ctx)))
	}
	// From here on it is not for the caller to say whether it happens.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	if _, err := conn.Exec(ctx, `COMMIT`); err != nil {
		if passing(err) || conn.Conn().IsClosed() {
			return fmt.Errorf("%w: %w", errUnanswered, err)
		}
		return err
	}
	return nil
}

// errHeld is when a quad that was taken for new is held.
var errHeld = errors.New("a quad is held already")

// violated reports whether a row did not fit into a table because another is there, or because it has no number.
func violated(err error, table string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.TableName == table && (pg.Code == "23502" || pg.Code == "23505") // not null, unique
}

// done reports whether the entry is held from an earlier time that it was sent.
func (w *write) done(ctx context.Context, conn *pgxpool.Conn) (done bool, err error) {
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM whence_log WHERE number = $1 AND batch = $2)`, w.batch.Entry.Number, w.id).Scan(&done)
	return done, err
}
