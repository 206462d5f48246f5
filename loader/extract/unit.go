package extract

import (
	"sort"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/segment"
)

type paragraph = segment.Paragraph

// An item is what a rule sees: a token outside quotation marks, or a whole quotation.
type item struct {
	token
	q    int  // the quote, -1 for a token
	verb bool // of a quotation: a verb stands in it that can be its clause's
}

func (it item) isQuote() bool { return it.q >= 0 }

// A unit is a sentence, or the sentences that one quotation holds together:
// “A. B,” she said. Rules look no further than a unit, but for quotations that go on.
type unit struct {
	para  int // index of its paragraph among those of the segment
	span  graph.Span
	items []item
	// found is how many attributions the reader had before this unit.
	found int
}

// unitsOf cuts a paragraph into units.
func unitsOf(text string, pi int, p paragraph, quotes []quote) []unit {
	var spans []graph.Span
	for _, s := range p.Sentences {
		n := len(spans)
		if n > 0 && (joinedByQuote(spans[n-1], s, quotes) || cueAfter(text, spans[n-1], s, quotes)) {
			spans[n-1].End = s.End
			continue
		}
		spans = append(spans, s)
	}
	tokens := tokenize(text, p.Span, quotes)
	var out []unit
	for _, s := range spans {
		n := sort.Search(len(tokens), func(i int) bool { return tokens[i].span.Start >= s.End })
		if items := itemsOf(tokens[:n], quotes); len(items) > 0 {
			lowerAsking(items)
			out = append(out, unit{para: pi, span: s, items: items})
		}
		tokens = tokens[n:]
	}
	return out
}

// asking are the words that begin a question and are no name: will and may can be, as in Will Reed and May Jones.
var asking = set(`did does do has have had is are was were could would should who whom whose what why how when where which`)

// lowerAsking takes the capital from a word that begins a question: in “Did Jones say so?” no name begins at Did.
func lowerAsking(items []item) {
	for i := range items {
		if asking[items[i].lower] && (i == 0 || items[i-1].lower == ":") {
			items[i].cap = false
		}
	}
}

// itemsOf makes one item of the tokens of each quotation.
func itemsOf(tokens []token, quotes []quote) []item {
	var out []item
	for _, t := range tokens {
		verb := t.quote >= 0 && t.word && finiteVerb(t.lower)
		switch n := len(out); {
		case t.quote < 0:
			out = append(out, item{t, -1, false})
		case n > 0 && out[n-1].q == t.quote:
			out[n-1].verb = out[n-1].verb || verb
		default:
			out = append(out, item{token{span: quotes[t.quote].span, lower: "“”", quote: t.quote}, t.quote, verb})
		}
	}
	return out
}

// joinedByQuote reports whether a quotation stands on both sides of a sentence break.
func joinedByQuote(a, b graph.Span, quotes []quote) bool {
	// Quotes do not overlap: the first that ends behind the break is the only one that can.
	i := sort.Search(len(quotes), func(i int) bool { return quotes[i].span.End > b.Start })
	return i < len(quotes) && quotes[i].span.Start < a.End
}

// cueAfter reports whether a sentence is only the cue of the quotation that the sentence
// before it ends with: “Is it?” Jones asked.
func cueAfter(text string, a, b graph.Span, quotes []quote) bool {
	at := sort.Search(len(quotes), func(i int) bool { return quotes[i].span.End >= a.End })
	if at == len(quotes) || quotes[at].span.End != a.End || !quotes[at].closed {
		return false
	}
	inner := quotes[at].inner.Of(text)
	if inner == "" || lastRune(inner) == '.' {
		return false
	}
	b.End = min(b.End, b.Start+maxTag)
	for b.End < len(text) && !utf8.RuneStart(text[b.End]) {
		b.End--
	}
	u := unit{items: itemsOf(tokenize(text, b, quotes[at:]), quotes[at:])}
	t, ok := u.tagFrom(0, false)
	return ok && !u.is(t.to, "that", ":", "it") && !u.at(t.to).isQuote() && !u.asksHearer(t.to)
}

// asksHearer reports whether a verb goes on at item i with a hearer and a clause of its own: Jones asked her if it is.
func (u *unit) asksHearer(i int) bool {
	end, ok := u.npRight(i)
	return ok && u.is(end, "if", "whether", "why", "how", "what", "who", "where", "that", "to")
}

// maxTag bounds how far behind a quotation the verb of its tag may stand, in bytes.
const maxTag = 400

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// at returns the item at i, an empty one outside the unit.
func (u *unit) at(i int) item {
	if i < 0 || i >= len(u.items) {
		return item{q: -1}
	}
	return u.items[i]
}

func (u *unit) is(i int, words ...string) bool {
	w := u.at(i).lower
	for _, x := range words {
		if w == x && w != "" {
			return true
		}
	}
	return false
}

// end reports whether nothing but closing punctuation follows from i on.
func (u *unit) end(i int) bool {
	for ; i < len(u.items); i++ {
		if it := u.items[i]; it.word || it.isQuote() {
			return false
		}
	}
	return true
}

// spanOf returns the text span of items [i, j).
func (u *unit) spanOf(i, j int) graph.Span {
	if i >= j || i < 0 || j > len(u.items) {
		return graph.Span{}
	}
	return graph.Span{Start: u.items[i].span.Start, End: u.items[j-1].span.End}
}

// clauseSpan is spanOf without punctuation at its end and commas at its start.
func (u *unit) clauseSpan(i, j int) graph.Span {
	for i < j && (u.is(i, ",", ":", ";", "–", "—", "-", "…") || u.is(i, ".")) {
		i++
	}
	for j > i && !u.items[j-1].word && !u.items[j-1].isQuote() && !u.is(j-1, ")", "]", "%", "£", "'s", "’", "?", "!") {
		j--
	}
	return u.spanOf(i, j)
}
