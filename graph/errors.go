package graph

import "errors"

// Every error of this module that a caller may want to tell apart wraps one of these.
var (
	ErrNotFound    = errors.New("not found")          // no such node, text or label
	ErrInvalid     = errors.New("invalid")            // the caller's input is wrong
	ErrConflict    = errors.New("conflict")           // it contradicts what is held
	ErrLocked      = errors.New("store is locked")    // another process holds the store
	ErrVersion     = errors.New("store version")      // the store was written by another format version
	ErrDamaged     = errors.New("store is damaged")   // the store does not read back what was written
	ErrSuppressed  = errors.New("suppressed")         // it was erased or retracted; a tombstone says so
	ErrStale       = errors.New("store has moved on") // another process wrote what was not taken into account
	ErrUnsupported = errors.New("cannot be read yet") // a format or language that is not extracted
)
