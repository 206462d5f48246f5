package checkworthy

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func whole(text string) graph.Span { return graph.Span{End: len(text)} }

func TestRate_TellsFactsFromTheRest(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		worth bool
	}{
		"a figure":                         {"Knife crime in the county has fallen by 12% since 2021.", true},
		"a number in letters":              {"Two thirds of the clinics closed within a year of the merger.", true},
		"a vote":                           {"She voted against the pension bill on both occasions.", true},
		"a record without a figure":        {"The minister had been told that the dam was cracked.", true},
		"a comparison":                     {"Nurses in Norway earn more than doctors do here.", true},
		"what is going on":                 {"The government is paying hotels to house the asylum seekers.", true},
		"what nobody did":                  {"No bank was ever charged under that law.", true},
		"a law":                            {"Landlords are required by law to test the wiring.", true},
		"a promise":                        {"We will build a new school in every town.", false},
		"a promise with a figure":          {"I'll hire 5,000 more teachers by the end of my first term.", false},
		"a wish":                           {"I hope that we can all get along.", false},
		"an opinion":                       {"I think it's an absolute disgrace.", false},
		"an opinion with a figure":         {"I'm 110 per cent behind our wonderful police.", false},
		"a question":                       {"How many jobs were lost?", false},
		"a greeting with a figure":         {"Good evening, and welcome to the third of our 4 debates.", false},
		"a remark from the chair":          {"You have two minutes to respond, Senator.", false},
		"family":                           {"My wife and I were married 31 years ago.", false},
		"a call":                           {"Please sign the petition below.", false},
		"rhetoric":                         {"Freedom is the hope of every human heart.", false},
		"an age in the writer's own story": {"I was 9 when my dad took me to my first match.", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Rate(c.text, whole(c.text)); (got >= Threshold) != c.worth {
				t.Errorf("%q is rated %d", c.text, got)
			}
		})
	}
}

func TestRate_FindsTheClauseThatStatesSomething(t *testing.T) {
	const text = "Well, if I may just come back on that for a moment, my friends, unemployment in this state has doubled since 2008."
	with, without := Rate(text, whole(text)), int(math.Round(1000*logistic(shipped().score(sentenceOf(text, whole(text))))))
	if int(with) <= without {
		t.Errorf("rated %d, and %d as a whole", with, without)
	}
}

func TestRate_ReadsTheSpanAlone(t *testing.T) {
	const text = "How odd! “Crime doubled in 2009.” I love it."
	s := graph.Span{Start: strings.Index(text, "“"), End: strings.Index(text, " I love")}
	if got, want := Rate(text, s), Rate(s.Of(text), whole(s.Of(text))); got != want || got < Threshold {
		t.Errorf("rated %d inside a text and %d alone", got, want)
	}
	for _, empty := range []string{"", " ", "…", "“”", "\n\n"} {
		if got := Rate(empty, whole(empty)); got != 0 {
			t.Errorf("%q is rated %d", empty, got)
		}
	}
}

func TestFeatures(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		has  []feature
		not  []feature
	}{
		"a number with commas is one":   {"They lost 1,234,567 homes", []feature{number, bigNumber, numberPast}, []feature{year}},
		"a number in words is one":      {"twenty-three thousand people left", []feature{number, bigNumber, scale}, nil},
		"a year":                        {"It closed in 1996", []feature{year, past}, []feature{number, numberPast}},
		"a sum as large as a year":      {"It cost £2000", []feature{number, money}, []feature{year}},
		"one of them":                   {"one of them left", nil, []feature{number}},
		"one in seven":                  {"one in seven tenants left", []feature{number, oneIn}, nil},
		"per cent":                      {"a rise of 4 per cent", []feature{percent, change}, nil},
		"the writer's intention":        {"I'd cut 30 posts", []feature{weWill, numberIntended, opensI}, []feature{weDid}},
		"what the writer did in office": {"We've cut taxes", []feature{perfect, weDid, weDidSubject}, []feature{weWill}},
		"what another did":              {"The court has ruled on it", []feature{theyDid, perfect}, []feature{weDid}},
		"a contracted verb":             {"She’s closing the ward", []feature{be, theyAreDoing}, nil},
		"a question in marks":           {"“Who paid?”", []feature{asks, asking}, []feature{exclaims}},
		"a name is no sentence opening": {"Ferries to Skye stopped", []feature{name, pastName}, []feature{acronym}},
		"an acronym":                    {"the NHS bought it", []feature{acronym, name}, nil},
		"no verb":                       {"Lower bills, better roads", []feature{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			v := sentenceOf(c.text, whole(c.text)).features()
			for _, f := range c.has {
				if v[f] == 0 {
					t.Errorf("no %q", counted[f].name)
				}
			}
			for _, f := range c.not {
				if v[f] != 0 {
					t.Errorf("%q", counted[f].name)
				}
			}
		})
	}
}

func TestClauses(t *testing.T) {
	for text, want := range map[string][]string{
		"Rents doubled, wages fell.": nil,
		"It is, as I told you all, a fact that rents in this town have doubled.": {"It is, as I told you all", "a fact that rents in this town have doubled."},
		"They spent 1,200,000 on it, and then they closed it down.":              {"They spent 1,200,000 on it", "and then they closed it down."},
	} {
		var got []string
		for _, c := range sentenceOf(text, whole(text)).clauses() {
			got = append(got, text[c.words[0].Start:c.words[len(c.words)-1].End])
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
}

func examples(t *testing.T) []Example {
	t.Helper()
	b, err := os.ReadFile("../../../seeds/gold/worth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	out, err := ReadExamples(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The weights that ship are those that the sentences teach. Another architecture may round otherwise.
func TestLearn_GivesTheShippedWeights(t *testing.T) {
	m, err := Learn(examples(t), DefaultRidge)
	if err != nil {
		t.Fatal(err)
	}
	for f, w := range m.weights {
		if math.Abs(w-shipped().weights[f]) > 0.002 {
			t.Errorf("%s: %.3f is shipped, %.3f is learnt", nameOf(f), shipped().weights[f], w)
		}
	}
}

// Sentences that a model has not seen are told apart, and the ratings are near what they say.
func TestCrossValidate_OnTheSeeds(t *testing.T) {
	ratings, err := CrossValidate(examples(t), DefaultRidge, 10)
	if err != nil {
		t.Fatal(err)
	}
	s := Measure(ratings)
	t.Log(s)
	if s.F1 < 0.82 || s.AveragePrecision < 0.92 || s.MeanCalibrationError > 0.06 {
		t.Error("F1 below .82, average precision below .92, or calibration error above .06")
	}
}

func TestLearn_NeedsExamples(t *testing.T) {
	if _, err := Learn(nil, DefaultRidge); err == nil {
		t.Error("a model of nothing")
	}
}

func TestReadExamples_RefusesOtherLines(t *testing.T) {
	for _, file := range []string{"+\tA sentence.", "news\t*\tA sentence.", "news\t+\tA\tB", "news\t+\tA.\n\n"} {
		if _, err := ReadExamples(strings.NewReader(file)); err == nil {
			t.Errorf("%q is read", file)
		}
	}
}

func TestReadModel_ReadsWhatWasWritten(t *testing.T) {
	var file bytes.Buffer
	if _, err := shipped().WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(weights, file.String()); d != "" {
		t.Errorf("written otherwise (-shipped +written):\n%s", d)
	}
	lines := strings.SplitAfter(strings.TrimSpace(weights), "\n")
	for name, bad := range map[string]string{
		"no file":           "",
		"a line too few":    strings.Join(lines[1:], ""),
		"a line too many":   weights + "0.1\tmore\n",
		"another order":     lines[1] + lines[0] + strings.Join(lines[2:], ""),
		"a weight of words": "much\t" + strings.SplitN(weights, "\t", 2)[1],
		"no number":         "NaN\t" + strings.SplitN(weights, "\t", 2)[1],
	} {
		if _, err := ReadModel(strings.NewReader(bad)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
}

func TestMeasure(t *testing.T) {
	s := Measure([]Rating{{900, true}, {800, false}, {700, true}, {100, false}, {0, true}})
	if s.Sentences != 5 || s.Marked != 3 || s.Precision != 2./3 || s.Recall != 2./3 || math.Abs(s.F1-2./3) > 1e-9 {
		t.Errorf("%+v", s)
	}
	if want := (1 + 2./3 + 3./5) / 3; math.Abs(s.AveragePrecision-want) > 1e-9 {
		t.Errorf("average precision %v, want %v", s.AveragePrecision, want)
	}
	if b := s.Reliability[9]; b != (Bin{1, 0.9, 1}) {
		t.Errorf("the last tenth: %+v", b)
	}
	if want := (0.1 + 0.8 + 0.3 + 0.1 + 1) / 5; math.Abs(s.MeanCalibrationError-want) > 1e-9 {
		t.Errorf("calibration error %v, want %v", s.MeanCalibrationError, want)
	}
	if Measure(nil).F1 != 0 {
		t.Error("nothing has a score")
	}
}

func TestRate_StandsHostileText(t *testing.T) {
	for name, text := range map[string]string{
		"a million words": strings.Repeat("tax ", 1<<18),
		"commas":          strings.Repeat(",", 1<<20),
		"digits":          strings.Repeat("1,", 1<<19),
		"number words":    strings.Repeat("hundred and ", 1<<16),
		"one word":        strings.Repeat("a", 1<<20),
		"no UTF-8":        strings.Repeat("\xff\xe2\x80", 1<<18),
		"apostrophes":     strings.Repeat("’s", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			if got := Rate(text, whole(text)); got < 0 || got > 1000 {
				t.Errorf("rated %d", got)
			}
		})
	}
}

func FuzzRate(f *testing.F) {
	for _, s := range []string{"Crime doubled in 2009.", "“£1,2.3 in one” ’s", "per", "one in", "I’ll", "\xff’s 5%", ",a,b"} {
		f.Add(s, 0, len(s))
	}
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if start < 0 || end < start || end > len(text) {
			return
		}
		if got := Rate(text, graph.Span{Start: start, End: end}); got < 0 || got > 1000 {
			t.Errorf("rated %d", got)
		}
	})
}

func BenchmarkRate(b *testing.B) {
	const text = "Since the merger, two thirds of the clinics in the county have closed, and no minister has ever said why."
	for b.Loop() {
		Rate(text, whole(text))
	}
}

func ExampleRate() {
	for _, text := range []string{"The council sold the land for a tenth of its value.", "I do hope that the council thinks again."} {
		fmt.Println(Rate(text, graph.Span{End: len(text)}) >= Threshold)
	}
	// Output:
	// true
	// false
}
