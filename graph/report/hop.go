package report

import (
	"fmt"
	"slices"
	"strings"

	"whence/graph"
)

// claimHop shows a claim with its words.
func claimHop(c *graph.TracedClaim, by *graph.Relation, why string) Hop {
	return Hop{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: slices.Concat(c.Claim.Source, c.Claim.Cue, c.Claim.Content), By: by, Why: why}
}

// sourceHop shows a source with the words by which a claim's document cites it.
func sourceHop(c *graph.TracedClaim, src *graph.Source, by *graph.Relation, why string) Hop {
	return Hop{Node: src.ID, Document: c.Claim.Document, Evidence: citing(c, src), By: by, Why: why}
}

// citing returns the words by which the document of a claim cites a source. One
// with an address has the words of every document that cites it: of those, the
// ones that stand in the claim or right after it are its own.
func citing(c *graph.TracedClaim, src *graph.Source) []graph.Passage {
	if src.URL == "" {
		if src.Document == c.Claim.Document {
			return src.Passages
		}
		return nil
	}
	var out []graph.Passage
	for _, p := range src.Passages {
		if slices.ContainsFunc(slices.Concat(c.Claim.Content, c.Claim.Source, c.Claim.Cue), func(q graph.Passage) bool { return beside(q, p) }) {
			out = append(out, p)
		}
	}
	return out
}

// beside reports whether a passage stands in another, or in the words kept after it.
func beside(q, p graph.Passage) bool {
	if q.Contains(p.Span) {
		return q.Exact[p.Start-q.Start:p.End-q.Start] == p.Exact
	}
	gap := p.Start - q.End
	return gap >= 0 && gap < len(q.Suffix) && strings.HasPrefix(p.Exact, q.Suffix[gap:min(len(q.Suffix), gap+len(p.Exact))])
}

// linkHop shows the claim that a link leads to.
func (c *chains) linkHop(l link) Hop {
	why := "is taken from"
	switch {
	case l.source != nil:
		why = "cites " + sourceName(c.s, l.source) + ", which is held"
	case len(l.by.Reasons) > 0:
		why = strings.Join(l.by.Reasons, ", ")
	}
	return claimHop(&c.s.Claims[l.to], l.by, why)
}

// pathHops shows the nodes on the way of a claim, after the claim itself.
func pathHops(s *graph.Survey, c *graph.TracedClaim, w graph.Way) []Hop {
	var hops []Hop
	at, citer := c.Claim.ID, c
	for _, e := range w.Path {
		to := e.To
		if to == at {
			to = e.From
		}
		at = to
		by := relationOf(s, e.From, e.Kind, e.To)
		why := strings.ReplaceAll(string(e.Kind), "-", " ")
		if next := s.Claim(to); next != nil {
			citer = next
			hops = append(hops, claimHop(next, by, why))
			continue
		}
		if src, ok := s.Node(to).(*graph.Source); ok {
			hops = append(hops, sourceHop(citer, src, by, why))
			continue
		}
		if s.Document(to) != nil {
			hops = append(hops, Hop{Node: to, Document: to, By: by, Why: why})
			continue
		}
		if f := figureOf(citer, to); f != nil {
			hops = append(hops, Hop{Node: to, Document: f.Document, Evidence: []graph.Passage{f.Figure}, Why: why})
		}
	}
	return hops
}

// relationOf returns the relation of two nodes, or nil when there is none.
func relationOf(s *graph.Survey, from graph.ID, kind graph.Predicate, to graph.ID) *graph.Relation {
	r, _ := s.Node(graph.NewRelationID(from, kind, to)).(*graph.Relation)
	return r
}

// figureOf returns a figure of a claim, or nil.
func figureOf(c *graph.TracedClaim, id graph.ID) *graph.Statistic {
	for _, f := range c.Figures {
		if f.Statistic.ID == id {
			return f.Statistic
		}
	}
	return nil
}

// title names a document for people.
func title(d *graph.Document) string {
	switch {
	case d == nil:
		return "a document"
	case d.Title != "":
		return "“" + d.Title + "”"
	case d.Publisher != "":
		return "a document of " + d.Publisher
	}
	id := d.ID.Short()
	if hash, ok := strings.CutPrefix(id, "text:"); ok && len(hash) > hashDigits {
		return "text:" + hash[:hashDigits] + "…"
	}
	return id
}

// hashDigits is how much is shown of the name of a document that has no other.
const hashDigits = 12

// sourceName names a source for people.
func sourceName(s *graph.Survey, src *graph.Source) string {
	name := src.Publisher
	if a := s.Who[src.ID]; a != nil {
		name = a.Name
	}
	if name == "" {
		name = strings.Join(src.Authors, ", ")
	}
	switch {
	case src.Title != "" && name != "":
		name += ": “" + src.Title + "”"
	case src.Title != "":
		name = "“" + src.Title + "”"
	case name == "" && src.URL != "":
		name = src.URL
	case name == "":
		name = "a source without a name"
	}
	if src.Date != "" {
		name += ", " + string(src.Date)
	}
	return name
}

// speaker names who makes a claim, and says so when that is no more than a name.
func speaker(c *graph.TracedClaim) string {
	switch {
	case c.Speaker == nil:
		return "somebody who is not known"
	case !c.Speaker.Identified:
		return c.Speaker.Name + " (a name only, not identified)"
	}
	return c.Speaker.Name
}

// several writes a number of things.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
