package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/quad"
	hkv "github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/flat"
	hleveldb "github.com/hidal-go/hidalgo/kv/flat/leveldb"
	"github.com/klauspost/compress/zstd"
	"github.com/syndtr/goleveldb/leveldb"
	ldberrors "github.com/syndtr/goleveldb/leveldb/errors"
	"github.com/syndtr/goleveldb/leveldb/opt"

	cgraph "github.com/cayleygraph/cayley/graph"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/store"
)

// An Old store is a folder of format 1, for reading only:
//
//	graph/      Cayley's key-value layout on LevelDB: all quads, those of the ledger among them
//	texts/ab/   canonical texts, zstd, each named by the SHA-256 of what it holds
type Old struct {
	dir   string
	db    hkv.KV
	quads *kv.QuadStore
}

// OpenOld opens a folder of format 1. The error wraps [graph.ErrDamaged] when it cannot be read.
func OpenOld(dir string) (*Old, error) {
	ldb, err := leveldb.OpenFile(filepath.Join(dir, "graph"), &opt.Options{ErrorIfMissing: true})
	if err != nil {
		if ldberrors.IsCorrupted(err) || errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("%w: %w", graph.ErrDamaged, err)
		}
		return nil, err
	}
	o := &Old{dir: dir, db: flat.Upgrade(hleveldb.New(ldb))}
	quads, err := kv.New(o.db, cgraph.Options{kv.OptNoBloom: true}) // they are for 100 million entries
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w", graph.ErrDamaged, err), o.Close())
	}
	o.quads = quads.(*kv.QuadStore)
	return o, nil
}

// Close releases the folder.
func (o *Old) Close() error { return o.db.Close() }

// Each calls f with every quad but those of the ledger, in no order, until f returns an error.
func (o *Old) Each(ctx context.Context, f func(quad.Quad) error) error {
	return o.each(ctx, func(q quad.Quad) error {
		if q.Label == codec.LedgerLabel {
			return nil
		}
		return f(q)
	})
}

// Commits returns the ledger, oldest first.
func (o *Old) Commits(ctx context.Context) ([]graph.Commit, error) {
	var ledger []quad.Quad
	err := o.each(ctx, func(q quad.Quad) error {
		if q.Label == codec.LedgerLabel {
			ledger = append(ledger, q)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return codec.DecodeCommits(ledger)
}

// oldBatch is how many quads are resolved at a time.
const oldBatch = 4096

func (o *Old) each(ctx context.Context, f func(quad.Quad) error) error {
	stats, err := o.quads.Stats(ctx, false)
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
		quads, err := found.resolve(ctx, o.quads)
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
	it := o.quads.QuadsAllIterator()
	defer it.Close()
	for it.Next(ctx) {
		found.quads = append(found.quads, newRefQuad(o.quads, it.Result()))
		if len(found.quads) == oldBatch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(damage(it.Err()), ctx.Err()); err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	// Cayley's iterators swallow some errors: then quads are missing.
	if seen != stats.Quads.Size {
		return fmt.Errorf("%w: %d quads are there, %d were written", graph.ErrDamaged, seen, stats.Quads.Size)
	}
	return nil
}

// damage marks what LevelDB reports as corrupted.
func damage(err error) error {
	if err != nil && ldberrors.IsCorrupted(err) {
		return fmt.Errorf("%w: %w", graph.ErrDamaged, err)
	}
	return err
}

// oldTextLimit bounds what one text may decompress to, in bytes.
const oldTextLimit = 1 << 30

// EachText calls f with every text, in no order, until f returns an error. A file that does not hold
// the text that it is named for is an error wrapping [graph.ErrDamaged].
func (o *Old) EachText(ctx context.Context, f func(store.Text) error) error {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(oldTextLimit))
	if err != nil {
		return err
	}
	defer dec.Close()
	paths, err := filepath.Glob(filepath.Join(o.dir, "texts", "??", "*.zst"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		packed, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, err := dec.DecodeAll(packed, nil)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", graph.ErrDamaged, path, err)
		}
		hash := strings.TrimSuffix(filepath.Base(path), ".zst")
		if graph.TextHash(string(text)) != hash {
			return fmt.Errorf("%w: %s does not hold the text it is named for", graph.ErrDamaged, path)
		}
		if err := f(store.Text{Hash: hash, Text: string(text)}); err != nil {
			return err
		}
	}
	return nil
}
