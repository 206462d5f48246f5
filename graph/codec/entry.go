package codec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"whence/graph"
)

// entryVersion is the first byte of an entry.
const entryVersion = 1

// castagnoli is the polynomial of an entry's checksum.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// EncodeEntry returns a commit as a store keeps it in its log. Commit and Recorded of its labels are its own
// number and time, and are not written; times are UTC.
//
//	version     1 byte
//	strings     their count, then of each the length and the bytes; the first is ""
//	commit      number, time, run, by, reason; its labels; those that ended; its tombstones
//	checksum    CRC-32C of all before, 4 bytes, big-endian
//
// Numbers are variable-length integers, a string is its place in the list, and a list begins with its length.
func EncodeEntry(c graph.Commit) []byte {
	w := entryWriter{index: map[string]uint64{"": 0}, strings: []string{""}}
	w.int(c.Number)
	w.time(c.Time)
	w.text(c.Run, c.By, c.Reason)
	w.uint(uint64(len(c.Added)))
	for _, i := range c.Added {
		w.text(string(i.Label), string(i.Layer), string(i.Document), string(i.Version), i.Build, i.Capture.Path)
		w.uint(uint64(len(i.Inputs)))
		for _, in := range i.Inputs {
			w.text(string(in))
		}
		w.time(i.Capture.Retrieved)
		w.bool(i.Capture.Trusted)
	}
	w.uint(uint64(len(c.Ended)))
	for _, l := range c.Ended {
		w.text(string(l))
	}
	w.uint(uint64(len(c.Erased)))
	for _, t := range c.Erased {
		w.text(string(t.Document), t.TextHash, t.Reason, t.By)
		w.time(t.At)
	}
	out := []byte{entryVersion}
	out = binary.AppendUvarint(out, uint64(len(w.strings)))
	for _, s := range w.strings {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	out = append(out, w.body...)
	return binary.BigEndian.AppendUint32(out, crc32.Checksum(out, castagnoli))
}

// DecodeEntry is the inverse of [EncodeEntry]. What it returns is cut from data. The error wraps [graph.ErrDamaged].
func DecodeEntry(data string) (graph.Commit, error) {
	c, err := decodeEntry(data)
	if err != nil {
		return graph.Commit{}, fmt.Errorf("entry of the log: %w: %w", err, graph.ErrDamaged)
	}
	return c, nil
}

var errShort = errors.New("it is cut short")

func decodeEntry(data string) (graph.Commit, error) {
	var c graph.Commit
	if len(data) < 1+crc32.Size {
		return c, errShort
	}
	body, sum := data[:len(data)-crc32.Size], []byte(data[len(data)-crc32.Size:])
	switch {
	case crc32.Checksum([]byte(body), castagnoli) != binary.BigEndian.Uint32(sum):
		return c, errors.New("its checksum differs")
	case body[0] != entryVersion:
		return c, fmt.Errorf("version %d, want %d", body[0], entryVersion)
	}
	r := entryReader{rest: body[1:]}
	r.strings = make([]string, r.length())
	for i := range r.strings {
		r.strings[i] = r.bytes()
	}
	c.Number = r.int()
	c.Time = r.time()
	c.Run, c.By, c.Reason = r.text(), r.text(), r.text()
	c.Added = list(&r, func() graph.LabelInfo {
		i := graph.LabelInfo{
			Label: graph.Label(r.text()), Layer: graph.Layer(r.text()), Document: graph.ID(r.text()), Version: graph.ID(r.text()),
			Build: r.text(), Capture: graph.Capture{Path: r.text()}, Commit: c.Number, Recorded: c.Time,
		}
		i.Inputs = list(&r, func() graph.Label { return graph.Label(r.text()) })
		i.Capture.Retrieved = r.time()
		i.Capture.Trusted = r.bool()
		return i
	})
	c.Ended = list(&r, func() graph.Label { return graph.Label(r.text()) })
	c.Erased = list(&r, func() graph.Tombstone {
		t := graph.Tombstone{Document: graph.ID(r.text()), TextHash: r.text(), Reason: r.text(), By: r.text()}
		t.At = r.time()
		return t
	})
	if r.err == nil && len(r.rest) > 0 {
		r.err = fmt.Errorf("%d bytes are left over", len(r.rest))
	}
	return c, r.err
}

// An entryWriter gathers the fields of an entry.
type entryWriter struct {
	index   map[string]uint64
	strings []string
	body    []byte
}

func (w *entryWriter) int(n int64)   { w.body = binary.AppendVarint(w.body, n) }
func (w *entryWriter) uint(n uint64) { w.body = binary.AppendUvarint(w.body, n) }

func (w *entryWriter) bool(b bool) {
	if b {
		w.uint(1)
	} else {
		w.uint(0)
	}
}

func (w *entryWriter) text(list ...string) {
	for _, s := range list {
		i, ok := w.index[s]
		if !ok {
			i = uint64(len(w.strings))
			w.index[s] = i
			w.strings = append(w.strings, s)
		}
		w.uint(i)
	}
}

// time writes whether there is one, and then its seconds and nanoseconds.
func (w *entryWriter) time(t time.Time) {
	w.bool(!t.IsZero())
	if !t.IsZero() {
		w.int(t.Unix())
		w.int(int64(t.Nanosecond()))
	}
}

// An entryReader reads the fields of an entry. The first error stays.
type entryReader struct {
	rest    string
	strings []string
	err     error
}

func (r *entryReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
	r.rest = ""
}

func (r *entryReader) int() int64 {
	n := r.uint() // zigzag
	return int64(n>>1) ^ -int64(n&1)
}

func (r *entryReader) uint() uint64 {
	var buf [binary.MaxVarintLen64]byte
	n, size := binary.Uvarint(buf[:copy(buf[:], r.rest)])
	if size <= 0 {
		r.fail(errShort)
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *entryReader) bool() bool { return r.uint() == 1 }

// length reads the length of a list, each of whose members takes a byte or more.
func (r *entryReader) length() int {
	n := r.uint()
	if n > uint64(len(r.rest)) {
		r.fail(errShort)
		return 0
	}
	return int(n)
}

func (r *entryReader) bytes() string {
	n := r.length()
	if r.err != nil {
		return ""
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *entryReader) text() string {
	i := r.uint()
	if i >= uint64(len(r.strings)) {
		r.fail(fmt.Errorf("string %d of %d", i, len(r.strings)))
		return ""
	}
	return r.strings[i]
}

func (r *entryReader) time() time.Time {
	if !r.bool() {
		return time.Time{}
	}
	return time.Unix(r.int(), r.int()).UTC()
}

// list reads the members of a list; nil when there is none.
func list[T any](r *entryReader, member func() T) []T {
	n := r.length()
	if n == 0 {
		return nil
	}
	out := make([]T, 0, n)
	for range n {
		if r.err != nil {
			return nil
		}
		out = append(out, member())
	}
	return out
}
