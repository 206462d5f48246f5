package report_test

import (
	"fmt"
	"testing"

	"whence/graph"
	"whence/graph/report"
)

// newEchoes is a release and papers that tell of it; each tells it in words of its own.
func newEchoes(t *testing.T, papers int) (w *world, release graph.ID, told []graph.ID) {
	w = newWorld(t)
	release = w.retell("board.example", graph.KindPressRelease, "Health Board", "12,500 people waited")
	for i := range papers {
		told = append(told, w.retell(fmt.Sprintf("paper%d.example", i), graph.KindNews, fmt.Sprintf("Paper %d", i), fmt.Sprintf("in place %d it was 12,500", i)))
	}
	w.same(append([]graph.ID{release}, told...)...)
	return w, release, told
}

func (w *world) retell(uri string, kind graph.DocumentKind, publisher, words string) graph.ID {
	return w.claim(w.document(uri, kind, "2024-05-01", publisher, publisher+": "+words+"."), words, "")
}

func (w *world) from(from, to graph.ID) {
	w.find(from, graph.TakesFrom, to, 900, graph.BasisDeclared, "fixture")
}

// echoOf returns the one finding, and what it measured.
func echoOf(t *testing.T, w *world) (x report.Finding, effective, dominator string) {
	t.Helper()
	got := w.report("echo")
	if len(got.Findings) != 1 {
		t.Fatalf("%d findings, want 1: %+v", len(got.Findings), got.Findings)
	}
	x = got.Findings[0]
	return x, value(x, "effective sources"), value(x, "dominator")
}

func TestEcho_OneRelease(t *testing.T) {
	w, release, told := newEchoes(t, 5)
	for _, id := range told {
		w.from(id, release)
	}
	x, effective, dominator := echoOf(t, w)
	if effective != "1" || dominator != string(release) || value(x, "echo") != "0.833" || len(x.Hops) != 6 {
		t.Errorf("got %+v, want one source, the release", x)
	}
	interview := w.retell("interview.example", graph.KindInterview, "Radio Nine", "I myself counted 12,500 there")
	w.same(interview, told[0])
	x, effective, dominator = echoOf(t, w)
	if effective != "2" || dominator != "" || value(x, "echo") != "0.714" {
		t.Errorf("got %+v, want two sources and no dominator", x)
	}
}

func TestEcho_TheDominatorIsNotWhatMostCite(t *testing.T) {
	// Four papers have it from a blog, which has it from the release; one has it from the release itself.
	w, release, told := newEchoes(t, 6)
	blog := told[0]
	for _, id := range told[1:5] {
		w.from(id, blog)
	}
	w.from(blog, release)
	w.from(told[5], release)
	s := w.survey()
	cited := map[graph.ID]int{}
	most := graph.ID("")
	for _, c := range s.Claims {
		for _, take := range c.Takes {
			if cited[take.To]++; cited[take.To] > cited[most] {
				most = take.To
			}
		}
	}
	if most != blog {
		t.Error("the case is no trap")
	}
	if _, _, dominator := echoOf(t, w); dominator != string(release) {
		t.Errorf("dominator %s, want the release", dominator)
	}
}

func TestEcho_TheDominatorIsNotWhatOneWayGoesBy(t *testing.T) {
	// All go by the blog or by the agency, both go by the release, which names the
	// board's table: both lie behind all of them, and the release is nearer.
	w, release, told := newEchoes(t, 6)
	blog, agency := told[0], told[1]
	for i, id := range told[2:] {
		w.from(id, []graph.ID{blog, agency}[i%2])
	}
	w.from(blog, release)
	w.from(agency, release)
	d := w.of[release]
	d.Figure(release, "12,500", 12500, w.source(d, "Health Board", "", "Statistics Office"))
	x, effective, dominator := echoOf(t, w)
	if effective != "1" || dominator != string(release) {
		t.Errorf("got %+v", x)
	}
}

func TestEcho_RootsOfOnePublisherAndRootsInTheSameWords(t *testing.T) {
	const agency = "in all twelve thousand five hundred people waited at the harbour for more than one day"
	for _, c := range []struct {
		name  string
		roots [][2]string // publisher and words
		want  string
	}{
		{"two of one publisher", [][2]string{{"Radio Nine", "12,500 people waited"}, {"Radio Nine", "it was 12,500 all told"}}, "1"},
		{"an agency's words in two papers", [][2]string{{"Paper A", agency}, {"Paper B", agency + " this year"}}, "1"},
		{"the same few words", [][2]string{{"Paper A", "12,500 people waited"}, {"Paper B", "12,500 people waited"}}, ""},
		{"words of their own", [][2]string{{"Paper A", agency}, {"Paper B", "our own reporters counted 12,500 people who stood in the queue on the first day"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			var ids []graph.ID
			for i, r := range c.roots {
				ids = append(ids, w.retell(fmt.Sprintf("root%d.example", i), graph.KindNews, r[0], r[1]))
			}
			w.same(ids...)
			got := w.report("echo")
			if c.want == "" {
				if len(got.Findings) != 0 {
					t.Errorf("finding: %s", got.Findings[0].Why)
				}
				return
			}
			if len(got.Findings) != 1 || value(got.Findings[0], "effective sources") != c.want {
				t.Errorf("got %+v", got.Findings)
			}
		})
	}
}

func TestEcho_APlaceThatIsNotHeld(t *testing.T) {
	// Three papers name one interview, which is not held; each has a source of its own for it.
	w := newWorld(t)
	var ids, sources []graph.ID
	for i := range 3 {
		d := w.document(fmt.Sprintf("paper%d.example", i), graph.KindNews, "2024-05-01", fmt.Sprintf("Paper %d", i), fmt.Sprintf("Bram Hull told Radio Nine in 202%d of 12,500 people.", i))
		id := w.claim(d, fmt.Sprintf("in 202%d of 12,500 people", i), "Bram Hull")
		src := w.source(d, "told Radio Nine", "", "Radio Nine")
		d.Stated(id).SaidIn = src
		ids, sources = append(ids, id), append(sources, src)
	}
	w.same(ids...)
	for i := range sources[1:] {
		w.find(sources[i], graph.SameSource, sources[i+1], 900, graph.BasisInferred, "the same publisher")
	}
	x, effective, dominator := echoOf(t, w)
	if effective != "1" || dominator == "" || x.Severity != 667 {
		t.Errorf("got %+v", x)
	}
}

func TestEcho_ACircleIsOneSource(t *testing.T) {
	w, _, told := newEchoes(t, 3)
	w.found = nil
	w.same(told...)
	w.from(told[0], told[1])
	w.from(told[1], told[2])
	w.from(told[2], told[0])
	if _, effective, _ := echoOf(t, w); effective != "1" {
		t.Errorf("%s effective sources in a circle, want 1", effective)
	}
}
