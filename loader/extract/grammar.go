package extract

import (
	"sort"
	"strings"

	"whence/graph"
)

// pattern reads one reporting verb by the words and marks around it. No content means that it found
// nothing; ok is false when the words show that nothing is reported.
func (r *reader) pattern(u *unit, i int, v verb) (a attribution, ok bool) {
	g, ok := r.subject(u, i, v)
	if !ok {
		return a, true
	}
	if g.negated && v.frame&thinks == 0 {
		return a, false // what somebody did not say is not theirs
	}
	if g.generic || weighs[v.lemma] && g.source.Len() > 0 && !canShow(tokenize(r.text, g.source, nil)) {
		return a, false
	}
	first, last := min(g.cueStart, i), i
	if particle := map[string]string{"point": "out", "put": "it"}[v.lemma]; particle != "" { // only "point out" and "put it" report
		if !u.is(i+1, particle) || particle == "it" && !u.is(i+2, ",", ":", ".", "–", "—") && !u.end(i+2) {
			return a, false
		}
		last++
	}
	lo, hi := first, last+1
	if g.srcStart >= 0 {
		lo, hi = min(lo, g.srcStart), max(hi, g.srcEnd)
	}
	a = attribution{source: g.source, cue: u.spanOf(first, last+1), para: u.para, unit: u.span, negative: v.frame&against != 0}
	if g.negated && v.frame&against == 0 && v.frame&thinks != 0 {
		a.negative = true
	}
	if !r.fronted(u, &a, v, lo, hi, g) && !g.inverted {
		r.governs(u, &a, v, i, hi, g)
	}
	return a, true
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
		if u.isNamed(j) {
			break // Theresa May said
		}
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
	if isParticiple(w) && (determiners[u.at(j).lower] && !u.is(j, "this", "that", "these", "those", "one", "each", "both", "many", "some", "several", "all", "most", "another", "other", "few", "more") || isQuantity[u.at(j).lower] && u.nounish(i+1)) {
		return g, false // "two written questions"
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
	if v.frame&tells != 0 && isParticiple(w) && g.cueStart == i && u.is(j, ",") && u.is(i+1, "i", "he", "she", "they", "we", "it", "that") {
		return r.spliced(u, j, g) // "…, told he could stay", "…, advised she leave"
	}
	// Inverted: “…,” said Smith.
	_, beside := u.appositionLeft(j)
	beside = beside || u.beforeAside(j) != j
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
	j = u.beforeAside(j)
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
	if u.is(start-1, "at", "of", "in", "from") && u.is(start-2, "nobody", "none", "nothing", "neither", "few") {
		return g, false
	}
	if subj == "nobody" || subj == "none" || subj == "neither" || subj == "no" {
		return g, false // what nobody says was not said
	}
	if subj == "i" || subj == "we" || subj == "you" || subj == "one" && start == j || subj == "there" {
		return g, false
	}
	if possessivePron[subj] && (subj == "my" || subj == "our" || subj == "your") || timeWords[u.at(end-1).lower] && !u.at(end-1).cap && start != end-1 || u.is(end-1, "years", "days", "weeks", "months") {
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
	if before := u.at(start - 1).lower; auxiliaries[before] && before != "'s" && (u.is(len(u.items)-1, "?") || start == 1 && (before == "had" || before == "were" || before == "should")) {
		return g, false // "Did Jones say that?" "Had Jones said that, …"
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
	if evidenceNouns[p] && reportingVerbs[w].frame&finds != 0 && strings.HasSuffix(w, "s") != strings.HasSuffix(p, "s") {
		return false // "research shows"
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

// isNamed reports whether a word that can be a modal verb is a name here: it has a
// capital that the sentence does not give it, or stands before a past form or another name.
func (u *unit) isNamed(i int) bool {
	if !u.at(i).cap || !u.is(i, "may", "will", "mark", "can") {
		return false
	}
	next := u.at(i + 1)
	return i > 0 && !u.at(i-1).isQuote() && u.at(i-1).lower != "." || next.cap || isParticiple(next.lower) || irregularPast[next.lower]
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
		case "want", "wants", "wanted", "like", "likes", "able", "unable", "refuse", "refused", "declined", "decline", "fail", "fails", "failed", "failing", "forgot", "never", "is", "are", "was", "were", "going", "try", "trying", "need", "needs", "wrong", "fair", "easy", "hard", "safe", "have", "has", "had", "not", "possible", "true", "important", "anyone", "nobody":
			if !(u.at(k).lower == "going" || u.is(k, "has", "have", "had") && u.at(k+1).word && k+1 < to) {
				return g, false
			}
		}
	}
	if u.toldToSay(to) {
		return g, false
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

// weighs are verbs whose subject need not be a speaker: what is no evidence and no
// name is then only an argument of the writer's.
var weighs = set(`suggest indicate signal show demonstrate prove imply hint highlight illustrate reflect establish refuse decline demand require invoke evoke raise`)

// canShow reports whether a noun phrase can be evidence or somebody: it has a name in
// it, is a pronoun, or has such a noun. The capital of its first word may be the sentence's.
func canShow(words []token) bool {
	for k, t := range words {
		if t.cap && (k > 0 || len(words) == 1 || words[1].cap) {
			return true
		}
		if evidenceNouns[t.lower] || roleNouns[t.lower] || speechNouns[t.lower] || pronouns[t.lower] || rulers[t.lower] {
			return true
		}
	}
	return false
}

// rulers are bodies of people that speak without a name.
var rulers = set(`government ministers officials scientists experts researchers economists doctors campaigners charities ministry council committee company court police union`)

// sayingForms go on with a report without "that": "…, saying it was late".
var sayingForms = set(`saying adding noting claiming arguing insisting warning stating explaining suggesting writing telling declaring predicting promising urging asking complaining joking admitting conceding alleging calling describing accusing`)

// participle reads "…, adding that" and "by claiming that".
func (r *reader) participle(u *unit, i, j int, g grammar) (grammar, bool) {
	if !(u.is(i+1, "that", ":") || u.at(i+1).isQuote() || u.is(i+1, ",") && u.at(i+2).isQuote() || u.is(j, ",") && sayingForms[u.at(i).lower]) {
		return g, false
	}
	if u.is(j, "of", "for", "from", "without", "against", "than", "before", "not", "stopped", "avoid", "avoided", "deny", "denied", "denies") {
		return g, false // "accused of saying"
	}
	if u.is(j, "as") { // "quoted Jones as saying"
		start, ok := u.npLeft(j - 1)
		if !ok {
			return g, false
		}
		g.source = u.spanOf(start, j)
		return g, true
	}
	if u.nounish(j) { // "caught Jones saying", "polls showing": no comma, so it is the noun's
		start, ok := u.npLeft(j)
		g.source = u.spanOf(start, j+1)
		return g, ok
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
			if u.is(j, "as") || i == 0 { // "Asked by Jones if A, B"
				g.front = max(j, 0)
			}
			if v.frame&names == 0 && v.frame&says == 0 && v.frame&tells == 0 {
				return g, false
			}
			return g, true
		}
		if !isAdverb(u.at(k).lower) && !prepositions[u.at(k).lower] {
			break
		}
	}
	if u.is(j, "it") && v.frame&(says|thinks) != 0 {
		for k := i + 1; k < i+7; k++ { // "it has been suggested in newspapers that"
			if u.is(k, "that") || u.at(k).isQuote() {
				return g, true
			}
			if u.is(k, ",") {
				break
			}
		}
	}
	if g.cueStart == i || v.frame&(says|tells) == 0 {
		return g, false
	}
	next := u.at(i + 1)
	return g, next.isQuote() && r.statement(next.q) || u.is(i+1, ":") && v.lemma != "write" || // "it was announced: …"
		v.frame&tells != 0 && v.frame&orders != 0 && u.is(i+1, "that", "he", "she", "they", "we", "it", "there") // "they were told that …"
}

// spliced reads a verb of telling that a comma joins to what stands before it at item j: the subject was told it when
// that is a passive, else told it.
func (r *reader) spliced(u *unit, j int, g grammar) (grammar, bool) {
	for k := j - 1; k > max(0, j-maxLead); k-- {
		if beForms[u.at(k-1).lower] && isParticiple(u.at(k).lower) {
			g.passive = true
			return g, true
		}
	}
	if prev := r.lastIn(u); prev >= 0 && r.found[prev].source.Len() > 0 {
		g.source = r.found[prev].source
		return g, true
	}
	s, ok := r.mainSubject(u, j)
	g.source = s
	return g, ok
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
