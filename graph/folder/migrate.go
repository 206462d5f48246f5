package folder

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// oldNames are the parts that only format 1 has: Cayley on LevelDB, and a file for each text.
var oldNames = []string{"graph", "texts"}

// migrateQuads and migrateTexts are how many quads, and bytes of texts, are handed over at a time.
const (
	migrateQuads = 10_000
	migrateTexts = 4 << 20
)

// migrate brings a folder of format 1 to this one. The ledger, which was kept as quads, becomes the log.
func migrate(dir string) error {
	ctx := context.Background()
	old, err := cayleystore.OpenOld(dir)
	if err != nil {
		if errors.Is(err, graph.ErrDamaged) {
			return damagedError(dir, err)
		}
		return err
	}
	err = makeQuads(dir, func(db *pebblequads.DB) (err error) {
		to, err := db.Bulk(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, to.Close()) }()
		if err := copyOld(ctx, to, old); err != nil {
			return err
		}
		return to.Commit(ctx)
	})
	return errors.Join(err, old.Close())
}

func copyOld(ctx context.Context, to store.Bulk, old *cayleystore.Old) error {
	var b store.Batch
	apply := func() error {
		err := to.Apply(ctx, b)
		b = store.Batch{}
		return err
	}
	err := old.Each(ctx, func(q quad.Quad) error {
		if b.Add = append(b.Add, q); len(b.Add) < migrateQuads {
			return nil
		}
		return apply()
	})
	if err == nil {
		err = apply()
	}
	if err != nil {
		return err
	}
	size := 0
	err = old.EachText(ctx, func(t store.Text) error {
		b.Texts = append(b.Texts, t)
		if size += len(t.Text); size < migrateTexts {
			return nil
		}
		size = 0
		return apply()
	})
	if err == nil {
		err = apply()
	}
	if err != nil {
		return err
	}
	commits, err := old.Commits(ctx)
	if err != nil {
		return err
	}
	for i, c := range commits {
		if c.Number != int64(i+1) {
			return fmt.Errorf("%w: the ledger has no commit %d", graph.ErrDamaged, i+1)
		}
		if err := to.Apply(ctx, store.Batch{Entry: &store.Entry{Number: c.Number, Data: codec.EncodeEntry(c)}}); err != nil {
			return err
		}
	}
	return nil
}
