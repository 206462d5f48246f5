package cite

import (
	"strings"

	"whence/graph"
)

// bookWords stand before the title of a book, which has lost its italics.
var bookWords = set(`book novel novella memoir memoirs autobiography biography textbook monograph bestseller anthology`)

// maxTitle is how many tokens a title may have.
const maxTitle = 30

// books finds "her new book, Surviving Work (Gower 2016)", "a novel by X, Title
// (1873)" and 'his book "Title"' (B1), and "Talcott Parsons' The Social System,
// 1951" (B2): a title needs its year, quotation marks or capitals after the word
// for a book. Not "the book about X", "a book she wrote".
func (r *reader) books() {
	for i := range r.tokens {
		switch {
		case r.of(i, bookWords) && r.lower(i) && r.free(i, i):
			r.bookAfter(i)
		case r.is(i, "'s", "'") && r.namePart(i-1) && r.capital(i+1) && r.free(i, i):
			r.bookOf(i)
		}
	}
}

// bookAfter reads a title after the word for a book at token i.
func (r *reader) bookAfter(i int) {
	m := mention{noun: "book", Citation: Citation{Kind: graph.SourceBook, Rule: "B1", Confidence: 850}}
	first := i
	if r.is(i-1, "'s", "'") {
		r.ownBook(&m, i-2)
		if m.Authors != nil {
			first = r.tokenAt(m.AuthorSpan.Start)
		}
	}
	for k := 1; k <= 3 && m.Authors == nil; k++ {
		if r.is(i-k, "his", "her", "their") {
			if n, ok := r.personOfParagraph(i - k); ok {
				r.credit(&m.Citation, n)
			}
		} else if r.is(i-k, "'s", "'") {
			r.ownBook(&m, i-k-1)
		}
	}
	j := i + 1
	if r.is(j, "by") {
		if n, ok := r.creditAt(j + 1); ok && r.same(i, n.last) {
			n.kind = graph.Person
			r.credit(&m.Citation, n)
			j = n.last + 1
		}
	}
	if r.is(j, ",", ":", "–", "—") {
		j++
	}
	if r.is(j, "called", "titled", "entitled") {
		j++
	}
	if !r.same(i, j) {
		return
	}
	if a, b, next, ok := r.quoted(j, maxTitle); ok && r.capital(a) {
		m.Title = strings.TrimRight(r.words(a, b), ".,")
		last := next - 1
		if r.imprint(&m, next, &last) {
			m.Confidence = 950
		}
		r.byAuthor(&m, &last)
		r.add(m, first, last)
		return
	}
	if !r.capital(j) {
		return
	}
	// Everything up to a bracket with a year is the title.
	for k := j; r.same(k, j) && k-j <= maxTitle; k++ {
		last := k
		if r.is(k, "(") && k > j && r.imprint(&m, k, &last) {
			m.Title, m.Confidence = r.words(j, k-1), 950
			r.add(m, first, last)
			return
		}
		if r.is(k, ".", ";", "?") {
			break
		}
	}
	if end := r.titleEnd(j); end > j+1 || end == j+1 && !r.is(j, "the") {
		if n, ok := r.nameAt(j); ok && n.kind == graph.Person {
			return
		}
		m.Title, m.Confidence = r.words(j, end-1), 650
		last := end - 1
		if r.imprint(&m, end, &last) {
			m.Confidence = 900
		}
		r.byAuthor(&m, &last)
		if r.tokens[j].kind == wordToken && end-j > 1 {
			r.add(m, first, last)
		}
	}
}

// ownBook credits the person whose name ends at token i.
func (r *reader) ownBook(m *mention, i int) {
	if n, ok := r.personBefore(i); ok {
		r.credit(&m.Citation, n)
	}
}

// byAuthor reads "by X" after a title.
func (r *reader) byAuthor(m *mention, last *int) {
	if m.Authors != nil || !r.is(*last+1, "by") {
		return
	}
	if n, ok := r.creditAt(*last + 2); ok && r.same(*last, n.last) {
		n.kind = graph.Person
		r.credit(&m.Citation, n)
		*last = n.last
	}
}

// imprint reads "(1873)", "(Gower 2016)", "(Gower, 2016)" or ", 1951" at token i.
func (r *reader) imprint(m *mention, i int, last *int) bool {
	if r.is(i, ",") && r.year(i+1) != "" && r.same(i, i+1) {
		m.Date, *last = graph.Date(r.year(i+1)), i+1
		return true
	}
	if !r.is(i, "(") {
		return false
	}
	end, ok := r.bracket(i, 10)
	if !ok || r.year(end-1) == "" {
		return false
	}
	if end-1 > i+1 {
		p := end - 2
		if r.is(p, ",") {
			p--
		}
		first := i + 1
		for k := first; k <= p; k++ {
			if r.is(k, ":") && k < p {
				first = k + 1 // "(London: Gower, 2016)"
			}
		}
		if p < first || !r.namePart(first) {
			return false
		}
		m.Publisher, m.PublisherSpan = r.words(first, p), r.span(first, p)
	}
	m.Date, *last = graph.Date(r.year(end-1)), end
	return true
}

// titleEnd returns the token after the run of title words that begins at i.
func (r *reader) titleEnd(i int) int {
	end := i
	for j := i; r.same(j, i) && j-i <= maxTitle; j++ {
		switch {
		case r.capital(j):
			end = j + 1
			continue
		case r.of(j, titleLinks) && end > i, r.is(j, ":", "'s") && end == j:
			continue
		case r.is(j, ",") && end == j && r.capital(j+1) && r.listed(j, j+9):
			continue
		}
		break
	}
	return end
}

// bookOf reads a title and a year after the possessive at token i.
func (r *reader) bookOf(i int) {
	author, ok := r.personBefore(i - 1)
	if !ok || author.kind != graph.Person {
		return
	}
	end := r.titleEnd(i + 1)
	if end-i < 3 || !r.titled(i+1, end-1) {
		return
	}
	m := mention{noun: "book", definite: true, Citation: Citation{Kind: graph.SourceBook, Title: r.words(i+1, end-1), Rule: "B2", Confidence: 850}}
	last := end - 1
	if !r.imprint(&m, end, &last) || !r.free(author.first, last) {
		return
	}
	r.credit(&m.Citation, author)
	r.add(m, author.first, last)
}

// personOfParagraph returns the person whom "his" or "her" at token i can only
// mean: the one person named so far in the paragraph.
func (r *reader) personOfParagraph(i int) (named, bool) {
	var only named
	found := false
	for j := i - 1; j >= 0 && i-j <= 120; j-- {
		if !r.same(j, j+1) && blankLine(r.in.Text[r.tokens[j].End:r.tokens[j+1].Start]) {
			break
		}
		if !r.namePart(j) || r.namePart(j+1) && r.same(j, j+1) {
			continue
		}
		n, ok := r.nameBefore(j)
		if !ok || n.kind != graph.Person {
			continue
		}
		n = r.afterOffice(n)
		if found && r.low(n.last) != r.low(only.last) {
			return named{}, false
		}
		if !found || n.last-n.first > only.last-only.first {
			only = n
		}
		found, j = true, n.first
	}
	return only, found
}

// blankLine reports whether a gap between tokens parts two paragraphs; where a text
// gives each paragraph one line, a line end does.
func blankLine(gap string) bool {
	for _, c := range gap {
		if c == '\n' || c == '\u2029' {
			return true
		}
	}
	return false
}
