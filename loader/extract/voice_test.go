package extract

import (
	"testing"

	"whence/graph"
)

func TestVoice_ByRule(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		rule string // "" when it is no claim of the text's own
	}{
		"a figure":                          {"The trust closed 14 wards in the winter.", "V1"},
		"a figure in a plan that is made":   {"Three hundred nurses are to join the ambulance service.", "V1"},
		"a date and a name":                 {"Ada Okafor was appointed to the board of Northam Water in March 2019.", "V2"},
		"a named actor":                     {"The Home Office has lost the files of the children who were sent away.", "V3"},
		"no plans":                          {"There are no plans to put advisers into the clinics of the county.", "V4"},
		"an opinion with a figure":          {"I think that 300 advisers is simply a ridiculous number, frankly.", ""},
		"a life":                            {"I have waited seven years for my appointment.", ""},
		"a question with a figure":          {"Did the trust close 14 wards in the winter?", ""},
		"a wish about a named body":         {"We hope that Northam Water will listen to its customers.", ""},
		"a line that introduces a list":     {"The trust closed 14 wards in the winter:", ""},
		"argument without anything to find": {"Cruelty is the whole point of such a policy.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rule := ""
			for _, claim := range read(t, "It was a long day in the valley.\n\n"+c.text+"\n\nNobody came.\n").Claims {
				if claim.Mode != graph.ModeVoice || claim.Words() != c.text {
					t.Errorf("%s claim %q", claim.Mode, claim.Words())
				}
				if rule = claim.Rule; claim.Worth < worthWithEvidence {
					t.Errorf("worth %d", claim.Worth)
				}
			}
			if rule != c.rule {
				t.Errorf("found by rule %q", rule)
			}
		})
	}
}

// What is reported is rated by its words, whoever says it.
func TestWorth_OfWhatIsReported(t *testing.T) {
	r := read(t, "Okafor said that the trust had closed 14 wards since 2019.\n\n“I do love the spring,” said Okafor.\n")
	if len(r.Claims) != 2 || r.Claims[0].Worth < 700 || r.Claims[1].Worth > 200 {
		for _, c := range r.Claims {
			t.Errorf("%q is rated %d", c.Words(), c.Worth)
		}
	}
}
