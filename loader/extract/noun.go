package extract

import "whence/graph"

// nominal reads a noun that stands for a report, in the tree of its sentence: "the suspicion among
// drivers that fares will rise", "its promise to stay", "made the claim that". The tree finds the clause
// behind what stands between, and who holds it: a possessor, "by" or "from" somebody, or the subject of
// a verb that says no more than the noun.
func (r *reader) nominal(u *unit, i int) bool {
	if !u.clauseFollows(i) {
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
	if clause < 0 {
		return false
	}
	source, ok := t.holder(n)
	if !ok || source.Len() == 0 && !doubtedNouns[lemma] {
		return false
	}
	return r.add(attribution{
		content: []graph.Span{t.span(t.first[clause], t.last[clause])}, source: source, cue: t.Sentence[n].Span,
		negative: negativeNouns[t.lower[n]], para: u.para, unit: u.span, rule: "N2",
	}) >= 0
}

// holder returns who holds what a noun stands for, empty when nobody is named; ok is false when it is the
// reader or the writer, or when the noun is denied or supposed: "no claim that", "if the claim that".
func (t *tree) holder(n int) (source graph.Span, ok bool) {
	for _, k := range t.kids[n] {
		switch {
		case t.is(k, "my", "our", "your", "no", "any"):
			return source, false
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
	h := t.Sentence[n].Head
	if h < 0 || !t.rel(n, "obj") || !lightVerbs[t.Sentence[h].Lemma] {
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
var lightVerbs = set(`make have give issue repeat raise express voice hold share release reiterate put put lodge file level air send`)
