package syntax

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
)

// rows numbers what is known, by hash: the key that is first in order has row 1,
// and what is not known row 0.
type rows struct {
	keys  []uint32 // in order
	slots []slot   // open addressing
	shift int
}

type slot struct{ key, row uint32 }

func newRows(keys []uint32) *rows {
	r := &rows{keys: keys, shift: 32 - bits.Len(uint(2*len(keys)+1))}
	r.slots = make([]slot, 1<<(32-r.shift))
	for i, k := range keys {
		at := r.at(k)
		for r.slots[at].row != 0 {
			at = (at + 1) & (len(r.slots) - 1)
		}
		r.slots[at] = slot{k, uint32(i + 1)}
	}
	return r
}

func (r *rows) at(key uint32) int { return int(key * 0x9e3779b1 >> r.shift) }

func (r *rows) of(hash uint64) int32 {
	key := uint32(hash)
	at := r.at(key)
	for r.slots[at].row != 0 {
		if r.slots[at].key == key {
			return int32(r.slots[at].row)
		}
		at = (at + 1) & (len(r.slots) - 1)
	}
	return 0
}

// appendTo appends the keys to b; decodeRows reads them.
func (r *rows) appendTo(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(r.keys)))
	last := uint32(0)
	for _, k := range r.keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	return b
}

var errRows = errors.New("rows: cut short or damaged")

func decodeRows(b []byte) (r *rows, rest []byte, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, nil, errRows
	}
	b = b[size:]
	keys := make([]uint32, n)
	last := uint64(0)
	for i := range keys {
		step, size := binary.Uvarint(b)
		if size <= 0 || step > 1<<32 || step == 0 && i > 0 {
			return nil, nil, errRows
		}
		if last += step; last >= 1<<32 {
			return nil, nil, errRows
		}
		keys[i], b = uint32(last), b[size:]
	}
	return newRows(keys), b, nil
}

// rowsOf numbers hashes.
func rowsOf(hashes []uint32) *rows {
	slices.Sort(hashes)
	return newRows(slices.Compact(hashes))
}
