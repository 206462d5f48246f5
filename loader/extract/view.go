package extract

import (
	"sort"
	"strings"

	"whence/graph"
)

// A view is an adjunct that says in whose eyes a sentence holds: "in Okafor's view", "from this
// perspective", "for Lind". It reports as a verb of belief does, and needs none.
type view struct {
	source graph.Span
	from   int // items [from, end) are the adjunct
	end    int
}

// viewNouns are what a sentence can hold in, from, on, by or to, when somebody owns it.
var viewNouns = map[string]map[string]bool{
	"in":   set(`view opinion account eyes mind judgment judgement estimation estimate telling reading assessment analysis theory version interpretation philosophy`),
	"from": set(`perspective viewpoint standpoint point vantage angle`),
	"on":   set(`account view reading theory interpretation analysis`),
	"by":   set(`account reckoning estimate admission logic calculation count definition lights telling reading`),
	"to":   set(`mind eyes ears`),
}

// viewing are the prepositions that begin an adjunct of view.
var viewing = set(`in from on by to for`)

// viewed reads the adjunct of view that the preposition at item i begins.
func (r *reader) viewed(u *unit, i int) bool {
	v, ok := r.viewAt(u, i)
	return ok && r.credit(u, attribution{source: v.source, cue: u.spanOf(v.from, v.end), para: u.para, unit: u.span, rule: "A5"}, v.from, v.end)
}

func (r *reader) viewAt(u *unit, i int) (v view, ok bool) {
	prep := u.at(i).lower
	v.from = i
	if prep == "from" && u.is(i+1, "what") {
		return r.hearsay(u, i)
	}
	nouns := viewNouns[prep]
	owned := func(k int) bool { // a view noun at k, at most an adjective before it, that no more of its phrase follows
		if u.at(k).word && !nouns[u.at(k).lower] {
			k++
		}
		v.end = k + 1
		if !nouns[u.at(k).lower] || u.at(k).cap {
			return false
		}
		if u.is(k, "point", "vantage") {
			v.end = k + 2
			if u.is(k+1, "of") {
				v.end++
			}
			return u.is(v.end-1, "view", "point")
		}
		return true
	}
	switch {
	case possessivePron[u.at(i+1).lower] && !u.is(i+1, "my", "our", "your", "its") && owned(i+2):
		v.source = u.at(i + 1).span
		return v, u.setOff(v.from, v.end)
	case u.is(i+1, "this", "that") && prep != "by" && prep != "to" && owned(i+2):
		v.source = u.spanOf(i+1, v.end)
		return v, u.setOff(v.from, v.end)
	case u.is(i+1, "the") && owned(i+2) && u.is(v.end, "of"):
		end, named := u.npRight(v.end + 1)
		if !named || u.is(v.end+1, "my", "our", "your") {
			return v, false
		}
		v.source, v.end = u.spanOf(v.end+1, end), end
		return v, u.setOff(v.from, v.end)
	}
	for k := i + 2; len(nouns) > 0 && k < i+maxOwner; k++ {
		if !u.is(k, "'s", "’") {
			continue
		}
		if owned(k + 1) {
			v.source = u.spanOf(i+1, k)
			return v, u.setOff(v.from, v.end)
		}
	}
	if prep == "for" || prep == "to" {
		return r.viewer(u, i)
	}
	return v, false
}

// hearsay reads "From what I hear from drivers, …" and "From what Okafor told us, …".
func (r *reader) hearsay(u *unit, i int) (v view, ok bool) {
	comma := i + 2
	for comma < len(u.items) && !u.is(comma, ",") && comma < i+maxOwner {
		comma++
	}
	subject, named := u.npRight(i + 2)
	if !named || !u.is(comma, ",") || !u.opens(i) {
		return v, false
	}
	verb := subject
	for auxiliaries[u.at(verb).lower] || isAdverb(u.at(verb).lower) {
		verb++
	}
	said, known := reportingVerbs[u.at(verb).lower]
	v = view{source: u.spanOf(i+2, subject), from: i, end: comma}
	switch {
	case !known || u.negated(verb):
		return v, false
	case said.lemma == "hear" || said.lemma == "learn" || said.lemma == "understand" || said.lemma == "read":
		if !u.is(verb+1, "from") || comma == verb+2 {
			return v, false
		}
		v.source = u.spanOf(verb+2, comma)
		return v, true
	}
	return v, said.frame&(says|tells) != 0 && !u.is(i+2, "i", "we", "you")
}

// maxOwner bounds how many items the owner of a view takes up.
const maxOwner = 12

// setOff reports whether marks part items [i, j) from the sentence, as they do an adjunct of view; at its
// start a sentence that follows at once is enough: "In Lind's view the line is safe".
func (u *unit) setOff(i, j int) bool {
	if u.opens(i) {
		return u.is(j, ",", ":") || u.clauseLikeFrom(j)
	}
	return u.is(i-1, ",", "–", "—") && (u.is(j, ",", "–", "—") || u.end(j))
}

// opens reports whether nothing but connectives and marks stands before item i in its unit.
func (u *unit) opens(i int) bool {
	for i--; i >= 0; i-- {
		if it := u.at(i); it.isQuote() || it.word && !conjunctions[it.lower] && !leadAdverbs[it.lower] && !isAdverb(it.lower) {
			return false
		}
	}
	return true
}

// viewer reads "For Lind, the line is a mistake": a person, or people of a kind, before a clause of what
// is so in general. What happened to somebody or is there for them is no view of theirs.
func (r *reader) viewer(u *unit, i int) (v view, ok bool) {
	if !u.opens(i) {
		return v, false
	}
	end, named := u.npRight(i + 1)
	if !named || !u.is(end, ",") || u.is(end+1, "it", "there", "that", "i", "we", "you") || isNumber(u.at(end+1).lower) || !u.clauseLikeFrom(end+1) {
		return v, false
	}
	if who := u.spanOf(i+1, end); !r.person(who) && !(end-i <= 3 && roleNouns[strings.TrimSuffix(u.at(end-1).lower, "s")] && strings.HasSuffix(u.at(end-1).lower, "s")) {
		return v, false
	}
	t, n := r.treeAt(u, end+1)
	if n < 0 {
		return v, false
	}
	at := t.root()
	if at < 0 {
		return v, false
	}
	if subject := t.child(at, "nsubj", "csubj"); subject < n || t.Sentence[subject].UPOS == "NUM" {
		return v, false
	}
	for _, k := range append([]int{at}, t.kids[at]...) {
		switch {
		case k < n:
		case t.is(k, "would", "will"):
			return v, false
		case t.Sentence[k].Tag == "VBZ" || t.Sentence[k].Tag == "VBP" || t.Sentence[k].Tag == "MD":
			return view{source: u.spanOf(i+1, end), from: i, end: end}, true
		}
	}
	return v, false
}

// person reports whether a span is a person's name.
func (r *reader) person(s graph.Span) bool {
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].Span.End > s.Start })
	return i < len(r.names) && s.Contains(r.names[i].Span) && r.names[i].Type == graph.Person && !r.names[i].Office
}
