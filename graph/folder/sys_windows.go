package folder

import (
	"errors"
	"os"
	"syscall"
)

// What Windows says of a medium that cannot be written, or not any more.
const (
	errorWriteProtect syscall.Errno = 19
	errorDiskFull     syscall.Errno = 112
)

func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }

func isFull(err error) bool { return errors.Is(err, errorDiskFull) }

// isHeld reports whether another process has locked a file, which then cannot be opened.
func isHeld(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return !errors.Is(err, os.ErrNotExist)
	}
	return f.Close() != nil
}
