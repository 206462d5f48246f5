package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// sure is the confidence of an attribution that nothing speaks against: a quotation, a cue of
// speech, and a speaker whose name begins its clause and stands at the cue.
const sure graph.Confidence = 950

// What each doubt leaves of the confidence, in hundredths. Doubts are taken one after the other: what they are
// about (was it said, are these the words, is this who) goes wrong apart. unquoted, noSpeech, insideName and carriedOn are
// rounded counts on the open marked texts, seeds/gold and the news of GUM; these have too few cases for the others, which are judged
// by the reliability curve of `whence eval --reliability` on the development sets (EVALUATION.md).
const (
	unquoted   = 90 // words outside quotation marks: their borders are read from the clause
	noSpeech   = 75 // the cue tells of a thought, a finding or an act: "hopes", "shows", "urged"
	insideName = 75 // the source begins inside a clause: it may be the end of a longer phrase
	farSource  = 80 // words stand between the source and the cue: the subject may be another
	noSource   = 50 // a cue without a source: "it was announced that"
	carriedOn  = 25 // no cue of its own: the speaker is taken from the sentences around
	nobody     = 5  // neither cue nor source
)

// confidence is the likelihood, in thousandths, that at least half of an attribution's words are what was said, and that the
// source is who said it. It depends on the text around the spans alone, not on the rule that found them.
func (r *reader) confidence(a *attribution) graph.Confidence {
	c := sure
	doubt := func(holds bool, leaves graph.Confidence) {
		if holds {
			c = (c*leaves + 50) / 100
		}
	}
	named, cued := a.source.Len() > 0, a.cue.Len() > 0
	doubt(!named && !cued, nobody)
	doubt(named && !cued, carriedOn)
	doubt(!named && cued, noSource)
	doubt(a.mode != graph.ModeDirect, unquoted)
	doubt(cued && !speaks(a.cue.Of(r.text)), noSpeech)
	doubt(named && cued && !r.opensClause(a), insideName)
	doubt(named && cued && wordsBetween(r.text, a.source, a.cue), farSource)
	return c
}

// speaks reports whether a cue is one of speech or writing: such a verb, "according", or only a mark (a colon, a dash).
func speaks(cue string) bool {
	mark := true
	for _, w := range strings.FieldsFunc(strings.ToLower(cue), func(r rune) bool { return !unicode.IsLetter(r) }) {
		mark = false
		if v, ok := reportingVerbs[w]; w == "according" || ok && v.speech() {
			return true
		}
	}
	return mark
}

// speech holds for verbs that say rather than think, find out, demand or refuse.
func (v verb) speech() bool {
	return v.frame&says != 0 && v.frame&(thinks|against) == 0 &&
		(v.frame&orders == 0 || v.frame&tells != 0) && (v.frame&finds == 0 || v.frame&treats == 0)
}

// opensClause reports whether the source begins where a clause does, behind a mark or a conjunction, or stands
// right behind the cue: "…," said X.
func (r *reader) opensClause(a *attribution) bool {
	if a.source.Start >= a.cue.End && !wordsBetween(r.text, a.cue, a.source) {
		return true
	}
	before := r.text[max(0, a.source.Start-40):a.source.Start]
	end := strings.TrimRightFunc(before, unicode.IsSpace)
	if end == "" || strings.ContainsAny(before[len(end):], "\n\r\u2028\u2029") {
		return true
	}
	if last, _ := utf8.DecodeLastRuneInString(end); !unicode.IsLetter(last) && !unicode.IsNumber(last) {
		return true
	}
	word := strings.ToLower(end[strings.LastIndexFunc(end, unicode.IsSpace)+1:])
	return conjunctions[word] || subordinates[word]
}

// wordsBetween reports whether letters or digits stand between two spans, whichever comes first; a possessive
// ending is no word.
func wordsBetween(text string, a, b graph.Span) bool {
	if a.Start > b.Start {
		a, b = b, a
	}
	if a.End >= b.Start {
		return false
	}
	const near = 200 // bytes: what is further away has words between
	if b.Start-a.End > near {
		return true
	}
	gap := strings.TrimPrefix(strings.TrimPrefix(text[a.End:b.Start], "’s"), "'s")
	return strings.ContainsFunc(gap, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
