package pebblequads

import (
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/klauspost/compress/s2"
)

// A sorter puts any number of keys with values in order, each key once. It gathers
// them in memory, spills them to a sorted file when told to, and merges the files.
type sorter struct {
	files vfs.FS
	name  string // of its files, before a number
	bytes []byte // keys and values
	items []item
	runs  []string
}

// An item is a key and a value in the bytes of a sorter.
type item struct{ at, key, value int }

func (s *sorter) add(value []byte, key ...[]byte) {
	it := item{at: len(s.bytes), value: len(value)}
	for _, part := range key {
		s.bytes = append(s.bytes, part...)
	}
	it.key = len(s.bytes) - it.at
	s.bytes = append(s.bytes, value...)
	s.items = append(s.items, it)
}

// size returns how much memory what was gathered takes, in bytes; after a spill, nothing.
func (s *sorter) size() int { return len(s.bytes) + 24*len(s.items) }

func (s *sorter) key(i item) []byte   { return s.bytes[i.at : i.at+i.key] }
func (s *sorter) value(i item) []byte { return s.bytes[i.at+i.key : i.at+i.key+i.value] }

// sort orders what is in memory, each key once.
func (s *sorter) sort() {
	slices.SortFunc(s.items, func(a, b item) int { return bytes.Compare(s.key(a), s.key(b)) })
	s.items = slices.CompactFunc(s.items, func(a, b item) bool { return bytes.Equal(s.key(a), s.key(b)) })
}

// spill writes what is in memory to a file.
func (s *sorter) spill() (err error) {
	if len(s.items) == 0 {
		return nil
	}
	s.sort()
	name := fmt.Sprintf("%s%d.run", s.name, len(s.runs))
	f, err := s.files.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	s.runs = append(s.runs, name)
	defer func() { err = errors.Join(err, f.Close()) }()
	// Compressed it takes less than half the room, beside a folder that is being filled.
	out := s2.NewWriter(f, s2.WriterBlockSize(runBuffer), s2.WriterConcurrency(1))
	var head []byte
	for _, i := range s.items {
		head = binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(i.key)), uint64(i.value))
		if _, err := out.Write(head); err != nil {
			return err
		}
		if _, err := out.Write(s.bytes[i.at : i.at+i.key+i.value]); err != nil {
			return err
		}
	}
	s.bytes, s.items = s.bytes[:0], s.items[:0]
	return out.Close()
}

// runBuffer is how much of a file is read or written at once, in bytes before compression.
const runBuffer = 64 << 10

// merge calls f with each key in order, with a value that it was added with. They are f's until it returns. It ends the
// sorter, and removes its files.
func (s *sorter) merge(f func(key, value []byte) error) (err error) {
	if len(s.runs) == 0 {
		s.sort()
		for _, i := range s.items {
			if err := f(s.key(i), s.value(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.spill(); err != nil {
		return err
	}
	s.bytes, s.items = nil, nil // the memory is for the tables now
	var runs runs
	defer func() {
		for _, r := range runs {
			err = errors.Join(err, r.file.Close())
		}
	}()
	for _, name := range s.runs {
		file, err := s.files.Open(name)
		if err != nil {
			return err
		}
		r := &run{name: name, file: file, in: s2.NewReader(file, s2.ReaderMaxBlockSize(runBuffer), s2.ReaderAllocBlock(runBuffer))}
		runs = append(runs, r)
		if err := r.next(); err != nil { // none is empty
			return err
		}
	}
	heap.Init(&runs)
	var last []byte
	for first := true; len(runs) > 0; first = false {
		r := runs[0]
		if first || !bytes.Equal(r.key(), last) {
			if err := f(r.key(), r.value()); err != nil {
				return err
			}
			last = append(last[:0], r.key()...)
		}
		if err := r.next(); err != nil {
			return err
		}
		if r.done {
			heap.Pop(&runs)
			if err := errors.Join(r.file.Close(), s.files.Remove(r.name)); err != nil {
				return err
			}
		} else {
			heap.Fix(&runs, 0)
		}
	}
	return nil
}

// A run is a sorted file that is being read.
type run struct {
	name string
	file vfs.File
	in   *s2.Reader
	buf  []byte
	cut  int // where the value begins
	done bool
}

func (r *run) key() []byte   { return r.buf[:r.cut] }
func (r *run) value() []byte { return r.buf[r.cut:] }

// next reads the next key and value.
func (r *run) next() error {
	key, err := binary.ReadUvarint(r.in)
	if errors.Is(err, io.EOF) {
		r.done = true
		return nil
	} else if err != nil {
		return err
	}
	value, err := binary.ReadUvarint(r.in)
	if err != nil {
		return err
	}
	r.cut = int(key)
	r.buf = slices.Grow(r.buf[:0], r.cut+int(value))[:r.cut+int(value)]
	_, err = io.ReadFull(r.in, r.buf)
	return err
}

// runs is a heap of runs, the one with the least key first.
type runs []*run

func (r runs) Len() int           { return len(r) }
func (r runs) Less(i, j int) bool { return bytes.Compare(r[i].key(), r[j].key()) < 0 }
func (r runs) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }

// Push implements heap.Interface.
func (r *runs) Push(x any) { *r = append(*r, x.(*run)) }

// Pop implements heap.Interface.
func (r *runs) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}
