package entity

import (
	"whence/graph"
	"whence/loader/syntax"
)

// A Name is a proper name in a sentence: "Ada Lund", "University of Leeds".
type Name struct {
	Span graph.Span // of the text; no article, no title, no possessive ending
	Type graph.AgentType
	// Lead is by how much its words, in the mean, speak more for its type than for the
	// next one, in steps of the least weight that is learnt. It is 0 or more: 0 is a
	// guess, or what [Agree] changed. Of hints it is not known.
	Lead int
}

// Thing is the type of what has a name and is nobody and nowhere: a work, an event, a
// product, a law.
const Thing graph.AgentType = "thing"

// Sure is the [Name.Lead] from which on types can be relied on: in cross-validation they
// were right for 92 of 100 names of which the borders were, below for 58; and for 84
// against 51 of those whose type the hints do not tell.
const Sure = 300

// types are those that are told apart.
var types = []graph.AgentType{graph.Person, graph.Organisation, graph.Place, Thing}

// Find returns the names in a sentence, in order, none overlapping another, with the
// weights that ship. Hints are names that were found by other means, in order, of any
// type; with them it finds more. Of the sentence it needs the tokens, no tags and no tree:
// [syntax.Tokens] will do. It takes time in proportion to the length and is safe for
// concurrent use. The first call reads the weights.
func Find(text string, s syntax.Sentence, hints []Name) []Name { return English().Find(text, s, hints) }

// Agree gives names of one document that are written alike the type that most of them
// have, and a first or last name alone that of persons whose full name holds it.
func Agree(text string, names []Name) {
	votes := map[string]*[4]int{}
	vote := func(words string, typ, by int) {
		by++ // a guess counts for little
		if votes[words] == nil {
			votes[words] = new([4]int)
		}
		votes[words][typ] += by
	}
	for _, n := range names {
		typ := typeIndex(n.Type)
		if typ < 0 {
			continue
		}
		words := fold(n.Span.Of(text))
		vote(words, typ, n.Lead)
		if first, last := ofFull(words); n.Type == graph.Person && first != "" {
			vote(first, typ, n.Lead)
			vote(last, typ, n.Lead)
		}
	}
	for i := range names {
		typ := typeIndex(names[i].Type)
		if typ < 0 {
			continue
		}
		of := votes[fold(names[i].Span.Of(text))]
		for k, n := range of {
			if n > of[typ] {
				typ = k
			}
		}
		if names[i].Type != types[typ] {
			names[i].Type, names[i].Lead = types[typ], 0
		}

	}
}
