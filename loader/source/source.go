// Package source turns bytes into documents: it decodes them, finds out what is
// known about the document, and gives its canonical text together with the
// structure that markup declares.
//
// # Canonical text
//
// Plain text and JSONL records stay as they came in. Only the byte order mark and
// front matter are left out, and every NUL and unpaired surrogate becomes one
// U+FFFD, so that counted in characters nothing moves. Markdown and HTML become
// the words a reader of the page sees, one paragraph after the other with a blank
// line between them; white space inside a paragraph is folded as a browser does.
//
// # Trust
//
// What is known about a document comes from, in this order: front matter (or the
// fields of a JSONL record), a sidecar NAME.meta.yaml, manifest.jsonl, [Options],
// and the page itself. A later one only fills what the earlier ones leave open.
//
// # Archives and compression
//
// A tar file (.tar, .tar.gz, .tgz) is read as the folder it holds, and nothing of it is written anywhere; a
// document may be compressed by itself (.jsonl.gz, .txt.gz). JSONL is read line by line, however long it is.
//
// # Hostile input
//
// Documents are not trusted. Nothing is executed or fetched, sizes, nesting and what may come of compressed bytes are
// bounded, and no input makes [Read] panic.
package source

import (
	"errors"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"whence/graph"
)

// An Item is one document read from bytes.
type Item struct {
	Document  graph.Document // ID set: its URI, else [graph.NewTextDocumentID] of Text
	Text      string         // canonical text
	BytesHash string         // SHA-256 in hex of the bytes: the file's, or of a JSONL record its line's
	MediaType string         // text/plain, text/markdown, text/html or application/json
	Capture   graph.Capture  // Path is slash-separated; of a JSONL record "path#id", or "path:line" without an id
	Marks     []Mark         // structure known from markup, in order of Span.Start, a longer one first; empty for plain text
	RecordID  string         // the "id" of a JSONL record, else the file's name
	Notes     []string       // what was repaired or left aside, one phrase each
}

// MarkKind is what a [Mark] says about its span.
type MarkKind string

// The kinds of marks.
const (
	MarkTitle      MarkKind = "title"
	MarkHeading    MarkKind = "heading"
	MarkParagraph  MarkKind = "paragraph"
	MarkListItem   MarkKind = "list-item"
	MarkBlockquote MarkKind = "blockquote" // Author from its cite or footer, URL from its cite attribute
	MarkLink       MarkKind = "link"       // URL
	MarkComment    MarkKind = "comment"    // a reader's; Author, Date, Age, Parent
	MarkByline     MarkKind = "byline"
	MarkTime       MarkKind = "time" // Date
)

// A Mark is something that markup declares about a part of the canonical text. The
// span is never empty and lies on rune boundaries. Spans of different kinds nest:
// a comment holds paragraphs, a paragraph holds links.
type Mark struct {
	Kind   MarkKind
	Span   graph.Span
	URL    string     // absolute, http or https
	Author string     // as written; "" if not said
	Date   graph.Date // "" if not said
	Age    string     // "3 days ago", as written, when the page gives no date
	Parent int        // of a reply: the index in Item.Marks of the comment it answers; else -1
}

// DefaultMaxBytes is the size in bytes above which a document is refused.
const DefaultMaxBytes = 64 << 20

// Options is what the caller knows about all documents of one run, and limits. The
// zero Options is ready to use.
type Options struct {
	Publisher string
	Kind      string // one of [graph.DocumentKinds]
	URL       string // of the document: only for a single one
	Published graph.Date
	Retrieved time.Time
	MaxBytes  int64  // of one document: a file, a record, a member of an archive; 0 is [DefaultMaxBytes]
	Format    string // "text", "markdown", "html" or "jsonl"; "" chooses by extension, then by content
	// Only, if not nil, tells of each file whether [Walk] and [Scan] are to read it; of the others nothing is reported.
	Only func(path string) bool
	// Except are folders that are passed over, as absolute paths without links.
	Except []string
	// Consumed, if not nil, grows by what Walk reads of the files, in bytes as they lie on the disk.
	Consumed *atomic.Int64
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// Read reads the documents in b: one, or of JSONL one a line. path names them and
// is not opened; no sidecar or manifest is looked for. The error is nil, an
// [*Error], a [*Skip], or several of these joined: documents that could be read
// are returned beside it.
func Read(path string, b []byte, o Options) ([]Item, error) {
	var (
		items []Item
		errs  []error
	)
	read(path, b, o, given{}, func(item Item, err error) bool {
		if err != nil {
			errs = append(errs, err)
		} else {
			items = append(items, item)
		}
		return true
	})
	if len(errs) == 1 {
		return items, errs[0]
	}
	return items, errors.Join(errs...)
}

// input is one file on its way through a reader.
type input struct {
	path  string
	bytes []byte
	text  string // decoded
	notes []string
	o     Options
	given given
}

// read finds the format and hands over to its reader. It returns false when yield did.
func read(path string, b []byte, o Options, g given, yield func(Item, error) bool) bool {
	fail := func(err error) bool { return yield(Item{}, err) }
	if int64(len(b)) > o.maxBytes() {
		return fail(tooLarge(path, int64(len(b)), o))
	}
	if err := g.setOptions(path, o); err != nil {
		return fail(err)
	}
	format, err := formatOf(path, b, o)
	if err != nil {
		return fail(err)
	}
	if name, ok := isBinary(b); ok {
		return fail(&Skip{Path: path, Reason: ReasonBinary, Detail: name})
	}
	in := input{path: path, bytes: b, o: o, given: g}
	in.text, in.notes = decode(b, format.name == "html")
	if strings.TrimSpace(strings.Trim(in.text, "\ufffd")) == "" {
		return fail(&Skip{Path: path, Reason: ReasonEmpty})
	}
	if garbled(in.text) {
		return fail(&Skip{Path: path, Reason: ReasonBinary, Detail: "control bytes"})
	}
	return format.read(in, yield)
}

// finish completes an item of a format that has one document to a file.
func (in input) finish(text, mediaType string, marks []Mark, own, page metadata, notes []string) Item {
	known, trusted, conflicts := in.given.merge(own, page)
	item := Item{
		Text: text, BytesHash: graph.TextHash(string(in.bytes)), MediaType: mediaType, Marks: marks, RecordID: in.fileName(),
		Notes: append(append(in.notes, notes...), conflicts...),
	}
	item.identify(known)
	item.Capture = graph.Capture{Path: in.path, Retrieved: known.retrieved, Trusted: trusted}
	return item
}

// identify makes the document out of what is known and the text.
func (item *Item) identify(known metadata) {
	item.Document = graph.Document{
		ID: graph.ID(known.url), URL: known.url, Title: known.title, Publisher: known.publisher, Authors: known.authors,
		Kind: known.kind, Published: known.published, Language: known.language,
	}
	if known.url == "" {
		item.Document.ID = graph.NewTextDocumentID(item.Text)
	}
	if code, sure := Language(item.Text); item.Document.Language == "" && sure {
		item.Document.Language = code
	}
}

func (in input) fileName() string { return path.Base(in.path) }
