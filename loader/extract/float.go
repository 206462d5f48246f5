package extract

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"whence/graph"
)

// float places the quotations that no cue of their own unit has taken: they go
// on from one that has a speaker, are signed, carry a speaker's label, or stand
// in a sentence that goes on with what somebody was just reported to say. What is left
// and reads as a statement is a quotation whose speaker is not known; the
// rest are words in quotation marks, which quote nobody.
func (r *reader) float() {
	r.markInner()
	for qi := range r.quotes {
		if r.taken[qi] >= 0 {
			continue
		}
		q := r.quotes[qi]
		switch {
		case q.chain >= 0 && r.taken[q.chain] >= 0:
			r.extend(r.taken[q.chain], qi, q.span)
		case r.label(qi), r.signed(qi), r.goesOn(qi):
		}
	}
	// A quotation of several paragraphs that only its last one tags, a run that only its last one signs.
	for qi := len(r.quotes) - 2; qi >= 0; qi-- {
		n := r.taken[qi+1]
		if r.taken[qi] < 0 && n >= 0 && (r.quotes[qi+1].chain == qi || r.found[n].rule == "S1" && strings.TrimSpace(r.text[r.quotes[qi].span.End:r.quotes[qi+1].span.Start]) == "") {
			if _, opens := r.alone(qi); !opens && r.found[n].rule == "S1" { // led in by a sentence of the writer's
				r.add(attribution{content: []graph.Span{r.quotes[qi].span}, source: r.found[n].source, para: r.quotes[qi].para, unit: r.quotes[qi].span, rule: "S1"})
				continue
			}
			r.extend(n, qi, r.quotes[qi].span)
		}
	}
	r.following()
	for qi := range r.quotes {
		if r.taken[qi] < 0 {
			r.unknown(qi)
		}
	}
}

// markInner gives each quotation inside reported words to the attribution that holds it.
func (r *reader) markInner() {
	for n, a := range r.found {
		for _, c := range a.content {
			r.take(n, c)
		}
	}
}

func (r *reader) extend(n, qi int, s graph.Span) {
	a := &r.found[n]
	for _, c := range a.content {
		if c.Overlaps(s) {
			r.taken[qi] = n
			return
		}
	}
	a.content = append(a.content, s)
	r.taken[qi] = n
	r.at.add(s, n)
}

// alone reports whether a quotation is all of its unit, or of its paragraph's start.
func (r *reader) alone(qi int) (unitOnly, opensParagraph bool) {
	q := r.quotes[qi]
	p := r.paras[q.para]
	opensParagraph = strings.TrimSpace(r.text[p.Span.Start:max(p.Span.Start, q.span.Start)]) == ""
	u := r.unitAt(q.span.Start)
	if u == nil {
		return false, opensParagraph
	}
	for i := skipLead(u); i < len(u.items); i++ {
		if u.items[i].word {
			return false, opensParagraph
		}
	}
	return true, opensParagraph
}

func (r *reader) unitAt(at int) *unit {
	i := sort.Search(len(r.units), func(i int) bool { return r.units[i].span.End > at })
	if i < len(r.units) && r.units[i].span.Start <= at {
		return &r.units[i]
	}
	return nil
}

var (
	webAddress    = regexp.MustCompile(`https?://\S+`)
	signature     = regexp.MustCompile(`^[\s\x{a0}]*(?:[–—―-]{1,2}|~)[\s\x{a0}]*(\p{Lu}[^\n.“”"]{2,120}?)\s*(?:[.\n]|$)`)
	sourceLine    = regexp.MustCompile(`^[\s\x{a0}(\[]*(?i:source|from|via|credit)[\s\x{a0}]*:[\s\x{a0}]*([^\n]{3,200}?)[\s\x{a0})\]]*(?:\n|$)`)
	possessorForm = regexp.MustCompile(`^((?:\p{Lu}[\p{L}.'-]*[\s\x{a0}]+){1,4}?\p{Lu}[\p{L}-]*)['’]s?[\s\x{a0}]+(.*)$`)
)

// signed reads “Quote” – Name, Role and “Quote” Source: Name’s speech.
func (r *reader) signed(qi int) bool {
	q := r.quotes[qi]
	if !r.statement(qi) {
		return false
	}
	if q.credit.Len() > 0 {
		q.credit.End = q.credit.Start + len(strings.TrimRight(q.credit.Of(r.text), " .,\u00a0"))
		return r.add(attribution{content: []graph.Span{q.span}, source: q.credit, para: q.para, unit: q.span, rule: "S2"}) >= 0
	}
	p := r.paras[q.para]
	rest, base := r.text[q.span.End:p.Span.End], q.span.End
	if strings.TrimSpace(rest) == "" {
		if q.para+1 >= len(r.paras) {
			return false
		}
		next := r.paras[q.para+1].Span
		rest, base = r.text[q.span.End:next.End], q.span.End // with the dash before the name
		if utf8.RuneCountInString(rest) > 140 || (signature.FindStringIndex(rest) == nil && sourceLine.FindStringIndex(rest) == nil) {
			return false
		}
	}
	m, rule := signature.FindStringSubmatchIndex(rest), "S2"
	if m == nil {
		if m, rule = sourceLine.FindStringSubmatchIndex(rest), "S1"; m == nil {
			return false
		}
	}
	src := graph.Span{Start: base + m[2], End: base + m[3]}
	if rule == "S1" {
		if p := possessorForm.FindStringSubmatchIndex(src.Of(r.text)); p != nil {
			src = graph.Span{Start: src.Start + p[2], End: src.Start + p[3]}
		} else {
			return false // a title, not a speaker
		}
	}
	cue := graph.Span{Start: base + m[0], End: base + m[2]}
	for cue.Start < cue.End && (r.text[cue.Start] == ' ' || r.text[cue.Start] == '\n' || r.text[cue.Start] == '\t') {
		cue.Start++
	}
	c := strings.TrimSpace(cue.Of(r.text))
	cue.Start += strings.Index(cue.Of(r.text), c)
	cue.End = cue.Start + len(c)
	n := r.add(attribution{content: []graph.Span{q.span}, source: src, cue: cue, para: q.para, unit: q.span, rule: rule})
	return n >= 0
}

// label reads a speaker's name and a colon right before a quotation, or on the line above it: Smith: “…”.
func (r *reader) label(qi int) bool {
	q := r.quotes[qi]
	i := sort.Search(len(r.units), func(i int) bool { return r.units[i].span.End > q.span.Start })
	if i == len(r.units) {
		return false
	}
	u := &r.units[i]
	k := sort.Search(len(u.items), func(k int) bool { return u.items[k].span.Start >= q.span.Start })
	if k == 0 && i > 0 && r.units[i-1].para == u.para-1 {
		u = &r.units[i-1]
		k = len(u.items)
		if r.letterhead(u, qi) {
			return true
		}
	}
	if m := passedOn.FindStringSubmatchIndex(r.text[r.paras[q.para].Span.Start:q.span.Start]); m != nil {
		from := r.paras[q.para].Span.Start
		return r.add(attribution{content: []graph.Span{q.span}, source: graph.Span{Start: from + m[4], End: from + m[5]}, cue: graph.Span{Start: from + m[2], End: from + m[3]}, para: q.para, unit: u.span, rule: "L1"}) >= 0
	}
	if k < 2 || !u.is(k-1, ":") {
		return false
	}
	if first := skipLead(u); first > 0 && u.is(first, "from") && first < k-2 { // And from Smith: “…”
		return r.add(attribution{content: []graph.Span{q.span}, source: u.spanOf(first+1, k-1), cue: u.spanOf(first, first+1), para: q.para, unit: u.span, rule: "L2"}) >= 0
	}
	start, ok := u.npLeft(k - 2)
	if ok && start == 1 && u.is(0, "from", "in") && r.statement(qi) { // From the report: “…”
		return r.add(attribution{content: []graph.Span{q.span}, source: u.spanOf(1, k-1), cue: u.spanOf(0, 1), para: q.para, unit: u.span, rule: "L2"}) >= 0
	}
	if ok && start > 0 && u.is(start-1, ",") {
		if first, ok := u.npLeft(start - 2); ok {
			start = first // Jones, author: “…”
		}
	}
	if (!ok || start > 0) && u.end(k+1) && r.statement(qi) { // Jones went further: “…”
		if src, ok := r.mainSubject(u, k-1); ok && src.End < u.at(k-1).span.Start && !u.negatedIn(max(0, k-maxLead), k-1) {
			return r.add(attribution{content: []graph.Span{q.span}, source: src, cue: u.at(k - 1).span, para: q.para, unit: u.span, rule: "L3"}) >= 0
		}
	}
	if !ok || start > 0 && !u.is(start-1, "-", "–", "—") || !u.at(start).cap || determiners[u.at(start).lower] || speechNouns[u.at(k-2).lower] {
		return false
	}
	return r.add(attribution{content: []graph.Span{q.span}, source: u.spanOf(start, k-1), cue: u.at(k - 1).span, para: q.para, unit: u.span, rule: "L1"}) >= 0
}

// passedOn matches what stands before the words of a post passed on: RT @handle: “…”.
var passedOn = regexp.MustCompile(`^(RT)\s+(@\w{2,40})\s*:?\s*$`)

// skipLead returns the first item that is no connective.
func skipLead(u *unit) int {
	k := 0
	for conjunctions[u.at(k).lower] || leadAdverbs[u.at(k).lower] {
		k++
	}
	return k
}

// letterheads are what a line above a letter or statement begins with, before who wrote it.
var letterheads = regexp.MustCompile(`^(?i:(?:from the (?:desk|office) of|(?:an? |the )?(?:open )?(?:message|letter|note|statement|word|memo) (?:from|by)))\s+\p{Lu}`)

// letterhead reads a line without a verb that says who wrote the quotation below it: From the desk of Smith, director.
func (r *reader) letterhead(u *unit, qi int) bool {
	line := u.span.Of(r.text)
	m := letterheads.FindStringIndex(line)
	if m == nil || len(line) > 200 || !r.statement(qi) {
		return false
	}
	first := u.span.Start + m[1] - 1
	for !utf8.RuneStart(r.text[first]) {
		first--
	}
	last := u.span.Start + len(strings.TrimRight(line, " :.\u00a0"))
	head := graph.Span{Start: u.span.Start, End: u.span.Start + len(strings.TrimRight(r.text[u.span.Start:first], " \u00a0"))}
	return r.add(attribution{content: []graph.Span{r.quotes[qi].span}, source: graph.Span{Start: first, End: last}, cue: head, para: r.quotes[qi].para, unit: u.span, rule: "L2"}) >= 0
}

// goesOn joins a quotation without a cue to the one before it: in the same
// paragraph as a sentence of its own, or as the opening of the next paragraph.
func (r *reader) goesOn(qi int) bool {
	if n := r.introduced(qi); n >= 0 {
		r.extend(n, qi, r.quotes[qi].span)
		return true
	}
	i := sort.Search(len(r.units), func(i int) bool { return r.units[i].span.End > r.quotes[qi].span.Start })
	if i == 0 || i == len(r.units) || !r.statement(qi) {
		return false
	}
	u, before := &r.units[i], &r.units[i-1]
	only, opens := r.alone(qi)
	n := r.lastReport(before)
	switch {
	case before.para == u.para:
		if !only {
			return false
		}
		for j := i - 1; n < 0 && j > max(0, i-4) && r.units[j-1].para == u.para && !(r.units[j].at(0).cap && r.units[j].nounish(0)); j-- {
			n = r.lastReport(&r.units[j-1]) // the paragraph's last speaker
		}
	case before.para != u.para-1 || !opens || otherVoice.MatchString(r.restOf(qi)):
		return false
	}
	if n < 0 || r.found[n].rule == "S2" || r.found[n].source.Len() == 0 {
		return false
	}
	said := r.quotes[qi].span
	if only {
		said.Start = u.span.Start // But “…”
	}
	r.extend(n, qi, said)
	return true
}

// otherVoice marks text behind a quotation that says whose it is.
var otherVoice = regexp.MustCompile(`(?i)\b(?:words?|view|message|verdict|opinion|claim|according|says|said|told|wrote|writes|tweeted|asked|added)\b`)

// restOf is the beginning of what follows a quotation in its paragraph.
func (r *reader) restOf(qi int) string {
	q := r.quotes[qi]
	rest := r.text[q.span.End:r.paras[q.para].Span.End]
	return rest[:min(len(rest), 150)]
}

// introduced returns the attribution whose content is all of the paragraph before the
// one that the quotation opens, -1 for none: an unmarked first paragraph after a colon.
func (r *reader) introduced(qi int) int {
	q := r.quotes[qi]
	if q.para == 0 {
		return -1
	}
	if _, opens := r.alone(qi); !opens {
		return -1
	}
	for _, n := range r.at.near(r.paras[q.para-1].Span) {
		if a := r.found[n]; a.rule == "B1" && a.content[len(a.content)-1] == r.paras[q.para-1].Span {
			return n
		}
	}
	return -1
}

// lastReport is the last attribution that was read in a unit or goes on in it, -1 for none. Before what is only
// reported goes the last quotation of a whole statement: its speaker has the floor.
func (r *reader) lastReport(u *unit) int {
	last, quoted := -1, -1
	for _, n := range r.at.near(u.span) {
		for _, c := range r.found[n].content {
			if !c.Overlaps(u.span) {
				continue
			}
			last = max(last, n)
			for qi := sort.Search(len(r.quotes), func(i int) bool { return r.quotes[i].span.End > c.Start }); qi < len(r.quotes) && r.quotes[qi].span.Start == c.Start; qi++ {
				if r.statement(qi) {
					quoted = max(quoted, n)
				}
			}
		}
	}
	if quoted >= 0 {
		return quoted
	}
	return last
}

// following reads the sentence after a report that goes on in the reported
// voice: partly in quotation marks, with no cue of its own.
func (r *reader) following() {
	for i := 1; i < len(r.units); i++ {
		u, before := &r.units[i], &r.units[i-1]
		if u.para != before.para {
			continue
		}
		n := r.lastReport(before)
		if n < 0 || r.found[n].source.Len() == 0 || r.lastReport(u) >= 0 || r.found[n].unit != before.span {
			continue
		}
		words, quoted := 0, false
		for _, it := range u.items {
			if it.isQuote() {
				if r.taken[it.q] < 0 && len(strings.Fields(r.quotes[it.q].inner.Of(r.text))) >= 3 {
					quoted = true
				}
				continue
			}
			if it.word {
				words++
			}
		}
		first := u.at(0).lower
		if !quoted || words == 0 || first == "i" || first == "we" || first == "when" || first == "if" || first == "(" || first == "see" || first == "source" {
			continue
		}
		if !r.reportsOnly(before, n) {
			continue
		}
		a := r.found[n]
		r.add(attribution{content: []graph.Span{u.clauseSpan(0, len(u.items))}, source: a.source, para: u.para, unit: u.span, rule: "F2"})
	}
}

// reportsOnly reports whether a unit is the report and little else, so that the
// next sentence can go on in its voice.
func (r *reader) reportsOnly(u *unit, n int) bool {
	covered := r.found[n].source.Len() + r.found[n].cue.Len()
	for _, c := range r.found[n].content {
		if c.Overlaps(u.span) {
			covered += min(c.End, u.span.End) - max(c.Start, u.span.Start)
		}
	}
	return covered*2 >= u.span.Len()
}

// unknown takes a quotation that is a statement of its own, and names no speaker.
func (r *reader) unknown(qi int) {
	q := r.quotes[qi]
	if q.chain >= 0 && r.taken[q.chain] >= 0 {
		r.extend(r.taken[q.chain], qi, q.span)
		return
	}
	if qi > 0 && r.statement(qi) && strings.TrimSpace(r.text[r.quotes[qi-1].span.End:q.span.Start]) == "" {
		if n := r.taken[qi-1]; n >= 0 && r.found[n].rule == "Q9" { // a run of them has one speaker
			r.extend(n, qi, q.span)
			return
		}
	}
	only, opens := r.alone(qi)
	if q.single || !(only || opens && strings.TrimSpace(webAddress.ReplaceAllString(r.text[q.span.End:r.paras[q.para].Span.End], "")) == "") || !r.statement(qi) || len(strings.Fields(q.inner.Of(r.text))) < 6 || r.paras[q.para].Heading {
		return
	}
	r.add(attribution{content: []graph.Span{q.span}, para: q.para, unit: q.span, rule: "Q9"})
}
