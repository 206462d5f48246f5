package graph

// Mode is how a claim's words stand in the document.
type Mode string

// The modes.
const (
	ModeDirect   Mode = "direct"   // in quotation marks but for a word or two, or a turn of a transcript
	ModeIndirect Mode = "indirect" // reported, no quotation marks
	ModeMixed    Mode = "mixed"    // reported, partly in quotation marks
	ModeVoice    Mode = "voice"    // the document's, or a commenter's, own factual sentence
)

// Modes lists every mode.
var Modes = []Mode{ModeDirect, ModeIndirect, ModeMixed, ModeVoice}

// Polarity says whether the speaker stands behind the content or against it.
type Polarity string

// The polarities.
const (
	Positive Polarity = "positive"
	Negative Polarity = "negative" // "denied that …", "has concerns about …"
)

// Confidence is in thousandths: 0 to 1000.
type Confidence int

// A Claim is one statement made in one document by one speaker: an occurrence.
// Its ID is [NewClaimID]; all else is what one reading says of it.
type Claim struct {
	ID         ID
	Document   ID
	Version    ID
	Segment    ID
	Content    []Passage // at least one, in order
	Source     []Passage // the words that name the speaker; none if the text names none
	Cue        []Passage // the words that say it is reported: "said", "according to"
	Hedges     []Passage // "may", "up to": inside the content
	Mode       Mode
	Polarity   Polarity
	SaidIn     ID   // Source in which it was said; ""
	SaidOn     Date // when it was said; "" if not told
	StatedOn   Date // publication of the segment, else of the document; "" if undated
	Within     ID   // the Claim whose content encloses this one; ""
	Rule       string
	Confidence Confidence
	Worth      Confidence // that people would find it worth checking
	Label      Label      // the reading that says this; set on read, not part of the content
}

// Words returns the exact words of the claim.
func (c *Claim) Words() string { return ExactOf(c.Content) }

// A Statistic is a figure inside a claim or in the author's voice.
// Value is nil for a range, which has Min and Max.
type Statistic struct {
	ID         ID
	Document   ID
	Version    ID
	Segment    ID
	Claim      ID // the innermost claim that holds it; "" if none
	Figure     Passage
	Sentence   Passage
	Value      *float64
	Min, Max   *float64
	Bound      Bound
	Unit       string // "people", "GBP", "percent", "job outcomes"
	Measure    string // what is counted: "finding and keeping employment"
	Population string
	Place      string
	Period     Interval
	SourceID   ID     // the Source that the text credits; "" if it credits none
	Credit     string // the words of that credit, "" if none
	StatedOn   Date   // as Claim's
	Rule       string
	Confidence Confidence
	Label      Label // as Claim's
}

// Bound says on which side of Value the figure lies.
type Bound string

// The bounds.
const (
	BoundExact   Bound = "exact"
	BoundOver    Bound = "over"
	BoundAtLeast Bound = "at_least"
	BoundUpTo    Bound = "up_to"
	BoundUnder   Bound = "under"
	BoundAbout   Bound = "about"
)

// SourceKind is what sort of thing a citation names.
type SourceKind string

// The kinds of sources.
const (
	SourceURL         SourceKind = "url"
	SourceDocument    SourceKind = "document"
	SourceAuthorYear  SourceKind = "author-year"
	SourceData        SourceKind = "data" // figures of a body named with no document: "NHS data shows"
	SourceBook        SourceKind = "book"
	SourceLegislation SourceKind = "legislation"
)

// A Source is what a document cites: a document held or not held, or a body
// named with no document.
type Source struct {
	ID         ID
	Document   ID // that cites it
	Version    ID
	Segment    ID
	Kind       SourceKind
	URL        string // "" if it is unlocated
	Title      string
	Publisher  string   // as written
	Authors    []string // as written
	Date       Date
	Passages   []Passage // the words that cite it, in order
	Rule       string
	Confidence Confidence
	Label      Label // as Claim's
}

// Located reports whether the citation says where the thing is to be found.
func (s *Source) Located() bool { return s.URL != "" }

// Description returns what tells the source apart inside its document: kind,
// authors, title, publisher and date, as far as the text gives them.
func (s *Source) Description() string {
	out := string(s.Kind)
	for _, a := range s.Authors {
		out += "|" + a
	}
	return out + "|" + s.Title + "|" + s.Publisher + "|" + string(s.Date)
}

// Basis is why a relation is held to be.
type Basis string

// The bases.
const (
	BasisStated   Basis = "stated"   // a text says so
	BasisDeclared Basis = "declared" // a link, citation or named source
	BasisQuoted   Basis = "quoted"   // verbatim words
	BasisInferred Basis = "inferred" // computed from two texts
	BasisPerson   Basis = "person"   // a decision
)

// Status is where a relation stands, derived from decisions on read.
type Status string

// The statuses.
const (
	StatusStated    Status = "stated"
	StatusSuggested Status = "suggested"
	StatusConfirmed Status = "confirmed"
	StatusRejected  Status = "rejected"
)

// A Relation joins a claim or source to another node, for a reason.
type Relation struct {
	ID       ID
	Kind     Predicate
	From, To ID
	Document ID        // whose text says so; "" when computed
	Version  ID        // of that document
	Evidence []Passage // the words that say so; none when computed
	Score    Confidence
	Reasons  []string // in a fixed order
	Basis    Basis
	Rule     string
	StatedOn Date
	Status   Status // derived on read: not stored
	Label    Label  // as Claim's
}

// A Review is a fact-check of a claim.
type Review struct {
	ID        ID
	Reviewer  string
	Verdict   string
	Rating    string
	Published Date
	URL       string
}
