package cite

import (
	"strings"

	"whence/graph"
)

// dataNouns are figures and findings without a document around them.
var dataNouns = set(`data figures statistics stats estimates projections forecasts numbers records polling research evidence modelling analysis
	findings surveys studies polls census documents`)

// showVerbs are what data does when it is relied on.
var showVerbs = set(`show shows showed shown suggest suggests suggested indicate indicates indicated reveal reveals revealed find finds found
	estimate estimates estimated demonstrate demonstrates demonstrated confirm confirms confirmed put puts record recorded
	conclude concludes concluded point points pointed say says said imply implies`)

// estimateVerbs are how a body comes by a figure of its own.
var estimateVerbs = set(`estimates estimated estimate forecasts forecast predicts predicted projects projected calculates calculated
	anticipates anticipated reckons expects`)

// passiveEstimates, before "by X", do the same.
var passiveEstimates = set(`estimated calculated forecast projected predicted compiled collected collated`)

// data finds figures of a body that names no document: "NHS data shows",
// "figures from the ONS", "official statistics", "Research shows" (S1); "NHS
// England estimates that", "it is estimated by the X that" (S2); "according to
// the ONS" before or after a figure (S3); "internal documents seen by" (S4). Not
// "the data protection officer", "evidence-based".
func (r *reader) data() {
	for i := range r.tokens {
		switch {
		case r.of(i, estimateVerbs) && r.is(i+1, "that") && r.free(i, i):
			r.estimate(i)
		case r.of(i, dataNouns) && r.free(i, i) && (!r.capital(i) || r.starts(i)) && !r.of(i+1, headLast):
			r.dataNoun(i)
		case r.of(i, estimateVerbs) && r.free(i, i):
			r.estimate(i)
		}
		if r.is(i, "by") && r.of(i-1, passiveEstimates) && r.free(i-1, i) {
			if n, ok := r.creditAt(i + 1); ok && n.kind != graph.Person && r.free(i-1, n.last) && r.same(i, n.last) {
				r.credited(n, i-1, n.last, "S2", 850)
			}
		}
		if r.is(i, "to") && r.is(i-1, "according") && r.free(i-1, i) {
			r.according(i)
		}
	}
}

// credited records data of a body.
func (r *reader) credited(n named, first, last int, rule string, confidence graph.Confidence) {
	m := mention{noun: "data", definite: true, Citation: Citation{Kind: graph.SourceData, Rule: rule, Confidence: confidence}}
	n.kind = graph.Organisation
	r.credit(&m.Citation, n)
	r.add(m, first, last)
}

// dataNoun reads the phrase around the noun at token i.
func (r *reader) dataNoun(i int) {
	m := mention{noun: "data", definite: true, Citation: Citation{Kind: graph.SourceData, Rule: "S1", Confidence: 850}}
	if r.is(i, "documents") {
		if r.is(i-1, "internal", "leaked", "confidential", "official") && (r.is(i+1, "seen", "obtained", "leaked", "show", "showed", "reveal", "revealed", "suggest")) {
			m.Title, m.Rule, m.Confidence = r.words(i-1, i), "S4", 700
			last := i + 1
			if r.is(i+2, "by") {
				last = i + 2
			}
			r.add(m, i-1, last)
		}
		return
	}
	// Who: "NHS data", "NHS England's own figures", "government figures", "figures from the ONS".
	first, j := i, i-1
	official := false
	for n := 0; (r.lower(j) || r.is(j, "official", "government")) && r.same(j, i) && n < 3 && !r.of(j, functionWords); n++ {
		if r.is(j, "official") {
			official, first = true, j
		}
		if r.of(j, bodyNouns) && !credited(&m.Citation) {
			m.Publisher, m.PublisherSpan, first = r.words(j, j), r.span(j, j), j
		}
		j--
	}
	if r.is(j, "'s", "'") {
		if r.of(j-1, bodyNouns) && !credited(&m.Citation) {
			m.Publisher, m.PublisherSpan, first = r.words(j-1, j-1), r.span(j-1, j-1), j-1
		}
		j--
	}
	if n, ok := r.nameBefore(j); ok && r.same(j, i) && n.kind != graph.Person && n.kind != graph.Place {
		if n.kind != "" {
			m.Publisher, m.PublisherSpan, first = r.words(n.first, n.last), r.span(n.first, n.last), n.first
		}
	}
	last := i
	if m.Publisher == "" {
		for k := i + 1; r.same(i, k) && k-i <= 8; k++ {
			if r.is(k, "from", "by") || r.is(k, "of") && r.is(i, "analysis") {
				if n, ok := r.creditAt(k + 1); ok && r.same(i, n.last) && n.kind != graph.Place && n.kind != graph.Person {
					if _, _, isDay := r.day(n.first); !isDay && (n.kind != "" || r.is(k, "by") || r.is(k+1, "the")) {
						m.Publisher, m.PublisherSpan, last = r.words(n.first, n.last), r.span(n.first, n.last), n.last
					}
				}
				break
			}
			if !r.lower(k) || r.of(k, functionWords) && !r.is(k, "out", "on", "for", "about", "in", "new") {
				break
			}
		}
	}
	relied := r.shows(last + 1)
	if relied >= 0 {
		last = relied
	}
	reliedOn := relied >= 0 || r.reliedOn(first-1)
	switch {
	case m.Publisher != "" && (reliedOn || last > i || r.is(first-1, "the", "latest") && r.is(i, "figures", "statistics", "estimates") || r.is(i, "figures", "statistics", "estimates", "projections", "forecasts")):
	case official && (reliedOn || r.is(i, "statistics", "figures", "data")):
		m.Title = strings.ToLower(r.words(first, i))
		m.Confidence = 750
	case relied >= 0 && !r.of(i-1, determiners) && !r.is(i-1, "no", "little", "of", "these", "our", "my", "as") && r.unspecified(i) && !r.is(i, "numbers", "records", "forecasts", "estimates", "findings", "analysis"):
		m.Title, m.Confidence = r.low(i), 650
	default:
		return
	}
	r.add(m, first, last)
}

// unspecified reports whether the noun at token i opens its clause: "Research shows", "recent studies suggest".
func (r *reader) unspecified(i int) bool {
	j := i - 1
	for n := 0; n < 2 && r.is(j, "new", "recent", "latest", "previous", "academic", "scientific", "other", "existing", "recently", "several", "many", "some", "most", "clinical", "international", "published"); n++ {
		j--
	}
	return r.starts(j+1) || r.is(j, ",", ";", "but", "and", "as", "because", "that", "while", "although", "–", "—", "(", "“", "\"")
}

// shows returns the verb at or soon after token i by which data is relied on, or -1.
func (r *reader) shows(i int) int {
	for j := i; r.same(i-1, j) && j-i < 4; j++ {
		if r.of(j, showVerbs) {
			return j
		}
		if !strings.HasSuffix(r.low(j), "ly") && !r.is(j, "has", "have", "also", "which", "that", "now", "to", "from", "for") && r.year(j) == "" {
			break
		}
	}
	return -1
}

// reliedOn reports whether the words before a noun phrase that begins after token i rely on it.
func (r *reader) reliedOn(i int) bool {
	for r.of(i, determiners) || r.is(i, "latest", "new", "recent") {
		i--
	}
	return r.is(i, "to") && r.is(i-1, "according") || r.is(i, "on", "from") && r.is(i-1, "based") || r.is(i, "citing", "using", "per", "cites", "cited", "quoting") ||
		r.is(i, "of") && r.is(i-1, "analysis")
}

// estimate reads "NHS England estimates that" at the verb i.
func (r *reader) estimate(i int) {
	j := i - 1
	for r.of(j, auxiliaries) || strings.HasSuffix(r.low(j), "ly") && r.lower(j) {
		j--
	}
	n, ok := r.nameBefore(j)
	if !ok || !r.same(j, i) || n.kind == graph.Person || n.kind == graph.Place || n.kind == "" && !r.of(n.last, dataBodies) || !r.free(n.first, i) {
		return
	}
	if r.is(i, "estimate", "forecast") && r.is(i+1, "of", "for") {
		return
	}
	if !r.is(i+1, "that") && !r.figureNear(i) {
		return
	}
	r.credited(n, n.first, i, "S2", 900)
}

// figureNear reports whether a figure stands within twelve tokens of token i in its sentence.
func (r *reader) figureNear(i int) bool {
	for j := i - 12; j <= i+12; j++ {
		if r.number(j) && r.same(i, j) || r.same(i, j) && r.is(j, "half", "third", "thirds", "quarter", "quarters", "million", "billion", "per", "majority", "dozen", "hundreds", "thousands", "%") {
			return true
		}
	}
	return false
}

// according reads the body after "according to" that ends at token i.
func (r *reader) according(i int) {
	n, ok := r.creditAt(i + 1)
	if !ok || !r.same(i, n.last) || n.kind != graph.Organisation || r.is(n.last+1, "'s", "'") || r.of(n.last+1, dataNouns) || !r.free(n.first, n.last) || !r.figureNear(n.last) && !r.figureNear(i-1) {
		return
	}
	r.credited(n, i-1, n.last, "S3", 650)
}
