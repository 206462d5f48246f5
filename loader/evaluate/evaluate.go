// Package evaluate measures how well attributions found by a program agree with those
// marked by hand.
//
// # What counts
//
// A prediction is paired with a hand-marked attribution by the words of their contents:
// quotation marks, spaces and outer punctuation never decide. Pairs are one to one, best
// overlap first, overlap being Jaccard's: words shared by words in either. Each required attribution and
// each prediction that counts ends in one [Case]: right when the pair shares at least half its words and has the
// same source. Every figure is a count of cases:
//
//   - The measures of [Result]: contents that are the same to the character, the same in their words, or at
//     least half the same, and those whose source is the same.
//   - By type ([TypeScore]): precision is of the predictions of a type, recall of what is marked with it. A pair of
//     two types is right for both: that the types differ is a figure of its own.
//   - By stage ([Stages]): the cue, whatever is done with it; the phrase that names the source; the content; who
//     the source is; content and source together.
//   - By rule ([RuleScore]): precision is of what the rule found, recall of everything that is required.
//   - [Reliability]: whether of what is found with a confidence of .8 eight in ten are right, and how precision and recall
//     go when only what is confident enough is kept.
//
// # What counts neither way
//
//   - Hand-marked attributions that are optional, and the predictions paired with them.
//   - Predictions that lie mostly in regions the annotators discarded.
//   - Claims in the document's own voice, and attributions within another one where only
//     the outermost were marked.
//   - With [Options.Speech], what is not speech: "wants", "plans", "polls show".
//
// Offsets are Unicode code points, half-open, as in the files.
package evaluate

import (
	"encoding/json"
	"fmt"
)

// A Span is the half-open range [start, end) of code points of a record's text.
type Span [2]int

// UnmarshalJSON takes an array of exactly two integers.
func (s *Span) UnmarshalJSON(b []byte) error {
	var ends []int
	if err := json.Unmarshal(b, &ends); err != nil {
		return err
	}
	if len(ends) != 2 {
		return fmt.Errorf("span %s: want [start, end]", b)
	}
	*s = Span(ends)
	return nil
}

func (s Span) overlaps(t Span) bool { return s[0] < t[1] && t[0] < s[1] }

// An Attribution is words credited to somebody: found by a program, or marked by hand.
type Attribution struct {
	Content []Span `json:"content"`           // at least one
	Source  []Span `json:"source"`            // the words that name the speaker; none if the text names none
	Cue     []Span `json:"cue"`               // the words that say it is reported; may be none
	Speaker string `json:"speaker,omitempty"` // who the source is, as a full name; "" if not known
	Type    string `json:"type,omitempty"`    // direct, indirect, mixed or voice; "" in a prediction: told from the quotation marks
	Within  *int   `json:"within,omitempty"`  // the index of the attribution that encloses this one; nil for none
	Rule    string `json:"rule,omitempty"`    // of a prediction: what found it; may be ""

	// Confidence is a prediction's own estimate that it is right, 0 to 1; 0 for none.
	Confidence float64 `json:"confidence,omitempty"`

	// Of hand-marked ones only.
	Optional      bool   `json:"optional,omitempty"`       // found or not is all the same
	SpeakerSilver string `json:"speaker_silver,omitempty"` // who a machine says the source is, unchecked
}

// Gold is one hand-marked document.
type Gold struct {
	ID           string        `json:"id"`
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
	Ignore       []Span        `json:"ignore,omitempty"` // regions that were not marked
}

// Options choose what is asked of a program. The zero Options ask for everything.
type Options struct {
	// Speech leaves out what is not speech: a hand-marked indirect attribution whose cue has no
	// reporting word is optional, and an unpaired prediction with such a cue does not count.
	Speech bool `json:"speech"`
	// Silver lets a source also agree with the speaker that a machine resolved.
	Silver bool `json:"silver"`
}
