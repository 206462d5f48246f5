package match

import (
	"slices"
	"testing"

	"whence/graph"
)

const exact = graph.BoundExact

func TestFiguresIn(t *testing.T) {
	for text, want := range map[string][]figure{
		"":                                     nil,
		"92,119 people":                        {{counted, 92119, exact, 0, 0, nil}},
		"£6,000 and 59% and 9 per cent":        {{money, 6000, exact, conceptOf("gbp"), 0, nil}, {share, 59, exact, 0, 0, nil}, {share, 9, exact, 0, 0, nil}},
		"1.3bn, £10 million, 8 million people": {{counted, 1.3e9, exact, 0, 0, nil}, {money, 1e7, exact, conceptOf("gbp"), 0, nil}, {counted, 8e6, exact, 0, 0, nil}},
		"the 3rd of 12 men":                    {{counted, 12, exact, 0, 0, nil}},
		"7 maybe":                              {{counted, 7, exact, 0, 0, nil}},
		"eleven of them, one by one":           {{counted, 11, exact, 0, 0, nil}},
		"fifteen hundred, or nine per cent":    {{counted, 1500, exact, 0, 0, nil}, {share, 9, exact, 0, 0, nil}},
	} {
		if got := figuresIn(text); !slices.EqualFunc(got, want, func(f, g figure) bool { return f.same(g) && f.bound == g.bound && f.of == g.of }) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestFigure_Distinctive(t *testing.T) {
	for name, tc := range map[string]struct {
		f                    figure
		distinctive, telling bool
	}{
		"all digits":   {figure{class: counted, value: 92119}, true, true},
		"two digits":   {figure{class: counted, value: 2300}, false, true},
		"one digit":    {figure{class: counted, value: 20000}, false, true},
		"a few":        {figure{class: counted, value: 7}, false, false},
		"nothing":      {figure{class: counted, value: 0}, false, false},
		"a fine share": {figure{class: share, value: 14.3}, true, true},
		"a share":      {figure{class: share, value: 59}, false, true},
		"a third":      {figure{class: share, value: 33.333333}, false, false},
		"money":        {figure{class: money, value: 62497}, true, true},
	} {
		if got, telling := tc.f.distinctive(), tc.f.telling(); got != tc.distinctive || telling != tc.telling {
			t.Errorf("%s: %t, %t", name, got, telling)
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
