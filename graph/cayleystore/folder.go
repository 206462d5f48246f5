package cayleystore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"whence/graph"
	"whence/graph/store"
)

// FormatVersion is the version of the folder that this package reads and writes.
const FormatVersion = 1

// The parts of a folder.
const (
	formatName   = "format"
	formatPrefix = "whence store "
	graphName    = "graph"
	textsName    = "texts"
)

// A Folder is a store in a folder on disk. One process at a time has it open.
type Folder struct {
	graph.Store
	dir string
}

// Open opens the store in a folder, and makes it when there is none or it is
// empty. The error wraps [graph.ErrLocked] when another process has it open
// (see [Holder]), [graph.ErrVersion] when another format version wrote it, and
// [graph.ErrDamaged] when it cannot be read or is something else.
func Open(dir string) (*Folder, error) {
	b, err := OpenBackend(dir)
	if err != nil {
		return nil, err
	}
	s, err := store.New(b, store.Options{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store %s: %w", dir, err), b.Close())
	}
	return &Folder{Store: s, dir: dir}, nil
}

// SetAddress tells other processes where this one serves the store; "" takes it back.
func (f *Folder) SetAddress(address string) error { return writeHolder(f.dir, address) }

// OpenBackend opens what [Open] keeps its store in.
func OpenBackend(dir string) (store.Backend, error) {
	if err := prepare(dir); err != nil {
		return nil, err
	}
	d, err := openDisk(filepath.Join(dir, graphName))
	switch {
	case err == nil:
	case heldByAnother(err):
		return nil, lockedError(dir)
	case errors.Is(err, graph.ErrDamaged):
		return nil, damagedError(dir, err)
	default:
		return nil, fmt.Errorf("store %s: %w", dir, err)
	}
	b := &folderBackend{disk: d, textFolder: newTextFolder(filepath.Join(dir, textsName)), dir: dir}
	if err := errors.Join(removeUnfinished(dir), writeHolder(dir, "")); err != nil {
		return nil, errors.Join(fmt.Errorf("store %s: %w", dir, err), b.Close())
	}
	return b, nil
}

// A folderBackend is the graph and the texts of a folder.
type folderBackend struct {
	*disk
	*textFolder
	dir string
}

// Close gives the folder free.
func (b *folderBackend) Close() error {
	// The entry goes first: after the graph is closed it may be another's.
	err := os.Remove(filepath.Join(b.dir, lockName))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, b.disk.Close())
}

// prepare checks that a folder is a store of this version, or makes it one.
func prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			return fmt.Errorf("%s is a file, not the folder of a store: %w", dir, graph.ErrDamaged)
		}
		return fmt.Errorf("store %s: %w", dir, err)
	}
	format, err := os.ReadFile(filepath.Join(dir, formatName))
	if errors.Is(err, fs.ErrNotExist) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return fmt.Errorf("store %s: %w", dir, err)
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
			return strings.HasPrefix(e.Name(), "."+formatName+".") // not finished by a process that died
		})
		if len(entries) > 0 {
			return fmt.Errorf("%s is not empty and has no file %q, so it is not a store or has lost it; name another folder, or restore it from a backup: %w",
				dir, formatName, graph.ErrDamaged)
		}
		format = fmt.Appendf(nil, "%s%d\n", formatPrefix, FormatVersion)
		if err := writeFile(filepath.Join(dir, formatName), format); err != nil {
			return fmt.Errorf("store %s: %w", dir, err)
		}
	} else if err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	}
	if err := checkFormat(dir, string(format)); err != nil {
		return err
	}
	return makeGraph(dir)
}

func checkFormat(dir, format string) error {
	version, ok := strings.CutPrefix(strings.TrimSuffix(format, "\n"), formatPrefix)
	if !ok || version == "" || strings.Trim(version, "0123456789") != "" {
		return fmt.Errorf("%s: the file %q does not say %q and a version; restore the store from a backup: %w",
			dir, formatName, strings.TrimSpace(formatPrefix), graph.ErrDamaged)
	}
	if version != fmt.Sprint(FormatVersion) {
		return fmt.Errorf("%s has format %s, this program reads and writes format %d; use the program that wrote it, or load the documents into another folder: %w",
			dir, version, FormatVersion, graph.ErrVersion)
	}
	return nil
}

// makeGraph makes the graph of a folder that never had one. It appears by being
// renamed, so that it is there whole or not at all.
func makeGraph(dir string) error {
	path := filepath.Join(dir, graphName)
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if empty, err := newTextFolder(filepath.Join(dir, textsName)).empty(); err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	} else if !empty {
		return damagedError(dir, fmt.Errorf("%w: there are texts, but no graph", graph.ErrDamaged))
	}
	tmp, err := os.MkdirTemp(dir, graphName+".new-")
	if err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	}
	err = createDisk(filepath.Join(tmp, graphName))
	if err == nil {
		err = os.Rename(filepath.Join(tmp, graphName), path)
	}
	if _, statErr := os.Stat(path); statErr == nil {
		err = nil // if not this process, another was faster
	}
	if err = errors.Join(err, os.RemoveAll(tmp), syncDir(dir)); err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	}
	return os.MkdirAll(filepath.Join(dir, textsName), 0o755)
}

// removeUnfinished removes what was left by a process that died while it made the store.
func removeUnfinished(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), graphName+".new-") {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

func damagedError(dir string, err error) error {
	return fmt.Errorf("store %s cannot be read: restore it from a backup, or load the documents into another folder: %w", dir, err)
}

var _ store.Backend = (*folderBackend)(nil)
