package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// Erase implements [graph.Store]. It waits for the views that began before it,
// so it must not be called inside one. Every text the document ever had goes,
// unless another document has the very same; every reading of it, live or ended,
// with what was resolved and linked from it. A decision on it stays with who,
// when and why, without the words.
func (s *store) Erase(ctx context.Context, document graph.ID, by, reason string, at time.Time) (graph.Commit, error) {
	release, err := s.alone(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	defer release()

	return s.keepUp(ctx, func() (graph.Commit, error) { return s.erase(ctx, document, by, reason, at) })
}

// erase erases a document if no other process has written since the ledger was read.
func (s *store) erase(ctx context.Context, document graph.ID, by, reason string, at time.Time) (graph.Commit, error) {
	labels := s.ledger.of(document)
	if len(labels) == 0 {
		return graph.Commit{}, fmt.Errorf("document %s: %w", document, graph.ErrNotFound)
	}
	now, err := s.state(ctx)
	if err != nil {
		return graph.Commit{}, err
	}
	batch, hashes, err := now.erasure(ctx, labels)
	if err := errors.Join(err, now.Close()); err != nil {
		return graph.Commit{}, err
	}
	c := s.next(at, "", by, reason)
	for _, label := range labels {
		if s.ledger.isLive(label) {
			c.Ended = append(c.Ended, label)
		}
	}
	for _, hash := range hashes {
		c.Erased = append(c.Erased, graph.Tombstone{Document: document, TextHash: hash, Reason: reason, By: by, At: c.Time})
	}
	if err := s.apply(ctx, c, batch); err != nil {
		return graph.Commit{}, err
	}
	for _, h := range batch.DropTexts {
		s.offsets.drop(h)
	}
	return c, nil
}

// erasure returns what takes labels away for good, and the hashes, in order, of the texts that their readings had.
func (s state) erasure(ctx context.Context, labels []graph.Label) (b Batch, hashes []string, err error) {
	gone, err := s.contents(ctx, labels)
	if err != nil {
		return b, nil, err
	}
	add, remove, err := s.scrub(ctx, gone)
	if err != nil {
		return b, nil, err
	}
	b = Batch{Add: add, Remove: append(gone.quads, remove...)}
	hashes = slices.Sorted(maps.Keys(gone.texts))
	b.DropTexts, err = s.unnamed(ctx, hashes, b.Remove)
	return b, hashes, err
}

// contents is what some labels hold.
type contents struct {
	quads    []quad.Quad // with their seals
	subjects map[quad.Value]bool
	texts    map[string]string // by hash; "" where the text could not be read
}

// contents reads what readings, resolutions and links hold.
func (s state) contents(ctx context.Context, labels []graph.Label) (contents, error) {
	c := contents{subjects: map[quad.Value]bool{}, texts: map[string]string{}}
	for _, label := range labels {
		info, _ := s.ledger.info(label)
		quads, err := s.Label(ctx, labelIRI(label))
		if err != nil {
			return c, err
		}
		for _, q := range quads {
			if info.Layer == graph.LayerReading {
				c.subjects[q.Subject] = true
			}
			if hash, ok := q.Object.(quad.String); ok && q.Predicate == vocab.HasText {
				texts, err := s.Texts(ctx, []string{string(hash)})
				if err != nil && !errors.Is(err, graph.ErrDamaged) {
					return c, err
				}
				c.texts[string(hash)] = texts[string(hash)]
			}
		}
		c.quads = append(c.quads, quads...)
		sealed, err := s.seals(ctx, label)
		if err != nil {
			return c, err
		}
		c.quads = append(c.quads, sealed...)
	}
	return c, nil
}

// seals returns the quads that seal a label.
func (s state) seals(ctx context.Context, label graph.Label) ([]quad.Quad, error) {
	return s.Out(ctx, []quad.Value{labelIRI(label)}, []quad.IRI{sealPredicate})
}

// scrub rewrites the decisions that quote what is gone, without the words.
func (s state) scrub(ctx context.Context, gone contents) (add, remove []quad.Quad, err error) {
	for _, label := range s.ledger.layer(graph.LayerDecision) {
		old, err := s.Label(ctx, labelIRI(label))
		if err != nil {
			return nil, nil, err
		}
		d, err := codec.DecodeDecision(old)
		if err != nil {
			return nil, nil, err
		}
		if !gone.scrub(&d) {
			continue
		}
		rewritten, err := codec.EncodeDecision(d)
		if err != nil {
			return nil, nil, err
		}
		sealed, err := s.seals(ctx, label)
		if err != nil {
			return nil, nil, err
		}
		add = append(add, without(rewritten, old)...)
		remove = append(remove, without(old, rewritten)...)
		add = append(add, without([]quad.Quad{seal(label, rewritten)}, sealed)...)
		remove = append(remove, without(sealed, []quad.Quad{seal(label, rewritten)})...)
	}
	return add, remove, nil
}

// scrub takes the erased words out of a decision, and reports whether there were any.
func (c contents) scrub(d *graph.Decision) (changed bool) {
	for i, t := range d.Targets {
		p := t.Passage
		if p == (graph.Passage{}) {
			continue
		}
		if c.subjects[codec.SafeIRI(t.Node)] || c.quotes(p.Prefix+p.Exact+p.Suffix) {
			d.Targets[i].Passage = graph.Passage{}
			changed = true
		}
	}
	if !changed {
		return false
	}
	for _, words := range []*string{&d.Before, &d.After, &d.Reason} {
		if !strings.HasPrefix(*words, graph.Namespace) && c.quotes(*words) {
			*words = ""
		}
	}
	return true
}

// quotes reports whether words stand in an erased text.
func (c contents) quotes(words string) bool {
	for _, text := range c.texts {
		if words != "" && strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// without returns the quads of a that are not in b.
func without(a, b []quad.Quad) []quad.Quad {
	held := make(map[quad.Quad]bool, len(b))
	for _, q := range b {
		held[q] = true
	}
	return slices.DeleteFunc(slices.Clone(a), func(q quad.Quad) bool { return held[q] })
}
