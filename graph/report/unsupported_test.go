package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"whence/graph"
	"whence/graph/graphtest"
)

// cited adds a document that cites another for a figure of people.
func (w *world) cited(uri, text, words, link, url, body, figure string, value float64) (*graphtest.Document, graph.ID) {
	d := w.document(uri, graph.KindNews, "2024-05-09", "Evening Paper", text)
	id := w.claim(d, words, "")
	var src graph.ID
	if link != "" {
		src = w.source(d, link, url, body)
	}
	d.Figure(id, figure, value, src)
	if to := graph.ID(url); w.of[to] != nil {
		w.held(src, to)
	}
	return d, id
}

func TestUnsupported_OneOfEachRung(t *testing.T) {
	w := newWorld(t)
	release := w.document("board.example", graph.KindPressRelease, "2024-05-01", "Health Board", "We counted 12,500 people who waited.")
	release.Figure(w.claim(release, "We counted 12,500 people who waited", ""), "12,500", 12500, "")
	blog := w.document("blog.example", graph.KindBlog, "2024-05-01", "Ann's blog", "It is 12,500 people.")
	blog.Figure(w.claim(blog, "It is 12,500 people", ""), "12,500", 12500, "")

	rungs := map[string]graph.ID{}
	_, rungs["U0"] = w.cited("zero.example", "12,500 people waited.", "12,500 people waited", "", "", "", "12,500", 12500)
	_, rungs["U1"] = w.cited("one.example", "12,500 people waited, Health Board figures show.", "12,500 people waited", "Health Board figures", "", "Health Board", "12,500", 12500)
	_, rungs["U2"] = w.cited("two.example", "12,500 people waited (Ann).", "12,500 people waited", "Ann", "https://blog.example", "", "12,500", 12500)
	_, rungs["U3"] = w.cited("three.example", "13,500 people waited (release).", "13,500 people waited", "release", "https://board.example", "", "13,500", 13500)
	_, rungs["U4"] = w.cited("four.example", "12,500 people waited (release).", "12,500 people waited", "release", "https://board.example", "", "12,500", 12500)
	_, rungs["UX"] = w.cited("x.example", "12,500 people waited (table).", "12,500 people waited", "table", "https://elsewhere.example/table", "", "12,500", 12500)

	got := w.report("unsupported")
	for rung, id := range rungs {
		if is := types(got, id); !slices.Equal(is, []string{rung}) {
			t.Errorf("%s: %v %s, want %s", w.of[id].ID(), is, about(got, id)[0].Why, rung)
		}
	}
	var order []string
	for _, x := range got.Findings {
		if !slices.Contains(order, x.Type) {
			order = append(order, x.Type)
		}
	}
	if want := []string{"U0", "U1", "U2", "U3", "UX", "U4"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	four := about(got, rungs["U4"])[0]
	if span := four.Hops[len(four.Hops)-1]; span.Document != "https://board.example" || graph.ExactOf(span.Evidence) != "12,500" {
		t.Errorf("U4 does not show where the primary contains it: %+v", span)
	}
	if w.t.Failed() {
		return
	}
	for _, c := range w.survey().Claims {
		if c.Claim.Document == "https://board.example" && len(about(got, c.Claim.ID)) > 0 {
			t.Error("the release is asked for a source of its own count")
		}
	}
}

// locatorMeansSupported is the naive way: what has a link is supported, what contains the digits too.
func locatorMeansSupported(c *graph.TracedClaim, text string) bool {
	return slices.ContainsFunc(c.Cites, func(s *graph.Source) bool { return s.Located() }) &&
		!slices.ContainsFunc(c.Figures, func(f graph.StatisticView) bool { return !strings.Contains(text, f.Statistic.Figure.Exact) })
}

func TestUnsupported_TheSameDigitsOfSomethingElse(t *testing.T) {
	// The release has 2,300, of cases; the paper has 2,300 people.
	w := newWorld(t)
	const said = "We closed 2,300 cases."
	release := w.document("board.example", graph.KindPressRelease, "2024-05-01", "Health Board", said)
	own := w.claim(release, "We closed 2,300 cases", "")
	release.Counted(release.Figure(own, "2,300", 2300, "")).Unit = "cases"
	_, id := w.cited("paper.example", "It helped 2,300 people (release).", "It helped 2,300 people", "release", "https://board.example", "", "2,300", 2300)
	s := w.survey()
	if !locatorMeansSupported(s.Claim(id), said) {
		t.Error("the case is no trap: digits alone tell it")
	}
	if got := types(reportOf(t, s, "unsupported"), id); !slices.Equal(got, []string{"U3"}) {
		t.Errorf("got %v, want a phantom citation", got)
	}
}

func TestUnsupported_FiguresThatSayTheyAreRounded(t *testing.T) {
	for _, c := range []struct {
		words string
		value float64
		bound graph.Bound
		want  string
	}{
		{"about 12,500", 12500, graph.BoundAbout, "U4"},
		{"12,500", 12500, graph.BoundExact, "U3"},            // claims to be exact, and is not
		{"12.5 thousand", 12500, graph.BoundExact, "U4"},     // told in thousands
		{"about 10,000", 10000, graph.BoundAbout, "U3"},      // one digit is no rounding, it is another figure
		{"about 12,400", 12400, graph.BoundAbout, "U3"},      // rounds to another
		{"12,487", 12487, graph.BoundExact, "U4"},            // the figure itself
		{"over 12 thousand", 12000, graph.BoundOver, "U4"},   // two digits
		{"over 13 thousand", 13000, graph.BoundOver, "U3"},   // wrong
		{"12,487 people", 12487, graph.BoundExact, "U4"},     // with its unit
		{"twelve thousand", 12000, graph.BoundExact, "U4"},   // in words
		{"eleven thousand", 11000, graph.BoundExact, "U3"},   // in words
		{"nearly 12,487", 12487, graph.BoundUnder, "U4"},     // hedged: number drift's matter
		{"12,487.0", 12487, graph.BoundExact, "U4"},          // written otherwise
		{"1,248.7 tens", 12487, graph.BoundExact, "U4"},      // equal value
		{"two", 2, graph.BoundExact, "UX"},                   // no figure to look for
		{"minus 12,487", -12487, graph.BoundExact, "U3"},     // the other sign
		{"12,4870", 124870, graph.BoundExact, "U3"},          // a digit more
		{"some 12,490 or so", 12490, graph.BoundAbout, "U4"}, // four digits
	} {
		t.Run(c.words, func(t *testing.T) {
			w := newWorld(t)
			release := w.document("board.example", graph.KindDataset, "2024-05-01", "Health Board", "We counted 12,487 people.")
			release.Figure(w.claim(release, "We counted 12,487 people", ""), "12,487", 12487, "")
			text := fmt.Sprintf("It was %s, no less (release).", c.words)
			d, id := w.cited("paper.example", text, strings.TrimSuffix(text, " (release)."), "release", "https://board.example", "", c.words, c.value)
			d.Counted(graph.NewStatisticID(d.ID(), c.words, d.Stated(id).Words(), 0)).Bound = c.bound
			if got := types(w.report("unsupported"), id); !slices.Equal(got, []string{c.want}) {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestUnsupported_Quotations(t *testing.T) {
	const speech = "I tell this House: we will not cut the grant – not now, not ever – and “no one” need\nfear it."
	for _, c := range []struct {
		name, quote, want string
	}{
		{"the very words", "“we will not cut the grant”", "U4"},
		{"other dashes, marks and case", "“We will not cut the grant - not now, not ever - and 'no one' need fear it”", "U4"},
		{"an omission that is marked", "“we will not cut the grant … and ‘no one’ need fear it”", "U4"},
		{"a word put in for clarity", "“[The Government] will not cut the grant”", "U4"},
		{"a word less", "“we will cut the grant”", "U3"},
		{"never said", "“we will double the grant”", "U3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			hansard := w.document("record.example", graph.KindSpeech, "2024-05-01", "Parliament", speech)
			w.claim(hansard, "we will not cut the grant", "")
			paper := w.document("paper.example", graph.KindNews, "2024-05-02", "Evening Paper", "Bram Hull said "+c.quote+" (record).")
			id := w.claim(paper, c.quote, "Bram Hull")
			paper.Stated(id).Mode = graph.ModeDirect
			w.held(w.source(paper, "record", "https://record.example", ""), hansard.ID())
			got := about(w.report("unsupported"), id)
			if len(got) != 1 || got[0].Type != c.want {
				t.Errorf("got %+v, want %s", got, c.want)
			}
		})
	}
}

func TestUnsupported_OfSeveralSourcesTheOneThatMayHoldIt(t *testing.T) {
	// One source is the primary and lacks the figure; another is not held and may have it.
	w := newWorld(t)
	release := w.document("board.example", graph.KindPressRelease, "2024-05-01", "Health Board", "We counted many people.")
	w.claim(release, "We counted many people", "")
	d, id := w.cited("paper.example", "12,500 people waited (release, table).", "12,500 people waited", "release", "https://board.example", "", "12,500", 12500)
	d.Cited(w.source(d, "table", "https://elsewhere.example/table", "")).Kind = graph.SourceURL
	s := w.survey()
	if n := len(s.Claim(id).Cites); n != 2 {
		t.Fatalf("the claim cites %d, want both", n)
	}
	if got := types(reportOf(t, s, "unsupported"), id); !slices.Equal(got, []string{"UX"}) {
		t.Errorf("got %v, want UX", got)
	}
}

func TestUnsupported_OpinionsAreNotAsked(t *testing.T) {
	w := newWorld(t)
	d := w.document("blog.example", graph.KindBlog, "2024-05-01", "Ann's blog", "I love the harbour.")
	d.Stated(w.claim(d, "I love the harbour", "")).Worth = 399
	if got := w.report("unsupported"); len(got.Findings) != 0 {
		t.Errorf("%+v", got.Findings)
	}
}

func TestUnsupported_AFigureInTheWordsThatCiteTheSource(t *testing.T) {
	// "Table 12" is what the source is called, not what it is cited for.
	w := newWorld(t)
	table := w.document("board.example", graph.KindDataset, "2024-05-01", "Health Board", "Those who waited: 12,500 people.")
	w.claim(table, "Those who waited: 12,500 people", "")
	d, id := w.cited("paper.example", "The board counts those who waited in its table 12.", "The board counts those who waited in its table 12", "its table 12", "https://board.example", "", "12", 12)
	if got := types(w.report("unsupported"), id); !slices.Equal(got, []string{"UX"}) {
		t.Errorf("%s: got %v, want that nothing can be told", d.ID(), got)
	}
}
