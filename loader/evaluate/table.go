package evaluate

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
)

// WriteTable prints a result for people: the measures, recall by type, and the rules, those with
// the most wrong predictions first.
func (r *Result) WriteTable(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%-20s %7s %7s %7s   %7s %7s %7s\n", "measure", "P", "R", "F1", "right", "found", "gold")
	for _, m := range r.Measures() {
		fmt.Fprintf(b, "%-20s %7.4f %7.4f %7.4f   %7d %7d %7d\n", m.Name, m.P, m.R, m.F1, m.TP, m.Pred, m.Gold)
	}
	fmt.Fprintf(b, "given a pair: source right %.4f, cue overlaps %.4f\n", r.SourceAccuracy, r.CueOverlap)

	fmt.Fprintf(b, "\n%-20s %7s %10s %7s %7s\n", "recall by type", "gold", "exact_norm", "j50", "joint")
	for _, name := range slices.Sorted(maps.Keys(r.ByType)) {
		t := r.ByType[name]
		fmt.Fprintf(b, "%-20s %7d %10.4f %7.4f %7.4f\n", cmp.Or(name, "(no type)"), t.Gold, t.ExactNorm, t.J50, t.Joint)
	}
	if len(r.ByRule) == 0 {
		return b.Flush()
	}
	names := slices.SortedFunc(maps.Keys(r.ByRule), func(x, y string) int {
		a, b := r.ByRule[x], r.ByRule[y]
		return cmp.Or(cmp.Compare(b.Pred-b.Paired, a.Pred-a.Paired), cmp.Compare(b.Pred, a.Pred), cmp.Compare(x, y))
	})
	fmt.Fprintf(b, "\n%-20s %7s %7s %7s %9s\n", "rule", "found", "paired", "joint", "precision")
	for _, name := range names {
		s := r.ByRule[name]
		fmt.Fprintf(b, "%-20s %7d %7d %7d %9.4f\n", cmp.Or(name, "(no rule)"), s.Pred, s.Paired, s.Joint, s.Precision)
	}
	return b.Flush()
}
