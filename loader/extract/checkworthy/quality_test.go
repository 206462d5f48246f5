package checkworthy

import (
	"bufio"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"whence/graph"
)

// The quality test prints how the shipped model does on hand-marked public sets that are not part of
// the project and that it has not learnt from, beside two that learn nothing. WHENCE_EVAL names the
// folder that holds them in dev/. Errors are read on half "a" only; half "b" shows how it does elsewhere.
func TestQuality(t *testing.T) {
	dir := os.Getenv("WHENCE_EVAL")
	if dir == "" {
		t.Skip("WHENCE_EVAL is not set: quality is NOT measured")
	}
	raters := []struct {
		name string
		rate func(text string) graph.Confidence
	}{
		{"has a number", func(text string) graph.Confidence {
			v := sentenceOf(text, graph.Span{End: len(text)}).features()
			return graph.Confidence(1000 * one(v[number]+v[year]+v[scale]+v[percent] > 0))
		}},
		{"weights set by hand", func(text string) graph.Confidence { return byHand().Rate(text, graph.Span{End: len(text)}) }},
		{"learnt", func(text string) graph.Confidence { return Rate(text, graph.Span{End: len(text)}) }},
	}
	for _, file := range []string{"claims_ct24.jsonl", "claims_claimbuster.jsonl"} {
		records := readMarked(t, filepath.Join(dir, "dev", file))
		for _, r := range raters {
			halves := map[string][]Rating{}
			for _, rec := range records {
				rating := Rating{r.rate(rec.Text), rec.Label == 1}
				for _, h := range []string{half(rec.Text), "whole"} {
					halves[h] = append(halves[h], rating)
				}
			}
			for _, h := range []string{"a", "b", "whole"} {
				t.Logf("%s, %s, %s: %s", file, h, r.name, Measure(halves[h]))
			}
		}
		if os.Getenv("WHENCE_EVAL_MISSES") == "" {
			continue
		}
		for _, rec := range records {
			if given := Rate(rec.Text, graph.Span{End: len(rec.Text)}); half(rec.Text) == "a" && (given >= Threshold) != (rec.Label == 1) {
				t.Logf("%d rated %d: %s", rec.Label, given, rec.Text)
			}
		}
	}
}

type marked struct {
	Text  string
	Label int
}

func readMarked(t *testing.T, file string) []marked {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Skipf("quality is NOT measured: %v", err)
	}
	defer f.Close()
	var out []marked
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var m marked
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// half says to which half of a set a sentence belongs, wherever it stands.
func half(text string) string {
	h := fnv.New32a()
	h.Write([]byte(text))
	return []string{"a", "b"}[h.Sum32()>>7&1]
}

// byHand is what a person would write down without data: a figure or a record of what somebody did
// counts for a sentence; questions, wishes and judgements count against it.
func byHand() *Model {
	var m Model
	for f, w := range map[feature]float64{
		number: 2, year: 1, percent: 1, money: 1, perfect: 1, theyDid: 1, change: 1, vote: 1, subject: 1, extreme: 0.5, pastSubject: 1,
		asks: -3, weWill: -2, weThink: -1, judge: -1, stress: -0.5, duty: -1, courtesy: -2, procedure: -1, kin: -1, numberOnClock: -1, second: -0.5,
		size: -1.5,
	} {
		m.weights[f] = w
	}
	return &m
}
