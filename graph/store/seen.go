package store

import (
	"maps"
	"slices"

	"whence/graph"
)

// seen is what the ledger says of labels, and [graph.Select] for the zero At after every commit. It is kept up
// to date by looking only at what a commit touches: selecting anew after each would make a
// load take time in the square of its documents.
type seen struct {
	labels    map[graph.Label]*known
	commits   []graph.Commit       // the one with number n at n-1
	readings  map[graph.ID][]int64 // by document: the commits that added or ended readings of it
	decisions []*known             // every one there ever was, in order of arrival
	spare     []known              // room for labels: many small pieces would keep the garbage collector busy
}

// A known label was in some commit, or is an input of one that was.
type known struct {
	info       *graph.LabelInfo // as it was added last, in its commit; nil if it never was
	held       bool             // its quads are kept
	live       bool             // it has not ended
	spans      []span           // when it is seen
	first      [1]span          // where spans begin: mostly there is no other
	dependents []*known         // what rests on it
}

// A span is from which commit and before which one (0: none yet) a label is seen.
type span struct{ from, before int64 }

// at reports whether a label is seen after a commit.
func (k *known) at(commit int64) bool {
	return slices.ContainsFunc(k.spans, func(p span) bool {
		return p.from <= commit && (p.before == 0 || commit < p.before)
	})
}

func newSeen() *seen {
	return &seen{labels: map[graph.Label]*known{}, readings: map[graph.ID][]int64{}}
}

// grow makes room for the labels of commits that are to come.
func (s *seen) grow(commits []graph.Commit) {
	labels, documents := len(s.labels), len(s.readings)
	for _, c := range commits {
		labels += len(c.Added)
		documents++
	}
	if len(s.labels) == 0 {
		s.labels = make(map[graph.Label]*known, labels)
		s.readings = make(map[graph.ID][]int64, documents)
	}
	s.commits = slices.Grow(s.commits, len(commits))
}

// at reports whether a label is seen after a commit.
func (s *seen) at(label graph.Label, commit int64) bool {
	k := s.labels[label]
	return k != nil && k.at(commit)
}

// of returns what is known of a label, and begins to know it.
func (s *seen) of(label graph.Label) *known {
	k := s.labels[label]
	if k == nil {
		if len(s.spare) == 0 {
			s.spare = make([]known, labelsAtOnce)
		}
		k, s.spare = &s.spare[0], s.spare[1:]
		k.spans = k.first[:0]
		s.labels[label] = k
	}
	return k
}

// labelsAtOnce is for how many labels room is made.
const labelsAtOnce = 64

// add takes in the next commit.
func (s *seen) add(c graph.Commit) {
	s.commits = append(s.commits, c)
	documents := map[graph.ID]bool{} // whose readings it touches
	var touched []*known             // all but readings
	for i := range c.Added {
		info := &c.Added[i]
		k := s.of(info.Label)
		if k.info == nil {
			for _, in := range info.Inputs {
				if in != "" {
					input := s.of(in)
					input.dependents = append(input.dependents, k)
				}
			}
			if info.Layer == graph.LayerDecision {
				s.decisions = append(s.decisions, k)
			}
		}
		k.info, k.held, k.live = info, true, true
		if info.Layer == graph.LayerReading {
			documents[info.Document] = true
		} else {
			touched = append(touched, k)
		}
	}
	for _, label := range c.Ended {
		k := s.of(label)
		k.live = false
		switch {
		case k.info == nil:
		case k.info.Layer == graph.LayerReading:
			documents[k.info.Document] = true
		default:
			touched = append(touched, k)
		}
	}
	for document := range documents {
		s.readings[document] = append(s.readings[document], c.Number)
		touched = append(touched, s.choose(document, c.Number)...)
	}
	// What rests on a label comes after it: authority file and reading, resolution, link.
	for len(touched) > 0 {
		k := touched[0]
		touched = touched[1:]
		if k.info == nil || k.info.Layer == graph.LayerReading {
			continue
		}
		is := k.live && !slices.ContainsFunc(k.info.Inputs, func(in graph.Label) bool { return in != "" && !s.at(in, c.Number) })
		touched = append(touched, k.set(is, c.Number)...)
	}
}

// choose notes which readings of a document are seen from a commit on, and returns what rests on those for which
// that is new.
func (s *seen) choose(document graph.ID, commit int64) (touched []*known) {
	var commits []graph.Commit // with the readings of the document only
	labels := map[graph.Label]bool{}
	for _, n := range s.readings[document] {
		from := &s.commits[n-1]
		c := graph.Commit{Number: from.Number, Time: from.Time}
		for _, info := range from.Added {
			if info.Layer == graph.LayerReading && info.Document == document {
				c.Added = append(c.Added, info)
				labels[info.Label] = true
			}
		}
		for _, label := range from.Ended {
			if labels[label] {
				c.Ended = append(c.Ended, label)
			}
		}
		commits = append(commits, c)
	}
	if len(commits) == 1 && len(labels) == 1 && len(commits[0].Ended) == 0 { // as nearly always
		return s.of(commits[0].Added[0].Label).set(true, commit)
	}
	live := graph.Select(commits, graph.At{}).Live
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		_, is := live[label]
		touched = append(touched, s.of(label).set(is, commit)...)
	}
	return touched
}

// set notes whether a label is seen from a commit on, and returns what rests on
// it if that is new.
func (k *known) set(is bool, commit int64) []*known {
	if k.at(commit) == is {
		return nil
	}
	switch {
	case is:
		k.spans = append(k.spans, span{from: commit})
	case k.spans[len(k.spans)-1].from == commit: // it was seen for a moment inside this commit
		k.spans = k.spans[:len(k.spans)-1]
	default:
		k.spans[len(k.spans)-1].before = commit
	}
	return k.dependents
}
