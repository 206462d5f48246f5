package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// tell adds a document whose own claim is one sentence.
func (w *world) tell(uri string, date graph.Date, sentence string) graph.ID {
	d := w.document(uri, graph.KindNews, date, uri, sentence+" So writes "+uri+".")
	return w.claim(d, sentence, "")
}

// naiveInflation is what one would write first: count the words of the list.
func naiveInflation(here, there string) bool {
	count := func(s string) (n int) {
		for _, w := range strings.Fields(strings.ToLower(strings.Trim(s, "."))) {
			if strings.Contains(" may might could up about estimated alleged suggests if ", " "+w+" ") {
				n++
			}
		}
		return n
	}
	return count(there) > count(here)
}

func TestCertaintyInflation(t *testing.T) {
	for name, c := range map[string]struct {
		there, here string
		want        []string
		naive       bool // the naive function is wrong
	}{
		"may is gone":                    {"The drug may cut deaths from stroke.", "The drug cuts deaths from stroke.", []string{"hedge-lost"}, false},
		"may is might":                   {"The drug may cut deaths from stroke.", "The drug might cut deaths from stroke.", nil, false},
		"told in other words":            {"The drug may cut deaths from stroke.", "It is hoped that the drug cuts deaths from stroke.", nil, true},
		"the uncertain half is left out": {"The drug may cut deaths from stroke and costs two pounds a day.", "The drug costs two pounds a day.", nil, true},
		"about a number is gone":         {"The drug cut about 400 deaths from stroke.", "The drug cut 400 deaths from stroke.", []string{"approximation-lost"}, false},
		"about something is no hedge":    {"The paper is about stroke and how the drug cuts deaths.", "The paper tells how the drug cuts deaths and stroke.", nil, true},
		"the month of May":               {"The drug was sold from May in every shop of the town.", "The drug was sold in every shop of the town.", nil, true},
		"it is denied here":              {"The drug may cut deaths from stroke.", "The drug does not cut deaths from stroke.", nil, true},
		"from a link to a cause":         {"Poor sleep is linked to heart disease in nurses.", "Poor sleep causes heart disease in nurses.", []string{"correlation-to-cause"}, true},
		"a link stays a link":            {"Poor sleep is linked to heart disease in nurses.", "Poor sleep is associated with heart disease in nurses.", nil, false},
		"the cause of something else":    {"Poor sleep is linked to heart disease in nurses.", "The rain causes floods.", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := w.tell("one.example", "2024-05-01", c.there)
			later := w.tell("two.example", "2024-05-03", c.here)
			w.takes(later, first, graph.BasisDeclared)
			r := w.report("certainty-inflation")
			if diff := cmp.Diff(c.want, types(r, later)); diff != "" {
				t.Error(diff)
			}
			if got := types(r, first); got != nil {
				t.Errorf("the first has inflated nothing: %v", got)
			}
			if naive := naiveInflation(c.here, c.there); (naive == (len(c.want) > 0)) == c.naive {
				t.Errorf("the naive function says %v", naive)
			}
		})
	}
}

func TestCertaintyInflationScore(t *testing.T) {
	w := newWorld(t)
	first := w.tell("one.example", "2024-05-01", "The drug may possibly cut deaths from stroke.")
	one := w.tell("two.example", "2024-05-03", "The drug may cut deaths from stroke.")
	two := w.tell("three.example", "2024-05-04", "The drug will cut deaths from stroke.")
	w.takes(one, first, graph.BasisDeclared)
	w.takes(two, first, graph.BasisDeclared)
	r := w.report("certainty-inflation")
	if diff := cmp.Diff([]short{{"hedge-lost", two, 600}, {"hedge-lost", one, 450}}, shorts(r)); diff != "" {
		t.Fatal(diff)
	}
	if got := value(r.Findings[0], "score"); got != "2" {
		t.Errorf("score %s", got)
	}
}

// Who reports that somebody estimates, and who says so.
func TestCertaintyInflationOfTheCue(t *testing.T) {
	w := newWorld(t)
	const words = "the drug cuts deaths from stroke"
	d := w.document("one.example", graph.KindNews, "2024-05-01", "One", "Jo Field suggests that "+words+".")
	first := w.claim(d, words, "Jo Field")
	text := d.Text()
	at := strings.Index(text, "suggests")
	d.Stated(first).Cue = []graph.Passage{graph.NewPassage(text, graph.Span{Start: at, End: at + len("suggests")})}
	later := w.tell("two.example", "2024-05-03", "Now it is known: the drug cuts deaths from stroke.")
	w.takes(later, first, graph.BasisDeclared)
	if diff := cmp.Diff([]short{{"hedge-lost", later, 450}}, shorts(w.report("certainty-inflation"))); diff != "" {
		t.Error(diff)
	}
}
