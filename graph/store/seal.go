package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/vocab"
)

// A seal remembers how many quads a label was written with, and which, so that
// Verify finds out when one is lost, added or changed.
const (
	sealPredicate quad.IRI = vocab.Namespace + "seal"
	sealLabel     quad.IRI = graph.Namespace + "seal"
)

// A digest is of a set of quads, in any order.
type digest struct {
	count int
	sum   [sha256.Size]byte
}

func (d *digest) add(q quad.Quad) {
	sum := sha256.Sum256([]byte(q.NQuad()))
	for i, b := range sum {
		d.sum[i] ^= b
	}
	d.count++
}

func (d *digest) String() string { return fmt.Sprintf("%d:%s", d.count, hex.EncodeToString(d.sum[:])) }

// seal returns the quad that seals a label's quads.
func seal(label graph.Label, quads []quad.Quad) quad.Quad {
	var d digest
	for _, q := range quads {
		d.add(q)
	}
	return quad.Quad{Subject: labelIRI(label), Predicate: sealPredicate, Object: quad.String(d.String()), Label: sealLabel}
}

// labelIRI returns the IRI of a label.
func labelIRI(label graph.Label) quad.IRI { return codec.SafeIRI(graph.ID(label)) }
