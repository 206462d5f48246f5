package cite

import (
	"regexp"
	"strings"

	"whence/graph"
)

// instruments end the title of legislation; those that are false need a year to be known as such.
var instruments = map[string]bool{
	"act": true, "acts": false, "bill": true, "regulations": false, "order": false, "rules": false, "directive": false, "measure": false,
}

// titleLinks are the words without a capital inside the title of a work or law.
var titleLinks = set(`of for and the in on to at with from by a an as or into & &amp;`)

// laws finds legislation: "the Equality Act 2010" (L1), "the Human Rights Act"
// without its year, "SI 2013/376" (L2). Not "the act of writing", "Bill Clinton", "Act 3".
func (r *reader) laws() {
	for i := range r.tokens {
		if r.is(i, "si", "s.i") && r.capital(i) {
			r.instrument(i)
			continue
		}
		alone, ok := instruments[r.low(i)]
		if !ok || !r.capital(i) || !r.free(i, i) {
			continue
		}
		first := r.titleBefore(i)
		if first == i {
			continue
		}
		last, date := i, graph.Date("")
		j := i + 1
		if r.is(j, "of", ",", "(") {
			j++
		}
		if y := r.year(j); y != "" && r.same(i, j) && r.tokens[j].Len() == 4 {
			date, last = graph.Date(y), j
			if r.is(i+1, "(") && r.is(j+1, ")") {
				last = j + 1
			}
		}
		caps := 0
		for k := first; k < i; k++ {
			if r.capital(k) {
				caps++
			}
		}
		if date == "" && (!alone || caps < 2 && !r.of(first-1, determiners) || r.capital(i+1) && !functionWords[r.low(i+1)] || r.number(i+1)) {
			continue
		}
		if date == "" && r.is(i, "bill") && caps < 2 {
			continue
		}
		title := r.words(first, i)
		confidence := graph.Confidence(850)
		if date != "" {
			title += " " + string(date)
			confidence = 970
		}
		r.add(mention{noun: strings.TrimSuffix(r.low(i), "s"), definite: true, Citation: Citation{
			Kind: graph.SourceLegislation, Title: title, Date: date, Rule: "L1", Confidence: confidence,
		}}, first, last)
	}
}

func (r *reader) number(i int) bool {
	return i >= 0 && i < len(r.tokens) && r.tokens[i].kind == numberToken
}

// titleBefore returns where the title begins that the word at i ends: words with
// a capital, what links them, commas of a list, and a bracket such as "(Scotland)".
func (r *reader) titleBefore(i int) int {
	first := i
	for j := i - 1; r.same(j, i) && i-j < 2*maxName; j-- {
		switch {
		case r.capital(j) && !functionWords[r.low(j)] && r.tokens[j].kind == wordToken:
			first = j
			continue
		case (r.of(j, connectors) || r.is(j, "at", "in", "to")) && r.capital(j-1) && r.capital(j+1) && !functionWords[r.low(j-1)]:
			continue
		case r.is(j, ",") && r.capital(j-1) && r.capital(j+1) && r.listed(j, i):
			continue
		case r.is(j, "(") && r.capital(j+1) && r.capital(j-1), r.is(j, ")") && r.capital(j-1) && j == i-1:
			continue
		}
		break
	}
	if r.is(first-1, "(") && first < i && r.is(first+1, ")") {
		first += 2
	}
	return min(first, i)
}

// listed reports whether an "and" follows the comma at j before the title ends: "Crime, Sentencing and Courts".
func (r *reader) listed(j, end int) bool {
	for k := j + 1; k < end && k-j <= 8; k++ {
		if r.is(k, "and", "&") {
			return r.capital(k + 1)
		}
		if !r.capital(k) && !r.is(k, ",") {
			return false
		}
	}
	return false
}

var serial = regexp.MustCompile(`^\d{4}/\d{1,4}$`)

// instrument reads the number of a statutory instrument after "SI".
func (r *reader) instrument(i int) {
	j := i + 1
	if r.is(j, ".") {
		j++
	}
	title, last, date := "", j, graph.Date("")
	switch {
	case serial.MatchString(r.low(j)):
		title, date = "SI "+r.low(j), graph.Date(r.low(j)[:4])
	case r.year(j) != "" && r.is(j+1, "no", "number"):
		k := j + 2
		if r.is(k, ".") {
			k++
		}
		if !r.number(k) {
			return
		}
		title, last, date = "SI "+r.low(j)+"/"+r.low(k), k, graph.Date(r.year(j))
	default:
		return
	}
	if strings.Contains(r.span(i, last).Of(r.in.Text), "\n") { // the dot of "No." may have ended a sentence
		return
	}
	if n := len(r.found); n > 0 && r.is(i-1, "(", ",") && r.found[n-1].Kind == graph.SourceLegislation && r.found[n-1].Spans[0].End+3 > r.tokens[i].Start {
		r.take(i, last) // it only numbers the instrument named just before
		return
	}
	r.add(mention{definite: true, Citation: Citation{
		Kind: graph.SourceLegislation, Title: title, Date: date, Rule: "L2", Confidence: 970,
	}}, i, last)
}
