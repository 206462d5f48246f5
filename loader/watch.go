package loader

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"whence/loader/source"
)

// A Watch goes on loading what appears or changes at paths. Events of the system only wake it: what is to be
// loaded it finds by looking at sizes and times, so that an event that was lost costs time and nothing else.
type Watch struct {
	// Settle is how long a file has to stay as it is before it is loaded, and the least time between two looks.
	Settle time.Duration
	// Rescan is the longest time between two looks.
	Rescan time.Duration

	l     *Loader
	paths []string
	bell  *bell
	// loaded is the stamp of each file when it was last loaded, seen that of the last look.
	loaded, seen map[string]string
	took         time.Duration   // of the last look
	stands       map[string]bool // problems that stand as they stood, by what they say
	standing     map[string]bool // those of the last load
}

// A Change is what a Watch met.
type Change struct {
	Report
	Gone []string // files that are no longer there, by path; what they said stays in the graph
	Note string   // of the watching itself; "" for nothing
}

// The times of a Watch unless they are given.
const (
	settle = time.Second
	rescan = 30 * time.Second
	// restful is how many times the length of a look passes before the next.
	restful = 10
)

// NewWatch returns a watch of paths that loads with l, which nobody else uses then.
func NewWatch(l *Loader, paths []string) *Watch {
	return &Watch{Settle: settle, Rescan: rescan, l: l, paths: paths, loaded: map[string]string{}}
}

// First loads all that is there, but for files that are being written: Run takes those up.
func (w *Watch) First(ctx context.Context) (Report, error) {
	scan, err := w.look(ctx)
	if err != nil {
		return Report{}, err
	}
	w.seen = stamps(scan)
	now := w.l.o.Now()
	if slices.ContainsFunc(scan.Files, func(f source.File) bool { return now.Sub(f.Changed).Abs() < w.Settle }) {
		if err := pause(ctx, w.Settle); err != nil {
			return Report{}, err
		}
		if scan, err = w.look(ctx); err != nil {
			return Report{}, err
		}
	}
	ready, _ := w.ready(scan)
	report, err := w.load(ctx, scan, func(path string) bool {
		_, ok := ready[path]
		_, file := w.seen[path]
		return ok || !file // what is no document is told of once
	})
	if err == nil {
		maps.Copy(w.loaded, ready)
		w.stands = w.met(scan)
	}
	return report, err
}

// Run loads what appears and changes until the context ends, which is no error, and tells of it. The error is that of a
// store that failed.
func (w *Watch) Run(ctx context.Context, told func(Change)) error {
	w.l.o.Progress = nil
	bell, note := newBell()
	defer bell.close()
	w.bell = bell
	if note != "" {
		told(Change{Note: note})
	}
	wait := w.Settle
	for {
		if !bell.wait(ctx, wait) {
			return nil
		}
		// What rang goes on for a while, and a long look is followed by a longer rest.
		if pause(ctx, max(w.Settle, restful*w.took)) != nil {
			return nil
		}
		again, err := w.round(ctx, told)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		if wait = w.Rescan; again {
			wait = 0
		}
	}
}

// round looks once, and loads what is ready. again says that another look is wanted soon.
func (w *Watch) round(ctx context.Context, told func(Change)) (again bool, err error) {
	scan, err := w.look(ctx)
	if err != nil {
		return false, err
	}
	var c Change
	fresh, note := w.bell.watch(scan.Folders, w.paths)
	if note != "" {
		told(Change{Note: note})
	}
	there := stamps(scan)
	for _, path := range slices.Sorted(maps.Keys(w.loaded)) {
		if _, ok := there[path]; !ok {
			c.Gone = append(c.Gone, path)
			delete(w.loaded, path)
		}
	}
	ready, again := w.ready(scan)
	again = again || fresh // something may have come into a folder before it was listened to
	if len(ready) > 0 {
		if c.Report, err = w.load(ctx, scan, func(path string) bool { return ready[path] != "" }); err != nil {
			return false, err
		}
		maps.Copy(w.loaded, ready) // a file that changed meanwhile has another stamp by now, and is loaded again
	}
	w.news(&c.Report, scan, ready)
	if len(c.Documents)+len(c.Problems)+len(c.Skips)+len(c.Gone) > 0 {
		told(c)
	}
	return again, nil
}

// look lists what is there now.
func (w *Watch) look(ctx context.Context) (source.Scanned, error) {
	began := time.Now()
	o := w.l.o.Source
	o.Only = nil
	scan := source.Scan(ctx, w.paths, o)
	w.took = time.Since(began)
	return scan, ctx.Err()
}

func stamps(scan source.Scanned) map[string]string {
	out := make(map[string]string, len(scan.Files))
	for _, f := range scan.Files {
		out[f.Path] = f.Stamp
	}
	return out
}

// ready returns the files that changed since they were loaded and not since the last look. again says that others
// changed.
func (w *Watch) ready(scan source.Scanned) (ready map[string]string, again bool) {
	ready = map[string]string{}
	for _, f := range scan.Files {
		switch {
		case w.loaded[f.Path] == f.Stamp:
		case w.seen[f.Path] != f.Stamp:
			again = true
		default:
			ready[f.Path] = f.Stamp
		}
	}
	w.seen = stamps(scan)
	return ready, again
}

// load loads some files.
func (w *Watch) load(ctx context.Context, scan source.Scanned, only func(path string) bool) (Report, error) {
	w.l.o.Source.Only = only
	report, err := w.l.Load(ctx, w.paths)
	w.l.o.Source.Only = nil
	w.standing = map[string]bool{}
	for _, p := range report.Problems {
		w.standing[p.Error()] = true
	}
	for _, s := range report.Skips {
		w.standing[s.Error()] = true
	}
	for _, p := range scan.Problems {
		delete(w.standing, p.Error())
	}
	return report, err
}

// met returns what the last load and a look met.
func (w *Watch) met(scan source.Scanned) map[string]bool {
	out := maps.Clone(w.standing)
	for _, p := range scan.Problems {
		out[p.Error()] = true
	}
	return out
}

// news leaves in a report what was not told before: a bad line of a manifest and a folder that is gone meet every look.
func (w *Watch) news(r *Report, scan source.Scanned, ready map[string]string) {
	told := map[string]bool{}
	for _, p := range r.Problems {
		told[p.Error()] = true
	}
	for _, p := range scan.Problems {
		if e := (*source.Error)(nil); errors.As(p, &e) && !told[p.Error()] {
			r.Problems = append(r.Problems, p)
		}
	}
	old := func(path string, err error) bool {
		file, _, _ := strings.Cut(path, "#")
		_, again := ready[file]
		return !again && w.stands[err.Error()]
	}
	r.Problems = slices.DeleteFunc(r.Problems, func(p error) bool {
		e := (*source.Error)(nil)
		return errors.As(p, &e) && old(e.Path, p)
	})
	r.Skips = slices.DeleteFunc(r.Skips, func(s *source.Skip) bool { return old(s.Path, s) })
	w.stands = w.met(scan)
}

// pause waits.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
