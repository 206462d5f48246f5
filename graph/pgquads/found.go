package pgquads

import (
	"fmt"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// A found is the answer to a query of [find], on the way to quads.
type found struct {
	at      map[hash]int32 // where a node is in nodes and values
	nodes   []hash
	values  []quad.Value // nil while it is not known
	read    []int32      // which values came with the answer
	quads   [][4]int32   // their nodes in the order of [quad.Directions]; noLabel for none
	horizon int64        // the greatest
}

const noLabel = -1

func newFound() *found { return &found{at: map[hash]int32{}} }

// node returns where a node is.
func (f *found) node(h hash) int32 {
	at, ok := f.at[h]
	if !ok {
		at = int32(len(f.nodes))
		f.at[h] = at
		f.nodes = append(f.nodes, h)
		f.values = append(f.values, nil)
	}
	return at
}

// ends returns the hashes of values, none of nil, and remembers what they are of.
func ends[V quad.Value](f *found, values []V) [][]byte {
	out := make([][]byte, 0, len(values))
	for _, v := range values {
		if h := cgraph.HashOf(v); h.Valid() {
			f.values[f.node(h)] = v
			out = append(out, h[:])
		}
	}
	return out
}

// add takes a quad. As a rule it shares a node with the one before it.
func (f *found) add(hashes [4]hashColumn) {
	var q [4]int32
	for i := range hashes {
		h := hashes[i].hash
		switch {
		case hashes[i].null:
			q[i] = noLabel
		case len(f.quads) > 0 && f.same(i, h):
			q[i] = f.quads[len(f.quads)-1][i]
		default:
			q[i] = f.node(h)
		}
	}
	f.quads = append(f.quads, q)
}

// same reports whether the last quad has a node in a direction.
func (f *found) same(direction int, h hash) bool {
	at := f.quads[len(f.quads)-1][direction]
	return at != noLabel && f.nodes[at] == h
}

// set takes a value that was read.
func (f *found) set(h hash, v quad.Value) {
	at := f.node(h)
	f.values[at] = v
	f.read = append(f.read, at)
}

// unknown returns the hashes of the values that are not known.
func (f *found) unknown() (out [][]byte) {
	for i := range f.values {
		if f.values[i] == nil {
			out = append(out, f.nodes[i][:])
		}
	}
	return out
}

// known returns the values that are known.
func (f *found) known() map[hash]quad.Value {
	out := make(map[hash]quad.Value, len(f.values))
	for i, v := range f.values {
		if v != nil {
			out[f.nodes[i]] = v
		}
	}
	return out
}

// refs returns the quads as Cayley refers to them.
func (f *found) refs() []cgraph.Ref {
	out := make([]cgraph.Ref, len(f.quads))
	for i, q := range f.quads {
		var ref cgraph.QuadHash
		for j, at := range q {
			if at != noLabel {
				ref.Set(quad.Directions[j], f.nodes[at])
			}
		}
		out[i] = ref
	}
	return out
}

// result returns what was found. A value that is not there is damage: a quad holds its values.
func (f *found) result() ([]quad.Quad, error) {
	out := make([]quad.Quad, len(f.quads))
	for i, q := range f.quads {
		for j, at := range q {
			if at == noLabel {
				continue
			}
			v := f.values[at]
			if v == nil {
				return nil, fmt.Errorf("%w: the %v of a quad is not there, node %v", graph.ErrDamaged, quad.Directions[j], f.nodes[at])
			}
			out[i].Set(quad.Directions[j], v)
		}
	}
	return out, nil
}

// A hashColumn is where the hash in a column is read to.
type hashColumn struct {
	hash
	null bool
}

// ScanBytes implements pgtype.BytesScanner.
func (h *hashColumn) ScanBytes(b []byte) error {
	h.hash, h.null = hash{}, b == nil
	if b != nil && len(b) != len(h.hash) {
		return fmt.Errorf("%w: a hash of %d bytes", graph.ErrDamaged, len(b))
	}
	copy(h.hash[:], b)
	return nil
}
