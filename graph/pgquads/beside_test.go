package pgquads

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/cayley/graph/shape"
	"github.com/cayleygraph/quad"

	"whence/graph/store"
)

// A hop is a question to either backend: the quads that have one of the ends, as objects if back is set and else as
// subjects, and one of the predicates if any is given.
type hop struct {
	back       bool
	ends       []quad.Value
	predicates []quad.IRI
}

// A rival is Cayley's own backend.
type rival struct{ cgraph.QuadStore }

func (r rival) write(t testing.TB, quads []quad.Quad) {
	t.Helper()
	deltas := make([]cgraph.Delta, len(quads))
	for i, q := range quads {
		deltas[i] = cgraph.Delta{Quad: q, Action: cgraph.Add}
	}
	if err := r.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
}

// hop returns how many quads there are, having read them whole. Cayley asks for one end at a time.
func (r rival) hop(t testing.TB, h hop) (n int) {
	t.Helper()
	direction := quad.Subject
	if h.back {
		direction = quad.Object
	}
	done := map[quad.Value]bool{}
	for _, end := range h.ends {
		if done[end] {
			continue
		}
		done[end] = true
		if len(h.predicates) == 0 {
			n += r.read(t, shape.Quads{{Dir: direction, Values: shape.Lookup{end}}})
		}
		for _, p := range h.predicates { // a query of two conditions; more it would join itself
			n += r.read(t, shape.Quads{{Dir: direction, Values: shape.Lookup{end}}, {Dir: quad.Predicate, Values: shape.Lookup{p}}})
		}
	}
	return n
}

func (r rival) read(t testing.TB, s shape.Shape) (n int) {
	t.Helper()
	ctx := context.Background()
	it := shape.BuildIterator(r.QuadStore, s)
	for it.Next(ctx) {
		if q := r.Quad(it.Result()); q.IsValid() {
			n++
		}
	}
	if err := errors.Join(it.Err(), it.Close()); err != nil {
		t.Fatal(err)
	}
	return n
}

func (r rival) label(t testing.TB, label quad.IRI) int {
	t.Helper()
	return r.read(t, shape.Quads{{Dir: quad.Label, Values: shape.Lookup{label}}})
}

// path returns how many nodes hops with one predicate each lead to.
func (r rival) path(t testing.TB, from quad.Value, way []hop) int {
	t.Helper()
	p := path.StartPath(r.QuadStore, from)
	for _, h := range way {
		if h.back {
			p = p.In(h.predicates[0])
		} else {
			p = p.Out(h.predicates[0])
		}
	}
	found, err := p.Unique().Iterate(context.Background()).AllValues(r.QuadStore)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// answer returns the quads of a hop.
func answer(t testing.TB, snap store.Snapshot, h hop) []quad.Quad {
	t.Helper()
	ask := snap.Out
	if h.back {
		ask = snap.In
	}
	quads, err := ask(context.Background(), h.ends, h.predicates)
	if err != nil {
		t.Fatal(err)
	}
	return quads
}

// follow is [rival.path] with one round trip a hop.
func follow(t testing.TB, snap store.Snapshot, from quad.Value, way []hop) int {
	t.Helper()
	ends := []quad.Value{from}
	for _, h := range way {
		h.ends = ends
		found := map[quad.Value]bool{}
		ends = nil
		for _, q := range answer(t, snap, h) {
			end := q.Object
			if h.back {
				end = q.Subject
			}
			if !found[end] {
				found[end] = true
				ends = append(ends, end)
			}
		}
	}
	return len(ends)
}

// A listener is a backend that tells what is asked of it and written to it.
type listener struct {
	store.Backend
	wrote func(store.Batch)
	asked func(hop)
}

func (l *listener) Apply(ctx context.Context, b store.Batch) error {
	if l.wrote != nil {
		l.wrote(b)
	}
	return l.Backend.Apply(ctx, b)
}

func (l *listener) Snapshot(ctx context.Context) (store.Snapshot, error) {
	snap, err := l.Backend.Snapshot(ctx)
	return &heard{snap, l}, err
}

type heard struct {
	store.Snapshot
	by *listener
}

func (h *heard) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if h.by.asked != nil {
		h.by.asked(hop{false, subjects, predicates})
	}
	return h.Snapshot.Out(ctx, subjects, predicates)
}

func (h *heard) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if h.by.asked != nil {
		h.by.asked(hop{true, objects, predicates})
	}
	return h.Snapshot.In(ctx, objects, predicates)
}

// A contest is times of the same things done by Cayley's backend and by this one, in turn.
type contest struct{ theirs, ours []time.Duration }

// round does one thing, which must give both the same.
func (c *contest) round(t testing.TB, theirs, ours func() int) {
	t.Helper()
	var want, got int
	timed(&c.theirs, func() { want = theirs() })
	timed(&c.ours, func() { got = ours() })
	if got != want {
		t.Fatalf("this backend finds %d, Cayley's %d", got, want)
	}
}

func timed(times *[]time.Duration, f func()) {
	from := time.Now()
	f()
	*times = append(*times, time.Since(from))
}

// report tells the medians; of units that were done each time, how many a second.
func (c *contest) report(b *testing.B, unit string, units int) {
	b.Helper()
	slices.Sort(c.theirs)
	slices.Sort(c.ours)
	theirs, ours := c.theirs[len(c.theirs)/2], c.ours[len(c.ours)/2]
	b.ReportMetric(float64(theirs.Microseconds())/1000, "ms-cayley")
	b.ReportMetric(float64(ours.Microseconds())/1000, "ms")
	b.ReportMetric(float64(theirs)/float64(ours), "times-faster")
	if units > 0 {
		b.ReportMetric(float64(units)/theirs.Seconds(), unit+"/s-cayley")
		b.ReportMetric(float64(units)/ours.Seconds(), unit+"/s")
	}
	b.ReportMetric(0, "ns/op")
}
