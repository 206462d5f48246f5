package name

import (
	"slices"
	"strings"
)

// maxRun bounds the words of one capitalised run; a longer one is a heading or noise.
const maxRun = 16

// scan finds the names of one sentence.
func (f *finder) scan(toks []token) {
	for i := 0; i < len(toks); {
		if j := f.definitionAt(toks, i); j > i {
			i = j
			continue
		}
		if j := f.governmentAt(toks, i); j > i {
			i = j
			continue
		}
		if j := f.referenceAt(toks, i); j > i {
			i = j
			continue
		}
		if !toks[i].cap || toks[i].mark || i > 0 && toks[i-1].low == "@" {
			i++ // "@Barrie" is a nickname, whoever bears it
			continue
		}
		j := f.runEnd(toks, i)
		for k := i + 1; k < j && j-i <= maxRun; k++ {
			if f.defines(toks[k].Start) {
				j = k // "NHS Employment and Support Allowance (ESA)": what is defined begins later
			}
		}
		if j-i <= maxRun {
			f.split(toks, i, j)
		}
		i = j
	}
}

// definitionAt adds the long form that a definition gives at token i, and returns
// the token after it; i when there is none.
func (f *finder) definitionAt(toks []token, i int) int {
	k, ok := f.definition(toks[i].Start)
	if !ok {
		return i
	}
	d := f.defs[k]
	f.add(Name{Span: d.long, Type: d.typ, Acronym: d.short})
	end := max(d.long.End, d.short.End)
	for i < len(toks) && (toks[i].Start < end || toks[i].low == ")") {
		i++
	}
	return i
}

// definition returns the index of the definition whose long form begins at a place.
func (f *finder) definition(at int) (k int, ok bool) {
	return slices.BinarySearchFunc(f.defs, at, func(d definition, at int) int { return d.long.Start - at })
}

func (f *finder) defines(at int) bool {
	_, ok := f.definition(at)
	return ok
}

// runEnd returns the end of the capitalised run that begins at i: capitalised
// words side by side, and the small words between them that a name allows.
func (f *finder) runEnd(toks []token, i int) int {
	j := i + 1
	for j < len(toks) {
		prev := toks[j-1]
		next := toks[j]
		switch {
		case next.newline, next.low == "the" && next.cap, prev.possessive && !possessiveInside(toks, i, j):
			return j
		case next.low == "." && !next.cap && next.glued && j+1 < len(toks) && toks[j+1].cap && !toks[j+1].newline &&
			(isInitial(prev.word) || isHonorific(prev.low) || prev.low == "st"):
			j++ // "J. Smith", "Dr. Willox"
		case next.low == "&" && j+1 < len(toks) && toks[j+1].cap:
			j += 2
		case next.mark:
			if k := nicknameEnd(toks, j); k > j {
				j = k
				continue
			}
			if next.low == "," && inTopicList(toks, i, j) {
				j++
				continue
			}
			return j
		case next.cap && !isCalendar(next.low) && next.word != "I" && next.muted == prev.muted:
			j++
		case isDigits(next.word) && takesNumber(prev.low):
			j++
		case !next.cap && isParticle(next.low) && j+1 < len(toks) && toks[j+1].cap && !toks[j+1].newline && !orgHeads.has(prev.low):
			j++
		case !next.cap:
			k := f.bridge(toks, i, j)
			if k == j {
				return j
			}
			j = k
		default:
			return j
		}
	}
	return j
}

// nicknameEnd returns the index after a nickname in quotation marks at j between a given
// name and a surname, else j: the "Bones" of Otto "Bones" Lund.
func nicknameEnd(toks []token, j int) int {
	if !IsGiven(toks[j-1].word) || !strings.Contains("\"“‘'(", toks[j].low) || toks[j].glued {
		return j
	}
	k := j + 1
	for k < len(toks) && k < j+3 && toks[k].cap && !toks[k].mark {
		k++
	}
	if k == j+1 || k+1 >= len(toks) || !strings.Contains("\"”’')", toks[k].low) || !toks[k].glued || toks[k+1].glued || toks[k+1].newline || !isSurname(toks[k+1]) {
		return j
	}
	return k + 1
}

// bridge returns the index after the small words at j when they join what stands
// before to the capitalised word after them, else j.
//
// "of" and "for" follow a head ("Centre for", "Secretary of"); "and" stands
// between two topics ("Work and Pensions"), as "and the" does after "for".
func (f *finder) bridge(toks []token, i, j int) int {
	k := j + 1
	if k < len(toks) && toks[k].low == "the" && !toks[k].cap {
		k++
	}
	if k >= len(toks) || !toks[k].cap || toks[k].newline || toks[k].mark {
		return j
	}
	head, after := toks[j-1].low, toks[k].low
	inside := slices.ContainsFunc(toks[i:j], func(t token) bool { return t.low == "for" || t.low == "of" || t.low == "," })
	switch toks[j].low {
	case "of":
		if takesOf(head) || slices.ContainsFunc(toks[i:j], func(t token) bool { return orgHeads.has(t.low) }) && after == "state" {
			return k
		}
	case "for":
		if takesFor(head) {
			return k
		}
	case "on":
		if head == "committee" || head == "commission" || head == "council" || head == "panel" || head == "advisory" {
			return k
		}
	case "in":
		if head == "charity" || head == "women" || head == "campaign" {
			return k
		}
	case "to":
		if head == "access" || head == "help" || head == "right" || head == "ambassador" || head == "envoy" {
			return k
		}
	case "and":
		both := topics.has(head) && topics.has(after)
		remit := inside && k == j+1 && topics.has(after) && slices.ContainsFunc(toks[i:j], isRemitHead)
		if both && (k == j+1 || inside && !orgHeads.has(after)) || remit || k == j+1 && membersAfter(toks, i, j) {
			return k
		}
	}
	return j
}

// membersAfter reports whether the "and" at j joins two words that say whose body
// it is, with the noun for them behind: "Association of School and College Leaders".
func membersAfter(toks []token, i, j int) bool {
	if j-2 < i || toks[j-2].low != "of" && toks[j-2].low != "for" || j+2 >= len(toks) || !orgHeads.has(toks[i].low) && (j-3 < i || !orgHeads.has(toks[j-3].low)) {
		return false
	}
	before, after, noun := toks[j-1], toks[j+1], toks[j+2]
	common := func(t token) bool {
		return t.cap && !t.shout && !t.possessive && (ordinary.has(t.low) || topics.has(t.low) || orgHeads.has(t.low)) && !IsGiven(t.word)
	}
	return common(before) && common(after) && noun.cap && !noun.newline && !noun.mark && strings.HasSuffix(noun.low, "s") && !IsGiven(noun.word) && !strings.HasSuffix(before.low, "s")
}

// isRemitHead reports whether what follows "for" or "of" after the word is a remit.
func isRemitHead(t token) bool {
	return t.low == "department" || t.low == "ministry" || t.low == "state" || t.low == "minister"
}

// inTopicList reports whether the comma at j stands in a list of topics that ends
// with "and": "Department for Environment, Food and Rural Affairs".
func inTopicList(toks []token, i, j int) bool {
	if !topics.has(toks[j-1].low) || !slices.ContainsFunc(toks[i:j], func(t token) bool { return t.low == "of" || t.low == "for" }) {
		return false
	}
	for k := j + 1; k < len(toks) && k < j+10; k++ {
		switch t := toks[k]; {
		case t.newline:
			return false
		case t.low == "and":
			return k > j+1 && k+1 < len(toks) && toks[k+1].cap && topics.has(toks[k+1].low)
		case t.low == ",", t.cap && topics.has(t.low):
		default:
			return false
		}
	}
	return false
}

// possessiveInside reports whether the possessive before j belongs to the name:
// "Women's Aid", "Jobseeker's Allowance", "King's College". It does after a word that
// is no name itself, when a head follows.
func possessiveInside(toks []token, i, j int) bool {
	if !toks[j].cap || toks[j].mark {
		return false
	}
	owner := toks[j-1].low
	switch owner {
	case "king", "queen", "women", "children", "people", "citizens", "jobseeker", "jobseekers", "carer", "carers", "men", "girls", "boys",
		"teachers", "workers", "lord", "guy", "players", "farmers", "nurses", "doctors", "students", "veterans", "pensioners", "tenants", "prisoners":
		return j-1 == i || !toks[j-2].possessive
	}
	return toks[i].low == "st" || ordinary.has(owner) && j < len(toks) && (orgHeads.has(toks[j].low) || progHeads.has(toks[j].low))
}

func takesOf(head string) bool {
	if orgHeads.has(head) || officeNouns.has(head) || workHeads.has(head) {
		return true
	}
	switch head {
	case "isle", "republic", "kingdom", "states", "borough", "county", "bank", "royal", "ministers", "lords", "commons", "ministries", "governors", "faculty",
		"state", "east", "west", "north", "south", "cape", "gulf", "archbishop", "diocese", "city", "head", "mail", "master":
		return true
	}
	return false
}

func takesFor(head string) bool {
	if orgHeads.has(head) || head == "state" || head == "minister" || head == "secretary" || head == "minster" {
		return true
	}
	switch head {
	case "view", "campaigners", "citizens", "doctors", "students", "access", "commissioner", "spokesman", "spokeswoman", "spokesperson", "ombudsman":
		return true
	}
	return false
}

func takesNumber(head string) bool {
	return head == "channel" || head == "radio" || head == "no" || head == "number" || head == "act" || head == "bbc" || head == "article"
}

func isDigits(word string) bool {
	for i := range len(word) {
		if !isDigit(word[i]) {
			return false
		}
	}
	return word != "" && len(word) <= 4
}

func isHonorific(low string) bool {
	_, ok := honorifics[low]
	return ok
}

// isParticle reports whether a small word stands inside a person's name.
func isParticle(low string) bool {
	switch low {
	case "de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "del", "della", "dos", "bin", "ibn", "al", "el", "ten", "ter":
		return true
	}
	return false
}

func isCalendar(low string) bool {
	switch low {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june", "july", "august",
		"september", "october", "november", "december":
		return true
	}
	return false
}

// isPostnominal reports whether letters after a name belong to its bearer.
func isPostnominal(word string) bool {
	switch strings.TrimSuffix(word, ".") {
	case "MP", "MPs", "MSP", "MS", "MEP", "MLA", "QC", "KC", "CBE", "OBE", "MBE", "DBE", "KBE", "PhD", "MD", "FRS", "FRCP", "FRCPsych":
		return true
	}
	return false
}
