// Package loader turns documents into the graph. For each document, apart from all
// others and in parallel:
//
//	bytes → source.Item → extract.Read → graph.Reading → resolve.Resolve → graph.Resolution
//
// and then, one after the other in the order in which the files were named, a commit of
// each document whole, with the links that match finds to what is held already.
// What a document says depends on its text, on what is known of it, on the authority file
// and on this build; never on the order, the number of workers or what else is held.
package loader

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

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
	// Progress is called after each file, from one goroutine at a time.
	Progress func(done int, last string)
}

// A Document reports what became of one document.
type Document struct {
	ID       graph.ID
	Path     string
	Title    string
	Known    bool // it was held already, and nothing was added
	Revision bool // another text of a document that was held
	// Retracted is why the document was retracted, when that kept it out.
	Retracted string
	Counts
	Notes   []string // what was repaired or left out
	Skipped []string // segments that were not extracted, and why
}

// Counts is how much was found.
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
}

// Added counts the documents that were not held before.
func (r *Report) Added() int {
	n := 0
	for _, d := range r.Documents {
		if !d.Known {
			n++
		}
	}
	return n
}

// read is one item on its way, and what came of it.
type read struct {
	item  source.Item
	err   error
	ready chan struct{} // closed when the rest is filled in
	side  side
}

// Load reads paths into a store. It returns an error only when the whole load had
// to end: the context, or the store failing. What is wrong with single files is in the
// report, and the rest is loaded.
func Load(ctx context.Context, store graph.Store, paths []string, o Options) (Report, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	began := o.Now()
	if o.Run == "" {
		o.Run = began.UTC().Format(time.RFC3339Nano)
	}
	c, err := newCommitter(ctx, store, o)
	if err != nil {
		return Report{}, err
	}
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// The committer takes reads in the order of the walk; the queue bounds how far the
	// workers run ahead of it.
	queue := make(chan *read, 4*workers)
	parent := ctx
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		pool, ctx := errgroup.WithContext(ctx)
		pool.SetLimit(workers)
		source.Walk(ctx, paths, o.Source, func(item source.Item, err error) bool {
			r := &read{item: item, err: err, ready: make(chan struct{})}
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
			c.place(&r.item)
			pool.Go(func() error {
				defer close(r.ready)
				r.err = guard(item.Capture.Path, func() { r.side = readSide(r.item, o.Authority) })
				return nil
			})
			return true
		})
		return pool.Wait()
	})
	var report Report
	g.Go(func() error {
		for r := range queue {
			select {
			case <-r.ready:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := c.take(ctx, r, &report); err != nil {
				return err
			}
			if o.Progress != nil {
				o.Progress(len(report.Documents)+len(report.Problems)+len(report.Skips), r.item.Capture.Path)
			}
		}
		return nil
	})
	if err = g.Wait(); err == nil {
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
func readSide(item source.Item, a *resolve.Authority) side {
	reading, names := extract.Read(item)
	note := bound(&reading, mostOfEach)
	resolution := resolve.Resolve(&reading, names, a)
	return side{reading: reading, resolution: resolution, capture: item.Capture, note: note}
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

// take reports one read, and commits it when it is a document.
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
	doc, err := c.commit(ctx, r.side)
	if r.side.note != "" {
		doc.Notes = append(doc.Notes, r.side.note)
	}
	doc.Notes = append(doc.Notes, r.item.Notes...)
	switch {
	case errors.Is(err, graph.ErrSuppressed), errors.Is(err, graph.ErrInvalid), errors.Is(err, graph.ErrConflict):
		report.Problems = append(report.Problems, &source.Error{Path: r.item.Capture.Path, Stage: "commit", Offset: -1, Err: err})
		return nil
	case err != nil:
		return fmt.Errorf("%s: %w", r.item.Capture.Path, err)
	}
	report.Documents = append(report.Documents, doc)
	report.Total.add(doc.Counts)
	return nil
}
