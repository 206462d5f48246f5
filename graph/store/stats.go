package store

import (
	"context"
	"slices"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// Stats says how much a store holds. What a reader sees now is counted, but where a field says otherwise.
type Stats struct {
	Commits int64
	Written time.Time // when the last commit was made; zero when there is none

	Documents int
	Versions  int
	Readings  int // of those versions
	Nodes     map[graph.NodeType]int
	Speakers  int                     // agents who say some claim
	Relations map[graph.Predicate]int // that readings found inside one document
	Links     map[graph.Predicate]int // that were found between two
	Decisions int

	Live, Ended map[graph.Layer]int // labels
	Tombstones  int                 // texts that were erased
	Quads       int64               // of labels live and ended
	Texts       int                 // of versions live and ended
	TextBytes   int64               // as they are read, not as they are kept

	Extractors map[string]int // labels seen, by the build that made them
	Matchers   map[string]int
	// Resolutions are the resolutions seen, of which Resolver is asked whether this program would make them the same.
	Resolutions []graph.LabelInfo

	Sizes *Sizes // nil of a backend that is no [Sizer]
}

// Stats implements [Maintainer]. It reads every quad and every text, a few at a time.
func (s *store) Stats(ctx context.Context) (Stats, error) {
	var st Stats
	err := s.reading(ctx, func(now state) error {
		frozen, err := now.freeze(ctx)
		if err != nil {
			return err
		}
		st, err = frozen.stats(ctx)
		return err
	})
	if sizer, ok := s.backend.(Sizer); ok && err == nil {
		sizes, err := sizer.Sizes(ctx)
		if err != nil {
			return Stats{}, err
		}
		slices.SortFunc(sizes.Parts, func(a, b Part) int {
			if a.Name < b.Name {
				return -1
			}
			return 1
		})
		st.Sizes = &sizes
	}
	return st, err
}

func (f *Frozen) stats(ctx context.Context) (Stats, error) {
	seen := graph.Select(f.commits, graph.At{}).Live
	st := Stats{
		Commits: f.Commits(), Nodes: map[graph.NodeType]int{}, Relations: map[graph.Predicate]int{}, Links: map[graph.Predicate]int{},
		Live: map[graph.Layer]int{}, Ended: map[graph.Layer]int{}, Extractors: map[string]int{}, Matchers: map[string]int{},
	}
	if len(f.commits) > 0 {
		st.Written = f.commits[len(f.commits)-1].Time
	}
	for _, c := range f.commits {
		st.Tombstones += len(c.Erased)
	}
	live := graph.Live(f.commits, time.Time{})
	for label, info := range f.held {
		if _, is := live[label]; is {
			st.Live[info.Layer]++
		} else {
			st.Ended[info.Layer]++
		}
	}
	documents, versions := map[graph.ID]bool{}, map[graph.ID]bool{}
	for _, info := range seen {
		switch info.Layer {
		case graph.LayerReading:
			documents[info.Document], versions[info.Version] = true, true
			st.Readings++
			st.Extractors[info.Build]++
		case graph.LayerResolution:
			st.Resolutions = append(st.Resolutions, info)
		case graph.LayerLink:
			st.Matchers[info.Build]++
		case graph.LayerDecision:
			st.Decisions++
		}
	}
	st.Documents, st.Versions = len(documents), len(versions)
	c := counter{seen: seen, nodes: map[graph.NodeType]*tally{}, relations: map[graph.Layer]map[graph.Predicate]*tally{
		graph.LayerReading: {}, graph.LayerLink: {},
	}, hashes: map[string]bool{}}
	if err := f.Quads(ctx, c.quad); err != nil {
		return Stats{}, err
	}
	st.Quads, st.Speakers, st.Texts = c.quads, c.speakers.count(), len(c.hashes)
	for t, n := range c.nodes {
		st.Nodes[t] = n.count()
	}
	for p, n := range c.relations[graph.LayerReading] {
		st.Relations[p] = n.count()
	}
	for p, n := range c.relations[graph.LayerLink] {
		st.Links[p] = n.count()
	}
	hashes := make([]string, 0, len(c.hashes))
	for h := range c.hashes {
		hashes = append(hashes, h)
	}
	for some := range slices.Chunk(hashes, textsAtOnce) {
		texts, err := f.Texts(ctx, some)
		if err != nil {
			return Stats{}, err
		}
		for _, text := range texts {
			st.TextBytes += int64(len(text))
		}
	}
	return st, nil
}

// A counter counts what quads describe.
type counter struct {
	seen      map[graph.Label]graph.LabelInfo
	quads     int64
	nodes     map[graph.NodeType]*tally
	speakers  tally
	relations map[graph.Layer]map[graph.Predicate]*tally
	hashes    map[string]bool
}

func (c *counter) quad(q quad.Quad) error {
	c.quads++
	if hash := Named(q); hash != "" {
		c.hashes[hash] = true
	}
	info, is := c.seen[codec.LabelOf(q)]
	if !is || info.Layer == graph.LayerDecision { // of which some describe what they are about
		return nil
	}
	object, _ := q.Object.(quad.IRI)
	switch q.Predicate {
	case vocab.Type:
		if t, ok := vocab.NodeTypeOf(object); ok {
			into(c.nodes, t).add(q.Subject)
		}
	case vocab.AssertedBy:
		c.speakers.add(object)
	case vocab.RelationKind:
		if kind, ok := vocab.Predicate(object); ok && c.relations[info.Layer] != nil {
			into(c.relations[info.Layer], kind).add(q.Subject)
		}
	}
	return nil
}

// into returns the tally of a key, which it makes when there is none.
func into[K comparable](m map[K]*tally, k K) *tally {
	if m[k] == nil {
		m[k] = &tally{}
	}
	return m[k]
}
