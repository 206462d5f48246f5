package store

import (
	"maps"
	"slices"

	"whence/graph"
	"whence/graph/codec"
)

// seen is what the ledger says of labels, and [graph.Select] for the zero At after every commit. It is kept up
// to date by looking only at what a commit touches: selecting anew after each would make a
// load take time in the square of its documents.
//
// A large store has a hundred thousand labels, nearly all of them of links, for as long as it is open. So commits are kept
// as they stand in the log, and of links only what is needed: the garbage collector looks at every pointer again and again.
type seen struct {
	labels    map[graph.Label]*known
	entries   []string             // of the log; the one with number n at n-1
	newest    graph.Commit         // that of the last entry
	readings  map[graph.ID][]int64 // by document: the commits that added or ended readings of it
	decisions []*known             // every one there ever was, in order of arrival
	spare     []known              // room for labels
	room      []*known             // for lists of them
}

// A known label was in some commit, or is an input of one that was.
type known struct {
	label      graph.Label
	info       *graph.LabelInfo // as it was added last; nil if it never was, and of a link
	commit     int64            // in which it was added last; 0 if it never was
	isLink     bool
	held       bool     // its quads are kept
	live       bool     // it has not ended
	inputs     []*known // what it rests on
	dependents []*known // what rests on it
	spans      []span   // when it is seen
	first      [1]span  // where spans begin: mostly there is no other
}

// layer returns the layer of a label that was added.
func (k *known) layer() graph.Layer {
	switch {
	case k.isLink:
		return graph.LayerLink
	case k.info != nil:
		return k.info.Layer
	}
	return ""
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

// commit returns the commit with a number.
func (s *seen) commit(number int64) graph.Commit {
	if number == s.newest.Number {
		return s.newest
	}
	return decoded(s.entries[number-1])
}

// decoded returns the commit of an entry that was decoded before.
func decoded(entry string) graph.Commit {
	c, _ := codec.DecodeEntry(entry)
	return c
}

// info returns what is known of a label that was added.
func (s *seen) info(k *known) graph.LabelInfo {
	if k.info != nil {
		return *k.info
	}
	added := s.commit(k.commit).Added
	return added[slices.IndexFunc(added, func(i graph.LabelInfo) bool { return i.Label == k.label })]
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
		k.label, k.spans = label, k.first[:0]
		s.labels[label] = k
	}
	return k
}

// labelsAtOnce is for how many labels room is made: many small pieces would keep the garbage collector busy too.
const labelsAtOnce = 64

// all returns what is known of labels, without "".
func (s *seen) all(labels []graph.Label) []*known {
	n := len(labels)
	if n > len(s.room) {
		s.room = make([]*known, max(n, labelsAtOnce))
	}
	out := s.room[:0:n]
	s.room = s.room[n:]
	for _, l := range labels {
		if l != "" {
			out = append(out, s.of(l))
		}
	}
	return out
}

// add takes in the next commit. entry is how it stands in the log.
func (s *seen) add(c graph.Commit, entry string) {
	s.entries, s.newest = append(s.entries, entry), c
	documents := map[graph.ID]bool{} // whose readings it touches
	var touched []*known             // all but readings
	for i := range c.Added {
		info := &c.Added[i]
		k := s.of(info.Label)
		if k.commit == 0 {
			k.inputs = s.all(info.Inputs)
			for _, input := range k.inputs {
				input.dependents = append(input.dependents, k)
			}
			if info.Layer == graph.LayerDecision {
				s.decisions = append(s.decisions, k)
			}
		}
		k.commit, k.held, k.live = c.Number, true, true
		if k.isLink = info.Layer == graph.LayerLink; !k.isLink {
			own := *info // the list goes
			k.info = &own
		}
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
		case k.commit == 0:
		case k.layer() == graph.LayerReading:
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
		if k.commit == 0 || k.layer() == graph.LayerReading {
			continue
		}
		is := k.live && !slices.ContainsFunc(k.inputs, func(in *known) bool { return !in.at(c.Number) })
		touched = append(touched, k.set(is, c.Number)...)
	}
}

// choose notes which readings of a document are seen from a commit on, and returns what rests on those for which
// that is new.
func (s *seen) choose(document graph.ID, commit int64) (touched []*known) {
	var commits []graph.Commit // with the readings of the document only
	labels := map[graph.Label]bool{}
	for _, n := range s.readings[document] {
		from := s.commit(n)
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
