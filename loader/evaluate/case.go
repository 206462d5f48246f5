package evaluate

import (
	"cmp"
	"slices"
)

// A Verdict says how a case ended.
type Verdict string

// The verdicts, the best first.
const (
	Right       Verdict = "right"
	OtherSource Verdict = "other source" // at least half the words are shared
	OtherWords  Verdict = "other words"  // a pair that shares less than half its words
	Missed      Verdict = "missed"       // nothing is paired with what is marked
	Unmarked    Verdict = "unmarked"     // nothing marked is paired with what is found
)

// A Case is what became of one required attribution, or of one prediction that counts and has no pair.
type Case struct {
	Document string   `json:"document"`
	Verdict  Verdict  `json:"verdict"`
	Gold     *Excerpt `json:"gold,omitempty"`  // nil when Unmarked
	Found    *Excerpt `json:"found,omitempty"` // nil when Missed
}

// An Excerpt is an attribution with the words at its spans, to be read away from its document.
type Excerpt struct {
	Index      int     `json:"index"` // among the attributions of its record
	Content    string  `json:"content"`
	Source     string  `json:"source,omitempty"`
	Cue        string  `json:"cue,omitempty"`
	Speaker    string  `json:"speaker,omitempty"`
	Type       string  `json:"type,omitempty"`
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
}

func (p *page) excerpt(a *Attribution, index int, typ string) *Excerpt {
	return &Excerpt{
		Index: index, Content: p.at(a.Content), Source: p.at(a.Source), Cue: p.at(a.Cue),
		Speaker: a.Speaker, Type: typ, Rule: a.Rule, Confidence: a.Confidence,
	}
}

// A DocumentScore is how one document fares.
type DocumentScore struct {
	ID    string  `json:"id"`
	Joint Measure `json:"joint"`
	Wrong []Case  `json:"wrong"` // the cases that are not right, in the order of Result.Cases
}

// Worst returns at most n documents: those with the most misses and false finds, by joint, first. Documents
// without either are not among them.
func (r *Result) Worst(n int) []DocumentScore {
	var documents []DocumentScore
	for _, c := range r.Cases {
		if len(documents) == 0 || documents[len(documents)-1].ID != c.Document {
			documents = append(documents, DocumentScore{ID: c.Document})
		}
		d := &documents[len(documents)-1]
		if c.Gold != nil {
			d.Joint.Gold++
		}
		if c.Found != nil {
			d.Joint.Pred++
		}
		if c.Verdict == Right {
			d.Joint.TP++
		} else {
			d.Wrong = append(d.Wrong, c)
		}
	}
	errors := func(m Measure) int { return m.Gold + m.Pred - 2*m.TP }
	documents = slices.DeleteFunc(documents, func(d DocumentScore) bool { return errors(d.Joint) == 0 })
	slices.SortStableFunc(documents, func(a, b DocumentScore) int { return cmp.Compare(errors(b.Joint), errors(a.Joint)) })
	documents = documents[:min(max(n, 0), len(documents))]
	for i := range documents {
		documents[i].Joint.finish(documents[i].Joint.TP)
	}
	return documents
}
