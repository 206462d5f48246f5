package loader

import (
	linked "container/list"
	"context"
	"errors"
	"math"

	"golang.org/x/sync/errgroup"

	"whence/graph"
	"whence/loader/match"
)

// heaviest bounds the sides that are kept ready to be matched, by [match.Prepared.Weight]: some hundred megabytes.
const heaviest = 1 << 16

// sides are documents made ready to be matched. Those that were used last are kept; the others are read from the
// store again when they are wanted, so that a load takes no more memory the more is held.
type sides struct {
	store   graph.Store
	workers int
	most    int
	weight  int
	ready   map[graph.Label]*linked.Element
	used    *linked.List // of *match.Prepared, the last used first
}

func newSides(store graph.Store, o Options) *sides {
	s := &sides{store: store, workers: o.Workers, most: heaviest, ready: map[graph.Label]*linked.Element{}, used: linked.New()}
	if o.DryRun {
		s.most = math.MaxInt // what was not committed cannot be read again
	}
	return s
}

// put keeps a side, and lets go of others.
func (s *sides) put(p *match.Prepared) {
	s.drop(p.Label())
	s.ready[p.Label()] = s.used.PushFront(p)
	for s.weight += p.Weight(); s.weight > s.most && s.used.Len() > 1; {
		s.drop(s.used.Back().Value.(*match.Prepared).Label())
	}
}

// drop keeps a side no longer.
func (s *sides) drop(label graph.Label) {
	if e, ok := s.ready[label]; ok {
		delete(s.ready, label)
		s.weight -= s.used.Remove(e).(*match.Prepared).Weight()
	}
}

// get returns the sides of some resolutions, in their order; readings are what they resolve.
func (s *sides) get(ctx context.Context, resolutions, readings []graph.Label) ([]*match.Prepared, error) {
	out := make([]*match.Prepared, len(resolutions))
	var missing []int
	var labels []graph.Label // pairs of resolution and reading
	for i, label := range resolutions {
		if e, ok := s.ready[label]; ok {
			s.used.MoveToFront(e)
			out[i] = e.Value.(*match.Prepared)
			continue
		}
		missing = append(missing, i)
		labels = append(labels, label, readings[i])
	}
	if len(missing) == 0 {
		return out, nil
	}
	content, err := s.store.Content(ctx, labels...)
	if err != nil {
		return nil, err
	}
	var g errgroup.Group
	g.SetLimit(s.workers)
	for n, i := range missing {
		g.Go(func() error {
			out[i] = match.Prepare(match.Side{Reading: &content.Readings[n].Reading, Resolution: &content.Resolutions[n]})
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, i := range missing {
		s.put(out[i])
	}
	return out, nil
}

// moved tells, of an error of reading what was held, whether that is because another process removed it meanwhile.
func (c *committer) moved(ctx context.Context, err error) error {
	if last, lastErr := c.store.Last(ctx); errors.Is(err, graph.ErrNotFound) && lastErr == nil && last.Number != c.last {
		return graph.ErrStale
	}
	return err
}
