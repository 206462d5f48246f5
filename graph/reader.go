package graph

import (
	"context"
	"time"
)

// A Node is anything that has an ID: *Document, *Version, *Segment, *Claim,
// *Agent, *Statistic, *Source, *Relation or *Review.
type Node interface {
	NodeID() ID
	NodeType() NodeType
}

// NodeType is the class of a node.
type NodeType string

// The node types.
const (
	TypeDocument  NodeType = "document"
	TypeVersion   NodeType = "version"
	TypeSegment   NodeType = "segment"
	TypeClaim     NodeType = "claim"
	TypeAgent     NodeType = "agent"
	TypeStatistic NodeType = "statistic"
	TypeSource    NodeType = "source"
	TypeRelation  NodeType = "relation"
	TypeReview    NodeType = "review"
)

// NodeTypes lists every type.
var NodeTypes = []NodeType{
	TypeDocument, TypeVersion, TypeSegment, TypeClaim, TypeAgent, TypeStatistic, TypeSource, TypeRelation, TypeReview,
}

// NodeID and NodeType implement [Node].
func (n *Document) NodeID() ID          { return n.ID }
func (n *Document) NodeType() NodeType  { return TypeDocument }
func (n *Version) NodeID() ID           { return n.ID }
func (n *Version) NodeType() NodeType   { return TypeVersion }
func (n *Segment) NodeID() ID           { return n.ID }
func (n *Segment) NodeType() NodeType   { return TypeSegment }
func (n *Claim) NodeID() ID             { return n.ID }
func (n *Claim) NodeType() NodeType     { return TypeClaim }
func (n *Agent) NodeID() ID             { return n.ID }
func (n *Agent) NodeType() NodeType     { return TypeAgent }
func (n *Statistic) NodeID() ID         { return n.ID }
func (n *Statistic) NodeType() NodeType { return TypeStatistic }
func (n *Source) NodeID() ID            { return n.ID }
func (n *Source) NodeType() NodeType    { return TypeSource }
func (n *Relation) NodeID() ID          { return n.ID }
func (n *Relation) NodeType() NodeType  { return TypeRelation }
func (n *Review) NodeID() ID            { return n.ID }
func (n *Review) NodeType() NodeType    { return TypeReview }

// An Edge is one quad between two nodes. Literals are fields of nodes, never edges.
type Edge struct {
	From  ID
	Kind  Predicate
	To    ID
	Label Label
}

// A Reader answers questions about one state of the graph, at one [At]. It sees
// live labels only, with decisions laid over them. It reads in batches: one call
// is one round trip on a remote store. It is safe for concurrent use.
type Reader interface {
	// At returns the clocks this reader was opened with.
	At() At
	// Warnings returns what the view left aside, sorted.
	Warnings() []string

	// Out returns the edges that leave the nodes, of the given kinds, or of every
	// kind when none is given, in order of From, Kind, To, Label. Nodes that are
	// not held have none.
	Out(ctx context.Context, from []ID, kinds ...Predicate) ([]Edge, error)
	// In returns the edges that reach the nodes, in order of To, Kind, From, Label.
	In(ctx context.Context, to []ID, kinds ...Predicate) ([]Edge, error)

	// Nodes returns the nodes that are held, in the order of ids; those that are
	// not are left out. A node described by several live labels is merged: lists
	// are joined, a single value is that of the smallest label. They are the caller's.
	Nodes(ctx context.Context, ids []ID) ([]Node, error)
	// List returns the IDs of a type, in order, after a given ID ("" for the
	// start), at most limit of them (all when limit is 0).
	List(ctx context.Context, t NodeType, after ID, limit int) ([]ID, error)
	// Resolved returns who is meant by the names at the subjects, in order of
	// Subject, Predicate, Agent, with a reason; also where nobody could be.
	Resolved(ctx context.Context, subjects []ID, kinds ...Predicate) ([]Resolved, error)
	// Citing returns, for edges that lead from documents to sources that they cite or link to, the words
	// that do so, in the order of the edges: the text that an edge's label has read. Those of any other
	// edge are none.
	Citing(ctx context.Context, edges []Edge) ([][]Passage, error)
	// Decided returns the decisions in force, with where they apply.
	Decided(ctx context.Context) ([]Applied, error)

	// Text returns the canonical text under a hash, or an error wrapping
	// [ErrNotFound], or [ErrSuppressed] if it was erased.
	Text(ctx context.Context, hash string) (string, error)
}

// A Store holds a graph and its texts. It is safe for concurrent use: readers
// run beside one writer, and each sees the state when its View began.
type Store interface {
	// View calls f with a reader of one state, which must not be kept.
	View(ctx context.Context, at At, f func(Reader) error) error
	// Commit writes a change whole or not at all, and returns its ledger entry. A
	// change that adds and ends nothing writes nothing and returns a Commit with
	// Number 0. ErrStale if the change says after which commit it comes, and another was made since.
	Commit(ctx context.Context, c Change) (Commit, error)
	// Content returns what carries the labels, as the change that would bring it,
	// in the order of the labels. ErrNotFound if one is not held.
	Content(ctx context.Context, labels ...Label) (Change, error)
	// Ledger returns the commits after a number, oldest first; 0 for all.
	Ledger(ctx context.Context, after int64) ([]Commit, error)
	// Last returns the newest commit, the zero Commit when there is none. It reads nothing.
	Last(ctx context.Context) (Commit, error)
	// Erase removes a document's texts and quads, and the links and decisions'
	// words that quote it, and leaves a tombstone. ErrNotFound if it is not held.
	Erase(ctx context.Context, document ID, by, reason string, at time.Time) (Commit, error)
	// Verify checks that every claim has its document, every span its words, no
	// edge dangles, and that the ledger and the graph agree. It changes nothing.
	// problems is empty when all is well.
	Verify(ctx context.Context) (problems []string, err error)
	// Close releases the store. A View or Commit in progress ends first.
	Close() error
}
