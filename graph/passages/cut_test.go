package passages

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
)

func TestCut(t *testing.T) {
	sentence := strings.Repeat("A word or two of it ", 19) + "stand here. " // 392 bytes
	for name, c := range map[string]struct {
		paragraphs []string
		want       []string
	}{
		"nothing":                          {[]string{" "}, nil},
		"one paragraph":                    {[]string{" The harbour.\nThe pier. "}, []string{"The harbour.\nThe pier."}},
		"blank lines":                      {[]string{"The harbour.\n \t\nThe pier.\n\n\n"}, []string{"The harbour.", "The pier."}},
		"a comment is another":             {[]string{"The harbour.", "> The pier."}, []string{"The harbour.", "> The pier."}},
		"a long one at a sentence's end":   {[]string{sentence + sentence + sentence}, []string{strings.TrimSpace(sentence + sentence), strings.TrimSpace(sentence)}},
		"after the mark that closes it":    {[]string{strings.Repeat("x", 700) + " yes.” " + strings.Repeat("y", 700)}, []string{strings.Repeat("x", 700) + " yes.”", strings.Repeat("y", 700)}},
		"a long one of lines":              {[]string{strings.Repeat("x", 500) + "\n" + strings.Repeat("y ", 250)}, []string{strings.Repeat("x", 500), strings.TrimSpace(strings.Repeat("y ", 250))}},
		"a long one of words":              {[]string{strings.Repeat("four ", 200)}, []string{strings.TrimSpace(strings.Repeat("four ", 160)), strings.TrimSpace(strings.Repeat("four ", 40))}},
		"a long one of letters":            {[]string{strings.Repeat("é", 500)}, []string{strings.Repeat("é", 400), strings.Repeat("é", 100)}},
		"no cut inside a letter":           {[]string{"a" + strings.Repeat("é", 500)}, []string{"a" + strings.Repeat("é", 399), strings.Repeat("é", 101)}},
		"a sentence's end is not too soon": {[]string{"No. " + strings.Repeat("four ", 200)}, []string{"No. " + strings.TrimSpace(strings.Repeat("four ", 159)), strings.TrimSpace(strings.Repeat("four ", 41))}},
	} {
		t.Run(name, func(t *testing.T) {
			r := paper("https://cut.example", "", "", c.paragraphs...).Reading
			var got []string
			for _, p := range cut(r) {
				got = append(got, p.span.Of(r.Text))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Passages are in order, short, whole characters, and hold every word of the text between them.
func TestCut_Property(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "ab. ", " ", "\n", "\n\n", "é", "“word” ", strings.Repeat("x", 300), strings.Repeat("word ", 90), "\u2028", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 40).Draw(t, "text"), "")
		r := paper("https://cut.example", "", "", text).Reading
		var words []string
		last := graph.Span{}
		for _, p := range cut(r) {
			if p.span.Start < last.End || p.span.Len() > maxPassage || p.span.Check(text) != nil {
				t.Fatalf("passage %v after %v", p.span, last)
			}
			last = p.span
			words = append(words, graph.FoldWords(p.span.Of(text))...)
		}
		if strings.Join(words, "") != strings.Join(graph.FoldWords(text), "") {
			t.Fatalf("words %q of %q", words, text)
		}
	})
}
