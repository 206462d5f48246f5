package vocab

import (
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// The relations between nodes: one for each [graph.Predicate].
const (
	AssertedBy     = Namespace + quad.IRI(graph.AssertedBy)
	StatedIn       = Namespace + quad.IRI(graph.StatedIn)
	InSegment      = Namespace + quad.IRI(graph.InSegment)
	Within         = Namespace + quad.IRI(graph.Within)
	SaidIn         = Namespace + quad.IRI(graph.SaidIn)
	HasFigure      = Namespace + quad.IRI(graph.HasFigure)
	SourcedFrom    = Namespace + quad.IRI(graph.SourcedFrom)
	AttributedTo   = Namespace + quad.IRI(graph.AttributedTo)
	Cites          = Namespace + quad.IRI(graph.Cites)
	LinksTo        = Namespace + quad.IRI(graph.LinksTo)
	Mentions       = Namespace + quad.IRI(graph.Mentions)
	TakesFrom      = Namespace + quad.IRI(graph.TakesFrom)
	QuotesFrom     = Namespace + quad.IRI(graph.QuotesFrom)
	Matches        = Namespace + quad.IRI(graph.Matches)
	ClarifiedBy    = Namespace + quad.IRI(graph.ClarifiedBy)
	CorrectedBy    = Namespace + quad.IRI(graph.CorrectedBy)
	UpdatedBy      = Namespace + quad.IRI(graph.UpdatedBy)
	SupportedBy    = Namespace + quad.IRI(graph.SupportedBy)
	DisputedBy     = Namespace + quad.IRI(graph.DisputedBy)
	RefutedBy      = Namespace + quad.IRI(graph.RefutedBy)
	ContradictedBy = Namespace + quad.IRI(graph.ContradictedBy)
	Contradicts    = Namespace + quad.IRI(graph.Contradicts)
	SameSource     = Namespace + quad.IRI(graph.SameSource)
	RepliesTo      = Namespace + quad.IRI(graph.RepliesTo)
	RevisionOf     = Namespace + quad.IRI(graph.RevisionOf)
	ReviewedBy     = Namespace + quad.IRI(graph.ReviewedBy)
	PublishedBy    = Namespace + quad.IRI(graph.PublishedBy)
	WrittenBy      = Namespace + quad.IRI(graph.WrittenBy)
	HoldsOffice    = Namespace + quad.IRI(graph.HoldsOffice)
	VersionOf      = Namespace + quad.IRI(graph.VersionOf)
	SegmentOf      = Namespace + quad.IRI(graph.SegmentOf)
	RelatedFrom    = Namespace + quad.IRI(graph.RelatedFrom)
	RelatedTo      = Namespace + quad.IRI(graph.RelatedTo)
)

// The fields of nodes and of labels.
const (
	OfDocument quad.IRI = Namespace + "of-document"
	OfVersion  quad.IRI = Namespace + "of-version"
	FoundBy    quad.IRI = Namespace + "found-by"
	Rule       quad.IRI = Namespace + "rule"
	Confidence quad.IRI = Namespace + "confidence"
	StatedOn   quad.IRI = Namespace + "stated-on"

	CheckWorthiness quad.IRI = Namespace + "check-worthiness"

	URL           quad.IRI = Namespace + "url"
	Title         quad.IRI = Namespace + "title"
	PublisherName quad.IRI = Namespace + "publisher-name"
	AuthorNames   quad.IRI = Namespace + "author-names"
	DocumentKind  quad.IRI = Namespace + "document-kind"
	PublishedOn   quad.IRI = Namespace + "published-on"
	Language      quad.IRI = Namespace + "language"

	HasText   quad.IRI = Namespace + "has-text"
	BytesHash quad.IRI = Namespace + "bytes-hash"
	MediaType quad.IRI = Namespace + "media-type"
	Length    quad.IRI = Namespace + "length"

	SegmentType quad.IRI = Namespace + "segment-type"
	Words       quad.IRI = Namespace + "words"
	AuthorName  quad.IRI = Namespace + "author-name"
	Dated       quad.IRI = Namespace + "dated"
	Age         quad.IRI = Namespace + "age"
	Skipped     quad.IRI = Namespace + "skipped"

	Content     quad.IRI = Namespace + "content"
	SourceWords quad.IRI = Namespace + "source-words"
	Cue         quad.IRI = Namespace + "cue"
	Hedges      quad.IRI = Namespace + "hedges"
	Mode        quad.IRI = Namespace + "mode"
	Polarity    quad.IRI = Namespace + "polarity"
	SaidOn      quad.IRI = Namespace + "said-on"

	FigureOf   quad.IRI = Namespace + "figure-of"
	Figure     quad.IRI = Namespace + "figure"
	Sentence   quad.IRI = Namespace + "sentence"
	Value      quad.IRI = Namespace + "value"
	Min        quad.IRI = Namespace + "min"
	Max        quad.IRI = Namespace + "max"
	Bound      quad.IRI = Namespace + "bound"
	Unit       quad.IRI = Namespace + "unit"
	Measure    quad.IRI = Namespace + "measure"
	Population quad.IRI = Namespace + "population"
	PlaceName  quad.IRI = Namespace + "place-name"
	Period     quad.IRI = Namespace + "period"
	Credit     quad.IRI = Namespace + "credit"

	SourceKind quad.IRI = Namespace + "source-kind"

	Name     quad.IRI = Namespace + "name"
	Alias    quad.IRI = Namespace + "alias"
	External quad.IRI = Namespace + "external"
	Gender   quad.IRI = Namespace + "gender"

	RelationKind quad.IRI = Namespace + "relation-kind"
	Evidence     quad.IRI = Namespace + "evidence"
	Score        quad.IRI = Namespace + "score"
	Reasons      quad.IRI = Namespace + "reasons"
	Basis        quad.IRI = Namespace + "basis"

	Reviewer quad.IRI = Namespace + "reviewer"
	Verdict  quad.IRI = Namespace + "verdict"
	Rating   quad.IRI = Namespace + "rating"

	Resolved  quad.IRI = Namespace + "resolved"
	MentionOf quad.IRI = Namespace + "mention-of"
	Role      quad.IRI = Namespace + "role"

	OfReading   quad.IRI = Namespace + "of-reading"
	ByAuthority quad.IRI = Namespace + "by-authority"
	Between     quad.IRI = Namespace + "between"

	Act    quad.IRI = Namespace + "act"
	Field  quad.IRI = Namespace + "field"
	Target quad.IRI = Namespace + "target"
	Before quad.IRI = Namespace + "before"
	After  quad.IRI = Namespace + "after"
	By     quad.IRI = Namespace + "by"
	At     quad.IRI = Namespace + "at"
	Reason quad.IRI = Namespace + "reason"

	Number quad.IRI = Namespace + "number"
	Run    quad.IRI = Namespace + "run"
	Adds   quad.IRI = Namespace + "adds"
	Ends   quad.IRI = Namespace + "ends"
	Erases quad.IRI = Namespace + "erases"
	Seal   quad.IRI = Namespace + "seal"

	HasPassage quad.IRI = Namespace + "passage"
	Exact      quad.IRI = Namespace + "exact"
	Prefix     quad.IRI = Namespace + "prefix"
	Suffix     quad.IRI = Namespace + "suffix"
	Start      quad.IRI = Namespace + "start"
	End        quad.IRI = Namespace + "end"
)

// A Property is a predicate: a relation between nodes, or a field of one.
type Property struct {
	IRI      quad.IRI
	Relation bool // one of graph's predicates; its short name is [graph.Predicate]
	Comment  string
	Domain   []quad.IRI // the classes of its subjects: any of them
	Range    []quad.IRI // the classes or the datatype of its objects: any of them
	Inverse  quad.IRI   // "" if it has none; its own IRI if it is symmetric
	Sub      []quad.IRI // public terms that hold whenever it holds
	Near     []quad.IRI // public terms of nearly the same sense: not implied
}

// Name returns the property's short name, as shown to people.
func (p Property) Name() string { return string(p.IRI[len(Namespace):]) }

func iris(iris ...quad.IRI) []quad.IRI { return iris }

// Ranges and domains that are used more than once.
var (
	text       = iris(String)
	structure  = iris(JSON)
	whole      = iris(Integer)
	number     = iris(Double)
	instant    = iris(Instant)
	date       = iris(Day, Month, Year)
	documents  = iris(Document)
	claims     = iris(Claim)
	figures    = iris(Statistic)
	targets    = iris(Claim, Document, Source)
	found      = iris(Claim, Statistic, Source, Relation)
	labels     = iris(Reading, Resolution, Link, Authority, Decision)
	deeds      = iris(Decision, Commit)
	everywhere = iris(Segment, Claim, Statistic, Source, Relation)
)

// Properties lists every predicate: first the relations, in the order of
// graph/predicate.go, then the fields.
var Properties = []Property{
	{IRI: AssertedBy, Relation: true, Comment: "Who made the claim, as resolved.", Domain: claims, Range: iris(Agent), Sub: iris(PROV + "wasAttributedTo")},
	{IRI: StatedIn, Relation: true, Comment: "The document in which it stands.", Domain: iris(Claim, Statistic), Range: documents, Sub: iris(Schema + "isPartOf"), Near: iris(Schema + "appearance")},
	{IRI: InSegment, Relation: true, Comment: "The part of the document in which it stands.", Domain: iris(Claim, Statistic, Source), Range: iris(Segment), Sub: iris(Schema + "isPartOf")},
	{IRI: Within, Relation: true, Comment: "The claim whose content encloses this one: who reports that it was said.", Domain: claims, Range: claims, Sub: iris(Schema + "isPartOf")},
	{IRI: SaidIn, Relation: true, Comment: "Where it was said before it stood here: an interview, an article, a speech.", Domain: claims, Range: iris(Source), Sub: iris(PROV + "hadPrimarySource")},
	{IRI: HasFigure, Relation: true, Comment: "A figure in the claim's words.", Domain: claims, Range: figures, Inverse: FigureOf, Sub: iris(Schema + "mentions")},
	{IRI: SourcedFrom, Relation: true, Comment: "What the text credits for the figure; a body named with no document is an unlocated source.", Domain: figures, Range: iris(Source), Sub: iris(PROV + "hadPrimarySource")},
	{IRI: AttributedTo, Relation: true, Comment: "Whose the source is, as resolved.", Domain: iris(Source), Range: iris(Agent), Sub: iris(PROV + "wasAttributedTo")},
	{IRI: Cites, Relation: true, Comment: "What the document, in its own words and not those of a reader's comment, cites.", Domain: documents, Range: iris(Source), Sub: iris(CiTO + "cites")},
	{IRI: LinksTo, Relation: true, Comment: "A cited thing for which the document gives a URL.", Domain: documents, Range: iris(Source), Sub: iris(CiTO + "linksTo")},
	{IRI: Mentions, Relation: true, Comment: "Who or what is named in the document.", Domain: documents, Range: iris(Named), Sub: iris(Schema + "mentions")},
	{IRI: TakesFrom, Relation: true, Comment: "Where the claim's content comes from.", Domain: claims, Range: iris(Claim, Source), Sub: iris(PROV + "wasDerivedFrom")},
	{IRI: QuotesFrom, Relation: true, Comment: "Where the claim's exact words come from.", Domain: claims, Range: iris(Claim, Source), Sub: iris(PROV + "wasQuotedFrom")},
	{IRI: Matches, Relation: true, Comment: "The same claim made elsewhere. The plain edge is stated only when declared or confirmed.", Domain: claims, Range: claims, Inverse: Matches, Sub: iris(SKOS + "closeMatch"), Near: iris(Schema + "sameAs")},
	{IRI: ClarifiedBy, Relation: true, Comment: "What places conditions on the claim or says how it is meant.", Domain: claims, Range: targets, Sub: iris(CiTO + "isQualifiedBy")},
	{IRI: CorrectedBy, Relation: true, Comment: "What corrects the claim.", Domain: claims, Range: targets, Sub: iris(CiTO + "isCorrectedBy")},
	{IRI: UpdatedBy, Relation: true, Comment: "What brings the claim up to date.", Domain: claims, Range: targets, Sub: iris(CiTO + "isUpdatedBy")},
	{IRI: SupportedBy, Relation: true, Comment: "What backs the claim.", Domain: claims, Range: targets, Sub: iris(CiTO + "isSupportedBy")},
	{IRI: DisputedBy, Relation: true, Comment: "What disputes or denies the claim.", Domain: claims, Range: targets, Sub: iris(CiTO + "isDisputedBy")},
	{IRI: RefutedBy, Relation: true, Comment: "What shows the claim to be wrong.", Domain: claims, Range: targets, Sub: iris(CiTO + "isRefutedBy")},
	{IRI: ContradictedBy, Relation: true, Comment: "What a text says contradicts the claim.", Domain: claims, Range: targets, Near: iris(CiTO + "isDisagreedWithBy")},
	{IRI: Contradicts, Relation: true, Comment: "Two claims that cannot both hold, as computed: no text says so.", Domain: claims, Range: claims, Inverse: Contradicts},
	{IRI: SameSource, Relation: true, Comment: "Two citations of one thing, or a citation and the document it means.", Domain: iris(Source), Range: iris(Source, Document), Sub: iris(SKOS + "closeMatch"), Near: iris(Schema + "sameAs")},
	{IRI: RepliesTo, Relation: true, Comment: "The comment or question that is answered.", Domain: iris(Segment, Document), Range: iris(Segment, Document), Sub: iris(CiTO + "repliesTo"), Near: iris(Schema + "parentItem")},
	{IRI: RevisionOf, Relation: true, Comment: "The document of which this is a later edition.", Domain: documents, Range: documents, Sub: iris(PROV + "wasRevisionOf")},
	{IRI: ReviewedBy, Relation: true, Comment: "A fact-check of the claim.", Domain: claims, Range: iris(Review), Near: iris(Schema + "itemReviewed")},
	{IRI: PublishedBy, Relation: true, Comment: "Who published the document, as resolved.", Domain: documents, Range: iris(Agent), Sub: iris(Schema + "publisher")},
	{IRI: WrittenBy, Relation: true, Comment: "Who wrote it, as resolved.", Domain: iris(Document, Segment), Range: iris(Agent), Sub: iris(Schema + "author")},
	{IRI: HoldsOffice, Relation: true, Comment: "Posts held, each with title, body, from and until, in order of from.", Domain: iris(Named), Range: structure, Near: iris(Schema + "hasOccupation")},
	{IRI: VersionOf, Relation: true, Comment: "The document of which this is one text.", Domain: iris(Version), Range: documents, Sub: iris(DCTerms + "isVersionOf")},
	{IRI: SegmentOf, Relation: true, Comment: "The version of which this is a part.", Domain: iris(Segment), Range: iris(Version), Sub: iris(DCTerms + "isPartOf")},
	{IRI: RelatedFrom, Relation: true, Comment: "The node that a relation leads from.", Domain: iris(Relation), Sub: iris(RDF + "subject")},
	{IRI: RelatedTo, Relation: true, Comment: "The node that a relation leads to.", Domain: iris(Relation), Sub: iris(RDF + "object")},

	{IRI: OfDocument, Comment: "The document on which a description rests.", Domain: iris(Segment, Source, Relation, Anonymous, Mention, Reading, Resolution), Range: documents},
	{IRI: OfVersion, Comment: "The version whose code points the passages of a description count.", Domain: iris(Claim, Statistic, Source, Relation, Mention, Passage, Reading, Resolution), Range: iris(Version), Near: iris(OA + "hasSource")},
	{IRI: FoundBy, Comment: "The build of the extractor or matcher.", Domain: iris(Reading, Link), Range: text, Near: iris(PROV + "wasGeneratedBy")},
	{IRI: Rule, Comment: "The rule that found it.", Domain: found, Range: text, Near: iris(PROV + "wasGeneratedBy")},
	{IRI: Confidence, Comment: "How sure the rule is, in thousandths.", Domain: iris(Claim, Statistic, Source), Range: whole},
	{IRI: CheckWorthiness, Comment: "How probably people find it worth checking, in thousandths.", Domain: claims, Range: whole},
	{IRI: StatedOn, Comment: "When the part of the document in which it stands was published.", Domain: iris(Claim, Statistic, Relation), Range: date, Sub: iris(Schema + "datePublished")},

	{IRI: URL, Comment: "Where it is published, as written.", Domain: iris(Document, Source, Review), Range: text, Sub: iris(Schema + "url")},
	{IRI: Title, Comment: "Its title, as written.", Domain: iris(Document, Source), Range: text, Sub: iris(DCTerms + "title"), Near: iris(Schema + "headline")},
	{IRI: PublisherName, Comment: "Its publisher, as written.", Domain: iris(Document, Source), Range: text, Near: iris(Schema + "publisher")},
	{IRI: AuthorNames, Comment: "Its authors, as written and in order.", Domain: iris(Document, Source), Range: structure, Near: iris(Schema + "author")},
	{IRI: DocumentKind, Comment: "What sort of document it is.", Domain: documents, Range: text, Sub: iris(Schema + "genre")},
	{IRI: PublishedOn, Comment: "When it was published.", Domain: iris(Document, Review), Range: date, Sub: iris(Schema + "datePublished")},
	{IRI: Language, Comment: "Its language, as a BCP 47 tag.", Domain: iris(Document, Segment), Range: text, Sub: iris(Schema + "inLanguage")},

	{IRI: HasText, Comment: "SHA-256 in hex of its canonical text.", Domain: iris(Version), Range: text},
	{IRI: BytesHash, Comment: "SHA-256 in hex of the bytes it was read from.", Domain: iris(Version), Range: text},
	{IRI: MediaType, Comment: "Media type of the bytes it was read from.", Domain: iris(Version), Range: text, Sub: iris(Schema + "encodingFormat")},
	{IRI: Length, Comment: "Length of its canonical text in code points.", Domain: iris(Version), Range: whole},

	{IRI: SegmentType, Comment: "The part it plays: title, body, update, blockquote, comment, reply, furniture.", Domain: iris(Segment), Range: text},
	{IRI: Words, Comment: "Where it stands: for a source every place that cites it, for a mention every place that names it.", Domain: iris(Segment, Source, Mention), Range: structure},
	{IRI: AuthorName, Comment: "Its author, as written.", Domain: iris(Segment), Range: text, Near: iris(Schema + "author")},
	{IRI: Dated, Comment: "The date that it bears.", Domain: iris(Segment, Source), Range: date, Near: iris(Schema + "datePublished")},
	{IRI: Age, Comment: "Its age as written, which only the date of retrieval makes a date.", Domain: iris(Segment), Range: text},
	{IRI: Skipped, Comment: "Why nothing was extracted from it.", Domain: iris(Segment), Range: text},

	{IRI: Content, Comment: "The words of the claim.", Domain: claims, Range: structure},
	{IRI: SourceWords, Comment: "The words that name the speaker.", Domain: claims, Range: structure},
	{IRI: Cue, Comment: "The words that say it is reported.", Domain: claims, Range: structure},
	{IRI: Hedges, Comment: "The words in the content that weaken it.", Domain: claims, Range: structure},
	{IRI: Mode, Comment: "How the words stand: direct, indirect, mixed, voice.", Domain: claims, Range: text},
	{IRI: Polarity, Comment: "Whether the speaker stands behind the content: positive, negative.", Domain: claims, Range: text},
	{IRI: SaidOn, Comment: "When it was said.", Domain: claims, Range: date, Sub: iris(Schema + "dateCreated")},

	{IRI: FigureOf, Comment: "The innermost claim that holds the figure.", Domain: figures, Range: claims, Inverse: HasFigure},
	{IRI: Figure, Comment: "The words of the figure.", Domain: figures, Range: structure},
	{IRI: Sentence, Comment: "The sentence in which it stands.", Domain: figures, Range: structure},
	{IRI: Value, Comment: "The figure; a range has none.", Domain: figures, Range: number, Sub: iris(Schema + "value")},
	{IRI: Min, Comment: "The lower end of a range.", Domain: figures, Range: number, Sub: iris(Schema + "minValue")},
	{IRI: Max, Comment: "The upper end of a range.", Domain: figures, Range: number, Sub: iris(Schema + "maxValue")},
	{IRI: Bound, Comment: "On which side of the value the figure lies: exact, over, at_least, up_to, under, about.", Domain: figures, Range: text, Sub: iris(Schema + "measurementQualifier")},
	{IRI: Unit, Comment: "The unit.", Domain: figures, Range: text, Sub: iris(Schema + "unitText")},
	{IRI: Measure, Comment: "What is counted.", Domain: figures, Range: text, Near: iris(Schema + "measuredProperty")},
	{IRI: Population, Comment: "Of whom it is counted.", Domain: figures, Range: text, Near: iris(Schema + "observationAbout")},
	{IRI: PlaceName, Comment: "Where it holds, as written.", Domain: figures, Range: text, Near: iris(Schema + "spatialCoverage")},
	{IRI: Period, Comment: "When it holds: a closed interval of dates in ISO 8601.", Domain: figures, Range: text, Sub: iris(Schema + "temporalCoverage")},
	{IRI: Credit, Comment: "The words that credit its source.", Domain: figures, Range: text},

	{IRI: SourceKind, Comment: "What sort of thing is cited: url, document, author-year, data, book, legislation.", Domain: iris(Source), Range: text},

	{IRI: Name, Comment: "The name it goes by.", Domain: iris(Named), Range: text, Sub: iris(RDFS+"label", Schema+"name")},
	{IRI: Alias, Comment: "Another form of the name.", Domain: iris(Named), Range: text, Sub: iris(SKOS+"altLabel", Schema+"alternateName")},
	{IRI: External, Comment: "The same thing in another register.", Domain: iris(Named), Sub: iris(Schema + "sameAs"), Near: iris(OWL + "sameAs")},
	{IRI: Gender, Comment: "Which pronouns can mean this person: female, male.", Domain: iris(Person), Range: text, Sub: iris(Schema + "gender")},

	{IRI: RelationKind, Comment: "The predicate that the relation is of.", Domain: iris(Relation), Range: iris(RDF + "Property"), Sub: iris(RDF + "predicate")},
	{IRI: Evidence, Comment: "The words that say so.", Domain: iris(Relation), Range: structure},
	{IRI: Score, Comment: "How near the two are, in thousandths.", Domain: iris(Relation), Range: whole},
	{IRI: Reasons, Comment: "Why it is held to be, in a fixed order.", Domain: iris(Relation), Range: structure},
	{IRI: Basis, Comment: "On what it rests: stated, declared, quoted, inferred, person.", Domain: iris(Relation), Range: text},

	{IRI: Reviewer, Comment: "Who checked.", Domain: iris(Review), Range: text, Near: iris(Schema + "author")},
	{IRI: Verdict, Comment: "The verdict in words.", Domain: iris(Review), Range: text, Near: iris(Schema + "reviewRating")},
	{IRI: Rating, Comment: "The verdict on the reviewer's scale.", Domain: iris(Review), Range: text, Near: iris(Schema + "ratingValue")},

	{IRI: Resolved, Comment: "Who is meant by the names at the subject: predicate, agent (none when nobody can be known), reason, and the candidates rejected.", Domain: iris(Claim, Source, Document, Segment), Range: structure},
	{IRI: MentionOf, Comment: "The thing that is named.", Domain: iris(Mention), Range: iris(Named)},
	{IRI: Role, Comment: "What the named thing is there: speaker, source, publisher, author.", Domain: iris(Mention), Range: text},

	{IRI: OfReading, Comment: "The reading that is resolved.", Domain: iris(Resolution), Range: iris(Reading), Sub: iris(PROV + "wasDerivedFrom")},
	{IRI: ByAuthority, Comment: "The authority file that was used.", Domain: iris(Resolution), Range: iris(Authority), Sub: iris(PROV + "wasDerivedFrom")},
	{IRI: Between, Comment: "One of the two resolutions that are linked.", Domain: iris(Link), Range: iris(Resolution), Sub: iris(PROV + "wasDerivedFrom")},

	{IRI: Act, Comment: "What the decision does.", Domain: iris(Decision), Range: text},
	{IRI: Field, Comment: "The field or kind of relation decided on.", Domain: iris(Decision), Range: text},
	{IRI: Target, Comment: "What is decided on, held by its words; firstByte and endByte are where they stood, in bytes of the text of that time.", Domain: iris(Decision), Range: structure},
	{IRI: Before, Comment: "What it was.", Domain: iris(Decision), Range: text},
	{IRI: After, Comment: "What it shall be.", Domain: iris(Decision), Range: text},
	{IRI: By, Comment: "Who did it.", Domain: deeds, Range: text, Near: iris(PROV + "wasAssociatedWith")},
	{IRI: At, Comment: "When it was done, in UTC.", Domain: deeds, Range: instant, Sub: iris(PROV + "endedAtTime")},
	{IRI: Reason, Comment: "Why it was done.", Domain: deeds, Range: text},

	{IRI: Number, Comment: "The commit's number, from 1.", Domain: iris(Commit), Range: whole},
	{IRI: Run, Comment: "The load or command that made it.", Domain: iris(Commit), Range: text},
	{IRI: Adds, Comment: "A label that is live from here on, with its layer, inputs and capture.", Domain: iris(Commit), Range: structure},
	{IRI: Ends, Comment: "A label that is live no longer.", Domain: iris(Commit), Range: labels},
	{IRI: Erases, Comment: "A document whose text is gone for good: hash, reason, who and when.", Domain: iris(Commit), Range: structure},
	{IRI: Seal, Comment: "How many quads the label was stored with, and a digest of them, so that damage is found out. Outside every other label.", Domain: labels, Range: text},

	{IRI: HasPassage, Comment: "Stated on export beside each list of passages: one of them as a thing of its own.", Domain: append(iris(Mention), everywhere...), Range: iris(Passage), Near: iris(OA + "hasSelector")},
	{IRI: Exact, Comment: "The words.", Domain: iris(Passage), Range: text, Sub: iris(OA + "exact")},
	{IRI: Prefix, Comment: "What stands before them.", Domain: iris(Passage), Range: text, Sub: iris(OA + "prefix")},
	{IRI: Suffix, Comment: "What stands after them.", Domain: iris(Passage), Range: text, Sub: iris(OA + "suffix")},
	{IRI: Start, Comment: "Where they begin, in code points from 0.", Domain: iris(Passage), Range: whole, Sub: iris(OA + "start")},
	{IRI: End, Comment: "Where they end, in code points; not part of them.", Domain: iris(Passage), Range: whole, Sub: iris(OA + "end")},
}
