package evaluate

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// near lets the last bits of shares differ.
var near = cmp.Options{cmpopts.EquateApprox(0, 1e-12), cmpopts.IgnoreUnexported(TypeScore{})}

// figures is what the published scorer also prints, without what is ours alone.
func figures(t *testing.T, r Result) map[string]any {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{"documents", "missing", "by_type", "by_stage", "by_rule", "reliability"} {
		delete(m, own)
	}
	return m
}

func load(t *testing.T, goldFile, predictionsFile string) ([]Gold, map[string][]Attribution) {
	t.Helper()
	read := func(file string) *bytes.Reader {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(b)
	}
	gold, err := ReadGold(goldFile, read(goldFile))
	if err != nil {
		t.Fatal(err)
	}
	pred, err := ReadPredictions(predictionsFile, read(predictionsFile), gold)
	if err != nil {
		t.Fatal(err)
	}
	return gold, pred
}

var settings = map[string]Options{
	"":               {},
	"speech":         {Speech: true},
	"silver":         {Silver: true},
	"speech, silver": {Speech: true, Silver: true},
}

// The expected figures were computed by the published scorer, score_attributions.py.
func TestScore_AgreesWithPublishedScorer(t *testing.T) {
	gold, pred := load(t, "testdata/gold.jsonl", "testdata/predictions.jsonl")
	b, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]map[string]any
	if err := json.Unmarshal(b, &expected); err != nil {
		t.Fatal(err)
	}
	for name, o := range settings {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(expected[name], figures(t, Score(gold, pred, o)), near); diff != "" {
				t.Errorf("published scorer (-), ours (+):\n%s", diff)
			}
		})
	}
}

func TestScore_RulesAddUp(t *testing.T) {
	gold, pred := load(t, "testdata/gold.jsonl", "testdata/predictions.jsonl")
	for name, o := range settings {
		t.Run(name, func(t *testing.T) {
			r := Score(gold, pred, o)
			var sum RuleScore
			for _, s := range r.ByRule {
				sum.Pred += s.Pred
				sum.Paired += s.Paired
				sum.Joint += s.Joint
			}
			want := RuleScore{Pred: r.ContentJ50.Pred, Paired: r.ContentJ50.TP, Joint: r.Joint.TP}
			if sum != want {
				t.Errorf("rules add up to %+v, the measures say %+v", sum, want)
			}
		})
	}
	r := Score(gold, pred, Options{})
	want := &RuleScore{Pred: 4, Paired: 2, Joint: 2, Precision: 0.5, JointPrecision: 0.5, JointRecall: 2 / float64(r.Joint.Gold), JointF1: 4 / float64(4+r.Joint.Gold)}
	if diff := cmp.Diff(want, r.ByRule["W1"]); diff != "" {
		t.Errorf("W1, of four two are marked:\n%s", diff)
	}
	if r.Missing != 1 || r.Documents != len(gold) {
		t.Errorf("%d documents, %d missing; want %d, 1", r.Documents, r.Missing, len(gold))
	}
}

func TestScore_PerfectPredictions(t *testing.T) {
	gold, _ := load(t, "testdata/gold.jsonl", "testdata/predictions.jsonl")
	pred := map[string][]Attribution{}
	for i, g := range gold {
		kept := g.Attributions[:0:0]
		for _, a := range g.Attributions {
			if a.Content[0][1]-a.Content[0][0] > 3 { // a content without words cannot be found
				kept = append(kept, a)
			}
		}
		gold[i].Attributions, pred[g.ID] = kept, kept
	}
	r := Score(gold, pred, Options{})
	for _, m := range r.Measures() {
		if m.P != 1 || m.R != 1 || m.F1 != 1 {
			t.Errorf("%s: P %v R %v F1 %v of what is marked itself", m.Name, m.P, m.R, m.F1)
		}
	}
}

// drawn makes records out of words and marks that the scorer has rules for.
func drawn(t *rapid.T) ([]Gold, map[string][]Attribution) {
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 60).Draw(t, "text"), "")
	n := len([]rune(text))
	spans := func(name string, most int) []Span {
		var out []Span
		for range rapid.IntRange(0, most).Draw(t, name) {
			start := rapid.IntRange(0, n-1).Draw(t, "start")
			out = append(out, Span{start, rapid.IntRange(start+1, min(n, start+25)).Draw(t, "end")})
		}
		return out
	}
	some := func(name string, most int) []Attribution {
		var out []Attribution
		for range rapid.IntRange(0, most).Draw(t, name) {
			content := append(spans("content", 1), Span{0, 1})[:1]
			out = append(out, Attribution{
				Content: append(content, spans("more", 1)...), Source: spans("source", 2), Cue: spans("cue", 1),
				Speaker:  rapid.SampledFrom([]string{"", "", "Ann Lee", "Bo Fox Jr."}).Draw(t, "speaker"),
				Type:     rapid.SampledFrom([]string{direct, indirect, mixed}).Draw(t, "type"),
				Optional: rapid.IntRange(0, 4).Draw(t, "optional") == 0,
			})
		}
		return out
	}
	g := Gold{ID: "drawn", Text: text, Attributions: some("gold", 6), Ignore: spans("ignore", 2)}
	found := some("found", 6)
	for i := range found {
		found[i].Type = rapid.SampledFrom([]string{direct, indirect, mixed, voice, ""}).Draw(t, "found type")
		found[i].Confidence = rapid.SampledFrom([]float64{0, 0.3, 0.55, 0.9, 1}).Draw(t, "confidence")
		if rapid.IntRange(0, 4).Draw(t, "within") == 0 {
			found[i].Within = new(int)
		}
	}
	return []Gold{g}, map[string][]Attribution{g.ID: found}
}

var pieces = []string{
	"Ann", "Lee", "Bo Fox", "Jr.", "she", "They", "the officials", "of", "who", "said", "told", "wants", "polls", "it’s", "a_b", "½", "🦉", "東",
	" ", " ", " ", " ", ", ", ". ", "\n", "\u00a0", "\x1f", "“", "”", "\"", "‘", "’", "«", "»", "``", "''", " — ", "—", " -- ", "(", ")", ": ", "’s", "'s",
}

func TestScore_CountsStayInBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawn(t)
		o := Options{Speech: rapid.Bool().Draw(t, "speech"), Silver: rapid.Bool().Draw(t, "silver")}
		r := Score(gold, pred, o)
		for _, m := range r.Measures() {
			if m.TP < 0 || m.TP > m.Gold || m.TP > m.Pred {
				t.Fatalf("%s: %d right of %d found and %d marked", m.Name, m.TP, m.Pred, m.Gold)
			}
		}
		for _, m := range r.ByStage.Measures() {
			if m.TP < 0 || m.TP > m.Gold || m.TP > m.Pred {
				t.Fatalf("stage %s: %d right of %d found and %d marked", m.Name, m.TP, m.Pred, m.Gold)
			}
		}
		var joint Measure
		for name, of := range r.ByType {
			joint.Gold += of.Joint.Gold
			joint.Pred += of.Joint.Pred
			joint.TP += of.Joint.TP
			if of.Joint.P > of.ContentJ50.P || of.ContentExactNorm.R > of.ContentJ50.R {
				t.Fatalf("%s: a stricter measure is higher: %+v", name, of)
			}
		}
		if joint.finish(joint.TP); joint != r.Joint {
			t.Fatalf("types add up to %+v, joint is %+v", joint, r.Joint)
		}
		marked, found := 0, 0
		for _, c := range r.Cases {
			if c.Gold != nil {
				marked++
			}
			if c.Found != nil {
				found++
			}
		}
		if marked != r.Joint.Gold || found != r.Joint.Pred {
			t.Fatalf("cases of %d marked and %d found, counted are %d and %d", marked, found, r.Joint.Gold, r.Joint.Pred)
		}
		if rel := r.Reliability; rel != nil {
			last := rel.Curve[len(rel.Curve)-1]
			if last.P != r.Joint.P || last.R != r.Joint.R || last.Pred != r.Joint.Pred {
				t.Fatalf("all predictions: %+v on the curve, %+v by joint", last, r.Joint)
			}
			if rel.Error < 0 || rel.Error > 1 {
				t.Fatalf("calibration error %v", rel.Error)
			}
		}
		if r.ContentExact.TP > r.ContentExactNorm.TP || r.ContentExactNorm.TP > r.ContentJ50.TP || r.Joint.TP > r.ContentJ50.TP {
			t.Fatalf("stricter measures count more: %+v", r)
		}
	})
}
