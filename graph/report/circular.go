package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"whence/graph"
)

// circular lists circles: documents that have one claim from each other, so
// that nobody has it from anywhere else. Documents that cite each other for
// different claims make no circle.
//
// What goes round is a family of claims, and who passes it on is a document, or a
// reader in a comment on it: a document that has the claim twice is entered by one
// of its sentences and left by another. Each group of them that lead to one another
// is one finding, with its shortest circle and the closing edge, the one whose
// source is the latest. Before that edge there was no circle. A sentence that came
// with a later edition of its document is as late as that edition, not as the document.
// That one has it from the other is only inferred counts for nothing where the other says
// that it is the other way round. A claim for which a page cites itself is of the type "self".
//
// Severity is the score of the least sure link of the circle; a citation has 1000.
func circular(s *graph.Survey, _ Filter) Report {
	var r Report
	g := newRing(newChains(s))
	component, count := components(len(g.voices), func(v int) []int { return g.next[v] })
	members := make([][]int, count)
	for v, c := range component {
		members[c] = append(members[c], v)
	}
	for _, vs := range members {
		var circle []turn
		if len(vs) > 1 {
			circle = g.shortest(vs, component)
		} else if t, ok := g.own[vs[0]]; ok {
			circle = []turn{t}
		}
		if circle != nil {
			r.Findings = append(r.Findings, g.finding(circle, len(vs)))
			for _, t := range circle {
				if s.Claims[t.from].Claim.StatedOn == "" {
					r.Undated = append(r.Undated, s.Claims[t.from].Claim.ID)
				}
			}
		}
	}
	r.Unseen = append(r.Unseen, "A circle through a document that is not held is not seen.")
	return r
}

// A voice is who passes a family of claims on: a document, or one reader's comment on it.
type voice struct{ document, comment, family graph.ID }

func voiceOf(c *graph.TracedClaim) voice {
	v := voice{document: c.Claim.Document, family: c.Family}
	if byReader(c) {
		v.comment = c.Segment.ID
	}
	return v
}

// A turn is one claim having its content from another, in a ring of voices.
type turn struct {
	from int // in s.Claims
	link
}

// A ring is which voices have a family of claims from which.
type ring struct {
	*chains
	voices []voice
	of     []int           // the voice of each claim
	next   [][]int         // the voices that a voice has it from
	by     map[[2]int]turn // the first link between two voices
	own    map[int]turn    // a claim that is taken from itself
}

func newRing(c *chains) *ring {
	g := &ring{chains: c, of: make([]int, len(c.s.Claims)), by: map[[2]int]turn{}, own: map[int]turn{}}
	index := map[voice]int{}
	for i := range c.s.Claims {
		claim := &c.s.Claims[i]
		v := voiceOf(claim)
		n, ok := index[v]
		if !ok {
			n = len(g.voices)
			index[v] = n
			g.voices = append(g.voices, v)
		}
		g.of[i] = n
	}
	g.next = make([][]int, len(g.voices))
	declared := map[[2]int]bool{}
	for i, links := range c.links {
		for _, l := range links {
			if l.declared() {
				declared[[2]int{g.of[i], g.of[l.to]}] = true
			}
		}
		for _, src := range sourcesOf(c.s, &c.s.Claims[i]) {
			if d := c.s.Claims[i].Document; d != nil && isPage(src.URL, d) {
				g.own[g.of[i]] = turn{i, link{to: i, source: src}}
			}
		}
	}
	for i, links := range c.links {
		for _, l := range links {
			a, b := g.of[i], g.of[l.to]
			switch {
			case g.voices[a].family != g.voices[b].family, !l.declared() && declared[[2]int{b, a}]:
			case l.to == i:
				g.own[a] = turn{i, l}
			case a != b:
				if _, ok := g.by[[2]int{a, b}]; !ok {
					g.by[[2]int{a, b}] = turn{i, l}
					g.next[a] = append(g.next[a], b)
				}
			}
		}
	}
	return g
}

// isPage reports whether an address is that of a document itself, as a whole.
func isPage(address string, d *graph.Document) bool {
	address = strings.TrimSuffix(address, "/")
	return address != "" && (address == strings.TrimSuffix(d.URL, "/") || address == strings.TrimSuffix(string(d.ID), "/"))
}

// maxStarts bounds from how many voices of one group a shortest circle is searched.
const maxStarts = 200

// shortest returns the shortest circle inside a component, beginning anywhere.
func (g *ring) shortest(vs, component []int) []turn {
	var best []turn
	for _, start := range vs[:min(len(vs), maxStarts)] {
		came := map[int]int{}
		frontier := []int{start}
		for depth := 1; len(frontier) > 0 && (best == nil || depth < len(best)); depth++ {
			var next []int
			for _, v := range frontier {
				for _, w := range g.next[v] {
					if _, seen := came[w]; seen || component[w] != component[start] {
						continue
					}
					came[w] = v
					next = append(next, w)
				}
			}
			if _, back := came[start]; back {
				best = nil
				for w := start; ; {
					v := came[w]
					best = append(best, g.by[[2]int{v, w}])
					if w = v; w == start {
						break
					}
				}
				slices.Reverse(best)
				break
			}
			frontier = next
		}
	}
	return best
}

// A moment is when a link first stood in its document.
type moment struct {
	date    graph.Date
	edition int // the first edition in which it stands
}

// since finds when a link first stood in the document that makes it: on the day
// when that, or the segment, was published, unless only a later edition has it.
func (g *ring) since(t turn) moment {
	c := g.s.Claims[t.from].Claim
	for i, e := range g.s.Editions[c.Document] {
		if !slices.ContainsFunc(e.Reading.Claims, func(had graph.Claim) bool { return had.ID == c.ID && had.SaidIn == c.SaidIn }) ||
			t.source != nil && !slices.ContainsFunc(e.Reading.Sources, func(had graph.Source) bool { return had.ID == t.source.ID }) {
			continue
		}
		switch {
		case i == 0:
			return moment{c.StatedOn, 0}
		case e.Capture.Retrieved.IsZero():
			return moment{"", i}
		}
		return moment{graph.Date(e.Capture.Retrieved.UTC().Format("2006-01-02")), i}
	}
	return moment{date: c.StatedOn}
}

// closing returns the link that is certainly the latest of a circle: by date, or as
// the only one that came with a later edition. ok is false when that cannot be told.
func (g *ring) closing(circle []turn) (at int, ok bool) {
	moments := make([]moment, len(circle))
	for i, t := range circle {
		moments[i] = g.since(t)
	}
	later := func(a, b moment) bool {
		return a.date.After(b.date) || (a.date == "" || b.date == "") && a.edition > 0 && b.edition == 0
	}
	for i := range circle {
		latest := true
		for j := range circle {
			latest = latest && (i == j || later(moments[i], moments[j]))
		}
		if latest {
			return i, true
		}
	}
	return 0, false
}

func (g *ring) finding(circle []turn, voices int) Finding {
	at, told := g.closing(circle)
	if !told { // then the circle is shown from its smallest claim on
		for i := range circle {
			if circle[i].from < circle[at].from {
				at = i
			}
		}
	}
	circle = slices.Concat(circle[at:], circle[:at])
	subject := &g.s.Claims[circle[0].from]
	score := graph.Confidence(1000)
	hops := []Hop{claimHop(subject, nil, "the circle begins here")}
	names := []string{title(subject.Document)}
	for _, t := range circle {
		score = min(score, t.score())
		h := g.linkHop(t.link)
		if from := g.s.Claims[t.from].Claim.ID; from != hops[len(hops)-1].Node { // another sentence of the same document
			hops = append(hops, claimHop(&g.s.Claims[t.from], nil, "the same claim, in the same document"))
		}
		hops = append(hops, h)
		names = append(names, title(g.s.Claims[t.to].Document))
	}
	x := Finding{
		Type: "circle", Severity: Severity(score), Subject: subject.Claim.ID, Date: g.since(circle[0]).date, Hops: hops,
		Values: []Value{{"length", strconv.Itoa(len(circle))}, {"voices", strconv.Itoa(voices)}},
	}
	if len(circle) == 1 {
		x.Type = "self"
		x.Why = fmt.Sprintf("%s gives its own claim as where it has the claim from.", names[0])
		return x
	}
	x.Why = fmt.Sprintf("One claim goes round: %s.", strings.Join(names, " has it from "))
	if told {
		hops[0].Why = "the latest: what it cites closes the circle"
		x.Values = append(x.Values, Value{"closing edge", names[0] + " → " + names[1]})
		x.Why += fmt.Sprintf(" It was closed by %s, the latest of them.", names[0])
	} else {
		x.Why += " Which of them closed the circle cannot be told from their dates."
	}
	return x
}
