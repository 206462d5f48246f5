package extract

// barred reports whether the word right before a cue alone shows that nobody reports
// anything with it, so that its sentence need not be parsed for it: it is a noun ("the claims",
// "Jones's claim", "in reports"), was not said ("may say"), or is the writer's or reader's ("I think").
func (u *unit) barred(i int) bool {
	w, before := u.at(i).lower, u.at(i-1).lower
	switch {
	case articles[before], possessivePron[before], before == "i", before == "we", before == "you":
		return true
	case isParticiple(w): // "he's told", "he'd said", "in said report"
		return false
	case before == "'s":
		return w[len(w)-1] != 'g' // "he's claiming"
	}
	return modals[before] || nounForms[w] && before != "to" && nounPreps[before]
}

var articles = set(`a an the every no`)
