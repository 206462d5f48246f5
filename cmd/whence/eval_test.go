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
	if !strings.HasPrefix(own, "5 documents, 0 without predictions\n") || !strings.Contains(own, "\nrule ") {
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
				for _, ours := range []string{"documents", "missing", "by_rule"} {
					delete(got, ours)
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
					t.Errorf("%v: published scorer (-), whence eval (+):\n%s", flags, diff)
				}
			}
		})
	}
}
