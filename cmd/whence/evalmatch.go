package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"whence/loader/cover"
)

// matchFlags make eval score the ranking of matches instead of the extractor.
type matchFlags struct {
	Targets string `help:"Score matching instead: the marked files are queries (id, query, match_ids, and speaker if known), FILE what they may match (id, text, title), one JSON object a line." type:"path" placeholder:"FILE"`
	Vectors string `help:"With --targets: keep what the encoder makes of the targets in FILE, for the next time." type:"path" placeholder:"FILE"`
}

// ablation is what each part of a ranking does alone, and what they do together.
type ablation struct {
	Words   cover.Figures `json:"words"`
	Meaning cover.Figures `json:"meaning"`
	Both    cover.Figures `json:"both"`
}

// matching scores how well marked queries find what is about them.
func (c *evalCmd) matching(a *app) error {
	targets, err := readLines[cover.Target](c.Targets)
	if err != nil {
		return err
	}
	var queries []cover.Marked
	for _, file := range c.Files {
		more, err := readLines[cover.Marked](file)
		if err != nil {
			return err
		}
		queries = append(queries, more...)
	}
	vectors := cover.NewVectors()
	if c.Vectors != "" {
		if vectors, err = cover.OpenVectors(c.Vectors); err != nil {
			return err
		}
	}
	texts := cover.Texts(targets)
	if err := a.encode(vectors, vectors.Missing(texts)); err != nil {
		return err
	}
	index := cover.NewIndex(texts, vectors)
	var out ablation
	for _, part := range []struct {
		parts cover.Parts
		to    *cover.Figures
	}{{cover.OnlyWords, &out.Words}, {cover.OnlyMeaning, &out.Meaning}, {cover.Both, &out.Both}} {
		if *part.to, err = cover.Measure(a.ctx, index, targets, queries, part.parts); err != nil {
			return usagef("%v", err)
		}
	}
	if a.json {
		enc := jsonTo(a.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	return printMatching(a, len(targets), out)
}

func printMatching(a *app, targets int, out ablation) error {
	fmt.Fprintf(a.stdout, "%d queries, %s\n\n", out.Both.Queries, plural(targets, "target"))
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tMAP@5\tP@1\tR@5\tMAP@5 of each half")
	for _, row := range []struct {
		name string
		f    cover.Figures
	}{{"words", out.Words}, {"meaning", out.Meaning}, {"both", out.Both}} {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t%.3f, %.3f\n", row.name, row.f.MAP5, row.f.P1, row.f.R5, row.f.Halves[0], row.f.Halves[1])
	}
	fmt.Fprintln(w, "\nscore of the first hit\tqueries\tright")
	for tenth, share := range out.Both.Sure {
		if share.All > 0 {
			fmt.Fprintf(w, "%.1f to %.1f\t%d\t%.2f\n", float64(tenth)/10, float64(tenth+1)/10, share.All, float64(share.Right)/float64(share.All))
		}
	}
	return w.Flush()
}

func readLines[T cover.Target | cover.Marked](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return cover.ReadLines[T](file, f)
}

// encode makes vectors of sentences, and shows how far it is.
func (a *app) encode(v *cover.Vectors, sentences []string) error {
	step, clear := a.progress("encoding")
	defer clear()
	return v.Encode(a.ctx, sentences, func(done int) { step(done, "") })
}
