package name

import (
	"slices"
	"strings"

	"whence/graph"
)

// referenceAt adds the office or body that a common noun refers to at token i, an
// article: "the minister", "a spokesperson for X", "the charity". It returns
// the token after it, or i when there is none.
func (f *finder) referenceAt(toks []token, i int) int {
	low := toks[i].low
	if IsSpokesperson(low) && (i == 0 || !toks[i-1].newline) {
		return f.officeReference(toks, i, i, i)
	}
	if toks[i].mark || low != "the" && low != "a" && low != "an" && low != "this" && low != "that" && !toks[i].cap && !f.bare(toks, i) {
		return i
	}
	k := i + 1
	if !isDeterminer(low) {
		k = i
	}
	start := k
	for k < len(toks) && k < i+8 && !toks[k].newline && !toks[k].mark {
		t := toks[k]
		if isOffice(t) && (t.low == singularOffice(t.low)) && !IsGiven(t.word) && !nextIsPost(toks, k+1) {
			return f.officeReference(toks, i, start, k)
		}
		if k == start && !isGovernmentWord(toks, k) {
			if typ, ok := Nominal(t.low); ok && (low == "the" || low == "this" || low == "that") && !f.nextJoins(toks, k+1) {
				f.add(Name{Span: t.Span, Type: typ, Nominal: true})
				return k + 1
			}
		}
		if isGovernmentWord(toks, k) && low != "a" && !f.nextJoins(toks, k+1) && k == start {
			f.add(Name{Span: t.Span, Type: graph.Government, Nominal: true})
			return k + 1
		}
		if !partOfTitle(toks, k) || t.cap && k+1 < len(toks) && toks[k+1].low == "and" && !partOfTitle(toks, k+1) {
			break
		}
		k++
	}
	return i
}

// governmentAt adds the government of a place or people that stands at token i:
// "UK government", "the Scottish Government's". It returns the token after it, or i.
func (f *finder) governmentAt(toks []token, i int) int {
	if !toks[i].cap || toks[i].mark || toks[i].possessive {
		return i
	}
	n := 1
	if !demonyms.has(toks[i].low) {
		t, k := listedAt(f.text, toks, i, min(len(toks), i+longestKnown))
		if t != graph.Place {
			return i
		}
		n = k
	}
	if i+n >= len(toks) || toks[i+n].low != "government" || toks[i+n].newline || f.nextJoins(toks, i+n+1) {
		return i
	}
	f.add(Name{Span: graph.Span{Start: toks[i].Start, End: toks[i+n].End}, Type: graph.Government})
	return i + n + 1
}

// bare reports whether a reference may begin without an article: "ministers", "government".
func (f *finder) bare(toks []token, i int) bool {
	return toks[i].low == "government" && i+1 < len(toks) && (IsVerb(toks[i+1].low) || IsSpokesperson(toks[i+1].low))
}

func isGovernmentWord(toks []token, k int) bool { return toks[k].low == "government" }

// nextIsPost reports whether the post goes on: the noun at k-1 is no head.
func nextIsPost(toks []token, k int) bool {
	return k < len(toks) && !toks[k].mark && !toks[k].newline && isOffice(toks[k]) && toks[k].low == singularOffice(toks[k].low)
}

// nextJoins reports whether the word at k makes the noun before it part of a longer
// name or compound: "the Department for Work", "the council tax".
func (f *finder) nextJoins(toks []token, k int) bool {
	if k >= len(toks) || toks[k].mark || toks[k].newline || toks[k-1].possessive {
		return false
	}
	t := toks[k]
	if (t.low == "of" || t.low == "for") && k+1 < len(toks) && (toks[k+1].cap || toks[k+1].low == "the" && k+2 < len(toks) && toks[k+2].cap) {
		return true
	}
	return t.cap || progHeads.has(t.low) || orgHeads.has(t.low) || isOffice(t) && !IsSpokesperson(t.low)
}

// officeReference adds the post whose noun stands at k, in a phrase that begins
// at start after an article at i, unless a person is named with it.
func (f *finder) officeReference(toks []token, i, start, k int) int {
	spokesperson := IsSpokesperson(toks[k].low)
	if !toks[k].cap && isVague(toks[k].low) {
		return i
	}
	definite := toks[i].low == "the" || toks[i].low == "this" || toks[i].low == "that"
	if !definite && !spokesperson {
		return i
	}
	end := k + 1
	if end < len(toks) && !toks[end].newline && toks[end].cap && !toks[end].mark && !toks[k].possessive {
		return i // a person or a longer name: split reads it
	}
	if end+1 < len(toks) && toks[end].low == "," && toks[k].cap && f.personAfterComma(toks, end+1) > 0 {
		return i
	}
	if !spokesperson && end < len(toks) && (toks[end].low == "of" || toks[end].low == "for") && !toks[end].newline {
		stop := end + 1
		for stop < len(toks) && stop < end+10 && !toks[stop].newline && !toks[stop].possessive && (toks[stop].cap && !toks[stop].mark || isConnective(toks[stop].low) && stop+1 < len(toks) && (toks[stop+1].cap || toks[stop+1].low == "the")) {
			stop++
		}
		if q := complementEnd(f.text, toks, end, stop); q > end+1 {
			if q < len(toks) && toks[q].cap && !toks[q].mark && !toks[q].newline {
				return i
			}
			end = q
		}
	}
	if spokesperson {
		// The body before it is a name of its own: "a DWP spokesperson".
		from := start
		for from < k && slices.ContainsFunc(toks[from:k], func(t token) bool { return t.cap || t.low == "government" }) {
			from++
		}
		start = from
		if start > i+1 {
			return i
		}
	}
	f.add(Name{Span: graph.Span{Start: toks[start].Start, End: toks[end-1].End}, Office: true, Gender: roleGender(toks[k].low)})
	return end
}

// speakFor gives each spokesperson the body that stands after "for", "from", "of" or
// "at", or right before.
func (f *finder) speakFor(names []Name) {
	for i := range names {
		n := &names[i]
		if !n.Office {
			continue
		}
		words := n.Span.Of(f.text)
		if !IsSpokesperson(words) {
			continue
		}
		if i+1 < len(names) {
			between := words + f.text[n.Span.End:min(names[i+1].Span.Start, n.Span.End+16)]
			if toks := tokenise(between, graph.Span{End: len(between)}); names[i+1].Span.Start-n.Span.End < 16 && len(toks) >= 2 && len(toks) <= 3 &&
				slices.Contains([]string{"for", "from", "of", "at"}, toks[1].low) && (len(toks) == 2 || toks[2].low == "the") {
				n.Body = names[i+1].Span
			}
		}
		if n.Body.Len() == 0 && i > 0 && n.Span.Start-names[i-1].Span.End <= 4 && n.Span.Start > names[i-1].Span.End &&
			!strings.ContainsAny(f.text[names[i-1].Span.End:n.Span.Start], ".,;:!?\n") {
			n.Body = names[i-1].Span
		}
	}
}

// isVague reports whether a noun is as often no post: "the general", "the head".
func isVague(low string) bool {
	switch low {
	case "general", "head", "chief", "executive", "lead", "principal", "major", "resident", "survivor", "expert", "specialist", "witness", "player",
		"peer", "fellow", "official", "representative", "academic", "doctor", "nurse", "engineer", "controller", "whip", "deputy", "speaker", "chair", "aide", "host",
		"veteran", "volunteer", "moderator", "nominee":
		return true
	}
	return false
}
