package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/cockroachdb/pebble/v2/vfs"

	"whence/graph"
)

const (
	// heldName is the file whose lock excludes other processes. The system drops the lock when its holder dies.
	heldName = "held"
	// lockName is the file that says who has a folder open. It informs; it excludes nobody.
	lockName = "lock"
)

// hold locks a folder. The error wraps [graph.ErrLocked] when another process has it.
func hold(dir string) (io.Closer, error) {
	lock, err := vfs.Default.Lock(filepath.Join(dir, heldName))
	switch {
	case err == nil:
		return lock, nil
	case isUnwritable(err), errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("store %s cannot be written: change its permissions, or copy it to where you may write: %w", dir, err)
	case isFull(err):
		return nil, fmt.Errorf("store %s: %w", dir, err)
	}
	return nil, lockedError(dir)
}

// Holder returns the process that opened a folder last and has not closed it,
// and the address it serves, "" if it does not. It means something after [Open]
// failed with [graph.ErrLocked]: a process that was killed leaves its entry
// behind. The error wraps [graph.ErrNotFound] when there is none.
func Holder(dir string) (pid int, address string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, lockName))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, "", fmt.Errorf("holder of %s: %w", dir, graph.ErrNotFound)
	} else if err != nil {
		return 0, "", err
	}
	first, rest, _ := strings.Cut(string(data), "\n")
	pid, err = strconv.Atoi(first)
	if err != nil {
		return 0, "", fmt.Errorf("holder of %s: %q is no process: %w", dir, first, graph.ErrDamaged)
	}
	return pid, strings.TrimSuffix(rest, "\n"), nil
}

// writeHolder says that this process has the folder open.
func writeHolder(dir, address string) error {
	return writeFile(filepath.Join(dir, lockName), fmt.Appendf(nil, "%d\n%s\n", os.Getpid(), address))
}

// removeHolder takes that back.
func removeHolder(dir string) error {
	err := os.Remove(filepath.Join(dir, lockName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// lockedError says who holds a folder, as far as is known.
func lockedError(dir string) error {
	pid, address, err := Holder(dir)
	switch {
	case err != nil:
		return fmt.Errorf("%s is open in another process: %w", dir, graph.ErrLocked)
	case address != "":
		return fmt.Errorf("%s is open in process %d, which serves it at %s: %w", dir, pid, address, graph.ErrLocked)
	}
	return fmt.Errorf("%s is open in process %d: %w", dir, pid, graph.ErrLocked)
}
