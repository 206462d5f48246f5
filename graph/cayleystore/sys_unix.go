//go:build unix

package cayleystore

import (
	"errors"
	"os"
	"syscall"
)

// heldByAnother reports whether an error says that another process has a file locked.
func heldByAnother(err error) bool {
	return errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EAGAIN)
}

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		err = nil // the file system cannot
	}
	return errors.Join(err, f.Close())
}
