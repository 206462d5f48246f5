package claimgraph_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/graph/storebench/claimgraph"
)

func TestRoundDependsOnSeedAndNumberAlone(t *testing.T) {
	a, b := claimgraph.New(7), claimgraph.New(7)
	b.Round(0)
	if !reflect.DeepEqual(a.Round(2), b.Round(2)) {
		t.Error("the same round of the same seed differs")
	}
	if reflect.DeepEqual(a.Round(1).Changes[0].Readings, a.Round(2).Changes[0].Readings) {
		t.Error("two rounds are alike")
	}
	if reflect.DeepEqual(a.Round(1).Changes[0].Readings, claimgraph.New(8).Round(1).Changes[0].Readings) {
		t.Error("two seeds are alike")
	}
}

// A trace of the last claim of a family must find all of it, and the way to the first.
func TestFamiliesAreTraced(t *testing.T) {
	ctx := context.Background()
	store := cayleystore.Memory()
	defer store.Close()
	corpus := claimgraph.New(1)
	var rounds []*claimgraph.Round
	for n := range 2 {
		r := corpus.Round(n)
		for _, c := range r.Changes {
			if _, err := store.Commit(ctx, c); err != nil {
				t.Fatal(err)
			}
		}
		rounds = append(rounds, r)
	}
	err := store.View(ctx, graph.At{}, func(r graph.Reader) error {
		for _, round := range rounds {
			first := round.Changes[0].Readings[0].Document.ID
			for _, family := range round.Families {
				last := family[len(family)-1]
				trace, err := graph.TraceClaims(ctx, r, "", []graph.ID{last}, graph.TraceOptions{})
				if err != nil {
					return err
				}
				got := map[graph.ID]bool{}
				for _, c := range trace.Claims {
					got[c.Claim.ID] = true
				}
				want := map[graph.ID]bool{}
				for _, id := range family {
					want[id] = true
				}
				if diff := cmp.Diff(want, got); diff != "" || len(want) != claimgraph.Documents {
					t.Errorf("the family of %s (-want +got):\n%s", last.Short(), diff)
				}
				way := trace.Claims[0].Way
				if len(way.Path) != claimgraph.Hops || way.End.Node != first || way.End.Kind != graph.EndPrimary {
					t.Errorf("the way from %s: %d edges to %s, %s; want %d to %s, %s", last.Short(),
						len(way.Path), way.End.Node.Short(), way.End.Kind, claimgraph.Hops, first, graph.EndPrimary)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What `whence load` makes of five articles of 3 to 46 kB has 34 claims a document, 37 quads a
// claim, of which .65 are the reading's, and 490 bytes of text a claim.
func TestMakeUp(t *testing.T) {
	quads := map[graph.Layer]int{}
	claims, bytes := 0, 0
	for _, c := range claimgraph.New(1).Round(0).Changes {
		text := c.Readings[0].Text
		bytes += len(text)
		claims += len(c.Readings[0].Claims)
		reading, err := codec.EncodeReading(c.Readings[0].Reading)
		if err != nil {
			t.Fatal(err)
		}
		quads[graph.LayerReading] += len(reading)
		resolution, err := codec.EncodeResolution(c.Resolutions[0], text)
		if err != nil {
			t.Fatal(err)
		}
		quads[graph.LayerResolution] += len(resolution)
		for _, l := range c.Links {
			link, err := codec.EncodeLink(l)
			if err != nil {
				t.Fatal(err)
			}
			quads[graph.LayerLink] += len(link)
		}
	}
	perClaim := float64(quads[graph.LayerReading]+quads[graph.LayerResolution]) / float64(claims)
	reading := float64(quads[graph.LayerReading]) / float64(quads[graph.LayerReading]+quads[graph.LayerResolution])
	perDocument := claims / claimgraph.Documents
	t.Logf("%d claims a document, %.1f quads a claim, %.2f of them the reading's; %d quads of links; %d bytes of text a claim",
		perDocument, perClaim, reading, quads[graph.LayerLink], bytes/claims)
	if perClaim < 32 || perClaim > 42 || reading < .55 || reading > .75 || perDocument < 25 || perDocument > 45 {
		t.Error("a document is not made up as real ones are")
	}
}
