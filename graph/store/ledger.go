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

// A ledger is what a store remembers of its commits. Only the writer adds to it.
type ledger struct {
	mu      sync.RWMutex
	commits []graph.Commit
	held    map[graph.Label]graph.LabelInfo // whose quads are kept, live or ended
	live    map[graph.Label]bool
	erased  map[string][]graph.ID // by text hash: the documents whose text was erased
	seen    *seen
}

func readLedger(ctx context.Context, b Backend) ([]graph.Commit, error) {
	quads, err := b.Label(ctx, codec.LedgerLabel)
	if err != nil {
		return nil, err
	}
	commits, err := codec.DecodeCommits(quads)
	if err != nil {
		return nil, err
	}
	for i, c := range commits {
		if c.Number != int64(i+1) {
			return nil, fmt.Errorf("%w: the ledger has no commit %d", graph.ErrDamaged, i+1)
		}
	}
	return commits, nil
}

func newLedger(commits []graph.Commit) *ledger {
	l := &ledger{
		held:   map[graph.Label]graph.LabelInfo{},
		live:   map[graph.Label]bool{},
		erased: map[string][]graph.ID{},
		seen:   newSeen(),
	}
	for _, c := range commits {
		l.add(c)
	}
	return l
}

// add takes in the next commit.
func (l *ledger) add(c graph.Commit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.commits = append(l.commits, c)
	l.seen.add(c)
	for _, info := range c.Added {
		l.held[info.Label] = info
		l.live[info.Label] = true
	}
	for _, label := range c.Ended {
		delete(l.live, label)
	}
	for _, t := range c.Erased {
		for _, label := range l.of(t.Document) {
			delete(l.held, label)
			delete(l.live, label)
		}
		l.erased[t.TextHash] = append(l.erased[t.TextHash], t.Document)
	}
}

// last returns the newest commit, the zero Commit when there is none.
func (l *ledger) last() graph.Commit {
	if len(l.commits) == 0 {
		return graph.Commit{}
	}
	return l.commits[len(l.commits)-1]
}

// of returns the labels held that say something of a document, sorted: its
// readings, their resolutions, and the links to those.
func (l *ledger) of(document graph.ID) []graph.Label {
	labels := map[graph.Label]bool{}
	for label, info := range l.held {
		if info.Document == document && info.Layer != graph.LayerDecision {
			labels[label] = true
		}
	}
	for label, info := range l.held {
		if info.Layer == graph.LayerLink && slices.ContainsFunc(info.Inputs, func(in graph.Label) bool { return labels[in] }) {
			labels[label] = true
		}
	}
	return slices.Sorted(maps.Keys(labels))
}

// isErased reports whether this text of this document was erased.
func (l *ledger) isErased(document graph.ID, hash string) bool {
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
	commit    int64            // the last one that it knows; of the zero At
	selection *graph.Selection // of any other At
}

// sight returns what is seen at a time.
func (l *ledger) sight(at graph.At) sight {
	l.mu.RLock()
	commits := l.commits
	l.mu.RUnlock()
	if at == (graph.At{}) {
		return sight{ledger: l, commit: int64(len(commits))}
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
	return slices.DeleteFunc(slices.Clone(s.ledger.seen.decisions), func(l graph.Label) bool { return !s.has(l) })
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
	info, held = l.held[label]
	return info, held
}
