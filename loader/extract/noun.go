package extract

import (
	"slices"
	"strings"

	"whence/graph"
)

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

// governed reads a noun that governs what it reports through a preposition, and has somebody's: "Okafor's support for
// the line", "her view of drivers as careless", "criticism of the plan by residents".
func (r *reader) governed(u *unit, i int) bool {
	preps := nounGoverns[strings.TrimSuffix(u.at(i).lower, "s")]
	if preps == "" {
		return false
	}
	t, n := r.treeAt(u, i)
	if n < 0 || t.quoted[n] || t.Sentence[n].UPOS != "NOUN" || t.is(len(t.Sentence)-1, "?") {
		return false
	}
	about := -1
	for _, k := range t.kids[n] {
		if k > n && t.rel(k, "nmod", "obl", "acl") && t.first[k] > n && slices.Contains(strings.Fields(preps), t.lower[t.first[k]]) {
			about = k
			break
		}
	}
	if about < 0 || u.withdrawn(i) {
		return false
	}
	source, ok := t.holder(n)
	if !ok || source.Len() == 0 || source.Start >= t.Sentence[t.first[about]].Span.Start && source.Start <= t.Sentence[t.last[about]].Span.Start {
		return false
	}
	as := false
	last := t.last[about]
	for _, k := range t.kids[n] {
		if k > about && t.first[k] == last+1 && t.is(t.first[k], "as") {
			last, as = t.last[k], true
		}
	}
	if pictures[t.Sentence[n].Lemma] && !as && !slices.Contains(t.lower[t.first[about]:last], "as") {
		return false
	}
	return r.add(attribution{
		content: []graph.Span{t.span(t.first[about]+1, last)}, source: source, cue: t.span(n, t.first[about]),
		negative: negativeNouns[t.lower[n]] || againstNouns[t.Sentence[n].Lemma], para: u.para, unit: u.span, rule: "N4",
	}) >= 0
}

// brought reads "the concerns raised by residents about fares", "claims made by the union that it is closed": what somebody
// brings forward, with who does behind it.
func (r *reader) brought(u *unit, i int) bool {
	w := u.at(i).lower
	if !negativeNouns[w] && !raised[strings.TrimSuffix(w, "s")] && !speechNouns[w] {
		return false
	}
	k := i + 1
	for u.is(k, "which", "that") || k > i+1 && (auxiliaries[u.at(k).lower] || isAdverb(u.at(k).lower)) {
		k++
	}
	if !u.is(k, "raised", "expressed", "voiced", "made", "aired", "shared", "brought", "levelled", "leveled", "advanced", "held", "issued") {
		return false
	}
	var source graph.Span
	from := k + 1
	if u.is(from, "by") {
		for from++; from < len(u.items) && from < k+maxOwner && !u.is(from, "about", "over", "regarding", "concerning", "that"); from++ {
			if auxiliaries[u.at(from).lower] && u.at(from).lower != "'s" || u.is(from, ":", ";") {
				return false
			}
		}
		source = u.clauseSpan(k+2, from)
	}
	for _, n := range r.at.near(u.at(i).span) {
		if r.found[n].cue.Contains(u.at(i).span) { // "we learnt from comments made by Lind that"
			return false
		}
	}
	topic := !negativeNouns[w] && !raised[strings.TrimSuffix(w, "s")] // "comments made by Lind about fares" tell no words of his
	if source.Len() == 0 || !u.is(from, "about", "over", "regarding", "concerning", "that") || topic && !u.is(from, "that") {
		return false
	}
	cue := u.spanOf(i, k+2)
	if !u.is(from, "that") {
		from++
	}
	return r.add(attribution{
		content: []graph.Span{u.clauseSpan(from, r.clauseEnd(u, from))}, source: source, cue: cue,
		negative: negativeNouns[w], para: u.para, unit: u.span, rule: "N4",
	}) >= 0
}

// pictures are nouns that report only with what something is seen as: "her view of drivers as careless".
var pictures = set(`description characterisation characterization portrayal depiction assessment explanation vision view`)

// againstNouns set their holder against what they govern.
var againstNouns = set(`opposition rejection denial condemnation criticism objection attack dismissal`)

// nounGoverns tells through which prepositions a noun governs what it reports.
var nounGoverns = map[string]string{
	"view": "of", "support": "for of", "opposition": "to", "criticism": "of", "attack": "on", "condemnation": "of", "call": "for", "rejection": "of", "praise": "for of",
	"denial": "of", "endorsement": "of", "description": "of", "characterisation": "of", "characterization": "of", "portrayal": "of", "depiction": "of", "defence": "of", "defense": "of",
	"warning": "of about against", "allegation": "of about", "accusation": "of", "claim": "of about to", "complaint": "about of",
	"promise": "of", "pledge": "of", "vow": "of", "announcement": "of", "prediction": "of", "demand": "for", "proposal": "for", "acknowledgement": "of", "acknowledgment": "of", "admission": "of",
	"commitment": "to", "fear": "of about", "concern": "about over regarding", "doubt": "about over", "objection": "to", "scepticism": "about of", "skepticism": "about of",
	"vision": "of for", "assessment": "of", "explanation": "of for", "insistence": "on", "dismissal": "of", "worry": "about over", "worrie": "about over",
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
