package graphtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// The builds that fixtures claim to be made by.
const (
	Extractor = "fixture-extractor-1"
	Resolver  = "fixture-resolver-1"
	Matcher   = "fixture-matcher-1"
)

// A Document builds a reading of one text, word by word, and its resolution. Its
// methods panic when words do not stand in the text: a fixture that is wrong is
// no test.
type Document struct {
	reading  graph.Reading
	capture  graph.Capture
	speakers map[graph.ID]string // of claims and sources
}

// NewDocument begins a document with one body segment.
func NewDocument(uri, text string) *Document {
	id := graph.ID(uri)
	version := graph.Version{
		ID: graph.NewVersionID(id, text), Document: id, TextHash: graph.TextHash(text), BytesHash: graph.TextHash("bytes of " + text),
		MediaType: "text/plain", Runes: len([]rune(text)),
	}
	d := &Document{
		reading: graph.Reading{
			Extractor: Extractor,
			Document:  graph.Document{ID: id, URL: uri, Title: "Title of " + uri, Kind: graph.KindNews, Published: "2024-10-16", Language: "en"},
			Version:   version,
			Text:      text,
		},
		capture:  graph.Capture{Path: uri + ".txt"},
		speakers: map[graph.ID]string{},
	}
	if text != "" {
		d.reading.Segments = []graph.Segment{d.segment(graph.SegmentBody, graph.Span{End: len(text)})}
	}
	return d
}

// ID returns the document's ID.
func (d *Document) ID() graph.ID { return d.reading.Document.ID }

// Version returns the ID of the document's version.
func (d *Document) Version() graph.ID { return d.reading.Version.ID }

// Text returns the document's text.
func (d *Document) Text() string { return d.reading.Text }

// Retrieved says when the text was fetched, from outside the file.
func (d *Document) Retrieved(t time.Time) *Document {
	d.capture.Retrieved, d.capture.Trusted = t, true
	return d
}

// Claim adds a claim with these words, which the named speaker made; "" is the
// document's own voice.
func (d *Document) Claim(words, speaker string) graph.ID {
	ordinal := 0
	for _, c := range d.reading.Claims {
		if c.Words() == words {
			ordinal++
		}
	}
	content := d.passage(words, ordinal)
	segment := d.segmentAt(content.Start)
	c := graph.Claim{
		ID: graph.NewClaimID(d.ID(), words, ordinal), Document: d.ID(), Version: d.Version(), Segment: segment.ID,
		Content: []graph.Passage{content}, Mode: graph.ModeVoice, Polarity: graph.Positive,
		StatedOn: cmp.Or(segment.Date, d.reading.Document.Published), Rule: "F1", Confidence: 900,
	}
	if speaker != "" {
		c.Mode = graph.ModeIndirect
		c.Source = []graph.Passage{d.passage(speaker, 0)}
		d.speakers[c.ID] = speaker
	}
	d.reading.Claims = append(d.reading.Claims, c)
	return c.ID
}

// Says makes somebody, whom the text may name elsewhere or not at all, the one who
// made a claim or to whom a source is attributed.
func (d *Document) Says(id graph.ID, who string) { d.speakers[id] = who }

// Source adds a citation with these words; url is "" when it is unlocated, body
// "" when nobody is named.
func (d *Document) Source(words, url, body string) graph.ID {
	s := graph.Source{
		Document: d.ID(), Version: d.Version(), Kind: graph.SourceData, URL: url, Publisher: body,
		Passages: []graph.Passage{d.passage(words, 0)}, Rule: "F2", Confidence: 800,
	}
	s.Segment = d.segmentAt(s.Passages[0].Start).ID
	s.ID = graph.NewSourceID(url, d.ID(), s.Description())
	if body != "" {
		d.speakers[s.ID] = body
	}
	d.reading.Sources = append(d.reading.Sources, s)
	return s.ID
}

// Figure adds a figure with these words inside a claim, credited to a source.
func (d *Document) Figure(claim graph.ID, words string, value float64, source graph.ID) graph.ID {
	i := slices.IndexFunc(d.reading.Claims, func(c graph.Claim) bool { return c.ID == claim })
	if i < 0 {
		panic(fmt.Sprintf("no claim %s", claim))
	}
	sentence := d.reading.Claims[i].Content[0]
	s := graph.Statistic{
		ID: graph.NewStatisticID(d.ID(), words, sentence.Exact, 0), Document: d.ID(), Version: d.Version(), Segment: d.reading.Claims[i].Segment,
		Claim: claim, Figure: d.passage(words, 0), Sentence: sentence, Value: &value, Bound: graph.BoundExact, Unit: "people",
		SourceID: source, StatedOn: d.reading.Claims[i].StatedOn, Rule: "F3", Confidence: 700,
	}
	d.reading.Statistics = append(d.reading.Statistics, s)
	return s.ID
}

// Relate adds a relation that these words of the text state.
func (d *Document) Relate(from graph.ID, kind graph.Predicate, to graph.ID, words string) graph.ID {
	r := graph.Relation{
		ID: graph.NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Document: d.ID(), Version: d.Version(),
		Evidence: []graph.Passage{d.passage(words, 0)}, Score: 1000, Reasons: []string{"the text says so"}, Basis: graph.BasisStated, Rule: "F4",
	}
	d.reading.Relations = append(d.reading.Relations, r)
	return r.ID
}

// Work returns what the document is, to be changed: its kind, publisher, title. A
// publisher is known by this name.
func (d *Document) Work() *graph.Document { return &d.reading.Document }

// Stated returns a claim that was added, to be changed before the next is.
func (d *Document) Stated(id graph.ID) *graph.Claim {
	return found(d.reading.Claims, id, func(c *graph.Claim) graph.ID { return c.ID })
}

// Counted returns a figure that was added, to be changed before the next is.
func (d *Document) Counted(id graph.ID) *graph.Statistic {
	return found(d.reading.Statistics, id, func(s *graph.Statistic) graph.ID { return s.ID })
}

// Cited returns a source that was added, to be changed before the next is.
func (d *Document) Cited(id graph.ID) *graph.Source {
	return found(d.reading.Sources, id, func(s *graph.Source) graph.ID { return s.ID })
}

// found returns the node with an ID.
func found[T any](list []T, id graph.ID, of func(*T) graph.ID) *T {
	for i := range list {
		if of(&list[i]) == id {
			return &list[i]
		}
	}
	panic(fmt.Sprintf("no %s", id))
}

// Part makes a segment of its own of these words, at the end of the text, before
// any claim is added.
func (d *Document) Part(typ graph.SegmentType, words, author string, date graph.Date) {
	at, before := d.passage(words, 0).Span, &d.reading.Segments[len(d.reading.Segments)-1]
	if at.End != len(d.Text()) || at.Start <= before.Passage.Start || len(d.reading.Claims) > 0 {
		panic(fmt.Sprintf("%q is no new end of the text of %s", words, d.ID()))
	}
	cut := d.segment(before.Type, graph.Span{Start: before.Passage.Start, End: at.Start})
	before.ID, before.Passage = cut.ID, cut.Passage
	s := d.segment(typ, at)
	s.Author, s.Date = author, date
	d.reading.Segments = append(d.reading.Segments, s)
}

// segment makes a segment of the words at a span.
func (d *Document) segment(typ graph.SegmentType, at graph.Span) graph.Segment {
	p := graph.NewPassage(d.Text(), at)
	if r := []rune(p.Exact); len(r) > graph.SegmentExactRunes {
		p.Exact = string(r[:graph.SegmentExactRunes])
	}
	return graph.Segment{
		ID: graph.NewSegmentID(d.ID(), typ, p.Exact, 0), Document: d.ID(), Version: d.Version(), Type: typ, Passage: p, Language: "en",
	}
}

// segmentAt returns the segment that a place is in.
func (d *Document) segmentAt(at int) *graph.Segment {
	for i := range slices.Backward(d.reading.Segments) {
		if s := &d.reading.Segments[i]; s.Passage.Start <= at {
			return s
		}
	}
	return &d.reading.Segments[0]
}

// passage returns the nth (from 0) place where words stand.
func (d *Document) passage(words string, n int) graph.Passage {
	start := 0
	for {
		i := strings.Index(d.Text()[start:], words)
		if i < 0 {
			panic(fmt.Sprintf("%q does not stand in the text of %s", words, d.ID()))
		}
		start += i
		if n == 0 {
			return graph.NewPassage(d.Text(), graph.Span{Start: start, End: start + len(words)})
		}
		n, start = n-1, start+len(words)
	}
}

// Reading returns what was built.
func (d *Document) Reading() graph.Captured {
	r := d.reading
	r.Label = graph.NewReadingLabel(r.Version, r.Document, r.Extractor)
	return graph.Captured{Reading: r, Capture: d.capture}
}

// Resolution says who the speakers are: those whom the authority file knows by
// name or alias, else their name only. authority may be nil.
func (d *Document) Resolution(authority *graph.Authority) graph.Resolution {
	reading := d.Reading()
	out := graph.Resolution{Reading: reading.Label, Document: d.ID(), Version: d.Version()}
	if authority != nil {
		out.Authority = authority.Label
	}
	out.Label = graph.NewResolutionLabel(out.Reading, out.Authority, Resolver)
	agents := map[graph.ID]bool{}
	resolve := func(subject graph.ID, kind graph.Predicate, name string) {
		if name == "" {
			out.Resolved = append(out.Resolved, graph.Resolved{Subject: subject, Predicate: kind, Reason: "the text names nobody"})
			return
		}
		agent, reason := graph.Agent{ID: graph.NewAgentID(name), Type: graph.Person, Name: name}, "named so"
		if authority != nil {
			for _, a := range authority.Agents {
				if a.Name == name || slices.Contains(a.Aliases, name) {
					agent, reason = a, "in the authority file"
				}
			}
		}
		out.Resolved = append(out.Resolved, graph.Resolved{Subject: subject, Predicate: kind, Agent: agent.ID, Reason: reason})
		if !agents[agent.ID] {
			agents[agent.ID] = true
			out.Agents = append(out.Agents, agent)
			if strings.Contains(d.Text(), name) {
				out.Mentions = append(out.Mentions, graph.Mention{Agent: agent.ID, Passages: []graph.Passage{d.passage(name, 0)}, Roles: []string{"speaker"}})
			}
		}
	}
	for _, c := range reading.Claims {
		resolve(c.ID, graph.AssertedBy, d.speakers[c.ID])
	}
	for _, s := range reading.Sources {
		resolve(s.ID, graph.AttributedTo, d.speakers[s.ID])
	}
	if p := reading.Document.Publisher; p != "" {
		resolve(d.ID(), graph.PublishedBy, p)
	}
	return out
}

// Change returns what loads the document: its reading and resolution, with the
// authority file that these rest on.
func (d *Document) Change(authority *graph.Authority, at time.Time) graph.Change {
	return graph.Change{
		Run: "load " + string(d.ID()), Time: at, Authority: authority,
		Readings: []graph.Captured{d.Reading()}, Resolutions: []graph.Resolution{d.Resolution(authority)},
	}
}

// NewAuthority returns an authority file of these agents.
func NewAuthority(agents ...graph.Agent) *graph.Authority {
	canonical := ""
	for _, a := range agents {
		canonical += fmt.Sprintf("%+v\n", a)
	}
	return &graph.Authority{Label: graph.NewAuthorityLabel([]byte(canonical)), Agents: agents}
}

// NewLink returns the link of two resolutions, with one relation that was found.
func NewLink(a, b graph.Resolution, from graph.ID, kind graph.Predicate, to graph.ID, score graph.Confidence) graph.Link {
	l := graph.Link{Label: graph.NewLinkLabel(a.Label, b.Label, Matcher), A: min(a.Label, b.Label), B: max(a.Label, b.Label), Matcher: Matcher}
	l.Relations = []graph.Relation{{
		ID: graph.NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Score: score, Reasons: []string{"same words"}, Basis: graph.BasisInferred, Rule: "M1",
	}}
	return l
}

// Day returns noon of a day of October 2024, in UTC.
func Day(day int) time.Time { return time.Date(2024, 10, day, 12, 0, 0, 0, time.UTC) }
