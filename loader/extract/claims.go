package extract

import (
	"sort"

	"whence/graph"
)

func coveredBy(s graph.Span, spans []graph.Span) int {
	n := 0
	for _, c := range spans {
		if c.Overlaps(s) {
			n += min(c.End, s.End) - max(c.Start, s.Start)
		}
	}
	return n
}

func insideAny(s graph.Span, spans []graph.Span) bool {
	for _, c := range spans {
		if c.Contains(s) {
			return true
		}
	}
	return false
}

// claims makes the attributions claims, in order of their first words, longer ones first.
func (x *extraction) claims() {
	sort.SliceStable(x.found, func(i, j int) bool {
		a, b := x.found[i].content[0], x.found[j].content[0]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
	seen := map[string]int{}
	d := x.r.Document
	for _, a := range x.found {
		c := graph.Claim{
			Document: d.ID, Version: x.r.Version.ID, Segment: x.r.Segments[a.segment].ID, Mode: a.mode, Polarity: graph.Positive,
			StatedOn: x.statedOn(a.segment), Rule: a.rule, Confidence: a.confidence,
		}
		for _, s := range a.content {
			c.Content = append(c.Content, graph.NewPassage(x.text, s))
		}
		if a.source.Len() > 0 {
			c.Source = []graph.Passage{graph.NewPassage(x.text, a.source)}
		}
		if a.cue.Len() > 0 {
			c.Cue = []graph.Passage{graph.NewPassage(x.text, a.cue)}
		}
		for _, h := range hedges(x.text, a.content) {
			c.Hedges = append(c.Hedges, graph.NewPassage(x.text, h))
		}
		if a.negative {
			c.Polarity = graph.Negative
		}
		c.Worth = worthOf(a, c.Words())
		exact := graph.FoldSpace(c.Words())
		c.ID = graph.NewClaimID(d.ID, exact, seen[exact])
		seen[exact]++
		x.r.Claims = append(x.r.Claims, c)
	}
	x.nest()
	x.saidIn()
}

// nest finds for each claim the smallest other one that holds all its words and its cue.
func (x *extraction) nest() {
	for i := range x.found {
		best := -1
		for j := i - 1; j >= max(0, i-maxBack); j-- { // an enclosing claim begins no later
			if x.found[j].segment != x.found[i].segment {
				break
			}
			if x.found[j].mode != graph.ModeVoice && x.encloses(j, i) && (best < 0 || length(x.found[j].content) < length(x.found[best].content)) {
				best = j
			}
		}
		for j := i + 1; j < len(x.found) && x.found[j].content[0].Start == x.found[i].content[0].Start; j++ {
			if x.found[j].mode != graph.ModeVoice && x.encloses(j, i) && best < 0 {
				best = j
			}
		}
		if best >= 0 {
			x.r.Claims[i].Within = x.r.Claims[best].ID
		}
	}
}

func length(spans []graph.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

func (x *extraction) encloses(outer, inner int) bool {
	o, in := x.found[outer], x.found[inner]
	if length(o.content) <= length(in.content) {
		return false
	}
	for _, s := range append(append([]graph.Span{}, in.content...), in.cue) {
		if s.Len() > 0 && !insideAny(s, o.content) {
			return false
		}
	}
	return true
}
