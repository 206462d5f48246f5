package store

import (
	"context"
	"fmt"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// Content implements [graph.Store]. Labels that have ended are held too. A change
// has room for one authority file: two are an error wrapping [graph.ErrInvalid].
func (s *store) Content(ctx context.Context, labels ...graph.Label) (graph.Change, error) {
	var c graph.Change
	err := s.reading(ctx, func(now state) error {
		for _, label := range labels {
			if err := now.content(ctx, label, &c); err != nil {
				return fmt.Errorf("%s: %w", label, err)
			}
		}
		return nil
	})
	if err != nil {
		return graph.Change{}, err
	}
	return c, nil
}

// content adds to a change what carries a label.
func (s state) content(ctx context.Context, label graph.Label, c *graph.Change) error {
	info, held := s.ledger.info(label)
	if !held {
		return graph.ErrNotFound
	}
	quads, err := s.Label(ctx, labelIRI(label))
	if err != nil {
		return err
	}
	switch info.Layer {
	case graph.LayerReading:
		text, err := s.textNamed(ctx, quads)
		if err != nil {
			return err
		}
		r, err := codec.DecodeReading(quads, text)
		if err != nil {
			return err
		}
		r.Text = text
		c.Readings = append(c.Readings, graph.Captured{Reading: r, Capture: info.Capture})
	case graph.LayerResolution:
		text, err := s.textOf(ctx, info.Version)
		if err != nil {
			return err
		}
		r, err := codec.DecodeResolution(quads, text)
		if err != nil {
			return err
		}
		c.Resolutions = append(c.Resolutions, r)
	case graph.LayerLink:
		l, err := codec.DecodeLink(quads)
		if err != nil {
			return err
		}
		c.Links = append(c.Links, l)
	case graph.LayerAuthority:
		if c.Authority != nil {
			return fmt.Errorf("a second authority file: %w", graph.ErrInvalid)
		}
		a, err := codec.DecodeAuthority(quads)
		if err != nil {
			return err
		}
		c.Authority = &a
	case graph.LayerDecision:
		d, err := codec.DecodeDecision(quads)
		if err != nil {
			return err
		}
		c.Decisions = append(c.Decisions, d)
	}
	return nil
}

// textNamed returns the text that a reading's version names.
func (s state) textNamed(ctx context.Context, reading []quad.Quad) (string, error) {
	for _, q := range reading {
		if hash, ok := q.Object.(quad.String); ok && q.Predicate == vocab.HasText {
			return s.text(ctx, string(hash))
		}
	}
	return "", fmt.Errorf("%w: a reading names no text", graph.ErrDamaged)
}
