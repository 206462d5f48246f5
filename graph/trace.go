package graph

// TraceOptions bounds a trace.
type TraceOptions struct {
	Depth         int        // hops from the claim; 0 is [DefaultTraceDepth]
	Limit         int        // claims of the family shown; 0 is [DefaultTraceLimit]
	MinConfidence Confidence // relations below it are not followed; 0 follows those at [FamilyThreshold] or above
	Commenters    bool       // also claims of readers
	Declared      bool       // follow only what a text or a person declares: no reuse that was computed
}

// Bounds of a trace.
const (
	DefaultTraceDepth = 6
	MaxTraceDepth     = 20
	DefaultTraceLimit = 100
	MaxTraceLimit     = 1000
	// FamilyThreshold is the score from which a same-claim link makes a family.
	FamilyThreshold Confidence = 600
)

// EndKind says why a way ends where it does.
type EndKind string

// The ends of a way.
const (
	EndPrimary   EndKind = "primary"       // the speaker's own words on their own channel, or the body's own record
	EndNotHeld   EndKind = "not-held"      // a located source that is not loaded
	EndUnlocated EndKind = "unlocated"     // a source is named, not where it is
	EndCitesNone EndKind = "cites-nothing" // nothing is cited
	EndCycle     EndKind = "cycle"         // it leads back to where it came from
	EndUnknown   EndKind = "unknown"       // the depth or limit was reached
)

// An End is where a way ends, and why.
type End struct {
	Kind EndKind
	Node ID     // the last node on the way
	Why  string // one sentence
}

// A Way leads from a claim to where it comes from.
type Way struct {
	Path  []Edge // from the claim to the end, as the edges are stored: some are walked backwards
	End   End
	Depth int        // documents and sources entered on the way: 0 when it ends where it begins
	Basis Basis      // the weakest on the way: stated, declared, quoted, inferred; "" for a way that goes nowhere
	Score Confidence // the smallest of the relations on the way; 1000 when none is needed
}

// A Retelling is a claim beside the speaker's own words of which it is a short form.
type Retelling struct {
	Of    ID  // the claim of the family that has the speaker's words, most of them if several do
	Words int // of the retelling
	Own   int // words of Of
}

// A Take is one claim having its content from another.
type Take struct {
	From, To ID        // claims
	Relation *Relation // takes-from or quotes-from, with its basis, score and reasons
}

// A Trace is the provenance of one claim, or of the claims that hold some words.
type Trace struct {
	Query    string // as asked: an ID or words
	Roots    []ID   // the claims asked about, in order
	Claims   []TracedClaim
	Origins  []*Source // the distinct places where the family was first said, merged over same-source links; one node each, smallest ID
	Subgraph Subgraph
	Warnings []string
}

// A TracedClaim is one claim of the family with all that is known of where it comes from.
type TracedClaim struct {
	ClaimView
	Root       bool
	SaidIn     *Source
	Origin     ID         // the Source of Trace.Origins that SaidIn is; "" when it is told nowhere
	Within     *ClaimView // the claim that encloses it: who reports it
	Figures    []StatisticView
	Cites      []*Source
	Matches    []*Relation // to other claims of the family
	Qualifiers []Qualifier // what clarified, corrected or contradicted it
	Family     ID          // the smallest claim of its family; its own ID when it is alone
	Takes      []Take      // what it takes from other claims, in order of To
	Way                    // the way to the end that says most, on either clock of proof
	Said       Way         // where the speaker said so: his own channel, or the record of the utterance
	Fact       Way         // where what is said comes from: the release of the body that counted, the record of who acted
	Retells    *Retelling  // nil when it has the speaker's own words itself, or none of the family has them
	Branches   []Way       // every end that its ways have, in order of their rank and node
}

// A Qualifier is one clarification, with the way by which it reaches the claim.
type Qualifier struct {
	Relation *Relation
	Target   Node        // *Source, *Document or *Claim
	Speaker  *Agent      // of the target, if known
	Document *Document   // whose text says so
	Held     *Document   // the document that the target is, when it is a source and that is loaded
	Inferred bool        // it is stated of another claim of the family
	Via      []*Relation // the match links from the claim to that other one
}
