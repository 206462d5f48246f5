package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A PassageQuery selects passages of the texts that are held. Zero fields select everything but Words.
type PassageQuery struct {
	// Words is what must stand in the passage: words, in any order and inflection, and
	// phrases in quotation marks, as they are. Case, accents and marks do not count.
	Words      string
	Any        bool // one of the words or phrases is enough; those with more of them come first
	Document   ID
	Publisher  string // equal but for case
	From, To   Date   // StatedOn, inclusive; undated passages are left out when either is set
	Commenters bool   // also what readers say in comments
	After      ID     // the cursor: passages after this one
	Limit      int    // 0 is all
}

// A PassageView is a passage of a text with what is needed to show it.
type PassageView struct {
	ID       ID // [NewPassageID]
	Passage  Passage
	Found    []Passage // the words that were asked for, in order of place
	Document *Document
	Version  *Version
	Segment  *Segment
	StatedOn Date // of the segment, else of the document; a reader's is never the document's
}

func (v PassageView) listID() ID { return v.ID }

// A PassageFinder finds words in the texts of all readings that were ever
// recorded and not erased, whether or not a view sees them.
type PassageFinder interface {
	// Find returns the passages that hold the phrases, or any of them, in the
	// document or, when it is "", in every one, after a passage that is one of them
	// or, when after is "", from the first. ErrInvalid if after is none of them.
	//
	// The order is that of a pure function of each passage's words and the phrases,
	// then of ID: it does not depend on what else is held.
	Find(ctx context.Context, phrases []Phrase, any bool, document, after ID) (PassageHits, error)
}

// PassageHits are the passages that a PassageFinder found.
type PassageHits interface {
	// Next returns the next passages, at most n; none at the end.
	Next(ctx context.Context, n int) ([]PassageHit, error)
	// Match returns where the words that were asked for stand in a passage's words, in
	// order: none if these are not what was asked for after all.
	Match(words string) []Span
	// Close releases what was found.
	Close() error
}

// A PassageHit is a passage that was found.
type PassageHit struct {
	ID               ID
	Reading          Label
	Version, Segment ID
	Span             Span
}

// A Phrase is folded words that stand one after the other. Without Exact it is
// one word, in any inflection.
type Phrase struct {
	Words []string
	Exact bool
}

// ParsePhrases reads what a person typed: what stands in double quotation marks
// is an exact phrase, every other word stands for itself. A mark that is not
// closed reaches to the end. Each phrase is returned once.
func ParsePhrases(s string) []Phrase {
	var phrases []Phrase
	add := func(p Phrase) {
		if len(p.Words) > 0 && !slices.ContainsFunc(phrases, func(q Phrase) bool { return p.Exact == q.Exact && slices.Equal(p.Words, q.Words) }) {
			phrases = append(phrases, p)
		}
	}
	for i, part := range strings.Split(straightQuotes.Replace(s), `"`) {
		words := FoldWords(part)
		if i%2 == 1 {
			add(Phrase{words, true})
			continue
		}
		for _, w := range words {
			add(Phrase{[]string{w}, false})
		}
	}
	return phrases
}

var straightQuotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "＂", `"`)

// passageBatch is how many passages are looked at together, at least.
const passageBatch = 64

// Passages returns the passages that a query selects, best first.
func Passages(ctx context.Context, r Reader, finder PassageFinder, q PassageQuery) (Page[PassageView], error) {
	var page Page[PassageView]
	phrases := ParsePhrases(q.Words)
	switch {
	case len(phrases) == 0:
		return page, fmt.Errorf("words %q: no letter or digit in them: %w", q.Words, ErrInvalid)
	case q.Limit < 0:
		return page, fmt.Errorf("limit %d: want 0 or more: %w", q.Limit, ErrInvalid)
	}
	if err := checkDates(q.From, q.To); err != nil {
		return page, err
	}
	hits, err := finder.Find(ctx, phrases, q.Any, q.Document, q.After)
	if err != nil {
		return page, err
	}
	defer hits.Close()
	s := passageSight{shelf: newShelf(r), left: newLeftOut(r.At().AsOf), readings: map[ID]Label{}, texts: map[string]string{}}
	for {
		batch, err := hits.Next(ctx, max(passageBatch, q.Limit+1))
		if err != nil || len(batch) == 0 {
			s.left.some = q.After != ""
			page.Warnings = merged(r.Warnings(), s.left.warnings("passage"))
			return page, err
		}
		views, err := s.views(ctx, batch, q)
		if err != nil {
			return page, err
		}
		for _, v := range views {
			found, err := s.match(ctx, &v, hits)
			if err != nil {
				return page, err
			}
			if !found {
				continue
			}
			if q.Limit > 0 && len(page.Items) == q.Limit {
				page.Next = page.Items[q.Limit-1].ID
				s.left.some = true
				page.Warnings = merged(r.Warnings(), s.left.warnings("passage"))
				return page, nil
			}
			page.Items = append(page.Items, v)
		}
	}
}

// A passageSight tells which passages one view sees.
type passageSight struct {
	*shelf
	left     *leftOut
	readings map[ID]Label      // by version: the smallest label under which it is seen; "" if it is not
	texts    map[string]string // by hash; not all that were read
	bytes    int               // in texts
}

// textsKept bounds, in bytes, the texts that one question keeps at a time.
const textsKept = 32 << 20

// views returns those of the passages that the view sees and the query selects, without what was found in them.
func (s *passageSight) views(ctx context.Context, hits []PassageHit, q PassageQuery) ([]PassageView, error) {
	var versions []ID
	for _, h := range hits {
		if _, ok := s.readings[h.Version]; !ok {
			s.readings[h.Version] = ""
			versions = append(versions, h.Version)
		}
	}
	edges, err := s.r.Out(ctx, sortedIDs(versions), VersionOf)
	if err != nil {
		return nil, err
	}
	// Two readings of one version hold the same passages twice.
	for _, e := range edges {
		if have := s.readings[e.From]; have == "" || e.Label < have {
			s.readings[e.From] = e.Label
		}
	}
	hits = slices.DeleteFunc(hits, func(h PassageHit) bool { return s.readings[h.Version] != h.Reading })
	ids := make([]ID, 0, 3*len(hits))
	for _, h := range hits {
		ids = append(ids, h.Version, h.Segment)
	}
	if err := s.read(ctx, ids...); err != nil {
		return nil, err
	}
	ids = ids[:0]
	for _, h := range hits {
		if v := on[*Version](s.shelf, h.Version); v != nil {
			ids = append(ids, v.Document)
		}
	}
	if err := s.read(ctx, ids...); err != nil {
		return nil, err
	}
	var views []PassageView
	for _, h := range hits {
		v := PassageView{ID: h.ID, Passage: Passage{Span: h.Span}, Version: on[*Version](s.shelf, h.Version), Segment: on[*Segment](s.shelf, h.Segment)}
		if v.Version == nil || v.Segment == nil {
			continue
		}
		if v.Document = on[*Document](s.shelf, v.Version.Document); v.Document != nil && s.selects(&v, q) {
			views = append(views, v)
		}
	}
	return views, nil
}

// selects reports whether a query selects a passage, dates it, and counts what is left out.
func (s *passageSight) selects(v *PassageView, q PassageQuery) bool {
	if q.Document != "" && v.Document.ID != q.Document || q.Publisher != "" && !strings.EqualFold(q.Publisher, v.Document.Publisher) {
		return false
	}
	v.StatedOn = v.Segment.Date
	if reader := v.Segment.Type.IsReader(); reader && !q.Commenters {
		s.left.reader(v.ID)
		return false
	} else if v.StatedOn == "" && !reader {
		v.StatedOn = v.Document.Published
	}
	return s.left.dated(v.ID, v.StatedOn) && s.left.between(v.ID, v.StatedOn, q.From, q.To)
}

// match fills in the words of a passage and what was found in it.
func (s *passageSight) match(ctx context.Context, v *PassageView, hits PassageHits) (bool, error) {
	text, ok := s.texts[v.Version.TextHash]
	if !ok {
		var err error
		if text, err = s.r.Text(ctx, v.Version.TextHash); err != nil {
			return false, err
		}
		if s.bytes += len(text); s.bytes > textsKept {
			clear(s.texts)
			s.bytes = len(text)
		}
		s.texts[v.Version.TextHash] = text
	}
	if err := v.Passage.Check(text); err != nil {
		return false, fmt.Errorf("passage %s: %w: %w", v.ID.Short(), err, ErrDamaged)
	}
	v.Passage = NewPassage(text, v.Passage.Span)
	v.Found = nil
	for _, at := range hits.Match(v.Passage.Exact) {
		v.Found = append(v.Found, NewPassage(text, Span{v.Passage.Start + at.Start, v.Passage.Start + at.End}))
	}
	return len(v.Found) > 0, nil
}
