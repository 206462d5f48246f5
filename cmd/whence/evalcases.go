package main

import (
	"bufio"
	"cmp"
	"fmt"

	"whence/loader/evaluate"
)

// A caseWriter prints what became of attributions, with their words. They come from documents:
// every word goes through folded.
type caseWriter struct {
	w    *bufio.Writer
	most int // attributions of a kind to print; 0 for all
}

// worst prints documents, the worst first, with what was missed and wrong.
func (c caseWriter) worst(documents []evaluate.DocumentScore) {
	for _, d := range documents {
		m := d.Joint
		fmt.Fprintf(c.w, "\n%s: joint P %.2f R %.2f F1 %.2f; %d right of %d found and %d marked\n", folded(d.ID), m.P, m.R, m.F1, m.TP, m.Pred, m.Gold)
		some(c, d.Wrong, func(x evaluate.Case) {
			fmt.Fprintf(c.w, "  %s\n", x.Verdict)
			c.sides(x)
		})
	}
}

// changes prints which figures are no longer the same, and which attributions.
func (c caseWriter) changes(ch evaluate.Changes) {
	fmt.Fprintf(c.w, "\n%-34s %15s %15s %15s %17s\n", "changed: now, and by how much", "P", "R", "F1", "right, found")
	for _, f := range ch.Figures {
		fmt.Fprintf(c.w, "%-34s %.4f %+8.4f %.4f %+8.4f %.4f %+8.4f %8d, %d\n", cut(folded(f.Name), 34),
			f.After.P, f.After.P-f.Before.P, f.After.R, f.After.R-f.Before.R, f.After.F1, f.After.F1-f.Before.F1, f.After.TP, f.After.Pred)
	}
	if len(ch.Figures) == 0 {
		fmt.Fprintln(c.w, "no figure")
	}
	for _, kind := range []struct {
		title string
		cases []evaluate.CaseChange
	}{{"gained", ch.Gained}, {"lost", ch.Lost}, {"wrong in another way", ch.Moved}} {
		fmt.Fprintf(c.w, "\n%s: %d\n", kind.title, len(kind.cases))
		some(c, kind.cases, func(x evaluate.CaseChange) {
			shown := x.After
			if x.After.Verdict == evaluate.Missed { // what is gone can only be seen in the case before
				shown = x.Before
			}
			fmt.Fprintf(c.w, "  %s → %s [%s]\n", folded(string(x.Before.Verdict)), x.After.Verdict, cut(folded(shown.Document), 60))
			c.sides(shown)
		})
	}
	for _, kind := range []struct {
		title string
		cases []evaluate.Case
	}{{"found now, not marked", ch.Added}, {"found no longer, not marked", ch.Gone}} {
		fmt.Fprintf(c.w, "\n%s: %d\n", kind.title, len(kind.cases))
		some(c, kind.cases, func(x evaluate.Case) {
			fmt.Fprintf(c.w, "  [%s]\n", cut(folded(x.Document), 60))
			c.sides(x)
		})
	}
}

// sides prints what is marked and what is found.
func (c caseWriter) sides(x evaluate.Case) {
	if g := x.Gold; g != nil {
		fmt.Fprintf(c.w, "    marked  %-8s %s\n", label(g.Type, "-"), said(g))
	}
	if f := x.Found; f != nil {
		fmt.Fprintf(c.w, "    found   %-8s %s  %s %.2f\n", label(f.Type, "-"), said(f), label(f.Rule, ""), f.Confidence)
	}
}

// said is an excerpt in a line: source | cue | content.
func said(x *evaluate.Excerpt) string {
	source := cmp.Or(x.Source, "-")
	if x.Speaker != "" && x.Speaker != x.Source {
		source += " (" + x.Speaker + ")"
	}
	return fmt.Sprintf("%s | %s | %s", cut(folded(source), 60), cut(folded(cmp.Or(x.Cue, "-")), 30), cut(folded(x.Content), 160))
}

// some calls show for the first cases, and says how many more there are.
func some[T any](c caseWriter, cases []T, show func(T)) {
	for i, x := range cases {
		if c.most > 0 && i == c.most {
			fmt.Fprintf(c.w, "  and %d more: see --show\n", len(cases)-i)
			return
		}
		show(x)
	}
}
