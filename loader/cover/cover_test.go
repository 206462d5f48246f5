package cover

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shelf is a small collection of fact-checks.
var shelf = []Text{
	{Words: "The new tunnel will cut journeys across the estuary by half.", Title: "Will the tunnel halve journeys, as Reed says?", By: "Ada Reed"},
	{Words: "Over 1,250 lorries a day use the old pier.", Title: "Do 1,250 lorries a day use the pier?", By: "Port Authority"},
	{Words: "The council spent £3 million on a swimming pool that never opened.", Title: "Did the council waste millions on a pool?", By: "Tom Hale"},
	{Words: "Reading scores of pupils have fallen for ten years.", Title: "Have reading scores fallen?", By: "Ada Reed"},
	{Words: "Storks have come back to the valley.", Title: "Are there storks again?"},
}

// encoded has the vectors of the shelf.
func encoded(t *testing.T) *Vectors {
	t.Helper()
	v := NewVectors()
	if err := v.Encode(t.Context(), v.Missing(shelf), nil); err != nil {
		t.Fatal(err)
	}
	return v
}

func rank(t *testing.T, x *Index, q Query) []Hit {
	t.Helper()
	hits, err := x.Rank(t.Context(), q, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range hits {
		if !(h.Score >= 0 && h.Score <= 1 && h.Words >= 0 && h.Words <= 1 && h.Meaning >= 0 && h.Meaning <= 1) {
			t.Errorf("%+v is out of bounds", h)
		}
		if i > 0 && h.Score > hits[i-1].Score {
			t.Errorf("hit %d is better than the one before it", i)
		}
	}
	return hits
}

func TestRank_ByWords(t *testing.T) {
	x := NewIndex(shelf, nil)
	if x.HasMeaning() {
		t.Fatal("no vectors were given")
	}
	for name, c := range map[string]struct {
		query  Query
		first  int // -1: nothing covers it
		shared string
	}{
		"the words themselves":           {Query{Words: "lorries on the pier"}, 1, "lorries pier"},
		"other forms of the words":       {Query{Words: "a lorry was using piers"}, 1, "lorry using piers"},
		"derived words share a root":     {Query{Words: "legislating; the councillors' spending"}, 2, "councillors"},
		"figures with and without comma": {Query{Words: "1250 of them"}, 1, "1250"},
		"words of a hashtag":             {Query{Words: "lol #SwimmingPool @nobody"}, 2, "swimming pool"},
		"words of the title":             {Query{Words: "halve"}, 0, "halve"},
		"a speaker tips the balance":     {Query{Words: "journeys and lorries", By: "Ada Reed"}, 0, "journeys ada reed"},
		"common words alone":             {Query{Words: "it is what it is"}, -1, ""},
		"nothing in common":              {Query{Words: "submarine volcano"}, -1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			hits := rank(t, x, c.query)
			if c.first < 0 {
				if len(hits) > 0 {
					t.Errorf("%+v", hits)
				}
				return
			}
			if len(hits) == 0 || hits[0].At != c.first {
				t.Fatalf("%+v, want %d first", hits, c.first)
			}
			got := map[string]bool{}
			for _, w := range hits[0].Shared {
				got[w] = true
			}
			want := map[string]bool{}
			for _, w := range strings.Fields(c.shared) {
				want[w] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("words in common (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRank_ByMeaningToo(t *testing.T) {
	x := NewIndex(shelf, encoded(t))
	if !x.HasMeaning() {
		t.Fatal("all vectors were given")
	}
	hits := rank(t, x, Query{Words: "Children read worse and worse."})
	if len(hits) == 0 || hits[0].At != 3 {
		t.Errorf("a paraphrase: %+v, want 3 first", hits)
	}
	// With one vector missing, meaning counts for none: what was encoded must not come before what was not.
	if NewIndex(append(shelf[:len(shelf):len(shelf)], Text{Words: "Something new."}), encoded(t)).HasMeaning() {
		t.Error("meaning counts although a vector is missing")
	}
}

// Of texts that are alike in every way the earlier is the better.
func TestRank_TiesAreInOrder(t *testing.T) {
	x := NewIndex([]Text{{Words: "Storks fly."}, {Words: "Storks fly."}, {Words: "Storks fly."}}, nil)
	hits := rank(t, x, Query{Words: "storks"})
	if len(hits) != 3 || hits[0].At != 0 || hits[1].At != 1 || hits[2].At != 2 {
		t.Errorf("%+v", hits)
	}
}

func TestRank_HostileTexts(t *testing.T) {
	texts := []Text{{}, {Words: "\xff\xfe", Title: "\x00"}, {Words: strings.Repeat("#aB1", 20_000)}, {Words: strings.Repeat("— x (@y) ", 20_000)}, {Words: strings.Repeat("â€", 20_000)}}
	x := NewIndex(texts, nil)
	for _, q := range []string{"", "\xff", "#", "@", strings.Repeat("(@", 10_000), strings.Repeat("x", 100_000)} {
		rank(t, x, Query{Words: q, By: q})
	}
	if hits := rank(t, NewIndex(nil, NewVectors()), Query{Words: "anything"}); len(hits) > 0 {
		t.Errorf("nothing is held and %+v found", hits)
	}
}

func TestSentence(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"The pier is closed.", "The pier is closed."},
		{"Look! https://example.org/a?b=c The pier is closed pic.twitter.com/abc", "Look! The pier is closed"},
		{"#ClimateMarch2019 is today @PortAuthority", "Climate March 2019 is today Port Authority"},
		{"The #NHSCrisis is real", "The NHS Crisis is real"},
		{"Pier closed — Ada Reed (@adareed) May 2, 2024", "Pier closed Ada Reed"},
		{"She said ‘half’ and “twice”, and it’s 'so'", `She said "half" and "twice", and it's "so"`},
		{"weâ€™re here", "we're here"},
		{"we‚Äôre here", "we're here"},
		{"Ärzte über Café", "Ärzte über Café"},
		{"item #1 costs 5@10", "item #1 costs 5@10"},
	} {
		if got := sentence(c.in); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.in, got, c.want)
		}
	}
}
