package entity

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"whence/loader/syntax/perceptron"
)

//go:embed weights/english.gz
var english []byte

// English returns the tagger that ships. It is read at the first call.
var English = sync.OnceValue(func() *Tagger {
	t, err := Read(english)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return t
})

// Classes returns the classes of words that a tagger knows.
func (t *Tagger) Classes() Classes { return t.classes }

// format is what a file of weights begins with.
const format = "whence entity 1\n"

// Write writes the file of a tagger that was learnt or read. The same tagger gives the same bytes.
func (t *Tagger) Write(out io.Writer) error {
	b := append([]byte(format), t.classes.append(nil)...)
	b = t.scorer.(*perceptron.Weights).Append(b)
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b); err != nil {
		return err
	}
	return z.Close()
}

// Read reads what [Tagger.Write] wrote.
func Read(file []byte) (*Tagger, error) {
	z, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("entity weights: %w", err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("entity weights: %w", err)
	}
	b, ok := bytes.CutPrefix(b, []byte(format))
	if !ok {
		return nil, errors.New("entity weights: another format")
	}
	t := &Tagger{}
	if t.classes, b, err = decodeClasses(b); err != nil {
		return nil, fmt.Errorf("entity weights: %w", err)
	}
	if t.scorer, _, err = perceptron.Decode(b, labels); err != nil {
		return nil, fmt.Errorf("entity weights: %w", err)
	}
	return t, nil
}

// append appends the number of words, the steps from key to key, and the classes in
// order of the keys.
func (c Classes) append(b []byte) []byte {
	keys := slices.Sorted(maps.Keys(c))
	b = binary.AppendUvarint(b, uint64(len(keys)))
	last := uint32(0)
	for _, k := range keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range keys {
		b = binary.LittleEndian.AppendUint16(b, uint16(c[k]))
	}
	return b
}

var errClasses = errors.New("classes: cut short or damaged")

func decodeClasses(b []byte) (c Classes, rest []byte, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, nil, errClasses
	}
	b = b[size:]
	keys := make([]uint32, n)
	last := uint64(0)
	for i := range keys {
		step, size := binary.Uvarint(b)
		if size <= 0 || step >= 1<<32 || last+step >= 1<<32 {
			return nil, nil, errClasses
		}
		last += step
		keys[i], b = uint32(last), b[size:]
	}
	if uint64(len(b)) < 2*n {
		return nil, nil, errClasses
	}
	c = make(Classes, n)
	for i, k := range keys {
		c[k] = class(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return c, b[2*n:], nil
}
