package cover

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"whence/graph"
)

// Held ranks what a store holds: every claim, and every document that is a fact-check. It keeps the indexes of the
// newest states of one store. It is safe for concurrent use.
type Held struct {
	path string // of the vectors; "" in memory

	mu   sync.Mutex
	kept []*holding // the last used is the last

	reading sync.Mutex // held while vectors are read or made
	vectors *Vectors
}

// NewHeld returns a ranking of what a store holds with the vectors that are kept in a file; with "", with
// vectors in memory.
func NewHeld(path string) *Held { return &Held{path: path} }

const (
	// maxHoldings bounds the indexes that are kept: of now, and of some other times.
	maxHoldings = 4
	// maxFresh bounds the sentences that are encoded for a question, when only a few were added since the vectors
	// were made; maxFreshMemory when there is no file that could have them.
	maxFresh       = 32
	maxFreshMemory = 512
)

// A holding is what is held in one state, ready to be ranked once done is closed.
type holding struct {
	of   state
	done chan struct{}
	err  error

	nodes    []node // of the texts, in their order
	index    *Index
	warnings []string
}

type state struct {
	commit     int64
	at         graph.At
	commenters bool
}

// A node is what a text of an index stands for.
type node struct {
	document, claim graph.ID // claim is "" for the title of a fact-check
	factCheck       bool
}

// Match returns what covers a text best, the best first, and what to know of the answer. It must not be called inside
// a view. When the question has no time left, the index goes on being made for the next.
func (h *Held) Match(ctx context.Context, s graph.Store, at graph.At, q graph.MatchQuery) (page graph.Page[graph.Match], err error) {
	held, err := h.at(ctx, s, at, q.Commenters)
	if err != nil {
		return page, err
	}
	page.Warnings = held.warnings
	asking := Query{Words: q.Words, By: q.Speaker}
	terms := asked(asking)
	hits, err := held.index.order(ctx, asking, terms, held.index.parts())
	if err != nil {
		return page, err
	}
	hits = held.distinct(hits, q.FactChecks)
	if q.After != "" {
		i := slices.IndexFunc(hits, func(hit Hit) bool { return held.match(hit).ID() == q.After })
		if i < 0 {
			return page, fmt.Errorf("cursor %s: nothing in this list: %w", q.After.Short(), graph.ErrInvalid)
		}
		hits = hits[i+1:]
	}
	if q.Limit > 0 && len(hits) > q.Limit {
		hits = hits[:q.Limit]
		page.Next = held.match(hits[q.Limit-1]).ID()
	}
	held.index.explain(hits, terms)
	for _, hit := range hits {
		page.Items = append(page.Items, held.match(hit))
	}
	return page, nil
}

// distinct leaves of each fact-check the best hit only, and of all else nothing where only fact-checks are asked for.
func (h *holding) distinct(hits []Hit, factChecks bool) []Hit {
	seen := map[graph.ID]bool{}
	return slices.DeleteFunc(hits, func(hit Hit) bool {
		n := h.nodes[hit.At]
		if !n.factCheck {
			return factChecks
		}
		again := seen[n.document]
		seen[n.document] = true
		return again
	})
}

// match is a hit with what it stands for.
func (h *holding) match(hit Hit) graph.Match {
	n := h.nodes[hit.At]
	return graph.Match{
		Document: n.document, Claim: n.claim, FactCheck: n.factCheck,
		Score: thousandths(hit.Score), Words: thousandths(hit.Words), Meaning: thousandths(hit.Meaning), Shared: hit.Shared, Named: hit.By,
	}
}

func thousandths(x float64) graph.Confidence { return graph.Confidence(math.Round(x * 1000)) }

// at returns what is held at a time. When it is not kept it is read, also when the question has no time left.
func (h *Held) at(ctx context.Context, s graph.Store, at graph.At, commenters bool) (*holding, error) {
	ledger, err := s.Ledger(ctx, 0)
	if err != nil {
		return nil, err
	}
	of := state{at: at, commenters: commenters}
	if len(ledger) > 0 {
		of.commit = ledger[len(ledger)-1].Number
	}
	k := h.keep(ctx, s, of)
	select {
	case <-k.done:
		return k, k.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// keep returns what is kept of a state, or begins to read it.
func (h *Held) keep(ctx context.Context, s graph.Store, of state) *holding {
	h.mu.Lock()
	defer h.mu.Unlock()
	if i := slices.IndexFunc(h.kept, func(k *holding) bool { return k.of == of }); i >= 0 {
		k := h.kept[i]
		h.kept = append(slices.Delete(h.kept, i, i+1), k)
		return k
	}
	k := &holding{of: of, done: make(chan struct{})}
	// Of another state of the store none is asked for again.
	h.kept = slices.DeleteFunc(h.kept, func(old *holding) bool { return old.of.commit != of.commit })
	h.kept = append(h.kept[max(0, len(h.kept)-maxHoldings+1):], k)
	go func() {
		defer close(k.done)
		if k.err = h.read(context.WithoutCancel(ctx), s, k); k.err != nil {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.kept = slices.DeleteFunc(h.kept, func(x *holding) bool { return x == k })
		}
	}()
	return k
}

// read makes a holding ready.
func (h *Held) read(ctx context.Context, s graph.Store, k *holding) error {
	var texts []Text
	err := s.View(ctx, k.of.at, func(r graph.Reader) (err error) {
		k.nodes, texts, k.warnings, err = read(ctx, r, k.of.commenters)
		return err
	})
	if err != nil {
		return err
	}
	h.reading.Lock()
	defer h.reading.Unlock()
	if err := h.open(); err != nil {
		return err
	}
	bound := maxFresh
	if h.path == "" {
		bound = maxFreshMemory
	}
	if missing := h.vectors.Missing(texts); len(missing) > bound {
		k.warnings = append(slices.Clone(k.warnings), fmt.Sprintf("Ranked by words alone: %d texts were not encoded yet (whence index does that).", len(missing)))
	} else if err := h.vectors.Learn(ctx, missing); err != nil {
		return err
	}
	k.index = NewIndex(texts, h.vectors)
	return nil
}

// open reads the vectors, once.
func (h *Held) open() (err error) {
	switch {
	case h.vectors != nil:
	case h.path == "":
		h.vectors = NewVectors()
	default:
		h.vectors, err = OpenVectors(h.path)
	}
	return err
}

// TextsOf returns every text that a reader sees and a question may be matched with, in the order of a ranking.
func TextsOf(ctx context.Context, r graph.Reader) ([]Text, error) {
	_, texts, _, err := read(ctx, r, true)
	return texts, err
}

// read lists what is held and can cover something: fact-checks by their titles, then claims.
func read(ctx context.Context, r graph.Reader, commenters bool) (nodes []node, texts []Text, warnings []string, err error) {
	checks, err := graph.Documents(ctx, r, graph.DocumentQuery{Kind: graph.KindFactCheck})
	if err != nil {
		return nil, nil, nil, err
	}
	for _, d := range checks.Items {
		nodes = append(nodes, node{document: d.ID, factCheck: true})
		texts = append(texts, Text{Words: d.Title})
	}
	claims, err := graph.Claims(ctx, r, graph.ClaimQuery{Commenters: commenters})
	if err != nil {
		return nil, nil, nil, err
	}
	for _, v := range claims.Items {
		n, t := node{document: v.Claim.Document, claim: v.Claim.ID}, Text{Words: v.Claim.Words()}
		if v.Document != nil {
			n.factCheck, t.Title = v.Document.Kind == graph.KindFactCheck, v.Document.Title
		}
		if v.Speaker != nil {
			t.By = v.Speaker.Name
		}
		nodes, texts = append(nodes, n), append(texts, t)
	}
	return nodes, texts, claims.Warnings, nil
}
