package pebblequads_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"golang.org/x/sync/errgroup"

	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// filled returns a history, and all that it leads to as batches that only add.
func filled(t *testing.T) (*graphtest.History, []store.Batch) {
	t.Helper()
	h := history(t, 20)
	from := cayleystore.MemoryBackend()
	s, err := store.New(from, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Play(t.Context(), s, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return h, contentOf(t, from)
}

// fill makes one bulk of batches.
func fill(ctx context.Context, disk vfs.FS, batches []store.Batch, acknowledged func()) (err error) {
	db, err := pebblequads.Open("db", small(disk))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b, err := db.Bulk(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for _, batch := range batches {
		if err := b.Apply(ctx, batch); err != nil {
			return err
		}
	}
	if err := b.Commit(ctx); err != nil {
		return err
	}
	acknowledged()
	return nil
}

// allOrNothing checks that a bulk is whole or absent in files that are left, and whole if it was acknowledged. It
// returns how many commits are held.
func allOrNothing(t *testing.T, what string, h *graphtest.History, left *vfs.MemFS, acknowledged bool) int {
	t.Helper()
	db, err := pebblequads.Open("db", small(left))
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return -1
	}
	least := 0
	if acknowledged {
		least = h.Len()
	}
	n, err := h.Check(t.Context(), db, least, h.Len())
	if err != nil || n != 0 && n != h.Len() {
		t.Errorf("%s: %d of %d commits, %v", what, n, h.Len(), err)
	}
	if err := errors.Join(db.Loss(), db.Close()); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	return n
}

// The power goes in the middle of a bulk, before any operation on files, and of what was not synced any part is left.
func TestBulk_PowerCut(t *testing.T) {
	rnd := chance(t)
	h, batches := filled(t)
	writes := func(disk vfs.FS, each func()) vfs.FS {
		return errorfs.Wrap(disk, errorfs.InjectorFunc(func(op errorfs.Op) error {
			if isWrite(op.Kind) {
				each()
			}
			return nil
		}))
	}
	var all atomic.Int64
	if err := fill(t.Context(), writes(vfs.NewCrashableMem(), func() { all.Add(1) }), batches, func() {}); err != nil {
		t.Fatal(err)
	}
	held := map[int]int{} // how often so many commits
	for range tries(t, "WHENCE_CUTS", 10) {
		moment, percent, seed := rnd.Int64N(all.Load()), []int{0, 0, 10, 50, 90, 100}[rnd.IntN(6)], rnd.Uint64()
		disk := vfs.NewCrashableMem()
		var count atomic.Int64
		var acked, ackedThen atomic.Bool
		var left atomic.Pointer[vfs.MemFS]
		cut := func() {
			ackedThen.Store(acked.Load())
			left.Store(disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rand.New(rand.NewPCG(seed, 1))})) //nolint:gosec // for tests
		}
		if err := fill(t.Context(), writes(disk, func() {
			if count.Add(1)-1 == moment {
				cut()
			}
		}), batches, func() { acked.Store(true) }); err != nil {
			t.Fatal(err)
		}
		if left.Load() == nil { // the engine did less beside than the first time
			cut()
		}
		what := fmt.Sprintf("cut at operation %d, %d %% of what was not synced is left", moment, percent)
		held[allOrNothing(t, what, h, left.Load(), ackedThen.Load())]++
	}
	t.Logf("%d operations; commits that were held, and how often: %v", all.Load(), held)
}

// Operations on files fail in the middle of a bulk, and then the power goes. The caller hears of what fails.
func TestBulk_Fault(t *testing.T) {
	rnd := chance(t)
	h, batches := filled(t)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			var g errgroup.Group
			g.SetLimit(16) // most of the time is spent waiting
			var all atomic.Int64
			inject := func(disk vfs.FS, count *atomic.Int64, at int64) vfs.FS {
				return errorfs.Wrap(disk, errorfs.InjectorFunc(func(op errorfs.Op) error {
					if !f.hits(op.Kind) {
						return nil
					}
					if n := count.Add(1) - 1; at >= 0 && (n == at || n > at && !f.once) {
						return f.err
					}
					return nil
				}))
			}
			if err := fill(t.Context(), inject(vfs.NewCrashableMem(), &all, -1), batches, func() {}); err != nil {
				t.Fatal(err)
			}
			var heard atomic.Int64
			tested := min(tries(t, "WHENCE_FAULTS", 5), int(all.Load()))
			for range tested {
				at, percent, seed := rnd.Int64N(all.Load()), []int{0, 100}[rnd.IntN(2)], rnd.Uint64()
				g.Go(func() error {
					disk := vfs.NewCrashableMem()
					var count atomic.Int64
					acked := false
					err := fill(t.Context(), inject(disk, &count, at), batches, func() { acked = true })
					if err != nil {
						heard.Add(1)
						if !errors.Is(err, f.err) {
							t.Errorf("operation %d fails with %q; the caller hears %v", at, f.err, err)
						}
					}
					left := disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rand.New(rand.NewPCG(seed, 1))}) //nolint:gosec // for tests
					allOrNothing(t, fmt.Sprintf("operation %d fails, the caller hears %v", at, err), h, left, acked)
					return nil
				})
			}
			_ = g.Wait()
			t.Logf("%d of %d operations failed; the caller heard of %d", tested, all.Load(), heard.Load())
		})
	}
}

// contentOf returns all that a backend holds, as batches that only add.
func contentOf(t *testing.T, from store.Backend) (batches []store.Batch) {
	t.Helper()
	snap, err := from.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	var first store.Batch
	if err := snap.Each(t.Context(), func(q quad.Quad) error { first.Add = append(first.Add, q); return nil }); err != nil {
		t.Fatal(err)
	}
	var hashes []string
	if err := snap.EachHash(t.Context(), func(hash string) error { hashes = append(hashes, hash); return nil }); err != nil {
		t.Fatal(err)
	}
	texts, err := snap.Texts(t.Context(), hashes)
	if err != nil {
		t.Fatal(err)
	}
	for hash, text := range texts {
		first.Texts = append(first.Texts, store.Text{Hash: hash, Text: text})
	}
	batches = append(batches, first)
	if err := snap.Entries(t.Context(), 0, func(e store.Entry) error {
		batches = append(batches, store.Batch{Entry: &e})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return batches
}
