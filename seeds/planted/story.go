package planted

import (
	"slices"
	"time"

	"whence/graph"
)

// A Story is a few documents that have to do with each other, and with those of no
// other story.
type Story struct {
	Number    int
	Plot      string // one of [Plots]
	Documents []*Document
	Expected  []Expected

	planted []*planted
}

// A Document is one text of a document as it was captured. Two captures of one
// page are two Documents with one address.
type Document struct {
	Address    graph.ID
	Title      string
	Kind       graph.DocumentKind
	Publisher  *graph.Agent
	Published  graph.Date
	Retrieved  time.Time // zero unless the page was captured more than once
	Text       string
	statements []*statement // in order of the text: the body's first, then comment by comment
	readers    []*reader
	references []*citation // at the foot, apart from all claims
	notice     string      // that the text was corrected
	noticed    graph.Date  // when
	asides     []string    // sentences that claim nothing
	frame      int         // from which sentence frame to begin

	marks []mark // where the statements stand, once the text is written
	parts []part // the body and the comments, likewise
}

// A reader writes a comment.
type reader struct {
	name string
	day  graph.Date
}

// An utterance is the content of a statement.
type utterance struct {
	words   string
	figures []figure
	hedges  []string // words of it that weaken it
}

// A figure is a number in an utterance.
type figure struct {
	words      string // of the utterance
	value      float64
	bound      graph.Bound
	unit       string
	measure    string
	population string
	place      string
	period     graph.Interval
}

// A statement is one claim of one document.
type statement struct {
	utterance
	document *Document
	speaker  *graph.Agent // nil when the text names nobody who is known
	named    string       // how the text names the speaker; "" when the document speaks for itself
	mode     graph.Mode
	negative bool
	said     graph.Date // when, if the text tells
	reader   *reader    // who wrote it, when no author did
	verb     string     // by which it is said; "" for any
	asked    bool       // it stands in the question that the document answers
	cites    *citation
	worth    graph.Confidence
	takes    []taking
	same     []sameness
	answers  []clarification
	astray   bool // its evidence does not stand where it says
}

// A taking is that a statement has its content from another.
type taking struct {
	from  *statement
	basis graph.Basis
}

// A sameness is that two statements say the same thing, or speak of the same topic.
type sameness struct {
	with   *statement
	reason string // graph.SameClaim …
	denied bool   // but for whom one is for it and one against
}

// A clarification is that a text says of a statement that another qualifies it.
type clarification struct {
	kind   graph.Predicate
	by     *statement // the words that say so
	source *citation  // what is cited for it; nil when the words themselves qualify it
}

// A citation is what a statement or the foot of a document gives as its source.
type citation struct {
	of   *Document    // that is held
	url  string       // of what is not held
	body *graph.Agent // named without saying where
	at   graph.Span   // at the foot of a document, once that is written
}

// A planted is an expectation while the text is not yet written.
type planted struct {
	report, kind string
	subject      *statement
	or           []*statement
	other        *statement
	document     *Document // the subject when it is no claim
	value        string
	may          bool
}

// finish writes the texts, and says in their words what is expected.
func (s *Story) finish() {
	for _, d := range s.Documents {
		d.write()
	}
	for _, p := range s.planted {
		e := Expected{Report: p.report, Type: p.kind, Value: p.value, May: p.may}
		if p.document != nil {
			e.Subject = Point{Document: p.document.Address}
		} else {
			e.Subject = p.subject.point()
		}
		for _, o := range p.or {
			e.Or = append(e.Or, o.point())
		}
		if p.other != nil {
			other := p.other.point()
			e.Other = &other
		}
		s.Expected = append(s.Expected, e)
	}
}

// point names a statement from outside, once the text is written.
func (s *statement) point() Point {
	i := slices.Index(s.document.statements, s)
	return Point{s.document.Address, s.document.marks[i].content.Of(s.document.Text)}
}
