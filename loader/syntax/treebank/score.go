package treebank

import (
	"fmt"
	"strings"

	"whence/graph"
	"whence/loader/syntax"
)

// A Score counts as the CoNLL 2018 shared task does: words of gold and system
// match when they have the same characters; a head is right when the heads
// match; relations are compared without their subtypes.
type Score struct {
	Gold, System, Matched      int
	UPOS, Tag, Lemma, UAS, LAS int // right, of Matched
	Subtypes                   int // as LAS, with subtypes
}

// Add scores one sentence, given the words of both in order of their spans over one text.
func (s *Score) Add(gold, system syntax.Sentence) {
	s.Gold += len(gold)
	s.System += len(system)
	pair := make([]int, len(system)) // index in gold, -1 for none
	for i, g := 0, 0; i < len(system); i++ {
		pair[i] = -1
		for g < len(gold) && gold[g].Span.Start < system[i].Span.Start {
			g++
		}
		if g < len(gold) && gold[g].Span == system[i].Span {
			pair[i] = g
		}
	}
	for i, w := range system {
		if pair[i] < 0 {
			continue
		}
		g := gold[pair[i]]
		s.Matched++
		s.UPOS += count(w.UPOS == g.UPOS)
		s.Tag += count(w.Tag == g.Tag)
		s.Lemma += count(w.Lemma == g.Lemma)
		right := w.Head < 0 && g.Head < 0 || w.Head >= 0 && g.Head >= 0 && pair[w.Head] == g.Head
		s.UAS += count(right)
		s.LAS += count(right && universal(w.Rel) == universal(g.Rel))
		s.Subtypes += count(right && w.Rel == g.Rel)
	}
}

// Scores are of a model on a treebank.
type Scores struct {
	Raw    Score // from the text of whole documents
	Cut    Score // from the text of each sentence
	Given  Score // from the tokens
	Divide Count // into sentences, of Raw
	Speech Count // arcs of speech, of Given
}

// Evaluate reads a treebank in three ways.
func Evaluate(m *syntax.Model, gold []syntax.Example) Scores {
	var out Scores
	for _, t := range syntax.Texts(gold) {
		var right, made syntax.Sentence
		for _, s := range t.Sentences {
			right = join(right, s)
		}
		spans := m.Sentences(t.Text, graph.Span{End: len(t.Text)})
		for _, s := range spans {
			made = join(made, m.Parse(t.Text, s))
		}
		out.Raw.Add(right, made)
		out.Divide.addSpans(t.Sentences, spans)
	}
	for _, e := range gold {
		out.Cut.Add(e.Tokens, m.Parse(e.Text, graph.Span{End: len(e.Text)}))
		spans := make([]graph.Span, len(e.Tokens))
		for i, t := range e.Tokens {
			spans[i] = t.Span
		}
		s := m.ParseTokens(e.Text, spans)
		out.Given.Add(e.Tokens, s)
		out.Speech.addSpeech(e.Tokens, s)
	}
	return out
}

// join appends a sentence to others of the same text.
func join(to, s syntax.Sentence) syntax.Sentence {
	offset := len(to)
	for _, t := range s {
		if t.Head >= 0 {
			t.Head += offset
		}
		to = append(to, t)
	}
	return to
}

// A Count is of things found.
type Count struct{ Gold, System, Right int }

// F1 is the harmonic mean of precision and recall, as a fraction.
func (c Count) F1() float64 {
	if c.Gold+c.System == 0 {
		return 0
	}
	return 2 * float64(c.Right) / float64(c.Gold+c.System)
}

// addSpans counts sentences that begin and end at the same places.
func (c *Count) addSpans(gold []syntax.Sentence, system []graph.Span) {
	c.Gold += len(gold)
	c.System += len(system)
	right := make(map[graph.Span]bool, len(gold))
	for _, s := range gold {
		right[graph.Span{Start: s[0].Span.Start, End: s[len(s)-1].Span.End}] = true
	}
	for _, s := range system {
		c.Right += count(right[s])
	}
}

// addSpeech counts the arcs between a verb of speech and its subject, or what was
// said, over the same tokens.
func (c *Count) addSpeech(gold, system syntax.Sentence) {
	of := func(s syntax.Sentence, i int) bool {
		t := s[i]
		if t.Head < 0 {
			return false
		}
		// The gold verb decides, so that both count the same verbs.
		switch g := func(k int) bool { return gold[k].UPOS == "VERB" && speech[gold[k].Lemma] }; universal(t.Rel) {
		case "nsubj":
			return g(t.Head)
		case "ccomp", "parataxis":
			return g(t.Head) || g(i)
		}
		return false
	}
	for i := range gold {
		g, s := of(gold, i), of(system, i)
		c.Gold += count(g)
		c.System += count(s)
		c.Right += count(g && s && gold[i].Head == system[i].Head && universal(gold[i].Rel) == universal(system[i].Rel))
	}
}

// String is a table of F1 in per cent.
func (s Scores) String() string {
	return fmt.Sprintf("from raw text:        %v\nwith given sentences: %v\nwith given tokens:    %v\nsentences: %.2f (%d found of %d)\narcs of verbs of speech: %.2f (of %d)",
		s.Raw, s.Cut, s.Given, 100*s.Divide.F1(), s.Divide.System, s.Divide.Gold, 100*s.Speech.F1(), s.Speech.Gold)
}

// String gives the F1 of each in per cent.
func (s Score) String() string {
	p := func(right int) float64 { return 100 * s.F1(right) }
	return fmt.Sprintf("words %.2f  UPOS %.2f  XPOS %.2f  lemmas %.2f  UAS %.2f  LAS %.2f  LAS with subtypes %.2f",
		p(s.Matched), p(s.UPOS), p(s.Tag), p(s.Lemma), p(s.UAS), p(s.LAS), p(s.Subtypes))
}

// F1 is the harmonic mean of right/System and right/Gold, as a fraction.
func (s *Score) F1(right int) float64 {
	if s.Gold+s.System == 0 {
		return 0
	}
	return 2 * float64(right) / float64(s.Gold+s.System)
}

func universal(rel string) string {
	rel, _, _ = strings.Cut(rel, ":")
	return rel
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
