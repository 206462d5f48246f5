package cover

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"whence/loader/embed"
)

// Vectors are the vectors of sentences, each under a hash of the sentence, so that what is said twice is encoded
// once and what is edited anew. They are kept in a file, or in memory only. They are safe for concurrent use.
//
// A file begins with a line that names the format and the encoder; then come records of a hash (16 bytes), a vector (512)
// and the CRC-32C of both (4, the highest first). It is only added to: what an interrupted process wrote of a record is cut
// off when the file is opened for writing next. A record that does not read back is passed over, and its sentence encoded
// again. A file of another format or encoder is begun anew.
type Vectors struct {
	path    string // "" in memory
	mu      sync.RWMutex
	held    map[key]*embed.Vector
	damaged int  // records that did not read back when the file was opened
	rest    bool // the file has more than what is held: damage, half a record, another encoder's
}

// A key is the first half of the SHA-256 of a sentence.
type key [16]byte

func keyOf(sentence string) key {
	sum := sha256.Sum256([]byte(sentence))
	return key(sum[:16])
}

const (
	checked = len(key{}) + embed.Dimensions // bytes of a record before its checksum
	record  = checked + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// heading is the first line of a file.
const heading = "whence vectors 2 " + embed.Build + "\n"

// NewVectors returns vectors that are kept in memory.
func NewVectors() *Vectors { return &Vectors{held: map[key]*embed.Vector{}} }

// OpenVectors reads the vectors of a file. One that is not there, or is of another format or encoder, has none.
func OpenVectors(path string) (*Vectors, error) {
	v := NewVectors()
	v.path = path
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	} else if err != nil {
		return nil, err
	}
	b, ok := bytes.CutPrefix(b, []byte(heading))
	for ; ok && len(b) >= record; b = b[record:] {
		if crc32.Checksum(b[:checked], castagnoli) != binary.BigEndian.Uint32(b[checked:]) {
			v.damaged++
			continue
		}
		var vector embed.Vector
		for i, x := range b[len(key{}):checked] {
			vector[i] = int8(x)
		}
		v.held[key(b[:len(key{})])] = &vector
	}
	v.rest = len(b) > 0 || v.damaged > 0
	return v, nil
}

// Damaged is how many vectors did not read back when the file was opened.
func (v *Vectors) Damaged() int { return v.damaged }

// Len is how many there are.
func (v *Vectors) Len() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return len(v.held)
}

// of returns the vector of a sentence; that of no words is nil.
func (v *Vectors) of(sentence string) (*embed.Vector, bool) {
	if sentence == "" {
		return nil, true
	}
	if v == nil {
		return nil, false
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	vector, ok := v.held[keyOf(sentence)]
	return vector, ok
}

// Missing returns what of the texts has no vector yet, each once, in the order of the texts.
func (v *Vectors) Missing(texts []Text) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range texts {
		for _, s := range t.sentences() {
			if _, ok := v.of(s); !ok && !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// encodeBatch is how many sentences are encoded before their vectors are kept.
const encodeBatch = 256

// Learn makes the vectors of sentences, in memory only.
func (v *Vectors) Learn(ctx context.Context, sentences []string) error {
	vectors, err := embed.English().Encode(ctx, sentences)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for i, s := range sentences {
		v.held[keyOf(s)] = &vectors[i]
	}
	return nil
}

// Encode makes the vectors of sentences, and keeps them in the file batch by batch: what was made before an error,
// or before the context ended, is kept. progress, if not nil, is told how many are done.
func (v *Vectors) Encode(ctx context.Context, sentences []string, progress func(done int)) (err error) {
	if len(sentences) == 0 {
		return nil
	}
	var out *os.File
	if v.path != "" {
		if out, err = openToAdd(v.path); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, out.Close()) }()
	}
	done := 0
	for batch := range slices.Chunk(sentences, encodeBatch) {
		if err := v.Learn(ctx, batch); err != nil {
			return err
		}
		if out != nil {
			if _, err := out.Write(v.records(batch)); err != nil {
				return err
			}
		}
		if done += len(batch); progress != nil {
			progress(done)
		}
	}
	return nil
}

// Keep forgets all vectors but those of the texts, also in the file.
func (v *Vectors) Keep(texts []Text) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	kept := map[key]*embed.Vector{}
	out := []byte(heading)
	for _, t := range texts {
		for _, s := range t.sentences() {
			k := keyOf(s)
			vector, ok := v.held[k]
			if _, again := kept[k]; !ok || again {
				continue
			}
			kept[k] = vector
			out = appendRecord(out, k, vector)
		}
	}
	if v.path != "" && (v.rest || len(kept) < len(v.held)) {
		unfinished := v.path + ".new"
		if err := os.WriteFile(unfinished, out, 0o600); err != nil {
			return err
		}
		if err := os.Rename(unfinished, v.path); err != nil {
			return err
		}
		v.rest = false
	}
	v.held = kept
	return nil
}

// records returns what a file has of sentences whose vectors are made.
func (v *Vectors) records(sentences []string) []byte {
	var out []byte
	for _, s := range sentences {
		vector, _ := v.of(s)
		out = appendRecord(out, keyOf(s), vector)
	}
	return out
}

func appendRecord(b []byte, k key, v *embed.Vector) []byte {
	begin := len(b)
	b = append(b, k[:]...)
	for _, x := range v {
		b = append(b, byte(x))
	}
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b[begin:], castagnoli))
}

// openToAdd opens a file of vectors behind its last whole record, and makes or begins it anew when it has none of
// this encoder's.
func openToAdd(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	end, err := wholeRecords(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil && end == 0 {
		_, err = f.WriteString(heading)
	} else if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", filepath.Base(path), err), f.Close())
	}
	return f, nil
}

// wholeRecords returns where the last whole record of a file ends; 0 if it is not of this encoder.
func wholeRecords(f *os.File) (int64, error) {
	first := make([]byte, len(heading))
	if n, _ := f.ReadAt(first, 0); n < len(first) || string(first) != heading {
		return 0, nil
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size() - int64(len(heading))
	return int64(len(heading)) + size - size%int64(record), nil
}
