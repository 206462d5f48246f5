package cite

import "whence/graph"

// revealVerbs are what a publication does when it brings something out. "Said" is
// not among them: a broadcaster that says something may speak for itself.
var revealVerbs = set(`revealed reveals reported reports disclosed discloses uncovered exposed understands learned learnt
	found broadcast published publishes`)

var auxiliaries = set(`has have had also first recently previously later today yesterday exclusively earlier then since`)

// publicVerbs, before "by X" or "in X", say that X brought something out.
var publicVerbs = set(`reported revealed seen obtained published interviewed uncovered broadcast exposed leaked shown quoted cited
	writing wrote written carried printed said speaking appearing article told first`)

// press finds what publications were told and brought out without the sort of
// document being named: "told the BBC" (P1), "the BBC has revealed", "Pulse
// reported that", "according to the Guardian" (P2). Not "the BBC employs", "the BBC said".
func (r *reader) press() {
	for i := 0; i < len(r.tokens); i++ {
		if !r.capital(i) && !r.is(i, "the") || !r.free(i, i) {
			continue
		}
		n, ok := r.publicationAt(i)
		if !ok || !r.free(i, n.last) {
			continue
		}
		m := mention{definite: true, Citation: Citation{Kind: graph.SourceDocument, Rule: "P1", Confidence: 850}}
		r.credit(&m.Citation, named{n.first, n.last, graph.Publication})
		before := i - 1
		first, last := i, n.last
		if r.is(n.last+1, "'s", "'") {
			// "BBC Radio 4's Today programme".
			for k := n.last + 2; r.same(i, k) && k-n.last <= 6; k++ {
				if r.is(k, "programme", "program", "show", "podcast") && k > n.last+2 {
					m.Title, last = r.words(n.last+2, k), k
					break
				}
				if !r.capital(k) {
					break
				}
			}
		}
		switch {
		case r.is(before, "told", "tells", "telling"):
			first = before
		case r.is(before, "to") && r.toldTo(before) >= 0:
			first = r.toldTo(before)
		case r.is(before, "on", "in", "by", "with") && r.publicVerb(before) >= 0:
			first = r.publicVerb(before)
		case r.is(before, "to") && r.is(before-1, "according"):
			first, m.Rule = before-1, "P2"
		case r.revealed(last+1) >= 0 && !r.is(before, "of", "for", "from", "at", "with"):
			last, m.Rule = r.revealed(last+1), "P2"
		default:
			i = n.last
			continue
		}
		if !r.same(first, i) {
			first = i
		}
		if d, next, ok := r.dayAfter(last + 1); ok && r.same(i, next-1) {
			m.Date, last = d, next-1
		}
		if !r.free(first, last) {
			first, last = i, n.last
		}
		r.add(m, first, last)
		i = last
	}
}

// dayAfter reads "on 3 March", "in 2011" at token i.
func (r *reader) dayAfter(i int) (graph.Date, int, bool) {
	if !r.is(i, "on", "in", "last", "back") {
		return "", 0, false
	}
	if r.is(i, "back") {
		i++
	}
	d, next, ok := r.day(i + 1)
	return d, next, ok && d != ""
}

// toldTo returns where the telling begins that "to" at token i ends: "speaking
// to", "comments made to", "gave an interview to"; -1 if there is none.
func (r *reader) toldTo(i int) int {
	first := -1
	for j := i - 1; r.same(j, i) && i-j <= 4; j-- {
		if r.is(j, "speaking", "spoke", "spoken", "speaks", "comments", "remarks", "talking", "talked", "confirmed", "revealed", "disclosed", "admitted", "statement", "quotes", "leaked") {
			return j
		}
		if r.is(j, "made", "given") && j == i-1 {
			first = j
		}
	}
	return first
}

// publicVerb returns where a verb of publication stands just before the preposition at token i, or -1.
func (r *reader) publicVerb(i int) int {
	for j := i - 1; r.same(j, i) && i-j <= 2; j-- {
		if r.of(j, publicVerbs) {
			return j
		}
	}
	return -1
}

// revealed returns the verb at or soon after token i by which a publication brings something out, or -1.
func (r *reader) revealed(i int) int {
	for j := i; r.same(i-1, j) && j-i < 4; j++ {
		if r.of(j, revealVerbs) {
			return j
		}
		if !r.of(j, auxiliaries) {
			break
		}
	}
	return -1
}

// toldBefore returns the publication that was told something in the words before
// token i, in the same sentence.
func (r *reader) toldBefore(i int) (named, bool) {
	for j := i - 1; r.same(j, i) && i-j <= 25; j-- {
		if !r.capital(j) {
			continue
		}
		start := j
		if r.is(j-1, "the") {
			start--
		}
		n, ok := r.publicationAt(start)
		if ok && (r.is(start-1, "told", "with", "on", "in", "by") || r.is(start-1, "to") && r.toldTo(start-1) >= 0 || r.revealed(n.last+1) >= 0) {
			return n, true
		}
	}
	return named{}, false
}
