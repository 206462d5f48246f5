package loader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"whence/graph"
	"whence/loader/extract"
	"whence/loader/extract/name"
	"whence/loader/resolve"
	"whence/loader/source"
)

// An Extractor finds what a text says.
type Extractor struct {
	Build string // names it in labels
	Read  func(source.Item) (graph.Reading, []name.Name)
}

// RereadOptions say how to reread. The zero options read what another build read, with as many workers as processors.
type RereadOptions struct {
	Extractor Extractor          // the zero Extractor is [extract.Read]
	Authority *resolve.Authority // as for [Load]: what was resolved with another is resolved anew
	All       bool               // also what this build has read
	DryRun    bool               // commit nothing
	Workers   int                // 0 is the number of processors
	By        string             // for the ledger
	Now       func() time.Time   // nil is time.Now
	// Each is called with every document in turn, as soon as it is committed, from one goroutine.
	Each func(Reread)
}

// A Reread is what became of one text that was held.
type Reread struct {
	ID    graph.ID
	Title string
	Path  string
	// From and To are the builds of extractors.
	From, To string
	// Left is why the text was left as it is; "" when it was read.
	Left string
	// Authority says that it was resolved with another authority file before.
	Authority bool
	Difference
}

// RereadReport tells what a rereading did.
type RereadReport struct {
	Read    int // texts
	Changed int // those of them whose claims, figures or speakers differ
	Left    int // that could not be read
	Known   int // that this build had read already
	Took    time.Duration
}

// rereading is one text on its way.
type rereading struct {
	info, resolution graph.LabelInfo
	ready            chan struct{} // closed when the rest is filled in
	out              Reread
	side             *side
	err              error
}

// RereadAll reads what a store holds as a later build of extractor and resolver does: the canonical text
// and what is known of the document, not the file. What the earlier reading found in the text about the document itself (an
// author, a date) counts as known. What it replaces ends in the ledger; decisions are held by the words they are about and
// stay. Documents that were retracted or erased are not read.
//
// The structure that markup declares is not in a store, so a text that came from Markdown or HTML is read only if its file is
// still where it was loaded from, byte for byte; else it is left, and Left says so.
//
// What is done is committed, so that a rereading that was broken off goes on where it ended.
func RereadAll(ctx context.Context, store graph.Store, o RereadOptions) (RereadReport, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Extractor.Read == nil {
		o.Extractor = Extractor{extract.Build, extract.Read}
	}
	began := o.Now()
	c := newCommitter(store, Options{Authority: o.Authority, Workers: o.Workers, By: o.By, Now: o.Now, DryRun: o.DryRun})
	c.run = began.UTC().Format(time.RFC3339Nano)
	if err := c.follow(ctx); err != nil {
		return RereadReport{}, err
	}
	report := RereadReport{}
	todo := c.toReread(o, &report)
	queue := make(chan *rereading, 4*o.Workers)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(queue)
		pool, ctx := errgroup.WithContext(ctx)
		pool.SetLimit(o.Workers)
		for _, r := range todo {
			select {
			case queue <- r:
			case <-ctx.Done():
				return errors.Join(ctx.Err(), pool.Wait())
			}
			pool.Go(func() error {
				defer close(r.ready)
				r.err = r.read(ctx, store, o)
				return nil
			})
		}
		return pool.Wait()
	})
	g.Go(func() error {
		for r := range queue {
			select {
			case <-r.ready:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := c.reread(ctx, r, &report); err != nil {
				return fmt.Errorf("%s: %w", r.info.Document.Short(), err)
			}
			if o.Each != nil {
				o.Each(r.out)
			}
			*r = rereading{} // todo holds it to the end
		}
		return nil
	})
	err := g.Wait()
	report.Took = o.Now().Sub(began)
	return report, err
}

// toReread returns the live readings that another build made or resolved, in order of commit.
func (c *committer) toReread(o RereadOptions, report *RereadReport) []*rereading {
	authority := graph.Label("")
	if c.authority != nil {
		authority = c.authority.Label
	}
	resolutions := map[graph.Label]graph.LabelInfo{}
	for _, info := range c.live {
		if info.Layer == graph.LayerResolution {
			resolutions[info.Inputs[0]] = info
		}
	}
	var todo []*rereading
	for label, info := range c.live {
		if info.Layer != graph.LayerReading {
			continue
		}
		_, resolved := c.live[graph.NewResolutionLabel(label, authority, resolve.Resolver)]
		if info.Build == o.Extractor.Build && resolved && !o.All {
			report.Known++
			continue
		}
		held := resolutions[label]
		todo = append(todo, &rereading{info: info, resolution: held, ready: make(chan struct{}), out: Reread{
			ID: info.Document, Path: info.Capture.Path, From: info.Build, To: o.Extractor.Build,
			Authority: len(held.Inputs) > 1 && held.Inputs[1] != authority,
		}})
	}
	slices.SortFunc(todo, func(a, b *rereading) int {
		return cmp.Or(cmp.Compare(a.info.Commit, b.info.Commit), cmp.Compare(a.info.Label, b.info.Label))
	})
	return todo
}

// read does the work on one text that needs nobody else's.
func (r *rereading) read(ctx context.Context, store graph.Store, o RereadOptions) error {
	labels := []graph.Label{r.info.Label}
	if r.resolution.Label != "" {
		labels = append(labels, r.resolution.Label)
	}
	held, err := store.Content(ctx, labels...)
	if errors.Is(err, graph.ErrNotFound) || errors.Is(err, graph.ErrSuppressed) {
		r.out.Left = "it was erased meanwhile"
		return nil
	} else if err != nil {
		return err
	}
	was := side{reading: held.Readings[0].Reading}
	if len(held.Resolutions) > 0 {
		was.resolution = held.Resolutions[0]
	}
	r.out.Title = was.reading.Document.Title
	item, why := rebuilt(&was.reading, r.info.Capture)
	if why != "" {
		r.out.Left = why
		return nil
	}
	if err := guard(r.info.Capture.Path, func() {
		reading, names := o.Extractor.Read(item)
		note := bound(&reading, mostOfEach)
		r.side = &side{reading: reading, resolution: resolve.Resolve(&reading, names, o.Authority), note: note}
	}); err != nil {
		r.out.Left = err.Error()
		return nil //nolint:nilerr // it is told, and the rest goes on
	}
	if r.side.reading.Version.ID != was.reading.Version.ID { // a reading is of the version it was given
		return fmt.Errorf("extractor %s reads another text than it was given: %w", o.Extractor.Build, graph.ErrConflict)
	}
	r.out.Difference = differ(&was, r.side)
	return nil
}

// rebuilt returns the item that a reading was made of, or why it cannot be had again.
func rebuilt(r *graph.Reading, at graph.Capture) (item source.Item, why string) {
	item = source.Item{Document: r.Document, Text: r.Text, BytesHash: r.Version.BytesHash, MediaType: r.Version.MediaType, Capture: at}
	switch r.Version.MediaType {
	case "text/plain", "application/json": // which have no marks
		return item, ""
	}
	const again = "; load it again from where it was published"
	info, err := os.Stat(at.Path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > source.DefaultMaxBytes {
		return item, "its markup is not held, and there is no file " + at.Path + again
	}
	b, err := os.ReadFile(at.Path)
	if err != nil {
		return item, "its markup is not held, and its file cannot be read: " + err.Error()
	}
	formats := map[string]string{"text/markdown": "markdown", "text/html": "html"}
	items, err := source.Read(at.Path, b, source.Options{Format: formats[r.Version.MediaType]})
	for _, i := range items {
		if i.BytesHash == item.BytesHash && i.Text == item.Text {
			item.Marks = i.Marks
			return item, ""
		}
	}
	if err != nil {
		return item, "its markup is not held, and its file is another now: " + err.Error()
	}
	return item, "its markup is not held, and " + at.Path + " has changed since" + again
}

// reread commits one text that was read anew, unless nothing comes of it.
func (c *committer) reread(ctx context.Context, r *rereading, report *RereadReport) error {
	if r.err != nil {
		return r.err
	}
	for r.out.Left == "" {
		if _, live := c.live[r.info.Label]; !live {
			r.out.Left = "it was replaced or taken out meanwhile"
			break
		}
		_, read := c.live[r.side.reading.Label]
		_, resolved := c.live[r.side.resolution.Label]
		if read && resolved {
			break
		}
		if c.o.DryRun {
			break
		}
		err := c.commit(ctx, r.side, r.info.Capture, &Document{})
		if err == nil {
			break
		}
		if !errors.Is(err, graph.ErrStale) {
			return err
		}
		if err := c.follow(ctx); err != nil {
			return err
		}
	}
	switch {
	case r.out.Left != "":
		report.Left++
		r.out.Difference = Difference{}
		return nil
	case !r.out.Same():
		report.Changed++
	}
	report.Read++
	return nil
}

// A Difference is what one reading says and another does not, by the words.
type Difference struct {
	Claims, Figures, Speakers Differences
}

// Differences of one sort.
type Differences struct {
	Added, Dropped []string  // in the order of the text
	Changed        []Altered // likewise
}

// An Altered thing is in both readings, and something is said of it that was not.
type Altered struct {
	Words  string // of the claim or figure, as they are now
	Before string
	After  string
}

// Same reports whether nothing differs.
func (d *Difference) Same() bool {
	for _, s := range []*Differences{&d.Claims, &d.Figures, &d.Speakers} {
		if len(s.Added)+len(s.Dropped)+len(s.Changed) > 0 {
			return false
		}
	}
	return true
}

// A told thing is what a reading says at one place of the text.
type told struct {
	spans []graph.Span
	words string
	says  string // of it, beside the words
	who   string // says it; of claims
}

func (t told) place() string { return fmt.Sprint(t.spans) }

// differ compares two readings of one text.
func differ(was, is *side) Difference {
	before, after := claimsOf(was), claimsOf(is)
	var d Difference
	pairs := d.Claims.compare(before, after)
	for _, p := range pairs {
		if p[0].who != p[1].who {
			d.Speakers.Changed = append(d.Speakers.Changed, Altered{p[1].words, p[0].who, p[1].who})
		}
	}
	d.Speakers.Dropped, d.Speakers.Added = missing(speakers(before), speakers(after)), missing(speakers(after), speakers(before))
	d.Figures.compare(figuresOf(was), figuresOf(is))
	return d
}

// compare pairs what stands at the same place, then what shares most of its words, and notes what is left and what
// differs in a pair. It returns the pairs.
func (d *Differences) compare(before, after []told) (pairs [][2]told) {
	partner := make([]int, len(after)) // of after, in before; -1 for none
	taken := make([]bool, len(before))
	at := map[string][]int{} // before, by place
	for i, t := range before {
		at[t.place()] = append(at[t.place()], i)
	}
	for j, t := range after {
		partner[j] = -1
		if same := at[t.place()]; len(same) > 0 {
			partner[j], at[t.place()] = same[0], same[1:]
			taken[same[0]] = true
		}
	}
	for j, t := range after {
		if partner[j] >= 0 {
			continue
		}
		best := 0
		for i := range before {
			if taken[i] {
				continue
			}
			if n := shared(before[i].spans, t.spans); n > best {
				partner[j], best = i, n
			}
		}
		if partner[j] >= 0 {
			taken[partner[j]] = true
		}
	}
	for j, t := range after {
		if partner[j] < 0 {
			d.Added = append(d.Added, t.words)
			continue
		}
		p := before[partner[j]]
		pairs = append(pairs, [2]told{p, t})
		switch {
		case p.words != t.words:
			d.Changed = append(d.Changed, Altered{t.words, p.words, t.words})
		case p.says != t.says:
			d.Changed = append(d.Changed, Altered{t.words, p.says, t.says})
		}
	}
	for i, t := range before {
		if !taken[i] {
			d.Dropped = append(d.Dropped, t.words)
		}
	}
	return pairs
}

// shared is how many bytes two lists of spans have in common.
func shared(a, b []graph.Span) (n int) {
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	return n
}

// claimsOf tells the claims of a reading in the order of the text.
func claimsOf(s *side) []told {
	names := map[graph.ID]string{}
	for _, a := range s.resolution.Agents {
		names[a.ID] = a.Name
	}
	who := map[graph.ID]string{}
	for _, r := range s.resolution.Resolved {
		if r.Predicate == graph.AssertedBy && r.Agent != "" {
			who[r.Subject] = cmp.Or(names[r.Agent], r.Agent.Short())
		}
	}
	out := make([]told, 0, len(s.reading.Claims))
	for i := range s.reading.Claims {
		c := &s.reading.Claims[i]
		says := []string{string(c.Mode), string(c.Polarity)}
		if c.SaidOn != "" {
			says = append(says, "said on "+string(c.SaidOn))
		}
		if len(c.Hedges) > 0 {
			says = append(says, "hedged by “"+graph.ExactOf(c.Hedges)+"”")
		}
		out = append(out, told{spansOf(c.Content...), c.Words(), strings.Join(says, ", "), who[c.ID]})
	}
	return inOrder(out)
}

// figuresOf tells the figures of a reading in the order of the text.
func figuresOf(s *side) []told {
	out := make([]told, 0, len(s.reading.Statistics))
	for i := range s.reading.Statistics {
		f := &s.reading.Statistics[i]
		var says []string
		for _, n := range []*float64{f.Value, f.Min, f.Max} {
			if n != nil {
				says = append(says, fmt.Sprint(*n))
			}
		}
		for _, w := range []struct{ name, words string }{
			{"", string(f.Bound)}, {"", f.Unit}, {"of ", f.Measure}, {"among ", f.Population}, {"in ", f.Place}, {"over ", string(f.Period)}, {"credited to ", f.Credit},
		} {
			if w.words != "" {
				says = append(says, w.name+w.words)
			}
		}
		out = append(out, told{spans: spansOf(f.Figure), words: f.Figure.Exact, says: strings.Join(says, ", ")})
	}
	return inOrder(out)
}

func spansOf(passages ...graph.Passage) []graph.Span {
	out := make([]graph.Span, len(passages))
	for i, p := range passages {
		out[i] = p.Span
	}
	return out
}

func inOrder(list []told) []told {
	slices.SortStableFunc(list, func(a, b told) int { return cmp.Compare(a.spans[0].Start, b.spans[0].Start) })
	return list
}

// speakers returns who says something, each once, in order.
func speakers(claims []told) []string {
	var out []string
	for _, c := range claims {
		if c.who != "" && !slices.Contains(out, c.who) {
			out = append(out, c.who)
		}
	}
	return out
}

// missing returns what is in a and not in b.
func missing(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
