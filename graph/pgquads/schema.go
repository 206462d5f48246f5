package pgquads

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"whence/graph"
)

// format is the version of our own tables that this build reads and writes.
const format = 1

// openLock is the key of the advisory lock under which tables are made, one for a database.
const openLock = 0x7768656e6365 // "whence"

// The tables of Cayley's graph/sql for PostgreSQL, v0.7.7. Of its indexes and constraints these are
// what answers by subject and by object, and keeps a quad from being held twice: the others, five
// indexes and the foreign keys from quads to nodes, take more than half of the time of a write.
const cayleyTables = `
CREATE TABLE nodes (
	hash BYTEA PRIMARY KEY,
	refs INT NOT NULL,
	value BYTEA,
	value_string TEXT,
	datatype TEXT,
	language TEXT,
	iri BOOLEAN,
	bnode BOOLEAN,
	value_int BIGINT,
	value_bool BOOLEAN,
	value_float double precision,
	value_time timestamp with time zone
);
CREATE TABLE quads (
	horizon BIGSERIAL PRIMARY KEY,
	subject_hash BYTEA NOT NULL,
	predicate_hash BYTEA NOT NULL,
	object_hash BYTEA NOT NULL,
	label_hash BYTEA,
	ts timestamp
);
CREATE UNIQUE INDEX whence_spol ON quads (subject_hash, predicate_hash, object_hash, coalesce(label_hash, ''::bytea));
CREATE INDEX whence_ops ON quads (object_hash, predicate_hash, subject_hash);
`

// Our own tables. In whence_store is one row: unlogged counts the batches without an entry, so
// that it and the number of the last entry name a state of the database. In whence_log, batch is
// what an Apply knows its own entry by.
const ourTables = `
CREATE INDEX whence_label ON quads (label_hash);
CREATE TABLE whence_texts (hash TEXT PRIMARY KEY, text BYTEA NOT NULL);
CREATE TABLE whence_log (number BIGINT PRIMARY KEY, batch UUID NOT NULL, data BYTEA NOT NULL);
CREATE TABLE whence_store (format INT NOT NULL, unlogged BIGINT NOT NULL);
`

// columns are what the tables hold, as the catalogue of PostgreSQL tells it.
var columns = map[string]map[string]string{
	"nodes": {
		"hash": "bytea", "refs": "integer", "value": "bytea", "value_string": "text", "datatype": "text", "language": "text",
		"iri": "boolean", "bnode": "boolean", "value_int": "bigint", "value_bool": "boolean", "value_float": "double precision",
		"value_time": "timestamp with time zone",
	},
	"quads": {
		"horizon": "bigint", "subject_hash": "bytea", "predicate_hash": "bytea", "object_hash": "bytea", "label_hash": "bytea",
		"ts": "timestamp without time zone",
	},
	"whence_texts": {"hash": "text", "text": "bytea"},
	"whence_log":   {"number": "bigint", "batch": "uuid", "data": "bytea"},
	"whence_store": {"format": "integer", "unlogged": "bigint"},
}

// prepare makes what is missing in the schema, all or nothing, and returns the schema that
// holds the tables. One process at a time does so in a database.
func prepare(ctx context.Context, conn *pgx.Conn, schema string) (string, error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // after Commit it does nothing
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(openLock)); err != nil {
		return "", err
	}
	schema, err = makeSchema(ctx, tx, schema)
	if err != nil {
		return "", err
	}
	if err := makeTables(ctx, tx, schema); err != nil {
		return "", err
	}
	return schema, tx.Commit(ctx)
}

// makeSchema makes the schema unless it is there. Without a name it is that of the store
// which the connection sees, else the one in which it would make tables.
func makeSchema(ctx context.Context, tx pgx.Tx, schema string) (string, error) {
	if schema == "" {
		var found *string
		err := tx.QueryRow(ctx, `SELECT coalesce(
			(SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass('whence_store')),
			current_schema())`).Scan(&found)
		if err != nil {
			return "", err
		}
		if found == nil {
			return "", fmt.Errorf("no schema of the search path exists: name one with ?schema=: %w", graph.ErrInvalid)
		}
		schema = *found
	}
	var there bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)`, schema).Scan(&there); err != nil {
		return "", err
	}
	if !there {
		if _, err := tx.Exec(ctx, `CREATE SCHEMA `+pgx.Identifier{schema}.Sanitize()); err != nil {
			return "", err
		}
	}
	_, err := tx.Exec(ctx, `SELECT set_config('search_path', $1, true)`, pgx.Identifier{schema}.Sanitize())
	return schema, err
}

// makeTables makes the tables that are missing, unless those that are there are not ours or not Cayley's.
func makeTables(ctx context.Context, tx pgx.Tx, schema string) error {
	held, err := readColumns(ctx, tx, schema)
	if err != nil {
		return err
	}
	if _, ours := held["whence_store"]["format"]; ours {
		if err := checkFormat(ctx, tx); err != nil {
			return err
		}
	}
	for _, table := range slices.Sorted(maps.Keys(held)) {
		if !maps.Equal(held[table], columns[table]) {
			return fmt.Errorf("the table %s in schema %s is not one of whence or Cayley: give the store a schema of its own with ?schema=NAME: %w",
				table, schema, graph.ErrConflict)
		}
	}
	var missing []string
	for _, table := range slices.Sorted(maps.Keys(columns)) {
		if held[table] == nil {
			missing = append(missing, table)
		}
	}
	var statements string
	switch {
	case len(missing) == 0:
		return nil
	case len(held) == 0:
		statements = cayleyTables + ourTables
	case slices.Equal(missing, []string{"whence_log", "whence_store", "whence_texts"}):
		statements = ourTables // Cayley made the others
	default:
		return fmt.Errorf("%w: schema %s has no table %s", graph.ErrDamaged, schema, strings.Join(missing, " and no "))
	}
	// Several statements, so not as a prepared one.
	if err := tx.Conn().PgConn().Exec(ctx, statements).Close(); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO whence_store (format, unlogged) VALUES ($1, 0)`, format)
	return err
}

func checkFormat(ctx context.Context, tx pgx.Tx) error {
	var found int
	if err := tx.QueryRow(ctx, `SELECT coalesce(max(format), 0) FROM whence_store`).Scan(&found); err != nil {
		return err
	}
	switch {
	case found > format:
		return fmt.Errorf("its format is %d, and this build knows up to %d: use a newer whence: %w", found, format, graph.ErrVersion)
	case found < 1:
		return fmt.Errorf("%w: the table whence_store names no format", graph.ErrDamaged)
	}
	return nil
}

// readColumns returns those of the tables in [columns] that a schema has, with the types of their columns.
func readColumns(ctx context.Context, tx pgx.Tx, schema string) (map[string]map[string]string, error) {
	rows, err := tx.Query(ctx, `
		SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE n.nspname = $1 AND c.relname = ANY($2) AND a.attnum > 0 AND NOT a.attisdropped`,
		schema, slices.Collect(maps.Keys(columns)))
	if err != nil {
		return nil, err
	}
	held := map[string]map[string]string{}
	var table, column, kind string
	_, err = pgx.ForEachRow(rows, []any{&table, &column, &kind}, func() error {
		if held[table] == nil {
			held[table] = map[string]string{}
		}
		held[table][column] = kind
		return nil
	})
	return held, err
}
