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

// Evaluate parses the sentences of a treebank, from their text and with their
// tokens given. Where sentences begin and end is given in both.
func Evaluate(m *syntax.Model, gold []syntax.Example) (raw, given Score) {
	for _, e := range gold {
		raw.Add(e.Tokens, m.Parse(e.Text, graph.Span{Start: 0, End: len(e.Text)}))
		spans := make([]graph.Span, len(e.Tokens))
		for i, t := range e.Tokens {
			spans[i] = t.Span
		}
		given.Add(e.Tokens, m.ParseTokens(e.Text, spans))
	}
	return raw, given
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
