package relation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/relation"
)

// said is one claim of a test: who says it, the cue, and the content, as they
// stand in the text. A content of several parts is parted by " … ".
type said struct{ source, cue, content string }

// at returns where words first stand in the text at or after a place.
func at(t *testing.T, text, words string, from int) []graph.Span {
	t.Helper()
	if words == "" {
		return nil
	}
	i := strings.Index(text[from:], words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return []graph.Span{{Start: from + i, End: from + i + len(words)}}
}

// input builds the input from a text of which each line is one sentence.
func input(t *testing.T, text string, claims []said) relation.Input {
	t.Helper()
	in := relation.Input{Text: text}
	for start := 0; start < len(text); {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text) - start - 1
		}
		in.Sentences = append(in.Sentences, graph.Span{Start: start, End: start + end + 1})
		start += end + 1
	}
	for i, c := range claims {
		k := relation.Claim{Index: i}
		for _, part := range strings.Split(c.content, " … ") {
			k.Content = append(k.Content, at(t, text, part, 0)...)
		}
		for s, span := range in.Sentences {
			if span.Contains(graph.Span{Start: k.Content[0].Start, End: k.Content[0].Start}) {
				k.Sentence = s
			}
		}
		// Source and cue stand in the same line as the content.
		line := in.Sentences[k.Sentence].Start
		k.Source, k.Cue = at(t, text, c.source, line), at(t, text, c.cue, line)
		in.Claims = append(in.Claims, k)
	}
	in.Citations = cite.Find(cite.Input{Text: text, Sentences: in.Sentences})
	return in
}

func show(in relation.Input, r relation.Relation) string {
	to := fmt.Sprint(r.To)
	if r.ToCitation >= 0 {
		c := in.Citations[r.ToCitation]
		to = strings.Join(strings.Fields(c.Title+" "+c.Publisher+" "+string(c.Date)), " ")
	}
	var evidence []string
	for _, s := range r.Evidence {
		evidence = append(evidence, s.Of(in.Text))
	}
	return fmt.Sprintf("%d %s %s [%s]", r.From, r.Kind, to, strings.Join(evidence, "] ["))
}

func TestFind(t *testing.T) {
	tests := map[string]struct {
		text   string
		claims []said
		want   []string
	}{
		"written answers clarify and contradict the claims on their topic": {
			"The minister told the BBC that harbour pilots could visit island schools.\n" +
				"Nora Flint claimed that pilots in schools had dramatic effects.\n" +
				"Flint lamented that the number of ferries had not gone back to its old level.\n" +
				"The Post wrote that ministers plan to send harbour pilots into island schools.\n" +
				"Moira Glenn has responded to two written questions (one on 02/11/2023 and one on 09/11/2023) in a way that suggests that there are no plans to introduce harbour pilots into island schools, and that Nora Flint was actually referring to the coastguard scheme.\n",
			[]said{
				{"The minister", "told", "harbour pilots could visit island schools"},
				{"Nora Flint", "claimed", "pilots in schools had dramatic effects"},
				{"Flint", "lamented", "the number of ferries had not gone back to its old level"},
				{"The Post", "wrote", "ministers plan to send harbour pilots into island schools"},
				{"Moira Glenn", "suggests", "there are no plans to introduce harbour pilots into island schools"},
				{"Moira Glenn", "suggests", "Nora Flint was actually referring to the coastguard scheme"},
			},
			[]string{
				"0 clarified-by 5 [suggests] [Nora Flint was actually referring]",
				"0 clarified-by written answer 2023-11-02 [suggests] [Nora Flint was actually referring]",
				"0 clarified-by written answer 2023-11-09 [suggests] [Nora Flint was actually referring]",
				"1 clarified-by 5 [suggests] [Nora Flint was actually referring]",
				"1 clarified-by written answer 2023-11-02 [suggests] [Nora Flint was actually referring]",
				"1 clarified-by written answer 2023-11-09 [suggests] [Nora Flint was actually referring]",
				"3 contradicted-by 4 [suggests] [there are no plans to]",
				"3 contradicted-by written answer 2023-11-02 [suggests] [there are no plans to]",
				"3 contradicted-by written answer 2023-11-09 [suggests] [there are no plans to]",
			},
		},
		"one claim that denies and explains is about what it denies": {
			"Nora Flint claimed that pilots in schools had dramatic effects.\n" +
				"Flint lamented that the number of ferries in island ports had not gone back to its old level.\n" +
				"Moira Glenn said that there are no plans to introduce harbour pilots into island schools, and that Nora Flint was actually referring to the scheme for ferries which visits ports.\n",
			[]said{
				{"Nora Flint", "claimed", "pilots in schools had dramatic effects"},
				{"Flint", "lamented", "the number of ferries in island ports had not gone back to its old level"},
				{"Moira Glenn", "said", "there are no plans to introduce harbour pilots into island schools, and that Nora Flint was actually referring to the scheme for ferries which visits ports"},
			},
			[]string{"0 clarified-by 2 [said] [Nora Flint was actually referring]"},
		},
		"words that point back need no shared topic": {
			"The Harbour Trust found that 13 ferries had sunk.\nThe council said it did not recognise the figure.\n",
			[]said{
				{"The Harbour Trust", "found", "13 ferries had sunk"},
				{"The council", "said", "it did not recognise the figure"},
			},
			[]string{"0 disputed-by 1 [said] [not recognise the figure]"},
		},
		"a criticism that is rejected is the one before": {
			"Nora Flint said the mayor had slept.\nA spokesman for Oban rejected the criticism, saying “we stand by our record”.\n",
			[]said{
				{"Nora Flint", "said", "the mayor had slept"},
				{"A spokesman for Oban", "saying", "“we stand by our record”"},
			},
			[]string{"0 disputed-by 1 [rejected the criticism] [saying]"},
		},
		"this is contradicted by somebody's accounts": {
			"Nora Flint claimed that leaks had fallen.\nThis is contradicted by the firm’s accounts, which show that it lost 42 litres.\n",
			[]said{
				{"Nora Flint", "claimed", "leaks had fallen"},
				{"the firm’s accounts", "show", "it lost 42 litres"},
			},
			[]string{"0 contradicted-by 1 [contradicted] [show]"},
		},
		"the correct figure stands in for the number before": {
			"This page said that 67 people had waited.\nThe correct figure is 76.\n",
			[]said{
				{"This page", "said", "67 people had waited"},
				{"", "", "The correct figure is 76."},
			},
			[]string{"0 corrected-by 1 [The correct figure is]"},
		},
		"who was misunderstood was so in the last own words": {
			"Nora Flint said the mayor had slept.\nThe council said the sea was calm.\nFlint later said that she had been misunderstood.\n",
			[]said{
				{"Nora Flint", "said", "the mayor had slept"},
				{"The council", "said", "the sea was calm"},
				{"Flint", "later said", "that she had been misunderstood"},
			},
			[]string{"0 clarified-by 2 [later said] [been misunderstood]"},
		},
		"what does not point back needs a topic": {
			"Nora Flint said the mayor had slept.\nOban rejected the court’s ruling and said it would pay.\n",
			[]said{
				{"Nora Flint", "said", "the mayor had slept"},
				{"Oban", "said", "it would pay"},
			},
			nil,
		},
		"no plans contradicts a plan": {
			"Ministers plan to close the island library, the Post reported.\nA spokesman said there are no plans to close the library.\n",
			[]said{{"the Post", "reported", "Ministers plan to close the island library"}, {"A spokesman", "said", "there are no plans to close the library"}},
			[]string{"0 contradicted-by 1 [said] [there are no plans to]"},
		},
		"no plans says nothing of a claim that is no plan": {
			"The Post reported that the island library is the oldest of its kind.\nA spokesman said there are no plans to close the library.\n",
			[]said{{"The Post", "reported", "the island library is the oldest of its kind"}, {"A spokesman", "said", "there are no plans to close the library"}},
			nil,
		},
		"clarified": {
			"Jo Marsh said ferry fares would double in April.\nThe council clarified that only tourist ferry fares would double.\n",
			[]said{{"Jo Marsh", "said", "ferry fares would double in April"}, {"The council", "clarified", "only tourist ferry fares would double"}},
			[]string{"0 clarified-by 1 [clarified]"},
		},
		"a clarification on another topic": {
			"Jo Marsh said ferry fares would double in April.\nThe council clarified that dogs may swim in the pond.\n",
			[]said{{"Jo Marsh", "said", "ferry fares would double in April"}, {"The council", "clarified", "dogs may swim in the pond"}},
			nil,
		},
		"so, to clarify": {
			"Jo Marsh said ferry fares would double in April.\nSo to clarify, ferry fares are what keeps islands poor.\n",
			[]said{{"Jo Marsh", "said", "ferry fares would double in April"}, {"", "", "ferry fares are what keeps islands poor"}},
			nil,
		},
		"a name in common is no topic in common": {
			"The Post said Nora Flint swam to Harris Island.\nThe mayor denied that Nora Flint owns a shop on Harris Island.\n",
			[]said{{"The Post", "said", "Nora Flint swam to Harris Island"}, {"The mayor", "denied", "Nora Flint owns a shop on Harris Island"}},
			nil,
		},
		"denied by the accused": {
			"The union claims the ferry company hid its safety records.\nThe company denied that it hid any safety records.\n",
			[]said{{"The union", "claims", "the ferry company hid its safety records"}, {"The company", "denied", "it hid any safety records"}},
			[]string{"0 disputed-by 1 [denied]"},
		},
		"was denied access": {
			"The union claims the crew wanted access to the safety records.\nThe crew was denied access to the safety records, he said.\n",
			[]said{{"The union", "claims", "the crew wanted access to the safety records"}, {"he", "said", "The crew was denied access to the safety records"}},
			nil,
		},
		"what one says again is not disputed by it": {
			"Ann Lee said the pier fund was never touched.\nLee denied that the pier fund was touched.\n",
			[]said{{"Ann Lee", "said", "the pier fund was never touched"}, {"Lee", "denied", "the pier fund was touched"}},
			nil,
		},
		"the claim denied in the same sentence": {
			"The mayor rejected Ann Lee's claim that the pier fund is empty, calling the pier fund healthy.\n",
			[]said{{"Ann Lee", "claim", "the pier fund is empty"}, {"The mayor", "rejected", "the pier fund healthy"}},
			nil,
		},
		"corrected": {
			"The Post said 300 ferries sank last winter.\nThe Post later corrected the figure to three ferries that sank last winter.\n",
			[]said{{"The Post", "said", "300 ferries sank last winter"}, {"The Post", "corrected", "three ferries that sank last winter"}},
			[]string{"0 corrected-by 1 [corrected]"},
		},
		"debunked by a report": {
			"Bob Ray said the harbour wall was built by Romans.\nThe idea of a Roman harbour wall was debunked in a report by the Maritime Institute.\n",
			[]said{{"Bob Ray", "said", "the harbour wall was built by Romans"}},
			[]string{"0 refuted-by report Maritime Institute [debunked]"},
		},
		"confirmed by another": {
			"The Post reported that twelve island ferries failed their safety inspection.\nThe regulator confirmed that twelve ferries failed the safety inspection.\n",
			[]said{{"The Post", "reported", "twelve island ferries failed their safety inspection"}, {"The regulator", "confirmed", "twelve ferries failed the safety inspection"}},
			[]string{"0 supported-by 1 [confirmed]"},
		},
		"has not been confirmed": {
			"The Post reported that twelve island ferries failed their safety inspection.\nThat twelve island ferries failed the safety inspection has not been confirmed, she said.\n",
			[]said{{"The Post", "reported", "twelve island ferries failed their safety inspection"}, {"she", "said", "twelve island ferries failed the safety inspection has not been confirmed"}},
			nil,
		},
		"replied": {
			"Ann Lee said the pier was rotten.\nBob Ray replied that the pier was sound.\n",
			[]said{{"Ann Lee", "said", "the pier was rotten"}, {"Bob Ray", "replied", "the pier was sound"}},
			[]string{"1 replies-to 0 [replied]"},
		},
		"has since updated": {
			"The ministry said 4,000 households lacked power.\nIt has since updated its estimate to 6,000 households.\n",
			[]said{{"The ministry", "said", "4,000 households lacked power"}, {"It", "updated", "6,000 households"}},
			[]string{"0 updated-by 1 [has since updated]"},
		},
		"of one's claims, only those on the topic": {
			"Nora Flint said ferries to the islands must stop.\nFlint said schools are too cold.\nHer office explained that Flint was talking about freight ferries to the islands, not passengers.\n",
			[]said{
				{"Nora Flint", "said", "ferries to the islands must stop"},
				{"Flint", "said", "schools are too cold"},
				{"Her office", "explained", "Flint was talking about freight ferries to the islands, not passengers"},
			},
			[]string{"0 clarified-by 2 [explained] [Flint was talking about]"},
		},
		"of what others said nothing is clarified": {
			"Bob Ray said ferries to the islands must stop.\nA spokesman said Nora Flint was actually referring to freight ferries to the islands.\n",
			[]said{{"Bob Ray", "said", "ferries to the islands must stop"}, {"A spokesman", "said", "Nora Flint was actually referring to freight ferries to the islands"}},
			nil,
		},
		"an answer whose citation stands in the sentence before": {
			"Jo Marsh said ferry fares would double in April.\nIn a written answer on 3 March 2021, Moira Glenn gave details.\nShe clarified that only tourist ferry fares would double.\n",
			[]said{{"Jo Marsh", "said", "ferry fares would double in April"}, {"She", "clarified", "only tourist ferry fares would double"}},
			[]string{"0 clarified-by 1 [clarified]", "0 clarified-by written answer 2021-03-03 [clarified]"},
		},
		"a question is not a denial": {
			"The union claims the ferry company hid its safety records.\nHas the company denied that it hid its safety records?\n",
			[]said{{"The union", "claims", "the ferry company hid its safety records"}, {"the company", "denied", "it hid its safety records"}},
			nil,
		},
		"nothing earlier": {"The council clarified that fares would double.\n", []said{{"The council", "clarified", "fares would double"}}, nil},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			in := input(t, test.text, test.claims)
			var got []string
			for _, r := range relation.Find(in) {
				got = append(got, show(in, r))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind_withoutSentences(t *testing.T) {
	in := input(t, "She clarified that it rains.\n", []said{{"She", "clarified", "it rains"}})
	in.Sentences = nil
	if got := relation.Find(in); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestFind_holdsForAnyClaims(t *testing.T) {
	pool := []string{
		"ferries", "clarified", "that", "there are no plans to", "denied", "the", "claim", "was actually referring to", "Flint", "schools", "écoles",
		"told the BBC", ".\n", "confirmed", "she", "in a written answer on 3 March 2020", "?\n", "not", "corrected", "replied",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pool), 1, 60).Draw(t, "words"), " ") + "\n"
		in := relation.Input{Text: text}
		for start := 0; start < len(text); {
			end := start + strings.IndexByte(text[start:], '\n') + 1
			in.Sentences = append(in.Sentences, graph.Span{Start: start, End: end})
			start = end
		}
		span := rapid.Custom(func(t *rapid.T) graph.Span {
			a := rapid.IntRange(0, len(text)).Draw(t, "a")
			return graph.Span{Start: a, End: rapid.IntRange(0, len(text)).Draw(t, "b")}
		})
		for i := range rapid.IntRange(0, 12).Draw(t, "claims") {
			c := relation.Claim{Index: i, Content: []graph.Span{span.Draw(t, "content")}}
			if rapid.Bool().Draw(t, "named") {
				c.Source, c.Cue = []graph.Span{span.Draw(t, "source")}, []graph.Span{span.Draw(t, "cue")}
			}
			in.Claims = append(in.Claims, c)
		}
		in.Citations = cite.Find(cite.Input{Text: text, Sentences: in.Sentences})
		got := relation.Find(in)
		for _, r := range got {
			if (r.To < 0) == (r.ToCitation < 0) || r.From == r.To || r.From < 0 || r.From >= len(in.Claims) || r.To >= len(in.Claims) || r.ToCitation >= len(in.Citations) {
				t.Fatalf("bad ends: %+v", r)
			}
			if len(r.Evidence) == 0 || r.Rule == "" || r.Confidence <= 0 || r.Confidence > 1000 {
				t.Fatalf("no evidence, rule or confidence: %+v", r)
			}
			for _, s := range r.Evidence {
				if err := s.Check(text); err != nil {
					t.Fatal(err)
				}
			}
		}
		if diff := cmp.Diff(got, relation.Find(in)); diff != "" {
			t.Fatalf("two runs differ:\n%s", diff)
		}
	})
}

func TestFind_longTexts(t *testing.T) {
	for what, unit := range map[string]string{
		"many sentences":    "Flint%03d clarified that ferries%03d to schools%03d were late.\n",
		"one topic":         "Flint%03d clarified that ferries to schools were late.\n",
		"one long sentence": "Flint%03d clarified that ferries%03d to schools%03d were late, ",
		"only cues":         "%03d clarified denied that the ",
	} {
		t.Run(what, func(t *testing.T) {
			var b strings.Builder
			in := relation.Input{}
			for i := 0; b.Len() < 1<<20; i++ {
				start := b.Len()
				fmt.Fprintf(&b, strings.ReplaceAll(unit, "%03d", "%03[1]d"), i%200)
				k := start + strings.Index(b.String()[start:], "that ")
				in.Claims = append(in.Claims, relation.Claim{
					Index: i, Content: []graph.Span{{Start: k, End: b.Len() - 1}},
					Source: []graph.Span{{Start: start, End: start + 5}}, Cue: []graph.Span{{Start: k - 10, End: k - 1}},
				})
				if strings.HasSuffix(unit, "\n") {
					in.Sentences = append(in.Sentences, graph.Span{Start: start, End: b.Len()})
				}
			}
			if in.Text = b.String(); in.Sentences == nil {
				in.Sentences = []graph.Span{{Start: 0, End: len(in.Text)}}
			}
			start := time.Now()
			got := relation.Find(in)
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("1 MB took %v", took)
			} else {
				t.Log(what, len(in.Claims), "claims,", len(got), "relations,", took)
			}
		})
	}
}
