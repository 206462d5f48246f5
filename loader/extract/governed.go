package extract

import (
	"slices"
	"strings"

	"whence/graph"
)

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
