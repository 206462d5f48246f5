package extract

import (
	"slices"
	"strings"

	"whence/graph"
	"whence/loader/syntax"
)

// A tree is a parsed sentence, with what rules ask of it.
type tree struct {
	syntax.Sentence
	text     string
	sentence graph.Span
	lower    []string // folded words
	kids     [][]int  // children in order
	first    []int    // first token under each token
	last     []int    // last token under each token
	quoted   []bool   // whether a token stands in quotation marks, they included
}

// parse reads the sentence at s. The quotes are those that overlap it, in order.
func parse(text string, s graph.Span, quotes []quote) *tree {
	t := &tree{Sentence: syntax.Parse(text, s), text: text, sentence: s}
	n := len(t.Sentence)
	t.lower, t.kids, t.quoted = make([]string, n), make([][]int, n), make([]bool, n)
	t.first, t.last = make([]int, n), make([]int, n)
	q := 0
	for i, w := range t.Sentence {
		t.lower[i] = fold(w.Span.Of(text))
		t.first[i], t.last[i] = i, i
		if w.Head >= 0 {
			t.kids[w.Head] = append(t.kids[w.Head], i)
		}
		for q < len(quotes) && quotes[q].span.End <= w.Span.Start {
			q++
		}
		t.quoted[i] = q < len(quotes) && quotes[q].span.Start <= w.Span.Start
	}
	for i := range t.Sentence {
		for h, steps := t.Sentence[i].Head, 0; h >= 0 && steps < n; h, steps = t.Sentence[h].Head, steps+1 {
			t.first[h], t.last[h] = min(t.first[h], i), max(t.last[h], i)
		}
	}
	return t
}

// at returns the token that holds a byte of the text, -1 for none.
func (t *tree) at(b int) int {
	i, ok := slices.BinarySearchFunc(t.Sentence, b, func(w syntax.Token, b int) int {
		switch {
		case w.Span.End <= b:
			return -1
		case w.Span.Start > b:
			return 1
		}
		return 0
	})
	if !ok {
		return -1
	}
	return i
}

// rel reports whether the relation of a token to its head is one of those given, subtypes aside.
func (t *tree) rel(i int, rels ...string) bool {
	if i < 0 {
		return false
	}
	r, _, _ := strings.Cut(t.Sentence[i].Rel, ":")
	return slices.Contains(rels, r)
}

// is reports whether the token at i is one of the words.
func (t *tree) is(i int, words ...string) bool {
	return i >= 0 && i < len(t.lower) && slices.Contains(words, t.lower[i])
}

// child returns the first child of i with one of the relations, -1 for none.
func (t *tree) child(i int, rels ...string) int {
	for _, k := range t.kids[i] {
		if t.rel(k, rels...) {
			return k
		}
	}
	return -1
}

// phrase returns the first token of the noun phrase that the token i heads, also where it is the predicate of
// a clause: "the news was | their report".
func (t *tree) phrase(i int) int {
	first := t.first[i]
	for _, k := range t.kids[i] {
		if k < i && t.rel(k, "nsubj", "csubj", "expl", "cop", "aux", "mark", "cc", "case") {
			first = max(first, t.last[k]+1)
		}
	}
	return first
}

// root returns the head of the sentence, -1 for none.
func (t *tree) root() int {
	return slices.IndexFunc(t.Sentence, func(w syntax.Token) bool { return w.Head < 0 })
}

// word reports whether a token is no mark.
func (t *tree) word(i int) bool {
	return t.Sentence[i].UPOS != "PUNCT" && t.Sentence[i].UPOS != "SYM" || t.is(i, "%", "$", "£", "€")
}

// span returns the text from token i to token j, both included, without marks at its
// borders but for brackets and quotation marks that hold a part of it.
func (t *tree) span(i, j int) graph.Span {
	edge := func(k int) bool { return !t.word(k) && !t.quoted[k] && !t.is(k, "(", ")", "[", "]", "?", "!") }
	for i <= j && (edge(i) || t.is(i, ")", "]", "?", "!")) {
		i++
	}
	for j >= i && (edge(j) || t.is(j, "(", "[")) {
		j--
	}
	if i > j {
		return graph.Span{}
	}
	for t.quoted[i] && i > 0 && t.quoted[i-1] && !t.word(i-1) { // the marks around what is quoted
		i--
	}
	for t.quoted[j] && j+1 < len(t.Sentence) && t.quoted[j+1] && !t.word(j+1) {
		j++
	}
	return graph.Span{Start: t.Sentence[i].Span.Start, End: t.Sentence[j].Span.End}
}

// finite reports whether a finite verb that no subordinator takes stands between the
// tokens i and j, both included.
func (t *tree) finite(i, j int) bool {
	for k := i; k <= j; k++ {
		switch t.Sentence[k].Tag {
		case "VBD", "VBZ", "VBP", "MD":
		default:
			continue
		}
		h := k
		if t.rel(k, "aux", "cop") && t.Sentence[k].Head >= 0 {
			h = t.Sentence[k].Head
		}
		if !slices.ContainsFunc(t.kids[h], func(c int) bool {
			return c < k && (t.rel(c, "mark") || t.is(c, "when", "where", "who", "which", "whose"))
		}) {
			return true
		}
	}
	return false
}
