package name

import (
	"slices"

	"whence/graph"
	"whence/loader/syntax"
	"whence/loader/syntax/entity"
)

// Hints returns what the rules of this package find by themselves, in the form in
// which it helps [entity.Find] and in which that learns to be helped.
func Hints(text string, sentences []graph.Span) []entity.Name {
	return hints(find(text, sentences))
}

// The types of hints that are no types of names.
const (
	Untold graph.AgentType = "untold" // of a name whose words do not tell
	Office graph.AgentType = "office" // of words that name a post
)

func hints(names []Name) []entity.Name {
	out := make([]entity.Name, 0, len(names))
	for _, n := range names {
		h := entity.Name{Span: n.Span, Type: n.Type}
		switch {
		case n.Nominal:
			continue
		case n.Office:
			h.Type = Office
		case n.Type == "":
			h.Type = Untold
		}
		out = append(out, h)
	}
	return out
}

// judge asks a learnt tagger, where it is sure, for the types of names of which the words
// do not tell what they name, in the sentences that have such names. The names are in
// order, none overlapping another.
func judge(text string, sentences []graph.Span, names []Name) {
	if len(sentences) == 0 {
		sentences = []graph.Span{{End: len(text)}}
	}
	hints := hints(names)
	var tagged []entity.Name
	for _, s := range sentences {
		n := 0
		for n < len(hints) && hints[n].Span.Start < s.End {
			n++
		}
		if slices.ContainsFunc(hints[:n], func(h entity.Name) bool { return h.Type == Untold }) {
			tagged = append(tagged, entity.Find(text, syntax.Tokens(text, s), hints[:n])...)
		}
		hints = hints[n:]
	}
	entity.Agree(text, tagged)
	for i := range names {
		n := &names[i]
		for len(tagged) > 0 && tagged[0].Span.Start < n.Span.Start {
			tagged = tagged[1:]
		}
		if n.untold() && len(tagged) > 0 && tagged[0].Span == n.Span && tagged[0].Lead >= entity.Sure && tagged[0].Type != entity.Thing {
			n.Type = tagged[0].Type
		}
	}
}

func (n Name) untold() bool { return n.Type == "" && !n.Office && !n.Nominal }
