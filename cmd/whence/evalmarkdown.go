package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"whence/loader/evaluate"
)

// A column is a saved run under the name of its file.
type column struct {
	name string
	*evaluate.Result
}

// markdown prints the tables of EVALUATION.md: one column for each saved run, in the order of the files.
func (c *evalCmd) markdown(a *app) error {
	var columns []column
	for _, file := range c.Files {
		run, err := readRun(file)
		if err != nil {
			return err
		}
		columns = append(columns, column{label(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), ""), &run.Result})
	}
	return writeMarkdown(a.stdout, columns)
}

func writeMarkdown(w io.Writer, columns []column) error {
	b := bufio.NewWriter(w)
	table := func(corner string) *mdTable { return newTable(b, corner, columns) }

	t := table("P / R / F1")
	for i, m := range columns[0].Measures() {
		t.row(m.Name, func(r *evaluate.Result) string { return triple(*r.Measures()[i].Measure) })
	}
	t.row("source right, given a pair", func(r *evaluate.Result) string { return share(r.SourceAccuracy) })
	t.row("cue overlaps, given a pair", func(r *evaluate.Result) string { return share(r.CueOverlap) })
	t.row("documents; marked; found", func(r *evaluate.Result) string {
		return fmt.Sprintf("%d; %d; %d", r.Documents, r.Joint.Gold, r.Joint.Pred)
	})

	t = table("by stage: P / R / F1")
	for i, m := range columns[0].ByStage.Measures() {
		t.row(m.Name, func(r *evaluate.Result) string { return triple(*r.ByStage.Measures()[i].Measure) })
	}

	t = table("by type: P / R / F1")
	for _, typ := range names(columns, func(r *evaluate.Result) map[string]*evaluate.TypeScore { return r.ByType }) {
		for _, of := range []struct {
			name    string
			measure func(*evaluate.TypeScore) evaluate.Measure
		}{
			{"same words", func(t *evaluate.TypeScore) evaluate.Measure { return t.ContentExactNorm }},
			{"half the words", func(t *evaluate.TypeScore) evaluate.Measure { return t.ContentJ50 }},
			{"joint", func(t *evaluate.TypeScore) evaluate.Measure { return t.Joint }},
		} {
			t.row(label(typ, "no type")+", "+of.name, func(r *evaluate.Result) string {
				if r.ByType[typ] == nil {
					return "–"
				}
				return triple(of.measure(r.ByType[typ]))
			})
		}
	}

	t = table("confidence: found, right")
	for n := range 10 {
		from := float64(n) / 10
		t.row(fmt.Sprintf("%.1f to %.1f", from, from+0.1), func(r *evaluate.Result) string { return binCell(r.Reliability, from) })
	}
	t.row("calibration error", func(r *evaluate.Result) string {
		if r.Reliability == nil {
			return "–"
		}
		return share(r.Reliability.Error)
	})
	t.row(fmt.Sprintf("joint precision at recall %s", share(enoughRecall)), func(r *evaluate.Result) string {
		if r.Reliability == nil {
			return "–"
		}
		p, ok := r.Reliability.PrecisionAt(enoughRecall)
		if !ok {
			return "–"
		}
		return fmt.Sprintf("%s, confidence %s", share(p.P), share(p.Threshold))
	})

	t = table("by rule: found, half the words, joint; joint precision")
	for _, rule := range names(columns, func(r *evaluate.Result) map[string]*evaluate.RuleScore { return r.ByRule }) {
		t.row(label(rule, "none"), func(r *evaluate.Result) string {
			s := r.ByRule[rule]
			if s == nil {
				return "–"
			}
			return fmt.Sprintf("%d, %d, %d; %s", s.Pred, s.Paired, s.Joint, share(s.JointPrecision))
		})
	}
	return b.Flush()
}

// names returns the keys that occur in any column, in order.
func names[T any](columns []column, of func(*evaluate.Result) map[string]T) []string {
	all := map[string]bool{}
	for _, c := range columns {
		for name := range of(c.Result) {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// binCell is how many predictions have about this confidence, and what share of them is right.
func binCell(r *evaluate.Reliability, from float64) string {
	if r != nil {
		for _, bin := range r.Bins {
			if bin.From == from {
				return fmt.Sprintf("%d, %s", bin.Pred, share(bin.Right))
			}
		}
	}
	return "–"
}

// An mdTable prints rows of a Markdown table.
type mdTable struct {
	w       *bufio.Writer
	columns []column
}

func newTable(w *bufio.Writer, corner string, columns []column) *mdTable {
	fmt.Fprintf(w, "\n| %s |", corner)
	for _, c := range columns {
		fmt.Fprintf(w, " %s |", strings.ReplaceAll(c.name, "|", "\\|"))
	}
	fmt.Fprintf(w, "\n|%s\n", strings.Repeat("---|", len(columns)+1))
	return &mdTable{w, columns}
}

func (t *mdTable) row(name string, cell func(*evaluate.Result) string) {
	fmt.Fprintf(t.w, "| %s |", strings.ReplaceAll(name, "|", "\\|"))
	for _, c := range t.columns {
		fmt.Fprintf(t.w, " %s |", cell(c.Result))
	}
	fmt.Fprintln(t.w)
}

// triple is precision, recall and F1, "–" where nothing is marked.
func triple(m evaluate.Measure) string {
	if m.Gold == 0 {
		return "–"
	}
	return fmt.Sprintf("%s / %s / %s", share(m.P), share(m.R), share(m.F1))
}

// share writes a share in three digits: .705, 1.00.
func share(x float64) string {
	if s := fmt.Sprintf("%.3f", x); x < 0.9995 {
		return s[1:]
	}
	return "1.00"
}
