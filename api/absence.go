package api

import (
	"cmp"
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

	unseen []graph.Label // see [answer]
}

const (
	found        = "found"
	knownNone    = "known-none"    // what is held was searched, and there is none
	notLoaded    = "not-loaded"    // nothing is held, or not what was asked about
	notExtracted = "not-extracted" // what is held has it, but nothing was made of it: the words stand in a text alone
	suppressed   = "suppressed"    // it is there and not shown: it was erased or retracted, or is below the confidence asked for
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
		return s.unnamed(ctx, at, m)
	}
	commits, err := s.store.Ledger(ctx, 0)
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

// unnamed says of a name that nobody has whether anything is held at all.
func (s *server) unnamed(ctx context.Context, at graph.At, m *missing) error {
	var documents []graph.ID
	err := s.store.View(ctx, at, func(r graph.Reader) (err error) {
		documents, err = r.List(ctx, graph.TypeDocument, "", 1)
		return err
	})
	if err == nil && len(documents) == 0 {
		err = &paramError{m.parameter, fmt.Errorf("no documents are held: load some first: %w", graph.ErrNotFound)}
	}
	return cmp.Or(err, error(&paramError{m.parameter, m}))
}

// absentBecause is the presence that goes with an error of explain.
func absentBecause(err error) presence {
	var m *missing
	switch {
	case errors.Is(err, graph.ErrSuppressed):
		return presence{Answer: suppressed, Why: known(capital(sentence(err)))}
	case errors.As(err, &m) && m.id == "":
		return presence{Answer: knownNone, Why: known(capital(sentence(err)))}
	}
	return presence{Answer: notLoaded, Why: known(capital(sentence(err)))}
}

// A lookup is a question that found nothing, for [question.absence].
type lookup struct {
	noun     string   // of what was looked for
	words    string   // that it was to hold
	document graph.ID // in which
	narrowed bool     // there were other filters
	warnings []string // of the empty list
	// lower repeats the question without the least confidence that it asked for, and
	// says how many there are then, at most 1; nil when it asked for none.
	lower func() (int, error)
	// aside says how many there are, at most 1, that hold the words and are left aside
	// for other reasons; nil when there cannot be any.
	aside func() (int, error)
}

// absence says why nothing was found.
func (q *question) absence(ctx context.Context, l lookup) (presence, error) {
	p, err := q.none(ctx, l.noun, l.warnings)
	if err != nil {
		return p, err
	}
	if p.Answer == notLoaded {
		if l.words != "" { // all that is held may have been retracted
			p.unseen, err = q.unseen(ctx, exactly(l.words), l.document)
		}
		return p, err
	}
	if l.lower != nil {
		n, err := l.lower()
		if err != nil {
			return p, err
		}
		if n > 0 {
			return presence{Answer: suppressed, Why: known("What there is was found with less confidence than was asked for.")}, nil
		}
	}
	if len(q.leftOut(l.warnings)) > 0 || l.narrowed && l.words == "" {
		return p, nil
	}
	if l.words == "" {
		return q.skipped(ctx, l.document, p)
	}
	if !l.narrowed {
		p.Why = known("No " + l.noun + " that is held has these words.")
	}
	return q.unextracted(ctx, l, p)
}

// noClaim says why no claim holds some words. Claims that the question leaves aside hold them rightly.
func (q *question) noClaim(ctx context.Context, words string) (presence, error) {
	return q.absence(ctx, lookup{noun: "claim", words: words, aside: func() (int, error) {
		page, err := graph.Claims(ctx, q, graph.ClaimQuery{Words: words, Commenters: true, Limit: 1})
		return len(page.Items) + len(q.leftOut(page.Warnings)), err
	}})
}

// maxUnseen bounds how many of the passages that a view does not see are looked into.
const maxUnseen = 64

// unextracted looks for words in the texts themselves. none is the answer when
// they do not stand there, one after the other.
func (q *question) unextracted(ctx context.Context, l lookup, none presence) (presence, error) {
	run := exactly(l.words)
	page, err := graph.Passages(ctx, q, q.passages, graph.PassageQuery{Words: run, Document: l.document, Commenters: true, Limit: maxLimit})
	if err != nil {
		return none, err
	}
	if len(page.Items) == 0 {
		none.unseen, err = q.unseen(ctx, run, l.document)
		return none, err
	}
	if l.aside != nil {
		if n, err := l.aside(); err != nil || n > 0 {
			return none, err
		}
	}
	where := "“" + nameOf(page.Items[0].Document) + "”"
	held := map[graph.ID]bool{}
	skipped := page.Items[0].Segment.Skipped
	for _, v := range page.Items {
		held[v.Document.ID] = true
		if v.Segment.Skipped == "" {
			skipped = ""
		}
	}
	if len(held) > 1 {
		where += fmt.Sprintf(" and %d more", len(held)-1)
	}
	if skipped != "" {
		return presence{Answer: notExtracted, Why: known("The words stand in " + where + ", in a part that was not extracted: " + skipped + ".")}, nil
	}
	return presence{Answer: notExtracted, Why: known("The words stand in " + where + ", but not in a " + l.noun + " that was found there.")}, nil
}

// exactly asks for words one after the other.
func exactly(words string) string { return `"` + strings.Join(graph.FoldWords(words), " ") + `"` }

// unseen returns readings with passages that hold the words, and of whose version the view sees nothing.
func (q *question) unseen(ctx context.Context, words string, document graph.ID) ([]graph.Label, error) {
	hits, err := q.passages.Find(ctx, graph.ParsePhrases(words), false, document, "")
	if err != nil {
		return nil, err
	}
	defer hits.Close()
	all, err := hits.Next(ctx, maxUnseen)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	edges, err := q.Out(ctx, each(all, func(h graph.PassageHit) graph.ID { return h.Version }), graph.VersionOf)
	if err != nil {
		return nil, err
	}
	seen := map[graph.ID]bool{}
	for _, e := range edges {
		seen[e.From] = true
	}
	var unseen []graph.Label
	for _, h := range all {
		if !seen[h.Version] && !slices.Contains(unseen, h.Reading) {
			unseen = append(unseen, h.Reading)
		}
	}
	return unseen, nil
}

// withdrawn says of readings that a view does not see whether that is because
// their document was retracted. The zero presence says that it is not. It must
// not be called inside a view.
func (s *server) withdrawn(ctx context.Context, at graph.At, readings []graph.Label) (presence, error) {
	commits, err := s.store.Ledger(ctx, 0)
	if err != nil {
		return presence{}, err
	}
	documents := map[graph.Label]graph.ID{}
	var last graph.Commit // that retracted one of them
	var document graph.ID
	for _, c := range commits {
		if !at.KnownBy.IsZero() && c.Time.After(at.KnownBy) {
			break
		}
		for _, info := range c.Added {
			documents[info.Label] = info.Document
		}
		if len(c.Added) > 0 || len(c.Erased) > 0 {
			continue
		}
		for _, l := range c.Ended {
			if slices.Contains(readings, l) {
				last, document = c, documents[l]
			}
		}
	}
	if document == "" {
		return presence{}, nil
	}
	why := "The words stand in " + clip(document.Short()) + ", which was retracted on " + last.Time.UTC().Format(time.DateOnly)
	if last.Reason != "" {
		why += ": " + last.Reason
	}
	return presence{Answer: suppressed, Why: known(strings.TrimSuffix(why, ".") + ".")}, nil
}

// skipped looks for parts of a document, or of any, that were not extracted. none is the answer if there are none.
func (q *question) skipped(ctx context.Context, document graph.ID, none presence) (presence, error) {
	versions, err := q.versionsAsOf(ctx, document)
	if err != nil {
		return none, err
	}
	for batch := range slices.Chunk(versions, maxLimit) {
		segments, err := q.In(ctx, each(batch, func(e graph.Edge) graph.ID { return e.From }), graph.SegmentOf)
		if err != nil {
			return none, err
		}
		nodes, err := nodesOf[*graph.Segment](ctx, q, each(segments, func(e graph.Edge) graph.ID { return e.From }))
		if err != nil {
			return none, err
		}
		for _, s := range nodes {
			if s.Skipped != "" {
				return presence{Answer: notExtracted, Why: known("Nothing was extracted from parts of " + q.titleOf(ctx, s.Document) + ": " + s.Skipped + ".")}, nil
			}
		}
	}
	return none, nil
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

// titleOf names a document for people.
func (q *question) titleOf(ctx context.Context, id graph.ID) string {
	if nodes, err := q.Nodes(ctx, []graph.ID{id}); err == nil && len(nodes) > 0 {
		return "“" + nameOf(nodes[0]) + "”"
	}
	return id.Short()
}
