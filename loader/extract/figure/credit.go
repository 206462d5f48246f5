package figure

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// A credit is one place where the text says who is behind a figure. It holds for
// the figures that begin in words [from, to).
type credit struct {
	who      graph.Span // the words that name who; zero when it takes over the credit before
	name     string     // who, without article; "" when the words name nobody
	cue      graph.Span
	from, to int
	again    bool // "it also found": whoever was credited before
}

var (
	// saying are verbs that report what they govern. An infinitive after the plans
	// among them reports nothing: "expects to hire 300".
	saying = set(`estimate estimates estimated calculate calculates calculated project projects projected forecast forecasts predict predicts predicted anticipate anticipates anticipated
		expect expects expected say says said report reports reported find finds found show shows showed shown reveal reveals revealed suggest suggests suggested indicate indicates indicated
		claim claims claimed state states stated announce announces announced record records recorded confirm confirms confirmed note notes noted warn warns warned tell tells told
		reckon reckons reckoned put puts highlight highlights highlighted conclude concludes concluded publish publishes published argue argues argued believe believes believed add adds added insist insists insisted acknowledge acknowledges acknowledged admit admits admitted disclose disclosed`)
	planning = set("expect expects expected plan plans planned project forecast anticipate anticipates anticipated")
	// evidence nouns are sources in themselves: figures, a survey.
	evidence = set(`figure figures data statistic statistics stats research study studies survey surveys poll polls polling analysis analyses report reports review reviews evidence estimate estimates
		findings finding results records census audit inquiry modelling filing filings tally count counts average tracker database calculations disclosures listings estimate census paper papers document documents documentation projection projections forecast forecasts assessment dataset index bulletin release briefing index numbers accounts response responses evaluation`)
	// bodies are common nouns that stand for an organisation that speaks.
	bodies = set(`government department ministry council charity trust union watchdog regulator company firm commission committee agency authority ombudsman foundation institute association federation party treasury police
		organisation organization group campaign coalition network hospital university college school church court tribunal inquiry taskforce body board thinktank tank bank administration parliament service newspaper broadcaster office bureau`)
	// unnamed speakers: credited, though nobody is named.
	unnamed = set("aides researchers researcher scientists scientist economists economist experts expert analysts analyst officials official ministers minister campaigners people democrats republicans conservatives advocates activists supporters opponents investigators prosecutors academics authors author spokesperson spokesman spokeswoman auditors inspectors statisticians historians doctors lawyers sources insiders critics insiders forecasters")
	// between a speaker and the verb.
	betweenVerb = set("has have had also now recently currently still previously already then since itself themselves himself herself later first further again consistently clearly will would can could did does do was is were are and")
	// passives take "by" or stand alone: "is estimated", "are thought".
	passive = set("estimated thought believed reported calculated projected forecast predicted expected said understood claimed known reckoned assumed anticipated")
)

// nouns are plain forms among the saying verbs that are more often nouns, or adjectives.
var nouns = set("state report claim note record project forecast estimate show find highlight plan")

// pluralBefore reports whether the word before i can be the subject of a plain form.
func (s *sentence) pluralBefore(i int) bool {
	w := s.at(i - 1)
	return word.Plural(w.Lower) || w.Is("they", "we", "i", "you", "also", "data", "to") || s.at(i-2).Is("and")
}

var weekdays = set("monday tuesday wednesday thursday friday saturday sunday")

// findCredits finds who the sentence credits with figures: "X estimates that …",
// "according to X", "it is estimated by X that …", "… , X said".
func (s *sentence) findCredits() {
	for i := range s.w {
		w := s.at(i)
		if w.Kind != word.Letters {
			continue
		}
		switch {
		case w.Is("according") && s.at(i+1).Is("to"):
			s.according(i)
		case w.Is("in"):
			s.within(i)
		case w.Is("has", "had", "gives", "gave", "puts") && asking[s.at(i-1).Lower]:
			s.said(i) // "a Marlow poll has them at 40%"
		case passive[w.Lower] && s.isPassive(i):
			s.passive(i)
		case saying[w.Lower]:
			s.said(i)
		}
	}
}

// according reads "according to X", which holds for the sentence around it.
func (s *sentence) according(i int) {
	c := credit{cue: s.spanOf(i, i+2), from: 0, to: len(s.w)}
	from := i + 2
	end := from
	for end < len(s.w) && end < from+20 {
		w := s.at(end)
		if w.Kind == word.Mark && !(w.Glued && s.at(end+1).Glued && s.at(end+1).Kind == word.Letters) && !w.Is("&", "’", "'") || w.Is("which", "who", "that") || auxiliaries[w.Lower] {
			break
		}
		end++
	}
	if !s.name(&c, from, end) {
		return
	}
	// A comma list joins two statements, a semicolon parts them.
	for k := i - 1; k >= 0; k-- {
		if s.at(k).Is(";") {
			c.from = k + 1
			break
		}
	}
	for k := i; k < len(s.w); k++ {
		if s.at(k).Is(";") {
			c.to = k
			break
		}
	}
	s.credits = append(s.credits, c)
}

// within reads "in a Marlow Institute survey of …", which holds for the sentence. It credits
// nobody where no name stands before what was done.
func (s *sentence) within(i int) {
	if !s.at(i+1).Is("a", "an", "the", "its", "this", "their", "one") {
		return
	}
	for k := i + 2; k < i+11; k++ {
		w := s.at(k)
		if w.Kind == word.Mark && !(w.Glued && s.at(k+1).Glued) || prepositions[w.Lower] {
			return
		}
		if !asking[w.Lower] || s.at(k+1).Upper {
			continue
		}
		first, last := s.lastName(i+1, k)
		if w.Upper {
			first, last = s.lastName(i+1, k+1)
		}
		if first < last && (first > i+1 || s.capital(first)) {
			if s.at(first).Is("the") && first+1 < last {
				first++
			}
			s.credits = append(s.credits, credit{cue: s.spanOf(i, i+1), who: s.spanOf(first, last), name: s.bare(first, last), to: len(s.w)})
		}
		return
	}
}

// asking are evidence nouns for what is carried out to learn a figure.
var asking = set("poll survey study analysis census")

// isPassive reports whether the participle at i follows a form of "be".
func (s *sentence) isPassive(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s.at(k).Is("is", "are", "was", "were", "be", "been", "being") {
			return true
		}
		if !adverbs[s.at(k).Lower] && !strings.HasSuffix(s.at(k).Lower, "ly") {
			return false
		}
	}
	return false
}

// passive reads "is estimated by X that …" and "are estimated by X to …".
func (s *sentence) passive(i int) {
	if !s.at(i + 1).Is("by") {
		return
	}
	end := i + 2
	for end < len(s.w) && end < i+22 && !s.at(end).Is("that", "to", "which", "at", "as") && (s.at(end).Kind != word.Mark || s.at(end).Is("&", "’", "'")) && !s.covered(end) {
		end++
	}
	c := credit{cue: s.spanOf(i, i+2), from: 0, to: len(s.w)}
	if s.at(end).Is("that") {
		c.from = end
	}
	if s.name(&c, i+2, end) {
		s.credits = append(s.credits, c)
	}
}

// said reads "X says …" before the figures, and "…, X said" or "…, said X" after them.
func (s *sentence) said(i int) {
	w, next := s.at(i), s.at(i+1)
	if w.Upper && i > 0 && !s.opensClause(i) {
		return // "United States"
	}
	if s.at(i-1).Kind == word.Clitic || past(w.Lower) && (next.Is("at") || next.Is("by") && !s.subjectIsEvidence(i)) {
		return // "the firm’s reported profit", "a fortune estimated at £3"
	}
	if nouns[w.Lower] && !next.Is("that") && !s.pluralBefore(i) {
		return // "state security forces"
	}
	if saying[next.Lower] && evidence[w.Lower] || next.Is("by", "in", "on", "from", "last", "this") && w.Is("published", "reported", "recorded", "announced", "put", "found", "estimated", "revealed") && !s.at(i+2).Is("that") && !s.subjectIsEvidence(i) {
		return // "estimates suggest", "figures published by X show"
	}
	if evidence[w.Lower] && next.Is("by", "from", "of", "for", "on", "into", "about") && !s.at(i-1).Upper {
		return // a noun: "a 2023 report by X"
	}
	if (planning[w.Lower] || w.Is("claims", "claim")) && next.Is("to") && !w.Is("claims", "claim") {
		return
	}
	if w.Is("put", "puts") && !next.Is("the") && !(next.Is("it", "this", "that", "them") && s.at(i+2).Is("at")) {
		return
	}
	if s.at(i-1).Is("the", "a", "an", "to", "of", "their", "its", "his", "her", "by", "be", "this", "that's") {
		return // a noun, an infinitive, a passive
	}
	c := credit{cue: s.spanOf(i, i+1), from: i + 1, to: len(s.w)}
	if next.Is("that") {
		c.cue = s.spanOf(i, i+2)
	}
	if s.inverted(i, &c) {
		return
	}
	// The subject stands before the verb, helpers aside.
	end := i
	for end > 0 && (betweenVerb[s.at(end-1).Lower] && s.at(end-1).Kind == word.Letters || strings.HasSuffix(s.at(end-1).Lower, "ly")) {
		end--
	}
	if open := s.shortForm(end); open > 0 {
		end = open // "the National Audit Office (NAO) said"
	}
	if s.at(end-1).Is("who", "which", "that") {
		// A relative clause holds up to its comma.
		for k := i + 1; k < len(s.w); k++ {
			if s.at(k).Is(",") && !s.at(k+1).Glued {
				c.to = k
				break
			}
		}
		end--
		if s.at(end - 1).Is(",") {
			end--
		}
	}
	from := end
	apposition := -1
	for from > 0 && from > end-22 {
		k := from - 1
		b := s.at(k)
		if b.Is(",") && b.Glued && s.at(k+1).Glued {
			from-- // inside a number
			continue
		}
		if b.Is(",") {
			// "Jane Doe, chief executive of the Trust, said": jump back over it once.
			if k == end-1 && apposition < 0 {
				if open := s.appositionStart(k); open > 0 {
					apposition, end, from = open, open, open
					continue
				}
			}
			break
		}
		if b.Kind == word.Mark && !(b.Glued && s.at(k+1).Glued) && !b.Is("&", "’", "'") || b.Kind == word.Link || b.Is("that", "what", "and", "but", "while", "as", "because", "when", "if", "where", "which", "who", "although", "so") && !s.insideName(k) {
			break
		}
		if auxiliaries[b.Lower] || saying[b.Lower] && !evidence[b.Lower] && !nouns[b.Lower] && !b.Upper && !s.participleOf(k) {
			break
		}
		from--
	}
	if pronoun := s.at(end - 1); from == end-1 && pronoun.Is("it", "they", "he", "she") {
		c.again = true
		if s.at(i+1).Is(",") && s.at(from-1).Is(",") || s.at(i+1).Is(".", "") {
			c.from, c.to = 0, len(s.w)
		}
		s.credits = append(s.credits, c)
		return
	}
	if end-from == 1 && s.opensClause(from) && word.Plural(s.at(from).Lower) && !unnamed[s.at(from).Lower] && !past(w.Lower) && !pasts[w.Lower] && !strings.HasSuffix(w.Lower, "s") {
		return // "Voters say": many, and the capital is the sentence's
	}
	if !s.name(&c, from, end) {
		return
	}
	// A cue at the end of the sentence looks back: "…, the charity said."
	if rest := s.at(i + 1); i+1 >= len(s.w) || rest.Is(".", "”", "\"", "’") || s.covered(i+1) && s.at(from-1).Is(",", "”", "\"", "’") {
		c.from, c.to = 0, from
	}
	// "…, X figures show; 5,000 of them …": what comes after goes on with it.
	if s.at(i+1).Is(";") && s.at(from-1).Is(",") {
		c.from, c.to = 0, len(s.w)
	}
	if before := s.at(from - 1); s.at(i+1).Is(",") && before.Is(",") { // "…, the charity said, …"
		c.from, c.to = 0, len(s.w)
	}
	s.credits = append(s.credits, c)
}

// shortForm returns the word at which a short form in brackets opens that closes
// right before word end: "(NAO)"; 0 when there is none.
func (s *sentence) shortForm(end int) int {
	if !s.at(end - 1).Is(")") {
		return 0
	}
	for k := end - 2; k > 0 && k > end-8; k-- {
		switch w := s.at(k); {
		case w.Is("("):
			return k
		case !w.Upper && w.Kind != word.Digits && !w.Is("&", "-", "the", "or"):
			return 0
		}
	}
	return 0
}

// subjectIsEvidence reports whether an evidence noun stands just before the verb at i.
func (s *sentence) subjectIsEvidence(i int) bool { return evidence[s.at(i-1).Lower] }

// participleOf reports whether the word at k is a participle after an evidence
// noun: "figures published by".
func (s *sentence) participleOf(k int) bool {
	return evidence[s.at(k-1).Lower] && (past(s.at(k).Lower) || pasts[s.at(k).Lower]) || s.at(k+1).Is("by")
}

// insideName reports whether the small word at k joins two capitalised words.
func (s *sentence) insideName(k int) bool {
	return s.at(k).Is("and", "for", "of") && s.at(k-1).Upper && (s.at(k+1).Upper || s.at(k+1).Is("the"))
}

// appositionStart returns the comma that opens the apposition which the comma at k
// closes, if a name stands before it; 0 otherwise.
func (s *sentence) appositionStart(k int) int {
	for j := k - 1; j > 0 && j > k-16; j-- {
		if s.at(j).Is(",") {
			if !s.at(j-1).Upper && s.at(j-1).Kind != word.Mixed {
				return 0
			}
			if open := s.appositionAround(j); open > 0 {
				return open
			}
			return j
		}
	}
	return 0
}

// appositionAround returns the comma that opens the apposition in which the place before
// the comma at j stands, 0 if none does: "Jane Doe, speaking in Leeds, Yorkshire, said".
func (s *sentence) appositionAround(j int) int {
	k := j - 1
	for k > 0 && s.at(k).Upper {
		k--
	}
	if !s.at(k).Is("in", "at", "from", "near", "of") {
		return 0
	}
	for ; k > 0 && k > j-16; k-- {
		if s.at(k).Is(",") {
			if s.at(k - 1).Upper {
				return k
			}
			return 0
		}
	}
	return 0
}

// inverted reads ", said Jane Doe" after the figures.
func (s *sentence) inverted(i int, c *credit) bool {
	before := s.at(i - 1)
	if i == 0 || !before.Is(",", "”", "\"", "’", "'", "?", "!", "–") || !s.at(i).Is("said", "says", "reports", "reported", "according", "claimed", "claims") {
		return false
	}
	if !s.capital(i+1) && !determiners[s.at(i+1).Lower] {
		return false
	}
	end := i + 1
	for end < len(s.w) && end < i+14 && (s.at(end).Kind == word.Letters || s.at(end).Kind == word.Clitic || s.at(end).Is("&", "-")) && !s.at(end).Is("who", "that") {
		end++
	}
	if before.Is(",") && s.appositionStart(i-1) > 0 && !s.at(end).Is(".", ",", "") {
		return false // "Jane Doe, chief of the Trust, said the wards …"
	}
	c.from, c.to = 0, i
	if s.name(c, i+1, end) {
		s.credits = append(s.credits, *c)
	}
	return true
}

// name finds in words [from, end) who is credited, and reports whether they name
// a source at all. The words must not hold a figure of their own unless they name
// evidence: "59% of employers said" credits nobody.
func (s *sentence) name(c *credit, from, end int) bool {
	for from < end && (conjunctions[s.at(from).Lower] || s.at(from).Is("however", "meanwhile", "instead", "indeed", ",")) {
		from++
	}
	if from >= end {
		return false
	}
	noun := -1
	for k := from; k < end; k++ {
		if w := s.at(k); evidence[w.Lower] && w.Upper && k > from && s.capital(k-1) && !s.at(k+1).Upper {
			end = k + 1 // "a national Gallup Poll taken last week"
			break
		}
		if evidence[s.at(k).Lower] && !s.at(k).Upper || evidence[s.at(k).Lower] && k == from {
			noun = k
			break
		}
	}
	if noun >= 0 {
		s.nameOfEvidence(c, from, noun, end)
		return true
	}
	for k := from; k < end; k++ {
		if w := s.at(k); w.Kind == word.Digits && !s.covered(k) || w.Is("%", "£", "half", "most", "many", "some", "few", "several", "majority") || word.IsCardinal(w.Lower) && !w.Upper {
			return false
		}
	}
	first, last := s.lastName(from, end)
	if first < last && first > from && (s.at(first-1).Is("to", "against", "towards", "in", "near", "on", "with") || s.at(first-1).Is("at", "from", "of") && s.placeAt(first) == last-first) {
		// "the firm's return to Ofwat", "doctors in Leeds": who speaks has no name.
		c.who = s.spanOf(from, last)
		return true
	}
	if first < last && s.opensClause(first) && unnamed[s.at(first).Lower] {
		c.who = s.spanOf(first, last) // "Economists": the capital is the sentence's
		return true
	}
	if first < last {
		c.who = s.spanOf(first, last)
		c.name = s.bare(first, last)
		return true
	}
	head := s.at(end - 1)
	start := end - 1
	for start > from && s.at(start-1).Kind == word.Letters && !prepositions[s.at(start-1).Lower] {
		start--
	}
	switch {
	case bodies[head.Lower] && determiners[s.at(start).Lower]:
		c.who = s.spanOf(start, end)
		if s.at(start).Is("the") && s.at(end-1).Is("government", "treasury") {
			c.name = s.words(start+1, end)
		}
		return true
	case unnamed[head.Lower] || s.hasUnnamed(from, end):
		c.who = s.spanOf(from, end)
		return true
	}
	return false
}

// hasUnnamed reports whether the words begin with speakers who are not named:
// "researchers at a university".
func (s *sentence) hasUnnamed(from, end int) bool {
	for k := from; k < end && k < from+3; k++ {
		if unnamed[s.at(k).Lower] {
			return true
		}
	}
	return false
}

// nameOfEvidence finds whose the figures, survey or report at word noun are: the
// name before it ("NHS England figures"), or after "by", "from", "for", "of", "at". With
// no name the words that name the evidence are kept, and nobody is named.
func (s *sentence) nameOfEvidence(c *credit, from, noun, end int) {
	first, last := s.lastName(from, noun)
	for k := noun; first == last && k > from && k > noun-3 && s.at(k-1).Kind == word.Letters && !s.at(k-1).Upper && !closed(s.at(k-1).Lower); k-- {
		first, last = s.lastName(from, k-1) // "a Marlow opinion poll"
	}
	if first < last && last-first == 1 && s.opensClause(first) && s.common(first) {
		first = last // "Official figures": the capital is the sentence's
	}
	if first < last && (last == noun || s.at(last).Kind == word.Clitic || s.near(last, noun)) {
		c.who, c.name = s.spanOf(first, last), s.bare(first, last)
		return
	}
	for k := noun + 1; k < end; k++ {
		if !s.at(k).Is("by", "from", "at", "for", "of") || s.at(k).Is("of") && asking[s.at(noun).Lower] {
			continue // a survey is of those who were asked
		}
		j := k + 1
		for determiners[s.at(j).Lower] && !s.at(j).Is("the") {
			j++
		}
		start := j
		if s.at(j).Is("the") {
			j++
		}
		if !s.at(j).Upper || s.placeAt(j) > 0 && !s.at(j+s.placeAt(j)).Upper && !s.at(k).Is("by") {
			continue
		}
		stop := s.nameEnd(j, end)
		c.who, c.name = s.spanOf(start, stop), s.bare(start, stop)
		return
	}
	start := noun
	for start > from && s.at(start-1).Kind == word.Letters && !prepositions[s.at(start-1).Lower] && !conjunctions[s.at(start-1).Lower] {
		start--
	}
	c.who = s.spanOf(start, noun+1)
}

// qualities describe evidence; with the capital of a sentence's first word they
// look like names.
var qualities = set(`official new recent latest previous early provisional internal national local independent government departmental academic published unpublished separate further detailed leaked preliminary interim initial historical industry police hospital school company population public private annual monthly quarterly weekly scientific medical economic statistical similar other some several two three many past earlier
	court crime tax opinion exit entrance tracking media news campaign state federal city county bank market trade labour labor employment inflation weather election voting health safety property immigration migration education financial company accident death birth hospital prison school bank field case satellite laboratory clinical customs security voter`)

// common reports whether the word at k is no name in spite of its capital.
func (s *sentence) common(k int) bool { return qualities[s.at(k).Lower] || closed(s.at(k).Lower) }

// near reports whether only describing words stand in [last, noun).
func (s *sentence) near(last, noun int) bool {
	if noun-last > 3 {
		return false
	}
	for k := last; k < noun; k++ {
		if w := s.at(k); w.Kind != word.Letters && w.Kind != word.Clitic || closed(w.Lower) {
			return false
		}
	}
	return true
}

// lastName returns the last capitalised name in words [from, end) that reaches
// end or stands before a preposition phrase; first == last when there is none.
// "the" before it belongs to it.
func (s *sentence) lastName(from, end int) (first, last int) {
	last = end
	for last > from && s.at(last-1).Kind == word.Clitic {
		last--
	}
	if last == from || !s.capital(last-1) {
		// "Jane Doe of the charity", "YouGov for a newspaper": the name comes first.
		j := from
		if s.at(j).Is("the") {
			j++
		}
		if s.capital(j) && !s.at(j).Is("the") {
			if stop := s.nameEnd(j, end); stop < end && prepositions[s.at(stop).Lower] {
				return from, stop
			}
		}
		return from, from
	}
	first = last - 1
	for first > from {
		k := first - 1
		w := s.at(k)
		switch {
		case w.Is("a", "an") && s.at(k-1).Is("for", "of") && k-1 > from && s.capital(k-2): // "Campaign for a Dry Port"
			first -= 2
		case s.capital(k), w.Kind == word.Clitic && s.capital(k-1):
			first--
		case w.Is("of", "for", "and", "the", "&", "on", "in", "-", ".") && k > from && s.reachesCapital(k-1, from), w.Is("/") && w.Glued && k > from && s.capital(k-1):
			first--
		case w.Is("the"):
			return first - 1, last
		default:
			return first, last
		}
	}
	// The first word of a sentence is no name by its capital alone if it is of a closed class.
	return first, last
}

// reachesCapital reports whether a capitalised word stands at k or just before
// more joining words.
func (s *sentence) reachesCapital(k, from int) bool {
	for n := 0; n < 2 && k >= from; n++ {
		if s.capital(k) {
			return true
		}
		if !s.at(k).Is("of", "for", "and", "the", "&", "on", "in", "-", ".") {
			return false
		}
		k--
	}
	return false
}

// capital reports whether the word at k looks like part of a name.
func (s *sentence) capital(k int) bool {
	w := s.at(k)
	if w.Kind != word.Letters && w.Kind != word.Mixed || !w.Upper {
		return false
	}
	if weekdays[w.Lower] && !s.at(k+1).Upper || weekdays[w.Lower] && s.at(k-1).Is("on", "last", "this", "by", "since") {
		return false // "On Monday the Trust said"
	}
	if strings.HasPrefix(w.Lower, "i’") || strings.HasPrefix(w.Lower, "i'") {
		return false // "I’ve"
	}
	return !closed(w.Lower) || s.text[w.Start:w.End] == strings.ToUpper(w.Lower) && w.Len() > 1
}

// nameEnd returns where the name that begins at word j ends.
func (s *sentence) nameEnd(j, end int) int {
	for k := j + 1; k < end; k++ {
		switch {
		case s.capital(k):
			j = k
		case s.at(k).Kind == word.Clitic && s.capital(k+1):
		case s.at(k).Is(".") && s.at(k-1).Is("mr", "mrs", "ms", "dr", "st", "prof") && s.capital(k+1):
		case s.at(k).Is("of", "for", "and", "the", "&", "on", "-") && (s.capital(k+1) || s.at(k+1).Is("the") && s.capital(k+2)):
		default:
			return j + 1
		}
	}
	return j + 1
}

// bare returns the words without an article before them.
func (s *sentence) bare(first, last int) string {
	if s.at(first).Is("the", "a", "an") && last-first > 1 {
		first++
	}
	return s.words(first, last)
}

// creditFor returns the credit that holds for a figure at word i: of those that
// cover it, the one whose cue is nearest.
func (s *sentence) creditFor(i int) *credit {
	var best *credit
	at := s.at(i).Start
	distance := func(c *credit) int { return max(at-c.cue.End, c.cue.Start-at) }
	for k := range s.credits {
		c := &s.credits[k]
		if i < c.from || i >= c.to || c.who.Contains(s.at(i).Span) {
			continue
		}
		if best == nil || distance(c) < distance(best) {
			best = c
		}
	}
	return best
}
