package graph

import "time"

// A Label names a set of quads by the inputs of the function that made them.
// What carries one label never changes.
type Label ID

// Layer is which function made a label.
type Layer string

// The layers.
const (
	LayerReading    Layer = "reading"
	LayerResolution Layer = "resolution"
	LayerLink       Layer = "link"
	LayerAuthority  Layer = "authority"
	LayerDecision   Layer = "decision"
)

// A Reading is all that one extractor build finds in one version, given what is
// known about its document. It depends on nothing else.
type Reading struct {
	Label      Label // [NewReadingLabel]
	Extractor  string
	Document   Document
	Version    Version
	Text       string // canonical; kept by the store under Version.TextHash, not in the graph
	Segments   []Segment
	Claims     []Claim
	Statistics []Statistic
	Sources    []Source
	Relations  []Relation
}

// NewReadingLabel hashes a reading's inputs: version, metadata, extractor build.
func NewReadingLabel(v Version, d Document, extractor string) Label {
	parts := []string{string(v.ID), v.BytesHash, v.MediaType, extractor, string(d.ID), d.URL, d.Title, d.Publisher, string(d.Kind), string(d.Published), d.Language}
	return Label(newID("reading", append(parts, d.Authors...)...))
}

// A Resolution says who is meant by the names of one reading, given the
// authority file. It depends on the two alone.
type Resolution struct {
	Label     Label // [NewResolutionLabel]
	Reading   Label
	Authority Label // "" when none was given
	Document  ID
	Version   ID
	Agents    []Agent    // every agent named, also those the authority file knows
	Resolved  []Resolved // one for each claim and source, and for the document's publisher and authors
	Mentions  []Mention
}

// NewResolutionLabel hashes a resolution's inputs.
func NewResolutionLabel(reading, authority Label, resolver string) Label {
	return Label(newID("resolution", string(reading), string(authority), resolver))
}

// A Link is what a matcher finds between two readings (as resolved). A comes
// before B in string order, whichever was loaded first.
type Link struct {
	Label     Label // [NewLinkLabel]
	A, B      Label // of two resolutions
	Matcher   string
	Relations []Relation // matches, takes-from, same-source
}

// NewLinkLabel hashes a link's inputs; the order of a and b does not matter.
func NewLinkLabel(a, b Label, matcher string) Label {
	if b < a {
		a, b = b, a
	}
	return Label(newID("link", string(a), string(b), matcher))
}

// An Authority is the content of an authority file: who is who.
type Authority struct {
	Label  Label // [NewAuthorityLabel]
	Agents []Agent
}

// NewAuthorityLabel hashes the canonical bytes of the authority file.
func NewAuthorityLabel(canonical []byte) Label {
	return Label(newID("authority", string(canonical)))
}

// A Change is what one commit adds and ends. It is stored whole or not at all.
// Content that is already held under its label is not written again.
type Change struct {
	Run    string    // of the load or command, for the ledger
	By     string    // who; "" for the program itself
	Reason string    // why, for ends
	Time   time.Time // when; the store moves it forward if it would run back
	After  int64     // the number of the last commit that it takes into account; 0 if it holds whatever was committed

	Authority   *Authority
	Readings    []Captured
	Resolutions []Resolution
	Links       []Link
	Decisions   []Decision
	Ends        []Label // labels that are no longer live after this commit
}

// A Captured is a reading with when and from where its text came.
type Captured struct {
	Reading
	Capture
}
