package pebblequads

import (
	"context"
	"fmt"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"whence/graph/store"
)

// ApplyDeltas implements Cayley's QuadStore: all of it or nothing, durable when it
// returns. The deltas are taken one after the other, so that a quad may be added and
// removed again.
func (qs *QuadStore) ApplyDeltas(deltas []cgraph.Delta, ignore cgraph.IgnoreOpts) error {
	if qs.view != nil {
		return errReadOnly
	}
	ctx := context.Background()
	if err := qs.db.beginWrite(ctx); err != nil {
		return err
	}
	defer qs.db.writer.Release(1)
	b, err := qs.db.last.net(ctx, deltas, ignore)
	if err != nil {
		return err
	}
	var w write
	if err := w.take(b); err != nil {
		return err
	}
	return qs.db.apply(ctx, &w)
}

// net returns what deltas come to.
func (s *state) net(ctx context.Context, deltas []cgraph.Delta, ignore cgraph.IgnoreOpts) (b store.Batch, err error) {
	type fate struct {
		quad        quad.Quad
		before, now bool // whether it is held
	}
	fates := map[string]*fate{}
	var inTurn []*fate
	for _, d := range deltas {
		terms, err := appendQuad(nil, d.Quad, nil)
		if err != nil {
			return b, err
		}
		f := fates[string(terms)]
		if f == nil {
			held, err := s.held(ctx, []change{{terms: terms}})
			if err != nil {
				return b, err
			}
			f = &fate{d.Quad, len(held) > 0, len(held) > 0}
			fates[string(terms)] = f
			inTurn = append(inTurn, f)
		}
		switch {
		case d.Action != cgraph.Add && d.Action != cgraph.Delete:
			return b, &cgraph.DeltaError{Delta: d, Err: cgraph.ErrInvalidAction}
		case d.Action == cgraph.Add && f.now && !ignore.IgnoreDup:
			return b, &cgraph.DeltaError{Delta: d, Err: cgraph.ErrQuadExists}
		case d.Action == cgraph.Delete && !f.now && !ignore.IgnoreMissing:
			return b, &cgraph.DeltaError{Delta: d, Err: cgraph.ErrQuadNotExist}
		}
		f.now = d.Action == cgraph.Add
	}
	for _, f := range inTurn {
		switch {
		case f.now && !f.before:
			b.Add = append(b.Add, f.quad)
		case f.before && !f.now:
			b.Remove = append(b.Remove, f.quad)
		}
	}
	return b, nil
}

// NewQuadWriter implements Cayley's QuadStore. Each WriteQuads is one commit, as are the quads
// that WriteQuad gathers, some thousands at a time. Quads that are held are passed over.
func (qs *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if qs.view != nil {
		return nil, errReadOnly
	}
	return &quadWriter{db: qs.db}, nil
}

type quadWriter struct {
	db     *DB
	quads  []quad.Quad
	closed bool
}

// writeBatch is how many quads a writer gathers.
const writeBatch = 10_000

// WriteQuad implements quad.Writer.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	if w.closed {
		return errWriterClosed
	}
	if w.quads = append(w.quads, q); len(w.quads) < writeBatch {
		return nil
	}
	return w.flush()
}

// WriteQuads implements quad.BatchWriter.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	if w.closed {
		return 0, errWriterClosed
	}
	if err := w.flush(); err != nil {
		return 0, err
	}
	if err := w.db.Apply(context.Background(), store.Batch{Add: quads}); err != nil {
		return 0, err
	}
	return len(quads), nil
}

func (w *quadWriter) flush() error {
	if len(w.quads) == 0 {
		return nil
	}
	err := w.db.Apply(context.Background(), store.Batch{Add: w.quads})
	w.quads = w.quads[:0]
	return err
}

// Close writes what is left.
func (w *quadWriter) Close() error {
	if w.closed {
		return nil
	}
	w.closed = true
	return w.flush()
}

var errWriterClosed = fmt.Errorf("the writer is closed")
