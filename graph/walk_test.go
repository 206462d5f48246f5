package graph_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
)

// The two walks: what a reviewer decided and what a question answered must come
// out right, or loudly wrong, whatever is loaded afterwards.

// library is a store that a test loads, step by step, a minute apart.
type library struct {
	t     *testing.T
	store graph.Store
	now   time.Time
}

func newLibrary(t *testing.T) *library {
	s := cayleystore.Memory()
	t.Cleanup(func() {
		if problems, err := s.Verify(context.Background()); err != nil || len(problems) > 0 {
			t.Errorf("the store is not sound: %v %v", problems, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &library{t: t, store: s, now: graphtest.Day(1)}
}

func (l *library) commit(c graph.Change) time.Time {
	l.t.Helper()
	l.now = l.now.Add(time.Minute)
	c.Run, c.Time = "test", l.now
	done, err := l.store.Commit(l.t.Context(), c)
	if err != nil {
		l.t.Fatal(err)
	}
	if done.Number == 0 {
		l.t.Fatal("nothing was committed: the step does not happen")
	}
	return done.Time
}

// told is a document as it was read and resolved.
type told struct {
	read graph.Captured
	who  graph.Resolution
}

// tell writes a document that says: "… Ada Brook said <words>. …".
func tell(uri, before, words string, published graph.Date, retrieved time.Time, who *graph.Authority) (told, graph.ID) {
	d := graphtest.NewDocument(uri, before+"On the pier Ada Brook said "+words+". Then she left by the evening train.").Retrieved(retrieved)
	claim := d.Claim(words, "Ada Brook")
	out := told{d.Reading(), d.Resolution(who)}
	out.read.Document.Published = published
	for i := range out.read.Claims {
		out.read.Claims[i].StatedOn = published
	}
	out.read.Label = graph.NewReadingLabel(out.read.Version, out.read.Document, out.read.Extractor)
	out.who.Reading = out.read.Label
	out.who.Label = graph.NewResolutionLabel(out.read.Label, out.who.Authority, graphtest.Resolver)
	return out, claim
}

func load(who *graph.Authority, docs ...told) graph.Change {
	c := graph.Change{Authority: who}
	for _, d := range docs {
		c.Readings = append(c.Readings, d.read)
		c.Resolutions = append(c.Resolutions, d.who)
	}
	return c
}

// linked adds a same-claim link to a change.
func linked(c graph.Change, a, b told, from, to graph.ID, score graph.Confidence) graph.Change {
	l := graphtest.NewLink(a.who, b.who, from, graph.Matches, to, score)
	l.Relations[0].Reasons = []string{graph.SameClaim}
	c.Links = append(c.Links, l)
	return c
}

// view asks something of the graph.
func (l *library) view(at graph.At, f func(graph.Reader) error) {
	l.t.Helper()
	if err := l.store.View(l.t.Context(), at, f); err != nil {
		l.t.Fatal(err)
	}
}

// answer tells the family of a claim, who said it and what was left out.
func (l *library) answer(at graph.At, root graph.ID) string {
	l.t.Helper()
	var out strings.Builder
	l.view(at, func(r graph.Reader) error {
		trace, err := graph.TraceClaims(l.t.Context(), r, "", []graph.ID{root}, graph.TraceOptions{})
		if err != nil {
			return err
		}
		for _, c := range trace.Claims {
			who := "nobody"
			if c.Speaker != nil {
				who = c.Speaker.Name
			}
			fmt.Fprintf(&out, "%s: %s: %s\n", c.Claim.Document, who, c.Claim.Words())
		}
		for _, w := range trace.Warnings {
			fmt.Fprintln(&out, "!", w)
		}
		return nil
	})
	return out.String()
}

func (l *library) decided(at graph.At) []graph.Applied {
	l.t.Helper()
	var out []graph.Applied
	l.view(at, func(r graph.Reader) (err error) {
		out, err = r.Decided(l.t.Context())
		return err
	})
	return out
}

// target points at a claim as it stands now.
func (l *library) target(id graph.ID) graph.Target {
	l.t.Helper()
	out := graph.Target{Node: id}
	l.view(graph.At{}, func(r graph.Reader) error {
		nodes, err := r.Nodes(l.t.Context(), []graph.ID{id})
		if err == nil && len(nodes) == 1 {
			out.Passage = nodes[0].(*graph.Claim).Content[0]
		}
		return err
	})
	if out.Passage.Exact == "" {
		l.t.Fatalf("%s is not held", id)
	}
	return out
}

func (l *library) decide(d graph.Decision) time.Time {
	d.By, d.At = "Eve", l.now
	d.ID = graph.NewDecisionID(d)
	return l.commit(graph.Change{Decisions: []graph.Decision{d}})
}

func TestWalk_ADecisionThroughReloads(t *testing.T) {
	const a, b = "https://a.example/ferry", "https://b.example/ferry"
	l := newLibrary(t)
	brook := graph.NewAgentID("Ada Brook")
	one, claim := tell(a, "It rained. ", "the ferry is late", "2024-10-02", graphtest.Day(2), nil)
	other, like := tell(b, "", "that the ferry is late again", "2024-10-03", graphtest.Day(3), nil)
	l.commit(linked(load(nil, one, other), one, other, claim, like, 400))
	l.decide(graph.Decision{Act: graph.ActCorrect, Field: string(graph.AssertedBy), Targets: []graph.Target{l.target(claim)}, Before: string(brook), After: "Fay Grant"})
	early := l.decide(graph.Decision{Act: graph.ActConfirm, Field: string(graph.Matches), Targets: []graph.Target{l.target(like), l.target(claim)}})

	const whole = a + ": Fay Grant: the ferry is late\n" + b + ": Ada Brook: that the ferry is late again\n"
	if got := l.answer(graph.At{}, claim); got != whole {
		t.Fatalf("decided:\n%swant\n%s", got, whole)
	}

	// A word is added above: the claim keeps its name, and both decisions hold.
	two, same := tell(a, "It rained hard. ", "the ferry is late", "2024-10-02", graphtest.Day(4), nil)
	if same != claim {
		t.Fatal("a word added above makes another claim")
	}
	l.commit(linked(load(nil, two), two, other, claim, like, 400))
	if got := l.answer(graph.At{}, claim); got != whole {
		t.Fatalf("after a word above:\n%swant\n%s", got, whole)
	}
	for _, d := range l.decided(graph.At{}) {
		if d.Orphan != "" || d.Flag != "" {
			t.Errorf("after a word above: %+v", d)
		}
	}

	// Its words are edited: it is another claim, said by whom the text says, and the decisions say that they are lost.
	three, edited := tell(a, "It rained hard. ", "the ferry is on time", "2024-10-02", graphtest.Day(5), nil)
	l.commit(load(nil, three))
	if got, want := l.answer(graph.At{}, edited), a+": Ada Brook: the ferry is on time\n! 2 decisions apply nowhere in this view.\n"; got != want {
		t.Fatalf("after an edit:\n%swant\n%s", got, want)
	}
	for _, d := range l.decided(graph.At{}) {
		if !strings.Contains(d.Orphan, "not in this view") {
			t.Errorf("after an edit: %+v", d)
		}
	}

	// The words come back, under an authority file that knows the speaker: the correction applies, and is flagged.
	known := graphtest.NewAuthority(graph.Agent{ID: graph.AuthorityAgentID("ada"), Type: graph.Person, Name: "Ada Brook", Identified: true})
	four, back := tell(a, "It rained for days. ", "the ferry is late", "2024-10-02", graphtest.Day(6), known)
	again, _ := tell(b, "", "that the ferry is late again", "2024-10-03", graphtest.Day(3), known)
	if back != claim {
		t.Fatal("the same words make another claim")
	}
	c := linked(load(known, four), four, again, claim, like, 400)
	c.Resolutions = append(c.Resolutions, again.who)
	c.Ends = []graph.Label{one.who.Label, two.who.Label, three.who.Label, other.who.Label}
	l.commit(c)
	if got := l.answer(graph.At{}, claim); got != whole {
		t.Fatalf("under the authority file:\n%swant\n%s", got, whole)
	}
	ds := l.decided(graph.At{})
	if len(ds) != 2 || slices.ContainsFunc(ds, func(d graph.Applied) bool { return d.Orphan != "" }) || ds[0].Flag == "" || ds[1].Flag != "" {
		t.Errorf("under the authority file: %+v, want the correction alone flagged", ds)
	}

	// And what was known then is still the answer of then.
	if got := l.answer(graph.At{KnownBy: early}, claim); got != whole {
		t.Errorf("as known then:\n%swant\n%s", got, whole)
	}
}

func TestWalk_AQuestionOnADate(t *testing.T) {
	const a, b, c, d = "https://a.example/pier", "https://b.example/pier", "https://c.example/pier", "https://d.example/pier"
	l := newLibrary(t)
	first, root := tell(a, "", "the pier will close", "2024-10-16", graphtest.Day(16), nil)
	second, retold := tell(b, "", "that the pier will close", "2024-10-18", graphtest.Day(18), nil)
	known := l.commit(linked(load(nil, first, second), first, second, root, retold, 700))
	day := graph.At{AsOf: "2024-10-20"}
	frozen := graph.At{AsOf: "2024-10-20", KnownBy: known}
	const then = a + ": Ada Brook: the pier will close\n" + b + ": Ada Brook: that the pier will close\n"
	check := func(step, want string) {
		t.Helper()
		if got := l.answer(day, root); got != want {
			t.Errorf("%s, on that day:\n%swant\n%s", step, got, want)
		}
		if got := l.answer(frozen, root); got != then {
			t.Errorf("%s, as known then:\n%swant\n%s", step, got, then)
		}
	}
	check("at first", then)

	later, late := tell(c, "", "it is certain that the pier will close", "2024-10-25", graphtest.Day(25), nil)
	l.commit(linked(load(nil, later), first, later, root, late, 700))
	const left = "! 1 claim is left out: stated after 2024-10-20.\n"
	check("with a later document", then+left)

	earlier, early := tell(d, "", "soon the pier will close", "2024-10-10", graphtest.Day(10), nil)
	l.commit(linked(load(nil, earlier), first, earlier, root, early, 700))
	const more = a + ": Ada Brook: the pier will close\n" + d + ": Ada Brook: soon the pier will close\n" + b + ": Ada Brook: that the pier will close\n"
	check("with an earlier one loaded late", more+left)

	edited, _ := tell(b, "", "that the pier stays open", "2024-10-18", graphtest.Day(30), nil)
	l.commit(load(nil, edited))
	check("with an edited version", more+left)
	if got := l.answer(graph.At{}, root); strings.Contains(got, b) {
		t.Errorf("now, the edited document still says so:\n%s", got)
	}

	l.decide(graph.Decision{Act: graph.ActReject, Field: string(graph.Matches), Targets: []graph.Target{l.target(root), l.target(early)}})
	check("with a rejected match", then+left)
}
