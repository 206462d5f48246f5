package graph

// A Predicate is the short name of a relation, as people see it. Package vocab
// gives its IRI, domain, range and alignment.
type Predicate string

// The relations between nodes. The comment gives subject → object.
const (
	AssertedBy     Predicate = "asserted-by"     // Claim → Agent
	StatedIn       Predicate = "stated-in"       // Claim, Statistic → Document
	InSegment      Predicate = "in-segment"      // Claim, Statistic, Source → Segment
	Within         Predicate = "within"          // Claim → the Claim that encloses it
	SaidIn         Predicate = "said-in"         // Claim → Source
	HasFigure      Predicate = "has-figure"      // Claim → Statistic
	SourcedFrom    Predicate = "sourced-from"    // Statistic → Source
	AttributedTo   Predicate = "attributed-to"   // Source → Agent
	Cites          Predicate = "cites"           // Document → Source
	LinksTo        Predicate = "links-to"        // Document → Source
	Mentions       Predicate = "mentions"        // Document → Agent
	TakesFrom      Predicate = "takes-from"      // Claim → Claim, Source
	QuotesFrom     Predicate = "quotes-from"     // Claim → Claim, Source
	Matches        Predicate = "matches"         // Claim ↔ Claim
	ClarifiedBy    Predicate = "clarified-by"    // Claim → Claim, Document, Source
	CorrectedBy    Predicate = "corrected-by"    // Claim → Claim, Document, Source
	UpdatedBy      Predicate = "updated-by"      // Claim → Claim, Document, Source
	SupportedBy    Predicate = "supported-by"    // Claim → Claim, Document, Source
	DisputedBy     Predicate = "disputed-by"     // Claim → Claim, Document, Source; also denied
	RefutedBy      Predicate = "refuted-by"      // Claim → Claim, Document, Source
	ContradictedBy Predicate = "contradicted-by" // Claim → Claim, Document, Source; a text says so
	Contradicts    Predicate = "contradicts"     // Claim ↔ Claim; computed
	SameSource     Predicate = "same-source"     // Source → Source, Document
	RepliesTo      Predicate = "replies-to"      // Segment → Segment; answer → question
	RevisionOf     Predicate = "revision-of"     // Document → Document
	ReviewedBy     Predicate = "reviewed-by"     // Claim → Review
	PublishedBy    Predicate = "published-by"    // Document → Agent
	WrittenBy      Predicate = "written-by"      // Document, Segment → Agent
	HoldsOffice    Predicate = "holds-office"    // Agent → Office (a literal name with an interval)
	VersionOf      Predicate = "version-of"      // Version → Document
	SegmentOf      Predicate = "segment-of"      // Segment → Version
	RelatedFrom    Predicate = "relation-from"   // Relation → its subject
	RelatedTo      Predicate = "relation-to"     // Relation → its object
)

// Clarifications are the relations by which a text says that a claim needs
// another beside it. They lead from the claim to what qualifies it.
var Clarifications = []Predicate{
	ClarifiedBy, CorrectedBy, UpdatedBy, SupportedBy, DisputedBy, RefutedBy, ContradictedBy,
}
