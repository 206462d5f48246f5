package extract

import (
	"testing"

	"whence/graph"
)

// credits gives the publisher of the source of each figure by its words.
func credits(r graph.Reading) map[string]string {
	publisher := map[graph.ID]string{}
	for _, s := range r.Sources {
		publisher[s.ID] = s.Publisher
	}
	out := map[string]string{}
	for _, s := range r.Statistics {
		out[s.Figure.Exact] = publisher[s.SourceID]
	}
	return out
}

func TestStatistics_DocumentPointedBackTo(t *testing.T) {
	tests := map[string]struct{ text, figure, want string }{
		"a quotation on the next line": {
			"The Marlow Institute report published back in 2011 –Routes over the River– said that ferries sink.\n\nThe report also says: “Most of the crews were young.”\n\n“In all, 17 per cent of the boats had been moored for a year by the time of the survey.”\n\nNobody minded.",
			"17 per cent", "Marlow Institute",
		},
		"nothing cited before": {
			"Ferries sink.\n\nThe report also says: “In all, 17 per cent of the boats had been moored for a year.”",
			"17 per cent", "",
		},
		"a person points to nothing": {
			"The Marlow Institute report published back in 2011 –Routes over the River– said that ferries sink.\n\nThe captain also says: “In all, 17 per cent of the boats had been moored for a year.”",
			"17 per cent", "",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := read(t, tt.text)
			got, ok := credits(r)[tt.figure]
			if !ok || got != tt.want {
				t.Errorf("%q is credited to %q (found: %v), want %q; sources %+v", tt.figure, got, ok, tt.want, r.Sources)
			}
		})
	}
}
