package extract

import (
	"sort"
	"strings"
	"unicode"

	"whence/graph"
)

// An attribution is words that the text credits to somebody.
type attribution struct {
	content    []graph.Span
	source     graph.Span // zero when the text names nobody
	cue        graph.Span // zero when there is none of its own
	hearer     graph.Span // who was told; zero
	mode       graph.Mode
	negative   bool
	segment    int
	para       int
	unit       graph.Span
	rule       string
	confidence graph.Confidence
}

// reader finds the attributions of one segment.
type reader struct {
	text    string
	segment int
	paras   []paragraph
	quotes  []quote
	taken   []int // per quote: the attribution that holds it, -1 for none
	units   []unit
	found   []attribution
}

// attributions returns what one segment reports, in order of first content.
func attributions(text string, segment int, paras []paragraph) ([]attribution, []quote) {
	r := &reader{text: text, segment: segment, paras: paras, quotes: findQuotes(text, paras)}
	r.taken = make([]int, len(r.quotes))
	for i := range r.taken {
		r.taken[i] = -1
	}
	at := 0
	for pi, p := range paras {
		for at < len(r.quotes) && r.quotes[at].para < pi {
			at++
		}
		end := at
		for end < len(r.quotes) && r.quotes[end].para == pi {
			end++
		}
		units := unitsOf(text, pi, p, r.quotes[at:end])
		for ui := range units {
			for ii := range units[ui].items {
				if units[ui].items[ii].q >= 0 {
					units[ui].items[ii].q += at
				}
			}
		}
		r.units = append(r.units, units...)
	}
	for i := range r.units {
		r.units[i].found = len(r.found)
		r.cues(&r.units[i])
	}
	r.float()
	for i := range r.found {
		a := &r.found[i]
		a.segment = segment
		sort.Slice(a.content, func(x, y int) bool { return a.content[x].Start < a.content[y].Start })
		a.mode = r.modeOf(a)
	}
	sort.SliceStable(r.found, func(x, y int) bool { return r.found[x].content[0].Start < r.found[y].content[0].Start })
	return r.found, r.quotes
}

// modeOf tells direct, indirect and mixed apart by how much of the content stands in quotation marks.
func (r *reader) modeOf(a *attribution) graph.Mode {
	inside, outside := 0, 0
	for _, c := range a.content {
		for _, t := range tokenize(r.text, c, r.quotes2(c)) {
			if !t.word {
				continue
			}
			if t.quote >= 0 {
				inside++
			} else {
				outside++
			}
		}
	}
	switch {
	case inside == 0:
		return graph.ModeIndirect
	case outside == 0:
		return graph.ModeDirect
	}
	return graph.ModeMixed
}

// quotes2 returns the quotes that overlap a span.
func (r *reader) quotes2(s graph.Span) []quote {
	i := sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].span.End > s.Start })
	j := i
	for j < len(r.quotes) && r.quotes[j].span.Start < s.End {
		j++
	}
	return r.quotes[i:j]
}

// maxCues bounds the reports of one sentence: beyond it a text is no prose, and nested
// claims would repeat it without end.
const maxCues = 40

// cues goes through a unit from left to right and reads every cue in it.
func (r *reader) cues(u *unit) {
	for i := 0; i < len(u.items) && len(r.found)-u.found < maxCues; i++ {
		it := u.items[i]
		if !it.word {
			continue
		}
		switch {
		case it.lower == "according" && u.is(i+1, "to"):
			r.according(u, i)
		case it.lower == "words" && u.is(i+1, "of") && u.is(i-1, "the") && u.is(i-2, "in"):
			r.inTheWords(u, i)
		case speechNouns[it.lower] && r.noun(u, i):
		default:
			if v, ok := reportingVerbs[it.lower]; ok && !(it.cap && i > 0 && u.at(i-1).word) {
				r.verb(u, i, v)
			}
		}
	}
}

func (r *reader) add(a attribution) int {
	content := a.content[:0]
	for _, c := range a.content {
		if c.Len() > 0 {
			content = append(content, c)
		}
	}
	if a.content = content; len(a.content) == 0 {
		return -1
	}
	for i, b := range r.found { // one cue says one thing
		if b.cue == a.cue && a.cue.Len() > 0 {
			return i
		}
	}
	r.found = append(r.found, a)
	n := len(r.found) - 1
	for _, c := range a.content {
		for qi := range r.quotes {
			if q := &r.quotes[qi]; c.Start <= q.inner.Start && q.inner.End <= c.End && r.taken[qi] < 0 {
				r.taken[qi] = n
			}
		}
	}
	return n
}

// according reads "according to X" before, inside or after what it credits.
func (r *reader) according(u *unit, i int) {
	end, ok := u.npRight(i + 2)
	if !ok {
		return
	}
	src := u.spanOf(i+2, end)
	a := attribution{source: src, cue: u.spanOf(i, i+2), para: u.para, unit: u.span, rule: "A1", confidence: 850}
	start := 0
	for start < i && (u.is(start, ",") || conjunctions[u.at(start).lower] || leadAdverbs[u.at(start).lower] || u.is(start, "–", "—")) {
		start++
	}
	if start >= i { // it opens the sentence
		from := end
		for u.is(from, ",", ":") {
			from++
		}
		a.content = []graph.Span{u.clauseSpan(from, r.clauseEnd(u, from))}
		r.add(a)
		return
	}
	left := u.clauseSpan(r.clauseStart(u, i), i)
	a.content = []graph.Span{left}
	if u.is(end, ",") && !u.end(end+1) && !conjunctions[u.at(end+1).lower] && !subordinates[u.at(end+1).lower] && !strings.HasSuffix(u.at(end+1).lower, "ing") {
		a.content = append(a.content, u.clauseSpan(end+1, r.clauseEnd(u, end+1)))
	}
	r.add(a)
}

// inTheWords reads "in the words of X, “…”".
func (r *reader) inTheWords(u *unit, i int) {
	end, ok := u.npRight(i + 2)
	if !ok {
		return
	}
	a := attribution{source: u.spanOf(i+2, end), cue: u.spanOf(i-2, i+2), para: u.para, unit: u.span, rule: "A2", confidence: 900}
	for k := end; k < len(u.items) && k < end+3; k++ {
		if u.at(k).isQuote() {
			a.content = []graph.Span{u.at(k).span}
			r.add(a)
			return
		}
	}
	for k := i - 3; k >= 0 && k > i-6; k-- {
		if u.at(k).isQuote() {
			a.content = []graph.Span{u.at(k).span}
			r.add(a)
			return
		}
	}
}

// noun reads "X's claim that …": the possessor says what follows.
func (r *reader) noun(u *unit, i int) bool {
	if !u.is(i+1, "that") && !(u.is(i+1, ":", ",") && u.at(i+2).isQuote()) {
		return false
	}
	var src graph.Span
	switch {
	case possessivePron[u.at(i-1).lower] && !u.is(i-1, "my", "our", "your"):
		src = u.at(i - 1).span
	case u.is(i-1, "'s", "’"):
		start, ok := u.npLeft(i - 2)
		if !ok {
			return false
		}
		src = u.spanOf(start, i-1)
	case adjectiveBefore(u, i):
		start, ok := u.npLeft(i - 3)
		if !ok {
			return false
		}
		src = u.spanOf(start, i-2)
	default:
		return false
	}
	from := i + 1
	a := attribution{source: src, cue: u.at(i).span, para: u.para, unit: u.span, rule: "N1", confidence: 700}
	if u.is(from, ":", ",") {
		a.content = []graph.Span{u.at(i + 2).span}
	} else {
		a.content = []graph.Span{u.clauseSpan(from, r.nounClauseEnd(u, from+1, i))}
	}
	a.negative = negativeNouns[u.at(i).lower]
	return r.add(a) >= 0
}

func adjectiveBefore(u *unit, i int) bool {
	return u.is(i-2, "'s", "’") && u.at(i-1).word && !determiners[u.at(i-1).lower]
}

// nounClauseEnd ends the clause of "X's claim that …", which often is the subject
// of the sentence: it stops before a second finite verb after a comma.
func (r *reader) nounClauseEnd(u *unit, from, cue int) int {
	for k := from; k < len(u.items); k++ {
		if u.is(k, ",") {
			return k
		}
	}
	return r.clauseEnd(u, from)
}

// verb reads one reporting verb.
func (r *reader) verb(u *unit, i int, v verb) {
	g, ok := r.subject(u, i, v)
	if !ok {
		return
	}
	if g.generic {
		return
	}
	first, last := min(g.cueStart, i), i
	lo, hi := first, last+1
	if g.srcStart >= 0 {
		lo, hi = min(lo, g.srcStart), max(hi, g.srcEnd)
	}
	a := attribution{source: g.source, cue: u.spanOf(first, last+1), para: u.para, unit: u.span, negative: v.frame&against != 0}
	if g.negated && v.frame&against == 0 && v.frame&thinks != 0 {
		a.negative = true
	}
	if r.fronted(u, &a, v, lo, hi, g) {
		return
	}
	if g.inverted {
		return
	}
	r.governs(u, &a, v, i, hi, g)
}

// A grammar is what stands around a cue.
type grammar struct {
	source            graph.Span
	srcStart, srcEnd  int // items of the source beside the cue; -1 when it is elsewhere
	cueStart          int
	passive, inverted bool
	negated           bool
	infinitive        bool // "to claim that"
	participle        bool // "adding that"
	aside             bool // the cue stands in a who-clause between commas
	generic           bool // "when a doctor says …": nobody in particular
	front             int  // a subordinate clause begins here and the cue is in it; -1
}

// subject finds who the cue's subject is.
func (r *reader) subject(u *unit, i int, v verb) (grammar, bool) {
	g := grammar{srcStart: -1, srcEnd: -1, cueStart: i, front: -1}
	w := u.at(i).lower
	j := i - 1
	be, have := false, false
	for j >= 0 {
		p := u.at(j).lower
		if !(auxiliaries[p] && p != "'s" || isAdverb(p) && !u.at(j).cap || p == "'s" && j > 0 && u.at(j-1).word && isParticiple(w) && !u.at(j-1).cap || p == "n't") {
			break
		}
		be = be || beForms[p] || p == "been" || p == "being" || p == "be"
		have = have || haveForms[p]
		g.negated = g.negated || p == "not" || p == "never" || strings.HasSuffix(p, "n't")
		if modals[p] {
			return g, false // what should, may or would be said was not said
		}
		if (p == "did" || p == "do" || p == "does") && !u.at(j-1).word && j == 0 {
			return g, false // a question
		}
		j--
	}
	g.cueStart = j + 1
	if strings.HasSuffix(u.at(j).lower, "n't") {
		g.negated = true
	}
	if u.is(j, "to") && g.cueStart == i && !isParticiple(w) {
		g.infinitive = true
		return r.infinitive(u, i, j, g)
	}
	progressive := strings.HasSuffix(w, "ing")
	if progressive && !be {
		g.participle = true
		return r.participle(u, i, j, g)
	}
	if be && isParticiple(w) && !progressive {
		return r.passive(u, i, j, v, g)
	}
	if !have && u.is(i+1, "by") && isParticiple(w) {
		return r.passive(u, i, j, v, g)
	}
	// Inverted: “…,” said Smith.
	_, beside := u.appositionLeft(j)
	if g.cueStart == i && !(u.is(j, ",") && beside && !u.at(j-1).isQuote()) && (u.at(j).isQuote() || u.is(j, ",") || j < 0 && r.afterQuote(u)) && v.frame&(says|tells) != 0 && !u.at(i+1).isQuote() {
		if end, ok := u.npRight(i + 1); ok && !u.is(i+1, "that", "this") && !(determiners[u.at(i+1).lower] && v.frame&doubtful != 0 && j >= 0 && u.is(j, ",")) && (u.at(j).isQuote() || u.at(j-1).isQuote() || j < 0 || u.at(i+1).cap || determiners[u.at(i+1).lower] || pronouns[u.at(i+1).lower]) && !objectPron[u.at(i+1).lower] {
			if !(u.is(j, ",") && !u.at(j-1).isQuote() && !u.end(end) && !u.is(end, ",", "in", "on", "at", "during", "after", "last")) {
				g.inverted, g.srcStart, g.srcEnd = true, i+1, end
				g.source = u.spanOf(i+1, end)
				return g, true
			}
		}
	}
	// Shared: "X said … and added …".
	if u.is(j, "and", "but", "then", "or", "who") && u.is(j, "and", "but", "then", "or") || u.is(j, ",") && u.at(j+1).lower == "and" {
		if prev := r.lastIn(u); prev >= 0 && v.frame&doubtful == 0 {
			g.source = r.found[prev].source
			return g, g.source.Len() > 0
		}
		if s, ok := r.mainSubject(u, j); ok && v.frame&doubtful == 0 {
			g.source = s
			return g, true
		}
		return g, false
	}
	if u.is(j, "that", "which") {
		return r.relative(u, j, g)
	}
	start, ok := u.npLeft(j)
	if !ok || start > j {
		if j < 0 || u.at(j).isQuote() {
			return g, false
		}
		return g, false
	}
	if v.frame&doubtful != 0 && !g.hasAux(i) && nounReading(u, start, j, w) {
		return g, false
	}
	g.srcStart, g.srcEnd = start, j+1
	end := j + 1
	if u.is(j, ",", "–", "—") {
		end = j
	}
	if u.is(j, "who") {
		end = j
		if u.is(end-1, ",") {
			end--
		}
	}
	g.source = u.spanOf(start, end)
	subj := u.at(start).lower
	if subj == "i" || subj == "we" || subj == "you" || subj == "one" && start == j || subj == "there" {
		return g, false
	}
	if possessivePron[subj] && (subj == "my" || subj == "our" || subj == "your") || timeWords[u.at(end-1).lower] && start != end-1 || u.is(end-1, "years", "days", "weeks", "months") {
		return g, false
	}
	if v.frame&thinks != 0 && (subj == "anyone" || subj == "nobody" || subj == "everyone" || subj == "someone" || u.is(end-1, "people") && u.at(end-1).span.End == g.source.End) {
		return g, false
	}
	if (subj == "this" || subj == "these" || subj == "those" || subj == "some" || subj == "many") && start == j && !u.is(i+1, "that") && !g.hasAux(i) && v.frame&(treats|finds) != 0 && strings.HasSuffix(w, "ed") {
		return g, false // "this proposed scheme"
	}
	if subj == "it" && start == j && v.frame&(finds|thinks) != 0 && v.frame&says == 0 {
		return g, false
	}
	if isNumber(u.at(end-1).lower) || prepositions[subj] { // "the report published in 2011 – Title – said"
		if s, ok := r.mainSubject(u, start); ok {
			g.source = s
		}
	}
	if u.is(j, "who") && u.is(j-1, ",") {
		g.aside = true
	}
	if before := u.at(start - 1).lower; u.is(len(u.items)-1, "?") && (auxiliaries[before] && before != "'s") {
		return g, false // "Did Jones say that?"
	}
	if v.lemma == "read" && !readables[u.at(end-1).lower] {
		return g, false
	}
	g.front, g.generic = r.subordinate(u, start, subj)
	return g, true
}

func (g *grammar) hasAux(i int) bool { return g.cueStart < i }

// nounReading reports whether a word that can be a noun is one here: a determiner
// or adjective stands right before it, with no head noun between.
func nounReading(u *unit, start, j int, w string) bool {
	p := u.at(j).lower
	if determiners[p] || possessivePron[p] || p == "'s" {
		return true
	}
	if pronouns[p] {
		return false
	}
	if u.at(j).cap || u.is(j, ",", ")") {
		// A singular name takes -s: "the UN report" is a noun, "Jones reports" a verb.
		return !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ing") && w != "read" && !strings.HasSuffix(p, "s")
	}
	// "benefit claims": a bare lower-case noun before a plural form is a compound.
	if start == j && !strings.HasSuffix(p, "s") {
		return true
	}
	// A singular subject takes -s, a plural one does not.
	plural := strings.HasSuffix(p, "s") && !strings.HasSuffix(p, "ss") || p == "people" || p == "men" || p == "women"
	third := strings.HasSuffix(w, "s")
	past := strings.HasSuffix(w, "ed")
	return !past && plural == third
}

func isParticiple(w string) bool {
	return strings.HasSuffix(w, "ed") || w == "said" || w == "told" || w == "written" || w == "found" || w == "shown" || w == "thought" || w == "understood" || w == "known" || w == "felt" || w == "held" || w == "heard" || w == "read" || w == "forecast" || w == "sworn" || w == "foreseen" || w == "learnt"
}

// lastIn is the last attribution of this unit so far, -1 for none.
func (r *reader) lastIn(u *unit) int {
	if len(r.found) > u.found {
		return len(r.found) - 1
	}
	return -1
}

// afterQuote reports whether the text right before a unit closes a quotation.
func (r *reader) afterQuote(u *unit) bool {
	i := sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].span.End > u.span.Start })
	return i > 0 && strings.TrimSpace(r.text[r.quotes[i-1].span.End:u.span.Start]) == ""
}

// modals before a reporting verb say that nothing was said yet.
var modals = set(`should must may might could can cannot can't couldn't shouldn't ought will would won't wouldn't i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll`)

// mainSubject is the noun phrase at the start of the clause that holds item j.
func (r *reader) mainSubject(u *unit, j int) (graph.Span, bool) {
	start := 0
	for start < j && (conjunctions[u.at(start).lower] || leadAdverbs[u.at(start).lower] || u.is(start, ",") || isAdverb(u.at(start).lower)) {
		start++
	}
	for k := start; k < start+8 && k < j; k++ { // "30/10/2024: …" and other labels
		if u.is(k, ":") {
			start = k + 1
		}
	}
	if prepositions[u.at(start).lower] || subordinates[u.at(start).lower] { // an adjunct before the subject
		k := start
		for k < j && !u.is(k, ",") {
			k++
		}
		if k >= j {
			return graph.Span{}, false
		}
		start = k + 1
	}
	end, ok := u.npRight(start)
	if !ok || end > j {
		return graph.Span{}, false
	}
	if w := u.at(start).lower; w == "i" || w == "we" || w == "you" || w == "there" || w == "it" {
		return graph.Span{}, false
	}
	for u.is(end-1, ",") {
		end--
	}
	return u.spanOf(start, end), end > start
}

// infinitive reads "… to claim that": the subject is that of the clause.
func (r *reader) infinitive(u *unit, i, to int, g grammar) (grammar, bool) {
	if !u.is(i+1, "that", ":", ",") && !u.at(i+1).isQuote() {
		return g, false
	}
	// What somebody is to say, wants to say or is not able to say was not said.
	for k := to - 1; k >= 0 && k > to-4; k-- {
		switch u.at(k).lower {
		case "want", "wants", "wanted", "like", "likes", "able", "unable", "refuse", "refused", "declined", "decline", "is", "are", "was", "were", "going", "try", "trying", "need", "needs", "wrong", "fair", "easy", "hard", "safe", "have", "has", "had", "not", "possible", "true", "important", "anyone", "nobody":
			if !(u.at(k).lower == "going" || u.is(k, "has", "have", "had") && u.at(k+1).word && k+1 < to) {
				return g, false
			}
		}
	}
	s, ok := r.mainSubject(u, to)
	if !ok {
		return g, false
	}
	g.source = s
	return g, true
}

// readables are what reads, rather than is read by somebody.
var readables = set(`statement letter sign message headline tweet email e-mail note report document post banner text notice caption placard it card inscription subject slogan description`)

// sayingForms go on with a report without "that": "…, saying it was late".
var sayingForms = set(`saying adding noting claiming arguing insisting warning stating explaining suggesting writing telling declaring predicting promising urging asking complaining joking admitting conceding alleging calling describing accusing`)

// participle reads "…, adding that" and "by claiming that".
func (r *reader) participle(u *unit, i, j int, g grammar) (grammar, bool) {
	if !(u.is(i+1, "that", ":") || u.at(i+1).isQuote() || u.is(i+1, ",") && u.at(i+2).isQuote() || u.is(j, ",") && sayingForms[u.at(i).lower]) {
		return g, false
	}
	if prev := r.lastIn(u); prev >= 0 && r.found[prev].source.Len() > 0 {
		g.source = r.found[prev].source
		return g, true
	}
	s, ok := r.mainSubject(u, i)
	if !ok {
		return g, false
	}
	g.source = s
	return g, true
}

// passive reads "is estimated by X that" and "described by X as". Without an
// agent nobody is named, and then only an impersonal "it" reports anything.
func (r *reader) passive(u *unit, i, j int, v verb, g grammar) (grammar, bool) {
	g.passive = true
	for k := i + 1; k < i+4 && k < len(u.items); k++ {
		if u.is(k, "by") {
			end, ok := u.npRight(k + 1)
			if !ok || strings.HasSuffix(u.at(k+1).lower, "ing") {
				return g, false
			}
			g.source, g.srcStart, g.srcEnd = u.spanOf(k+1, end), k+1, end
			if v.frame&names == 0 && v.frame&says == 0 && v.frame&tells == 0 {
				return g, false
			}
			return g, true
		}
		if !isAdverb(u.at(k).lower) && !prepositions[u.at(k).lower] {
			break
		}
	}
	if u.is(j, "it") && v.frame&(says|thinks) != 0 && (u.is(i+1, "that") || u.at(i+1).isQuote()) {
		return g, true
	}
	if v.frame&says != 0 && u.is(j, ",") {
		return g, false
	}
	return g, false
}

// relative reads "in a way that suggests that …": the subject is the clause's own.
func (r *reader) relative(u *unit, j int, g grammar) (grammar, bool) {
	if !u.is(j-1, "way", "manner", "terms", "answer", "answers", "reply", "letter", "statement", "report") {
		if u.is(j, "which") || u.is(j, "that") {
			start, ok := u.npLeft(j - 1)
			if u.is(j-1, ",") {
				start, ok = u.npLeft(j - 2)
			}
			if ok && u.at(start).word {
				g.source = u.spanOf(start, j)
				if u.is(j-1, ",") {
					g.source = u.spanOf(start, j-1)
				}
				return g, true
			}
		}
		return g, false
	}
	s, ok := r.mainSubject(u, j-1)
	g.source = s
	return g, ok
}

// subordinate reports where the subordinate clause that holds the subject begins, -1 when
// it is the main clause, and whether it speaks of nobody in particular: "when a doctor says".
func (r *reader) subordinate(u *unit, start int, subj string) (front int, generic bool) {
	for k := start - 1; k >= 0; k-- {
		w := u.at(k).lower
		if u.is(k, ",", ";", ":") || u.at(k).isQuote() {
			return -1, false
		}
		switch w {
		case "when", "if", "whenever", "unless", "whether":
			return k, subj == "a" || subj == "an" || subj == "someone" || subj == "anyone" || subj == "people" || w == "if" || w == "unless" || w == "whether"
		case "as", "while", "although", "though", "because", "since", "after", "before", "until", "where", "whereas":
			return k, false
		}
	}
	return -1, false
}

// clauseStart is where the clause that ends before item i begins: the unit, or
// after a semicolon, a dash, or an attribution already read.
func (r *reader) clauseStart(u *unit, i int) int {
	for k := i - 1; k > 0; k-- {
		if u.is(k, ";") {
			return k + 1
		}
	}
	k := 0
	for k < i && (u.is(k, ",") || conjunctions[u.at(k).lower] && !u.at(k+1).isQuote() || leadAdverbs[u.at(k).lower] && u.is(k+1, ",")) {
		k++
	}
	return k
}

// clauseLike reports whether items [i, j) can be a statement: a verb, and no
// subordinator or bare preposition that makes it an adjunct.
func (u *unit) clauseLike(i, j int) bool {
	if j-i < 3 {
		return false
	}
	first := u.at(i).lower
	verb := false
	for k := i; k < j; k++ {
		if w := u.at(k).lower; u.at(k).word && finiteVerb(w) || u.at(k).isQuote() && u.at(k).span.Len() > 40 {
			verb = true
		}
	}
	if !verb {
		return false
	}
	switch first {
	case "when", "while", "as", "because", "if", "although", "though", "since", "after", "before", "asked", "despite", "once":
		for k := i; k < j; k++ { // the main clause must follow inside
			if u.is(k, ",") && u.clauseLike(k+1, j) {
				return true
			}
		}
		return false
	}
	if strings.HasSuffix(first, "ing") && u.at(i).cap {
		for k := i; k < j; k++ {
			if auxiliaries[u.at(k).lower] {
				return true
			}
		}
		return false
	}
	if prepositions[first] {
		for k := i; k < j; k++ {
			if u.is(k, ",") && u.clauseLike(k+1, j) || auxiliaries[u.at(k).lower] {
				return true
			}
		}
		return false
	}
	return true
}

// fronted reads content that stands before its cue: “…,” X said. / It is so, X said.
func (r *reader) fronted(u *unit, a *attribution, v verb, lo, hi int, g grammar) bool {
	if v.frame&(says|tells|treats) == 0 || g.participle || g.infinitive {
		return false
	}
	l := lo - 1
	comma := u.is(l, ",", "–", "—", "-")
	if comma {
		l--
	}
	after := r.adjuncts(u, v, hi)
	// Direct: the quotation stands right before.
	if u.at(l).isQuote() && v.frame&(says|tells) != 0 {
		q := u.at(l).q
		if u.at(after).isQuote() && !comma && !g.inverted && after == hi { // X “a” said “b”: the first is part of the subject
			return false
		}
		if !comma && !g.inverted && !r.sentenceLike(q) && (u.is(after, "that") || u.clauseLike(after, len(u.items))) {
			return false
		}
		s := r.quotes[q].span
		if !r.sentenceStart(u, l, q) { // the clause around a partial quotation
			start := r.clauseStart(u, l)
			if s2 := u.clauseSpan(start, l+1); u.clauseLike(start, l+1) || l-start < 3 {
				s = s2
			}
		}
		a.content = []graph.Span{s}
		a.rule, a.confidence = "Q1", 950
		if u.is(after, ",", ":") && u.at(after+1).isQuote() || u.at(after).isQuote() && after > hi-1 && comma {
			k := after
			if !u.at(k).isQuote() {
				k++
			}
			a.content = append(a.content, u.clauseSpan(k, r.clauseEnd(u, k)))
			a.rule = "Q2"
		} else if s := u.at(after); s.isQuote() {
			a.content = append(a.content, s.span)
		}
		r.addHearer(u, a, v, hi)
		r.add(*a)
		return true
	}
	if !comma || v.frame&(says|tells) == 0 {
		return false
	}
	// Indirect: a statement, a comma, the cue, and then nothing that it could govern.
	from := r.clauseStart(u, l)
	if front := g.front; front >= 0 && front < lo { // "A, as X said" keeps its left; "When X said …" has none
		if !u.is(front, "as") || front == 0 {
			return false
		}
	}
	if !u.clauseLike(from, l+1) {
		return false
	}
	if u.is(after, "that", ":") || u.at(after).isQuote() || u.is(after, ",") && u.at(after+1).isQuote() {
		return false
	}
	stop := u.end(after) || u.is(after, ",", ";", "–", "—")
	if !stop {
		return false
	}
	if prev := r.lastIn(u); prev >= 0 && !g.inverted && r.found[prev].cue.Start < u.spanOf(from, l+1).End && r.found[prev].cue.Start >= u.spanOf(from, l+1).Start && v.frame&doubtful != 0 {
		return false
	}
	a.content = []graph.Span{u.clauseSpan(from, l+1)}
	a.rule, a.confidence = "I2", 850
	if u.is(after, ",") && !u.end(after+1) && !subordinates[u.at(after+1).lower] && !conjunctions[u.at(after+1).lower] && !strings.HasSuffix(u.at(after+1).lower, "ing") && !prepositions[u.at(after+1).lower] {
		a.content = append(a.content, u.clauseSpan(after+1, r.clauseEnd(u, after+1)))
		a.rule = "I3"
	}
	r.addHearer(u, a, v, hi)
	r.add(*a)
	return true
}

// sentenceStart reports whether the quotation at item l begins the sentence's own
// words: nothing but connectives before it.
func (r *reader) sentenceStart(u *unit, l, q int) bool {
	for k := 0; k < l; k++ {
		if u.at(k).word && !conjunctions[u.at(k).lower] && !leadAdverbs[u.at(k).lower] {
			return r.sentenceLike(q) && (u.is(l-1, ":", ".", "?", "!", ";") || firstRuneUpper(r.text, r.quotes[q].inner))
		}
	}
	return true
}

func firstRuneUpper(text string, s graph.Span) bool { return unicode.IsUpper(firstRune(s.Of(text))) }

// sentenceLike reports whether a quotation is a statement rather than a phrase.
func (r *reader) sentenceLike(q int) bool {
	in := r.quotes[q].inner.Of(r.text)
	n := len(strings.Fields(in))
	if n >= 4 && firstRuneUpper(r.text, r.quotes[q].inner) {
		return true
	}
	return n >= 2 && strings.ContainsAny(in[max(0, len(in)-3):], ".,!?") && firstRuneUpper(r.text, r.quotes[q].inner)
}

// adjuncts returns the first item after a hearer and the adjuncts of time, place and
// manner that stand between a cue and what follows: "told the BBC on Monday".
func (r *reader) adjuncts(u *unit, v verb, i int) int {
	k := i
	if v.frame&tells != 0 || v.frame&says != 0 && u.is(k, "to") && !u.is(k+1, "be") {
		if u.is(k, "to") {
			k++
		}
		if end, ok := r.hearer(u, k); ok {
			k = end
		} else {
			k = i
		}
	}
	for k < len(u.items) {
		w := u.at(k).lower
		switch {
		case isAdverb(w) && !u.at(k).cap && w != "that":
			k++
		case timeWords[w] || w == "last" || w == "this" && timeWords[u.at(k+1).lower] || w == "late" || w == "early":
			k++
		case isNumber(w):
			k++
		case (prepositions[w] && w != "by" && w != "up" && w != "about" && w != "like" || w == "following") && (u.at(k + 1).word):
			end, ok := u.npRight(k + 1)
			if !ok {
				return k
			}
			k = end
			for u.is(k, ",") && timeWords[u.at(k+1).lower] {
				k += 2
			}
		default:
			return k
		}
	}
	return k
}

// hearer returns the end of the words that name who was told.
func (r *reader) hearer(u *unit, i int) (end int, ok bool) {
	if objectPron[u.at(i).lower] {
		return i + 1, true
	}
	if u.is(i, "that") || u.at(i).isQuote() {
		return i, false
	}
	if u.at(i).cap || determiners[u.at(i).lower] {
		// A name that begins the reported clause is no hearer: "told Smith would resign" is not English.
		return u.npRight(i)
	}
	if u.nounish(i) && (strings.HasSuffix(u.at(i).lower, "s") || u.at(i).lower == "parliament" || u.at(i).lower == "congress") {
		k := i + 1
		for prepositions[u.at(k).lower] && nounPreps[u.at(k).lower] && (u.at(k+1).cap || determiners[u.at(k+1).lower]) && !timeWords[u.at(k+1).lower] {
			end, ok := u.npRight(k + 1)
			if !ok {
				break
			}
			k = end
		}
		return k, true
	}
	return i, false
}

func (r *reader) addHearer(u *unit, a *attribution, v verb, i int) {
	if v.frame&tells == 0 {
		return
	}
	if end, ok := r.hearer(u, i); ok {
		a.hearer = u.spanOf(i, end)
	}
}

// strongTreats are the verbs whose noun object alone is a report: what was denied or announced.
var strongTreats = set(`deny announce confirm reject dismiss condemn denounce criticise criticize praise welcome reveal disclose oppose defend endorse rebut refute dispute accuse slam blast propose recommend predict forecast allege demand`)

// governs reads content that follows its cue.
func (r *reader) governs(u *unit, a *attribution, v verb, i, hi int, g grammar) {
	k := hi
	if g.passive && g.srcStart >= 0 {
		k = g.srcEnd
	}
	if u.is(k, ",") && isAdverb(u.at(k+1).lower) && u.is(k+2, ",") {
		k += 3
	}
	if v.lemma == "point" || v.lemma == "set" || v.lemma == "spell" {
		if u.is(k, "out") {
			k++
		}
	}
	// Polarity from the noun: "expressed concerns about …".
	if v.frame&treats != 0 {
		if n, ok := r.concern(u, k); ok {
			a.cue = u.spanOf(g.cueStart, n)
			a.negative = true
			end := r.clauseEnd(u, n)
			if sub := ideaThat(u, n); sub > 0 {
				n = sub
			}
			a.content = []graph.Span{u.clauseSpan(n, end)}
			a.rule, a.confidence = "C1", 800
			r.add(*a)
			return
		}
	}
	after := r.adjuncts(u, v, k)
	marker := func(x int) bool {
		return u.is(x, "that", ":") || u.at(x).isQuote() || u.is(x, ",") && u.at(x+1).isQuote()
	}
	x := k
	if !marker(k) && after > k && (marker(after) || v.frame&tells != 0 || u.is(after, ",") && u.is(after+1, "that")) {
		x = after
		if u.is(x, ",") && u.is(x+1, "that") {
			x++
		}
		// The hearer must not be the clause's own subject.
		if v.frame&tells != 0 && !marker(x) {
			if end, ok := r.hearer(u, k); ok && !u.clauseLikeFrom(end) {
				x = after
			} else if ok {
				x = end
			}
		}
	}
	for y := x; y < x+4; y++ {
		if u.is(y, "that") {
			x = y
		}
		if !isAdverb(u.at(y).lower) || u.at(y).cap {
			break
		}
	}
	if u.is(k, "the") && (u.is(k+1, "fact") || u.is(k+1, "idea")) && u.is(k+2, "that") {
		x = k + 2
	}
	r.addHearer(u, a, v, k)
	end := r.contentEnd(u, x, i, g)
	clause := func(from int, rule string, c graph.Confidence) {
		a.content = []graph.Span{u.clauseSpan(from, end)}
		a.rule, a.confidence = rule, c
		if v.frame&thinks != 0 {
			a.confidence -= 150
		}
		if g.negated {
			a.confidence -= 200
		}
		if g.source.Len() == 0 {
			a.confidence -= 250
		}
		r.add(*a)
	}
	switch {
	case g.front >= 0 && u.is(g.front, "as") && u.is(after, ",") && v.frame&(says|tells) != 0 && !u.end(after+1):
		end = r.clauseEnd(u, after+1)
		clause(after+1, "A3", 800)
	case u.is(x, ":") || u.is(x, ",") && u.at(x+1).isQuote():
		if v.frame&(says|tells|orders|treats) == 0 {
			return
		}
		if u.is(x, ":") {
			a.cue.End = u.at(x).span.End
			if x > k || u.at(i).span.End != a.cue.End && x > i+1 { // the colon is away from the verb
				a.cue = graph.Span{Start: a.cue.Start, End: u.at(i).span.End}
			}
		}
		r.afterColon(u, a, x+1, i)
	case u.at(x).isQuote():
		q := u.at(x).q
		if v.frame&(says|tells|treats|names|orders) == 0 {
			return
		}
		if r.sentenceLike(q) && (u.end(x+1) || u.is(x+1, ",", ".", ";", "–", "—", "and", "but", "(")) {
			a.content = []graph.Span{u.at(x).span}
			a.rule, a.confidence = "Q3", 900
			r.add(*a)
			return
		}
		if v.frame&says == 0 && v.frame&tells == 0 && r.quotes[q].inner.Len() < 4 {
			return
		}
		clause(x, "M1", 800)
	case u.is(x, "that") && v.frame&(says|tells|treats|thinks|finds) != 0:
		if u.is(x+1, ",") && conjunctions[u.at(x+2).lower] {
			return
		}
		// "said that" governs; "find that man" does not.
		if v.frame&says == 0 && !u.clauseLike(x+1, end) {
			return
		}
		clause(x, "I1", 900)
	case u.is(x, "whether", "if", "how", "why", "what", "who", "when", "where") && v.frame&(says|tells) != 0 && v.frame&thinks == 0 && x == k && v.frame&doubtful == 0:
		clause(x, "I4", 600)
	case u.is(x, "to") && v.frame&orders != 0 && v.frame&thinks == 0 && (u.at(x+1).word && !determiners[u.at(x+1).lower] && !u.at(x+1).cap || u.at(x+1).isQuote()):
		clause(x, "I5", 700)
	case v.frame&names != 0 && r.asPhrase(u, k, end) > 0:
		clause(k, "D1", 700)
	case v.frame&orders != 0 && v.frame&thinks == 0 && x == k && r.objectTo(u, k) > 0:
		clause(r.objectTo(u, k), "I5", 700)
	case v.frame&(says|tells) != 0 && x == k && v.frame&treats == 0 && u.clauseLikeFrom(x) && (v.frame&doubtful == 0 || subjectStart[u.at(x).lower] || u.at(x).cap || determiners[u.at(x).lower]):
		clause(x, "I6", 800)
	case v.frame&(says|tells) != 0 && x > k && u.clauseLikeFrom(x):
		clause(x, "I6", 750)
	case v.frame&says != 0 && v.frame&treats != 0 && v.frame&doubtful == 0 && u.clauseLikeFrom(x) && (subjectStart[u.at(x).lower] || u.at(x).cap):
		clause(x, "I6", 700)
	case v.frame&(treats|names) != 0 && x == k && (u.nounish(k) || determiners[u.at(k).lower] || objectPron[u.at(k).lower]):
		quoted := false
		for y := k; y < end; y++ {
			quoted = quoted || u.at(y).isQuote() && len(strings.Fields(r.quotes[u.at(y).q].inner.Of(r.text))) >= 3
		}
		if quoted && v.frame&(finds|orders|thinks) == 0 {
			clause(k, "M2", 700)
		} else if strongTreats[v.lemma] && !g.passive && v.frame&doubtful == 0 && (determiners[u.at(k).lower] || u.at(k).cap || strings.HasSuffix(u.at(k).lower, "s")) {
			clause(k, "T1", 500)
		}
	}
}

// concern returns the item after "concerns about" and its like, beginning at or just after k.
func (r *reader) concern(u *unit, k int) (int, bool) {
	for n := 0; n < 4; n++ {
		w := u.at(k + n).lower
		if negativeNouns[w] {
			if u.is(k+n+1, "about", "over", "that", "at", "with", "regarding", "to") {
				if u.is(k+n+1, "that") {
					return k + n + 1, true
				}
				return k + n + 2, true
			}
			return 0, false
		}
		if !u.at(k+n).word || auxiliaries[w] {
			return 0, false
		}
	}
	return 0, false
}

// ideaThat skips "the idea" before "that", so that the content is the proposition.
func ideaThat(u *unit, n int) int {
	for k := n; k < n+3; k++ {
		if u.is(k, "idea", "notion", "suggestion", "claim", "belief", "assumption", "view", "fact") && u.is(k+1, "that") {
			return k + 1
		}
	}
	return 0
}

// asPhrase returns the item of "as" between k and end, 0 if there is none near.
func (r *reader) asPhrase(u *unit, k, end int) int {
	for x := k; x < end && x < k+12; x++ {
		if u.is(x, "as") && x > k-1 {
			return x
		}
	}
	return 0
}

// objectTo returns the item of "to" after an object: "urged employers to …"; 0 if there is none.
func (r *reader) objectTo(u *unit, k int) int {
	end, ok := u.npRight(k)
	if !ok || !u.is(end, "to") || !u.at(end+1).word && !u.at(end+1).isQuote() || determiners[u.at(end+1).lower] {
		return 0
	}
	return end
}

// clauseLikeFrom reports whether a clause begins at item i: a subject and a finite verb soon after.
func (u *unit) clauseLikeFrom(i int) bool {
	w := u.at(i).lower
	if !u.at(i).word && !u.at(i).isQuote() || conjunctions[w] {
		return false
	}
	if prepositions[w] { // an adjunct before the clause: "said in May, fares rose"
		for k := i + 1; k < i+8; k++ {
			if u.is(k, ",") {
				return u.clauseLikeFrom(k + 1)
			}
		}
		return false
	}
	if strings.HasSuffix(w, "'s") && subjectStart[strings.TrimSuffix(w, "'s")] || strings.HasSuffix(w, "'re") || strings.HasSuffix(w, "'ve") || strings.HasSuffix(w, "'ll") || strings.HasSuffix(w, "'m") || strings.HasSuffix(w, "'d") {
		return true
	}
	if subjectStart[w] {
		return finiteVerb(u.at(i+1).lower) || isAdverb(u.at(i+1).lower) || finiteVerb(u.at(i+2).lower) || u.at(i+1).word && w != "that" && w != "this" && w != "these" && w != "those" && !prepositions[u.at(i+1).lower]
	}
	for k := i + 1; k < len(u.items) && k < i+25; k++ {
		it := u.at(k)
		if u.is(k, ",") && k < i+3 || u.is(k, ";", ".") {
			break
		}
		if it.word && finiteVerb(it.lower) && !u.is(k-1, "the", "a", "an", "of", "to") {
			return true
		}
	}
	return false
}

// afterColon gives an attribution what follows a colon (or a comma before a quotation).
func (r *reader) afterColon(u *unit, a *attribution, x, cue int) {
	if u.at(x).isQuote() {
		q := u.at(x).q
		a.rule, a.confidence = "Q4", 950
		end := x + 1
		s := u.at(x).span
		if !r.sentenceLike(q) && !u.end(end) && !u.is(end, ",", "–", "—", "(") {
			s = u.clauseSpan(x, r.clauseEnd(u, x))
			a.rule = "M1"
		}
		a.content = []graph.Span{s}
		r.add(*a)
		return
	}
	if u.end(x) {
		r.nextParagraph(u, a)
		return
	}
	a.content = []graph.Span{u.clauseSpan(x, len(u.items))}
	a.rule, a.confidence = "I7", 650
	r.add(*a)
}

// nextParagraph gives an attribution that ends in a colon the paragraph below it.
func (r *reader) nextParagraph(u *unit, a *attribution) {
	if u.para+1 >= len(r.paras) || !strings.HasSuffix(strings.TrimSpace(u.span.Of(r.text)), ":") {
		return
	}
	next := r.paras[u.para+1]
	if next.Heading || next.Span.Len() > 4000 {
		return
	}
	a.content = []graph.Span{next.Span}
	a.rule, a.confidence = "B1", 700
	for _, q := range r.quotes {
		if q.para == u.para+1 && q.span.Start == next.Span.Start {
			a.content = []graph.Span{q.span}
			a.rule, a.confidence = "Q4", 950
			break
		}
	}
	r.add(*a)
}

// contentEnd is clauseEnd, shortened when the cue stands in a subordinate clause
// before the main one: "When X says A, B" reports A only.
func (r *reader) contentEnd(u *unit, from, cue int, g grammar) int {
	end := r.clauseEnd(u, from)
	if g.participle { // "Jones, noting that A, added: …"
		for k := from + 1; k < end; k++ {
			if _, ok := reportingVerbs[u.at(k+1).lower]; ok && (u.is(k, ",") || u.at(k).isQuote() && r.text[u.at(k).span.End-1] != '.') && (isParticiple(u.at(k+1).lower) || irregularPast[u.at(k+1).lower]) {
				if u.at(k).isQuote() {
					k++
				}
				return k
			}
		}
	}
	if g.aside {
		for k := from + 1; k < end; k++ {
			if u.is(k, ",") {
				return k
			}
		}
	}
	if g.front < 0 || g.front > cue || g.front > 0 && !u.is(g.front-1, ",", "and", "but") && g.front > 2 {
		return end
	}
	for k := from + 1; k < end; k++ {
		if u.is(k, ",") {
			return k
		}
	}
	return end
}

// clauseEnd returns the end of the reported clause that begins at from: the end of
// the unit, or where another report, an aside of the writer's or a contrast begins.
func (r *reader) clauseEnd(u *unit, from int) int {
	for k := from + 1; k < len(u.items); k++ {
		if u.is(k, ";") {
			return k
		}
		if u.is(k, "according") && u.is(k+1, "to") || u.is(k, "–", "—") && u.is(k+1, "and", "but") {
			return k
		}
		if u.at(k-1).isQuote() && u.is(k, "in", "during", "at", "on") && r.venue(u, k) {
			return k
		}
		if u.is(k, ",") {
			switch {
			case u.is(k+1, "but") && !u.is(k+2, "that") && !objectPron[u.at(k+2).lower]:
				return k
			case u.is(k+1, "according", "adding", "saying", "telling", "noting", "citing", "explaining", "warning", "claiming", "arguing", "insisting", "stating", "suggesting", "writing", "calling", "describing", "referring", "pointing", "accusing", "urging", "asking", "promising"):
				return k
			case u.is(k+1, "and", "while", "whereas", "but") && r.cueFollows(u, k+2):
				return k
			}
		}
		if u.is(k, "and", "but") && !u.is(k-1, ",") && r.sharedCue(u, k+1) {
			return k
		}
		if u.at(k).isQuote() && u.is(k-1, ".") {
			return k
		}
	}
	return len(u.items)
}

// venue reports whether the preposition at i begins where something was said: "in a
// conversation about …". After a quotation that belongs to the report, not to its words.
func (r *reader) venue(u *unit, i int) bool {
	for k := i + 1; k < i+5; k++ {
		switch u.at(k).lower {
		case "conversation", "interview", "statement", "speech", "article", "letter", "tweet", "post", "briefing", "conference", "blog", "memo", "email", "debate", "meeting", "hearing", "podcast", "programme":
			return determiners[u.at(i+1).lower]
		}
	}
	return false
}

// cueFollows reports whether a new report begins at item i: a subject and a reporting verb.
func (r *reader) cueFollows(u *unit, i int) bool {
	if r.sharedCue(u, i) {
		return true
	}
	if !(u.at(i).cap || determiners[u.at(i).lower] || pronouns[u.at(i).lower]) {
		return false
	}
	end, ok := u.npRight(i)
	if !ok {
		return false
	}
	for auxiliaries[u.at(end).lower] || isAdverb(u.at(end).lower) {
		end++
	}
	v, isCue := reportingVerbs[u.at(end).lower]
	return isCue && v.frame&(says|tells) != 0 && v.frame&thinks == 0
}

// sharedCue reports whether a finite reporting verb that shares its subject begins at item i.
func (r *reader) sharedCue(u *unit, i int) bool {
	for isAdverb(u.at(i).lower) {
		i++
	}
	v, ok := reportingVerbs[u.at(i).lower]
	if !ok || v.frame&(says|tells|treats) == 0 || v.frame&doubtful != 0 || v.frame&thinks != 0 {
		return false
	}
	w := u.at(i).lower
	return (isParticiple(w) || irregularPast[w]) && (u.is(i+1, "that", ":") || u.is(i+1, ",") && u.at(i+2).isQuote() || u.at(i+1).isQuote() || subjectStart[u.at(i+1).lower] || determiners[u.at(i+1).lower] || u.at(i+1).cap)
}
