package extract

import (
	"slices"
	"strings"
)

// barred reports whether the word right before a cue alone shows that nobody reports
// anything with it, so that its sentence need not be parsed for it: it is a noun ("the claims",
// "Jones's claim", "in reports"), or was not said ("may say").
func (u *unit) barred(i int) bool {
	w, before := u.at(i).lower, u.at(i-1).lower
	switch {
	case articles[before], possessivePron[before]:
		return true
	case isParticiple(w): // "he's told", "he'd said", "in said report"
		return false
	case before == "'s":
		return w[len(w)-1] != 'g' // "he's claiming"
	}
	if modals[before] {
		return !u.is(i-2, "i", "we") // "we would argue"
	}
	return nounForms[w] && before != "to" && nounPreps[before]
}

var articles = set(`a an the every no`)

// clauseFollows reports whether a word that may open the clause of the noun at item i stands
// behind it, or a quotation that may hold one.
func (u *unit) clauseFollows(i int) bool {
	purpose := purposeNouns[strings.TrimSuffix(u.at(i).lower, "s")]
	return slices.ContainsFunc(u.items[i+1:], func(it item) bool {
		return it.isQuote() || strings.HasPrefix(it.lower, "that") || purpose && it.lower == "to"
	})
}
