package claimgraph

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// A writer makes one round.
type writer struct {
	*rand.Rand
	corpus   *Corpus
	number   int
	round    *Round
	locals   []graph.Agent // who speak in this round only
	common   [Families]string
	speakers [Families]*graph.Agent // of the common claims
	written  []*document
}

// A document is one that is being written, and what is known of it later.
type document struct {
	*writer
	text       strings.Builder
	reading    graph.Reading
	resolution graph.Resolution
	mentions   map[graph.ID]*graph.Mention
	shared     [Families]graph.ID // its claims of each family
	source     graph.ID           // in which they were said, of a document of the first level
	named      []naming           // in asides
}

// A naming is where somebody is named.
type naming struct {
	who graph.Agent
	at  graph.Span
}

// put writes words and returns where they stand.
func (d *document) put(words string) graph.Span {
	start := d.text.Len()
	d.text.WriteString(words)
	return graph.Span{Start: start, End: d.text.Len()}
}

// cut makes passages of spans, once the text is written.
func (d *document) cut(spans ...graph.Span) []graph.Passage {
	var out []graph.Passage
	for _, s := range spans {
		if s.Len() > 0 {
			out = append(out, graph.NewPassage(d.text.String(), s))
		}
	}
	return out
}

// A statement is a claim on its way: its spans, from which the passages are cut later.
type statement struct {
	speaker                                      *graph.Agent // nil when the text names nobody who is known
	content, name, cue, hedge, figure, cite, all graph.Span
	family                                       int // -1 for none
	segment                                      int
	value                                        float64
}

// document writes the i-th document of the round and its links to those before.
func (w *writer) document(i int) {
	d := &document{writer: w, mentions: map[graph.ID]*graph.Mention{}}
	paper := &w.corpus.papers[w.IntN(len(w.corpus.papers))]
	published := graph.Date(epoch.AddDate(0, 0, 2*w.number+i).Format(time.DateOnly))
	kind := graph.KindNews
	if i == 0 {
		kind = graph.KindSpeech
	} else if w.IntN(4) == 0 {
		kind = graph.KindBlog
	}
	id := graph.ID(fmt.Sprintf("https://news-%s.example/%06d/%02d", paper.ID[len(graph.AuthorityAgentID("")):], w.number, i))
	d.reading.Extractor = extractor
	d.reading.Document = graph.Document{
		ID: id, URL: string(id), Title: capital(w.corpus.tongue.sentence(w.Rand, 6)), Publisher: paper.Name, Authors: []string{w.locals[i].Name},
		Kind: kind, Published: published, Language: "en",
	}
	statements, segments := d.write(i)
	text := d.text.String()
	d.reading.Text = text
	d.reading.Version = graph.Version{
		ID: graph.NewVersionID(id, text), Document: id, TextHash: graph.TextHash(text), BytesHash: graph.TextHash("bytes of " + text),
		MediaType: "text/html", Runes: len([]rune(text)),
	}
	d.resolution.Document, d.resolution.Version = id, d.reading.Version.ID
	for j, s := range segments {
		d.segment(j, s)
	}
	d.means(id, graph.PublishedBy, paper, "the publisher's name", graph.Span{}, "publisher")
	d.means(id, graph.WrittenBy, &w.locals[i], "the author's name", graph.Span{}, "author")
	for j := range statements {
		d.claim(i, &statements[j])
	}
	for _, n := range d.named {
		d.mention(&n.who, n.at, "")
	}
	for _, m := range d.mentions {
		d.resolution.Mentions = append(d.resolution.Mentions, *m)
	}
	slices.SortFunc(d.resolution.Mentions, func(a, b graph.Mention) int { return cmp.Compare(a.Agent, b.Agent) })

	authority := w.corpus.authority
	d.reading.Label = graph.NewReadingLabel(d.reading.Version, d.reading.Document, extractor)
	d.resolution.Reading, d.resolution.Authority = d.reading.Label, authority.Label
	d.resolution.Label = graph.NewResolutionLabel(d.reading.Label, authority.Label, resolver)
	number := w.number*Documents + i
	w.round.Changes = append(w.round.Changes, graph.Change{
		Run: "storebench", Time: epoch.Add(time.Duration(number) * time.Second), Authority: authority,
		Readings:    []graph.Captured{{Reading: d.reading, Capture: graph.Capture{Path: fmt.Sprintf("pages/%06d/%02d.html", w.number, i)}}},
		Resolutions: []graph.Resolution{d.resolution},
		Links:       d.links(i),
	})
	for f, c := range d.shared {
		w.round.Families[f] = append(w.round.Families[f], c)
	}
	w.written = append(w.written, d)
}

// A part is a segment on its way.
type part struct {
	span   graph.Span
	typ    graph.SegmentType
	author string
}

// write writes the text: a title, a body, and under some bodies comments.
func (d *document) write(i int) (statements []statement, parts []part) {
	parts = append(parts, part{span: d.put(d.reading.Document.Title), typ: graph.SegmentTitle})
	d.put("\n\n")
	body := d.text.Len()
	for n := range 20 + d.IntN(21) {
		if n > 0 {
			d.put(" ")
		}
		s := statement{family: -1, segment: len(parts)}
		if n%6 == 5 && n/6 < Families {
			s.family = n / 6
		}
		d.state(i, &s)
		statements = append(statements, s)
		for range d.IntN(6) {
			d.put(" ")
			d.aside()
		}
		if d.IntN(3) == 0 {
			d.put("\n\n")
		}
	}
	for len(statements) < 6*Families { // the last families of a short document
		s := statement{family: -1, segment: len(parts)}
		if n := len(statements); n%6 == 5 {
			s.family = n / 6
		}
		d.put(" ")
		d.state(i, &s)
		statements = append(statements, s)
	}
	parts = append(parts, part{span: graph.Span{Start: body, End: d.text.Len()}, typ: graph.SegmentBody})
	if d.IntN(4) == 0 {
		for range 10 + d.IntN(60) {
			d.put("\n\n")
			start := d.text.Len()
			who := d.corpus.tongue.name(d.Rand)
			d.put(who + "\n" + capital(d.corpus.tongue.sentence(d.Rand, 20)) + ".")
			parts = append(parts, part{span: graph.Span{Start: start, End: d.text.Len()}, typ: graph.SegmentComment, author: who})
		}
	}
	return statements, parts
}

// aside writes a sentence in which nobody says anything. Some name somebody.
func (d *document) aside() {
	d.put(capital(d.corpus.tongue.sentence(d.Rand, 7)) + " ")
	if d.IntN(10) == 0 {
		who := d.locals[d.IntN(len(d.locals))]
		d.named = append(d.named, naming{who, d.put(who.Name)})
		d.put(" ")
	}
	d.put(d.corpus.tongue.sentence(d.Rand, 6) + ".")
}

// state writes one claim.
func (d *document) state(i int, s *statement) {
	s.all.Start = d.text.Len()
	switch chance := d.IntN(100); {
	case s.family >= 0:
		s.speaker = d.speakers[s.family]
	case chance < 55:
		s.speaker = &d.locals[min(d.IntN(len(d.locals)), d.IntN(len(d.locals)))]
	case chance < 70:
		s.speaker = &d.corpus.figures[min(d.IntN(len(d.corpus.figures)), d.IntN(len(d.corpus.figures)))]
	}
	cue := [...]string{"said", "told members", "warned", "announced", "according to"}[d.IntN(5)]
	switch {
	case s.speaker == nil:
	case cue == "according to":
		s.cue = d.put("According to")
		d.put(" ")
		s.name = d.put(s.speaker.Name)
		d.put(", ")
	default:
		s.name = d.put(s.speaker.Name)
		d.put(" ")
		s.cue = d.put(cue)
		d.put(" that ")
	}
	s.content.Start = d.text.Len()
	if d.IntN(6) == 0 {
		s.hedge = d.put("perhaps")
		d.put(" ")
	}
	if d.IntN(4) == 0 || s.family == 0 {
		s.value = float64(100 + d.IntN(90_000))
		s.figure = d.put(fmt.Sprint(s.value))
		d.put(" ")
	}
	words := d.corpus.tongue.sentence(d.Rand, 12)
	if s.family >= 0 {
		words = d.common[s.family]
	}
	d.put(words)
	s.content.End = d.text.Len()
	if s.family >= 0 && level(i) == 1 || d.IntN(4) == 0 && (s.family < 0 || i > 0) { // what a family begins with cites nothing
		d.put(" (")
		s.cite = d.put(d.cited(i, s))
		d.put(")")
	}
	d.put(".")
	s.all.End = d.text.Len()
}

// cited draws what a claim cites: the first document of the round, some page that is not
// held, or figures of a body that names no page.
func (d *document) cited(i int, s *statement) string {
	switch {
	case s.family >= 0 && level(i) == 1:
		return d.written[0].reading.Document.URL
	case d.IntN(3) == 0:
		return "figures of the " + d.corpus.figures[d.IntN(40)].Offices[0].Body
	}
	return fmt.Sprintf("https://records.example/%d", d.IntN(100*(d.number+1)))
}

func (d *document) segment(i int, p part) {
	doc := &d.reading.Document
	s := graph.Segment{
		Document: doc.ID, Version: d.reading.Version.ID, Type: p.typ, Passage: graph.NewPassage(d.text.String(), p.span), Author: p.author, Language: "en",
	}
	if len(s.Passage.Exact) > graph.SegmentExactRunes { // all are of one byte
		s.Passage.Exact = s.Passage.Exact[:graph.SegmentExactRunes]
	}
	s.ID = graph.NewSegmentID(doc.ID, p.typ, s.Passage.Exact, i)
	d.reading.Segments = append(d.reading.Segments, s)
	if p.author != "" {
		d.means(s.ID, graph.WrittenBy, &graph.Agent{
			ID: graph.NewAnonymousID(doc.ID, p.author, s.ID), Type: graph.Anonymous, Name: p.author, Document: doc.ID,
		}, "the name above the comment", graph.Span{}, "author")
	}
}

// claim adds a claim with its figure and source, and says who is meant.
func (d *document) claim(i int, s *statement) {
	doc, version := &d.reading.Document, d.reading.Version.ID
	segment := d.reading.Segments[s.segment].ID
	ordinal := len(d.reading.Claims)
	c := graph.Claim{
		ID: graph.NewClaimID(doc.ID, s.content.Of(d.text.String()), ordinal), Document: doc.ID, Version: version, Segment: segment,
		Content: d.cut(s.content), Source: d.cut(s.name), Cue: d.cut(s.cue), Hedges: d.cut(s.hedge), Mode: graph.ModeIndirect, Polarity: graph.Positive,
		StatedOn: doc.Published, Rule: "claimgraph", Confidence: graph.Confidence(600 + d.IntN(400)), Worth: graph.Confidence(d.IntN(1000)),
	}
	var cited graph.ID
	if s.cite.Len() > 0 {
		cited = d.cite(s, segment)
		if s.family >= 0 && level(i) == 1 {
			c.SaidIn, d.source = cited, cited
		}
	}
	if s.figure.Len() > 0 {
		sentence := graph.NewPassage(d.text.String(), s.all)
		st := graph.Statistic{
			ID: graph.NewStatisticID(doc.ID, s.figure.Of(d.text.String()), sentence.Exact, ordinal), Document: doc.ID, Version: version, Segment: segment, Claim: c.ID,
			Figure: graph.NewPassage(d.text.String(), s.figure), Sentence: sentence, Value: &s.value, Bound: graph.BoundExact, Unit: "people",
			Measure: "what was counted", StatedOn: doc.Published, Rule: "claimgraph", Confidence: 900, SourceID: cited,
		}
		if cited != "" {
			st.Credit = s.cite.Of(d.text.String())
		}
		d.reading.Statistics = append(d.reading.Statistics, st)
	}
	if s.speaker == nil {
		c.Mode = graph.ModeVoice
	} else if s.speaker.Document == "" && !s.speaker.Identified {
		d.round.Named = append(d.round.Named, c.ID)
		if !slices.Contains(d.round.Speakers, s.speaker.ID) {
			d.round.Speakers = append(d.round.Speakers, s.speaker.ID)
		}
	}
	d.means(c.ID, graph.AssertedBy, s.speaker, "named so", s.name, "speaker")
	d.reading.Claims = append(d.reading.Claims, c)
	if s.family >= 0 {
		d.shared[s.family] = c.ID
		if cited != "" && level(i) > 1 {
			d.qualify(c.ID, cited, s)
		}
	}
}

// cite adds a source and returns it.
func (d *document) cite(s *statement, segment graph.ID) graph.ID {
	words := s.cite.Of(d.text.String())
	src := graph.Source{
		Document: d.reading.Document.ID, Version: d.reading.Version.ID, Segment: segment, Kind: graph.SourceURL, URL: words,
		Passages: d.cut(s.cite), Rule: "claimgraph", Confidence: 950,
	}
	if body, ok := strings.CutPrefix(words, "figures of the "); ok {
		src.Kind, src.URL, src.Publisher = graph.SourceData, "", body
	}
	src.ID = graph.NewSourceID(src.URL, src.Document, src.Description())
	for i, had := range d.reading.Sources {
		if had.ID == src.ID {
			d.reading.Sources[i].Passages = append(had.Passages, src.Passages...)
			return src.ID
		}
	}
	d.reading.Sources = append(d.reading.Sources, src)
	if src.Publisher != "" {
		body := graph.Agent{ID: graph.NewAgentID(src.Publisher), Type: graph.Organisation, Name: src.Publisher}
		d.means(src.ID, graph.AttributedTo, &body, "the name of a body", s.cite, "source")
	}
	return src.ID
}

// qualify adds that the text says of a claim that what is cited clarifies it.
func (d *document) qualify(claim, source graph.ID, s *statement) {
	d.reading.Relations = append(d.reading.Relations, graph.Relation{
		ID: graph.NewRelationID(claim, graph.ClarifiedBy, source), Kind: graph.ClarifiedBy, From: claim, To: source, Document: d.reading.Document.ID,
		Version: d.reading.Version.ID, Evidence: d.cut(s.all), Score: 950, Reasons: []string{"the text says so"}, Basis: graph.BasisStated,
		Rule: "claimgraph", StatedOn: d.reading.Document.Published,
	})
}

// means says who is meant at a node, and where the name stands.
func (d *document) means(at graph.ID, kind graph.Predicate, who *graph.Agent, reason string, name graph.Span, role string) {
	if who == nil {
		d.resolution.Resolved = append(d.resolution.Resolved, graph.Resolved{Subject: at, Predicate: kind, Reason: "the text names nobody"})
		return
	}
	d.resolution.Resolved = append(d.resolution.Resolved, graph.Resolved{Subject: at, Predicate: kind, Agent: who.ID, Reason: reason})
	d.mention(who, name, role)
}

// mention notes where somebody is named, and as what: "" for nothing.
func (d *document) mention(who *graph.Agent, name graph.Span, role string) {
	m := d.mentions[who.ID]
	if m == nil {
		m = &graph.Mention{Agent: who.ID}
		d.mentions[who.ID] = m
		d.resolution.Agents = append(d.resolution.Agents, *who)
	}
	m.Passages = append(m.Passages, d.cut(name)...)
	if role != "" && !slices.Contains(m.Roles, role) {
		m.Roles = append(m.Roles, role)
		slices.Sort(m.Roles)
	}
}

// links are what a matcher finds between the i-th document and those before it.
func (d *document) links(i int) []graph.Link {
	var out []graph.Link
	parents := [Families]int{}
	for f := range parents {
		parents[f] = -1
		if level(i) > 1 {
			parents[f] = d.parent(i)
		}
	}
	for j, before := range d.written {
		l := graph.Link{
			Label: graph.NewLinkLabel(d.resolution.Label, before.resolution.Label, matcher),
			A:     min(d.resolution.Label, before.resolution.Label), B: max(d.resolution.Label, before.resolution.Label), Matcher: matcher,
		}
		add := func(from graph.ID, kind graph.Predicate, to graph.ID, score graph.Confidence, basis graph.Basis, why string) {
			l.Relations = append(l.Relations, graph.Relation{
				ID: graph.NewRelationID(from, kind, to), Kind: kind, From: from, To: to, Score: score, Reasons: []string{why}, Basis: basis, Rule: "claimgraph",
			})
		}
		for f := range Families {
			from, to := d.shared[f], before.shared[f]
			add(min(from, to), graph.Matches, max(from, to), 900, graph.BasisInferred, graph.SameClaim)
			if parents[f] == j {
				add(from, graph.TakesFrom, to, 950, graph.BasisDeclared, "it names that document as its source")
			}
		}
		if level(i) == 1 && j == 0 {
			add(d.source, graph.SameSource, before.reading.Document.ID, 1000, graph.BasisDeclared, "the same address")
		}
		slices.SortFunc(l.Relations, func(a, b graph.Relation) int { return cmp.Compare(a.ID, b.ID) })
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b graph.Link) int { return cmp.Compare(a.Label, b.Label) })
	return out
}
