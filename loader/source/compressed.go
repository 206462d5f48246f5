package source

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"whence/graph"
)

const gzipSuffix = ".gz"

// uncompressed is the name of a file without the ending of gzip.
func uncompressed(name string) string {
	if n := len(name) - len(gzipSuffix); n > 0 && strings.EqualFold(name[n:], gzipSuffix) {
		return name[:n]
	}
	return name
}

// maxInflation is how many times its size a compressed file may grow to, beyond the size limit of one document. Prose
// grows five times, tables fifty; gzip itself can reach a thousand.
const maxInflation = 200

// errInflated is what reading ends with when more comes out of a compressed file than text gives.
var errInflated = fmt.Errorf("it grows to more than %d times its size: %w", maxInflation, graph.ErrInvalid)

// errNotGzip is what a file is refused with that only its name says to be compressed.
var errNotGzip = fmt.Errorf("it is not gzip, which its name says: %w", graph.ErrInvalid)

// gzipMark begins what gzip writes (RFC 1952, section 2.3.1).
const gzipMark = "\x1f\x8b"

// inflate reads gzip of a given size in bytes.
func (o Options) inflate(r io.Reader, size int64) (io.Reader, error) {
	b := bufio.NewReaderSize(r, sniffBytes)
	// Reading tells why there is no more of it, if so.
	if mark, _ := b.Peek(len(gzipMark)); !strings.HasPrefix(gzipMark, string(mark)) {
		return nil, errNotGzip
	}
	z, err := gzip.NewReader(b)
	if err != nil {
		return nil, err
	}
	return &inflated{z, maxInflation*size + o.maxBytes()}, nil
}

// inflated ends with errInflated when left bytes have been read.
type inflated struct {
	r    io.Reader
	left int64
}

func (i *inflated) Read(b []byte) (int, error) {
	if i.left <= 0 {
		return 0, errInflated
	}
	n, err := i.r.Read(b[:min(int64(len(b)), i.left)])
	i.left -= int64(n)
	return n, err
}

// damage says what to do about a file that could not be read to its end.
func damage(err error) (hint string) {
	switch {
	case errors.Is(err, errInflated):
		return "if it is what it should be, unpack it yourself and load the files"
	case errors.Is(err, errNotGzip):
		return "call it what it is, without .gz or .tgz if it is not compressed, and load that"
	case errors.Is(err, errNotTar):
		return "call it what it is, and load that, or get it again"
	case errors.Is(err, errTooShort):
		return "it is cut short, or something else: get it again, or call it what it is, and load that"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it is cut short, and what stands behind is missing: get it again"
	}
	return "it is damaged, and what stands behind is missing: get it again"
}
