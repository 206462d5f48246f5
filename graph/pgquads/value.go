package pgquads

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/jackc/pgx/v5/pgtype"

	"whence/graph"
)

// A hash is what Cayley knows a value by: the SHA-1 of its N-Quads form. Values that are written
// alike, as quad.Int(1) and a quad.TypedString of "1", are one value.
type hash = cgraph.ValueHash

// nodeColumns are the columns of a node that say its value, in the order of nodeColumn's fields.
const nodeColumns = `value, value_string, datatype, language, iri, bnode, value_int, value_bool, value_float, value_time`

// nodeValues are values as the columns of the table nodes, one slice for each.
type nodeValues struct {
	hashes                  [][]byte
	data                    [][]byte
	str, datatype, language []*string
	iri, bnode              []*bool
	integer                 []*int64
	boolean                 []*bool
	float                   []*float64
	time                    []*time.Time
}

// arguments returns the columns in the order of hash and nodeColumns.
func (n *nodeValues) arguments() []any {
	return []any{n.hashes, n.data, n.str, n.datatype, n.language, n.iri, n.bnode, n.integer, n.boolean, n.float, n.time}
}

// add appends a value. What the text columns cannot hold, or Cayley would read from them as
// something else, goes into the column value in the form in which Cayley keeps values there.
func (n *nodeValues) add(h hash, v quad.Value) error {
	var (
		data                    []byte
		str, datatype, language *string
		iri, bnode, boolean     *bool
		integer                 *int64
		float                   *float64
		at                      *time.Time
		fits                    bool
	)
	yes := true
	switch v := v.(type) {
	case quad.IRI:
		str, iri, fits = new(string), &yes, plain(string(v))
		*str = string(v)
	case quad.BNode:
		str, bnode, fits = new(string), &yes, plain(string(v))
		*str = string(v)
	case quad.String:
		str, fits = new(string), plain(string(v))
		*str = string(v)
	case quad.TypedString:
		str, datatype, fits = new(string), new(string), plain(string(v.Value)) && plain(string(v.Type))
		*str, *datatype = string(v.Value), string(v.Type)
	case quad.LangString:
		str, language, fits = new(string), &v.Lang, plain(string(v.Value)) && plain(v.Lang)
		*str = string(v.Value)
	case quad.Int:
		integer, fits = (*int64)(&v), true
	case quad.Bool:
		boolean, fits = (*bool)(&v), true
	case quad.Float:
		float, fits = (*float64)(&v), true
	case quad.Time:
		t := time.Time(v)
		at, fits = &t, t.Year() > 0 && t.Year() < 10_000 && t.Equal(t.Truncate(time.Microsecond))
	default:
		return fmt.Errorf("a value of type %T cannot be kept: %w", v, graph.ErrInvalid)
	}
	if !fits {
		var err error
		if data, err = pquads.MarshalValue(v); err != nil {
			return fmt.Errorf("%T: %w", v, err)
		}
		str, datatype, language, iri, bnode, at = nil, nil, nil, nil, nil, nil
	}
	n.hashes = append(n.hashes, h[:])
	n.data = append(n.data, data)
	n.str = append(n.str, str)
	n.datatype = append(n.datatype, datatype)
	n.language = append(n.language, language)
	n.iri = append(n.iri, iri)
	n.bnode = append(n.bnode, bnode)
	n.integer = append(n.integer, integer)
	n.boolean = append(n.boolean, boolean)
	n.float = append(n.float, float)
	n.time = append(n.time, at)
	return nil
}

// nul is what Cayley writes for a NUL, and reads as one.
const nul = `\x00`

// plain reports whether a text column gives a string back as it is.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.Contains(s, "\x00") && !strings.Contains(s, nul)
}

// A nodeColumn is a row's value, in the order of nodeColumns.
type nodeColumn struct {
	data                    []byte
	str, datatype, language pgtype.Text
	iri, bnode              pgtype.Bool
	integer                 pgtype.Int8
	boolean                 pgtype.Bool
	float                   pgtype.Float8
	time                    pgtype.Timestamptz
}

// into returns where the columns of a row are read to.
func (n *nodeColumn) into() []any {
	return []any{&n.data, &n.str, &n.datatype, &n.language, &n.iri, &n.bnode, &n.integer, &n.boolean, &n.float, &n.time}
}

// value returns the value of this hash that the columns say, read as Cayley reads it.
func (n *nodeColumn) value(want hash) (quad.Value, error) {
	v, err := n.raw()
	if err != nil {
		return nil, fmt.Errorf("%w: node %v: %w", graph.ErrDamaged, want, err)
	}
	if v != nil && cgraph.HashOf(v) == want {
		return v, nil
	}
	// Cayley writes a NUL and the four characters that stand for it alike; the hash tells which it was.
	if n.str.Valid && strings.Contains(n.str.String, nul) {
		n.str.String = strings.ReplaceAll(n.str.String, nul, "\x00")
		if v, err = n.raw(); err == nil && cgraph.HashOf(v) == want {
			return v, nil
		}
	}
	return nil, fmt.Errorf("%w: node %v holds another value", graph.ErrDamaged, want)
}

func (n *nodeColumn) raw() (v quad.Value, err error) {
	switch {
	case n.str.Valid && n.iri.Bool:
		return quad.IRI(n.str.String), nil
	case n.str.Valid && n.bnode.Bool:
		return quad.BNode(n.str.String), nil
	case n.str.Valid && n.language.Valid:
		return quad.LangString{Value: quad.String(n.str.String), Lang: n.language.String}, nil
	case n.str.Valid && n.datatype.Valid:
		return quad.TypedString{Value: quad.String(n.str.String), Type: quad.IRI(n.datatype.String)}, nil
	case n.str.Valid:
		return quad.String(n.str.String), nil
	case n.integer.Valid:
		return quad.Int(n.integer.Int64), nil
	case n.boolean.Valid:
		return quad.Bool(n.boolean.Bool), nil
	case n.float.Valid:
		return quad.Float(n.float.Float64), nil
	case n.time.Valid:
		return quad.Time(n.time.Time.UTC()), nil
	}
	defer func() { // a value of no kind that pquads knows
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return pquads.UnmarshalValue(n.data)
}
