package codec

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// EncodeReading returns the quads of a reading in canonical order. Text is not
// among them, only its hash. It returns an error wrapping [graph.ErrInvalid] if
// a span does not fit Text, an ID is missing or stands twice, a string is not
// UTF-8 or a figure is not finite.
func EncodeReading(r graph.Reading) ([]quad.Quad, error) {
	e := newEncoder(r.Label, r.Text)
	e.begin(graph.ID(r.Label), vocab.Reading)
	visitReading(e, &r)
	e.node(&r.Document)
	e.node(&r.Version)
	readers := map[graph.ID]bool{}
	for i := range r.Segments {
		e.node(&r.Segments[i])
		readers[r.Segments[i].ID] = r.Segments[i].Type.IsReader()
	}
	for i := range r.Claims {
		e.node(&r.Claims[i])
	}
	for i := range r.Statistics {
		s := &r.Statistics[i]
		e.node(s)
		e.edge(s.Claim, vocab.HasFigure, s.ID)
	}
	for i := range r.Sources {
		s := &r.Sources[i]
		e.node(s)
		if readers[s.Segment] {
			continue // what a reader's comment cites, the document does not
		}
		e.edge(s.Document, vocab.Cites, s.ID)
		if s.Located() {
			e.edge(s.Document, vocab.LinksTo, s.ID)
		}
	}
	for i := range r.Relations {
		e.relation(&r.Relations[i])
	}
	return e.finish()
}

func visitReading(f fields, r *graph.Reading) {
	f.str(vocab.FoundBy, &r.Extractor)
	f.id(vocab.OfDocument, &r.Document.ID)
	f.id(vocab.OfVersion, &r.Version.ID)
}

// DecodeReading is the inverse of [EncodeReading]: quads are those of one label,
// in any order, and text is that of its version. Segments, claims, statistics
// and sources come in order of the text, relations in order of ID. The nodes' own
// Label fields stay empty.
func DecodeReading(quads []quad.Quad, text string) (graph.Reading, error) {
	d, own, err := describe(quads, vocab.Reading, text)
	if err != nil {
		return graph.Reading{}, err
	}
	r := graph.Reading{Label: d.label, Text: text}
	visitReading(own, &r)
	if own.err != nil {
		return graph.Reading{}, own.err
	}
	nodes, err := d.nodes()
	if err != nil {
		return graph.Reading{}, err
	}
	for _, n := range nodes {
		switch x := n.(type) {
		case *graph.Document:
			r.Document = *x
		case *graph.Version:
			r.Version = *x
		case *graph.Segment:
			r.Segments = append(r.Segments, *x)
		case *graph.Claim:
			r.Claims = append(r.Claims, *x)
		case *graph.Statistic:
			r.Statistics = append(r.Statistics, *x)
		case *graph.Source:
			r.Sources = append(r.Sources, *x)
		case *graph.Relation:
			r.Relations = append(r.Relations, *x)
		}
	}
	inText(r.Segments, func(s graph.Segment) (graph.ID, []graph.Passage) { return s.ID, []graph.Passage{s.Passage} })
	inText(r.Claims, func(c graph.Claim) (graph.ID, []graph.Passage) { return c.ID, c.Content })
	inText(r.Statistics, func(s graph.Statistic) (graph.ID, []graph.Passage) { return s.ID, []graph.Passage{s.Figure} })
	inText(r.Sources, func(s graph.Source) (graph.ID, []graph.Passage) { return s.ID, s.Passages })
	inOrder(r.Relations, func(x graph.Relation) graph.ID { return x.ID })
	return r, nil
}

// inText sorts by where the first passage stands, then by ID.
func inText[T any](list []T, key func(T) (graph.ID, []graph.Passage)) {
	at := func(ps []graph.Passage) graph.Span {
		if len(ps) == 0 {
			return graph.Span{}
		}
		return ps[0].Span
	}
	slices.SortFunc(list, func(a, b T) int {
		idA, psA := key(a)
		idB, psB := key(b)
		sa, sb := at(psA), at(psB)
		return cmp.Or(cmp.Compare(sa.Start, sb.Start), cmp.Compare(sa.End, sb.End), cmp.Compare(idA, idB))
	})
}

// inOrder sorts by ID.
func inOrder[T any](list []T, id func(T) graph.ID) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
}

// EncodeLink returns the quads of a link in canonical order. What is computed
// rests on no words: a relation with evidence is an error wrapping
// [graph.ErrInvalid], and so is what [EncodeReading] says.
func EncodeLink(l graph.Link) ([]quad.Quad, error) {
	e := newEncoder(l.Label, "")
	e.begin(graph.ID(l.Label), vocab.Link)
	e.str(vocab.FoundBy, &l.Matcher)
	if l.B < l.A {
		e.fail("its ends are not in order")
	}
	label(e, vocab.Between, &l.A)
	label(e, vocab.Between, &l.B)
	for i := range l.Relations {
		if len(l.Relations[i].Evidence) > 0 {
			e.fail("relation %s of a link has evidence", l.Relations[i].ID)
		}
		e.relation(&l.Relations[i])
	}
	return e.finish()
}

// DecodeLink is the inverse of [EncodeLink]. Relations come in order of ID.
func DecodeLink(quads []quad.Quad) (graph.Link, error) {
	d, own, err := describe(quads, vocab.Link, "")
	if err != nil {
		return graph.Link{}, err
	}
	l := graph.Link{Label: d.label}
	own.str(vocab.FoundBy, &l.Matcher)
	var ends []graph.ID
	own.ids(vocab.Between, &ends)
	if own.err != nil {
		return graph.Link{}, own.err
	}
	if len(ends) == 0 {
		return graph.Link{}, fmt.Errorf("decode %s: it links nothing: %w", l.Label, graph.ErrDamaged)
	}
	l.A, l.B = graph.Label(ends[0]), graph.Label(ends[len(ends)-1])
	nodes, err := d.nodes()
	if err != nil {
		return graph.Link{}, err
	}
	for _, n := range nodes {
		if r, ok := n.(*graph.Relation); ok {
			l.Relations = append(l.Relations, *r)
		}
	}
	inOrder(l.Relations, func(x graph.Relation) graph.ID { return x.ID })
	return l, nil
}

// EncodeAuthority returns the quads of an authority file in canonical order.
func EncodeAuthority(a graph.Authority) ([]quad.Quad, error) {
	e := newEncoder(a.Label, "")
	e.begin(graph.ID(a.Label), vocab.Authority)
	for i := range a.Agents {
		e.node(&a.Agents[i])
	}
	return e.finish()
}

// DecodeAuthority is the inverse of [EncodeAuthority]. Agents come in order of ID.
func DecodeAuthority(quads []quad.Quad) (graph.Authority, error) {
	d, _, err := describe(quads, vocab.Authority, "")
	if err != nil {
		return graph.Authority{}, err
	}
	a := graph.Authority{Label: d.label}
	a.Agents, err = d.agents()
	return a, err
}

func (d *described) agents() ([]graph.Agent, error) {
	nodes, err := d.nodes()
	if err != nil {
		return nil, err
	}
	var out []graph.Agent
	for _, n := range nodes {
		if a, ok := n.(*graph.Agent); ok {
			out = append(out, *a)
		}
	}
	inOrder(out, func(a graph.Agent) graph.ID { return a.ID })
	return out, nil
}
