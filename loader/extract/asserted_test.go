package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// Words that nobody said are in nobody's mouth.
func TestAttributions_Unsaid(t *testing.T) {
	for _, text := range []string{
		"Lind tried to get Okafor to say that she stole the money.",
		"No evidence exists that Okafor said the road was shut.",
		"Nor did Lind claim that it was open.",
		"Lind neither said nor implied that it was open.",
		"Not once did Lind say that it was open.",
		"Rather than saying that nurses are lazy, Lind praised them.",
		"Okafor has yet to say that she will resign.",
		"Few experts believe that sugar causes cancer.",
		"Hardly anyone said that it was safe.",
		"Suppose Lind had said that the port was safe.",
		"Lind retracted his claim that nurses are lazy.",
		"Neither the King nor the Prince of Wales has suggested that the duke lied.",
		"Lind did not deny that the road was shut.",
		"Lind declined to comment on whether the road was shut.",
	} {
		for _, a := range reported(t, text) {
			if a.Cue != "declined" {
				t.Errorf("%q: %+v, want nothing", text, a)
			}
		}
	}
	tests := []struct {
		name, text string
		want       []said
	}{
		{"what somebody is urged to admit", "Lind urged Okafor to admit that she stole the money.", []said{{"Lind", "urged", "to admit that she stole the money", graph.ModeIndirect, "I5"}}},
		{"who is caught saying it", "Lind caught Ada Okafor saying that the road was shut.", []said{{"Ada Okafor", "saying", "that the road was shut", graph.ModeIndirect, "I1"}}},
		{"what is denied is not said inside", "Lind denied he said the road was shut.", []said{{"Lind", "denied", "he said the road was shut", graph.ModeIndirect, "I6"}}},
		{"a verdict on a claim is the writer's", "Okafor's claim that crime doubled was false.", []said{{"Okafor", "claim", "that crime doubled", graph.ModeIndirect, "N1"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
