package graph

import (
	"fmt"
	"slices"
)

// leftOut counts what a question leaves aside, so that the answer can say so.
type leftOut struct {
	asOf    Date
	later   map[ID]bool
	undated map[ID]bool
	readers map[ID]bool
	unsure  map[ID]bool
	some    bool // there may be more: not all that was asked about was read
}

func newLeftOut(asOf Date) *leftOut {
	return &leftOut{asOf: asOf, later: map[ID]bool{}, undated: map[ID]bool{}, readers: map[ID]bool{}, unsure: map[ID]bool{}}
}

// sees reports whether what was stated on a date is seen. The rule of the two
// clocks: what is undated is left out of a question about a date, and never taken for late.
func (at At) sees(on Date) bool { return at.AsOf == "" || on != "" && !on.After(at.AsOf) }

// dated reports whether what was stated on a date is seen, as [At.sees] says, and counts it if not.
func (l *leftOut) dated(id ID, on Date) bool {
	switch {
	case l.asOf == "":
		return true
	case on == "":
		l.undated[id] = true
		return false
	case on.After(l.asOf):
		l.later[id] = true
		return false
	}
	return true
}

// between reports whether a date lies between two days, inclusive, as far as its
// precision tells. What is undated does not, and is counted.
func (l *leftOut) between(id ID, on, from, to Date) bool {
	if from == "" && to == "" {
		return true
	}
	if on == "" {
		l.undated[id] = true
		return false
	}
	return !from.After(on) && !on.After(to)
}

// reader counts something of a reader that was left out.
func (l *leftOut) reader(id ID) { l.readers[id] = true }

// sure reports whether something was found with at least a confidence, and counts it if not.
func (l *leftOut) sure(id ID, c, least Confidence) bool {
	if c < least {
		l.unsure[id] = true
	}
	return c >= least
}

// warnings says what was left out of a kind of thing, one sentence each, sorted.
func (l *leftOut) warnings(noun string) []string {
	var out []string
	least := ""
	if l.some {
		least = "At least "
	}
	say := func(set map[ID]bool, why string) {
		switch len(set) {
		case 0:
		case 1:
			out = append(out, fmt.Sprintf("%s1 %s is left out: %s.", least, noun, why))
		default:
			out = append(out, fmt.Sprintf("%s%d %ss are left out: %s.", least, len(set), noun, why))
		}
	}
	say(l.later, "stated after "+string(l.asOf))
	say(l.undated, "undated")
	say(l.readers, "said by readers in comments")
	say(l.unsure, "below the confidence asked for")
	slices.Sort(out)
	return out
}

// merged joins lists of warnings, sorted, each once.
func merged(lists ...[]string) []string {
	out := slices.Concat(lists...)
	slices.Sort(out)
	return slices.Compact(out)
}
