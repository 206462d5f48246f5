package planted

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// The builds that the structure claims to be made by.
const (
	extractor = "planted-extractor-1"
	resolver  = "planted-resolver-1"
	matcher   = "planted-matcher-1"
)

// Change returns what a perfect extractor, resolver and matcher would commit of the
// story, at a time, with the authority file that knows its cast.
func (s *Story) Change(authority *graph.Authority, at time.Time) graph.Change {
	b := structure{authority: authority, of: map[*Document]*read{}, agents: map[graph.ID]graph.Agent{}}
	for _, a := range authority.Agents {
		b.agents[a.ID] = a
	}
	c := graph.Change{Run: "planted", Time: at, Authority: authority}
	for _, d := range s.Documents {
		b.read(d)
	}
	for _, d := range s.Documents {
		b.relate(d)
		r := b.of[d]
		r.reading.Label = graph.NewReadingLabel(r.reading.Version, r.reading.Document, extractor)
		r.resolution.Reading, r.resolution.Authority = r.reading.Label, authority.Label
		r.resolution.Label = graph.NewResolutionLabel(r.reading.Label, authority.Label, resolver)
		c.Readings = append(c.Readings, graph.Captured{Reading: r.reading, Capture: graph.Capture{Path: string(d.Address), Retrieved: d.Retrieved, Trusted: true}})
		c.Resolutions = append(c.Resolutions, r.resolution)
	}
	c.Links = b.links(s)
	return c
}

// A structure is the graph of one story in the making.
type structure struct {
	authority *graph.Authority
	agents    map[graph.ID]graph.Agent
	of        map[*Document]*read
}

// A read is one document as it was read.
type read struct {
	reading    graph.Reading
	resolution graph.Resolution
	claims     map[*statement]graph.ID
	sources    map[*citation]graph.ID
	agents     map[graph.ID]bool
}

// read reads a document: what depends on its text alone.
func (b *structure) read(d *Document) {
	version := graph.Version{
		ID: graph.NewVersionID(d.Address, d.Text), Document: d.Address, TextHash: graph.TextHash(d.Text), BytesHash: graph.TextHash(d.Text),
		MediaType: "text/plain", Runes: len([]rune(d.Text)),
	}
	r := &read{claims: map[*statement]graph.ID{}, sources: map[*citation]graph.ID{}, agents: map[graph.ID]bool{}}
	r.reading = graph.Reading{
		Extractor: extractor, Version: version, Text: d.Text,
		Document: graph.Document{
			ID: d.Address, URL: string(d.Address), Title: d.Title, Publisher: d.Publisher.Name, Kind: d.Kind, Published: d.Published, Language: "en",
		},
	}
	r.resolution = graph.Resolution{Document: d.Address, Version: version.ID}
	b.of[d] = r
	b.means(r, d.Address, graph.PublishedBy, d.Publisher)
	for i, p := range d.parts {
		seg := graph.Segment{Document: d.Address, Version: version.ID, Type: graph.SegmentBody, Passage: graph.NewPassage(d.Text, p.span), Language: "en"}
		switch {
		case p.notice:
			seg.Type, seg.Date = graph.SegmentUpdate, d.noticed
		case p.reader != nil:
			seg.Type, seg.Author, seg.Date = graph.SegmentComment, p.reader.name, p.reader.day
		}
		if runes := []rune(seg.Passage.Exact); len(runes) > graph.SegmentExactRunes {
			seg.Passage.Exact = string(runes[:graph.SegmentExactRunes])
		}
		seg.ID = graph.NewSegmentID(d.Address, seg.Type, seg.Passage.Exact, i)
		r.reading.Segments = append(r.reading.Segments, seg)
	}
	if len(d.statements) > 0 && d.statements[0].asked {
		question, answer := r.reading.Segments[0].ID, r.reading.Segments[1].ID
		r.reading.Relations = append(r.reading.Relations, graph.Relation{
			ID: graph.NewRelationID(answer, graph.RepliesTo, question), Kind: graph.RepliesTo, From: answer, To: question, Document: d.Address, Version: version.ID,
			Evidence: passages(d.Text, graph.Span{Start: d.parts[1].span.Start, End: d.parts[1].span.Start + len("Answer")}), Score: 950,
			Reasons: []string{"the answer to that question"}, Basis: graph.BasisStated, Rule: "planted", StatedOn: d.Published,
		})
	}
	ordinals := map[string]int{}
	for i, s := range d.statements {
		m := d.marks[i]
		words := m.content.Of(d.Text)
		c := graph.Claim{
			ID: graph.NewClaimID(d.Address, words, ordinals[words]), Document: d.Address, Version: version.ID, Segment: r.reading.Segments[m.part].ID,
			Content: passages(d.Text, m.content), Source: passages(d.Text, m.source), Cue: passages(d.Text, m.cue), Hedges: passages(d.Text, m.hedges...),
			Mode: s.mode, Polarity: graph.Positive, SaidOn: s.said, StatedOn: d.Published, Rule: "planted", Confidence: 950, Worth: s.worth,
		}
		ordinals[words]++
		if s.negative {
			c.Polarity = graph.Negative
		}
		speaker := s.speaker
		if s.reader != nil {
			c.StatedOn = s.reader.day
			speaker = &graph.Agent{
				ID: graph.NewAnonymousID(d.Address, s.reader.name, c.Segment), Type: graph.Anonymous, Name: s.reader.name, Document: d.Address,
			}
		}
		r.claims[s] = c.ID
		b.means(r, c.ID, graph.AssertedBy, speaker)
		if s.cites != nil {
			source := b.cite(d, r, s.cites, m.cite, c.Segment)
			if s.cites.body == nil && s.mode != graph.ModeVoice {
				c.SaidIn = source
			}
		}
		for j, f := range s.figures {
			r.reading.Statistics = append(r.reading.Statistics, b.figure(d, r, s, m, j, f, &c))
		}
		if s.astray {
			c.Content[0].Start++
			c.Content[0].End++
		}
		r.reading.Claims = append(r.reading.Claims, c)
	}
	for _, c := range d.references {
		b.cite(d, r, c, c.at, r.reading.Segments[0].ID)
	}
}

// figure is one statistic of a claim.
func (b *structure) figure(d *Document, r *read, s *statement, m mark, i int, f figure, c *graph.Claim) graph.Statistic {
	value := f.value
	sentence := graph.NewPassage(d.Text, m.whole)
	st := graph.Statistic{
		ID: graph.NewStatisticID(d.Address, f.words, sentence.Exact, i), Document: d.Address, Version: r.reading.Version.ID, Segment: c.Segment, Claim: c.ID,
		Figure: graph.NewPassage(d.Text, m.figures[i]), Sentence: sentence, Value: &value, Bound: f.bound, Unit: f.unit, Measure: f.measure,
		Population: f.population, Place: f.place, Period: f.period, StatedOn: c.StatedOn, Rule: "planted", Confidence: 950,
	}
	if s.cites != nil {
		st.SourceID, st.Credit = r.sources[s.cites], m.cite.Of(d.Text)
	}
	return st
}

// cite adds a source.
func (b *structure) cite(d *Document, r *read, c *citation, at graph.Span, segment graph.ID) graph.ID {
	s := graph.Source{
		Document: d.Address, Version: r.reading.Version.ID, Segment: segment, Kind: graph.SourceURL, URL: c.address(), Passages: passages(d.Text, at),
		Rule: "planted", Confidence: 950,
	}
	if c.body != nil {
		s.Kind, s.Publisher = graph.SourceData, c.body.Name
	}
	s.ID = graph.NewSourceID(s.URL, d.Address, s.Description())
	r.sources[c] = s.ID
	for i, had := range r.reading.Sources {
		if had.ID == s.ID {
			r.reading.Sources[i].Passages = append(had.Passages, s.Passages...)
			return s.ID
		}
	}
	r.reading.Sources = append(r.reading.Sources, s)
	b.means(r, s.ID, graph.AttributedTo, c.body)
	return s.ID
}

// means says who is meant at a node.
func (b *structure) means(r *read, at graph.ID, kind graph.Predicate, who *graph.Agent) {
	if who == nil {
		r.resolution.Resolved = append(r.resolution.Resolved, graph.Resolved{Subject: at, Predicate: kind, Reason: "the text names nobody"})
		return
	}
	r.resolution.Resolved = append(r.resolution.Resolved, graph.Resolved{Subject: at, Predicate: kind, Agent: who.ID, Reason: "named so"})
	if !r.agents[who.ID] {
		r.agents[who.ID] = true
		r.resolution.Agents = append(r.resolution.Agents, *who)
	}
}

// relate adds what a text says of its own statements.
func (b *structure) relate(d *Document) {
	r := b.of[d]
	for _, s := range d.statements {
		for _, a := range s.answers {
			from, to := r.claims[s], b.of[a.by.document].claims[a.by]
			if a.source != nil {
				to = r.sources[a.source]
			}
			at := d.marks[slices.Index(d.statements, a.by)]
			r.reading.Relations = append(r.reading.Relations, graph.Relation{
				ID: graph.NewRelationID(from, a.kind, to), Kind: a.kind, From: from, To: to, Document: d.Address, Version: r.reading.Version.ID,
				Evidence: passages(d.Text, at.whole), Score: 950, Reasons: []string{"the text says so"}, Basis: graph.BasisStated, Rule: "planted",
				StatedOn: d.Published,
			})
		}
	}
}

// links are what a matcher finds between the documents.
func (b *structure) links(s *Story) []graph.Link {
	found := map[[2]graph.Label]map[graph.ID]graph.Relation{}
	add := func(x, y *Document, r graph.Relation) {
		r.ID, r.Rule = graph.NewRelationID(r.From, r.Kind, r.To), "planted"
		key := [2]graph.Label{b.of[x].resolution.Label, b.of[y].resolution.Label}
		if key[1] < key[0] {
			key[0], key[1] = key[1], key[0]
		}
		if found[key] == nil {
			found[key] = map[graph.ID]graph.Relation{}
		}
		found[key][r.ID] = r
	}
	for _, d := range s.Documents {
		r := b.of[d]
		for c, source := range r.sources {
			if c.of != nil {
				add(d, c.of, graph.Relation{From: source, Kind: graph.SameSource, To: c.of.Address, Score: 1000, Reasons: []string{"the same address"}, Basis: graph.BasisDeclared})
			}
		}
		for _, st := range d.statements {
			for _, t := range st.takes {
				for _, of := range s.texts(t.from) {
					add(d, of, graph.Relation{
						From: r.claims[st], Kind: t.kind(st), To: b.of[t.from.document].claims[t.from], Score: t.score(), Reasons: []string{t.why()}, Basis: t.basis,
					})
				}
			}
			for _, m := range st.same {
				from, to := r.claims[st], b.of[m.with.document].claims[m.with]
				if to < from {
					from, to = to, from
				}
				score, reasons := graph.Confidence(900), []string{m.reason, "so it was planted"}
				switch {
				case m.denied: // as near as what is not the same can be
					score, reasons = graph.FamilyThreshold-1, []string{m.reason, "the same words", "one speaker is for it and one against"}
				case m.reason == graph.SameTopic:
					score = 560
				}
				for _, x := range s.texts(st) {
					for _, y := range s.texts(m.with) {
						add(x, y, graph.Relation{From: from, Kind: graph.Matches, To: to, Score: score, Reasons: reasons, Basis: graph.BasisInferred})
					}
				}
			}
		}
	}
	var out []graph.Link
	for key, relations := range found {
		l := graph.Link{Label: graph.NewLinkLabel(key[0], key[1], matcher), A: key[0], B: key[1], Matcher: matcher}
		for _, r := range relations {
			l.Relations = append(l.Relations, r)
		}
		slices.SortFunc(l.Relations, func(x, y graph.Relation) int { return strings.Compare(string(x.ID), string(y.ID)) })
		out = append(out, l)
	}
	slices.SortFunc(out, func(x, y graph.Link) int { return cmp.Compare(x.Label, y.Label) })
	return out
}

// texts are the captures of a statement's page in which it stands.
func (s *Story) texts(st *statement) []*Document {
	var out []*Document
	for _, d := range s.Documents {
		if d.Address == st.document.Address && slices.ContainsFunc(d.statements, func(o *statement) bool { return o.point() == st.point() }) {
			out = append(out, d)
		}
	}
	return out
}

// kind tells quotations from the rest.
func (t taking) kind(by *statement) graph.Predicate {
	if t.basis == graph.BasisQuoted && by.mode == graph.ModeDirect {
		return graph.QuotesFrom
	}
	return graph.TakesFrom
}

func (t taking) score() graph.Confidence {
	switch t.basis {
	case graph.BasisDeclared:
		return 950
	case graph.BasisQuoted:
		return 900
	}
	return 700
}

func (t taking) why() string {
	switch t.basis {
	case graph.BasisDeclared:
		return "it names that document as its source"
	case graph.BasisQuoted:
		return "the same words, stated later"
	}
	return "much the same words, stated later"
}

// passages cuts spans out of a text, leaving out the empty ones.
func passages(text string, spans ...graph.Span) []graph.Passage {
	var out []graph.Passage
	for _, s := range spans {
		if s.Len() > 0 {
			out = append(out, graph.NewPassage(text, s))
		}
	}
	return out
}
