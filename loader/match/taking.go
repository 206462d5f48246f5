package match

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

const (
	// besideBytes is how far from a claim a link or citation stands that is meant for it.
	besideBytes = 200
	// quotedWords and reusedRuns are how much of another's words shows that they were
	// read there: a quotation of some length, and twelve words of the writer's own in a row.
	quotedWords = 8
	reusedRuns  = 8
)

// takings relates the claims that one document has from the other:
//
//   - declared: the document names the other, by a link, a citation or in words, as the
//     source of the claim, beside it or elsewhere;
//   - quoted: it quotes the author or publisher of the other, and the words are there;
//   - inferred: it came later and repeats a long run of the other's own words.
//
// Two who quote a third in the same words need not have read each other. A document
// without a date is never said to be the later one. Two documents that name each other
// have their claims from each other.
func (m *matcher) takings() {
	ofA, ofB := m.heldOf(m.a, m.b), m.heldOf(m.b, m.a)
	joints := make([]*joint, 0, len(m.like))
	for _, j := range m.like {
		joints = append(joints, j)
	}
	slices.SortFunc(joints, func(x, y *joint) int {
		return cmp.Or(strings.Compare(string(x.a.id), string(y.a.id)), strings.Compare(string(x.b.id), string(y.b.id)))
	})
	for _, j := range joints {
		m.taking(m.a, j.a, m.b, j.b, &j.verdict, ofA)
		m.taking(m.b, j.b, m.a, j.a, &j.verdict, ofB)
	}
}

// heldOf returns the sources of one side that are the document of the other, and how sure that is.
func (m *matcher) heldOf(from, in *side) map[graph.ID]graph.Confidence {
	out := map[graph.ID]graph.Confidence{}
	for _, r := range m.relations {
		if r.Kind == graph.SameSource && r.To == in.document.ID && r.Score >= graph.FamilyThreshold && slices.ContainsFunc(from.sources, func(c *cited) bool { return c.ID == r.From }) {
			out[r.From] = max(out[r.From], r.Score)
		}
	}
	return out
}

// taking relates a claim to the one it is taken from, if it is.
func (m *matcher) taking(from *side, c *end, in *side, of *end, v *verdict, held map[graph.ID]graph.Confidence) {
	alike := v.alike
	if v.kind == graph.SameTopic { // it may be taken from there and have changed on the way
		alike -= 100
	}
	if score, why := from.declares(c.claim, of.claim, held); score > 0 {
		m.relate(c.id, graph.TakesFrom, of.id, min(score, alike), graph.BasisDeclared, "match/cited", why)
		return
	}
	switch {
	case in.own[from.speaker[c.id]] && c.says.quotesFrom(of.says) && !of.statedOn.After(c.statedOn):
		m.relate(c.id, graph.QuotesFrom, of.id, alike, graph.BasisQuoted, "match/quoted", "it quotes who wrote or published that", fmt.Sprintf("%d runs of five words in common", v.reuse))
	case v.own >= reusedRuns && c.statedOn.After(of.statedOn):
		m.relate(c.id, graph.TakesFrom, of.id, min(alike, graph.Confidence(640+15*v.own)), graph.BasisInferred, "match/reuse", fmt.Sprintf("%d runs of five words of its own in common", v.own), "stated later")
	}
}

// declares reports whether a document names another, of which it holds such sources, for a
// claim: at it, beside it, or anywhere. What is named elsewhere was hardly taken from what came later.
func (s *side) declares(c, of *claim, held map[graph.ID]graph.Confidence) (score graph.Confidence, why string) {
	if len(held) == 0 {
		return 0, ""
	}
	at := append(slices.Clone(c.credits), c.saidIn)
	if w := s.claims[c.within]; w != nil {
		at = append(at, w.saidIn)
	}
	var beside, anywhere graph.Confidence
	for _, src := range s.sources {
		sure := held[src.ID]
		switch {
		case sure == 0:
		case slices.Contains(at, src.ID):
			score = max(score, sure)
		case src.Segment == c.segment && near(src.spans, c.spans):
			beside = max(beside, sure)
		default:
			anywhere = max(anywhere, sure)
		}
	}
	switch {
	case score > 0:
		return score, "it names that document as its source"
	case beside > 0:
		return beside * 9 / 10, "it cites that document beside it"
	case anywhere > 0 && !of.statedOn.After(c.statedOn):
		return anywhere * 3 / 4, "it cites that document"
	}
	return 0, ""
}

// quotesFrom reports whether a statement has words in quotation marks that the other has too.
func (s *statement) quotesFrom(of *statement) bool {
	return slices.ContainsFunc(s.quotes, func(p phrase) bool { return len(p.words) >= quotedWords && holdsMost(of, p.words) })
}

// holdsMost reports whether most of the runs of words of a phrase stand in a statement.
func holdsMost(s *statement, words []word) bool {
	runs, _ := shinglesOf(words, make([]bool, len(words)))
	return 3*inCommon(runs, s.shingles) >= 2*len(runs)
}

// near reports whether any two spans of two lists are close together.
func near(a, b []graph.Span) bool {
	return slices.ContainsFunc(a, func(x graph.Span) bool {
		return slices.ContainsFunc(b, func(y graph.Span) bool { return x.Start < y.End+besideBytes && y.Start < x.End+besideBytes })
	})
}
