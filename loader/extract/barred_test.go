package extract

import (
	"testing"

	"whence/graph"
)

// onlyUnit is the unit of a text of one sentence.
func onlyUnit(text string) *unit {
	all := graph.Span{End: len(text)}
	units := unitsOf(text, 0, paragraph{Span: all, Sentences: []graph.Span{all}}, nil)
	return &units[0]
}

func (u *unit) find(word string) int {
	for i := range u.items {
		if u.at(i).lower == word {
			return i
		}
	}
	return -1
}

func TestUnit_Barred(t *testing.T) {
	for _, c := range []struct {
		name, text, cue string
		want            bool
	}{
		{"a noun after an article", "The claims are old.", "claims", true},
		{"a noun after a possessor", "Okafor's claim is old.", "claim", true},
		{"a noun after a possessive", "She stood by her report.", "report", true},
		{"a noun after a preposition", "The port closed amid a row over the fees, in reports.", "reports", true},
		{"what may be said", "They may say that it is closed.", "say", true},
		{"what the writer would say", "We would argue that it is closed.", "argue", false},
		{"a verb after its subject", "Okafor claims that it is closed.", "claims", false},
		{"a verb after a pronoun", "She said that it is closed.", "said", false},
		{"a participle after a short form of had", "He'd said that it is closed.", "said", false},
		{"a participle after a short form of has", "She's told them that it is closed.", "told", false},
		{"a gerund after a short form of is", "She's claiming that it is closed.", "claiming", false},
		{"a gerund after a preposition", "He began by claiming that it is closed.", "claiming", false},
		{"an infinitive", "He went on to claim that it is closed.", "claim", false},
		{"the first word", "Claims that it is closed are wrong.", "claims", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := onlyUnit(c.text)
			if got := u.barred(u.find(c.cue)); got != c.want {
				t.Errorf("barred(%q) = %v in %q", c.cue, got, c.text)
			}
		})
	}
}

func TestUnit_ClauseFollows(t *testing.T) {
	for _, c := range []struct {
		name, text, noun string
		want             bool
	}{
		{"that", "The claim by Okafor that fares rose is old.", "claim", true},
		{"to after a purpose", "The plan of the council to close it is old.", "plan", true},
		{"to after no purpose", "The claim put to the council is old.", "claim", false},
		{"nothing behind it", "They read the statement.", "statement", false},
		{"that before it only", "That claim is old.", "claim", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := onlyUnit(c.text)
			if got := u.clauseFollows(u.find(c.noun)); got != c.want {
				t.Errorf("clauseFollows(%q) = %v in %q", c.noun, got, c.text)
			}
		})
	}
}
