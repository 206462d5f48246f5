package folder

import (
	"errors"
	"syscall"
)

// What Windows says of a medium that cannot be written, or not any more.
const (
	errorWriteProtect syscall.Errno = 19
	errorDiskFull     syscall.Errno = 112
)

func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }

func isFull(err error) bool { return errors.Is(err, errorDiskFull) }
