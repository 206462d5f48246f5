package resolve

import (
	"slices"
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

func isPronoun(w string) bool {
	switch w {
	case "he", "she", "it", "they", "i", "we", "us", "me", "who", "him", "them":
		return true
	}
	return false
}

// pronoun says who is meant by a phrase that begins with a pronoun at a place;
// ok is false when the phrase does not.
func (x *resolver) pronoun(ws []string, at int, seg *graph.Segment) (answer, bool) {
	switch ws[0] {
	case "he", "him":
		return x.antecedent("male", at, seg), true
	case "she":
		return x.antecedent("female", at, seg), true
	case "his", "her", "my", "our", "their", "its":
		return x.ownerPronoun(ws, at, seg), true
	case "it", "they", "them":
		return x.lastBody(ws[0], at, seg), true
	case "i", "we", "us", "me":
		return x.own(at, seg), true
	case "who":
		if i := x.nameFrom(at) - 1; i >= 0 && at-x.names[i].Span.End <= 3 && at > x.names[i].Span.End && x.meant[i].member != nil {
			return answer{member: x.meant[i].member, reason: "who: " + x.meant[i].member.canonical() + ", named right before"}, true
		}
		return answer{reason: "“who” follows no name"}, true
	}
	return answer{}, false
}

// replier says who "she" is that replies: whom the last speaker told or asked before, in
// this sentence or the one before it.
func (x *resolver) replier(c *graph.Claim, seg *graph.Segment) (answer, bool) {
	gender := ""
	switch strings.ToLower(c.Source[0].Span.Of(x.text)) {
	case "he":
		gender = "male"
	case "she":
		gender = "female"
	default:
		return answer{}, false
	}
	if !slices.ContainsFunc(c.Cue, func(p graph.Passage) bool { return slices.ContainsFunc(words(p.Span.Of(x.text)), replies) }) {
		return answer{}, false
	}
	at := c.Source[0].Start
	k := x.heardBefore(at) - 1
	if k < 0 || x.heard[k].member == nil {
		return answer{}, false
	}
	low := sentenceStart(x.text, at)
	low = sentenceStart(x.text, sentenceEnd(x.text, low, max(0, at-reach)))
	if seg != nil {
		low = max(low, seg.Passage.Start)
	}
	spoke := x.heard[k]
	if spoke.at < low {
		return answer{}, false
	}
	for i := x.nameFrom(spoke.at); i < len(x.names) && x.names[i].Span.Start < at; i++ {
		m := x.meant[i].member
		if m == nil || m == spoke.member || m.typ != graph.Person || m.gender != gender && m.gender != "" {
			continue
		}
		before := words(x.text[spoke.at:x.names[i].Span.Start])
		if n := len(before); n > 0 && (before[n-1] == "told" || before[n-1] == "asked" || n > 1 && isHonorific(before[n-1]) && (before[n-2] == "told" || before[n-2] == "asked")) {
			return answer{member: m, reason: "pronoun: " + m.canonical() + ", who was told or asked before and replies", rejected: []*member{spoke.member}}, true
		}
	}
	return answer{}, false
}

// replies reports whether a verb of speech answers what another said.
func replies(w string) bool {
	switch w {
	case "replied", "replies", "reply", "answered", "answers", "answer", "responded", "responds", "retorted", "retorts":
		return true
	}
	return false
}

// ownerPronoun reads "his letter" as its writer, and "her lawyer" as nobody named.
func (x *resolver) ownerPronoun(ws []string, at int, seg *graph.Segment) answer {
	if len(ws) > 1 && !isDocumentWord(headOf(ws)) {
		return answer{reason: "an unnamed person", nobody: true}
	}
	switch ws[0] {
	case "his":
		return x.antecedent("male", at, seg)
	case "her":
		return x.antecedent("female", at, seg)
	case "my", "our":
		return x.own(at, seg)
	}
	return x.lastBody("they", at, seg)
}

// own says who "I" or "we" is: whoever's words it stands in.
func (x *resolver) own(at int, seg *graph.Segment) answer {
	if !x.quoted.holds(at) {
		return x.voice(seg)
	}
	var inner *graph.Claim
	// The quotation that begins last before the place is the innermost; few are nested.
	from := sort.Search(len(x.quotes), func(i int) bool { return x.quotes[i].Start > at })
	for i := from - 1; i >= max(0, from-8) && inner == nil; i-- {
		if q := x.quotes[i]; at < q.End {
			inner = q.claim
		}
	}
	if inner != nil {
		if got, ok := x.said[inner.ID]; ok {
			got.reason = "in words of their own: " + got.reason
			return got
		}
		return answer{reason: "in quoted words of which the speaker is not known"}
	}
	return x.voice(seg)
}

// antecedent says whom "he" or "she" means: in the nearest sentence before, of the
// same segment, that names or quotes a person whom the pronoun fits, the one who spoke
// there, else the only one, else the one with whom the sentence begins, else the only
// one who is its subject after an opening phrase. An unnamed person who spoke there
// stands in the way.
func (x *resolver) antecedent(gender string, at int, seg *graph.Segment) answer {
	low := max(0, at-reach)
	if seg != nil {
		low = max(low, seg.Passage.Start)
	}
	for end := at; end > low; {
		start := max(low, sentenceStart(x.text, end))
		if got, ok := x.within(graph.Span{Start: start, End: end}, gender, at); ok {
			if got.member != nil && len(got.rejected) == 0 && !got.spokes {
				got.member.learnGender(gender) // the pronoun tells it: from here on "he" is not who "she" was
			}
			return got
		}
		end = sentenceEnd(x.text, min(start, end-1), low)
	}
	return x.subjectOfTitle(gender, seg)
}

// subjectOfTitle returns the person whom the document's title alone names, if the
// pronoun fits: of whom else would a part tell in which nobody is named before?
func (x *resolver) subjectOfTitle(gender string, seg *graph.Segment) answer {
	none := answer{reason: "nobody whom the pronoun fits is named before in this part"}
	if seg == nil || seg.Type != graph.SegmentBody {
		return none
	}
	var one *member
	for i := range x.r.Segments {
		s := &x.r.Segments[i]
		if s.Type != graph.SegmentTitle {
			continue
		}
		for k := x.nameFrom(s.Passage.Start); k < len(x.names) && x.names[k].Span.Start < s.Passage.End; k++ {
			m := x.meant[k].member
			if m == nil || m.typ != graph.Person || m == one {
				continue
			}
			if one != nil {
				return none
			}
			one = m
		}
	}
	if one == nil || one.gender != gender && one.gender != "" {
		return none
	}
	return answer{member: one, reason: "pronoun: " + one.canonical() + ", whom the title names"}
}

// within looks for the antecedent in one sentence.
func (x *resolver) within(s graph.Span, gender string, at int) (answer, bool) {
	fits := func(m *member) bool {
		return m != nil && m.typ == graph.Person && (m.gender == gender || m.gender == "" && (!m.scoped || len(m.posts) > 0))
	}
	for i := x.heardBefore(s.End) - 1; i >= 0 && x.heard[i].at >= s.Start; i-- {
		e := x.heard[i]
		switch {
		case e.at >= at:
		case e.nobody:
			return answer{reason: "an unnamed person spoke before", nobody: true}, true
		case e.spokes:
			return answer{member: e.member, reason: "the spokesperson of " + e.member.canonical() + ", who spoke before", spokes: true}, true
		case fits(e.member):
			return answer{member: e.member, reason: "pronoun: " + e.member.canonical() + ", who spoke before"}, true
		}
	}
	var named, leading []*member
	first := -1
	for i := x.nameFrom(s.Start); i < len(x.names) && x.names[i].Span.Start < s.End; i++ {
		m := x.meant[i].member
		if !fits(m) || x.quoted.holds(x.names[i].Span.Start) && !x.quoted.holds(at) {
			continue
		}
		if first < 0 {
			first = i
		}
		if !containsMember(named, m) {
			named = append(named, m)
		}
		if x.leads(s, i) && !containsMember(leading, m) {
			leading = append(leading, m)
		}
	}
	switch {
	case len(named) == 0:
		return answer{}, false
	case len(named) == 1:
		return answer{member: named[0], reason: "pronoun: " + named[0].canonical() + ", named before"}, true
	case x.meets(first, named[0], named[1]):
		return answer{reason: "a pronoun that fits both who met", rejected: named}, true
	case x.begins(s, first):
		return answer{member: named[0], reason: "pronoun: " + named[0].canonical() + ", with whom the sentence before begins", rejected: named[1:]}, true
	case len(leading) == 1:
		return answer{member: leading[0], reason: "pronoun: " + leading[0].canonical() + ", of whom the sentence before tells", rejected: named}, true
	}
	return answer{reason: "a pronoun that fits several persons", rejected: named}, true
}

// meets reports whether the person of name i and another stand on either side of a verb by
// which each does to the other the same, so that neither is more spoken of: "Brandt met Lund".
func (x *resolver) meets(i int, one, other *member) bool {
	if i+1 >= len(x.names) || x.meant[i+1].member != other || one.gender == "" || one.gender != other.gender {
		return false
	}
	switch strings.TrimSpace(x.text[x.names[i].Span.End:x.names[i+1].Span.Start]) {
	case "met", "met with", "meets", "married", "debated", "debated with", "spoke with", "and", "talked with", "embraced":
		return true
	}
	return false
}

// acts reports whether name i is the subject of a verb.
func (x *resolver) acts(i int) bool {
	after := x.text[x.names[i].Span.End:min(len(x.text), x.names[i].Span.End+40)]
	if !strings.HasPrefix(after, " ") {
		return false
	}
	next := words(after)
	return len(next) > 1 && (name.IsVerb(next[0]) || strings.HasSuffix(next[0], "ed") && !name.IsOffice(next[1]))
}

// leads reports whether name i is the subject of a sentence that opens with a
// phrase before it: "In his letter, Brandt accused".
func (x *resolver) leads(s graph.Span, i int) bool {
	before := strings.TrimSpace(x.text[s.Start:x.names[i].Span.Start])
	before = strings.TrimSpace(strings.TrimSuffix(before, strings.TrimSpace(x.names[i].Honorific)))
	return x.acts(i) && strings.HasSuffix(before, ",") && !strings.ContainsAny(before, "\"“”‘") && !strings.Contains(before, "''")
}

// begins reports whether a sentence begins with name i, its title and role.
func (x *resolver) begins(s graph.Span, i int) bool {
	n := x.names[i]
	start := n.Span.Start
	if n.Role.Len() > 0 && n.Role.Start < start {
		start = n.Role.Start
	}
	if _, owned := cutPossessive(x.text[n.Span.End:]); owned {
		return false
	}
	lead := words(x.text[s.Start:start])
	return len(lead) <= 1 || len(lead) == 2 && isDeterminer(lead[0])
}

// onlyBody returns the body that is the first word and the only agent of a sentence; nil for none.
func (x *resolver) onlyBody(s graph.Span) *member {
	first := x.nameFrom(s.Start)
	if first >= len(x.names) || x.names[first].Span.Start >= s.End || !x.begins(s, first) || !x.acts(first) {
		return nil
	}
	m := x.meant[first].member
	for i := first; i < len(x.names) && x.names[i].Span.Start < s.End; i++ {
		if o := x.meant[i].member; o == nil || o != m && o.typ.Asserts() {
			return nil
		}
	}
	if m.typ == graph.Person || m.typ == graph.Anonymous || m.typ == "" || !m.typ.Asserts() {
		return nil
	}
	return m
}

func containsMember(ms []*member, m *member) bool {
	for _, o := range ms {
		if o == m {
			return true
		}
	}
	return false
}

// heardBefore returns how many events stand before a place.
func (x *resolver) heardBefore(at int) int {
	return sort.Search(len(x.heard), func(i int) bool { return x.heard[i].at >= at })
}

// lastBody says which body "it" or "they" means: the one that spoke last, if no
// person spoke since and the sentence of the pronoun, or the one before, is its.
func (x *resolver) lastBody(pronoun string, at int, seg *graph.Segment) answer {
	low := max(0, at-reach)
	if seg != nil {
		low = max(low, seg.Passage.Start)
	}
	here := max(low, sentenceStart(x.text, at))
	before := max(low, sentenceStart(x.text, sentenceEnd(x.text, here, low)))
	if i := x.heardBefore(at) - 1; i >= 0 && x.heard[i].at >= before {
		if e := x.heard[i]; e.member != nil && e.member.typ != graph.Person && e.member.typ != graph.Anonymous {
			return answer{member: e.member, reason: "pronoun: " + e.member.canonical() + ", which spoke before", spokes: e.spokes}
		}
		return answer{reason: "“" + pronoun + "” can mean too much"}
	}
	if pronoun == "it" {
		if m := x.onlyBody(graph.Span{Start: before, End: here}); m != nil {
			return answer{member: m, reason: "pronoun: " + m.canonical() + ", with which the sentence before begins"}
		}
	}
	return answer{reason: "“" + pronoun + "” can mean too much"}
}
