package extract

import (
	"sort"
	"strings"

	"whence/graph"
)

// maxHeadSource bounds how many items before the colon of a headline say who speaks.
const maxHeadSource = 9

// insiders are people whom a headline names by what they know.
var insiders = set(`insiders sources critics aides allies experts analysts witnesses supporters opponents`)

// maxHeadline bounds the items of a headline.
const maxHeadline = 30

// headline reads "Reed: bridge closure was a mistake" and "Poll: support falls": in a headline a name, or those who can show
// or say something, before a colon stands for a verb of speech.
func (r *reader) headline(u *unit) {
	first := r.segment == 0 && u.para == 0 && len(u.items) <= maxHeadline && u.span == r.paras[0].Span // a text whose headline ends in a stop
	if !r.title && !first || len(r.found) > u.found {
		return
	}
	colon := 0
	for colon < len(u.items) && colon < maxHeadSource && !u.is(colon, ":") {
		if it := u.at(colon); it.isQuote() || u.is(colon, ",", ";", "?", "!", "–", "—", "|") {
			return
		}
		colon++
	}
	if colon == 0 || !u.is(colon, ":") || len(u.items)-colon < 4 || u.is(len(u.items)-1, "?") {
		return
	}
	head := u.at(colon - 1).lower
	source := u.spanOf(0, colon)
	if !r.named(source) && !evidenceNouns[head] && !insiders[head] && !rulers[head] && !roleNouns[head] && !roleNouns[strings.TrimSuffix(head, "s")] {
		return
	}
	for k := 0; k < colon; k++ {
		if _, verb := reportingVerbs[u.at(k).lower]; verb && k > 0 && !nounForms[u.at(k).lower] || auxiliaries[u.at(k).lower] && u.at(k).lower != "'s" {
			return
		}
	}
	if !evidenceNouns[head] && !r.states(u, colon+1) {
		return // "Lind: A Life"
	}
	r.add(attribution{
		content: []graph.Span{u.clauseSpan(colon+1, len(u.items))}, source: source, cue: u.at(colon).span, para: u.para, unit: u.span, rule: "H1",
	})
}

// states reports whether a verb or a quotation stands in a headline from item k on.
func (r *reader) states(u *unit, k int) bool {
	for ; k < len(u.items); k++ {
		if it := u.items[k]; it.isQuote() || it.word && finiteVerb(it.lower) {
			return true
		}
		if t, n := r.treeAt(u, k); n >= 0 && strings.HasPrefix(t.Sentence[n].Tag, "VB") && !t.rel(n, "amod", "compound", "acl") {
			return true
		}
	}
	return false
}

// named reports whether a span ends in the name of somebody or of a body that speaks.
func (r *reader) named(s graph.Span) bool {
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].Span.End >= s.End })
	return i < len(r.names) && r.names[i].Span.End == s.End && r.names[i].Type != "" && r.names[i].Type.Asserts()
}
