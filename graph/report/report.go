// Package report says what is wrong with claims and where they come from: each
// report is a list of findings over one [graph.Survey], the worst first, with the
// evidence of every hop. A report is a pure function of the survey and the
// filter: the same graph gives the same bytes.
package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// Kind names a report.
type Kind string

// A Finding is one thing that a report found.
type Finding struct {
	ID       graph.ID // set by [New]: of the report, type, subject and the nodes of its hops
	Type     string   // what of its kind it is: "unit-switch", "U0"
	Severity Severity // how bad
	Subject  graph.ID // the claim, or document, that it is about: filters look at it
	Date     graph.Date
	Why      string  // one sentence
	Hops     []Hop   // from the subject on: every node that the finding rests on, with its words
	Values   []Value // what was measured, in a fixed order
}

// Severity is in thousandths: 0 to 1000. Findings of one report compare by it.
type Severity int

// A Hop is one node that a finding rests on.
type Hop struct {
	Node     graph.ID        // claim, document, source, figure
	Document graph.ID        // that its words stand in; "" for a source that is not held
	Evidence []graph.Passage // its words
	By       *graph.Relation // what leads to it from the hop before; nil when an edge of the text does, and for the first
	Why      string          // what leads to it, or what it is here, in a few words
}

// A Value is something measured, as text: "lag" "12 days".
type Value struct{ Name, Value string }

// A Report is the answer to one kind of question.
type Report struct {
	Kind     Kind
	Title    string     // what it lists, in a line
	Findings []Finding  // worst first, then by date, subject and type
	Counts   []Count    // of all findings that the filter lets through, by type, in order of type
	Undated  []graph.ID // claims that it says nothing of because they have no date, in order
	Unseen   []string   // what it could not see, one sentence each, sorted
}

// A Count is how many findings are of a type.
type Count struct {
	Type  string
	Count int
}

// A Filter selects findings by their subject. The zero Filter selects all but
// those about what readers wrote.
type Filter struct {
	Speaker    graph.ID
	Publisher  string // equal but for case
	Document   graph.ID
	From, To   graph.Date // of the finding, inclusive; undated ones are left out when either is set
	Severity   Severity   // at least
	Commenters bool       // also about what readers wrote
	Grace      int        // days after a clarification in which a repeat is not yet late; 0 is [DefaultGrace], less than 0 is none
}

// DefaultGrace is in days.
const DefaultGrace = 2

// grace returns the days of grace.
func (f Filter) grace() int {
	if f.Grace == 0 {
		return DefaultGrace
	}
	return max(0, f.Grace)
}

// A maker makes the findings of one report, in any order, unfiltered.
type maker struct {
	kind  Kind
	title string // one line for people: what it lists
	make  func(s *graph.Survey, f Filter) Report
}

// Kinds lists every report, in alphabetical order, with what it lists.
func Kinds() []Value {
	var out []Value
	for _, m := range makers {
		out = append(out, Value{string(m.kind), m.title})
	}
	slices.SortFunc(out, func(a, b Value) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// New makes a report. An unknown kind is an error wrapping [graph.ErrInvalid].
func New(s *graph.Survey, kind Kind, f Filter) (*Report, error) {
	i := slices.IndexFunc(makers, func(m maker) bool { return m.kind == kind })
	if i < 0 {
		var names []string
		for _, k := range Kinds() {
			names = append(names, k.Name)
		}
		return nil, fmt.Errorf("report %q: want one of %s: %w", kind, strings.Join(names, ", "), graph.ErrInvalid)
	}
	r := makers[i].make(s, f)
	r.Kind, r.Title = kind, makers[i].title
	for i := range r.Findings {
		x := &r.Findings[i]
		nodes := []graph.ID{x.Subject}
		for _, h := range x.Hops {
			nodes = append(nodes, h.Node)
		}
		x.ID = graph.NewFindingID(string(kind), x.Type, nodes...)
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(x Finding) bool { return !f.lets(s, x) })
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Date, b.Date), cmp.Compare(a.Subject, b.Subject),
			cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Why, b.Why))
	})
	r.Counts = nil
	counts := map[string]int{}
	for _, x := range r.Findings {
		counts[x.Type]++
	}
	for _, typ := range sortedKeys(counts) {
		r.Counts = append(r.Counts, Count{typ, counts[typ]})
	}
	slices.Sort(r.Undated)
	r.Undated = slices.Compact(r.Undated)
	slices.Sort(r.Unseen)
	r.Unseen = slices.Compact(r.Unseen)
	return &r, nil
}

// lets reports whether a filter lets a finding through.
func (f Filter) lets(s *graph.Survey, x Finding) bool {
	if x.Severity < f.Severity {
		return false
	}
	if (f.From != "" || f.To != "") && (x.Date == "" || f.From.After(x.Date) || x.Date.After(f.To)) {
		return false
	}
	document := s.Document(x.Subject)
	if c := s.Claim(x.Subject); c != nil {
		document = c.ClaimView.Document
		if !f.Commenters && c.Segment != nil && c.Segment.Type.IsReader() {
			return false
		}
		if f.Speaker != "" && (c.Speaker == nil || c.Speaker.ID != f.Speaker) {
			return false
		}
	} else if f.Speaker != "" {
		return false
	}
	if f.Document != "" && (document == nil || document.ID != f.Document) {
		return false
	}
	return f.Publisher == "" || document != nil && strings.EqualFold(document.Publisher, f.Publisher)
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
