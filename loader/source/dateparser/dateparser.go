// Package dps stands in for github.com/markusmobius/go-dateparser, which go-htmldate imports for its extensive
// search. Whence switches that search off (package loader/source), so nothing here is ever called; but the real
// package builds tables of two hundred languages whenever a program starts: 0.16 s and 80 MB for every
// command. go.mod puts this one in its place. It has what go-htmldate names, and recognises no date.
package dps

import (
	"errors"

	"github.com/markusmobius/go-dateparser/date"
)

// A ParserType is a way to read dates.
type ParserType string

// The ways that go-htmldate asks for.
const (
	CustomFormat ParserType = "custom-format"
	AbsoluteTime ParserType = "absolute-time"
)

// A PreferredDateSource says which of two dates is meant.
type PreferredDateSource string

// Past prefers the earlier one.
const Past PreferredDateSource = "past"

// A Configuration says how dates are read.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// A Parser reads dates.
type Parser struct {
	ParserTypes []ParserType
}

var errAbsent = errors.New("dates are not searched for in running text")

// Parse recognises nothing.
func (*Parser) Parse(*Configuration, string, ...string) (date.Date, error) {
	return date.Date{}, errAbsent
}
