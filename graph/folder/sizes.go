package folder

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"whence/graph/store"
)

// Sizes implements [store.Sizer]: what the engine takes for what, as near as it can tell, and what else lies in the folder.
func (b *Backend) Sizes(ctx context.Context) (store.Sizes, error) {
	s, err := b.Stats(ctx)
	if err != nil {
		return store.Sizes{}, err
	}
	files, err := filesIn(b.dir)
	if err != nil {
		return store.Sizes{}, err
	}
	sizes := store.Sizes{Backend: "folder", Format: FormatVersion}
	rest := files[quadsName]
	for _, p := range s.Parts {
		sizes.Parts = append(sizes.Parts, store.Part{Name: p.Name, Bytes: p.Bytes})
		rest -= p.Bytes
	}
	delete(files, quadsName)
	// Not sorted in yet, or not cleaned up.
	sizes.Parts = append(sizes.Parts, store.Part{Name: "engine", Bytes: max(0, rest)})
	for name, n := range files {
		sizes.Parts = append(sizes.Parts, store.Part{Name: name, Bytes: n})
	}
	return sizes, nil
}

// filesIn returns how many bytes the files in each folder of a folder have, and under "files" those in none. Files come
// and go meanwhile.
func filesIn(dir string) (map[string]int64, error) {
	parts := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		var info fs.FileInfo
		if err == nil {
			info, err = entry.Info()
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case !info.Mode().IsRegular():
			return nil
		}
		part := "files"
		if rel, err := filepath.Rel(dir, path); err == nil {
			if first, _, inside := strings.Cut(filepath.ToSlash(rel), "/"); inside {
				part = first
			}
		}
		parts[part] += info.Size()
		return nil
	})
	return parts, err
}

var _ store.Sizer = (*Backend)(nil)
