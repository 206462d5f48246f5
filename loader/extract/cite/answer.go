package cite

import "whence/graph"

// answerWords are what a minister gives to parliament in writing. The value is the title of the citation.
var answerWords = map[string]string{
	"answer": "written answer", "answers": "written answer", "question": "written answer", "questions": "written answer",
	"reply": "written answer", "replies": "written answer", "response": "written answer", "responses": "written answer",
	"statement": "written statement", "statements": "written statement",
}

// answerVerbs say that somebody gave an answer.
var answerVerbs = set(`responded replied answered said stated told gave wrote confirmed clarified explained revealed responds replies
	answers says states tells confirms clarifies explains reveals admitted admits set responding replying answering noted published`)

// answers finds written answers and statements, one citation for each date:
// "has responded to two written questions (one on 22/10/2024 and one on
// 28/10/2024)", "in a written answer on 3 March, the minister said" (W1); and
// the record, "Hansard, 12 May 2020, col 34" (W2). A question is cited by its
// answer. Not "the answer to the question".
func (r *reader) answers() {
	for i := range r.tokens {
		switch {
		case r.is(i, "hansard") && r.capital(i) && r.free(i, i):
			r.hansard(i)
		case r.is(i, "written", "parliamentary") && r.free(i, i):
			j := i + 1
			if r.is(j, "parliamentary", "ministerial", "written") {
				j++
			}
			if title, ok := answerWords[r.low(j)]; ok && r.same(i, j) &&
				(r.is(i, "written") || title == "written answer" && !r.is(j, "reply", "replies", "response", "responses")) {
				r.answer(i, j, title)
			}
		}
	}
}

// answer reads what stands around "written answer" at the tokens [first, noun].
func (r *reader) answer(first, noun int, title string) {
	m := mention{noun: "answer", Citation: Citation{Kind: graph.SourceDocument, Title: title, Rule: "W1", Confidence: 900}}
	m.definite = r.is(first-1, "the", "that", "this", "its", "his", "her")
	by := -1 // a person named after "by"
	last := noun
	type dated struct {
		date        graph.Date
		first, last int
	}
	var dates []dated
	// Complements: who gave or asked it, and when. Anything else ends them.
	for j := noun + 1; r.same(noun, j) && j-noun <= 40; {
		if r.is(j, "on", "dated", "of", "from", "and", "in", ",", "(", "one", "another", "published", "given", "tabled", "submitted", "answered", "the", "both", "dates") {
			if d, next, ok := r.day(j + 1); ok && r.same(noun, next-1) && r.of(j, answerDates) && (len(d) != 4 || r.is(j, "in", "(")) {
				dates = append(dates, dated{d, j + 1, next - 1})
				last, j = next-1, next
				continue
			}
		}
		if d, next, ok := r.day(j); ok && len(d) != 4 && r.same(noun, next-1) {
			dates = append(dates, dated{d, j, next - 1})
			last, j = next-1, next
			continue
		}
		if r.is(j, "by", "from", "to") && (len(dates) == 0 || r.is(j, "by", "from")) {
			if n, ok := r.creditAt(j + 1); ok && r.same(noun, n.last) {
				if r.is(j, "by") && answerWords[r.low(noun)] != "" && !r.is(noun, "question", "questions") || r.is(j, "from") && r.is(noun, "answer", "answers", "reply", "statement", "response") {
					by = j + 1
				}
				last, j = n.last, n.last+1
				continue
			}
		}
		if r.is(j, "on", "dated", "and", ",", "(", ")", "one", "another", "published", "given", "tabled", "submitted", "answered", "the", "both", "last", "in") && j-noun < 30 {
			j++
			continue
		}
		break
	}
	who, ok := named{}, false
	if by >= 0 {
		who, ok = r.creditAt(by)
	}
	if !ok {
		who, ok = r.answerer(first, last)
	}
	if ok {
		who.kind = graph.Person
		r.credit(&m.Citation, r.afterOffice(who))
	}
	start := first
	if r.is(start-1, "a", "the", "two", "three", "four", "several") {
		start--
	}
	if len(dates) == 0 {
		if !ok && !m.definite && !r.is(noun, "answer", "answers") {
			return
		}
		m.Confidence = 750
		r.add(m, start, noun)
		return
	}
	for k, d := range dates {
		each := m
		each.Date = d.date
		each.Spans = []graph.Span{r.span(start, noun), r.span(d.first, d.last)}
		if k == 0 && d.first-noun <= 3 {
			each.Spans = []graph.Span{r.span(start, d.last)}
		}
		if len(dates) > 1 {
			// Each date stands for one answer: that is where it is cited.
			each.Spans = []graph.Span{r.span(d.first, d.last)}
			if k == 0 {
				each.Spans = []graph.Span{r.span(start, d.last)}
			}
		}
		each.first = start
		r.found = append(r.found, each)
	}
	r.take(start, last)
}

var answerDates = set(`on dated of from and in , ( given published answered tabled submitted`)

// answerer finds who answered: the possessor, the subject of the verb of
// answering in the same sentence, before the words or after them.
func (r *reader) answerer(first, last int) (named, bool) {
	if j := first - 1; r.is(j, "'s", "'") {
		if n, ok := r.personBefore(j - 1); ok {
			return n, true
		}
	}
	verb := -1
	for j := first - 1; r.same(j, first) && first-j <= 30; j-- {
		if r.of(j, answerVerbs) {
			verb = j
			break
		}
	}
	if verb >= 0 {
		for j := verb - 1; r.same(j, verb) && verb-j <= 12; j-- {
			if r.namePart(j) {
				n, ok := r.personBefore(j)
				return n, ok && n.kind == graph.Person
			}
			if r.is(j, ",") { // "Jones, minister of state at the department, has answered"
				for k := j - 1; r.same(k, verb) && j-k <= 20; k-- {
					if r.is(k, ",") && r.namePart(k-1) {
						if n, ok := r.personBefore(k - 1); ok && n.kind == graph.Person {
							return n, true
						}
					}
				}
				break
			}
			if r.is(j, ".", ";") || r.lower(j) && !r.is(j, "has", "have", "had", "now", "also", "then", "later", "since", "recently", "already", "who", "previously", "who's", "was", "subsequently") {
				break
			}
		}
	}
	for j := last + 1; r.same(j, last) && j-last <= 30; j++ {
		if !r.namePart(j) {
			continue
		}
		n, ok := r.nameAt(j)
		if !ok {
			break
		}
		n = r.afterOffice(n)
		if n.kind == graph.Person || n.kind == "" && n.last > n.first {
			for k := n.last + 1; r.same(k, last) && k-n.last <= 14; k++ {
				if r.of(k, answerVerbs) {
					return n, true
				}
			}
			break
		}
		j = n.last
	}
	return named{}, false
}

// hansard reads the place in the record: its date and columns.
func (r *reader) hansard(i int) {
	m := mention{noun: "hansard", definite: true, Citation: Citation{Kind: graph.SourceDocument, Title: "Hansard", Rule: "W2", Confidence: 700}}
	last := i
	for j := i + 1; r.same(i, j) && j-i <= 16; j++ {
		if d, next, ok := r.day(j); ok && len(d) != 4 && m.Date == "" {
			m.Date, last, m.Confidence = d, next-1, 950
			j = last
			continue
		}
		switch {
		case r.is(j, "col", "cols", "column", "columns", "c", "cc", "vol", "volume"):
			for k := j + 1; r.is(k, ".", "-", "–") || r.number(k); k++ {
				if r.number(k) && r.same(i, k) {
					last = k
				}
			}
			j = max(j, last)
		case r.is(j, ",", ".", ":", "hc", "hl", "deb", "on", "of", "for", "the", "commons", "lords", "house", "debate", "("):
		default:
			j = len(r.tokens)
		}
	}
	if last > i {
		r.add(m, i, last)
	}
}
