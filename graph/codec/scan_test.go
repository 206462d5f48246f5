package codec

import (
	"encoding/json"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"whence/graph"
)

// What the scanner reads, encoding/json reads too, and the same.
func TestScanner(t *testing.T) {
	for name, in := range map[string]string{
		"all fields":           `[{"start":3,"end":8,"exact":"rents","prefix":"the ","suffix":" rose"}]`,
		"two":                  `[{"start":0,"end":1,"exact":"a"},{"start":10,"end":11,"exact":"b","suffix":"c"}]`,
		"line ends and quotes": `[{"start":0,"end":9,"exact":"a\n\"b\"\\\/\t\r\b\f","prefix":"\n"}]`,
		"not ASCII":            `[{"start":0,"end":2,"exact":"£é"}]`,
		"empty strings":        `[{"start":0,"end":0,"exact":"","prefix":""}]`,
	} {
		t.Run(name, func(t *testing.T) {
			var want []passage
			if err := json.Unmarshal([]byte(in), &want); err != nil {
				t.Fatal(err)
			}
			got, ok := scanPassages(in)
			if diff := cmp.Diff(want, got); diff != "" || !ok {
				t.Errorf("ok %v (-want +got):\n%s", ok, diff)
			}
		})
	}
	for name, in := range map[string]string{
		"nothing":              ``,
		"an empty list":        `[]`,
		"null":                 `null`,
		"spaces":               `[ {"start":0,"end":1,"exact":"a"}]`,
		"another key":          `[{"start":0,"end":1,"exact":"a","also":1}]`,
		"another order":        `[{"end":1,"start":0,"exact":"a"}]`,
		"a code point":         `[{"start":0,"end":1,"exact":"\u2028"}]`,
		"no such escape":       `[{"start":0,"end":1,"exact":"\x"}]`,
		"an escape at the end": `[{"start":0,"end":1,"exact":"\`,
		"a raw line end":       "[{\"start\":0,\"end\":1,\"exact\":\"\n\"}]",
		"not UTF-8":            "[{\"start\":0,\"end\":1,\"exact\":\"\xff\"}]",
		"a sign":               `[{"start":-1,"end":1,"exact":"a"}]`,
		"no number":            `[{"start":,"end":1,"exact":"a"}]`,
		"a leading zero":       `[{"start":01,"end":1,"exact":"a"}]`,
		"too long a number":    `[{"start":1234567890,"end":1,"exact":"a"}]`,
		"cut short":            `[{"start":0,"end":1,"exact":"a"`,
		"who is meant by":      `{"predicate":"asserted-by","reason":"only one","agent":"urn:whence:agent:1"}`,
		"nobody rejected":      `{"predicate":"asserted-by","rejected":[]}`,
		"more behind":          `[{"start":0,"end":1,"exact":"a"}]]`,
	} {
		t.Run(name+" is left", func(t *testing.T) {
			if got, ok := scanPassages(in); ok {
				t.Errorf("got %+v", got)
			}
			if got, ok := scanResolved(in); ok {
				t.Errorf("as who is meant: got %+v", got)
			}
		})
	}
}

// Nearly all that is written is scanned.
func TestScanner_ReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-Z £“”"'\\/\n\t.,0-9<>&]{0,40}`)
		passages := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) passage {
			return passage{rapid.IntRange(0, 1e9-1).Draw(t, "start"), rapid.IntRange(0, 1e9-1).Draw(t, "end"), text.Draw(t, "exact"), text.Draw(t, "prefix"), text.Draw(t, "suffix")}
		}), 1, 3).Draw(t, "passages")
		literal, err := jsonLiteral(passages)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := scanPassages(string(literal.(quad.TypedString).Value))
		if diff := cmp.Diff(passages, got); diff != "" || !ok {
			t.Fatalf("ok %v (-want +got):\n%s", ok, diff)
		}
		strings := rapid.SliceOfN(text, 1, 4).Draw(t, "strings")
		if literal, err = jsonLiteral(strings); err != nil {
			t.Fatal(err)
		}
		list, ok := scanStrings(string(literal.(quad.TypedString).Value))
		if diff := cmp.Diff(strings, list); diff != "" || !ok {
			t.Fatalf("ok %v (-want +got):\n%s", ok, diff)
		}
		who := resolved{
			Predicate: graph.AssertedBy, Agent: graph.ID(text.Draw(t, "agent")), Reason: text.Draw(t, "reason"),
			Rejected: rapid.SliceOfN(rapid.Just(graph.ID("urn:whence:agent:1")), 0, 2).Draw(t, "rejected"),
		}
		if literal, err = jsonLiteral(who); err != nil {
			t.Fatal(err)
		}
		meant, ok := scanResolved(string(literal.(quad.TypedString).Value))
		if diff := cmp.Diff(who, meant, cmpopts.EquateEmpty()); diff != "" || !ok {
			t.Fatalf("ok %v (-want +got):\n%s", ok, diff)
		}
	})
}
