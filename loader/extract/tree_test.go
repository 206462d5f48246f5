package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// What only the tree of a sentence tells: objects, asides, whole subjects, subjects shared over a conjunction.
func TestAttributionsOverTheTree(t *testing.T) {
	tests := []struct {
		name, text string
		want       []said
	}{
		{"a verb of telling with a noun", "The union recounted the strike in May.", []said{
			{Who: "The union", Cue: "recounted", What: "the strike in May", Mode: graph.ModeIndirect, Rule: "T1"},
		}},
		{"what somebody is accused of", "Okafor accused the council of hiding the report.", []said{
			{Who: "Okafor", Cue: "accused", What: "the council of hiding the report", Mode: graph.ModeIndirect, Rule: "T1"},
		}},
		{"an aside inside a clause", "The permit, his campaign said, had been hard to get.", []said{
			{Who: "his campaign", Cue: "said", What: "The permit had been hard to get", Mode: graph.ModeIndirect, Rule: "I3"},
		}},
		{"the whole of the subject", "An analysis by the Harbour Fund suggests that fares will rise.", []said{
			{Who: "An analysis by the Harbour Fund", Cue: "suggests", What: "that fares will rise", Mode: graph.ModeIndirect, Rule: "I1"},
		}},
		{"a subject shared after an adjunct of time", "Last month, Director Jane Okafor called the use of private lines careless, but said she should face no charges.", []said{
			{Who: "Director Jane Okafor", Cue: "said", What: "she should face no charges", Mode: graph.ModeIndirect, Rule: "I6"},
		}},
		{"a condition asserts nothing", "If Okafor announces a strike, fares will rise.", nil},
		{"a plural noun is no verb", "Benefit claims rose in May.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
