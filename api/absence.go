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

// noClaim says why a list of claims is empty. narrowed says that there were other
// filters than the words and the document; warnings are the list's.
func (q *question) noClaim(ctx context.Context, words string, document graph.ID, narrowed bool, warnings []string) (presence, error) {
	p, err := q.none(ctx, "claim", warnings)
	if err != nil || p.Answer == notLoaded || len(q.leftOut(warnings)) > 0 || narrowed && words == "" {
		return p, err
	}
	if words != "" && !narrowed {
		p.Why = "No claim that is held has these words."
	}
	return q.unextracted(ctx, words, document, p)
}

// maxSearched bounds, in bytes, how much text is searched for words that no claim holds.
const maxSearched = 8 << 20

// unextracted looks for words in the texts themselves, or, without words, for
// parts of a document that were not extracted. none is the answer when there are none.
func (q *question) unextracted(ctx context.Context, words string, document graph.ID, none presence) (presence, error) {
	versions, err := q.versionsAsOf(ctx, document)
	if err != nil {
		return presence{}, err
	}
	run := " " + strings.Join(graph.FoldWords(words), " ") + " "
	searched, cut := 0, false
	var in []graph.ID
	for _, e := range versions {
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
	if len(in) == 0 {
		if cut {
			none.Why += " Not all texts were searched for the words."
		}
		return none, nil
	}
	// Claims that the question leaves aside hold the words rightly.
	aside, err := graph.Claims(ctx, q, graph.ClaimQuery{Words: words, Document: document, Commenters: true, Limit: 1})
	if err != nil {
		return presence{}, err
	}
	if len(aside.Items) > 0 || len(q.leftOut(aside.Warnings)) > 0 {
		return none, nil
	}
	where := q.titleOf(ctx, in[0])
	if len(in) > 1 {
		where += fmt.Sprintf(" and %d more", len(in)-1)
	}
	return presence{notExtracted, known("The words stand in " + where + ", but not in a claim that was found there.")}, nil
}

// versionsAsOf returns the edges from versions to a document, or to every one,
// that was published by the date asked about.
func (q *question) versionsAsOf(ctx context.Context, document graph.ID) ([]graph.Edge, error) {
	ids := []graph.ID{document}
	if document == "" {
		var err error
		if ids, err = q.List(ctx, graph.TypeDocument, "", 0); err != nil {
			return nil, err
		}
	}
	documents, err := nodesOf[*graph.Document](ctx, q, ids)
	if err != nil {
		return nil, err
	}
	documents = slices.DeleteFunc(documents, func(d *graph.Document) bool {
		return q.dated("document", d.ID, d.Published) != nil
	})
	if len(documents) == 0 {
		return nil, nil
	}
	return q.In(ctx, each(documents, func(d *graph.Document) graph.ID { return d.ID }), graph.VersionOf)
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
