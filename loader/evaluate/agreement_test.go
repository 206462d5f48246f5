package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// published returns the folder that WHENCE_EVAL names, of the published scorer. It is no part of this project.
func published(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("WHENCE_EVAL")
	if dir == "" {
		t.Skip("NOT COMPARED with the published scorer: set WHENCE_EVAL to the folder of score_attributions.py")
	}
	return dir
}

// compare scores two files with both scorers under all settings.
func compare(t *testing.T, dir, goldFile, predictionsFile string) {
	t.Helper()
	gold, pred := load(t, goldFile, predictionsFile)
	for name, o := range settings {
		args := []string{filepath.Join(dir, "score_attributions.py"), goldFile, predictionsFile, "--json"}
		if o.Speech {
			args = append(args, "--speech")
		}
		if o.Silver {
			args = append(args, "--silver")
		}
		out, err := exec.CommandContext(t.Context(), "python3", args...).Output()
		if err != nil {
			t.Fatalf("python3 %v: %v", args, err)
		}
		var expected map[string]any
		if err := json.Unmarshal(out, &expected); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(expected, figures(t, Score(gold, pred, o)), near); diff != "" {
			t.Errorf("%s %s: published scorer (-), ours (+):\n%s", filepath.Base(goldFile), name, diff)
		}
	}
}

// Records drawn at random score the same, few at a time, so that errors cannot cancel out.
func TestScore_AgreesOnDrawnRecords(t *testing.T) {
	dir := published(t)
	type pair struct {
		gold []Gold
		pred map[string][]Attribution
	}
	records := rapid.Custom(func(t *rapid.T) pair {
		gold, pred := drawn(t)
		return pair{gold, pred}
	})
	for batch := range 20 {
		t.Run(fmt.Sprint("batch ", batch), func(t *testing.T) {
			var gold, pred bytes.Buffer
			goldLines, predLines := json.NewEncoder(&gold), json.NewEncoder(&pred)
			for i := range 10 {
				r := records.Example(10*batch + i)
				r.gold[0].ID = fmt.Sprint(i)
				found := struct {
					ID           string        `json:"id"`
					Attributions []Attribution `json:"attributions"`
				}{r.gold[0].ID, r.pred["drawn"]}
				if r.gold[0].Attributions == nil {
					r.gold[0].Attributions = []Attribution{}
				}
				if found.Attributions == nil {
					found.Attributions = []Attribution{}
				}
				if err := goldLines.Encode(r.gold[0]); err != nil {
					t.Fatal(err)
				}
				if err := predLines.Encode(found); err != nil {
					t.Fatal(err)
				}
			}
			folder := t.TempDir()
			goldFile, predictionsFile := filepath.Join(folder, "gold.jsonl"), filepath.Join(folder, "predictions.jsonl")
			for file, b := range map[string][]byte{goldFile: gold.Bytes(), predictionsFile: pred.Bytes()} {
				if err := os.WriteFile(file, b, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			compare(t, dir, goldFile, predictionsFile)
		})
	}
}
