package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"whence/loader"
	"whence/loader/evaluate"
	"whence/loader/source"
)

type evalCmd struct {
	Files       []string `arg:"" name:"gold.jsonl" help:"Hand-marked documents, one JSON object a line: id, text, attributions. With --markdown: saved runs." type:"path"`
	Speech      bool     `help:"Leave out what is not speech: wants, plans, polls show."`
	Silver      bool     `help:"Let a source also agree with the speaker that a machine resolved."`
	Predictions string   `help:"Score this file, in the form of whence extract, instead of running the extractor." type:"path" placeholder:"FILE"`
	Worst       int      `help:"Show the N documents with the most errors, and what was missed and wrong in them." placeholder:"N"`
	Reliability bool     `help:"Show how many of each confidence are right, and precision and recall at every threshold."`
	Save        string   `help:"Keep the run in this file, for --against and --markdown." type:"path" placeholder:"FILE"`
	Against     string   `help:"Show what changed since a saved run." type:"path" placeholder:"FILE"`
	Show        int      `help:"Print at most N attributions of a kind; 0 is all." default:"20" placeholder:"N"`
	Markdown    bool     `help:"Print the tables of saved runs in Markdown, one column for each, named for its file."`
	matchFlags
	authorityFlag
	Workers int `help:"Documents to read at the same time; 0 is the number of processors." default:"0"`
}

// scored is what eval prints as JSON.
type scored struct {
	*evaluate.Result
	Worst   []evaluate.DocumentScore `json:"worst,omitempty"`
	Changes *evaluate.Changes        `json:"changes,omitempty"`
}

// Run scores, and prints tables or JSON.
func (c *evalCmd) Run(a *app) error {
	if c.Markdown {
		return c.markdown(a)
	}
	if c.Targets != "" {
		return c.matching(a)
	}
	var before evaluate.Run
	if c.Against != "" { // told before the work, not after it
		var err error
		if before, err = readRun(c.Against); err != nil {
			return err
		}
	}
	now, err := c.score(a)
	if err != nil {
		return err
	}
	out := scored{Result: &now.Result, Worst: now.Result.Worst(c.Worst)}
	if c.Against != "" {
		changes, err := evaluate.Compare(before, now)
		if err != nil {
			return usagef("%s: %v", c.Against, err)
		}
		out.Changes = &changes
	}
	if c.Save != "" {
		if err := saveRun(c.Save, now); err != nil {
			return err
		}
	}
	if a.json {
		enc := jsonTo(a.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(out)
	}
	return c.print(a, out)
}

func (c *evalCmd) print(a *app, out scored) error {
	subset := ""
	if c.Speech {
		subset = ", speech only"
	}
	fmt.Fprintf(a.stdout, "%s, %d without predictions%s\n\n", plural(out.Documents, "document"), out.Missing, subset)
	if err := writeFigures(a.stdout, out.Result); err != nil {
		return err
	}
	if c.Reliability {
		if out.Result.Reliability == nil {
			return usagef("the predictions have no confidence")
		}
		if err := writeReliability(a.stdout, out.Result.Reliability); err != nil {
			return err
		}
	}
	cases := caseWriter{w: bufio.NewWriter(a.stdout), most: c.Show}
	cases.worst(out.Worst)
	if out.Changes != nil {
		cases.changes(*out.Changes)
	}
	return cases.w.Flush()
}

// score reads the documents and scores what is found in them.
func (c *evalCmd) score(a *app) (evaluate.Run, error) {
	var gold []evaluate.Gold
	for _, file := range c.Files {
		more, err := c.readGold(file)
		if err != nil {
			return evaluate.Run{}, err
		}
		gold = append(gold, more...)
	}
	if err := distinct(gold); err != nil {
		return evaluate.Run{}, err
	}
	predict := c.extract
	if c.Predictions != "" {
		predict = c.readPredictions
	}
	found, err := predict(a, gold)
	if err != nil {
		return evaluate.Run{}, err
	}
	o := evaluate.Options{Speech: c.Speech, Silver: c.Silver}
	return evaluate.NewRun(gold, o, evaluate.Score(gold, found, o)), nil
}

func readRun(file string) (evaluate.Run, error) {
	f, err := os.Open(file)
	if err != nil {
		return evaluate.Run{}, err
	}
	defer f.Close()
	return evaluate.ReadRun(file, f)
}

func saveRun(file string, run evaluate.Run) error {
	b, err := json.Marshal(run)
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(b, '\n'), 0o644)
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
	err = extractAll(a.ctx, a.stdin, c.Files, o, auth, c.Workers, func(f *loader.Form, err error) error {
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
			Content: spans(a.Content), Source: spans(a.Source), Cue: spans(a.Cue), Within: a.Within, Rule: a.Rule, Confidence: a.Confidence,
		}
		if a.Type != nil {
			out[i].Type = *a.Type // else the scorer types it
		}
		if a.Speaker != nil {
			out[i].Speaker = *a.Speaker
		}
	}
	return out
}
