package cover_test

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
	"whence/graph/cayleystore"
	"whence/loader"
	"whence/loader/cover"
)

// The documents of the tests: a story, another, and a fact-check of the first.
const (
	story = `---
title: Minister opens the tunnel
publisher: Coast Times
published: 2024-05-02
---
The tunnel will cut journeys across the estuary by half, Ada Reed told the Coast Times on Thursday.

Tom Hale said the old pier would close to lorries in June.
`
	other = `---
title: Pupils and their books
publisher: Valley Post
published: 2024-05-09
---
Reading scores have fallen for ten years, Nora Finch told the Valley Post on Monday.
`
	check = `---
title: Will the tunnel halve travel times?
publisher: Plain Facts
published: 2024-06-01
kind: fact-check
---
The minister Ada Reed said the tunnel will cut journeys across the estuary by half. It will do so only for lorries.
`
)

// held is a store with some documents, by the names of their files.
func held(t *testing.T, documents map[string]string) graph.Store {
	t.Helper()
	dir := t.TempDir()
	for name, text := range documents {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := cayleystore.Memory()
	add(t, store, dir)
	return store
}

func add(t *testing.T, store graph.Store, path string) {
	t.Helper()
	report, err := loader.Load(t.Context(), store, []string{path}, loader.Options{})
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v %v", err, report.Problems)
	}
}

func ask(t *testing.T, h *cover.Held, store graph.Store, at graph.At, q graph.MatchQuery) graph.Page[graph.Match] {
	t.Helper()
	page, err := h.Match(t.Context(), store, at, q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

const asked = "the new tunnel is going to halve travel times"

func TestHeld_AFactCheckIsOneMatch(t *testing.T) {
	store, h := held(t, map[string]string{"a.md": story, "b.md": other, "c.md": check}), cover.NewHeld("")
	page := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked})
	checks := 0
	for _, m := range page.Items {
		if m.FactCheck {
			checks++
		}
		if m.Meaning == 0 {
			t.Errorf("a store in memory is encoded for the question: %+v", m)
		}
	}
	if len(page.Items) < 2 || checks != 1 || !page.Items[0].FactCheck || page.Items[0].Claim != "" {
		t.Errorf("the title of the fact-check comes nearest, once: %+v", page.Items)
	}
	if only := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked, FactChecks: true}); len(only.Items) != 1 || !only.Items[0].FactCheck {
		t.Errorf("fact-checks only: %+v", only.Items)
	}
	if by := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: "journeys across the estuary", FactChecks: true}); len(by.Items) != 1 || by.Items[0].Claim == "" {
		t.Errorf("the claim in the fact-check comes nearer: %+v", by.Items)
	}
}

func TestHeld_WithoutVectorsSaysSo(t *testing.T) {
	long := strings.Builder{}
	long.WriteString("---\ntitle: Many words\n---\n")
	for _, name := range strings.Fields("Abel Baker Carter Dyer Ewing Fuller Glover Harper Irving Jarvis Keller Lawson Mercer Norton Osborn Parker") {
		for _, place := range []string{"bridge", "harbour", "market"} {
			long.WriteString("Jo " + name + " said the " + place + " of " + name + " would close.\n\n")
		}
	}
	store := held(t, map[string]string{"a.md": story, "long.md": long.String()})
	path := filepath.Join(t.TempDir(), "vectors")
	page := ask(t, cover.NewHeld(path), store, graph.At{}, graph.MatchQuery{Words: "the harbour of Mercer closes", Limit: 3})
	if !slices.ContainsFunc(page.Warnings, func(w string) bool { return strings.Contains(w, "words alone") }) {
		t.Errorf("warnings %q", page.Warnings)
	}
	if len(page.Items) == 0 || page.Items[0].Meaning != 0 || page.Items[0].Words < 900 {
		t.Errorf("%+v", page.Items)
	}
	// After the pass, meaning counts.
	var texts []cover.Text
	err := store.View(t.Context(), graph.At{}, func(r graph.Reader) (err error) {
		texts, err = cover.TextsOf(t.Context(), r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	v, err := cover.OpenVectors(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Encode(t.Context(), v.Missing(texts), nil); err != nil {
		t.Fatal(err)
	}
	page = ask(t, cover.NewHeld(path), store, graph.At{}, graph.MatchQuery{Words: "the harbour of Mercer closes", Limit: 3})
	if len(page.Items) == 0 || page.Items[0].Meaning == 0 || len(page.Warnings) > 0 {
		t.Errorf("%+v %q", page.Items, page.Warnings)
	}
}

// An answer about a time is the same whatever was loaded later, and before a commit it is another than after it.
func TestHeld_SeesTheStateAsked(t *testing.T) {
	store, h := held(t, map[string]string{"a.md": story}), cover.NewHeld("")
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	then := graph.At{KnownBy: ledger[len(ledger)-1].Time}
	before := ask(t, h, store, then, graph.MatchQuery{Words: asked})
	now := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked})
	dir := t.TempDir()
	for name, text := range map[string]string{"c.md": check, "d.md": other} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	add(t, store, dir)
	if diff := cmp.Diff(before, ask(t, h, store, then, graph.MatchQuery{Words: asked})); diff != "" {
		t.Errorf("what was loaded later changes an answer about before (-before +after):\n%s", diff)
	}
	if later := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked}); cmp.Equal(now, later) || !later.Items[0].FactCheck {
		t.Errorf("what was loaded is not seen: %+v", later.Items)
	}
}

func TestHeld_Pages(t *testing.T) {
	store, h := held(t, map[string]string{"a.md": story, "b.md": other, "c.md": check}), cover.NewHeld("")
	all := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked}).Items
	var paged []graph.Match
	for next := graph.ID(""); ; {
		page := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked, Limit: 1, After: next})
		paged = append(paged, page.Items...)
		if next = page.Next; next == "" {
			break
		}
	}
	if diff := cmp.Diff(all, paged); diff != "" {
		t.Errorf("page by page it is another list (-whole +pages):\n%s", diff)
	}
	_, err := h.Match(t.Context(), store, graph.At{}, graph.MatchQuery{Words: asked, After: "urn:whence:claim:none"})
	if !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a cursor of no list: %v", err)
	}
}

// A question that runs out of time leaves the index to the next.
func TestHeld_EndsWithItsContext(t *testing.T) {
	store, h := held(t, map[string]string{"a.md": story}), cover.NewHeld("")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Match(ctx, store, graph.At{}, graph.MatchQuery{Words: asked}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if page := ask(t, h, store, graph.At{}, graph.MatchQuery{Words: asked}); len(page.Items) == 0 {
		t.Error("nothing is found after it")
	}
}
