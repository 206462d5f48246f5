package codec

import (
	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// classes gives the class of each type of node but agents.
var classes = map[graph.NodeType]quad.IRI{
	graph.TypeDocument:  vocab.Document,
	graph.TypeVersion:   vocab.Version,
	graph.TypeSegment:   vocab.Segment,
	graph.TypeClaim:     vocab.Claim,
	graph.TypeStatistic: vocab.Statistic,
	graph.TypeSource:    vocab.Source,
	graph.TypeRelation:  vocab.Relation,
	graph.TypeReview:    vocab.Review,
}

// agentClasses gives the class of each type of agent.
var agentClasses = map[graph.AgentType]quad.IRI{
	graph.Person:       vocab.Person,
	graph.Organisation: vocab.Organisation,
	graph.Government:   vocab.Government,
	graph.Publication:  vocab.Publication,
	graph.Anonymous:    vocab.Anonymous,
	graph.Programme:    vocab.Programme,
	graph.Place:        vocab.Place,
}

// agentTypes is the inverse of agentClasses.
var agentTypes = func() map[quad.IRI]graph.AgentType {
	m := make(map[quad.IRI]graph.AgentType, len(agentClasses))
	for t, c := range agentClasses {
		m[c] = t
	}
	return m
}()

// classOf returns the class that a node is stated to be of, "" if its type is
// none of the domain's.
func classOf(n graph.Node) quad.IRI {
	if a, ok := n.(*graph.Agent); ok {
		return agentClasses[a.Type]
	}
	return classes[n.NodeType()]
}

// newNode returns an empty node of a class, nil if its members are no nodes.
func newNode(id graph.ID, class quad.IRI) graph.Node {
	t, _ := vocab.NodeTypeOf(class)
	switch t {
	case graph.TypeDocument:
		return &graph.Document{ID: id}
	case graph.TypeVersion:
		return &graph.Version{ID: id}
	case graph.TypeSegment:
		return &graph.Segment{ID: id}
	case graph.TypeClaim:
		return &graph.Claim{ID: id}
	case graph.TypeAgent:
		return &graph.Agent{ID: id, Type: agentTypes[class]}
	case graph.TypeStatistic:
		return &graph.Statistic{ID: id}
	case graph.TypeSource:
		return &graph.Source{ID: id}
	case graph.TypeRelation:
		return &graph.Relation{ID: id}
	case graph.TypeReview:
		return &graph.Review{ID: id}
	}
	return nil
}

// visit shows the fields of a node, all but its ID and class.
func visit(f fields, n graph.Node) {
	switch x := n.(type) {
	case *graph.Document:
		f.str(vocab.URL, &x.URL)
		f.str(vocab.Title, &x.Title)
		f.str(vocab.PublisherName, &x.Publisher)
		f.list(vocab.AuthorNames, &x.Authors)
		text(f, vocab.DocumentKind, &x.Kind)
		f.date(vocab.PublishedOn, &x.Published)
		f.str(vocab.Language, &x.Language)
	case *graph.Version:
		f.id(vocab.VersionOf, &x.Document)
		f.str(vocab.HasText, &x.TextHash)
		f.str(vocab.BytesHash, &x.BytesHash)
		f.str(vocab.MediaType, &x.MediaType)
		f.int(vocab.Length, &x.Runes)
	case *graph.Segment:
		f.id(vocab.OfDocument, &x.Document)
		f.id(vocab.SegmentOf, &x.Version)
		text(f, vocab.SegmentType, &x.Type)
		f.passage(vocab.Words, &x.Passage)
		f.str(vocab.AuthorName, &x.Author)
		f.date(vocab.Dated, &x.Date)
		f.str(vocab.Age, &x.Age)
		f.id(vocab.RepliesTo, &x.Parent)
		f.str(vocab.Language, &x.Language)
		f.str(vocab.Skipped, &x.Skipped)
	case *graph.Claim:
		f.id(vocab.StatedIn, &x.Document)
		f.id(vocab.OfVersion, &x.Version)
		f.id(vocab.InSegment, &x.Segment)
		f.passages(vocab.Content, &x.Content)
		f.passages(vocab.SourceWords, &x.Source)
		f.passages(vocab.Cue, &x.Cue)
		f.passages(vocab.Hedges, &x.Hedges)
		text(f, vocab.Mode, &x.Mode)
		text(f, vocab.Polarity, &x.Polarity)
		f.id(vocab.SaidIn, &x.SaidIn)
		f.date(vocab.SaidOn, &x.SaidOn)
		f.date(vocab.StatedOn, &x.StatedOn)
		f.id(vocab.Within, &x.Within)
		f.str(vocab.Rule, &x.Rule)
		number(f, vocab.Confidence, &x.Confidence)
		number(f, vocab.CheckWorthiness, &x.Worth)
	case *graph.Agent:
		f.str(vocab.Name, &x.Name)
		f.set(vocab.Alias, &x.Aliases)
		f.offices(vocab.HoldsOffice, &x.Offices)
		f.iris(vocab.External, &x.External)
		f.str(vocab.Gender, &x.Gender)
		f.class(vocab.Identified, &x.Identified)
		f.id(vocab.OfDocument, &x.Document)
	case *graph.Statistic:
		f.id(vocab.StatedIn, &x.Document)
		f.id(vocab.OfVersion, &x.Version)
		f.id(vocab.InSegment, &x.Segment)
		f.id(vocab.FigureOf, &x.Claim)
		f.passage(vocab.Figure, &x.Figure)
		f.passage(vocab.Sentence, &x.Sentence)
		f.float(vocab.Value, &x.Value)
		f.float(vocab.Min, &x.Min)
		f.float(vocab.Max, &x.Max)
		text(f, vocab.Bound, &x.Bound)
		f.str(vocab.Unit, &x.Unit)
		f.str(vocab.Measure, &x.Measure)
		f.str(vocab.Population, &x.Population)
		f.str(vocab.PlaceName, &x.Place)
		text(f, vocab.Period, &x.Period)
		f.id(vocab.SourcedFrom, &x.SourceID)
		f.str(vocab.Credit, &x.Credit)
		f.date(vocab.StatedOn, &x.StatedOn)
		f.str(vocab.Rule, &x.Rule)
		number(f, vocab.Confidence, &x.Confidence)
	case *graph.Source:
		f.id(vocab.OfDocument, &x.Document)
		f.id(vocab.OfVersion, &x.Version)
		f.id(vocab.InSegment, &x.Segment)
		text(f, vocab.SourceKind, &x.Kind)
		f.str(vocab.URL, &x.URL)
		f.str(vocab.Title, &x.Title)
		f.str(vocab.PublisherName, &x.Publisher)
		f.list(vocab.AuthorNames, &x.Authors)
		f.date(vocab.Dated, &x.Date)
		f.passages(vocab.Words, &x.Passages)
		f.str(vocab.Rule, &x.Rule)
		number(f, vocab.Confidence, &x.Confidence)
	case *graph.Relation:
		f.predicate(vocab.RelationKind, &x.Kind)
		f.id(vocab.RelatedFrom, &x.From)
		f.id(vocab.RelatedTo, &x.To)
		f.id(vocab.OfDocument, &x.Document)
		f.id(vocab.OfVersion, &x.Version)
		f.passages(vocab.Evidence, &x.Evidence)
		number(f, vocab.Score, &x.Score)
		f.list(vocab.Reasons, &x.Reasons)
		text(f, vocab.Basis, &x.Basis)
		f.str(vocab.Rule, &x.Rule)
		f.date(vocab.StatedOn, &x.StatedOn)
	case *graph.Review:
		f.str(vocab.Reviewer, &x.Reviewer)
		f.str(vocab.Verdict, &x.Verdict)
		f.str(vocab.Rating, &x.Rating)
		f.date(vocab.PublishedOn, &x.Published)
		f.str(vocab.URL, &x.URL)
	}
}

// setLabel notes on a node which content describes it. A document, version,
// segment or review is the same whoever describes it, and has no such field.
func setLabel(n graph.Node, l graph.Label) {
	switch x := n.(type) {
	case *graph.Claim:
		x.Label = l
	case *graph.Agent:
		x.Label = l
	case *graph.Statistic:
		x.Label = l
	case *graph.Source:
		x.Label = l
	case *graph.Relation:
		x.Label = l
	}
}
