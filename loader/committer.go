package loader

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"whence/graph"
	"whence/loader/match"
	"whence/loader/source"
)

// A side is one document as read and resolved.
type side struct {
	reading    graph.Reading
	resolution graph.Resolution
	capture    graph.Capture
	note       string // what was left out; "" for nothing
}

// A committer writes documents one after the other, and links each to what is held.
type committer struct {
	store     graph.Store
	o         Options
	authority *graph.Authority

	// placed guards what place reads while commits go on.
	placed sync.Mutex
	paths  map[string]graph.ID // the document last read from a path

	live map[graph.Label]graph.LabelInfo
	of   map[graph.ID]map[graph.Label]bool // the live readings and resolutions of a document
	// index holds every version, not only the newest, so that the links do not depend
	// on the order of loading.
	index *match.Index
	// described is what each live reading knows of its document, by reading.
	described map[graph.Label]described
	// retracted says why a document was taken out of what readers see.
	retracted map[graph.ID]string
}

// described is what one reading knows of its document, and by which extractor.
type described struct {
	document  graph.Document
	extractor string
}

// newCommitter reads what the store holds.
func newCommitter(ctx context.Context, store graph.Store, o Options) (*committer, error) {
	c := &committer{
		store: store, o: o, paths: map[string]graph.ID{}, live: map[graph.Label]graph.LabelInfo{}, of: map[graph.ID]map[graph.Label]bool{},
		index: match.NewIndex(), described: map[graph.Label]described{}, retracted: map[graph.ID]string{},
	}
	if o.Authority != nil {
		c.authority = &o.Authority.Authority
	}
	ledger, err := store.Ledger(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, commit := range ledger {
		for _, info := range commit.Added {
			c.add(info)
			delete(c.retracted, info.Document)
			if info.Layer == graph.LayerReading {
				c.paths[info.Capture.Path] = info.Document
			}
		}
		for _, label := range commit.Ended {
			if len(commit.Added) == 0 && len(commit.Erased) == 0 { // nothing took its place
				c.retracted[c.live[label].Document] = commit.Reason
			}
			c.end(label)
		}
	}
	return c, c.recall(ctx)
}

// recalled is the number of documents that are read at a time when a load begins.
const recalled = 64

// recall makes ready what the store holds, for the documents to come to be matched with.
func (c *committer) recall(ctx context.Context) error {
	var batch []graph.Label // pairs of resolution and reading
	read := func() error {
		content, err := c.store.Content(ctx, batch...)
		if err != nil {
			return err
		}
		ready := make([]*match.Prepared, len(content.Resolutions))
		var g errgroup.Group
		g.SetLimit(cmp.Or(max(c.o.Workers, 0), runtime.GOMAXPROCS(0)))
		for i := range ready {
			g.Go(func() error {
				ready[i] = match.Prepare(match.Side{Reading: &content.Readings[i].Reading, Resolution: &content.Resolutions[i]})
				return nil
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		for i, p := range ready {
			r := &content.Readings[i].Reading
			c.index.Add(p)
			c.described[r.Label] = described{r.Document, r.Extractor}
		}
		batch = batch[:0]
		return ctx.Err()
	}
	for _, label := range sortedLabels(c.live) {
		info := c.live[label]
		if info.Layer != graph.LayerResolution || c.live[info.Inputs[0]].Label == "" {
			continue
		}
		if batch = append(batch, label, info.Inputs[0]); len(batch) >= 2*recalled {
			if err := read(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return read()
}

// add notes that a label is live.
func (c *committer) add(info graph.LabelInfo) {
	c.live[info.Label] = info
	if info.Document == "" {
		return
	}
	if c.of[info.Document] == nil {
		c.of[info.Document] = map[graph.Label]bool{}
	}
	c.of[info.Document][info.Label] = true
}

// end notes that a label is live no longer.
func (c *committer) end(label graph.Label) {
	document := c.live[label].Document
	delete(c.live, label)
	delete(c.described, label)
	c.index.Remove(label)
	if delete(c.of[document], label); len(c.of[document]) == 0 {
		delete(c.of, document)
	}
}

// place gives a document that has no URI the identity of what was read from its path before:
// a changed file is a revision, not another document.
func (c *committer) place(item *source.Item) {
	c.placed.Lock()
	defer c.placed.Unlock()
	if item.Document.URL != "" {
		return
	}
	if id, ok := c.paths[item.Capture.Path]; ok && isTextID(id) {
		item.Document.ID = id
	}
}

func isTextID(id graph.ID) bool {
	const prefix = graph.Namespace + "text:"
	return len(id) > len(prefix) && id[:len(prefix)] == prefix
}

// commit writes one document whole, with its links.
func (c *committer) commit(ctx context.Context, s side) (Document, error) {
	r, res := &s.reading, &s.resolution
	doc := Document{ID: r.Document.ID, Path: s.capture.Path, Title: r.Document.Title}
	for _, seg := range r.Segments {
		if seg.Skipped != "" {
			doc.Skipped = append(doc.Skipped, seg.Skipped+": "+seg.Passage.Exact)
		}
	}
	change := graph.Change{
		Run: c.o.Run, By: c.o.By, Time: c.o.Now(), Authority: c.authority,
		Readings:    []graph.Captured{{Reading: *r, Capture: s.capture}},
		Resolutions: []graph.Resolution{*res},
	}
	_, known := c.live[r.Label]
	_, resolved := c.live[res.Label]
	doc.Known = known && resolved
	doc.Counts = Counts{Segments: len(r.Segments), Claims: len(r.Claims), Statistics: len(r.Statistics), Sources: len(r.Sources), Relations: len(r.Relations)}
	if doc.Known {
		return doc, nil
	}
	if why, ok := c.retracted[r.Document.ID]; ok && !c.o.Restore {
		doc.Known, doc.Retracted = true, cmp.Or(why, "no reason given")
		return doc, nil
	}
	if c.outdone(r, s.capture) {
		doc.Known = true
		doc.Notes = append(doc.Notes, "the same text is held with more known of it, or as retrieved later: that is kept")
		return doc, nil
	}
	change.Ends, doc.Revision = c.replaced(r, res)
	mine := match.Prepare(match.Side{Reading: r, Resolution: res})
	ended := map[graph.Label]bool{}
	for _, l := range change.Ends {
		ended[l] = true
	}
	left := 0
	add := func(link graph.Link, n int) {
		if left += n; len(link.Relations) > 0 {
			change.Links = append(change.Links, link)
			doc.Links += len(link.Relations)
		}
	}
	for _, other := range c.index.Near(mine) {
		if !ended[other.Label()] {
			add(mine.Match(other))
		}
	}
	add(mine.Inside())
	if left > 0 {
		doc.Notes = append(doc.Notes, fmt.Sprintf("the text repeats itself too often: %d matches of claims were left out", left))
	}
	commit, err := c.store.Commit(ctx, change)
	if err != nil {
		return doc, err
	}
	for _, info := range commit.Added {
		c.add(info)
	}
	for _, l := range commit.Ended {
		c.end(l)
	}
	c.index.Add(mine)
	c.described[r.Label] = described{r.Document, r.Extractor}
	delete(c.retracted, r.Document.ID)
	c.placed.Lock()
	c.paths[s.capture.Path] = r.Document.ID
	c.placed.Unlock()
	return doc, nil
}

// outdone reports whether a live reading of the same version keeps its place: it knows
// all that the new one knows of the document; or each knows something else, they
// come from different places, and it was retrieved later (or, where that does not
// tell, its label is the greater). So the outcome does not hang on the order of
// loading, and what is known is never replaced by less. A file that changed what
// it says of itself replaces what it said before.
func (c *committer) outdone(r *graph.Reading, at graph.Capture) bool {
	for _, label := range sortedLabels(c.of[r.Document.ID]) {
		held, info := c.described[label], c.live[label]
		if info.Layer != graph.LayerReading || info.Version != r.Version.ID || label == r.Label || held.extractor != r.Extractor {
			continue
		}
		switch {
		case knows(held.document, r.Document):
			return true
		case knows(r.Document, held.document), info.Capture.Path == at.Path:
		case !info.Capture.Retrieved.Equal(at.Retrieved):
			if info.Capture.Retrieved.After(at.Retrieved) {
				return true
			}
		case label > r.Label:
			return true
		}
	}
	return false
}

// knows reports whether a says all that b says of the document.
func knows(a, b graph.Document) bool {
	for _, f := range [][2]string{
		{a.URL, b.URL},
		{a.Title, b.Title},
		{a.Publisher, b.Publisher},
		{string(a.Kind), string(b.Kind)},
		{string(a.Published), string(b.Published)},
		{a.Language, b.Language},
	} {
		if f[1] != "" && f[0] != f[1] {
			return false
		}
	}
	return len(b.Authors) == 0 || slices.Equal(a.Authors, b.Authors)
}

// replaced returns the live labels that a reading and its resolution take the place of: other readings
// of the same version (a newer extractor, or more known of the document), and what was
// resolved from them or with another authority file. revision says that another text
// of the document is held.
func (c *committer) replaced(r *graph.Reading, res *graph.Resolution) (ends []graph.Label, revision bool) {
	for _, label := range sortedLabels(c.of[r.Document.ID]) {
		info := c.live[label]
		switch {
		case info.Version != r.Version.ID:
			revision = true
		case info.Layer == graph.LayerReading && label != r.Label, info.Layer == graph.LayerResolution && label != res.Label:
			ends = append(ends, label)
		}
	}
	return ends, revision
}

func sortedLabels[V any](m map[graph.Label]V) []graph.Label {
	out := make([]graph.Label, 0, len(m))
	for l := range m {
		out = append(out, l)
	}
	slices.Sort(out)
	return out
}
