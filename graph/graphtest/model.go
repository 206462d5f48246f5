package graphtest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"whence/graph"
)

// model commits, ends and erases what rapid draws, and compares what a store
// shows with what a few maps say it should.
func model(t *testing.T, open func(t *testing.T) graph.Store) {
	const documents = 4
	// Ten rounds share a store, each with documents of its own: opening one is slow.
	var s graph.Store
	shut := func() {
		if s == nil {
			return
		}
		if problems, err := s.Verify(context.Background()); err != nil || len(problems) > 0 {
			t.Errorf("problems %q, %v", problems, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	defer func() { shut() }()
	round := -1
	rapid.Check(t, func(r *rapid.T) {
		ctx := context.Background()
		if round++; round%10 == 0 {
			shut()
			s = open(t)
		}
		authorities := []*graph.Authority{nil, NewAuthority(graph.Agent{ID: graph.AuthorityAgentID(fmt.Sprint("ann-", round)), Type: graph.Person, Name: "Ann", Identified: true})}
		pool := make([]*Document, documents)
		for i := range pool {
			pool[i] = NewDocument(fmt.Sprintf("https://model.example/%d/%d", round, i), fmt.Sprintf("Ann said it is %d. Number %d is up.", i, i))
			pool[i].Claim(fmt.Sprintf("it is %d", i), "Ann")
			pool[i].Claim(fmt.Sprintf("Number %d is up", i), "")
		}
		ours := map[graph.ID]bool{}
		for _, d := range pool {
			for _, c := range d.Reading().Claims {
				ours[c.ID] = true
			}
		}
		live, erased := map[graph.Label]bool{}, map[int]bool{}
		held := map[graph.Label]bool{}
		commits := len(ledgerOf(t, s))
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			i := rapid.IntRange(0, documents-1).Draw(r, "document")
			d, authority := pool[i], authorities[rapid.IntRange(0, 1).Draw(r, "authority")]
			reading, resolution := d.Reading().Label, d.Resolution(authority).Label
			switch rapid.SampledFrom([]string{"commit", "commit", "commit", "end", "erase"}).Draw(r, "step") {
			case "commit":
				c, err := s.Commit(ctx, d.Change(authority, Day(1)))
				if erased[i] {
					if err == nil {
						r.Fatalf("what was erased is committed")
					}
					continue
				}
				if err != nil {
					r.Fatal(err)
				}
				labels := []graph.Label{reading, resolution}
				if authority != nil {
					labels = append(labels, authority.Label)
				}
				added := 0
				for _, l := range labels {
					if !live[l] {
						added++
					}
					live[l], held[l] = true, true
				}
				if len(c.Added) != added {
					r.Fatalf("%d labels are added, want %d", len(c.Added), added)
				}
				if added > 0 {
					commits++
				}
			case "end":
				if !held[reading] {
					continue
				}
				c, err := s.Commit(ctx, graph.Change{Time: Day(1), Ends: []graph.Label{reading}})
				if err != nil {
					r.Fatal(err)
				}
				if (c.Number > 0) != live[reading] {
					r.Fatalf("live: %v; it ends in commit %d", live[reading], c.Number)
				}
				if live[reading] {
					commits++
				}
				delete(live, reading)
			case "erase":
				_, err := s.Erase(ctx, d.ID(), "", "", Day(1))
				if (err == nil) != held[reading] {
					r.Fatalf("held: %v; erasing gives %v", held[reading], err)
				}
				if err == nil {
					commits++
					erased[i] = true
					for _, a := range authorities {
						delete(live, d.Resolution(a).Label)
						delete(held, d.Resolution(a).Label)
					}
					delete(live, reading)
					delete(held, reading)
				}
			}
			wantClaims, wantSpeakers := map[graph.ID]bool{}, map[string]bool{}
			for _, d := range pool {
				if !live[d.Reading().Label] {
					continue
				}
				for _, c := range d.Reading().Claims {
					wantClaims[c.ID] = true
				}
				for _, a := range authorities {
					res := d.Resolution(a)
					if live[res.Label] {
						wantSpeakers[string(d.Reading().Claims[0].ID)+" "+string(res.Resolved[0].Agent)] = true
					}
				}
			}
			gotClaims, gotSpeakers := map[graph.ID]bool{}, map[string]bool{}
			err := view(s, graph.At{}, func(rd graph.Reader) error {
				claims, err := rd.List(ctx, graph.TypeClaim, "", 0)
				if err != nil {
					return err
				}
				claims = slices.DeleteFunc(claims, func(id graph.ID) bool { return !ours[id] })
				for _, id := range claims {
					gotClaims[id] = true
				}
				speakers, err := rd.Out(ctx, claims, graph.AssertedBy)
				for _, e := range speakers {
					gotSpeakers[string(e.From)+" "+string(e.To)] = true
				}
				return err
			})
			if err != nil {
				r.Fatal(err)
			}
			if diff := gocmp.Diff(wantClaims, gotClaims, cmpopts.EquateEmpty()); diff != "" {
				r.Fatalf("claims: want -, got +\n%s", diff)
			}
			if diff := gocmp.Diff(wantSpeakers, gotSpeakers, cmpopts.EquateEmpty()); diff != "" {
				r.Fatalf("speakers: want -, got +\n%s", diff)
			}
		}
		if n := len(ledgerOf(t, s)); n != commits {
			r.Fatalf("%d commits, want %d", n, commits)
		}
	})
}
