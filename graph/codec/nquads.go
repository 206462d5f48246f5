package codec

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"whence/graph"
)

// WriteNQuads writes quads as N-Quads, a line each, in the order given.
func WriteNQuads(w io.Writer, quads []quad.Quad) error {
	enc := nquads.NewWriter(w)
	for _, q := range quads {
		q.Object = full(q.Object)
		if err := enc.WriteQuad(q); err != nil {
			return fmt.Errorf("write N-Quads: %s: %w", q.Subject, err)
		}
	}
	return enc.Close()
}

// ReadNQuads reads N-Quads. A line that is none gives an error wrapping
// [graph.ErrInvalid] that says which, counted from 1.
func ReadNQuads(r io.Reader) ([]quad.Quad, error) {
	in := bufio.NewReader(r)
	var out []quad.Quad
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read N-Quads: line %d: %w", n, err)
		}
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			q, perr := parseQuad(string(line))
			if perr != nil {
				return nil, fmt.Errorf("read N-Quads: line %d: %w: %w", n, perr, graph.ErrInvalid)
			}
			out = append(out, q)
		}
		if err != nil {
			return out, nil //nolint:nilerr // it is the end of the input
		}
	}
}

// parseQuad parses one line. The parser panics on an escape that is no code
// point; that is bad input, not a fault of the program.
func parseQuad(line string) (q quad.Quad, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	if q, err = nquads.Parse(line); err != nil {
		return q, err
	}
	_, subject := q.Subject.(quad.Identifier)
	_, predicate := q.Predicate.(quad.IRI)
	_, label := q.Label.(quad.Identifier)
	if !q.IsValid() || !subject || !predicate || q.Label != nil && !label {
		return q, errors.New("no quad: subject, predicate and label must be IRIs")
	}
	return q, nil
}
