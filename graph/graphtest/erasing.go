package graphtest

import (
	"errors"
	"slices"
	"testing"

	"whence/graph"
)

func erasure(t *testing.T, s graph.Store) {
	authority, kendal := ministers("Kendal")
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	alone := Read(t, s, graph.At{})
	commit(t, s, b.Change(authority, Day(2)))
	claim := b.Reading().Claims[0]
	link := NewLink(a.Resolution(authority), b.Resolution(authority), claim.ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	about, other := correction(claim, kendal, Day(3)), correction(a.Reading().Claims[0], kendal, Day(3))
	commit(t, s, graph.Change{Time: Day(3), Links: []graph.Link{link}, Decisions: []graph.Decision{about, other}})

	c, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(4))
	if err != nil {
		t.Fatal(err)
	}
	want := graph.Commit{
		Number: 4, Time: Day(4), By: "clerk", Reason: "asked to",
		Ended:  []graph.Label{b.Reading().Label, b.Resolution(authority).Label, link.Label},
		Erased: []graph.Tombstone{{Document: b.ID(), TextHash: graph.TextHash(b.Text()), Reason: "asked to", By: "clerk", At: Day(4)}},
	}
	slices.Sort(want.Ended)
	same(t, "the commit", want, c)
	same(t, "its ledger entry", want, ledgerOf(t, s)[3])

	got := Read(t, s, graph.At{})
	decided := got.Decided
	if len(decided) != 2 {
		t.Fatalf("decisions: %+v", decided)
	}
	for _, x := range decided {
		switch d := x.Decision; d.ID {
		case about.ID:
			if d.By != about.By || d.Act != about.Act || len(d.Targets) != 1 || d.Targets[0].Passage != (graph.Passage{}) || x.Orphan == "" {
				t.Errorf("the decision on it: %+v", x)
			}
		case other.ID:
			same(t, "the decision on another", other, d)
		default:
			t.Errorf("a decision nobody made: %+v", x)
		}
	}
	// All else is as if it had never been, also as was known then.
	want2 := alone.IDs
	same(t, "what is left", want2, got.IDs)
	same(t, "what is left of what was known", want2, Read(t, s, graph.At{KnownBy: Day(3)}).IDs)
	if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("its text: %v", err)
	}
	if text := textOf(t, s, a); text != a.Text() {
		t.Errorf("the other's text: %q", text)
	}
	held := graph.Held(ledgerOf(t, s))
	for _, c := range ledgerOf(t, s) {
		for _, info := range c.Added {
			_, err := s.Content(t.Context(), info.Label)
			if _, is := held[info.Label]; is != (err == nil) {
				t.Errorf("%s is held: %v, its content: %v", info.Label, is, err)
			}
		}
	}
	for name, err := range map[string]error{
		"again":           eraseError(t, s, b.ID()),
		"what is unknown": eraseError(t, s, "https://nowhere.example/"),
	} {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("erasing %s: %v", name, err)
		}
	}
	if _, err := s.Commit(t.Context(), b.Change(authority, Day(5))); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("loading it again: %v", err)
	}
	// Another text of the same document is another matter.
	mended := NewDocument(string(b.ID()), "We doubt it.")
	mended.Claim("We doubt it", "")
	commit(t, s, mended.Change(authority, Day(6)))
	if !holds(t, s, mended) {
		t.Error("a new text of an erased document is not held")
	}
	if _, err := s.Erase(t.Context(), b.ID(), "clerk", "asked to", Day(7)); err != nil {
		t.Errorf("erasing the new text: %v", err)
	}
}

func erasureOfACopy(t *testing.T, s graph.Store) {
	const words = "Trains will run hourly, she said."
	a, b := NewDocument("https://a.example/", words), NewDocument("https://b.example/", words)
	for _, d := range []*Document{a, b} {
		d.Claim("Trains will run hourly", "she")
		commit(t, s, d.Change(nil, Day(1)))
	}
	if _, err := s.Erase(t.Context(), a.ID(), "", "", Day(2)); err != nil {
		t.Fatal(err)
	}
	if got := textOf(t, s, b); got != words {
		t.Errorf("the text that is still held: %q", got)
	}
	if !holds(t, s, b) || holds(t, s, a) {
		t.Error("the wrong document was erased")
	}
	if _, err := s.Erase(t.Context(), b.ID(), "", "", Day(3)); err != nil {
		t.Fatal(err)
	}
	if err := textError(s, b); !errors.Is(err, graph.ErrSuppressed) {
		t.Errorf("the text that both had: %v", err)
	}
}

func eraseError(t testing.TB, s graph.Store, id graph.ID) error {
	_, err := s.Erase(t.Context(), id, "", "", Day(9))
	return err
}
