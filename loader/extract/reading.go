// Package extract finds in one document who said what, which figures it gives,
// what it cites, and what it says of its own claims. Its result, a reading, depends on
// the text, what is known of the document, and this build alone.
//
// # Rules
//
// Every claim carries the ID of the rule that found it:
//
//	Q1  a quotation, then its cue: “It works,” said Jones.
//	Q2  the same, going on after the cue: “It,” said Jones, “works.”
//	Q3  the cue, then a whole quotation: Jones said “It works.”
//	Q4  after a colon, also in the next paragraph: Jones said: “It works.”
//	Q9  a quotation that is a statement of its own and names no speaker
//	L1  a speaker's label: Jones: “It works.”; L2 from the report: “It works.”;
//	    L3 a clause and a colon: Jones went further: “It works.”
//	S1  a source line under a quotation: “It works.” Source: Jones's speech
//	S2  a signature: “It works.” – Jones, director
//	B1  the unmarked paragraph that a line with a colon introduces
//	M1  a clause partly in quotation marks: Jones said it “works”.
//	M2  the same as an object: Jones praised the “working” plan.
//	F2  the next sentence, going on in the reported voice with words in quotation marks
//	I1  that-clause; I2 statement, cue; I3 the same, going on after it
//	I4  whether, how, why; I5 infinitive: promised to work; I6 clause without "that"; I7 after a colon
//	A1  according to; A2 in the words of; A3 as Jones says, it works
//	N1  the noun: Jones's claim that it works
//	C1  concerns, doubts, fears about: the polarity is negative
//	D1  described as; T1 a noun alone: denied the allegation
//	V1  the document's own sentence with a figure; V2 with a date and a name; V3 with a named actor
//
// The scheme of source, cue and content is that of the Penn Attribution Relations
// Corpus (Pareti, 2012).
package extract

import (
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/date"
	"whence/loader/extract/figure"
	"whence/loader/extract/name"
	"whence/loader/segment"
	"whence/loader/source"
)

// Build names this extractor in labels: any change of what it finds changes it.
const Build = "extract/1"

// Read extracts a reading from an item. It never fails. The names are what
// resolution needs beside it.
func Read(item source.Item) (graph.Reading, []name.Name) {
	layout := segment.Divide(item)
	x := &extraction{item: item, layout: layout, text: item.Text}
	x.names = name.Find(item.Text, x.allSentences())
	x.describe()
	x.segments()
	x.attributions()
	x.citations()
	x.figures()
	x.voice()
	x.claims()
	x.statistics()
	x.relations()
	x.r.Extractor = Build
	x.r.Label = graph.NewReadingLabel(x.r.Version, x.r.Document, Build)
	return x.r, x.names
}

// An extraction is one document on its way to a reading.
type extraction struct {
	item   source.Item
	layout segment.Layout
	text   string
	names  []name.Name
	r      graph.Reading

	found   []attribution // in order of segment, then of content
	figs    []figureAt
	cites   []cite.Citation
	citeIDs []graph.ID // the Source of each citation
	// resolved is who is meant as far as the document alone tells.
	resolved *graph.Resolution
}

type figureAt struct {
	figure.Figure
	segment int
}

// extracted reports whether a segment is read at all.
func (x *extraction) extracted(i int) bool {
	s := x.layout.Segments[i]
	return s.Type != graph.SegmentFurniture && s.Skipped == ""
}

func (x *extraction) allSentences() []graph.Span {
	var out []graph.Span
	for _, p := range x.layout.Paragraphs {
		if x.extracted(p.Segment) {
			out = append(out, p.Sentences...)
		}
	}
	return out
}

// describe completes what is known of the document by what its text says of itself.
func (x *extraction) describe() {
	d := x.item.Document
	if x.layout.Title != "" && (d.Title == "" || strings.Contains(firstPart(x.text), d.Title)) {
		d.Title = x.layout.Title
	}
	if len(d.Authors) == 0 && x.layout.Author != "" {
		d.Authors = []string{x.layout.Author}
	}
	if d.Published == "" {
		d.Published = x.layout.Published
	}
	if d.Publisher == "" {
		d.Publisher = x.ownPublisher()
	}
	x.r.Document = d
	x.r.Text = x.text
	x.r.Version = graph.Version{
		ID: graph.NewVersionID(d.ID, x.text), Document: d.ID, TextHash: graph.TextHash(x.text), BytesHash: x.item.BytesHash,
		MediaType: x.item.MediaType, Runes: graph.NewOffsets(x.text).Len(),
	}
}

func firstPart(s string) string {
	if len(s) > 1000 {
		return s[:1000]
	}
	return s
}

// ownPublisher is the body that a text shows to be its publisher: the site's name
// above the headline, or the body that responds in the headline and says "we".
func (x *extraction) ownPublisher() string {
	if s := x.layout.SiteName; s != "" {
		for _, n := range name.Find(s, []graph.Span{{Start: 0, End: len(s)}}) {
			if n.Type == graph.Organisation || n.Type == graph.Government || n.Type == graph.Publication {
				return s
			}
		}
	}
	title := x.layout.Title
	if title == "" || !x.saysWe() {
		return ""
	}
	for _, verb := range []string{" responds to ", " response to ", " statement on ", " comments on ", " reacts to ", " calls for ", " calls on ", " welcomes ", " condemns "} {
		if i := strings.Index(title, verb); i > 0 && i <= 80 && siteLike(title[:i]) {
			return title[:i]
		}
	}
	return ""
}

func siteLike(s string) bool {
	for _, w := range strings.Fields(s) {
		if r := firstRune(w); r < 'A' || r > 'Z' {
			switch w {
			case "of", "for", "the", "and", "&", "in":
				continue
			}
			return false
		}
	}
	return true
}

func (x *extraction) saysWe() bool {
	for _, p := range x.layout.Paragraphs {
		if x.layout.Segments[p.Segment].Type != graph.SegmentBody {
			continue
		}
		for _, t := range tokenize(x.text, p.Span, nil) {
			if w := t.lower; w == "we" || w == "our" || w == "us" || w == "we're" || w == "we've" {
				return true
			}
		}
	}
	return false
}

// segments fills in the reading's segments.
func (x *extraction) segments() {
	seen := map[string]int{}
	d := x.r.Document
	for _, s := range x.layout.Segments {
		exact := cutRunes(s.Span.Of(x.text), graph.SegmentExactRunes)
		key := string(s.Type) + exact
		out := graph.Segment{
			ID: graph.NewSegmentID(d.ID, s.Type, exact, seen[key]), Document: d.ID, Version: x.r.Version.ID, Type: s.Type,
			Author: s.Author, Date: s.Date, Age: s.Age, Language: s.Language, Skipped: s.Skipped,
		}
		out.Passage = graph.NewPassage(x.text, s.Span)
		out.Passage.Exact = exact
		seen[key]++
		if s.Parent >= 0 {
			out.Parent = x.r.Segments[s.Parent].ID
		}
		x.r.Segments = append(x.r.Segments, out)
	}
}

func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// attributions reads every segment that is extracted.
func (x *extraction) attributions() {
	for si := range x.layout.Segments {
		if !x.extracted(si) {
			continue
		}
		var paras []paragraph
		for _, p := range x.layout.Paragraphs {
			if p.Segment == si {
				paras = append(paras, p)
			}
		}
		found, _ := attributions(x.text, si, paras)
		x.found = append(x.found, found...)
	}
}

// statedOn is the date on which a segment was published.
func (x *extraction) statedOn(si int) graph.Date {
	s := x.layout.Segments[si]
	if s.Date != "" || s.Type.IsReader() {
		return s.Date
	}
	return x.r.Document.Published
}

// segmentAt returns the segment that holds an offset, -1 for none.
func (x *extraction) segmentAt(at int) int {
	i := sort.Search(len(x.layout.Segments), func(i int) bool { return x.layout.Segments[i].Span.End > at })
	if i < len(x.layout.Segments) && x.layout.Segments[i].Span.Start <= at {
		return i
	}
	return -1
}

// citations reads the article and each reader's comment apart, so that nobody is
// credited with another's source.
func (x *extraction) citations() {
	groups := map[int][]graph.Span{} // -1 is the article
	order := []int{-1}
	for _, p := range x.layout.Paragraphs {
		if !x.extracted(p.Segment) {
			continue
		}
		g := -1
		if x.layout.Segments[p.Segment].Type.IsReader() {
			if g = p.Segment; len(groups[g]) == 0 {
				order = append(order, g)
			}
		}
		groups[g] = append(groups[g], p.Sentences...)
	}
	var links []cite.Link
	for _, m := range x.item.Marks {
		if m.Kind == source.MarkLink && m.URL != "" {
			links = append(links, cite.Link{Span: m.Span, URL: m.URL})
		}
	}
	for _, g := range order {
		sentences := groups[g]
		if len(sentences) == 0 {
			continue
		}
		within := graph.Span{Start: sentences[0].Start, End: sentences[len(sentences)-1].End}
		in := cite.Input{Text: x.text, Sentences: sentences, Published: x.r.Document.Published}
		for _, l := range links {
			if si := x.segmentAt(l.Span.Start); within.Contains(l.Span) && si >= 0 && x.extracted(si) && (g >= 0 && si == g || g < 0 && !x.layout.Segments[si].Type.IsReader()) {
				in.Links = append(in.Links, l)
			}
		}
		for _, n := range x.names {
			if within.Contains(n.Span) {
				in.Names = append(in.Names, n)
			}
		}
		x.cites = append(x.cites, cite.Find(in)...)
	}
	x.dropTitles()
	for _, c := range x.cites {
		x.citeIDs = append(x.citeIDs, x.addSource(c))
	}
}

// dropTitles removes what was read inside the title of a cited work: "See Clerk tells
// court to wait" reports nothing.
func (x *extraction) dropTitles() {
	var titles []graph.Span
	for _, c := range x.cites {
		if c.Title == "" || c.Kind == graph.SourceData {
			continue
		}
		for _, s := range c.Spans {
			if strings.Contains(graph.FoldSpace(s.Of(x.text)), graph.FoldSpace(c.Title)) {
				titles = append(titles, s)
			}
		}
	}
	kept := x.found[:0]
	for _, a := range x.found {
		if a.cue.Len() == 0 || a.rule == "S1" || !insideAny(a.cue, titles) {
			kept = append(kept, a)
		}
	}
	x.found = kept
}

// addSource makes a citation a Source of the reading; one that is described alike joins it.
func (x *extraction) addSource(c cite.Citation) graph.ID {
	s := graph.Source{
		Document: x.r.Document.ID, Version: x.r.Version.ID, Kind: c.Kind, URL: c.URL, Title: c.Title, Publisher: c.Publisher,
		Authors: c.Authors, Date: c.Date, Rule: c.Rule, Confidence: c.Confidence,
	}
	description := s.Description()
	if si := x.segmentAt(c.Spans[0].Start); si >= 0 {
		s.Segment = x.r.Segments[si].ID
		if x.layout.Segments[si].Type.IsReader() { // what a reader cites is that reader's
			description += "|" + string(s.Segment)
		}
	}
	s.ID = graph.NewSourceID(c.URL, x.r.Document.ID, description)
	for _, sp := range c.Spans {
		s.Passages = append(s.Passages, graph.NewPassage(x.text, sp))
	}
	for i := range x.r.Sources {
		if x.r.Sources[i].ID == s.ID {
			x.r.Sources[i].Passages = append(x.r.Sources[i].Passages, s.Passages...)
			sort.Slice(x.r.Sources[i].Passages, func(a, b int) bool { return x.r.Sources[i].Passages[a].Start < x.r.Sources[i].Passages[b].Start })
			return s.ID
		}
	}
	x.r.Sources = append(x.r.Sources, s)
	return s.ID
}

func (x *extraction) figures() {
	for si := range x.layout.Segments {
		if !x.extracted(si) || x.layout.Segments[si].Type == graph.SegmentTitle && x.repeated(si) {
			continue
		}
		for _, f := range figure.Find(x.text, x.layout.Sentences(si), x.statedOn(si)) {
			x.figs = append(x.figs, figureAt{f, si})
		}
	}
	sort.SliceStable(x.figs, func(i, j int) bool { return x.figs[i].Figure.Figure.Start < x.figs[j].Figure.Figure.Start })
}

// repeated reports whether a title has no sentence that figures could be read from.
func (x *extraction) repeated(si int) bool { return len(x.layout.Sentences(si)) == 0 }

// voice adds the document's own check-worthy sentences.
func (x *extraction) voice() {
	covered := map[int][]graph.Span{} // reported words
	reports := map[int][]graph.Span{} // these with their source and cue
	for _, a := range x.found {
		covered[a.segment] = append(covered[a.segment], a.content...)
		reports[a.segment] = append(append(reports[a.segment], a.content...), a.source, a.cue)
	}
	for _, p := range x.layout.Paragraphs {
		t := x.layout.Segments[p.Segment].Type
		if p.Heading || !x.extracted(p.Segment) || t == graph.SegmentTitle || t == graph.SegmentBlockquote {
			continue
		}
		for _, s := range p.Sentences {
			own := s.Len()
			for _, m := range webAddress.FindAllStringIndex(s.Of(x.text), -1) {
				own -= m[1] - m[0]
			}
			if coveredBy(s, reports[p.Segment])*2 > own {
				continue
			}
			var figs []figure.Figure
			for _, f := range x.figs {
				if s.Contains(f.Figure.Figure) && !insideAny(f.Figure.Figure, covered[p.Segment]) {
					figs = append(figs, f.Figure)
				}
			}
			var names []name.Name
			for _, n := range x.names {
				if s.Contains(n.Span) {
					names = append(names, n)
				}
			}
			dated := false
			for _, e := range date.Find(x.text, s, "") {
				dated = dated || e.Interval != "" && !e.Relative
			}
			if w, ok := checkWorthy(x.text, s, figs, names, dated); ok {
				x.found = append(x.found, attribution{content: []graph.Span{s}, mode: graph.ModeVoice, segment: p.Segment, unit: s, rule: w.rule, confidence: w.score})
			}
		}
	}
}

func coveredBy(s graph.Span, spans []graph.Span) int {
	n := 0
	for _, c := range spans {
		if c.Overlaps(s) {
			n += min(c.End, s.End) - max(c.Start, s.Start)
		}
	}
	return n
}

func insideAny(s graph.Span, spans []graph.Span) bool {
	for _, c := range spans {
		if c.Contains(s) {
			return true
		}
	}
	return false
}

// claims makes the attributions claims, in order of their first words, longer ones first.
func (x *extraction) claims() {
	sort.SliceStable(x.found, func(i, j int) bool {
		a, b := x.found[i].content[0], x.found[j].content[0]
		if a.Start != b.Start {
			return a.Start < b.Start
		}
		return a.End > b.End
	})
	seen := map[string]int{}
	d := x.r.Document
	for _, a := range x.found {
		c := graph.Claim{
			Document: d.ID, Version: x.r.Version.ID, Segment: x.r.Segments[a.segment].ID, Mode: a.mode, Polarity: graph.Positive,
			StatedOn: x.statedOn(a.segment), Rule: a.rule, Confidence: a.confidence,
		}
		for _, s := range a.content {
			c.Content = append(c.Content, graph.NewPassage(x.text, s))
		}
		if a.source.Len() > 0 {
			c.Source = []graph.Passage{graph.NewPassage(x.text, a.source)}
		}
		if a.cue.Len() > 0 {
			c.Cue = []graph.Passage{graph.NewPassage(x.text, a.cue)}
		}
		for _, h := range hedges(x.text, a.content) {
			c.Hedges = append(c.Hedges, graph.NewPassage(x.text, h))
		}
		if a.negative {
			c.Polarity = graph.Negative
		}
		exact := graph.FoldSpace(c.Words())
		c.ID = graph.NewClaimID(d.ID, exact, seen[exact])
		seen[exact]++
		x.r.Claims = append(x.r.Claims, c)
	}
	x.nest()
	x.saidIn()
}

// nest finds for each claim the smallest other one that holds all its words and its cue.
func (x *extraction) nest() {
	for i := range x.found {
		best := -1
		for j := i - 1; j >= 0; j-- { // an enclosing claim begins no later
			if x.found[j].segment != x.found[i].segment {
				break
			}
			if x.found[j].mode != graph.ModeVoice && x.encloses(j, i) && (best < 0 || length(x.found[j].content) < length(x.found[best].content)) {
				best = j
			}
		}
		for j := i + 1; j < len(x.found) && x.found[j].content[0].Start == x.found[i].content[0].Start; j++ {
			if x.found[j].mode != graph.ModeVoice && x.encloses(j, i) && best < 0 {
				best = j
			}
		}
		if best >= 0 {
			x.r.Claims[i].Within = x.r.Claims[best].ID
		}
	}
}

func length(spans []graph.Span) int {
	n := 0
	for _, s := range spans {
		n += s.Len()
	}
	return n
}

func (x *extraction) encloses(outer, inner int) bool {
	o, in := x.found[outer], x.found[inner]
	if length(o.content) <= length(in.content) {
		return false
	}
	for _, s := range append(append([]graph.Span{}, in.content...), in.cue) {
		if s.Len() > 0 && !insideAny(s, o.content) {
			return false
		}
	}
	return true
}
