package cayleystore

import (
	"errors"
	"syscall"
)

// What Windows says of a file that another process has open or locked.
const (
	errorSharingViolation syscall.Errno = 32
	errorLockViolation    syscall.Errno = 33
)

// heldByAnother reports whether an error says that another process has a file locked.
func heldByAnother(err error) bool {
	return errors.Is(err, errorSharingViolation) || errors.Is(err, errorLockViolation)
}

// syncDir does nothing: Windows writes names through.
func syncDir(string) error { return nil }
