package extract

import (
	"slices"
	"strings"

	"whence/graph"
)

// A predicate is a reporting verb in the tree of its sentence.
type predicate struct {
	*tree
	verb    verb
	at      int // token of the verb
	from    int // first token of its cue: auxiliaries, negation and adverbs before it
	subject int // head of who speaks, -1 for nobody named
	source  graph.Span
	own     bool // the subject is the verb's own, not one that it shares
	passive bool
	negated bool
	nobody  bool // a passive that names nobody: "is said to", "was told that"
	writer  bool // the subject is the writer: "we would argue"
}

// predicate reads the verb at token i; ok is false when it reports nothing: it is
// asked, wished or only possible, or its subject is the reader or the writer.
func (t *tree) predicate(i int, v verb) (p predicate, ok bool) {
	p = predicate{tree: t, verb: v, at: i, from: i, subject: -1}
	tag := t.Sentence[i].Tag
	if !strings.HasPrefix(tag, "VB") || t.quoted[i] {
		return p, false
	}
	be, aux, to := false, false, false
	p.writer = performatives[v.lemma] && t.is(t.child(i, "nsubj"), "i", "we")
	for _, k := range t.kids[i] {
		if k > i {
			break
		}
		switch {
		case t.rel(k, "aux"):
			if (t.Sentence[k].Tag == "MD" || modals[t.lower[k]]) && !(p.writer && t.is(k, "would", "must")) {
				return p, false // what should, may or would be said was not said
			}
			aux, be = true, be || t.Sentence[k].Rel == "aux:pass"
			p.from = min(p.from, k)
		case t.Sentence[k].Tag == "TO":
			to = true
		case t.negation(k):
			p.negated = true
			p.from = min(p.from, k)
		case t.rel(k, "advmod") && k == p.from-1:
			p.from = k
		}
	}
	if p.negated && v.frame&thinks == 0 {
		return p, false // what somebody did not say is not theirs
	}
	subject := t.child(i, "nsubj")
	p.passive = be || subject >= 0 && t.Sentence[subject].Rel == "nsubj:pass" || tag == "VBN" && !aux && !t.rel(i, "root", "conj", "parataxis", "ccomp")
	switch {
	case p.passive:
		ok = p.agent()
	case to:
		ok = p.infinitive()
	case tag == "VBG" && !aux:
		ok = p.participle()
	default:
		ok = p.finiteVerb()
	}
	return p, ok && !p.question() && !p.supposed() && p.speaks()
}

func (t *tree) negation(i int) bool { return t.is(i, "not", "n't", "never") }

// noun reports whether the parser takes the word for no verb.
func (p *predicate) noun() bool {
	return p.tree != nil && !strings.HasPrefix(p.Sentence[p.at].Tag, "VB")
}

// asked reports whether the verb is "asked" of somebody: "Asked whether", "when asked about".
func (p *predicate) asked() bool {
	return p.tree != nil && p.verb.lemma == "ask" && p.Sentence[p.at].Tag == "VBN" && p.child(p.at, "aux") < 0
}

// subjectOf takes the subject of the verb at token i.
func (p *predicate) subjectOf(i int) bool {
	for _, k := range p.kids[i] {
		if p.rel(k, "nsubj", "csubj") && !p.quoted[k] {
			last := p.last[k]
			if k < i {
				last = min(last, i-1)
			}
			p.subject, p.source = k, p.span(p.first[k], last)
			return p.source.Len() > 0
		}
	}
	return false
}

// finiteVerb finds the subject of a finite verb: its own, the one that it shares with
// the verb it is joined to, or what its relative clause is about.
func (p *predicate) finiteVerb() bool {
	if !p.subjectOf(p.at) {
		return p.shared(p.at)
	}
	p.own = true
	if h := p.Sentence[p.at].Head; p.is(p.subject, "who", "which", "that") && p.rel(p.at, "acl") && h >= 0 && h < p.subject {
		h = p.antecedent(p.at, h)
		p.source = p.span(p.phrase(h), min(p.first[p.at], p.subject)-1)
		p.subject = h
	}
	return p.source.Len() > 0
}

// antecedent returns the noun that the relative clause of the verb at i is about: h, which the parser gives, or the noun
// that h stands under where the number of the verb rules h out: "a study of the pilots, which shows".
func (p *predicate) antecedent(i, h int) int {
	tag := p.Sentence[i].Tag
	if aux := p.child(i, "aux"); aux >= 0 {
		tag = p.Sentence[aux].Tag
	}
	if up := p.Sentence[h].Head; tag == "VBZ" && p.rel(h, "nmod") && up >= 0 && up < h && plural[p.Sentence[h].Tag] && !plural[p.Sentence[up].Tag] && p.Sentence[up].UPOS == "NOUN" {
		return up
	}
	return h
}

var plural = set(`NNS NNPS`)

// maxClimb is how far up a tree a subject is looked for.
const maxClimb = 8

// shared goes up from a verb without a subject to the verb whose subject it shares.
func (p *predicate) shared(i int) bool {
	for steps := 0; steps < maxClimb; steps++ {
		h := p.Sentence[i].Head
		switch {
		case h < 0:
			return false
		case p.rel(i, "acl"):
			h = p.antecedent(i, h)
			p.subject, p.source = h, p.span(p.phrase(h), p.first[i]-1)
			return p.source.Len() > 0
		case !p.rel(i, "conj", "advcl", "xcomp", "parataxis", "ccomp", "dep"):
			return false
		}
		q := *p
		if q.at = h; q.subjectOf(h) {
			if !q.finiteVerb() {
				return false
			}
			p.subject, p.source = q.subject, q.source
			return true
		}
		i = h
	}
	return false
}

// agent finds whom a passive names: "described by X as". Without an agent only an
// impersonal "it" reports anything.
func (p *predicate) agent() bool {
	for _, k := range p.kids[p.at] {
		by := p.child(k, "case")
		if k > p.at && p.rel(k, "obl") && by >= 0 && p.is(by, "by") && p.Sentence[k].Tag != "VBG" {
			p.subject, p.own, p.source = k, true, p.span(by+1, p.last[k])
			return p.source.Len() > 0
		}
	}
	it := p.child(p.at, "nsubj", "expl")
	if it >= 0 && it < p.at && p.is(it, "it") {
		return p.verb.frame&(says|thinks) != 0 && !p.rel(p.at, "acl")
	}
	p.nobody = (p.child(p.at, "aux") >= 0 || p.reduced()) && p.verb.frame&(says|thinks|finds|names) != 0
	return p.nobody
}

// reduced reports whether a participle without "be" is a passive: "a man believed to be in hiding", "a plan, described as
// “bold”".
func (p *predicate) reduced() bool {
	n := p.at + 1
	if !p.rel(p.at, "acl", "advcl", "conj") || n >= len(p.Sentence) || p.verb.lemma == "know" || p.verb.lemma == "consider" {
		return false
	}
	return p.is(n, "to") && p.Sentence[n].Tag == "TO" || p.is(n, "as") && slices.Contains(p.quoted[n:p.last[p.at]+1], true)
}

// performatives do what they say when the writer is their subject: "we call on", "I would argue".
// After Austin (How to Do Things with Words, 1962): those of judgement, of influence and of exposition.
var performatives = set(`argue ask call conclude condemn contend contest demand deplore dispute estimate insist maintain mention oppose predict propose recommend reject stress submit suggest urge warn welcome`)

// carriers are the words under which an infinitive is a fact: what one went on to say, one said.
var carriers = set(`go continue proceed rush hasten come begin start move quick keen happy careful take use issue release hold call write post appear return interrupt intervene step speak stand pause join`)

// infinitive reads "went on to say that".
func (p *predicate) infinitive() bool {
	h := p.Sentence[p.at].Head
	if h < 0 || !carriers[p.Sentence[h].Lemma] {
		return false
	}
	for _, k := range p.kids[h] {
		if p.Sentence[k].Tag == "MD" || p.negation(k) {
			return false
		}
	}
	return p.shared(p.at)
}

// participle reads "…, adding that", "by claiming that", "quoted Jones as saying".
func (p *predicate) participle() bool {
	h := p.Sentence[p.at].Head
	for _, k := range p.kids[p.at] {
		if k > p.at || !p.rel(k, "mark", "case") {
			continue
		}
		switch p.lower[k] {
		case "by", "in", "while", "when", "with", "after":
		case "as":
			if h < 0 {
				return false
			}
			if o := p.child(h, "obj"); o >= 0 && o < p.at {
				p.subject, p.source = o, p.span(p.first[o], min(p.last[o], p.first[p.at]-1))
				return p.source.Len() > 0
			}
		default:
			return false // "without saying", "accused of saying"
		}
	}
	if h < 0 || p.rel(p.at, "nsubj", "csubj", "obj", "amod", "compound", "nmod", "obl") {
		return false
	}
	if !p.rel(p.at, "acl") || !p.is(p.first[p.at]-1, ",") {
		return p.shared(p.at)
	}
	for steps := 0; h >= 0 && steps < maxClimb; h, steps = p.Sentence[h].Head, steps+1 { // ", adding" belongs to the clause, not to its last noun
		q := *p
		if q.at = h; strings.HasPrefix(p.Sentence[h].Tag, "VB") && q.subjectOf(h) && q.finiteVerb() {
			p.subject, p.source = q.subject, q.source
			return true
		}
	}
	return false
}

// question reports whether the verb stands in a question of the writer's.
func (p *predicate) question() bool {
	n := len(p.Sentence)
	if !p.is(n-1, "?") || p.quoted[n-1] {
		return false
	}
	for _, k := range p.kids[p.at] {
		if p.rel(k, "aux") && k < p.subject && p.subject < p.at {
			return true
		}
	}
	return p.is(p.first[p.at], "who", "what", "why", "how", "did", "does", "do", "has", "have")
}

// supposed reports whether the verb stands under a condition.
func (p *predicate) supposed() bool {
	for i, steps := p.at, 0; i >= 0 && steps < maxClimb; i, steps = p.Sentence[i].Head, steps+1 {
		if !p.rel(i, "advcl", "acl", "ccomp") {
			continue
		}
		for _, k := range p.kids[i] {
			if k < i && p.rel(k, "mark", "advmod") && (p.is(k, "if", "unless", "whether", "whenever", "lest") || p.is(k, "when") && p.indefinite()) {
				return true
			}
		}
	}
	return false
}

// indefinite reports whether the subject is nobody in particular: "a doctor", "someone", "people".
func (p *predicate) indefinite() bool {
	if p.subject < 0 || p.is(p.subject, "someone", "anyone", "people") {
		return true
	}
	det := p.child(p.subject, "det")
	return p.is(det, "a", "an", "any")
}

// speaks reports whether a subject can have said something that is theirs.
func (p *predicate) speaks() bool {
	if p.subject < 0 {
		return true
	}
	w := p.lower[p.subject]
	switch w {
	case "i", "we":
		return p.writer
	case "you", "there", "nobody", "none", "neither", "nothing", "anyone", "what", "years", "days", "weeks", "months":
		return false
	case "it":
		return p.passive || p.verb.frame&says != 0 && p.verb.frame&(finds|thinks) == 0
	}
	for _, k := range p.kids[p.subject] {
		if k < p.subject && p.is(k, "no", "your", "neither") {
			return false
		}
	}
	switch {
	case timeWords[w] && p.Sentence[p.subject].UPOS != "PROPN":
		return false
	case weighs[p.verb.lemma]:
		return canShow(tokenize(p.text, p.source, nil))
	}
	return p.verb.lemma != "read" || readables[w]
}

// whole returns the subject of which s is only the end, or s: a pattern reads back from
// the verb and stops at the nearest noun, "the fund" of "a report by the fund".
func (p *predicate) whole(s graph.Span) graph.Span {
	if !p.own || s.Len() == 0 || p.source.Start >= s.Start || p.source.End < s.End || p.source.End > s.End+1 {
		return s
	}
	lead := p.text[p.source.Start:s.Start]
	if strings.ContainsAny(lead, "—–“”\"‘:;") || strings.Contains(lead, "--") || strings.Contains(lead, " - ") {
		return s // a dateline, or what is quoted
	}
	if p.Sentence[p.subject].Span.Start >= s.Start { // the head is in s
		first := p.tree.at(p.source.Start)
		if strings.Contains(lead, ",") || first >= 0 && p.rel(first, "case", "mark", "cc", "advmod", "punct") {
			return s
		}
	}
	return p.source
}
