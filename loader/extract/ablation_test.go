package extract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"whence/loader"
	"whence/loader/evaluate"
	"whence/loader/extract"
	"whence/loader/resolve"
	"whence/loader/source"
)

// What attribution loses when no sentence is parsed, printed for the marked sets in the
// dev/ of the folder that WHENCE_EVAL names.
func TestAblation(t *testing.T) {
	folder := os.Getenv("WHENCE_EVAL")
	if folder == "" {
		t.Skip("SKIPPED: WHENCE_EVAL does not name the folder with the marked sets in dev/")
	}
	for _, set := range []struct {
		file   string
		speech []bool
	}{{"polnear.jsonl", []bool{true, false}}, {"gum_news.jsonl", []bool{false}}, {"gum_other.jsonl", []bool{false}}} {
		gold := marked(t, filepath.Join(folder, "dev", set.file))
		parsed := extracted(t, gold)
		var unparsed map[string][]evaluate.Attribution
		extract.WithoutTrees(func() { unparsed = extracted(t, gold) })
		for _, speech := range set.speech {
			with := evaluate.Score(gold, parsed, evaluate.Options{Speech: speech})
			without := evaluate.Score(gold, unparsed, evaluate.Options{Speech: speech})
			for _, m := range []struct {
				name          string
				without, with evaluate.Measure
			}{
				{"content_token", without.ContentToken, with.ContentToken},
				{"direct_exact_norm", without.DirectExactNorm, with.DirectExactNorm},
				{"source", without.Source, with.Source},
				{"joint", without.Joint, with.Joint},
			} {
				t.Logf("%-15s speech %-5v %-17s F1 %.3f without trees, %.3f with", set.file, speech, m.name, m.without.F1, m.with.F1)
			}
			if set.file == "polnear.jsonl" && with.Joint.F1 <= without.Joint.F1 {
				t.Errorf("%s: trees gain nothing: joint F1 %.4f with, %.4f without", set.file, with.Joint.F1, without.Joint.F1)
			}
		}
	}
}

// marked reads a marked set.
func marked(t *testing.T, file string) []evaluate.Gold {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := evaluate.ReadGold(file, f)
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

// extracted are the attributions found in the documents of a marked set, by document.
func extracted(t *testing.T, gold []evaluate.Gold) map[string][]evaluate.Attribution {
	t.Helper()
	nobody, err := resolve.LoadAuthority(nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	for _, g := range gold {
		form := loader.Extract(source.Item{Text: g.Text}, nobody)
		form.ID = g.ID
		if err := json.NewEncoder(&lines).Encode(form); err != nil {
			t.Fatal(err)
		}
	}
	predictions, err := evaluate.ReadPredictions("extract", &lines, gold)
	if err != nil {
		t.Fatal(err)
	}
	return predictions
}
