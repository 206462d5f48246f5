package store

import (
	"slices"

	"whence/graph"
)

// seen is [graph.Select] for the zero At after every commit, kept up to date by
// looking only at what a commit touches: selecting anew after each would make a
// load take time in the square of its documents.
type seen struct {
	spans      map[graph.Label][]span
	infos      map[graph.Label]graph.LabelInfo
	live       map[graph.Label]bool
	readings   map[graph.ID][]graph.Commit   // of each document: the ledger, with its readings only
	dependents map[graph.Label][]graph.Label // what rests on a label
	decisions  []graph.Label                 // every one there ever was, in order of arrival
}

// A span is from which commit and before which one (0: none yet) a label is seen.
type span struct{ from, before int64 }

func newSeen() *seen {
	return &seen{
		spans: map[graph.Label][]span{}, infos: map[graph.Label]graph.LabelInfo{}, live: map[graph.Label]bool{},
		readings: map[graph.ID][]graph.Commit{}, dependents: map[graph.Label][]graph.Label{},
	}
}

// at reports whether a label is seen after a commit.
func (s *seen) at(label graph.Label, commit int64) bool {
	return slices.ContainsFunc(s.spans[label], func(p span) bool {
		return p.from <= commit && (p.before == 0 || commit < p.before)
	})
}

// add takes in the next commit.
func (s *seen) add(c graph.Commit) {
	documents := map[graph.ID]*graph.Commit{}
	of := func(document graph.ID) *graph.Commit {
		if documents[document] == nil {
			documents[document] = &graph.Commit{Number: c.Number, Time: c.Time}
		}
		return documents[document]
	}
	var touched []graph.Label // all but readings
	for _, info := range c.Added {
		if _, known := s.infos[info.Label]; !known {
			for _, in := range info.Inputs {
				s.dependents[in] = append(s.dependents[in], info.Label)
			}
			if info.Layer == graph.LayerDecision {
				s.decisions = append(s.decisions, info.Label)
			}
		}
		s.infos[info.Label] = info
		s.live[info.Label] = true
		if info.Layer == graph.LayerReading {
			m := of(info.Document)
			m.Added = append(m.Added, info)
		} else {
			touched = append(touched, info.Label)
		}
	}
	for _, label := range c.Ended {
		delete(s.live, label)
		if info := s.infos[label]; info.Layer == graph.LayerReading {
			m := of(info.Document)
			m.Ended = append(m.Ended, label)
		} else {
			touched = append(touched, label)
		}
	}
	for document, m := range documents {
		s.readings[document] = append(s.readings[document], *m)
		sel := graph.Select(s.readings[document], graph.At{})
		for _, label := range labelsOf(s.readings[document]) {
			_, is := sel.Live[label]
			touched = append(touched, s.set(label, is, c.Number)...)
		}
	}
	// What rests on a label comes after it: authority file and reading, resolution, link.
	for len(touched) > 0 {
		label := touched[0]
		touched = touched[1:]
		if s.infos[label].Layer == graph.LayerReading {
			continue
		}
		is := s.live[label] && !slices.ContainsFunc(s.infos[label].Inputs, func(in graph.Label) bool { return in != "" && !s.at(in, c.Number) })
		touched = append(touched, s.set(label, is, c.Number)...)
	}
}

// set notes whether a label is seen from a commit on, and returns what rests on
// it if that is new.
func (s *seen) set(label graph.Label, is bool, commit int64) []graph.Label {
	if s.at(label, commit) == is {
		return nil
	}
	spans := s.spans[label]
	switch {
	case is:
		s.spans[label] = append(spans, span{from: commit})
	case spans[len(spans)-1].from == commit: // it was seen for a moment inside this commit
		s.spans[label] = spans[:len(spans)-1]
	default:
		spans[len(spans)-1].before = commit
	}
	return s.dependents[label]
}

// labelsOf returns the labels that commits add, each once, in order.
func labelsOf(commits []graph.Commit) []graph.Label {
	var out []graph.Label
	for _, c := range commits {
		for _, info := range c.Added {
			out = append(out, info.Label)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
