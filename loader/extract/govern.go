package extract

import (
	"strings"
	"unicode"

	"whence/graph"
)

// fronted reads content that stands before its cue: “…,” X said. / It is so, X said.
func (r *reader) fronted(u *unit, a *attribution, v verb, lo, hi int, g grammar) bool {
	if v.frame&(says|tells|treats) == 0 || g.participle || g.infinitive {
		return false
	}
	l := lo - 1
	if u.is(l, "as") && u.is(l-1, ",") { // "…, as Jones has said"
		l--
	}
	comma := u.is(l, ",", "–", "—", "-")
	if comma {
		l--
	}
	after := r.adjuncts(u, v, hi)
	if !comma || v.frame&(says|tells) == 0 {
		return false
	}
	// Indirect: a statement, a comma, the cue, and then nothing that it could govern.
	from := r.clauseStart(u, l)
	if front := g.front; front >= 0 && front < lo { // "A, as X said" keeps its left; "When X said …" has none
		if !u.is(front, "as") || front == 0 {
			return false
		}
	}
	goesOn := u.is(after, ",") && !u.end(after+1) && (u.is(after+1, "that") || !subordinates[u.at(after+1).lower]) && !conjunctions[u.at(after+1).lower] && !strings.HasSuffix(u.at(after+1).lower, "ing")
	if !u.clauseLike(from, l+1) && !(goesOn && l+1-from > 0 && (finiteVerb(u.at(after+1).lower) || prepositions[u.at(from).lower] && u.clauseLikeFrom(after+1))) {
		return false
	}
	if u.is(after, "that", ":") || u.at(after).isQuote() || u.is(after, ",") && u.at(after+1).isQuote() {
		return false
	}
	stop := u.end(after) || u.is(after, ",", ";", "–", "—")
	if !stop {
		return false
	}
	if prev := r.lastIn(u); prev >= 0 && !g.inverted && r.found[prev].cue.Start < u.spanOf(from, l+1).End && r.found[prev].cue.Start >= u.spanOf(from, l+1).Start && v.frame&doubtful != 0 {
		return false
	}
	a.content = []graph.Span{u.clauseSpan(from, l+1)}
	a.rule = "I2"
	if goesOn && !prepositions[u.at(after+1).lower] {
		a.content = append(a.content, u.clauseSpan(after+1, r.clauseEnd(u, after+1)))
		a.rule = "I3"
	}
	r.addHearer(u, a, v, hi)
	return true
}

func firstRuneUpper(text string, s graph.Span) bool { return unicode.IsUpper(firstRune(s.Of(text))) }

// sentenceLike reports whether a quotation is a statement rather than a phrase.
func (r *reader) sentenceLike(q int) bool {
	in := r.quotes[q].inner.Of(r.text)
	n := len(strings.Fields(in))
	if n >= 4 && firstRuneUpper(r.text, r.quotes[q].inner) {
		return true
	}
	return n >= 2 && strings.ContainsAny(in[max(0, len(in)-3):], ".,!?") && firstRuneUpper(r.text, r.quotes[q].inner)
}

// adjuncts returns the first item after a hearer and the adjuncts of time, place and
// manner that stand between a cue and what follows: "told the BBC on Monday".
func (r *reader) adjuncts(u *unit, v verb, i int) int {
	k := i
	if v.frame&tells != 0 || v.frame&says != 0 && u.is(k, "to") && !u.is(k+1, "be") {
		if u.is(k, "to") {
			k++
		}
		if end, ok := r.hearer(u, k); ok {
			k = end
		} else {
			k = i
		}
	}
	for k < len(u.items) {
		w := u.at(k).lower
		switch {
		case isAdverb(w) && !u.at(k).cap && w != "that":
			k++
		case timeWords[w] || w == "last" || w == "this" && timeWords[u.at(k+1).lower] || w == "late" || w == "early":
			k++
		case isNumber(w):
			k++
		case (prepositions[w] && w != "by" && w != "to" && w != "up" && w != "about" && w != "like" || w == "following") && (u.at(k + 1).word):
			end, ok := u.npRight(k + 1)
			if !ok || u.is(end, "that") && u.is(end-1, "way", "manner", "fashion", "tone", "terms") {
				return k
			}
			k = end
			for u.is(k, ",") && timeWords[u.at(k+1).lower] {
				k += 2
			}
		default:
			return k
		}
	}
	return k
}

// hearer returns the end of the words that name who was told.
func (r *reader) hearer(u *unit, i int) (end int, ok bool) {
	if objectPron[u.at(i).lower] && !(u.is(i, "her") && u.nounish(i+1)) {
		return i + 1, true
	}
	if u.is(i, "that", "i", "he", "she", "they", "we") || u.at(i).isQuote() {
		return i, false
	}
	if u.at(i).cap || determiners[u.at(i).lower] {
		// A name that begins the reported clause is no hearer: "told Smith would resign" is not English.
		return u.npRight(i)
	}
	if u.nounish(i) && (strings.HasSuffix(u.at(i).lower, "s") || u.at(i).lower == "parliament" || u.at(i).lower == "congress") {
		k := i + 1
		for prepositions[u.at(k).lower] && nounPreps[u.at(k).lower] && (u.at(k+1).cap || determiners[u.at(k+1).lower]) && !timeWords[u.at(k+1).lower] {
			end, ok := u.npRight(k + 1)
			if !ok {
				break
			}
			k = end
		}
		return k, true
	}
	return i, false
}

func (r *reader) addHearer(u *unit, a *attribution, v verb, i int) {
	if v.frame&tells == 0 {
		return
	}
	if end, ok := r.hearer(u, i); ok {
		a.hearer = u.spanOf(i, end)
	}
}

// strongTreats are the verbs whose noun object alone is a report: what was denied or announced.
var strongTreats = set(`deny announce confirm reject dismiss condemn denounce criticise criticize praise welcome reveal disclose oppose defend endorse rebut refute dispute accuse slam blast propose recommend predict forecast allege demand`)

// governs reads content that follows its cue.
func (r *reader) governs(u *unit, a *attribution, v verb, i, hi int, g grammar) {
	k := hi
	if g.passive && g.srcStart >= 0 {
		k = g.srcEnd
	}
	if u.is(k, ",") && isAdverb(u.at(k+1).lower) && u.is(k+2, ",") {
		k += 3
	}
	// Polarity from the noun: "expressed concerns about …".
	if v.frame&treats != 0 {
		if n, ok := r.concern(u, k); ok {
			a.cue = u.spanOf(g.cueStart, n)
			a.negative = true
			end := r.clauseEnd(u, n)
			if sub := ideaThat(u, n); sub > 0 {
				n = sub
			}
			a.content = []graph.Span{u.clauseSpan(n, end)}
			a.rule = "C1"
			return
		}
	}
	after := r.adjuncts(u, v, k)
	marker := func(x int) bool {
		return u.is(x, "that", ":") || u.at(x).isQuote() || u.is(x, ",") && u.at(x+1).isQuote()
	}
	x := k
	if !marker(k) && after > k && (marker(after) || v.frame&tells != 0 || u.is(after, ",") && u.is(after+1, "that")) {
		x = after
		if u.is(x, ",") && u.is(x+1, "that") {
			x++
		}
		// The hearer must not be the clause's own subject.
		if v.frame&tells != 0 && !marker(x) {
			if end, ok := r.hearer(u, k); ok && !u.clauseLikeFrom(end) {
				x = after
			} else if ok {
				x = end
			}
		}
	}
	for y := x; y < x+4; y++ {
		if u.is(y, "that") {
			x = y
		}
		if !isAdverb(u.at(y).lower) || u.at(y).cap {
			break
		}
	}
	if u.is(k, "the") && (u.is(k+1, "fact") || u.is(k+1, "idea")) && u.is(k+2, "that") {
		x = k + 2
	}
	r.addHearer(u, a, v, k)
	end := r.contentEnd(u, x, i, g)
	clause := func(from int, rule string) {
		a.content = []graph.Span{u.clauseSpan(from, end)}
		a.rule = rule
	}
	switch {
	case v.lemma == "call" && u.is(k, "on", "upon") && r.objectTo(u, k+1) > 0:
		clause(r.objectTo(u, k+1), "I5")
	case v.lemma == "call" && u.is(k, "for") && !g.passive && u.at(k+1).word:
		clause(k+1, "T1")
	case v.lemma == "call" && u.is(k, "on", "upon", "for", "in", "off", "up", "out", "back"):
	case g.front >= 0 && u.is(g.front, "as") && u.is(after, ",") && v.frame&(says|tells) != 0 && !u.end(after+1):
		end = r.clauseEnd(u, after+1)
		clause(after+1, "A3")
	case u.is(x, ":") || u.is(x, ",") && u.at(x+1).isQuote():
		if v.frame&(says|tells|orders|treats) == 0 {
			return
		}
		if u.is(x, ":") {
			a.cue.End = u.at(x).span.End
			if x > k || u.at(i).span.End != a.cue.End && x > i+1 { // the colon is away from the verb
				a.cue = graph.Span{Start: a.cue.Start, End: u.at(i).span.End}
			}
		}
		r.afterColon(u, a, x+1)
	case u.at(x).isQuote():
		q := u.at(x).q
		if v.frame&(says|tells|treats|names|orders) == 0 {
			return
		}
		if r.sentenceLike(q) && (u.end(x+1) || u.is(x+1, ",", ".", ";", "–", "—", "and", "but", "(")) {
			a.content = []graph.Span{u.at(x).span}
			a.rule = "Q3"
			return
		}
		if v.frame&says == 0 && v.frame&tells == 0 && r.quotes[q].inner.Len() < 4 {
			return
		}
		clause(x, "M1")
	case u.is(x, "that") && v.frame&(says|tells|treats|thinks|finds) != 0:
		if u.is(x+1, ",") && conjunctions[u.at(x+2).lower] {
			return
		}
		// "said that" governs; "find that man" does not.
		if v.frame&says == 0 && !u.clauseLike(x+1, end) {
			return
		}
		clause(x, "I1")
	case u.is(x, "whether", "if", "how", "why", "what", "who", "when", "where") && v.frame&(says|tells) != 0 && v.frame&thinks == 0 && x == k && v.frame&doubtful == 0:
		clause(x, "I4")
	case u.is(x, "to") && v.frame&orders != 0 && v.frame&thinks == 0 && (u.at(x+1).word && !determiners[u.at(x+1).lower] && !u.at(x+1).cap || u.at(x+1).isQuote()):
		clause(x, "I5")
	case v.frame&names != 0 && v.lemma != "see" && r.asPhrase(u, k, end) > 0:
		clause(k, "D1")
	case v.frame&orders != 0 && v.frame&thinks == 0 && x == k && r.objectTo(u, k) > 0:
		clause(r.objectTo(u, k), "I5")
	case v.frame&(says|tells) != 0 && x == k && v.frame&treats == 0 && u.clauseLikeFrom(x) && (v.frame&doubtful == 0 || subjectStart[u.at(x).lower] || u.at(x).cap || determiners[u.at(x).lower]):
		clause(x, "I6")
	case v.frame&(says|tells) != 0 && x > k && u.clauseLikeFrom(x):
		clause(x, "I6")
	case v.frame&finds != 0 && x == k && g.srcEnd > 0 && evidenceNouns[u.at(g.srcEnd-1).lower] && u.plainClause(x):
		clause(x, "I6")
	case v.frame&says != 0 && v.frame&treats != 0 && v.frame&doubtful == 0 && u.clauseLikeFrom(x) && (subjectStart[u.at(x).lower] || u.at(x).cap):
		clause(x, "I6")
	case v.frame&(treats|names) != 0 && x == k && (u.nounish(k) || determiners[u.at(k).lower] || objectPron[u.at(k).lower]):
		quoted := false
		for y := k; y < end; y++ {
			quoted = quoted || u.at(y).isQuote() && len(strings.Fields(r.quotes[u.at(y).q].inner.Of(r.text))) >= 3
		}
		if quoted && v.frame&(finds|orders|thinks) == 0 {
			clause(k, "M2")
		} else if (strongTreats[v.lemma] || v.lemma == "raise" && raised[strings.TrimSuffix(u.at(k+1).lower, "s")]) && !g.passive && v.frame&doubtful == 0 && (determiners[u.at(k).lower] || u.at(k).cap || strings.HasSuffix(u.at(k).lower, "s")) {
			clause(k, "T1")
		}
	}
}

// concern returns the item after "concerns about" and its like, beginning at or just after k.
func (r *reader) concern(u *unit, k int) (int, bool) {
	for n := 0; n < 4; n++ {
		w := u.at(k + n).lower
		if negativeNouns[w] {
			if u.is(k+n+1, "about", "over", "that", "at", "with", "regarding", "to") {
				if u.is(k+n+1, "that") {
					return k + n + 1, true
				}
				return k + n + 2, true
			}
			return 0, false
		}
		if !u.at(k+n).word || auxiliaries[w] {
			return 0, false
		}
	}
	return 0, false
}

// ideaThat skips "the idea" before "that", so that the content is the proposition.
func ideaThat(u *unit, n int) int {
	for k := n; k < n+3; k++ {
		if u.is(k, "idea", "notion", "suggestion", "claim", "belief", "assumption", "view", "fact") && u.is(k+1, "that") {
			return k + 1
		}
	}
	return 0
}

// asPhrase returns the item of "as" between k and end, 0 if there is none near.
func (r *reader) asPhrase(u *unit, k, end int) int {
	for x := k; x < end && x < k+12; x++ {
		if u.is(x, "as") && x > k-1 {
			return x
		}
	}
	return 0
}

// objectTo returns the item of "to" after an object: "urged employers to …"; 0 if there is none.
func (r *reader) objectTo(u *unit, k int) int {
	end, ok := u.npRight(k)
	if !ok || !u.is(end, "to") || !u.at(end+1).word && !u.at(end+1).isQuote() || determiners[u.at(end+1).lower] {
		return 0
	}
	return end
}

// afterColon gives an attribution what follows a colon (or a comma before a quotation).
func (r *reader) afterColon(u *unit, a *attribution, x int) {
	if u.at(x).isQuote() {
		q := u.at(x).q
		a.rule = "Q4"
		end := x + 1
		s := u.at(x).span
		if !r.sentenceLike(q) && !u.end(end) && !u.is(end, ",", "–", "—", "(") {
			s = u.clauseSpan(x, r.clauseEnd(u, x))
			a.rule = "M1"
		}
		a.content = []graph.Span{s}
		return
	}
	if u.end(x) {
		r.nextParagraph(u, a)
		return
	}
	a.content = []graph.Span{u.clauseSpan(x, len(u.items))}
	a.rule = "I7"
}

// nextParagraph gives an attribution that ends in a colon the paragraph below it.
func (r *reader) nextParagraph(u *unit, a *attribution) {
	if u.para+1 >= len(r.paras) || !strings.HasSuffix(strings.TrimSpace(u.span.Of(r.text)), ":") {
		return
	}
	next := r.paras[u.para+1]
	if next.Heading || next.Span.Len() > 4000 {
		return
	}
	a.content = []graph.Span{next.Span}
	a.rule = "B1"
	for _, q := range r.quotes {
		if q.para == u.para+1 && q.span.Start == next.Span.Start {
			a.content = []graph.Span{q.span}
			a.rule = "Q4"
			break
		}
	}
}
