package report

import (
	"fmt"
	"strconv"
	"strings"

	"whence/graph"
)

// sharedWords is how many words in a row two documents have in common that are no chance.
const sharedWords = 12

// maxTried bounds with how many claims that it is taken from, or matches, a claim is compared word by word.
const maxTried = 8

// A borrowing is two claims that share words without credit.
type borrowing struct {
	c, from *graph.TracedClaim
	by      *graph.Relation
	later   bool // the words are known to come from there; else which came first is not known
}

// documents returns the two documents, in order of time or else of ID.
func (b borrowing) documents() [2]graph.ID {
	later, earlier := b.c.Claim.Document, b.from.Claim.Document
	if !b.later {
		later, earlier = max(later, earlier), min(later, earlier)
	}
	return [2]graph.ID{later, earlier}
}

// borrows finds a document with which a claim's document shares words that are each
// one's own, without either naming the other: the one that it is inferred to have
// them from, else, when the two have no order in time, one with a claim that
// matches. Of two without order, the larger claim borrows, so that they are told of once.
func (l *wash) borrows(i int) (b borrowing, ok bool) {
	c := &l.s.Claims[i]
	if byReader(c) || l.namesSource(i) {
		return b, false
	}
	for _, k := range l.links[i][:min(len(l.links[i]), maxTried)] {
		to := &l.s.Claims[k.to]
		if k.by != nil && c.Claim.StatedOn.After(to.Claim.StatedOn) && l.unnamed(i, k) && sharesRun(c, to) {
			return borrowing{c, to, k.by, true}, true
		}
	}
	for n, r := range l.alike[i] {
		if n == maxTried {
			break
		}
		to := l.s.Claim(r.From)
		if to == c {
			to = l.s.Claim(r.To)
		}
		if to.Claim.ID > c.Claim.ID || c.Claim.StatedOn.After(to.Claim.StatedOn) || to.Claim.StatedOn.After(c.Claim.StatedOn) {
			continue
		}
		j := l.index[to.Claim.ID]
		if l.unnamed(i, link{to: j, by: r}) && l.unnamed(j, link{to: i, by: r}) && !l.namesSource(j) && sharesRun(c, to) {
			return borrowing{c, to, r, false}, true
		}
	}
	return b, false
}

// unnamed reports whether a claim may have words from another and does not say so:
// both in blogs, or in documents of no known kind, that do not name each other.
func (l *wash) unnamed(i int, k link) bool {
	c, to := &l.s.Claims[i], &l.s.Claims[k.to]
	tier, known := tierOf(c)
	other, otherKnown := tierOf(to)
	return !byReader(to) && known == otherKnown && tier == other && tier <= 1 && to.Claim.Document != c.Claim.Document && !l.credits(i, k)
}

// finding tells of a borrowing, and of all the words that the parts of the two
// documents share in which the claims stand.
func (b borrowing) finding(s *graph.Survey) Finding {
	here, there := []graph.Passage(nil), []graph.Passage(nil)
	mine, ok := ownText(s, b.c)
	other, both := ownText(s, b.from)
	if !ok || !both {
		mine, other = ownWords(b.c.Claim), ownWords(b.from.Claim)
	}
	words := 0
	runs := sharedRuns(mine, other)
	for _, r := range runs {
		words += r.length
		here, there = append(here, mine.passage(r.a, r.a+r.length)), append(there, other.passage(r.b, r.b+r.length))
	}
	x := Finding{
		Type: "uncredited", Severity: 50, Subject: b.c.Claim.ID, Date: b.c.Claim.StatedOn,
		Hops:   []Hop{claimHop(b.c, nil, "has the words"), claimHop(b.from, b.by, "has the same words")},
		Values: []Value{{"words", strconv.Itoa(words)}, {"runs", strconv.Itoa(len(runs))}},
	}
	if ok && both {
		x.Hops = append(x.Hops,
			Hop{Node: b.c.Claim.Document, Document: b.c.Claim.Document, Evidence: here, Why: "all that it shares with the other"},
			Hop{Node: b.from.Claim.Document, Document: b.from.Claim.Document, Evidence: there, Why: "where that stands in the other"})
	}
	much := fmt.Sprintf("%d words in %s of %d or more", words, several(len(runs), "run", "runs"), sharedWords)
	if b.later {
		x.Severity = 100
		x.Why = fmt.Sprintf("%s repeats %s from %s, which came before, and does not name it; both may have them from a third.", title(b.c.Document), much, title(b.from.Document))
	} else {
		x.Why = fmt.Sprintf("%s and %s share %s, and neither names the other; which of them had them first is not told, and both may have them from a third.", title(b.c.Document), title(b.from.Document), much)
	}
	return x
}

// ownText returns the folded words of the part of a document in which a claim
// stands; "" stands for those in quotation marks. ok is false when the text is not
// kept, or is another than the claim's.
func ownText(s *graph.Survey, c *graph.TracedClaim) (t *foldedText, ok bool) {
	text, ok := s.Text(c.Claim.Document)
	if p := c.Claim.Content[0]; !ok || p.Check(text) != nil || p.Of(text) != p.Exact {
		return nil, false
	}
	part := graph.Span{End: len(text)}
	if c.Segment != nil {
		part = c.Segment.Passage.Span
	}
	if part.Check(text) != nil {
		return nil, false
	}
	return foldText(text, part).unquoted(part), true
}

// ownWords returns the folded words of a claim that are not in quotation marks, as
// a text of their own.
func ownWords(c *graph.Claim) *foldedText {
	words := c.Words()
	part := graph.Span{End: len(words)}
	return foldText(words, part).unquoted(part)
}

// unquoted blanks the words that stand in quotation marks; marks that are not
// closed in their paragraph quote nothing.
func (t *foldedText) unquoted(part graph.Span) *foldedText {
	at := 0
	for start := part.Start; start < part.End; {
		end := part.End
		if n := strings.IndexByte(t.text[start:part.End], '\n'); n >= 0 {
			end = start + n + 1
		}
		for _, q := range marked(t.text[start:end]) {
			q = graph.Span{Start: start + q.Start, End: start + q.End}
			for at < len(t.spans) && t.spans[at].End <= q.Start {
				at++
			}
			for ; at < len(t.spans) && t.spans[at].Start < q.End; at++ {
				t.words[at] = ""
			}
		}
		start = end
	}
	return t
}

// sharesRun reports whether two claims share a run of words that are each one's own.
func sharesRun(a, b *graph.TracedClaim) bool {
	if a.Claim.Mode == graph.ModeDirect || b.Claim.Mode == graph.ModeDirect {
		return false
	}
	return len(sharedRuns(ownWords(a.Claim), ownWords(b.Claim))) > 0
}

// A shared run is so many words that stand at one place of one text and at one of another.
type sharedRun struct{ a, b, length int }

// sharedRuns returns the runs of [sharedWords] or more words that two texts have in
// common, each as long as can be, in order of where they stand in the first.
func sharedRuns(a, b *foldedText) []sharedRun {
	window := func(t *foldedText, i int) (string, bool) {
		run := t.words[i : i+sharedWords]
		for _, w := range run {
			if w == "" {
				return "", false
			}
		}
		return strings.Join(run, " "), true
	}
	at := map[string]int{}
	for i := len(b.words) - sharedWords; i >= 0; i-- {
		if key, ok := window(b, i); ok {
			at[key] = i // the first place counts
		}
	}
	var out []sharedRun
	for i := 0; i+sharedWords <= len(a.words); i++ {
		key, ok := window(a, i)
		j, found := at[key]
		if !ok || !found {
			continue
		}
		n := sharedWords
		for i+n < len(a.words) && j+n < len(b.words) && a.words[i+n] == b.words[j+n] && a.words[i+n] != "" {
			n++
		}
		out = append(out, sharedRun{i, j, n})
		i += n - 1
	}
	return out
}
