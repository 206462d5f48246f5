package main

import (
	"errors"
	"fmt"
	"os/user"
	"path/filepath"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
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
	MaxBytes  int64  `help:"Refuse documents larger than this many bytes: files, records of JSONL, members of an archive." default:"67108864" placeholder:"BYTES"`
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
	Paths []string `arg:"" name:"path" help:"Files and folders: plain text, Markdown, HTML, JSONL, each also as .gz, and all of these in a .tar, .tar.gz or .tgz." type:"path"`
	sourceFlags
	authorityFlag
	Workers int  `help:"Documents to read at the same time; 0 is the number of processors." default:"0"`
	Restore bool `help:"Bring back documents that were retracted."`
	DryRun  bool `help:"Read and report what would be added, but write nothing." xor:"then"`
	Watch   bool `help:"Then go on loading what appears or changes there, until Ctrl-C. A file that goes away is not retracted." xor:"then"`
}

// Run loads.
func (c *loadCmd) Run(a *app) error {
	store, err := c.open(a)
	if err != nil {
		return err
	}
	defer store.Close()
	stop := a.attend(store)
	defer stop()
	l, err := a.loader(store, c.sourceFlags, c.authorityFlag, loader.Options{Workers: c.Workers, Restore: c.Restore, DryRun: c.DryRun})
	if err != nil {
		return err
	}
	if c.Watch {
		err := a.watch(l, c.Paths)
		stop()
		return errors.Join(err, store.Close())
	}
	report, err := a.load(func() (loader.Report, error) { return l.Load(a.ctx, c.Paths) })
	if err != nil {
		return err
	}
	if err := a.printed(report); err != nil {
		return err
	}
	stop()
	if err := store.Close(); err != nil {
		return err
	}
	return reportError(report)
}

// open opens the store. A dry run makes none: what it would load into is empty then.
func (c *loadCmd) open(a *app) (graph.Store, error) {
	if !c.DryRun {
		return a.open(true)
	}
	store, err := a.openCopy()
	if errors.Is(err, graph.ErrNotFound) {
		return cayleystore.Memory(), nil
	}
	return store, err
}

// loader returns what loads into a store as the flags say.
func (a *app) loader(store graph.Store, f sourceFlags, auth authorityFlag, o loader.Options) (*loader.Loader, error) {
	var err error
	if o.Source, err = f.options(); err != nil {
		return nil, err
	}
	if o.Authority, err = auth.load(); err != nil {
		return nil, err
	}
	if folder, err := filepath.EvalSymlinks(a.store); err == nil { // it may lie in a folder that is loaded
		if folder, err = filepath.Abs(folder); err == nil {
			o.Source.Except = []string{folder}
		}
	}
	if u, err := user.Current(); err == nil {
		o.By = u.Username
	}
	if isTerminal(a.stderr) {
		a.meter = newMeter(a.stderr, time.Now)
		o.Progress = a.meter.show
	}
	return loader.New(store, o), nil
}

// load loads, and tells of what was done before it had to end.
func (a *app) load(load func() (loader.Report, error)) (loader.Report, error) {
	report, err := load()
	if a.meter != nil {
		a.meter.clear()
	}
	if err != nil && report.Added() > 0 {
		fmt.Fprintf(a.stderr, "%s added before the load ended; the same command goes on from there\n", plural(report.Added(), "document"))
	}
	return report, err
}

// printed prints a report in the form that was asked for.
func (a *app) printed(r loader.Report) error {
	if a.json {
		return a.printReportJSON(r)
	}
	a.printReport(r)
	return nil
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

// printReport tells what a load did: problems and notes on stderr, the sum on stdout. A load that goes on
// passes over thousands of documents, which are only counted.
func (a *app) printReport(r loader.Report) {
	a.printDocuments(r, false)
	a.printSum(r)
}

// printDocuments tells what became of files and documents, also of those that were held if known is set.
func (a *app) printDocuments(r loader.Report, known bool) {
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
		case d.Known && !known:
			continue
		case d.Known:
			state = "known"
		case d.Reread:
			state = "reread"
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
}

// printSum tells what a load came to.
func (a *app) printSum(r loader.Report) {
	added, all := "added", "nothing was added"
	if r.DryRun {
		added, all = "would be added", "nothing would be added"
	}
	out := ""
	if n := r.Retracted(); n > 0 {
		out = fmt.Sprintf(", %d left out as retracted", n)
	}
	switch {
	case len(r.Documents) == 0:
		fmt.Fprint(a.stdout, "no documents")
	case r.Known() == len(r.Documents):
		fmt.Fprintf(a.stdout, "%s, all held already: %s", plural(r.Known(), "document"), all)
	case r.Added() == 0:
		fmt.Fprintf(a.stdout, "%s, %d held already%s: %s", plural(len(r.Documents), "document"), r.Known(), out, all)
	default:
		fmt.Fprintf(a.stdout, "%s %s, %d held already%s: %d claims, %d figures, %d sources, %d relations, %d links",
			plural(r.Added(), "document"), added, r.Known(), out, r.Total.Claims, r.Total.Statistics, r.Total.Sources, r.Total.Relations, r.Total.Links)
	}
	if len(r.Problems) > 0 {
		fmt.Fprintf(a.stdout, "; %d failed", len(r.Problems))
	}
	fmt.Fprintf(a.stdout, ". %.2f s", r.Took.Seconds())
	if n := len(r.Documents); n > 0 && r.Took > 0 {
		fmt.Fprintf(a.stdout, ", %.0f documents/s", float64(n)/r.Took.Seconds())
	}
	if r.DryRun {
		fmt.Fprint(a.stdout, ". Nothing was written")
	}
	fmt.Fprintln(a.stdout)
}

func (a *app) printReportJSON(r loader.Report) error {
	type document struct {
		ID         string   `json:"id"`
		Path       string   `json:"path"`
		Title      string   `json:"title"`
		Known      bool     `json:"known"`
		Revision   bool     `json:"revision"`
		Reread     bool     `json:"reread"`
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
		Known     int        `json:"known"`
		Retracted int        `json:"retracted"`
		DryRun    bool       `json:"dry_run"`
		Seconds   float64    `json:"seconds"`
	}{Documents: []document{}, Problems: []string{}, Skipped: []string{}, Added: r.Added(), Known: r.Known(), Retracted: r.Retracted(), DryRun: r.DryRun, Seconds: r.Took.Seconds()}
	for _, d := range r.Documents {
		out.Documents = append(out.Documents, document{
			string(d.ID), d.Path, d.Title, d.Known, d.Revision, d.Reread, d.Retracted, d.Segments, d.Claims, d.Statistics, d.Sources, d.Relations, d.Links,
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
