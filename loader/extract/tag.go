package extract

import (
	"strings"
	"unicode"

	"whence/graph"
)

// A tag says whose a quotation beside it is: “…,” said Jones. / Jones, a nurse, said: “…”. Where a
// whole sentence stands in quotation marks, any verb can be the tag's (“…,” she fumed), and what stands
// between the marks and the verb is the speaker; so a tag is read from the quotation, a cue from the verb.
type tag struct {
	verb int // item; the cue's head
	from int // items [from, to) are the tag: no other cue reads its verb
	to   int
	said attribution
}

// tags reads the tags of a unit, in order of their verbs.
func (r *reader) tags(u *unit) []tag {
	var out []tag
	done := 0 // items before it belong to a tag or its quotations
	for k := 0; k < len(u.items); k++ {
		if k < done || !u.at(k).isQuote() {
			continue
		}
		var t tag
		end, ok := 0, false
		if r.introduces(u, k) {
			t, end, ok = r.tagBefore(u, done, k)
		}
		if !ok {
			t, end, ok = r.tagAfter(u, done, k)
		}
		if !ok {
			t, end, ok = r.tagBefore(u, done, k)
		}
		if !ok {
			t, end, ok = r.tagInside(u, done, k)
		}
		if !ok {
			t, end, ok = r.tagFree(u, done, k)
		}
		if ok {
			t.said.para, t.said.unit = u.para, u.span
			out, done = append(out, t), end
		}
	}
	return out
}

// introduces reports whether a verb of saying and its mark stand right before a quotation that ends in a stop of its
// own: what follows “Who?” in “Jones asked: “Who?” Reed asked her why.” is another sentence.
func (r *reader) introduces(u *unit, k int) bool {
	return u.is(k-1, ":", ",") && utters(u.at(k-2).lower, false) && !strings.HasSuffix(r.wordsOf(u.at(k).q), ",")
}

// wordsOf is a quotation without the marks and spaces at its end.
func (r *reader) wordsOf(q int) string {
	return strings.TrimRight(r.quotes[q].inner.Of(r.text), " \u00a0’'”\"")
}

// tagAfter reads a quotation at item k that a tag follows, and what goes on behind the tag. The
// end is the first item behind both.
func (r *reader) tagAfter(u *unit, done, k int) (t tag, end int, ok bool) {
	q := u.at(k).q
	if !r.invites(u, k) {
		return t, 0, false
	}
	start, whole := r.opening(u, done, k)
	if !whole && (r.capital(q) && !u.is(k-1, ",") || start == k || strings.HasSuffix(u.at(start).lower, "ing")) {
		return t, 0, false
	}
	x := k + 1
	if u.is(x, ",", "–", "—", "-") {
		x++
	}
	in := r.wordsOf(q)
	comma := x > k+1 || strings.HasSuffix(in, ",")
	apart := comma || parted(in)
	t, ok = u.tagFrom(x, whole && apart && (u.at(k).verb || !comma))
	if !ok && u.at(x).word { // “the worst year” for the port, Jones said
		t, ok = u.tagBehind(x)
	}
	if !ok || !apart && t.from == x && t.verb > x+4 {
		return t, 0, false
	}
	_, known := reportingVerbs[u.at(t.verb).lower]
	if !known && !comma && u.at(t.verb+1).word && !prepositions[u.at(t.verb+1).lower] && !isAdverb(u.at(t.verb+1).lower) {
		return t, 0, false // “Help!” Jones broke the window.
	}
	if t.from > x { // the sentence goes on behind the marks before its tag
		whole = false
	}
	t.said.content = []graph.Span{u.clauseSpan(start, max(k+1, t.from))}
	if whole {
		t.said.content[0].End = u.at(k).span.End
	}
	t.said.rule = "Q1"
	r.addHearer(u, &t.said, reportingVerbs[u.at(t.verb).lower], t.verb+1)
	end = t.to
	for m := t.to; m < len(u.items) && m < t.to+25; m++ {
		if u.at(m).isQuote() {
			if u.ownClaim(m) {
				break
			}
			if m == t.to && (m == t.verb+1 || u.at(m-1).cap) && r.statement(u.at(m).q) || parted(r.text[u.span.Start:u.at(m).span.Start]) {
				last := r.quotedEnd(u, m)
				t.said.content = append(t.said.content, u.clauseSpan(m, last))
				t.said.rule, end = "Q2", last
				break
			}
			continue // the name of a work
		}
		if m == t.to && u.is(m, ",") && (u.is(m+1, "that") || auxiliaries[u.at(m+1).lower]) { // “…,” he said, that it is
			last := r.clauseEnd(u, m+1)
			t.said.content = append(t.said.content, u.clauseSpan(m+1, last))
			t.said.rule, end = "Q2", last
			break
		}
		if v, cue := reportingVerbs[u.at(m).lower]; u.is(m, ";") || cue && v.frame&(says|tells) != 0 && v.frame&doubtful == 0 {
			break
		}
	}
	return t, end, true
}

// ownClaim reports whether a quotation at item k is what a noun before its colon says, and somebody else's: Reed's
// claim: “…”. A possessor that is a time (Friday's statement) says nothing.
func (u *unit) ownClaim(k int) bool {
	mark := k - 3
	if u.at(mark).word { // Reed's old claim
		mark--
	}
	return u.is(k-1, ":") && speechNouns[u.at(k-2).lower] && u.is(mark, "'s", "’") && u.at(mark-1).word && !timeLead(u.at(mark-1).lower)
}

// parted reports whether a text ends in a mark that parts it from the quotation behind it.
func parted(before string) bool {
	return strings.ContainsRune(",:;–—-….?!", lastRune(strings.TrimRight(before, " \u00a0\n\t\"”")))
}

// invites reports whether a quotation is left for a tag to follow: it ends in a comma, a question, an exclamation or
// without a stop.
func (r *reader) invites(u *unit, k int) bool {
	in := r.wordsOf(u.at(k).q)
	return r.quotes[u.at(k).q].closed && in != "" && (lastRune(in) != '.' || strings.HasSuffix(in, "..") || strings.HasSuffix(in, ". .")) && lastRune(in) != ':'
}

// maxLead bounds how many items before a quotation can belong to its sentence.
const maxLead = 60

// opening returns the first item of the sentence that the quotation at item k ends, and whether the quotation
// is all of it, connectives aside.
func (r *reader) opening(u *unit, done, k int) (start int, whole bool) {
	start = k
	for i := k - 1; i >= max(done, k-maxLead); i-- {
		switch it := u.at(i); {
		case u.is(i, ".", "?", "!", ":", ";") || u.is(i, "–", "—", "-") && i == k-1 && r.capital(u.at(k).q):
			return start, start == k
		case it.isQuote() && start == k && r.statement(it.q):
			start, k = i, i // “A.” “B,” said Jones
		case it.isQuote():
			return start, false
		case conjunctions[it.lower] || leadAdverbs[it.lower] || !it.word && !u.is(i, ")"):
			if start == k && r.capital(u.at(k).q) {
				continue
			}
			start = i
		default:
			if v, cue := reportingVerbs[it.lower]; cue && v.frame&(says|tells) != 0 && v.frame&doubtful == 0 {
				return k, false
			}
			start = i
		}
	}
	for u.is(start, ",", "–", "—", "-") {
		start++
	}
	return start, start == k
}

// tagFrom reads the tag that begins at item x, behind a quotation: verb and subject in either order. A free
// tag may have any verb in a past form.
func (u *unit) tagFrom(x int, free bool) (t tag, ok bool) {
	t.from = x
	i := x
	for isAdverb(u.at(i).lower) && !u.at(i).cap {
		i++
	}
	if utters(u.at(i).lower, free) && u.at(i).word && !u.at(i).cap && !objectPron[u.at(i+1).lower] {
		if end, ok := u.npRight(i + 1); ok && u.nominal(i+1) && (utters(u.at(i).lower, false) || u.end(end) || u.is(end, ",")) {
			for m := i + 2; m < end; m++ {
				if u.is(m, "who") && u.is(m-1, ",") && utters(u.at(m+1).lower, false) { // said Jones, who told …
					end = m - 1
				}
			}
			return tag{verb: i, from: x, to: end, said: attribution{source: u.spanOf(i+1, end), cue: u.at(i).span}}, true
		}
		return t, false
	}
	if !u.nominal(x) {
		return t, false
	}
	if t, ok = u.asSaying(x); ok {
		return t, true
	}
	verb := u.subjectVerb(x, free)
	if verb < 0 {
		return t, false
	}
	x = u.behindComma(x, verb)
	first := verb
	for first > x+1 && (auxiliaries[u.at(first-1).lower] && !u.isNamed(first-1) || isAdverb(u.at(first-1).lower) && !u.at(first-1).cap) {
		first--
	}
	if u.negated(verb) {
		return t, false
	}
	srcEnd := first
	for srcEnd > x && !u.at(srcEnd-1).word && !u.at(srcEnd-1).isQuote() && !u.is(srcEnd-1, ")", "]") {
		srcEnd--
	}
	for m := x + 1; m < srcEnd; m++ { // an aside says nothing of who speaks: Jones, smiling, said
		if u.is(m, ",") && (isAdverb(u.at(m+1).lower) || leadAdverbs[u.at(m+1).lower] || strings.HasSuffix(u.at(m+1).lower, "ing") && !u.at(m+1).cap || asides[u.at(m+1).lower]) {
			srcEnd = m
		}
	}
	t = tag{verb: verb, from: x, to: verb + 1, said: attribution{source: u.spanOf(x, srcEnd), cue: u.spanOf(first, verb+1)}}
	return t, true
}

// asSaying reads a tag from item x that passes somebody's words on: “…,” Reed quoted Jones as saying. “…,” Jones was
// quoted as saying by Reed. The words are Jones's.
func (u *unit) asSaying(x int) (t tag, ok bool) {
	end, ok := u.npRight(x)
	if !ok {
		return t, false
	}
	source, passive := u.spanOf(x, end), false
	i := end
	for auxiliaries[u.at(i).lower] || isAdverb(u.at(i).lower) && !u.at(i).cap {
		passive = passive || beForms[u.at(i).lower] || u.is(i, "been")
		i++
	}
	if !passesOn[u.at(i).lower] || u.negated(i) {
		return t, false
	}
	i++
	switch {
	case !passive:
		if end, ok = u.npRight(i); !ok {
			return t, false
		}
		source, i = u.spanOf(i, end), end
	case u.is(i, "by"):
		if i, ok = u.npRight(i + 1); !ok {
			return t, false
		}
	}
	if !u.is(i, "as") || !sayingForms[u.at(i+1).lower] {
		return t, false
	}
	return tag{verb: i + 1, from: x, to: i + 2, said: attribution{source: source, cue: u.at(i + 1).span}}, true
}

// passesOn are the verbs of passing words on: quoted, cited or reported as saying.
var passesOn = set(`quoted quotes cited cites reported recorded described remembered`)

// tagBehind reads a tag behind a comma, after words that go on with the quoted ones from item x.
func (u *unit) tagBehind(x int) (t tag, ok bool) {
	for c := x + 1; c < len(u.items) && c < x+25; c++ {
		if u.at(c).isQuote() || u.is(c, ";", ".", "?", ":") || utters(u.at(c).lower, false) {
			return t, false
		}
		if u.is(c, ",") && u.nominal(c+1) && !u.at(c+1).isQuote() {
			if t, ok = u.tagFrom(c+1, false); ok && t.verb <= c+6 {
				return t, u.end(t.to) || u.is(t.to, ",") || prepositions[u.at(t.to).lower] || timeWords[u.at(t.to).lower] || isAdverb(u.at(t.to).lower)
			}
		}
	}
	return t, false
}

// asides are the prepositions that begin an aside between a speaker and the verb; of, from, at and for
// say who it is.
var asides = set(`in on with during after before by as without when while through via amid despite`)

// nominal reports whether a speaker can begin at item x.
func (u *unit) nominal(x int) bool {
	it := u.at(x)
	w := it.lower
	return it.word && (pronouns[w] || it.cap && !subordinates[w] && !prepositions[w] || determiners[w] || isQuantity[w] || isNumber(w) || u.nounish(x)) &&
		!timeLead(w) && !conjunctions[w] && w != "which" && w != "who" && w != "whose" && w != "that"
}

// subjectVerb returns the item of the verb whose subject begins at x, -1 for none: the first verb of saying,
// or, in a free tag, the verb right behind the first noun phrase.
func (u *unit) subjectVerb(x int, free bool) int {
	commas, relative, verbs := 0, false, 0
	for i := x + 1; i < len(u.items) && i < x+40; i++ {
		w := u.at(i).lower
		relative = relative && !u.is(i, ",") || w == "who" || w == "which" || w == "whose" || w == "where" || w == "when"
		switch {
		case u.at(i).isQuote():
			if u.at(i).span.Len() > 40 {
				return -1
			}
			continue // a nickname, or the name of a work
		case u.is(i, ",", "–", "—"):
			commas++
			continue
		case !u.at(i).word:
			if u.is(i, ";", ":", "?", "!") {
				return -1
			}
			continue
		case u.at(i).cap && !pronouns[u.at(i-1).lower] || u.is(i, "that"):
			if u.is(i, "that") && u.is(i-1, ",") {
				return -1
			}
			continue
		}
		if utters(w, false) && !u.is(i-1, "to", "who", "the", "a", "an", "of", "his", "her", "their", "its", "and", "or", "'s", "in", "on") && !(doubtfulHere(u, i)) {
			if verbs > 0 && !(auxiliaries[u.at(i-1).lower] || isAdverb(u.at(i-1).lower)) {
				return -1 // another verb has the subject
			}
			return i
		}
		if (auxiliaries[w] || irregularPast[w]) && !relative && !u.isNamed(i) {
			verbs++
		}
		if finiteVerb(w) && !auxiliaries[w] && (commas == 0 || commas == 2 && u.is(i-1, ",")) && free && i > x {
			if end, ok := u.npRight(x); ok && (end == i || commas == 2 && end == i-1) && !u.is(i+1, "by", "in", "on", "as") || pronouns[u.at(i-1).lower] && i == x+1 {
				return i
			}
		}
		if conjunctions[w] && w != "and" && w != "or" || subordinates[w] && w != "who" && w != "whose" && w != "which" && w != "where" && w != "when" && w != "as" && w != "while" && w != "after" && w != "before" && w != "since" {
			return -1
		}
	}
	return -1
}

// behindComma returns where the subject of the verb begins: at x, or behind a comma that no second one closes: “the
// worst” of all the rains, Jones said.
func (u *unit) behindComma(x, verb int) int {
	for verb > x && (auxiliaries[u.at(verb-1).lower] || isAdverb(u.at(verb-1).lower)) {
		verb--
	}
	commas, last := 0, x
	for i := x; i < verb; i++ {
		if u.is(i, ",") {
			commas, last = commas+1, i+1
		}
	}
	if commas%2 == 1 && last < verb && u.nominal(last) {
		return last
	}
	return x
}

// doubtfulHere reports whether a word that can be a noun is one at item i: only behind a name or a pronoun is
// "claims" a verb.
func doubtfulHere(u *unit, i int) bool {
	if !nounForms[u.at(i).lower] {
		return false
	}
	before := u.at(i - 1)
	return !(before.cap || pronouns[before.lower] || u.is(i-1, ",", ")")) || u.at(i+1).word && !u.end(i+1) && !prepositions[u.at(i+1).lower] && !isAdverb(u.at(i+1).lower) && !timeWords[u.at(i+1).lower]
}

// utters reports whether a word can be the verb of a tag: one of saying in a finite form, or any past form in
// a free tag.
func utters(w string, free bool) bool {
	v, known := reportingVerbs[w]
	if known && v.frame&(says|tells) != 0 && v.frame&thinks == 0 && v.frame&(finds|treats) != finds|treats && !strings.HasSuffix(w, "ing") {
		return true
	}
	return free && !auxiliaries[w] && (irregularPast[w] || len(w) > 3 && strings.HasSuffix(w, "ed"))
}

// tagBefore reads a quotation at item k that its tag stands before, behind a comma, a colon or the verb itself.
func (r *reader) tagBefore(u *unit, done, k int) (t tag, end int, ok bool) {
	q := u.at(k).q
	mark := k - 1
	if !r.statement(q) || !u.is(mark, ",", ":") {
		return t, 0, false
	}
	for i := k - 2; i >= done && i > k-40; i-- {
		if u.at(i).isQuote() && u.at(i).span.Len() > 40 || u.is(i, ";", "?", "!") {
			return t, 0, false
		}
		v, cue := reportingVerbs[u.at(i).lower]
		if !cue || v.frame&(says|tells) == 0 || v.frame&thinks != 0 || u.at(i).cap && i > 0 {
			continue
		}
		if u.clauseBetween(i+1, mark) {
			return t, 0, false
		}
		g, found := r.subject(u, i, v)
		if !found || g.passive {
			g, found = r.speaker(u, i, mark)
		}
		if !found || g.negated || g.generic {
			continue
		}
		end = r.quotedEnd(u, k)
		t = tag{verb: i, from: g.cueStart, to: i + 1, said: attribution{source: g.source, cue: u.spanOf(g.cueStart, i+1), rule: "Q4"}}
		if u.is(k-1, ":") && k-1 == i+1 {
			t.said.cue.End = u.at(k - 1).span.End
		}
		t.said.content = []graph.Span{u.clauseSpan(k, end)}
		if u.is(done+1, ",") && conjunctions[u.at(done).lower] && u.at(done+2).span.Start == min(t.said.source.Start, t.said.cue.Start) { // But, said Jones, “…”
			t.said.content = append([]graph.Span{u.at(done).span}, t.said.content...)
		}
		if end > k+1 {
			t.said.rule = "M1"
		}
		r.addHearer(u, &t.said, v, i+1)
		return t, end, true
	}
	return t, 0, false
}

// tagFree reads a tag with any verb right before the quotation at item k that fills the sentence: She went on, “…”.
func (r *reader) tagFree(u *unit, done, k int) (t tag, end int, ok bool) {
	if !r.statement(u.at(k).q) || !u.is(k-1, ",") || !u.end(k+1) {
		return t, 0, false
	}
	x := done
	for x < k && (conjunctions[u.at(x).lower] || leadAdverbs[u.at(x).lower]) {
		x++
	}
	verb, ok := u.npRight(x)
	if !u.nominal(x) {
		return t, 0, false
	}
	w := u.at(verb).lower
	if !ok || verb+1 < k-2 || auxiliaries[w] || u.at(verb).cap || !irregularPast[w] && !strings.HasSuffix(w, "ed") {
		return t, 0, false
	}
	t = tag{verb: verb, from: x, to: verb + 1, said: attribution{source: u.spanOf(x, verb), cue: u.at(verb).span, rule: "Q4"}}
	t.said.content = []graph.Span{u.at(k).span}
	return t, k + 1, true
}

// tagInside reads a tag between commas (The port, Jones said, “has burned its boats.”) in a sentence that the
// quotation at item k goes on with.
func (r *reader) tagInside(u *unit, done, k int) (t tag, end int, ok bool) {
	if r.capital(u.at(k).q) || !u.is(k-1, ",") {
		return t, 0, false
	}
	for c := k - 3; c > done && c > k-20; c-- {
		if !u.is(c, ",") {
			continue
		}
		t, ok = u.tagFrom(c+1, false)
		if !ok || t.from != c+1 || t.verb >= k-1 || u.clauseBetween(t.to, k-1) {
			return t, 0, false
		}
		for m := done; m < c; m++ {
			if v, cue := reportingVerbs[u.at(m).lower]; cue && v.frame&(says|tells) != 0 && v.frame&doubtful == 0 || u.is(m, ";", ":", ".", "?", "!") {
				return t, 0, false
			}
		}
		end = r.clauseEnd(u, k)
		t.said.content = []graph.Span{u.clauseSpan(done, c), u.clauseSpan(k, end)}
		t.said.rule = "Q2"
		return t, end, true
	}
	return t, 0, false
}

// part ends the words of other reports where a quotation with a tag of its own behind it begins: Jones said it was
// over: “We lost,” she added.
func (r *reader) part(u *unit, tags []tag) {
	for _, t := range tags {
		first := t.said.content[0]
		if t.said.cue.Start < first.End {
			continue
		}
		for n := u.found; n < len(r.found); n++ {
			for i, c := range r.found[n].content {
				if c.Start < first.Start && c.Contains(t.said.cue) {
					r.found[n].content[i].End = c.Start + len(strings.TrimRight(r.text[c.Start:first.Start], " \u00a0\n\t,:;–—-"))
				}
			}
		}
	}
}

// speaker finds who utters the verb at item i before the quotation whose mark, comma or colon is item mark, where its
// grammar does not tell: the writer, the agent of "was asked", a subject behind the verb, or across an
// aside or an infinitive the subject of the sentence.
func (r *reader) speaker(u *unit, i, mark int) (grammar, bool) {
	g := grammar{cueStart: i}
	end, named := u.npRight(i + 1)
	switch {
	case beForms[u.at(i-1).lower] && u.is(i, "asked", "told"):
		g.cueStart--
		if u.is(i+1, "by") {
			if end, named = u.npRight(i + 2); named {
				g.source = u.spanOf(i+2, end)
			}
			return g, named
		}
		return g, i+1 == mark
	case u.is(i-1, "i", "we"):
		g.source = u.at(i - 1).span
		return g, true
	case i == 0 && named && end >= mark: // Said Jones: “…”
		g.source = u.spanOf(1, mark)
		return g, true
	case u.is(i-1, ",") || u.at(i-1).isQuote() || i+1 == mark && u.is(i-1, "by", "before", "to", "on"):
		s, ok := r.mainSubject(u, i)
		g.source = s
		return g, ok
	}
	return g, false
}

// clauseBetween reports whether items [i, j) between a verb and a quotation are a clause of their own, which the
// verb then governs: Jones said the answer was: “…”.
func (u *unit) clauseBetween(i, j int) bool {
	for m := i; m < j; m++ {
		w := u.at(m).lower
		if w == "that" {
			return true
		}
		if subordinates[w] {
			return false
		}
		if u.at(m).word && (auxiliaries[w] && w != "'s" || irregularPast[w]) && !u.at(m).cap {
			return true
		}
	}
	return false
}

// quotedEnd returns the end of what is said from the quotation at item k on: the quotation, or, when it stops in
// the middle of a sentence that goes on behind the mark, the clause.
func (r *reader) quotedEnd(u *unit, k int) int {
	last := lastRune(r.wordsOf(u.at(k).q))
	if last == '.' || last == ',' || last == '?' || last == '!' || last == '…' || last == '—' || last == '-' || !u.at(k+1).word || u.is(k+1, "and", "but", "as", "while", "when", "before", "after") {
		return k + 1
	}
	return r.clauseEnd(u, k)
}

// capital reports whether a quotation begins as a sentence does, marks and brackets aside.
func (r *reader) capital(q int) bool {
	for _, x := range r.quotes[q].inner.Of(r.text) {
		if unicode.IsLetter(x) || unicode.IsDigit(x) {
			return !unicode.IsLower(x)
		}
	}
	return false
}

// statement reports whether a quotation is a statement rather than a phrase.
func (r *reader) statement(q int) bool {
	in := strings.TrimSpace(r.quotes[q].inner.Of(r.text))
	n := len(strings.Fields(in))
	behind := r.text[r.quotes[q].span.End:]
	return r.capital(q) && (n >= 4 || n >= 1 && strings.ContainsAny(in[max(0, len(in)-3):], ".,!?") || n >= 3 && behind != "" && strings.ContainsAny(behind[:1], ".!?"))
}
