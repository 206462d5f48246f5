package cayleystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/store"
)

// Snapshot implements [store.Backend]. What was removed since is gone from it.
func (b *folderBackend) Snapshot(ctx context.Context) (store.Snapshot, error) {
	commits, err := b.commits(ctx)
	if err != nil {
		return nil, err
	}
	return &folderSnapshot{disk: b.disk, textFolder: b.textFolder, commits: commits}, nil
}

// commits reads the ledger, which format 1 keeps as quads.
func (b *folderBackend) commits(ctx context.Context) ([]graph.Commit, error) {
	quads, err := b.Label(ctx, codec.LedgerLabel)
	if err != nil {
		return nil, err
	}
	return codec.DecodeCommits(quads)
}

// Apply implements [store.Backend]. Texts come first and go last.
func (b *folderBackend) Apply(ctx context.Context, batch store.Batch) error {
	add := batch.Add
	if batch.Entry != nil {
		commits, err := b.commits(ctx)
		if err != nil {
			return err
		}
		if batch.Entry.Number != int64(len(commits))+1 {
			return fmt.Errorf("entry %d after %d: %w", batch.Entry.Number, len(commits), store.ErrBehind)
		}
		c, err := codec.DecodeEntry(batch.Entry.Data)
		if err != nil {
			return err
		}
		quads, err := codec.EncodeCommit(c)
		if err != nil {
			return err
		}
		add = append(add[:len(add):len(add)], quads...)
	}
	var put []string
	for _, t := range batch.Texts {
		if _, err := b.Text(ctx, t.Hash); errors.Is(err, graph.ErrNotFound) {
			put = append(put, t.Hash)
		}
		if err := b.PutText(ctx, t.Hash, t.Text); err != nil {
			return errors.Join(err, b.drop(put))
		}
	}
	if err := b.disk.Apply(ctx, add, batch.Remove); err != nil {
		return errors.Join(err, b.drop(put))
	}
	return b.drop(batch.DropTexts)
}

func (b *folderBackend) drop(hashes []string) error {
	var failed error
	for _, h := range hashes {
		failed = errors.Join(failed, b.DeleteText(context.Background(), h))
	}
	return failed
}

// A folderSnapshot reads a folder.
type folderSnapshot struct {
	*disk
	*textFolder
	commits []graph.Commit
}

func (s *folderSnapshot) Each(ctx context.Context, f func(quad.Quad) error) error {
	return s.disk.Each(ctx, func(q quad.Quad) error {
		if q.Label == codec.LedgerLabel {
			return nil
		}
		return f(q)
	})
}

func (s *folderSnapshot) Texts(ctx context.Context, hashes []string) (map[string]string, error) {
	out := map[string]string{}
	for _, h := range hashes {
		text, err := s.Text(ctx, h)
		if errors.Is(err, graph.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		out[h] = text
	}
	return out, nil
}

func (s *folderSnapshot) EachHash(ctx context.Context, f func(string) error) error {
	paths, err := filepath.Glob(filepath.Join(s.textFolder.dir, "*", "*.zst"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(strings.TrimSuffix(filepath.Base(path), ".zst")); err != nil {
			return err
		}
	}
	return nil
}

func (s *folderSnapshot) Head() int64 { return int64(len(s.commits)) }

func (s *folderSnapshot) Entries(ctx context.Context, after int64, f func(store.Entry) error) error {
	for _, c := range s.commits[min(after, s.Head()):] {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(store.Entry{Number: c.Number, Data: codec.EncodeEntry(c)}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *folderSnapshot) Close() error { return nil }
