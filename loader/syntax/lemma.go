package syntax

import (
	"math"
	"strings"
	"unicode/utf8"

	"whence/loader/syntax/perceptron"
)

// A lemmatiser makes the dictionary form of a word of a known tag: from a table
// of irregular words, else by an edit of its ending that its model chooses.
type lemmatiser struct {
	irregular map[uint64]string // by irregularKey
	edits     []string          // see applyEdit
	lexicon   *lexicon
	scorer    perceptron.Scorer
}

// An edit is written "2y": take two characters off the end, add y. With a
// leading "=" the capitals of the word are kept, else it is folded to lower case.
func applyEdit(edit, form string) string {
	rest, keep := strings.CutPrefix(edit, "=")
	if !keep {
		form = strings.ToLower(form)
	}
	for n := int(rest[0] - '0'); n > 0 && len(form) > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(form)
		form = form[:len(form)-size]
	}
	return form + rest[1:]
}

// editOf returns the shortest edit that makes lemma of form; ok is false if it
// would take more than nine characters off.
func editOf(form, lemma string) (edit string, ok bool) {
	lower := strings.ToLower(form)
	prefix := ""
	if lower != form && lemma != "" && commonPrefix(form, lemma) > commonPrefix(lower, lemma) {
		lower, prefix = form, "="
	}
	n := commonPrefix(lower, lemma)
	strip := utf8.RuneCountInString(lower[n:])
	if strip > 9 {
		return "", false
	}
	return prefix + string(rune('0'+strip)) + lemma[n:], true
}

func commonPrefix(a, b string) int {
	n := 0
	for i, r := range a {
		if !strings.HasPrefix(b[i:], string(r)) {
			break
		}
		n = i + utf8.RuneLen(r)
	}
	return n
}

// lemma of a form with a tag, given the form as the models see it.
func (l *lemmatiser) lemma(form string, seen *word, tag uint8, w *work) string {
	if lemma, ok := l.known(form, seen, tag); ok {
		return lemma
	}
	w.scores = resize(w.scores, len(l.edits))
	clear(w.scores)
	lemmaFeatures(seen, tag, w.feature.empty())
	l.scorer.Score(w.feature.list, w.scores)
	best := perceptron.Best(w.scores)
	lemma := applyEdit(l.edits[best], form)
	if !strings.HasPrefix(l.edits[best], "=") && !l.lexicon.has(lemma) {
		// "violat" is no word: is what comes second, "violate"? Names need not be known.
		w.scores[best] = math.MinInt32
		if second := applyEdit(l.edits[perceptron.Best(w.scores)], form); l.lexicon.has(second) {
			return second
		}
	}
	if lemma == "" {
		return form
	}
	return lemma
}

// known gives the lemmas that take no choice: of irregular words, of numbers in
// digits and of addresses.
func (l *lemmatiser) known(form string, seen *word, tag uint8) (lemma string, ok bool) {
	if lemma, ok := l.irregular[irregularKey(seen, tag)]; ok {
		return lemma, true
	}
	if len(form) > 3 && strings.ContainsAny(form, "/@") {
		return form, true
	}
	return numeral(form)
}

// numeral takes the commas out of a number: "1,250.5" is "1250.5".
func numeral(form string) (lemma string, ok bool) {
	if form == "" || form[0] < '0' || form[0] > '9' || strings.Trim(form, "0123456789.,") != "" {
		return "", false
	}
	return strings.ReplaceAll(form, ",", ""), true
}

func irregularKey(seen *word, tag uint8) uint64 { return mix(seen.lower, uint64(tag)) }

func lemmaFeatures(w *word, tag uint8, f *features) {
	t := uint64(tag)
	f.add(t)
	f.add(t, w.lower)
	for _, s := range w.suffix {
		f.add(t, s)
	}
	f.add(t, w.shape)
	f.add(t, w.form)
	f.add(t, w.suffix[3], w.prefix[0])
	f.add(t, w.suffix[1], w.prefix[2])
	f.add(w.suffix[2], w.shape)
}
