package main

import (
	"context"
	"fmt"
	"os/user"
	"time"

	"whence/graph"
	"whence/loader"
	"whence/loader/source"
)

// sourceFlags are what is known of the documents of one run, and limits.
type sourceFlags struct {
	Publisher string `help:"Publisher of the documents, where they do not say it themselves."`
	Published string `help:"Date of publication, likewise: YYYY, YYYY-MM or YYYY-MM-DD." placeholder:"DATE"`
	Retrieved string `help:"When they were fetched: a date or RFC 3339 time." placeholder:"TIME"`
	Kind      string `help:"Kind of document: news, blog, statement, press-release, written-answer, speech, interview, report, …"`
	URL       string `help:"Address of the document, when there is one only." name:"url"`
	From      string `help:"Format of the files, whatever they are called: text, markdown, html or jsonl." placeholder:"FORMAT"`
	MaxBytes  int64  `help:"Refuse files larger than this many bytes." default:"67108864" placeholder:"BYTES"`
}

func (f sourceFlags) options() (source.Options, error) {
	o := source.Options{Publisher: f.Publisher, Kind: f.Kind, URL: f.URL, MaxBytes: f.MaxBytes, Format: f.From}
	var err error
	if o.Published, err = graph.ParseDate(f.Published); err != nil {
		return o, usagef("--published: %v", err)
	}
	switch f.From {
	case "", "text", "markdown", "html", "jsonl":
	default:
		return o, usagef("--from %s: want text, markdown, html or jsonl", f.From)
	}
	if f.Kind != "" {
		if !validKind(f.Kind) {
			return o, usagef("--kind %s: want one of %v", f.Kind, graph.DocumentKinds)
		}
	}
	if f.Retrieved != "" {
		if o.Retrieved, err = time.Parse(time.RFC3339, f.Retrieved); err != nil {
			d, dateErr := graph.ParseDate(f.Retrieved)
			if dateErr != nil {
				return o, usagef("--retrieved %s: want YYYY-MM-DD or a time such as 2024-10-30T12:00:00Z", f.Retrieved)
			}
			o.Retrieved = d.Start()
		}
	}
	return o, nil
}

func validKind(kind string) bool {
	for _, k := range graph.DocumentKinds {
		if string(k) == kind {
			return true
		}
	}
	return false
}

type loadCmd struct {
	Paths []string `arg:"" name:"path" help:"Files and folders: plain text, Markdown, HTML, JSONL." type:"path"`
	sourceFlags
	authorityFlag
	Workers int  `help:"Documents to read at the same time; 0 is the number of processors." default:"0"`
	Restore bool `help:"Bring back documents that were retracted."`
}

// Run loads.
func (c *loadCmd) Run(a *app) error {
	store, err := a.open(true)
	if err != nil {
		return err
	}
	defer store.Close()
	stop := a.attend(store)
	defer stop()
	report, err := a.load(a.ctx, store, c.Paths, c.sourceFlags, c.authorityFlag, loader.Options{Workers: c.Workers, Restore: c.Restore})
	if err != nil {
		return err
	}
	if a.json {
		if err := a.printReportJSON(report); err != nil {
			return err
		}
	} else {
		a.printReport(report)
	}
	stop()
	if err := store.Close(); err != nil {
		return err
	}
	return reportError(report)
}

func (a *app) load(ctx context.Context, store graph.Store, paths []string, f sourceFlags, auth authorityFlag, o loader.Options) (loader.Report, error) {
	var err error
	if o.Source, err = f.options(); err != nil {
		return loader.Report{}, err
	}
	if o.Authority, err = auth.load(); err != nil {
		return loader.Report{}, err
	}
	if u, err := user.Current(); err == nil {
		o.By = u.Username
	}
	step, clear := a.progress("loading")
	o.Progress = step
	report, err := loader.Load(ctx, store, paths, o)
	clear()
	return report, err
}

// reportError is errPartial when something failed and something was loaded.
func reportError(r loader.Report) error {
	switch {
	case len(r.Problems) == 0:
		return nil
	case len(r.Documents) == 0:
		return fmt.Errorf("nothing was loaded: %s failed", plural(len(r.Problems), "file"))
	}
	return errPartial
}

// printReport tells what a load did: problems and notes on stderr, the sum on stdout.
func (a *app) printReport(r loader.Report) {
	for _, p := range r.Problems {
		fmt.Fprintln(a.stderr, "failed:", clean(p.Error()))
	}
	for _, s := range r.Skips {
		fmt.Fprintln(a.stderr, clean(s.Error()))
	}
	for _, d := range r.Documents {
		for _, n := range d.Notes {
			fmt.Fprintf(a.stderr, "note: %s: %s\n", clean(d.Path), clean(n))
		}
		for _, s := range d.Skipped {
			fmt.Fprintf(a.stderr, "not extracted: %s: %s\n", clean(d.Path), clean(s))
		}
		state := "new"
		switch {
		case d.Retracted != "":
			state = "left out"
			fmt.Fprintf(a.stderr, "retracted: %s: %s (load it with --restore to bring it back)\n", clean(d.Path), clean(d.Retracted))
		case d.Known:
			state = "known"
		case d.Revision:
			state = "revision"
		}
		title := d.Title
		if title == "" {
			title = d.Path
		}
		fmt.Fprintf(a.stdout, "%-8s %-72s %4d claims %4d figures %3d sources %3d relations %3d links\n",
			state, cut(clean(title), 72), d.Claims, d.Statistics, d.Sources, d.Relations, d.Links)
	}
	known := len(r.Documents) - r.Added()
	switch {
	case len(r.Documents) == 0:
		fmt.Fprintln(a.stdout, "no documents")
	case r.Added() == 0:
		fmt.Fprintf(a.stdout, "%s, all held already: nothing was added. %.2f s\n", plural(known, "document"), r.Took.Seconds())
	default:
		fmt.Fprintf(a.stdout, "%s added, %d held already: %d claims, %d figures, %d sources, %d relations, %d links. %.2f s\n",
			plural(r.Added(), "document"), known, r.Total.Claims, r.Total.Statistics, r.Total.Sources, r.Total.Relations, r.Total.Links, r.Took.Seconds())
	}
}

func (a *app) printReportJSON(r loader.Report) error {
	type document struct {
		ID         string   `json:"id"`
		Path       string   `json:"path"`
		Title      string   `json:"title"`
		Known      bool     `json:"known"`
		Revision   bool     `json:"revision"`
		Retracted  string   `json:"retracted"`
		Segments   int      `json:"segments"`
		Claims     int      `json:"claims"`
		Statistics int      `json:"statistics"`
		Sources    int      `json:"sources"`
		Relations  int      `json:"relations"`
		Links      int      `json:"links"`
		Notes      []string `json:"notes"`
		Skipped    []string `json:"not_extracted"`
	}
	out := struct {
		Documents []document `json:"documents"`
		Problems  []string   `json:"problems"`
		Skipped   []string   `json:"skipped"`
		Added     int        `json:"added"`
		Seconds   float64    `json:"seconds"`
	}{Documents: []document{}, Problems: []string{}, Skipped: []string{}, Added: r.Added(), Seconds: r.Took.Seconds()}
	for _, d := range r.Documents {
		out.Documents = append(out.Documents, document{
			string(d.ID), d.Path, d.Title, d.Known, d.Revision, d.Retracted, d.Segments, d.Claims, d.Statistics, d.Sources, d.Relations, d.Links,
			append([]string{}, d.Notes...), append([]string{}, d.Skipped...),
		})
	}
	for _, p := range r.Problems {
		out.Problems = append(out.Problems, p.Error())
	}
	for _, s := range r.Skips {
		out.Skipped = append(out.Skipped, s.Error())
	}
	return jsonTo(a.stdout).Encode(out)
}
