package extract

import "strings"

// npLeft returns the first item of the noun phrase that ends at item j, ok false
// when there is none. It takes in determiners, "of" and other prepositional
// phrases inside the phrase, appositions and ages between commas, and brackets.
func (u *unit) npLeft(j int) (start int, ok bool) {
	if j < 0 {
		return 0, false
	}
	if u.is(j, ")") {
		for k := j - 1; k > 0 && j-k < 14; k-- {
			if u.is(k, "(") {
				return u.npLeft(k - 1)
			}
		}
		return 0, false
	}
	if u.is(j, ",", "–", "—") {
		return u.appositionLeft(j)
	}
	it := u.at(j)
	if pronouns[it.lower] && it.lower != "who" {
		return j, true
	}
	if it.lower == "who" {
		k := j - 1
		if u.is(k, ",") {
			k--
		}
		return u.npLeft(k)
	}
	if (it.lower == "these" || it.lower == "those" || it.lower == "this" || it.lower == "both" || it.lower == "others" || it.lower == "many" || it.lower == "some" || it.lower == "one" || it.lower == "all" || it.lower == "most" || it.lower == "another" || it.lower == "few") && it.word {
		return j, true
	}
	if u.is(j, "them", "us", "whom") && u.is(j-1, "of") {
		return u.npLeft(j - 2) // "two of them"
	}
	if !u.nounish(j) && !isQuantity[it.lower] {
		return 0, false
	}
	k := j
	for k > 0 && j-k < 30 {
		p := u.at(k - 1)
		switch {
		case u.at(k).lower == "the" || u.at(k).lower == "a" || u.at(k).lower == "an" || possessivePron[u.at(k).lower]:
			// A determiner begins the phrase, unless a preposition ties it to one before.
			if !u.tiesLeft(k - 1) {
				return k, true
			}
			k--
		case p.lower == "'s", p.lower == "'" || p.lower == "’":
			k--
		case determiners[p.lower] && p.lower != "that" && p.lower != "which" && p.lower != "such":
			k--
		case nounPreps[p.lower]:
			if u.is(k-1, "from", "of", "at") && u.is(k-2, ",") { // "a name, 43, from a town said"
				if first, ok := u.npLeft(k - 2); ok {
					return first, true
				}
				return u.npLeft(k - 3)
			}
			if !u.tiesLeft(k - 1) {
				return u.trimStart(k, j)
			}
			k--
		case p.lower == "and" || p.lower == "&" || p.lower == "or":
			if !u.nounish(k-2) || auxiliaries[u.at(k-2).lower] || !(u.at(k-2).cap == u.at(k).cap || u.at(k-2).cap) || u.clauseBefore(k-1) {
				return u.trimStart(k, j)
			}
			k--
		case p.lower == "," && u.at(k-2).cap && u.at(k).cap && u.at(k).word && !prepositions[u.at(0).lower] && u.listOfNames(k, j):
			k--
		case p.word && u.nounish(k-1) && !timeLead(p.lower), ordering[p.lower]:
			k--
		default:
			return u.trimStart(k, j)
		}
	}
	return u.trimStart(k, j)
}

// ordering are words that can be adverbs and stand inside a noun phrase too: "the first minister".
var ordering = set(`first second third only early earlier later former`)

var isQuantity = set(`two three four five six seven eight nine ten several each none half`)

var possessivePron = set(`his her its their our my your whose`)

func timeLead(w string) bool { return timeWords[w] && w != "may" && w != "march" && w != "august" }

// clauseBefore reports whether a finite verb stands before item k in the unit, so that
// an "and" there joins clauses rather than names.
func (u *unit) clauseBefore(k int) bool {
	for i := k - 1; i >= 0 && k-i < 25; i-- {
		if auxiliaries[u.at(i).lower] || irregularPast[u.at(i).lower] {
			return true
		}
	}
	return false
}

// listOfNames reports whether the names from k to j go on a list: "A, B and C".
func (u *unit) listOfNames(k, j int) bool {
	for i := k; i <= j; i++ {
		if u.is(i, "and", "&") {
			return true
		}
	}
	return false
}

// tiesLeft reports whether the preposition at k hangs on a noun before it.
func (u *unit) tiesLeft(k int) bool {
	w := u.at(k).lower
	if !nounPreps[w] || !u.nounish(k-1) || u.at(k-1).lower == "'s" {
		return false
	}
	if w == "of" {
		return true
	}
	return !timeLead(u.at(k+1).lower) && !timeLead(u.at(k-1).lower)
}

// trimStart drops what cannot begin a noun phrase.
func (u *unit) trimStart(k, j int) (int, bool) {
	if before := u.at(k - 1).lower; k < j && (before == "it" || before == "he" || before == "she" || before == "they" || before == "which" || before == "we" || before == "i") {
		k++ // what follows a subject is its verb
	}
	for k < j {
		w := u.at(k).lower
		if conjunctions[w] || isAdverb(w) && !u.at(k).cap || w == "'s" || !u.at(k).word && !u.at(k).isQuote() || prepositions[w] || leadAdverbs[w] {
			k++
			continue
		}
		break
	}
	return k, k <= j && (u.nounish(j) || isQuantity[u.at(j).lower])
}

var leadAdverbs = set(`meanwhile however earlier later yesterday today now then still indeed again also so and but here there instead meantime`)

// nounish reports whether a token can be part of a noun phrase: a word that is no
// verb form we know, no preposition, conjunction, subordinator or pronoun.
func (u *unit) nounish(i int) bool {
	it := u.at(i)
	if !it.word {
		return false
	}
	w := it.lower
	if it.cap && i > 0 && !pronouns[w] { // also "May" and "Will"
		return !subordinates[w] && !prepositions[w] && !conjunctions[w]
	}
	if u.isNamed(i) {
		return true
	}
	if w == "think" && strings.HasPrefix(u.at(i+1).lower, "tank") {
		return true
	}
	if pronouns[w] || auxiliaries[w] || prepositions[w] || conjunctions[w] || subordinates[w] || determiners[w] || objectPron[w] || irregularPast[w] {
		return false
	}
	if _, cue := reportingVerbs[w]; cue && !nounForms[w] && !speechNouns[w] && w != "minister" {
		return false
	}
	return !isAdverb(w) || it.cap
}

// appositionLeft reads "NP, apposition," backwards from the comma (or dash) at j.
func (u *unit) appositionLeft(j int) (int, bool) {
	if !u.is(j, ",", "–", "—") {
		return 0, false
	}
	mark := u.at(j).lower
	for k := j - 1; k > 0 && j-k < 28; k-- {
		it := u.at(k)
		if it.isQuote() && it.span.Len() > 60 {
			return 0, false
		}
		if it.lower != mark {
			continue
		}
		if !u.apposition(k+1, j) {
			continue
		}
		if isNumber(u.at(k-1).lower) && u.is(k-2, mark) { // "Jones, 43, who works here,"
			k -= 2
		}
		if start, ok := u.npLeft(k - 1); ok && !u.is(k-1, ",") {
			if u.is(start-1, "of", "from", "at", "for") && u.is(start-2, mark) { // a name, of a body, who …
				if first, ok := u.npLeft(start - 3); ok {
					return first, true
				}
			}
			return start, true
		}
	}
	return 0, false
}

// beforeAside steps over an aside between commas that ends at item j, and is not about
// who speaks: ", meanwhile,", ", in turn,", ", with some delight,". It returns the item
// before the aside, or j.
func (u *unit) beforeAside(j int) int {
	if !u.is(j, ",") {
		return j
	}
	for k := j - 1; k > 0 && j-k < 7; k-- {
		if !u.is(k, ",") {
			continue
		}
		first := u.at(k + 1).lower
		if k+1 < j && (isAdverb(first) || leadAdverbs[first] || prepositions[first] && first != "of" && first != "from" && first != "at" && first != "for" || first == "for" && possessivePron[u.at(k+2).lower]) {
			return k - 1
		}
		return j
	}
	return j
}

// apposition reports whether items [i, j) can stand beside a name: an age, a role
// with or without article, or a who-clause.
func (u *unit) apposition(i, j int) bool {
	if i >= j {
		return false
	}
	first := u.at(i)
	if first.lower == "who" || first.lower == "whose" || first.lower == "which" {
		return j-i > 1
	}
	if first.word && j-i == 1 {
		return first.cap && !timeLead(first.lower) && !leadAdverbs[first.lower] || isNumber(first.lower)
	}
	if prepositions[first.lower] && first.lower != "of" && first.lower != "from" && first.lower != "at" && first.lower != "for" || subordinates[first.lower] || conjunctions[first.lower] || isAdverb(first.lower) || strings.HasSuffix(first.lower, "ing") {
		return false
	}
	for k := i; k < j; k++ {
		if w := u.at(k).lower; auxiliaries[w] && w != "'s" || subjectStart[w] && w != "that" && w != "who" && w != "people" && !prepositions[u.at(k-1).lower] {
			return false
		}
	}
	return first.word
}

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// pointing are determiners that begin a phrase or a clause, and never stand inside one.
var pointing = set(`that this these those which whose such`)

// npRight returns the end (exclusive) of the noun phrase that begins at item i, with
// the appositions that follow it, ok false when none begins there.
func (u *unit) npRight(i int) (end int, ok bool) {
	it := u.at(i)
	if pronouns[it.lower] || objectPron[it.lower] && !(it.lower == "her" && u.nounish(i+1)) {
		return i + 1, true
	}
	if !(determiners[it.lower] || it.cap || u.nounish(i)) || !it.word || subordinates[it.lower] && !determiners[it.lower] {
		return i, false
	}
	k := i
	for k < len(u.items) && k-i < 30 {
		w := u.at(k).lower
		switch {
		case k > i && len(w) > 3 && strings.HasSuffix(w, "ed") && !u.at(k).cap && u.nounish(k-1) && !isAdverb(u.at(k-1).lower):
			return k, true // "the Secretary alluded"
		case k > i && isNumber(w) && u.at(k-1).cap && u.at(k+1).word && !u.at(k+1).cap:
			return k, true // "according to the Trust 3.1 million parcels …"
		case u.at(k).word && (determiners[w] && (k == i || prepositions[u.at(k-1).lower] || !u.at(k-1).cap && !pointing[w]) || u.nounish(k) && !(k > i && timeLead(w) && !u.at(k-1).cap && !(u.at(k).cap && w == "today"))):
			k++
		case w == "'s", w == "’" && u.nounish(k+1), w == "&":
			k++
		case w == "." && k > i && len(u.at(k-1).lower) <= 4 && u.at(k-1).cap && u.at(k+1).cap && k+1 < len(u.items):
			k++ // Dr. Smith, J. Smith
		case w == "and" && determiners[u.at(k+1).lower] && u.at(k+2).cap && u.at(k-1).cap:
			k++
		case w == "and" && u.nounish(k+1) && (u.at(k+1).cap || determiners[u.at(k+1).lower] || !u.verbAfter(k+1)):
			k++
		case nounPreps[w] && w != "in" && w != "on" && w != "to" && w != "with" && (determiners[u.at(k+1).lower] || u.nounish(k+1)) && !timeLead(u.at(k+1).lower):
			k++
		case (w == "in" || w == "on") && u.at(k+1).cap && !timeLead(u.at(k+1).lower) && k > i && !u.at(k-1).cap:
			k++ // "a spokesman in London"
		case w == "(":
			close := k
			for close < len(u.items) && close-k < 12 && !u.is(close, ")") {
				close++
			}
			if !u.is(close, ")") {
				return k, k > i
			}
			k = close + 1
		case w == "," && k > i:
			if stop := u.appositionRight(k); stop > 0 {
				k = stop
				continue
			}
			return k, true
		default:
			return k, k > i
		}
	}
	return k, k > i
}

func (u *unit) verbAfter(i int) bool { return finiteVerb(u.at(i + 1).lower) }

// appositionRight returns the end of an apposition after the comma at i, 0 if there is none.
func (u *unit) appositionRight(i int) int {
	first := u.at(i + 1)
	switch {
	case isNumber(first.lower) && (u.is(i+2, ",") || u.end(i+2)):
		if u.is(i+2, ",") {
			if more := u.appositionRight(i + 2); more > 0 {
				return more
			}
		}
		return i + 2
	case first.lower == "who" || first.lower == "whose":
		for k := i + 2; k < len(u.items) && k-i < 40; k++ {
			if u.is(k, ",") || u.at(k).isQuote() || u.end(k) {
				return k
			}
		}
		return 0
	case first.lower == "a" || first.lower == "an" || first.lower == "the" || possessivePron[first.lower] || first.word && !first.cap && u.nounish(i+1) && !isAdverb(first.lower) && !strings.HasSuffix(first.lower, "ing") && !strings.HasSuffix(first.lower, "ed") || first.cap && u.roleAhead(i+1):
		end, ok := u.npRight(i + 1)
		if !ok || finiteVerb(u.at(end).lower) {
			return 0
		}
		return end
	}
	return 0
}

// roleNouns head the phrase that says what somebody is.
var roleNouns = set(`minister secretary director chief executive president chair chairman chairwoman chairperson head leader officer spokesman spokeswoman spokesperson manager professor lecturer editor correspondent analyst economist author founder partner member mp mayor governor commissioner doctor nurse consultant adviser advisor researcher fellow campaigner lawyer solicitor attorney judge senator representative coordinator convener organiser policy lead owner coach captain reporter columnist chancellor ambassador bishop`)

// roleAhead reports whether a role noun stands in the next few words.
func (u *unit) roleAhead(i int) bool {
	for k := i; k < i+8 && k < len(u.items) && !u.is(k, ","); k++ {
		if roleNouns[u.at(k).lower] {
			return true
		}
	}
	return false
}
