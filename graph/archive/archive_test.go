package archive_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	gocmp "github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/archive"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/graph/folder"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func open(t *testing.T, b store.Backend) graph.Store {
	t.Helper()
	s, err := store.New(b, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func commit(t *testing.T, s graph.Store, c graph.Change) {
	t.Helper()
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

const erasedWords = "the ferry sank in the harbour"

// fill puts into a store what a store may hold: readings live and ended, links, a decision, an erasure.
func fill(t *testing.T, s graph.Store) {
	t.Helper()
	a := graphtest.NewDocument("https://a.example/", "Müller 🙂: Ruth Kendal said coaches cut waiting lists.")
	claim := a.Claim("coaches cut waiting lists", "Ruth Kendal")
	b := graphtest.NewDocument("https://b.example/", "“Coaches cut waiting lists”, Kendal told the press.")
	said := b.Claim("Coaches cut waiting lists", "Kendal")
	gone := graphtest.NewDocument("https://c.example/", "She said "+erasedWords+".")
	gone.Claim(erasedWords, "She")
	authority := graphtest.NewAuthority(graph.Agent{ID: graph.AuthorityAgentID("kendal"), Type: graph.Person, Name: "Ruth Kendal", Identified: true})
	for i, d := range []*graphtest.Document{a, b, gone} {
		commit(t, s, d.Change(authority, graphtest.Day(i+1)))
	}
	commit(t, s, graph.Change{Time: graphtest.Day(4), Links: []graph.Link{
		graphtest.NewLink(a.Resolution(authority), b.Resolution(authority), said, graph.Matches, claim, 930),
	}})
	d := graph.Decision{Act: graph.ActReject, Targets: []graph.Target{{Node: said, Passage: b.Reading().Claims[0].Content[0]}}, By: "reviewer", At: graphtest.Day(5), Reason: "heard it"}
	d.ID = graph.NewDecisionID(d)
	commit(t, s, graph.Change{Time: graphtest.Day(5), Decisions: []graph.Decision{d}})
	commit(t, s, graph.Change{Time: graphtest.Day(6), Reason: "retracted", Ends: []graph.Label{b.Reading().Label, b.Resolution(authority).Label}})
	if _, err := s.Erase(t.Context(), gone.ID(), "clerk", "asked to", graphtest.Day(7)); err != nil {
		t.Fatal(err)
	}
}

func backup(t *testing.T, s graph.Store) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := freeze(t.Context(), s, func(f *store.Frozen) error {
		_, err := archive.Write(t.Context(), &out, f, archive.Options{Program: "test"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func freeze(ctx context.Context, s graph.Store, f func(*store.Frozen) error) error {
	m, err := store.Maintain(s)
	if err != nil {
		return err
	}
	return m.Freeze(ctx, f)
}

// dump is all that a store tells, with its ledger.
func dump(t *testing.T, s graph.Store) string {
	t.Helper()
	var out strings.Builder
	if err := codec.DumpNQuads(t.Context(), &out, s, graph.At{}, true); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// backends are the kinds there are here. Those of a server are tested with it.
var backends = map[string]func(t *testing.T) store.Backend{
	"memory": func(*testing.T) store.Backend { return cayleystore.MemoryBackend() },
	"folder": func(t *testing.T) store.Backend {
		b, err := folder.OpenBackend(filepath.Join(t.TempDir(), "db"), folder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = b.Close() })
		return b
	},
}

func TestRestore_BringsBackAll(t *testing.T) {
	for from, a := range backends {
		for to, b := range backends {
			t.Run(from+" to "+to, func(t *testing.T) { bringsBackAll(t, a(t), b(t)) })
		}
	}
}

func bringsBackAll(t *testing.T, source, backend store.Backend) {
	from := open(t, source)
	fill(t, from)
	written := backup(t, from)
	info, err := archive.Restore(t.Context(), bytes.NewReader(written), backend, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if info.Commits != 7 || info.Texts != 2 || info.Program != "test" || info.Bytes != int64(len(written)) {
		t.Errorf("the archive says %+v", info)
	}
	to := open(t, backend)
	if diff := gocmp.Diff(dump(t, from), dump(t, to)); diff != "" {
		t.Errorf("N-Quads: was -, is +\n%s", diff)
	}
	for _, at := range []graph.At{{}, {KnownBy: graphtest.Day(5)}} {
		if diff := gocmp.Diff(graphtest.Read(t, from, at), graphtest.Read(t, to, at)); diff != "" {
			t.Errorf("what is read at %v: was -, is +\n%s", at, diff)
		}
	}
	if problems, err := to.Verify(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("verify: %q, %v", problems, err)
	}
	again := backup(t, to)
	check, err := archive.Check(t.Context(), bytes.NewReader(again))
	if err != nil || check.Quads != info.Quads {
		t.Errorf("a backup of what was restored: %+v, %v", check, err)
	}
}

func TestWrite_LeavesOutWhatWasErased(t *testing.T) {
	backend := cayleystore.MemoryBackend()
	s := open(t, backend)
	fill(t, s)
	// What an erasure should have removed.
	leftover := store.Batch{
		Texts: []store.Text{{Hash: graph.TextHash(erasedWords), Text: erasedWords}},
		Add:   []quad.Quad{{Subject: quad.IRI("urn:x:claim"), Predicate: quad.IRI("urn:x:words"), Object: quad.String(erasedWords), Label: quad.IRI("urn:x:gone")}},
	}
	if err := backend.Apply(t.Context(), leftover); err != nil {
		t.Fatal(err)
	}
	to := cayleystore.MemoryBackend()
	if _, err := archive.Restore(t.Context(), bytes.NewReader(backup(t, s)), to, archive.Options{}); err != nil {
		t.Fatal(err)
	}
	snap, err := to.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	if err := snap.Each(t.Context(), func(q quad.Quad) error {
		if strings.Contains(q.String(), erasedWords) {
			return fmt.Errorf("%s has the words that were erased", q)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if err := snap.EachHash(t.Context(), func(hash string) error {
		texts, err := snap.Texts(t.Context(), []string{hash})
		if strings.Contains(texts[hash], erasedWords) {
			return errors.New("a text has the words that were erased")
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestCheck_FindsEveryChangedByte(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	if _, err := archive.Check(t.Context(), bytes.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1 << (i % 8)
		to := cayleystore.MemoryBackend()
		_, err := archive.Restore(t.Context(), bytes.NewReader(bad), to, archive.Options{})
		if !errors.Is(err, graph.ErrDamaged) && !errors.Is(err, graph.ErrInvalid) && !errors.Is(err, graph.ErrVersion) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		untouched(t, to)
	}
}

func TestCheck_FindsEveryCut(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	for n := range good {
		if _, err := archive.Check(t.Context(), bytes.NewReader(good[:n])); !errors.Is(err, graph.ErrDamaged) && !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
	if _, err := archive.Check(t.Context(), bytes.NewReader(append(bytes.Clone(good), 0))); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("a byte more: %v", err)
	}
}

// untouched fails the test unless a backend holds nothing.
func untouched(t *testing.T, b store.Backend) {
	t.Helper()
	snap, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	if snap.Head() != 0 {
		t.Error("entries of the log were restored from a bad archive")
	}
	if err := snap.Each(t.Context(), func(q quad.Quad) error { return fmt.Errorf("%s was restored from a bad archive", q) }); err != nil {
		t.Error(err)
	}
}

func TestRestore_Refuses(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	full := cayleystore.MemoryBackend()
	fill(t, open(t, full))
	texts := cayleystore.MemoryBackend()
	if err := texts.Apply(t.Context(), store.Batch{Texts: []store.Text{{Hash: graph.TextHash("a"), Text: "a"}}}); err != nil {
		t.Fatal(err)
	}
	another := cayleystore.MemoryBackend()
	if err := another.Apply(t.Context(), store.Batch{Add: []quad.Quad{store.Unfinished("of something else")}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		archive string
		to      store.Backend
		is      error
		says    string
	}{
		{"a store that is not empty", string(good), full, graph.ErrConflict, "not empty"},
		{"one that has texts alone", string(good), texts, graph.ErrConflict, "not empty"},
		{"one into which another archive was being restored", string(good), another, graph.ErrConflict, "another archive"},
		{"a newer format", strings.Replace(string(good), "archive 1\n", "archive 2\n", 1), nil, graph.ErrVersion, "format 2"},
		{"a format that never was", strings.Replace(string(good), "archive 1\n", "archive 0\n", 1), nil, graph.ErrDamaged, "no format 0"},
		{"what is no archive", "whence store 2\n", nil, graph.ErrInvalid, "does not begin"},
		{"an empty file", "", nil, graph.ErrInvalid, "does not begin"},
	} {
		t.Run(c.name, func(t *testing.T) {
			to := c.to
			if to == nil {
				to = cayleystore.MemoryBackend()
			}
			_, err := archive.Restore(t.Context(), strings.NewReader(c.archive), to, archive.Options{})
			if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %v that says %q", err, c.is, c.says)
			}
		})
	}
}

// A restore that breaks off leaves a store that says so, and goes on where it was.
func TestRestore_BrokenOff(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	want := dump(t, s)
	for calls := 1; ; calls++ { // the first is for the snapshot that shows it to be empty
		inner := cayleystore.MemoryBackend()
		faulty := &graphtest.Faulty{Backend: inner, After: calls}
		_, err := archive.Restore(t.Context(), bytes.NewReader(good), faulty, archive.Options{})
		if !faulty.Fired {
			if err != nil {
				t.Fatal(err)
			}
			if calls < 8 {
				t.Errorf("a restore makes %d calls", calls)
			}
			break
		}
		if !errors.Is(err, graphtest.ErrFault) {
			t.Errorf("broken off at call %d: %v", calls, err)
		}
		if calls > 3 { // the mark is there
			if _, err := store.New(inner, store.Options{}); !errors.Is(err, store.ErrUnfinished) {
				t.Errorf("opened after call %d: %v", calls, err)
			}
		}
		goesOn(t, fmt.Sprint("after call ", calls), good, inner, want)
	}
}

// A restore into a folder is one step: broken off, it leaves the folder empty, and begins anew.
func TestRestore_BrokenOffInAFolder(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	want := dump(t, s)
	for steps := 1; ; steps++ {
		to := backends["folder"](t)
		ctx, cancel := context.WithCancel(t.Context())
		done := 0
		stop := func() {
			if done++; done == steps {
				cancel()
			}
		}
		settled := false
		_, err := archive.Restore(ctx, bytes.NewReader(good), to, archive.Options{
			Progress: func(archive.Info) { stop() },
			Settling: func() func() { stop(); return func() { settled = true } },
		})
		if done < steps { // it was never broken off
			if err != nil || !settled {
				t.Errorf("%v; settled: %v", err, settled)
			}
			if steps < 4 {
				t.Errorf("a restore has %d steps", steps)
			}
			cancel()
			break
		}
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("broken off at step %d: %v", steps, err)
		}
		if held := quads(t, to); len(held) > 0 {
			t.Errorf("broken off at step %d: %d quads are held", steps, len(held))
		}
		goesOn(t, fmt.Sprint("after step ", steps), good, to, want)
	}
}

// A restore that an earlier build began in a folder, batch by batch behind a mark, goes on so.
func TestRestore_GoesOnBehindAMark(t *testing.T) {
	s := open(t, cayleystore.MemoryBackend())
	fill(t, s)
	good := backup(t, s)
	info, err := archive.Check(t.Context(), bytes.NewReader(good))
	if err != nil {
		t.Fatal(err)
	}
	to := backends["folder"](t)
	if err := to.Apply(t.Context(), store.Batch{Add: []quad.Quad{store.Unfinished(info.Digest)}}); err != nil {
		t.Fatal(err)
	}
	goesOn(t, "behind a mark", good, to, dump(t, s))
}

// goesOn restores an archive to its end, when that was broken off before.
func goesOn(t *testing.T, what string, archived []byte, to store.Backend, want string) {
	t.Helper()
	if _, err := archive.Restore(t.Context(), bytes.NewReader(archived), to, archive.Options{}); err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if diff := gocmp.Diff(want, dump(t, open(t, to))); diff != "" {
		t.Errorf("%s: want -, got +\n%s", what, diff)
	}
}

func TestRestore_OfAnEmptyStore(t *testing.T) {
	to := cayleystore.MemoryBackend()
	info, err := archive.Restore(t.Context(), bytes.NewReader(backup(t, open(t, cayleystore.MemoryBackend()))), to, archive.Options{})
	if err != nil || info.Quads != 0 || info.Commits != 0 {
		t.Fatalf("%+v, %v", info, err)
	}
	fill(t, open(t, to))
}

// A backup that is taken while others write holds one state, and no part of another.
func TestWrite_WhileLoading(t *testing.T) {
	for name, b := range backends {
		t.Run(name, func(t *testing.T) { whileLoading(t, open(t, b(t))) })
	}
}

func whileLoading(t *testing.T, s graph.Store) {
	const documents = 60
	failed := make(chan error, 1)
	go func() {
		for i := range documents {
			d := graphtest.NewDocument(fmt.Sprintf("https://d.example/%d", i), fmt.Sprintf("Minister %d said trains run hourly.", i))
			d.Claim("trains run hourly", "Minister")
			if _, err := s.Commit(context.Background(), d.Change(nil, graphtest.Day(1).Add(time.Duration(i)*time.Minute))); err != nil {
				failed <- err
				return
			}
		}
		failed <- nil
	}()
	for last := int64(0); last < documents; {
		written := backup(t, s)
		b := cayleystore.MemoryBackend()
		info, err := archive.Restore(t.Context(), bytes.NewReader(written), b, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if info.Texts != info.Commits || info.Commits < last {
			t.Fatalf("%d texts with %d commits, after %d", info.Texts, info.Commits, last)
		}
		last = info.Commits
		to := open(t, b)
		if problems, err := to.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Fatalf("verify at commit %d: %q, %v", last, problems, err)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Fatalf("verify beside the load: %q, %v", problems, err)
		}
	}
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
}

// Values that quads may have come back as they were, in blocks of any length.
func TestRestore_KeepsValues(t *testing.T) {
	from := cayleystore.MemoryBackend()
	s := open(t, from)
	d := graphtest.NewDocument("https://a.example/", strings.Repeat("Words. ", 1<<18)) // more than a block
	commit(t, s, d.Change(nil, graphtest.Day(1)))
	label := quad.IRI(d.Reading().Label)
	objects := []quad.Value{
		quad.String(""), quad.String("a\x00\xff\u2028"),
		quad.LangString{Value: "mot", Lang: "fr"},
		quad.TypedString{Value: "5", Type: "xsd:integer"},
		quad.Int(math.MinInt64),
		quad.Float(math.Inf(-1)), quad.Float(0.1), quad.Bool(false), quad.Time(time.Date(1901, 2, 3, 4, 5, 6, 789, time.UTC)), quad.BNode("b"), quad.IRI("urn:x:o"),
	}
	var add []quad.Quad
	for i, o := range objects {
		add = append(add, quad.Quad{Subject: quad.IRI(fmt.Sprintf("urn:x:%d", i)), Predicate: quad.IRI("urn:x:p"), Object: o, Label: label})
	}
	for i := range 25_000 { // several blocks and batches
		add = append(add, quad.Quad{Subject: quad.IRI("urn:x:" + hex.EncodeToString(fmt.Append(nil, i*7919))), Predicate: quad.IRI("urn:x:n"), Object: quad.Int(i), Label: label})
	}
	if err := from.Apply(t.Context(), store.Batch{Add: add}); err != nil {
		t.Fatal(err)
	}
	to := cayleystore.MemoryBackend()
	if _, err := archive.Restore(t.Context(), bytes.NewReader(backup(t, s)), to, archive.Options{}); err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(quads(t, from), quads(t, to)); diff != "" {
		t.Errorf("was -, is +\n%s", diff)
	}
}

func quads(t *testing.T, b store.Backend) map[string]bool {
	t.Helper()
	snap, err := b.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	all := map[string]bool{}
	if err := snap.Each(t.Context(), func(q quad.Quad) error {
		all[fmt.Sprintf("%s %s %T %v %s", q.Subject, q.Predicate, q.Object, q.Object, q.Label)] = true
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}
