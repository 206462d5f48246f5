package pebblequads_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// left returns the files of a store that went through a history, as a process that closed it leaves them, or one that
// died. The log of that one holds its last commits: there is room for them in memory, so that the engine
// does not write them to a table meanwhile.
func left(t *testing.T, h *graphtest.History, closed bool) *vfs.MemFS {
	t.Helper()
	disk := vfs.NewCrashableMem()
	db := openIn(t, disk)
	if closed {
		play(t, h, db, func(int) {})
	} else {
		play(t, graphtest.NewHistory(h.Len()-3), db, func(int) {})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if !closed {
		db, err := pebblequads.Open("db", &pebblequads.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		play(t, h, db, func(int) {})
	}
	return disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(1, 1))})
}

// names returns the names of the files of the folder, in order.
func names(t *testing.T, fs vfs.FS) []string {
	t.Helper()
	list, err := fs.List("db")
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func content(t *testing.T, fs vfs.FS, name string) []byte {
	t.Helper()
	f, err := fs.Open(path.Join("db", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// replace gives a file another content, durably.
func replace(t *testing.T, fs vfs.FS, name string, data []byte) {
	t.Helper()
	f, err := fs.Create(path.Join("db", name), vfs.WriteCategoryUnspecified)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// kindOf returns what a file of the engine is.
func kindOf(name string) string {
	if strings.HasPrefix(name, "marker.manifest.") { // numbers follow
		return "marker.manifest"
	}
	if kind, _, ok := strings.Cut(name, "-"); ok {
		return kind
	}
	return strings.TrimPrefix(path.Ext(name), ".")
}

// found says how damage was found out.
type found string

const (
	onOpening   found = "on opening"
	asLost      found = "as lost commits"
	asDoubt     found = "as a doubt whether commits are lost"
	onReading   found = "on reading"
	onVerifying found = "on verifying"
	harmless    found = "harmless" // all is held, and verify finds nothing
)

// look opens a damaged store and reads all that it holds, in every way: what it says is what was held, or an error.
func look(t *testing.T, h *graphtest.History, fs vfs.FS) (how found, err error) {
	t.Helper()
	db, err := pebblequads.Open("db", small(fs))
	if err != nil {
		return onOpening, err
	}
	defer func() { _ = db.Close() }() // it may tell of the damage
	have, want := db.Lost()
	if want > int64(h.Len())+1 { // the making of the store is not a commit
		t.Errorf("%d commits are said to have been", want)
	}
	if have < want {
		// It is an earlier state, and says so.
		if _, err := h.Check(t.Context(), db, 0, h.Len()); err != nil {
			if !errors.Is(err, graph.ErrDamaged) && !strings.Contains(err.Error(), "commits are lost") { // which verify says
				t.Errorf("%d of %d commits are there, and what is held is not what was held then: %v", have, want, err)
			}
		}
		s, err := store.New(db, store.Options{})
		if err == nil {
			err = h.Play(t.Context(), s, func(int) {})
		}
		if !errors.Is(err, graph.ErrDamaged) {
			t.Errorf("%d of %d commits are there, and more are taken: %v", have, want, err)
		}
		return asLost, db.Loss()
	}
	if err := h.Same(t.Context(), db, h.Len()); err != nil {
		return onReading, err
	}
	if err := db.Loss(); err != nil {
		return asDoubt, err
	}
	s, err := store.New(db, store.Options{})
	if err != nil {
		return onReading, err
	}
	problems, err := s.Verify(t.Context())
	if c, ok := any(db).(store.Checker); ok && err == nil {
		var more []string
		more, err = c.Check(t.Context())
		problems = append(problems, more...)
	}
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: %s", graph.ErrDamaged, strings.Join(problems, "; "))
	}
	if err != nil {
		return onVerifying, err
	}
	return harmless, nil
}

// Every file of the folder is damaged in turn, at many places: a bit is turned, the end is cut off, a part is filled with
// zeros, all of it is gone. Nothing panics, and every answer is what was held or an error that says
// the store is damaged.
func TestDamage(t *testing.T) {
	rnd := chance(t)
	h := history(t, 12)
	places := tries(t, "WHENCE_DAMAGES", 2)
	foundOut := map[string]bool{} // the kinds of files that are missed when they are gone
	for _, state := range []struct {
		name   string
		closed bool
	}{{"of a store that was closed", true}, {"of a store whose process died", false}} {
		disk := left(t, h, state.closed)
		for _, name := range names(t, disk) {
			t.Run(kindOf(name)+" "+name+" "+state.name, func(t *testing.T) {
				whole := content(t, disk, name)
				tally, needed := map[found]int{}, false
				damage := func(what string, data []byte) {
					t.Helper()
					copied := disk.CrashClone(vfs.CrashCloneCfg{})
					if data == nil {
						if err := copied.Remove(path.Join("db", name)); err != nil {
							t.Fatal(err)
						}
					} else {
						replace(t, copied, name, data)
					}
					how, err := look(t, h, copied)
					tally[how]++
					if err != nil && !errors.Is(err, graph.ErrDamaged) && !errors.Is(err, graph.ErrVersion) {
						t.Errorf("%s of %d bytes: %s: this does not say that the store is damaged: %v", what, len(whole), how, err)
					}
					if err != nil {
						checkMessage(t, name, what, err)
					}
					// What of a table the engine does not read when it merges it into others goes with it.
					_, gone := copied.Stat(path.Join("db", name))
					if how == harmless && needed && (kindOf(name) != "sst" || gone == nil) {
						t.Errorf("%s of %d bytes: nobody finds it", what, len(whole))
					}
				}
				damage("all gone", nil)
				// What nothing hangs on may be damaged, as long as nothing else is read: a log or a table that is about to be
				// removed, the options, the count of commits, which only tells of what is lost.
				if tally[harmless] == 0 {
					foundOut[kindOf(name)] = true
				}
				needed = tally[harmless] == 0 && (kindOf(name) == "log" || kindOf(name) == "sst" && checks)
				for range min(places, len(whole)) {
					at := rnd.IntN(len(whole))
					flipped := slices.Clone(whole)
					flipped[at] ^= 1 << rnd.IntN(8)
					damage(fmt.Sprint("a bit turned at byte ", at), flipped)
				}
				for range min((places+2)/3, len(whole)) {
					at := rnd.IntN(len(whole))
					damage(fmt.Sprint("cut off at byte ", at), whole[:at:at])
					zeroed := slices.Clone(whole)
					clear(zeroed[at:min(at+512, len(zeroed))])
					if !slices.Equal(zeroed, whole) {
						damage(fmt.Sprint("zeros from byte ", at), zeroed)
					}
				}
				t.Logf("%d bytes: %v", len(whole), tally)
			})
		}
	}
	for _, kind := range []string{"log", "sst", "MANIFEST", "marker.manifest"} {
		if !foundOut[kind] {
			t.Errorf("files that are a %s: nobody missed any", kind)
		}
	}
	t.Logf("missed when they are gone: %v", slices.Sorted(maps.Keys(foundOut)))
}

// checkMessage checks that what is said of a damaged file names it, and says so once.
func checkMessage(t *testing.T, name, what string, err error) {
	t.Helper()
	says := err.Error()
	named := strings.Count(says, name)
	switch {
	case what == "all gone" && named == 0: // by its kind: what it was called cannot be known
		named = min(1, strings.Count(says, kindOf(name)))
	case kindOf(name) == "sst" || kindOf(name) == "MANIFEST":
		named = min(named, 1) // a list of files that names lost ones
	}
	if named != 1 || strings.Count(says, graph.ErrDamaged.Error()) != 1 || !strings.Contains(says, "db") {
		t.Errorf("%s: this does not name the folder and the file once:\n%s", what, says)
	}
	if strings.Contains(says, "pebble") || strings.Contains(says, "carrier") || strings.Contains(says, "\n") {
		t.Errorf("%s: this is no plain message:\n%s", what, says)
	}
}

// checks is whether a DB checks what no reading touches: filters and properties of tables.
var _, checks = any((*pebblequads.DB)(nil)).(store.Checker)

// The end of the log is cut off, at many places. What is held then is what was held after some commit, it is said how many
// are lost, and nothing is written before that is accepted.
func TestLostTail(t *testing.T) {
	rnd := chance(t)
	h := history(t, 12)
	disk := vfs.NewCrashableMem()
	db, err := pebblequads.Open("db", &pebblequads.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	play(t, h, db, func(int) {})
	crashed := func() *vfs.MemFS {
		return disk.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: 100, RNG: rand.New(rand.NewPCG(1, 1))}) //nolint:gosec // for tests
	}
	disk = crashed()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	logs := slices.DeleteFunc(names(t, disk), func(name string) bool { return kindOf(name) != "log" })
	name := logs[len(logs)-1]
	whole := content(t, disk, name)
	seen := map[int]bool{}
	for range tries(t, "WHENCE_DAMAGES", 6) {
		at := rnd.IntN(len(whole))
		copied := crashed()
		replace(t, copied, name, whole[:at])
		db, err := pebblequads.Open("db", &pebblequads.Options{FS: copied})
		if err != nil {
			t.Errorf("cut at byte %d of %d: %v", at, len(whole), err)
			continue
		}
		n, err := h.Check(t.Context(), db, 0, h.Len()-1)
		if err == nil || !strings.Contains(err.Error(), "commits are lost") { // verify says so
			t.Errorf("cut at byte %d of %d: %v", at, len(whole), err)
		}
		seen[n] = true
		if have, want := db.Lost(); int(want-have) != h.Len()-n {
			t.Errorf("cut at byte %d of %d: %d of %d commits are said to be there, and %d are", at, len(whole), have, want, n)
		}
		s, err := store.New(db, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		says := fmt.Sprintf("the last %d of", h.Len()-n)
		if err := h.Play(t.Context(), s, func(int) {}); !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), says) {
			t.Errorf("cut at byte %d of %d: a commit fails with %v; it should say %q", at, len(whole), err, says)
		}
		if err := db.AcceptLoss(); err != nil {
			t.Error(err)
		}
		play(t, h, db, func(int) {})
		if _, err := h.Check(t.Context(), db, h.Len(), h.Len()); err != nil {
			t.Errorf("going on after the loss was accepted: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d different numbers of commits were left", len(seen))
}
