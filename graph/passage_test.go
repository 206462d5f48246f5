package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePhrases(t *testing.T) {
	word := func(w string) Phrase { return Phrase{[]string{w}, false} }
	exact := func(words ...string) Phrase { return Phrase{words, true} }
	for typed, want := range map[string][]Phrase{
		"":                               nil,
		`"" … “”`:                        nil,
		"Dramatic  results":              {word("dramatic"), word("results")},
		`"dramatic results"`:             {exact("dramatic", "results")},
		"“Dramatic” results":             {exact("dramatic"), word("results")},
		"«dramatic results» for „whom“":  {exact("dramatic", "results"), word("for"), exact("whom")},
		`cafés "by 92,119`:               {word("cafes"), exact("by", "92119")},
		`a "b" c "d`:                     {word("a"), exact("b"), word("c"), exact("d")},
		`results Results "results"`:      {word("results"), exact("results")},
		`-results +title:x OR y* ~2 \"z`: {word("results"), word("title"), word("x"), word("or"), word("y"), word("2"), exact("z")},
		"it's a ‘job’":                   {word("it"), word("s"), word("a"), word("job")},
		"\x00\"\x00a\x00b":               {exact("a", "b")},
	} {
		if diff := cmp.Diff(want, ParsePhrases(typed)); diff != "" {
			t.Errorf("%q: %s", typed, diff)
		}
	}
}
