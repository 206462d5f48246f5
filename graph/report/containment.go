package report

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/graph"
)

// contains looks in a held document for what a claim says: its quoted words, its
// figures, or a claim of its family. found shows what stands there, missing names
// what does not; tested is false when there was nothing to look for.
func (l *ladder) contains(c *graph.TracedClaim, src *graph.Source, d *graph.Document) (found []Hop, missing []string, tested bool) {
	text := l.text(d.ID)
	for _, words := range quotedIn(c.Claim) {
		if text == nil {
			break
		}
		tested = true
		if at, ok := text.find(graph.FoldWords(words)); ok {
			found = append(found, Hop{Node: d.ID, Document: d.ID, Evidence: []graph.Passage{graph.NewPassage(text.text, at)}, Why: "the quoted words"})
		} else {
			missing = append(missing, "“"+words+"”")
		}
	}
	for _, f := range c.Figures {
		if text == nil || beneathNotice(f.Statistic) || src != nil && slices.ContainsFunc(citing(c, src), func(p graph.Passage) bool { return p.Overlaps(f.Statistic.Figure.Span) }) {
			continue
		}
		tested = true
		if same := l.figureIn(f.Statistic, d.ID); same != nil {
			found = append(found, Hop{Node: same.ID, Document: d.ID, Evidence: []graph.Passage{same.Figure}, Why: "the figure"})
		} else if at, ok := l.digitsIn(f.Statistic, d.ID, text); ok {
			found = append(found, Hop{Node: d.ID, Document: d.ID, Evidence: []graph.Passage{graph.NewPassage(text.text, at)}, Why: "the figure"})
		} else {
			missing = append(missing, "the figure “"+f.Statistic.Figure.Exact+"”"+ofUnit(f.Statistic))
		}
	}
	if len(found) > 0 || tested {
		return found, missing, tested
	}
	for _, id := range l.s.Family(c.Family) {
		if other := l.s.Claim(id); other.Claim.Document == d.ID && !byReader(other) {
			return []Hop{claimHop(other, nil, "the claim")}, nil, true
		}
	}
	return nil, nil, false
}

// beneathNotice reports whether a figure is a small number in words: "two questions".
// Texts have those without anybody counting.
func beneathNotice(f *graph.Statistic) bool {
	return f.Value != nil && math.Abs(*f.Value) < 10 && *f.Value == math.Trunc(*f.Value) && !strings.ContainsAny(f.Figure.Exact, "0123456789")
}

func ofUnit(f *graph.Statistic) string {
	if f.Unit == "" {
		return ""
	}
	return " of " + f.Unit
}

// figureIn returns a figure of a document that a figure is equal to, or says that
// it is rounded from: of the same unit, as far as units are known.
func (l *ladder) figureIn(f *graph.Statistic, document graph.ID) *graph.Statistic {
	for _, g := range l.figures[document] {
		if sameUnit(f.Unit, g.Unit) && (equalFigures(f, g) || roundedFrom(f, g)) {
			return g
		}
	}
	return nil
}

func sameUnit(a, b string) bool {
	return a == "" || b == "" || slices.Equal(graph.FoldWords(a), graph.FoldWords(b))
}

func equalFigures(f, g *graph.Statistic) bool {
	if f.Value != nil && g.Value != nil {
		return *f.Value == *g.Value
	}
	equal := func(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
	return f.Value == nil && g.Value == nil && (f.Min != nil || f.Max != nil) && equal(f.Min, g.Min) && equal(f.Max, g.Max)
}

// roundedFrom reports whether a figure that does not claim to be exact, by a word
// such as "about" or by being told in millions, is another one rounded to two or
// more digits.
func roundedFrom(f, g *graph.Statistic) bool {
	if f.Value == nil || g.Value == nil {
		return false
	}
	if f.Bound == graph.BoundExact && !strings.ContainsFunc(f.Figure.Exact, unicode.IsLetter) {
		return false
	}
	for digits := 2; digits <= 6; digits++ {
		if isRounding(*f.Value, *g.Value, digits, sideOf(f)) {
			return true
		}
	}
	return false
}

// digitsIn finds the digits of a figure in a text in which no figure of that value
// was read: what was not read there is not missing.
func (l *ladder) digitsIn(f *graph.Statistic, document graph.ID, text *foldedText) (graph.Span, bool) {
	if text == nil || slices.ContainsFunc(l.figures[document], func(g *graph.Statistic) bool { return equalFigures(f, g) }) {
		return graph.Span{}, false
	}
	words := graph.FoldWords(f.Figure.Exact)
	digits := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w[0] < '0' || w[0] > '9' })
	if len(digits) > 0 && len(words) == len(digits) {
		return text.find(digits)
	}
	return text.find(words)
}

// quotedIn returns the runs of words that a claim gives in quotation marks, cut at
// omissions and at what the writer put in for clarity. A direct claim is all quoted.
func quotedIn(c *graph.Claim) []string {
	var out []string
	for _, p := range quoted(c) {
		for _, run := range runs(p.Exact) {
			run = strings.TrimFunc(run, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if len(graph.FoldWords(run)) > 0 {
				out = append(out, run)
			}
		}
	}
	return out
}

// runs cuts quoted words at … and at what stands in [ ].
func runs(quoted string) []string {
	var out []string
	start := 0
	for i := 0; i < len(quoted); i++ {
		rest := quoted[i:]
		end := 0
		switch {
		case strings.HasPrefix(rest, "…"):
			end = len("…")
		case strings.HasPrefix(rest, "..."):
			end = len("...")
		case rest[0] == '[':
			if end = strings.IndexByte(rest[:min(len(rest), maxInserted)], ']') + 1; end == 0 {
				end = 1
			}
		default:
			continue
		}
		out = append(out, quoted[start:i])
		start = i + end
		i = start - 1
	}
	return append(out, quoted[start:])
}

// maxInserted bounds, in bytes, what a writer puts into a quotation for clarity.
const maxInserted = 200

// text returns the text of a held document, or nil when it is not kept.
func (l *ladder) text(document graph.ID) *foldedText {
	t, ok := l.folded[document]
	if !ok {
		if text, kept := l.s.Text(document); kept {
			t = foldText(text, graph.Span{End: len(text)})
			t.at = map[string][]int{}
			for i, w := range t.words {
				t.at[w] = append(t.at[w], i)
			}
		}
		l.folded[document] = t
	}
	return t
}

// A foldedText is a text in which runs of folded words can be found.
type foldedText struct {
	text  string
	words []string
	spans []graph.Span // of the piece between white space that each word stands in
	at    map[string][]int
}

// foldText folds the words of a part of a text.
func foldText(text string, part graph.Span) *foldedText {
	t := &foldedText{text: text}
	start := part.Start
	piece := func(end int) {
		for _, w := range graph.FoldWords(text[start:end]) {
			t.words = append(t.words, w)
			t.spans = append(t.spans, graph.Span{Start: start, End: end})
		}
	}
	for i, r := range part.Of(text) {
		if unicode.IsSpace(r) {
			piece(part.Start + i)
			start = part.Start + i + utf8.RuneLen(r)
		}
	}
	piece(part.End)
	return t
}

// passage returns the words from the first to before the last.
func (t *foldedText) passage(first, last int) graph.Passage {
	return graph.NewPassage(t.text, graph.Span{Start: t.spans[first].Start, End: t.spans[last-1].End})
}

// maxPlaces bounds at how many places of its first word a run of words is looked for.
const maxPlaces = 1000

// find returns where a run of words stands first.
func (t *foldedText) find(run []string) (graph.Span, bool) {
	if len(run) == 0 {
		return graph.Span{}, false
	}
	places := t.at[run[0]]
	for _, i := range places[:min(len(places), maxPlaces)] {
		if i+len(run) <= len(t.words) && slices.Equal(t.words[i:i+len(run)], run) {
			return graph.Span{Start: t.spans[i].Start, End: t.spans[i+len(run)-1].End}, true
		}
	}
	return graph.Span{}, false
}
