package extract

import (
	"strings"

	"whence/graph"
)

// copular reads "the union's fear is that fares will rise", "the aim of the study was to count them", "the concerns that
// were raised are about fares": the noun of a report is the subject, and what it stands for follows "be".
func (r *reader) copular(u *unit, i int) bool {
	w := u.at(i).lower
	be := u.beAfter(i)
	if be < 0 {
		return false
	}
	from := be + 1
	for isAdverb(u.at(from).lower) {
		from++
	}
	about := negativeNouns[w] && u.is(from, "about", "over")
	switch {
	case about:
	case (speechNouns[w] || speechNouns[strings.TrimSuffix(w, "s")]) && u.is(from, "that"):
	case found[strings.TrimSuffix(w, "s")] && u.foremost(i) && u.at(from).word && !u.is(from, "to"):
		if !u.is(be, "is", "was", "are", "were") || u.is(from, "not", "no") {
			return false
		}
	case (purposeNouns[strings.TrimSuffix(w, "s")] || goalNouns[strings.TrimSuffix(w, "s")]) && u.is(from, "to"):
	default:
		return false
	}
	t, n := r.treeAt(u, i)
	if n < 0 || t.quoted[n] || t.is(len(t.Sentence)-1, "?") {
		return false
	}
	subject := n
	if one := t.Sentence[n].Head; one >= 0 && t.rel(n, "nmod") && t.is(one, "one", "some", "many", "most") {
		subject = one
	}
	if !t.rel(subject, "nsubj", "root") {
		return false
	}
	source, ok := t.holder(n)
	if of := t.child(n, "nmod"); ok && source.Len() == 0 && of > n && t.is(t.first[of], "of") && evidenceNouns[t.lower[of]] {
		source = t.span(t.first[of]+1, t.last[of]) // "the aim of the study"
	}
	if !ok || source.Len() == 0 && !speechNouns[w] && !speechNouns[strings.TrimSuffix(w, "s")] && !about || source.Len() == 0 && !u.is(from, "that", "to") && !about {
		return false
	}
	a := attribution{source: source, cue: u.spanOf(i, be+1), negative: negativeNouns[w], para: u.para, unit: u.span, rule: "N3"}
	if source.Overlaps(a.cue) {
		a.cue = u.at(i).span
	}
	if about {
		from++
	}
	a.content = []graph.Span{u.clauseSpan(from, r.clauseEnd(u, from))}
	return r.add(a) >= 0
}

// found are nouns of what an inquiry or a speaker comes to, which a phrase alone can name.
var found = set(`finding revelation conclusion recommendation complaint demand criticism accusation suggestion admission`)

// foremost reports whether the noun at item i is singled out of several, so that "be" tells which it is: "one of the findings",
// "the biggest complaint", "its main demand".
func (u *unit) foremost(i int) bool {
	for k := i - 1; k >= 0 && k > i-5; k-- {
		w := u.at(k).lower
		if u.is(k, "one") && u.is(k+1, "of") || ranked[w] || len(w) > 4 && strings.HasSuffix(w, "est") {
			return true
		}
	}
	return false
}

var ranked = set(`main key chief central principal first second third final only most`)

// maxSubject bounds how many items stand between the noun of a report and its "be".
const maxSubject = 20

// beAfter returns the item of the finite "be" whose subject the noun at item i heads, -1 for none.
func (u *unit) beAfter(i int) int {
	relative := false
	for k := i + 1; k < len(u.items) && k < i+maxSubject; k++ {
		w := u.at(k).lower
		switch {
		case u.is(k, ",", ";", ":"), u.at(k).isQuote():
			return -1
		case w == "that" || w == "which" || w == "who" || w == "so":
			relative = true
		case w == "be" && u.is(k-1, "to") && u.is(k-2, "seems", "seem", "appears", "appear", "seemed", "appeared"):
			return k
		case w == "is" || w == "are" || w == "was" || w == "were" || w == "remains" || w == "remained":
			if relative && (isParticiple(u.at(k+1).lower) || u.is(k+1, "not", "being")) {
				continue // "the claim that was made is"
			}
			return k
		case auxiliaries[w] && w != "'s" && !relative, w == "to" && !relative && u.at(k-1).word && !u.is(k-1, "seems", "seem", "appears", "appear"):
			return -1
		}
	}
	return -1
}

// goalNouns stand for what somebody means to do.
var goalNouns = set(`goal objective purpose mission ambition priority strategy hope dream wish task`)
