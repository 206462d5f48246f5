package graph

import "time"

// DocumentKind is what sort of document it is. An unknown kind is "".
type DocumentKind string

// The kinds of documents. Their tier is given by [DocumentKind.Tier].
const (
	KindNews          DocumentKind = "news"
	KindBlog          DocumentKind = "blog"
	KindPressRelease  DocumentKind = "press-release"
	KindStatement     DocumentKind = "statement" // of a charity, union or other body, on its own channel
	KindWrittenAnswer DocumentKind = "written-answer"
	KindSpeech        DocumentKind = "speech"
	KindInterview     DocumentKind = "interview"
	KindReport        DocumentKind = "report"
	KindDataset       DocumentKind = "dataset"
	KindLegislation   DocumentKind = "legislation"
	KindPaper         DocumentKind = "paper" // academic
	KindSocial        DocumentKind = "social"
	KindFactCheck     DocumentKind = "fact-check"
)

// DocumentKinds lists every kind, in alphabetical order.
var DocumentKinds = []DocumentKind{
	KindBlog, KindDataset, KindFactCheck, KindInterview, KindLegislation, KindNews, KindPaper, KindPressRelease,
	KindReport, KindSocial, KindSpeech, KindStatement, KindWrittenAnswer,
}

// Tier ranks a kind by how near to the record it stands: 3 own record or
// official, 2 press or charity, 1 blog or social media. (A reader comment is
// tier 0 whatever its document.) ok is false for an unknown kind.
func (k DocumentKind) Tier() (tier int, ok bool) {
	switch k {
	case KindWrittenAnswer, KindSpeech, KindReport, KindDataset, KindLegislation, KindPaper:
		return 3, true
	case KindNews, KindPressRelease, KindStatement, KindInterview, KindFactCheck:
		return 2, true
	case KindBlog, KindSocial:
		return 1, true
	}
	return 0, false
}

// isEdited reports whether somebody other than the writer answers for documents of a
// kind: those of tier 2 and 3.
func (k DocumentKind) isEdited() bool {
	tier, _ := k.Tier()
	return tier > 1
}

// IsRecord reports whether documents of a kind are themselves the record of what
// their publisher did, said or counted: those of tier 3, and press releases.
func (k DocumentKind) IsRecord() bool {
	tier, _ := k.Tier()
	return tier == 3 || k == KindPressRelease
}

// A Document is a work: what was published, apart from which text of it we hold.
// Its ID is its URI, or [NewTextDocumentID] of its first text when it has none.
type Document struct {
	ID        ID
	URL       string // where it was published; "" if not known
	Title     string
	Publisher string   // as written; a resolution says which Agent that is
	Authors   []string // as written, in order
	Kind      DocumentKind
	Published Date
	Language  string // BCP 47 of most of its text, "en"; "" if not told
}

// A Version is one text of a document.
type Version struct {
	ID        ID
	Document  ID
	TextHash  string // SHA-256 in hex of the canonical text, under which the store keeps it
	BytesHash string // SHA-256 in hex of the bytes it was read from
	MediaType string // of those bytes: text/plain, text/markdown, text/html, application/json
	Runes     int    // length of the canonical text in code points
}

// SegmentType is the role of a part of a version.
type SegmentType string

// The types of segments. Furniture asserts nothing.
const (
	SegmentTitle      SegmentType = "title"
	SegmentBody       SegmentType = "body"
	SegmentUpdate     SegmentType = "update"
	SegmentBlockquote SegmentType = "blockquote"
	SegmentComment    SegmentType = "comment"
	SegmentReply      SegmentType = "reply"
	SegmentFurniture  SegmentType = "furniture"
)

// IsReader reports whether a reader of the document wrote it, not its author.
func (t SegmentType) IsReader() bool { return t == SegmentComment || t == SegmentReply }

// A Segment is a part of a version with its own author and date. Segments of a
// version are in order, do not overlap, and together hold all its words.
type Segment struct {
	ID       ID
	Document ID
	Version  ID
	Type     SegmentType
	Passage  Passage // Exact is cut to [SegmentExactRunes]; the span is whole
	Author   string  // as written; "" when it is the document's, or a comment's that gives none
	Date     Date    // the segment's own; "" when it has none of its own
	Age      string  // "1 months ago", as written: it needs the date of retrieval
	Parent   ID      // the segment it replies to; "" if none
	Language string  // BCP 47; "" if too short to tell
	Skipped  string  // why it was not extracted (another language); "" if it was
}

// SegmentExactRunes bounds the words that a Segment keeps of itself.
const SegmentExactRunes = 80

// A Capture is when and from where a version came: the ledger's, never content.
type Capture struct {
	Path      string    // of the file, or the record's place in it
	Retrieved time.Time // when it was fetched, as stated; zero if not known
	Trusted   bool      // the URI was given from outside the file (sidecar, manifest, flag), not by the file itself
}
