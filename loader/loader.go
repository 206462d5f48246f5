// Package loader turns documents into the graph. For each document, apart from all
// others and in parallel:
//
//	bytes → source.Item → extract.Describe → graph.Label → extract → graph.Reading → resolve.Resolve → graph.Resolution
//
// and then, one after the other in the order in which the files were named, a commit of
// each document whole, with the links that match finds to what is held already.
// What a document says depends on its text, on what is known of it, on the authority file
// and on this build; never on the order, the number of workers or what else is held.
//
// # Going on
//
// A label hashes all that what it names depends on: the bytes and the text, what is known of the
// document, the authority file, the builds. It is known before anything is extracted, and what is held
// under it is not extracted again. So a load that was broken off goes on where it ended, and
// ends with the graph of one that was not.
package loader

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"whence/graph"
	"whence/loader/extract"
	"whence/loader/resolve"
	"whence/loader/source"
)

// Options say how to load. The zero Options load with as many workers as processors.
type Options struct {
	Source    source.Options
	Authority *resolve.Authority // nil: names are names, nobody is identified
	Workers   int                // 0 is the number of processors
	By        string             // who loads, for the ledger
	Run       string             // names this load in the ledger; "" is the time it began
	Now       func() time.Time   // nil is time.Now
	// Restore brings back documents that were retracted; otherwise they are left out and reported.
	Restore bool
	// DryRun reads, extracts and matches, and reports what a load would do, but commits nothing.
	DryRun bool
	// Progress is called after each document or problem, from one goroutine at a time.
	Progress func(Progress)
}

// Progress is how far a load is.
type Progress struct {
	Documents int    // also those that were held
	Known     int    // those of them that were held already
	Retracted int    // those of them that were left out as they were retracted
	Failed    int    // files and records that could not be loaded
	Read      int64  // bytes of the files so far, compressed where they are
	Total     int64  // bytes of all files; 0 until they have been counted
	Last      string // the path of the last document; "" after a problem
}

// A Document reports what became of one document.
type Document struct {
	ID       graph.ID
	Path     string
	Title    string
	Known    bool // it was held already, and nothing was added
	Revision bool // another text of a document that was held
	Reread   bool // a text that was held, of which more is known now, or read by a newer build or authority file
	// Retracted is why the document was retracted, when that kept it out, whether this text of it was held or not.
	Retracted string
	Counts             // what was found in it; nothing when it was Known or Retracted, since it was not read
	Notes     []string // what was repaired or left out
	Skipped   []string // segments that were not extracted, and why
}

// Counts is how much was found and added.
type Counts struct {
	Segments, Claims, Statistics, Sources, Relations, Links int
}

func (c *Counts) add(d Counts) {
	c.Segments += d.Segments
	c.Claims += d.Claims
	c.Statistics += d.Statistics
	c.Sources += d.Sources
	c.Relations += d.Relations
	c.Links += d.Links
}

// A Report tells what a load did, in the order of the files.
type Report struct {
	Documents []Document
	Problems  []error // files and records that could not be loaded: [*source.Error] and failed commits
	Skips     []*source.Skip
	Total     Counts
	Took      time.Duration
	DryRun    bool // nothing of it was done
	added     int
	retracted int
}

// Added counts the documents that brought something.
func (r *Report) Added() int { return r.added }

// Retracted counts the documents that were left out as they were retracted.
func (r *Report) Retracted() int { return r.retracted }

// Known counts the documents that were held already.
func (r *Report) Known() int { return len(r.Documents) - r.added - r.retracted }

// queued bounds what is on its way between the files and the store: in bytes of text, of which one
// larger document may take all.
const queued = 32 << 20

// read is one item on its way, and what came of it.
type read struct {
	item  source.Item
	err   error
	room  int64         // of queued
	at    int64         // bytes of the files up to here
	ready chan struct{} // closed when the rest is filled in
	draft extract.Draft
	side  *side // nil when what it would hold is held
}

// Load reads paths into a store. It returns an error only when the whole load had
// to end: the context, or the store failing. What is wrong with single files is in the
// report, and the rest is loaded. With the error comes what was done before it.
func Load(ctx context.Context, store graph.Store, paths []string, o Options) (Report, error) {
	return New(store, o).Load(ctx, paths)
}

// A Loader loads into one store time and again, and remembers between loads what it learnt of it. It
// is not safe for concurrent use.
type Loader struct {
	c *committer
	o Options
}

// New returns a loader into a store. It reads nothing yet.
func New(store graph.Store, o Options) *Loader {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return &Loader{newCommitter(store, o), o}
}

// Load is [Load].
func (l *Loader) Load(ctx context.Context, paths []string) (Report, error) {
	o := l.o
	began := o.Now()
	if l.c.run = o.Run; o.Run == "" {
		l.c.run = began.UTC().Format(time.RFC3339Nano)
	}
	if err := l.c.follow(ctx); err != nil {
		return Report{}, err
	}
	var total atomic.Int64
	o.Source.Consumed = new(atomic.Int64)
	// The committer takes reads in the order of the walk; the queue and the room bound how far the
	// workers run ahead of it.
	queue := make(chan *read, 16*o.Workers)
	room := semaphore.NewWeighted(queued)
	parent := ctx
	g, ctx := errgroup.WithContext(ctx)
	if o.Progress != nil {
		g.Go(func() error {
			var sum int64
			for _, f := range source.Scan(ctx, paths, o.Source).Files {
				sum += f.Size
			}
			total.Store(sum)
			return nil
		})
	}
	g.Go(func() error {
		defer close(queue)
		pool, ctx := errgroup.WithContext(ctx)
		pool.SetLimit(o.Workers)
		source.Walk(ctx, paths, o.Source, func(item source.Item, err error) bool {
			r := &read{item: item, err: err, room: min(int64(len(item.Text)), queued), at: o.Source.Consumed.Load(), ready: make(chan struct{})}
			if room.Acquire(ctx, r.room) != nil {
				return false
			}
			select {
			case queue <- r:
			case <-ctx.Done():
				return false
			}
			if err != nil {
				close(r.ready)
				return true
			}
			r.item.Capture.Path = absolute(item.Capture.Path)
			l.c.place(&r.item)
			pool.Go(func() error {
				defer close(r.ready)
				l.c.prepare(ctx, r)
				return nil
			})
			return true
		})
		return pool.Wait()
	})
	report := Report{DryRun: o.DryRun}
	g.Go(func() error {
		var p Progress
		for r := range queue {
			select {
			case <-r.ready:
			case <-ctx.Done():
				return ctx.Err()
			}
			p.Last = ""
			if err := l.c.take(ctx, r, &report); err != nil {
				return err
			}
			room.Release(r.room)
			if o.Progress != nil {
				p.Documents, p.Failed, p.Read, p.Total = len(report.Documents), len(report.Problems), r.at, total.Load()
				if r.err == nil {
					p.Last = r.item.Capture.Path
				}
				p.Known, p.Retracted = report.Known(), report.retracted
				o.Progress(p)
			}
		}
		return nil
	})
	err := g.Wait()
	if err == nil {
		err = parent.Err() // the walk may have ended with nothing on its way
	}
	report.Took = o.Now().Sub(began)
	return report, err
}

// absolute makes a path hold wherever the next load is run from; the part after
// '#', which names a record, stays.
func absolute(path string) string {
	file, record, found := strings.Cut(path, "#")
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return path
	}
	abs = filepath.ToSlash(abs)
	if found {
		abs += "#" + record
	}
	return abs
}

// readSide extracts and resolves one item: the pure part of a load.
func readSide(draft extract.Draft, a *resolve.Authority) *side {
	reading, names := draft.Read()
	note := bound(&reading, mostOfEach)
	return &side{reading: reading, resolution: resolve.Resolve(&reading, names, a), note: note}
}

// guard keeps a fault of this program, met in one document, from ending the load of all others.
func guard(path string, read func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &source.Error{
				Path: path, Stage: "extract", Offset: -1, Err: fmt.Errorf("panic: %v", p),
				Hint: "this is a fault of the program: please report it with the document",
			}
		}
	}()
	read()
	return nil
}

// prepare does the work on one item that needs nobody else's: all of it, unless what would come of it is
// held or refused.
func (c *committer) prepare(ctx context.Context, r *read) {
	r.err = guard(r.item.Capture.Path, func() {
		r.draft = extract.Describe(r.item)
		if v, err := c.judge(ctx, r); err != nil || v.state == wanted { // an error meets take again
			r.side = readSide(r.draft, c.o.Authority)
		}
	})
}

// take reports one read, and commits it when it is a document that is wanted.
func (c *committer) take(ctx context.Context, r *read, report *Report) error {
	var skip *source.Skip
	switch {
	case errors.As(r.err, &skip):
		report.Skips = append(report.Skips, skip)
		return nil
	case r.err != nil:
		report.Problems = append(report.Problems, r.err)
		return nil //nolint:nilerr // it is in the report, and the rest goes on
	}
	doc, err := c.settle(ctx, r)
	switch {
	case errors.Is(err, graph.ErrSuppressed), errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict):
		r.err = &source.Error{Path: r.item.Capture.Path, Stage: "commit", Offset: -1, Err: err}
	case r.err != nil:
	case err != nil:
		return fmt.Errorf("%s: %w", r.item.Capture.Path, err)
	}
	if r.err != nil {
		report.Problems = append(report.Problems, r.err)
		return nil //nolint:nilerr // as above
	}
	doc.Notes = append(doc.Notes, r.item.Notes...)
	report.Documents = append(report.Documents, doc)
	report.Total.add(doc.Counts)
	switch {
	case doc.Retracted != "":
		report.retracted++
	case !doc.Known:
		report.added++
	}
	return nil
}

// settle commits one read unless the graph has no use for it, and begins again when another process wrote to the
// store meanwhile, so that each document is linked to all that came before it.
func (c *committer) settle(ctx context.Context, r *read) (Document, error) {
	for {
		doc, err := c.try(ctx, r)
		if !errors.Is(err, graph.ErrStale) {
			return doc, err
		}
		if err := c.follow(ctx); err != nil {
			return doc, err
		}
	}
}

// try is one attempt at settle. What was so when the document was prepared may have changed since: those before it were
// committed in the meantime.
func (c *committer) try(ctx context.Context, r *read) (Document, error) {
	header := r.draft.Header()
	doc := Document{ID: header.Document.ID, Path: r.item.Capture.Path, Title: strings.Clone(header.Document.Title)}
	v, err := c.judge(ctx, r)
	if err != nil {
		return doc, err
	}
	switch v.state {
	case known:
		doc.Known = true
		return doc, nil
	case retracted:
		doc.Retracted = v.reason
		return doc, nil
	case outdone:
		doc.Known = true
		doc.Notes = append(doc.Notes, "the same text is held with more known of it, or as retrieved later: that is kept")
		return doc, nil
	case erased:
		return doc, fmt.Errorf("this text of %s was erased: %w", doc.ID, graph.ErrSuppressed)
	}
	if r.side == nil {
		if r.err = guard(doc.Path, func() { r.side = readSide(r.draft, c.o.Authority) }); r.err != nil {
			return doc, r.err
		}
	}
	if r.side.note != "" {
		doc.Notes = append(doc.Notes, r.side.note)
	}
	return doc, c.commit(ctx, r.side, r.item.Capture, &doc)
}
