package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// A Frozen is all that a store held at one moment: what the log says, and nothing besides. What a
// writer adds meanwhile is not in it, even where a backend's snapshot shows it.
type Frozen struct {
	state
	commits []graph.Commit
	held    map[graph.Label]graph.LabelInfo
}

// Freeze implements [Maintainer].
func (s *store) Freeze(ctx context.Context, f func(*Frozen) error) error {
	return s.reading(ctx, func(now state) error {
		frozen, err := now.freeze(ctx)
		if err != nil {
			return err
		}
		return f(frozen)
	})
}

// freeze reads the log anew, so that nothing which was committed since counts.
func (s state) freeze(ctx context.Context) (*Frozen, error) {
	commits, err := readLedger(ctx, s, 0)
	if err != nil {
		return nil, err
	}
	return &Frozen{state: s, commits: commits, held: graph.Held(commits)}, nil
}

// Commits is the number of entries in the log.
func (f *Frozen) Commits() int64 { return int64(len(f.commits)) }

// Quads calls visit with every quad, in no order, each once, until it returns an error, which it returns.
func (f *Frozen) Quads(ctx context.Context, visit func(quad.Quad) error) error {
	return f.Each(ctx, func(q quad.Quad) error {
		if !f.has(q) {
			return nil
		}
		return visit(q)
	})
}

// has reports whether the log knows a quad's label; of a seal, the label that it seals.
func (f *Frozen) has(q quad.Quad) bool {
	label := codec.LabelOf(q)
	if q.Label == sealLabel {
		iri, _ := q.Subject.(quad.IRI)
		label = graph.Label(codec.IDOf(iri))
	}
	_, held := f.held[label]
	return held
}

// Named returns the hash of the text that a quad names, "" if it names none.
func Named(q quad.Quad) (hash string) {
	if q.Predicate != vocab.HasText {
		return ""
	}
	text, _ := q.Object.(quad.String)
	return string(text)
}

// textsAtOnce is how many texts are read in one round trip.
const textsAtOnce = 32

// EachText calls visit with the texts under some hashes, in their order, each once. One that is not held,
// or is another, is an error wrapping [graph.ErrDamaged].
func (s state) EachText(ctx context.Context, hashes []string, visit func(Text) error) error {
	for some := range slices.Chunk(hashes, textsAtOnce) {
		texts, err := s.Texts(ctx, some)
		if err != nil {
			return err
		}
		for _, hash := range some {
			text, held := texts[hash]
			switch {
			case !held:
				return fmt.Errorf("the text %s is named by a version and is not held: %w", hash, graph.ErrDamaged)
			case graph.TextHash(text) != hash:
				return fmt.Errorf("the text %s does not read back as it was written: %w", hash, graph.ErrDamaged)
			}
			if err := visit(Text{hash, text}); err != nil {
				return err
			}
		}
	}
	return nil
}
