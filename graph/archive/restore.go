package archive

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// batchQuads is how many quads are applied at a time, and batchBytes how many bytes of texts, about.
const (
	batchQuads = 20_000
	batchBytes = 4 << 20
)

// Restore puts all that an archive holds into an empty backend. It reads the archive to its end
// before it changes anything, so that damage is found first; see [Check] for its errors. A backend that
// is not empty is one wrapping [graph.ErrConflict].
//
// A backend that takes any amount in one step ([store.Filler]) has all of it or nothing. In any other it appears behind a mark,
// which goes in the same step that brings the last entry of the log: until then no store opens over it
// ([store.ErrUnfinished]). A restore that was broken off goes on with the same archive.
func Restore(ctx context.Context, r io.ReadSeeker, to store.Backend, o Options) (_ Info, err error) {
	start, err := r.Seek(0, io.SeekCurrent)
	if err != nil {
		return Info{}, err
	}
	info, err := Check(ctx, r)
	if err != nil {
		return Info{}, err
	}
	if _, err := r.Seek(start, io.SeekStart); err != nil {
		return Info{}, err
	}
	marked, done, err := begun(ctx, to, info)
	if err != nil {
		return Info{}, err
	}
	if info.Commits == 0 { // an empty store
		return info, nil
	}
	p := restorer{to: to, o: o, last: info.Commits, done: done}
	commit := func(context.Context) error { return nil }
	if filler, can := to.(store.Filler); can && !marked {
		var bulk store.Bulk
		if bulk, err = filler.Bulk(ctx); err != nil {
			return Info{}, err
		}
		defer func() { err = errors.Join(err, bulk.Close()) }()
		p.to, commit = bulk, func(ctx context.Context) error {
			defer o.settling()()
			return bulk.Commit(ctx)
		}
	} else {
		p.mark = []quad.Quad{store.Unfinished(info.Digest)}
		if err := to.Apply(ctx, store.Batch{Add: p.mark}); err != nil {
			return Info{}, err
		}
	}
	if _, err := read(ctx, r, visitor{
		quads: func(quads []quad.Quad) error { return p.quads(ctx, quads) },
		texts: func(texts []store.Text) error { return p.texts(ctx, texts) },
		entry: func(e store.Entry) error { return p.entry(ctx, e) },
	}); err != nil {
		return Info{}, err
	}
	return info, commit(ctx)
}

// begun checks that a backend is empty, or that this archive was being restored into it: then it is marked, and has so
// many entries of the log.
func begun(ctx context.Context, b store.Backend, info Info) (marked bool, entries int64, err error) {
	snap, err := b.Snapshot(ctx)
	if err != nil {
		return false, 0, err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	digest, marked, err := store.UnfinishedIn(ctx, snap)
	switch {
	case err != nil:
		return false, 0, err
	case marked && digest != info.Digest:
		return false, 0, fmt.Errorf("another archive was being restored into it: go on with that one, or empty it: %w", graph.ErrConflict)
	case marked:
		return true, snap.Head(), nil
	case snap.Head() > 0:
		return false, 0, errNotEmpty
	}
	full := func(quad.Quad) error { return errNotEmpty }
	if err := snap.Each(ctx, full); err != nil {
		return false, 0, err
	}
	return false, 0, snap.EachHash(ctx, func(string) error { return errNotEmpty })
}

var errNotEmpty = fmt.Errorf("it is not empty: restore into a new store, or remove what is there: %w", graph.ErrConflict)

// A restorer applies the content of an archive.
type restorer struct {
	to interface {
		Apply(context.Context, store.Batch) error
	}
	o    Options
	last int64       // entry of the log
	done int64       // entries that are there already
	mark []quad.Quad // none in a bulk
	info Info
}

func (p *restorer) quads(ctx context.Context, quads []quad.Quad) error {
	for len(quads) > 0 {
		n := min(batchQuads, len(quads))
		if err := p.to.Apply(ctx, store.Batch{Add: quads[:n]}); err != nil {
			return err
		}
		p.info.Quads += int64(n)
		p.o.progress(p.info)
		quads = quads[n:]
	}
	return nil
}

func (p *restorer) texts(ctx context.Context, texts []store.Text) error {
	for len(texts) > 0 {
		n, size := 0, 0
		for n < len(texts) && (n == 0 || size+len(texts[n].Text) <= batchBytes) {
			size += len(texts[n].Text)
			n++
		}
		if err := p.to.Apply(ctx, store.Batch{Texts: texts[:n]}); err != nil {
			return err
		}
		p.info.Texts += int64(n)
		p.o.progress(p.info)
		texts = texts[n:]
	}
	return nil
}

func (p *restorer) entry(ctx context.Context, e store.Entry) error {
	p.info.Commits = e.Number
	if e.Number <= p.done {
		return nil
	}
	b := store.Batch{Entry: &e}
	if e.Number == p.last {
		b.Remove = p.mark
	}
	if err := p.to.Apply(ctx, b); err != nil {
		return err
	}
	p.o.progress(p.info)
	return nil
}
