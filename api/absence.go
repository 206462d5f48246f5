package api

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// presence is which of five answers a question has: that nothing was found means
// very different things.
type presence struct {
	Answer string `json:"answer"`
	Why    known  `json:"why"` // one sentence, when nothing was found
}

const (
	found        = "found"
	knownNone    = "known-none"    // what is held was searched, and there is none
	notLoaded    = "not-loaded"    // what was asked about is not held
	notExtracted = "not-extracted" // the words stand in what is held, but not in a claim
	suppressed   = "suppressed"    // it was held, and was erased or retracted
)

// missing says that what a parameter names is not in the view. It is an
// [graph.ErrNotFound] until [server.explain] has looked for what became of it.
type missing struct {
	parameter string
	noun      string
	id        graph.ID
	name      string // instead of an id: nobody is called so
}

func (m *missing) Error() string {
	if m.id == "" {
		return fmt.Sprintf("no %s in what is held is called %q: %v", m.noun, clip(m.name), graph.ErrNotFound)
	}
	return fmt.Sprintf("no %s %s is held: %v", m.noun, clip(m.id.Short()), graph.ErrNotFound)
}

func (m *missing) Unwrap() error { return graph.ErrNotFound }

// maxRetractions bounds how many retractions are looked into for one missing node.
const maxRetractions = 16

// explain says of a missing node whether it was held before: the ledger remembers
// which documents were erased or retracted, and what was retracted is still
// seen by a question about the time before. It must not be called inside a view.
func (s *server) explain(ctx context.Context, at graph.At, m *missing) error {
	if m.id == "" {
		return &paramError{m.parameter, m}
	}
	commits, err := s.store.Ledger(ctx)
	if err != nil {
		return err
	}
	gone := func(what string, when time.Time, reason string) error {
		if reason != "" {
			reason = ": " + reason
		}
		return &paramError{m.parameter, fmt.Errorf("%s was %s on %s%s: %w", clip(m.id.Short()), what, when.UTC().Format(time.DateOnly), reason, graph.ErrSuppressed)}
	}
	looked := 0
	for _, c := range slices.Backward(commits) {
		for _, t := range c.Erased {
			if t.Document == m.id {
				return gone("erased", t.At, t.Reason)
			}
		}
		if len(c.Ended) == 0 || len(c.Added) > 0 || len(c.Erased) > 0 || looked == maxRetractions || !at.KnownBy.IsZero() && c.Time.After(at.KnownBy) {
			continue
		}
		looked++
		held := false
		before := graph.At{KnownBy: c.Time.Add(-time.Nanosecond)}
		err := s.store.View(ctx, before, func(r graph.Reader) error {
			nodes, err := r.Nodes(ctx, []graph.ID{m.id})
			held = len(nodes) > 0
			return err
		})
		if err != nil {
			return err
		}
		if held {
			return gone("retracted", c.Time, c.Reason)
		}
	}
	return &paramError{m.parameter, m}
}

// absentBecause is the presence that goes with an error of explain.
func absentBecause(err error) presence {
	var m *missing
	switch {
	case errors.Is(err, graph.ErrSuppressed):
		return presence{suppressed, known(capital(sentence(err)))}
	case errors.As(err, &m) && m.id == "":
		return presence{knownNone, known(capital(sentence(err)))}
	}
	return presence{notLoaded, known(capital(sentence(err)))}
}

// emptiness says why a search of claims found nothing. words may be "" when only
// filters were given; narrowed says that there were others beside the words and
// the document; left is what the clocks and the commenters' rule left aside.
func (q *question) emptiness(ctx context.Context, words string, document graph.ID, narrowed bool, left []string) (presence, error) {
	docs, err := q.List(ctx, graph.TypeDocument, "", 1)
	if err != nil {
		return presence{}, err
	}
	if len(docs) == 0 {
		return presence{notLoaded, "No documents are held: load some first."}, nil
	}
	if left = q.leftOut(left); len(left) > 0 {
		return presence{knownNone, known(strings.Join(left, " "))}, nil
	}
	if narrowed && words != "" {
		page, err := graph.Claims(ctx, q, graph.ClaimQuery{Words: words, Document: document, Commenters: true, Limit: 1})
		if err != nil {
			return presence{}, err
		}
		if len(page.Items) > 0 {
			return presence{knownNone, "There are claims with these words, but none that the other filters let through."}, nil
		}
	}
	if words == "" && narrowed {
		return presence{knownNone, "No claim in the documents held is such."}, nil
	}
	return q.unextracted(ctx, words, document)
}

// maxSearched bounds, in bytes, how much text is searched for words that no claim holds.
const maxSearched = 8 << 20

// unextracted looks for words in the texts themselves, or, without words, for
// parts of a document that were not extracted.
func (q *question) unextracted(ctx context.Context, words string, document graph.ID) (presence, error) {
	documents := []graph.ID{document}
	if document == "" {
		var err error
		if documents, err = q.List(ctx, graph.TypeDocument, "", 0); err != nil {
			return presence{}, err
		}
	}
	edges, err := q.In(ctx, documents, graph.VersionOf)
	if err != nil {
		return presence{}, err
	}
	run := " " + strings.Join(graph.FoldWords(words), " ") + " "
	searched, cut := 0, false
	var in []graph.ID
	for _, e := range edges {
		if len(in) > 0 && in[len(in)-1] == e.To {
			continue
		}
		if words == "" {
			skipped, err := q.skipped(ctx, e.From)
			if err != nil {
				return presence{}, err
			}
			if skipped != "" {
				return presence{notExtracted, known("Nothing was extracted from parts of " + q.titleOf(ctx, e.To) + ": " + skipped + ".")}, nil
			}
			continue
		}
		if cut = searched > maxSearched; cut {
			break
		}
		if err := q.wire.read(ctx, q, e.From); err != nil {
			return presence{}, err
		}
		if t := q.wire.texts[e.From]; t != nil {
			searched += len(t.words)
			if strings.Contains(" "+strings.Join(graph.FoldWords(t.words), " ")+" ", run) {
				in = append(in, e.To)
			}
			delete(q.wire.texts, e.From)
		}
	}
	switch {
	case len(in) == 1:
		return presence{notExtracted, known("The words stand in " + q.titleOf(ctx, in[0]) + ", but not in a claim that was found there.")}, nil
	case len(in) > 1:
		return presence{notExtracted, known(fmt.Sprintf("The words stand in %s and in %d more documents, but not in a claim that was found there.", q.titleOf(ctx, in[0]), len(in)-1))}, nil
	case cut:
		return presence{knownNone, "No claim holds these words; not all texts were searched for them."}, nil
	case words == "":
		return presence{knownNone, "No claims were found in what is held."}, nil
	}
	return presence{knownNone, "These words stand in no document that is held."}, nil
}

// skipped says why a part of a version was not extracted; "" if all was.
func (q *question) skipped(ctx context.Context, version graph.ID) (string, error) {
	edges, err := q.In(ctx, []graph.ID{version}, graph.SegmentOf)
	if err != nil {
		return "", err
	}
	nodes, err := q.Nodes(ctx, each(edges, func(e graph.Edge) graph.ID { return e.From }))
	if err != nil {
		return "", err
	}
	for _, n := range nodes {
		if s, ok := n.(*graph.Segment); ok && s.Skipped != "" {
			return s.Skipped, nil
		}
	}
	return "", nil
}

// titleOf names a document for people.
func (q *question) titleOf(ctx context.Context, id graph.ID) string {
	if nodes, err := q.Nodes(ctx, []graph.ID{id}); err == nil && len(nodes) > 0 {
		return "“" + nameOf(nodes[0]) + "”"
	}
	return id.Short()
}
