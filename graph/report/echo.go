package report

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"whence/graph"
)

// echo lists families of claims that more documents tell than there are
// sources for them. The effective sources are the distinct beginnings of all their
// ways, of whatever basis: claims that have their content from nowhere else, places
// that are named and not held, and circles that nothing leads out of. Beginnings of
// one publisher or wire are one, and so are those of which four in five runs of
// eight words are the same (of the words of the claim and, when it has fewer than
// eight, of those beside it).
//
//	echo = 1 − effective sources / documents
//
// The dominator is the claim or place that lies on every way from every claim of the
// family to every beginning: all of them rest on it. The first, seen from the claims,
// is named. It is not the one that most of them cite: one way around it suffices.
//
// Severity is the echo in thousandths. A family in which every document is a source of
// its own is no finding.
func echo(s *graph.Survey, _ Filter) Report {
	e := newEchoes(newChains(s))
	var r Report
	for i := range s.Claims {
		c := &s.Claims[i]
		if c.Family != c.Claim.ID {
			continue
		}
		members := e.members(c.Family)
		if documents := documentsOf(s, members); len(documents) > 1 {
			if x, ok := e.finding(c.Family, members, len(documents)); ok {
				r.Findings = append(r.Findings, x)
			}
			for _, m := range members {
				if s.Claims[m].Claim.StatedOn == "" && len(e.links[m])+len(e.named[m]) == 0 {
					r.Undated = append(r.Undated, s.Claims[m].Claim.ID)
				}
			}
		}
	}
	if len(r.Undated) > 0 {
		r.Unseen = append(r.Unseen, "Claims without a date that name no source count as sources of their own, unless their words are the same: who had them from whom is not known.")
	}
	r.Unseen = append(r.Unseen, "Whether sources that are not held rest on one another is not seen.")
	return r
}

// Echoes know, of every claim, what it names and is not held.
type echoes struct {
	*chains
	named [][]naming // of each claim
}

// A naming is a source that a claim names, and the place that it is: one for all
// sources that same-source links make one.
type naming struct {
	place  graph.ID
	source *graph.Source
}

func newEchoes(c *chains) *echoes {
	e := &echoes{chains: c, named: make([][]naming, len(c.links))}
	for i := range c.s.Claims {
		claim := &c.s.Claims[i]
		led := map[graph.ID]bool{claim.Claim.Document: true} // documents and places that it has a way to already
		for _, k := range c.links[i] {
			led[c.s.Claims[k.to].Claim.Document] = true
		}
		for _, src := range sourcesOf(c.s, claim) {
			if place := cmp.Or(c.s.Held[src.ID], c.s.Places[src.ID], src.ID); !led[place] {
				led[place] = true
				e.named[i] = append(e.named[i], naming{place, src})
			}
		}
	}
	return e
}

func documentsOf(s *graph.Survey, claims []int) []graph.ID {
	var out []graph.ID
	for _, i := range claims {
		out = append(out, s.Claims[i].Claim.Document)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// members returns the claims of a family.
func (e *echoes) members(family graph.ID) []int {
	ids := e.s.Family(family)
	out := make([]int, len(ids))
	for i, id := range ids {
		out[i] = e.index[id]
	}
	return out
}

func (e *echoes) finding(family graph.ID, members []int, documents int) (Finding, bool) {
	w := e.reach(members)
	roots := w.roots()
	groups := e.merge(w, roots)
	effective := len(groups)
	if effective >= documents {
		return Finding{}, false
	}
	x := Finding{
		Type: "echo", Severity: Severity(1000 - 1000*effective/documents), Subject: family,
		Why: fmt.Sprintf("%s tell this, and have it from %s.", several(documents, "document", "documents"), several(effective, "source", "sources")),
		Values: []Value{
			{"documents", strconv.Itoa(documents)},
			{"effective sources", strconv.Itoa(effective)},
			{"echo", fmt.Sprintf("%.3f", 1-float64(effective)/float64(documents))},
		},
	}
	shown := map[int]bool{}
	show := func(i int, why string) {
		if !shown[i] {
			shown[i] = true
			x.Hops = append(x.Hops, e.hops(w.nodes[i], why)...)
		}
	}
	if d := w.dominators(roots); len(d) > 0 {
		n := w.nodes[d[0]]
		x.Values = append(x.Values, Value{"dominator", string(e.id(n))})
		x.Why += fmt.Sprintf(" All of it rests on %s.", e.name(n))
		show(d[0], "all of it rests on this")
		if len(n.claims) > 0 && e.s.Claims[n.claims[0]].Family == family {
			x.Subject = e.id(n)
		}
	}
	for _, group := range groups {
		for _, i := range group {
			show(i, "a source")
		}
	}
	for i := range w.own {
		show(i, "tells it")
	}
	x.Date = e.s.Claim(x.Subject).Claim.StatedOn
	x.Hops = subjectFirst(x.Hops, x.Subject)
	return x, true
}

// subjectFirst puts the first hop of the subject before all others, and leaves its repeats out.
func subjectFirst(hops []Hop, subject graph.ID) []Hop {
	i := slices.IndexFunc(hops, func(h Hop) bool { return h.Node == subject })
	first := hops[i]
	rest := slices.DeleteFunc(hops, func(h Hop) bool { return h.Node == subject })
	return slices.Insert(rest, 0, first)
}

// id returns the first claim of a node, or the place that it is.
func (e *echoes) id(n node) graph.ID {
	if len(n.claims) > 0 {
		return e.s.Claims[n.claims[0]].Claim.ID
	}
	return n.source.ID
}

// name names a node for people.
func (e *echoes) name(n node) string {
	if len(n.claims) > 0 {
		return title(e.s.Claims[n.claims[0]].Document)
	}
	return sourceName(e.s, n.source)
}

// hops shows a node: its claims, or the words that name the place.
func (e *echoes) hops(n node, why string) []Hop {
	if len(n.claims) == 0 {
		return []Hop{sourceHop(&e.s.Claims[n.citer], n.source, nil, why)}
	}
	var out []Hop
	for _, i := range n.claims {
		out = append(out, claimHop(&e.s.Claims[i], nil, why))
	}
	return out
}

// merge makes one of the roots of one publisher, and of those with the same words.
// It returns the nodes of each.
func (e *echoes) merge(w *ways, roots [][]int) [][]int {
	var out [][]int
	publisher := map[string]int{} // to an index of out
	runs := map[uint64][]int{}    // to indices of out
	var sizes []int               // in shingles, of the first root of each
	for _, root := range roots {
		into := -1
		var keys []string
		var shingles []uint64
		for _, i := range root {
			if key := e.publisher(w.nodes[i]); key != "" {
				keys = append(keys, key)
			}
			for _, c := range w.nodes[i].claims {
				shingles = append(shingles, shinglesOf(e.s.Claims[c].Claim)...)
			}
		}
		for _, key := range keys {
			if g, ok := publisher[key]; ok {
				into = g
				break
			}
		}
		slices.Sort(shingles)
		shingles = slices.Compact(shingles)
		if into < 0 {
			into = sameWords(shingles, runs, sizes)
		}
		if into < 0 {
			into = len(out)
			out, sizes = append(out, nil), append(sizes, len(shingles))
			for _, h := range shingles {
				runs[h] = append(runs[h], into)
			}
		}
		out[into] = append(out[into], root...)
		for _, key := range keys {
			if _, ok := publisher[key]; !ok {
				publisher[key] = into
			}
		}
	}
	return out
}

// publisher returns what stands for the publisher of a claim's document, for the
// reader who wrote it, or for whom a place is attributed to.
func (e *echoes) publisher(n node) string {
	var who *graph.Agent
	name := ""
	if len(n.claims) > 0 {
		c := &e.s.Claims[n.claims[0]]
		if byReader(c) {
			return string(c.Segment.ID)
		}
		who = e.s.Who[c.Claim.Document]
		if c.Document != nil {
			name = c.Document.Publisher
		}
	} else {
		who, name = e.s.Who[n.source.ID], n.source.Publisher
	}
	if who != nil {
		return string(who.ID)
	}
	return strings.Join(graph.FoldWords(name), " ")
}

const (
	shingleWords = 8
	// Of the shingles of two texts, 4 in 5 of the shorter one make them one.
	sameShare, sameOf = 4, 5
)

// sameWords returns the first of what was seen, of these sizes, with which enough
// shingles are shared, or -1.
func sameWords(shingles []uint64, seen map[uint64][]int, sizes []int) int {
	shared := map[int]int{}
	best := -1
	for _, h := range shingles {
		for _, g := range seen[h] {
			if shared[g]++; sameOf*shared[g] >= sameShare*min(len(shingles), sizes[g]) && (best < 0 || g < best) {
				best = g
			}
		}
	}
	return best
}

// shinglesOf returns the hashes of the runs of eight words of a claim; of one that
// has fewer words, those of the words around it too.
func shinglesOf(c *graph.Claim) []uint64 {
	words := graph.FoldWords(c.Words())
	if len(words) < shingleWords {
		first, last := c.Content[0], c.Content[len(c.Content)-1]
		words = graph.FoldWords(first.Prefix + c.Words() + last.Suffix)
	}
	var out []uint64
	for i := 0; i+shingleWords <= len(words); i++ {
		h := fnv.New64a()
		for _, word := range words[i : i+shingleWords] {
			_, _ = h.Write([]byte(word))
			_, _ = h.Write([]byte{' '})
		}
		out = append(out, h.Sum64())
	}
	return out
}
