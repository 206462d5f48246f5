package pgquads

import (
	"context"
	"crypto/rand"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"whence/graph/store"
)

// server returns the address of a server on which tests may make databases.
func server(t testing.TB) *url.URL {
	t.Helper()
	address := os.Getenv("WHENCE_POSTGRES")
	if address == "" {
		t.Skip("NOT TESTED: set WHENCE_POSTGRES to postgres://user:password@host:port/database of a PostgreSQL server " +
			"whose user may make databases, or run .ci/postgres, which starts one")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// connect connects as the user of the server, with the schema of an address if it has one, until the test ends.
func connect(t testing.TB, u *url.URL) *pgx.Conn {
	t.Helper()
	plain := *u
	q := plain.Query()
	if q.Has("schema") {
		q.Set("search_path", pgx.Identifier{q.Get("schema")}.Sanitize())
		q.Del("schema")
	}
	plain.RawQuery = q.Encode()
	conn, err := pgx.Connect(context.Background(), plain.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { hangUp(conn) })
	return conn
}

// hangUp closes a connection, once or twice.
func hangUp(conn *pgx.Conn) { _ = conn.Close(context.Background()) }

// execute does something as the user of the server, in the database and schema of an address.
func execute(t testing.TB, u *url.URL, statements ...string) {
	t.Helper()
	conn := connect(t, u)
	defer hangUp(conn)
	for _, s := range statements {
		if _, err := conn.Exec(context.Background(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// schema returns the address of an empty schema, which goes when the test ends.
func schema(t testing.TB) *url.URL {
	t.Helper()
	u := *server(t)
	name := "test_" + strings.ToLower(rand.Text())
	q := u.Query()
	q.Set("schema", name)
	u.RawQuery = q.Encode()
	t.Cleanup(func() { execute(t, &u, `DROP SCHEMA IF EXISTS `+pgx.Identifier{name}.Sanitize()+` CASCADE`) })
	return &u
}

// database returns the address of an empty database, which goes when the test ends.
func database(t testing.TB) *url.URL {
	t.Helper()
	base := server(t)
	u := *base
	name := "whence_test_" + strings.ToLower(rand.Text())
	u.Path = "/" + name
	quoted := pgx.Identifier{name}.Sanitize()
	execute(t, base, `CREATE DATABASE `+quoted)
	t.Cleanup(func() { execute(t, base, `DROP DATABASE `+quoted+` WITH (FORCE)`) })
	return &u
}

func open(t testing.TB, u *url.URL) *Store {
	t.Helper()
	s, err := Open(context.Background(), u.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func apply(t testing.TB, s *Store, b store.Batch) {
	t.Helper()
	if err := s.Apply(context.Background(), b); err != nil {
		t.Fatal(err)
	}
}

func snapshotOf(t testing.TB, s *Store) store.Snapshot {
	t.Helper()
	snap, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := snap.Close(); err != nil {
			t.Error(err)
		}
	})
	return snap
}
