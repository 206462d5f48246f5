package extract

import (
	"regexp"
	"sort"
	"strings"
	"unicode"

	"whence/graph"
)

// A turn is a paragraph of a transcript or a thread: a label, and what its speaker says.
type turn struct {
	para  int
	label graph.Span // without its mark
	words graph.Span // what is said, up to the end of the paragraph
}

// turnLabel matches what can be a speaker's label at the beginning of a paragraph: a name with its titles, a post
// with the name in brackets, a handle, "A"; a colon ends it, or a full stop where the name is in capitals.
var turnLabel = regexp.MustCompile(`^(?:(@\w{2,40}|A|(?:(?:The |Mr |Mrs |Ms |Dr |Sir |Lord |Lady |Baroness )?\p{Lu}[\p{L}’'.-]*)(?:,? (?:\p{Lu}[\p{L}’'.-]*|of|for|the|and|de|van|von|d’|al))*(?: \([^()\n]{2,60}\))?):|(A|Q|(?:\p{Lu}[\p{L}’'.-]*\.? ){1,2}\p{Lu}[\p{Lu}’'-]{2,})\.)[ \t\x{a0}]+`)

// maxLabel bounds a speaker's label, in bytes.
const maxLabel = 100

// turns finds the transcript in the paragraphs of a segment: three labelled paragraphs or more, of which one
// speaker has two. A list of "Place: …", "Date: …" has no label twice.
func (r *reader) turns() []turn {
	var out []turn
	seen, again := map[string]bool{}, false
	for i, p := range r.paras {
		for at := p.Span.Start; at < p.Span.End; {
			t, ok := r.turnAt(i, at)
			if !ok {
				break
			}
			name := speakerKey(t.label.Of(r.text))
			again = again || seen[name]
			seen[name] = true
			out = append(out, t)
			at = t.words.End
			rest := r.text[at:p.Span.End]
			at += len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
		}
	}
	if len(out) < 3 || !again || len(seen) > len(out)*3/4 {
		return nil
	}
	return out
}

// turnAt reads the turn that begins at an offset in a paragraph. It ends with the paragraph, or before a sentence
// with a label of its own, where a format has run lines together.
func (r *reader) turnAt(para, at int) (turn, bool) {
	p := r.paras[para]
	m := r.labelAt(p, at)
	if m == nil {
		return turn{}, false
	}
	from, to := m[2], m[3]
	if from < 0 {
		from, to = m[4], m[5]
	}
	t := turn{para, graph.Span{Start: at + from, End: at + to}, graph.Span{Start: at + m[1], End: p.Span.End}}
	i := sort.Search(len(p.Sentences), func(i int) bool { return p.Sentences[i].Start > t.words.Start })
	for ; i < len(p.Sentences); i++ {
		if next := p.Sentences[i].Start; r.namedAt(p, next) {
			t.words.End = next
			break
		}
	}
	t.words.End = t.words.Start + len(trimRight(t.words.Of(r.text)))
	return t, t.words.Len() > 0
}

// namedAt reports whether a label that can be no word of a sentence stands at an offset in a paragraph, before a colon: a
// name of two words, a handle, or one in capitals. “Result: …” begins no turn.
func (r *reader) namedAt(p paragraph, at int) bool {
	m := r.labelAt(p, at)
	if m == nil || m[2] < 0 {
		return false
	}
	label := r.text[at+m[2] : at+m[3]]
	return strings.ContainsAny(label, " @") || label == strings.ToUpper(label)
}

// labelAt matches a label at an offset in a paragraph; nil when there is none.
func (r *reader) labelAt(p paragraph, at int) []int {
	s := r.text[at:p.Span.End]
	return turnLabel.FindStringSubmatchIndex(s[:min(len(s), maxLabel+2)])
}

// speakerKey is the word by which two labels are of one speaker: the last of the name.
func speakerKey(label string) string {
	if i := strings.IndexByte(label, '('); i > 0 {
		label = label[:i]
	}
	words := strings.FieldsFunc(label, unicode.IsSpace)
	if len(words) == 0 {
		return ""
	}
	return strings.ToLower(words[len(words)-1])
}

// transcript credits each turn to the speaker of its label; of a question and an answer it takes the answer, and
// names nobody.
func (r *reader) transcript() {
	for _, t := range r.turns() {
		a := attribution{content: []graph.Span{t.words}, source: t.label, cue: graph.Span{Start: t.label.End, End: t.label.End + 1}, para: t.para, unit: r.paras[t.para].Span, rule: "L4"}
		switch t.label.Of(r.text) {
		case "Q":
			continue
		case "A":
			a.source = graph.Span{}
		}
		r.add(a)
	}
}
