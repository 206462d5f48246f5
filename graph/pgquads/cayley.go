package pgquads

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	graphlog "github.com/cayleygraph/cayley/graph/log"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// kind is what Cayley's PostgreSQL backend is called when it speaks to the server through pgx. Through its
// own driver it is called postgres, takes an address with the password in it, and logs that when it cannot connect.
const kind = "whence-postgres"

var register = sync.OnceFunc(func() {
	csql.Register(kind, csql.Registration{
		Driver: "pgx",
		QueryDialect: csql.QueryDialect{
			RegexpOp:    "~",
			FieldQuote:  func(name string) string { return pgx.Identifier{name}.Sanitize() },
			Placeholder: func(n int) string { return fmt.Sprintf("$%d", n) },
		},
		ConditionalIndexes: true,
		Error:              func(err error) error { return err },
		Estimated: func(table string) string {
			return "SELECT greatest(reltuples, 0)::BIGINT FROM pg_class WHERE oid = '" + table + "'::regclass"
		},
		RunTx: func(*sql.Tx, []graphlog.NodeUpdate, []graphlog.QuadUpdate, cgraph.IgnoreOpts) error {
			return errReadOnly
		},
	})
})

// errReadOnly is what a change through Cayley fails with.
var errReadOnly = errors.New("the graph is changed by whence alone, which keeps a log of it")

// A QuadStore is Cayley's store on the tables, for reading. It is safe for concurrent use.
type QuadStore struct {
	*csql.QuadStore
	store  *Store
	driver string // under which the driver knows how to connect
	names  *pgxpool.Pool

	mu     sync.Mutex // guards the rest
	known  map[hash]quad.Value
	failed error
}

// mostKnown bounds the values that a QuadStore remembers.
const mostKnown = 10_000

// QuadStore opens Cayley's own store on the same tables, for its query languages, and refuses to change
// anything through it. The caller closes it.
func (s *Store) QuadStore(ctx context.Context) (*QuadStore, error) {
	register()
	config := s.address.querying()
	names, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, s.address.explain(err)
	}
	driver := stdlib.RegisterConnConfig(config.ConnConfig)
	qs, err := csql.New(kind, driver, nil)
	if err != nil {
		names.Close()
		stdlib.UnregisterConnConfig(driver)
		return nil, s.address.explain(err)
	}
	return &QuadStore{QuadStore: qs.(*csql.QuadStore), store: s, driver: driver, names: names, known: map[hash]quad.Value{}}, nil
}

// Err returns the first error that NameOf or Quad, which return none, has met; what was answered since is not to be trusted.
func (q *QuadStore) Err() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.failed
}

// NameOf implements Cayley's QuadStore. It returns nil for what is not there, and after an error (see Err).
func (q *QuadStore) NameOf(ref cgraph.Ref) quad.Value {
	if ref == nil {
		return nil
	}
	values, err := q.ValuesOf(context.Background(), []cgraph.Ref{ref})
	if err != nil {
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.failed == nil {
			q.failed = err
		}
		return nil
	}
	return values[0]
}

// Quad implements Cayley's QuadStore, as NameOf.
func (q *QuadStore) Quad(ref cgraph.Ref) (out quad.Quad) {
	h := ref.(csql.QuadHashes)
	for _, d := range quad.Directions {
		out.Set(d, q.NameOf(h.Get(d)))
	}
	return out
}

// ValuesOf implements Cayley's BatchQuadStore: the values of nodes, in one round trip.
func (q *QuadStore) ValuesOf(ctx context.Context, refs []cgraph.Ref) ([]quad.Value, error) {
	out := make([]quad.Value, len(refs))
	wanted := map[hash][]int{} // where in out
	q.mu.Lock()
	for i, ref := range refs {
		var h hash
		switch ref := ref.(type) {
		case nil:
			continue
		case cgraph.PreFetchedValue:
			out[i] = ref.NameOf()
			continue
		case csql.NodeHash:
			h = ref.ValueHash
		case hash:
			h = ref
		default:
			q.mu.Unlock()
			return nil, fmt.Errorf("a reference of type %T to a node", ref)
		}
		if v, ok := q.known[h]; ok {
			out[i] = v
		} else if h.Valid() {
			wanted[h] = append(wanted[h], i)
		}
	}
	q.mu.Unlock()
	if len(wanted) == 0 {
		return out, nil
	}
	hashes := make([][]byte, 0, len(wanted))
	for h := range wanted {
		hashes = append(hashes, h[:])
	}
	got := make(map[hash]quad.Value, len(wanted))
	err := q.store.again(ctx, func() error {
		rows, err := q.names.Query(ctx, `SELECT hash, `+nodeColumns+` FROM nodes WHERE hash = ANY($1)`, hashes)
		if err != nil {
			return err
		}
		var b []byte
		var node nodeColumn
		_, err = pgx.ForEachRow(rows, append([]any{&b}, node.into()...), func() error {
			h, err := newHash(b)
			if err != nil {
				return err
			}
			got[h], err = node.value(h)
			return err
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.known)+len(got) > mostKnown {
		clear(q.known)
	}
	for h, v := range got {
		q.known[h] = v
		for _, i := range wanted[h] {
			out[i] = v
		}
	}
	return out, nil
}

// ApplyDeltas implements Cayley's QuadStore, and refuses.
func (*QuadStore) ApplyDeltas([]cgraph.Delta, cgraph.IgnoreOpts) error { return errReadOnly }

// NewQuadWriter implements Cayley's QuadStore, and refuses.
func (*QuadStore) NewQuadWriter() (quad.WriteCloser, error) { return nil, errReadOnly }

// Close implements Cayley's QuadStore.
func (q *QuadStore) Close() error {
	err := q.QuadStore.Close()
	q.names.Close()
	stdlib.UnregisterConnConfig(q.driver)
	return err
}
