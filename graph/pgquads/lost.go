package pgquads

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"whence/graph"
)

// patience is how long a connection that was lost is asked for again.
const patience = 30 * time.Second

// again calls try until it succeeds, or fails with something that trying again does not mend, for as
// long as the store's patience lasts. Its last error names the server and not the password.
func (s *Store) again(ctx context.Context, try func() error) error {
	until := time.Now().Add(s.patience)
	for pause := 20 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		err := try()
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errHeld):
			continue
		case !passing(err):
			return s.told(err)
		case time.Now().After(until):
			return fmt.Errorf("for %v there was no connection to %s, try again when it is there: %w", s.patience, s.name, s.told(err))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// passing reports whether an error says nothing of what was asked for: the connection broke, the
// server is going down or coming up, or two transactions waited for each other.
func passing(err error) bool {
	switch {
	case errors.Is(err, errBroken):
		return true
	case errors.Is(err, errUnanswered), // Apply sees to it
		errors.Is(err, graph.ErrDamaged): // what does not decode may say so with io.ErrUnexpectedEOF
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "57P01", "57P02", "57P03", // shut down, crash of another process, starting up
			"25P03", "57P05", // ended for being idle
			"53300",          // too many connections
			"40001", "40P01": // serialisation, deadlock
			return true
		}
		return strings.HasPrefix(pg.Code, "08")
	}
	var broken net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &broken)
}

// errBroken stands for a connection that was found closed.
var errBroken = errors.New("the connection is closed")

// told returns an error as a person can use it.
func (s *Store) told(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	var hint string
	switch pg.Code {
	case "42501":
		hint = "the user has not the right: grant it, or name one who has"
	case "53100", "53200":
		hint = "the server has no room left: nothing was changed"
	case "25006":
		hint = "the server only reads: name the primary one"
	default:
		return err
	}
	return fmt.Errorf("%s: %s: %w", s.name, hint, err)
}
