package planted

import (
	"strings"

	"whence/graph"
)

// Quote drift (3.7): what became of somebody's very words.
var quotePlots = []plot{
	{"quote-drift/verbatim but for the type", func(t *teller) {
		words := t.promised()
		t.quoted(words, "", strings.NewReplacer("’", "'", " – ", " - ").Replace(words))
		t.quoted(strings.ToUpper(words[:1])+words[1:], "", words)
	}},
	{"quote-drift/cut short", func(t *teller) {
		t.quoted(t.promised(), "truncated", strings.TrimSuffix(t.promised(), " "+t.why))
	}},
	{"quote-drift/cut short, and marked", func(t *teller) {
		t.quoted(t.promised(), "?truncated", strings.TrimSuffix(t.promised(), t.why)+"…")
	}},
	{"quote-drift/the middle left out", func(t *teller) {
		t.quoted(t.promised(), "spliced", strings.Replace(t.promised(), " "+t.until, "", 1))
	}},
	{"quote-drift/the middle left out, and marked", func(t *teller) {
		t.quoted(t.promised(), "?truncated", strings.Replace(t.promised(), t.until, "…", 1))
	}},
	{"quote-drift/another word", func(t *teller) {
		other := acts[t.IntN(len(acts))]
		for other == t.act {
			other = acts[t.IntN(len(acts))]
		}
		t.quoted(t.promised(), "substituted", strings.Replace(t.promised(), t.act, other, 1))
	}},
	{"quote-drift/a not lost", func(t *teller) {
		t.quoted(t.promised(), "negation-changed", strings.Replace(t.promised(), "will not", "will", 1))
	}},
	{"quote-drift/a not lost and the end too", func(t *teller) {
		t.quoted(t.promised(), "negation-changed", strings.TrimSuffix(strings.Replace(t.promised(), "will not", "will", 1), " "+t.why))
	}},
	{"quote-drift/a bracket", func(t *teller) {
		t.quoted(t.promised(), "?bracketed", strings.Replace(t.promised(), "we will", "[the council] will", 1))
	}},
	{"quote-drift/promoted", func(t *teller) {
		who := t.person()
		b := t.document(graph.KindNews, 0, nil).reports(who, utterance{words: t.promised()})
		a := t.document(graph.KindBlog, 5, nil).quotes(who, t.promised()).from(b)
		a.is(b)
		t.expect("quote-drift", "promotion", a, b)
	}},
	{"quote-drift/quoted by way of a report", func(t *teller) {
		// The document in between has no quotation marks, but the first has.
		who := t.person()
		first := t.document(graph.KindSpeech, 0, nil).quotes(who, t.promised())
		b := t.document(graph.KindNews, 2, nil).reports(who, utterance{words: t.promised()}).from(first)
		a := t.document(graph.KindNews, 5, nil).quotes(who, t.promised()).from(b)
		family(first, b, a)
	}},
}

// quoted tells of a speech, and of a newspaper that quotes it. kind is what that made
// of it: "" for no harm, and after a ? what the definition names but does not blame.
func (t *teller) quoted(words, kind, as string) {
	who := t.person()
	b := t.document(graph.KindSpeech, 0, nil).quotes(who, words)
	a := t.document(graph.KindNews, 2+t.IntN(9), nil).quotes(who, as)
	if t.IntN(2) == 0 {
		a.from(b)
	} else {
		a.has(b, graph.BasisQuoted)
	}
	if kind == "negation-changed" {
		a.like(b)
	} else {
		a.is(b)
	}
	switch {
	case strings.HasPrefix(kind, "?"):
		t.may("quote-drift", kind[1:], a, b)
	case kind != "":
		t.expect("quote-drift", kind, a, b)
	}
}
