package vocab

import (
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// The classes.
const (
	Document  quad.IRI = Namespace + "Document"
	Version   quad.IRI = Namespace + "Version"
	Segment   quad.IRI = Namespace + "Segment"
	Claim     quad.IRI = Namespace + "Claim"
	Statistic quad.IRI = Namespace + "Statistic"
	Source    quad.IRI = Namespace + "Source"
	Relation  quad.IRI = Namespace + "Relation"
	Review    quad.IRI = Namespace + "Review"

	Named        quad.IRI = Namespace + "Named"
	Agent        quad.IRI = Namespace + "Agent"
	Person       quad.IRI = Namespace + "Person"
	Organisation quad.IRI = Namespace + "Organisation"
	Government   quad.IRI = Namespace + "Government"
	Publication  quad.IRI = Namespace + "Publication"
	Anonymous    quad.IRI = Namespace + "Anonymous"
	Programme    quad.IRI = Namespace + "Programme"
	Place        quad.IRI = Namespace + "Place"
	Identified   quad.IRI = Namespace + "Identified"

	Passage quad.IRI = Namespace + "Passage"
	Mention quad.IRI = Namespace + "Mention"

	Reading    quad.IRI = Namespace + "Reading"
	Resolution quad.IRI = Namespace + "Resolution"
	Link       quad.IRI = Namespace + "Link"
	Authority  quad.IRI = Namespace + "Authority"
	Decision   quad.IRI = Namespace + "Decision"
	Commit     quad.IRI = Namespace + "Commit"
)

// A Class is a kind of thing.
type Class struct {
	IRI      quad.IRI
	Node     graph.NodeType // of its members; "" when they are no nodes
	Abstract bool           // only its subclasses are stated as a type
	Comment  string
	Sub      []quad.IRI // classes that hold all its members
}

// Name returns the class's name without the namespace.
func (c Class) Name() string { return string(c.IRI[len(Namespace):]) }

// Classes lists every class, a class after those it is part of.
var Classes = []Class{
	{IRI: Document, Node: graph.TypeDocument, Comment: "A work that was published, apart from which text of it is held.", Sub: iris(PROV+"Entity", Schema+"CreativeWork")},
	{IRI: Version, Node: graph.TypeVersion, Comment: "One text of a document.", Sub: iris(PROV + "Entity")},
	{IRI: Segment, Node: graph.TypeSegment, Comment: "A part of a version with its own author and date: title, body, update, comment.", Sub: iris(PROV+"Entity", Schema+"CreativeWork")},
	{IRI: Claim, Node: graph.TypeClaim, Comment: "One statement made in one document by one speaker: an occurrence, not a proposition.", Sub: iris(PROV+"Entity", Schema+"Claim")},
	{IRI: Statistic, Node: graph.TypeStatistic, Comment: "A figure inside a claim or in the author's voice.", Sub: iris(PROV+"Entity", Schema+"Observation")},
	{IRI: Source, Node: graph.TypeSource, Comment: "What a document cites: a document held or not held, or a body named with no document.", Sub: iris(PROV + "Entity")},
	{IRI: Relation, Node: graph.TypeRelation, Comment: "A relation of two nodes with the reason why it is held to be; the plain edge is stated beside it only when a text says so.", Sub: iris(RDF + "Statement")},
	{IRI: Review, Node: graph.TypeReview, Comment: "A fact-check of a claim.", Sub: iris(Schema + "ClaimReview")},

	{IRI: Named, Node: graph.TypeAgent, Abstract: true, Comment: "Whatever a name in a text can stand for."},
	{IRI: Agent, Node: graph.TypeAgent, Abstract: true, Comment: "Who can be said to have said something.", Sub: iris(Named, PROV+"Agent")},
	{IRI: Person, Node: graph.TypeAgent, Comment: "A person, or a person's name when nothing identifies who it is.", Sub: iris(Agent, Schema+"Person")},
	{IRI: Organisation, Node: graph.TypeAgent, Comment: "An organisation.", Sub: iris(Agent, Schema+"Organization")},
	{IRI: Government, Node: graph.TypeAgent, Comment: "A government body.", Sub: iris(Agent, Schema+"GovernmentOrganization")},
	{IRI: Publication, Node: graph.TypeAgent, Comment: "A newspaper, broadcaster or site that publishes.", Sub: iris(Agent, Schema+"Organization")},
	{IRI: Anonymous, Node: graph.TypeAgent, Comment: "The author of one document's comment who gives no name or only a nickname.", Sub: iris(Agent)},
	{IRI: Programme, Node: graph.TypeAgent, Comment: "A programme or scheme. It never asserts anything: it is no agent.", Sub: iris(Named)},
	{IRI: Place, Node: graph.TypeAgent, Comment: "A place. It never asserts anything: it is no agent.", Sub: iris(Named, Schema+"Place")},
	{IRI: Identified, Comment: "Stated beside the class of a named thing when an authority file says who or what it is; else it is a name only.", Sub: iris(Named)},

	{IRI: Passage, Comment: "Words of a version, with where they stand and what stands around them.", Sub: iris(OA+"TextQuoteSelector", OA+"TextPositionSelector")},
	{IRI: Mention, Comment: "Where one document names one thing.", Sub: iris(PROV + "Entity")},

	{IRI: Reading, Comment: "What one extractor build finds in one version.", Sub: iris(PROV + "Bundle")},
	{IRI: Resolution, Comment: "Who is meant by the names of one reading.", Sub: iris(PROV + "Bundle")},
	{IRI: Link, Comment: "What one matcher build finds between two readings.", Sub: iris(PROV + "Bundle")},
	{IRI: Authority, Comment: "The content of an authority file: who is who.", Sub: iris(PROV + "Bundle")},
	{IRI: Decision, Comment: "One act of a person: correct, confirm, reject, add, merge, split or undo.", Sub: iris(PROV+"Bundle", PROV+"Activity")},
	{IRI: Commit, Comment: "One entry of the ledger.", Sub: iris(PROV + "Activity")},
}
