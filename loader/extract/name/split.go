package name

import (
	"slices"
	"strings"

	"whence/graph"
)

// split cuts the capitalised run [i, j) into names and adds them.
func (f *finder) split(toks []token, i, j int) {
	for i < j && f.idle(toks, i, j) {
		i++
	}
	for j > i && (toks[j-1].mark || isConnective(toks[j-1].low) && !toks[j-1].cap || isPostnominal(toks[j-1].word) && j-i > 1) {
		j--
	}
	if i >= j {
		return
	}
	if f.governmentAt(toks, i) > i {
		return
	}
	if i > 0 && toks[i-1].word == "The" && !toks[i-1].first && !toks[i-1].muted && j == i+1 && f.isCommon(toks[i].low) && !officeNouns.has(toks[i].low) {
		// Inside a sentence only a name has a capital article: "as The Hill reported".
		f.add(Name{Span: graph.Span{Start: toks[i-1].Start, End: toks[i].End}})
		return
	}
	if isHonorific(toks[i].low) && f.honoured(toks, i, j) {
		return
	}
	if toks[i].muted {
		f.headline(toks, i, j)
		return
	}
	for k := i + 1; k+1 < j; k++ {
		if isTitle(toks[k].low) && toks[k+1].low == "." && f.honoured(toks, k, j) {
			f.split(toks, i, k) // "State Sen. Olga Brandt"
			return
		}
	}
	if f.office(toks, i, j) {
		return
	}
	f.plain(toks, i, j)
}

// isCommon reports whether a word is an ordinary one, or is written without a capital in this text.
func (f *finder) isCommon(low string) bool {
	return ordinary.has(low) || workHeads.has(low) || f.lower[low] > 0
}

// isTitle reports whether a word is an honorific that is nothing else.
func isTitle(low string) bool {
	switch low {
	case "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "sgt", "lt", "capt", "rev", "cllr":
		return true
	}
	return false
}

// idle reports whether the first word of a run owes its capital to its place,
// or is an article, and so is no part of the name.
func (f *finder) idle(toks []token, i, j int) bool {
	t := toks[i]
	if isCalendar(t.low) && i+1 < j {
		if _, n := listedAt(f.text, toks, i, j); n > 1 {
			return false // "Sunday Times"
		}
	}
	if t.mark || isCalendar(t.low) || t.word == "I" {
		return true
	}
	if t.low == "the" || t.low == "a" || t.low == "an" {
		if i+1 < j {
			s := graph.Span{Start: t.Start, End: toks[j-1].End}
			if _, ok := Listed(s.Of(f.text)); ok && t.low == "the" {
				return false
			}
			toks[i+1].first = toks[i+1].first && t.muted
		}
		return true
	}
	if !t.first {
		return false
	}
	if i+1 < j {
		// "When Kendall": the word after is no longer first, so its capital tells.
		if isHonorific(t.low) || IsGiven(t.word) && (!ordinary.has(t.low) || !isAuxiliary(t.low) && isSurname(toks[i+1])) {
			return false
		}
		if _, n := listedAt(f.text, toks, i, j); n > 1 {
			return false
		}
		if t.low == "then" {
			return true
		}
		head := orgHeads.has(t.low) || officeNouns.has(t.low) || topics.has(t.low) || officeMods.has(t.low)
		return !head && !isListedAcronym(t) && (ordinary.has(t.low) || isFunction(t.low) || f.lower[t.low] > 0 && f.inside[t.low] == 0)
	}
	return false
}

func isAuxiliary(low string) bool { return slices.Contains(auxiliaries, low) }

// isFunction reports whether a word can begin a sentence but never a name.
func isFunction(low string) bool { return ordinary.has(low) && len(low) <= 5 && !topics.has(low) }

// honoured adds the person after one or more titles: "Rt Hon Liz Kendall".
func (f *finder) honoured(toks []token, i, j int) bool {
	k := i
	gender := ""
	for k < j && (isHonorific(toks[k].low) || toks[k].low == ".") {
		if g := honorifics[toks[k].low]; g != "" {
			gender = g
		}
		k++
	}
	if k >= j {
		return false
	}
	first := toks[k]
	if officeNouns.has(first.low) && !IsGiven(first.word) || orgHeads.has(first.low) || progHeads.has(first.low) || topics.has(first.low) ||
		ordinary.has(first.low) || isConnective(first.low) || first.shout && len(first.word) > 3 {
		return false
	}
	end := k
	for end < j && end-k < 4 && !isConnective(toks[end].low) && !isPostnominal(toks[end].word) && !toks[end].mark || end < j && toks[end].low == "." {
		end++
	}
	n := Name{Span: graph.Span{Start: first.Start, End: toks[end-1].End}, Type: graph.Person, Gender: gender}
	n.Honorific = f.text[toks[i].Start:toks[k-1].End]
	if n.Gender == "" {
		n.Gender = Gender(first.word)
	}
	f.person(n, toks, i, end)
	if end < j {
		f.split(toks, end, j)
	}
	return true
}

// person adds a person with the role that stands before the token at or after
// the token end.
func (f *finder) person(n Name, toks []token, at, end int) {
	if n.Role.Len() == 0 {
		n.Role = f.roleBefore(toks, at)
	}
	if n.Role.Len() == 0 {
		n.Role = f.roleAfter(toks, end)
	}
	if n.Gender == "" && n.Role.Len() > 0 {
		n.Gender = roleGender(n.Role.Of(f.text))
	}
	f.add(n)
}

// headline adds what is certain where capitals tell nothing: a given name with one
// word after it, a body by its pattern, a listed name.
func (f *finder) headline(toks []token, i, j int) {
	for k := i; k < j; {
		if t, n := listedAt(f.text, toks, k, j); n > 0 && (n > 1 || !ordinary.has(toks[k].low) || isListedAcronym(toks[k])) && !toks[k].mark {
			f.add(Name{Span: graph.Span{Start: toks[k].Start, End: toks[k+n-1].End}, Type: t})
			k += n
			continue
		}
		k++
	}
	whole := toks[i:j]
	if i+2 < j && orgHeads.has(toks[i].low) && slices.ContainsFunc(whole, func(t token) bool { return t.low == "of" || t.low == "for" }) {
		f.add(Name{Span: graph.Span{Start: toks[i].Start, End: toks[j-1].End}, Type: typeOfRun(whole)})
	}
	for k := i; k+1 < j; k++ {
		if IsGiven(toks[k].word) && isSurname(toks[k+1]) && !ordinary.has(toks[k].low) {
			f.add(Name{Span: graph.Span{Start: toks[k].Start, End: toks[k+1].End}, Type: graph.Person, Gender: Gender(toks[k].word)})
		}
	}
}

// isSurname reports whether a capitalised word is no ordinary one nor a head.
func isSurname(t token) bool {
	return t.cap && !t.mark && !ordinary.has(t.low) && !topics.has(t.low) && !orgHeads.has(t.low) && !progHeads.has(t.low) && !officeNouns.has(t.low)
}

// listedAt returns the longest listed name that begins at i and its number of
// tokens; 0 when there is none.
func listedAt(text string, toks []token, i, j int) (t graph.AgentType, n int) {
	for n = min(longestKnown, j-i); n > 0; n-- {
		if toks[i+n-1].mark || n > 1 && slices.ContainsFunc(toks[i:i+n-1], func(t token) bool { return t.possessive }) && toks[i].low != "jobseeker" {
			continue
		}
		words := text[toks[i].Start:toks[i+n-1].End]
		if n == 1 && !toks[i].shout && len(words) <= 4 && known[toks[i].low] != "" && isUpperListed(words) {
			continue
		}
		if t, ok := Listed(words); ok && t != "" {
			return t, n
		}
	}
	return "", 0
}

// isUpperListed reports whether a short word is listed only as an acronym: "Who" is not WHO.
func isUpperListed(word string) bool {
	switch word {
	case "Who", "Un", "Us", "Eu", "Pcs", "Ap", "Ft", "Neu", "Cia":
		return true
	}
	return false
}

// plain adds the names of a run that holds no office.
func (f *finder) plain(toks []token, i, j int) {
	run := toks[i:j]
	span := graph.Span{Start: run[0].Start, End: run[len(run)-1].End}
	// A listed name with nothing of its own after it, or before another name.
	if t, n := listedAt(f.text, toks, i, j); n > 0 && !(n == 1 && run[0].first && ordinary.has(run[0].low) && !isListedAcronym(run[0])) {
		rest := toks[i+n : j]
		if len(rest) == 0 {
			f.add(Name{Span: span, Type: t, Gender: ""})
			return
		}
		named := t == graph.Place && len(rest) > 1 && IsGiven(rest[0].word) && isSurname(rest[len(rest)-1]) && !IsGiven(run[0].word)
		if n > 1 && !joins(rest) || named { // "Leeds Olga Brandt" is two names
			f.add(Name{Span: graph.Span{Start: run[0].Start, End: toks[i+n-1].End}, Type: t})
			f.split(toks, i+n, j)
			return
		}
	}
	for k := i + 1; k+1 < j && f.isPlain(toks[k-1]); k++ {
		// "Democrat Olga Brandt", "Rival Olga Brandt"
		if IsGiven(toks[k].word) && !ordinary.has(toks[k].low) && isSurname(toks[j-1]) && j-k <= 3 && f.lower[toks[j-1].low] == 0 {
			f.split(toks, k, j)
			return
		}
	}
	typ := typeOfRun(run)
	if len(run) == 1 {
		f.single(toks, i, typ)
		return
	}
	if typ == kindOfThing {
		if !IsGiven(run[0].word) || len(run) > 3 || !f.isSomebody(toks, i, j) {
			return
		}
		typ = graph.Person
	}
	if typ == graph.Person {
		n := Name{Span: span, Type: typ, Gender: Gender(run[0].word)}
		for k, ws := 0, 0; k < len(run); k++ {
			if !run[k].mark {
				ws++
			}
			if ws == 4 {
				n.Span.End, j = run[k].End, i+k+1
				break
			}
		}
		f.person(n, toks, i, j)
		return
	}
	if typ == "" && slices.ContainsFunc(run[:len(run)-1], func(t token) bool { return t.possessive }) {
		typ = graph.Organisation // "Women's Aid"
	}
	if typ == "" {
		if allOrdinary(run) {
			return
		}
		// An unlisted pair of words that are nothing else is a person where a role,
		// an age or a verb of speech stands beside it.
		if len(run) <= 3 && !places.has(run[0].low) && !slices.ContainsFunc(run, func(t token) bool { return !isSurname(t) && !isParticle(t.low) || t.shout }) {
			role := f.roleBefore(toks, i)
			if role.Len() == 0 {
				role = f.roleAfter(toks, j)
			}
			if role.Len() > 0 || speaks(toks, j) || j+1 < len(toks) && toks[j].low == "," && toks[j+1].low == "who" {
				f.add(Name{Span: span, Type: graph.Person, Role: role, Gender: roleGender(role.Of(f.text))})
				return
			}
		}
	}
	f.add(Name{Span: span, Type: typ})
}

// isSomebody reports whether the run [i, j), which may name a place, stands where only a
// person does: "Marc Hill" is no hill beside a role or a verb of speech, before what he is
// or who he is ("Marc Hill, a baker,"), or where somebody was told or met.
func (f *finder) isSomebody(toks []token, i, j int) bool {
	if f.roleBefore(toks, i).Len() > 0 || f.roleAfter(toks, j).Len() > 0 || speaks(toks, j) {
		return true
	}
	if j+1 < len(toks) && toks[j].low == "," && toks[j+1].low == "who" {
		return true
	}
	if i == 0 {
		return false
	}
	switch toks[i-1].low {
	case "told", "asked", "met", "married", "thanked", "phoned":
		return true
	}
	return false
}

// joins reports whether words after a listed name make a longer name of it:
// "BBC Radio Leeds", "Leeds University", "Labour Party".
func joins(rest []token) bool {
	last := rest[len(rest)-1].low
	return orgHeads.has(last) || progHeads.has(last) || pressHeads.has(last) || workHeads.has(last) || !rest[0].cap
}

func allOrdinary(run []token) bool {
	return !slices.ContainsFunc(run, func(t token) bool {
		return !t.mark && t.cap && !ordinary.has(t.low) && !topics.has(t.low) && !officeMods.has(t.low)
	})
}

// single adds a name of one word, if the text bears it out.
func (f *finder) single(toks []token, i int, typ graph.AgentType) {
	t := toks[i]
	if d, ok := f.short[t.word]; ok {
		if d != kindOfThing {
			f.add(Name{Span: t.Span, Type: d})
		}
		return
	}
	given := IsGiven(t.word)
	if i+3 < len(toks) && toks[i+1].low == "," && isDigits(toks[i+2].word) && len(toks[i+2].word) <= 3 && toks[i+3].mark && isSurname(t) && !t.shout && !t.possessive && !places.has(t.low) && !isCalendar(t.low) {
		f.person(Name{Span: t.Span, Type: graph.Person, Gender: Gender(t.word)}, toks, i, i+1) // "Quill, 46, said"
		return
	}
	switch {
	case i > 0 && !t.first && nominals[toks[i-1].low] != "" && !toks[i-1].cap && !toks[i-1].possessive:
		// "the charity Mind": an ordinary word, but a body's name after its kind.
		f.add(Name{Span: t.Span, Type: graph.AgentType(nominals[toks[i-1].low])})
		return
	case ordinary.has(t.low) && !isListedAcronym(t):
		if !t.mark && !t.muted && !t.shout && (!t.first && (i == 0 || !isDeterminer(toks[i-1].low)) || i+1 < len(toks) && IsVerb(toks[i+1].low)) {
			f.passed = append(f.passed, t)
		}
		return
	case t.mark || len(t.word) < 2 || t.muted:
		return
	case isContraction(t.low):
		return
	case isInitial(t.word):
		// "the F.B.I." is a body, "Ada F." is not.
		if short := strings.ReplaceAll(t.word, ".", ""); len(short) > 1 && i > 0 && isDeterminer(toks[i-1].low) {
			listed, _ := Listed(short)
			f.add(Name{Span: t.Span, Type: listed})
		}
		return
	case given && typ == graph.Person && (f.lower[t.low] == 0 || f.inside[t.low] > f.lower[t.low]):
		if t.first && f.inside[t.low] == 0 && (ordinary.has(t.low) || topics.has(t.low)) {
			return
		}
		f.person(Name{Span: t.Span, Type: graph.Person, Gender: Gender(t.word)}, toks, i, i+1)
		return
	case topics.has(t.low) || officeMods.has(t.low) || progHeads.has(t.low) || orgHeads.has(t.low) || workHeads.has(t.low) || typ == kindOfThing:
		return
	case t.shout:
		if f.lower[t.low] > 0 {
			return
		}
	case f.lower[t.low] > f.inside[t.low]:
		return
	case t.first && f.inside[t.low] == 0 && isCallings(t.low):
		return
	case t.first && f.inside[t.low] == 0 && !speaks(toks, i+1) && !t.possessive && !inList(toks, i):
		return
	}
	if i+2 < len(toks) && toks[i+1].low == "," && toks[i+2].low == "who" && !t.shout && !t.possessive && (i == 0 || !isDeterminer(toks[i-1].low)) {
		typ = graph.Person // "said Amal, who lives in a hotel"
	}
	f.add(Name{Span: t.Span, Type: typ})
}

// isContraction reports whether a word is a pronoun and a verb in one: "you've".
func isContraction(low string) bool {
	before, _, ok := strings.Cut(low, "'")
	return ok && (isGrammar(before) || before == "i" || before == "there" || before == "here" || before == "let")
}

// isCallings reports whether a word looks like a plural of people, as "supporters"
// and "analysts" do: first in a sentence it is no name, though it speaks.
func isCallings(low string) bool {
	for _, ending := range []string{"ers", "ors", "ists", "ysts", "ians", "ants", "ents", "ees", "men", "ics", "als", "ates", "ities"} {
		if strings.HasSuffix(low, ending) {
			return true
		}
	}
	return false
}

// inList reports whether a list of capitalised words begins at i: "Barnes, Mercer, and".
func inList(toks []token, i int) bool {
	return i+3 < len(toks) && toks[i+1].low == "," && toks[i+2].cap && !ordinary.has(toks[i+2].low) &&
		(toks[i+3].low == "," || toks[i+3].low == "and") && !strings.HasSuffix(toks[i].low, "ly")
}

// typeOfRun guesses from the words of a capitalised run what it names.
// kindOfThing says that it names nobody and nothing of a type we keep.
func typeOfRun(run []token) graph.AgentType {
	first, last := run[0], run[len(run)-1]
	head := last // the noun before "of" or "for", else the last word
	for k, t := range run {
		if k > 0 && (t.low == "of" || t.low == "for" || t.low == "on") && !t.cap {
			head = run[k-1]
			break
		}
	}
	person := (IsGiven(first.word) && (!first.shout || last.shout && len(run) > 1) && !orgHeads.has(first.low) || isInitial(first.word) && len(run) > 1) && len(run) <= 5
	switch {
	case len(run) == 1:
		if IsGiven(first.word) && !first.shout {
			return graph.Person
		}
		return ""
	case last.word == "UK" && !isFunction(first.low):
		return graph.Organisation // "Water UK"
	case stateHeads.has(head.low):
		return graph.Government
	case person && !orgHeads.has(head.low) && !progHeads.has(head.low) && !workHeads.has(head.low):
		return graph.Person
	case orgHeads.has(head.low), strongHead(run):
		return graph.Organisation
	case pressHeads.has(last.low):
		return graph.Publication
	case progHeads.has(last.low), progHeads.has(head.low):
		return graph.Programme
	case workHeads.has(last.low), workHeads.has(head.low):
		return kindOfThing
	}
	return ""
}

// strongHead reports whether a word that only names of bodies hold stands anywhere: "NHS Foundation Trust", "Leeds Council Tax Office".
func strongHead(run []token) bool {
	for _, t := range run {
		switch t.low {
		case "nhs", "university", "ltd", "plc", "council", "charity", "federation", "foundation":
			return true
		}
	}
	return false
}
