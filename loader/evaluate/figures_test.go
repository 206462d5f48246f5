package evaluate

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// A council meeting: two attributions found right, one with another speaker, one with other words, one missed, and one found where nothing is marked.
const (
	meeting = `{"id": "meeting", "text": "“It is late,” said Ann Lowe. Bo Fenn said that the roof leaks badly. Cy Hart warned that rents will rise. Di Moss claimed that nobody had asked. Ed Pike hopes so.", "attributions": [` +
		`{"content": [[0, 13]], "source": [[19, 27]], "cue": [[14, 18]], "speaker": "Ann Lowe", "type": "direct"},` +
		`{"content": [[42, 67]], "source": [[29, 36]], "cue": [[37, 41]], "speaker": "Bo Fenn", "type": "indirect"},` +
		`{"content": [[84, 104]], "source": [[69, 76]], "cue": [[77, 83]], "speaker": "Cy Hart", "type": "indirect"},` +
		`{"content": [[122, 143]], "source": [[106, 113]], "cue": [[114, 121]], "speaker": null, "type": "indirect"},` +
		`{"content": [[159, 161]], "source": [[145, 152]], "cue": [[153, 158]], "speaker": "Ed Pike", "type": "indirect"}]}`
	heard = `{"id": "meeting", "attributions": [` +
		`{"content": [[0, 13]], "source": [[19, 27]], "cue": [[14, 18]], "speaker": "Lowe", "type": "direct", "rule": "Q", "confidence": 0.9},` +
		`{"content": [[47, 67]], "source": [[29, 36]], "cue": [[37, 41]], "speaker": "Bo Fenn", "type": "mixed", "rule": "I", "confidence": 0.9},` +
		`{"content": [[84, 104]], "source": [[19, 27]], "cue": [[77, 83]], "speaker": "Ann Lowe", "type": "indirect", "rule": "I", "confidence": 0.6},` +
		`{"content": [[137, 143]], "source": [[106, 113]], "cue": [[114, 121]], "speaker": "Di Moss", "type": "indirect", "rule": "I", "confidence": 0.6},` +
		`{"content": [[29, 32]], "source": [[69, 76]], "cue": [[153, 158]], "speaker": "Cy Hart", "type": "direct", "rule": "I", "confidence": 0.3}]}`
)

func scored(t *testing.T, g, p string, o Options) (Result, Run) {
	t.Helper()
	gold, err := ReadGold("gold", strings.NewReader(g))
	if err != nil {
		t.Fatal(err)
	}
	pred, err := ReadPredictions("predictions", strings.NewReader(p), gold)
	if err != nil {
		t.Fatal(err)
	}
	r := Score(gold, pred, o)
	return r, NewRun(gold, o, r)
}

// of is a measure from its counts.
func of(right, found, marked int) Measure {
	m := Measure{TP: right, Pred: found, Gold: marked}
	m.finish(right)
	return m
}

func TestScore_ByStage(t *testing.T) {
	r, _ := scored(t, meeting, heard, Options{})
	want := Stages{
		Cue:     of(5, 5, 5), // that of the unmarked prediction touches one whose content it misses
		Source:  of(3, 5, 5),
		Content: of(3, 5, 5),
		Speaker: of(2, 4, 4), // nobody says whether Di Moss is right
		Joint:   of(2, 5, 5),
	}
	if diff := cmp.Diff(want, r.ByStage); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if r, _ := scored(t, strings.ReplaceAll(meeting, `"speaker"`, `"x"`), heard, Options{}); r.ByStage.Speaker != (Measure{}) {
		t.Errorf("no speaker is marked, and yet %+v", r.ByStage.Speaker)
	}
}

// A cue belongs to the pair it is of before it can go to another.
func TestScore_CuesAreJoinedOneToOne(t *testing.T) {
	g := `{"id": "1", "text": "Ann Lowe said it rains and said it snows.", "attributions": [` +
		`{"content": [[14, 22]], "cue": [[9, 13]], "type": "indirect"}, {"content": [[32, 40]], "cue": [[27, 31]], "type": "indirect"}]}`
	p := `{"id": "1", "attributions": [{"content": [[0, 8]], "cue": [[9, 31]]}, {"content": [[14, 22]], "cue": [[9, 13]]}, {"content": [[23, 26]], "cue": [[9, 13]]}]}`
	r, _ := scored(t, g, p, Options{})
	if want := of(2, 3, 2); r.ByStage.Cue != want {
		t.Errorf("cues: got %+v, want %+v", r.ByStage.Cue, want)
	}
}

func TestScore_ByType(t *testing.T) {
	r, _ := scored(t, meeting, heard, Options{})
	half := func(found, pred, marked, gold int) Measure {
		m := Measure{TP: marked, Pred: pred, Gold: gold}
		m.finish(found)
		return m
	}
	want := map[string]*TypeScore{
		direct:   {ContentExactNorm: half(1, 2, 1, 1), ContentJ50: half(1, 2, 1, 1), Joint: half(1, 2, 1, 1), SameType: 1},
		indirect: {ContentExactNorm: half(1, 2, 1, 4), ContentJ50: half(1, 2, 2, 4), Joint: half(0, 2, 1, 4), SameType: 0.5},
		mixed:    {ContentExactNorm: half(0, 1, 0, 0), ContentJ50: half(1, 1, 0, 0), Joint: half(1, 1, 0, 0)},
	}
	if diff := cmp.Diff(want, r.ByType, cmpopts.IgnoreUnexported(TypeScore{})); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if _, ok := r.RecallByType[mixed]; ok {
		t.Error("recall of a type that is not marked")
	}
}

func TestScore_Cases(t *testing.T) {
	r, _ := scored(t, meeting, heard, Options{})
	var verdicts []Verdict
	for _, c := range r.Cases {
		verdicts = append(verdicts, c.Verdict)
	}
	if diff := cmp.Diff([]Verdict{Right, Right, OtherSource, OtherWords, Missed, Unmarked}, verdicts); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	want := Case{
		Document: "meeting", Verdict: Right,
		Gold:  &Excerpt{Index: 1, Content: "that the roof leaks badly", Source: "Bo Fenn", Cue: "said", Speaker: "Bo Fenn", Type: indirect},
		Found: &Excerpt{Index: 1, Content: "the roof leaks badly", Source: "Bo Fenn", Cue: "said", Speaker: "Bo Fenn", Type: mixed, Rule: "I", Confidence: 0.9},
	}
	if diff := cmp.Diff(want, r.Cases[1]); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestResult_Worst(t *testing.T) {
	silent := strings.ReplaceAll(meeting, `"id": "meeting"`, `"id": "silent"`)
	fair := `{"id": "fair", "text": "Ann Lowe said it rains.", "attributions": [{"content": [[14, 22]], "source": [[0, 8]], "cue": [[9, 13]], "type": "indirect"}]}`
	r, _ := scored(t, fair+"\n"+silent+"\n"+meeting, heard+"\n"+`{"id": "fair", "attributions": [{"content": [[14, 22]], "source": [[0, 8]]}]}`, Options{})
	worst := r.Worst(5)
	if len(worst) != 2 || worst[0].ID != "meeting" || worst[1].ID != "silent" {
		t.Fatalf("the worst documents: %+v", worst)
	}
	if want := of(2, 5, 5); worst[0].Joint != want || len(worst[0].Wrong) != 4 {
		t.Errorf("got %+v with %d cases, want %+v", worst[0].Joint, len(worst[0].Wrong), want)
	}
	if n := len(r.Worst(1)) + len(r.Worst(0)) + len(r.Worst(-1)); n != 1 {
		t.Errorf("of one, no and minus one document: %d", n)
	}
}

func TestScore_Reliability(t *testing.T) {
	r, _ := scored(t, meeting, heard, Options{})
	want := &Reliability{
		Bins: []Bin{
			{From: 0.3, Confidence: 0.3, Right: 0, Pred: 1},
			{From: 0.6, Confidence: 0.6, Right: 0, Pred: 2},
			{From: 0.9, Confidence: 0.9, Right: 1, Pred: 2},
		},
		Error: (0.3 + 2*0.6 + 2*0.1) / 5,
		Curve: []Point{{0.9, 1, 0.4, 2}, {0.6, 0.5, 0.4, 4}, {0.3, 0.4, 0.4, 5}},
	}
	if diff := cmp.Diff(want, r.Reliability, near); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
	if p, ok := r.Reliability.PrecisionAt(0.4); !ok || p.Threshold != 0.9 {
		t.Errorf("best precision at a recall of .4: %+v, %v", p, ok)
	}
	if p, ok := r.Reliability.PrecisionAt(0.5); ok {
		t.Errorf("a recall of .5 that nothing reaches: %+v", p)
	}
	if r, _ := scored(t, meeting, strings.ReplaceAll(heard, `"confidence"`, `"x"`), Options{}); r.Reliability != nil {
		t.Errorf("predictions without confidence: %+v", r.Reliability)
	}
}

// saved is a run as it comes back from a file.
func saved(t *testing.T, run Run) Run {
	t.Helper()
	b, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadRun("run", bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestCompare(t *testing.T) {
	_, before := scored(t, meeting, heard, Options{})
	// Bo Fenn is lost, Cy Hart gained, Di Moss no longer found, and the unmarked one is another.
	later := strings.NewReplacer(`[[47, 67]], "source": [[29, 36]]`, `[[47, 67]], "source": [[69, 76]]`, `"Bo Fenn"`, `"Hart"`,
		`[[84, 104]], "source": [[19, 27]]`, `[[84, 104]], "source": [[69, 76]]`, `[[137, 143]]`, `[[146, 148]]`, `[[29, 32]]`, `[[33, 36]]`).Replace(heard)
	_, after := scored(t, meeting, later, Options{})
	c, err := Compare(saved(t, before), after)
	if err != nil {
		t.Fatal(err)
	}
	type counts struct{ gained, lost, moved, added, gone int }
	if got, want := (counts{len(c.Gained), len(c.Lost), len(c.Moved), len(c.Added), len(c.Gone)}), (counts{1, 1, 1, 2, 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if g := c.Gained[0]; g.Before.Verdict != OtherSource || g.After.Gold.Source != "Cy Hart" {
		t.Errorf("gained: %+v", g)
	}
	if l := c.Lost[0]; l.After.Verdict != OtherSource || l.After.Gold.Source != "Bo Fenn" {
		t.Errorf("lost: %+v", l)
	}
	var changed []string
	for _, f := range c.Figures {
		if f.Before == f.After {
			t.Errorf("%s did not change", f.Name)
		}
		changed = append(changed, f.Name)
	}
	for _, name := range []string{"source", "stage speaker", "type indirect, joint"} {
		if n := strings.Count("\n"+strings.Join(changed, "\n")+"\n", "\n"+name+"\n"); n != 1 {
			t.Errorf("%s is told %d times: %q", name, n, changed)
		}
	}
}

func TestCompare_RefusesOtherRuns(t *testing.T) {
	_, run := scored(t, meeting, heard, Options{})
	_, speech := scored(t, meeting, heard, Options{Speech: true})
	_, other := scored(t, strings.ReplaceAll(meeting, "late", "soon"), heard, Options{})
	for name, b := range map[string]Run{"other options": speech, "other documents": other} {
		if _, err := Compare(run, b); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadRun_RefusesWhatIsNone(t *testing.T) {
	for in, want := range map[string]string{
		"":     "run: EOF",
		"{}":   "run: not a saved run",
		"[1]":  "run: json: cannot unmarshal",
		"null": "run: not a saved run",
		`{"set": "x", "cases": [{"document": "d", "verdict": "right", "found": {}}]}`: "run: case 0 is of nothing",
		`{"set": "x", "cases": [{"document": "d", "verdict": "missed"}]}`:             "run: case 0 is of nothing",
	} {
		if _, err := ReadRun("run", strings.NewReader(in)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s…", in, err, want)
		}
	}
}
