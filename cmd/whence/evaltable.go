package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"whence/loader/evaluate"
)

// writeFigures prints a result for people: the measures, then by stage, by type and by rule, the rules
// with the most wrong predictions first.
func writeFigures(w io.Writer, r *evaluate.Result) error {
	b := bufio.NewWriter(w)
	measures := func(title string, of []evaluate.NamedMeasure) {
		fmt.Fprintf(b, "%-20s %7s %7s %7s   %7s %7s %7s\n", title, "P", "R", "F1", "right", "found", "gold")
		for _, m := range of {
			if m.Gold == 0 && m.Name == "speaker" {
				continue // nobody is named in what is marked
			}
			fmt.Fprintf(b, "%-20s %7.4f %7.4f %7.4f   %7d %7d %7d\n", m.Name, m.P, m.R, m.F1, m.TP, m.Pred, m.Gold)
		}
	}
	measures("measure", r.Measures())
	fmt.Fprintf(b, "given a pair: source right %.4f, cue overlaps %.4f\n\n", r.SourceAccuracy, r.CueOverlap)
	measures("by stage", r.ByStage.Measures())

	fmt.Fprintf(b, "\n%-9s %7s %7s   %6s %6s %6s   %6s %6s %6s   %6s %6s %6s   %6s\n", "", "", "", "same", "words", "", "half", "words", "", "joint", "", "", "same")
	fmt.Fprintf(b, "%-9s %7s %7s   %6s %6s %6s   %6s %6s %6s   %6s %6s %6s   %6s\n", "by type", "found", "gold", "P", "R", "F1", "P", "R", "F1", "P", "R", "F1", "type")
	for _, name := range slices.Sorted(maps.Keys(r.ByType)) {
		t := r.ByType[name]
		fmt.Fprintf(b, "%-9s %7d %7d", label(name, "(none)"), t.Joint.Pred, t.Joint.Gold)
		for _, m := range []evaluate.Measure{t.ContentExactNorm, t.ContentJ50, t.Joint} {
			fmt.Fprintf(b, "   %6.4f %6.4f %6.4f", m.P, m.R, m.F1)
		}
		fmt.Fprintf(b, "   %6.4f\n", t.SameType)
	}
	if len(r.ByRule) == 0 {
		return b.Flush()
	}
	fmt.Fprintf(b, "\n%-9s %7s %7s %7s   %9s   %6s %6s %6s\n", "", "", "half the", "", "half the", "joint", "", "")
	fmt.Fprintf(b, "%-9s %7s %8s %6s   %9s   %6s %6s %6s\n", "by rule", "found", "words", "joint", "words: P", "P", "R", "F1")
	for _, name := range rulesByHarm(r) {
		s := r.ByRule[name]
		fmt.Fprintf(b, "%-9s %7d %8d %6d   %9.4f   %6.4f %6.4f %6.4f\n", label(name, "(none)"), s.Pred, s.Paired, s.Joint, s.Precision, s.JointPrecision, s.JointRecall, s.JointF1)
	}
	return b.Flush()
}

// rulesByHarm returns the names of the rules, those with the most wrong predictions first.
func rulesByHarm(r *evaluate.Result) []string {
	return slices.SortedFunc(maps.Keys(r.ByRule), func(x, y string) int {
		a, b := r.ByRule[x], r.ByRule[y]
		return cmp.Or(cmp.Compare(b.Pred-b.Paired, a.Pred-a.Paired), cmp.Compare(b.Pred, a.Pred), cmp.Compare(x, y))
	})
}

// label is a name from a file, fit for a cell.
func label(name, none string) string { return cut(folded(cmp.Or(name, none)), 20) }

// writeReliability prints how far confidences can be believed.
func writeReliability(w io.Writer, r *evaluate.Reliability) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "\n%-14s %7s %11s %7s\n", "confidence", "found", "mean", "right")
	for _, bin := range r.Bins {
		fmt.Fprintf(b, "%.1f to %.1f %12d %11.3f %7.3f\n", bin.From, bin.From+0.1, bin.Pred, bin.Confidence, bin.Right)
	}
	fmt.Fprintf(b, "expected calibration error %.4f\n", r.Error)
	fmt.Fprintf(b, "\n%-14s %7s %7s %7s\n", "threshold", "found", "P", "R")
	for _, p := range r.Curve {
		fmt.Fprintf(b, "%-14.3f %7d %7.4f %7.4f\n", p.Threshold, p.Pred, p.P, p.R)
	}
	if p, ok := r.PrecisionAt(enoughRecall); ok {
		fmt.Fprintf(b, "best joint precision at recall %.2f or more: %.4f, at threshold %.3f\n", enoughRecall, p.P, p.Threshold)
	} else {
		fmt.Fprintf(b, "joint recall stays under %.2f\n", enoughRecall)
	}
	return b.Flush()
}

// enoughRecall is the joint recall at which precision is told.
const enoughRecall = 0.30
