package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"

	"whence/graph"
)

// FormatVersion is the version of archives that this package reads and writes.
const FormatVersion = 1

// magic begins an archive; its version and a line break follow.
const magic = "whence archive "

// The kinds of blocks.
const (
	kindHead  = 'H'
	kindQuads = 'Q'
	kindTexts = 'T'
	kindLog   = 'L'
	kindEnd   = 'E'
)

// kindOrder is the order of the kinds in an archive.
const kindOrder = "HQTLE"

var kindNames = map[byte]string{kindHead: "head", kindQuads: "quads", kindTexts: "texts", kindLog: "log", kindEnd: "end"}

const (
	// blockBytes is the length of a content at which a block is closed.
	blockBytes = 1 << 20
	// mostBytes is more than any block may hold: a text is at most 64 MiB unless the loader is told otherwise.
	mostBytes = 1 << 30
	headBytes = 1 + 4 + 4 + 4
)

// castagnoli is the polynomial of a block's checksum.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A blockWriter writes blocks.
type blockWriter struct {
	w      io.Writer
	zstd   *zstd.Encoder
	digest hash.Hash // of all that was written
	packed []byte
	bytes  int64 // written
}

func newBlockWriter(w io.Writer) (*blockWriter, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	b := &blockWriter{w: w, zstd: enc, digest: sha256.New()}
	return b, b.write([]byte(magic + strconv.Itoa(FormatVersion) + "\n"))
}

func (b *blockWriter) write(p []byte) error {
	_, _ = b.digest.Write(p) // never fails
	n, err := b.w.Write(p)
	b.bytes += int64(n)
	return err
}

// block writes one block.
func (b *blockWriter) block(kind byte, content []byte) error {
	if len(content) > mostBytes {
		return fmt.Errorf("%d bytes in one piece are more than an archive takes: %w", len(content), graph.ErrUnsupported)
	}
	b.packed = b.zstd.EncodeAll(content, append(b.packed[:0], make([]byte, headBytes)...))
	head, packed := b.packed[:headBytes], b.packed[headBytes:]
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(content)))
	binary.BigEndian.PutUint32(head[5:], uint32(len(packed)))
	binary.BigEndian.PutUint32(head[9:], checksum(head[:9], packed))
	return b.write(b.packed)
}

func checksum(head, packed []byte) uint32 {
	return crc32.Update(crc32.Checksum(head, castagnoli), castagnoli, packed)
}

// A blockReader reads blocks.
type blockReader struct {
	r      io.Reader
	zstd   *zstd.Decoder
	digest hash.Hash // of the blocks before the one that was read last
	last   []byte    // that block
	at     int64     // where it begins
	number int       // of that block, from 1
	packed bytes.Buffer
	raw    []byte
}

// newBlockReader reads the line that an archive begins with.
func newBlockReader(r io.Reader) (*blockReader, error) {
	line := make([]byte, 0, len(magic)+8)
	for len(line) < cap(line) && !bytes.HasSuffix(line, []byte("\n")) {
		var c [1]byte
		if _, err := io.ReadFull(r, c[:]); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		line = append(line, c[0])
	}
	version, ok := strings.CutPrefix(string(line), magic)
	version, whole := strings.CutSuffix(version, "\n")
	n, err := strconv.ParseUint(version, 10, 32)
	switch {
	case !ok || !whole || err != nil:
		return nil, fmt.Errorf("it does not begin as an archive of whence does: name a file that whence backup wrote: %w", graph.ErrInvalid)
	case n > FormatVersion:
		return nil, fmt.Errorf("the archive has format %d, this program reads format %d: use a newer program: %w", n, FormatVersion, graph.ErrVersion)
	case n < 1:
		return nil, fmt.Errorf("there is no format %d of archives: %w", n, graph.ErrDamaged)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostBytes))
	if err != nil {
		return nil, err
	}
	b := &blockReader{r: r, zstd: dec, digest: sha256.New(), at: int64(len(line)), last: line}
	return b, nil
}

// next reads a block. Its content holds until the next call. The end of the archive is an error: a block of
// kind E says when nothing follows.
func (b *blockReader) next() (kind byte, content []byte, err error) {
	_, _ = b.digest.Write(b.last)
	if b.number > 0 {
		b.at += int64(len(b.last))
	}
	b.number++
	b.packed.Reset()
	if err := b.take(headBytes); err != nil {
		return 0, nil, err
	}
	head := [headBytes]byte(b.packed.Bytes())
	kind = head[0]
	raw, packed := binary.BigEndian.Uint32(head[1:]), binary.BigEndian.Uint32(head[5:])
	if raw > mostBytes || packed > mostBytes {
		return 0, nil, b.damage("its length is beyond all bounds")
	}
	if err := b.take(int(packed)); err != nil {
		return 0, nil, err
	}
	b.last = b.packed.Bytes()
	if checksum(b.last[:9], b.last[headBytes:]) != binary.BigEndian.Uint32(head[9:]) {
		return 0, nil, b.damage("its checksum differs")
	}
	if b.raw, err = b.zstd.DecodeAll(b.last[headBytes:], b.raw[:0]); err != nil {
		return 0, nil, b.damage(err.Error())
	}
	if len(b.raw) != int(raw) {
		return 0, nil, b.damage(fmt.Sprintf("it holds %d bytes, not %d", len(b.raw), raw))
	}
	return kind, b.raw, nil
}

// take reads n more bytes of the block, and takes no more memory than there are.
func (b *blockReader) take(n int) error {
	got, err := io.CopyN(&b.packed, b.r, int64(n))
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("the archive is cut short: it ends at byte %d, in block %d: %w", b.at+int64(b.packed.Len()), b.number, graph.ErrDamaged)
	} else if err != nil || got != int64(n) {
		return fmt.Errorf("archive, at byte %d: %w", b.at+int64(b.packed.Len()), err)
	}
	return nil
}

// damage says what is wrong with the block that was read last.
func (b *blockReader) damage(what string) error {
	return fmt.Errorf("the archive is damaged in block %d, at byte %d: %s: %w", b.number, b.at, what, graph.ErrDamaged)
}

// ended checks that nothing follows.
func (b *blockReader) ended() error {
	var c [1]byte
	switch _, err := io.ReadFull(b.r, c[:]); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("the archive goes on after its end, at byte %d: %w", b.at+int64(len(b.last)), graph.ErrDamaged)
}
