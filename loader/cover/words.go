package cover

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"

	"whence/graph"
)

// The constants of BM25 (Robertson and Zaragoza, 2009, “The Probabilistic Relevance Framework”): how soon
// a word that comes again stops to count, and how much the length of a text matters.
const (
	saturation = 1.2
	lengthPart = 0.75
)

// lexical ranks texts by the words that they have in common with a query.
type lexical struct {
	postings map[string][]posting
	length   []float64 // of each text, in terms
	mean     float64   // length
	// signed lists, for each term, the texts in whose title or whose speaker's name it stands.
	signed map[string][]int32
}

// A posting is how often a term stands in a text.
type posting struct{ text, count int32 }

func newLexical(texts []Text) lexical {
	l := lexical{postings: map[string][]posting{}, length: make([]float64, len(texts)), signed: map[string][]int32{}}
	stems := stemmer{}
	for i, t := range texts {
		at := int32(i)
		head := stems.terms(t.Title + " " + t.By)
		terms := append(stems.terms(tagged(t.Words)), head...)
		for _, t := range terms {
			list := l.postings[t.stem]
			if n := len(list); n > 0 && list[n-1].text == at {
				list[n-1].count++
				continue
			}
			l.postings[t.stem] = append(list, posting{at, 1})
		}
		for _, t := range head {
			if list := l.signed[t.stem]; len(list) == 0 || list[len(list)-1] != at {
				l.signed[t.stem] = append(list, at)
			}
		}
		l.length[i] = float64(len(terms))
		l.mean += l.length[i] / float64(len(texts))
	}
	return l
}

// weight says how much a term tells: more, the fewer texts have it.
func (l *lexical) weight(stem string) float64 {
	n := float64(len(l.postings[stem]))
	return math.Log(1 + (float64(len(l.length))-n+0.5)/(n+0.5))
}

// scores returns the BM25 score of every text.
func (l *lexical) scores(terms []term) []float64 {
	scores := make([]float64, len(l.length))
	for _, t := range terms {
		weight := l.weight(t.stem)
		for _, p := range l.postings[t.stem] {
			n := float64(p.count)
			scores[p.text] += weight * n * (saturation + 1) / (n + saturation*(1-lengthPart+lengthPart*l.length[p.text]/l.mean))
		}
	}
	return scores
}

// shared returns the words of terms that stand in a text, the weightiest first, and how much of the weight of
// all terms they have.
func (l *lexical) shared(terms []term, text int) (words []string, share float64) {
	var in []term
	whole := 0.0
	for _, t := range terms {
		weight := l.weight(t.stem)
		whole += weight
		if _, ok := slices.BinarySearchFunc(l.postings[t.stem], int32(text), func(p posting, at int32) int { return cmp.Compare(p.text, at) }); ok {
			in = append(in, t)
			share += weight
		}
	}
	slices.SortStableFunc(in, func(a, b term) int { return cmp.Compare(l.weight(b.stem), l.weight(a.stem)) })
	for _, t := range in {
		words = append(words, t.word)
	}
	if whole > 0 {
		share /= whole
	}
	return words, share
}

// A term is a word that tells what a text is about.
type term struct{ stem, word string }

// A stemmer takes texts apart and remembers the stems of words.
type stemmer map[string]string

const (
	longest  = 60 // bytes of a word that is looked at: more is no word
	stemRoot = 5  // characters of a stem that count: "legis" of legislator and legislation
)

// terms returns the terms of a text in order.
func (s stemmer) terms(text string) []term {
	var out []term
	for _, word := range graph.FoldWords(text) {
		if stop[word] || len(word) > longest {
			continue
		}
		stem, ok := s[word]
		if !ok {
			stem = english.Stem(word, false)
			if r := []rune(stem); len(r) > stemRoot && !strings.ContainsAny(stem, "0123456789") {
				stem = string(r[:stemRoot])
			}
			s[word] = stem
		}
		out = append(out, term{stem, word})
	}
	return out
}

// asked returns the terms of a query, each stem once.
func asked(q Query) []term {
	terms := stemmer{}.terms(tagged(q.Words) + " " + q.By)
	seen := map[string]bool{}
	return slices.DeleteFunc(terms, func(t term) bool {
		again := seen[t.stem]
		seen[t.stem] = true
		return again
	})
}

// surname returns the term of the last word of a name, "" if it has none.
func surname(name string) string {
	if terms := (stemmer{}).terms(name); len(terms) > 0 {
		return terms[len(terms)-1].stem
	}
	return ""
}

// stop are words that every text has; s, t, re, ve, ll, d and m are what is left of "it's" and the like.
var stop = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`a an the of in on at to for from by with and or but is are was were be been being am it
		its this that these those he she they him his her their our we you your i me my us as not no do does did have has had will would can
		could should may might there here what who which when where how why if then than so just about into over under after before up
		down out all any some more most very also only own same s t re ve ll d m don`) {
		m[w] = true
	}
	return m
}()
