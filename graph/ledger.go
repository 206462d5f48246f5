package graph

import (
	"slices"
	"sort"
	"time"
)

// A Commit is one entry of the ledger. Number starts at 1 and grows by 1; Time
// is UTC and never runs back.
type Commit struct {
	Number int64
	Time   time.Time
	Run    string
	By     string
	Reason string
	Added  []LabelInfo // sorted by label
	Ended  []Label     // sorted
	Erased []Tombstone // texts that are gone for good
}

// LabelInfo is what the ledger knows of a label.
type LabelInfo struct {
	Label    Label
	Layer    Layer
	Document ID      // of a reading or resolution
	Version  ID      // of a reading or resolution
	Inputs   []Label // of a resolution: reading, authority; of a link: its two resolutions
	Build    string  // of the extractor of a reading, the matcher of a link
	Capture  Capture // of a reading
	Commit   int64   // in which it was added
	Recorded time.Time
}

// A Tombstone remembers that something was erased, without its words.
type Tombstone struct {
	Document ID
	TextHash string
	Reason   string
	By       string
	At       time.Time
}

// At is the two clocks of a question. The zero At asks about now.
type At struct {
	// AsOf leaves out what was published later than this date. "" leaves out nothing.
	AsOf Date
	// KnownBy leaves out what was recorded after this time. The zero time leaves out nothing.
	KnownBy time.Time
	// Only, if not nil, is what a reader sees, whatever was recorded when: AsOf then
	// leaves out only what is dated, and KnownBy says nothing.
	Only *Selection
}

// A Selection is which labels a reader sees at a time, and what was left aside.
type Selection struct {
	Live     map[Label]LabelInfo
	Warnings []string // sorted, one sentence each
}

// Live returns the labels recorded by a time and not ended by then; the zero time is now.
func Live(ledger []Commit, knownBy time.Time) map[Label]LabelInfo {
	live := map[Label]LabelInfo{}
	for _, c := range ledger {
		if !knownBy.IsZero() && c.Time.After(knownBy) {
			break
		}
		for _, info := range c.Added {
			live[info.Label] = info
		}
		for _, l := range c.Ended {
			delete(live, l)
		}
	}
	return live
}

// Held returns the labels whose content is kept: all that were ever recorded,
// but for those of documents that were erased since, and the links to them.
func Held(ledger []Commit) map[Label]LabelInfo {
	held := map[Label]LabelInfo{}
	for _, c := range ledger {
		for _, info := range c.Added {
			held[info.Label] = info
		}
		if len(c.Erased) == 0 {
			continue
		}
		erased := map[ID]bool{}
		for _, t := range c.Erased {
			erased[t.Document] = true
		}
		gone := map[Label]bool{}
		for label, info := range held {
			if info.Document != "" && erased[info.Document] {
				gone[label] = true
			}
		}
		for label, info := range held {
			if gone[label] || info.Layer == LayerLink && slices.ContainsFunc(info.Inputs, func(in Label) bool { return gone[in] }) {
				delete(held, label)
			}
		}
	}
	return held
}

// Select returns the labels that are seen at a time. It is the one rule for all stores:
//
//  1. labels added by KnownBy and not ended by then;
//  2. of the readings of one document from one origin, those of one version: the
//     latest retrieved by AsOf, else the earliest, with a warning. What does not
//     say when it was retrieved counts from when it was recorded. An origin is the
//     document's URI when it was given from outside the file, else the path, so that
//     a file that merely claims a URI never hides another;
//  3. resolutions and links all of whose inputs are seen.
func Select(ledger []Commit, at At) Selection {
	type lineage struct {
		document ID
		path     string
	}
	if at.Only != nil {
		return *at.Only
	}
	sel := Selection{Live: Live(ledger, at.KnownBy)}
	groups := map[lineage][]LabelInfo{}
	for _, info := range sel.Live {
		if info.Layer != LayerReading {
			continue
		}
		key := lineage{info.Document, info.Capture.Path}
		if info.Capture.Trusted {
			key.path = ""
		}
		groups[key] = append(groups[key], info)
	}
	warned := map[string]bool{}
	for _, infos := range groups {
		best, early := latestBy(infos, at.AsOf)
		if early {
			warned["the earliest copy held of "+best.Document.Short()+" was retrieved after "+string(at.AsOf)] = true
		}
		for _, info := range infos {
			if info.Version != best.Version {
				delete(sel.Live, info.Label)
			}
		}
	}
	for label, info := range sel.Live {
		if info.Layer == LayerResolution && !sel.holds(info.Inputs) {
			delete(sel.Live, label)
		}
	}
	for label, info := range sel.Live {
		if info.Layer == LayerLink && !sel.holds(info.Inputs) {
			delete(sel.Live, label)
		}
	}
	for w := range warned {
		sel.Warnings = append(sel.Warnings, w)
	}
	sort.Strings(sel.Warnings)
	return sel
}

func (s Selection) holds(labels []Label) bool {
	for _, l := range labels {
		if _, ok := s.Live[l]; l != "" && !ok {
			return false
		}
	}
	return true
}

// latestBy picks the capture latest retrieved by a date; early says that all of
// them are later and the earliest was taken.
func latestBy(infos []LabelInfo, asOf Date) (best LabelInfo, early bool) {
	sort.Slice(infos, func(i, j int) bool {
		a, b := infos[i], infos[j]
		if ra, rb := a.retrieved(), b.retrieved(); !ra.Equal(rb) {
			return ra.Before(rb)
		}
		if a.Commit != b.Commit {
			return a.Commit < b.Commit
		}
		return a.Label < b.Label
	})
	best = infos[len(infos)-1]
	if asOf == "" || len(infos) == 1 {
		return best, false
	}
	for i := len(infos) - 1; i >= 0; i-- {
		if infos[i].retrieved().Before(asOf.End()) {
			return infos[i], false
		}
	}
	return infos[0], true
}

func (i LabelInfo) retrieved() time.Time {
	if i.Capture.Retrieved.IsZero() {
		return i.Recorded
	}
	return i.Capture.Retrieved
}
