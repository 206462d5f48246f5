package store

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
)

// lay returns the reader with the live decisions laid over it.
func (r *reader) lay(ctx context.Context) (graph.Reader, error) {
	decisions, err := r.decisions(ctx)
	if err != nil {
		return nil, err
	}
	return graph.Lay(ctx, r, decisions)
}

// decisions returns the live decisions in order of label.
func (r *reader) decisions(ctx context.Context) ([]graph.Decision, error) {
	var subjects []quad.Value
	for _, label := range r.sight.decisions() {
		subjects = append(subjects, labelIRI(label))
	}
	if len(subjects) == 0 {
		return nil, nil
	}
	quads, err := r.Snapshot.Out(ctx, subjects, nil)
	if err != nil {
		return nil, err
	}
	byLabel := map[graph.Label][]quad.Quad{}
	for _, q := range r.sight.keep(quads) {
		label := codec.LabelOf(q)
		byLabel[label] = append(byLabel[label], q)
	}
	var out []graph.Decision
	for _, label := range slices.Sorted(maps.Keys(byLabel)) {
		d, err := codec.DecodeDecision(byLabel[label])
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// Decided implements [graph.Reader]: without decisions there are none.
func (r *reader) Decided(ctx context.Context) ([]graph.Applied, error) { return nil, r.usable(ctx) }
