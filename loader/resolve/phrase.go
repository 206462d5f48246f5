package resolve

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/name"
)

// fromDocument reports whether the phrase named a document, whose publisher may
// be known otherwise.
func (a answer) fromDocument() bool { return a.reason == reasonDocument }

const reasonDocument = "a document, with no name of who published it"

// phrase says who is meant by the words that name a speaker. Its head decides:
// "Kendall's adviser" is not Kendall, "Kendall's letter" is, "a manager at X"
// is not X, "a spokesperson for X" is.
func (x *resolver) phrase(s graph.Span, seg *graph.Segment, on moment) answer {
	s = x.trim(s)
	if s.Len() == 0 {
		return answer{reason: "the text names no speaker"}
	}
	ws := words(s.Of(x.text))
	if len(ws) == 0 {
		return answer{reason: "the text names no speaker"}
	}
	from := x.nameFrom(s.Start)
	if from > 0 && x.names[from-1].Span.End > s.Start {
		from--
		s.Start = x.names[from].Span.Start // the phrase begins inside a name
	}
	to := from
	for to < len(x.names) && x.names[to].Span.Start < s.End {
		s.End = max(s.End, x.names[to].Span.End)
		to++
	}
	if got, ok := x.namedAfter(s, ws, from, to); ok {
		return got
	}
	if w := pretended(ws); w != "" {
		return answer{reason: "words in another's name: " + w, nobody: true}
	}
	if from == to || isPronoun(ws[0]) && (len(ws) == 1 || ws[0] == "i" || ws[0] == "we") {
		if got, ok := x.pronoun(ws, s.Start, seg); ok {
			return got
		}
	}
	for i := from; i < to; i++ {
		if got, ok := x.personHead(s, i, seg); ok {
			return got
		}
	}
	for i := from; i < to; i++ {
		if got, ok := x.bodyHead(s, i, seg, on); ok {
			return got
		}
	}
	noun := documentNoun(ws)
	if from == to && noun == "" {
		if got, ok := x.unnamedHead(s, ws, seg, on); ok {
			return got
		}
	}
	if noun != "" {
		return answer{reason: reasonDocument}
	}
	return answer{reason: "named by no name: " + shorten(s.Of(x.text)), nobody: isHuman(ws)}
}

// pretended returns what says that the words are not those of who is named: "a parody
// account of", "a deepfake of", "a fake letter from". It is "" where nothing does, or where no
// account, recording or text is so called.
func pretended(ws []string) string {
	for i, w := range ws {
		if !plainLead(ws[i : i+1]) {
			break // "a study of fake accounts"
		}
		switch w {
		case "deepfake", "deepfakes", "impersonator", "impostor", "imposter", "impressionist", "lookalike":
			return w
		case "parody", "fake", "faked", "spoof", "spoofed", "hoax", "doctored", "forged", "satirical", "bogus", "phoney", "phony", "ai-generated", "counterfeit", "impersonated":
		default:
			continue
		}
		for _, noun := range ws[i+1 : min(len(ws), i+6)] {
			if isDocumentWord(noun) || slices.Contains(recordings, noun) {
				return w + " " + noun
			}
		}
	}
	return ""
}

var recordings = strings.Fields("account profile video clip audio recording footage image photo picture screenshot page site voice call quote quotation handle")

// namedAfter reads the name that stands between commas right after a phrase
// which says what the person is: "our chief executive, Dr Olga Brandt,".
func (x *resolver) namedAfter(s graph.Span, ws []string, from, to int) (answer, bool) {
	if to >= len(x.names) || !isHuman(ws) && !isKin(headOf(ws)) {
		return answer{}, false
	}
	for i := from; i < to; i++ {
		if x.names[i].Type == graph.Person {
			return answer{}, false
		}
	}
	n, got := x.names[to], x.meant[to]
	open := n.Type == "" && (got.member == nil || got.member.typ == "") && strings.Contains(n.Span.Of(x.text), " ") && !isCapitals(n.Span.Of(x.text))
	if n.Office || n.Nominal || !open && n.Type != graph.Person && (got.member == nil || got.member.typ != graph.Person) {
		return answer{}, false
	}
	between, comma := strings.CutPrefix(x.text[s.End:n.Span.Start], ",")
	for _, w := range words(between) {
		if !isHonorific(w) {
			return answer{}, false
		}
	}
	after := strings.TrimLeft(x.text[n.Span.End:], " ")
	if !comma || len(between) > 30 || strings.Contains(between, "\n") || !strings.HasPrefix(after, ",") && !strings.HasPrefix(after, ".") && !strings.HasPrefix(after, ":") {
		return answer{}, false
	}
	if got.member != nil && got.member.typ == "" {
		got.member.typ = graph.Person // who is a director is one
	}
	return answer{member: got.member, reason: "named right after “" + shorten(s.Of(x.text)) + "”: " + got.reason, rejected: got.rejected}, got.member != nil
}

// shorten bounds the words quoted in a reason.
func shorten(s string) string {
	s = graph.FoldSpace(s)
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:60]) + "…"
}

// nameFrom returns the index of the first name that starts at or after a byte.
func (x *resolver) nameFrom(at int) int {
	return sort.Search(len(x.names), func(i int) bool { return x.names[i].Span.Start >= at })
}

// trim takes marks, white space and a leading "according to", "by" or "from" off a phrase.
func (x *resolver) trim(s graph.Span) graph.Span {
	if s.Start < 0 || s.End > len(x.text) || s.Start > s.End {
		return graph.Span{}
	}
	cut := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) && r != '(' && r != ')' && r != '@' }
	for {
		t := s.Of(x.text)
		left := strings.TrimLeftFunc(t, cut)
		for _, lead := range []string{"according to ", "in the words of ", "by ", "from ", "to ", "for ", "says ", "said "} {
			if len(left) > len(lead) && strings.EqualFold(left[:len(lead)], lead) {
				left = left[len(lead):]
				break
			}
		}
		if len(left) == len(t) {
			break
		}
		s.Start = s.End - len(left)
	}
	s.End = s.Start + len(strings.TrimRightFunc(s.Of(x.text), cut))
	return s
}

// personHead reads the phrase as naming the person of name i, and reports
// whether it does.
func (x *resolver) personHead(s graph.Span, i int, seg *graph.Segment) (answer, bool) {
	n, got := x.names[i], x.meant[i]
	person := n.Type == graph.Person || got.member != nil && (got.member.typ == graph.Person || got.member.typ == "" && n.Type == "")
	if n.Office || n.Nominal || !person {
		return answer{}, false
	}
	if i+1 < len(x.names) && n.Type == "" && x.names[i+1].Type == graph.Person && x.names[i+1].Span.End <= s.End && plainGap(x.text[n.Span.End:x.names[i+1].Span.Start]) {
		return answer{}, false // "Former Florida Gov. Olga Brandt": the head comes after
	}
	before := x.without(graph.Span{Start: s.Start, End: n.Span.Start}, i)
	after := x.text[n.Span.End:s.End]
	result := answer{member: got.member, reason: got.reason, rejected: got.rejected}
	if n.Role.Len() > 0 {
		result.reason += ", " + shorten(n.Role.Of(x.text))
	}
	if rest, ok := cutPossessive(after); ok {
		next := words(rest)
		if len(next) == 0 && plainLead(words(before)) {
			return x.known(result, n, seg), true // the possessive is all of the phrase
		}
		if len(next) > 0 && isDocumentWord(headOf(next)) && plainLead(words(before)) {
			result.reason = "the author of what is named: " + result.reason
			return x.known(result, n, seg), true
		}
		return answer{}, false
	}
	if isModifier(after) {
		return answer{}, false // "Brandt spokeswoman Anna Lund", "the Brandt camp"
	}
	if i+1 < len(x.names) && x.names[i+1].Span.End <= s.End && joinsAnother(after) {
		result.reason += ", named first of several"
	}
	if n.Type == "" && got.member == nil && x.indefinite(n.Span.Start) {
		return answer{}, false
	}
	lead := words(before[strings.LastIndexAny(before, ":;(”\"")+1:])
	if len(lead) == 0 || apposed(before) || leadsToPerson(lead, n.Role.Len() > 0) {
		return x.known(result, n, seg), true
	}
	if isDocumentWord(beforePreposition(lead)) && by(lead[len(lead)-1]) {
		result.reason = "the author of what is named: " + result.reason
		return x.known(result, n, seg), true
	}
	return answer{}, false
}

// by reports whether a preposition leads from a document to whoever is answerable for it.
func by(w string) bool { return w == "by" || w == "from" || w == "of" }

// isModifier reports whether a name stands before a noun and only says whose or
// which: what follows it, without a mark between, begins no phrase of its own.
func isModifier(after string) bool {
	if !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "\u00a0") && !strings.HasPrefix(after, "-") {
		return false
	}
	after = strings.TrimLeft(after, " \u00a0\n-")
	r, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsLower(r) || strings.ContainsRune(after, '@') {
		return false
	}
	next := words(after)[0]
	switch next {
	case "and", "or", "himself", "herself", "also", "then", "later", "both", "said", "says", "told", "is", "was", "has", "had":
		return false
	}
	return plainLead([]string{next}) && !strings.HasSuffix(next, "ly")
}

// joinsAnother reports whether words after a name lead to one beside it.
func joinsAnother(after string) bool {
	ws := words(after)
	return len(ws) > 0 && ws[0] == "and" || strings.HasPrefix(after, ", ") && slices.Contains(ws, "and") && !slices.Contains(ws, "who") && !isOfficeAny(ws)
}

func isOfficeAny(ws []string) bool { return slices.ContainsFunc(ws, name.IsOffice) }

// known fills in a name that means nobody named elsewhere: used as a speaker, it
// is an agent by its own words.
func (x *resolver) known(a answer, n name.Name, seg *graph.Segment) answer {
	if a.member == nil && len(a.rejected) == 0 {
		a.member = x.lone(n.Span.Of(x.text), n, seg)
		if scope := scopeOf(seg); !slices.Contains(a.member.segments, scope) {
			a.member.segments = append(a.member.segments, scope)
		}
		if len(a.member.passages) == 0 {
			a.member.first = n.Span.Start
		}
		a.member.passages = append(a.member.passages, n.Span)
		a.reason = "named"
	}
	if a.member != nil && a.member.typ == "" && x.crediting {
		a.member.typ = graph.Person
	}
	if a.member != nil && a.member.typ == "" {
		a.member.typ = guessType(n.Span.Of(x.text), a.member)
	}
	return a
}

// guessType says what a speaker is whose words do not tell: two or three words in
// lower case but for their first letters are a person's, all else a body's.
func guessType(form string, m *member) graph.AgentType {
	ws := strings.Fields(form)
	if len(ws) < 2 || len(ws) > 3 {
		return graph.Organisation
	}
	for _, w := range ws {
		if isCapitals(w) && len(w) > 2 {
			return graph.Organisation
		}
	}
	m.scoped = false
	return graph.Person
}

// without returns the text of a span with the names in it, up to name i, and the role of name i cut out.
func (x *resolver) without(s graph.Span, i int) string {
	role := x.names[i].Role
	if s.End < s.Start {
		return ""
	}
	var b strings.Builder
	at := s.Start
	skip := func(t graph.Span) {
		if t.Start >= at && t.End <= s.End {
			b.WriteString(x.text[at:t.Start])
			at = t.End
		}
	}
	var cuts []graph.Span
	for k := x.nameFrom(s.Start); k < i; k++ {
		if !x.names[k].Office {
			cuts = append(cuts, x.names[k].Span)
		}
	}
	if role.Len() > 0 && role.End <= s.End {
		cuts = append(cuts, role)
	}
	slices.SortFunc(cuts, func(a, b graph.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	for _, c := range cuts {
		skip(c)
	}
	b.WriteString(x.text[min(at, s.End):s.End])
	return b.String()
}

// apposed reports whether what stands before a name ends in a comma, so that the
// name says who is meant: "James' daughter, Abbie".
func apposed(before string) bool {
	return strings.HasSuffix(strings.TrimRightFunc(before, unicode.IsSpace), ",")
}

// leadsToPerson reports whether words before a person's name only describe that
// person: the last noun of an English noun phrase is its head, so all do, unless one
// leads to somebody else, is a verb, or names another beside the person. titled says
// that a post was cut out right before the name.
func leadsToPerson(lead []string, titled bool) bool {
	for titled && len(lead) > 1 && lead[len(lead)-1] == "and" {
		lead = lead[:len(lead)-1] // "academic and professor": the last post is the name's own
	}
	if !plainLead(lead) || slices.ContainsFunc(lead, name.IsVerb) {
		return false
	}
	for i := len(lead) - 1; i >= 0; i-- {
		if lead[i] == "and" || lead[i] == "or" {
			return i < len(lead)-1 && !isDeterminer(lead[i+1]) // "singer and poet Olga Brandt"
		}
	}
	return true
}

// plainLead reports whether no word before a name makes it the complement of another head.
func plainLead(lead []string) bool {
	for _, w := range lead {
		switch w {
		case "of", "for", "with", "by", "from", "to", "against", "about", "like", "than", "on", "at", "who", "whose", "whom", "that", "which", "in",
			"over", "under", "between", "as", "when", "after", "before", "because", "not", "nor", "supporting", "opposing", "quoting", "citing", "including", "across",
			"among", "within", "inside", "around", "outside", "through", "near", "such":
			return false
		}
	}
	return true
}

func isHonorific(w string) bool {
	switch w {
	case "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "lady", "baroness", "rt", "hon", "rev", "cllr":
		return true
	}
	return false
}

func isIndefinite(w string) bool { return w == "a" || w == "an" || w == "another" || w == "one" }

func isDeterminer(w string) bool {
	switch w {
	case "the", "a", "an", "his", "her", "their", "its", "our", "my":
		return true
	}
	return false
}

func isKin(w string) bool {
	switch w {
	case "daughter", "son", "mother", "father", "wife", "husband", "sister", "brother", "widow", "widower", "partner", "aunt", "uncle", "niece",
		"nephew", "cousin", "grandmother", "grandfather", "granddaughter", "grandson", "friend", "colleague", "mum", "dad", "neighbour", "fiancee":
		return true
	}
	return false
}

// bodyHead reads the phrase as naming the body, office or common noun of name i.
func (x *resolver) bodyHead(s graph.Span, i int, seg *graph.Segment, on moment) (answer, bool) {
	n, got := x.names[i], x.meant[i]
	before := words(x.text[s.Start:n.Span.Start])
	after := x.text[n.Span.End:s.End]
	if n.Office {
		return x.officeHead(s, i, seg, on)
	}
	if n.Type == graph.Person || got.member != nil && got.member.typ == graph.Person {
		return answer{}, false
	}
	if n.Type == "" && got.member == nil && x.indefinite(n.Span.Start) && !isModifier(after) {
		return answer{reason: "one of many: " + shorten(s.Of(x.text)), nobody: true}, true
	}
	result := answer{member: got.member, reason: got.reason, rejected: got.rejected}
	if n.Nominal {
		result = x.nominal(n, seg)
	}
	if elsewhere := placeAfter(after); elsewhere != "" && got.member != nil && got.member.known != nil && got.member.typ == graph.Government {
		return answer{reason: "the " + n.Span.Of(x.text) + " of another place: " + elsewhere, nobody: true}, true
	}
	rest, owned := cutPossessive(after)
	next := headPhrase(rest)
	if i+1 < len(x.names) && x.names[i+1].Span.End <= s.End && !x.names[i+1].Nominal && plainGap(x.text[n.Span.End:x.names[i+1].Span.Start]) {
		return answer{}, false // "Saudi Arabia's Civil Defense Authority": the head comes after
	}
	switch {
	case len(next) == 0:
	case len(next) > 0 && (isDocumentWord(next[len(next)-1]) || next[len(next)-1] == "team"):
		result.reason = "whose " + next[len(next)-1] + " it is: " + result.reason
	case len(next) > 0 && name.IsSpokesperson(next[len(next)-1]):
		result.reason, result.spokes = "spokesperson of "+x.call(result, n), true
	case len(next) > 0 && !owned && isBodyNoun(next[len(next)-1]):
	default:
		return answer{reason: "an unnamed one of " + x.call(result, n), nobody: isHuman(next)}, true
	}
	switch k := len(before) - 1; {
	case k < 0, allIdle(before):
	case isDocumentWord(beforePreposition(before)) && onlyDescribed(before):
		result.reason = "whose " + beforePreposition(before) + " it is: " + result.reason
	case name.IsSpokesperson(beforePreposition(before)):
		result.reason, result.spokes = "spokesperson of "+x.call(result, n), true
	case !plainLead(before), isOfficeAny(before):
		return answer{reason: "an unnamed one of " + x.call(result, n), nobody: isHuman(before)}, true
	}
	if n.Nominal {
		return result, true
	}
	result = x.known(result, n, seg)
	if result.member != nil && !asserts(result.member) {
		if result.member.typ == graph.Place {
			return answer{reason: "a place, which says nothing: " + n.Span.Of(x.text)}, true
		}
		return answer{reason: "a programme, which says nothing: " + n.Span.Of(x.text)}, true
	}
	return result, true
}

// onlyDescribed reports whether between the last preposition, one that leads to a
// maker, and a name stands at most what the body is: "by the housing charity".
func onlyDescribed(before []string) bool {
	k := len(before) - 1
	for k > 0 && plainLead(before[k:k+1]) {
		k--
	}
	if rest := before[k+1:]; by(before[k]) {
		if len(rest) > 0 && isDeterminer(rest[0]) {
			rest = rest[1:]
		}
		return len(rest) == 0 || isBodyNoun(rest[len(rest)-1])
	}
	return false
}

// plainGap reports whether only a possessive ending and describing words stand between two names.
func plainGap(gap string) bool {
	if strings.ContainsAny(gap, ",;:(") {
		return false
	}
	ws := words(gap)
	return plainLead(ws) && !slices.Contains(ws, "and") && !slices.Contains(ws, "or")
}

// call returns what to call who was found, in a reason.
func (x *resolver) call(a answer, n name.Name) string {
	if a.member != nil {
		return a.member.canonical()
	}
	return n.Span.Of(x.text)
}

// headPhrase returns the words after a name up to a preposition, a comma or a verb:
// the last is the head.
func headPhrase(after string) []string {
	if i := strings.IndexAny(after, ",;:(“\"‘"); i >= 0 {
		after = after[:i]
	}
	ws := words(after)
	for i, w := range ws {
		if !plainLead([]string{w}) || w == "and" || w == "or" || w == "published" || w == "seen" || w == "based" || w == "made" || w == "back" || w == "also" || w == "itself" ||
			w == "likewise" || w == "meanwhile" || w == "however" || w == "too" || w == "again" || w == "since" {
			return ws[:i]
		}
	}
	return ws
}

// allIdle reports whether words before a name only point at it.
func allIdle(ws []string) bool {
	for _, w := range ws {
		switch w {
		case "the", "a", "an", "and", "both", "even", "but", "this", "that", "new", "former", "its", "parent", "rival", "charity", "company",
			"union", "think", "tank", "campaigners", "group", "newspaper", "website", "regulator", "watchdog", "broadcaster", "insurer", "agency",
			"recent", "private", "local", "national", "mental", "health", "disability", "internet", "security", "firm":
		default:
			return false
		}
	}
	return true
}

// isBodyNoun reports whether a noun after the name of a body only says what it is:
// "Mind charity", "PCS union".
func isBodyNoun(w string) bool {
	_, ok := name.Nominal(w)
	return ok || w == "group" || w == "tank" || w == "website" || w == "campaign" || w == "insurer" || w == "programme" || w == "show" || w == "board" || w == "centre"
}

// headOf returns the noun that a phrase without names is about: the last word
// before its first preposition or relative.
func headOf(ws []string) string {
	last := ""
	for _, w := range ws {
		if !plainLead([]string{w}) || w == "published" || w == "seen" || w == "commissioned" || w == "carried" {
			break
		}
		last = w
	}
	return last
}

// beforePreposition returns the noun before the last preposition of the words
// that lead to a name: "report" in "a report by the".
func beforePreposition(lead []string) string {
	for i := len(lead) - 1; i > 0; i-- {
		if !plainLead([]string{lead[i]}) {
			return lead[i-1]
		}
	}
	return ""
}

// cutPossessive returns what follows a possessive ending; ok is false without one.
func cutPossessive(after string) (rest string, ok bool) {
	for _, ending := range []string{"’s", "'s", "’", "'"} {
		if rest, ok = strings.CutPrefix(after, ending); ok {
			return rest, true
		}
	}
	return after, false
}

// isDocumentWord reports whether a noun names words that somebody is answerable
// for: whose report it is, who says what it says.
func isDocumentWord(w string) bool {
	return slices.Contains(documentWords, w) || slices.Contains(documentWords, strings.TrimSuffix(w, "s"))
}

var documentWords = strings.Fields("report study studies statement answer letter article paper speech comment remark figure data dataset research survey " +
	"poll analysis analyses document review evidence tweet post website page blog book briefing guidance guideline announcement response reply replies " +
	"submission interview release estimate statistic account memo email message testimony manifesto newsletter publication findings finding piece essay " +
	"editorial column broadcast consultation bulletin dossier words")

// isHuman reports whether words without a name mean one person: what "she" may
// then mean instead of somebody named. Several persons are not meant by "she".
func isHuman(ws []string) bool {
	head := headOf(ws)
	return name.IsOffice(head) && !isPlural(head) || isKin(head) || slices.Contains(humans, head)
}

var humans = strings.Fields("man woman person patient user worker official source insider member parent carer claimant tenant pensioner student voter " +
	"victim caller reader commenter staff girl boy one")
