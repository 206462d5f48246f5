package graph

// AgentType is what sort of being or thing a name stands for.
type AgentType string

// The types. Programmes and places are named things that never assert anything.
const (
	Person       AgentType = "person"
	Organisation AgentType = "organisation"
	Government   AgentType = "government"
	Publication  AgentType = "publication"
	Anonymous    AgentType = "anonymous"
	Programme    AgentType = "programme"
	Place        AgentType = "place"
)

// Asserts reports whether such a thing can make a claim.
func (t AgentType) Asserts() bool { return t != Programme && t != Place }

// An Agent is who can be said to have said something, or a programme or place
// that claims are about.
type Agent struct {
	ID         ID
	Type       AgentType
	Name       string   // canonical
	Aliases    []string // other forms met or listed, sorted
	Offices    []Office // in order of From
	External   []string // IRIs of the same thing elsewhere (Wikidata, Parliament), sorted
	Gender     string   // "female", "male" or "": which pronouns can mean this person
	Identified bool     // an authority file says who this is; else it is a name only
	Document   ID       // of an anonymous agent: the document it belongs to
	Label      Label    // as Claim's
}

// An Office is a post held over an interval.
type Office struct {
	Title string
	Body  string // the organisation it belongs to; "" if none
	From  Date   // first day; "" if not known
	Until Date   // last day; "" if it goes on or is not known
}

// HeldOn reports whether the office was held on a date. An unknown date matches
// any holder who has not left: it says nothing about who held it when.
func (o Office) HeldOn(d Date) bool {
	if d == "" {
		return o.Until == ""
	}
	return !o.From.After(d) && !d.After(o.Until)
}

// Resolved is the answer for one name: who is meant, why, and who was rejected.
type Resolved struct {
	Subject   ID        // Claim (asserted-by), Source (attributed-to), Document or Segment (written-by, published-by)
	Predicate Predicate // AssertedBy, AttributedTo, PublishedBy or WrittenBy
	Agent     ID        // "" when the text names nobody who can be known: then Reason says so
	Reason    string    // "surname of Liz Kendall, named before", "office held on 2024-10-16"
	Rejected  []ID      // other candidates, sorted
}

// A Mention is where an agent, programme or place is named.
type Mention struct {
	Agent    ID
	Passages []Passage
	Roles    []string // "speaker", "source", "publisher", "author", sorted
}
