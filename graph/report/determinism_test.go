package report_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/report"
)

// everything is every report, in JSON.
func everything(t *testing.T, store graph.Store, at graph.At) []byte {
	t.Helper()
	s, err := graph.NewSurvey(t.Context(), store, at, graph.SurveyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, k := range report.Kinds() {
		r, err := report.New(s, report.Kind(k.Name), report.Filter{Commenters: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(&out).Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.NewEncoder(&out).Encode(report.NewTimeline(s, nil)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// changes are the loads of a world, one for each document, with the links as the last.
func (w *world) changes() (loads []graph.Change, links graph.Change) {
	for _, d := range w.documents {
		loads = append(loads, d.Change(w.authority, time.Time{}))
	}
	for _, r := range w.found {
		a, b := w.of[r.From].Resolution(w.authority), w.of[r.To].Resolution(w.authority)
		links.Links = append(links.Links, graph.Link{
			// A build of its own for each, so that two relations of one pair are two links.
			Label: graph.NewLinkLabel(a.Label, b.Label, string(r.ID)), A: min(a.Label, b.Label), B: max(a.Label, b.Label), Matcher: string(r.ID), Relations: []graph.Relation{r},
		})
	}
	return loads, links
}

// commit loads changes one after the other, a minute apart, and returns when the last was recorded.
func commit(t *testing.T, store graph.Store, start time.Time, changes ...graph.Change) time.Time {
	t.Helper()
	for i, c := range changes {
		c.Run, c.Time = "test", start.Add(time.Duration(i)*time.Minute)
		done, err := store.Commit(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if done.Number == 0 {
			t.Fatal("nothing was committed")
		}
		start = done.Time.Add(-time.Duration(i) * time.Minute)
	}
	return start.Add(time.Duration(len(changes)-1) * time.Minute)
}

func TestReports_AreTheSameInAnyOrderOfLoading(t *testing.T) {
	p := newPier(t)
	loads, links := p.changes()
	var want []byte
	for seed := range 6 {
		order := rand.New(rand.NewPCG(uint64(seed), 0)).Perm(len(loads))
		store := cayleystore.Memory()
		for _, i := range order {
			commit(t, store, graphtest.Day(1), loads[i])
		}
		commit(t, store, graphtest.Day(2), links)
		got := everything(t, store, graph.At{})
		_ = store.Close()
		if want == nil {
			want = got
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("order %v gives other reports", order)
		}
	}
	if !bytes.Contains(want, []byte("clarified")) {
		t.Error("the reports find nothing: the test shows nothing")
	}
}

// With known_by set, nothing that comes later changes an answer, though each of
// these changes the answer of now.
func TestReports_KnownByFreezes(t *testing.T) {
	p := newPier(t)
	loads, links := p.changes()
	later := func(uri string, published graph.Date, retrieved time.Time, kind graph.DocumentKind) (*graphtest.Document, graph.ID) {
		d := graphtest.NewDocument("https://"+uri, "Once more: The pier will open in May, Ada Brook said.")
		d.Work().Kind, d.Work().Published, d.Work().Publisher = kind, published, "Paper of "+uri
		if !retrieved.IsZero() {
			d.Retrieved(retrieved)
		}
		return d, d.Claim("The pier will open in May", "Ada Brook")
	}
	join := func(d *graphtest.Document, claim graph.ID) graph.Change {
		c := d.Change(nil, time.Time{})
		first := p.of[p.first].Resolution(nil)
		l := graphtest.NewLink(first, d.Resolution(nil), p.first, graph.Matches, claim, 900)
		l.Relations[0].Reasons = []string{graph.SameClaimOther}
		c.Links = append(c.Links, l)
		return c
	}
	target := func() graph.Target {
		c := p.of[p.late].Stated(p.late)
		return graph.Target{Node: p.late, Passage: c.Content[0]}
	}
	for name, arrival := range map[string]func() graph.Change{
		"a later document":                 func() graph.Change { return join(later("late.example", "2024-06-01", time.Time{}, graph.KindNews)) },
		"an earlier-dated one loaded late": func() graph.Change { return join(later("early.example", "2023-12-01", time.Time{}, graph.KindNews)) },
		"an edited version": func() graph.Change {
			d := graphtest.NewDocument("https://d.example", "The pier will not open, Ada Brook said.")
			d.Work().Kind, d.Work().Published, d.Work().Publisher = graph.KindNews, "2024-01-25", "Paper d"
			d.Claim("The pier will not open", "Ada Brook")
			return d.Change(nil, time.Time{})
		},
		"a decision": func() graph.Change {
			d := graph.Decision{Act: graph.ActReject, Targets: []graph.Target{target()}, By: "Eve", At: graphtest.Day(5), Reason: "never said"}
			d.ID = graph.NewDecisionID(d)
			return graph.Change{Decisions: []graph.Decision{d}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := cayleystore.Memory()
			defer store.Close()
			commit(t, store, graphtest.Day(1), loads...)
			known := commit(t, store, graphtest.Day(2), links)
			now := everything(t, store, graph.At{})
			before := everything(t, store, graph.At{KnownBy: known})
			if !bytes.Equal(now, before) {
				t.Fatal("what is known now is not what is held")
			}
			commit(t, store, graphtest.Day(3), arrival())
			if bytes.Equal(everything(t, store, graph.At{}), now) {
				t.Error("it changes nothing now: the test shows nothing")
			}
			if !bytes.Equal(everything(t, store, graph.At{KnownBy: known}), before) {
				t.Error("it changes what was known before")
			}
		})
	}
}
