package export

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"whence/graph"
)

// DOTOptions says how a picture looks. Zero fields have a good default.
type DOTOptions struct {
	Title   string     // above the picture; "" for none
	Roots   []graph.ID // nodes drawn with a thick border: what was asked about
	Figures bool       // a node for each figure, not a line in its claim's label
	Plain   bool       // no legend
	Width   int        // characters in a line of a label; 0 is [DefaultWidth]
	Lines   int        // lines of a node's words, the rest is cut; 0 is [DefaultLines]
}

// Bounds of labels and tooltips.
const (
	DefaultWidth = 36
	DefaultLines = 6
	tooltipRunes = 1000
)

// DOT writes a subgraph in Graphviz's language: a shape for each type of node, a
// colour for each relation, a cluster for each document, dates and figures inside
// the labels, and a legend of what occurs. A relation with its reason is drawn as
// one edge: whole when a text says so or a person confirmed it, dashed when it is
// suggested, dotted when it is rejected. What stands in a document is in its
// cluster and needs no edge to it. Nothing is refused: an edge whose end is not in
// the subgraph leads to an empty frame. The error is the writer's.
func DOT(w io.Writer, g graph.Subgraph, o DOTOptions) error {
	if o.Width <= 0 {
		o.Width = DefaultWidth
	}
	if o.Lines <= 0 {
		o.Lines = DefaultLines
	}
	p := &picture{out: bufio.NewWriter(w), o: o, nodes: map[graph.ID]graph.Node{}, cluster: map[graph.ID]graph.ID{}}
	p.gather(g)
	p.write(g.Cut)
	return p.out.Flush()
}

// A picture is a subgraph as it is drawn.
type picture struct {
	out     *bufio.Writer
	o       DOTOptions
	ids     []graph.ID // of nodes drawn, in order
	nodes   map[graph.ID]graph.Node
	cluster map[graph.ID]graph.ID           // node → the document in whose cluster it is drawn
	figures map[graph.ID][]*graph.Statistic // claim → figures in its label, in order of ID
	arrows  []arrow
}

// An arrow is an edge as it is drawn.
type arrow struct {
	from, to graph.ID
	kind     graph.Predicate
	note     string          // after the kind
	relation *graph.Relation // nil for a plain edge
}

// gather sorts what is drawn: which nodes, in which cluster, which arrows.
func (p *picture) gather(g graph.Subgraph) {
	nodes := slices.DeleteFunc(slices.Clone(g.Nodes), func(n graph.Node) bool { return n == nil })
	sorted := graph.Subgraph{Nodes: nodes, Edges: slices.Clone(g.Edges)}
	sorted.Sort()
	for _, n := range sorted.Nodes {
		p.nodes[n.NodeID()] = n
	}
	p.figures = map[graph.ID][]*graph.Statistic{}
	folded := map[graph.ID]graph.ID{} // figure → the claim that shows it
	reasoned := map[graph.Edge]bool{} // plain edges that a relation stands for
	for _, n := range sorted.Nodes {
		switch x := n.(type) {
		case *graph.Statistic:
			if _, ok := p.nodes[x.Claim].(*graph.Claim); ok && !p.o.Figures {
				folded[x.ID] = x.Claim
				p.figures[x.Claim] = append(p.figures[x.Claim], x)
				continue
			}
		case *graph.Relation:
			if p.nodes[x.From] != nil && p.nodes[x.To] != nil {
				p.arrows = append(p.arrows, arrow{from: x.From, to: x.To, kind: x.Kind, relation: x, note: relationNote(x)})
				reasoned[graph.Edge{From: x.From, Kind: x.Kind, To: x.To}] = true
				continue
			}
		}
		p.ids = append(p.ids, n.NodeID())
	}
	drawn := map[graph.ID]bool{}
	for _, id := range p.ids {
		drawn[id] = true
		if d := documentOf(p.nodes[id]); d != "" {
			p.cluster[id] = d
		}
	}
	for _, e := range sorted.Edges {
		e.Label = ""
		a := arrow{from: e.From, to: e.To, kind: e.Kind}
		if _, drawnAsEdge := p.nodes[e.From].(*graph.Relation); drawnAsEdge && !drawn[e.From] {
			continue
		}
		if s, ok := p.nodes[e.From].(*graph.Statistic); ok && folded[e.From] != "" {
			a.from, a.note = s.Claim, s.Figure.Exact
		}
		if claim := folded[e.To]; claim != "" {
			a.to = claim
		}
		switch {
		case reasoned[e], a.from == a.to && e.From != e.To: // said by the relation; within one label
		case e.Kind == graph.StatedIn && p.cluster[a.from] == e.To: // said by the cluster
		default:
			p.arrows = append(p.arrows, a)
		}
	}
	slices.SortStableFunc(p.arrows, func(a, b arrow) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.kind, b.kind), cmp.Compare(a.to, b.to), cmp.Compare(a.note, b.note))
	})
	p.arrows = slices.CompactFunc(p.arrows, func(a, b arrow) bool {
		return a.from == b.from && a.kind == b.kind && a.to == b.to && a.note == b.note
	})
	for _, a := range p.arrows { // ends that are not in the subgraph
		for _, id := range []graph.ID{a.from, a.to} {
			if !drawn[id] {
				drawn[id] = true
				p.ids = append(p.ids, id)
			}
		}
	}
	slices.Sort(p.ids)
}

// documentOf returns the document that a node belongs to, "" if to none.
func documentOf(n graph.Node) graph.ID {
	switch x := n.(type) {
	case *graph.Document:
		return x.ID
	case *graph.Version:
		return x.Document
	case *graph.Segment:
		return x.Document
	case *graph.Claim:
		return x.Document
	case *graph.Statistic:
		return x.Document
	case *graph.Source:
		return x.Document
	case *graph.Relation:
		return x.Document
	case *graph.Agent:
		return x.Document
	}
	return ""
}

func relationNote(r *graph.Relation) string {
	var parts []string
	if r.Score > 0 {
		parts = append(parts, strconv.FormatFloat(float64(r.Score)/1000, 'f', -1, 64))
	}
	if r.Status != "" && r.Status != graph.StatusStated {
		parts = append(parts, string(r.Status))
	} else if r.Status == "" && !stated(r) {
		parts = append(parts, string(r.Basis))
	}
	return strings.Join(parts, " ")
}

// stated reports whether a relation is more than a suggestion. Its status says
// so when a reader has set it, else its basis.
func stated(r *graph.Relation) bool {
	switch r.Status {
	case graph.StatusStated, graph.StatusConfirmed:
		return true
	case graph.StatusSuggested, graph.StatusRejected:
		return false
	}
	return r.Basis == graph.BasisStated || r.Basis == graph.BasisDeclared || r.Basis == graph.BasisPerson
}

func (p *picture) write(cut []string) {
	p.line("digraph whence {")
	p.line("  graph [rankdir=LR, charset=\"UTF-8\", fontname=\"sans-serif\", fontsize=11, compound=true, newrank=true]")
	if p.o.Title != "" {
		p.line("  graph [labelloc=t, label=%s]", quoted(wrap(p.o.Title, 3*p.o.Width, 2)...))
	}
	p.line("  node [fontname=\"sans-serif\", fontsize=10, style=filled, margin=\"0.12,0.06\"]")
	p.line("  edge [fontname=\"sans-serif\", fontsize=9]")
	var documents []graph.ID
	for _, id := range p.ids {
		if d := p.cluster[id]; d != "" {
			documents = append(documents, d)
		} else {
			p.node("  ", id)
		}
	}
	slices.Sort(documents)
	for i, d := range slices.Compact(documents) {
		p.line("  subgraph cluster_%d {", i)
		p.line("    graph [style=\"rounded,filled\", color=\"#b8ad8a\", fillcolor=\"#fcfaf3\", labeljust=l, label=%s]", quoted(p.clusterLabel(d)...))
		for _, id := range p.ids {
			if p.cluster[id] == d {
				p.node("    ", id)
			}
		}
		p.line("  }")
	}
	for _, a := range p.arrows {
		p.arrow(a)
	}
	if len(cut) > 0 {
		var lines []string
		for _, c := range cut {
			lines = append(lines, wrap(c, p.o.Width, p.o.Lines)...)
		}
		p.line("  \"left out\" [shape=plaintext, style=\"\", label=%s]", quoted(append([]string{"Left out:"}, lines...)...))
	}
	if !p.o.Plain {
		p.legend()
	}
	p.line("}")
}

// line writes one line; the writer keeps the first error until Flush.
func (p *picture) line(format string, args ...any) {
	fmt.Fprintf(p.out, format+"\n", args...)
}

func (p *picture) node(indent string, id graph.ID) {
	n := p.nodes[id]
	if n == nil {
		p.line("%s%s [shape=box, style=dotted, label=%s]", indent, name(id), quoted(append(wrap(id.Short(), p.o.Width, 2), "(not shown)")...))
		return
	}
	style, attrs := "filled", ""
	switch x := n.(type) {
	case *graph.Claim:
		style = "filled,rounded"
		if x.Polarity == graph.Negative {
			attrs = ", color=\"#b91c1c\""
		}
	case *graph.Agent:
		if !x.Identified {
			style = "filled,dashed"
		}
	case *graph.Source:
		if !x.Located() {
			style = "filled,dashed"
		}
	}
	if slices.Contains(p.o.Roots, id) {
		attrs += ", penwidth=3"
	}
	if url := link(n); url != "" {
		attrs += ", URL=" + address(url)
	}
	p.line("%s%s [shape=%s, style=%q, fillcolor=%q%s, tooltip=%s, label=%s]",
		indent, name(id), shape(n.NodeType()), style, fill(n.NodeType()), attrs, quoted(wrap(id.Short(), tooltipRunes, 1)...), quoted(p.label(n)...))
}

// link returns where a node is to be found on the web: only http and https, so
// that no document can put a script behind a node.
func link(n graph.Node) string {
	url := ""
	switch x := n.(type) {
	case *graph.Document:
		url = cmp.Or(x.URL, string(x.ID))
	case *graph.Source:
		url = x.URL
	case *graph.Review:
		url = x.URL
	}
	if len(url) <= tooltipRunes && (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) {
		return url
	}
	return ""
}

func (p *picture) arrow(a arrow) {
	c := colour(a.kind)
	style := "solid"
	tooltip := ""
	if r := a.relation; r != nil {
		switch {
		case r.Status == graph.StatusRejected:
			style = "dotted"
		case !stated(r):
			style = "dashed"
		}
		tooltip = strings.Join(r.Reasons, "; ")
		if len(r.Evidence) > 0 {
			tooltip = graph.ExactOf(r.Evidence)
		}
	}
	label := wrap(string(a.kind), p.o.Width, 1)
	if a.note != "" {
		label = append(label, wrap(a.note, p.o.Width, 2)...)
	}
	attrs := ""
	if tooltip != "" {
		attrs = ", tooltip=" + quoted(wrap(tooltip, tooltipRunes, 1)...)
	}
	p.line("  %s -> %s [color=%q, fontcolor=%q, style=%s%s, label=%s]", name(a.from), name(a.to), c, c, style, attrs, quoted(label...))
}

// legend explains the shapes and colours that occur.
func (p *picture) legend() {
	var types []graph.NodeType
	for _, t := range graph.NodeTypes {
		if slices.ContainsFunc(p.ids, func(id graph.ID) bool { return p.nodes[id] != nil && p.nodes[id].NodeType() == t }) {
			types = append(types, t)
		}
	}
	var kinds []graph.Predicate
	for _, a := range p.arrows {
		kinds = append(kinds, a.kind)
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	if len(types) == 0 && len(kinds) == 0 {
		return
	}
	p.line("  subgraph cluster_legend {")
	p.line("    graph [style=rounded, color=\"#999999\", label=\"Legend: a frame holds what one document says;\\ldashed is suggested or a name only, dotted is rejected or not shown\\l\"]")
	for _, t := range types {
		p.line("    \"legend %s\" [shape=%s, fillcolor=%q, label=%q]", t, shape(t), fill(t), t)
	}
	for i, k := range kinds {
		p.line("    \"legend %d\" [shape=point]", 2*i)
		p.line("    \"legend %d\" [shape=point]", 2*i+1)
		p.line("    \"legend %d\" -> \"legend %d\" [color=%q, fontcolor=%q, label=%s]", 2*i, 2*i+1, colour(k), colour(k), quoted(wrap(string(k), p.o.Width, 1)...))
	}
	p.line("  }")
}
