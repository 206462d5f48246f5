package graph

import (
	"slices"
	"testing"
)

func TestFoldWords(t *testing.T) {
	for text, want := range map[string][]string{
		"":                           nil,
		"… — “”":                     nil,
		"‘Dramatic’ RESULTS":         {"dramatic", "results"},
		"92,119 of people":           {"92119", "of", "people"},
		"1,2,3 and 1,2345":           {"1", "2", "3", "and", "1", "2345"},
		"£1.3bn, 59%.":               {"1.3bn", "59"},
		"in-patients – Müller’s Ærø": {"in", "patients", "muller", "s", "aero"},
		"e\u0301te\u0301 Łódź":       {"ete", "lodz"},
		"\xff\xfe odd":               {"odd"},
		"12,345,678":                 {"12345678"},
	} {
		if got := FoldWords(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		for i, w := range FoldedWords(text) {
			if alone := FoldWords(w.Of(text)); w.Word != want[i] || !slices.Equal(alone, want[i:i+1]) {
				t.Errorf("%q: %q stands at %v, where %q is", text, w.Word, w.Span, alone)
			}
		}
	}
}
