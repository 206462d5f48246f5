package evaluate

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuoted(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"straight and curly":                 {`He "came" and “saw”.`, []string{`"came"`, "“saw”"}},
		"typed as two single marks":          {"``It rained,'' he said.", []string{"``It rained,''"}},
		"angled":                             {"«Oui», dit-il", []string{"«Oui»"}},
		"two closing marks":                  {"”So be it,” said Ann", []string{"”So be it,”"}},
		"never closed: to the end of line":   {"“One.\n“Two.” End", []string{"“One.", "“Two.”"}},
		"single marks around two words":      {"the ‘long road’ home", []string{"‘long road’"}},
		"an apostrophe inside":               {"says ‘it’s the law’ here", []string{"‘it’s the law’"}},
		"one word is held at arm’s length":   {"an ‘expert’ came", nil},
		"apostrophes are no marks":           {"the boys’ dogs’ bowls and rock ‘n’ roll", nil},
		"single around double is one region": {"‘he said “no” to me’ then", []string{"‘he said “no” to me’"}},
		"double around single is one region": {"“he said ‘no way’ to me” then", []string{"“he said ‘no way’ to me”"}},
		"a single mark opened twice":         {"‘one ‘two words’", []string{"‘two words’"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPage(c.text)
			var got []string
			for _, r := range p.regions {
				got = append(got, p.at([]Span{r}))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTypeOf(t *testing.T) {
	const text = "She said it was “a very long and winding road to nowhere at all” now."
	p := newPage(text)
	for name, c := range map[string]struct {
		content string
		want    string
	}{
		"in marks":            {"“a very long and winding road to nowhere at all”", direct},
		"without marks":       {"it was", indirect},
		"in part":             {"it was “a very long and winding road to nowhere at all”", mixed},
		"a stray word":        {"s “a very long and winding road to nowhere at all”", direct},
		"no letters, no type": {"“", ""},
	} {
		t.Run(name, func(t *testing.T) {
			start := len([]rune(text[:strings.Index(text, c.content)]))
			if got := p.typeOf([]Span{{start, start + len([]rune(c.content))}}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNewPage_MegabyteOfMarks(t *testing.T) {
	for _, piece := range []string{"‘a ", "’", "“", "``", "‘a’b", "\"", "‘"} {
		start := time.Now()
		newPage(strings.Repeat(piece, 1<<20/len(piece)))
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%q: %v", piece, d)
		}
	}
}
