package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/loader/syntax/entity"
	"whence/loader/syntax/treebank"
)

func TestOwnDocument_IsMarkedWell(t *testing.T) {
	marked := 0
	for _, e := range ownDocument().examples {
		for _, n := range e.Names {
			words := n.Span.Of(e.Text)
			if n.Type == "" || strings.TrimSpace(words) != words || words == "" || strings.ContainsAny(words, "[]") {
				t.Errorf("%q is a name of type %q", words, n.Type)
			}
			starts, ends := false, false
			for _, token := range e.Sentence {
				starts = starts || token.Span.Start == n.Span.Start
				ends = ends || token.Span.End == n.Span.End
			}
			if !starts || !ends {
				t.Errorf("%q is cut otherwise by the tokeniser", words)
			}
			marked++
		}
	}
	if want := strings.Count(own, "["); marked != want {
		t.Errorf("%d names in sentences, %d in the file", marked, want)
	}
}

// TestNames_CrossValidated needs GUM: the folder of treebanks in WHENCE_TRAIN.
func TestNames_CrossValidated(t *testing.T) {
	folder := os.Getenv("WHENCE_TRAIN")
	if folder == "" {
		t.Skip("WHENCE_TRAIN is not set")
	}
	examples, err := treebank.ReadFile(filepath.Join(folder, "gum-open.conllu.xz"))
	if err != nil {
		t.Fatal(err)
	}
	scores := cross(documentsOf(examples), ownDocument(), entity.English().Classes())
	t.Log("\n" + table(scores))
	rules, hinted, sure := scores[0].agents, scores[2].agents, scores[4].agents
	if hinted.f1() < .68 || hinted.f1() < rules.f1()+.05 {
		t.Errorf("with hints F1 %.3f, by rules %.3f", hinted.f1(), rules.f1())
	}
	if sure.f1() < rules.f1()+.05 || sure.precision() < .80 {
		t.Errorf("rules with the tagger F1 %.3f at precision %.3f, without %.3f", sure.f1(), sure.precision(), rules.f1())
	}
}
