package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/store"
)

const hashBytes = sha256.Size

// Check reads an archive to its end and checks all of it. The error wraps [graph.ErrDamaged] when it
// is cut short or changed, [graph.ErrVersion] when a newer program wrote it, and [graph.ErrInvalid] when it
// is no archive.
func Check(ctx context.Context, r io.Reader) (Info, error) { return read(ctx, r, visitor{}) }

// A visitor is shown the content of an archive; what it returns ends the reading. Fields may be nil.
type visitor struct {
	quads func([]quad.Quad) error
	texts func([]store.Text) error
	entry func(store.Entry) error
}

// read reads an archive to its end.
func read(ctx context.Context, r io.Reader, v visitor) (Info, error) {
	b, err := newBlockReader(r)
	if err != nil {
		return Info{}, err
	}
	defer b.zstd.Close()
	rd := reader{blockReader: b, visitor: v}
	for before := byte(0); ; {
		if err := ctx.Err(); err != nil {
			return Info{}, err
		}
		kind, content, err := b.next()
		if err != nil {
			return Info{}, err
		}
		if !follows(before, kind) {
			return Info{}, b.damage(fmt.Sprintf("a block of kind %q stands in the wrong place", kind))
		}
		before = kind
		if err := rd.block(kind, content); err != nil {
			return Info{}, err
		}
		if kind == kindEnd {
			rd.info.Bytes = b.at + int64(len(b.last))
			return rd.info, b.ended()
		}
	}
}

// follows reports whether a block of a kind may stand after one of another (0 for none).
func follows(before, kind byte) bool {
	if before == 0 {
		return kind == kindHead
	}
	at, was := strings.IndexByte(kindOrder, kind), strings.IndexByte(kindOrder, before)
	return at > was || at == was && kind != kindHead
}

// A reader is an archive that is being read.
type reader struct {
	*blockReader
	visitor
	info Info
}

// errContent is a content that is not in the form of its kind.
var errContent = errors.New("its content is not in the form of its kind")

// block takes in one block.
func (r *reader) block(kind byte, content []byte) (err error) {
	f := &fields{rest: content}
	var show func() error
	switch kind {
	case kindHead:
		err = r.head(content)
	case kindQuads:
		show, err = r.quadBlock(f)
	case kindTexts:
		show, err = r.textBlock(f)
	case kindLog:
		show, err = r.logBlock(f)
	case kindEnd:
		err = r.end(f)
	}
	if err != nil {
		return r.damage(kindNames[kind] + ": " + err.Error())
	}
	if show == nil {
		return nil
	}
	return show()
}

func (r *reader) head(content []byte) error {
	var head struct {
		Written time.Time `json:"written"`
		Program string    `json:"program"`
	}
	if err := json.Unmarshal(content, &head); err != nil {
		return err
	}
	r.info.Written, r.info.Program = head.Written, head.Program
	return nil
}

func (r *reader) quadBlock(f *fields) (show func() error, err error) {
	values := make([]quad.Value, f.count())
	for i := range values {
		if values[i], err = decodeValue(f.bytes()); err != nil {
			return nil, err
		}
	}
	value := func() quad.Value {
		n := f.uint()
		if n > uint64(len(values)) {
			f.fail()
			return nil
		}
		if n == 0 {
			return nil
		}
		return values[n-1]
	}
	var quads []quad.Quad
	for f.more() {
		q := quad.Quad{Subject: value(), Predicate: value(), Object: value(), Label: value()}
		if q.Subject == nil || q.Predicate == nil || q.Object == nil {
			f.fail()
		}
		quads = append(quads, q)
	}
	r.info.Quads += int64(len(quads))
	if f.failed || r.quads == nil {
		return nil, f.err()
	}
	return func() error { return r.quads(quads) }, nil
}

// decodeValue is the inverse of encodeValue.
func decodeValue(b []byte) (v quad.Value, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	if v, err = pquads.UnmarshalValue(b); err == nil && v == nil {
		err = errContent
	}
	return v, err
}

func (r *reader) textBlock(f *fields) (show func() error, err error) {
	var texts []store.Text
	for f.more() {
		hash, text := hex.EncodeToString(f.take(hashBytes)), string(f.bytes())
		if !f.failed && graph.TextHash(text) != hash {
			return nil, fmt.Errorf("the text under %s has another hash", hash)
		}
		texts = append(texts, store.Text{Hash: hash, Text: text})
	}
	r.info.Texts += int64(len(texts))
	if f.failed || r.texts == nil {
		return nil, f.err()
	}
	return func() error { return r.texts(texts) }, nil
}

func (r *reader) logBlock(f *fields) (show func() error, err error) {
	var entries []store.Entry
	for f.more() {
		data := bytes.Clone(f.bytes())
		if f.failed {
			break
		}
		r.info.Commits++
		c, err := codec.DecodeEntry(string(data))
		if err != nil {
			return nil, err
		}
		if c.Number != r.info.Commits {
			return nil, fmt.Errorf("entry %d of the log says that it is number %d", r.info.Commits, c.Number)
		}
		entries = append(entries, store.Entry{Number: c.Number, Data: data})
	}
	if f.failed || r.entry == nil {
		return nil, f.err()
	}
	return func() error {
		for _, e := range entries {
			if err := r.entry(e); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func (r *reader) end(f *fields) error {
	quads, texts, commits := f.uint(), f.uint(), f.uint()
	sum := f.take(hashBytes)
	if f.more() {
		f.fail()
	}
	if f.failed {
		return f.err()
	}
	for _, n := range []struct {
		what     string
		held     int64
		announce uint64
	}{{"quads", r.info.Quads, quads}, {"texts", r.info.Texts, texts}, {"entries of the log", r.info.Commits, commits}} {
		if uint64(n.held) != n.announce {
			return fmt.Errorf("there are %d %s, and there were %d", n.held, n.what, n.announce)
		}
	}
	if !bytes.Equal(sum, r.digest.Sum(nil)) {
		return errors.New("the digest of all that stands before differs")
	}
	r.info.Digest = hex.EncodeToString(sum)
	return nil
}

// fields reads the fields of a content. After a failure all are empty.
type fields struct {
	rest   []byte
	failed bool
}

func (f *fields) fail() { f.failed, f.rest = true, nil }

func (f *fields) err() error {
	if f.failed {
		return errContent
	}
	return nil
}

func (f *fields) more() bool { return len(f.rest) > 0 }

func (f *fields) uint() uint64 {
	n, size := binary.Uvarint(f.rest)
	if size <= 0 {
		f.fail()
		return 0
	}
	f.rest = f.rest[size:]
	return n
}

// count reads the number of things that take a byte or more each.
func (f *fields) count() int {
	n := f.uint()
	if n > uint64(len(f.rest)) {
		f.fail()
		return 0
	}
	return int(n)
}

func (f *fields) take(n int) []byte {
	if n > len(f.rest) {
		f.fail()
		return nil
	}
	b := f.rest[:n]
	f.rest = f.rest[n:]
	return b
}

func (f *fields) bytes() []byte { return f.take(f.count()) }
