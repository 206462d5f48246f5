// Package claimgraph invents claim graphs of any size, for benchmarks: what `whence load`
// would write of newspaper articles, speeches and blogs, with the words, the speakers, the
// sources and the figures all made up. Documents are of the size and the make-up of real
// ones (BENCHMARKS.md compares them); package seeds/planted, whose short stories are for
// the reports, has a tenth of their quads.
//
// A corpus depends on its seed alone and has no end. It comes in rounds, which are made one
// at a time and forgotten: a round is [Documents] documents that have some claims in common,
// so that it is known beforehand what a trace of one of them must find.
package claimgraph

import (
	"fmt"
	"math/rand/v2"
	"time"

	"whence/graph"
)

const (
	// Documents is how many documents a round has, and how many claims a family.
	Documents = 20
	// Families is how many families of claims run through a round.
	Families = 4
	// Hops is how many edges lead from the last claim of a family to where it was first said.
	Hops = 6
)

// The builds that the graph claims to be made by.
const (
	extractor = "claimgraph-extractor-1"
	resolver  = "claimgraph-resolver-1"
	matcher   = "claimgraph-matcher-1"
)

// A Corpus is rounds without end, all different.
type Corpus struct {
	seed      uint64
	tongue    *tongue
	figures   []graph.Agent // public figures, who speak in every round
	papers    []graph.Agent // that publish the documents
	authority *graph.Authority
}

// New returns the corpus of a seed.
func New(seed uint64) *Corpus {
	c := &Corpus{seed: seed, tongue: newTongue(seed)}
	r := rand.New(rand.NewPCG(seed, 1<<62))
	for i := range 300 {
		a := c.tongue.person(r)
		a.ID, a.Identified = graph.AuthorityAgentID(fmt.Sprintf("figure-%d", i)), true
		a.Offices = []graph.Office{{Title: "Minister for " + c.tongue.name(r), Body: c.tongue.name(r) + " Assembly", From: "2019-01-01"}}
		a.External = []string{fmt.Sprintf("https://people.example/%d", i)}
		c.figures = append(c.figures, a)
	}
	for i := range 120 {
		name := "The " + c.tongue.name(r) + " Courier"
		c.papers = append(c.papers, graph.Agent{
			ID: graph.AuthorityAgentID(fmt.Sprintf("paper-%d", i)), Type: graph.Publication, Name: name, Identified: true,
		})
	}
	agents := append(append([]graph.Agent{}, c.figures...), c.papers...)
	c.authority = &graph.Authority{Label: graph.NewAuthorityLabel(fmt.Append(nil, agents)), Agents: agents}
	return c
}

// A Round is documents that have some claims in common.
type Round struct {
	// Changes are what is committed, a document each with its links to those before it.
	Changes []graph.Change
	// Families are claims that say the same, one of each document. [Hops] edges lead from
	// the last of each to the document of the first, a speech.
	Families [Families][]graph.ID
	// Named are claims whose speakers are heard in this round only: each speaker has
	// up to 200 of them.
	Named []graph.ID
	// Speakers are those speakers, in no order.
	Speakers []graph.ID
}

// epoch is when the first document is loaded; those after it follow by the second.
var epoch = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// Round makes the n-th round, counted from 0.
func (c *Corpus) Round(n int) *Round {
	w := &writer{Rand: rand.New(rand.NewPCG(c.seed, uint64(n))), corpus: c, number: n, round: &Round{}}
	for range 60 {
		w.locals = append(w.locals, w.corpus.tongue.person(w.Rand))
	}
	for i := range Families {
		w.common[i] = w.corpus.tongue.sentence(w.Rand, 14)
		w.speakers[i] = &w.locals[i]
	}
	for i := range Documents {
		w.document(i)
	}
	return w.round
}

// level is how many steps from claim to claim a document is from the first of its round,
// and parent draws the one that it has a common claim from. A step is one edge, by which a
// claim takes from another; but from the first level it is two: the source in which it was
// said, and the document that is the same.
func level(document int) int {
	level := 0
	for _, first := range levels[1:] {
		if document >= first {
			level++
		}
	}
	return level
}

// levels are the first documents of each.
var levels = [...]int{0, 1, 4, 8, 12, 16}

func (w *writer) parent(document int) int {
	l := level(document)
	return levels[l-1] + w.IntN(levels[l]-levels[l-1])
}
