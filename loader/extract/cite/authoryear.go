package cite

import (
	"sort"
	"strings"

	"whence/graph"
)

// maxBracket is how many tokens a bracket of references may have.
const maxBracket = 120

var particles = set(`van von de der den del della da di du la le el al ter ten bin ibn mac st`)

// authorYears finds scholarly references: in brackets, several parted by
// semicolons, "(Barnes, Mercer, and Shakespeare, 1999; Zola, 1982)" (A1); after
// the authors' names, "Smith et al. (2010)" (A2); and with a page but without
// brackets, "Parsons, 1964: 262" (A3). Not "(April 2024)", "(London, 2012)".
func (r *reader) authorYears() {
	for i := range r.tokens {
		switch {
		case r.is(i, "(", "["):
			if end, ok := r.bracket(i, maxBracket); ok && r.free(i, end) {
				if r.narrative(i, end) {
					continue
				}
				r.bracketed(i+1, end)
			}
		case r.year(i) != "" && r.is(i+1, ":") && r.number(i+2) && r.tokens[i].End == r.tokens[i+1].Start && r.free(i, i):
			first := r.authorsBefore(i)
			if last := i + 2; first < i && r.same(first, last) && r.free(first, last) {
				r.reference(first, i, last, "A3", 850)
			}
		}
	}
}

// bracketed reads the items of one bracket, whose inside is [first, end).
func (r *reader) bracketed(first, end int) {
	for i := first; i < end; i++ {
		stop := i
		for stop < end && !r.is(stop, ";") {
			stop++
		}
		r.item(i, stop)
		i = stop
	}
}

// item reads one reference from the tokens [i, stop).
func (r *reader) item(i, stop int) {
	for i < stop && (r.is(i, "see", "also", "cf", "e.g", "eg", "for", "example", "and", "in", ",", ".", "e", "g")) {
		i++
	}
	at := -1
	for j := i + 1; j < stop; j++ {
		if r.year(j) != "" {
			at = j
			break
		}
		if r.number(j) {
			return
		}
	}
	if at < 0 || !r.allAuthors(i, at) {
		return
	}
	confidence := graph.Confidence(750)
	if r.is(at-1, ",") {
		confidence = 850
	}
	// Further years are further works of the same authors; pages may follow.
	last := at
	var years []int
	for j := at; j < stop; j++ {
		switch {
		case r.year(j) != "" && (j == at || r.is(j-1, ",", "and")):
			years = append(years, j)
		case r.number(j), r.is(j, ",", ":", ".", "p", "pp", "-", "–", "and", "ch", "chapter", "vol", "para"):
		default:
			return
		}
		if !r.is(j, ",", ".", "and") {
			last = j
		}
	}
	for k, y := range years {
		if k == len(years)-1 {
			r.reference(i, y, last, "A1", confidence)
		} else {
			r.reference(i, y, y, "A1", confidence)
		}
	}
}

// narrative reads "Goffman (1963)", whose bracket holds a year and perhaps pages.
func (r *reader) narrative(open, end int) bool {
	if r.year(open+1) == "" || open == 0 {
		return false
	}
	for j := open + 2; j < end; j++ {
		if !r.number(j) && !r.is(j, ":", ",", ".", "p", "pp", "-", "–") {
			return false
		}
	}
	first := r.authorsBefore(open)
	if first == open || r.is(open+2, "-", "–") && r.year(open+3) != "" ||
		r.of(first-1, connectors) && r.capital(first-2) && r.low(first-1) != "and" {
		return true // a life, "(1635–1699)", or the end of a title, "Philosophy of Grammar (1924)"
	}
	confidence := graph.Confidence(650)
	for j := first; j < open; j++ {
		if r.is(j, "al", "and", "&") {
			confidence = 850
		}
	}
	if confidence < 850 && r.year(open+1) < "1800" {
		return true
	}
	r.reference(first, open+1, end, "A2", confidence)
	return true
}

// authorsBefore returns where the authors begin whose year stands at i, or i.
func (r *reader) authorsBefore(i int) int {
	j := i - 1
	if r.is(j, ",") {
		j--
	}
	end := j
	if r.is(j, ".") && r.is(j-1, "al") && r.is(j-2, "et") {
		j -= 3
	} else if r.is(j, "al") && r.is(j-1, "et") {
		j -= 2
	}
	first := i
	for at := j; r.same(j, at) && i-j < maxName; { // the dot of "al." may have ended a sentence
		n, ok := r.nameBefore(j)
		if !ok || n.first < 0 {
			break
		}
		first = n.first
		// A list goes on before "and" and commas, when surnames alone are listed.
		k := n.first - 1
		switch {
		case r.is(k, "and", "&") && (r.namePart(k-1) || r.is(k-1, ",")):
			if j = k - 1; r.is(j, ",") {
				j--
			}
		case r.is(k, ",") && r.namePart(k-1) && end != j:
			j = k - 1
		default:
			j = -1
		}
		if j < 0 {
			break
		}
	}
	if first == i || !r.allAuthors(first, i) {
		return i
	}
	if n, ok := r.nameBefore(end); ok && n.first == first && n.last > first {
		// Two words or more that are neither a person's name nor a body's are a title.
		if n.kind == "" && !givenNames[r.low(first)] && !particles[r.low(first)] {
			return i
		}
	}
	return first
}

// allAuthors reports whether the tokens [i, end) can be the authors of a work, and nothing else.
func (r *reader) allAuthors(i, end int) bool {
	if i >= end || !r.namePart(i) && !(particles[r.low(i)] && r.namePart(i+1)) {
		return false
	}
	caps, run := 0, 0
	for j := i; j < end; j++ {
		switch {
		case r.namePart(j):
			if months[r.low(j)] > 0 && r.capital(j) && end-i < 4 || places[r.low(j)] && end-i < 4 || weekdays[r.low(j)] {
				return false
			}
			caps++
			run++
		case r.is(j, ",", "and", "&", ";"):
			run = 0
		case r.is(j, "et", "al", ".", "'s", "'", "for", "of", "on", "the") || particles[r.low(j)]:
		default:
			return false
		}
		if run > 6 {
			return false
		}
	}
	t := r.namedAt(i)
	return t != graph.Place && t != graph.Programme && caps > 0 && caps <= 16
}

// namedAt returns the type of the given name that begins at token i, "" if none does.
func (r *reader) namedAt(i int) graph.AgentType {
	start := r.tokens[i].Start
	k := sort.Search(len(r.names), func(k int) bool { return r.names[k].Span.Start >= start })
	if k < len(r.names) && r.names[k].Span.Start == start {
		return r.names[k].Type
	}
	return ""
}

// reference records the work of the authors from token first, in the year at token y.
func (r *reader) reference(first, y, last int, rule string, confidence graph.Confidence) {
	end := y - 1
	for r.is(end, ",", "(", "[") || r.number(end) || r.is(end, "and") && end > first {
		end--
	}
	if end < first {
		return
	}
	c := Citation{Kind: graph.SourceAuthorYear, Date: graph.Date(r.year(y)), Rule: rule, Confidence: confidence}
	c.Authors = r.authors(first, end)
	c.AuthorSpan = r.span(first, end)
	if r.is(first-1, "(", "[") && r.closes(first-2) {
		c.Title = r.quotedTitleBefore(first - 2)
	}
	m := mention{Citation: c, first: first, definite: true}
	m.Spans = []graph.Span{r.span(first, last)}
	r.found = append(r.found, m)
	r.take(first, last)
}

// authors parts a list of authors. The name of a body is one author.
func (r *reader) authors(first, end int) []string {
	if n, ok := r.nameAt(first); ok && n.last >= end-1 && n.last <= end && n.kind == graph.Organisation {
		return []string{r.words(first, end)}
	}
	var out []string
	start := first
	for j := first; j <= end+1; j++ {
		if j <= end && !r.is(j, ",", "and", "&", "et") {
			continue
		}
		if j > start {
			if a := strings.TrimSuffix(r.words(start, j-1), "’s"); !strings.EqualFold(strings.Trim(a, "."), "al") {
				out = append(out, a)
			}
		}
		start = j + 1
	}
	return out
}

// quotedTitleBefore returns the words in the quotation marks that close at i, if they are capitalised as a title is.
func (r *reader) quotedTitleBefore(i int) string {
	for j := i - 1; r.same(j, i) && i-j <= 25; j-- {
		if r.opens(j) {
			if r.titled(j+1, i-1) {
				return r.words(j+1, i-1)
			}
			return ""
		}
		if r.closes(j) {
			return ""
		}
	}
	return ""
}

// titled reports whether the words [first, last] are capitalised as a title is:
// the first, and most of those that do not only link others.
func (r *reader) titled(first, last int) bool {
	if first > last || !r.capital(first) {
		return false
	}
	caps, all := 0, 0
	for j := first; j <= last; j++ {
		if r.tokens[j].kind != wordToken || titleLinks[r.low(j)] || functionWords[r.low(j)] {
			continue
		}
		all++
		if r.capital(j) {
			caps++
		}
	}
	return caps > 0 && caps*3 >= all*2
}
