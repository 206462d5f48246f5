package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"whence/loader"
	"whence/loader/evaluate"
	"whence/loader/source"
)

type evalCmd struct {
	Gold        []string `arg:"" name:"gold.jsonl" help:"Hand-marked documents, one JSON object a line: id, text, attributions." type:"path"`
	Speech      bool     `help:"Leave out what is not speech: wants, plans, polls show."`
	Silver      bool     `help:"Let a source also agree with the speaker that a machine resolved."`
	Predictions string   `help:"Score this file, in the form of whence extract, instead of running the extractor." type:"path" placeholder:"FILE"`
	authorityFlag
	Workers int `help:"Documents to read at the same time; 0 is the number of processors." default:"0"`
}

// Run scores, and prints a table or JSON.
func (c *evalCmd) Run(a *app) error {
	var gold []evaluate.Gold
	for _, file := range c.Gold {
		more, err := c.readGold(file)
		if err != nil {
			return err
		}
		gold = append(gold, more...)
	}
	if err := distinct(gold); err != nil {
		return err
	}
	predict := c.extract
	if c.Predictions != "" {
		predict = c.readPredictions
	}
	found, err := predict(a, gold)
	if err != nil {
		return err
	}
	result := evaluate.Score(gold, found, evaluate.Options{Speech: c.Speech, Silver: c.Silver})
	if a.json {
		enc := json.NewEncoder(a.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(result)
	}
	subset := ""
	if c.Speech {
		subset = ", speech only"
	}
	fmt.Fprintf(a.stdout, "%s, %d without predictions%s\n\n", plural(result.Documents, "document"), result.Missing, subset)
	return result.WriteTable(a.stdout)
}

func (c *evalCmd) readGold(file string) ([]evaluate.Gold, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return evaluate.ReadGold(file, f)
}

// distinct refuses documents of one id in several files: predictions go by it.
func distinct(gold []evaluate.Gold) error {
	seen := make(map[string]bool, len(gold))
	for _, g := range gold {
		if seen[g.ID] {
			return usagef("two files mark a document %q", g.ID)
		}
		seen[g.ID] = true
	}
	return nil
}

func (c *evalCmd) readPredictions(a *app, gold []evaluate.Gold) (map[string][]evaluate.Attribution, error) {
	f, err := os.Open(c.Predictions)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	found, err := evaluate.ReadPredictions(c.Predictions, f, gold)
	if err != nil {
		return nil, err
	}
	others := len(found)
	for _, g := range gold {
		if _, ok := found[g.ID]; ok {
			others--
		}
	}
	if others > 0 {
		fmt.Fprintf(a.stderr, "passed over: predictions for %s that nobody marked\n", plural(others, "document"))
	}
	return found, nil
}

// extract runs the extractor over the marked texts, as whence extract --from jsonl does.
func (c *evalCmd) extract(a *app, gold []evaluate.Gold) (map[string][]evaluate.Attribution, error) {
	auth, err := c.authorityFlag.load()
	if err != nil {
		return nil, err
	}
	step, clear := a.progress("reading")
	defer clear()
	found := make(map[string][]evaluate.Attribution, len(gold))
	o := source.Options{Format: "jsonl", MaxBytes: 1 << 30}
	err = extractAll(a.ctx, a.stdin, c.Gold, o, auth, c.Workers, func(f *loader.Form, err error) error {
		var skip *source.Skip
		switch {
		case errors.As(err, &skip):
			fmt.Fprintln(a.stderr, "skipped:", clean(err.Error()))
			return nil
		case err != nil:
			return err
		}
		found[f.ID] = attributions(f)
		step(len(found), f.ID)
		return nil
	})
	return found, err
}

// attributions returns what the scorer asks of a form.
func attributions(f *loader.Form) []evaluate.Attribution {
	spans := func(from []loader.FormSpan) []evaluate.Span {
		to := make([]evaluate.Span, len(from))
		for i, s := range from {
			to[i] = evaluate.Span(s)
		}
		return to
	}
	out := make([]evaluate.Attribution, len(f.Attributions))
	for i, a := range f.Attributions {
		out[i] = evaluate.Attribution{
			Content: spans(a.Content), Source: spans(a.Source), Cue: spans(a.Cue), Type: a.Type, Within: a.Within, Rule: a.Rule,
		}
		if a.Speaker != nil {
			out[i].Speaker = *a.Speaker
		}
	}
	return out
}
