package pebblequads

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"whence/graph"
	"whence/graph/store"
)

// Apply implements [store.Backend]. What it removes is gone from the files of the folder
// when it returns, unless a snapshot is open that still shows it: then it goes when
// that is closed. (The file system may keep what deleted files held, as any does. In a store of
// many files the engine's list of them, which names the first and the last key of each, may
// keep a short value until it is next written anew, at the latest when the folder is opened.)
//
// An error of the commit itself says that it is not known whether the batch is kept: it is seen
// when the folder is opened again, and not before.
func (d *DB) Apply(ctx context.Context, b store.Batch) error {
	w := &write{entry: b.Entry}
	if err := w.take(b); err != nil {
		return err
	}
	if err := d.beginWrite(ctx); err != nil {
		return err
	}
	defer d.writer.Release(1)
	return d.apply(ctx, w)
}

// beginWrite makes the caller the only writer, until it releases d.writer.
func (d *DB) beginWrite(ctx context.Context) error {
	if d.readOnly {
		return errReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.writer.Acquire(ctx, 1); err != nil {
		return err
	}
	err := d.failed.get()
	if loss := d.Loss(); err == nil && loss != nil {
		err = fmt.Errorf("%w; nothing is written before that is accepted", loss)
	}
	if err != nil {
		d.writer.Release(1)
	}
	return err
}

// A write is a batch in the terms of the engine.
type write struct {
	add, remove []change
	values      map[string][]byte // by hashed term: what keyValues gets
	covers      map[string][]byte // by [said]: see cover.go
	covered     []change          // that are held, and whose covers change
	texts       []packed
	dropTexts   [][]byte
	entry       *store.Entry
}

// A change is a quad that is added or removed.
type change struct {
	terms []byte // in the order of keySubjects
	text  []byte // the long form of the object when it is a hashed literal
}

type pair struct{ key, value []byte }

// A packed text is what is kept of it, and of its offsets.
type packed struct{ text, offsets pair }

// take fills a write with what a batch says.
func (w *write) take(b store.Batch) (err error) {
	if w.add, err = w.changes(b.Add, true); err != nil {
		return err
	}
	if w.remove, err = w.changes(b.Remove, false); err != nil {
		return err
	}
	if len(w.remove) > 0 && len(w.add) > 0 {
		for _, c := range w.remove {
			if _, both := slices.BinarySearchFunc(w.add, c, compareChanges); both {
				return fmt.Errorf("a quad is to be added and removed: %w", graph.ErrInvalid)
			}
		}
	}
	for _, t := range b.Texts {
		p, err := packText(t)
		if err != nil {
			return err
		}
		w.texts = append(w.texts, p)
	}
	slices.SortFunc(w.texts, func(a, b packed) int { return bytes.Compare(a.text.key, b.text.key) })
	w.texts = slices.CompactFunc(w.texts, func(a, b packed) bool { return bytes.Equal(a.text.key, b.text.key) })
	for _, hash := range b.DropTexts {
		key, err := textKey(hash)
		if err != nil {
			return err
		}
		w.dropTexts = append(w.dropTexts, key)
	}
	slices.SortFunc(w.dropTexts, bytes.Compare)
	w.dropTexts = slices.CompactFunc(w.dropTexts, bytes.Equal)
	return nil
}

// packText returns what is kept of a text.
func packText(t store.Text) (packed, error) {
	key, err := textKey(t.Hash)
	if err != nil {
		return packed{}, err
	}
	enc, _ := codecs()
	return packed{pair{key, enc.EncodeAll([]byte(t.Text), nil)}, pair{offsetsKey(key), graph.NewOffsets(t.Text).AppendTo(nil)}}, nil
}

// changes returns quads in order, each once.
func (w *write) changes(quads []quad.Quad, add bool) ([]change, error) {
	if len(quads) == 0 {
		return nil, nil
	}
	out := make([]change, len(quads))
	buf := make([]byte, 0, 96*len(quads)) // one piece of memory for most
	for i, q := range quads {
		c := &out[i]
		at := len(buf)
		terms, err := appendQuad(buf, q, func(d quad.Direction, term, long []byte) {
			if d == quad.Object && term[0] == tagLiteralHash {
				c.text = long
			} else if add {
				if w.values == nil {
					w.values = map[string][]byte{}
				}
				w.values[string(term)] = long
			}
		})
		if err != nil {
			return nil, err
		}
		buf = terms
		c.terms = terms[at:len(terms):len(terms)]
	}
	slices.SortFunc(out, compareChanges)
	return slices.CompactFunc(out, sameQuad), nil
}

func compareChanges(a, b change) int { return bytes.Compare(a.terms, b.terms) }
func sameQuad(a, b change) bool      { return bytes.Equal(a.terms, b.terms) }

// apply commits a write. The caller is the only writer.
func (d *DB) apply(ctx context.Context, w *write) (err error) {
	defer caught(&err)
	base := d.last
	if e := w.entry; e != nil && e.Number != base.counts.entries+1 {
		return fmt.Errorf("entry %d does not follow entry %d: %w", e.Number, base.counts.entries, store.ErrBehind)
	}
	if w.add, err = base.missing(ctx, w.add); err != nil {
		return err
	}
	if w.remove, err = base.held(ctx, w.remove); err != nil {
		return err
	}
	if w.texts, err = filterTexts(base, w.texts, func(p packed) []byte { return p.text.key }, false); err != nil {
		return err
	}
	if w.dropTexts, err = filterTexts(base, w.dropTexts, func(k []byte) []byte { return k }, true); err != nil {
		return err
	}
	if err := w.coverOver(ctx, base); err != nil {
		return err
	}
	batch, err := d.batch(ctx, base, w)
	if err != nil {
		return err
	}
	if batch.Empty() {
		return errors.Join(ctx.Err(), batch.Close())
	}
	counts := base.counts
	counts.quads += int64(len(w.add) - len(w.remove))
	counts.texts += int64(len(w.texts) - len(w.dropTexts))
	counts.commits++
	if w.entry != nil {
		counts.entries = w.entry.Number
	}
	if err := errors.Join(
		batch.Set(quadsKey, encodeCount(counts.quads), nil),
		batch.Set(textsKey, encodeCount(counts.texts), nil),
		batch.Set(commitsKey, encodeCount(counts.commits), nil),
	); err != nil {
		return errors.Join(err, batch.Close())
	}
	erases := len(w.remove)+len(w.dropTexts) > 0
	if erases {
		if err := batch.Set(owedKey, nil, nil); err != nil {
			return errors.Join(err, batch.Close())
		}
	}
	if err := ctx.Err(); err != nil {
		return errors.Join(err, batch.Close())
	}
	snap, err := d.commit(batch)
	if err != nil {
		return err
	}
	d.committed(&state{db: d, snap: snap, refs: 1, counts: counts}, erases)
	return nil
}

// committed makes what was just committed visible and counts it. It does not fail: what was
// committed stays so, and what goes wrong now is told to the next writer.
func (d *DB) committed(s *state, erases bool) {
	d.mu.Lock()
	d.open++
	d.mu.Unlock()
	if err := errors.Join(d.advance(s), d.head.set(s.counts.commits)); err != nil {
		d.failed.fail(err)
	}
	if erases {
		d.mu.Lock()
		d.owed = true
		d.mu.Unlock()
		d.purge()
	}
}

// commit writes a batch, and returns what is held then when it is durable. It owns the batch,
// which an engine that is stuck may still be at.
func (d *DB) commit(batch *pebble.Batch) (*pebble.Snapshot, error) {
	var snap *pebble.Snapshot
	err := d.within(func() error {
		err := batch.Commit(pebble.Sync)
		if err == nil {
			snap = d.engine.NewSnapshot()
			err = batch.Close()
		}
		return err
	})
	if err == nil {
		// What failed in the meantime may be what the commit rests on.
		if err = d.failed.get(); err == nil {
			return snap, nil
		}
	}
	d.failed.fail(err)
	d.failed.told.Store(true)
	return nil, fmt.Errorf("%s: the commit failed, and whether it is kept is seen when the store is opened again: %w", d.dir, err)
}

// batch returns what a write does to the engine, but for the counts of it all.
func (d *DB) batch(ctx context.Context, base *state, w *write) (*pebble.Batch, error) {
	size := 0
	for _, c := range w.add {
		size += 3*(len(c.terms)+8) + len(c.text)
	}
	for _, t := range w.texts {
		size += len(t.text.value) + len(t.offsets.value) + 128
	}
	b := d.engine.NewBatchWithSize(size + 1024)
	err := w.fill(ctx, base, b)
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// pairs returns the keys of quads in the index of objects or in that of labels, in order, with what is kept under them.
func (w *write) pairs(index byte, changes []change) []pair {
	size := 0
	for _, c := range changes {
		size += len(c.terms) + 1
	}
	out, buf := make([]pair, len(changes)), make([]byte, 0, size)
	for i, c := range changes {
		ts := splitQuad(c.terms)
		s, p, o, l := ts[0], ts[1], ts[2], ts[3]
		at := len(buf)
		if index == keyObjects {
			buf = appendKey(buf, index, o, p, s, l)
			out[i].value = w.coverOf(c)
		} else {
			buf = appendKey(buf, index, l, s, p, o)
			out[i].value = wordsOf(p, c.text)
		}
		out[i].key = buf[at:len(buf):len(buf)]
	}
	slices.SortFunc(out, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
	return out
}

func (w *write) fill(ctx context.Context, base *state, b *pebble.Batch) error {
	var key []byte
	set := func(index byte, value []byte, ts ...[]byte) error {
		key = appendKey(key[:0], index, ts...)
		return b.Set(key, value, nil)
	}
	kinds := map[string]int64{}
	for _, c := range w.add {
		kinds[string(splitQuad(c.terms)[1])]++
		if err := set(keySubjects, c.text, c.terms); err != nil {
			return err
		}
	}
	// One index after the other, each in order: the engine then finds where a key goes from where the one before went.
	for _, index := range []byte{keyObjects, keyLabels} {
		for _, p := range w.pairs(index, w.add) {
			if err := b.Set(p.key, p.value, nil); err != nil {
				return err
			}
		}
	}
	for _, p := range w.pairs(keyObjects, w.covered) {
		if err := b.Set(p.key, p.value, nil); err != nil {
			return err
		}
	}
	remove := func(index byte, ts ...[]byte) error {
		key = appendKey(key[:0], index, ts...)
		return b.Delete(key, nil)
	}
	for _, c := range w.remove {
		ts := splitQuad(c.terms)
		s, p, o, l := ts[0], ts[1], ts[2], ts[3]
		kinds[string(p)]--
		if err := errors.Join(remove(keySubjects, c.terms), remove(keyObjects, o, p, s, l), remove(keyLabels, l, s, p, o)); err != nil {
			return err
		}
	}
	for p, n := range kinds {
		key = appendKey(key[:0], keyPredicate, []byte(p))
		if err := addCount(base, b, key, n); err != nil {
			return err
		}
	}
	if len(w.add) > 0 {
		for term, long := range w.values {
			if err := set(keyValues, long, []byte(term)); err != nil {
				return err
			}
		}
	}
	if err := w.forget(ctx, base, b); err != nil {
		return err
	}
	for _, t := range w.texts {
		if err := errors.Join(b.Set(t.text.key, t.text.value, nil), b.Set(t.offsets.key, t.offsets.value, nil)); err != nil {
			return err
		}
	}
	for _, k := range w.dropTexts {
		if err := errors.Join(b.Delete(k, nil), b.Delete(offsetsKey(k), nil)); err != nil {
			return err
		}
	}
	if w.entry != nil {
		return b.Set(entryKey(w.entry.Number), w.entry.Data, nil)
	}
	return nil
}

// addCount changes a counter. One that comes to nothing goes, as its key is a name
// that may be gone for good.
func addCount(base *state, b *pebble.Batch, key []byte, n int64) error {
	if n < 0 {
		held, err := base.count(key)
		if err != nil {
			return err
		}
		if held+n == 0 {
			return b.Delete(key, nil)
		}
	}
	if n == 0 {
		return nil
	}
	return b.Merge(key, encodeCount(n), nil)
}

// filterTexts returns those whose texts are held, or those whose are not.
func filterTexts[T any](s *state, all []T, key func(T) []byte, held bool) ([]T, error) {
	out := all[:0]
	for _, t := range all {
		there, err := s.has(key(t))
		if err != nil {
			return nil, err
		}
		if there == held {
			out = append(out, t)
		}
	}
	return out, nil
}

// missing returns the changes whose quads are not held.
func (s *state) missing(ctx context.Context, changes []change) ([]change, error) {
	return s.filter(ctx, changes, false)
}

// held returns the changes whose quads are held.
func (s *state) held(ctx context.Context, changes []change) ([]change, error) {
	return s.filter(ctx, changes, true)
}

func (s *state) filter(ctx context.Context, changes []change, held bool) (out []change, err error) {
	if len(changes) == 0 {
		return nil, nil
	}
	l, err := s.lookup()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	for n, c := range changes {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		there, err := l.quad(c.terms)
		if err != nil {
			return nil, err
		}
		if there == held {
			out = append(out, c)
		}
	}
	return out, nil
}

// forget removes the long forms of the values that no quad has any more.
func (w *write) forget(ctx context.Context, base *state, b *pebble.Batch) (err error) {
	maybe := map[string]bool{}
	for _, c := range w.remove {
		for i, t := range splitQuad(c.terms) {
			if isHashed(t) && (i != 2 || t[0] != tagLiteralHash) {
				maybe[string(t)] = true
			}
		}
	}
	if len(maybe) == 0 {
		return nil
	}
	gone := make(map[string]bool, len(w.remove))
	for _, c := range w.remove {
		gone[string(c.terms)] = true
	}
	for _, c := range w.add {
		for i, t := range splitQuad(c.terms) {
			if i != 2 || len(t) > 0 && t[0] != tagLiteralHash {
				delete(maybe, string(t))
			}
		}
	}
	it, err := base.iter()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.put(it)) }()
	for term := range maybe {
		if err := ctx.Err(); err != nil {
			return err
		}
		used, err := isUsed(it, []byte(term), gone)
		if err != nil {
			return err
		}
		if !used {
			if err := b.Delete(appendKey(nil, keyValues, []byte(term)), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// isUsed reports whether a quad that is not gone has a hashed term where its value must
// be found in keyValues.
func isUsed(it *pebble.Iterator, term []byte, gone map[string]bool) (bool, error) {
	for _, index := range []byte{keySubjects, keyObjects, keyLabels} {
		if index == keyObjects && term[0] == tagLiteralHash {
			continue
		}
		prefix := appendKey(nil, index, term)
		for ok := it.SeekPrefixGE(prefix); ok; ok = it.Next() {
			ts, err := splitKey(it.Key())
			if err != nil {
				return false, err
			}
			if !gone[string(inOrder(index, ts))] {
				return true, nil
			}
		}
		if err := it.Error(); err != nil {
			return false, damage(err)
		}
	}
	// A predicate so long is rare: there is no index of predicates, so it is kept
	// as long as it has a count.
	prefix := appendKey(nil, keyPredicate, term)
	if !it.SeekPrefixGE(prefix) {
		return false, damage(it.Error())
	}
	value, err := it.ValueAndErr()
	if err != nil {
		return false, damage(err)
	}
	n, err := decodeCount(value)
	if err != nil {
		return false, damage(err)
	}
	for key := range gone {
		if ts := splitQuad([]byte(key)); bytes.Equal(ts[1], term) {
			n--
		}
	}
	return n > 0, nil
}

// inOrder returns the terms of a key of an index as they stand in keySubjects.
func inOrder(index byte, ts terms) []byte {
	var byDir [5][]byte
	for i, t := range ts {
		byDir[order[index][i]] = t
	}
	return appendKey(nil, keySubjects, byDir[quad.Subject], byDir[quad.Predicate], byDir[quad.Object], byDir[quad.Label])[1:]
}

// purge makes sure that what was removed is in no file any more, unless a snapshot still
// shows it. It does not fail: what it cannot do now is done when the last such
// snapshot is closed, after the next removal or when the folder is opened.
func (d *DB) purge() {
	d.mu.Lock()
	due := d.owed && d.open == 1
	d.mu.Unlock()
	if !due || d.failed.is() {
		return
	}
	_ = d.last.closeIdle() // its iterators hold old files
	if err := d.compact(); err != nil {
		return
	}
	// The engine's list of files names their first and last keys, and the list before is kept
	// too: this writes it once more.
	if err := d.within(func() error {
		if err := d.engine.Delete(owedKey, pebble.Sync); err != nil {
			return err
		}
		if err := d.engine.Flush(); err != nil {
			return err
		}
		return d.awaitDeletions()
	}); err == nil {
		d.mu.Lock()
		d.owed = false
		d.mu.Unlock()
	}
}

// compact writes all files anew. A document's keys are spread over the whole of each
// index, as its nodes are hashes, so that there are few files that it spares.
func (d *DB) compact() error {
	return d.within(func() error {
		// A file that overlaps with no other is only moved to the last level, with the marks of
		// what was removed. With these keys two new ones overlap with each other and with all.
		for range 2 {
			b := d.engine.NewBatch()
			if err := errors.Join(b.Set(firstKey, nil, nil), b.Set(lastKey, nil, nil), b.Commit(pebble.Sync), b.Close()); err != nil {
				return err
			}
			if err := d.engine.Flush(); err != nil {
				return err
			}
		}
		return d.engine.Compact(context.Background(), firstKey, append(lastKey[:1:1], 0), false)
	})
}

// awaitDeletions returns when the files that the engine does not need are gone, which it
// deletes in the background, or after a while: then it does so later, or when it is next opened.
func (d *DB) awaitDeletions() error {
	for pause := time.Millisecond; pause < d.patience; pause *= 2 {
		names, err := d.files.List(d.dir)
		if err != nil {
			return err
		}
		var tables, lists int64
		for _, name := range names {
			switch {
			case strings.HasSuffix(name, ".sst"):
				tables++
			case strings.HasPrefix(name, "MANIFEST-"):
				lists++
			}
		}
		m := d.engine.Metrics()
		if live := m.Total().TablesCount; tables <= live && lists <= 2 && m.WAL.ObsoleteFiles == 0 {
			return nil
		}
		time.Sleep(pause)
	}
	return nil
}
