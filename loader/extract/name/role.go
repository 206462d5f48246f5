package name

import (
	"slices"
	"strings"

	"whence/graph"
)

// office reads a run in which a post is named, alone or before a person, and
// reports whether it did.
func (f *finder) office(toks []token, i, j int) bool {
	k := i
	for k < j && !f.isOfficeAt(toks, i, k, j) {
		k++
	}
	if k == j {
		return false
	}
	for k+1 < j && f.isOfficeAt(toks, i, k+1, j) {
		k++
	}
	start := k
	for start > i && partOfTitle(toks, start-1) {
		start--
	}
	for start < k && isConnective(toks[start].low) && !toks[start].cap {
		start++
	}
	if start == k && start == i+1 && isPortfolio(toks, i) {
		start = i
	}
	end := k + 1
	if end < j && (toks[end].low == "of" || toks[end].low == "for" || toks[end].low == "to") {
		end = complementEnd(f.text, toks, end, j)
	}
	body := f.text[toks[start].Start:toks[end-1].End]
	if _, listed := Listed(body); listed || orgHeads.has(toks[j-1].low) && !strings.Contains(body, " of ") {
		return false // "Prime Minister's Office", "Judge Institute"
	}
	role := graph.Span{Start: toks[start].Start, End: toks[end-1].End}
	if start > i {
		f.plainUnlessIdle(toks, i, start)
	}
	switch {
	case end < j && !toks[end].mark:
		f.titled(toks, role, end, j)
	default:
		if p, q, ok := f.afterBracket(toks, end); ok {
			f.titled(toks, graph.Span{Start: role.Start, End: toks[p-1].End}, p, q)
			f.consume(toks, p, q)
			return true
		}
		if end+1 < len(toks) && toks[end].low == "," && end == j {
			if q := f.personAfterComma(toks, end+1); q > 0 {
				return true // the person takes it as role: see roleBefore
			}
		}
		f.add(Name{Span: role, Office: true})
	}
	return true
}

// isPortfolio reports whether the capitalised word at i is what the minister after
// it is for, although no list has it: "Floods Minister". A name of its own is not: "Labour Minister", "Olga's Minister".
func isPortfolio(toks []token, i int) bool {
	t, post := toks[i], toks[i+1]
	if t.mark || !t.cap || t.shout || t.possessive || !post.cap || IsGiven(t.word) || isHonorific(t.low) || demonyms.has(t.low) || places.has(t.low) || isFunction(t.low) {
		return false
	}
	if _, listed := Listed(t.word); listed {
		return false
	}
	switch post.low {
	case "minister", "secretary", "spokesperson", "spokesman", "spokeswoman", "tsar", "commissioner":
		return true
	}
	return false
}

// consume marks tokens as read, so that scan does not read them again.
func (f *finder) consume(toks []token, i, j int) {
	for k := i; k < j; k++ {
		toks[k].cap, toks[k].muted = false, false
	}
}

func (f *finder) plainUnlessIdle(toks []token, i, j int) {
	for j > i && (toks[j-1].mark || !toks[j-1].cap) {
		j--
	}
	if i < j {
		f.plain(toks, i, j)
	}
}

// titled adds the person that follows a title.
func (f *finder) titled(toks []token, role graph.Span, i, j int) {
	before := len(f.names)
	for i < j && (isHonorific(toks[i].low) || toks[i].low == ".") {
		i++
	}
	for j > i && (isPostnominal(toks[j-1].word) || toks[j-1].mark) {
		j--
	}
	end := i
	for end < j && end-i < 4 && toks[end].cap || end < j && (toks[end].low == "." || isParticle(toks[end].low)) {
		end++
	}
	if end == i || !isSurname(toks[end-1]) && !IsGiven(toks[i].word) {
		f.add(Name{Span: role, Office: true})
		if i < j {
			f.plain(toks, i, j)
		}
		return
	}
	f.names = f.names[:before]
	n := Name{Span: graph.Span{Start: toks[i].Start, End: toks[end-1].End}, Type: graph.Person, Role: role, Gender: Gender(toks[i].word)}
	f.person(n, toks, i, end)
}

// isOfficeAt reports whether the word at k names a post there, not a person: the
// "Bishop" of "Jane Bishop" and the "Dean" of "Dean Smith" do not.
func (f *finder) isOfficeAt(toks []token, i, k, j int) bool {
	t := toks[k]
	if t.mark || !officeNouns.has(t.low) || t.possessive && k+1 < j && toks[k+1].cap {
		return false
	}
	if IsGiven(t.word) || k > i && k == j-1 && IsGiven(toks[k-1].word) && !topics.has(toks[k-1].low) {
		return false
	}
	if k == i && t.first && k+1 == j && !f.definite(toks, k) {
		return false
	}
	return true
}

// definite reports whether an article stands before the token.
func (f *finder) definite(toks []token, i int) bool {
	return i > 0 && isDeterminer(toks[i-1].low)
}

func isDeterminer(low string) bool {
	switch low {
	case "the", "a", "an", "this", "that", "his", "her", "their", "our", "its", "one", "another", "some":
		return true
	}
	return false
}

// partOfTitle reports whether the word at k belongs to the title of the post
// after it: a topic, a modifier, or "and" between two topics.
func partOfTitle(toks []token, k int) bool {
	t := toks[k]
	if t.possessive {
		return false
	}
	if t.low == "and" || t.low == "," || t.low == "&" {
		return k > 0 && k+1 < len(toks) && topics.has(toks[k-1].low) && topics.has(toks[k+1].low)
	}
	return topics.has(t.low) || officeMods.has(t.low) || officeNouns.has(t.low) || demonyms.has(t.low)
}

// complementEnd returns the end of what a post is for: "of State for Work and Pensions", "of England", "of the Institute for Fiscal
// Studies".
func complementEnd(text string, toks []token, i, j int) int {
	k := i
	for k < j {
		t := toks[k]
		if !t.cap && (isConnective(t.low) || t.low == ",") {
			k++
			continue
		}
		if _, n := listedAt(text, toks, k, j); n > 0 {
			k += n
			continue
		}
		if topics.has(t.low) || t.low == "state" || orgHeads.has(t.low) || officeMods.has(t.low) {
			k++
			continue
		}
		if k > i && toks[k-1].low == "for" && t.cap && !IsGiven(t.word) {
			k++
			continue
		}
		// Any word may be part of a body whose head comes later, or went before.
		more := k
		for more < j && toks[more].cap && !orgHeads.has(toks[more].low) {
			more++
		}
		if more < j && toks[more].cap && !IsGiven(t.word) {
			k = more + 1
			continue
		}
		break
	}
	for k > i && !toks[k-1].cap {
		k--
	}
	return k
}

// afterBracket returns the run of the person that follows a body in brackets
// after a post: "Minister of State (Department of Health) Maria Caulfield".
func (f *finder) afterBracket(toks []token, i int) (from, to int, ok bool) {
	if i >= len(toks) || toks[i].low != "(" {
		return 0, 0, false
	}
	k := i + 1
	for k < len(toks) && k < i+maxRun && toks[k].low != ")" {
		k++
	}
	if k+1 >= len(toks) || toks[k].low != ")" || !toks[k+1].cap || toks[k+1].newline {
		return 0, 0, false
	}
	to = f.runEnd(toks, k+1)
	if to-k > 6 || !isSurname(toks[to-1]) {
		return 0, 0, false
	}
	for b := i + 1; b < k; b++ {
		if toks[b].cap {
			f.plain(toks, b, k)
			break
		}
	}
	return k + 1, to, true
}

// personAfterComma reports, as the end of the run, whether a person stands at i
// between commas or before a verb of speech: "the Health Secretary, Wes Streeting, said".
func (f *finder) personAfterComma(toks []token, i int) int {
	if i >= len(toks) || !toks[i].cap || !IsGiven(toks[i].word) && !isSurname(toks[i]) || i+1 >= len(toks) || !toks[i+1].cap {
		return 0
	}
	q := f.runEnd(toks, i)
	if q-i < 2 || q-i > 4 || !isSurname(toks[q-1]) {
		return 0
	}
	if q == len(toks) || toks[q].low == "," || toks[q].low == "." || speaks(toks, q) {
		return q
	}
	return 0
}

// roleBefore returns the post that stands right before a person: "curator",
// "Labour's shadow health secretary", "the chief executive of Mind,". It reads back
// at most twelve words.
func (f *finder) roleBefore(toks []token, i int) graph.Span {
	end := i
	if end > 0 && toks[end-1].low == "," {
		end--
	}
	comma := end < i
	k := end - 1
	if k < 0 || toks[k].mark || toks[k].possessive {
		return graph.Span{}
	}
	if comma && (!officeNouns.has(toks[k].low) || !toks[k].cap || isPostnominal(toks[k].word)) {
		return graph.Span{}
	}
	if !isOffice(toks[k]) || toks[k].low != singularOffice(toks[k].low) {
		return graph.Span{}
	}
	start := k
	for start > 0 && end-start < 12 && partOfTitle(toks, start-1) && !toks[start].newline {
		start--
	}
	for start < k && (isConnective(toks[start].low) || toks[start].mark) {
		start++
	}
	return graph.Span{Start: toks[start].Start, End: toks[k].End}
}

// roleAfter returns the post that stands in apposition after a person: ", chief
// executive of Mind,". A verb, or a clause with "who", is no post.
func (f *finder) roleAfter(toks []token, i int) graph.Span {
	for i < len(toks) && (isPostnominal(toks[i].word)) {
		i++
	}
	if i+1 < len(toks) && toks[i].low == "," && isDigits(toks[i+1].word) {
		i += 2 // an age
	}
	if i+1 >= len(toks) || toks[i].low != "," {
		return graph.Span{}
	}
	start := i + 1
	if isDeterminer(toks[start].low) {
		start++
	}
	end, post := start, false
	for ; end < len(toks) && end < start+16; end++ {
		t := toks[end]
		if t.mark && t.low != "&" || t.newline || IsVerb(t.low) || t.low == "who" || t.low == "which" || t.low == "and" && end == start {
			break
		}
		if isOffice(t) && !(t.cap && end+1 < len(toks) && IsGiven(t.word)) {
			post = true
		}
		if !post && (t.low == "for" || t.low == "of" || t.low == "from" || t.low == "at") && end > start+1 {
			break
		}
	}
	if !post || end <= start {
		return graph.Span{}
	}
	// The next person of a list is not this one's role.
	if isHonorific(toks[start].low) && toks[start].cap && start+1 < end && isSurname(toks[start+1]) {
		return graph.Span{}
	}
	if IsGiven(toks[start].word) && toks[start].cap && !isOffice(toks[start]) {
		return graph.Span{}
	}
	return graph.Span{Start: toks[start].Start, End: toks[end-1].End}
}

// speaks reports whether a verb of speech stands at i.
func speaks(toks []token, i int) bool {
	if i < len(toks) && (toks[i].low == "has" || toks[i].low == "have" || toks[i].low == "had" || toks[i].low == "also") {
		i++
	}
	return i < len(toks) && !toks[i].mark && slices.Contains(speechVerbs, toks[i].low)
}

// IsVerb reports whether a word, in lower case, is an auxiliary or a form of a verb of speech.
func IsVerb(low string) bool {
	return slices.Contains(speechVerbs, low) || slices.Contains(auxiliaries, low)
}

var speechVerbs = strings.Fields("said says say saying told tells added adds claimed claims argued argues warned warns announced announces " +
	"insisted insists denied denies stated states wrote writes reported reports replied replies explained explains estimated estimates " +
	"praised urged urges called calls believes believed thinks thought suggested suggests accused admitted confirmed confirms tweeted " +
	"described describes noted notes responded commented revealed found finds asked asks promised pledged predicted testified recalled " +
	"concluded concedes conceded")

var auxiliaries = strings.Fields("is was are were has have had will would can could may might should does did do met went came became sat")

// roleGender returns the gender that the words of a role tell.
func roleGender(role string) string {
	for w := range strings.FieldsSeq(strings.ToLower(role)) {
		switch w {
		case "spokeswoman", "chairwoman", "actress", "congresswoman", "baroness", "duchess", "queen", "princess", "mother", "daughter", "wife", "sister", "businesswoman", "headmistress":
			return "female"
		case "spokesman", "chairman", "actor", "congressman", "duke", "king", "prince", "father", "son", "husband", "brother", "businessman", "headmaster":
			return "male"
		}
	}
	return ""
}
