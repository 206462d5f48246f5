// Package cover ranks texts by how well they cover what somebody says: which fact-check, or which claim that is
// held, is about it.
//
// Two things count. Words: how much of what is asked stands in a text, word for word, a rare word for more than
// a common one (BM25 over stems). Meaning: how close the encoder of loader/embed puts the two, which also
// sees what is said in other words. Meaning needs the vectors of the texts, which take a moment each to make
// and are kept in [Vectors]; where they are missing, words count alone.
//
// A ranking depends on the texts of its index and their order, and on nothing else.
package cover

import (
	"cmp"
	"context"
	"slices"

	"whence/loader/embed"
)

// A Text is something that may cover a claim.
type Text struct {
	Words string // what is claimed
	Title string // of the document in which it stands; may be ""
	By    string // who says it; may be ""
}

// sentences are what the encoder reads of a text.
func (t Text) sentences() [2]string { return [2]string{sentence(t.Words), sentence(t.Title)} }

// A Query is what somebody says, and who, if that is known.
type Query struct {
	Words string
	By    string
}

// A Hit is a text that may cover what was asked.
type Hit struct {
	At      int      // the place of the text in the index
	Score   float64  // from 0 to 1, see [Index.Rank]
	Words   float64  // how much of the weight of the words asked for stands in the text: 0 to 1
	Meaning float64  // how close the two lie: 0 to 1; 0 if meaning does not count
	Shared  []string // words asked for that stand in the text, the weightiest first
	By      bool     // the text is by the one who is asked for, or its title names them
}

// Parts say what counts in a ranking, and how much.
type Parts struct{ Words, Meaning, By float64 }

// Both is how much words and meaning count when both do. Chosen on the
// development halves of two public sets of queries; see EVALUATION.md.
var Both = Parts{Words: 0.35, Meaning: 0.65, By: 0.05}

// Without a part, the others are alone.
var (
	OnlyWords   = Parts{Words: 1}
	OnlyMeaning = Parts{Meaning: 1}
)

// An Index is texts made ready to be ranked. It does not change, and is safe for concurrent use.
type Index struct {
	words   lexical
	vectors [][2]*embed.Vector // of words and title of each text, nil where there are none; nil without meaning
}

// NewIndex makes texts ready to be ranked by their words, and by their meaning too if v has all that the
// encoder makes of them. v may be nil.
func NewIndex(texts []Text, v *Vectors) *Index {
	x := &Index{words: newLexical(texts)}
	vectors := make([][2]*embed.Vector, len(texts))
	for i, t := range texts {
		for side, s := range t.sentences() {
			var ok bool
			if vectors[i][side], ok = v.of(s); !ok {
				return x
			}
		}
	}
	x.vectors = vectors
	return x
}

// HasMeaning reports whether meaning counts in rankings of this index.
func (x *Index) HasMeaning() bool { return x.vectors != nil }

// Rank returns the texts that best cover what is asked, the best first, those alike in the order of the index, at most
// limit; 0 is all. A text that shares no word and has nothing near in meaning is left out.
//
// The score is the mean of its parts, weighted by [Both] or, without meaning, of words alone. The part of
// words is the BM25 score against that of the best text, that of meaning the cosine, that of by whether it is by
// whom was asked, where that was said. So scores put the texts of one answer in order, and how high the first is says
// how sure it is; EVALUATION.md has the shares that are right. Of words alone the first would always have 1: it has
// the share of the words asked for that stands in it, and the others less in proportion.
func (x *Index) Rank(ctx context.Context, q Query, limit int) ([]Hit, error) {
	return x.RankBy(ctx, q, x.parts(), limit)
}

// parts is what counts in rankings of this index.
func (x *Index) parts() Parts {
	if x.HasMeaning() {
		return Both
	}
	return OnlyWords
}

// RankBy is Rank with parts of one's own.
func (x *Index) RankBy(ctx context.Context, q Query, parts Parts, limit int) ([]Hit, error) {
	terms := asked(q)
	hits, err := x.order(ctx, q, terms, parts)
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit:limit]
	}
	x.explain(hits, terms)
	return hits, err
}

// explain says what words hits share with the terms asked for.
func (x *Index) explain(hits []Hit, terms []term) {
	for i := range hits {
		hits[i].Shared, hits[i].Words = x.words.shared(terms, hits[i].At)
	}
}

// order returns every hit, the best first, without what words it shares.
func (x *Index) order(ctx context.Context, q Query, terms []term, parts Parts) ([]Hit, error) {
	words := x.words.scores(terms)
	best := slices.Max(append([]float64{0}, words...))
	meaning := make([]float64, len(words))
	if parts.Meaning > 0 && x.HasMeaning() {
		vectors, err := embed.English().Encode(ctx, []string{sentence(q.Words)})
		if err != nil {
			return nil, err
		}
		for i, v := range x.vectors {
			meaning[i] = near(&vectors[0], v)
		}
	}
	named := make([]bool, len(words))
	if by := surname(q.By); by != "" {
		for _, i := range x.words.signed[by] {
			named[i] = true
		}
	} else {
		parts.By = 0
	}
	var hits []Hit
	for i := range words {
		h := Hit{At: i, Meaning: meaning[i], By: named[i]}
		if words[i] == 0 && meaning[i] < nearEnough {
			continue
		}
		if words[i] > 0 {
			h.Score = parts.Words * words[i] / best
		}
		h.Score += parts.Meaning * meaning[i]
		if named[i] {
			h.Score += parts.By
		}
		h.Score /= parts.Words + parts.Meaning + parts.By
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
	if parts == OnlyWords && len(hits) > 0 {
		_, share := x.words.shared(terms, hits[0].At)
		for i := range hits {
			hits[i].Score *= share
		}
	}
	return hits, ctx.Err()
}

// nearEnough is the meaning from which a text without a word in common is shown.
const nearEnough = 0.5

// closer is how much the closer of a text's words and its title counts; the other counts the rest.
const closer = 0.7

// near says how close a query lies to the words and the title of a text: 0 to 1.
func near(q *embed.Vector, text [2]*embed.Vector) float64 {
	cosines := make([]float64, 0, len(text))
	for _, v := range text {
		if v != nil {
			cosines = append(cosines, max(0, embed.Cosine(q, v)))
		}
	}
	if len(cosines) == 0 {
		return 0
	}
	return closer*slices.Max(cosines) + (1-closer)*slices.Min(cosines)
}
