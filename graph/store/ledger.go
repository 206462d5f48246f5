package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
)

// A ledger is what a store remembers of the commits that it made or read.
type ledger struct {
	mu     sync.RWMutex          // guards the rest
	erased map[string][]graph.ID // by text hash: the documents whose text was erased
	seen   *seen
}

// readLedger reads the commits after a number.
func readLedger(ctx context.Context, snap Snapshot, after int64) (commits []graph.Commit, err error) {
	err = eachCommit(ctx, snap, after, func(c graph.Commit, _ string) { commits = append(commits, c) })
	return commits, err
}

// eachCommit calls f with the commits after a number, in order, and how they stand in the log.
func eachCommit(ctx context.Context, snap Snapshot, after int64, f func(c graph.Commit, entry string)) error {
	last := after
	err := snap.Entries(ctx, after, func(e Entry) error {
		entry := string(e.Data)
		c, err := codec.DecodeEntry(entry)
		if err != nil {
			return fmt.Errorf("commit %d: %w", e.Number, err)
		}
		if e.Number != last+1 || c.Number != last+1 {
			return fmt.Errorf("%w: the ledger has no commit %d", graph.ErrDamaged, last+1)
		}
		last++
		f(c, entry)
		return nil
	})
	if err == nil && last < snap.Head() {
		err = fmt.Errorf("%w: the ledger has no commit %d", graph.ErrDamaged, last+1)
	}
	return err
}

func newLedger() *ledger {
	return &ledger{erased: map[string][]graph.ID{}, seen: newSeen()}
}

// follow takes in the commits of a snapshot that the ledger does not have yet.
func (l *ledger) follow(ctx context.Context, snap Snapshot) error {
	if known := l.last().Number; known < snap.Head() {
		return eachCommit(ctx, snap, known, l.add)
	}
	return nil
}

// add takes in a commit, if it is the next one: else somebody else has read it in the meantime.
func (l *ledger) add(c graph.Commit, entry string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.Number != l.seen.newest.Number+1 {
		return
	}
	l.seen.add(c, entry)
	for _, t := range c.Erased {
		for _, label := range l.about(t.Document) {
			k := l.seen.find(label)
			k.held, k.live = false, false
		}
		l.erased[t.TextHash] = append(l.erased[t.TextHash], t.Document)
	}
}

// last returns the newest commit, the zero Commit when there is none.
func (l *ledger) last() graph.Commit {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.seen.newest
}

// of returns the labels held that say something of a document, sorted: its
// readings, their resolutions, and the links to those.
func (l *ledger) of(document graph.ID) []graph.Label {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.about(document)
}

// about is of, while mu is held.
func (l *ledger) about(document graph.ID) []graph.Label {
	labels := map[graph.Label]bool{}
	add := func(number uint32) {
		if l.seen.known.at(number).held {
			labels[l.seen.label(number)] = true
		}
	}
	for _, n := range l.seen.commitsOf(document) {
		for _, info := range l.seen.commit(n).Added {
			if info.Document != document || info.Layer != graph.LayerReading {
				continue
			}
			if k := l.seen.find(info.Label); k.held {
				labels[info.Label] = true
				for r := range l.seen.each(k.dependents) { // resolutions, and links to those
					add(r)
					for link := range l.seen.each(l.seen.known.at(r).dependents) {
						add(link)
					}
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(labels))
}

// layer returns the labels held of a layer, sorted.
func (l *ledger) layer(layer graph.Layer) []graph.Label {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var labels []graph.Label
	for n := range l.seen.known.len() {
		if k := l.seen.known.at(n + 1); k.held && l.seen.layer(k) == layer {
			labels = append(labels, l.seen.label(n+1))
		}
	}
	slices.Sort(labels)
	return labels
}

// isLive reports whether a label is held and has not ended.
func (l *ledger) isLive(label graph.Label) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	k := l.seen.find(label)
	return k != nil && k.live
}

// isErased reports whether this text of this document was erased.
func (l *ledger) isErased(document graph.ID, hash string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return slices.Contains(l.erased[hash], document)
}

// tombstoned reports whether some document's text under this hash was erased.
func (l *ledger) tombstoned(hash string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.erased[hash]) > 0
}

// A sight is which labels a view sees.
type sight struct {
	ledger    *ledger
	commit    int64            // the last one that it sees; of the zero At
	selection *graph.Selection // of any other At
}

// sight returns what is seen at a time, of the commits up to a number.
func (l *ledger) sight(at graph.At, head int64) sight {
	if at == (graph.At{}) {
		return sight{ledger: l, commit: head}
	}
	l.mu.RLock()
	entries := make([]string, head)
	for i := range entries {
		entries[i] = l.seen.entry(int64(i + 1))
	}
	l.mu.RUnlock()
	commits := make([]graph.Commit, head)
	for i, entry := range entries {
		commits[i] = decoded(entry)
	}
	sel := graph.Select(commits, at)
	return sight{ledger: l, selection: &sel}
}

// keep returns the quads whose label is seen. It reuses the slice.
func (s sight) keep(quads []quad.Quad) []quad.Quad {
	s.ledger.mu.RLock()
	defer s.ledger.mu.RUnlock()
	return slices.DeleteFunc(quads, func(q quad.Quad) bool { return !s.has(codec.LabelOf(q)) })
}

// has reports whether a label is seen. ledger.mu is held.
func (s sight) has(label graph.Label) bool {
	if s.selection != nil {
		_, ok := s.selection.Live[label]
		return ok
	}
	return s.ledger.seen.at(label, s.commit)
}

// decisions returns the labels of the decisions that are seen.
func (s sight) decisions() []graph.Label {
	s.ledger.mu.RLock()
	defer s.ledger.mu.RUnlock()
	var labels []graph.Label
	for _, n := range s.ledger.seen.decisions {
		if label := s.ledger.seen.label(n); s.has(label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// warnings returns what is left aside. At the zero At nothing is.
func (s sight) warnings() []string {
	if s.selection == nil {
		return nil
	}
	return slices.Clone(s.selection.Warnings)
}

// info returns what is known of a label that is held.
func (l *ledger) info(label graph.Label) (info graph.LabelInfo, held bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if k := l.seen.find(label); k != nil && k.held {
		return l.seen.info(label, k), true
	}
	return graph.LabelInfo{}, false
}

// version returns the version that a label which is held is about; "" when it is about none.
func (l *ledger) version(label graph.Label) graph.ID {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if k := l.seen.find(label); k != nil && k.held && k.version != 0 {
		return graph.ID(l.seen.versions.at(&l.seen.text, k.version))
	}
	return ""
}
