package source

import (
	"fmt"
	"strings"

	"whence/graph"
)

// Stage is where reading a document failed.
type Stage string

// The stages, in order.
const (
	StageOptions  Stage = "options"
	StageOpen     Stage = "open"
	StageMetadata Stage = "metadata" // front matter, sidecar, manifest
	StageParse    Stage = "parse"
)

// An Error says that a document could not be read, and what to do about it.
type Error struct {
	Path   string
	Stage  Stage
	Line   int    // 1-based; 0 when there is none
	Offset int    // in bytes into the file; -1 when it is not known
	Hint   string // what to do, one sentence; "" if there is nothing to advise
	Err    error  // the cause
}

// Error names the file, the place and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Path)
	switch {
	case e.Line > 0:
		fmt.Fprintf(&b, ":%d", e.Line)
	case e.Offset >= 0:
		fmt.Fprintf(&b, ": byte %d", e.Offset)
	}
	fmt.Fprintf(&b, ": %s: %v", e.Stage, e.Err)
	if e.Hint != "" {
		b.WriteString("; " + e.Hint)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func tooLarge(path string, size int64, o Options) *Error {
	return &Error{
		Path: path, Stage: StageOpen, Offset: -1, Hint: "split it, or raise the size limit",
		Err: fmt.Errorf("%d bytes, the limit is %d: %w", size, o.maxBytes(), graph.ErrInvalid),
	}
}

// Reason is why a file is no document.
type Reason string

// The reasons.
const (
	ReasonEmpty   Reason = "empty"
	ReasonBinary  Reason = "binary"
	ReasonType    Reason = "unknown-type"
	ReasonSpecial Reason = "special-file"
	ReasonTwice   Reason = "read-twice"
	ReasonNoText  Reason = "no-text"
	ReasonSidecar Reason = "sidecar"
	ReasonLink    Reason = "link"
	ReasonOutside Reason = "outside"
	ReasonNested  Reason = "nested"
)

// Reasons lists every reason.
var Reasons = []Reason{ReasonEmpty, ReasonBinary, ReasonType, ReasonSpecial, ReasonTwice, ReasonNoText, ReasonSidecar, ReasonLink, ReasonOutside, ReasonNested}

// Sentence explains the reason to a person.
func (r Reason) Sentence() string {
	switch r {
	case ReasonEmpty:
		return "It holds no words."
	case ReasonBinary:
		return "It is not text."
	case ReasonType:
		return "Its extension is not one of a document; name the file itself to have it read."
	case ReasonSpecial:
		return "It is a pipe, device or socket, not a file."
	case ReasonTwice:
		return "The same folder was read under another name."
	case ReasonNoText:
		return "No article or comment was found on the page."
	case ReasonSidecar:
		return "It describes other documents, and is read with them."
	case ReasonLink:
		return "It is a link inside an archive, and those are not followed."
	case ReasonOutside:
		return "Its name leads out of the archive."
	case ReasonNested:
		return "It is an archive inside an archive: unpack it first."
	}
	return "It is no document."
}

// A Skip says that a file was passed over because it is no document. That is not a failure.
type Skip struct {
	Path   string
	Reason Reason
	Detail string // "PDF", the other name; "" if there is nothing to add
}

// Error names the file and the reason.
func (s *Skip) Error() string {
	out := s.Path + ": skipped: " + s.Reason.Sentence()
	if s.Detail != "" {
		out += " (" + s.Detail + ")"
	}
	return out
}
