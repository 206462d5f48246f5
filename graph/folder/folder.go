package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
	"whence/graph/pebblequads"
	"whence/graph/store"
)

// FormatVersion is the version of the folder that this package writes. It reads those before.
const FormatVersion = 2

// The parts of a folder.
const (
	formatName   = "format"
	formatPrefix = "whence store "
	quadsName    = "quads"
)

// Options are what [Open] may be told. The zero value is for use.
type Options struct {
	// Migrating is called when a folder of an older format is going to be brought to this one, which
	// takes time and, until it is done, as much room again.
	Migrating func(from, to int)
	// CacheBytes is how much memory blocks of files may take; 0 for what [pebblequads.Options] says.
	CacheBytes int64
	// Warn is told, while the folder is opened, of damage that nothing hangs on: in a line, which names the file.
	Warn func(string)
	// Settling is as in [pebblequads.Options].
	Settling func() (done func())
	// Reading says that nothing is going to be written: a folder that cannot be written, or that is on a full disk, is
	// opened all the same, and then nothing in it is changed.
	Reading bool
}

// A Folder is a store in a folder on disk. One process at a time has it open.
type Folder struct {
	graph.Store
	dir     string
	backend *Backend
}

// Open opens the store in a folder, and makes it when there is none or it is
// empty. The error wraps [graph.ErrLocked] when another process has it open
// (see [Holder]), [graph.ErrVersion] when a later format version wrote it, and
// [graph.ErrDamaged] when it cannot be read or is something else.
func Open(dir string, o Options) (*Folder, error) {
	b, err := OpenBackend(dir, o)
	if err != nil {
		return nil, err
	}
	s, err := store.New(b, store.Options{})
	if err != nil {
		if errors.Is(err, graph.ErrDamaged) {
			err = damagedError(dir, err)
		} else {
			err = fmt.Errorf("store %s: %w", dir, err)
		}
		return nil, errors.Join(err, b.Close())
	}
	return &Folder{Store: s, dir: dir, backend: b}, nil
}

// SetAddress tells other processes where this one serves the store; "" takes it back.
func (f *Folder) SetAddress(address string) error { return writeHolder(f.dir, address) }

// Lost returns how many of the commits that were acknowledged are held, and how many there were. They differ when the
// end of the engine's log is gone: then nothing is written until [Folder.AcceptLoss], and what is read is
// without them.
func (f *Folder) Lost() (have, want int64) { return f.backend.Lost() }

// ReadOnly reports whether the folder could not be written when it was opened: see [Options].
func (f *Folder) ReadOnly() bool { return f.backend.readOnly }

// Loss returns an error wrapping [graph.ErrDamaged] when commits are lost, or when it cannot be said that none is: see
// [pebblequads.DB.Loss].
func (f *Folder) Loss() error { return f.backend.Loss() }

// AcceptLoss goes on from what is held.
func (f *Folder) AcceptLoss() error { return f.backend.AcceptLoss() }

// Unwrap returns the store itself.
func (f *Folder) Unwrap() graph.Store { return f.Store }

// A Backend is what a folder keeps its store in.
type Backend struct {
	*pebblequads.DB
	dir      string
	lock     io.Closer // nil when the folder cannot be locked, as it is only read
	readOnly bool
}

// OpenBackend opens what [Open] keeps its store in.
func OpenBackend(dir string, o Options) (*Backend, error) {
	b, err := openBackend(dir, o)
	if err != nil && o.Reading && (isUnwritable(err) || isFull(err)) {
		return openUnwritable(dir, o, err)
	}
	return b, err
}

func openBackend(dir string, o Options) (_ *Backend, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			return nil, fmt.Errorf("%s is a file, not the folder of a store: %w", dir, graph.ErrDamaged)
		}
		return nil, fmt.Errorf("store %s: %w", dir, err)
	}
	// What is no store, or a later one, is left as it is: without so much as a lock.
	if version, err := formatOf(dir); err != nil {
		return nil, err
	} else if version == 0 && o.Reading {
		return nil, noStoreError(dir)
	}
	lock, err := hold(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, lock.Close())
		}
	}()
	if err := writeHolder(dir, ""); err != nil {
		return nil, fmt.Errorf("store %s: %w", dir, err)
	}
	if err := prepare(dir, o); err != nil {
		return nil, errors.Join(err, removeHolder(dir))
	}
	db, err := pebblequads.Open(filepath.Join(dir, quadsName), &pebblequads.Options{MustExist: true, CacheBytes: o.CacheBytes, Warn: o.Warn, Settling: o.Settling})
	if err != nil {
		return nil, errors.Join(openError(dir, err), removeHolder(dir))
	}
	return &Backend{DB: db, dir: dir, lock: lock}, nil
}

// noStoreError says that a folder holds no store, and whether one was begun.
func noStoreError(dir string) error {
	entries, err := os.ReadDir(dir)
	if err == nil && slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return isUnfinished(e.Name()) }) {
		return fmt.Errorf("no store at %s: one was begun there and did not end, as on a full disk; nothing was kept in it, and the next load clears it up: %w", dir, graph.ErrNotFound)
	}
	return fmt.Errorf("no store at %s: load documents into it first: %w", dir, graph.ErrNotFound)
}

// Close gives the folder free.
func (b *Backend) Close() error {
	if b.readOnly {
		err := b.DB.Close()
		if b.lock != nil {
			err = errors.Join(err, b.lock.Close())
		}
		return err
	}
	// The entry goes while the folder is held: after that it may be another's.
	return errors.Join(b.DB.Close(), removeHolder(b.dir), b.lock.Close())
}

// formatOf returns the format of a folder, 0 for one that is empty. The error wraps [graph.ErrDamaged] when
// it is something else, and [graph.ErrVersion] when its format is a later one.
func formatOf(dir string) (int, error) {
	name := filepath.Join(dir, formatName)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		entries, listErr := os.ReadDir(dir)
		if listErr != nil {
			return 0, fmt.Errorf("store %s: %w", dir, listErr)
		}
		if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
			return !isUnfinished(e.Name()) && e.Name() != heldName && e.Name() != lockName
		}) {
			return 0, nil
		}
		data, err = os.ReadFile(name) // another process may have made the store meanwhile
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, fmt.Errorf("%s is not empty and has no file %q, so it is not a store or has lost it; name another folder, or restore it from a backup: %w",
			dir, formatName, graph.ErrDamaged)
	case err != nil:
		return 0, fmt.Errorf("store %s: %w", dir, err)
	}
	digits, ok := strings.CutPrefix(strings.TrimSuffix(string(data), "\n"), formatPrefix)
	version, err := strconv.Atoi(digits)
	switch {
	case !ok || err != nil || version < 1:
		return 0, fmt.Errorf("%s: the file %q does not say %q and a version; restore the store from a backup: %w",
			dir, formatName, strings.TrimSpace(formatPrefix), graph.ErrDamaged)
	case version > FormatVersion:
		return 0, fmt.Errorf("%s has format %d, this program reads formats up to %d; use the program that wrote it, or load the documents into another folder: %w",
			dir, version, FormatVersion, graph.ErrVersion)
	}
	return version, nil
}

// prepare makes a folder one of this format: it is held, and empty or of this format or an older one.
func prepare(dir string, o Options) error {
	version, err := formatOf(dir)
	if err != nil {
		return err
	}
	switch {
	case version == FormatVersion:
	case version == 0:
		if err := makeQuads(dir, func(*pebblequads.DB) error { return nil }); err != nil {
			return err
		}
	default:
		if o.Migrating != nil {
			o.Migrating(version, FormatVersion)
		}
		if err := migrate(dir); err != nil {
			return fmt.Errorf("bringing %s from format %d to %d: %w", dir, version, FormatVersion, err)
		}
	}
	if err := complete(dir); err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	}
	return nil
}

// makeQuads makes the engine of a folder and fills it. It is whole before the format says that it is there;
// what is left then is to put it in place, which [complete] does, now or when the folder is opened next.
func makeQuads(dir string, fill func(*pebblequads.DB) error) error {
	if err := removeUnfinished(dir); err != nil {
		return err
	}
	made := filepath.Join(dir, quadsName+unfinished)
	db, err := pebblequads.Open(made, nil)
	if err != nil {
		return errors.Join(fmt.Errorf("store %s cannot be made: %w", dir, err), os.RemoveAll(made))
	}
	if err := errors.Join(fill(db), db.Close()); err != nil {
		return errors.Join(fmt.Errorf("store %s cannot be made: %w", dir, err), os.RemoveAll(made))
	}
	if err := errors.Join(syncDir(made), syncDir(dir), writeFile(filepath.Join(dir, formatName), fmt.Appendf(nil, "%s%d\n", formatPrefix, FormatVersion))); err != nil {
		return fmt.Errorf("store %s: %w", dir, err)
	}
	return nil
}

// complete puts in place what was made, and removes what is older.
func complete(dir string) error {
	path := filepath.Join(dir, quadsName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		err := os.Rename(path+unfinished, path)
		if err == nil {
			err = syncDir(dir)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	err := removeUnfinished(dir)
	for _, name := range oldNames {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, name)))
	}
	return err
}

// unfinished ends the names of what is not in place yet.
const unfinished = ".unfinished"

func isUnfinished(name string) bool { return strings.HasSuffix(name, unfinished) }

// removeUnfinished removes what a process left that died while it made something.
func removeUnfinished(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if isUnfinished(e.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// damagedError says what to do about damage. What is damaged names the folder already when it names a file.
func damagedError(dir string, err error) error {
	if !strings.Contains(err.Error(), dir) {
		err = fmt.Errorf("store %s: %w", dir, err)
	}
	return fmt.Errorf("%w; restore a backup into a new store, or load the documents into one", err)
}

// writeFile puts a file in place whole or not at all, and durably.
func writeFile(path string, data []byte) error {
	made := path + unfinished
	f, err := os.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
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
		err = os.Rename(made, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(made))
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	f, err := vfs.Default.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

var _ store.Backend = (*Backend)(nil)
