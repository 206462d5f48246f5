package extract

import (
	"strings"

	"whence/graph"
)

// noun reads a noun that stands for a report, or governs one.
func (r *reader) noun(u *unit, i int) bool {
	w := u.at(i).lower
	speech := speechNouns[w]
	return speech && r.owned(u, i) || (speech || purposeNouns[strings.TrimSuffix(w, "s")]) && r.nominal(u, i) ||
		r.copular(u, i) || r.brought(u, i) || r.governed(u, i)
}

// owned reads "X's claim that …": the possessor says what follows.
func (r *reader) owned(u *unit, i int) bool {
	if u.withdrawn(i) {
		return true
	}
	if !u.is(i+1, "that") && !(u.is(i+1, ":", ",") && u.at(i+2).isQuote()) {
		return false
	}
	var src graph.Span
	switch {
	case possessivePron[u.at(i-1).lower] && !u.is(i-1, "my", "our", "your"):
		src = u.at(i - 1).span
	case u.is(i-1, "'s", "’"):
		start, ok := u.npLeft(i - 2)
		if !ok {
			return false
		}
		src = u.spanOf(start, i-1)
	case adjectiveBefore(u, i):
		start, ok := u.npLeft(i - 3)
		if !ok {
			return false
		}
		src = u.spanOf(start, i-2)
	default:
		return false
	}
	from := i + 1
	a := attribution{source: src, cue: u.at(i).span, para: u.para, unit: u.span, rule: "N1"}
	if u.is(from, ":", ",") {
		a.content = []graph.Span{u.at(i + 2).span}
	} else {
		a.content = []graph.Span{u.clauseSpan(from, r.nounClauseEnd(u, from+1))}
		if t, n := r.treeAt(u, i); n >= 0 { // "Jones's claim that it works | is false"
			if clause := t.clauseOf(n, "that"); clause >= 0 {
				a.content[0].End = min(a.content[0].End, t.span(t.first[clause], t.last[clause]).End)
			}
		}
	}
	a.negative = negativeNouns[u.at(i).lower]
	return r.add(a) >= 0
}

func adjectiveBefore(u *unit, i int) bool {
	return u.is(i-2, "'s", "’") && u.at(i-1).word && !determiners[u.at(i-1).lower]
}

// nominal reads a noun that stands for a report, in the tree of its sentence: "the suspicion among
// drivers that fares will rise", "its promise to stay", "made the claim that". The tree finds the clause
// behind what stands between, and who holds it: a possessor, "by" or "from" somebody, or the subject of
// a verb that says no more than the noun.
func (r *reader) nominal(u *unit, i int) bool {
	if r.title || !u.clauseFollows(i) { // "Reply to Plans to Close the Line" names them only
		return false
	}
	t, n := r.treeAt(u, i)
	if n >= 0 && t.is(len(t.Sentence)-1, "?") {
		return false // "Why did Jones claim that …?"
	}
	if u.withdrawn(i) || n < 0 || t.quoted[n] || t.Sentence[n].UPOS != "NOUN" {
		return false
	}
	lemma := t.Sentence[n].Lemma
	var opens []string
	if speechNouns[lemma] {
		opens = append(opens, "that")
	}
	if purposeNouns[lemma] {
		opens = append(opens, "to")
	}
	clause := t.clauseOf(n, opens...)
	if clause < 0 && purposeNouns[strings.TrimSuffix(u.at(i).lower, "s")] {
		clause = t.extraposed(n)
	}
	if clause < 0 {
		return r.intent(u, i, n, t)
	}
	source, ok := t.holder(n)
	if !ok || source.Len() == 0 && !doubtedNouns[lemma] {
		return false
	}
	cue, first := t.Sentence[n].Span, t.first[clause]
	if h := t.Sentence[n].Head; h >= 0 && t.rel(n, "obj") && spreads[t.Sentence[h].Lemma] && source.End <= t.Sentence[h].Span.Start { // "promote | the belief that"
		cue, first = t.Sentence[h].Span, t.first[n]
	}
	content := t.span(first, t.last[clause])
	for _, o := range r.at.near(content) { // "replied with the claim that": the verb reports it already
		if r.found[o].content[0] == content {
			return true
		}
	}
	return r.add(attribution{
		content: []graph.Span{content}, source: source, cue: cue,
		negative: negativeNouns[t.lower[n]], para: u.para, unit: u.span, rule: "N2",
	}) >= 0
}

// extraposed returns the infinitive of a noun of purpose that the verb parts from it: "a union plan was announced to close the
// line"; -1 for none.
func (t *tree) extraposed(n int) int {
	h := t.Sentence[n].Head
	if t.Sentence[n].Rel != "nsubj:pass" || h < n || t.child(h, "aux") < 0 {
		return -1
	}
	for k := h + 1; k <= t.last[h]; k++ {
		if t.Sentence[k].Tag == "TO" && t.rel(k, "mark") && t.rel(t.Sentence[k].Head, "acl", "advcl", "xcomp") {
			return t.Sentence[k].Head
		}
	}
	return -1
}

// intent reads "the union's aim to prompt action is plain" where the parser takes the infinitive for another noun: what a
// possessor's noun of purpose has right behind it.
func (r *reader) intent(u *unit, i, n int, t *tree) bool {
	next := u.at(i + 2)
	if !purposeNouns[strings.TrimSuffix(u.at(i).lower, "s")] || !u.is(i+1, "to") || !next.word || next.cap || determiners[next.lower] || pronouns[next.lower] || isParticiple(next.lower) || strings.HasSuffix(next.lower, "ing") {
		return false
	}
	source, ok := t.holder(n)
	if !ok || source.Len() == 0 || source.Start > t.Sentence[n].Span.Start {
		return false
	}
	end := i + 3
	for end < len(u.items) && !u.is(end, ",", ";", ":") && !(auxiliaries[u.at(end).lower] && u.at(end).lower != "'s" && !u.is(end, "do", "be", "have")) && !irregularPast[u.at(end).lower] {
		end++
	}
	return r.add(attribution{content: []graph.Span{u.clauseSpan(i+1, end)}, source: source, cue: u.at(i).span, para: u.para, unit: u.span, rule: "N2"}) >= 0
}

// holder returns who holds what a noun stands for, empty when nobody is named; ok is false when it is the
// reader or the writer, or when the noun is denied or supposed: "no claim that", "if the claim that".
func (t *tree) holder(n int) (source graph.Span, ok bool) {
	for _, k := range t.kids[n] {
		switch {
		case t.is(k, "my", "our", "your", "no", "any"):
			return source, false
		case k < n && t.rel(k, "compound") && rulers[t.lower[k]]: // "the government claim that"
			return t.Sentence[k].Span, true
		case k < n && t.Sentence[k].Rel == "nmod:poss":
			end := t.last[k]
			if t.is(end, "'s", "'") {
				end--
			}
			return t.span(t.first[k], end), true
		case k > n && t.rel(k, "nmod", "obl") && t.is(t.first[k], "by", "from", "of", "among"):
			if t.Sentence[k].UPOS == "PROPN" || personal(t, k) {
				return t.span(t.first[k]+1, t.last[k]), true
			}
		}
	}
	for _, k := range t.kids[n] { // "concerns raised by residents"
		if by := t.child(k, "obl"); k > n && t.rel(k, "acl") && lightVerbs[t.Sentence[k].Lemma] && by > k && t.is(t.first[by], "by", "from") {
			return t.span(t.first[by]+1, t.last[by]), true
		}
	}
	h := t.Sentence[n].Head
	with := h >= 0 && t.is(t.child(n, "case"), "with") // "replied with the claim that", "made a leap with the claim that"
	if with && t.rel(h, "obj") {
		h = t.Sentence[h].Head
	}
	if with && h >= 0 && !strings.HasPrefix(t.Sentence[h].Tag, "VB") {
		return source, true
	}
	if h < 0 || !with && (!t.rel(n, "obj") || !lightVerbs[t.Sentence[h].Lemma] && !spreads[t.Sentence[h].Lemma]) {
		return source, true
	}
	p := predicate{tree: t, at: h, subject: -1}
	for _, k := range t.kids[h] {
		if t.negation(k) || t.Sentence[k].Tag == "MD" {
			return source, false
		}
	}
	if (p.subjectOf(h) || p.shared(h)) && !t.is(p.subject, "i", "we", "you", "there", "it", "who", "which", "that") {
		source = p.source
	}
	return source, true
}

// personal reports whether a noun can be somebody.
func personal(t *tree, n int) bool {
	return t.Sentence[n].Tag == "NNS" || roleNouns[t.Sentence[n].Lemma] || rulers[t.lower[n]]
}

// doubtedNouns say by themselves that somebody holds what the writer does not.
var doubtedNouns = set(`claim allegation accusation suspicion notion assumption myth rumour rumor`)

// purposeNouns stand for what somebody says they will do or want done.
var purposeNouns = set(`promise pledge vow threat plan proposal demand offer commitment refusal aim intention bid recommendation decision`)

// lightVerbs say no more than the noun that they govern.
var lightVerbs = set(`make have give issue repeat raise express voice hold share release reiterate put lodge file level air send`)

// spreads are verbs whose subject holds the belief or claim that is their object.
var spreads = set(`promote spread peddle push advance embrace adopt propagate perpetuate uphold champion defend endorse support accept advocate circulate`)

// isReport reports whether a noun can stand for a report, or govern one.
func isReport(w string) bool {
	one := strings.TrimSuffix(w, "s")
	return negativeNouns[w] || speechNouns[w] || speechNouns[one] || purposeNouns[one] || goalNouns[one] || found[one] || raised[one] || nounGoverns[one] != ""
}
