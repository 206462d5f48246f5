package cite

import (
	"sort"
	"strings"
	"unicode"

	"whence/graph"
)

// maxName is how many tokens a name may have.
const maxName = 14

// A named is a name in the text: the tokens [first, last], without an article.
type named struct {
	first, last int
	kind        graph.AgentType // "" if the words do not tell
}

// namePart reports whether the token can be a part of a name by itself.
func (r *reader) namePart(i int) bool {
	return r.capital(i) && !(functionWords[r.low(i)] && !acronym(r.text(i)))
}

func (r *reader) text(i int) string { return r.tokens[i].Span.Of(r.in.Text) }

// acronym reports whether the word is two or more capitals: NHS, U.N., G4S.
func acronym(w string) bool {
	n := 0
	for _, c := range w {
		switch {
		case unicode.IsUpper(c):
			n++
		case unicode.IsLower(c):
			return false
		}
	}
	return n > 1
}

// nameBefore reads the name that ends at token i, backwards. A connector joins
// two parts only when an organisation is named: "Department for Work and
// Pensions", not "Smith and NHS England".
func (r *reader) nameBefore(i int) (named, bool) {
	if !r.namePart(i) {
		return named{}, false
	}
	first, whole := i, i
	for j := i; r.same(j, i) && i-j < maxName; j-- {
		switch {
		case r.namePart(j):
			whole = j
			continue
		case r.of(j, connectors) && r.namePart(j-1) && r.same(j-1, i), r.ownerInside(j):
			continue
		case r.initial(j):
			continue
		}
		break
	}
	// Take the longest reading that holds together, from the left.
	for j := whole; j <= i; j++ {
		if r.namePart(j) && r.holds(j, i) {
			first = j
			break
		}
	}
	return r.sorted(first, i), true
}

// ownerInside reports whether the possessive ending at token j stands inside a
// body's name: "the King's Fund". Only after an article: "Flint's Trust" is Flint's.
func (r *reader) ownerInside(j int) bool {
	return r.is(j, "'s", "'") && j >= 2 && r.is(j-2, "the") && r.namePart(j-1) && r.namePart(j+1) && r.of(j+1, bodyWords) && r.same(j-2, j+1)
}

// initial reports whether the token is the dot of an initial inside a name: "J. K. Rowling".
func (r *reader) initial(j int) bool {
	return r.is(j, ".") && r.capital(j-1) && r.tokens[j-1].Len() == 1 && r.namePart(j+1) && r.same(j-1, j+1)
}

// nameAt reads the name that begins at token i, forwards, after an article.
func (r *reader) nameAt(i int) (named, bool) {
	if r.is(i, "the", "a", "an") {
		i++
	}
	if !r.namePart(i) {
		return named{}, false
	}
	last := i
	for j := i + 1; r.same(j, i) && j-i < maxName; j++ {
		switch {
		case r.namePart(j):
			if r.holds(i, j) {
				last = j
			}
			continue
		case r.ownerInside(j):
			continue // "the King's Fund"
		case r.of(j, connectors) && r.same(j+1, i) && (r.namePart(j+1) || r.is(j+1, "the") && r.namePart(j+2)):
			continue
		case r.is(j, "the") && r.of(j-1, connectors), r.initial(j):
			continue
		case r.tokens[j].kind == numberToken && r.publicationLength(i) > j-i:
			last = j
			continue
		}
		break
	}
	return r.sorted(i, last), true
}

// holds reports whether the tokens [first, last] are one name: without a
// connector always; with one when an organisation's word stands before the first
// connector, or ends a name that begins with a single word ("Equality and Human Rights Commission").
func (r *reader) holds(first, last int) bool {
	body := false
	for j := first; j <= last; j++ {
		if r.is(j, "and", "&") && j > first && (bodyWords[r.low(j-1)] && !weakBody[r.low(j-1)] || acronym(r.text(j-1))) && r.publicationLength(first) != last-first+1 {
			return false // two bodies: "Monmouth University and CNN"
		}
		if r.of(j, connectors) && !body {
			return r.publicationLength(first) == last-first+1 ||
				j == first+1 && r.is(j, "and", "&") && bodyWords[r.low(last)] && !givenNames[r.low(first)] && r.guess(first, first) == ""
		}
		if r.of(j, bodyWords) {
			body = true
		}
	}
	return true
}

// sorted tells what sort of thing a name stands for.
func (r *reader) sorted(first, last int) named {
	n := named{first: first, last: last}
	if r.publicationLength(first) == last-first+1 || last > first && pressWords[r.low(last)] {
		n.kind = graph.Publication
		return n
	}
	s := r.span(first, last)
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].Span.Start >= s.Start })
	for j := i; j < len(r.names) && r.names[j].Span.Start < s.End; j++ {
		if r.names[j].Span.End == s.End && r.names[j].Type != "" && !r.names[j].Office {
			n.kind = r.names[j].Type
			return n
		}
	}
	n.kind = r.guess(first, last)
	return n
}

// guess tells the sort of a name from its words alone.
func (r *reader) guess(first, last int) graph.AgentType {
	if r.of(first, personTitles) && last > first || r.of(first-1, personTitles) || r.is(first-1, ".") && r.of(first-2, personTitles) {
		return graph.Person
	}
	for j := first; j <= last; j++ {
		if r.of(j, bodyWords) || acronym(r.text(j)) {
			return graph.Organisation
		}
	}
	if last > first && last-first < 4 && givenNames[r.low(first)] {
		return graph.Person
	}
	return ""
}

// publicationLength returns how many tokens the publication that begins at i has, 0 if none does.
func (r *reader) publicationLength(i int) int {
	if !r.capital(i) && !r.is(i, "opendemocracy") {
		return 0
	}
	best := 0
	for _, words := range publications[r.low(i)] {
		if len(words) <= best {
			continue
		}
		n := 0
		for n < len(words) && r.low(i+n) == words[n] && r.same(i, i+n) && (n == 0 || !r.lower(i+n) || connectors[words[n]] || words[n] == "magazine") {
			n++
		}
		if n == len(words) {
			best = n
		}
	}
	return best
}

// publicationAt reads a publication at token i, after an article.
func (r *reader) publicationAt(i int) (named, bool) {
	start := i
	if r.is(i, "the") {
		i++
	}
	if !r.capital(i) {
		return named{}, false
	}
	if n, ok := r.nameAt(i); ok && n.kind == graph.Publication {
		if i == start && n.first == n.last && articled[r.low(i)] {
			return named{}, false
		}
		return n, true
	}
	if n := r.publicationLength(i); n > 0 && !(i == start && n == 1 && articled[r.low(i)]) {
		if r.namePart(i+n) && n == 1 && articled[r.low(i)] {
			return named{}, false
		}
		return named{i, i + n - 1, graph.Publication}, true
	}
	return named{}, false
}

// maxModifiers is how many words without a capital may stand before a name that they describe.
const maxModifiers = 7

// creditAt reads who is named at token i, after words that only describe them:
// "the charity Mind", "German philologist Lorenz Diefenbach", "researchers at
// the University of Essex", "experts from the Royal College of Nursing".
func (r *reader) creditAt(i int) (named, bool) {
	for j := i; r.same(i, j) && j-i <= maxModifiers; j++ {
		if n, ok := r.nameAt(j); ok {
			if months[r.low(n.first)] > 0 || weekdays[r.low(n.first)] {
				break
			}
			if adjectival(r.low(n.last)) && n.first == n.last && r.lower(n.last+1) {
				j = n.last // "German philologist"
				continue
			}
			if r.of(n.last+1, followers) && r.lower(n.last+1) && r.same(n.last, n.last+1) {
				return named{n.first, n.last + 1, graph.Organisation}, true // "the Sanders campaign"
			}
			return r.afterOffice(n), true
		}
		if !r.lower(j) || r.of(j, functionWords) && !r.is(j, "the", "a", "an", "at", "from", "of", "and", "for", "two", "three", "several", "other", "its", "new") {
			break
		}
	}
	return named{}, false
}

// afterOffice drops the office that stands before a person: "Work and Pensions
// Secretary Liz Kendall" is Liz Kendall.
func (r *reader) afterOffice(n named) named {
	for j := n.last - 1; j >= n.first; j-- {
		if personTitles[r.low(j)] && len(r.low(j)) > 5 {
			return named{j + 1, n.last, graph.Person}
		}
	}
	return n
}

// followers are bodies that are named after a person or party, without a capital of their own.
var followers = set(`campaign administration government family foundation commission committee inquiry team trust group union council`)

func adjectival(w string) bool {
	for _, end := range []string{"ish", "ian", "ean", "ese", "man", "ch"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+1 {
			return true
		}
	}
	return false
}

// personBefore reads the person whose name ends at i, offices left out.
func (r *reader) personBefore(i int) (named, bool) {
	n, ok := r.nameBefore(i)
	if !ok {
		return n, false
	}
	n = r.afterOffice(n)
	if n.kind == graph.Person || n.kind == "" && n.last-n.first < 4 {
		n.kind = graph.Person
		return n, true
	}
	return n, false
}

// credit puts a name into a citation: a person as its author, anybody else as its publisher.
func (r *reader) credit(c *Citation, n named) {
	if n.kind == graph.Person {
		c.Authors = []string{r.words(n.first, n.last)}
		c.AuthorSpan = r.span(n.first, n.last)
		return
	}
	c.Publisher = r.words(n.first, n.last)
	c.PublisherSpan = r.span(n.first, n.last)
}

// credited reports whether somebody stands for the citation already.
func credited(c *Citation) bool { return c.Publisher != "" || len(c.Authors) > 0 }
