package loader

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"whence/graph"
	"whence/loader/match"
	"whence/loader/resolve"
	"whence/loader/source"
)

// A side is one document as read and resolved.
type side struct {
	reading    graph.Reading
	resolution graph.Resolution
	note       string // what was left out; "" for nothing
}

// A committer writes documents one after the other, and links each to what is held.
type committer struct {
	store     graph.Store
	o         Options
	run       string
	authority *graph.Authority

	// mu guards what workers read while commits go on: all of the following but the index.
	mu    sync.RWMutex
	last  int64                             // the number of the last commit that was followed
	paths map[string]graph.ID               // the document without a URI that is read from a path
	live  map[graph.Label]graph.LabelInfo   // readings and resolutions
	of    map[graph.ID]map[graph.Label]bool // the live readings and resolutions of a document
	// described is what live readings know of their documents, of those that were asked for.
	described map[graph.Label]described
	// retracted says why a document was taken out of what readers see.
	retracted map[graph.ID]string
	erased    map[string][]graph.ID // whose texts are gone for good, by hash

	// index holds every version, not only the newest, so that the links do not depend
	// on the order of loading; but for those in unread, which nothing has been matched with yet.
	index  *match.Index
	sides  *sides
	unread map[graph.Label]bool // live resolutions
}

// described is what one reading knows of its document, and by which extractor.
type described struct {
	document  graph.Document
	extractor string
}

func newCommitter(store graph.Store, o Options) *committer {
	c := &committer{
		store: store, o: o, paths: map[string]graph.ID{}, live: map[graph.Label]graph.LabelInfo{}, of: map[graph.ID]map[graph.Label]bool{},
		described: map[graph.Label]described{}, retracted: map[graph.ID]string{}, erased: map[string][]graph.ID{},
		index: match.NewIndex(), sides: newSides(store, o), unread: map[graph.Label]bool{},
	}
	if o.Authority != nil {
		c.authority = &o.Authority.Authority
	}
	return c
}

// follow reads what the store has recorded since it was last looked at.
func (c *committer) follow(ctx context.Context) error {
	newest, err := c.store.Last(ctx)
	if err != nil || newest.Number == c.last {
		return err
	}
	ledger, err := c.store.Ledger(ctx, c.last)
	if err != nil {
		return err
	}
	for _, commit := range ledger {
		if commit.Number > c.last {
			c.record(commit)
		}
	}
	return nil
}

// record notes what a commit changed.
func (c *committer) record(commit graph.Commit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, info := range commit.Added {
		c.add(info)
		delete(c.retracted, info.Document)
		if info.Layer == graph.LayerReading && isTextID(info.Document) {
			c.paths[info.Capture.Path] = info.Document
		}
	}
	for _, label := range commit.Ended {
		if len(commit.Added) == 0 && len(commit.Erased) == 0 { // nothing took its place
			c.retracted[c.live[label].Document] = commit.Reason
		}
		c.end(label)
	}
	for _, t := range commit.Erased {
		for _, label := range sortedLabels(c.of[t.Document]) {
			c.end(label)
		}
		c.erased[t.TextHash] = append(c.erased[t.TextHash], t.Document)
	}
	c.last = max(c.last, commit.Number)
}

// recalled is the number of documents that are read at a time for what is to be matched with them.
const recalled = 64

// each calls f with the sides of resolutions that are live, in order.
func (c *committer) each(ctx context.Context, resolutions []graph.Label, f func(*match.Prepared)) error {
	for batch := range slices.Chunk(resolutions, recalled) {
		readings := make([]graph.Label, len(batch))
		for i, label := range batch {
			readings[i] = c.live[label].Inputs[0]
		}
		ready, err := c.sides.get(ctx, batch, readings)
		if err != nil {
			return c.moved(ctx, err)
		}
		for _, p := range ready {
			f(p)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// recall indexes what the store holds, for a document that is to be matched with it. A load that
// adds nothing has no need of it.
func (c *committer) recall(ctx context.Context) error {
	unread := slices.DeleteFunc(sortedLabels(c.unread), func(l graph.Label) bool { return c.live[c.live[l].Inputs[0]].Label == "" })
	return c.each(ctx, unread, func(p *match.Prepared) {
		c.index.Add(p)
		delete(c.unread, p.Label())
	})
}

// add notes that a label is live, if it is one of a document.
func (c *committer) add(info graph.LabelInfo) {
	if info.Document == "" {
		return
	}
	c.live[info.Label] = info
	if c.of[info.Document] == nil {
		c.of[info.Document] = map[graph.Label]bool{}
	}
	c.of[info.Document][info.Label] = true
	if info.Layer == graph.LayerResolution {
		c.unread[info.Label] = true
	}
}

// end notes that a label is live no longer.
func (c *committer) end(label graph.Label) {
	document := c.live[label].Document
	delete(c.live, label)
	delete(c.described, label)
	delete(c.unread, label)
	c.index.Remove(label)
	c.sides.drop(label)
	if delete(c.of[document], label); len(c.of[document]) == 0 {
		delete(c.of, document)
	}
}

// place gives a document that has no URI the identity of what was read from its path before:
// a changed file is a revision, not another document. It is called in the order of the walk, so
// that it does not hang on how far the commits are.
func (c *committer) place(item *source.Item) {
	if item.Document.URL != "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if id, ok := c.paths[item.Capture.Path]; ok {
		item.Document.ID = id
		return
	}
	c.paths[item.Capture.Path] = item.Document.ID
}

func isTextID(id graph.ID) bool {
	const prefix = graph.Namespace + "text:"
	return len(id) > len(prefix) && id[:len(prefix)] == prefix
}

// A state is what a committer thinks of a document.
type state int

const (
	wanted    state = iota // it brings something
	known                  // what it would bring is held
	retracted              // it was taken out, and is to stay out
	erased                 // this text of it was removed for good
	outdone                // the same text is held with more known of it, or as retrieved later
)

// A verdict is a state, with the reason of a retraction.
type verdict struct {
	state  state
	reason string
}

// judge tells, before a document is extracted, whether there is any use in it. Workers ask ahead of the
// committer, which asks again.
func (c *committer) judge(ctx context.Context, r *read) (verdict, error) {
	header := r.draft.Header()
	authority := graph.Label("")
	if c.authority != nil {
		authority = c.authority.Label
	}
	c.mu.RLock()
	_, read := c.live[header.Label]
	_, resolved := c.live[graph.NewResolutionLabel(header.Label, authority, resolve.Resolver)]
	why, out := c.retracted[header.Document.ID]
	gone := slices.Contains(c.erased[header.Version.TextHash], header.Document.ID)
	c.mu.RUnlock()
	switch {
	case read && resolved:
		return verdict{state: known}, nil
	case out && !c.o.Restore:
		return verdict{retracted, cmp.Or(why, "no reason given")}, nil
	case gone:
		return verdict{state: erased}, nil
	}
	better, err := c.outdone(ctx, &header, r.item.Capture)
	if better {
		return verdict{state: outdone}, err
	}
	return verdict{}, err
}

// commit writes one document whole, with its links. It fails with [graph.ErrStale] when somebody else has
// written meanwhile.
func (c *committer) commit(ctx context.Context, s *side, at graph.Capture, doc *Document) error {
	r, res := &s.reading, &s.resolution
	for _, seg := range r.Segments {
		if seg.Skipped != "" {
			doc.Skipped = append(doc.Skipped, strings.Clone(seg.Skipped+": "+seg.Passage.Exact))
		}
	}
	doc.Counts = Counts{Segments: len(r.Segments), Claims: len(r.Claims), Statistics: len(r.Statistics), Sources: len(r.Sources), Relations: len(r.Relations)}
	if err := c.recall(ctx); err != nil {
		return err
	}
	change := graph.Change{
		Run: c.run, By: c.o.By, Time: c.o.Now(), After: c.last, Authority: c.authority,
		Readings:    []graph.Captured{{Reading: *r, Capture: at}},
		Resolutions: []graph.Resolution{*res},
	}
	var revision bool
	change.Ends, revision = c.replaced(r, res)
	doc.Reread = len(change.Ends) > 0
	doc.Revision = revision && !doc.Reread
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
	near := slices.DeleteFunc(c.index.Near(mine), func(l graph.Label) bool { return ended[l] })
	if err := c.each(ctx, near, func(other *match.Prepared) { add(mine.Match(other)) }); err != nil {
		return err
	}
	add(mine.Inside())
	if left > 0 {
		doc.Notes = append(doc.Notes, fmt.Sprintf("the text repeats itself too often: %d matches of claims were left out", left))
	}
	commit, err := c.write(ctx, change)
	if err != nil {
		return err
	}
	alone := commit.Number == c.last+1 || c.o.DryRun
	if alone {
		c.record(commit)
	} else if err := c.follow(ctx); err != nil {
		return err
	}
	c.index.Add(mine)
	c.sides.put(mine)
	delete(c.unread, res.Label)
	for !alone {
		switch err := c.link(ctx, mine, doc); {
		case err == nil:
			return nil
		case !errors.Is(err, graph.ErrStale):
			return err
		}
		if err := c.follow(ctx); err != nil {
			return err
		}
	}
	return nil
}

// link links a document that is held to those that came into the store just before it: into one that was empty two loaders
// may commit at once, since a change that takes nothing into account is never stale.
func (c *committer) link(ctx context.Context, mine *match.Prepared, doc *Document) error {
	if err := c.recall(ctx); err != nil {
		return err
	}
	change := graph.Change{Run: c.run, By: c.o.By, Time: c.o.Now(), After: c.last}
	err := c.each(ctx, c.index.Near(mine), func(other *match.Prepared) {
		if link, _ := mine.Match(other); len(link.Relations) > 0 {
			change.Links = append(change.Links, link)
		}
	})
	if err != nil || len(change.Links) == 0 {
		return err
	}
	commit, err := c.store.Commit(ctx, change)
	if err != nil {
		return err
	}
	c.record(commit)
	for _, l := range change.Links {
		doc.Links += len(l.Relations)
	}
	return nil
}

// write commits a change, or of a dry run tells what would come of it.
func (c *committer) write(ctx context.Context, change graph.Change) (graph.Commit, error) {
	if !c.o.DryRun {
		return c.store.Commit(ctx, change)
	}
	r, res := &change.Readings[0], &change.Resolutions[0]
	c.mu.Lock()
	c.described[r.Label] = described{apart(r.Document), r.Extractor}
	c.mu.Unlock()
	return graph.Commit{Number: c.last, Ended: change.Ends, Added: []graph.LabelInfo{
		{Label: r.Label, Layer: graph.LayerReading, Document: r.Document.ID, Version: r.Version.ID, Build: r.Extractor, Capture: r.Capture},
		{Label: res.Label, Layer: graph.LayerResolution, Document: res.Document, Version: res.Version, Inputs: []graph.Label{res.Reading, res.Authority}},
	}}, nil
}

// apart returns a document that keeps nothing alive of the text it was read from.
func apart(d graph.Document) graph.Document {
	for _, s := range []*string{&d.URL, &d.Title, &d.Publisher, &d.Language, (*string)(&d.Published)} {
		*s = strings.Clone(*s)
	}
	d.Authors = slices.Clone(d.Authors)
	for i := range d.Authors {
		d.Authors[i] = strings.Clone(d.Authors[i])
	}
	return d
}

// outdone reports whether a live reading of the same version keeps its place: it knows
// all that the new one knows of the document; or each knows something else, they
// come from different places, and it was retrieved later (or, where that does not
// tell, its label is the greater). So the outcome does not hang on the order of
// loading, and what is known is never replaced by less. A file that changed what
// it says of itself replaces what it said before.
func (c *committer) outdone(ctx context.Context, r *graph.Reading, at graph.Capture) (bool, error) {
	c.mu.RLock()
	var rivals []graph.LabelInfo
	for _, label := range sortedLabels(c.of[r.Document.ID]) {
		if info := c.live[label]; info.Layer == graph.LayerReading && info.Version == r.Version.ID && label != r.Label {
			rivals = append(rivals, info)
		}
	}
	c.mu.RUnlock()
	for _, info := range rivals {
		held, err := c.describe(ctx, info.Label)
		if err != nil {
			return false, err
		}
		switch {
		case held.extractor != r.Extractor:
		case knows(held.document, r.Document):
			return true, nil
		case knows(r.Document, held.document), info.Capture.Path == at.Path:
		case !info.Capture.Retrieved.Equal(at.Retrieved):
			if info.Capture.Retrieved.After(at.Retrieved) {
				return true, nil
			}
		case info.Label > r.Label:
			return true, nil
		}
	}
	return false, nil
}

// describe returns what a reading that is held knows of its document.
func (c *committer) describe(ctx context.Context, reading graph.Label) (described, error) {
	c.mu.RLock()
	d, ok := c.described[reading]
	c.mu.RUnlock()
	if ok {
		return d, nil
	}
	content, err := c.store.Content(ctx, reading)
	if err != nil {
		return described{}, err
	}
	r := &content.Readings[0].Reading
	d = described{r.Document, r.Extractor}
	c.mu.Lock()
	if _, live := c.live[reading]; live {
		c.described[reading] = d
	}
	c.mu.Unlock()
	return d, nil
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
