package pebblequads

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/sstable"

	"whence/graph"
	"whence/graph/store"
)

var (
	_ store.Checker = (*DB)(nil)
	_ store.Sizer   = (*DB)(nil)
)

// Check implements [store.Checker]: that all keys read back, that the indexes hold the same
// quads and the counters say how many, that every value that stands for itself is there and is
// the one that its hash names, that covers say what the quads say, and that no commit is lost. It reads every key once or
// twice in order, and what relations say once more for each of their ends.
func (d *DB) Check(ctx context.Context) (problems []string, err error) {
	s := d.acquire()
	defer func() { err = errors.Join(err, d.release(s)) }()
	c := check{state: s, seed: maphash.MakeSeed(), kinds: map[string]int64{}}
	if loss := d.Loss(); loss != nil {
		c.say("%v", loss)
	}
	// The files first: they are named whole, and what cannot be counted in one that is damaged is no problem of its own.
	for _, steps := range [][]func(context.Context) error{{c.tables}, {c.indexes, c.counters}, {c.values}, {c.rest}} {
		for _, step := range steps {
			err := step(ctx)
			if errors.Is(err, graph.ErrDamaged) {
				c.damaged(d.once(err))
				break
			} else if err != nil {
				return c.problems, err
			}
		}
	}
	return c.problems, nil
}

// A check is what Check has seen.
type check struct {
	state    *state
	held     *lookup
	seed     maphash.Seed
	quads    int64
	kinds    map[string]int64 // quads by predicate
	problems []string
	files    map[string]bool // that are told of
}

// damaged tells of damage, once of each file.
func (c *check) damaged(err error) {
	var where *damagedError
	if errors.As(err, &where) {
		if c.files[where.path] && where.path != c.state.db.dir {
			return
		}
		if c.files == nil {
			c.files = map[string]bool{}
		}
		c.files[where.path] = true
	}
	c.say("%v: restore a backup that was made before", err)
}

// maxProblems is after how many problems the rest is only counted on.
const maxProblems = 100

func (c *check) say(format string, args ...any) {
	if len(c.problems) < maxProblems {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

// indexes compares the indexes by the number of their quads and by a sum of their hashes, which
// does not depend on the order.
func (c *check) indexes(ctx context.Context) (err error) {
	if c.held, err = c.state.lookup(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.held.close()) }()
	var sums [3]uint64
	var counts [3]int64
	for i, index := range []byte{keySubjects, keyObjects, keyLabels} {
		err := c.state.each(ctx, []byte{index}, []byte{index}, func(key, value []byte) error {
			ts, err := splitKey(key)
			if err != nil {
				return err
			}
			counts[i]++
			sums[i] += maphash.Bytes(c.seed, inOrder(index, ts))
			if index == keySubjects {
				c.kinds[string(ts[1])]++
			}
			return c.beside(index, key, ts, value)
		})
		if err != nil {
			return err
		}
	}
	c.quads = counts[0]
	if counts[1] != counts[0] || counts[2] != counts[0] || sums[1] != sums[0] || sums[2] != sums[0] {
		c.say("the indexes hold other quads: %d by subject, %d by object, %d by label; restore a backup", counts[0], counts[1], counts[2])
	}
	return nil
}

// beside checks what is kept under a key of an index: the long form of an object, or a cover.
func (c *check) beside(index byte, key []byte, ts terms, value []byte) error {
	object := ts[slices.Index(order[index][:], quad.Object)]
	switch {
	case index == keySubjects && object[0] == tagLiteralHash, index == keyLabels && len(value) > 0:
		if !isHashOf(object, value) {
			c.say("the words beside key %x are not those that it names; restore a backup", key)
		}
	case index == keyObjects && len(value) > 0:
		quads, err := c.held.under(ts[2], ts[3])
		if err != nil {
			return err
		}
		if !covering[string(ts[1])] || !bytes.Equal(newCover(quads), value) {
			c.say("what is said beside key %x is not what its label says of the subject; restore a backup", key)
		}
	}
	return nil
}

// isHashOf reports whether a term is made of the hash of a long form.
func isHashOf(term, long []byte) bool {
	if !isHashed(term) {
		return false
	}
	sum := sha256.Sum256(long)
	return bytes.Equal(term[1:], sum[:hashSize])
}

// counters compares what was counted with what is there.
func (c *check) counters(ctx context.Context) error {
	if want := c.state.counts.quads; c.quads != want {
		c.say("%d quads are there, %d were counted; restore a backup", c.quads, want)
	}
	err := c.state.each(ctx, []byte{keyPredicate}, []byte{keyPredicate}, func(key, value []byte) error {
		n, err := decodeCount(value)
		if err != nil {
			return damage(err)
		}
		if have := c.kinds[string(key[1:])]; have != n {
			c.say("%d quads have the predicate of key %x, %d were counted; restore a backup", have, key, n)
		}
		delete(c.kinds, string(key[1:]))
		return nil
	})
	for p, n := range c.kinds {
		if err == nil && n > 0 {
			c.say("%d quads have the predicate of term %x, which was not counted; restore a backup", n, p)
		}
	}
	return err
}

// values checks that each long value that is needed is there, and no other.
func (c *check) values(ctx context.Context) error {
	needed := func(term []byte) (bool, error) {
		if term[0] != tagLiteralHash {
			return true, nil
		}
		it, err := c.state.iter()
		if err != nil {
			return false, err
		}
		used, err := isUsed(it, term, nil)
		return used, errors.Join(err, c.state.put(it))
	}
	err := c.state.nodes(ctx, nil, func(term []byte) (bool, error) {
		if !isHashed(term) {
			return true, nil
		}
		if need, err := needed(term); err != nil || !need {
			return true, err
		}
		held, err := c.state.has(appendKey(nil, keyValues, term))
		if err == nil && !held {
			c.say("the value of term %x is missing; restore a backup", term)
		}
		return true, err
	})
	if err != nil {
		return err
	}
	return c.state.each(ctx, []byte{keyValues}, []byte{keyValues}, func(key, value []byte) error {
		term := key[1:]
		if n := termLen(term); n != len(term) || !isHashed(term) {
			return fmt.Errorf("%w: key %x", graph.ErrDamaged, key)
		}
		if !isHashOf(term, value) {
			c.say("the value under key %x is not the one that it names; restore a backup", key)
		}
		used, err := c.state.uses(term)
		if err == nil && !used {
			c.say("the value under key %x belongs to no quad", key)
		}
		return err
	})
}

// rest reads the texts and the log; what they say is the store's to check.
func (c *check) rest(ctx context.Context) error {
	texts := int64(0)
	if err := c.state.each(ctx, []byte{keyTexts}, []byte{keyTexts}, func([]byte, []byte) error {
		texts++
		return nil
	}); err != nil {
		return err
	}
	if err := c.state.each(ctx, []byte{keyOffsets}, []byte{keyOffsets}, func(key, value []byte) error {
		text, held, err := c.state.text(hex.EncodeToString(key[1:]))
		if errors.Is(err, graph.ErrDamaged) {
			return nil // who reads the texts tells of it
		} else if err == nil && (!held || !bytes.Equal(graph.NewOffsets(text).AppendTo(nil), value)) {
			c.say("the offsets under key %x are not those of a text that is held; restore a backup", key)
		}
		return err
	}); err != nil {
		return err
	}
	if want := c.state.counts.texts; texts != want {
		c.say("%d texts are there, %d were counted; restore a backup", texts, want)
	}
	next := uint64(1)
	return c.state.each(ctx, []byte{keyEntries}, []byte{keyEntries}, func(key, _ []byte) error {
		if _, err := entryNumber(key); err != nil {
			return err
		}
		if n := binary.BigEndian.Uint64(key[1:]); n != next {
			c.say("entry %d of the log is missing; restore a backup", next)
			next = n
		}
		next++
		return nil
	})
}

// tables checks every block of every file of the levels, those that no key lies in too. A file that is still
// being written, or is only waiting to be removed, is none of them.
func (c *check) tables(ctx context.Context) error {
	d := c.state.db
	levels, err := d.engine.SSTables()
	if err != nil {
		return damage(err)
	}
	names := map[string]bool{}
	for _, level := range levels {
		for _, table := range level {
			names[table.BackingSSTNum.String()+".sst"] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		path := d.files.PathJoin(d.dir, name)
		err := d.checkTable(ctx, path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the engine has done with it since, or reading tells of it
		}
		if err != nil {
			c.damaged(&damagedError{path, plainly(err), err})
		}
	}
	return nil
}

func (d *DB) checkTable(ctx context.Context, name string) (err error) {
	defer caught(&err)
	file, err := d.files.Open(name)
	if err != nil {
		return err
	}
	readable, err := sstable.NewSimpleReadable(file)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	r, err := sstable.NewReader(ctx, readable, d.options.MakeReaderOptions())
	if err != nil {
		return errors.Join(err, readable.Close())
	}
	return errors.Join(r.ValidateBlockChecksums(), r.Close())
}

// Sizes implements [store.Sizer].
func (d *DB) Sizes(ctx context.Context) (store.Sizes, error) {
	stats, err := d.Stats(ctx)
	if err != nil {
		return store.Sizes{}, err
	}
	sizes := store.Sizes{Backend: Name, Format: 2, Parts: []store.Part{{Name: "not in files yet", Bytes: stats.Log}}}
	for _, p := range stats.Parts {
		sizes.Parts = append(sizes.Parts, store.Part(p))
	}
	slices.SortFunc(sizes.Parts, func(a, b store.Part) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
	return sizes, nil
}
