package pgquads

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"whence/graph/store"
)

var (
	_ store.Sizer   = (*Store)(nil)
	_ store.Checker = (*Store)(nil)
)

// Sizes implements [store.Sizer]. A part is a table, with its indexes and with what of it is stored apart.
func (s *Store) Sizes(ctx context.Context) (store.Sizes, error) {
	sizes := store.Sizes{Backend: "postgresql", Format: format}
	for _, table := range slices.Sorted(maps.Keys(columns)) {
		sizes.Parts = append(sizes.Parts, store.Part{Name: table})
	}
	err := s.one(ctx, func(b *pgx.Batch) {
		for i := range sizes.Parts {
			part := &sizes.Parts[i]
			b.Queue(`SELECT pg_total_relation_size($1::text::regclass)`, part.Name).
				QueryRow(func(row pgx.Row) error { return row.Scan(&part.Bytes) })
		}
	})
	return sizes, err
}

// mostProblems bounds those that Check tells of one kind.
const mostProblems = 10

// Check implements [store.Checker]: every end of a quad has its node, and every node counts the ends that it has, by
// which Cayley deletes. It reads all quads and nodes.
func (s *Store) Check(ctx context.Context) (problems []string, err error) {
	err = s.one(ctx, func(b *pgx.Batch) {
		problems = nil
		for _, setting := range []string{"enable_seqscan", "enable_hashjoin", "enable_mergejoin"} {
			b.Queue(`SET LOCAL ` + setting + ` = on`)
		}
		b.Queue(`WITH ends AS (
				SELECT hash, count(*) AS n
				FROM quads, LATERAL (VALUES (subject_hash), (predicate_hash), (object_hash), (label_hash)) AS v (hash)
				WHERE hash IS NOT NULL GROUP BY hash
			)
			SELECT encode(coalesce(nodes.hash, ends.hash), 'hex'), refs, coalesce(n, 0)
			FROM nodes FULL JOIN ends USING (hash) WHERE refs IS DISTINCT FROM n LIMIT $1`, mostProblems).
			Query(func(rows pgx.Rows) error {
				var node string
				var counted *int64
				var ends int64
				_, err := pgx.ForEachRow(rows, []any{&node, &counted, &ends}, func() error {
					if counted == nil {
						problems = append(problems, fmt.Sprintf("node %s is not there, and %d quads hold it: restore the store from a backup", node, ends))
					} else {
						problems = append(problems, fmt.Sprintf("node %s counts %d ends of quads, and has %d: "+
							"whence reads it all the same; do not delete through Cayley", node, *counted, ends))
					}
					return nil
				})
				return err
			})
	})
	return problems, err
}

// one asks several things of one moment in one round trip.
func (s *Store) one(ctx context.Context, queue func(*pgx.Batch)) error {
	return s.again(ctx, func() error {
		conn, _, err := s.begin(ctx)
		if err != nil {
			return err
		}
		var b pgx.Batch
		queue(&b)
		b.Queue(`ROLLBACK`)
		return drop(conn, conn.SendBatch(ctx, &b).Close())
	})
}
