package pgquads

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Stats are how much a store holds.
type Stats struct {
	Quads, Nodes, Texts, Entries int64
	// Bytes are what each table takes on disk, with its indexes and with what of it is stored apart.
	Bytes map[string]int64
}

// Stats counts what is held at one moment, which reads the tables from end to end.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var st Stats
	err := s.again(ctx, func() error {
		st = Stats{Bytes: map[string]int64{}}
		conn, _, err := s.begin(ctx)
		if err != nil {
			return err
		}
		var b pgx.Batch
		b.Queue(`SELECT (SELECT count(*) FROM quads), (SELECT count(*) FROM nodes), (SELECT count(*) FROM whence_texts), (SELECT count(*) FROM whence_log)`).
			QueryRow(func(row pgx.Row) error { return row.Scan(&st.Quads, &st.Nodes, &st.Texts, &st.Entries) })
		for table := range columns {
			b.Queue(`SELECT pg_total_relation_size($1::regclass)`, table).QueryRow(func(row pgx.Row) error {
				var size int64
				err := row.Scan(&size)
				st.Bytes[table] = size
				return err
			})
		}
		b.Queue(`ROLLBACK`)
		return drop(conn, conn.SendBatch(ctx, &b).Close())
	})
	return st, err
}
