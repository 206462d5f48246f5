package codec

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
)

// DumpNQuads writes what a store shows at a time as N-Quads, in canonical order: every quad of
// every live label, with a node for each passage ([Expand]) so that evidence can be queried without
// knowing how it is kept. The same documents give the same bytes, whatever the store and
// the order of loading. With ledger, what was recorded when, by whom and from which
// path is written too, and that differs from store to store.
func DumpNQuads(ctx context.Context, w io.Writer, store graph.Store, at graph.At, ledger bool) error {
	commits, err := store.Ledger(ctx, 0)
	if err != nil {
		return err
	}
	var all []quad.Quad
	if ledger {
		for _, c := range commits {
			quads, err := EncodeCommit(c)
			if err != nil {
				return err
			}
			all = append(all, quads...)
		}
	}
	live := graph.Select(commits, at).Live
	labels := make([]graph.Label, 0, len(live))
	for l := range live {
		labels = append(labels, l)
	}
	slices.Sort(labels)
	for _, l := range labels {
		quads, err := contentOf(ctx, store, live[l])
		if err != nil {
			return fmt.Errorf("%s: %w", l, err)
		}
		all = append(all, quads...)
	}
	if all, err = Expand(all); err != nil {
		return err
	}
	return WriteNQuads(w, all)
}

// contentOf encodes what carries a label.
func contentOf(ctx context.Context, store graph.Store, info graph.LabelInfo) ([]quad.Quad, error) {
	content, err := store.Content(ctx, info.Label)
	if err != nil {
		return nil, err
	}
	switch info.Layer {
	case graph.LayerReading:
		return EncodeReading(content.Readings[0].Reading)
	case graph.LayerResolution:
		reading, err := store.Content(ctx, info.Inputs[0]) // it has the text
		if err != nil {
			return nil, err
		}
		return EncodeResolution(content.Resolutions[0], reading.Readings[0].Text)
	case graph.LayerLink:
		return EncodeLink(content.Links[0])
	case graph.LayerAuthority:
		return EncodeAuthority(*content.Authority)
	case graph.LayerDecision:
		return EncodeDecision(content.Decisions[0])
	}
	return nil, fmt.Errorf("layer %q: %w", info.Layer, graph.ErrInvalid)
}
