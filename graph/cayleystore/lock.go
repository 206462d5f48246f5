package cayleystore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"whence/graph"
)

// lockName is the file that says who has a folder open. It informs; what
// excludes is LevelDB's own lock, which the system drops when its holder dies.
const lockName = "lock"

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
