package segment

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/neurosnap/sentences"
	"github.com/neurosnap/sentences/english"

	"whence/graph"
	"whence/loader/source"
)

// tokenizer is Punkt with its English training; building it parses 4 MB of JSON,
// so it is built once and on first use. It is not safe for concurrent use with
// other annotations, but Tokenize keeps no state between calls.
var tokenizer = sync.OnceValue(func() *sentences.DefaultSentenceTokenizer {
	t, err := english.NewSentenceTokenizer(nil)
	if err != nil {
		panic("segment: the embedded sentence model does not load: " + err.Error())
	}
	return t
})

// maxSentence bounds what one sentence may be, in bytes: beyond it a "paragraph"
// is data, and is cut at white space.
const maxSentence = 4000

// SplitSentences returns the sentences of a span, in order, without white space at their ends.
func SplitSentences(text string, s graph.Span) []graph.Span {
	var out []graph.Span
	for _, piece := range pieces(text, s) {
		t := piece.Of(text)
		at := 0
		for _, raw := range tokenizer().Tokenize(t) {
			// The tokenizer's own offsets are trusted only as far as its words are found there.
			i := strings.Index(t[at:], strings.TrimSpace(raw.Text))
			if i < 0 || strings.TrimSpace(raw.Text) == "" {
				continue
			}
			start := at + i
			end := start + len(strings.TrimSpace(raw.Text))
			out = appendSentence(text, out, trimSpan(text, graph.Span{Start: piece.Start + start, End: piece.Start + end}))
			at = end
		}
		if rest := trimSpan(text, graph.Span{Start: piece.Start + at, End: piece.End}); rest.Len() > 0 {
			out = appendSentence(text, out, rest)
		}
	}
	return out
}

// pieces cuts a very long span at white space.
func pieces(text string, s graph.Span) []graph.Span {
	var out []graph.Span
	for s.Len() > maxSentence {
		cut := s.Start + maxSentence
		if i := strings.LastIndexByte(text[s.Start:cut], ' '); i > 0 {
			cut = s.Start + i
		}
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		out = append(out, graph.Span{Start: s.Start, End: cut})
		s.Start = cut
	}
	return append(out, s)
}

// breakInside is where Punkt joins what are two sentences: after a bracketed
// figure or a date that ends one, and where the space after a stop is missing.
var breakInside = regexp.MustCompile(`(?:[a-z0-9)\]”"’%](?:[.?!]|…|\.\.\.)[”"’)]*)(\s+)(?:[“"‘(]?\p{Lu}[\p{Ll}’' ])|[.?!]”()\p{Lu}\p{Ll}`)

// appendSentence adds a sentence, joined to the one before where that was no end, and divided
// where a break was missed.
func appendSentence(text string, out []graph.Span, s graph.Span) []graph.Span {
	if s.Len() == 0 {
		return out
	}
	if n := len(out); n > 0 && out[n-1].Len() < maxSentence && goesOnFrom(out[n-1].Of(text), s.Of(text)) {
		out[n-1].End = s.End
		return out
	}
	at, t := 0, s.Of(text)
	for _, m := range breakInside.FindAllStringSubmatchIndex(t, -1) {
		if m[2] < 0 {
			m = m[2:] // no space at all
		}
		if noEnd(strings.TrimRight(t[at:m[2]], "”\"’)"), t[m[3]:]) {
			continue
		}
		out = append(out, trimSpan(text, graph.Span{Start: s.Start + at, End: s.Start + m[2]}))
		at = m[3]
	}
	return append(out, trimSpan(text, graph.Span{Start: s.Start + at, End: s.End}))
}

// goesOnFrom reports whether a text goes on with the sentence before it: in lower case, which an
// address or "iPhone" does not show, with a stray mark, or after an abbreviation.
func goesOnFrom(before, s string) bool {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	switch {
	case unicode.IsLower(first) && !unicode.IsUpper(second) && !strings.HasPrefix(s, "http") && !strings.HasPrefix(s, "www."):
		return true
	case len(s) <= size+2 && !unicode.IsLetter(first) && !unicode.IsDigit(first):
		return true
	}
	return noEnd(before, s)
}

// Abbreviations after which a sentence goes on, and those after which it does before a figure.
var (
	abbreviated = regexp.MustCompile(`(?:^|[\s(“"‘])(?:[A-Z]|Drs?|Mr|Mrs|Ms|Messrs|Prof|Rev|Revd|Fr|Msgr|Hon|Cllrs?|Sens?|Reps?|Govs?|Pres|Amb|Atty|Sgt|Lt|Col|Gen|Brig|Adm|Cmdr|Cmdt|Capt|Maj|Cpl|Pvt|Supt|Insp|Det|Rt|Ste?|Mt|Ft|vs|cf|al|eds?|e\.g|i\.e|viz|approx)\.$`)
	beforeDigit = regexp.MustCompile(`(?i)(?:^|[\s(“"‘])(?:no|nos|pp?|figs?|vols?|arts?|chs?|secs?|ss?|paras?|regs?|sch|etc|c|ca|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$`)
)

// noEnd reports whether the stop that ends a text only cuts a word short.
func noEnd(before, next string) bool {
	if len(before) > 24 {
		before = before[len(before)-24:]
	}
	return strings.HasSuffix(before, ".") && (abbreviated.MatchString(before) || unicode.IsDigit(firstRune(next)) && beforeDigit.MatchString(before))
}

// addParagraphs fills in paragraphs, sentences and languages.
func (l *Layout) addParagraphs(text string, blocks []block) {
	for _, b := range blocks {
		if b.segment < 0 || b.span.Len() == 0 {
			continue
		}
		p := Paragraph{Span: b.span, Segment: b.segment, Heading: b.heading, Item: b.marker != ""}
		if l.Segments[b.segment].Type != graph.SegmentFurniture {
			p.Sentences = SplitSentences(text, b.span)
		}
		l.Paragraphs = append(l.Paragraphs, p)
	}
	for i := range l.Segments {
		s := &l.Segments[i]
		if s.Type == graph.SegmentFurniture {
			continue
		}
		if code, sure := source.Language(s.Span.Of(text)); sure {
			s.Language = code
			if code != "en" {
				s.Skipped = "not in English (" + code + ")"
			}
		}
	}
}
