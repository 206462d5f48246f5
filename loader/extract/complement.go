package extract

import (
	"strings"

	"whence/graph"
)

// complement returns what the verb of a predicate reports, and who reports it; no
// content when it governs nothing that a report can be.
func (p *predicate) complement() attribution {
	a := attribution{source: p.source, cue: p.span(p.from, p.at), negative: p.verb.frame&against != 0 || p.negated && p.verb.frame&thinks != 0}
	for _, k := range p.kids[p.at] {
		if k < p.at {
			continue
		}
		first := max(p.first[k], p.at+1)
		if a.rule = p.governs(k, first); a.rule == "" {
			continue
		}
		if inner := p.about(k); inner >= 0 && a.rule == "C1" {
			first = p.first[inner]
			if p.rel(inner, "nmod") {
				first++ // the preposition belongs to the cue
			}
			a.cue, a.negative = p.span(p.from, first-1), true
		}
		if inner := p.clauseOf(k, "that"); inner >= 0 && a.rule == "N1" {
			first = p.first[inner]
			a.cue = p.span(p.from, first-1)
		}
		if inner := p.child(k, "ccomp"); a.rule == "E1" && inner > k && reportingVerbs[p.lower[k]].frame&finds != 0 && p.is(p.first[inner], "that") { // "the study is said to show that"
			if subject := p.child(p.at, "nsubj"); subject >= 0 {
				if a.source = p.span(p.first[subject], min(p.last[subject], p.from-1)); p.is(subject, "which", "that") && p.shared(p.at) {
					a.source = p.source
				}
				a.cue, a.content = p.span(p.from, k), []graph.Span{p.span(p.first[inner], p.goesOn(k))}
				return a
			}
		}
		content := p.span(first, p.goesOn(k))
		if content.Len() == 0 {
			continue
		}
		a.content = []graph.Span{content}
		if head := p.Sentence[p.at].Head; a.rule == "E1" && p.rel(p.at, "acl") && p.is(first, "to") && p.child(p.at, "aux") < 0 && head >= 0 { // "a man | believed | to be in hiding"
			if whole := p.span(p.phrase(head), p.from-1); whole.Len() > 0 {
				a.content = []graph.Span{whole, content}
			}
		}
		if subject := p.child(p.at, "nsubj"); a.rule == "E1" && subject >= 0 && !p.is(subject, "which", "that", "who") { // "fares are said | to rise"
			if whole := p.span(p.first[subject], min(p.last[subject], p.from-1)); whole.Len() > 0 {
				a.content = []graph.Span{whole, content}
			}
		}
		return a
	}
	return a
}

// governs names the rule by which k, a child of the verb whose first token is given,
// is what the verb reports; "" for none.
func (p *predicate) governs(k, first int) string {
	f := p.verb.frame
	if p.nobody {
		if p.is(first, "to") && p.rel(k, "xcomp", "ccomp", "advcl") && f&(says|thinks|finds) != 0 && f&orders == 0 {
			return "E1"
		}
		if named := f&names != 0 || p.verb.lemma == "declare"; named && (p.rel(k, "xcomp") && !p.is(first, "to") || p.rel(k, "obl", "advcl") && p.is(first, "as")) {
			return "E1"
		}
		return ""
	}
	switch {
	case p.rel(k, "ccomp") || p.rel(k, "advcl", "acl") && p.is(first, "that"):
		switch {
		case p.is(first-1, ":") || f&(says|tells|treats|thinks|finds) == 0:
			return ""
		case p.is(first, "that"):
			return "I1"
		case p.is(first, "whether", "if", "how", "why", "what", "who", "when", "where", "which"):
			if f&(says|tells|orders) == 0 || f&thinks != 0 {
				return ""
			}
			return "I4"
		case f&(says|tells|thinks) == 0 || f&doubtful != 0 && p.child(k, "nsubj", "expl") < 0:
			return "" // "Benefit claims rose": a plural noun that the parser took for a verb
		}
		return "I6"
	case p.rel(k, "xcomp") || p.rel(k, "advcl") && p.is(first, "to"):
		switch to := p.child(k, "mark"); {
		case p.Sentence[k].Tag == "VBG" && to >= 0 && obliqueVerbs[p.verb.lemma+" "+p.lower[to]]: // "committed to doubling"
			return "T1"
		case p.Sentence[k].Tag == "VBG" && !p.passive && objectVerbs[p.verb.lemma]:
			return "T1"
		case !p.is(first, "to"):
		case f&orders != 0 && f&thinks == 0 || p.verb.lemma == "claim":
			return "I5"
		case p.is(p.at, "plans", "planned", "planning", "intends", "intended", "aims", "aimed") && !p.passive:
			return "W1"
		}
	case p.rel(k, "obj"):
		switch {
		case f&treats != 0 && negativeNouns[p.lower[k]] && p.about(k) >= 0:
			return "C1"
		case lightVerbs[p.verb.lemma] && (raised[p.Sentence[k].Lemma] || negativeNouns[p.lower[k]]) && p.last[k] > k:
			return "T1"
		case speechNouns[p.lower[k]] && p.clauseOf(k, "that") >= 0:
			return "N1"
		case f&names != 0 && p.named(k):
			return "D1"
		case objectVerbs[p.verb.lemma] && !p.passive && (!strings.HasPrefix(p.Sentence[k].Tag, "PRP") || p.verb.lemma == "accuse" || p.verb.lemma == "blame"):
			return "T1"
		}
	case p.rel(k, "obl") && f&thinks == 0:
		if prep := p.child(k, "case"); prep >= 0 && obliqueVerbs[p.verb.lemma+" "+p.lower[prep]] {
			return "T1"
		}
	}
	return ""
}

// about returns what a noun is about: "concern about the plan", "fears that it fails"; -1 for nothing.
func (p *predicate) about(noun int) int {
	for _, k := range p.kids[noun] {
		if k > noun && (p.rel(k, "nmod") && p.is(p.first[k], "about", "over", "at", "with", "regarding", "to") || p.rel(k, "acl") && p.is(p.first[k], "that")) {
			return k
		}
	}
	return -1
}

// clauseOf returns the clause of a noun that one of the words opens: "a statement that it is closed", "a
// promise to close it"; -1 for none.
func (t *tree) clauseOf(noun int, opens ...string) int {
	for _, k := range t.kids[noun] {
		if k > noun && t.rel(k, "acl", "ccomp") && t.is(t.first[k], opens...) {
			return k
		}
	}
	return -1
}

// named reports whether the verb calls its object something: "called it a hoax", "described it as new".
func (p *predicate) named(object int) bool {
	for _, k := range p.kids[p.at] {
		if k > object && (p.rel(k, "xcomp") && !p.is(p.first[k], "to") || p.rel(k, "obl", "advcl") && p.is(p.first[k], "as")) {
			return true
		}
	}
	return false
}

// goesOn returns the last token of the complement k, with what stands right behind
// it and the parser has put beside it.
func (p *predicate) goesOn(k int) int {
	last := p.last[k]
	for _, m := range p.kids[p.at] {
		if m <= k || p.first[m] <= last {
			continue
		}
		joined := p.rel(m, "conj") && p.child(m, "nsubj") >= 0 && reportingVerbs[p.lower[m]].frame == 0
		if p.first[m] != last+1 || !joined && !p.rel(m, "obl", "advmod", "advcl", "xcomp", "obj", "ccomp", "nmod") {
			break
		}
		last = p.last[m]
	}
	return last
}

// objectVerbs report with a noun alone: what was denied, promised, blamed. They are of
// Levin's classes of judgement (33), of communication (37) and of future having (13.3).
var objectVerbs = set(`accuse acknowledge admit allege announce applaud attack berate blame blast castigate chide cite claim commend concede condemn confirm
	criticise criticize declare decry defend demand denounce deny deplore deride describe evoke disclose dismiss dispute emphasise emphasize endorse estimate explain express
	forecast hail highlight invoke lambast lament laud mock note oppose pledge portray praise predict proclaim promise propose protest question
	rebut recall recommend recount refute reiterate reject repeat report request reveal ridicule rubbish slam stress suggest threaten tout underline underscore urge voice vow warn welcome`)

// raised are what one raises by speaking.
var raised = set(`question issue point prospect possibility spectre specter suggestion complaint argument claim charge accusation`)

// obliqueVerbs report through a preposition.
var obliqueVerbs = pairs(`call for on upon, warn of about against, complain about of, boast of about, brag about, point to, insist on, apologise for, apologize for, argue for against,
	advocate for, object to, caution against, testify about, write about of, report on, hint at, agree with, disagree with, plead for, appeal for, advise against, vow to, commit to`)

// pairs reads lists of a word and those that go with it.
func pairs(lists string) map[string]bool {
	m := map[string]bool{}
	for _, list := range strings.Split(lists, ",") {
		words := strings.Fields(list)
		for _, w := range words[1:] {
			m[words[0]+" "+w] = true
		}
	}
	return m
}
