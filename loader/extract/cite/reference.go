package cite

import (
	"strings"

	"whence/graph"
)

// maxReference is how many tokens a reference line or bracket may have.
const maxReference = 60

// inDocument is where "see" may send a reader without leaving the document.
var inDocument = set(`below above figure fig table section chapter page pages p pp note notes appendix box part annex here
	paragraph para overleaf left right photo picture image video map graph chart comments footnote me us him her it you what how
	also my our`)

// references finds what the text itself offers as its source: "Source: TITLE"
// (R1), "(See TITLE)", "see, for example, TITLE" (R2), and a title or a
// publication in brackets after a quotation (R3). Not "(see below)", "(My emphasis)".
func (r *reader) references() {
	for i := range r.tokens {
		switch {
		case r.is(i, "source", "sources", "via", "credit") && r.is(i+1, ":") && (r.capital(i) || r.is(i-1, "(", "[")):
			r.refer(i, i+2, "R1", 900)
		case r.is(i, "see"):
			j := i + 1
			for r.is(j, ",", "also", "for", "example", "instance", "e.g", "eg", ":", "–", "-", "—", "e", ".", "g", "more", "further") && r.same(i, j) && j-i < 8 {
				j++
			}
			inside := r.is(i-1, "(", "[")
			if inside || j > i+2 || r.is(j-1, ":", "–", "—") {
				r.refer(i, j, "R2", 800)
			}
		case r.is(i, "(", "[") && r.closes(i-1) && !r.is(i+1, "see"):
			r.afterQuotation(i)
		}
	}
}

// refer records the reference whose cue begins at token i and whose words begin at j.
func (r *reader) refer(i, j int, rule string, confidence graph.Confidence) {
	if !r.same(i, j) {
		return
	}
	var end int // token after the reference
	if r.is(i-1, "(", "[") {
		close, ok := r.bracket(i-1, maxReference)
		if !ok {
			return
		}
		end = close
	} else {
		depth := 0
		for end = j; r.same(j, end) && end-j < maxReference; end++ {
			if end > j && strings.Contains(r.in.Text[r.tokens[end-1].End:r.tokens[end].Start], "\n") {
				break
			}
			if r.is(end, "(", "[") {
				depth++
			} else if r.is(end, ")", "]") {
				if depth--; depth < 0 {
					break
				}
			}
		}
	}
	for end > j && (r.is(end-1, ".", ";", ",", ":", "–", "-") || r.initial(end-1)) && r.tokens[end-1].kind == markToken {
		end--
	}
	for j < end && r.tokens[j].kind == markToken && !r.opens(j) {
		j++
	}
	if k := r.addressIn(j, end); k >= 0 {
		// The address is the citation; the words beside it say what it is.
		if stop := r.tokenAt(r.found[k].Spans[0].Start); stop > j && r.found[k].Title == "" {
			c := &r.found[k].Citation
			r.describe(c, j, r.trim(j, stop, ""))
			r.take(j, stop-1)
		}
		return
	}
	first := j
	if r.opens(j) {
		first = j + 1
	}
	if end-first < 1 || !r.free(j, end-1) || r.of(first, inDocument) || !r.capital(first) || r.of(end-1, inDocument) || functionWords[r.low(first)] && end-first < 3 {
		return
	}
	if rule == "R2" && end-first < 2 && r.nameKind(first) == "" {
		return
	}
	m := mention{noun: "source", definite: true, Citation: Citation{Kind: graph.SourceDocument, Rule: rule, Confidence: confidence}}
	r.describe(&m.Citation, j, end)
	if m.Title == "" && !credited(&m.Citation) {
		return
	}
	r.add(m, i, end-1)
}

// trim returns end without the marks before it, but for those in keep.
func (r *reader) trim(j, end int, keep string) int {
	for end > j && r.tokens[end-1].kind == markToken && !strings.Contains(keep, r.low(end-1)) {
		end--
	}
	return end
}

// addressIn returns the index of the address found inside the tokens [j, end), or -1.
func (r *reader) addressIn(j, end int) int {
	for k := j; k < end; k++ {
		if !r.tokens[k].taken {
			continue
		}
		lo, hi := 0, len(r.urls)
		for lo < hi {
			if mid := (lo + hi) / 2; r.found[r.urls[mid]].Spans[0].End <= r.tokens[k].Start {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo < len(r.urls) && r.found[r.urls[lo]].Spans[0].Overlaps(r.tokens[k].Span) {
			return r.urls[lo]
		}
	}
	return -1
}

func (r *reader) nameKind(i int) graph.AgentType {
	n, ok := r.nameAt(i)
	if !ok {
		return ""
	}
	return n.kind
}

// describe parts the words [j, end) of a reference into title, who made it, and date.
func (r *reader) describe(c *Citation, j, end int) {
	if j >= end {
		return
	}
	// A date at the end, after a comma or in brackets.
	for k := max(j+1, end-6); k < end; k++ {
		if !r.is(k-1, ",", "(", "–", "-") {
			continue
		}
		if d, next, ok := r.day(k); ok && d != "" && (next == end || next == end-1 && r.is(next, ")")) {
			c.Date = d
			end = k - 1
			break
		}
	}
	if j >= end {
		return
	}
	// "X's conference speech: TITLE": what stands before the colon says whose and what.
	for k := j + 1; k < end-1 && k-j <= 12; k++ {
		if !r.is(k, ":") {
			continue
		}
		if n, ok := r.nameAt(j); ok && (r.is(n.last+1, "'s", "'") || n.last+1 == k && n.kind != "") {
			r.credit(c, r.afterOffice(n))
			j = k + 1
		} else if r.of(k-1, documentNouns) && r.lower(k-1) {
			j = k + 1
		}
		break
	}
	if n, ok := r.nameAt(j); ok && c.Publisher == "" {
		switch {
		case n.last == end-1 && n.kind != "":
			r.credit(c, n)
			return
		case r.is(n.last+1, ",") && n.last+2 < end && n.kind != "":
			r.credit(c, n)
			j = n.last + 2
		}
	}
	// "TITLE, Publisher".
	for k := end - 2; k > j && end-k <= 8 && !credited(c); k-- {
		if !r.is(k, ",", "–", "|") {
			continue
		}
		if n, ok := r.nameAt(k + 1); ok && n.last == end-1 && n.kind != "" {
			r.credit(c, n)
			end = k
		}
		break
	}
	if a, b, next, ok := r.quoted(j, maxReference); ok && next >= end {
		j, end = a, b+1
	}
	for j < end && r.tokens[j].kind == markToken && !r.is(j, "(") {
		j++
	}
	end = r.trim(j, end, ")?!”’'\"")
	if j < end {
		c.Title = r.words(j, end-1)
	}
}

// afterQuotation reads a bracket after a closing quotation mark: a publication, a
// body with a date, or words capitalised as a title.
func (r *reader) afterQuotation(open int) {
	end, ok := r.bracket(open, maxReference)
	if !ok || end < open+2 || !r.capital(open+1) && !r.opens(open+1) || !r.free(open, end) {
		return
	}
	m := mention{noun: "source", definite: true, Citation: Citation{Kind: graph.SourceDocument, Rule: "R3", Confidence: 700}}
	n, named := r.nameAt(open + 1)
	if r.opens(open + 1) {
		named = false
	}
	switch {
	case named && n.kind == graph.Publication && (n.last+1 == end || r.is(n.last+1, ",", ":")):
	case named && n.kind == graph.Organisation && r.is(n.last+1, ",") && r.dateIn(n.last+2, end):
	case end-open-1 >= 3 && r.titled(open+1, end-1) && !r.isPerson(n, named):
	default:
		return
	}
	r.describe(&m.Citation, open+1, end)
	r.add(m, open+1, end-1)
}

func (r *reader) isPerson(n named, ok bool) bool { return ok && n.kind == graph.Person }

func (r *reader) dateIn(i, end int) bool {
	for ; i < end; i++ {
		if d, _, ok := r.day(i); ok && d != "" {
			return true
		}
	}
	return false
}
