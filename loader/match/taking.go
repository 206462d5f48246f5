package match

import (
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// takings relates claims that one document has from the other: it names the
// document as where the claim was said, or it repeats, later, the other's own words.
func (m *matcher) takings() {
	held := map[graph.ID]graph.Relation{} // source → that it is the other document
	for _, r := range m.relations {
		if r.Kind == graph.SameSource && r.Score >= graph.FamilyThreshold && (r.To == m.a.document.ID || r.To == m.b.document.ID) {
			held[r.From] = r
		}
	}
	pairs := make([][2]graph.ID, 0, len(m.same))
	for pair := range m.same {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(x, y [2]graph.ID) int {
		if c := strings.Compare(string(x[0]), string(y[0])); c != 0 {
			return c
		}
		return strings.Compare(string(x[1]), string(y[1]))
	})
	for _, pair := range pairs {
		v := m.same[pair]
		m.taking(m.a, m.a.claims[pair[0]], m.b, m.b.claims[pair[1]], v, held)
		m.taking(m.b, m.b.claims[pair[1]], m.a, m.a.claims[pair[0]], v, held)
	}
}

// taking relates a claim to the one it is taken from, if it is.
func (m *matcher) taking(from *side, c *claim, in *side, of *claim, v verdict, held map[graph.ID]graph.Relation) {
	if r, ok := held[c.saidIn]; ok && r.To == in.document.ID && v.score >= graph.FamilyThreshold {
		basis := graph.BasisInferred
		if r.Basis == graph.BasisDeclared {
			basis = graph.BasisDeclared
		}
		m.relate(c.id, graph.TakesFrom, of.id, min(r.Score, v.score), basis, "match/cited", "it names that document as its source")
		return
	}
	if !c.statedOn.After(of.statedOn) || v.reuse < 8 || v.rule != "match/V" {
		return
	}
	// Two who quote a third in the same words need not have read each other: the
	// words must be the other's own.
	quotesIt := in.own[from.speaker[c.id]] && (c.mode == graph.ModeDirect || c.mode == graph.ModeMixed)
	kind := graph.TakesFrom
	if quotesIt {
		kind = graph.QuotesFrom
	} else if own := of.mode == graph.ModeVoice || of.mode == graph.ModeIndirect; !own || c.mode == graph.ModeDirect || c.mode == graph.ModeMixed {
		return
	}
	m.relate(c.id, kind, of.id, v.score, graph.BasisQuoted, "match/reuse", fmt.Sprintf("%d runs of five words in common", v.reuse), "stated later")
}
