package codec

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph/vocab"
)

// Sort puts quads in canonical order, that of their N-Quads lines by code point,
// and removes what stands twice. It sorts in place and returns the shorter slice.
func Sort(quads []quad.Quad) []quad.Quad {
	type keyed struct {
		line string
		quad quad.Quad
	}
	list := make([]keyed, len(quads))
	var b strings.Builder
	for i, q := range quads {
		b.Reset()
		for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
			b.WriteString(quad.StringOf(full(v)))
			b.WriteByte(' ')
		}
		list[i] = keyed{b.String(), q}
	}
	slices.SortFunc(list, func(a, b keyed) int { return strings.Compare(a.line, b.line) })
	list = slices.CompactFunc(list, func(a, b keyed) bool { return a.line == b.line })
	for i, k := range list {
		quads[i] = k.quad
	}
	clear(quads[len(list):])
	return quads[:len(list)]
}

// full returns a value as other programs know it: quad names the datatypes of
// numbers by a prefix, <xsd:integer>, which is no IRI of theirs.
func full(v quad.Value) quad.Value {
	switch x := v.(type) {
	case quad.Int:
		return quad.TypedString{Value: x.TypedString().Value, Type: vocab.Integer}
	case quad.Float:
		return quad.TypedString{Value: x.TypedString().Value, Type: vocab.Double}
	}
	return v
}
