package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/report"
)

// quote adds a document in which somebody is quoted, in parts with "she said" between them.
func (w *world) quote(uri string, date graph.Date, who string, parts ...string) graph.ID {
	text := "“" + strings.Join(parts, "” she said. “") + "” It was " + who + " who spoke, as " + uri + " reports."
	d := w.document(uri, graph.KindNews, date, uri, text)
	id := w.claim(d, parts[0], who)
	c := d.Stated(id)
	c.Mode = graph.ModeDirect
	for _, p := range parts[1:] {
		at := strings.Index(text, p)
		c.Content = append(c.Content, graph.NewPassage(text, graph.Span{Start: at, End: at + len(p)}))
	}
	return id
}

// naiveQuoteDrift is what one would write first: the words of the one are in the
// other, or they are not.
func naiveQuoteDrift(here, there string) []string {
	if strings.Contains(strings.ToLower(there), strings.ToLower(strings.Trim(here, ".,"))) {
		return nil
	}
	return []string{"substituted"}
}

func TestQuoteDriftKinds(t *testing.T) {
	for name, c := range map[string]struct {
		earlier, later string
		want           []string
		naive          bool // the naive function says otherwise
	}{
		"the same words": {"We will build the bridge.", "We will build the bridge.", nil, false},
		"case, dashes, marks and contractions do not count": {"We won't build the well-loved bridge.", "We will not build the well—loved bridge", nil, true},
		"not is left out with a mark: negation-changed":     {"We will not cut", "We will … cut", []string{"negation-changed"}, true},
		"not is left out with none":                         {"We will not cut the buses this year.", "We will cut the buses this year.", []string{"negation-changed"}, true},
		"n't is gone":                                       {"We don't expect that to happen here.", "We do expect that to happen here.", []string{"negation-changed"}, true},
		"not stands right before the words":                 {"We will not cut the night buses this year.", "cut the night buses this year.", []string{"negation-changed"}, true},
		"not in a sentence that is not quoted is no change": {"It was not easy. We will build the bridge by May.", "We will build the bridge by May.", nil, false},
		"marked: truncated":                                 {"We will build the long bridge over the river Ash.", "We will build … over the river Ash.", []string{"truncated"}, true},
		"cut before the condition":                          {"We will build the bridge, but only if the county pays for it.", "We will build the bridge.", []string{"truncated"}, true},
		"a whole sentence of several":                       {"It was a long talk. We will build the bridge. And the road.", "We will build the bridge.", nil, false},
		"left out inside with no mark: spliced":             {"We will build, when the county pays for all of it, a new bridge here.", "We will build a new bridge here.", []string{"spliced"}, true},
		"other words: substituted":                          {"We will build a new bridge over the river.", "We will build a grand bridge over the river.", []string{"substituted"}, false},
		"an edit in brackets":                               {"We will build it over the river in spring.", "We will build [the bridge] over the river in spring.", []string{"bracketed"}, true},
		"another utterance":                                 {"We will build a new bridge over the river.", "We will close the school of the village at Easter.", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := w.quote("one.example", "2024-05-01", "Jo Field", c.earlier)
			later := w.quote("two.example", "2024-05-03", "Jo Field", c.later)
			w.same(later, first)
			r := w.report("quote-drift")
			if diff := cmp.Diff(c.want, types(r, later)); diff != "" {
				t.Error(diff)
			}
			if got := types(r, first); got != nil {
				t.Errorf("the first is the measure: %v", got)
			}
			if naive := naiveQuoteDrift(c.later, c.earlier); cmp.Equal(naive, c.want) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}

func TestQuoteDriftSeverities(t *testing.T) {
	w := newWorld(t)
	first := w.quote("one.example", "2024-05-01", "Jo Field", "We will not build the bridge over the river unless the county pays.")
	negated := w.quote("two.example", "2024-05-03", "Jo Field", "We will build the bridge over the river unless the county pays.")
	cut := w.quote("three.example", "2024-05-04", "Jo Field", "We will not build the bridge over the river.")
	other := w.quote("four.example", "2024-05-05", "Jo Field", "We will not build the bridge over the lake unless the county pays.")
	w.same(first, negated, cut, other)
	want := []short{{"negation-changed", negated, 1000}, {"substituted", other, 476}, {"truncated", cut, 400}}
	if diff := cmp.Diff(want, shorts(w.report("quote-drift"))); diff != "" {
		t.Error(diff)
	}
}

// The words that go on after "she said" are not cut off, and those of the first
// may be told in one piece.
func TestQuoteDriftOverSheSaid(t *testing.T) {
	w := newWorld(t)
	first := w.quote("one.example", "2024-05-01", "Jo Field", "We will build the bridge, but only if the county pays.")
	parted := w.quote("two.example", "2024-05-03", "Jo Field", "We will build the bridge,", "but only if the county pays.")
	whole := w.quote("three.example", "2024-05-04", "Jo Field", "We will build the bridge, but only if the county pays.")
	w.same(first, parted, whole)
	if got := shorts(w.report("quote-drift")); got != nil {
		t.Errorf("nothing is wrong: %v", got)
	}
	// The naive function sees two quotations that are not the whole sentence.
	if naiveQuoteDrift("We will build the bridge, but only if the county pays.", "We will build the bridge,” she said. “but only if the county pays.") == nil {
		t.Error("the naive function finds nothing")
	}
}

// Who copies a wrong quotation did not make it wrong.
func TestQuoteDriftIsTheFirstsWhoMadeIt(t *testing.T) {
	w := newWorld(t)
	first := w.quote("one.example", "2024-05-01", "Jo Field", "We will never build the bridge over the river.")
	wrong := w.quote("two.example", "2024-05-03", "Jo Field", "We will ever build the bridge over the river.")
	copied := w.quote("three.example", "2024-05-05", "Jo Field", "We will ever build the bridge over the river.")
	w.same(first, wrong, copied)
	if diff := cmp.Diff([]short{{"negation-changed", wrong, 1000}}, shorts(w.report("quote-drift"))); diff != "" {
		t.Error(diff)
	}
}

func TestQuoteDriftNeedsAnOrderAndASpeaker(t *testing.T) {
	w := newWorld(t)
	first := w.quote("one.example", "2024-05", "Jo Field", "We will not build the bridge over the river.")
	within := w.quote("two.example", "2024-05-03", "Jo Field", "We will build the bridge over the river.")
	undated := w.quote("three.example", "", "Jo Field", "We will build the bridge over the river.")
	other := w.quote("four.example", "2024-06-03", "Al Marsh", "We will build the bridge over the river.")
	w.same(first, within, undated, other)
	r := w.report("quote-drift")
	if got := shorts(r); got != nil {
		t.Errorf("%v", got)
	}
	if !slices.Contains(r.Undated, undated) {
		t.Errorf("undated: %v", r.Undated)
	}
}

func TestPromotion(t *testing.T) {
	const words = "the council would close two libraries before the winter"
	for name, c := range map[string]struct {
		quotedBefore bool
		later        string
		want         []string
	}{
		"reported before, quoted now":    {false, words, []string{"promotion"}},
		"somebody quoted it before":      {true, words, nil},
		"other words than were reported": {false, "we are going to shut the library in March", nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			d := w.document("one.example", graph.KindNews, "2024-05-01", "One", "Jo Field said that "+words+".")
			reported := w.claim(d, words, "Jo Field")
			later := w.quote("three.example", "2024-05-07", "Jo Field", c.later)
			w.same(reported, later)
			if c.quotedBefore {
				w.same(reported, w.quote("two.example", "2024-05-02", "Jo Field", words))
			}
			if diff := cmp.Diff(c.want, types(w.report(report.Kind("quote-drift")), later)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
