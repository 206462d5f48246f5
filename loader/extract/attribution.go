package extract

import (
	"regexp"
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// An attribution is words that the text credits to somebody.
type attribution struct {
	content    []graph.Span
	source     graph.Span // zero when the text names nobody
	cue        graph.Span // zero when there is none of its own
	hearer     graph.Span // who was told; zero
	mode       graph.Mode
	negative   bool
	segment    int
	para       int
	unit       graph.Span
	rule       string
	confidence graph.Confidence
}

// reader finds the attributions of one segment.
type reader struct {
	text    string
	segment int
	paras   []paragraph
	quotes  []quote
	taken   []int // per quote: the attribution that holds it, -1 for none
	units   []unit
	found   []attribution
	// at finds the attributions with words or a cue at a place.
	at buckets[int]
	// tree is the sentence parsed last.
	tree *tree
	// names are those of the text, in order.
	names  []name.Name
	title  bool // the segment is a headline
	nested bool // it reads the words of a quotation
}

// newReader makes a reader of paragraphs, cut into units.
func newReader(text string, segment int, paras []paragraph, names []name.Name) *reader {
	r := &reader{text: text, segment: segment, paras: paras, names: names, quotes: findQuotes(text, paras), at: buckets[int]{}}
	r.taken = make([]int, len(r.quotes))
	for i := range r.taken {
		r.taken[i] = -1
	}
	at := 0
	for pi, p := range paras {
		for at < len(r.quotes) && r.quotes[at].para < pi {
			at++
		}
		end := at
		for end < len(r.quotes) && r.quotes[end].para == pi {
			end++
		}
		units := unitsOf(text, pi, p, r.quotes[at:end])
		for ui := range units {
			for ii := range units[ui].items {
				if units[ui].items[ii].q >= 0 {
					units[ui].items[ii].q += at
				}
			}
		}
		r.units = append(r.units, units...)
	}
	return r
}

// read finds the attributions with a cue of their own, unit by unit.
func (r *reader) read() {
	for i := range r.units {
		r.units[i].found = len(r.found)
		r.cues(&r.units[i])
	}
}

// attributions returns what one segment reports, in order of first content.
func attributions(text string, segment int, paras []paragraph, names []name.Name, title bool) ([]attribution, []quote) {
	r := newReader(text, segment, paras, names)
	r.title = title
	r.transcript()
	r.read()
	r.float()
	r.inner()
	r.dropDenied()
	for i := range r.found {
		a := &r.found[i]
		a.segment = segment
		sort.Slice(a.content, func(x, y int) bool { return a.content[x].Start < a.content[y].Start })
		if a.mode == "" {
			a.mode = r.modeOf(a)
		}
		a.confidence = r.confidence(a)
	}
	sort.SliceStable(r.found, func(x, y int) bool { return r.found[x].content[0].Start < r.found[y].content[0].Start })
	return r.found, r.quotes
}

// wholly is the share of letters and digits in quotation marks from which words are direct: the "that"
// before a long quotation makes no paraphrase of it.
const wholly = 0.95

// modeOf tells direct, indirect and mixed apart by how much of the content stands in quotation marks.
func (r *reader) modeOf(a *attribution) graph.Mode {
	if a.rule == "L4" { // a transcript needs no marks
		return graph.ModeDirect
	}
	inside, all := 0, 0
	for _, c := range a.content {
		quotes := r.quotesIn(c)
		for i, x := range c.Of(r.text) {
			if !isWordRune(x) {
				continue
			}
			all++
			for len(quotes) > 0 && quotes[0].span.End <= c.Start+i {
				quotes = quotes[1:]
			}
			if len(quotes) > 0 && quotes[0].span.Start <= c.Start+i {
				inside++
			}
		}
	}
	switch {
	case inside == 0:
		return graph.ModeIndirect
	case float64(inside) >= wholly*float64(all):
		return graph.ModeDirect
	}
	return graph.ModeMixed
}

// quotesIn returns the quotes that overlap a span.
func (r *reader) quotesIn(s graph.Span) []quote {
	i := sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].span.End > s.Start })
	j := i
	for j < len(r.quotes) && r.quotes[j].span.Start < s.End {
		j++
	}
	return r.quotes[i:j]
}

// maxCues bounds the reports of one sentence: beyond it a text is no prose, and nested
// claims would repeat it without end.
const maxCues = 40

// cues goes through a unit from left to right and reads every cue in it.
func (r *reader) cues(u *unit) {
	tags := r.tags(u)
	next := 0
	for i := 0; i < len(u.items) && len(r.found)-u.found < maxCues; i++ {
		it := u.items[i]
		if next < len(tags) && tags[next].verb == i {
			tags[next].said.source = u.writing(tags[next].said.source)
			r.add(tags[next].said)
			next++
			continue
		}
		if !it.word {
			continue
		}
		noun := isReport(it.lower)
		v, verb := reportingVerbs[it.lower]
		verb = verb && !(it.cap && i > 0 && u.at(i-1).word)
		switch {
		case it.lower == "according" && u.is(i+1, "to"):
			r.according(u, i)
		case it.lower == "words" && u.is(i+1, "of") && u.is(i-1, "the") && u.is(i-2, "in"):
			r.inTheWords(u, i)
		case it.lower == "from" && r.learnt(u, i):
		case viewing[it.lower] && r.viewed(u, i):
		case !noun && !verb || u.unsaid(i):
		case noun && r.noun(u, i):
		case verb:
			r.verb(u, i, v)
		}
	}
	r.part(u, tags)
	r.headline(u)
	r.referred(u)
}

// remarked matches where the writer puts right what somebody was just reported to say, or adds to it: "…, both with".
var remarked = regexp.MustCompile(`,? (?:when|whereas|although|though|while) in (?:fact|reality|truth)\b|, (?:both|each|all|some|most) (?:of (?:them|which|whom)|with) `)

// quotedAt reports whether a byte of the text stands in quotation marks.
func (r *reader) quotedAt(at int) bool {
	return len(r.quotesIn(graph.Span{Start: at, End: at + 1})) > 0
}

func (r *reader) add(a attribution) int {
	content := a.content[:0]
	for _, c := range a.content {
		if cut := remarked.FindStringIndex(c.Of(r.text)); cut != nil && !r.quotedAt(c.Start+cut[0]) {
			c.End = c.Start + cut[0]
		}
		if c.Len() > 0 {
			content = append(content, c)
		}
	}
	if a.content = content; len(a.content) == 0 {
		return -1
	}
	for _, i := range r.at.near(a.cue) { // one cue says one thing
		if r.found[i].cue == a.cue && a.cue.Len() > 0 {
			return i
		}
	}
	r.found = append(r.found, a)
	n := len(r.found) - 1
	r.at.add(a.cue, n)
	for _, c := range a.content {
		r.at.add(c, n)
		r.take(n, c)
	}
	return n
}

// take gives the free quotations inside a content to its attribution.
func (r *reader) take(n int, c graph.Span) {
	i := sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].span.End > c.Start })
	for ; i < len(r.quotes) && r.quotes[i].span.Start < c.End; i++ {
		if r.taken[i] < 0 && c.Contains(r.quotes[i].inner) {
			r.taken[i] = n
		}
	}
}

// according reads "according to X" before, inside or after what it credits.
func (r *reader) according(u *unit, i int) {
	end, ok := u.npRight(i + 2)
	if !ok {
		return
	}
	for u.is(end, "by", "from", "in", "on", "published", "released", "seen", "commissioned", "obtained") { // "a report by the fund"
		more, ok := u.npRight(end + 1)
		if !ok {
			break
		}
		end = more
	}
	if u.opens(i) && !u.is(end, ",", ":") { // the comma ends the name: what follows it is no apposition
		for k := i + 2; k < end; k++ {
			if u.is(k, ",") {
				end = k
			}
		}
	}
	r.credit(u, attribution{source: u.spanOf(i+2, end), cue: u.spanOf(i, i+2), para: u.para, unit: u.span, rule: "A1"}, i, end)
}

// credit adds an attribution that an adjunct, items [i, end), makes of the clause around it: what follows when it
// opens the sentence, else what stands before it, and goes on behind it.
func (r *reader) credit(u *unit, a attribution, i, end int) bool {
	if u.opens(i) {
		from := end
		for u.is(from, ",", ":") {
			from++
		}
		a.content = []graph.Span{u.clauseSpan(from, r.clauseEnd(u, from))}
		return r.add(a) >= 0
	}
	left := u.clauseSpan(r.clauseStart(u, i), i)
	a.content = []graph.Span{left}
	if u.is(end, ",") && !u.end(end+1) && !conjunctions[u.at(end+1).lower] && !subordinates[u.at(end+1).lower] && !strings.HasSuffix(u.at(end+1).lower, "ing") {
		a.content = append(a.content, u.clauseSpan(end+1, r.clauseEnd(u, end+1)))
	}
	return r.add(a) >= 0
}

// inTheWords reads "in the words of X, “…”".
func (r *reader) inTheWords(u *unit, i int) {
	end, ok := u.npRight(i + 2)
	if !ok {
		return
	}
	a := attribution{source: u.spanOf(i+2, end), cue: u.spanOf(i-2, i+2), para: u.para, unit: u.span, rule: "A2"}
	for k := end; k < len(u.items) && k < end+3; k++ {
		if u.at(k).isQuote() {
			a.content = []graph.Span{u.at(k).span}
			r.add(a)
			return
		}
	}
	for k := i - 3; k >= 0 && k > i-6; k-- {
		if u.at(k).isQuote() {
			a.content = []graph.Span{u.at(k).span}
			r.add(a)
			return
		}
	}
}

// learnt reads "we learnt, from comments made by X, that …": X says it.
func (r *reader) learnt(u *unit, i int) bool {
	k := i + 1
	for determiners[u.at(k).lower] || u.at(k).word && !speechNouns[u.at(k).lower] && k < i+3 {
		k++
	}
	if !speechNouns[u.at(k).lower] {
		return false
	}
	k++
	if u.is(k, "made", "given", "published", "posted", "issued") {
		k++
	}
	if !u.is(k, "by", "from") {
		return false
	}
	end, ok := u.npRight(k + 1)
	if !ok {
		return false
	}
	that := end
	if u.is(that, ",") {
		that++
	}
	if !u.is(that, "that") {
		return false
	}
	return r.add(attribution{
		content: []graph.Span{u.clauseSpan(that, r.clauseEnd(u, that))}, source: u.spanOf(k+1, end), cue: u.spanOf(i, k+1),
		para: u.para, unit: u.span, rule: "A4",
	}) >= 0
}
