package pebblequads_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// faultSeed begins what the tests of faults draw by chance, so that one that failed can be run again.
var faultSeed = flag.Uint64("fault-seed", rand.Uint64(), "begins what the tests of faults draw by chance")

// chance returns a source of numbers drawn by chance, and logs how to draw them again.
func chance(t *testing.T) *rand.Rand {
	t.Helper()
	t.Logf("again: go test ./graph/pebblequads -run '^%s$' -fault-seed=%d", t.Name(), *faultSeed)
	return rand.New(rand.NewPCG(*faultSeed, 0)) //nolint:gosec // for tests
}

// tries is how often a test tries what it draws by chance: n, or the number in an environment variable.
func tries(t *testing.T, variable string, n int) int {
	t.Helper()
	if s := os.Getenv(variable); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatalf("%s=%s is no number", variable, s)
		}
	}
	return n
}

// history returns a history of n commits.
func history(t *testing.T, n int) *graphtest.History {
	t.Helper()
	h := graphtest.NewHistory(n)
	h.Observe(t, cayleystore.MemoryBackend())
	return h
}

// small makes the engine write and merge its files often.
func small(fs vfs.FS) *pebblequads.Options {
	return &pebblequads.Options{FS: fs, MemTableBytes: 64 << 10, CacheBytes: 1 << 20}
}

// openIn opens a DB in a file system.
func openIn(t *testing.T, fs vfs.FS) *pebblequads.DB {
	t.Helper()
	db, err := pebblequads.Open("db", small(fs))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// play goes on with a history to its end.
func play(t *testing.T, h *graphtest.History, db *pebblequads.DB, acknowledged func(n int)) {
	t.Helper()
	s, err := store.New(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Play(t.Context(), s, acknowledged); err != nil {
		t.Fatal(err)
	}
}

// A crash is what is left in a file system when the power goes.
type crash struct {
	moment             int64 // number of the write
	percent            int   // of what was not synced that is left
	left               *vfs.MemFS
	acknowledged, most int // commits that must be, and that may be there
}

// The power goes at random moments between two operations on files, and of what was not synced any part
// is left. Every commit is whole or absent, every one that was acknowledged is there, and a load that
// goes on ends with what an undisturbed one ends with.
func TestPowerCut(t *testing.T) {
	rnd := chance(t)
	h := history(t, 40)
	// How many operations there are is not the same each time: the engine does some beside.
	writes := func(fs vfs.FS, each func()) vfs.FS {
		return errorfs.Wrap(fs, errorfs.InjectorFunc(func(op errorfs.Op) error {
			if op.Kind.ReadOrWrite() == errorfs.OpIsWrite {
				each()
			}
			return nil
		}))
	}
	var all atomic.Int64
	db := openIn(t, writes(vfs.NewCrashableMem(), func() { all.Add(1) }))
	play(t, h, db, func(int) {})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	cuts := tries(t, "WHENCE_CUTS", 10)
	planned := map[int64]int{} // by moment: percent
	for len(planned) < min(cuts, int(all.Load())) {
		planned[rnd.Int64N(all.Load())] = []int{0, 0, 10, 50, 90, 100}[rnd.IntN(6)]
	}
	seeds := map[int64]uint64{}
	for moment := range planned {
		seeds[moment] = rnd.Uint64()
	}

	var (
		disk         = vfs.NewCrashableMem()
		count, acked atomic.Int64
		crashes      = make(chan crash, cuts)
	)
	db = openIn(t, writes(disk, func() {
		moment := count.Add(1) - 1
		percent, planned := planned[moment]
		if !planned {
			return
		}
		c := crash{moment: moment, percent: percent, acknowledged: int(acked.Load())}
		c.left = disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rand.New(rand.NewPCG(seeds[moment], 1))}) //nolint:gosec // for tests
		c.most = int(acked.Load()) + 1
		crashes <- c
	}))
	play(t, h, db, func(n int) { acked.Store(int64(n)) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	close(crashes)
	t.Logf("%d of %d operations on files are followed by a power cut", len(crashes), count.Load())
	for c := range crashes {
		if t.Failed() {
			break
		}
		afterCrash(t, h, c)
	}
}

func afterCrash(t *testing.T, h *graphtest.History, c crash) {
	t.Helper()
	db, err := pebblequads.Open("db", small(c.left))
	if err != nil {
		t.Fatalf("cut at operation %d, %d %% of what was not synced is left: %v", c.moment, c.percent, err)
	}
	if err := db.Loss(); err != nil {
		t.Errorf("cut at operation %d: %v", c.moment, err)
	}
	n, err := h.Check(t.Context(), db, c.acknowledged, c.most)
	if err != nil {
		t.Errorf("cut at operation %d, %d %% of what was not synced is left: %v", c.moment, c.percent, err)
	}
	if c.moment%4 == 0 {
		play(t, h, db, func(int) {})
		if _, err := h.Check(t.Context(), db, h.Len(), h.Len()); err != nil {
			t.Errorf("going on from commit %d: %v", n, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Errorf("cut at operation %d: close: %v", c.moment, err)
	}
}
