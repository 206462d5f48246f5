package syntax

import (
	"math"

	"whence/loader/syntax/perceptron"
)

// A tagger names the part of speech of each word, from left to right, from the
// words around it and the two tags before it.
type tagger struct {
	tags   []string // "VBD VERB": Penn tag and universal tag, which are chosen together
	scorer perceptron.Scorer
}

// tag fills w.tags for w.words, and w.seconds with the tag that came second
// where it came close, else with the same tag.
func (t *tagger) tag(w *work) {
	w.tags, w.seconds = resize(w.tags, len(w.words)), resize(w.seconds, len(w.words))
	w.scores = resize(w.scores, len(t.tags))
	for i := range w.words {
		clear(w.scores)
		tagFeatures(w.words, w.tags, i, w.feature.empty())
		t.scorer.Score(w.feature.list, w.scores)
		best := perceptron.Best(w.scores)
		w.tags[i], w.seconds[i] = uint8(best), uint8(best)
		most := w.scores[best]
		w.scores[best] = math.MinInt32
		if second := perceptron.Best(w.scores); most-w.scores[second] < doubt {
			w.seconds[i] = uint8(second)
		}
	}
}

// doubt is how close the second tag must come: it does for about one word in fourteen, and for half of those that are tagged wrong.
const doubt = 200

var noWord word

func wordAt(words []word, i int) *word {
	if i < 0 || i >= len(words) {
		return &noWord
	}
	return &words[i]
}

// tagFeatures sees the tags before i, not those from i on.
func tagFeatures(words []word, tags []uint8, i int, f *features) {
	w := &words[i]
	p1, p2, n1, n2 := wordAt(words, i-1), wordAt(words, i-2), wordAt(words, i+1), wordAt(words, i+2)
	t1, t2 := uint64(255), uint64(255)
	if i > 0 {
		t1 = uint64(tags[i-1])
	}
	if i > 1 {
		t2 = uint64(tags[i-2])
	}
	first := uint64(0)
	if i == 0 {
		first = 1
	}
	f.add(0)
	f.add(w.form)
	f.add(w.lower)
	for _, s := range w.suffix {
		f.add(s)
	}
	for _, p := range w.prefix {
		f.add(p)
	}
	f.add(w.shape)
	f.add(w.shape, first)
	f.add(w.shape, w.suffix[2])
	f.add(t1)
	f.add(t1, t2)
	f.add(t1, w.lower)
	f.add(t1, w.suffix[2])
	f.add(t1, n1.lower)
	f.add(t1, t2, w.lower)
	f.add(p1.lower)
	f.add(p2.lower)
	f.add(n1.lower)
	f.add(n2.lower)
	f.add(p1.lower, w.lower)
	f.add(w.lower, n1.lower)
	f.add(n1.lower, n2.lower)
	f.add(n1.suffix[2])
	f.add(p1.suffix[2])
	f.add(p1.shape, w.shape, n1.shape)
	f.add(n1.shape, w.suffix[1])
	f.add(n1.suffix[2], t1)
	f.add(n1.suffix[1], w.suffix[2])
	f.add(t1, w.shape, w.suffix[1])
	f.add(w.fine)
	f.add(w.fine, t1)
	f.add(w.fine, w.suffix[1])
	f.add(w.fine, w.shape)
	f.add(p1.fine)
	f.add(n1.fine)
	f.add(n1.fine, t1)
	f.add(w.fine, n1.fine)
	f.add(p1.fine, w.fine)
	f.add(n1.fine, w.lower)
	f.add(w.broad, t1, n1.broad)
	f.add(w.broad, w.suffix[2], w.shape)
	f.add(n1.broad, n2.broad, t1)
}
