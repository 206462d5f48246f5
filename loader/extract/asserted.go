package extract

import (
	"strings"
)

// unsaid reports whether the words around the verb at item i show that nothing was said: it is negated from
// afar, supposed, still to come, or put down as false. A wrong yes loses a report, a wrong no puts words into
// somebody's mouth.
func (u *unit) unsaid(i int) bool {
	first, second := u.at(0).lower, u.at(1).lower
	switch first {
	case "nor", "never", "suppose", "supposing", "imagine", "pretend":
		return true
	case "not":
		return second == "once" || second == "one" || second == "a"
	case "had", "were", "should": // "Had Jones said so, …"
		return u.at(0).cap && u.at(1).word
	}
	if u.is(i-1, ",") { // "did not, as the Post reported, say"
		for k := i - 2; k > max(0, i-14); k-- {
			if u.is(k, ",") && (u.is(k-1, "not") || strings.HasSuffix(u.at(k-1).lower, "n't")) {
				return true
			}
		}
	}
	clause := i // where the clause of the verb begins
	for clause > 0 && !u.is(clause-1, ",", ";", ":", "–", "—") && !u.at(clause-1).isQuote() {
		clause--
	}
	for k := clause; k < i; k++ {
		switch w := u.at(k).lower; w {
		case "neither", "nor", "hardly", "scarcely":
			return true
		case "few", "no":
			if k == clause || w == "no" && u.is(k+1, "evidence", "one", "proof", "suggestion", "indication", "record") {
				return true
			}
		case "myth", "lie", "untrue", "false", "hoax", "falsehood":
			if u.is(k+1, "that") || u.is(k+1, "rumours", "rumors", "reports", "claims") {
				return true
			}
		case "falsely", "wrongly", "incorrectly", "mistakenly":
			if k < i-1 {
				return true // "falsely claimed that Jones said"
			}
		case "rather":
			if u.is(k+1, "than") {
				return true
			}
		}
	}
	return false
}

// negated reports whether the words right before the verb at an item show that nobody said it: it is denied, or what
// should, may or would be said.
func (u *unit) negated(verb int) bool {
	for i := verb - 1; i >= 0 && !u.isNamed(i); i-- {
		w := u.at(i).lower
		switch {
		case w == "not" || w == "never" || strings.HasSuffix(w, "n't") || modals[w]:
			return true
		case !auxiliaries[w] && !(isAdverb(w) && !u.at(i).cap):
			return false
		}
	}
	return false
}

// negatedIn reports whether a verb of saying in items [i, j) tells what nobody said.
func (u *unit) negatedIn(i, j int) bool {
	for ; i < j; i++ {
		if _, known := reportingVerbs[u.at(i).lower]; known && u.negated(i) {
			return true
		}
	}
	return false
}

// toldTo are words under which an infinitive is not what its clause's subject said: "got her to say", "is yet to say".
var toldTo = set(`get gets got getting want wants wanted make makes made force forces forced allow allows allowed help helps helped let enable expect expects expected
	yet due set try tries tried trying plan plans planned need needs needed like able unable ready likely unlikely`)

// toldToSay reports whether the infinitive behind the "to" at item k is what somebody else is told, made or wanted to
// say, or what is still to be said.
func (u *unit) toldToSay(k int) bool {
	for k--; k >= 0 && !u.is(k, ",", ";", ":"); k-- {
		if w := u.at(k).lower; toldTo[w] || reportingVerbs[w].frame&orders != 0 && !nounForms[w] {
			return true
		}
	}
	return false
}

// feared are the rules of what somebody fears or doubts, which they do not deny.
var feared = set(`C1 N3 N4`)

// dropDenied takes out what stands inside words that their speaker denies: "denied that he said so".
func (r *reader) dropDenied() {
	denied := make([]bool, len(r.found))
	for n, a := range r.found {
		if a.cue.Len() == 0 {
			continue
		}
		for _, o := range r.at.near(a.cue) {
			if outer := r.found[o]; o != n && outer.negative && !feared[outer.rule] && insideAny(a.cue, outer.content) {
				denied[n] = true
			}
		}
	}
	kept := r.found[:0]
	for n, a := range r.found {
		if !denied[n] {
			kept = append(kept, a)
		}
	}
	r.found = kept
}

// withdrawn reports whether the noun at item i, with its possessor before it, is what somebody takes back or rejects.
func (u *unit) withdrawn(i int) bool {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		switch u.at(k).lower {
		case "retract", "retracts", "retracted", "retracting", "withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing", "disowned", "recanted":
			return true
		}
	}
	return false
}
