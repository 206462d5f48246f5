package passages

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"whence/graph"
)

// Find implements [graph.PassageFinder]. The passages in which the words stand
// closest together come first, then those that hold them most often. With any,
// those that hold more of them come before all others. It may be called inside
// a view, and answers [ErrBehind] when the index does not hold all that the view may see.
func (s *Store) Find(ctx context.Context, phrases []graph.Phrase, any bool, document, after graph.ID) (hits graph.PassageHits, err error) {
	last, err := s.Last(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	e := s.engine
	if e == nil || s.state.Commit < last.Number {
		s.mu.Unlock()
		return nil, ErrBehind
	}
	reader, err := e.Reader()
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	h := &found{reader: reader, wanted: wantedOf(phrases, any), damaged: func(err error) error {
		if e.made {
			return err
		}
		return errors.Join(ErrBehind, err, s.drop(e))
	}}
	if err := h.collect(ctx, document, after); err != nil {
		return nil, errors.Join(h.check(ctx, err), h.Close())
	}
	return h, nil
}

// wanted is what a passage is asked for.
type wanted struct {
	any     bool
	phrases []wantedPhrase
	stems   []string // of all phrases, each once
}

// A wantedPhrase is a phrase with the stems of its words.
type wantedPhrase struct {
	graph.Phrase
	stems []string
}

func wantedOf(phrases []graph.Phrase, any bool) wanted {
	w := wanted{any: any}
	for _, p := range content(phrases) {
		stems := make([]string, len(p.Words))
		for i, word := range p.Words {
			stems[i] = stem(word)
			if !slices.Contains(w.stems, stems[i]) {
				w.stems = append(w.stems, stems[i])
			}
		}
		// "work" and "works" ask for the same.
		if !slices.ContainsFunc(w.phrases, func(q wantedPhrase) bool { return !p.Exact && !q.Exact && slices.Equal(q.stems, stems) }) {
			w.phrases = append(w.phrases, wantedPhrase{p, stems})
		}
	}
	return w
}

// found is what a search found.
type found struct {
	wanted
	reader  index.IndexReader
	damaged func(error) error

	hits  []hit    // in order of rank
	ready []string // IDs of hits of one rank, taken out of hits and in order
	after after
}

// A hit is a passage, as the engine numbers it.
type hit struct {
	rank   uint64 // less is better
	number [8]byte
}

// after is the passage that a page begins after; the zero after is before all.
type after struct {
	rank uint64
	id   string
}

// check turns what is not the caller's doing into damage.
func (h *found) check(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, graph.ErrInvalid):
		return err
	}
	return h.damaged(err)
}

// collect ranks all passages that hold what is wanted.
func (h *found) collect(ctx context.Context, document, after graph.ID) (err error) {
	defer guard(&err)
	s, err := h.searcher(ctx, document)
	if err != nil {
		return err
	}
	defer s.Close()
	var begin index.IndexInternalID
	if after != "" {
		if begin, err = h.reader.InternalID(string(after)); err != nil {
			return err
		}
	}
	pool := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0), IndexReader: h.reader}
	var r ranker
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		m, err := s.Next(pool)
		if err != nil {
			return err
		}
		if m == nil {
			break
		}
		if rank, ok := r.rank(h.wanted, m.FieldTermLocations); ok {
			x := hit{rank: rank}
			if len(m.IndexInternalID) != len(x.number) {
				return fmt.Errorf("%w: a passage's number has %d bytes", errDamaged, len(m.IndexInternalID))
			}
			copy(x.number[:], m.IndexInternalID)
			h.hits = append(h.hits, x)
			if begin != nil && bytes.Equal(begin, m.IndexInternalID) {
				h.after.rank, h.after.id = rank, string(after)
			}
		}
		pool.DocumentMatchPool.Put(m)
	}
	if after != "" && h.after.id == "" {
		return fmt.Errorf("cursor %s: no passage of this list: %w", after.Short(), graph.ErrInvalid)
	}
	slices.SortFunc(h.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), bytes.Compare(a.number[:], b.number[:]))
	})
	return nil
}

// searcher returns the passages that hold the stems, wherever they stand in them.
func (h *found) searcher(ctx context.Context, document graph.ID) (search.Searcher, error) {
	o := search.SearcherOptions{IncludeTermVectors: true}
	var terms []search.Searcher
	for _, t := range h.stems {
		s, err := searcher.NewTermSearcher(ctx, h.reader, t, wordsField, 1, o)
		if err != nil {
			return nil, errors.Join(err, closeAll(terms))
		}
		terms = append(terms, s)
	}
	var s search.Searcher
	var err error
	if h.any {
		s, err = searcher.NewDisjunctionSearcher(ctx, h.reader, terms, 1, o)
	} else {
		s, err = searcher.NewConjunctionSearcher(ctx, h.reader, terms, o)
	}
	if err != nil {
		return nil, errors.Join(err, closeAll(terms))
	}
	if document == "" {
		return s, nil
	}
	in, err := searcher.NewTermSearcher(ctx, h.reader, string(document), documentField, 1, o)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	both, err := searcher.NewConjunctionSearcher(ctx, h.reader, []search.Searcher{s, in}, o)
	if err != nil {
		return nil, errors.Join(err, s.Close(), in.Close())
	}
	return both, nil
}

func closeAll(searchers []search.Searcher) error {
	var err error
	for _, s := range searchers {
		err = errors.Join(err, s.Close())
	}
	return err
}

// Next implements [graph.PassageHits].
func (h *found) Next(ctx context.Context, n int) (out []graph.PassageHit, err error) {
	defer func() { err = h.check(ctx, err) }()
	defer guard(&err)
	for len(out) < n {
		if len(h.ready) == 0 {
			if len(h.hits) == 0 {
				return out, nil
			}
			if err := h.prepare(ctx); err != nil {
				return nil, err
			}
			continue
		}
		hit, err := h.place(h.ready[0])
		if err != nil {
			return nil, err
		}
		h.ready = h.ready[1:]
		out = append(out, hit)
	}
	return out, nil
}

// prepare puts the hits of the next rank in order of ID.
func (h *found) prepare(ctx context.Context) error {
	rank := h.hits[0].rank
	for len(h.hits) > 0 && h.hits[0].rank == rank {
		if rank >= h.after.rank {
			if err := ctx.Err(); err != nil {
				return err
			}
			id, err := h.reader.ExternalID(h.hits[0].number[:])
			if err != nil {
				return err
			}
			if rank > h.after.rank || id > h.after.id {
				h.ready = append(h.ready, id)
			}
		}
		h.hits = h.hits[1:]
	}
	slices.Sort(h.ready)
	return nil
}

// place reads where a passage stands.
func (h *found) place(id string) (graph.PassageHit, error) {
	d, err := h.reader.Document(id)
	if err != nil {
		return graph.PassageHit{}, err
	}
	var at place
	err = fmt.Errorf("%w: passage %s has no place", errDamaged, id)
	if d != nil {
		d.VisitFields(func(f index.Field) {
			if f.Name() == placeField {
				err = json.Unmarshal(f.Value(), &at)
			}
		})
	}
	return graph.PassageHit{
		ID: graph.ID(id), Reading: at.Reading, Version: at.Version, Segment: at.Segment, Span: graph.Span{Start: at.From, End: at.To},
	}, err
}

// Close implements [graph.PassageHits].
func (h *found) Close() error { return h.reader.Close() }

// Match implements [graph.PassageHits]. Here, where the words are at hand, exact phrases are held to them.
func (h *found) Match(text string) []graph.Span {
	words := graph.FoldedWords(text)
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = stem(w.Word)
	}
	var spans []graph.Span
	for _, p := range h.phrases {
		before := len(spans)
		for i := range words {
			if p.standsAt(words[i:], stems[i:]) {
				spans = append(spans, graph.Span{Start: words[i].Start, End: words[i+len(p.Words)-1].End})
			}
		}
		if len(spans) == before && !h.any {
			return nil
		}
	}
	return outermost(spans)
}

// standsAt reports whether a text begins with the phrase.
func (p wantedPhrase) standsAt(words []graph.FoldedWord, stems []string) bool {
	if len(words) < len(p.Words) {
		return false
	}
	for i, want := range p.Words {
		if p.Exact && words[i].Word != want || stems[i] != p.stems[i] {
			return false
		}
	}
	return true
}

// outermost returns the spans that lie in no other, in order.
func outermost(spans []graph.Span) []graph.Span {
	slices.SortFunc(spans, func(a, b graph.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	out := spans[:0]
	for _, s := range spans {
		if len(out) == 0 || !out[len(out)-1].Contains(s) {
			out = append(out, s)
		}
	}
	return out
}

// A ranker ranks one passage after the other.
type ranker struct {
	at    []position
	stems map[string]int
	count []int // by phrase, in the window
}

// position is a word of a passage: the how many-th, and which of the stems it has.
type position struct{ at, stem int }

// standing is a phrase in a passage: between which words, both inclusive.
type standing struct{ first, last, phrase int }

// rank returns the rank of a passage, in which of three numbers the first that differs
// decides: how many of the phrases are missing, how many other words stand among the
// closest of the others, and how few they are. ok is false when the phrases that
// must be there are not.
func (r *ranker) rank(w wanted, locations []search.FieldTermLocation) (rank uint64, ok bool) {
	if r.stems == nil {
		r.stems = make(map[string]int, len(w.stems))
		for i, s := range w.stems {
			r.stems[s] = i
		}
	}
	r.at = r.at[:0]
	for _, l := range locations {
		if i, ok := r.stems[l.Term]; ok && l.Field == wordsField {
			r.at = append(r.at, position{int(l.Location.Pos), i})
		}
	}
	slices.SortFunc(r.at, func(a, b position) int { return cmp.Compare(a.at, b.at) })
	all, kinds := r.standings(w)
	if kinds == 0 || kinds < len(w.phrases) && !w.any {
		return 0, false
	}
	missing := min(len(w.phrases)-kinds, math.MaxUint16)
	between := min(r.closest(all, kinds, w), math.MaxUint16)
	return uint64(missing)<<32 | uint64(between)<<16 | uint64(math.MaxUint16-min(len(all), math.MaxUint16)), true
}

// standings returns where the phrases stand, in order, and how many of them stand anywhere.
func (r *ranker) standings(w wanted) (all []standing, kinds int) {
	for i, p := range w.phrases {
		before := len(all)
		for j := range r.at {
			if len(p.stems) > len(r.at)-j {
				break
			}
			stands := true
			for k, s := range p.stems {
				if r.at[j+k].at != r.at[j].at+k || w.stems[r.at[j+k].stem] != s {
					stands = false
					break
				}
			}
			if stands {
				all = append(all, standing{r.at[j].at, r.at[j].at + len(p.stems) - 1, i})
			}
		}
		if len(all) > before {
			kinds++
		}
	}
	slices.SortFunc(all, func(a, b standing) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.phrase, b.phrase)) })
	return all, kinds
}

// closest returns how many other words stand among the phrases, where each that is there stands at least once.
func (r *ranker) closest(all []standing, kinds int, w wanted) int {
	r.count = append(r.count[:0], make([]int, len(w.phrases))...)
	words := 0
	for _, s := range all {
		if r.count[s.phrase]++; r.count[s.phrase] == 1 {
			words += len(w.phrases[s.phrase].stems)
		}
	}
	clear(r.count)
	best, within, from := math.MaxInt, 0, 0
	for _, s := range all {
		if r.count[s.phrase]++; r.count[s.phrase] == 1 {
			within++
		}
		for within == kinds {
			best = min(best, s.last-all[from].first+1-words)
			if r.count[all[from].phrase]--; r.count[all[from].phrase] == 0 {
				within--
			}
			from++
		}
	}
	return max(best, 0)
}

var (
	_ graph.PassageFinder = (*Store)(nil)
	_ graph.Store         = (*Store)(nil)
)
