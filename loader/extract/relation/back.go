package relation

import (
	"slices"
	"sort"

	"whence/graph"
)

const (
	// maxBackSentences is how far back words may point.
	maxBackSentences = 3
	// maxReferred is how many claims of one sentence they can mean.
	maxReferred = 2
)

var (
	// pointed are nouns that, after "the" or "this" and with nothing behind them,
	// mean what the text said just before.
	pointed = words(`claim claims criticism criticisms accusation accusations allegation allegations charge charges suggestion suggestions assertion
		assertions analysis finding findings characterisation account figure figures number numbers estimate estimates calculation calculations`)
	// counted are those of them that mean a figure.
	counted = words("figure figures number numbers estimate estimates calculation calculations total amount percentage sum")
	// pointing are words that mean what was said just before, or begin a phrase that does.
	pointing  = words("this that these those it which the them")
	perfected = words("has have had also since now later subsequently been was were is are be being directly flatly itself")
)

// pointsBack reports whether the words around a cue point back to what the text
// said just before, and whether they mean a figure: "rejected the criticism", "disputes this", "this is
// contradicted by", "the correct figure is".
func (r *reader) pointsBack(c cue) (points, figure bool) {
	switch c.kind.predicate {
	case graph.DisputedBy, graph.CorrectedBy, graph.RefutedBy, graph.ContradictedBy:
	default:
		return false, false
	}
	for i := c.first; i <= c.last && c.kind.back; i++ {
		figure = figure || counted[r.low(i)]
	}
	if c.kind.back {
		return true, figure || c.kind.inside
	}
	if c.kind.inside {
		return false, false
	}
	last := c.last
	switch next := r.low(last + 1); {
	case pointed[r.low(last)] && r.closes(last+1): // the cue holds the noun: "rejected the claims"
		return pointing[r.low(last-1)], counted[r.low(last)]
	case pointing[next] && next != "the" && next != "which" && r.closes(last+2):
		return true, false
	case pointing[next] && pointed[r.low(last+2)] && r.closes(last+3):
		return true, counted[r.low(last+2)]
	}
	// The subject of a passive: "this has been corrected", "the figure was contradicted by".
	i := c.first - 1
	for c.first-i < 5 && perfected[r.low(i)] {
		i--
	}
	if i == c.first-1 || r.tokens[max(i, 0)].sentence != r.tokens[c.first].sentence {
		return false, false
	}
	if pointed[r.low(i)] {
		return pointing[r.low(i-1)], counted[r.low(i)]
	}
	return pointing[r.low(i)] && r.low(i) != "the" && r.low(i) != "them", false
}

// closes reports whether a phrase is at its end before the token i.
func (r *reader) closes(i int) bool {
	if i >= len(r.tokens) || i > 0 && r.tokens[i].sentence != r.tokens[i-1].sentence {
		return true
	}
	switch w := r.low(i); w {
	case "and", "but", "as", "saying", "telling", "adding", "in", "on", "yesterday", "today", "when", "however", "too", "insisting", "arguing":
		return true
	default:
		return r.tokens[i].stem < 0 && !stop[w] && w != "'s"
	}
}

// referred returns the claims that words around a cue point back to: those of the
// nearest sentence before it in the same part of the text that has any. points is false when they point at nothing.
func (r *reader) referred(c cue, sentence int, to []int) (out []found, points bool) {
	points, figure := r.pointsBack(c)
	if !points {
		return nil, false
	}
	var speakers speaker
	voice := len(to) > 0
	for _, t := range to {
		speakers.names = append(speakers.names, r.claims[t].who.names...)
		voice = voice && r.claims[t].who.none
	}
	at := r.in.Sentences[sentence].Start
	end := sort.Search(len(r.claims), func(i int) bool { return r.claims[i].hull.Start >= at })
	nearest := -1
	for i := end - 1; i >= 0 && end-i <= 40 && len(out) < maxReferred; i-- {
		k := &r.claims[i]
		if sentence-k.sentence > maxBackSentences || nearest >= 0 && k.sentence != nearest {
			break
		}
		if slices.Contains(to, i) || k.hull.End > at || len(to) > 0 && r.claims[to[0]].Segment != k.Segment || figure && !r.hasNumber(k) ||
			c.kind.other && (speakers.same(k.who) || voice && k.who.none) {
			continue
		}
		within := slices.IndexFunc(out, func(f found) bool { return k.hull.Contains(r.claims[f.claim].hull) })
		if within >= 0 {
			out[within].claim = i // of claims that enclose each other the whole is meant
			continue
		}
		nearest = k.sentence
		out = append(out, found{i, c.kind.score})
	}
	return out, true
}

// hasNumber reports whether a claim's words hold a number in digits.
func (r *reader) hasNumber(k *claim) bool {
	for _, s := range k.Content {
		first, end := r.tokensOf(s)
		for i := first; i < end; i++ {
			if w := r.tokens[i].low; w != "" && w[0] >= '0' && w[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// misheard end cues by which a speaker takes back how own words were read, whatever they were about.
var misheard = words("misquoted misreported misunderstood misinterpreted misspoke context")

// ownLast returns the last claim before a cue, in the same part of the text, of the one who says to have been
// misunderstood: the speaker, if a pronoun names who was.
func (r *reader) ownLast(c cue, sentence int, to []int) []found {
	if len(to) == 0 {
		return nil
	}
	who, _ := r.subjectBefore(c.first)
	if len(who.names) == 0 {
		who = r.claims[to[0]].who
	}
	at := r.in.Sentences[sentence].Start
	end := sort.Search(len(r.claims), func(i int) bool { return r.claims[i].hull.Start >= at })
	for i := end - 1; i >= 0 && end-i <= maxBack; i-- {
		if k := &r.claims[i]; k.Segment == r.claims[to[0]].Segment && k.hull.End <= at && who.same(k.who) {
			return []found{{i, c.kind.score}}
		}
	}
	return nil
}
