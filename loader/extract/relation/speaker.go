package relation

import (
	"slices"
	"sort"

	"whence/graph"
)

// A speaker is who makes a claim, as far as the words tell.
type speaker struct {
	names []string // the words of the name, lower case, sorted; none if it is an office or a pronoun
	none  bool     // nobody is named: the text's own voice, or a passive
}

// offices are words for a post: without a name beside them they may mean anybody who holds it.
var offices = words(`secretary minister chancellor president prime premier mayor governor senator mp mps lord lady peer chair chairman chairwoman
	chairperson chief executive officer director head leader spokesman spokeswoman spokesperson official officials commissioner
	ombudsman judge professor dr mr mrs ms sir dame work pensions health education home foreign state justice transport
	environment defence treasury shadow deputy former the a an of for and he she they who it his her their`)

func (r *reader) speakerOf(source []graph.Span) speaker {
	who := speaker{none: len(source) == 0}
	for _, s := range source {
		first, end := r.tokensOf(s)
		for i := first; i < end && i-first < 30; i++ {
			if r.tokens[i].cap && !offices[r.tokens[i].low] && len(r.tokens[i].low) > 1 {
				who.names = append(who.names, trimPossessive(r.tokens[i].low))
			}
		}
	}
	sort.Strings(who.names)
	who.names = slices.Compact(who.names)
	return who
}

func trimPossessive(w string) string {
	if n := len(w); n > 2 && w[n-2:] == "'s" {
		return w[:n-2]
	}
	return w
}

// same reports whether two speakers share a word of their names.
func (a speaker) same(b speaker) bool {
	for _, n := range a.names {
		if slices.Contains(b.names, n) {
			return true
		}
	}
	return false
}

// could reports whether two speakers may be one: they share a name, or one of
// them is only an office or a pronoun.
func (a speaker) could(b speaker) bool {
	if a.none || b.none {
		return false
	}
	return len(a.names) == 0 || len(b.names) == 0 || a.same(b)
}

// subjectBefore reads who stands right before the token i: the words with a
// capital that end there, or a pronoun. It returns the first token of them, and i if nobody does.
func (r *reader) subjectBefore(i int) (speaker, int) {
	who := speaker{none: true}
	j := i
	for j > 0 && i-j < 6 && r.tokens[j-1].sentence == r.tokens[i].sentence && r.tokens[j-1].cap {
		j--
	}
	if j < i {
		s := r.speakerOf([]graph.Span{{Start: r.tokens[j].Start, End: r.tokens[i-1].End}})
		return s, j
	}
	if i > 0 && pronouns[r.low(i-1)] {
		return speaker{}, i - 1
	}
	if i > 1 && offices[r.low(i-1)] && r.low(i-2) == "the" {
		return speaker{}, i - 2
	}
	return who, i
}

var pronouns = words("he she they")
