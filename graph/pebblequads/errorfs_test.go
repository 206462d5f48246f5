package pebblequads_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"golang.org/x/sync/errgroup"

	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// A fault is what goes wrong with a file system.
type fault struct {
	name string
	hits func(errorfs.OpKind) bool
	err  error
	once bool // else everything of that kind fails from then on
}

func isWrite(k errorfs.OpKind) bool { return k.ReadOrWrite() == errorfs.OpIsWrite }

// takesRoom reports whether an operation needs room on the disk.
func takesRoom(k errorfs.OpKind) bool {
	switch k {
	case errorfs.OpCreate, errorfs.OpFileWrite, errorfs.OpFileWriteAt, errorfs.OpMkdirAll, errorfs.OpLink, errorfs.OpReuseForWrite,
		errorfs.OpFilePreallocate, errorfs.OpFileSync, errorfs.OpFileSyncData:
		return true
	}
	return false
}

func isRead(k errorfs.OpKind) bool { return k.ReadOrWrite() == errorfs.OpIsRead }

// faultAt is for looking at one operation.
var faultAt = flag.Int("fault-at", -1, "number of the only operation to fail, counted from 0")

var faults = []fault{
	{"one write fails", isWrite, syscall.EIO, true},
	{"no write succeeds any more", isWrite, syscall.EIO, false},
	{"the disk is full", takesRoom, syscall.ENOSPC, false},
	{"the file system is read-only", isWrite, syscall.EROFS, false},
	{"one read fails", isRead, syscall.EIO, true},
	{"no read succeeds any more", isRead, syscall.EIO, false},
}

// Every operation on files fails in turn, alone or with all that follow. Whatever fails, the caller hears of it and
// what is read is what was held; and once all is well again, every commit is whole or absent, every one that was
// acknowledged is there, also when the power goes at that moment, and the rest can be done.
func TestEveryFault(t *testing.T) {
	rnd := chance(t)
	h := history(t, 10)
	tested := tries(t, "WHENCE_FAULTS", 5)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			whole := &session{h: h, disk: vfs.NewCrashableMem()}
			if err := whole.run(t.Context(), f, -1); err != nil {
				t.Fatal(err)
			}
			all := int(whole.count.Load())
			offset := rnd.IntN(all)
			var g errgroup.Group
			g.SetLimit(16) // most of the time is spent waiting
			var mu sync.Mutex
			heard, at := 0, map[int]bool{}
			for i := range min(tested, all) {
				at[(offset+i*all/min(tested, all))%all] = true
			}
			if *faultAt >= 0 {
				at = map[int]bool{*faultAt: true}
			}
			for n := range at {
				g.Go(func() error {
					s := &session{h: h, disk: vfs.NewCrashableMem()}
					err := s.run(t.Context(), f, n)
					if err != nil {
						mu.Lock()
						heard++
						mu.Unlock()
						if !errors.Is(err, f.err) {
							t.Errorf("operation %d (%s) fails with %q; the caller hears %v", n, s.what, f.err, err)
						}
					} else if !f.once && s.failed.Load() > 0 && s.acknowledged > s.before {
						t.Errorf("operation %d and all after it fail, and the caller does not hear of it", n)
					}
					if err := s.recovers(t.Context()); err != nil {
						t.Errorf("operation %d fails (%s), the caller hears %v: %v", n, s.what, err, err)
					}
					return nil
				})
			}
			_ = g.Wait()
			t.Logf("%d of %d operations failed; the caller heard of %d", len(at), all, heard)
		})
	}
}

// A session makes a DB, fills it half, opens it again and fills it to the end, while something fails.
type session struct {
	h            *graphtest.History
	disk         *vfs.MemFS
	count        atomic.Int64 // operations that may fail
	failed       atomic.Int64 // that have
	acknowledged int
	before       int // acknowledged when the fault came
	mu           sync.Mutex
	what         string // the operation that failed first
}

func (s *session) fs(f fault, n int) vfs.FS {
	return errorfs.Wrap(s.disk, errorfs.InjectorFunc(func(op errorfs.Op) error {
		if !f.hits(op.Kind) || strings.HasSuffix(op.Path, "LOCK") {
			return nil
		}
		at := int(s.count.Add(1)) - 1
		if n < 0 || at < n || f.once && at > n {
			return nil
		}
		if s.failed.Add(1) == 1 {
			s.mu.Lock()
			s.what = fmt.Sprintf("%v of %s", op.Kind, op.Path)
			s.mu.Unlock()
		}
		return f.err
	}))
}

var errHalf = errors.New("half")

// run goes through it, until something fails. What is held stays so, and is what is read.
func (s *session) run(ctx context.Context, f fault, n int) error {
	fs := s.fs(f, n)
	for s.acknowledged < s.h.Len() {
		db, err := pebblequads.Open("db", small(fs))
		if err != nil {
			return err
		}
		st, err := store.New(db, store.Options{})
		if err == nil {
			half, stop := context.WithCancelCause(ctx)
			begun := s.acknowledged
			err = s.h.Play(half, st, func(n int) {
				s.acknowledged = n
				if s.failed.Load() == 0 {
					s.before = n
				}
				if begun == 0 && n == s.h.Len()/2 {
					stop(errHalf)
				}
			})
			if half.Err() != nil && errors.Is(err, half.Err()) {
				err = nil
			}
			stop(nil)
		}
		if err != nil {
			// What is read now is what was acknowledged, or nothing is.
			if same := s.h.Same(ctx, db, s.acknowledged); same != nil && !errors.Is(same, f.err) {
				err = fmt.Errorf("%w; then: %w", same, err)
			}
		}
		if err := errors.Join(err, db.Close()); err != nil {
			return err
		}
	}
	return nil
}

// recovers opens what is left after the power went, and what is left if it did not.
func (s *session) recovers(ctx context.Context) error {
	for _, left := range []*vfs.MemFS{s.disk.CrashClone(vfs.CrashCloneCfg{}), s.disk} {
		db, err := pebblequads.Open("db", small(left))
		if err != nil {
			return err
		}
		if have, want := db.Lost(); have != want {
			return fmt.Errorf("%d of %d commits are there", have, want)
		}
		n, err := s.h.Check(ctx, db, s.acknowledged, s.acknowledged+1)
		if err != nil {
			return err
		}
		st, err := store.New(db, store.Options{})
		if err != nil {
			return err
		}
		if err := s.h.Play(ctx, st, func(int) {}); err != nil {
			return fmt.Errorf("going on from commit %d: %w", n, err)
		}
		if _, err := s.h.Check(ctx, db, s.h.Len(), s.h.Len()); err != nil {
			return fmt.Errorf("after going on from commit %d: %w", n, err)
		}
		if err := db.Close(); err != nil {
			return err
		}
	}
	return nil
}
