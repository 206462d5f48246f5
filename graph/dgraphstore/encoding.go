package dgraphstore

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/klauspost/compress/zstd"

	"whence/graph"
)

// A key is what Dgraph finds a thing by: the first 63 bits of a SHA-256. It never meets what a document
// says, so that neither its length nor its letters matter. Two things may have one key: whoever reads by
// key looks at what was read.
type key int64

func keyOf(b []byte) key {
	sum := sha256.Sum256(b)
	return key(binary.BigEndian.Uint64(sum[:]) >> 1)
}

// identities returns the bytes of values, as keys of a map, and the keys of the values, each once.
func identities[V quad.Value](values []V) (map[string]bool, []key, error) {
	wanted := make(map[string]bool, len(values))
	keys := make([]key, 0, len(values))
	for _, v := range values {
		b, err := encodeValue(v)
		if err != nil {
			return nil, nil, err
		}
		if !wanted[string(b)] {
			wanted[string(b)] = true
			keys = append(keys, keyOf(b))
		}
	}
	return wanted, keys, nil
}

// encodeValue returns the bytes of a value. Equal values have the same, a time in any zone.
func encodeValue(v quad.Value) ([]byte, error) {
	if err := checkValue(v); err != nil {
		return nil, err
	}
	return pquads.MarshalValue(v)
}

// checkValue refuses what does not read back as it was.
func checkValue(v quad.Value) error {
	switch v.(type) {
	case nil, quad.String, quad.IRI, quad.BNode, quad.TypedString, quad.LangString, quad.Int, quad.Float, quad.Bool, quad.Time:
		return nil
	}
	return fmt.Errorf("a value of type %T cannot be kept: %w", v, graph.ErrInvalid)
}

// encodeQuad returns the bytes of a quad.
func encodeQuad(q quad.Quad) ([]byte, error) {
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if err := checkValue(v); err != nil {
			return nil, err
		}
	}
	return pquads.MakeQuad(q).Marshal()
}

func decodeQuad(b []byte) (quad.Quad, error) {
	var p pquads.Quad
	if err := p.Unmarshal(b); err != nil {
		return quad.Quad{}, fmt.Errorf("a quad: %w: %w", err, graph.ErrDamaged)
	}
	for _, v := range []*pquads.Value{p.SubjectValue, p.PredicateValue, p.ObjectValue} {
		if v == nil || v.Value == nil {
			return quad.Quad{}, fmt.Errorf("a quad lacks a value: %w", graph.ErrDamaged)
		}
	}
	if l := p.LabelValue; l != nil && l.Value == nil {
		return quad.Quad{}, fmt.Errorf("a quad lacks its label: %w", graph.ErrDamaged)
	}
	return p.ToNative(), nil
}

// Dgraph's strings are UTF-8, and ours any bytes: they are packed in base64. What is longer than a page of text is
// compressed; the first letter, which is not of base64, tells.
const (
	plain      = '.'
	compressed = '~'
	longBytes  = 2 << 10
	// mostBytes is the most that is unpacked: what claims to be larger is damaged.
	mostBytes = 1 << 30
)

var (
	encoder = must(zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)))
	decoder = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(mostBytes)))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options above are right or wrong for every run
	}
	return v
}

func pack(b []byte) string {
	mark := byte(plain)
	if len(b) > longBytes {
		mark, b = compressed, encoder.EncodeAll(b, nil)
	}
	out := make([]byte, 1, 1+base64.StdEncoding.EncodedLen(len(b)))
	out[0] = mark
	return string(base64.StdEncoding.AppendEncode(out, b))
}

func unpack(s string) ([]byte, error) {
	if s == "" || s[0] != plain && s[0] != compressed {
		return nil, fmt.Errorf("%.20q is not packed: %w", s, graph.ErrDamaged)
	}
	b, err := base64.StdEncoding.DecodeString(s[1:])
	if err == nil && s[0] == compressed {
		b, err = decoder.DecodeAll(b, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("%.20q does not unpack: %w: %w", s, err, graph.ErrDamaged)
	}
	return b, nil
}
