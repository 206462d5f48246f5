package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
)

// Commit implements [graph.Store]. It fails with [graph.ErrInvalid] when the
// change contradicts itself or rests on a label that is not held, with
// [graph.ErrNotFound] when it ends one that is not, and with
// [graph.ErrSuppressed] when it would bring back a text that was erased, and with
// [graph.ErrStale] when it does not come after the last commit though it says so.
func (s *store) Commit(ctx context.Context, c graph.Change) (graph.Commit, error) {
	release, err := s.write(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	defer release()
	return s.keepUp(ctx, func() (graph.Commit, error) { return s.commit(ctx, c) })
}

// commit commits a change if no other process has written since the ledger was read.
func (s *store) commit(ctx context.Context, c graph.Change) (graph.Commit, error) {
	if last := s.ledger.last().Number; c.After != 0 && c.After != last {
		return graph.Commit{}, fmt.Errorf("commit %d was made after %d: %w", last, c.After, graph.ErrStale)
	}
	b := batch{store: s, ledger: s.ledger, added: map[graph.Label]bool{}, commit: s.next(c.Time, c.Run, c.By, c.Reason)}
	if err := b.take(ctx, c); err != nil {
		return graph.Commit{}, err
	}
	if len(b.commit.Added) == 0 && len(b.commit.Ended) == 0 {
		return graph.Commit{}, nil
	}
	return b.commit, s.apply(ctx, b.commit, Batch{Add: b.add, Texts: b.texts})
}

// mostAttempts bounds how often a write begins again because another process was first.
const mostAttempts = 100

// keepUp calls write, and again after another process has written, with the ledger up to date.
func (s *store) keepUp(ctx context.Context, write func() (graph.Commit, error)) (graph.Commit, error) {
	for attempt := 1; ; attempt++ {
		c, err := write()
		switch {
		case err == nil:
			return c, nil
		case !errors.Is(err, ErrBehind):
			return graph.Commit{}, err
		case attempt == mostAttempts:
			return graph.Commit{}, fmt.Errorf("other processes wrote first, %d times: %w", attempt, err)
		}
		if err := s.follow(ctx); err != nil {
			return graph.Commit{}, err
		}
	}
}

// next begins the commit after the last.
func (s *store) next(at time.Time, run, by, reason string) graph.Commit {
	if at.IsZero() {
		at = s.now()
	}
	last := s.ledger.last()
	// The wall clock alone, and no finer than any backend keeps it.
	at = at.UTC().Truncate(time.Microsecond)
	if at.Before(last.Time) {
		at = last.Time
	}
	return graph.Commit{Number: last.Number + 1, Time: at, Run: run, By: by, Reason: reason}
}

// apply makes a commit: a batch with the commit as its entry.
func (s *store) apply(ctx context.Context, c graph.Commit, b Batch) error {
	b.Entry = &Entry{Number: c.Number, Data: codec.EncodeEntry(c)}
	entry := string(b.Entry.Data)
	own, err := codec.DecodeEntry(entry) // shares nothing with the caller's
	if err != nil {
		return err
	}
	if err := s.backend.Apply(ctx, b); err != nil {
		return err
	}
	s.ledger.add(own, entry)
	return nil
}

// A batch is a change on its way to a commit.
type batch struct {
	store  *store
	ledger *ledger
	commit graph.Commit
	added  map[graph.Label]bool // the labels of commit.Added
	add    []quad.Quad
	texts  []Text
}

func (b *batch) take(ctx context.Context, c graph.Change) error {
	if c.Authority != nil {
		info := graph.LabelInfo{Label: c.Authority.Label, Layer: graph.LayerAuthority}
		if err := b.label(info, func() ([]quad.Quad, error) { return codec.EncodeAuthority(*c.Authority) }); err != nil {
			return err
		}
	}
	for _, r := range c.Readings {
		if err := b.reading(r); err != nil {
			return err
		}
	}
	for _, r := range c.Resolutions {
		if err := b.rests(r.Label, r.Reading, r.Authority); err != nil {
			return err
		}
		info := graph.LabelInfo{
			Label: r.Label, Layer: graph.LayerResolution, Document: r.Document, Version: r.Version,
			Inputs: []graph.Label{r.Reading, r.Authority},
		}
		if err := b.label(info, func() ([]quad.Quad, error) {
			text, err := b.text(ctx, c, r.Version)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.Label, err)
			}
			return codec.EncodeResolution(r, text)
		}); err != nil {
			return err
		}
	}
	for _, l := range c.Links {
		if err := b.rests(l.Label, l.A, l.B); err != nil {
			return err
		}
		info := graph.LabelInfo{Label: l.Label, Layer: graph.LayerLink, Inputs: []graph.Label{l.A, l.B}, Build: l.Matcher}
		if err := b.label(info, func() ([]quad.Quad, error) { return codec.EncodeLink(l) }); err != nil {
			return err
		}
	}
	for _, d := range c.Decisions {
		info := graph.LabelInfo{Label: graph.Label(d.ID), Layer: graph.LayerDecision}
		if err := b.label(info, func() ([]quad.Quad, error) { return codec.EncodeDecision(d) }); err != nil {
			return err
		}
	}
	slices.SortFunc(b.commit.Added, func(x, y graph.LabelInfo) int {
		if x.Label < y.Label {
			return -1
		}
		return 1 // they differ
	})
	return b.end(c.Ends)
}

func (b *batch) reading(r graph.Captured) error {
	v := r.Version
	switch {
	case v.Document != r.Document.ID:
		return fmt.Errorf("reading %s of %s: its version is of %q: %w", r.Label, r.Document.ID, v.Document, graph.ErrInvalid)
	case v.TextHash != graph.TextHash(r.Text):
		return fmt.Errorf("reading %s of %s: its text has another hash: %w", r.Label, r.Document.ID, graph.ErrInvalid)
	case b.ledger.isErased(v.Document, v.TextHash):
		return fmt.Errorf("this text of %s was erased: %w", v.Document, graph.ErrSuppressed)
	}
	info := graph.LabelInfo{
		Label: r.Label, Layer: graph.LayerReading, Document: v.Document, Version: v.ID, Build: r.Extractor, Capture: r.Capture,
	}
	info.Capture.Retrieved = info.Capture.Retrieved.UTC()
	if r.Capture.Retrieved.IsZero() {
		info.Capture.Retrieved = time.Time{}
	}
	return b.label(info, func() ([]quad.Quad, error) {
		b.texts = append(b.texts, Text{v.TextHash, r.Text})
		return codec.EncodeReading(r.Reading)
	})
}

// label adds a label, with its quads unless they are held, unless it is live.
func (b *batch) label(info graph.LabelInfo, encode func() ([]quad.Quad, error)) error {
	if info.Label == "" {
		return fmt.Errorf("a %s without a label: %w", info.Layer, graph.ErrInvalid)
	}
	held, ok := b.ledger.info(info.Label)
	if ok && held.Layer != info.Layer {
		return fmt.Errorf("%s is a %s, not a %s: %w", info.Label, held.Layer, info.Layer, graph.ErrConflict)
	}
	if b.ledger.isLive(info.Label) || b.added[info.Label] {
		return nil
	}
	if !ok {
		quads, err := encode()
		if err != nil {
			return err
		}
		b.add = append(b.add, quads...)
		b.add = append(b.add, seal(info.Label, quads))
	}
	info.Commit, info.Recorded = b.commit.Number, b.commit.Time
	b.commit.Added = append(b.commit.Added, info)
	b.added[info.Label] = true
	return nil
}

// text returns the text of a version, which the change may bring with it.
func (b *batch) text(ctx context.Context, c graph.Change, version graph.ID) (string, error) {
	for _, r := range c.Readings {
		if r.Version.ID == version {
			return r.Text, nil
		}
	}
	now, err := b.store.state(ctx)
	if err != nil {
		return "", err
	}
	text, err := now.textOf(ctx, version)
	return text, errors.Join(err, now.Close())
}

// rests checks that what a label is computed from is held.
func (b *batch) rests(label graph.Label, inputs ...graph.Label) error {
	for _, in := range inputs {
		if _, ok := b.ledger.info(in); in != "" && !ok && !b.added[in] {
			return fmt.Errorf("%s rests on %s, which is not held: %w", label, in, graph.ErrInvalid)
		}
	}
	return nil
}

func (b *batch) end(labels []graph.Label) error {
	for _, label := range labels {
		if _, held := b.ledger.info(label); !held && !b.added[label] {
			return fmt.Errorf("end of %q: %w", label, graph.ErrNotFound)
		}
		if b.ledger.isLive(label) || b.added[label] {
			b.commit.Ended = append(b.commit.Ended, label)
		}
	}
	slices.Sort(b.commit.Ended)
	b.commit.Ended = slices.Compact(b.commit.Ended)
	return nil
}
