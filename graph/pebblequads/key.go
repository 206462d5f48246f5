package pebblequads

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"

	"whence/graph"
)

// The first byte of a key. See the package comment.
const (
	keyOffsets   = 'c' // SHA-256, 32 bytes -> where the code points of that text begin
	keyEntries   = 'e' // number, 8 bytes, big-endian -> entry of the log
	keyFormat    = 'f' // -> [format]
	keyLabels    = 'l' // L S P O -> nothing
	keyMeta      = 'm' // -> a counter
	keyObjects   = 'o' // O P S L -> nothing
	keyPredicate = 'p' // P -> how many quads have it
	keySubjects  = 's' // S P O L -> the long form of O when it is a hashed literal
	keyTexts     = 't' // SHA-256, 32 bytes -> zstd
	keyValues    = 'v' // hashed term -> long form
)

var (
	formatKey  = []byte{keyFormat}
	firstKey   = []byte{0x01} // before all others, and lastKey behind; see [DB.compact]
	lastKey    = []byte{0xFE}
	quadsKey   = []byte{keyMeta, 'q'} // how many quads there are
	textsKey   = []byte{keyMeta, 't'} // how many texts there are
	commitsKey = []byte{keyMeta, 'c'} // how many batches were applied
	owedKey    = []byte{keyMeta, 'o'} // there while what was removed may still lie in older files
)

// terms are the terms of a quad, in the order of its index.
type terms [4][]byte

// order says which term of a quad stands where in the keys of an index.
var order = [...][4]quad.Direction{
	keySubjects: {quad.Subject, quad.Predicate, quad.Object, quad.Label},
	keyObjects:  {quad.Object, quad.Predicate, quad.Subject, quad.Label},
	keyLabels:   {quad.Label, quad.Subject, quad.Predicate, quad.Object},
}

// appendKey appends the key of a quad in an index, or the head of it that the
// given terms make.
func appendKey(dst []byte, index byte, ts ...[]byte) []byte {
	dst = append(dst, index)
	for _, t := range ts {
		dst = append(dst, t...)
	}
	return dst
}

// appendQuad appends the terms of a quad as they stand in the index of subjects.
// longs is called with each term that holds a hash and what it is the hash of.
func appendQuad(dst []byte, q quad.Quad, longs func(d quad.Direction, term, long []byte)) ([]byte, error) {
	if q.Subject == nil || q.Predicate == nil || q.Object == nil {
		return nil, fmt.Errorf("quad %v: incomplete: %w", q, graph.ErrInvalid)
	}
	for _, d := range order[keySubjects] {
		at := len(dst)
		term, long, err := appendTerm(dst, q.Get(d))
		if err != nil {
			return nil, fmt.Errorf("%v of %v: %w", d, q, err)
		}
		if long != nil && longs != nil {
			longs(d, term[at:], long)
		}
		dst = term
	}
	return dst, nil
}

// splitKey cuts a key of an index into its terms, in the order of the index.
func splitKey(key []byte) (ts terms, err error) {
	rest := key[1:]
	for i := range ts {
		n := termLen(rest)
		if n < 0 {
			return ts, fmt.Errorf("%w: key %x", graph.ErrDamaged, key)
		}
		ts[i], rest = rest[:n], rest[n:]
	}
	if len(rest) > 0 {
		return ts, fmt.Errorf("%w: key %x", graph.ErrDamaged, key)
	}
	return ts, nil
}

// splitQuad cuts what appendQuad made.
func splitQuad(b []byte) (ts terms) {
	for i := range ts {
		n := termLen(b)
		ts[i], b = b[:n], b[n:]
	}
	return ts
}

func entryKey(number int64) []byte {
	return binary.BigEndian.AppendUint64([]byte{keyEntries}, uint64(number))
}

// textKey returns the key of the text under a hash in hex.
func textKey(hash string) ([]byte, error) {
	sum, err := hex.DecodeString(hash)
	if err != nil || len(sum) != 32 || hex.EncodeToString(sum) != hash {
		return nil, fmt.Errorf("%q is no SHA-256 in hex: %w", hash, graph.ErrInvalid)
	}
	return append([]byte{keyTexts}, sum...), nil
}

// offsetsKey returns the key of what converts offsets in the text under a key.
func offsetsKey(text []byte) []byte {
	key := bytes.Clone(text)
	key[0] = keyOffsets
	return key
}

// after returns the first key behind all that begin with prefix, which has a
// byte other than 0xFF.
func after(prefix []byte) []byte {
	out := bytes.Clone(prefix)
	for i := len(out) - 1; ; i-- {
		if out[i]++; out[i] != 0 {
			return out[:i+1]
		}
	}
}

// comparer orders keys by their bytes. The prefix of a key, which filters are
// made of, is its first term in the indexes and the whole key elsewhere. What is no
// key (a bound that the engine made up) is its own prefix. As terms are
// self-delimiting no prefix of a key begins another, so prefixes order as keys do.
var comparer = func() *pebble.Comparer {
	c := *pebble.DefaultComparer
	c.Name = "whence.terms.1"
	c.Split = splitPrefix
	c.ImmediateSuccessor = func(dst, a []byte) []byte { return append(dst, after(a)...) }
	return &c
}()

func splitPrefix(key []byte) int {
	if len(key) > 0 {
		switch key[0] {
		case keyLabels, keyObjects, keySubjects:
			if n := termLen(key[1:]); n > 0 {
				return 1 + n
			}
		}
	}
	return len(key)
}
