// Package match finds which claims, sources and documents of two readings
// belong together. It sees the two readings as resolved and tables frozen in the
// program, and nothing else: what else is held, in which order it came and how
// common a word is there change no score.
//
// A match of two claims is typed by its first reason: [graph.SameClaim] when a
// careful reader would say that one speaker says one thing in both,
// [graph.SameClaimOther] when the thing is the same and the speaker is another
// or not known, and [graph.SameTopic] when something stands against it: figures
// that differ, a denial, too little in common. From a score of
// [graph.FamilyThreshold] the reader would say so without hesitation.
//
// # How two claims are compared
//
//   - V, verbatim: runs of five words that both have;
//   - P, a phrase in quotation marks in both, or L, whose words the other tells
//     in its own order close together: one speaker and one topic, so that two
//     writers who both put “hard work” in marks do not match;
//   - F, figures that are equal to the last digit, counted of the same thing;
//   - S, a paraphrase: stems that both have, weighed by whether the word is a
//     common one;
//   - M, the same in like words: one speaker, and words of like meaning by their vectors.
//
// What is then held against them: other figures, bounds, units or times; one denial
// more; contraries; "may" or "if" in one alone; who did it to whom; and, where they
// are nearly one sentence, each word that is another ([difference]). Claims of one
// topic that share a telling figure are related all the same, since there a number
// may have changed its meaning.
//
// Candidates share a key: a run of words, a figure and a word, two of their heaviest
// words, and the like. An [Index] finds the sides that share one with another: the cost
// grows with what has something in common, not with all pairs. The vectors are those of
// package syntax: other weights there want another [Matcher].
package match

import (
	"slices"
	"strings"

	"whence/graph"
)

// Matcher names this build of the matcher in labels. It changes whenever a link
// could come out otherwise.
const Matcher = "match/3"

// A Side is one reading with who is meant in it.
type Side struct {
	Reading    *graph.Reading
	Resolution *graph.Resolution
}

// Match returns the link between two readings: matches, takes-from and
// same-source relations, in order of ID. It is the same whichever comes first.
// ok is false when nothing belongs together, or when both are of one document:
// versions are not retellings.
func Match(a, b Side) (link graph.Link, ok bool) {
	link, _ = Prepare(a).Match(Prepare(b))
	return link, len(link.Relations) > 0
}

// Inside returns the link of a reading with itself: passages that stand in it
// twice, in the body and again in a comment. ok is false when there are none.
func Inside(s Side) (link graph.Link, ok bool) {
	link, _ = Prepare(s).Inside()
	return link, len(link.Relations) > 0
}

// A Prepared is a side made ready to be matched with many others. It holds nothing of
// its Side, does not change, and is safe for concurrent use.
type Prepared struct{ side *side }

// Prepare does, once, the work that does not depend on the other side.
func Prepare(s Side) *Prepared { return &Prepared{newSide(s)} }

// Label returns the label of the resolution.
func (p *Prepared) Label() graph.Label { return p.side.label }

// Document returns the document that the side is a reading of.
func (p *Prepared) Document() graph.ID { return p.side.document.ID }

// Weight counts what takes the room: claims and sources, some two kilobytes each.
func (p *Prepared) Weight() int { return 1 + len(p.side.claims) + len(p.side.sources) }

// Match is [Match] of two prepared sides; a link without relations is none. left
// counts the matches that were left out because there are too many.
func (p *Prepared) Match(q *Prepared) (link graph.Link, left int) {
	a, b := p.side, q.side
	if b.label < a.label {
		a, b = b, a
	}
	if a.document.ID == b.document.ID {
		return graph.Link{}, 0
	}
	m := &matcher{a: a, b: b, pairs: map[[2]int]verdict{}}
	candidates := m.candidates()
	if candidates == nil {
		return graph.Link{}, 0
	}
	m.claims(candidates)
	m.sources()
	m.takings()
	return m.link(), m.left
}

// Inside is [Inside] of a prepared side, as [Prepared.Match] gives it.
func (p *Prepared) Inside() (link graph.Link, left int) {
	m := &matcher{a: p.side, b: p.side, inside: true, pairs: map[[2]int]verdict{}}
	m.claims(m.candidates())
	return m.link(), m.left
}

// A matcher is the matching of one pair of sides.
type matcher struct {
	a, b      *side
	inside    bool
	pairs     map[[2]int]verdict // of statements, by index on either side
	order     [][2]int           // keys of pairs, in order
	joints    []joint            // claims that belong together
	left      int                // joints that were too many
	relations []graph.Relation
	like      map[[2]graph.ID]*joint // claims from a to b that say the same but for what is held against it
	ties      map[[2]graph.ID]bool   // sources that carry matched claims, see tieAll
}

// relate adds a relation that was computed.
func (m *matcher) relate(from graph.ID, kind graph.Predicate, to graph.ID, score graph.Confidence, basis graph.Basis, rule string, reasons ...string) {
	m.relations = append(m.relations, graph.Relation{
		ID: graph.NewRelationID(from, kind, to), Kind: kind, From: from, To: to,
		Score: score, Reasons: reasons, Basis: basis, Rule: rule,
	})
}

// link puts what was found in order.
func (m *matcher) link() graph.Link {
	slices.SortStableFunc(m.relations, func(a, b graph.Relation) int {
		if c := strings.Compare(string(a.ID), string(b.ID)); c != 0 {
			return c
		}
		return int(b.Score - a.Score)
	})
	m.relations = slices.CompactFunc(m.relations, func(a, b graph.Relation) bool { return a.ID == b.ID })
	if len(m.relations) == 0 {
		return graph.Link{}
	}
	a, b := m.a.label, m.b.label
	return graph.Link{Label: graph.NewLinkLabel(a, b, Matcher), A: a, B: b, Matcher: Matcher, Relations: m.relations}
}
