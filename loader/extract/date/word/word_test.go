package word

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
)

func split(text string) []Word { return Split(text, graph.Span{End: len(text)}) }

func TestSplit(t *testing.T) {
	tests := map[string][]string{
		"England’s 92,119 don't":                 {"England", "’s", "92", ",", "119", "don't"},
		"46-year-old G4S, Med3s (59%)":           {"46", "-", "year", "-", "old", "G4S", ",", "Med3s", "(", "59", "%", ")"},
		"see https://a.org/1?b=2, or www.c.uk/3": {"see", "https://a.org/1?b=2,", "or", "www.c.uk/3"},
		"£1.3bn":                                 {"£", "1", ".", "3", "bn"},
		"‘work’s’":                               {"‘", "work", "’s", "’"},
		"":                                       {},
	}
	for text, want := range tests {
		got := []string{}
		for _, w := range split(text) {
			got = append(got, w.Of(text))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestSplit_losesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(rapid.String().Draw(t, "text"), "\uFFFD")
		last := 0
		for _, w := range split(text) {
			if err := w.Check(text); err != nil {
				t.Fatal(err)
			}
			if w.Start < last || strings.TrimSpace(text[last:w.Start]) != "" {
				t.Fatalf("%q: words %q lost before %v", text, text[last:w.Start], w)
			}
			if w.Glued != (w.Start == last && last > 0) {
				t.Fatalf("%q: glued is %v at %v", text, w.Glued, w)
			}
			last = w.End
		}
		if strings.TrimSpace(text[last:]) != "" {
			t.Fatalf("%q: lost %q", text, text[last:])
		}
	})
}

func TestCardinal(t *testing.T) {
	tests := map[string]struct {
		value float64
		n     int
	}{
		"nine per cent":                               {9, 1},
		"twenty thousand people":                      {20000, 2},
		"twenty-eight thousand six hundred forty-two": {28642, 9},
		"one hundred and sixteen of":                  {116, 4},
		"a million":                                   {1e6, 2},
		"a dozen people":                              {12, 2},
		"two dozen":                                   {24, 2},
		"two and a half times":                        {2.5, 4},
		"two and a half million":                      {2.5e6, 5},
		"three hundred thousand":                      {300000, 3},
		"two million three hundred thousand":          {2300000, 5},
		"one two three":                               {1, 1},
		"twenty eleven":                               {20, 1},
		"two and three":                               {2, 1},
		"a person":                                    {0, 0},
		"million people":                              {0, 0},
		"sixty one":                                   {61, 2},
	}
	for text, want := range tests {
		value, n := Cardinal(split(text), 0)
		if value != want.value || n != want.n {
			t.Errorf("Cardinal(%q) = %v, %d; want %v, %d", text, value, n, want.value, want.n)
		}
	}
}

func FuzzCardinal(f *testing.F) {
	f.Add("two hundred and fifty-six thousand and a half")
	f.Fuzz(func(t *testing.T, text string) {
		words := split(text)
		for i := range words {
			if v, n := Cardinal(words, i); n < 0 || i+n > len(words) || v < 0 {
				t.Fatalf("%q at %d: %v, %d", text, i, v, n)
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("The Trust treated 92,119 people, it said; £1.3bn was spent in the year to March. ", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		split(text)
	}
}
