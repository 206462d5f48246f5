package resolve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/name"
)

// officeHead says who is meant by a post: the person to whom the document gave
// it before, else who held it by the authority file on the date.
func (x *resolver) officeHead(s graph.Span, i int, seg *graph.Segment, on moment) (answer, bool) {
	n := x.names[i]
	title := n.Span.Of(x.text)
	if name.IsSpokesperson(title) {
		return x.spokesperson(n, seg), true
	}
	after := x.text[n.Span.End:s.End]
	if rest, ok := cutPossessive(after); ok {
		if next := headPhrase(rest); len(next) == 0 || !isDocumentWord(next[len(next)-1]) {
			return answer{reason: "an unnamed one of the " + title, nobody: true}, true
		}
	}
	before := words(x.text[s.Start:n.Span.Start])
	if !plainLead(before) && !isDocumentWord(beforePreposition(before)) {
		return answer{reason: "an unnamed one of the " + title, nobody: true}, true
	}
	// A body before it says whose post it is: "Malaysia's prime minister".
	p, ok := name.ParsePost(x.text[s.Start:n.Span.End])
	if !ok {
		return answer{}, false
	}
	if elsewhere := placeAfter(after); elsewhere != "" {
		return answer{reason: "the " + title + " of another place: " + elsewhere, nobody: true}, true
	}
	return x.holder(p, title, n.Span.Start, seg, on), true
}

// holder returns who holds a post named at a place.
func (x *resolver) holder(p name.Post, title string, at int, seg *graph.Segment, on moment) answer {
	var same, looser []*member
	how := ""
	for _, m := range x.cast.members {
		if m.typ != graph.Person || !m.visible(seg) {
			continue
		}
		for _, q := range m.posts {
			switch {
			case q.at >= at:
			case p.Same(q.Post) && x.mayMean(m, p, on):
				if !containsMember(same, m) {
					same = append(same, m)
					how = q.title
				}
			case len(p.Of) == 0 && !p.Former && covers(p.Rank, q.Rank) && !q.Former && !containsMember(looser, m):
				looser = append(looser, m)
				if len(same) == 0 {
					how = q.title
				}
			}
		}
	}
	if len(same) == 0 {
		same = looser
	}
	switch len(same) {
	case 1:
		return answer{member: same[0], reason: "titled " + how + " before"}
	case 0:
	default:
		if m := x.lastHeard(same, at); m != nil {
			return answer{member: m, reason: "the " + title + " who spoke before", rejected: same}
		}
		return answer{reason: "several persons are so titled here", rejected: same}
	}
	if len(p.Of) == 0 && !isUnique(p.Rank) || p.Former {
		return answer{reason: "nobody is titled " + title + " before, and there are many", nobody: true}
	}
	possible, others := x.cast.authority.holdersOn(p, on.day)
	switch {
	case on.told && on.day == "":
		return answer{reason: "the sentence tells of a past time, but not when, so who was " + title + " is not known", holders: slices.Concat(possible, others)}
	case len(possible) == 1 && on.day != "":
		known := &x.cast.authority.Agents[x.cast.authority.byID[possible[0]]]
		return answer{member: x.cast.introduce(known.Name, known.Type, known.Gender), reason: "office held on " + string(on.day), holders: others}
	case len(possible) > 0 && on.day == "":
		return answer{reason: "the date that would tell who was " + title + " is not known", holders: possible}
	case len(possible) > 1:
		return answer{reason: "several persons were " + title + " about " + string(on.day), holders: possible}
	}
	if len(p.Of) > 0 && len(others) == 0 {
		return answer{reason: "the authority file knows no such " + title + ": " + strings.Join(p.Of, ", "), nobody: true}
	}
	return answer{reason: "who was " + title + " is not known", holders: others, nobody: true}
}

// mayMean reports whether a title can mean a person to whom the document gave one of its
// rank. Where the authority file gives the person such an office, the title may say no more
// than the file does, and a time that the sentence tells must be one in which it was held.
func (x *resolver) mayMean(m *member, p name.Post, on moment) bool {
	if m.known == nil || p.Former || p.Shadow {
		return true
	}
	listed := false
	for _, h := range x.cast.authority.holdings(m.known.ID) {
		for _, q := range h.posts {
			if q.Rank != p.Rank {
				continue
			}
			if p.Fits(q) && (!on.told || on.day != "" && h.office.HeldOn(on.day)) {
				return true
			}
			listed = true
		}
	}
	return !listed
}

// placeAfter returns the name of the place, other than the country's own, that words after
// a title or a body begin with: "in Ottawa"; "" for none.
func placeAfter(after string) string {
	ws := strings.Fields(strings.TrimRight(after, " ,"))
	if len(ws) < 2 || ws[0] != "in" && ws[0] != "of" && ws[0] != "at" {
		return ""
	}
	ws = ws[1:]
	if ws[0] == "the" && len(ws) > 1 {
		ws = ws[1:]
	}
	where := strings.TrimFunc(ws[0], func(r rune) bool { return !unicode.IsLetter(r) })
	if r, _ := utf8.DecodeRuneInString(where); !unicode.IsUpper(r) {
		return ""
	}
	switch where {
	case "UK", "United", "Great", "Britain", "England", "London", "Westminster", "Whitehall", "Downing", "Parliament", "Commons", "House", "Lords":
		return ""
	}
	return where
}

// isUnique reports whether there is one such post in a country, so that its title
// needs no remit.
func isUnique(rank string) bool {
	switch rank {
	case "prime minister", "deputy prime minister", "chancellor", "attorney general", "president", "lord chancellor":
		return true
	}
	return false
}

// covers reports whether a bare title can mean a post of another rank: "the
// minister" a secretary of state, "the mp" any of them.
func covers(bare, rank string) bool {
	switch bare {
	case "minister":
		return strings.HasSuffix(rank, "minister") || rank == "secretary" || rank == "chancellor"
	case "secretary", "director", "professor", "chancellor", "president", "chairman", "chairwoman", "commissioner", "spokesman", "spokeswoman":
		return strings.HasSuffix(rank, " "+bare)
	case "doctor":
		return rank == "dr" || rank == "doctor"
	}
	return false
}

// lastHeard returns which of some persons spoke last before a place, within reach.
func (x *resolver) lastHeard(of []*member, at int) *member {
	for i := x.heardBefore(at) - 1; i >= 0 && at-x.heard[i].at < reach; i-- {
		if containsMember(of, x.heard[i].member) {
			return x.heard[i].member
		}
	}
	return nil
}

// spokesperson says for whom an unnamed one speaks.
func (x *resolver) spokesperson(n name.Name, seg *graph.Segment) answer {
	if n.Body.Len() == 0 {
		for i := x.heardBefore(n.Span.Start) - 1; i >= 0 && n.Span.Start-x.heard[i].at < reach; i-- {
			if e := x.heard[i]; e.spokes {
				return answer{member: e.member, reason: "the spokesperson of " + e.member.canonical() + ", who spoke before", spokes: true}
			}
		}
		if got := x.lastBody("a spokesperson", n.Span.Start, seg); got.member != nil {
			return answer{member: got.member, reason: "a spokesperson, after words of " + got.member.canonical(), spokes: true}
		}
		return answer{reason: "a spokesperson, but for whom is not said", nobody: true}
	}
	i := x.nameFrom(n.Body.Start)
	body := x.names[i]
	got := answer{member: x.meant[i].member, reason: x.meant[i].reason, rejected: x.meant[i].rejected}
	if body.Nominal {
		got = x.nominal(body, seg)
	} else {
		got = x.known(got, body, seg)
	}
	if got.member == nil || !asserts(got.member) {
		return answer{reason: "a spokesperson, but for whom is not known: " + got.reason, rejected: got.rejected, nobody: true}
	}
	return answer{member: got.member, reason: "spokesperson of " + got.member.canonical(), spokes: true}
}

// nominal says which body a common noun refers to: the one of its kind that is
// named before in the document, or that spoke last if there are several.
func (x *resolver) nominal(n name.Name, seg *graph.Segment) answer {
	noun := strings.ToLower(n.Span.Of(x.text))
	if noun == "government" {
		return x.government()
	}
	fits := x.ofKind(noun, n.Span.Start, seg)
	switch len(fits) {
	case 0:
		return answer{reason: "no " + noun + " is named before"}
	case 1:
		if fits[0].typ == "" {
			return answer{reason: "no " + noun + " is named before that is known to be one", rejected: fits}
		}
		return answer{member: fits[0], reason: "the only " + noun + " named before: " + fits[0].canonical()}
	}
	if m := x.lastHeard(fits, n.Span.Start); m != nil && !slices.ContainsFunc(fits, func(o *member) bool { return o.typ == "" && o != m }) {
		return answer{member: m, reason: "the " + noun + " that spoke before", rejected: fits}
	}
	return answer{reason: "several that can be the " + noun + " are named before", rejected: fits}
}

// government returns the authority file's government, else one that has no other name.
func (x *resolver) government() answer {
	if known := x.cast.authority.named("government"); known != nil && known.Type == graph.Government {
		return answer{member: x.cast.introduce("government", graph.Government, ""), reason: "the government, by the authority file"}
	}
	return answer{member: x.cast.introduce("government", graph.Government, ""), reason: "named by its words alone"}
}

// ofKind returns the bodies named before a place that a common noun fits: those
// with the noun in their name, else those of its type that have no such noun at all.
func (x *resolver) ofKind(noun string, at int, seg *graph.Segment) []*member {
	before := func(m *member) bool {
		return m.visible(seg) && len(m.passages) > 0 && m.first < at && m.typ.Asserts() && m.typ != graph.Person && m.typ != graph.Anonymous
	}
	var fits []*member
	for _, word := range append([]string{noun}, kindWords[noun]...) {
		for _, m := range x.cast.byHead[word] {
			if before(m) && !containsMember(fits, m) {
				fits = append(fits, m)
			}
		}
	}
	if len(fits) > 0 {
		return fits
	}
	typ, _ := name.Nominal(noun)
	for _, m := range x.cast.members {
		if m.typ == "" && (noun == "company" || noun == "firm") && m.visible(seg) && len(m.passages) > 0 && m.first < at {
			fits = append(fits, m) // a name that may be a company's stands in the way of guessing another
			continue
		}
		if !before(m) || m.typ != typ && !(typ == graph.Publication && m.typ == graph.Publication) {
			continue
		}
		if typ == graph.Organisation && !canBe(noun, m) {
			continue
		}
		fits = append(fits, m)
	}
	return fits
}

// kindWords are other words in the names of what a noun can refer to.
var kindWords = map[string][]string{
	"department":   {"ministry"},
	"ministry":     {"department"},
	"company":      {"ltd", "limited", "plc", "inc", "corporation", "holdings"},
	"firm":         {"ltd", "limited", "plc", "inc", "llp", "solicitors"},
	"corporation":  {"bbc"},
	"broadcaster":  {"bbc", "itv", "news", "tv", "radio"},
	"force":        {"police", "constabulary"},
	"charity":      {"foundation", "trust", "mencap"},
	"regulator":    {"authority", "commission", "ofcom", "ofsted", "ofgem", "cqc"},
	"watchdog":     {"authority", "commission", "ombudsman", "cqc", "ofsted"},
	"organisation": nil,
}

// canBe reports whether a body whose name does not say what it is may be called by
// a noun. Nouns that bodies so called bear in their names ("council") need the word.
func canBe(noun string, m *member) bool {
	if !slices.Contains([]string{"charity", "company", "firm", "organisation", "organization", "group", "union", "party", "regulator", "watchdog"}, noun) {
		return false
	}
	for _, w := range words(m.canonical()) {
		if _, other := name.Nominal(w); other {
			return false // it is of another kind, by its own name
		}
		switch w {
		case "nhs", "un", "eu", "service", "police", "labour", "conservatives", "tories", "government":
			return noun == "organisation" || noun == "organization" || noun == "party" && (w == "labour" || w == "conservatives" || w == "tories")
		}
	}
	return noun != "party"
}

// isPlural reports whether a noun means several: "leaders". No post's noun ends
// in one "s".
func isPlural(noun string) bool {
	return strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss")
}

// unnamedHead reads a phrase in which no name was found: a post or a common
// noun in lower case, as names of the whole text may leave it.
func (x *resolver) unnamedHead(s graph.Span, ws []string, seg *graph.Segment, on moment) (answer, bool) {
	head := headOf(ws)
	definite := ws[0] == "the" || ws[0] == "this" || ws[0] == "that"
	capital := s.Of(x.text)[0] >= 'A' && s.Of(x.text)[0] <= 'Z' && !definite
	if name.IsOffice(head) && !isPlural(head) && (definite || capital) {
		if p, ok := name.ParsePost(s.Of(x.text)); ok {
			return x.holder(p, head, s.Start, seg, on), true
		}
	}
	if _, ok := name.Nominal(head); ok && definite && len(ws) == 2 {
		i := strings.LastIndex(strings.ToLower(s.Of(x.text)), head)
		return x.nominal(name.Name{Span: graph.Span{Start: s.Start + i, End: s.Start + i + len(head)}, Nominal: true}, seg), true
	}
	if key := name.Fold(s.Of(x.text)); x.cast.byForm[key] != nil && x.cast.byForm[key].visible(seg) && asserts(x.cast.byForm[key]) {
		return answer{member: x.cast.byForm[key], reason: "named"}, true
	}
	return answer{}, false
}
