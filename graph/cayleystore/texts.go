package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whence/graph"
)

// textLimit bounds what one text may decompress to, in bytes. A damaged file
// must not take all memory.
const textLimit = 1 << 30

// A textFolder keeps texts as files, each named by the SHA-256 of what it holds.
type textFolder struct {
	dir  string
	zstd func() (*zstd.Encoder, *zstd.Decoder) // made when first needed
}

func newTextFolder(dir string) *textFolder {
	var (
		once sync.Once
		enc  *zstd.Encoder
		dec  *zstd.Decoder
	)
	return &textFolder{dir: dir, zstd: func() (*zstd.Encoder, *zstd.Decoder) {
		once.Do(func() {
			// Both fail on options that are out of range only.
			enc, _ = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
			dec, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(textLimit))
		})
		return enc, dec
	}}
}

// path returns where a text is kept. The hash comes from the graph, which must
// not lead out of the folder.
func (t *textFolder) path(hash string) (string, error) {
	if len(hash) != 64 {
		return "", fmt.Errorf("text hash %q: want 64 hexadecimal digits: %w", hash, graph.ErrInvalid)
	}
	for _, c := range []byte(hash) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return "", fmt.Errorf("text hash %q: want 64 hexadecimal digits: %w", hash, graph.ErrInvalid)
		}
	}
	return filepath.Join(t.dir, hash[:2], hash+".zst"), nil
}

// Text returns the text under a hash. The error wraps [graph.ErrNotFound], or
// [graph.ErrDamaged] if the file does not hold that text any more.
func (t *textFolder) Text(ctx context.Context, hash string) (string, error) {
	path, err := t.path(hash)
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	packed, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("text %s: %w", hash, graph.ErrNotFound)
	} else if err != nil {
		return "", err
	}
	_, dec := t.zstd()
	text, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %s: %w", graph.ErrDamaged, path, err)
	}
	if graph.TextHash(string(text)) != hash {
		return "", fmt.Errorf("%w: %s does not hold the text it is named for", graph.ErrDamaged, path)
	}
	return string(text), nil
}

// PutText keeps a text. One that is held and reads back is left as it is.
func (t *textFolder) PutText(ctx context.Context, hash, text string) error {
	path, err := t.path(hash)
	if err != nil {
		return err
	}
	if _, err := t.Text(ctx, hash); err == nil {
		return nil
	} else if ctx.Err() != nil {
		return ctx.Err()
	}
	enc, _ := t.zstd()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := syncDir(t.dir); err != nil {
		return err
	}
	return writeFile(path, enc.EncodeAll([]byte(text), nil))
}

// DeleteText removes a text. One that is not held is no error.
func (t *textFolder) DeleteText(_ context.Context, hash string) error {
	path, err := t.path(hash)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return syncDir(filepath.Dir(path))
}

// empty reports whether no text is kept.
func (t *textFolder) empty() (bool, error) {
	entries, err := os.ReadDir(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return len(entries) == 0, err
}

// writeFile puts a file in place whole or not at all, and durably.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(filepath.Dir(path))
}
