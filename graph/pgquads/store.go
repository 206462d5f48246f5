package pgquads

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"whence/graph/store"
)

var (
	_ store.Backend = (*Store)(nil)
	_ store.Sifter  = (*snapshot)(nil)
)

// Options are what a store may be told.
type Options struct {
	// Patience is how long a connection that was lost is asked for again, half a minute unless given.
	Patience time.Duration
}

// A Store is a database of PostgreSQL.
type Store struct {
	address          address
	name             string
	patience         time.Duration
	readers, writers *pgxpool.Pool
	values           valueCache
}

// Open opens the store in a database, and makes in it what is missing. The address is
// postgres://user:password@host:port/database, with what libpq and pgxpool know as parameters, and
// schema for the schema in which the tables are (else the first of the search path). It fails with
// [graph.ErrVersion] when a newer build has made the store, with [graph.ErrConflict] when other tables have
// the names of ours, and with [graph.ErrDamaged] when some of ours are missing. No error holds the password.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	a, err := parse(url)
	if err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, a.config.ConnConfig)
	if err != nil {
		return nil, a.explain(err)
	}
	a.schema, err = prepare(ctx, conn, a.schema)
	_ = conn.Close(context.WithoutCancel(ctx)) // it was for this alone
	if err != nil {
		return nil, a.explain(err)
	}
	s := &Store{address: a, name: a.name(), patience: o.Patience}
	if s.patience == 0 {
		s.patience = patience
	}
	// They connect when they are asked to.
	if s.readers, err = pgxpool.NewWithConfig(ctx, a.readers()); err != nil {
		return nil, a.explain(err)
	}
	if s.writers, err = pgxpool.NewWithConfig(ctx, a.writers()); err != nil {
		s.readers.Close()
		return nil, a.explain(err)
	}
	return s, nil
}

// Close implements [store.Backend].
func (s *Store) Close() error {
	s.readers.Close()
	s.writers.Close()
	return nil
}
