package match

import (
	"slices"
	"strings"

	"whence/graph"
)

// A side is a [Side] made ready to compare. It holds neither the text nor the
// passages, which take most of the room.
type side struct {
	label      graph.Label // of the resolution
	document   graph.Document
	title      title
	statements []*statement
	keys       []keyed // sorted
	claims     map[graph.ID]*claim
	sources    []*cited              // in order of ID
	speaker    map[graph.ID]graph.ID // claim → agent
	credited   map[graph.ID]graph.ID // source → agent
	own        map[graph.ID]bool     // who publishes or wrote the document
	figures    map[graph.ID][]figure // source → what it is credited for
	only       map[graph.ID]graph.ID // speaker → the one source in which all is said that the document tells of them
}

// A claim is what is kept of a [graph.Claim].
type claim struct {
	id, within, segment, saidIn graph.ID
	credits                     []graph.ID // the sources of its figures
	mode                        graph.Mode
	polarity                    graph.Polarity
	statedOn                    graph.Date
	spans                       []graph.Span
}

// A cited is what is kept of a [graph.Source]: its passages are spans.
type cited struct {
	graph.Source
	title title
	spans []graph.Span
}

// maxSources bounds the sources of one document that are compared with those of
// another, in order of ID: a bibliography, not a catalogue.
const maxSources = 500

// A preparing is what is needed while a side is made ready, and then no longer.
type preparing struct {
	Side
	*side
	lexicon  lexicon
	names    map[graph.ID]string // agent → its name and aliases
	proper   map[string]bool     // words of the names of agents
	stats    map[graph.ID][]*graph.Statistic
	segments map[graph.ID]graph.Span
}

func newSide(s Side) *side {
	p := &preparing{
		Side: s, lexicon: lexicon{}, names: map[graph.ID]string{}, proper: map[string]bool{}, stats: map[graph.ID][]*graph.Statistic{}, segments: map[graph.ID]graph.Span{},
		side: &side{
			label: s.Resolution.Label, document: s.Reading.Document,
			claims: map[graph.ID]*claim{}, speaker: map[graph.ID]graph.ID{}, credited: map[graph.ID]graph.ID{},
			own: map[graph.ID]bool{}, figures: map[graph.ID][]figure{}, only: map[graph.ID]graph.ID{},
		},
	}
	p.document.Title = strings.Clone(p.document.Title)
	p.title = newTitle(p.document.Title, p.lexicon)
	p.agents()
	for i := range s.Reading.Statistics {
		st := &s.Reading.Statistics[i]
		p.stats[st.Claim] = append(p.stats[st.Claim], st)
		if st.SourceID != "" {
			p.figures[st.SourceID] = append(p.figures[st.SourceID], p.statistic(st)...)
		}
	}
	for i := range s.Reading.Segments {
		p.segments[s.Reading.Segments[i].ID] = s.Reading.Segments[i].Passage.Span
	}
	p.cited()
	p.claimed()
	p.index()
	return p.side
}

// agents notes who is meant by what.
func (p *preparing) agents() {
	for _, a := range p.Resolution.Agents {
		p.names[a.ID] = a.Name + "\n" + strings.Join(a.Aliases, "\n")
		for _, w := range fold(p.names[a.ID]) {
			p.proper[w] = true
		}
	}
	for _, r := range p.Resolution.Resolved {
		switch {
		case r.Agent == "":
		case r.Predicate == graph.AssertedBy:
			p.speaker[r.Subject] = r.Agent
		case r.Predicate == graph.AttributedTo:
			p.credited[r.Subject] = r.Agent
		case r.Subject == p.document.ID:
			p.own[r.Agent] = true
		}
	}
}

// cited notes what the document cites.
func (p *preparing) cited() {
	for i := range p.Reading.Sources {
		c := &cited{Source: p.Reading.Sources[i]}
		for _, q := range c.Passages {
			c.spans = append(c.spans, q.Span)
		}
		c.Passages = nil
		c.URL, c.Title, c.Publisher = strings.Clone(c.URL), strings.Clone(c.Title), strings.Clone(c.Publisher)
		c.title = newTitle(c.Title, p.lexicon)
		p.sources = append(p.sources, c)
	}
	slices.SortFunc(p.sources, func(a, b *cited) int { return strings.Compare(string(a.ID), string(b.ID)) })
	p.sources = slices.Clip(p.sources[:min(len(p.sources), maxSources)])
}

// claimed makes the claims statements.
func (p *preparing) claimed() {
	claims := make([]*graph.Claim, 0, len(p.Reading.Claims))
	for i := range p.Reading.Claims {
		c := &p.Reading.Claims[i]
		small := &claim{
			id: c.ID, within: c.Within, segment: c.Segment, saidIn: c.SaidIn, mode: c.Mode, polarity: c.Polarity, statedOn: c.StatedOn,
		}
		for _, st := range p.stats[c.ID] {
			if st.SourceID != "" && !slices.Contains(small.credits, st.SourceID) {
				small.credits = append(small.credits, st.SourceID)
			}
		}
		for _, q := range c.Content {
			small.spans = append(small.spans, q.Span)
		}
		p.claims[c.ID] = small
		if who := p.speaker[c.ID]; who != "" && c.SaidIn != "" {
			if had, ok := p.only[who]; ok && had != c.SaidIn {
				p.only[who] = "" // said in several
			} else {
				p.only[who] = c.SaidIn
			}
		}
		if len(c.Content) > 0 {
			claims = append(claims, c)
		}
	}
	slices.SortFunc(claims, func(a, b *graph.Claim) int { return strings.Compare(string(a.ID), string(b.ID)) })
	known := map[string]*statement{}
	for _, c := range claims {
		folded, marked, quotes := wordsOf(c)
		key := string(p.speaker[c.ID]) + "\x00" + string(c.Polarity) + "\x00" + strings.Join(folded, " ")
		st := known[key]
		if st == nil {
			if st = p.statement(c, folded, marked, quotes); len(st.concepts) == 0 {
				continue
			}
			known[key] = st
			p.statements = append(p.statements, st)
		}
		st.claims = append(st.claims, p.claims[c.ID])
	}
}
