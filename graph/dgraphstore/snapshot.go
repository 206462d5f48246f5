package dgraphstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/store"
)

// A snapshot reads at one time of Dgraph's clock. Every read is one query; an answer that would be longer than a page
// goes on in further ones, each after the last node of the one before.
type snapshot struct {
	*backend
	at   moment
	root root
}

// Out implements [store.Snapshot].
func (s *snapshot) Out(ctx context.Context, subjects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.quadsAt(ctx, quad.Subject, subjects, predicates)
}

// In implements [store.Snapshot].
func (s *snapshot) In(ctx context.Context, objects []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	return s.quadsAt(ctx, quad.Object, objects, predicates)
}

// Label implements [store.Snapshot].
func (s *snapshot) Label(ctx context.Context, label quad.IRI) ([]quad.Quad, error) {
	return s.quadsAt(ctx, quad.Label, []quad.Value{label}, nil)
}

func (s *snapshot) quadsAt(ctx context.Context, d quad.Direction, values []quad.Value, predicates []quad.IRI) ([]quad.Quad, error) {
	if len(values) == 0 {
		return nil, ctx.Err()
	}
	wanted, keys, err := identities(values)
	if err != nil {
		return nil, err
	}
	attribute := map[quad.Direction]string{quad.Subject: s.schema.subject, quad.Object: s.schema.object, quad.Label: s.schema.label}[d]
	function, filter := equal(attribute, keys), ""
	by, keys, err := identities(predicates)
	if err != nil {
		return nil, err
	}
	if len(keys) > 0 {
		filter = "@filter(" + equal(s.schema.predicate, keys) + ")"
	}
	var out []quad.Quad
	err = s.eachQuad(ctx, function, filter, func(q quad.Quad) error {
		// Another value may have the same key.
		at, err := encodeValue(q.Get(d))
		if err != nil {
			return err
		}
		predicate, err := encodeValue(q.Predicate)
		if err != nil {
			return err
		}
		if wanted[string(at)] && (len(by) == 0 || by[string(predicate)]) {
			out = append(out, q)
		}
		return nil
	})
	return out, err
}

// Each implements [store.Snapshot].
func (s *snapshot) Each(ctx context.Context, f func(quad.Quad) error) error {
	var n int64
	err := s.eachQuad(ctx, "has("+s.schema.quad+")", "", func(q quad.Quad) error { n++; return f(q) })
	if err == nil && n != s.root.Quads {
		err = fmt.Errorf("%d quads are found, the store counts %d: %w", n, s.root.Quads, graph.ErrDamaged)
	}
	return err
}

func (s *snapshot) eachQuad(ctx context.Context, function, filter string, f func(quad.Quad) error) error {
	return s.each(ctx, function, filter, "value: "+s.schema.quad, func(n node) error {
		b, err := unpack(n.Value)
		if err != nil {
			return fmt.Errorf("node %s: %w", n.UID, err)
		}
		q, err := decodeQuad(b)
		if err != nil {
			return fmt.Errorf("node %s: %w", n.UID, err)
		}
		return f(q)
	})
}

// A node is what is read of one.
type node struct {
	UID    string `json:"uid"`
	Value  string `json:"value"`
	Hash   string `json:"hash"`
	Number int64  `json:"number"`
}

// each calls f with the nodes that a function and a filter find, by rising uid.
func (s *snapshot) each(ctx context.Context, function, filter, fields string, f func(node) error) error {
	after := "0x0"
	for {
		var got struct{ Nodes []node }
		_, err := s.read(ctx, s.at, fmt.Sprintf("nodes(func: %s, first: %d, after: %s) %s { uid %s }\n", function, s.page, after, filter, fields), &got)
		if err != nil {
			return err
		}
		for _, n := range got.Nodes {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := f(n); err != nil {
				return err
			}
			after = n.UID
		}
		if len(got.Nodes) < s.page {
			return ctx.Err()
		}
	}
}

// Texts implements [store.Snapshot].
func (s *snapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	if len(hashes) == 0 {
		return nil, ctx.Err()
	}
	wanted := make(map[string]bool, len(hashes))
	for _, h := range hashes {
		wanted[h] = true
	}
	out := make(map[string]string, len(hashes))
	err := s.each(ctx, equal(s.schema.textID, hashKeys(hashes)), "", "hash: "+s.schema.hash+" value: "+s.schema.text, func(n node) error {
		if !wanted[n.Hash] {
			return nil
		}
		text, err := unpack(n.Value)
		if err != nil {
			return fmt.Errorf("text %s: %w", n.Hash, err)
		}
		out[n.Hash] = string(text)
		return nil
	})
	return out, err
}

// EachHash implements [store.Snapshot].
func (s *snapshot) EachHash(ctx context.Context, f func(hash string) error) error {
	var found int64
	err := s.each(ctx, "has("+s.schema.hash+")", "", "hash: "+s.schema.hash, func(n node) error { found++; return f(n.Hash) })
	if err == nil && found != s.root.Texts {
		err = fmt.Errorf("%d texts are found, the store counts %d: %w", found, s.root.Texts, graph.ErrDamaged)
	}
	return err
}

// Head implements [store.Snapshot].
func (s *snapshot) Head() int64 { return s.root.Head }

// Entries implements [store.Snapshot].
func (s *snapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	for from := after + 1; from <= s.root.Head; {
		to := min(from+int64(s.page)-1, s.root.Head)
		found := make(map[int64]string, to-from+1)
		err := s.each(ctx, fmt.Sprintf("between(%s, %d, %d)", s.schema.number, from, to), "", "number: "+s.schema.number+" value: "+s.schema.entry, func(n node) error {
			found[n.Number] = n.Value
			return nil
		})
		if err != nil {
			return err
		}
		for ; from <= to; from++ {
			packed, ok := found[from]
			if !ok {
				return fmt.Errorf("entry %d of %d is missing: %w", from, s.root.Head, graph.ErrDamaged)
			}
			data, err := unpack(packed)
			if err != nil {
				return fmt.Errorf("entry %d: %w", from, err)
			}
			if err := f(store.Entry{Number: from, Data: data}); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// Close implements [store.Snapshot]. Dgraph keeps nothing for a reader.
func (s *snapshot) Close() error { return nil }

// equal returns the function that finds the nodes with one of the keys.
func equal(attribute string, keys []key) string {
	var b strings.Builder
	fmt.Fprintf(&b, "eq(%s, [", attribute)
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(int64(k), 10))
	}
	b.WriteString("])")
	return b.String()
}

func hashKeys(hashes []string) []key {
	out := make([]key, len(hashes))
	for i, h := range hashes {
		out[i] = keyOf([]byte(h))
	}
	return out
}
