package loader_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader"
	"whence/loader/extract"
	"whence/loader/extract/name"
	"whence/loader/source"
)

func reread(t testing.TB, store graph.Store, o loader.RereadOptions) (loader.RereadReport, []loader.Reread) {
	t.Helper()
	var all []loader.Reread
	o.Each = func(r loader.Reread) { all = append(all, r) }
	report, err := loader.RereadAll(t.Context(), store, o)
	if err != nil {
		t.Fatal(err)
	}
	return report, all
}

// later is an extractor of another build, which does with a reading what change says.
func later(change func(*graph.Reading)) loader.Extractor {
	const build = "extract/later"
	return loader.Extractor{Build: build, Read: func(item source.Item) (graph.Reading, []name.Name) {
		r, names := extract.Read(item)
		change(&r)
		r.Extractor, r.Label = build, graph.NewReadingLabel(r.Version, r.Document, build)
		return r, names
	}}
}

func commits(t testing.TB, store graph.Store) int {
	t.Helper()
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return len(ledger)
}

// What is held is enough to read it again: the same build finds the same.
func TestReread_TheSameBuildFindsTheSame(t *testing.T) {
	store := memory(t)
	o := loader.Options{Authority: authority(t)}
	loaded := load(t, store, o, "../seeds/docs")
	before := commits(t, store)
	report, all := reread(t, store, loader.RereadOptions{Authority: o.Authority, All: true})
	if report.Read != len(loaded.Documents) || report.Changed != 0 || report.Left != 0 {
		t.Errorf("%d documents were loaded; %+v", len(loaded.Documents), report)
	}
	for _, r := range all {
		if !r.Same() || r.Authority {
			t.Errorf("%s: %+v", r.Path, r)
		}
	}
	if after := commits(t, store); after != before {
		t.Errorf("%d commits, there were %d", after, before)
	}
	if report, _ := reread(t, store, loader.RereadOptions{Authority: o.Authority}); report.Known != len(loaded.Documents) || report.Read != 0 {
		t.Errorf("without All: %+v", report)
	}
}

const ferryText = "The ferry was three weeks late, Mayor Ann Reed said on Friday. Mayor Ann Reed said the ferry carried 1,200 people."

func TestReread_TellsWhatDiffers(t *testing.T) {
	store := memory(t)
	dir := t.TempDir()
	load(t, store, loader.Options{}, write(t, filepath.Join(dir, "ferry.txt"), ferryText), write(t, filepath.Join(dir, "tram.txt"), "The tram was late, Tom Field said."))
	before := commits(t, store)
	plan := loader.RereadOptions{DryRun: true, Extractor: later(func(r *graph.Reading) {
		for i := range r.Claims {
			if strings.Contains(r.Claims[i].Words(), "three weeks") {
				r.Claims[i].Polarity = graph.Negative
			}
		}
		r.Claims = slices.DeleteFunc(r.Claims, func(c graph.Claim) bool { return strings.Contains(c.Words(), "1,200") })
		for i := range r.Statistics {
			if s := &r.Statistics[i]; s.Figure.Exact == "1,200" {
				s.Unit, s.Claim = "passengers", ""
			}
		}
	})}
	report, all := reread(t, store, plan)
	if report.Read != 2 || report.Changed != 1 || len(all) != 2 || commits(t, store) != before {
		t.Fatalf("of a dry run: %+v, %d commits after %d", report, commits(t, store), before)
	}
	got := all[0]
	if len(got.Claims.Changed) != 1 || !strings.Contains(got.Claims.Changed[0].Words, "three weeks late") || !strings.Contains(got.Claims.Changed[0].After, "negative") {
		t.Errorf("claims that changed: %+v", got.Claims.Changed)
	}
	if len(got.Claims.Dropped) != 1 || !strings.Contains(got.Claims.Dropped[0], "1,200") || len(got.Claims.Added) != 0 {
		t.Errorf("claims: %+v", got.Claims)
	}
	want := loader.Differences{Changed: []loader.Altered{{Words: "1,200", Before: got.Figures.Changed[0].Before, After: strings.Replace(got.Figures.Changed[0].Before, "people", "passengers", 1)}}}
	if diff := cmp.Diff(want, got.Figures); diff != "" {
		t.Errorf("figures: want -, got +\n%s", diff)
	}
	if got.From != extract.Build || got.To != plan.Extractor.Build || !all[1].Same() {
		t.Errorf("%+v\n%+v", got, all[1])
	}

	plan.DryRun = false
	if done, again := reread(t, store, plan); done.Changed != 1 || !cmp.Equal(all, again) {
		t.Errorf("the dry run said %+v\nand it was %+v", all, again)
	}
	live := graph.Live(ledger(t, store), ledger(t, store)[before-1].Time.AddDate(1, 0, 0))
	for _, info := range live {
		if info.Layer == graph.LayerReading && info.Build != plan.Extractor.Build {
			t.Errorf("a reading of %s is live", info.Build)
		}
	}
	if claims(t, store, graph.At{}) >= claims(t, store, graph.At{KnownBy: ledger(t, store)[before-1].Time}) {
		t.Error("what was known before is not as it was")
	}
	if done, _ := reread(t, store, plan); done.Known != 2 || done.Read != 0 {
		t.Errorf("again: %+v", done)
	}
	// And back: what was dropped is added.
	_, back := reread(t, store, loader.RereadOptions{})
	if len(back) != 2 || len(back[0].Claims.Added) != 1 || len(back[0].Claims.Dropped) != 0 || commits(t, store) != before+4 {
		t.Errorf("back: %+v", back)
	}
}

func ledger(t testing.TB, store graph.Store) []graph.Commit {
	t.Helper()
	l, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func claims(t testing.TB, store graph.Store, at graph.At) (n int) {
	t.Helper()
	if err := store.View(t.Context(), at, func(r graph.Reader) error {
		ids, err := r.List(t.Context(), graph.TypeClaim, "", 0)
		n = len(ids)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReread_TellsWhoSpeaks(t *testing.T) {
	store := memory(t)
	load(t, store, loader.Options{}, write(t, filepath.Join(t.TempDir(), "ferry.txt"), "The ferry was late, Ann Reed said. The tram was late, Tom Field said."))
	_, all := reread(t, store, loader.RereadOptions{Extractor: later(func(r *graph.Reading) {
		for i := range r.Claims {
			r.Claims[i].Source = nil
		}
	})})
	if s := all[0].Speakers; !cmp.Equal(s.Dropped, []string{"Ann Reed", "Tom Field"}) || len(s.Changed) != 2 || s.Changed[0].Before != "Ann Reed" {
		t.Errorf("%+v", s)
	}
}

func TestReread_GoesOn(t *testing.T) {
	store := memory(t)
	dir := t.TempDir()
	for _, n := range []string{"a", "b", "c", "d", "e"} {
		write(t, filepath.Join(dir, n+".txt"), "The ferry "+n+" was late, Ann Reed said.")
	}
	load(t, store, loader.Options{}, dir)
	ctx, cancel := context.WithCancel(t.Context())
	o := loader.RereadOptions{Extractor: later(func(*graph.Reading) {})}
	o.Each = func(loader.Reread) { cancel() }
	if _, err := loader.RereadAll(ctx, store, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	report, _ := reread(t, store, o)
	if report.Known < 1 || report.Known+report.Read != 5 {
		t.Errorf("%+v", report)
	}
}

func TestReread_LeavesWhatCannotBeRebuilt(t *testing.T) {
	store := memory(t)
	dir := t.TempDir()
	html := write(t, filepath.Join(dir, "ferry.html"), "<html><body><article><h1>Ferry late</h1><p>The ferry was three weeks late, Ann Reed said.</p></article></body></html>")
	gone := write(t, filepath.Join(dir, "gone.md"), "# Tram\n\nThe tram was late, Tom Field said.\n")
	changed := write(t, filepath.Join(dir, "changed.md"), "# Bus\n\nThe bus was late, Sue Hill said.\n")
	load(t, store, loader.Options{}, html, gone, changed)
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	write(t, changed, "# Bus\n\nThe bus was on time, Sue Hill said.\n")
	before := commits(t, store)
	report, all := reread(t, store, loader.RereadOptions{Extractor: later(func(*graph.Reading) {})})
	if report.Read != 1 || report.Left != 2 || commits(t, store) != before+1 {
		t.Errorf("%+v", report)
	}
	for _, r := range all {
		want := map[string]string{"ferry.html": "", "gone.md": "there is no file", "changed.md": "has changed since"}[filepath.Base(r.Path)]
		if (want == "") != (r.Left == "") || !strings.Contains(r.Left, want) {
			t.Errorf("%s: %q, want %q", r.Path, r.Left, want)
		}
	}
}

func TestReread_KeepsDecisions(t *testing.T) {
	store := memory(t)
	load(t, store, loader.Options{}, write(t, filepath.Join(t.TempDir(), "ferry.txt"), ferryText))
	var target graph.Target
	if err := store.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		ids, err := r.List(t.Context(), graph.TypeClaim, "", 1)
		if err != nil {
			return err
		}
		nodes, err := r.Nodes(t.Context(), ids)
		target = graph.Target{Node: ids[0], Passage: nodes[0].(*graph.Claim).Content[0]}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	d := graph.Decision{Act: graph.ActReject, Targets: []graph.Target{target}, By: "reviewer", Reason: "a misreading"}
	d.ID = graph.NewDecisionID(d)
	if _, err := store.Commit(t.Context(), graph.Change{Decisions: []graph.Decision{d}}); err != nil {
		t.Fatal(err)
	}
	n := claims(t, store, graph.At{})
	reread(t, store, loader.RereadOptions{Extractor: later(func(*graph.Reading) {})})
	if err := store.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		decided, err := r.Decided(t.Context())
		if err == nil && (len(decided) != 1 || decided[0].Orphan != "") {
			t.Errorf("decided: %+v", decided)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if got := claims(t, store, graph.At{}); got != n {
		t.Errorf("%d claims, there were %d", got, n)
	}
}

func TestReread_LeavesWhatWasRetracted(t *testing.T) {
	store := memory(t)
	load(t, store, loader.Options{}, write(t, filepath.Join(t.TempDir(), "ferry.txt"), ferryText))
	var ends []graph.Label
	for label := range graph.Live(ledger(t, store), ledger(t, store)[0].Time) {
		ends = append(ends, label)
	}
	if _, err := store.Commit(t.Context(), graph.Change{Ends: ends, Reason: "withdrawn"}); err != nil {
		t.Fatal(err)
	}
	if report, all := reread(t, store, loader.RereadOptions{All: true}); report.Read+report.Left != 0 || len(all) != 0 {
		t.Errorf("%+v", report)
	}
}
