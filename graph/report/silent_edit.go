package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"whence/graph"
)

// silentEdit lists what a document no longer says, or says otherwise, in a later capture of
// the same address, when the later text has no notice that it was changed: claims
// dropped, claims added, figures and quotations altered; and the claims of other
// documents that still rest on what was dropped.
//
// Severity: altered 800 (the figure or quotation is another, the rest is the same), dropped 700, stranded 650, added 300.
func silentEdit(s *graph.Survey, _ Filter) Report {
	var r Report
	for _, d := range s.Documents {
		editions := s.Editions[d.ID]
		for i := 1; i < len(editions); i++ {
			if !announced(editions[i-1].Reading, editions[i].Reading) {
				r.Findings = append(r.Findings, edited(s, d, editions[i-1], editions[i])...)
			}
		}
	}
	return r
}

// notice is how papers say that a text was changed.
var notice = regexp.MustCompile(`(?i)\b(?:this (?:article|story|page|post|report|piece|statement) (?:was|has been) (?:\w+ ){0,2}(?:amended|corrected|updated|edited|changed|revised)|` +
	`an earlier version of this|(?:correction|clarification|editor['’]s note|update|amended|corrected|updated)(?: (?:on|at)\b|\s*[:(–—-])|we (?:have|are happy to) (?:amended|corrected|updated|clarify|correct))`)

// announced reports whether the later text says that it was changed, where the earlier did not say so.
func announced(before, after graph.Reading) bool {
	for _, seg := range after.Segments {
		words := after.Text[seg.Passage.Start:seg.Passage.End]
		if seg.Type == graph.SegmentUpdate && !strings.Contains(before.Text, words) {
			return true
		}
		if seg.Type.IsReader() {
			continue
		}
		for _, at := range notice.FindAllStringIndex(words, -1) {
			line := words[at[0]:]
			if end := strings.IndexByte(line, '\n'); end >= 0 {
				line = line[:end]
			}
			if !strings.Contains(before.Text, line) {
				return true
			}
		}
	}
	return false
}

// edited are the findings of one pair of captures, one after the other.
func edited(s *graph.Survey, d *graph.Document, before, after graph.Edition) []Finding {
	was, is := spokenIn(before.Reading), spokenIn(after.Reading)
	var gone, come []graph.Claim
	for _, c := range before.Reading.Claims {
		if is[folded(c)] == 0 && ofDocument(before.Reading, c) {
			gone = append(gone, c)
		}
	}
	for _, c := range after.Reading.Claims {
		if was[folded(c)] == 0 && ofDocument(after.Reading, c) {
			come = append(come, c)
		}
	}
	when := graph.Date(after.Capture.Retrieved.UTC().Format("2006-01-02"))
	if after.Capture.Retrieved.IsZero() {
		when = ""
	}
	hop := func(c graph.Claim, why string) Hop {
		return Hop{Node: c.ID, Document: d.ID, Evidence: c.Content, Why: why}
	}
	var out []Finding
	for _, c := range gone {
		x := Finding{Type: "dropped", Severity: 700, Subject: d.ID, Date: when, Why: "A later text of the document does not have this claim any more, and does not say that it was changed."}
		x.Hops = []Hop{{Node: d.ID, Document: d.ID, Why: "the document"}, hop(c, "in the text before")}
		if i := slices.IndexFunc(come, func(n graph.Claim) bool { return alike(c, n) }); i >= 0 {
			x.Type, x.Severity = "altered", 800
			x.Why = "A later text of the document has this claim in other words or with another figure, and does not say that it was changed."
			x.Hops = append(x.Hops, hop(come[i], "in the text after"))
			x.Values = []Value{{"before", changedWords(c, come[i])}, {"after", changedWords(come[i], c)}}
			come = slices.Delete(come, i, i+1)
		}
		out = append(out, x)
		out = append(out, stranded(s, d, before, c, when)...)
	}
	for _, c := range come {
		out = append(out, Finding{
			Type: "added", Severity: 300, Subject: d.ID, Date: when, Hops: []Hop{{Node: d.ID, Document: d.ID, Why: "the document"}, hop(c, "in the text after")},
			Why: "A later text of the document has a claim that was not in the one before, and does not say that it was changed.",
		})
	}
	return out
}

// stranded are the claims of other documents that take from one that is gone.
func stranded(s *graph.Survey, d *graph.Document, before graph.Edition, gone graph.Claim, when graph.Date) []Finding {
	var out []Finding
	for i := range before.Taken {
		rel := &before.Taken[i]
		if rel.To != gone.ID {
			continue
		}
		if c := s.Claim(rel.From); c != nil && c.Claim.Document != d.ID {
			out = append(out, Finding{
				Type: "stranded", Severity: 650, Subject: c.Claim.ID, Date: cmp.Or(when, c.Claim.StatedOn),
				Why: "It takes from a claim that its source has dropped without saying so.",
				Hops: []Hop{
					{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: c.Claim.Content, Why: "still says so"},
					{Node: gone.ID, Document: d.ID, Evidence: gone.Content, By: rel, Why: "dropped by its source"},
				},
			})
		}
	}
	return out
}

// spokenIn counts the claims of a text by their words.
func spokenIn(r graph.Reading) map[string]int {
	out := map[string]int{}
	for _, c := range r.Claims {
		out[folded(c)]++
	}
	return out
}

// ofDocument reports whether a claim is the document's own and not a reader's: comments come and go.
func ofDocument(r graph.Reading, c graph.Claim) bool {
	return !slices.ContainsFunc(r.Segments, func(seg graph.Segment) bool { return seg.ID == c.Segment && seg.Type.IsReader() })
}

// folded is what must differ for a claim to be another: glyphs, case and white space do not count.
func folded(c graph.Claim) string { return strings.Join(graph.FoldWords(c.Words()), " ") }

// alike reports whether a claim is another one with a few words changed: at least
// two thirds of the words of the longer one stand in both, in order.
func alike(a, b graph.Claim) bool {
	x, y := graph.FoldWords(a.Words()), graph.FoldWords(b.Words())
	if len(x) > maxEditedWords || len(y) > maxEditedWords {
		return false
	}
	return 3*inOrder(x, y) >= 2*max(len(x), len(y))
}

// maxEditedWords bounds, in words, the claims that are compared word by word.
const maxEditedWords = 200

// inOrder is the length of the longest common subsequence of two lists of words.
func inOrder(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			switch {
			case x == y:
				row[j+1] = diagonal + 1
			case row[j] > above:
				row[j+1] = row[j]
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// changedWords are the words of a claim that another does not have.
func changedWords(c, other graph.Claim) string {
	have := map[string]int{}
	for _, w := range graph.FoldWords(other.Words()) {
		have[w]++
	}
	var out []string
	for _, w := range graph.FoldWords(c.Words()) {
		if have[w]--; have[w] < 0 {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return fmt.Sprintf("“%s”", strings.Join(out, " "))
}
