package cayleystore

import (
	"context"
	"fmt"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// A refQuad is a quad as Cayley's references, in the order of [quad.Directions].
type refQuad [4]cgraph.Ref

func newRefQuad(qs cgraph.QuadStore, ref cgraph.Ref) (q refQuad) {
	for i, dir := range quad.Directions {
		q[i] = qs.QuadDirection(ref, dir)
	}
	return q
}

// refQuads gathers quads, so that their values are looked up together.
type refQuads struct{ quads []refQuad }

// resolve returns the quads with their values. A value that is not there is
// damage: a quad holds its values.
func (r *refQuads) resolve(ctx context.Context, qs cgraph.QuadStore) ([]quad.Quad, error) {
	index := map[cgraph.Ref]int{}
	var refs []cgraph.Ref
	for _, q := range r.quads {
		for _, ref := range q {
			if _, ok := index[ref]; !ok && ref != nil {
				index[ref] = len(refs)
				refs = append(refs, ref)
			}
		}
	}
	values, err := cgraph.ValuesOf(ctx, qs, refs)
	if err != nil {
		return nil, err
	}
	out := make([]quad.Quad, len(r.quads))
	for i, q := range r.quads {
		for d, dir := range quad.Directions {
			if q[d] == nil {
				if dir != quad.Label {
					return nil, fmt.Errorf("%w: a quad without %v", graph.ErrDamaged, dir)
				}
				continue
			}
			v := values[index[q[d]]]
			if v == nil {
				return nil, fmt.Errorf("%w: the %v of a quad is not there", graph.ErrDamaged, dir)
			}
			out[i].Set(dir, v)
		}
	}
	return out, nil
}
