package pebblequads

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/klauspost/compress/zstd"

	"whence/graph"
	"whence/graph/store"
)

// A Snapshot is what a DB held at one moment, for good. It implements [store.Snapshot].
type Snapshot struct {
	state *state
	once  sync.Once
}

var (
	_ store.Snapshot = (*Snapshot)(nil)
	_ store.Sifter   = (*Snapshot)(nil)
	_ store.Measurer = (*Snapshot)(nil)
)

// Snapshot implements [store.Backend].
func (d *DB) Snapshot(ctx context.Context) (store.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &Snapshot{state: d.acquire()}, nil
}

// Close implements [store.Snapshot].
func (s *Snapshot) Close() (err error) {
	s.once.Do(func() { err = s.state.db.release(s.state) })
	return err
}

// Out implements [store.Snapshot].
func (s *Snapshot) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, keySubjects, subjects, predicates, store.Sieve{})
}

// Sift implements [store.Sifter].
func (s *Snapshot) Sift(ctx context.Context, subjects []quad.Value, predicates []quad.IRI, sieve store.Sieve) ([]quad.Quad, error) {
	return s.read(ctx, keySubjects, subjects, predicates, sieve)
}

// In implements [store.Snapshot].
func (s *Snapshot) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, keyObjects, objects, predicates, store.Sieve{})
}

// Label implements [store.Snapshot].
func (s *Snapshot) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return s.read(ctx, keyLabels, []quad.Value{label}, nil, store.Sieve{})
}

func (s *Snapshot) read(ctx context.Context, index byte, values []quad.Value, predicates []quad.IRI, sieve store.Sieve) ([]quad.Quad, error) {
	quads, err := s.state.read(ctx, index, values, predicates, sieve)
	return quads, s.state.db.once(err)
}

// eachBatch is how many quads Each gathers, to look up their long values together.
const eachBatch = 2048

// Each implements [store.Snapshot]. The error wraps [graph.ErrDamaged] when there are
// more or fewer quads than were counted.
func (s *Snapshot) Each(ctx context.Context, f func(quad.Quad) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	it, err := s.state.iter()
	if err != nil {
		return err
	}
	defer func() { err = s.state.db.once(errors.Join(err, s.state.put(it))) }()
	defer caught(&err)
	r := newReading(s.state, keySubjects)
	var seen int64
	flush := func() error {
		if err := r.finish(ctx); err != nil {
			return err
		}
		for _, q := range r.quads {
			if err := f(q); err != nil {
				return err
			}
		}
		seen += int64(len(r.quads))
		r.end()
		r = newReading(s.state, keySubjects)
		return nil
	}
	prefix := []byte{keySubjects}
	for ok := it.SeekGE(prefix); ok && bytes.HasPrefix(it.Key(), prefix); {
		if ok, err = r.add(it); err != nil {
			return err
		}
		if len(r.quads) == eachBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := it.Error(); err != nil {
		return damage(err)
	}
	if err := flush(); err != nil {
		return err
	}
	if seen != s.state.counts.quads {
		return fmt.Errorf("%w: %d quads are there, %d were counted: a log (*.log) or another file is missing or another than it was, or %s lists too few",
			graph.ErrDamaged, seen, s.state.counts.quads, s.state.db.guard.spare.list())
	}
	return nil
}

// textLimit bounds what one text may decompress to, in bytes. What is damaged must not
// take all memory.
const textLimit = 1 << 30

// codecs compress texts and read them back.
var codecs = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	// Both fail on options that are out of range only.
	enc, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	dec, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(textLimit))
	return enc, dec
})

// Texts implements [store.Snapshot].
func (s *Snapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	out := make(map[string]string, len(hashes))
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, found, err := s.state.text(hash)
		if err != nil {
			return nil, fmt.Errorf("text %s: %w", hash, s.state.db.once(err))
		}
		if found {
			out[hash] = text
		}
	}
	return out, nil
}

// text returns the text under a hash.
func (s *state) text(hash string) (text string, found bool, err error) {
	key, err := textKey(hash)
	if err != nil {
		return "", false, err
	}
	packed, found, err := s.get(key)
	if err != nil || !found {
		return "", false, err
	}
	_, dec := codecs()
	plain, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return "", false, fmt.Errorf("%w: %w", graph.ErrDamaged, err)
	}
	if text = string(plain); graph.TextHash(text) != hash {
		return "", false, fmt.Errorf("%w: it is another one", graph.ErrDamaged)
	}
	return text, true, nil
}

// Offsets implements [store.Measurer].
func (s *Snapshot) Offsets(ctx context.Context, hashes []string) (map[string]*graph.Offsets, error) {
	out := make(map[string]*graph.Offsets, len(hashes))
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		key, err := textKey(hash)
		if err != nil {
			return nil, err
		}
		data, found, err := s.state.get(offsetsKey(key))
		if err == nil && found {
			out[hash], err = graph.ParseOffsets(data)
		}
		if err != nil {
			return nil, fmt.Errorf("offsets in text %s: %w", hash, s.state.db.once(err))
		}
	}
	return out, nil
}

// EachHash implements [store.Snapshot].
func (s *Snapshot) EachHash(ctx context.Context, f func(hash string) error) error {
	return s.state.each(ctx, []byte{keyTexts}, []byte{keyTexts}, func(key, _ []byte) error {
		if len(key) != 1+32 {
			return fmt.Errorf("%w: key %x", graph.ErrDamaged, key)
		}
		return f(hex.EncodeToString(key[1:]))
	})
}

// Head implements [store.Snapshot].
func (s *Snapshot) Head() int64 { return s.state.counts.entries }

// Entries implements [store.Snapshot].
func (s *Snapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	next := max(after, 0) + 1
	err := s.state.each(ctx, entryKey(next), []byte{keyEntries}, func(key, value []byte) error {
		number, err := entryNumber(key)
		if err != nil {
			return err
		}
		if number != next {
			return fmt.Errorf("%w: entry %d of the log is missing", graph.ErrDamaged, next)
		}
		next++
		return f(store.Entry{Number: number, Data: bytes.Clone(value)})
	})
	return err
}

func entryNumber(key []byte) (int64, error) {
	if len(key) != 9 || key[1] > 0x7F {
		return 0, fmt.Errorf("%w: key %x", graph.ErrDamaged, key)
	}
	return int64(binary.BigEndian.Uint64(key[1:])), nil
}

// lastEntry returns the number of the last entry of the log, 0 when there is none.
func (s *state) lastEntry() (number int64, err error) {
	it, err := s.iter()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.put(it)) }()
	defer caught(&err)
	if !it.SeekLT([]byte{keyEntries + 1}) || it.Key()[0] != keyEntries {
		return 0, nil
	}
	return entryNumber(it.Key())
}

// checkEvery is after how many keys a read looks whether it is still wanted.
const checkEvery = 1024

// each calls f with the keys that begin with prefix, from one on, until f returns an
// error. What f gets is its own only until it returns.
func (s *state) each(ctx context.Context, from, prefix []byte, f func(key, value []byte) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	it, err := s.iter()
	if err != nil {
		return err
	}
	defer func() { err = s.db.once(errors.Join(err, s.put(it))) }()
	defer caught(&err)
	n := 0
	for ok := it.SeekGE(from); ok && bytes.HasPrefix(it.Key(), prefix); ok = it.Next() {
		if n++; n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		value, err := it.ValueAndErr()
		if err != nil {
			return damage(err)
		}
		if err := f(it.Key(), value); err != nil {
			return err
		}
	}
	return damage(it.Error())
}
