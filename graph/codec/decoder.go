package codec

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// decoder reads the fields of one subject in one label. The first error stays.
type decoder struct {
	subject quad.IRI
	quads   []quad.Quad
	text    func(version graph.ID) (*graph.Offsets, error)
	err     error
}

func (d *decoder) fail(p quad.IRI, err error) {
	if d.err == nil && err != nil {
		d.err = fmt.Errorf("decode %s %s: %w", d.subject, p, err)
	}
}

// says reports whether a quad has a predicate. Comparing it as an interface takes longer.
func says(q quad.Quad, p quad.IRI) bool {
	iri, is := q.Predicate.(quad.IRI)
	return is && iri == p
}

// one returns the object of a predicate, nil if there is none. Of several, which
// codec never writes, it is the smallest.
func (d *decoder) one(p quad.IRI) quad.Value {
	var out quad.Value
	for _, q := range d.quads {
		if says(q, p) && (out == nil || q.Object.String() < out.String()) {
			out = q.Object
		}
	}
	return out
}

// all returns the objects of a predicate.
func (d *decoder) all(p quad.IRI) []quad.Value {
	var out []quad.Value
	for _, q := range d.quads {
		if says(q, p) {
			out = append(out, q.Object)
		}
	}
	return out
}

// read parses the object of a predicate into x, which stays if there is none.
func read[T any](d *decoder, p quad.IRI, x *T, parse func(quad.Value) (T, error)) {
	v := d.one(p)
	if v == nil {
		return
	}
	got, err := parse(v)
	if err != nil {
		d.fail(p, err)
		return
	}
	*x = got
}

// readAll parses every object of a predicate, sorted and each once.
func readAll[T ~string](d *decoder, p quad.IRI, x *[]T, parse func(quad.Value) (T, error)) {
	for _, v := range d.all(p) {
		got, err := parse(v)
		d.fail(p, err)
		*x = append(*x, got)
	}
	slices.Sort(*x)
	*x = slices.Compact(*x)
}

func (d *decoder) id(p quad.IRI, x *graph.ID) { read(d, p, x, parseID) }

func (d *decoder) str(p quad.IRI, x *string) { read(d, p, x, parseString) }

func (d *decoder) date(p quad.IRI, x *graph.Date) {
	read(d, p, x, func(v quad.Value) (graph.Date, error) {
		s, err := parseString(v)
		return graph.Date(s), err
	})
}

func (d *decoder) time(p quad.IRI, x *time.Time) { read(d, p, x, parseInstant) }

func (d *decoder) int(p quad.IRI, x *int) {
	read(d, p, x, func(v quad.Value) (int, error) {
		if n, ok := v.(quad.Int); ok {
			return int(n), nil
		}
		return 0, damaged(v, "an integer")
	})
}

func (d *decoder) float(p quad.IRI, x **float64) {
	read(d, p, x, func(v quad.Value) (*float64, error) {
		if n, ok := v.(quad.Float); ok {
			f := float64(n)
			return &f, nil
		}
		return nil, damaged(v, "a number")
	})
}

func (d *decoder) class(c quad.IRI, x *bool) {
	*x = slices.ContainsFunc(d.quads, func(q quad.Quad) bool { return q.Predicate == vocab.Type && q.Object == c })
}

func (d *decoder) ids(p quad.IRI, x *[]graph.ID) { readAll(d, p, x, parseID) }

func (d *decoder) set(p quad.IRI, x *[]string) { readAll(d, p, x, parseString) }

func (d *decoder) iris(p quad.IRI, x *[]string) {
	readAll(d, p, x, func(v quad.Value) (string, error) {
		id, err := parseID(v)
		return string(id), err
	})
}

func (d *decoder) list(p quad.IRI, x *[]string) {
	if list, ok := scanStrings(d.literal(p)); ok {
		*x = list
		return
	}
	d.json(p, x)
}

func (d *decoder) offices(p quad.IRI, x *[]graph.Office) {
	var in []office
	d.json(p, &in)
	for _, o := range in {
		*x = append(*x, graph.Office(o))
	}
}

func (d *decoder) passage(p quad.IRI, x *graph.Passage) {
	var list []graph.Passage
	d.passages(p, &list)
	if len(list) > 0 {
		*x = list[0]
	}
}

func (d *decoder) passages(p quad.IRI, x *[]graph.Passage) {
	in, ok := scanPassages(d.literal(p))
	if !ok {
		in = nil
		d.json(p, &in)
	}
	if len(in) == 0 {
		return
	}
	*x = make([]graph.Passage, 0, len(in))
	offsets, err := d.text(d.version())
	if err != nil {
		d.fail(p, err)
		return
	}
	for _, g := range in {
		s, err := offsets.Bytes(graph.Span{Start: g.Start, End: g.End})
		if err != nil {
			// The quads and the text do not belong together: it is not the caller's input that is wrong.
			d.fail(p, fmt.Errorf("span [%d,%d) of a text of %d characters: %w", g.Start, g.End, offsets.Len(), graph.ErrDamaged))
			return
		}
		*x = append(*x, graph.Passage{Span: s, Exact: g.Exact, Prefix: g.Prefix, Suffix: g.Suffix})
	}
}

// version returns the version whose text the subject's passages count.
func (d *decoder) version() (id graph.ID) {
	d.id(vocab.OfVersion, &id)
	if id == "" {
		d.id(vocab.SegmentOf, &id)
	}
	return id
}

func (d *decoder) predicate(p quad.IRI, x *graph.Predicate) {
	read(d, p, x, func(v quad.Value) (graph.Predicate, error) {
		iri, _ := v.(quad.IRI)
		if short, ok := vocab.Predicate(iri); ok {
			return short, nil
		}
		return "", damaged(v, "a relation")
	})
}

// literal returns the JSON that is the object of a predicate, "" when there is none.
func (d *decoder) literal(p quad.IRI) string { return jsonOf(d.one(p)) }

func (d *decoder) json(p quad.IRI, x any) {
	if v := d.one(p); v != nil {
		d.fail(p, parseJSON(v, x))
	}
}

// described groups the quads of a label by subject: those with a class, in order.
type described struct {
	label    graph.Label
	text     func(graph.ID) (*graph.Offsets, error)
	subjects []quad.IRI
	bySubj   map[quad.IRI][]quad.Quad
}

// describe finds the content of a label: the label whose own node is of the class given.
func describe(quads []quad.Quad, class quad.IRI, text string) (*described, *decoder, error) {
	var own quad.IRI
	for _, q := range quads {
		if q.Predicate == vocab.Type && q.Object == class && q.Subject == q.Label {
			iri, _ := q.Subject.(quad.IRI)
			if own != "" && own != iri {
				return nil, nil, fmt.Errorf("decode: two labels, %s and %s: %w", own, iri, graph.ErrInvalid)
			}
			own = iri
		}
	}
	if own == "" {
		return nil, nil, fmt.Errorf("decode: no %s among %d quads: %w", strings.TrimPrefix(string(class), vocab.Namespace), len(quads), graph.ErrNotFound)
	}
	var offsets *graph.Offsets
	d := &described{label: graph.Label(IDOf(own)), bySubj: map[quad.IRI][]quad.Quad{}}
	d.text = func(graph.ID) (*graph.Offsets, error) {
		if offsets == nil {
			offsets = graph.NewOffsets(text)
		}
		return offsets, nil
	}
	for _, q := range quads {
		if s, ok := q.Subject.(quad.IRI); ok && q.Label == own {
			if _, held := d.bySubj[s]; !held {
				d.subjects = append(d.subjects, s)
			}
			d.bySubj[s] = append(d.bySubj[s], q)
		}
	}
	slices.Sort(d.subjects)
	return d, d.decoder(own), nil
}

func (d *described) decoder(subject quad.IRI) *decoder {
	return &decoder{subject: subject, quads: d.bySubj[subject], text: d.text}
}

// nodes decodes every node, in order of subject.
func (d *described) nodes() ([]graph.Node, error) {
	var out []graph.Node
	for _, s := range d.subjects {
		dec := d.decoder(s)
		class, ok := dec.nodeClass()
		if !ok {
			continue
		}
		n := newNode(IDOf(s), class)
		visit(dec, n)
		if dec.err != nil {
			return nil, dec.err
		}
		out = append(out, n)
	}
	return out, nil
}

// nodeClass returns the class that makes the subject a node; ok is false if it is none.
func (d *decoder) nodeClass() (class quad.IRI, ok bool) {
	for _, v := range d.all(vocab.Type) {
		if c, isIRI := v.(quad.IRI); isIRI {
			if _, isNode := vocab.NodeTypeOf(c); isNode && (class == "" || c < class) {
				class = c
			}
		}
	}
	return class, class != ""
}
