package pgquads

import (
	"context"
	"fmt"
	"slices"
	"strings"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"whence/graph"
	"whence/graph/store"
)

// A state names what is in a database: it is another after each Apply.
type state struct{ head, unlogged int64 }

// A snapshot is a transaction that sees one state. When its connection is lost it goes on with another
// one, as long as the state is the same.
type snapshot struct {
	store *Store
	state state
	turn  chan struct{} // holds one while nobody uses conn
	conn  *pgxpool.Conn // in the transaction; nil after it was lost
}

// Snapshot implements [store.Backend]. It keeps a connection of the pool until it is closed.
func (s *Store) Snapshot(ctx context.Context) (store.Snapshot, error) {
	snap := &snapshot{store: s, turn: make(chan struct{}, 1)}
	snap.turn <- struct{}{}
	err := s.again(ctx, func() (err error) {
		snap.conn, snap.state, err = s.begin(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return snap, nil
}

// begin begins a transaction that sees what is held now.
func (s *Store) begin(ctx context.Context) (*pgxpool.Conn, state, error) {
	var at state
	conn, err := s.readers.Acquire(ctx)
	if err != nil {
		return nil, at, err
	}
	var b pgx.Batch
	b.Queue(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
	b.Queue(`SELECT (SELECT coalesce(max(number), 0) FROM whence_log), (SELECT unlogged FROM whence_store)`).
		QueryRow(func(row pgx.Row) error { return row.Scan(&at.head, &at.unlogged) })
	if err := conn.SendBatch(ctx, &b).Close(); err != nil {
		return nil, at, drop(conn, err)
	}
	return conn, at, nil
}

// drop gives a connection back, and returns the error with which its use ended. One that is still in a transaction
// is closed by the pool.
func drop(conn *pgxpool.Conn, err error) error {
	if err != nil && conn.Conn().IsClosed() {
		err = fmt.Errorf("%w: %w", errBroken, err)
	}
	conn.Release()
	return err
}

// query asks once, in the snapshot. scan is called with each row, and begin before the first and again before
// the first of another try.
func (s *snapshot) query(ctx context.Context, begin func(), scan func(pgx.Rows) error, sql string, args ...any) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.turn:
		defer func() { s.turn <- struct{}{} }()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.store.again(ctx, func() error {
		if err := s.resume(ctx); err != nil {
			return err
		}
		begin()
		rows, err := s.conn.Query(ctx, sql, args...)
		if err == nil {
			for err == nil && rows.Next() {
				err = scan(rows)
			}
			rows.Close()
			if rows.Err() != nil {
				err = rows.Err()
			}
		}
		if err != nil {
			err = drop(s.conn, err)
			s.conn = nil
		}
		return err
	})
}

// resume gives the snapshot a connection if it has none.
func (s *snapshot) resume(ctx context.Context) error {
	if s.conn != nil {
		return nil
	}
	conn, now, err := s.store.begin(ctx)
	if err != nil {
		return err
	}
	if now != s.state {
		conn.Release()
		return fmt.Errorf("the connection to %s was lost, and what it holds is not what it was; ask again: %w", s.store.name, store.ErrBehind)
	}
	s.conn = conn
	return nil
}

// Close implements [store.Snapshot].
func (s *snapshot) Close() error {
	<-s.turn // for good
	if s.conn == nil {
		return nil
	}
	// A connection on which this fails is not used again, and nothing depends on it.
	_, _ = s.conn.Exec(context.Background(), `ROLLBACK`)
	s.conn.Release()
	return nil
}

// Head implements [store.Snapshot].
func (s *snapshot) Head() int64 { return s.state.head }

// find returns the query for quads and, in the same round trip, for the nodes that they hold in some
// directions, each once: rows with a predicate are quads, the others are nodes under subject_hash.
func find(where string, values ...quad.Direction) string {
	if len(values) == 0 {
		return `SELECT subject_hash, predicate_hash, object_hash, label_hash, horizon FROM quads WHERE ` + where
	}
	nodes := make([]string, len(values))
	for i, d := range values {
		nodes[i] = "SELECT " + d.String() + "_hash FROM hit"
	}
	return `WITH hit AS MATERIALIZED (` + find(where) + `)
		SELECT subject_hash, predicate_hash, object_hash, label_hash, horizon,
			NULL::bytea, NULL::text, NULL::text, NULL::text, NULL::boolean, NULL::boolean, NULL::bigint, NULL::boolean,
			NULL::double precision, NULL::timestamptz
		FROM hit
		UNION ALL
		SELECT hash, NULL, NULL, NULL, NULL, ` + nodeColumns + ` FROM nodes WHERE hash IN (` + strings.Join(nodes, " UNION ALL ") + `)`
}

var (
	findLabel = find(`label_hash = $1`, quad.Subject, quad.Predicate, quad.Object)
	findUnder = find(`label_hash = $1`)
	findPage  = find(`horizon > $1 ORDER BY horizon LIMIT $2`, quad.Subject, quad.Predicate, quad.Object, quad.Label)
	findNodes = `SELECT hash, ` + nodeColumns + ` FROM nodes WHERE hash = ANY($1)`
)

// A finding is one question in two ways: for quads with the values that they are likely to bring, and for quads alone.
type finding struct{ whole, bare string }

func findBoth(where string, values ...quad.Direction) finding {
	return finding{find(where, values...), find(where)}
}

// What is asked for is known: those values are not sent back. Nor are predicates, of which there are few: each is
// asked for once.
var (
	hopOut        = findBoth(`subject_hash = ANY($1)`, quad.Object, quad.Label)
	hopOutWith    = findBoth(`subject_hash = ANY($1) AND predicate_hash = ANY($2)`, quad.Object, quad.Label)
	hopOutWithout = findBoth(`subject_hash = ANY($1) AND predicate_hash <> ALL($2)`, quad.Object, quad.Label)
	hopIn         = findBoth(`object_hash = ANY($1)`, quad.Subject, quad.Label)
	hopInWith     = findBoth(`object_hash = ANY($1) AND predicate_hash = ANY($2)`, quad.Subject, quad.Label)
)

// ask sends a query of find, and adds the answer to f.
func (s *snapshot) ask(ctx context.Context, f *found, sql string, args ...any) error {
	var q [4]hashColumn
	var horizon pgtype.Int8
	var node nodeColumn
	bare := []any{&q[0], &q[1], &q[2], &q[3], &horizon}
	whole := append(slices.Clone(bare), node.into()...)
	begin := func() { f.quads, f.read, f.horizon = nil, nil, 0 }
	return s.query(ctx, begin, func(rows pgx.Rows) error {
		into := bare
		if len(rows.RawValues()) > len(bare) {
			into = whole
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if q[1].null {
			v, err := node.value(q[0].hash)
			if err == nil {
				f.set(q[0].hash, v)
			}
			return err
		}
		f.add(q)
		f.horizon = max(f.horizon, horizon.Int64)
		return nil
	}, sql, args...)
}

// fewEnds is how many ends make so small a question that a round trip takes as long as their values.
const fewEnds = 16

// look answers a finding with the help of the values that were read before. Where those do not suffice it takes a
// second round trip, which is not risked for a few ends unless the last answer needed none.
func (s *snapshot) look(ctx context.Context, f *found, by finding, few bool, args ...any) ([]quad.Quad, error) {
	cache := &s.store.values
	sql := by.bare
	if few && !cache.warm.Load() {
		sql = by.whole
	}
	if err := s.ask(ctx, f, sql, args...); err != nil {
		return nil, err
	}
	fresh := cache.put(f)
	cache.fill(f)
	if unknown := f.unknown(); len(unknown) > 0 {
		values, _, err := s.nodes(ctx, findNodes, unknown)
		if err != nil {
			return nil, err
		}
		f.read = nil
		for h, v := range values {
			f.set(h, v)
		}
		fresh += cache.put(f)
	}
	cache.warm.Store(fresh == 0)
	return f.result()
}

// nodes asks for nodes, and returns them and their hashes in the order in which they came.
func (s *snapshot) nodes(ctx context.Context, sql string, args ...any) (values map[hash]quad.Value, order []cgraph.Ref, err error) {
	var h hashColumn
	var node nodeColumn
	into := append([]any{&h}, node.into()...)
	err = s.query(ctx, func() { values, order = map[hash]quad.Value{}, nil }, func(rows pgx.Rows) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		order = append(order, h.hash)
		v, err := node.value(h.hash)
		values[h.hash] = v
		return err
	}, sql, args...)
	return values, order, err
}

// Out implements [store.Snapshot].
func (s *snapshot) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.hop(ctx, hopOut, hopOutWith, subjects, predicates)
}

// In implements [store.Snapshot].
func (s *snapshot) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.hop(ctx, hopIn, hopInWith, objects, predicates)
}

// hop asks for the quads of a frontier, by one query when predicates are given and by the other when not.
func (s *snapshot) hop(ctx context.Context, all, with finding, from []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	f := newFound()
	args := []any{ends(f, from)}
	if len(predicates) > 0 {
		all, args = with, append(args, ends(f, predicates))
	}
	return s.look(ctx, f, all, len(from) <= fewEnds, args...)
}

// Sift implements [store.Sifter]: predicates that are not wanted are not read.
func (s *snapshot) Sift(ctx context.Context, subjects []quad.Value, predicates []quad.IRI, sieve store.Sieve) ([]quad.Quad, error) {
	with, given := hopOutWith, predicates
	if len(predicates) == 0 {
		with, given = hopOutWithout, nil
		for p, without := range sieve.Without {
			if without {
				given = append(given, p)
			}
		}
	}
	quads, err := s.hop(ctx, hopOut, with, subjects, given)
	return sieve.Keep(quads), err
}

// Label implements [store.Snapshot].
func (s *snapshot) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	f := newFound()
	return s.look(ctx, f, finding{bare: findUnder}, false, ends(f, []quad.IRI{label})[0])
}

// page is how many quads or hashes are read at a time where all are.
const page = 10_000

// Each implements [store.Snapshot]. It is one round trip for each page.
func (s *snapshot) Each(ctx context.Context, f func(quad.Quad) error) error {
	for after := int64(-1); ; {
		got := newFound()
		if err := s.ask(ctx, got, findPage, after, page); err != nil {
			return err
		}
		quads, err := got.result()
		if err != nil {
			return err
		}
		for _, q := range quads {
			if err := f(q); err != nil {
				return err
			}
		}
		if len(quads) < page {
			return nil
		}
		after = got.horizon
	}
}

// Texts implements [store.Snapshot].
func (s *snapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	var texts map[string]string
	err := s.query(ctx, func() { texts = map[string]string{} }, func(rows pgx.Rows) error {
		var hash string
		var text []byte
		if err := rows.Scan(&hash, &text); err != nil {
			return err
		}
		texts[hash] = string(text)
		return nil
	}, `SELECT hash, text FROM whence_texts WHERE hash = ANY($1)`, hashes)
	return texts, err
}

// EachHash implements [store.Snapshot]. It is one round trip for each page.
func (s *snapshot) EachHash(ctx context.Context, f func(hash string) error) error {
	for after := ""; ; {
		var got []string
		err := s.query(ctx, func() { got = nil }, func(rows pgx.Rows) error {
			var hash string
			err := rows.Scan(&hash)
			got = append(got, hash)
			return err
		}, `SELECT hash FROM whence_texts WHERE hash > $1 ORDER BY hash LIMIT $2`, after, page)
		if err != nil {
			return err
		}
		for _, hash := range got {
			if err := f(hash); err != nil {
				return err
			}
		}
		if len(got) < page {
			return nil
		}
		after = got[len(got)-1]
	}
}

// Entries implements [store.Snapshot]. It is one round trip for each thousand.
func (s *snapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	const most = 1000
	for after < s.state.head {
		var got []store.Entry
		err := s.query(ctx, func() { got = nil }, func(rows pgx.Rows) error {
			var e store.Entry
			err := rows.Scan(&e.Number, &e.Data)
			got = append(got, e)
			return err
		}, `SELECT number, data FROM whence_log WHERE number > $1 ORDER BY number LIMIT $2`, after, most)
		if err != nil {
			return err
		}
		if len(got) == 0 {
			return fmt.Errorf("%w: the log has no entry %d", graph.ErrDamaged, after+1)
		}
		for _, e := range got {
			if after++; e.Number != after {
				return fmt.Errorf("%w: the log has no entry %d", graph.ErrDamaged, after)
			}
			if err := f(e); err != nil {
				return err
			}
		}
	}
	return nil
}
