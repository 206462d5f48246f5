package evaluate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadGold_NamesFileAndLine(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"no JSON":                    {"\n{\"id\": ", "g.jsonl:2: unexpected end of JSON input"},
		"a list":                     {"[]", "g.jsonl:1: json: cannot unmarshal"},
		"no id":                      {`{"text": "a b"}`, `g.jsonl:1: no "id"`},
		"no text":                    {`{"id": "1", "text": null}`, `g.jsonl:1: no "text"`},
		"an id twice":                {"{\"id\": \"1\", \"text\": \"a\"}\n{\"id\": \"1\", \"text\": \"b\"}", `g.jsonl:2: id "1" for the second time`},
		"a span of three":            {`{"id": "1", "text": "abc", "attributions": [{"content": [[0, 1, 2]]}]}`, "g.jsonl:1: span [0, 1, 2]: want [start, end]"},
		"a span of one":              {`{"id": "1", "text": "abc", "ignore": [[0]]}`, "g.jsonl:1: span [0]: want [start, end]"},
		"a span past the end":        {`{"id": "1", "text": "é🦉", "attributions": [{"content": [[0, 2]]}, {"content": [[0, 3]]}]}`, "g.jsonl:1: attribution 1: content: span [0,3) of a text of 2 characters"},
		"an empty span":              {`{"id": "1", "text": "abc", "attributions": [{"content": [[0, 2]], "cue": [[1, 1]]}]}`, "g.jsonl:1: attribution 0: cue: span [1,1)"},
		"a span before the text":     {`{"id": "1", "text": "abc", "attributions": [{"content": [[0, 2]], "source": [[-1, 1]]}]}`, "g.jsonl:1: attribution 0: source: span [-1,1)"},
		"no content":                 {`{"id": "1", "text": "abc", "attributions": [{"content": []}]}`, "g.jsonl:1: attribution 0: no content"},
		"a region past the end":      {`{"id": "1", "text": "abc", "ignore": [[2, 4]]}`, "g.jsonl:1: ignore: span [2,4)"},
		"Latin-1 where UTF-8 is due": {"{\"id\": \"1\", \"text\": \"caf\xe9\"}", "g.jsonl:1: not UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadGold("g.jsonl", strings.NewReader(c.in))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s…", err, c.want)
			}
		})
	}
}

func TestReadGold_TakesWhatIsAbsentAsNull(t *testing.T) {
	in := "\ufeff" + `{"id": "a", "text": "one two", "license": "CC0-1.0", "meta": {"x": [1]}, "attributions": [{"content": [[0, 3]], "source": null, "speaker": null, "ann_id": "7"}]}` +
		"\r\n\r\n" + `{"id": "b", "text": "", "attributions": [], "ignore": null}`
	got, err := ReadGold("g.jsonl", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []Gold{
		{ID: "a", Text: "one two", Attributions: []Attribution{{Content: []Span{{0, 3}}}}},
		{ID: "b", Attributions: []Attribution{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadPredictions_ChecksSpansOfMarkedTextsOnly(t *testing.T) {
	gold := []Gold{{ID: "a", Text: "🦉 one"}}
	pred, err := ReadPredictions("p.jsonl", strings.NewReader(
		`{"id": "a", "attributions": [{"content": [[2, 5]], "within": 0, "rule": "V1"}]}`+"\n"+
			`{"id": "other", "attributions": [{"content": [[200, 500]]}]}`), gold)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Attribution{
		"a":     {{Content: []Span{{2, 5}}, Within: new(int), Rule: "V1"}},
		"other": {{Content: []Span{{200, 500}}}},
	}
	if diff := cmp.Diff(want, pred); diff != "" {
		t.Error(diff)
	}
	for name, in := range map[string]string{
		"p.jsonl:2: id \"a\" for the second time":                                 "{\"id\": \"a\"}\n{\"id\": \"a\"}",
		"p.jsonl:1: attribution 0: confidence 95: want 0 to 1":                    `{"id": "a", "attributions": [{"content": [[2, 4]], "confidence": 95}]}`,
		"p.jsonl:1: attribution 0: content: span [2,9) of a text of 5 characters": `{"id": "a", "attributions": [{"content": [[2, 9]]}]}`,
	} {
		if _, err := ReadPredictions("p.jsonl", strings.NewReader(in), gold); err == nil || err.Error() != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

// Whatever the bytes, there is an error or a score.
func FuzzScore(f *testing.F) {
	f.Add(`{"id": "1", "text": "“A b,” she said.", "attributions": [{"content": [[0, 6]], "source": [[7, 10]], "cue": [[11, 15]]}]}`,
		`{"id": "1", "attributions": [{"content": [[1, 4]], "type": "direct", "confidence": 0.95}]}`)
	f.Add("{\"id\": \"1\", \"text\": \"‘a’s ‘b c’ “``\"}", `{"id": "1", "attributions": [{"content": [[0, 1]], "within": -1}]}`)
	f.Fuzz(func(t *testing.T, g, p string) {
		gold, err := ReadGold("gold", strings.NewReader(g))
		if err != nil {
			return
		}
		pred, err := ReadPredictions("predictions", strings.NewReader(p), gold)
		if err != nil {
			return
		}
		for _, o := range settings {
			r := Score(gold, pred, o)
			for _, m := range r.Measures() {
				if m.F1 < 0 || m.F1 > 1 {
					t.Errorf("%s: F1 %v", m.Name, m.F1)
				}
			}
			run := NewRun(gold, o, r)
			if c, err := Compare(run, run); err != nil || len(c.Figures)+len(c.Gained)+len(c.Lost)+len(c.Moved)+len(c.Added)+len(c.Gone) > 0 {
				t.Errorf("a run differs from itself: %+v, %v", c, err)
			}
		}
	})
}
