package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestAttributions_Transcripts(t *testing.T) {
	tests := []struct {
		name, text string
		want       []said
	}{
		{
			"turns", "The two spoke on Monday about the port and its fares.\n\nPRESENTER: Will fares rise?\n\nThe Minister for Ports (Jane Okafor): They will not.\n\nPRESENTER: Is that a promise?",
			[]said{
				{"PRESENTER", ":", "Will fares rise?", graph.ModeDirect, "L4"},
				{"The Minister for Ports (Jane Okafor)", ":", "They will not.", graph.ModeDirect, "L4"},
				{"PRESENTER", ":", "Is that a promise?", graph.ModeDirect, "L4"},
			},
		},
		{
			"a committee's record", "Chairwoman TOLL. Is it safe?\n\nMr. EKBERG. It is safe.\n\nChairwoman TOLL. Thank you.",
			[]said{
				{"Chairwoman TOLL", ".", "Is it safe?", graph.ModeDirect, "L4"},
				{"Mr. EKBERG", ".", "It is safe.", graph.ModeDirect, "L4"},
				{"Chairwoman TOLL", ".", "Thank you.", graph.ModeDirect, "L4"},
			},
		},
		{
			"questions, and answers under a name", "Q: Why did you leave?\n\nAnna Bell: I was told to go.\n\nQ: Were you told why?\n\nAnna Bell: Yes.",
			[]said{
				{"Anna Bell", ":", "I was told to go.", graph.ModeDirect, "L4"},
				{"Anna Bell", ":", "Yes.", graph.ModeDirect, "L4"},
			},
		},
		{
			"turns on lines of one paragraph", "Anna Bell: Crime doubled.\nCarl Dorn: It halved.\nAnna Bell: No.",
			[]said{
				{"Anna Bell", ":", "Crime doubled.", graph.ModeDirect, "L4"},
				{"Carl Dorn", ":", "It halved.", graph.ModeDirect, "L4"},
				{"Anna Bell", ":", "No.", graph.ModeDirect, "L4"},
			},
		},
		{
			"turns whose lines a format has run together", "Anna Bell: Crime doubled. Result: fear. Carl Dorn: It halved. Anna Bell: No.",
			[]said{
				{"Anna Bell", ":", "Crime doubled. Result: fear.", graph.ModeDirect, "L4"},
				{"Carl Dorn", ":", "It halved.", graph.ModeDirect, "L4"},
				{"Anna Bell", ":", "No.", graph.ModeDirect, "L4"},
			},
		},
		{"a list of particulars", "Place: Lowmouth\n\nDate: 4 May 2024\n\nTime: 10 am", nil},
		{"two labels are no transcript", "Okafor: the port is closed.\n\nLind: it is not.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, reported(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
