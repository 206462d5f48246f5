package extract

import (
	"slices"
	"sort"
	"strings"

	"whence/graph"
)

// verb reads one reporting verb, by the words and marks around it and by the tree of
// its sentence. Marks tell best what is quoted, and for a clause the patterns are seldom
// wrong: the parser errs in one arc of six. The tree finds what no pattern fits, objects and asides
// above all, and tells the whole of the subject, and the subject of a verb that has none beside it.
func (r *reader) verb(u *unit, i int, v verb) {
	a, ok := r.pattern(u, i, v)
	if !ok {
		return
	}
	if len(a.content) == 0 && u.barred(i) {
		return
	}
	quoted := len(a.content) > 0 && a.rule[0] == 'Q'
	p, ok := r.predicate(u, i, v)
	if a.rule == "I6" && v.frame&doubtful != 0 && p.noun() || p.negated && v.frame&thinks == 0 {
		return
	}
	if r.nested && !ok && !quoted && p.tree != nil {
		return // where several speak at once, words and tree must agree
	}
	if a.rule == "I6" && u.gapped(a.content[0].Start) {
		return
	}
	if ok && !quoted {
		if b := r.aside(u, &p); len(b.content) > 0 {
			r.add(b)
			return
		}
	}
	if len(a.content) > 0 {
		switch {
		case p.asked():
			a.source = graph.Span{}
		case !ok || p.passive:
		case quoted || a.source.Len() == 0 || !wordsBetween(r.text, a.source, a.cue):
			a.source = p.whole(a.source)
		case p.source.Len() > 0 && !r.sharesLast(u, a):
			a.source = p.source
		}
		if p.tree != nil && len(a.content) == 1 && !quoted {
			a.content[0].End = p.before(a.content[0])
		}
		a.source = u.writing(a.source)
		r.add(a)
		return
	}
	if !ok {
		return
	}
	b := p.complement()
	if b.rule == "I6" && len(b.content) > 0 && u.gapped(b.content[0].Start) {
		return
	}
	if slices.ContainsFunc(b.content, func(c graph.Span) bool { return c.Overlaps(b.source) }) {
		return
	}
	b.para, b.unit = u.para, u.span
	r.add(b)
}

// gapped reports whether the clause that begins at a byte begins with its verb: in "what drivers thought was safe" nobody
// thinks "was safe".
func (u *unit) gapped(at int) bool {
	k := sort.Search(len(u.items), func(k int) bool { return u.items[k].span.Start >= at })
	w := u.at(k).lower
	return auxiliaries[w] && !u.at(k).cap && !strings.Contains(w, "'")
}

// writing returns the document that a sentence begins with before its "it" speaks ("In a report on fares, it says"), or the
// source as it is.
func (u *unit) writing(source graph.Span) graph.Span {
	lead := skipLead(u)
	if !u.is(lead, "in") {
		return source
	}
	end, head := lead+1, -1
	for end < len(u.items) && end < lead+maxOwner && !u.is(end, ",") {
		if head < 0 && (prepositions[u.at(end).lower] || u.is(end, "which", "that")) {
			head = end - 1 // "a report which followed a fire"
		}
		end++
	}
	if head < 0 {
		head = end - 1
	}
	if !u.is(end, ",") || !u.is(end+1, "it") || u.at(end+1).span != source || !evidenceNouns[u.at(head).lower] {
		return source
	}
	return u.spanOf(lead+1, end)
}

// before returns where a content ends, or where in it a clause begins that is joined to the verb itself and has a subject of
// its own: "told her to stay, | and the driver sent her home".
func (p *predicate) before(content graph.Span) int {
	for _, k := range p.kids[p.at] {
		cc := p.child(k, "cc")
		if p.rel(k, "conj") && cc >= 0 && cc < k && p.is(cc-1, ",") && p.Sentence[cc].Span.Start > content.Start && p.Sentence[cc].Span.Start < content.End && p.child(k, "nsubj") > cc && p.child(k, "mark") < 0 && p.is(cc, "and", "but") {
			return p.Sentence[cc-2].Span.End
		}
	}
	return content.End
}

// predicate reads the verb at item i in the tree of its sentence; ok is false when
// it reports nothing there, and the predicate has no tree when the text was not parsed.
func (r *reader) predicate(u *unit, i int, v verb) (p predicate, ok bool) {
	t, n := r.treeAt(u, i)
	if n < 0 {
		return p, false
	}
	return t.predicate(n, v)
}

// readsTrees is false only while the worth of the trees is measured.
var readsTrees = true

// treeAt returns the tree of the sentence that holds item i, and its token; -1 when there is none.
func (r *reader) treeAt(u *unit, i int) (t *tree, token int) {
	if !readsTrees {
		return nil, -1
	}
	at := u.at(i).span.Start
	sentences := r.paras[u.para].Sentences
	k := sort.Search(len(sentences), func(k int) bool { return sentences[k].End > at })
	if k == len(sentences) || sentences[k].Start > at {
		return nil, -1
	}
	if r.tree == nil || r.tree.sentence != sentences[k] {
		r.tree = parse(r.text, sentences[k], r.quotesIn(sentences[k]))
	}
	return r.tree, r.tree.at(at)
}

// sharesLast reports whether an attribution has the source of the one before it in its unit.
func (r *reader) sharesLast(u *unit, a attribution) bool {
	last := r.lastIn(u)
	return last >= 0 && r.found[last].source == a.source
}

// aside reads a report that stands behind or inside what it reports, set off by commas: in
// "The port is closed, Jones said." and in "The port, Jones said, is closed." it is Jones said.
func (r *reader) aside(u *unit, p *predicate) (a attribution) {
	if !p.own || p.passive || p.verb.frame&(says|tells) == 0 || p.is(p.subject, "who", "which", "that", "what") {
		return a
	}
	lo, hi := min(p.first[p.subject], p.from), p.at
	if p.subject > p.at {
		hi = p.last[p.subject]
	}
	if p.is(lo-1, "as") {
		lo--
	}
	if lo == 0 || !p.is(lo-1, ",", "–", "—") || p.quoted[lo-1] || lo >= 2 && p.quoted[lo-2] {
		return a
	}
	start := 0
	for k := 0; k < lo-1; k++ {
		if p.is(k, ";", ":") && !p.quoted[k] {
			start = k + 1
		}
	}
	for start < lo-1 && (p.rel(start, "cc") || !p.word(start)) {
		start++
	}
	if start >= lo-1 {
		return a
	}
	for _, k := range p.kids[p.at] { // when and where it was said
		if k > hi && p.first[k] == hi+1 && p.rel(k, "obl", "advmod", "compound") {
			hi = p.last[k]
		}
	}
	n := len(p.Sentence)
	next := hi + 1
	for next < n && !p.word(next) && !p.is(next, ",", ";", ":", "–", "—") && !p.quoted[next] {
		next++
	}
	if next < n && !p.is(next, ",", ";", "–", "—") || next+1 < n && p.quoted[next+1] {
		return a
	}
	a = attribution{source: p.source, cue: p.span(p.from, p.at), para: u.para, unit: u.span, rule: "I2"}
	left := p.span(start, lo-1)
	finite := p.finite(start, lo-1)
	goesOn := next+1 < n && p.is(next, ",") && !p.is(next+1, "who", "which", "whose", "and", "but", "though", "although", "while") && p.Sentence[next+1].Tag != "VBG"
	switch {
	case goesOn && p.finite(next+1, n-1) && (finite || !p.is(start, "when", "as", "while", "after", "before", "because", "since", "if")):
		end := r.clauseEndAt(u, p.Sentence[next].Span.End)
		for n--; n > next && p.Sentence[n].Span.Start >= end; n-- {
		}
		a.rule = "I3"
		if right := p.span(next+1, n); left.Len() > 0 && right.Len() > 0 {
			a.content = []graph.Span{left, right}
		}
	case !goesOn && finite && left.Len() > 0 && p.Sentence[start].Tag != "VBG" && p.Sentence[start].Tag != "VBN":
		a.content = []graph.Span{left}
	}
	return a
}

// clauseEndAt returns the byte at which the clause that begins at a byte ends.
func (r *reader) clauseEndAt(u *unit, from int) int {
	k := sort.Search(len(u.items), func(k int) bool { return u.items[k].span.Start >= from })
	if e := r.clauseEnd(u, k); e > k {
		return u.items[e-1].span.End
	}
	return u.span.End
}
