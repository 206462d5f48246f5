package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"whence/loader"
	"whence/loader/source"
)

type rankCmd struct {
	Files []string `arg:"" name:"file" help:"Files and folders." type:"path"`
	sourceFlags
	Limit int `help:"Print no more than this many; 0 is all." default:"0"`
}

// Run prints the sentences of all files, the most worth checking first, alike ones in the order of
// the files.
func (c *rankCmd) Run(a *app) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	if c.Limit < 0 {
		return usagef("--limit %d: want 0 or more", c.Limit)
	}
	var sentences []loader.RatedSentence
	failed, done := 0, 0
	source.Walk(a.ctx, c.Files, o, func(item source.Item, err error) bool {
		var skip *source.Skip
		switch {
		case errors.As(err, &skip):
			fmt.Fprintln(a.stderr, clean(err.Error()))
		case err != nil:
			failed++
			fmt.Fprintln(a.stderr, "failed:", clean(err.Error()))
		default:
			done++
			sentences = append(sentences, loader.Rate(item)...)
		}
		return true
	})
	if err := a.ctx.Err(); err != nil {
		return err
	}
	slices.SortStableFunc(sentences, func(a, b loader.RatedSentence) int { return cmp.Compare(b.Worth, a.Worth) })
	if c.Limit > 0 {
		sentences = sentences[:min(c.Limit, len(sentences))]
	}
	w := bufio.NewWriterSize(a.stdout, 1<<16)
	enc := jsonTo(w)
	for _, s := range sentences {
		if !a.json {
			fmt.Fprintf(w, "%.2f  %s\n", s.Worth, clean(cut(s.Text, 300)))
		} else if err := enc.Encode(s); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	switch {
	case failed > 0 && done == 0:
		return fmt.Errorf("nothing was rated: %s failed", plural(failed, "file"))
	case failed > 0:
		return errPartial
	}
	return nil
}
