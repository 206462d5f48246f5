package match

import (
	"slices"
	"testing"
)

func TestFiguresIn(t *testing.T) {
	for text, want := range map[string][]figure{
		"":                                     nil,
		"92,119 people":                        {{"count", 92119}},
		"£6,000 and 59% and 9 per cent":        {{"money", 6000}, {"percent", 59}, {"percent", 9}},
		"1.3bn, £10 million, 8 million people": {{"count", 1.3e9}, {"money", 1e7}, {"count", 8e6}},
		"on 16 October 2024, or October 16":    {{"year", 2024}},
		"in 2016/17 and 16/10/2024":            {{"year", 2016}, {"year", 2024}},
		"the 3rd of 12 men":                    {{"count", 12}},
		"7 maybe":                              {{"count", 7}},
	} {
		if got := figuresIn(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestFigure_Distinctive(t *testing.T) {
	for f, want := range map[figure]bool{
		{"count", 92119}: true, {"count", 2300}: false, {"count", 20000}: false, {"year", 2024}: false, {"percent", 14.3}: true, {"count", 0}: false, {"money", 62497}: true,
	} {
		if got := f.distinctive(); got != want {
			t.Errorf("%v: %t", f, got)
		}
	}
}

func TestQuotedIn(t *testing.T) {
	for text, want := range map[string][]string{
		"“startling effects” on it":        {"startling effects"},
		"the ports’ ‘quick win’ isn’t one": {"quick win"},
		"they’re ‘the dockers’ own’ words": {"the dockers"}, // nothing tells which mark closes: the first does
		`she's "on it" and 'off it'`:       {"on it", "off it"},
		"“never closed":                    nil,
		"‘one “two” three’":                {"two"},
		"5' 10\" tall":                     nil,
		"\xff“a\xfe”":                      {"a\xfe"},
	} {
		var got []string
		for _, q := range quotedIn(text) {
			got = append(got, q.Of(text))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzQuotedIn(f *testing.F) {
	for _, s := range []string{"“a” ‘b’", "\xff'\"", "it’s ‘fine’"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		total := 0
		for _, q := range quotedIn(s) {
			total += q.Len()
		}
		if total > len(s) {
			t.Fatalf("%d bytes quoted of %d", total, len(s))
		}
		figuresIn(s)
	})
}
