package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"whence/loader/evaluate"
)

// evalRun runs the command in this process.
func evalRun(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, talk bytes.Buffer
	code = run(t.Context(), append([]string{"eval"}, args...), strings.NewReader(""), &out, &talk)
	return out.String(), talk.String(), code
}

func evalFile(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A document with one quotation of the plainest kind, behind a character that is four bytes long.
const markedPool = `{"id": "pool", "text": "🦉 Mr Hale opened the pool. \"The water is warm,\" said Jo Hale.", "attributions": [` +
	`{"content": [[27, 47]], "source": [[53, 60]], "cue": [[48, 52]], "type": "direct", "speaker": "Jo Hale"}]}`

func TestEval_RunsTheExtractor(t *testing.T) {
	gold := evalFile(t, "gold.jsonl", markedPool)
	out, talk, code := evalRun(t, "--json", gold)
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	var r evaluate.Result
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if r.Documents != 1 || r.Missing != 0 || r.DirectExact.F1 != 1 || r.Joint.F1 != 1 || len(r.ByRule) != 1 {
		t.Errorf("one quotation of the plainest kind scores %s", out)
	}
}

// What extract prints, scored as a file, gives the figures of eval running the extractor itself.
func TestEval_ScoresWhatExtractPrints(t *testing.T) {
	files, err := filepath.Glob("../../seeds/gold/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no seeds/gold: ", err)
	}
	var forms, talk bytes.Buffer
	if code := run(t.Context(), append([]string{"extract", "--from", "jsonl"}, files...), strings.NewReader(""), &forms, &talk); code != exitOK {
		t.Fatalf("extract: exit code %d: %s", code, talk.String())
	}
	own, _, code := evalRun(t, append([]string{"--workers", "3"}, files...)...)
	if code != exitOK {
		t.Fatalf("exit code %d", code)
	}
	read, _, code := evalRun(t, append([]string{"--predictions", evalFile(t, "forms.jsonl", forms.String())}, files...)...)
	if code != exitOK {
		t.Fatalf("exit code %d", code)
	}
	if own != read {
		t.Errorf("eval on its own:\n%s\neval of what extract printed:\n%s", own, read)
	}
	if !strings.HasPrefix(own, "5 documents, 0 without predictions\n") || !strings.Contains(own, "\nby rule ") {
		t.Errorf("no table:\n%s", own)
	}
}

func TestEval_SaysWhatIsWrong(t *testing.T) {
	gold := evalFile(t, "gold.jsonl", markedPool)
	broken := evalFile(t, "broken.jsonl", markedPool+"\n{}\n")
	for name, c := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no file":                   {nil, exitUsage, "gold.jsonl"},
		"a missing file":            {[]string{gold + "x"}, exitFailure, "gold.jsonlx"},
		"a bad line":                {[]string{broken}, exitFailure, broken + `:2: no "text"`},
		"one document in two files": {[]string{gold, gold}, exitUsage, `two files mark a document "pool"`},
		"a bad prediction": {
			[]string{gold, "--predictions", evalFile(t, "p.jsonl", `{"id": "pool", "attributions": [{"content": [[60, 62]]}]}`)},
			exitFailure, "p.jsonl:1: attribution 0: content: span [60,62) of a text of 61 characters",
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, talk, code := evalRun(t, c.args...)
			if code != c.code || !strings.Contains(talk, c.want) || c.args != nil && out != "" {
				t.Errorf("exit code %d, %q, %q; want %d, …%s…", code, out, talk, c.code, c.want)
			}
		})
	}
}

func TestEval_PredictionsForOtherDocuments(t *testing.T) {
	gold := evalFile(t, "gold.jsonl", markedPool)
	pred := evalFile(t, "p.jsonl", `{"id": "lake", "attributions": []}`)
	out, talk, code := evalRun(t, gold, "--predictions", pred)
	if code != exitOK || !strings.HasPrefix(out, "1 document, 1 without predictions\n") || talk != "passed over: predictions for 1 document that nobody marked\n" {
		t.Errorf("exit code %d, %q, %q", code, out, talk)
	}
}

// swim is a document that would clear the screen it is shown on. Everything in it is ASCII.
const swim = "Jo Hale said the pool is \x1b[2Jwarm. Al Finch said the lake is cold."

// spanOf is a marked or found attribution of swim by its words.
func spanOf(content, source, speaker string) evaluate.Attribution {
	at := func(words string) []evaluate.Span {
		i := strings.Index(swim, words)
		return []evaluate.Span{{i, i + len(words)}}
	}
	return evaluate.Attribution{Content: at(content), Source: at(source), Cue: at("said"), Speaker: speaker, Type: "indirect", Rule: "R\x1b1", Confidence: 0.5}
}

func record(t *testing.T, text string, as ...evaluate.Attribution) string {
	t.Helper()
	b, err := json.Marshal(evaluate.Gold{ID: "swim\x1b[2J", Text: text, Attributions: as})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What changed is told with its words, and they do not reach the terminal as they are.
func TestEval_AgainstASavedRun(t *testing.T) {
	pool, lake := spanOf("the pool is \x1b[2Jwarm", "Jo Hale", "Jo Hale"), spanOf("the lake is cold", "Al Finch", "Al Finch")
	gold := evalFile(t, "gold.jsonl", record(t, swim, pool, lake))
	one := evalFile(t, "one.jsonl", record(t, "", pool, spanOf("said", "Jo Hale", "")))
	both := evalFile(t, "both.jsonl", record(t, "", lake, spanOf("the pool", "Al Finch", ""), spanOf("Jo", "Al Finch", "")))
	run := filepath.Join(t.TempDir(), "run.json")
	if out, talk, code := evalRun(t, gold, "--predictions", one, "--save", run); code != exitOK || strings.Contains(out, "\x1b") {
		t.Fatalf("exit code %d: %q, %s", code, out, talk)
	}
	out, talk, code := evalRun(t, gold, "--predictions", both, "--against", run, "--worst", "1", "--reliability")
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	if strings.ContainsRune(out, '\x1b') {
		t.Errorf("control characters of the document are printed: %q", out)
	}
	for _, want := range []string{
		"\nswim\ufffd[2J: joint P 0.33 R 0.50 F1 0.40; 1 right of 3 found and 2 marked\n  other source\n",
		"\ngained: 1\n  missed → right [swim\ufffd[2J]\n    marked  indirect Al Finch | said | the lake is cold\n",
		"\nlost: 1\n  right → other source [swim\ufffd[2J]\n    marked  indirect Jo Hale | said | the pool is \ufffd[2Jwarm\n    found   indirect Al Finch | said | the pool  R\ufffd1 0.50\n",
		"\nwrong in another way: 0\n", "\nfound now, not marked: 1\n", "\nfound no longer, not marked: 1\n",
		"\nstage source ", "\nexpected calibration error 0.1667\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	again, talk, code := evalRun(t, gold, "--predictions", one, "--against", run, "--json")
	var changes struct {
		Changes *evaluate.Changes `json:"changes"`
	}
	if err := json.Unmarshal([]byte(again), &changes); err != nil || code != exitOK {
		t.Fatalf("exit code %d: %v %s", code, err, talk)
	}
	nothing := &evaluate.Changes{
		Figures: []evaluate.FigureChange{}, Gained: []evaluate.CaseChange{}, Lost: []evaluate.CaseChange{}, Moved: []evaluate.CaseChange{},
		Added: []evaluate.Case{}, Gone: []evaluate.Case{},
	}
	if diff := cmp.Diff(nothing, changes.Changes); diff != "" {
		t.Errorf("the same run, changed:\n%s", diff)
	}
	for name, c := range map[string]struct {
		args []string
		want string
		code int
	}{
		"a run with other options": {[]string{gold, "--predictions", one, "--speech", "--against", run}, "other options", exitUsage},
		"a run on other documents": {[]string{evalFile(t, "other.jsonl", markedPool), "--against", run}, "other documents", exitUsage},
		"a run that is none":       {[]string{gold, "--against", gold}, "gold.jsonl: not a saved run", exitFailure},
	} {
		if out, talk, code := evalRun(t, c.args...); code != c.code || out != "" || !strings.Contains(talk, c.want) {
			t.Errorf("%s: exit code %d, %q, %q", name, code, out, talk)
		}
	}
}

func TestEval_ShowsNoMoreThanAskedFor(t *testing.T) {
	gold := evalFile(t, "gold.jsonl", record(t, swim, spanOf("the pool is", "Jo Hale", ""), spanOf("the lake is cold", "Al Finch", ""), spanOf("Jo", "Al Finch", "")))
	none := evalFile(t, "none.jsonl", record(t, ""))
	for show, want := range map[string]string{"1": "and 2 more", "2": "and 1 more", "3": "", "0": ""} {
		out, _, _ := evalRun(t, gold, "--predictions", none, "--worst", "3", "--show", show)
		if strings.Count(out, "more: see --show") != min(1, len(want)) || !strings.Contains(out, want) {
			t.Errorf("--show %s:\n%s", show, out)
		}
	}
}

func TestEval_Markdown(t *testing.T) {
	folder := t.TempDir()
	one, two := filepath.Join(folder, "The | pool.json"), filepath.Join(folder, "speech.json")
	gold := evalFile(t, "gold.jsonl", markedPool)
	for _, args := range [][]string{{gold, "--save", one}, {gold, "--speech", "--save", two, "--predictions", evalFile(t, "none.jsonl", `{"id": "pool", "attributions": []}`)}} {
		if _, talk, code := evalRun(t, args...); code != exitOK {
			t.Fatalf("exit code %d: %s", code, talk)
		}
	}
	out, talk, code := evalRun(t, "--markdown", one, two)
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	for _, want := range []string{
		"\n| P / R / F1 | The \\| pool | speech |\n|---|---|---|\n| content_exact | 1.00 / 1.00 / 1.00 | .000 / .000 / .000 |\n",
		"\n| documents; marked; found | 1; 1; 1 | 1; 1; 0 |\n", "\n| direct, joint | 1.00 / 1.00 / 1.00 | .000 / .000 / .000 |\n",
		"\n| 0.0 to 0.1 | – | – |\n", "\n| Q1 | 1, 1, 1; 1.00 | – |\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		if n := strings.Count(strings.ReplaceAll(line, "\\|", ""), "|"); line != "" && n != 4 {
			t.Errorf("%d bars: %s", n, line)
		}
	}
	if _, talk, code := evalRun(t, "--markdown", gold); code != exitFailure || !strings.Contains(talk, "not a saved run") {
		t.Errorf("exit code %d, %q", code, talk)
	}
}

// On real text eval, running the extractor, gives the figures of the published scorer reading what extract
// prints. WHENCE_EVAL names the folder of score_attributions.py with its data in dev/; neither is part of this project.
func TestEval_AgreesWithPublishedScorer(t *testing.T) {
	dir := os.Getenv("WHENCE_EVAL")
	if dir == "" {
		t.Skip("NOT COMPARED with the published scorer: set WHENCE_EVAL to the folder of score_attributions.py")
	}
	for _, name := range []string{"polnear", "gum_news", "gum_other"} {
		t.Run(name, func(t *testing.T) {
			gold := filepath.Join(dir, "dev", name+".jsonl")
			var forms, talk bytes.Buffer
			if code := run(t.Context(), []string{"extract", "--from", "jsonl", gold}, strings.NewReader(""), &forms, &talk); code != exitOK {
				t.Fatalf("extract: exit code %d: %s", code, talk.String())
			}
			predictions := evalFile(t, "predictions.jsonl", forms.String())
			for _, flags := range [][]string{nil, {"--speech"}, {"--silver"}} {
				published, err := exec.CommandContext(t.Context(), "python3",
					append([]string{filepath.Join(dir, "score_attributions.py"), gold, predictions, "--json"}, flags...)...).Output()
				if err != nil {
					t.Fatal(err)
				}
				own, talk, code := evalRun(t, append([]string{"--json", gold}, flags...)...)
				if code != exitOK {
					t.Fatalf("exit code %d: %s", code, talk)
				}
				var want, got map[string]any
				if err := errors.Join(json.Unmarshal(published, &want), json.Unmarshal([]byte(own), &got)); err != nil {
					t.Fatal(err)
				}
				for _, ours := range []string{"documents", "missing", "by_type", "by_stage", "by_rule", "reliability"} {
					delete(got, ours)
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
					t.Errorf("%v: published scorer (-), whence eval (+):\n%s", flags, diff)
				}
			}
		})
	}
}
