package loader

import (
	"context"
	"slices"
	"sync"

	"whence/graph"
	"whence/loader/match"
	"whence/loader/source"
)

// A side is one document as read and resolved.
type side struct {
	reading    graph.Reading
	resolution graph.Resolution
	capture    graph.Capture
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
	// held is by resolution. It keeps every version, not only the newest, so that
	// the links do not depend on the order of loading.
	held map[graph.Label]*match.Prepared
	docs map[graph.Label]graph.ID // by resolution
}

// newCommitter reads what the store holds.
func newCommitter(ctx context.Context, store graph.Store, o Options) (*committer, error) {
	c := &committer{
		store: store, o: o, paths: map[string]graph.ID{}, live: map[graph.Label]graph.LabelInfo{},
		held: map[graph.Label]*match.Prepared{}, docs: map[graph.Label]graph.ID{},
	}
	if o.Authority != nil {
		c.authority = &o.Authority.Authority
	}
	ledger, err := store.Ledger(ctx)
	if err != nil {
		return nil, err
	}
	for _, commit := range ledger {
		for _, info := range commit.Added {
			c.live[info.Label] = info
			if info.Layer == graph.LayerReading {
				c.paths[info.Capture.Path] = info.Document
			}
		}
		for _, label := range commit.Ended {
			delete(c.live, label)
		}
	}
	for _, label := range sortedLabels(c.live) {
		info := c.live[label]
		if info.Layer != graph.LayerResolution || c.live[info.Inputs[0]].Label == "" {
			continue
		}
		content, err := store.Content(ctx, label, info.Inputs[0])
		if err != nil {
			return nil, err
		}
		c.remember(&content.Readings[0].Reading, &content.Resolutions[0])
	}
	return c, nil
}

func (c *committer) remember(r *graph.Reading, res *graph.Resolution) {
	c.held[res.Label] = match.Prepare(match.Side{Reading: r, Resolution: res})
	c.docs[res.Label] = r.Document.ID
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
	change.Ends, doc.Revision = c.replaced(r, res)
	mine := match.Prepare(match.Side{Reading: r, Resolution: res})
	ended := map[graph.Label]bool{}
	for _, l := range change.Ends {
		ended[l] = true
	}
	for _, other := range sortedLabels(c.held) {
		if ended[other] || c.docs[other] == r.Document.ID {
			continue
		}
		if link, ok := mine.Match(c.held[other]); ok {
			change.Links = append(change.Links, link)
			doc.Links += len(link.Relations)
		}
	}
	if link, ok := mine.Inside(); ok {
		change.Links = append(change.Links, link)
		doc.Links += len(link.Relations)
	}
	commit, err := c.store.Commit(ctx, change)
	if err != nil {
		return doc, err
	}
	for _, info := range commit.Added {
		c.live[info.Label] = info
	}
	for _, l := range commit.Ended {
		delete(c.live, l)
		delete(c.held, l)
		delete(c.docs, l)
	}
	c.held[res.Label], c.docs[res.Label] = mine, r.Document.ID
	c.placed.Lock()
	c.paths[s.capture.Path] = r.Document.ID
	c.placed.Unlock()
	return doc, nil
}

// replaced returns the live labels that a reading and its resolution take the place of: other readings
// of the same version (a newer extractor, or more known of the document), and what was
// resolved from them or with another authority file. revision says that another text
// of the document is held.
func (c *committer) replaced(r *graph.Reading, res *graph.Resolution) (ends []graph.Label, revision bool) {
	for _, label := range sortedLabels(c.live) {
		info := c.live[label]
		switch {
		case info.Document != r.Document.ID:
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
