package api_test

import (
	"slices"
	"strings"

	"whence/graph"
)

// A paper is one document of a fixture: what a text says, and who is meant.
type paper struct {
	reading    graph.Captured
	resolution graph.Resolution
}

// newPaper makes a document whose text is the parts, a blank line between them.
// The first part is its body, the others are readers' comments.
func newPaper(uri, title, publisher string, kind graph.DocumentKind, published graph.Date, parts ...string) *paper {
	p := &paper{}
	r := &p.reading
	r.Text = strings.Join(parts, "\n\n")
	r.Document = graph.Document{ID: graph.ID(uri), URL: uri, Title: title, Publisher: publisher, Kind: kind, Published: published, Language: "en"}
	r.Version = graph.Version{
		ID: graph.NewVersionID(p.id(), r.Text), Document: p.id(), TextHash: graph.TextHash(r.Text), BytesHash: graph.TextHash("bytes"),
		MediaType: "text/plain", Runes: len([]rune(r.Text)),
	}
	r.Extractor = "test"
	r.Label = graph.NewReadingLabel(r.Version, r.Document, r.Extractor)
	r.Capture = graph.Capture{Path: uri, Trusted: true}
	p.resolution = graph.Resolution{Label: graph.NewResolutionLabel(r.Label, "", "test"), Reading: r.Label, Document: p.id(), Version: r.Version.ID}
	for i, words := range parts {
		typ := graph.SegmentBody
		if i > 0 {
			typ = graph.SegmentComment
		}
		at := p.passage(words)
		if n := []rune(words); len(n) > graph.SegmentExactRunes {
			at.Exact = string(n[:graph.SegmentExactRunes])
		}
		r.Segments = append(r.Segments, graph.Segment{
			ID: graph.NewSegmentID(p.id(), typ, words, 0), Document: p.id(), Version: r.Version.ID, Type: typ, Passage: at, Language: "en",
		})
	}
	if publisher != "" {
		p.resolve(p.id(), graph.PublishedBy, graph.Agent{ID: graph.NewAgentID(publisher), Type: graph.Publication, Name: publisher}, "the publisher is written so")
	}
	return p
}

func (p *paper) id() graph.ID { return p.reading.Document.ID }

func (p *paper) passage(words string) graph.Passage {
	i := strings.Index(p.reading.Text, words)
	if i < 0 {
		panic("the text has no " + words)
	}
	return graph.NewPassage(p.reading.Text, graph.Span{Start: i, End: i + len(words)})
}

func (p *paper) resolve(subject graph.ID, kind graph.Predicate, a graph.Agent, reason string) {
	p.resolution.Resolved = append(p.resolution.Resolved, graph.Resolved{Subject: subject, Predicate: kind, Agent: a.ID, Reason: reason})
	if a.ID != "" && !slices.ContainsFunc(p.resolution.Agents, func(b graph.Agent) bool { return a.ID == b.ID }) {
		p.resolution.Agents = append(p.resolution.Agents, a)
	}
}

// claim adds a claim with these words, in the segment where they stand.
func (p *paper) claim(words string, mode graph.Mode, who graph.Agent, cue string) *graph.Claim {
	at := p.passage(words)
	c := graph.Claim{
		ID: graph.NewClaimID(p.id(), words, 0), Document: p.id(), Version: p.reading.Version.ID, Content: []graph.Passage{at},
		Mode: mode, Polarity: graph.Positive, StatedOn: p.reading.Document.Published, Rule: "T1", Confidence: 900,
	}
	for _, s := range p.reading.Segments {
		if s.Passage.Contains(at.Span) {
			c.Segment = s.ID
		}
	}
	reason := "the text names nobody"
	if cue != "" {
		c.Cue = []graph.Passage{p.passage(cue)}
	}
	if who.ID != "" {
		reason = "named in full"
		if mode != graph.ModeVoice {
			c.Source = []graph.Passage{p.passage(who.Name)}
		}
	}
	p.resolve(c.ID, graph.AssertedBy, who, reason)
	p.reading.Claims = append(p.reading.Claims, c)
	return &p.reading.Claims[len(p.reading.Claims)-1]
}

func (p *paper) source(words, url string, kind graph.SourceKind, date graph.Date, who graph.Agent) graph.ID {
	s := graph.Source{
		Document: p.id(), Version: p.reading.Version.ID, Segment: p.reading.Segments[0].ID, Kind: kind, URL: url, Publisher: who.Name, Date: date,
		Passages: []graph.Passage{p.passage(words)}, Rule: "T2", Confidence: 800,
	}
	s.ID = graph.NewSourceID(url, p.id(), s.Description())
	p.resolve(s.ID, graph.AttributedTo, who, "named so")
	p.reading.Sources = append(p.reading.Sources, s)
	return s.ID
}

func (p *paper) figure(words string, in *graph.Claim, value float64, unit string, source graph.ID) graph.ID {
	at := p.passage(words)
	s := graph.Statistic{
		ID: graph.NewStatisticID(p.id(), words, in.Words(), 0), Document: p.id(), Version: p.reading.Version.ID, Segment: in.Segment, Claim: in.ID,
		Figure: at, Sentence: in.Content[0], Value: &value, Bound: graph.BoundOver, Unit: unit, SourceID: source, StatedOn: in.StatedOn, Rule: "T3", Confidence: 700,
	}
	p.reading.Statistics = append(p.reading.Statistics, s)
	return s.ID
}

// IDs of what the fixture holds that tests ask about.
type held struct {
	news, blog, foreign, erased, retracted        *paper
	told, data, comment, retold, undated, retired graph.ID
	reed, port, figure, answer                    graph.ID
}

// hostile is text that means something to HTML, JSON, DOT or a terminal.
const hostile = "</script><img src=x onerror=alert(1)> \"quoted\" \\ \u202eltr\u202c 🚢"

// fixture is a small story: a newspaper has it from a minister, a hostile blog
// repeats it and knows of an answer that clarifies it.
func fixture() (*fakeStore, held) {
	var h held
	reed := graph.Agent{
		ID: graph.AuthorityAgentID("ada-reed"), Type: graph.Person, Name: "Ada Reed", Identified: true, Aliases: []string{"Reed", "the harbour minister"},
		Offices: []graph.Office{{Title: "Minister for Harbours", From: "2023-01"}}, External: []string{"https://www.wikidata.org/wiki/Q1"},
	}
	port := graph.Agent{ID: graph.NewAgentID("Port Authority"), Type: graph.Organisation, Name: "Port Authority"}
	cousin := graph.Agent{ID: graph.NewAgentID("Tom Reed"), Type: graph.Person, Name: "Tom Reed", Aliases: []string{"Reed"}}
	times := graph.Agent{ID: graph.NewAgentID("Coast Times"), Type: graph.Publication, Name: "Coast Times"}
	h.reed, h.port = reed.ID, port.ID

	h.news = newPaper("https://coast.example/news/1", "Tunnel “will pay for itself”", "Coast Times", graph.KindNews, "2024-05-02",
		"The café is full. The tunnel “will cut journeys by half”, Ada Reed told the Coast Times in May. Port Authority data shows over 1,250 lorries a day on the pier.",
		"Nonsense, I counted 900 lorries.")
	interview := h.news.source("told the Coast Times in May", "", graph.SourceDocument, "2024-05", times)
	told := h.news.claim("will cut journeys by half", graph.ModeDirect, reed, "told")
	told.SaidIn = interview
	h.told = told.ID
	data := h.news.claim("Port Authority data shows over 1,250 lorries a day on the pier", graph.ModeVoice, times, "")
	h.data = data.ID
	h.figure = h.news.figure("over 1,250 lorries", data, 1250, "lorries", h.news.source("Port Authority data", "", graph.SourceData, "", port))
	h.comment = h.news.claim("I counted 900 lorries", graph.ModeVoice,
		graph.Agent{ID: graph.NewAnonymousID(h.news.id(), "", h.news.reading.Segments[1].ID), Type: graph.Anonymous, Name: "a reader", Document: h.news.id()}, "").ID

	h.blog = newPaper("https://blog.example/p?id=7&x=a+b/é", hostile, "", graph.KindBlog, "2024-05-21",
		hostile+" The minister said the tunnel will cut journeys by half. A written answer of 20 May 2024 made clear that she meant lorries only.")
	retold := h.blog.claim("the tunnel will cut journeys by half", graph.ModeIndirect, graph.Agent{}, "said")
	h.retold = retold.ID
	h.answer = h.blog.source("A written answer of 20 May 2024", "https://answers.example/2024-05-20", graph.SourceDocument, "2024-05-20", graph.Agent{})
	h.blog.reading.Relations = append(h.blog.reading.Relations, graph.Relation{
		ID: graph.NewRelationID(h.retold, graph.ClarifiedBy, h.answer), Kind: graph.ClarifiedBy, From: h.retold, To: h.answer,
		Document: h.blog.id(), Version: h.blog.reading.Version.ID, Evidence: []graph.Passage{h.blog.passage("made clear that she meant lorries only")},
		Score: 900, Reasons: []string{}, Basis: graph.BasisStated, Rule: "T4", StatedOn: "2024-05-21",
	})

	h.foreign = newPaper("https://port.example/fr", "Le tunnel", "", "", "", "Le tunnel est presque vide, dit la ministre.", "A reader says the pier is safe.")
	h.foreign.reading.Segments[0].Language, h.foreign.reading.Segments[0].Skipped = "fr", "its language is fr"
	h.undated = h.foreign.claim("the pier is safe", graph.ModeVoice, cousin, "").ID

	h.erased = newPaper("https://gone.example/erased", "Erased", "", "", "2024-01-01", "A sentence that somebody wanted gone.")
	h.retracted = newPaper("https://gone.example/retracted", "Retracted", "", "", "2024-01-01", "A sentence that was loaded by mistake.")
	h.retired = h.retracted.claim("was loaded by mistake", graph.ModeVoice, graph.Agent{}, "").ID

	s := newFakeStore()
	s.load(day(1), h.news)
	s.load(day(2), h.blog, h.foreign)
	s.link(day(2), h.news, h.blog, graph.Relation{
		ID: graph.NewRelationID(h.told, graph.Matches, h.retold), Kind: graph.Matches, From: h.told, To: h.retold,
		Score: 870, Reasons: []string{graph.SameClaimOther, "6 words in one run"}, Basis: graph.BasisInferred, Rule: "T5",
	})
	s.load(day(3), h.erased, h.retracted)
	s.erase(day(4), "asked to", h.erased)
	s.retract(day(5), "wrong file", h.retracted)
	return s, h
}
