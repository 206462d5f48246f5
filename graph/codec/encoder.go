package codec

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// encoder gathers the quads of one label. The first error stays.
type encoder struct {
	label   quad.IRI
	text    string
	offsets *graph.Offsets // of text
	lax     bool           // leave out passages that do not stand in the text, instead of failing
	seen    map[graph.ID]bool
	subject quad.IRI
	quads   []quad.Quad
	err     error
}

// newEncoder starts a label whose passages are spans of text.
func newEncoder(label graph.Label, text string) *encoder {
	e := &encoder{label: SafeIRI(graph.ID(label)), text: text, offsets: graph.NewOffsets(text), seen: map[graph.ID]bool{}}
	if label == "" {
		e.fail("a label is missing")
	}
	return e
}

// finish returns the quads in canonical order.
func (e *encoder) finish() ([]quad.Quad, error) {
	if e.err != nil {
		return nil, e.err
	}
	return Sort(e.quads), nil
}

func (e *encoder) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("encode %s: %w: %w", e.subject, fmt.Errorf(format, args...), graph.ErrInvalid)
	}
}

func (e *encoder) failErr(p quad.IRI, err error) {
	if e.err == nil && err != nil {
		e.err = fmt.Errorf("encode %s %s: %w", e.subject, p, err)
	}
}

// begin makes id the subject of the fields that follow, and states its class. A
// subject stands once in a label: its fields would run together.
func (e *encoder) begin(id graph.ID, class quad.IRI) {
	e.subject = SafeIRI(id)
	switch {
	case id == "":
		e.fail("a node of class %s has no ID", class)
	case class == "":
		e.fail("its type is not known")
	case e.seen[id]:
		e.fail("it stands twice in one label")
	}
	e.seen[id] = true
	e.add(vocab.Type, class)
}

// node encodes a node.
func (e *encoder) node(n graph.Node) {
	e.begin(n.NodeID(), classOf(n))
	visit(e, n)
}

// relation encodes a relation's node and, when a text says so, the plain edge.
func (e *encoder) relation(r *graph.Relation) {
	e.node(r)
	if r.Basis == graph.BasisStated || r.Basis == graph.BasisDeclared {
		e.edge(r.From, vocab.IRI(r.Kind), r.To)
	}
}

func (e *encoder) add(p quad.IRI, o quad.Value) {
	e.quads = append(e.quads, quad.Quad{Subject: e.subject, Predicate: p, Object: o, Label: e.label})
}

func (e *encoder) edge(from graph.ID, p quad.IRI, to graph.ID) {
	if from != "" && to != "" {
		e.quads = append(e.quads, quad.Quad{Subject: SafeIRI(from), Predicate: p, Object: SafeIRI(to), Label: e.label})
	}
}

// valid reports whether a string is text; a literal can hold nothing else.
func (e *encoder) valid(p quad.IRI, s string) bool {
	if !utf8.ValidString(s) {
		e.fail("%s is not UTF-8: %.40q", p, s)
		return false
	}
	return true
}

func (e *encoder) id(p quad.IRI, x *graph.ID) {
	if *x != "" {
		e.add(p, SafeIRI(*x))
	}
}

func (e *encoder) str(p quad.IRI, x *string) {
	if *x != "" && e.valid(p, *x) {
		e.add(p, quad.String(*x))
	}
}

func (e *encoder) date(p quad.IRI, x *graph.Date) {
	if *x != "" && e.valid(p, string(*x)) {
		e.add(p, dateLiteral(*x))
	}
}

func (e *encoder) time(p quad.IRI, x time.Time) {
	if x.IsZero() {
		return
	}
	v, err := instantLiteral(x)
	e.failErr(p, err)
	e.add(p, v)
}

func (e *encoder) int(p quad.IRI, x *int) {
	if *x != 0 {
		e.add(p, quad.Int(*x))
	}
}

func (e *encoder) float(p quad.IRI, x **float64) {
	if *x == nil {
		return
	}
	if math.IsNaN(**x) || math.IsInf(**x, 0) {
		e.fail("%s is not finite", p)
	}
	e.add(p, quad.Float(**x))
}

func (e *encoder) class(c quad.IRI, x *bool) {
	if *x {
		e.add(vocab.Type, c)
	}
}

func (e *encoder) ids(p quad.IRI, x *[]graph.ID) {
	for _, id := range *x {
		e.add(p, SafeIRI(id))
	}
}

func (e *encoder) set(p quad.IRI, x *[]string) {
	for _, s := range *x {
		if e.valid(p, s) {
			e.add(p, quad.String(s))
		}
	}
}

func (e *encoder) iris(p quad.IRI, x *[]string) {
	for _, s := range *x {
		e.add(p, SafeIRI(graph.ID(s)))
	}
}

func (e *encoder) list(p quad.IRI, x *[]string) {
	if len(*x) > 0 && !slices.ContainsFunc(*x, func(s string) bool { return !e.valid(p, s) }) {
		e.json(p, *x)
	}
}

func (e *encoder) offices(p quad.IRI, x *[]graph.Office) {
	if len(*x) == 0 {
		return
	}
	out := make([]office, len(*x))
	for i, o := range *x {
		if !e.valid(p, o.Title) || !e.valid(p, o.Body) || !e.valid(p, string(o.From)) || !e.valid(p, string(o.Until)) {
			return
		}
		out[i] = office(o)
	}
	e.json(p, out)
}

func (e *encoder) passage(p quad.IRI, x *graph.Passage) {
	if *x != (graph.Passage{}) {
		e.passages(p, &[]graph.Passage{*x})
	}
}

func (e *encoder) passages(p quad.IRI, x *[]graph.Passage) {
	if len(*x) == 0 {
		return
	}
	out := make([]passage, 0, len(*x))
	for _, g := range *x {
		if !e.valid(p, g.Exact) || !e.valid(p, g.Prefix) || !e.valid(p, g.Suffix) {
			return
		}
		if e.lax && !(e.inside(g.Span) && strings.HasPrefix(e.text[g.Start:], g.Exact)) {
			continue
		}
		if !e.inside(g.Span) {
			e.fail("%s: span [%d,%d) does not fit a text of %d bytes", p, g.Start, g.End, len(e.text))
			return
		}
		s := e.offsets.Points(g.Span)
		out = append(out, passage{Start: s.Start, End: s.End, Exact: g.Exact, Prefix: g.Prefix, Suffix: g.Suffix})
	}
	if len(out) > 0 {
		e.json(p, out)
	}
}

// inside reports whether a span, which may be empty, lies in the text on rune boundaries.
func (e *encoder) inside(s graph.Span) bool {
	boundary := func(i int) bool { return i == len(e.text) || utf8.RuneStart(e.text[i]) }
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(e.text) && boundary(s.Start) && boundary(s.End)
}

func (e *encoder) predicate(p quad.IRI, x *graph.Predicate) {
	iri := vocab.IRI(*x)
	if iri == "" {
		e.fail("%q is no relation", *x)
		return
	}
	e.add(p, iri)
}

func (e *encoder) json(p quad.IRI, x any) {
	v, err := jsonLiteral(x)
	e.failErr(p, err)
	e.add(p, v)
}
