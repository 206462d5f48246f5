package loader_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/loader"
)

// A clock tells a minute more each time it is asked, and can be set back.
type clock struct{ now time.Time }

func (c *clock) tell() time.Time {
	c.now = c.now.Add(time.Minute)
	return c.now
}

// A wall clock that is set back by an hour or a year, between loads and in the middle of them, changes nothing but the times that
// are told: the graph, what is newest, what was published by a day and what was known by a commit stay the same.
func TestLoad_ClockRunsBack(t *testing.T) {
	dir := mixed(t)
	pool := filepath.Join(dir, "pool-0.txt")
	began := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	steady, back := &clock{began}, &clock{began}
	right, tested := memory(t), memory(t)
	commits := 0
	both := func(setBack time.Duration) {
		t.Helper()
		load(t, right, loader.Options{Now: steady.tell}, dir)
		asked := 0
		load(t, tested, loader.Options{Now: func() time.Time {
			if asked++; asked == 8 { // in the middle
				back.now = back.now.Add(-setBack)
			}
			return back.tell()
		}}, dir)
		if want, got := dump(t, right), dump(t, tested); want != got {
			t.Fatalf("the graph is another: %s", cmp.Diff(want, got))
		}
		ledger := ledgerOf(t, tested)
		if len(ledger) == commits {
			t.Fatal("nothing was loaded")
		}
		commits = len(ledger)
	}
	both(time.Hour)
	write(t, pool, "Pools\n\nThe mayor said that pool number 0 is shut.\n")
	both(365 * 24 * time.Hour)
	back.now = back.now.Add(-time.Hour)
	write(t, pool, "Pools\n\nThe mayor said that pool number 0 is open again to 512 swimmers.\n")
	both(time.Hour)

	wanted, ledger := ledgerOf(t, right), ledgerOf(t, tested)
	if len(ledger) != len(wanted) {
		t.Fatalf("%d commits, want %d", len(ledger), len(wanted))
	}
	stopped := false
	for i, c := range ledger {
		if c.Number != int64(i+1) || i > 0 && c.Time.Before(ledger[i-1].Time) {
			t.Errorf("commit %d at %v comes after one at %v", c.Number, c.Time, ledger[i-1].Time)
		}
		if i+1 < len(ledger) && c.Time.Equal(ledger[i+1].Time) {
			stopped = true
			continue // what was known by this time includes the next
		}
		then := graphtest.Read(t, right, graph.At{KnownBy: wanted[i].Time})
		if diff := cmp.Diff(then, graphtest.Read(t, tested, graph.At{KnownBy: c.Time})); diff != "" {
			t.Errorf("known by commit %d: want -, got +\n%s", c.Number, diff)
		}
	}
	if !stopped {
		t.Error("the clock of the store was never ahead of that on the wall")
	}
	for _, day := range []graph.Date{"2024-05-02", "2024-05-03", "2024-12-31", "2025-03-01"} {
		then := graphtest.Read(t, right, graph.At{AsOf: day})
		if diff := cmp.Diff(then, graphtest.Read(t, tested, graph.At{AsOf: day})); diff != "" {
			t.Errorf("as of %s: want -, got +\n%s", day, diff)
		}
	}
	if report := load(t, tested, loader.Options{Now: back.tell}, dir); report.Added() != 0 {
		t.Errorf("the same again adds %d documents", report.Added())
	}
}

// A watch takes up what changes, whatever the clock says.
func TestWatch_ClockRunsBack(t *testing.T) {
	dir := t.TempDir()
	now := &clock{time.Now()}
	w := loader.NewWatch(loader.New(memory(t), loader.Options{Now: now.tell}), []string{dir})
	w.Settle, w.Rescan = 20*time.Millisecond, 50*time.Millisecond
	if _, err := w.First(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	now.now = now.now.Add(-365 * 24 * time.Hour)
	const files = 3
	add := func(n int) {
		write(t, filepath.Join(dir, fmt.Sprint(n, ".txt")), fmt.Sprintf("The mayor said that pool %d is open.", n))
	}
	add(0)
	added := 0
	if err := w.Run(ctx, func(c loader.Change) {
		if added += c.Added(); added == files {
			stop()
			return
		}
		now.now = now.now.Add(-time.Hour)
		add(added)
	}); err != nil {
		t.Error(err)
	}
	if added != files {
		t.Errorf("%d of %d files were loaded", added, files)
	}
}

func ledgerOf(t *testing.T, s graph.Store) []graph.Commit {
	t.Helper()
	l, err := s.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
