package main

import (
	"context"
	"fmt"

	"whence/loader"
)

// watch loads what is at paths and then what appears or changes there, until it is interrupted.
func (a *app) watch(l *loader.Loader, paths []string) error {
	w := loader.NewWatch(l, paths)
	report, err := a.load(func() (loader.Report, error) { return w.First(a.ctx) })
	if err != nil {
		return err
	}
	if err := a.printed(report); err != nil {
		return err
	}
	fmt.Fprintln(a.stderr, "watching for what appears or changes (stop with Ctrl-C)")
	failed, err := a.follow(a.ctx, w)
	if err == nil && (failed || len(report.Problems) > 0) {
		return errPartial
	}
	return err
}

// follow tells of each change, a line a document, until the context ends; failed says that some could not be loaded.
func (a *app) follow(ctx context.Context, w *loader.Watch) (failed bool, err error) {
	err = w.Run(ctx, func(c loader.Change) {
		failed = failed || len(c.Problems) > 0
		if c.Note != "" {
			fmt.Fprintln(a.stderr, "note:", clean(c.Note))
		}
		switch {
		case a.json && len(c.Documents)+len(c.Problems)+len(c.Skips) > 0:
			_ = a.printReportJSON(c.Report) // stdout remembers that it failed
		case !a.json:
			a.printDocuments(c.Report, true)
		}
		for i, path := range c.Gone {
			if i == mostGone {
				fmt.Fprintf(a.stderr, "gone: and %d more\n", len(c.Gone)-mostGone)
				break
			}
			fmt.Fprintf(a.stderr, "gone: %s: what it said stays in the graph (whence retract takes it out)\n", clean(path))
		}
	})
	return failed, err
}

// mostGone bounds how many files that went away are named at a time.
const mostGone = 10
