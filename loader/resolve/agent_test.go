package resolve

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/loader/extract/name"
)

// cast returns one line for each agent: type, name, aliases, roles.
func castOf(out graph.Resolution) []string {
	roles := map[graph.ID][]string{}
	for _, m := range out.Mentions {
		roles[m.Agent] = m.Roles
	}
	var got []string
	for _, a := range out.Agents {
		got = append(got, fmt.Sprintf("%s %s %v %v", a.Type, a.Name, a.Aliases, roles[a.ID]))
	}
	slices.Sort(got)
	return got
}

func TestResolve_AgentsAndRoles(t *testing.T) {
	r, names := page{
		text: "Health Secretary Olga Brandt met the Otter Foundation (OF) in Leeds. The River Support Scheme helps, Ms Brandt said. The Guardian reported it.\n" +
			"[furniture] Follow Peter Holm and Sky News.\n[comment by Bee] I read it.",
		publisher: "Beaver Trust", authors: []string{"Anna Lund"},
		claims:  []said{{source: "Ms Brandt", content: "The River Support Scheme helps"}},
		sources: []graph.Source{{Kind: graph.SourceData, Publisher: "Otter Foundation"}},
	}.reading(t)
	got := castOf(Resolve(r, names, authority(t)))
	want := []string{
		"anonymous Bee [] [author]",
		"organisation Beaver Trust [] [publisher]",
		"organisation Otter Foundation [OF] [source]",
		"person Anna Lund [] [author]",
		"person Olga Brandt [Brandt] [speaker]",
		"place Leeds [] [mentioned]",
		"programme River Support Scheme [RSS] [mentioned]",
		"publication The Guardian [] [mentioned]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestResolve_Identity(t *testing.T) {
	agents := func(document graph.ID, text string, a *Authority) map[string]graph.Agent {
		r, _ := page{text: text}.reading(t)
		r.Document.ID = document
		out := map[string]graph.Agent{}
		for _, g := range Resolve(r, name.Find(text, sentences(text)), a).Agents {
			out[g.Name] = g
		}
		return out
	}
	one := agents("urn:a", "Olga Brandt met the Otter Foundation. Mr Holm and Abbie left with Jane Poole.", authority(t))
	two := agents("urn:b", "The Otter Foundation met Olga Brandt. Mr Holm and Abbie left with Janet Poole.", authority(t))
	for _, full := range []string{"Olga Brandt", "Otter Foundation", "Jane Poole"} {
		if one[full].ID == "" || one[full].ID != two[full].ID {
			t.Errorf("%s is %q in one document and %q in another", full, one[full].ID, two[full].ID)
		}
	}
	for _, short := range []string{"Mr Holm", "Abbie"} {
		if one[short].ID == "" || one[short].ID == two[short].ID {
			t.Errorf("%s is %q in two documents: they may be two persons", short, one[short].ID)
		}
		if one[short].Document != "urn:a" {
			t.Errorf("%s belongs to %q", short, one[short].Document)
		}
	}
	if !one["Jane Poole"].Identified || one["Olga Brandt"].Identified {
		t.Error("only whom the authority file lists is identified")
	}
}

func TestResolve_SourcesAndDocument(t *testing.T) {
	r, names := page{
		text:      "NHS England says so (Brandt, 1999). Olga Brandt wrote it. The department agreed. They cite the Department for Rivers.",
		publisher: "Beaver Trust", authors: []string{"Anna Lund and Peter Holm"},
		sources: []graph.Source{
			{Kind: graph.SourceData, Publisher: "NHS England"},
			{Kind: graph.SourceAuthorYear, Authors: []string{"Brandt"}},
			{Kind: graph.SourceAuthorYear, Authors: []string{"Quill", "Moss"}},
			{Kind: graph.SourceURL, URL: "https://example.org"},
			{Kind: graph.SourceDocument, Publisher: "the report"},
		},
	}.reading(t)
	out := Resolve(r, names, nil)
	called := map[graph.ID]string{}
	for _, a := range out.Agents {
		called[a.ID] = string(a.Type) + " " + a.Name
	}
	var got []string
	for _, x := range out.Resolved {
		got = append(got, strings.TrimPrefix(string(x.Subject), graph.Namespace)+" "+string(x.Predicate)+" "+called[x.Agent])
	}
	slices.Sort(got)
	want := []string{
		"https://example.org/a published-by organisation Beaver Trust",
		"https://example.org/a written-by person Anna Lund",
		"https://example.org/a written-by person Peter Holm",
		"source:1 attributed-to organisation NHS England",
		"source:2 attributed-to person Olga Brandt",
		"source:3 attributed-to person Moss",
		"source:3 attributed-to person Quill",
		"source:4 attributed-to ",
		"source:5 attributed-to ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Any claims over any words: the same answer twice, one for each claim, agents
// and passages that hold together.
func TestResolve_HoldsTogether(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("Olga Brandt Peter Mr Dr The the Secretary minister Health NHS England BBC she He they it I who said, of and for “ ” ’s ( ) OF " +
		"Foundation Otter charity government spokesperson DWP daughter, letter Leeds . . . é"))
	a := authority(t)
	rapid.Check(t, func(t *rapid.T) {
		ws := rapid.SliceOfN(word, 1, 60).Draw(t, "words")
		text := strings.Join(ws, " ")
		if rapid.Bool().Draw(t, "comment") {
			text += "\n[comment] " + strings.Join(rapid.SliceOfN(word, 1, 20).Draw(t, "more"), " ")
		}
		r := &graph.Reading{Text: text}
		r.Document = graph.Document{ID: "urn:d", Publisher: rapid.SampledFrom([]string{"", "BBC"}).Draw(t, "publisher")}
		half := strings.Index(text, "\n")
		if half < 0 {
			half = len(text)
		}
		r.Segments = []graph.Segment{{ID: "urn:s1", Type: graph.SegmentBody, Passage: graph.NewPassage(text, graph.Span{End: half})}}
		if half < len(text) {
			r.Segments = append(r.Segments, graph.Segment{ID: "urn:s2", Type: graph.SegmentComment, Passage: graph.NewPassage(text, graph.Span{Start: half, End: len(text)})})
		}
		var cuts []int
		for i := range text {
			cuts = append(cuts, i)
		}
		cuts = append(cuts, len(text))
		passage := func(label string) graph.Passage {
			i := rapid.IntRange(0, len(cuts)-2).Draw(t, label)
			j := rapid.IntRange(i+1, min(len(cuts)-1, i+40)).Draw(t, label+" end")
			return graph.NewPassage(text, graph.Span{Start: cuts[i], End: cuts[j]})
		}
		for i := range rapid.IntRange(0, 6).Draw(t, "claims") {
			c := graph.Claim{ID: graph.ID(fmt.Sprintf("urn:c%d", i)), Mode: rapid.SampledFrom(graph.Modes).Draw(t, "mode"), Content: []graph.Passage{passage("content")}}
			if rapid.Bool().Draw(t, "sourced") {
				c.Source = []graph.Passage{passage("source")}
			}
			if i > 0 && rapid.Bool().Draw(t, "within") {
				c.Within = "urn:c0"
			}
			r.Claims = append(r.Claims, c)
		}
		names := name.Find(text, nil)
		out := Resolve(r, names, a)
		if diff := cmp.Diff(out, Resolve(r, names, a)); diff != "" {
			t.Fatalf("two answers for one reading:\n%s", diff)
		}
		held := map[graph.ID]bool{}
		for _, g := range out.Agents {
			if held[g.ID] || g.ID == "" || g.Name == "" || g.Type == "" {
				t.Fatalf("agent %+v", g)
			}
			held[g.ID] = true
		}
		claims := 0
		for _, x := range out.Resolved {
			if x.Predicate == graph.AssertedBy {
				claims++
			}
			if x.Reason == "" || x.Agent != "" && !held[x.Agent] || slices.Contains(x.Rejected, x.Agent) {
				t.Fatalf("resolved %+v", x)
			}
			for _, id := range x.Rejected {
				if !held[id] {
					t.Fatalf("rejected %s is no agent here", id)
				}
			}
		}
		if claims != len(r.Claims) {
			t.Fatalf("%d answers for %d claims", claims, len(r.Claims))
		}
		for _, m := range out.Mentions {
			if !held[m.Agent] || len(m.Roles) == 0 {
				t.Fatalf("mention %+v", m)
			}
			for _, p := range m.Passages {
				if err := p.Check(text); err != nil || p.Of(text) != p.Exact {
					t.Fatalf("mention %+v: %v", m, err)
				}
			}
		}
	})
}

func TestResolve_ManyClaimsTakeLinearTime(t *testing.T) {
	for _, piece := range []string{"She said so. ", "Olga Brandt left. She said so. ", "The minister said so. ", "“I said so,” I said. ", "The charity said so. ", "......... she "} {
		text := "Olga Brandt met the Otter Foundation. " + strings.Repeat(piece, 1<<18/len(piece))
		r := &graph.Reading{Text: text}
		r.Segments = []graph.Segment{{ID: "urn:s", Type: graph.SegmentBody, Passage: graph.NewPassage(text, graph.Span{End: len(text)})}}
		source, _, _ := strings.Cut(strings.TrimLeft(piece, ". “"), " said")
		for at := 38; at+len(piece) <= len(text); at += len(piece) {
			i := at + strings.LastIndex(piece, source)
			if i < at {
				continue
			}
			r.Claims = append(r.Claims, graph.Claim{
				ID: graph.ID(fmt.Sprintf("urn:c%d", at)), Mode: graph.ModeDirect,
				Source:  []graph.Passage{{Span: graph.Span{Start: i, End: i + len(source)}}},
				Content: []graph.Passage{{Span: graph.Span{Start: at, End: at + 1}}},
			})
		}
		names := name.Find(text, sentences(text))
		start := time.Now()
		Resolve(r, names, authority(t))
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%d claims of %q took %v", len(r.Claims), piece, took)
		} else {
			t.Logf("%d claims of %q took %v", len(r.Claims), piece, took)
		}
	}
}
