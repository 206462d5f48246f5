package extract

import (
	"strings"
)

// nounClauseEnd ends the clause of "X's claim that …", which often is the subject
// of the sentence: it stops before a second finite verb after a comma.
func (r *reader) nounClauseEnd(u *unit, from int) int {
	for k := from; k < len(u.items); k++ {
		if u.is(k, ",") {
			return k
		}
	}
	return r.clauseEnd(u, from)
}

// clauseStart is where the clause that ends before item i begins: the unit, or
// after a semicolon, a dash, or an attribution already read.
func (r *reader) clauseStart(u *unit, i int) int {
	for k := i - 1; k > 0; k-- {
		if u.is(k, ";") {
			return k + 1
		}
	}
	k := 0
	for k < i && (u.is(k, ",") || conjunctions[u.at(k).lower] && !u.at(k+1).isQuote() || leadAdverbs[u.at(k).lower] && u.is(k+1, ",")) {
		k++
	}
	return k
}

// clauseLike reports whether items [i, j) can be a statement: a verb, and no
// subordinator or bare preposition that makes it an adjunct.
func (u *unit) clauseLike(i, j int) bool {
	if j-i < 3 {
		return false
	}
	first := u.at(i).lower
	verb := false
	for k := i; k < j; k++ {
		if w := u.at(k).lower; u.at(k).word && finiteVerb(w) || u.at(k).isQuote() && u.at(k).span.Len() > 40 {
			verb = true
		}
	}
	if !verb {
		return false
	}
	switch first {
	case "when", "while", "as", "because", "if", "although", "though", "since", "after", "before", "asked", "despite", "once":
		for k := i; k < j; k++ { // the main clause must follow inside
			if u.is(k, ",") && u.clauseLike(k+1, j) {
				return true
			}
		}
		return false
	}
	if strings.HasSuffix(first, "ing") && u.at(i).cap {
		for k := i; k < j; k++ {
			if auxiliaries[u.at(k).lower] {
				return true
			}
		}
		return false
	}
	if prepositions[first] && !isNumber(u.at(i+1).lower) { // "between 10 and 12 people" is a subject
		for k := i; k < j; k++ {
			if u.is(k, ",") && u.clauseLike(k+1, j) || auxiliaries[u.at(k).lower] {
				return true
			}
		}
		return false
	}
	return true
}

// clauseLikeFrom reports whether a clause begins at item i: a subject and a finite verb soon after.
func (u *unit) clauseLikeFrom(i int) bool {
	w := u.at(i).lower
	if !u.at(i).word && !u.at(i).isQuote() || conjunctions[w] {
		return false
	}
	if w == "about" && (isNumber(u.at(i+1).lower) || u.is(i+1, "half", "a", "one", "two")) {
		i++ // "about half of the rise came …"
	} else if prepositions[w] { // an adjunct before the clause: "said in May, fares rose"
		for k := i + 1; k < i+8; k++ {
			if u.is(k, ",") {
				return !subordinates[u.at(k+1).lower] && u.clauseLikeFrom(k+1)
			}
		}
		return false
	}
	if strings.HasSuffix(w, "'s") && subjectStart[strings.TrimSuffix(w, "'s")] || strings.HasSuffix(w, "'re") || strings.HasSuffix(w, "'ve") || strings.HasSuffix(w, "'ll") || strings.HasSuffix(w, "'m") || strings.HasSuffix(w, "'d") {
		return true
	}
	if subjectStart[w] {
		return u.at(i+1).verb || finiteVerb(u.at(i+1).lower) || isAdverb(u.at(i+1).lower) || finiteVerb(u.at(i+2).lower) || u.at(i+1).word && w != "that" && w != "this" && w != "these" && w != "those" && !prepositions[u.at(i+1).lower]
	}
	for k := i + 1; k < len(u.items) && k < i+25; k++ {
		it := u.at(k)
		if u.is(k, ",") && k < i+3 || u.is(k, ";", ".") {
			break
		}
		if it.verb || it.word && finiteVerb(it.lower) && !u.is(k-1, "the", "a", "an", "of", "to") {
			return true
		}
	}
	return false
}

// maxPlain bounds how many items the subject of a plain clause takes up.
const maxPlain = 12

// plainClause reports whether a subject and a finite verb begin at item i, with no relative clause between them:
// "fares can fall", not "figures that were published".
func (u *unit) plainClause(i int) bool {
	for k := i; k < len(u.items) && k < i+maxPlain; k++ {
		w := u.at(k).lower
		switch {
		case auxiliaries[w] && w != "'s":
			return k > i
		case subordinates[w] || !u.at(k).word && w != "'s":
			return false
		}
	}
	return false
}

// contentEnd is clauseEnd, shortened when the cue stands in a subordinate clause
// before the main one: "When X says A, B" reports A only.
func (r *reader) contentEnd(u *unit, from, cue int, g grammar) int {
	end := r.clauseEnd(u, from)
	if g.participle { // "Jones, noting that A, added: …"
		for k := from + 1; k < end; k++ {
			if _, ok := reportingVerbs[u.at(k+1).lower]; ok && (u.is(k, ",") || u.at(k).isQuote() && r.text[u.at(k).span.End-1] != '.') && (isParticiple(u.at(k+1).lower) || irregularPast[u.at(k+1).lower]) {
				if u.at(k).isQuote() {
					k++
				}
				return k
			}
		}
	}
	if g.aside {
		for k := from + 1; k < end; k++ {
			if u.is(k, ",") {
				return k
			}
		}
	}
	if g.front < 0 || g.front > cue || g.front > 0 && !u.is(g.front-1, ",", "and", "but") && g.front > 2 {
		return end
	}
	for k := from + 1; k < end; k++ {
		if u.is(k, ",") {
			return k
		}
	}
	return end
}

// consequence are words with which the same speaker draws a conclusion.
var consequence = set(`therefore thus hence consequently so`)

// clauseEnd returns the end of the reported clause that begins at from: the end of
// the unit, or where another report, an aside of the writer's or a contrast begins.
func (r *reader) clauseEnd(u *unit, from int) int {
	for k := from + 1; k < len(u.items); k++ {
		if u.is(k, ";") && !consequence[u.at(k+1).lower] {
			return k
		}
		if u.is(k, "according") && u.is(k+1, "to") || u.is(k, "–", "—") && u.is(k+1, "and", "but") {
			return k
		}
		if u.at(k-1).isQuote() && u.is(k, "and", "but") && (u.is(k+1, "i", "we", "you") || u.is(k+1, "the") && u.is(k+2, "rest")) {
			return k // the writer goes on
		}
		if u.at(k-1).isQuote() && u.is(k, "in", "during", "at", "on") && r.venue(u, k) {
			return k
		}
		if u.is(k, ",") {
			switch {
			case u.is(k+1, "but") && !u.is(k+2, "that") && !objectPron[u.at(k+2).lower]:
				return k
			case u.is(k+1, "according", "adding", "saying", "telling", "noting", "citing", "explaining", "warning", "claiming", "arguing", "insisting", "stating", "suggesting", "writing", "calling", "describing", "referring", "pointing", "accusing", "urging", "asking", "promising"):
				return k
			case u.is(k+1, "and", "while", "whereas", "but") && r.cueFollows(u, k+2):
				return k
			}
		}
		if u.is(k, "and", "but", "while", "whereas", "although", "though") && (!u.is(k-1, ",") && r.sharedCue(u, k+1) || r.cueFollows(u, k+1)) {
			if u.is(k-1, ",") {
				return k - 1
			}
			return k
		}
		if u.at(k).isQuote() && u.is(k-1, ".") {
			return k
		}
	}
	return len(u.items)
}

// venue reports whether the preposition at i begins where something was said: "in a
// conversation about …". After a quotation that belongs to the report, not to its words.
func (r *reader) venue(u *unit, i int) bool {
	for k := i + 1; k < i+5; k++ {
		switch u.at(k).lower {
		case "conversation", "interview", "statement", "speech", "article", "letter", "tweet", "post", "briefing", "conference", "blog", "memo", "email", "debate", "meeting", "hearing", "podcast", "programme":
			return determiners[u.at(i+1).lower]
		}
	}
	return false
}

// cueFollows reports whether a new report begins at item i: a subject and a reporting verb.
func (r *reader) cueFollows(u *unit, i int) bool {
	if r.sharedCue(u, i) {
		return true
	}
	end, ok := u.npRight(i)
	if !ok {
		return false
	}
	named := determiners[u.at(i).lower] || pronouns[u.at(i).lower]
	for k := i; k < end; k++ {
		named = named || u.at(k).cap
	}
	if !named {
		return false
	}
	for auxiliaries[u.at(end).lower] || isAdverb(u.at(end).lower) {
		end++
	}
	v, isCue := reportingVerbs[u.at(end).lower]
	return isCue && v.frame&(says|tells) != 0 && v.frame&thinks == 0
}

// sharedCue reports whether a finite reporting verb that shares its subject begins at item i.
func (r *reader) sharedCue(u *unit, i int) bool {
	for isAdverb(u.at(i).lower) {
		i++
	}
	v, ok := reportingVerbs[u.at(i).lower]
	if !ok || v.frame&(says|tells|treats) == 0 || v.frame&doubtful != 0 || v.frame&thinks != 0 {
		return false
	}
	w := u.at(i).lower
	return (isParticiple(w) || irregularPast[w] || strings.HasSuffix(w, "s")) && (u.is(i+1, "that", ":") || u.is(i+1, ",") && u.at(i+2).isQuote() || u.at(i+1).isQuote() || subjectStart[u.at(i+1).lower] || determiners[u.at(i+1).lower] || u.at(i+1).cap || u.clauseLikeFrom(i+1))
}
