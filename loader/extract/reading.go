// Package extract finds in one document who said what, which figures it gives,
// what it cites, and what it says of its own claims. Its result, a reading, depends on
// the text, what is known of the document, and this build alone.
//
// # Rules
//
// Every claim carries the ID of the rule that found it:
//
//	Q1  a quotation, then its cue: “It works,” said Jones.
//	Q2  the same, going on after the cue: “It,” said Jones, “works.” If so, said Jones, “it works.”
//	Q3  the cue, then a whole quotation: Jones said “It works.”
//	Q4  after a colon, also in the next paragraph: Jones said: “It works.”
//	Q9  a quotation that is a statement of its own and names no speaker
//	L1  a speaker's label, also on the line above: Jones: “It works.”; L2 from the report: “It works.”,
//	    from the desk of Jones; L3 a clause and a colon: Jones went further: “It works.”;
//	    L4 a turn of a transcript or a thread
//	S1  a source line under a quotation: “It works.” Source: Jones's speech
//	S2  a signature: “It works.” – Jones, director; also where a page sets it inside the marks
//	B1  the unmarked paragraph that a line with a colon introduces
//	M1  a clause partly in quotation marks: Jones said it “works”.
//	M2  the same as an object: Jones praised the “working” plan.
//	F2  the next sentence, going on in the reported voice with words in quotation marks
//	I1  that-clause; I2 statement, cue; I3 the same, going on after it
//	I4  whether, how, why; I5 infinitive: promised to work; I6 clause without "that"; I7 after a colon
//	A1  according to; A2 in the words of; A3 as Jones says, it works;
//	    A4 learnt from comments made by Jones that it works; A5 in Jones's view it works
//	N1  the noun: Jones's claim that it works; N2 the same over the tree: the suspicion that it fails;
//	    N3 the fear is that it fails; N4 Jones's support for it, concerns raised by Jones about it
//	H1  a headline: Jones: line works
//	E1  a passive that names nobody: the line is said to work, a line believed to work
//	W1  a plan: the union plans to strike
//	R1  a reference that ends the sentence, or what it quotes: It works (Jones, 2009).
//	C1  concerns, doubts, fears about: the polarity is negative
//	D1  described as; T1 an object alone: denied the allegation, accused Jones of lying, warned of delays
//	V1  the document's own sentence with a figure; V2 with a date and a name; V3 with a named actor;
//	    V4 that there are no plans
//
// Words inside quotation marks are read by the same rules for what their speaker reports in turn (inner.go).
//
// # Words first, then the tree
//
// A verb is read by the words and marks around it; where they show nothing, by the tree of its sentence
// (package syntax), which also corrects who speaks (verb.go). Over the tree alone fewer reports are found and more of their
// ends are wrong; without it the objects, the nouns and the asides are missed. EVALUATION.md has the numbers.
//
// The scheme of source, cue and content is that of the Penn Attribution Relations
// Corpus (Pareti, 2012).
package extract

import (
	"sort"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/figure"
	"whence/loader/extract/name"
	"whence/loader/segment"
	"whence/loader/source"
)

// Build names this extractor in labels: any change of what it finds changes it.
const Build = "extract/3"

// Read extracts a reading from an item. It never fails. The names are what
// resolution needs beside it.
func Read(item source.Item) (graph.Reading, []name.Name) { return Describe(item).Read() }

// A Draft is a reading in which nothing has been looked for yet. What its label hashes is known, so that
// who holds that reading need not read.
type Draft struct{ x *extraction }

// Describe tells what document and version an item is. It takes a small part of the time that
// reading takes.
func Describe(item source.Item) Draft {
	x := &extraction{item: item, layout: segment.Divide(item), text: item.Text, sourceAt: map[graph.ID]int{}}
	x.describe()
	x.r.Extractor = Build
	x.r.Label = graph.NewReadingLabel(x.r.Version, x.r.Document, Build)
	return Draft{x}
}

// Header returns what is known before reading: label, extractor, document, version and text.
func (d Draft) Header() graph.Reading { return d.x.r }

// Read finds all there is in the text. It is called once.
func (d Draft) Read() (graph.Reading, []name.Name) {
	x := d.x
	x.names = name.Find(x.text, x.allSentences())
	x.segments()
	x.attributions()
	x.citations()
	x.figures()
	x.voice()
	x.claims()
	x.statistics()
	x.relations()
	return x.r, x.names
}

// An extraction is one document on its way to a reading.
type extraction struct {
	item   source.Item
	layout segment.Layout
	text   string
	names  []name.Name
	r      graph.Reading

	found    []attribution // in order of segment, then of content
	figs     []figureAt
	cites    []cite.Citation
	citeIDs  []graph.ID       // the Source of each citation
	sourceAt map[graph.ID]int // index of each Source in the reading
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
		found, _ := attributions(x.text, si, paras, x.names, x.layout.Segments[si].Type == graph.SegmentTitle)
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
