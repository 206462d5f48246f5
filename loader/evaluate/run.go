package evaluate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
)

// A Run is a result with its cases, as it is kept to be compared with later ones.
type Run struct {
	Options Options `json:"options"`
	Set     string  `json:"set"` // of what: see [SetID]
	Result  Result  `json:"result"`
	Cases   []Case  `json:"cases"`
}

// NewRun makes a run of a result of [Score].
func NewRun(gold []Gold, o Options, r Result) Run {
	return Run{Options: o, Set: SetID(gold), Result: r, Cases: r.Cases}
}

// SetID is a hash of hand-marked documents in their order: equal for equal documents, markings included.
func SetID(gold []Gold) string {
	h := sha256.New()
	// A hash takes everything, and records have no value that JSON lacks.
	_ = json.NewEncoder(h).Encode(gold)
	return hex.EncodeToString(h.Sum(nil))
}

// ReadRun reads what was written of a Run as JSON. Errors begin with name.
func ReadRun(name string, r io.Reader) (Run, error) {
	var run Run
	if err := json.NewDecoder(r).Decode(&run); err != nil {
		return Run{}, fmt.Errorf("%s: %w", name, err)
	}
	if run.Set == "" {
		return Run{}, fmt.Errorf("%s: not a saved run", name)
	}
	for i, c := range run.Cases {
		if c.Gold == nil && c.Found == nil || c.Verdict == Right && (c.Gold == nil || c.Found == nil) {
			return Run{}, fmt.Errorf("%s: case %d is of nothing", name, i)
		}
	}
	run.Result.Cases = run.Cases
	return run, nil
}

// Changes say what became different between two runs on the same documents.
type Changes struct {
	Figures []FigureChange `json:"figures"`
	Gained  []CaseChange   `json:"gained"` // right now, and not before
	Lost    []CaseChange   `json:"lost"`   // right before, and not now
	Moved   []CaseChange   `json:"moved"`  // right neither time, with another verdict
	Added   []Case         `json:"added"`  // found now, not before, and not marked
	Gone    []Case         `json:"gone"`   // found before, not now, and not marked
}

// A FigureChange is a measure that is no longer the same.
type FigureChange struct {
	Name   string  `json:"name"`
	Before Measure `json:"before"`
	After  Measure `json:"after"`
}

// A CaseChange is one marked attribution before and after.
type CaseChange struct {
	Before Case `json:"before"`
	After  Case `json:"after"`
}

// Compare returns what changed from one run to another. Runs with other options or on
// other documents cannot be compared.
func Compare(before, after Run) (Changes, error) {
	switch {
	case before.Options != after.Options:
		return Changes{}, fmt.Errorf("the runs have other options: %+v and %+v", before.Options, after.Options)
	case before.Set != after.Set:
		return Changes{}, fmt.Errorf("the runs are on other documents")
	}
	c := Changes{Figures: []FigureChange{}, Gained: []CaseChange{}, Lost: []CaseChange{}, Moved: []CaseChange{}, Added: []Case{}, Gone: []Case{}}
	was, is := before.Result.figures(), after.Result.figures()
	then, now := byName(was), byName(is)
	for _, m := range append(is, was...) {
		if then[m.Name] != now[m.Name] {
			c.Figures = append(c.Figures, FigureChange{m.Name, then[m.Name], now[m.Name]})
			then[m.Name] = now[m.Name] // told
		}
	}
	marked, unmarked := map[place]Case{}, map[finding]Case{}
	for _, b := range before.Cases {
		if b.Gold != nil {
			marked[place{b.Document, b.Gold.Index}] = b
		} else {
			unmarked[findingOf(b)] = b
		}
	}
	same := map[finding]bool{}
	for _, a := range after.Cases {
		if a.Gold == nil {
			if _, ok := unmarked[findingOf(a)]; !ok {
				c.Added = append(c.Added, a)
			}
			same[findingOf(a)] = true
			continue
		}
		b, ok := marked[place{a.Document, a.Gold.Index}]
		change := CaseChange{b, a}
		switch {
		case !ok || a.Verdict == b.Verdict:
		case a.Verdict == Right:
			c.Gained = append(c.Gained, change)
		case b.Verdict == Right:
			c.Lost = append(c.Lost, change)
		default:
			c.Moved = append(c.Moved, change)
		}
	}
	for _, b := range before.Cases {
		if b.Gold == nil && !same[findingOf(b)] {
			c.Gone = append(c.Gone, b)
		}
	}
	return c, nil
}

// A place is a marked attribution: the document and the index in its record.
type place struct {
	document string
	index    int
}

// A finding is a prediction as two runs can know it again.
type finding struct{ document, content, source, cue string }

func findingOf(c Case) finding {
	return finding{c.Document, c.Found.Content, c.Found.Source, c.Found.Cue}
}

// figures returns every measure by a name that says where it stands in the result, in a fixed order.
func (r *Result) figures() []NamedMeasure {
	all := r.Measures()
	for _, m := range r.ByStage.Measures() {
		all = append(all, NamedMeasure{"stage " + m.Name, m.Measure})
	}
	for _, name := range slices.Sorted(maps.Keys(r.ByType)) {
		t := r.ByType[name]
		all = append(all, NamedMeasure{"type " + name + ", same words", &t.ContentExactNorm},
			NamedMeasure{"type " + name + ", half the words", &t.ContentJ50}, NamedMeasure{"type " + name + ", joint", &t.Joint})
	}
	for _, name := range slices.Sorted(maps.Keys(r.ByRule)) {
		s := r.ByRule[name]
		all = append(all, NamedMeasure{"rule " + name + ", joint", &Measure{
			P: s.JointPrecision, R: s.JointRecall, F1: s.JointF1, TP: s.Joint, Pred: s.Pred, Gold: r.Joint.Gold,
		}})
	}
	return all
}

func byName(measures []NamedMeasure) map[string]Measure {
	named := make(map[string]Measure, len(measures))
	for _, m := range measures {
		named[m.Name] = *m.Measure
	}
	return named
}
