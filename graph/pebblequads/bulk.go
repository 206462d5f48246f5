package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/objstorage/objstorageprovider"
	"github.com/cockroachdb/pebble/v2/sstable"
	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/store"
)

// bulkFolder is where a bulk keeps its files, in the folder of its DB.
const bulkFolder = "bulk"

const (
	bulkMemory = 64 << 20 // bytes that a bulk gathers before it sorts them into files
	bulkTable  = 64 << 20 // bytes, before compression, of one of the files that it hands to the engine
)

// A bulk makes one commit of any number of batches, to restore a store or to fill one. Its
// quads may come in any order. What it takes is sorted in files beside those of the engine, in
// bounded memory, and nothing goes through the engine's log.
type bulk struct {
	db      *DB
	dir     string
	base    *state
	sorters map[byte]*sorter
	long    map[string]bool // values that were taken lately
	entries int64
	last    error // after which it takes nothing more
	ended   bool
}

var _ store.Filler = (*DB)(nil)

// Bulk implements [store.Filler].
func (d *DB) Bulk(ctx context.Context) (store.Bulk, error) {
	if err := d.beginWrite(ctx); err != nil {
		return nil, err
	}
	b := &bulk{
		db: d, dir: d.files.PathJoin(d.dir, bulkFolder), base: d.last,
		sorters: map[byte]*sorter{}, long: map[string]bool{}, entries: d.last.counts.entries,
	}
	for _, space := range []byte{keyOffsets, keyEntries, keyLabels, keyObjects, keySubjects, keyTexts, keyValues} {
		b.sorters[space] = &sorter{files: d.files, name: d.files.PathJoin(b.dir, string(space))}
	}
	if err := errors.Join(d.files.RemoveAll(b.dir), d.files.MkdirAll(b.dir, 0o755)); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// Apply implements [store.Bulk].
func (b *bulk) Apply(ctx context.Context, batch store.Batch) error {
	if b.ended || b.last != nil {
		return errors.Join(errBulkEnded, b.last)
	}
	if len(batch.Remove)+len(batch.DropTexts) > 0 {
		return fmt.Errorf("a bulk removes nothing: %w", graph.ErrInvalid)
	}
	if e := batch.Entry; e != nil && e.Number != b.entries+1 {
		return fmt.Errorf("entry %d does not follow entry %d: %w", e.Number, b.entries, store.ErrBehind)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	b.last = b.take(batch)
	return b.last
}

var errBulkEnded = errors.New("the bulk has ended")

func (b *bulk) take(batch store.Batch) error {
	var buf []byte
	for _, q := range batch.Add {
		var text []byte
		terms, err := appendQuad(buf[:0], q, func(d quad.Direction, term, long []byte) {
			if d == quad.Object && term[0] == tagLiteralHash {
				text = long
			} else if !b.long[string(term)] {
				if len(b.long) == maxNames {
					clear(b.long)
				}
				b.long[string(term)] = true
				b.sorters[keyValues].add(long, []byte{keyValues}, term)
			}
		})
		if err != nil {
			return err
		}
		buf = terms
		ts := splitQuad(terms)
		s, p, o, l := ts[0], ts[1], ts[2], ts[3]
		b.sorters[keySubjects].add(text, []byte{keySubjects}, terms)
		if !covering[string(p)] { // the others follow when all that is said of their subjects is known
			b.sorters[keyObjects].add(nil, []byte{keyObjects}, o, p, s, l)
		}
		b.sorters[keyLabels].add(wordsOf(p, text), []byte{keyLabels}, l, s, p, o)
		if err := b.spill(); err != nil {
			return err
		}
	}
	for _, t := range batch.Texts {
		packed, err := packText(t)
		if err != nil {
			return err
		}
		b.sorters[keyTexts].add(packed.text.value, packed.text.key)
		b.sorters[keyOffsets].add(packed.offsets.value, packed.offsets.key)
		if err := b.spill(); err != nil {
			return err
		}
	}
	if e := batch.Entry; e != nil {
		b.entries = e.Number
		b.sorters[keyEntries].add(e.Data, entryKey(e.Number))
	}
	return nil
}

// spill writes what is in memory to files when it is too much.
func (b *bulk) spill() error {
	size := 0
	for _, s := range b.sorters {
		size += s.size()
	}
	if size < bulkMemory {
		return nil
	}
	for _, s := range b.sorters {
		if err := s.spill(); err != nil {
			return err
		}
	}
	return nil
}

// Commit implements [store.Bulk].
func (b *bulk) Commit(ctx context.Context) (err error) {
	if b.ended || b.last != nil {
		return errors.Join(errBulkEnded, b.last)
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if err := ctx.Err(); err != nil {
		return err
	}
	tables := &tables{bulk: b}
	counts, err := b.merge(ctx, tables)
	if err := errors.Join(err, tables.end()); err != nil {
		return err
	}
	if len(tables.names) == 0 {
		return nil
	}
	if err := syncFolder(b.db.files, b.dir); err != nil {
		return err
	}
	var snap *pebble.Snapshot
	err = b.db.within(func() error {
		err := b.db.engine.Ingest(context.Background(), tables.names)
		if err == nil {
			snap = b.db.engine.NewSnapshot()
		}
		return err
	})
	if err == nil {
		err = b.db.failed.get()
	}
	if err != nil {
		return fmt.Errorf("%s: the bulk failed, and whether it is kept is seen when the store is opened again: %w", b.db.dir, err)
	}
	b.db.committed(&state{db: b.db, snap: snap, refs: 1, counts: counts}, false)
	return nil
}

// merge writes all keys to tables, in order, and returns what the store then holds.
func (b *bulk) merge(ctx context.Context, t *tables) (c counts, err error) {
	c = b.base.counts
	kinds := map[string]int64{}
	held, err := b.base.lookup()
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, held.close()) }()
	run := &subjectRun{bulk: b, held: held}
	for _, space := range []byte{keyOffsets, keyEntries, keyLabels, keySubjects, keyObjects, keyTexts, keyValues} {
		n := 0
		if space == keyObjects {
			if err := run.end(ctx); err != nil {
				return c, err
			}
		}
		err := b.sorters[space].merge(func(key, value []byte) error {
			if n++; n%checkEvery == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			switch space {
			case keySubjects:
				there, err := held.quad(key[1:])
				if err != nil {
					return err
				}
				if !there {
					c.quads++
					kinds[string(splitQuad(key[1:])[1])]++
				}
				if err := run.add(ctx, key[1:], value); err != nil {
					return err
				}
			case keyTexts:
				held, err := b.base.has(key)
				if err != nil || held {
					return err
				}
				c.texts++
			}
			return t.set(key, value)
		})
		if err != nil {
			return c, err
		}
	}
	if !t.any {
		return c, nil
	}
	c.entries = b.entries
	c.commits++
	for _, p := range slices.Sorted(maps.Keys(kinds)) {
		if err := t.merge(appendKey(nil, keyPredicate, []byte(p)), encodeCount(kinds[p])); err != nil {
			return c, err
		}
	}
	return c, errors.Join(
		t.set(commitsKey, encodeCount(c.commits)), t.set(quadsKey, encodeCount(c.quads)), t.set(textsKey, encodeCount(c.texts)),
	)
}

// A subjectRun is quads of one subject, in order, of which the covers are made. See cover.go.
type subjectRun struct {
	bulk  *bulk
	held  *lookup
	quads []change
	bytes []byte // of quads
}

// maxRun is of how many quads of one subject covers are made. A relation has some ten.
const maxRun = 1 << 12

// add takes the next quad, given by its terms and the long form of its object when it is a hashed literal.
func (r *subjectRun) add(ctx context.Context, terms, text []byte) error {
	if n := len(r.quads); n > 0 && !bytes.Equal(splitQuad(r.quads[n-1].terms)[0], splitQuad(terms)[0]) {
		if err := r.end(ctx); err != nil {
			return err
		}
	}
	if len(r.quads) >= maxRun && !(change{terms: terms}).covers() {
		return nil
	}
	at := len(r.bytes)
	r.bytes = append(append(r.bytes, terms...), text...)
	all := r.bytes[at:len(r.bytes):len(r.bytes)]
	r.quads = append(r.quads, change{all[:len(terms):len(terms)], all[len(terms):]})
	return nil
}

// end hands the sorter of the index of objects what the relations among the quads lead to.
func (r *subjectRun) end(ctx context.Context) error {
	w := write{add: r.quads}
	if err := r.cover(ctx, &w); err != nil {
		return err
	}
	out := r.bulk.sorters[keyObjects]
	for _, c := range slices.Concat(w.add, w.covered) {
		if ts := splitQuad(c.terms); c.covers() {
			key := appendKey(nil, keyObjects, ts[2], ts[1], ts[0], ts[3])
			out.add(w.coverOf(c), key)
		}
	}
	r.quads, r.bytes = r.quads[:0], r.bytes[:0]
	if out.size() < bulkMemory {
		return nil
	}
	return out.spill()
}

// cover makes the covers of the run, none if it is too long: then those that are held go.
func (r *subjectRun) cover(ctx context.Context, w *write) error {
	if len(r.quads) < maxRun {
		return w.cover(ctx, r.held)
	}
	for p := range covering {
		if err := r.held.each(nil, func(_ terms, c change) bool {
			w.covered = append(w.covered, change{terms: bytes.Clone(c.terms)})
			return true
		}, splitQuad(r.quads[0].terms)[0], []byte(p)); err != nil {
			return err
		}
	}
	return nil
}

// Close implements [store.Bulk].
func (b *bulk) Close() error {
	if b.ended {
		return nil
	}
	b.ended = true
	b.sorters, b.long = nil, nil
	err := b.db.files.RemoveAll(b.dir)
	b.db.writer.Release(1)
	return err
}

// tables writes keys in order into files for the engine, and begins a new one where
// the first byte of the keys changes or one is large.
type tables struct {
	bulk  *bulk
	names []string
	out   *sstable.Writer
	space byte
	size  int
	any   bool
}

func (t *tables) set(key, value []byte) error {
	if err := t.room(key, len(value)); err != nil {
		return err
	}
	return t.out.Set(key, value)
}

func (t *tables) merge(key, value []byte) error {
	if err := t.room(key, len(value)); err != nil {
		return err
	}
	return t.out.Merge(key, value)
}

func (t *tables) room(key []byte, value int) error {
	t.any = true
	if t.out != nil && (t.space != key[0] || t.size > bulkTable) {
		if err := t.end(); err != nil {
			return err
		}
	}
	if t.out == nil {
		d := t.bulk.db
		name := d.files.PathJoin(t.bulk.dir, fmt.Sprintf("%d.sst", len(t.names)))
		f, err := d.files.Create(name, vfs.WriteCategoryUnspecified)
		if err != nil {
			return err
		}
		t.names = append(t.names, name)
		t.space, t.size = key[0], 0
		t.out = sstable.NewWriter(objstorageprovider.NewFileWritable(f), d.tableOptions())
	}
	t.size += len(key) + value
	return nil
}

// tableOptions are those with which the engine writes files.
func (d *DB) tableOptions() sstable.WriterOptions {
	o := d.options.MakeWriterOptions(6, d.engine.TableFormat())
	o.DisableValueBlocks = true // as spanPolicy has it
	return o
}

// end finishes the file that is being written.
func (t *tables) end() error {
	if t.out == nil {
		return nil
	}
	err := t.out.Close()
	t.out = nil
	return err
}
