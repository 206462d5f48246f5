package store

import (
	"iter"
	"maps"
	"slices"

	"whence/graph"
	"whence/graph/codec"
)

// seen is what the ledger says of labels, and [graph.Select] for the zero At after every commit. It is kept up
// to date by looking only at what a commit touches: selecting anew after each would make a
// load take time in the square of its documents.
//
// Commits are kept as they stand in the log, and cut out of them what is known by name.
type seen struct {
	text      heap
	entries   column[place] // of the log; that of commit n is the nth
	newest    graph.Commit  // that of the last entry
	labels    names
	known     column[known] // by the number of the label
	versions  names
	documents names
	readings  column[chain] // by the number of the document: the commits that added or ended readings of it
	decisions []uint32      // every one there ever was, in order of arrival
	layers    []graph.Layer
	links     column[link]      // of the chains
	spans     column[olderSpan] // of labels that are seen again
}

// A known label was in some commit, or is an input of one that was.
type known struct {
	commit     int64  // in which it was added last; 0 if it never was
	layer      uint8  // in layers
	held       bool   // its quads are kept
	live       bool   // it has not ended
	version    uint32 // in versions, 0 for none
	inputs     chain  // the labels that it rests on
	dependents chain  // the labels that rest on it
	last       span   // when it is seen, at last; zero if it never was
	older      uint32 // in spans: when it was seen before that; 0 for never
}

// A span is from which commit and before which one (0: none yet) a label is seen.
type span struct{ from, before int64 }

type olderSpan struct {
	span
	older uint32 // 0 for none
}

func (s span) has(commit int64) bool {
	return s.from != 0 && s.from <= commit && (s.before == 0 || commit < s.before)
}

func newSeen() *seen {
	return &seen{labels: newNames(), versions: newNames(), documents: newNames()}
}

// each gives the numbers of a chain, the last one first.
func (s *seen) each(c chain) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for c != 0 {
			l := s.links.at(uint32(c))
			if !yield(l.number) {
				return
			}
			c = l.rest
		}
	}
}

// put puts a number before those of a chain.
func (s *seen) put(c *chain, number uint32) { *c = chain(s.links.add(link{number, *c})) }

// commit returns the commit with a number.
func (s *seen) commit(number int64) graph.Commit {
	if number == s.newest.Number {
		return s.newest
	}
	return decoded(s.entry(number))
}

// entry returns how the commit with a number stands in the log.
func (s *seen) entry(number int64) string { return s.text.at(*s.entries.at(uint32(number))) }

// decoded returns the commit of an entry that was decoded before.
func decoded(entry string) graph.Commit {
	c, _ := codec.DecodeEntry(entry)
	return c
}

// find returns what is known of a label, nil if nothing is.
func (s *seen) find(label graph.Label) *known {
	if n := s.labels.number(&s.text, string(label)); n != 0 {
		return s.known.at(n)
	}
	return nil
}

// label returns the label with a number.
func (s *seen) label(number uint32) graph.Label { return graph.Label(s.labels.at(&s.text, number)) }

// layer returns the layer of a label, "" of one that was never added.
func (s *seen) layer(k *known) graph.Layer {
	if k.commit == 0 {
		return ""
	}
	return s.layers[k.layer]
}

// info returns what is known of a label that was added.
func (s *seen) info(label graph.Label, k *known) graph.LabelInfo {
	added := s.commit(k.commit).Added
	return added[slices.IndexFunc(added, func(i graph.LabelInfo) bool { return i.Label == label })]
}

// at reports whether a label is seen after a commit.
func (s *seen) at(label graph.Label, commit int64) bool {
	k := s.find(label)
	return k != nil && s.sees(k, commit)
}

// sees is at, of what is known of a label.
func (s *seen) sees(k *known, commit int64) bool {
	if k.last.has(commit) {
		return true
	}
	for n := k.older; n != 0; {
		o := s.spans.at(n)
		if o.has(commit) {
			return true
		}
		n = o.older
	}
	return false
}

// of returns the number of a label, and begins to know it. entry mentions it.
func (s *seen) of(label graph.Label, entry *cutter) uint32 {
	n := s.number(&s.labels, string(label), entry)
	if n > s.known.len() {
		s.known.add(known{})
	}
	return n
}

// number numbers a string that an entry mentions.
func (s *seen) number(in *names, str string, entry *cutter) uint32 {
	if n := in.number(&s.text, str); n != 0 {
		return n
	}
	p, found := entry.cut(str)
	if !found {
		p = s.text.keep(str)
	}
	return in.add(&s.text, p)
}

// add takes in the next commit. entry is how it stands in the log.
func (s *seen) add(c graph.Commit, entry string) {
	at := s.text.keep(entry)
	s.entries.add(at)
	s.newest = c
	cut := &cutter{whole: s.text.at(at), at: at}
	documents := map[graph.ID]bool{} // whose readings it touches
	var touched []uint32             // all but readings
	for _, info := range c.Added {
		n := s.of(info.Label, cut)
		k := s.known.at(n)
		if k.commit == 0 {
			for _, label := range info.Inputs {
				if label != "" {
					input := s.of(label, cut)
					s.put(&k.inputs, input)
					s.put(&s.known.at(input).dependents, n)
				}
			}
			if info.Layer == graph.LayerDecision {
				s.decisions = append(s.decisions, n)
			}
		}
		k.commit, k.held, k.live, k.layer = c.Number, true, true, s.numberOf(info.Layer)
		k.version = 0
		if info.Version != "" {
			k.version = s.number(&s.versions, string(info.Version), cut)
		}
		if info.Layer == graph.LayerReading {
			documents[info.Document] = true
		} else {
			touched = append(touched, n)
		}
	}
	for _, label := range c.Ended {
		n := s.of(label, cut)
		k := s.known.at(n)
		k.live = false
		switch s.layer(k) {
		case "":
		case graph.LayerReading:
			documents[s.info(label, k).Document] = true
		default:
			touched = append(touched, n)
		}
	}
	for document := range documents {
		touched = append(touched, s.choose(document, c.Number, cut)...)
	}
	// What rests on a label comes after it: authority file and reading, resolution, link.
	for len(touched) > 0 {
		k := s.known.at(touched[0])
		touched = touched[1:]
		if layer := s.layer(k); layer == "" || layer == graph.LayerReading {
			continue
		}
		is := k.live
		for input := range s.each(k.inputs) {
			is = is && s.sees(s.known.at(input), c.Number)
		}
		touched = append(touched, s.set(k, is, c.Number)...)
	}
}

// numberOf returns the number of a layer. There are few.
func (s *seen) numberOf(layer graph.Layer) uint8 {
	i := slices.Index(s.layers, layer)
	if i < 0 {
		i = len(s.layers)
		s.layers = append(s.layers, layer)
	}
	return uint8(i)
}

// commitsOf returns the commits that touched readings of a document, in order.
func (s *seen) commitsOf(document graph.ID) []int64 {
	n := s.documents.number(&s.text, string(document))
	if n == 0 {
		return nil
	}
	var commits []int64
	for number := range s.each(*s.readings.at(n)) {
		commits = append(commits, int64(number))
	}
	slices.Reverse(commits)
	return commits
}

// choose notes which readings of a document are seen from a commit on, and returns what rests on those for which
// that is new.
func (s *seen) choose(document graph.ID, commit int64, entry *cutter) (touched []uint32) {
	n := s.number(&s.documents, string(document), entry)
	if n > s.readings.len() {
		s.readings.add(0)
	}
	s.put(s.readings.at(n), uint32(commit))
	var commits []graph.Commit // with the readings of the document only
	labels := map[graph.Label]bool{}
	for _, n := range s.commitsOf(document) {
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
		return s.set(s.find(commits[0].Added[0].Label), true, commit)
	}
	live := graph.Select(commits, graph.At{}).Live
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		_, is := live[label]
		touched = append(touched, s.set(s.find(label), is, commit)...)
	}
	return touched
}

// set notes whether a label is seen from a commit on, and returns what rests on
// it if that is new.
func (s *seen) set(k *known, is bool, commit int64) []uint32 {
	if s.sees(k, commit) == is {
		return nil
	}
	switch {
	case is:
		if k.last.from != 0 {
			k.older = s.spans.add(olderSpan{k.last, k.older})
		}
		k.last = span{from: commit}
	case k.last.from == commit: // it was seen for a moment inside this commit
		k.last = span{}
		if k.older != 0 {
			before := s.spans.at(k.older)
			k.last, k.older = before.span, before.older
		}
	default:
		k.last.before = commit
	}
	return slices.Collect(s.each(k.dependents))
}
