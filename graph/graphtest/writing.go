package graphtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"whence/graph"
)

func empty(t *testing.T, s graph.Store) {
	same(t, "what is read", Dump{IDs: map[graph.NodeType][]graph.ID{}}, Read(t, s, graph.At{}))
	if l := ledgerOf(t, s); len(l) != 0 {
		t.Errorf("the ledger has %d commits", len(l))
	}
	if c := commit(t, s, graph.Change{Run: "nothing", Time: Day(1)}); c.Number != 0 {
		t.Errorf("a change of nothing is commit %d", c.Number)
	}
	if err := textError(s, press()); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a text that is not held: %v", err)
	}
}

func idempotent(t *testing.T, s graph.Store) {
	authority, _ := ministers("Kendal")
	a, b := press(), statement()
	link := NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 930)
	changes := []graph.Change{a.Change(authority, Day(1)), b.Change(authority, Day(2)), {Time: Day(3), Links: []graph.Link{link}}}
	for _, c := range changes {
		commit(t, s, c)
	}
	want := Read(t, s, graph.At{})
	for _, c := range append(changes, changes...) {
		c.Run, c.Time = "again", Day(9)
		if got := commit(t, s, c); got.Number != 0 {
			t.Errorf("%d labels are added again", len(got.Added))
		}
	}
	same(t, "what is read", want, Read(t, s, graph.At{}))
	if n := len(ledgerOf(t, s)); n != len(changes) {
		t.Errorf("the ledger has %d commits", n)
	}
	// One that adds a little adds nothing else.
	c := ministry().Change(authority, Day(10))
	c.Readings = append(c.Readings, a.Reading(), ministry().Reading())
	if got := commit(t, s, c); got.Number != 4 || len(got.Added) != 2 {
		t.Errorf("commit %d adds %d labels, want commit 4 with 2", got.Number, len(got.Added))
	}
}

func refusals(t *testing.T, s graph.Store) {
	authority, _ := ministers()
	a, b := press(), statement()
	commit(t, s, a.Change(authority, Day(1)))
	want, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)
	mend := func(f func(c *graph.Change)) graph.Change {
		c := b.Change(authority, Day(2))
		f(&c)
		return c
	}
	for _, c := range []struct {
		name   string
		change graph.Change
		want   error
	}{
		{"a reading with another text", mend(func(c *graph.Change) { c.Readings[0].Text += "!" }), graph.ErrInvalid},
		{"a reading with a version of another document", mend(func(c *graph.Change) { c.Readings[0].Version.Document = a.ID() }), graph.ErrInvalid},
		{"a reading without a label", mend(func(c *graph.Change) { c.Readings[0].Label = "" }), graph.ErrInvalid},
		{"a resolution of a reading that is not held", mend(func(c *graph.Change) { c.Readings = nil }), graph.ErrInvalid},
		{"a resolution by an authority that is not held", mend(func(c *graph.Change) { c.Resolutions[0].Authority = "urn:whence:authority:none" }), graph.ErrInvalid},
		{"a link of what is not held", mend(func(c *graph.Change) {
			c.Readings, c.Resolutions = nil, nil
			c.Links = []graph.Link{NewLink(a.Resolution(authority), b.Resolution(authority), b.Reading().Claims[0].ID, graph.Matches, a.Reading().Claims[0].ID, 1)}
		}), graph.ErrInvalid},
		{"the end of what is not held", mend(func(c *graph.Change) { c.Ends = []graph.Label{"urn:whence:reading:none"} }), graph.ErrNotFound},
		{"a label of another layer", mend(func(c *graph.Change) {
			c.Readings[0].Label = a.Resolution(authority).Label
			c.Ends = []graph.Label{a.Resolution(authority).Label}
		}), graph.ErrConflict},
		{"a span outside the text", mend(func(c *graph.Change) {
			c.Readings[0].Claims = slices.Clone(c.Readings[0].Claims)
			c.Readings[0].Claims[0].Content = []graph.Passage{{Span: graph.Span{Start: 5, End: 99999}, Exact: "x"}}
		}), graph.ErrInvalid},
	} {
		got, err := s.Commit(t.Context(), c.change)
		if !errors.Is(err, c.want) || got.Number != 0 {
			t.Errorf("%s: commit %d, %v; want %v", c.name, got.Number, err, c.want)
		}
	}
	same(t, "what is read", want, Read(t, s, graph.At{}))
	same(t, "the ledger", ledger, ledgerOf(t, s))
	if err := textError(s, b); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("the text of what was refused: %v", err)
	}
}

func cancelled(t *testing.T, s graph.Store) {
	a := press()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c, err := s.Commit(ctx, a.Change(nil, Day(1))); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit: %d, %v", c.Number, err)
	}
	if err := s.View(ctx, graph.At{}, func(graph.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("View: %v", err)
	}
	if _, err := s.Erase(ctx, a.ID(), "", "", Day(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("Erase: %v", err)
	}
	if _, err := s.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
	// At some moment in the middle: all of it or nothing.
	for i := range 20 {
		d := NewDocument(fmt.Sprint("https://press.example/", i), fmt.Sprint("Item ", i, ": the bridge is closed. The tunnel is open."))
		d.Claim("the bridge is closed", "")
		d.Claim("The tunnel is open", "")
		before := len(ledgerOf(t, s))
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*50*time.Microsecond)
		_, err := s.Commit(ctx, d.Change(nil, Day(2)))
		cancel()
		if held := holds(t, s, d); held != (err == nil) || len(ledgerOf(t, s))-before != 0 && !held {
			t.Errorf("Commit ends with %v, document held: %v", err, held)
		}
		if err != nil {
			if err := textError(s, d); !errors.Is(err, graph.ErrNotFound) {
				t.Errorf("the text of what was not committed: %v", err)
			}
		}
		if _, err := s.Commit(t.Context(), d.Change(nil, Day(2))); err != nil || !holds(t, s, d) {
			t.Errorf("the commit after: %v", err)
		}
	}
}

func clock(t *testing.T, s graph.Store) {
	berlin := time.FixedZone("CET", 3600)
	for i, at := range []time.Time{Day(5).In(berlin), Day(4), Day(4), Day(6), {}, Day(1)} {
		d := NewDocument(fmt.Sprint("https://a.example/", i), "It rains.")
		d.Claim("It rains", "")
		commit(t, s, d.Change(nil, at))
	}
	if _, err := s.Erase(t.Context(), "https://a.example/0", "", "", Day(2)); err != nil {
		t.Error(err)
	}
	ledger := ledgerOf(t, s)
	if len(ledger) != 7 {
		t.Fatalf("%d commits", len(ledger))
	}
	for i, c := range ledger {
		if c.Number != int64(i+1) || c.Time.Location() != time.UTC || i > 0 && c.Time.Before(ledger[i-1].Time) {
			t.Errorf("commit %d has number %d, time %v", i+1, c.Number, c.Time)
		}
	}
	if !ledger[0].Time.Equal(Day(5)) || !ledger[1].Time.Equal(Day(5)) || !ledger[3].Time.Equal(Day(6)) {
		t.Errorf("times: %v, %v, %v", ledger[0].Time, ledger[1].Time, ledger[3].Time)
	}
}

// stale commits what takes into account all that was committed, and what does not.
func stale(t *testing.T, s graph.Store) {
	first := commit(t, s, press().Change(nil, Day(1)))
	late := statement().Change(nil, Day(2))
	late.After = first.Number
	commit(t, s, ministry().Change(nil, Day(2)))
	before, ledger := Read(t, s, graph.At{}), ledgerOf(t, s)
	if c, err := s.Commit(t.Context(), late); !errors.Is(err, graph.ErrStale) {
		t.Errorf("a change after commit %d is commit %d, %v", late.After, c.Number, err)
	}
	same(t, "what is read after a change that was stale", before, Read(t, s, graph.At{}))
	same(t, "the ledger after a change that was stale", ledger, ledgerOf(t, s))
	late.After = ledger[len(ledger)-1].Number
	if c := commit(t, s, late); c.Number != late.After+1 {
		t.Errorf("a change after commit %d is commit %d", late.After, c.Number)
	}
	all := ledgerOf(t, s)
	for after := range int64(len(all) + 2) {
		got, err := s.Ledger(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		same(t, fmt.Sprintf("the ledger after commit %d", after), all[min(int(after), len(all)):], got)
	}
}
