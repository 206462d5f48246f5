package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"whence/graph"
	"whence/graph/pebblequads"
)

// isUnwritable reports whether an error says that a folder cannot be written by this user, or by anybody.
func isUnwritable(err error) bool { return errors.Is(err, fs.ErrPermission) || isReadOnly(err) }

// openUnwritable opens a folder for reading as it is, and locks it if it can, as on a full disk. why is what it cannot be written for.
func openUnwritable(dir string, o Options, why error) (*Backend, error) {
	// Its holder would remove files that are being read.
	lock, err := hold(dir)
	if errors.Is(err, graph.ErrLocked) || err != nil && isHeld(filepath.Join(dir, heldName)) {
		return nil, lockedError(dir)
	}
	b, err := openAsItIs(dir, o, why)
	if err != nil && lock != nil {
		err = errors.Join(err, lock.Close())
	}
	if err != nil {
		return nil, err
	}
	b.lock = lock
	return b, nil
}

func openAsItIs(dir string, o Options, why error) (*Backend, error) {
	version, err := formatOf(dir)
	switch {
	case err != nil:
		return nil, err
	case version == 0:
		return nil, noStoreError(dir)
	case version != FormatVersion:
		return nil, fmt.Errorf("%s is to be brought from format %d to %d, which needs room in it and permission to write; copy it to where there is both: %w",
			dir, version, FormatVersion, why)
	}
	quads := filepath.Join(dir, quadsName)
	if _, err := os.Stat(quads); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(quads + unfinished); err == nil { // whole, as the format says, and not in place yet
			quads += unfinished
		}
	}
	db, err := pebblequads.Open(quads, &pebblequads.Options{ReadOnly: true, CacheBytes: o.CacheBytes, Warn: o.Warn})
	if err != nil {
		return nil, openError(dir, err)
	}
	return &Backend{DB: db, dir: dir, readOnly: true}, nil
}

// openError says what to do when the engine of a folder cannot be opened.
func openError(dir string, err error) error {
	if errors.Is(err, fs.ErrNotExist) && !errors.Is(err, graph.ErrDamaged) {
		err = fmt.Errorf("%w: %s is empty or missing", graph.ErrDamaged, filepath.Join(dir, quadsName))
	}
	if errors.Is(err, graph.ErrDamaged) {
		return damagedError(dir, err)
	}
	return fmt.Errorf("store %s: %w", dir, err)
}
