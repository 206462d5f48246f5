package archive

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"

	"whence/graph"
	"whence/graph/store"
)

// Info is what an archive says of itself.
type Info struct {
	Written time.Time `json:"written"`
	Program string    `json:"program"` // that wrote it
	Quads   int64     `json:"quads"`
	Texts   int64     `json:"texts"`
	Commits int64     `json:"commits"`
	Bytes   int64     `json:"bytes"`
	// Digest is the SHA-256 in hex of all but the last block: it names the archive.
	Digest string `json:"digest"`
}

// Options say how to write or restore.
type Options struct {
	Program string // that writes
	Now     func() time.Time
	// Progress is called now and then, with what is done so far; nil for none.
	Progress func(Info)
	// Settling is called when all that a restore brings was read and is put in order, which takes some tens of seconds after a
	// large one, and done when that has ended; nil for none.
	Settling func() (done func())
}

func (o Options) progress(i Info) {
	if o.Progress != nil {
		o.Progress(i)
	}
}

func (o Options) settling() (done func()) {
	if o.Settling == nil {
		return func() {}
	}
	return o.Settling()
}

// Write writes all that a store holds. A text that is named and not held is an error wrapping
// [graph.ErrDamaged]. After an error the archive has no end and cannot be restored.
func Write(ctx context.Context, w io.Writer, from *store.Frozen, o Options) (Info, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	b, err := newBlockWriter(w)
	if err != nil {
		return Info{}, err
	}
	wr := writer{blockWriter: b, o: o, info: Info{Written: o.Now().UTC().Truncate(time.Second), Program: o.Program}}
	if err := wr.all(ctx, from); err != nil {
		return Info{}, err
	}
	wr.info.Bytes = b.bytes
	return wr.info, nil
}

// A writer is an archive on its way.
type writer struct {
	*blockWriter
	o    Options
	info Info
	body []byte // of the next block

	values map[quad.Value]uint64 // of the next block of quads, by place
	quads  []byte
	named  map[string]bool // hashes of texts
}

func (w *writer) all(ctx context.Context, from *store.Frozen) error {
	head, err := json.Marshal(map[string]any{"written": w.info.Written, "program": w.info.Program})
	if err != nil {
		return err
	}
	if err := w.block(kindHead, head); err != nil {
		return err
	}
	w.values, w.named = map[quad.Value]uint64{}, map[string]bool{}
	if err := from.Quads(ctx, w.quad); err != nil {
		return err
	}
	if err := w.endQuads(); err != nil {
		return err
	}
	if err := from.EachText(ctx, slices.Sorted(maps.Keys(w.named)), w.text); err != nil {
		return err
	}
	if err := w.end(kindTexts); err != nil {
		return err
	}
	err = from.Entries(ctx, 0, func(e store.Entry) error {
		if w.info.Commits == from.Commits() { // made since
			return nil
		}
		w.info.Commits++
		w.body = appendBytes(w.body, e.Data)
		return w.full(kindLog)
	})
	if err != nil {
		return err
	}
	if err := w.end(kindLog); err != nil {
		return err
	}
	sum := w.digest.Sum(nil)
	w.info.Digest = hex.EncodeToString(sum)
	body := binary.AppendUvarint(nil, uint64(w.info.Quads))
	body = binary.AppendUvarint(body, uint64(w.info.Texts))
	body = binary.AppendUvarint(body, uint64(w.info.Commits))
	return w.block(kindEnd, append(body, sum...))
}

func (w *writer) quad(q quad.Quad) error {
	if hash := store.Named(q); hash != "" {
		w.named[hash] = true
	}
	for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		place, err := w.value(v)
		if err != nil {
			return err
		}
		w.quads = binary.AppendUvarint(w.quads, place)
	}
	w.info.Quads++
	if len(w.body)+len(w.quads) < blockBytes {
		return nil
	}
	return w.endQuads()
}

// value returns the place of a value in the block, and adds it if it is new there.
func (w *writer) value(v quad.Value) (uint64, error) {
	if v == nil {
		return 0, nil
	}
	if place, ok := w.values[v]; ok {
		return place, nil
	}
	b, err := encodeValue(v)
	if err != nil {
		return 0, err
	}
	w.body = appendBytes(w.body, b)
	place := uint64(len(w.values)) + 1
	w.values[v] = place
	return place, nil
}

// encodeValue marshals a value. Cayley's panics at what it does not know.
func encodeValue(v quad.Value) (b []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("value %v: %v: %w", v, p, graph.ErrUnsupported)
		}
	}()
	return pquads.MarshalValue(v)
}

// endQuads writes the block of quads, if there are any.
func (w *writer) endQuads() error {
	if len(w.quads) == 0 {
		return nil
	}
	block := binary.AppendUvarint(nil, uint64(len(w.values)))
	block = append(append(block, w.body...), w.quads...)
	w.body, w.quads = w.body[:0], w.quads[:0]
	clear(w.values)
	w.o.progress(w.info)
	return w.block(kindQuads, block)
}

func (w *writer) text(t store.Text) error {
	hash, err := hex.DecodeString(t.Hash)
	if err != nil || len(hash) != hashBytes {
		return fmt.Errorf("the text %q is under no hash: %w", t.Hash, graph.ErrDamaged)
	}
	w.body = appendBytes(append(w.body, hash...), []byte(t.Text))
	w.info.Texts++
	return w.full(kindTexts)
}

// full writes the block when it has reached its length.
func (w *writer) full(kind byte) error {
	if len(w.body) < blockBytes {
		return nil
	}
	return w.end(kind)
}

// end writes the block, if it has a content.
func (w *writer) end(kind byte) error {
	if len(w.body) == 0 {
		return nil
	}
	err := w.block(kind, w.body)
	w.body = w.body[:0]
	w.o.progress(w.info)
	return err
}

func appendBytes(to, b []byte) []byte {
	return append(binary.AppendUvarint(to, uint64(len(b))), b...)
}
