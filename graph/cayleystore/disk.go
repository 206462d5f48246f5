package cayleystore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/syndtr/goleveldb/leveldb"
	ldberrors "github.com/syndtr/goleveldb/leveldb/errors"
	"github.com/syndtr/goleveldb/leveldb/filter"
	"github.com/syndtr/goleveldb/leveldb/opt"
	"github.com/syndtr/goleveldb/leveldb/util"

	"whence/graph"
)

func init() {
	// Without it, reading one label scans the graph. Cayley looks at this list
	// when a graph is made, and keeps it in the graph.
	kv.DefaultQuadIndexes = append(kv.DefaultQuadIndexes, kv.QuadIndex{Dirs: []quad.Direction{quad.Label}})
}

// noBloom keeps Cayley from building Bloom filters for 100 million entries.
var noBloom = cgraph.Options{kv.OptNoBloom: true}

// options returns how LevelDB is opened, the same every time. The filters, of ten
// bits for each key, spare most looks into tables that do not hold a key.
func options() *opt.Options {
	return &opt.Options{Filter: filter.NewBloomFilter(10), BlockCacheCapacity: 32 * opt.MiB}
}

// A disk is the graph of a folder: Cayley over LevelDB.
type disk struct {
	ldb *leveldb.DB
	db  *sharedKV

	writing sync.Mutex   // held by Apply and Each
	mu      sync.RWMutex // guards quads; held for reading by reads, for writing while values disappear
	quads   *kv.QuadStore
}

// createDisk makes an empty graph in a folder that does not exist.
func createDisk(dir string) error {
	o := options()
	o.ErrorIfExist = true
	db, err := openFolder(dir, o)
	if err != nil {
		return err
	}
	return errors.Join(kv.Init(db, noBloom), db.Close())
}

// openDisk opens a graph. The error wraps [graph.ErrDamaged] when it is there but
// cannot be read, and is what the system says otherwise (locked, not permitted).
func openDisk(dir string) (*disk, error) {
	o := options()
	o.ErrorIfMissing = true
	db, err := openFolder(dir, o)
	if err != nil {
		if ldberrors.IsCorrupted(err) || errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: %w", graph.ErrDamaged, err)
		}
		return nil, err
	}
	d := &disk{ldb: db.ldb, db: &sharedKV{KV: db}}
	if err := d.checkIndexes(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := d.reopen(); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", graph.ErrDamaged, err), d.Close())
	}
	return d, nil
}

// checkIndexes makes sure that the graph was made whole and with an index by
// label: Cayley falls back to older indexes without a word.
func (d *disk) checkIndexes() error {
	want, err := json.Marshal(kv.DefaultQuadIndexes)
	if err != nil {
		return err
	}
	var got hkv.Value
	err = hkv.View(d.db, func(tx hkv.Tx) error {
		got, err = tx.Get(context.Background(), hkv.Key{[]byte("meta"), []byte("indexes")})
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: indexes of the graph: %w", graph.ErrDamaged, err)
	}
	if string(got) != string(want) {
		return fmt.Errorf("%w: the graph has the indexes %s, not %s", graph.ErrDamaged, got, want)
	}
	return nil
}

// reopen drops all that Cayley keeps in memory.
func (d *disk) reopen() error {
	quads, err := kv.New(d.db, noBloom)
	if err == nil {
		d.quads = quads.(*kv.QuadStore)
	}
	return err
}

func (d *disk) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return d.read(ctx, quad.Subject, subjects, predicates)
}

func (d *disk) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return d.read(ctx, quad.Object, objects, predicates)
}

func (d *disk) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return d.read(ctx, quad.Label, []quad.Value{label}, nil)
}

func (d *disk) read(ctx context.Context, dir quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	values = distinct(values)
	for _, p := range predicates {
		values = append(values, p)
	}
	refs, err := cgraph.RefsOf(ctx, d.quads, values)
	if err != nil {
		return nil, damage(err)
	}
	n := len(values) - len(predicates)
	wanted := map[cgraph.Ref]bool{}
	var kinds []uint64 // the keys of wanted, in order
	for _, ref := range refs[n:] {
		if ref != kv.Int64Value(0) && !wanted[ref] {
			wanted[ref] = true
			kinds = append(kinds, uint64(ref.(kv.Int64Value)))
		}
	}
	if len(predicates) > 0 && len(kinds) == 0 {
		return nil, ctx.Err()
	}
	var found refQuads
	for _, ref := range refs[:n] {
		if ref == kv.Int64Value(0) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var its []cgraph.Iterator
		if index, ok := byPredicate[dir]; ok && 0 < len(kinds) && len(kinds) <= fewPredicates {
			for _, k := range kinds {
				its = append(its, kv.NewQuadIterator(d.quads, index, []uint64{uint64(ref.(kv.Int64Value)), k}))
			}
		} else {
			its = append(its, d.quads.QuadIterator(dir, ref))
		}
		for _, it := range its {
			err := found.add(ctx, d.quads, it, func(q refQuad) bool {
				return len(wanted) == 0 || wanted[q[quad.Predicate-1]]
			})
			if err != nil {
				return nil, damage(err)
			}
		}
	}
	out, err := found.resolve(ctx, d.quads)
	return out, damage(err)
}

// byPredicate gives the index that a direction and a predicate are the head of.
var byPredicate = map[quad.Direction]kv.QuadIndex{
	quad.Subject: {Dirs: []quad.Direction{quad.Subject, quad.Predicate}},
	quad.Object:  {Dirs: []quad.Direction{quad.Object, quad.Predicate, quad.Subject}},
}

// fewPredicates is up to how many predicates it is cheaper to look each up than
// to read all quads of a node.
const fewPredicates = 6

// eachBatch is how many quads Each resolves at a time.
const eachBatch = 4096

func (d *disk) Each(ctx context.Context, f func(quad.Quad) error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	stats, err := d.quads.Stats(ctx, false)
	if errors.Is(err, kv.ErrNoBucket) {
		return nil // nothing was ever written
	} else if err != nil {
		return damage(err)
	}
	var (
		found refQuads
		seen  int64
	)
	flush := func() error {
		quads, err := found.resolve(ctx, d.quads)
		if err != nil {
			return damage(err)
		}
		for _, q := range quads {
			if err := f(q); err != nil {
				return err
			}
		}
		seen += int64(len(quads))
		found = refQuads{}
		return nil
	}
	it := d.quads.QuadsAllIterator()
	defer it.Close()
	for it.Next(ctx) {
		found.quads = append(found.quads, newRefQuad(d.quads, it.Result()))
		if len(found.quads) == eachBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := it.Err(); err != nil {
		return damage(err)
	}
	if err := flush(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if seen != stats.Quads.Size {
		return fmt.Errorf("%w: %d quads are there, %d were written", graph.ErrDamaged, seen, stats.Quads.Size)
	}
	return nil
}

func (d *disk) Apply(ctx context.Context, add, remove []quad.Quad) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	add, _, err := d.sort(ctx, add)
	if err != nil {
		return err
	}
	_, remove, err = d.sort(ctx, remove)
	if err != nil {
		return err
	}
	if len(add)+len(remove) == 0 {
		return ctx.Err()
	}
	if len(remove) > 0 {
		// A read that saw a value before it went would put it back into Cayley's
		// cache of values after.
		d.mu.Lock()
		defer d.mu.Unlock()
	}
	if err := d.apply(ctx, add, remove); err != nil {
		if len(remove) == 0 {
			d.mu.Lock()
			defer d.mu.Unlock()
		}
		return errors.Join(damage(err), d.reopen())
	}
	if len(remove) > 0 {
		// What was removed lies in LevelDB's older files until they are compacted. It
		// is removed all the same if that fails now; LevelDB tries again by itself.
		_ = d.ldb.CompactRange(util.Range{})
	}
	return nil
}

func (d *disk) apply(ctx context.Context, add, remove []quad.Quad) error {
	return d.db.update(ctx, func() error {
		for _, batch := range []struct {
			action cgraph.Procedure
			quads  []quad.Quad
		}{{cgraph.Add, add}, {cgraph.Delete, remove}} {
			if len(batch.quads) == 0 {
				continue
			}
			deltas := make([]cgraph.Delta, len(batch.quads))
			for i, q := range batch.quads {
				deltas[i] = cgraph.Delta{Quad: q, Action: batch.action}
			}
			if err := d.quads.ApplyDeltas(deltas, cgraph.IgnoreOpts{}); err != nil {
				return err
			}
		}
		return nil
	})
}

// sort splits quads, each once, into those that are not held and those that are.
func (d *disk) sort(ctx context.Context, quads []quad.Quad) (missing, held []quad.Quad, err error) {
	if len(quads) == 0 {
		return nil, nil, ctx.Err()
	}
	var subjects, labels []quad.Value
	for _, q := range quads {
		subjects, labels = append(subjects, q.Subject), append(labels, q.Label)
	}
	subjects, labels = distinct(subjects), distinct(labels)
	d.mu.RLock()
	refs, err := cgraph.RefsOf(ctx, d.quads, append(subjects[:len(subjects):len(subjects)], labels...))
	d.mu.RUnlock()
	if err != nil {
		return nil, nil, damage(err)
	}
	known := map[quad.Value]bool{}
	for i, v := range append(subjects[:len(subjects):len(subjects)], labels...) {
		known[v] = refs[i] != kv.Int64Value(0)
	}
	var maybe []quad.Value // subjects of quads of which both subject and label are known
	for _, q := range quads {
		if known[q.Subject] && known[q.Label] {
			maybe = append(maybe, q.Subject)
		}
	}
	there := map[quad.Quad]bool{}
	if len(maybe) > 0 {
		old, err := d.Out(ctx, maybe, nil)
		if err != nil {
			return nil, nil, err
		}
		for _, q := range old {
			there[q] = true
		}
	}
	seen := make(map[quad.Quad]bool, len(quads))
	for _, q := range quads {
		switch {
		case seen[q]:
		case there[q]:
			held = append(held, q)
		default:
			missing = append(missing, q)
		}
		seen[q] = true
	}
	return missing, held, nil
}

// Close releases the engine.
func (d *disk) Close() error { return d.db.Close() }

// damage marks what LevelDB reports as corrupted.
func damage(err error) error {
	if err != nil && ldberrors.IsCorrupted(err) {
		return fmt.Errorf("%w: %w", graph.ErrDamaged, err)
	}
	return err
}
