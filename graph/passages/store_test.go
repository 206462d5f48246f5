package passages

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/folder"
)

// keep opens a store in a folder, with its index beside the graph.
func keep(t *testing.T, dir string) *Store {
	t.Helper()
	f, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Keep(f, filepath.Join(dir, "passages"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

var tunnel = graph.PassageQuery{Words: "tunnel", Commenters: true}

func TestStore_TheFolderKeepsTheIndex(t *testing.T) {
	dir := t.TempDir()
	s := keep(t, dir)
	papers := harbour()
	load(t, s, day(1), papers[:2]...)
	want := answer(t, s, graph.At{}, tunnel)
	closed(t, s)
	before := files(t, filepath.Join(dir, "passages"))
	if len(before) == 0 {
		t.Fatal("no index was written")
	}

	s = keep(t, dir)
	if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
		t.Error(diff)
	}
	closed(t, s)
	if diff := cmp.Diff(before, files(t, filepath.Join(dir, "passages"))); diff != "" {
		t.Errorf("what was up to date was written again: %s", diff)
	}

	// Another program may load without asking.
	plain, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	load(t, plain, day(2), papers[2])
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	s = keep(t, dir)
	if got := answer(t, s, graph.At{}, tunnel); len(got) != len(want)+1 {
		t.Errorf("after another load: %q", got)
	}
}

// files returns the segments in a folder by name, with their size and time.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".zap" {
			return err
		}
		info, err := d.Info()
		out[path] = fmt.Sprint(info.Size(), info.ModTime())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStore_WhatDoesNotFitIsMadeAnew(t *testing.T) {
	flip := func(pattern string, at float64) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			names, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil || len(names) == 0 {
				t.Fatalf("no %s: %v", pattern, err)
			}
			for _, name := range names {
				b, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				b[int(at*float64(len(b)-1))] ^= 0x55
				if err := os.WriteFile(name, b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	truncate := func(pattern string, to int64) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			names, _ := filepath.Glob(filepath.Join(dir, pattern))
			for _, name := range names {
				if err := os.Truncate(name, to); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for name, damage := range map[string]func(t *testing.T, dir string){
		"missing": func(t *testing.T, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		},
		"a segment's first byte": flip("*.zap", 0),
		"a segment's middle":     flip("*.zap", 0.5),
		"a segment's end":        flip("*.zap", 1),
		"a segment cut short":    truncate("*.zap", 100),
		"an empty segment":       truncate("*.zap", 0),
		"the root's first page":  flip("root.bolt", 0.001),
		"an empty root":          truncate("root.bolt", 0),
		"a short root":           truncate("root.bolt", 5000),
		"no segments": func(t *testing.T, dir string) {
			names, _ := filepath.Glob(filepath.Join(dir, "*.zap"))
			for _, name := range names {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		},
		"a file in its place": func(t *testing.T, dir string) {
			if err := errors.Join(os.RemoveAll(dir), os.WriteFile(dir, []byte("no index"), 0o600)); err != nil {
				t.Fatal(err)
			}
		},
		"another store's": func(t *testing.T, dir string) {
			other := t.TempDir()
			s := keep(t, other)
			load(t, s, day(9), paper("https://other.example", "", "2024", "Another tunnel."))
			answer(t, s, graph.At{}, tunnel)
			closed(t, s)
			if err := errors.Join(os.RemoveAll(dir), os.Rename(filepath.Join(other, "passages"), dir)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			s := keep(t, dir)
			load(t, s, day(1), harbour()...)
			want := answer(t, s, graph.At{}, tunnel)
			closed(t, s)
			damage(t, filepath.Join(dir, "passages"))
			s = keep(t, dir)
			if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStore_RetractedIsHiddenAndBack(t *testing.T) {
	papers := harbour()
	s := kept(t, papers...)
	want := answer(t, s, graph.At{}, tunnel)
	if _, err := s.Commit(t.Context(), graph.Change{Time: day(4), Ends: []graph.Label{papers[0].Label}}); err != nil {
		t.Fatal(err)
	}
	for _, l := range answer(t, s, graph.At{}, tunnel) {
		if strings.HasPrefix(l, "coast.example") {
			t.Errorf("retracted: %s", l)
		}
	}
	if diff := cmp.Diff(want, answer(t, s, graph.At{KnownBy: day(3)}, tunnel)); diff != "" {
		t.Errorf("before it was retracted: %s", diff)
	}
	load(t, s, day(5), papers[0])
	if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
		t.Errorf("brought back: %s", diff)
	}
}

func TestStore_ErasedWordsAreGoneFromDisk(t *testing.T) {
	dir := t.TempDir()
	index := filepath.Join(dir, "passages")
	s := keep(t, dir)
	papers := append(harbour(), paper("https://gone.example", "", "2024", "A xylophonist of the harbour, whom nobody else names."))
	load(t, s, day(1), papers...)
	if got := answer(t, s, graph.At{}, graph.PassageQuery{Words: "xylophonists"}); len(got) != 1 {
		t.Fatalf("before: %q", got)
	}
	want := answer(t, s, graph.At{}, tunnel)
	if _, err := s.Erase(t.Context(), "https://nowhere.example", "", "", day(2)); !errors.Is(err, graph.ErrNotFound) {
		t.Fatalf("erasing what is not held: %v", err)
	}
	if len(files(t, index)) == 0 {
		t.Error("an erasure of nothing took the index away")
	}
	if _, err := s.Erase(t.Context(), "https://gone.example", "me", "asked to", day(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(index); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the index that holds the words is still there: %v", err)
	}
	for _, at := range []graph.At{{}, {KnownBy: day(1)}} {
		if got := answer(t, s, at, graph.PassageQuery{Words: "xylophonist"}); len(got) > 0 {
			t.Errorf("after, at %v: %q", at, got)
		}
	}
	if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
		t.Error(diff)
	}
	if words := dictionary(t, s); words["xylophonist"] || !words["harbour"] {
		t.Errorf("the index holds xylophonist: %v, harbour: %v", words["xylophonist"], words["harbour"])
	}
	closed(t, s)
	left, err := filepath.Glob(filepath.Join(dir, "passages*"))
	if err != nil || len(left) != 1 {
		t.Errorf("in the folder: %v, %v", left, err)
	}
}

// dictionary returns the stems that the index holds, also those that no passage has any more.
func dictionary(t *testing.T, s *Store) map[string]bool {
	t.Helper()
	r, err := s.engine.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	d, err := r.FieldDict(wordsField)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	words := map[string]bool{}
	for {
		e, err := d.Next()
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return words
		}
		words[e.Term] = true
	}
}

// An erasure that a crash cut off leaves the index aside: opening the store ends it.
func TestStore_AnErasureCutOffIsEnded(t *testing.T) {
	dir := t.TempDir()
	s := keep(t, dir)
	load(t, s, day(1), harbour()...)
	want := answer(t, s, graph.At{}, tunnel)
	closed(t, s)
	index := filepath.Join(dir, "passages")
	if err := os.Rename(index, s.aside()); err != nil {
		t.Fatal(err)
	}
	s = keep(t, dir)
	if _, err := os.Stat(s.aside()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
		t.Error(diff)
	}
}

// A store that was erased from by other means has words in its index until it is asked.
func TestStore_ErasedByOtherMeans(t *testing.T) {
	dir := t.TempDir()
	s := keep(t, dir)
	load(t, s, day(1), harbour()...)
	answer(t, s, graph.At{}, tunnel)
	closed(t, s)
	plain, err := folder.Open(dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plain.Erase(t.Context(), "https://coast.example/1", "", "", day(2)); err != nil {
		t.Fatal(err)
	}
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	s = keep(t, dir)
	if got := answer(t, s, graph.At{}, graph.PassageQuery{Words: "trams"}); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	if dictionary(t, s)["tram"] {
		t.Error("the index holds the words")
	}
}

func TestStore_UpdateGoesOnWithoutWhoAskedForIt(t *testing.T) {
	s := kept(t, harbour()...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Update(ctx); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := s.Update(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if err := s.Update(t.Context()); err == nil {
		t.Error("a closed store was brought up to date")
	}
}

// Questions, loads, retractions and erasures at the same time.
func TestStore_Concurrent(t *testing.T) {
	s := keep(t, t.TempDir())
	load(t, s, day(1), harbour()...)
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for range 10 {
				page, err := ask(s, graph.At{}, tunnel)
				if err != nil {
					t.Error(err)
				}
				if len(page.Items) < 4 {
					t.Errorf("%d passages", len(page.Items))
				}
			}
		})
	}
	work.Go(func() {
		for i := range 12 {
			p := paper(fmt.Sprintf("https://more.example/%d", i), "", "2024", "A tunnel more.")
			if _, err := s.Commit(context.Background(), graph.Change{Time: day(2), Readings: []graph.Captured{p}}); err != nil {
				t.Error(err)
			}
			switch i % 3 {
			case 1:
				if _, err := s.Erase(context.Background(), p.Document.ID, "", "", day(2)); err != nil {
					t.Error(err)
				}
			case 2:
				if _, err := s.Commit(context.Background(), graph.Change{Time: day(2), Ends: []graph.Label{p.Label}}); err != nil {
					t.Error(err)
				}
			}
		}
	})
	work.Wait()
	if got := answer(t, s, graph.At{}, tunnel); len(got) != 4+4+1 {
		t.Errorf("in the end %d: %q", len(got), got)
	}
}

// Where the index cannot be kept on disk, it is kept in memory.
func TestStore_AFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Keep(cayleystore.Memory(), filepath.Join(file, "passages"))
	if err != nil {
		t.Fatal(err)
	}
	papers := harbour()
	load(t, s, day(1), papers...)
	want := answer(t, kept(t, papers...), graph.At{}, tunnel)
	if diff := cmp.Diff(want, answer(t, s, graph.At{}, tunnel)); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Erase(t.Context(), papers[0].Document.ID, "", "", day(2)); err != nil {
		t.Fatal(err)
	}
	if got := answer(t, s, graph.At{}, graph.PassageQuery{Words: "trams"}); len(got) > 0 {
		t.Errorf("after an erasure: %q", got)
	}
	closed(t, s)
}

func TestStore_IndexesSomeDocumentsInOneGo(t *testing.T) {
	long := strings.Repeat("The tunnel was dug by hand and it took nine years to dig. ", batchBytes*2/5/58)
	s := kept(t)
	for i := range 4 {
		load(t, s, day(1+i), paper(fmt.Sprintf("https://made.example/long/%d", i), "Maker", "2024", long))
	}
	commits, err := s.begin()
	if err != nil {
		t.Fatal(err)
	}
	var steps []int
	for len(commits) > 0 {
		before := len(commits)
		if commits, err = s.step(commits); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, before-len(commits))
	}
	if diff := cmp.Diff([]int{3, 1}, steps); diff != "" {
		t.Errorf("how many documents of two fifths of a batch go in together (-want +got):\n%s", diff)
	}
	if got := answer(t, s, graph.At{}, tunnel); len(got) == 0 {
		t.Error("nothing is found")
	}
}
