package main

import (
	"fmt"
	"os/user"

	"whence/graph"
	"whence/loader"
)

type rereadCmd struct {
	authorityFlag
	All     bool `help:"Also what this build of whence has read already."`
	DryRun  bool `help:"Print what would differ, and write nothing."`
	Workers int  `help:"Texts to read at the same time; 0 is the number of processors." default:"0"`
}

// Run reads what is held as this program does, and tells what differs.
func (c *rereadCmd) Run(a *app) error {
	authority, err := c.load()
	if err != nil {
		return err
	}
	open := func() (graph.Store, error) { return a.open(false) }
	if c.DryRun { // it only reads
		open = a.openCopy
	}
	store, err := open()
	if err != nil {
		return err
	}
	defer store.Close()
	stop := a.attend(store)
	defer stop()
	step, clear := a.progress("reading again")
	defer clear()
	done, reauthorised := 0, 0
	told := []rereadJSON{}
	o := loader.RereadOptions{Authority: authority, All: c.All, DryRun: c.DryRun, Workers: c.Workers, Each: func(r loader.Reread) {
		done++
		if r.Authority {
			reauthorised++
		}
		switch {
		case a.json:
			if r.Left != "" || !r.Same() {
				told = append(told, rereadOf(r))
			}
		case r.Left != "":
			fmt.Fprintf(a.stderr, "left: %s: %s\n", clean(r.Path), clean(r.Left))
		case !r.Same():
			a.printReread(r)
		}
		step(done, r.Path)
	}}
	if u, err := user.Current(); err == nil {
		o.By = u.Username
	}
	report, err := loader.RereadAll(a.ctx, store, o)
	clear()
	if err != nil {
		if report.Read > 0 && !c.DryRun {
			fmt.Fprintf(a.stderr, "%s read before it ended; the same command goes on from there\n", plural(report.Read, "text"))
		}
		return err
	}
	if reauthorised > 0 {
		fmt.Fprintf(a.stderr, "note: who is meant was told by another authority file before, in %s: name it with --authority to keep to it\n", plural(reauthorised, "text"))
	}
	stop()
	if err := store.Close(); err != nil {
		return err
	}
	if a.json {
		err = jsonTo(a.stdout).Encode(map[string]any{
			"texts": told, "read": report.Read, "changed": report.Changed, "left": report.Left, "known": report.Known,
			"dry_run": c.DryRun, "seconds": report.Took.Seconds(),
		})
	} else {
		written := ""
		if c.DryRun {
			written = " Nothing was written."
		}
		fmt.Fprintf(a.stdout, "%s read again: %d differ. %d left as they are, %d read by this build already. %.2f s.%s\n",
			plural(report.Read, "text"), report.Changed, report.Left, report.Known, report.Took.Seconds(), written)
	}
	if err == nil && report.Left > 0 {
		return errPartial
	}
	return err
}

// printReread tells what differs in one text.
func (a *app) printReread(r loader.Reread) {
	title := r.Title
	if title == "" {
		title = r.Path
	}
	fmt.Fprintf(a.stdout, "%s\n  %s · %s → %s\n", clean(r.ID.Short()), clean(cut(title, 72)), clean(r.From), clean(r.To))
	for _, s := range []struct {
		noun string
		d    loader.Differences
	}{{"claim", r.Claims}, {"figure", r.Figures}, {"speaker", r.Speakers}} {
		for _, w := range s.d.Added {
			fmt.Fprintf(a.stdout, "  + %-7s %s\n", s.noun, clean(cut(w, 200)))
		}
		for _, w := range s.d.Dropped {
			fmt.Fprintf(a.stdout, "  - %-7s %s\n", s.noun, clean(cut(w, 200)))
		}
		for _, c := range s.d.Changed {
			if c.Words == c.After { // the words themselves
				fmt.Fprintf(a.stdout, "  ~ %-7s %s → %s\n", s.noun, clean(cut(c.Before, 200)), clean(cut(c.After, 200)))
				continue
			}
			fmt.Fprintf(a.stdout, "  ~ %-7s %s: %s → %s\n", s.noun, clean(cut(c.Words, 200)), clean(orDash(c.Before)), clean(orDash(c.After)))
		}
	}
}

// rereadJSON is a text whose reading differs, or that was left.
type rereadJSON struct {
	ID       graph.ID        `json:"id"`
	Title    string          `json:"title"`
	Path     string          `json:"path"`
	From     string          `json:"from"`
	To       string          `json:"to"`
	Left     string          `json:"left"`
	Claims   differencesJSON `json:"claims"`
	Figures  differencesJSON `json:"figures"`
	Speakers differencesJSON `json:"speakers"`
}

type differencesJSON struct {
	Added   []string      `json:"added"`
	Dropped []string      `json:"dropped"`
	Changed []alteredJSON `json:"changed"`
}

type alteredJSON struct {
	Words  string `json:"words"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func rereadOf(r loader.Reread) rereadJSON {
	return rereadJSON{r.ID, r.Title, r.Path, r.From, r.To, r.Left, differencesOf(r.Claims), differencesOf(r.Figures), differencesOf(r.Speakers)}
}

func differencesOf(d loader.Differences) differencesJSON {
	out := differencesJSON{append([]string{}, d.Added...), append([]string{}, d.Dropped...), []alteredJSON{}}
	for _, c := range d.Changed {
		out.Changed = append(out.Changed, alteredJSON(c))
	}
	return out
}
