package pgquads

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"whence/graph"
	"whence/graph/store"
)

// mostQuads bounds the quads of one statement.
const mostQuads = 20_000

// lockClass is the first half of the key of the advisory lock that writers of one store take in turn.
const lockClass = 0x776865 // "whe"

// A write is a batch on its way: what is sent, once or again after a lost connection.
type write struct {
	batch       store.Batch
	id          [16]byte // what the entry is known by
	add, remove []quadHashes
	careful     bool // some quads may be held already; as a rule none is, which is faster
}

// quadHashes are some quads, with the values they hold.
type quadHashes struct {
	quads []cgraph.QuadHash
	nodes nodeValues // each once
	refs  []int32    // how often each node is in the quads
}

func newWrite(b store.Batch) (*write, error) {
	w := &write{batch: b}
	if _, err := rand.Read(w.id[:]); err != nil {
		return nil, err
	}
	var err error
	if w.add, err = hashQuads(b.Add); err != nil {
		return nil, err
	}
	w.remove, err = hashQuads(b.Remove)
	return w, err
}

// hashQuads returns quads, each once, in parts of mostQuads.
func hashQuads(quads []quad.Quad) (parts []quadHashes, err error) {
	var part *quadHashes
	held := make(map[cgraph.QuadHash]bool, len(quads))
	var known map[hash]int // where a node is in part.nodes
	hashes := map[quad.Value]hash{}
	for _, q := range quads {
		var h cgraph.QuadHash
		for _, d := range quad.Directions {
			v := q.Get(d)
			if v == nil {
				if d == quad.Label {
					continue
				}
				return nil, fmt.Errorf("a quad without %v: %w", d, graph.ErrInvalid)
			}
			vh, ok := hashes[v]
			if !ok {
				vh = cgraph.HashOf(v)
				hashes[v] = vh
			}
			h.Set(d, vh)
		}
		if held[h] {
			continue
		}
		held[h] = true
		if part == nil || len(part.quads) == mostQuads {
			parts = append(parts, quadHashes{})
			part, known = &parts[len(parts)-1], map[hash]int{}
		}
		part.quads = append(part.quads, h)
		for _, d := range quad.Directions {
			vh := h.Get(d)
			if !vh.Valid() {
				continue
			}
			at, ok := known[vh]
			if !ok {
				at = len(part.refs)
				known[vh] = at
				part.refs = append(part.refs, 0)
				if err := part.nodes.add(vh, q.Get(d)); err != nil {
					return nil, err
				}
			}
			part.refs[at]++
		}
	}
	return parts, nil
}

const (
	// Writers follow one another, also those of other processes; the entry is looked at under the lock.
	lockStore = `SELECT pg_advisory_xact_lock($1::int, 'whence_log'::regclass::oid::int)`

	// A number that does not follow is NULL here, or held already: both are refused.
	appendEntry = `INSERT INTO whence_log (number, batch, data)
		SELECT CASE WHEN (SELECT coalesce(max(number), 0) FROM whence_log) = $1::bigint - 1 THEN $1::bigint END, $2::uuid, $3::bytea`
	countUnlogged = `UPDATE whence_store SET unlogged = unlogged + 1`

	// Quads of which none is held, and how often each node is in them: one that is held fails it.
	copyQuads = `COPY quads (subject_hash, predicate_hash, object_hash, label_hash, ts) FROM STDIN (FORMAT binary)`
	addNodes  = `INSERT INTO nodes (refs, hash, ` + nodeColumns + `)
		SELECT * FROM unnest($1::int[], ` + nodeArrays2 + `)
		ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs`

	// Quads of which some may be held: those are not returned, and count for nothing. The nodes are many, and the
	// plan is made without knowing it.
	joinByHash = `SET LOCAL enable_nestloop = off`
	addQuads   = `WITH given AS (
			SELECT * FROM unnest(` + nodeArrays5 + `) AS n (hash, ` + nodeColumns + `)
		), added AS (
			INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash, ts)
			SELECT *, now() FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[])
			ON CONFLICT DO NOTHING
			RETURNING subject_hash, predicate_hash, object_hash, label_hash
		), counted AS (` + countHashes + `)
		INSERT INTO nodes (refs, hash, ` + nodeColumns + `)
		SELECT c.refs, g.* FROM given g JOIN counted c USING (hash) ORDER BY hash
		ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs`

	// A node that no quad has any more goes.
	removeQuads = `WITH given AS (
			SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS g (s, p, o, l)
		), added AS (
			DELETE FROM quads q USING given g
			WHERE q.subject_hash = g.s AND q.predicate_hash = g.p AND q.object_hash = g.o
				AND (q.label_hash = g.l OR q.label_hash IS NULL AND g.l IS NULL)
			RETURNING q.subject_hash, q.predicate_hash, q.object_hash, q.label_hash
		), counted AS (` + countHashes + `
		), unused AS (
			DELETE FROM nodes n USING counted c WHERE n.hash = c.hash AND n.refs <= c.refs
		)
		UPDATE nodes n SET refs = n.refs - c.refs FROM counted c WHERE n.hash = c.hash AND n.refs > c.refs`

	// How often each node is in the quads of added.
	countHashes = `
			SELECT hash, count(*)::int AS refs
			FROM added, LATERAL (VALUES (subject_hash), (predicate_hash), (object_hash), (label_hash)) AS v (hash)
			WHERE hash IS NOT NULL
			GROUP BY hash`

	// The arguments of a nodeValues, from the second and the fifth on.
	nodeArrays2 = `$2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[],
		$9::bigint[], $10::boolean[], $11::double precision[], $12::timestamptz[]`
	nodeArrays5 = `$5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::boolean[], $11::boolean[],
		$12::bigint[], $13::boolean[], $14::double precision[], $15::timestamptz[]`

	addTexts  = `INSERT INTO whence_texts (hash, text) SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT DO NOTHING`
	dropTexts = `DELETE FROM whence_texts WHERE hash = ANY($1)`
)

// statements returns what is sent in one go: all but the new quads and the COMMIT.
func (w *write) statements() *pgx.Batch {
	var b pgx.Batch
	b.Queue(`BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE`)
	b.Queue(lockStore, lockClass)
	if e := w.batch.Entry; e != nil {
		b.Queue(appendEntry, e.Number, w.id, append([]byte{}, e.Data...))
	} else {
		b.Queue(countUnlogged)
	}
	for _, part := range w.remove {
		b.Queue(removeQuads, part.arguments()...)
	}
	if w.careful {
		b.Queue(joinByHash)
	}
	for _, part := range w.add {
		if w.careful {
			b.Queue(addQuads, append(part.arguments(), part.nodes.arguments()...)...)
		} else {
			b.Queue(addNodes, append([]any{part.refs}, part.nodes.arguments()...)...)
		}
	}
	if len(w.batch.DropTexts) > 0 {
		b.Queue(dropTexts, w.batch.DropTexts)
	}
	if len(w.batch.Texts) > 0 {
		hashes, texts := make([]string, len(w.batch.Texts)), make([][]byte, len(w.batch.Texts))
		for i, t := range w.batch.Texts {
			hashes[i], texts[i] = t.Hash, []byte(t.Text)
		}
		b.Queue(addTexts, hashes, texts)
	}
	return &b
}

// arguments returns quads as columns in the order of [quad.Directions].
func (q *quadHashes) arguments() []any {
	columns := make([]any, len(quad.Directions))
	for i, d := range quad.Directions {
		column := make([][]byte, len(q.quads))
		for j := range q.quads {
			if h := q.quads[j].Get(d); h.Valid() {
				column[j] = h[:]
			}
		}
		columns[i] = column
	}
	return columns
}

// copied returns the new quads as [copyQuads] takes them, empty when there are none. The format is in PostgreSQL's manual under
// COPY, "Binary Format".
func (w *write) copied(now time.Time) []byte {
	if len(w.add) == 0 || w.careful {
		return nil
	}
	const columns, row = 5, 2 + 5*4 + 4*quad.HashSize + 8
	n := 0
	for _, part := range w.add {
		n += len(part.quads)
	}
	out := append(make([]byte, 0, 32+n*row), "PGCOPY\n\xff\r\n\x00"...)
	out = append(out, make([]byte, 8)...) // no flags, no extension
	ts := now.Sub(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).Microseconds()
	for _, part := range w.add {
		for i := range part.quads {
			out = binary.BigEndian.AppendUint16(out, columns)
			for _, d := range quad.Directions {
				h := part.quads[i].Get(d)
				if !h.Valid() {
					out = binary.BigEndian.AppendUint32(out, math.MaxUint32) // NULL
					continue
				}
				out = append(binary.BigEndian.AppendUint32(out, uint32(len(h))), h[:]...)
			}
			out = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(out, 8), uint64(ts))
		}
	}
	return binary.BigEndian.AppendUint16(out, math.MaxUint16)
}
