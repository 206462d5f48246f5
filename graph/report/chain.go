package report

import (
	"cmp"
	"slices"

	"whence/graph"
)

// Chains are which claims of a survey have their content from which.
type chains struct {
	s     *graph.Survey
	index map[graph.ID]int // of a claim in s.Claims
	links [][]link         // of each claim, in order of the claim that they lead to
}

// A link leads from a claim to one that it has its content from: a relation says
// so, or the words of the claim cite a document that is held and in which a claim
// of the same family stands.
type link struct {
	to     int             // in s.Claims
	by     *graph.Relation // nil when the text cites it and no relation says so
	source *graph.Source   // the citation; nil when only a relation says so
}

// declared reports whether the text, or a person, says that it is so.
func (l link) declared() bool {
	return l.source != nil || l.by.Basis == graph.BasisDeclared || l.by.Basis == graph.BasisStated || l.by.Basis == graph.BasisPerson ||
		l.by.Status == graph.StatusConfirmed
}

// score returns how sure the link is.
func (l link) score() graph.Confidence {
	if l.by == nil {
		return 1000
	}
	return l.by.Score
}

// A told is a family in one document.
type told struct{ document, family graph.ID }

func newChains(s *graph.Survey) *chains {
	c := &chains{s: s, index: make(map[graph.ID]int, len(s.Claims)), links: make([][]link, len(s.Claims))}
	in := map[told][]int{} // claims that are the document's own, not a reader's
	for i := range s.Claims {
		claim := &s.Claims[i]
		c.index[claim.Claim.ID] = i
		if !byReader(claim) {
			key := told{claim.Claim.Document, claim.Family}
			in[key] = append(in[key], i)
		}
	}
	for i := range s.Claims {
		claim := &s.Claims[i]
		for _, take := range claim.Takes {
			if to, ok := c.index[take.To]; ok {
				c.links[i] = append(c.links[i], link{to: to, by: take.Relation})
			}
		}
		for _, source := range sourcesOf(s, claim) {
			d := s.Held[source.ID]
			if d == "" || d == claim.Claim.Document {
				continue
			}
			for _, to := range in[told{d, claim.Family}] {
				c.cite(i, to, source)
			}
		}
		slices.SortStableFunc(c.links[i], func(a, b link) int { return cmp.Compare(a.to, b.to) })
	}
	return c
}

// cite notes that the words of a claim cite another's document.
func (c *chains) cite(from, to int, source *graph.Source) {
	for k := range c.links[from] {
		if l := &c.links[from][k]; l.to == to {
			if l.source == nil {
				l.source = source
			}
			return
		}
	}
	c.links[from] = append(c.links[from], link{to: to, source: source})
}

// sourcesOf returns what a claim, or the claim that reports it, names as where it
// was said or where its figures are from, in order of ID.
func sourcesOf(s *graph.Survey, c *graph.TracedClaim) []*graph.Source {
	var out []*graph.Source
	for range maxWithin {
		if c.SaidIn != nil {
			out = append(out, c.SaidIn)
		}
		out = append(out, c.Cites...)
		for _, f := range c.Figures {
			if f.Source != nil {
				out = append(out, f.Source)
			}
		}
		if c = s.Claim(c.Claim.Within); c == nil {
			break
		}
	}
	slices.SortFunc(out, func(a, b *graph.Source) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(out, func(a, b *graph.Source) bool { return a.ID == b.ID })
}

// maxWithin bounds how many claims that enclose one another are looked at.
const maxWithin = 4

// tierOf ranks a claim by how near to the record it stands: 0 for what a reader
// wrote, else as [graph.DocumentKind.Tier]. ok is false when the kind is not known.
func tierOf(c *graph.TracedClaim) (tier int, ok bool) {
	switch {
	case byReader(c):
		return 0, true
	case c.Document == nil:
		return 0, false
	}
	return c.Document.Kind.Tier()
}

// components returns the strongly connected components of a graph of n nodes:
// component[i] is the number of i's. What a node leads to has a lower number than
// it, or the same (Tarjan, without recursion: chains may be long).
func components(n int, next func(int) []int) (component []int, count int) {
	const unseen = -1
	component = make([]int, n)
	order, low := make([]int, n), make([]int, n)
	for i := range component {
		component[i], order[i] = unseen, unseen
	}
	type frame struct {
		node int
		next []int
	}
	var stack []int
	seen := 0
	for root := range n {
		if order[root] != unseen {
			continue
		}
		var frames []frame
		enter := func(v int) {
			order[v], low[v] = seen, seen
			seen++
			stack = append(stack, v)
			frames = append(frames, frame{v, next(v)})
		}
		enter(root)
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if len(f.next) > 0 {
				w := f.next[0]
				f.next = f.next[1:]
				if order[w] == unseen {
					enter(w)
				} else if component[w] == unseen {
					low[f.node] = min(low[f.node], order[w])
				}
				continue
			}
			v := f.node
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				up := frames[len(frames)-1].node
				low[up] = min(low[up], low[v])
			}
			if low[v] < order[v] {
				continue
			}
			for {
				w := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				component[w] = count
				if w == v {
					break
				}
			}
			count++
		}
	}
	return component, count
}

// byReader reports whether a reader of the document wrote a claim.
func byReader(c *graph.TracedClaim) bool { return c.Segment != nil && c.Segment.Type.IsReader() }
