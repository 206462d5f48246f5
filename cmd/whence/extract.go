package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"

	"whence/loader"
	"whence/loader/resolve"
	"whence/loader/source"
)

type extractCmd struct {
	Files []string `arg:"" name:"file" help:"Files and folders; - reads standard input." type:"path"`
	sourceFlags
	authorityFlag
	Workers int `help:"Documents to read at the same time; 0 is the number of processors." default:"0"`
}

// Run prints one JSON object for each document, in the order of the files.
func (c *extractCmd) Run(a *app) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	auth, err := c.authorityFlag.load()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(a.stdout, 1<<16)
	enc := jsonTo(w)
	failed, done := 0, 0
	err = extractAll(a.ctx, a.stdin, c.Files, o, auth, c.Workers, func(f *loader.Form, err error) error {
		if err != nil {
			var skip *source.Skip
			if errors.As(err, &skip) {
				fmt.Fprintln(a.stderr, clean(err.Error()))
				return nil
			}
			failed++
			fmt.Fprintln(a.stderr, "failed:", clean(err.Error()))
			return nil
		}
		done++
		return enc.Encode(f)
	})
	if err := errors.Join(err, w.Flush()); err != nil {
		return err
	}
	switch {
	case failed > 0 && done == 0:
		return fmt.Errorf("nothing was extracted: %s failed", plural(failed, "file"))
	case failed > 0:
		return errPartial
	}
	return nil
}

// extractAll reads documents in parallel and hands their forms over in order.
func extractAll(ctx context.Context, stdin io.Reader, files []string, o source.Options, auth *resolve.Authority, workers int, yield func(*loader.Form, error) error) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		err  error
		form chan *loader.Form
	}
	queue := make(chan job, 4*workers)
	parent := ctx
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		pool, ctx := errgroup.WithContext(ctx)
		pool.SetLimit(workers)
		take := func(item source.Item, err error) bool {
			j := job{err: err, form: make(chan *loader.Form, 1)}
			select {
			case queue <- j:
			case <-ctx.Done():
				return false
			}
			if err == nil {
				pool.Go(func() error {
					f := loader.Extract(item, auth)
					j.form <- &f
					return nil
				})
			}
			return true
		}
		var named []string
		for _, f := range files {
			if f != "-" {
				named = append(named, f)
				continue
			}
			b, err := io.ReadAll(io.LimitReader(stdin, o.MaxBytes+1))
			if err != nil {
				return err
			}
			items, err := source.Read("-", b, o)
			for _, item := range items {
				if !take(item, nil) {
					return ctx.Err()
				}
			}
			if err != nil && !take(source.Item{}, err) {
				return ctx.Err()
			}
		}
		if len(named) > 0 {
			source.Walk(ctx, named, o, take)
		}
		return pool.Wait()
	})
	g.Go(func() error {
		for j := range queue {
			var form *loader.Form
			if j.err == nil {
				select {
				case form = <-j.form:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			if err := yield(form, j.err); err != nil {
				return err
			}
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	return parent.Err()
}
