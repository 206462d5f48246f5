package codec

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// EdgeOf returns the edge that a quad is. ok is false for a quad that does not
// join two nodes: a field, a class, a part of the ledger.
func EdgeOf(q quad.Quad) (e graph.Edge, ok bool) {
	from, isFrom := q.Subject.(quad.IRI)
	p, isP := q.Predicate.(quad.IRI)
	to, isTo := q.Object.(quad.IRI)
	kind, isKind := vocab.Predicate(p)
	if !isFrom || !isP || !isTo || !isKind {
		return graph.Edge{}, false
	}
	return graph.Edge{From: IDOf(from), Kind: kind, To: IDOf(to), Label: LabelOf(q)}, true
}

// LabelOf returns a quad's label, "" if it has none.
func LabelOf(q quad.Quad) graph.Label {
	iri, _ := q.Label.(quad.IRI)
	return graph.Label(IDOf(iri))
}

// BySubject returns quads by their subject, those whose subject is an IRI. It shares the slice where those of
// one subject stand together.
func BySubject(quads []quad.Quad) map[quad.IRI][]quad.Quad {
	out := make(map[quad.IRI][]quad.Quad, len(quads)/quadsEach)
	for len(quads) > 0 {
		n, s := 1, quads[0].Subject
		for n < len(quads) && quads[n].Subject == s {
			n++
		}
		if iri, ok := s.(quad.IRI); ok {
			if had := out[iri]; len(had) == 0 {
				out[iri] = quads[:n:n]
			} else {
				out[iri] = append(had, quads[:n]...)
			}
		}
		quads = quads[n:]
	}
	return out
}

// quadsEach is how many quads most nodes have at least.
const quadsEach = 6

// DecodeNodes returns the nodes that quads describe, in the order of ids; an id
// that is described by none is left out. quads are by subject all those of the ids, in any order, and more do no
// harm; of those with a predicate of [Fields] that differ in the label
// alone, that of the smallest label is enough. text gives the text of a
// version; it is asked once for each version whose passages are read, and its error is returned.
//
// A node that several labels describe is that of the smallest label. Of a
// document or agent, fields that it leaves empty are filled from the next; lists
// that belong to no one text (aliases, offices, outside ids, authors, reasons)
// are joined.
func DecodeNodes(
	ids []graph.ID, quads map[quad.IRI][]quad.Quad, text func(version graph.ID) (*graph.Offsets, error),
) ([]graph.Node, error) {
	nodes := make([]graph.Node, 0, len(ids))
	text = once(text)
	for _, id := range ids {
		n, err := decodeNode(id, quads[SafeIRI(id)], text)
		if err != nil {
			return nil, err
		}
		if n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}

// DecodeCiting returns the passages of the sources that edges lead to, under the edges' labels, in
// the order of the edges. quads are those of the sources with the predicate [vocab.Words], in any order, and more do
// no harm. text gives the text that a label has read.
func DecodeCiting(edges []graph.Edge, quads []quad.Quad, text func(graph.Label) (*graph.Offsets, error)) ([][]graph.Passage, error) {
	type description struct {
		source quad.IRI
		label  graph.Label
	}
	by := make(map[description][]quad.Quad, len(edges))
	for _, q := range quads {
		if s, ok := q.Subject.(quad.IRI); ok {
			at := description{s, LabelOf(q)}
			by[at] = append(by[at], q)
		}
	}
	out := make([][]graph.Passage, len(edges))
	for i, e := range edges {
		d := &decoder{subject: SafeIRI(e.To), text: func(graph.ID) (*graph.Offsets, error) { return text(e.Label) }}
		d.quads = by[description{d.subject, e.Label}]
		if d.passages(vocab.Words, &out[i]); d.err != nil {
			return nil, d.err
		}
	}
	return out, nil
}

// once asks for each version's text one time only.
func once(text func(graph.ID) (*graph.Offsets, error)) func(graph.ID) (*graph.Offsets, error) {
	type answer struct {
		offsets *graph.Offsets
		err     error
	}
	held := map[graph.ID]answer{}
	return func(version graph.ID) (*graph.Offsets, error) {
		a, ok := held[version]
		if !ok {
			a.offsets, a.err = text(version)
			held[version] = a
		}
		return a.offsets, a.err
	}
}

// decodeNode merges what every label says of one subject; nil if none describes it.
func decodeNode(id graph.ID, quads []quad.Quad, text func(graph.ID) (*graph.Offsets, error)) (graph.Node, error) {
	byLabel := func(a, b quad.Quad) int {
		if a.Label == b.Label { // mostly
			return 0
		}
		return cmp.Compare(LabelOf(a), LabelOf(b))
	}
	if !slices.IsSortedFunc(quads, byLabel) {
		quads = slices.Clone(quads) // they are the caller's
		slices.SortStableFunc(quads, byLabel)
	}
	var node graph.Node
	var first quad.IRI // its class
	for len(quads) > 0 {
		l := LabelOf(quads[0])
		n := 1
		for n < len(quads) && byLabel(quads[0], quads[n]) == 0 {
			n++
		}
		d := &decoder{subject: SafeIRI(id), quads: quads[:n], text: text}
		quads = quads[n:]
		class, ok := d.nodeClass()
		switch {
		case node == nil && ok:
			first = class
		case node == nil || !merges(node) || ok && !alike(class, first):
			continue
		case !ok: // it says what the first one said
			class = first
		}
		next := newNode(id, class)
		if visit(d, next); d.err != nil {
			return nil, d.err
		}
		if node == nil {
			node = next
			setLabel(node, l)
		} else {
			merge(node, next)
		}
	}
	return node, nil
}

// merges reports whether more descriptions of a node add to it.
func merges(n graph.Node) bool {
	t := n.NodeType()
	return t == graph.TypeDocument || t == graph.TypeAgent || t == graph.TypeRelation
}

// alike reports whether the members of two classes are nodes of one type.
func alike(a, b quad.IRI) bool {
	t, _ := vocab.NodeTypeOf(a)
	u, _ := vocab.NodeTypeOf(b)
	return t == u
}

// merge adds to a node what a greater label says of it.
func merge(n, more graph.Node) {
	switch a := n.(type) {
	case *graph.Document:
		b := more.(*graph.Document)
		a.URL = cmp.Or(a.URL, b.URL)
		a.Title = cmp.Or(a.Title, b.Title)
		a.Publisher = cmp.Or(a.Publisher, b.Publisher)
		a.Kind = cmp.Or(a.Kind, b.Kind)
		a.Published = cmp.Or(a.Published, b.Published)
		a.Language = cmp.Or(a.Language, b.Language)
		a.Authors = appendNew(a.Authors, b.Authors)
	case *graph.Agent:
		b := more.(*graph.Agent)
		a.Name = cmp.Or(a.Name, b.Name)
		a.Gender = cmp.Or(a.Gender, b.Gender)
		a.Document = cmp.Or(a.Document, b.Document)
		a.Identified = a.Identified || b.Identified
		a.Aliases = appendNew(a.Aliases, b.Aliases)
		slices.Sort(a.Aliases)
		a.External = appendNew(a.External, b.External)
		slices.Sort(a.External)
		a.Offices = appendNew(a.Offices, b.Offices)
		slices.SortStableFunc(a.Offices, func(x, y graph.Office) int { return cmp.Compare(x.From, y.From) })
	case *graph.Relation:
		a.Reasons = appendNew(a.Reasons, more.(*graph.Relation).Reasons)
	}
}

// appendNew appends what is not there yet.
func appendNew[T comparable](list, more []T) []T {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}
