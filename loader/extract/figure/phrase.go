package figure

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/date/word"
)

// A nounPhrase is what a number counts: words [first, end) up to and with the head.
type nounPhrase struct {
	first, end int
	of         bool // "of" stands before it
	counted    bool // its head is a plural
}

func (np nounPhrase) empty() bool { return np.first == np.end }

const maxNoun = 9 // words of a noun phrase

// noun reads the noun phrase at word j: modifiers, then a plural and plurals that
// follow it ("benefits claimants"), then such phrases joined by "and". It ends at
// any word of a closed class.
func (s *sentence) noun(j int) nounPhrase {
	np := nounPhrase{first: j}
	if s.at(j).Is("of") {
		np.of = true
		j++
	}
	for np.of && (determiners[s.at(j).Lower] || s.at(j).Is("more")) || !np.of && s.at(j).Is("the", "its", "their", "more", "other", "new", "such") && j < np.first+3 {
		if !np.of && s.at(j).Is("other", "new", "more") {
			break
		}
		j++
	}
	if s.at(j-1).Is("those", "these", "them", "all", "this", "that", "his", "her", "both") && np.of && (s.at(j).Kind == word.Mark || closed(s.at(j).Lower)) {
		np.first, np.end = j-1, j // "62 per cent of those were"
		return np
	}
	if s.at(j).Kind == word.Digits && s.at(j+1).Glued && measures[s.at(j+1).Lower] != "" && !np.of {
		j += 2 // "eight million 250ml bottles"
	}
	np.first, np.end = j, j
	for np.of && (s.at(j).Kind == word.Digits || j > np.first && s.at(j).Is(",", ".") && s.at(j).Glued && s.at(j+1).Glued) && j < np.first+5 {
		j++ // "half of the 1,400 homes"
	}
	if _, scale := word.Scale(s.at(j).Lower); scale && j > np.first {
		j++
	}
	if j > np.first && s.at(j-1).Kind != word.Letters || j > np.first+1 {
		np.first, np.end = j, j // the homes are counted, not the 1,400
	}
	for k := j; k < j+maxNoun; k++ {
		w := s.at(k)
		if w.Is("-", "‑") && w.Glued && s.at(k+1).Glued && k > j {
			continue
		}
		if np.counted {
			// Past the head: only another plural, or "and" with one more phrase.
			if w.Kind == word.Letters && word.Plural(w.Lower) && !closed(w.Lower) && !presents[w.Lower] && s.at(k-1).Kind == word.Letters && !personal[s.at(k-1).Lower] {
				np.end = k + 1
				continue
			}
			if w.Is("and", "&") {
				if end := s.conjunct(k + 1); end > 0 {
					np.end = end
				}
			}
			return np
		}
		if w.Kind == word.Digits && k > j && !w.Glued && (s.at(k+1).Upper && s.at(k+1).Kind == word.Letters || s.at(k-1).Upper && s.at(k+1).Is("s")) {
			if s.at(k + 1).Is("s") { // "63,150 Model 3s"
				np.end, np.counted = k+2, true
				return np
			}
			continue // "two new 737 Max jets"
		}
		if w.Kind == word.Mark || w.Kind == word.Digits || w.Kind == word.Link || s.covered(k) {
			break
		}
		if w.Kind == word.Clitic {
			continue
		}
		if w.Is("and", "&", "or") && k > j && (s.at(k+1).Upper || s.adjectival(k-1)) {
			continue // "Kia and Hyundai cars", "older and younger people"
		}
		hyphened := w.Glued && s.at(k-1).Is("-", "‑") && k > j // "gas-only options"
		if closed(w.Lower) && !w.Is("more", "other", "further", "additional", "least") && !hyphened || pasts[w.Lower] {
			break
		}
		if k == j && auxiliaries[w.Lower] {
			break
		}
		if crowds[w.Lower] || word.Plural(w.Lower) {
			np.end, np.counted = k+1, true
		} else if np.end == k || k == j || s.at(k-1).Is("-", "‑") || s.at(k-1).Kind == word.Clitic || s.at(k-1).Is("and", "or", "&") {
			np.end = k + 1
		}
	}
	if !np.counted {
		// No plural: a mass noun or a singular; the words up to it are kept.
		for np.end > np.first && s.at(np.end-1).Is("and", "or", "&", "-", "‑", "more", "other", "further") {
			np.end--
		}
	}
	return np
}

// conjunct returns where a second phrase after "and" ends, 0 unless it is short
// and ends in a plural.
func (s *sentence) conjunct(j int) int {
	for k := j; k < j+4; k++ {
		w := s.at(k)
		if w.Kind != word.Letters || closed(w.Lower) || word.IsCardinal(w.Lower) || s.covered(k) || pasts[w.Lower] {
			return 0
		}
		if word.Plural(w.Lower) {
			if next := s.at(k + 1); k == j && next.Kind == word.Letters && !closed(next.Lower) && word.Plural(next.Lower) {
				continue
			}
			return k + 1
		}
	}
	return 0
}

// adjectival reports whether a word looks like an adjective.
func (s *sentence) adjectival(i int) bool {
	w := s.at(i).Lower
	for _, suffix := range []string{"er", "al", "ed", "ing", "ic", "ive", "ous", "ful", "ary", "ent", "ant", "able", "ible", "ong"} {
		if strings.HasSuffix(w, suffix) {
			return true
		}
	}
	return plainAdjectives[w]
}

// plainAdjectives have no ending that shows them.
var plainAdjectives = set("young old new male female black white rich poor big small sick healthy")

// words returns the text of words [i, j), with runs of white space made one space.
func (s *sentence) words(i, j int) string {
	if i >= j || i < 0 || j > len(s.w) {
		return ""
	}
	return strings.Join(strings.Fields(s.text[s.w[i].Start:s.w[j-1].End]), " ")
}

// describe fills in what the amount counts, of whom, and what is said of it.
func (s *sentence) describe(f *Figure, a amount, first int) {
	if s.at(a.end).Is("(") {
		if end := s.bracketEnd(a.end); end > 0 {
			a.end = end + 1 // "16% (about 4,000) of households"
		}
	}
	np := s.noun(a.end)
	if a.joined {
		return
	}
	switch a.rule {
	case ruleAge:
		return
	case ruleDuration:
		if f.Measure = s.governor(first); f.Measure == "" {
			f.Measure = s.left(first)
		}
		return
	case ruleMoney, ruleMeasure:
		f.Measure = s.rate(&a)
		if f.Measure == "" {
			f.Measure = s.complement(a.end)
		}
		if f.Measure == "" {
			f.Measure = s.governor(first)
		}
		if f.Measure == "" {
			f.Measure = s.left(first)
		}
		return
	case ruleTimes:
		f.Measure = s.complement(a.end)
		return
	case rulePercent, ruleFraction, ruleRatio:
		if rate := s.rate(&a); rate != "" {
			if f.Measure = s.complement(a.end); f.Measure == "" {
				f.Measure = s.left(first)
			}
			f.Measure = strings.TrimSpace(rate + " " + f.Measure)
			return
		}
		if np.of && !np.empty() || a.rule != rulePercent && !np.empty() {
			s.share(f, np, first)
			return
		}
		if np.of { // "one in seven of us"
			np.end = np.first + 1
			s.share(f, np, first)
			return
		}
		if np.empty() && s.subject(first) && s.finite(a.end) {
			f.Measure = s.predicate(a.end)
			return
		}
		if s.at(first-1).Is("by", "to", "at", "from") { // "rose by 3 per cent"
			f.Measure = s.left(first)
		}
		if f.Measure == "" {
			f.Measure = s.complement(a.end)
		}
		if f.Measure == "" {
			f.Measure = s.left(first)
		}
		return
	}
	s.count(f, np, a, first)
}

// share describes a part of a whole: the whole is the population.
func (s *sentence) share(f *Figure, np nounPhrase, first int) {
	end, verb := s.extent(np)
	if !s.subject(first) {
		f.Measure, end = s.object(first, np.end, end)
		f.Population = s.words(np.first, s.trim(np.first, end))
		if f.Measure == "" && verb > 0 {
			f.Measure = s.predicate(verb)
		}
		return
	}
	if verb > 0 {
		f.Measure = s.predicate(verb)
	}
	f.Population = s.words(np.first, s.trim(np.first, end))
	if i := strings.LastIndex(f.Population, " ("); i > 0 && strings.ContainsAny(f.Population[i:], "0123456789") {
		f.Population = f.Population[:i] // the number in brackets is a figure of its own
	}
}

// count describes a number of things.
func (s *sentence) count(f *Figure, np nounPhrase, a amount, first int) {
	if !np.empty() && !np.counted && s.at(first-1).Is("a", "the", "this", "an") && !a.letters && a.value < 1000 {
		f.Unit = s.at(np.first).Lower // "a 12 page document"
		return
	}
	if np.empty() && s.at(a.end).Is("who") {
		f.Unit = "people"
	}
	if np.empty() || !np.counted {
		if f.Measure = s.rate(&a); f.Measure != "" {
			return
		}
		f.Measure = s.governor(first)
		if !np.empty() {
			f.Measure = s.complement(a.end)
		}
		if s.subject(first) && s.finite(a.end) {
			f.Measure = s.predicate(a.end)
		}
		return
	}
	for np.first < np.end-1 && np.of && determiners[s.at(np.first).Lower] || np.first < np.end-1 && s.at(np.first).Is("more", "other", "further", "additional", "extra") {
		np.first++
	}
	for k := np.first; k < np.end-1; k++ {
		if s.at(k).Kind == word.Clitic {
			np.first = k + 1 // "two of the board’s members"
		}
	}
	head := s.words(np.first, np.end)
	end, verb := s.extent(np)
	switch {
	case s.subject(first) && verb > 0:
		f.Measure = s.predicate(verb)
	default:
		f.Measure, end = s.object(first, np.end, end)
	}
	if next := s.at(np.end); end > np.end && !prepositions[next.Lower] && !next.Is("who", "that", "which", "whose") && !s.verbal(np.end) {
		end = np.end // "300 schemes the minister spoke of"
	}
	if personal[s.at(np.end-1).Lower] || personal[s.firstPlural(np)] {
		f.Unit = "people"
		if p := s.words(np.first, s.trim(np.first, end)); p != "people" {
			f.Population = p
		}
	} else {
		f.Unit = head
		if end > np.end {
			f.Population = strings.TrimSpace(s.words(np.end, s.trim(np.end, end)))
			if f.Population != "" && !s.at(np.end).Is("of") {
				f.Population = head + " " + f.Population
			} else if s.at(np.end).Is("of") {
				f.Population = s.words(np.end+1, s.trim(np.end+1, end))
			}
		}
	}
	f.Measure = strings.Join(append(strings.Fields(s.rate(&amount{end: np.end})), strings.Fields(f.Measure)...), " ")
}

// purposes are verbs that a "to" of purpose opens after a noun: "people to find work".
var purposes = set("find retain keep help manage build hold improve reduce join develop buy cover treat prevent provide deliver expand achieve ensure work obtain secure enjoy recover cope study train get go live return move stay become make take be have do give use pay start stop lead meet see support access receive apply attend leave claim")

// enabling are the stems of verbs whose object does what follows: "enabling 300
// people to find work" is about finding work.
var enabling = []string{"enabl", "help", "allow", "encourag", "support", "requir", "forc", "persuad", "assist", "get", "let"}

// object describes a figure at word first that is no subject, whose noun phrase
// ends at head and its modifiers at end: by the verb that governs it, or by what
// that verb lets the counted do. It returns where the population ends then.
func (s *sentence) object(first, head, end int) (measure string, population int) {
	measure = s.governor(first)
	for k := head; k < end; k++ {
		if !s.at(k).Is("to") || !purposes[s.at(k+1).Lower] || !(k == head || s.nounish(k-1) || s.at(k-1).Is(")")) || k > head && s.verbal(k-1) {
			continue
		}
		for _, stem := range enabling {
			if strings.HasPrefix(measure, stem) {
				return s.predicate(k + 1), k
			}
		}
		return measure, k
	}
	return measure, end
}

// firstPlural returns the first plural of a noun phrase in lower case.
func (s *sentence) firstPlural(np nounPhrase) string {
	for k := np.first; k < np.end; k++ {
		if w := s.at(k).Lower; word.Plural(w) {
			return w
		}
	}
	return ""
}

// rate reads "per patient", "a week", "an hour", "each" after an amount, and
// moves its end past it.
func (s *sentence) rate(a *amount) string {
	j := a.end
	k := j
	if s.at(k).Is("-", "/") && s.at(k).Glued {
		k++
	}
	w, next := s.at(k), s.at(k+1)
	switch {
	case w.Is("per"):
		if next.Kind == word.Digits || word.IsCardinal(next.Lower) {
			b := amount{scale: 1}
			n := s.number(&b, k+1)
			end := s.magnitude(&b, k+1+n, false)
			if np := s.noun(end); !np.empty() && np.counted {
				end = np.end
			}
			a.end = end
			return s.words(k, end)
		}
		end := k + 2
		for end < k+4 && s.at(end).Kind == word.Letters && !closed(s.at(end).Lower) && !s.verbal(end) {
			end++
		}
		a.end = end
		return s.words(k, end)
	case w.Is("a", "an", "each", "every", "/") && (durations[next.Lower] || next.Is("head", "person", "household", "family", "piece", "share", "barrel", "pupil", "patient")),
		w.Is("a", "an") && next.Is("-") && durations[s.at(k+2).Lower]:
		end := k + 2
		if next.Is("-") {
			end++
		}
		a.end = end
		return s.words(k, end)
	case s.at(j).Is("/") && durations[w.Lower]:
		a.end = k + 1
		return "per " + w.Lower
	case w.Is("each", "apiece", "annually", "weekly", "monthly", "yearly"):
		a.end = k + 1
		return w.Lower
	case w.Is("pa", "pw", "pcm", "pm") && !w.Upper:
		a.end = k + 1
		return w.Lower
	}
	return ""
}

const maxPhrase = 24 // words of a population or measure

// complement reads what directly follows the amount: "increase in admissions",
// "funding to expand access", "in savings".
func (s *sentence) complement(j int) string {
	w := s.at(j)
	if w.Kind != word.Letters || w.Glued || auxiliaries[w.Lower] || conjunctions[w.Lower] && !w.Is("as", "what") || s.covered(j) {
		return ""
	}
	if closed(w.Lower) && !w.Is("of", "in", "on", "for", "as", "what", "more", "less", "fewer", "the", "to", "towards") {
		return ""
	}
	if w.Is("of", "the") {
		j++
	}
	if w.Is("in", "on", "for") && (s.covered(j+1) || s.placed(j+1) || s.at(j+1).Is("the") && (s.covered(j+2) || s.placed(j+2))) {
		return ""
	}
	if w.Is("to") && (s.at(j+1).Kind != word.Letters || currencySigns[s.at(j+1).Lower] != "") {
		return ""
	}
	end := s.clauseEnd(j)
	return s.words(j, s.trim(j, end))
}

// clauseEnd returns where the clause at word j ends: at a mark, or at a word that
// opens another clause.
func (s *sentence) clauseEnd(j int) int {
	k := j
	for ; k < len(s.w) && k < j+maxPhrase; k++ {
		w := s.at(k)
		if w.Is("(") && k > j {
			if end := s.bracketEnd(k); end > 0 {
				k = end
				continue
			}
		}
		if w.Kind == word.Mark && !s.inner(k) && !w.Is("/", "&", "‘", "’", "'") {
			break
		}
		if k > j && w.Is("who", "which", "while", "whilst", "although", "though", "whereas", "because", "but", "according", "compared", "suggesting") {
			break
		}
		if k > j && w.Is("and") && (s.finite(k+1) && !presents[s.at(k+1).Lower] || s.at(k+1).Kind == word.Digits || currencySigns[s.at(k+1).Lower] != "" || pronouns[s.at(k+1).Lower]) {
			break
		}
	}
	return k
}

// inner reports whether the mark at k stands inside a word or a number.
func (s *sentence) inner(k int) bool {
	return s.at(k).Glued && s.at(k+1).Glued && s.at(k+1).Kind != word.Mark
}

// bracketEnd returns the word that closes the bracket at k, 0 if it holds more than
// a few words.
func (s *sentence) bracketEnd(k int) int {
	for end := k + 1; end < k+6; end++ {
		if s.at(end).Is(")") {
			return end
		}
	}
	return 0
}

// trim takes dates, places and what stands loose from the end of words [i, j).
func (s *sentence) trim(i, j int) int {
	for k := i + 1; k < j; k++ {
		if s.at(k).Is("according") && s.at(k-1).Is(",") {
			j = k - 1 // an aside
		}
	}
	for {
		end := j
		for end > i && s.covered(end-1) {
			end--
		}
		if p, ok := s.placeEnding(end); ok && p > i {
			end = p
		}
		for end > i && (prepositions[s.at(end-1).Lower] || s.at(end-1).Is("the", "and", "a", "an", "or", ",", "(", "-", "–") || end < j && s.at(end-1).Is("this", "that")) {
			end--
		}
		if end == j {
			return j
		}
		j = end
	}
}

// subject reports whether a figure that begins at word i opens its clause, so that
// the predicate after it is said of it.
func (s *sentence) subject(i int) bool {
	for k := i - 1; ; k-- {
		w := s.at(k)
		switch {
		case k < 0, s.covered(k):
			return true
		case w.Kind == word.Mark:
			return !w.Is("(", "-", "/")
		case saying[w.Lower] && k > 0 && !auxiliaries[s.at(k-1).Lower] && !s.at(k-1).Is("to"):
			return true // "said 300 people were"
		case conjunctions[w.Lower]:
			return !w.Is("and", "or", "than", "as") || k == 0 || s.at(k-1).Kind == word.Mark || !closed(s.at(k-1).Lower)
		case w.Is("the", "a", "an", "only", "just", "another", "further", "these", "those", "even", "all", "these", "its", "their"):
		default:
			return false
		}
	}
}

// finite reports whether the word at j begins a predicate.
func (s *sentence) finite(j int) bool {
	w := s.at(j)
	if w.Kind != word.Letters {
		return false
	}
	for adverbs[s.at(j).Lower] && s.at(j).Kind == word.Letters || strings.HasSuffix(s.at(j).Lower, "ly") {
		if j++; j > len(s.w) {
			return false
		}
	}
	w = s.at(j)
	return auxiliaries[w.Lower] && !w.Is("be", "been", "being", "having") || pasts[w.Lower] || presents[w.Lower] || past(w.Lower)
}

// past reports whether a word ends as a regular past tense does.
func past(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && w != "hundred"
}

// verbal reports whether the word at j is or looks like a verb of some form.
func (s *sentence) verbal(j int) bool {
	w := s.at(j).Lower
	return auxiliaries[w] || pasts[w] || presents[w] || past(w) || participles[w] || len(w) > 4 && strings.HasSuffix(w, "ing")
}

// extent follows what modifies the noun phrase ("known to be in contact with …",
// "who were allowed …", "with severe mental illness") up to the main verb. It
// returns where the modifiers end and where the verb stands, 0 if none was found.
func (s *sentence) extent(np nounPhrase) (end, verb int) {
	relative, reduced, depth := false, 0, 0
	j := np.end
	for ; j < len(s.w) && j < np.end+40; j++ {
		w := s.at(j)
		switch {
		case w.Is(",") && s.listed(j):
			continue
		case w.Is(",") && s.at(j+1).Is("according") && s.closing(j+1) > 0:
			j = s.closing(j + 1) // ", according to X," stands outside the clause
			continue
		case w.Is("by") && s.at(j+1).Upper && reduced == 0:
			return s.ended(np, j, reduced)
		case w.Is("("):
			depth++
			continue
		case w.Is(")") && depth > 0:
			depth--
			continue
		case w.Kind == word.Link, w.Kind == word.Mark && !s.inner(j) && !w.Is("‘", "’", "'", "“", "”", "&", "/"),
			w.Is("”", "\"") && s.at(j-1).Is(".", "?", "!"), w.Is(".") && s.at(j+1).Is("”", "\"", "’", "'"):
			return s.ended(np, j, reduced)
		case (w.Kind == word.Digits || currencySigns[w.Lower] != "") && !s.covered(j) && s.at(j-1).Is("to", "from", "than", "and") && s.at(j-2).Kind != word.Digits:
			return s.ended(np, j, reduced) // the next figure
		case w.Kind != word.Letters || s.covered(j):
			continue
		case w.Is("who", "that", "which", "whose"):
			if relative && j > np.end+1 {
				return s.ended(np, j, reduced)
			}
			relative = true
			continue
		case w.Is("because", "while", "whilst", "although", "but", "if", "when", "so", "according", "compared", "than"):
			return s.ended(np, j, reduced)
		case w.Is("and") && (pronouns[s.at(j+1).Lower] || s.at(j+1).Is("a", "an") || s.at(j+1).Kind == word.Digits || s.resumes(j+1)):
			return s.ended(np, j, reduced)
		case w.Is("to"):
			if s.at(j+1).Kind == word.Letters {
				j++ // the infinitive is not finite
			}
			continue
		}
		strong := auxiliaries[w.Lower] && !w.Is("be", "been", "being", "having") || pasts[w.Lower]
		weak := past(w.Lower) || presents[w.Lower] && (j == np.end || s.nounish(j-1) || s.at(j-1).Is("who", "that", "which")) || participles[w.Lower]
		if !strong && !weak {
			continue
		}
		if relative {
			relative = false
			for s.verbal(j+1) || s.at(j+1).Is("not") {
				j++
			}
			continue
		}
		direct := j == np.end || j == np.end+1 && strings.HasSuffix(s.at(np.end).Lower, "ly")
		switch {
		case strong, presents[w.Lower] && !past(w.Lower):
			return s.beforeAdverbs(np.end, j), s.beforeAdverbs(np.end, j)
		case direct && reduced == 0:
			reduced = j
			for s.verbal(j + 1) {
				j++
			}
		case past(w.Lower) && reduced > 0 && s.nounish(j-1):
			return j, j
		case past(w.Lower) && reduced == 0 && s.nounish(j-1):
			return j, j
		}
	}
	return s.ended(np, j, reduced)
}

// closing returns the comma that closes an aside which begins at word j, 0 if none
// is near.
func (s *sentence) closing(j int) int {
	for k := j; k < j+14; k++ {
		if s.at(k).Is(",") {
			return k
		}
	}
	return 0
}

// resumes reports whether the words after "and" go back to a clause that was begun
// before the figure: "and takes a holistic approach", "and leaving 15 people".
func (s *sentence) resumes(j int) bool {
	w, next := s.at(j).Lower, s.at(j+1).Lower
	if strings.HasSuffix(w, "ing") && len(w) > 4 && (determiners[next] || s.at(j+1).Kind == word.Digits) {
		return true
	}
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && (determiners[next] && !s.at(j+1).Is("other") || next == "to" && !personal[w])
}

// ended decides about a participle once no later verb was found: it is the verb
// itself ("15 people died in …") unless "by" or a preposition makes it a modifier.
func (s *sentence) ended(np nounPhrase, j, reduced int) (end, verb int) {
	if reduced == 0 {
		from := np.end
		for s.at(from).Is("who", "that", "which", "whose") {
			from++
		}
		return max(np.end, min(j, s.clauseEnd(from))), 0
	}
	if participles[s.at(reduced).Lower] {
		return j, 0
	}
	return s.beforeAdverbs(np.end, reduced), s.beforeAdverbs(np.end, reduced)
}

// beforeAdverbs steps back over adverbs that belong to the verb at j.
func (s *sentence) beforeAdverbs(low, j int) int {
	for j > low && (strings.HasSuffix(s.at(j-1).Lower, "ly") || adverbs[s.at(j-1).Lower]) && s.at(j-1).Kind == word.Letters {
		j--
	}
	return j
}

// nounish reports whether the word at j can end a noun phrase.
func (s *sentence) nounish(j int) bool {
	w := s.at(j)
	return w.Kind == word.Mixed || w.Kind == word.Letters && !closed(w.Lower)
}

// listed reports whether the comma at j stands inside a list that "and" or "or"
// closes soon: "health, learning disabilities and autism services".
func (s *sentence) listed(j int) bool {
	for k := j + 1; k < j+8; k++ {
		w := s.at(k)
		switch {
		case w.Is("and", "or"):
			return k > j+1 && !s.finite(k+1)
		case w.Is(","):
			continue
		case w.Kind != word.Letters || closed(w.Lower) || pasts[w.Lower]:
			return false
		}
	}
	return false
}

// predicate returns what is said from the verb at word j on, without the
// auxiliaries that only give its tense.
func (s *sentence) predicate(j int) string {
	end := s.clauseEnd(j)
	for first := j; first < end; first++ {
		w := s.at(first)
		if s.at(first+1).Is("not", "never") {
			break
		}
		if !plainAux[w.Lower] && !(adverbs[w.Lower] && first > j) && !w.Is("then", "now", "also", "currently", "still", "already") {
			break
		}
		j = first + 1
	}
	return s.words(j, s.trim(j, end))
}

// governor returns the verb that the figure at word i completes, with what stands
// between: "providing support", "find work", "hire".
func (s *sentence) governor(i int) string {
	for k := i - 1; k >= 0 && k >= i-9; k-- {
		w := s.at(k)
		if w.Kind == word.Mark && !s.inner(k) || w.Is("who", "which", "that", "because", "but") {
			return ""
		}
		before := s.at(k - 1)
		form := w.Kind == word.Letters && !w.Upper && !w.Is("compared") && !word.IsCardinal(w.Lower) && !plainAux[w.Lower] && (pasts[w.Lower] || participles[w.Lower] || past(w.Lower) || len(w.Lower) > 4 && strings.HasSuffix(w.Lower, "ing") ||
			before.Is("it", "he", "she", "they", "we", "i", "you") && !closed(w.Lower) || before.Is("to") && !closed(w.Lower) && !before.Upper || auxiliaries[before.Lower] && !closed(w.Lower) && !s.at(k).Upper || presents[w.Lower] && s.nounish(k-1) && word.Plural(before.Lower) && !third(before.Lower) || third(w.Lower) && s.nounish(k-1))
		if !form || (past(w.Lower) || strings.HasSuffix(w.Lower, "ing")) && determiners[before.Lower] {
			continue
		}
		end := i
		for end > k+1 && (prepositions[s.at(end-1).Lower] && !s.at(end-1).Is("up", "off", "out", "down") || determiners[s.at(end-1).Lower] || transparent[s.at(end-1).Lower]) {
			end--
		}
		return s.words(k, end)
	}
	return ""
}

// third reports whether a word is the third person of a verb: "gives".
func third(w string) bool {
	stem, ok := strings.CutSuffix(w, "s")
	return ok && presents[stem]
}

// left returns the clause before a figure that closes it: "Unemployment rose" of
// "Unemployment rose by 3%".
func (s *sentence) left(i int) string {
	k := i
	for k > 0 && k > i-12 {
		w := s.at(k - 1)
		if w.Kind == word.Mark && !s.inner(k-1) || w.Is("that", "which", "while", "but", "because") || w.Is("and") && k < i-2 || s.covered(k-1) && k < i-1 {
			break
		}
		k--
	}
	for k < i && (conjunctions[s.at(k).Lower] || prepositions[s.at(k).Lower]) {
		k++
	}
	end := i
	for end > k && (prepositions[s.at(end-1).Lower] || determiners[s.at(end-1).Lower] || plainAux[s.at(end-1).Lower] || transparent[s.at(end-1).Lower] || s.covered(end-1) || s.at(end-1).Kind == word.Digits) {
		end--
	}
	return s.words(k, end)
}

// spanOf returns the span of words [i, j).
func (s *sentence) spanOf(i, j int) graph.Span {
	return graph.Span{Start: s.w[i].Start, End: s.w[j-1].End}
}
