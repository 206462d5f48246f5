package loader_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader"
)

// watching is a watch that runs, and what it tells.
type watching struct {
	t       *testing.T
	first   loader.Report
	changes chan loader.Change
	stop    func() error
}

// watch watches a folder; rescan is the longest time between two looks.
func watch(t *testing.T, store graph.Store, rescan time.Duration, paths ...string) *watching {
	t.Helper()
	w := loader.NewWatch(loader.New(store, loader.Options{}), paths)
	w.Settle, w.Rescan = 20*time.Millisecond, rescan
	out := &watching{t: t, changes: make(chan loader.Change, 100)}
	ctx, cancel := context.WithCancel(t.Context())
	var err error
	if out.first, err = w.First(ctx); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx, func(c loader.Change) { out.changes <- c }) }()
	out.stop = func() error {
		cancel()
		select {
		case err := <-done:
			done <- err
			return err
		case <-time.After(time.Minute):
			return fmt.Errorf("the watch does not stop")
		}
	}
	t.Cleanup(func() { _ = out.stop() })
	return out
}

// until waits for changes until they tell all that is wanted, each line once, and nothing else. A line is the state and the
// file's name.
func (w *watching) until(want ...string) {
	w.t.Helper()
	left := map[string]int{}
	for _, l := range want {
		left[l]++
	}
	var got []string
	deadline := time.After(time.Minute)
	for n := len(want); n > 0; {
		select {
		case c := <-w.changes:
			for _, line := range lines(c) {
				got = append(got, line)
				if left[line]--; left[line] < 0 {
					w.t.Fatalf("the watch tells %q, want %q", got, want)
				}
				n--
			}
		case <-deadline:
			w.t.Fatalf("the watch tells %q, want %q", got, want)
		}
	}
}

func lines(c loader.Change) (out []string) {
	for _, d := range c.Documents {
		state := "new"
		switch {
		case d.Known:
			state = "known"
		case d.Revision:
			state = "revision"
		case d.Reread:
			state = "reread"
		}
		out = append(out, state+" "+filepath.Base(d.Path))
	}
	for _, p := range c.Problems {
		name, _, _ := strings.Cut(filepath.Base(p.Error()), ":")
		out = append(out, "failed "+name)
	}
	for _, s := range c.Skips {
		out = append(out, "skipped "+filepath.Base(s.Path))
	}
	for _, g := range c.Gone {
		out = append(out, "gone "+filepath.Base(g))
	}
	if c.Note != "" {
		out = append(out, "note "+c.Note)
	}
	return out
}

func said(n int) string { return fmt.Sprintf("The mayor said that pool number %d is open.\n", n) }

// Each thing that happens to files is told once, and nothing else is.
func TestWatch(t *testing.T) {
	for name, rescan := range map[string]time.Duration{"told by the system": time.Hour, "by looking alone": 40 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			write(t, at("a.txt"), said(1))
			write(t, at("program.go"), "package main")
			write(t, at("manifest.jsonl"), "broken\n")
			store := memory(t)
			w := watch(t, store, rescan, dir)
			if len(w.first.Documents) != 1 || len(w.first.Problems) != 1 || len(w.first.Skips) != 1 {
				t.Fatalf("%+v", w.first)
			}
			write(t, at("b.txt"), said(2))
			w.until("new b.txt")
			write(t, at("b.txt"), said(2)+"She gave no reason.\n")
			w.until("revision b.txt")
			write(t, at("b.meta.yaml"), "publisher: Harbour Board\n")
			w.until("reread b.txt")
			// A folder that comes with all that is in it, and one in that.
			outside := t.TempDir()
			write(t, filepath.Join(outside, "in", "deep", "c.jsonl"), `{"id":"1","text":"The clerk said that the harbour is shut."}`)
			must(os.Rename(filepath.Join(outside, "in"), at("in")))
			w.until("new c.jsonl#1")
			write(t, at("in/deep/deeper/d.txt"), said(4))
			w.until("new d.txt")
			// What is written beside and renamed is seen under its last name only.
			write(t, at("e.txt.part"), said(5))
			write(t, at(".f.txt.swp"), said(6))
			must(os.Rename(at("e.txt.part"), at("e.txt")))
			w.until("new e.txt")
			must(os.Rename(at("e.txt"), at("g.txt")))
			w.until("known g.txt", "gone e.txt")
			// An error is told once and ends nothing.
			write(t, at("h.md"), "---\ntitle: [unclosed\n---\nText.\n")
			w.until("failed h.md")
			write(t, at("h.md"), "---\ntitle: Closed\n---\n"+said(8))
			w.until("new h.md")
			// A folder goes away and comes back.
			must(os.Rename(dir, dir+"-away"))
			w.until("failed "+filepath.Base(dir), "gone a.txt", "gone b.txt", "gone c.jsonl", "gone d.txt", "gone g.txt", "gone h.md")
			must(os.Mkdir(dir, 0o755))
			write(t, at("i.txt"), said(9))
			w.until("new i.txt")
			write(t, at("j.txt"), said(10))
			w.until("new j.txt")
			must(os.Remove(at("j.txt")))
			w.until("gone j.txt")
			if err := w.stop(); err != nil {
				t.Error(err)
			}
			select {
			case c := <-w.changes:
				t.Errorf("and then: %q", lines(c))
			default:
			}
			if held := documents(t, store); len(held) != 8 { // nothing that went away was retracted
				t.Errorf("%q", held)
			}
		})
	}
}

func documents(t *testing.T, store graph.Store) (titles []string) {
	t.Helper()
	err := store.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		ids, err := r.List(t.Context(), graph.TypeDocument, "", 0)
		for _, id := range ids {
			titles = append(titles, string(id))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return titles
}

// A file that is being written is loaded when that is over, and once.
func TestWatch_WaitsForTheLastWord(t *testing.T) {
	dir := t.TempDir()
	name := write(t, filepath.Join(dir, "a.txt"), "")
	store := memory(t)
	w := watch(t, store, 10*time.Millisecond, dir)
	f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for n := range 40 {
		if _, err := f.WriteString(said(n)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	var last loader.Document
	for last.Claims < 40 { // a busy machine may have let it rest
		select {
		case c := <-w.changes:
			last = c.Documents[len(c.Documents)-1]
		case <-time.After(time.Minute):
			t.Fatalf("%+v", last)
		}
	}
	if held := documents(t, store); len(held) != 1 {
		t.Errorf("%q", held)
	}
}

// What others do to the store in the meantime is respected.
func TestWatch_FollowsTheStore(t *testing.T) {
	dir := t.TempDir()
	a := write(t, filepath.Join(dir, "a.txt"), said(1))
	store := memory(t)
	w := watch(t, store, time.Hour, dir)
	retract(t, store, w.first.Documents[0].ID)
	write(t, a, said(1)+"She gave no reason.\n")
	select {
	case c := <-w.changes:
		if diff := cmp.Diff("wrong", c.Documents[0].Retracted); diff != "" {
			t.Error(diff)
		}
	case <-time.After(time.Minute):
		t.Fatal("the watch does not see the change")
	}
}

// A store that fails ends the watch with its error.
func TestWatch_StoreFails(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), said(1))
	w := loader.NewWatch(loader.New(&failing{memory(t), 1}, loader.Options{}), []string{dir})
	w.Settle, w.Rescan = time.Millisecond, 10*time.Millisecond
	if _, err := w.First(t.Context()); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "b.txt"), said(2))
	if err := w.Run(t.Context(), func(loader.Change) {}); err == nil || !strings.Contains(err.Error(), "b.txt") {
		t.Fatalf("err = %v", err)
	}
}
