package extract

import (
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/extract/date"
)

// statistics makes the figures statistics, each in the innermost claim that holds
// it and with the source that the text credits.
func (x *extraction) statistics() {
	seen := map[string]int{}
	d := x.r.Document
	for _, f := range x.figs {
		s := graph.Statistic{
			Document: d.ID, Version: x.r.Version.ID, Segment: x.r.Segments[f.segment].ID,
			Figure: graph.NewPassage(x.text, f.Figure.Figure), Sentence: graph.NewPassage(x.text, f.Sentence),
			Value: f.Value, Min: f.Min, Max: f.Max, Bound: f.Bound, Unit: f.Unit, Measure: f.Measure, Population: f.Population,
			Place: f.Place, Period: f.Period, StatedOn: x.statedOn(f.segment), Rule: f.Rule, Confidence: f.Confidence,
		}
		key := s.Figure.Exact + "\x00" + s.Sentence.Exact
		s.ID = graph.NewStatisticID(d.ID, s.Figure.Exact, s.Sentence.Exact, seen[key])
		seen[key]++
		holder := x.claimHolding(f.Figure.Figure)
		if holder >= 0 {
			s.Claim = x.r.Claims[holder].ID
			if x.datesTheSaying(f, x.found[holder]) {
				s.Period = ""
			}
		}
		meant := graph.ID("")
		if f.Credit.Len() > 0 && f.Credited == "" {
			meant = x.documentMeant(f.Credit, f.segment)
		} else if f.Credit.Len() == 0 && holder >= 0 {
			if meant = x.documentMeant(x.found[holder].source, f.segment); meant != "" {
				f.Credit = x.found[holder].source
			}
		}
		switch {
		case meant != "":
			s.Credit, s.SourceID = f.Credit.Of(x.text), meant
		case f.Credit.Len() > 0:
			s.Credit = f.Credit.Of(x.text)
			s.SourceID = x.creditedSource(f)
		case holder >= 0 && x.isAddress(x.r.Claims[holder].SaidIn): // a quotation with its address behind it
			s.SourceID = x.r.Claims[holder].SaidIn
		}
		x.r.Statistics = append(x.r.Statistics, s)
	}
}

// datesTheSaying reports whether the period of a figure is read off the words that say when
// it was said ("Jones said in May that 40 …", "Update, 5 May: …"), not when it holds.
func (x *extraction) datesTheSaying(f figureAt, a attribution) bool {
	if f.Period == "" || f.Inherited {
		return false
	}
	if d := x.layout.Segments[f.segment].Date; d != "" && f.Period == graph.Interval(string(d)+"/"+string(d)) {
		return true
	}
	if a.mode == graph.ModeVoice {
		return false
	}
	outside := false
	for _, e := range date.Find(x.text, f.Sentence, x.statedOn(f.segment)) {
		if e.Interval == f.Period {
			if insideAny(e.Span, a.content) {
				return false
			}
			outside = true
		}
	}
	return outside
}

// maxBack bounds how many claims before a place are looked at: one that holds it
// begins near, but for hostile texts.
const maxBack = 400

// claimHolding is the smallest claim whose content holds a span, -1 for none.
func (x *extraction) claimHolding(s graph.Span) int {
	best := -1
	last := sort.Search(len(x.found), func(i int) bool { return x.found[i].content[0].Start > s.Start })
	for i := max(0, last-maxBack); i < last; i++ { // claims are in order of their first words
		a := x.found[i]
		if insideAny(s, a.content) && (best < 0 || length(a.content) <= length(x.found[best].content)) {
			best = i
		}
	}
	return best
}

// creditedSource is the citation that stands at the words of the credit, else a
// source of its own: figures of a body, with no document.
func (x *extraction) creditedSource(f figureAt) graph.ID {
	for i, c := range x.cites {
		if c.Kind == graph.SourceLegislation || c.Kind == graph.SourceURL {
			continue
		}
		for _, s := range c.Spans {
			if (s.Overlaps(f.Credit) || c.PublisherSpan.Overlaps(f.Credit)) && (c.PublisherSpan.Len() > 0 || c.Date != "" || c.Title != "") {
				return x.citeIDs[i]
			}
		}
	}
	for i, c := range x.cites { // the same body's figures, named elsewhere in the sentence
		if c.Kind == graph.SourceData && strings.EqualFold(c.Publisher, f.Credited) && f.Credited != "" && c.Date == "" && x.sameVoice(c.Spans[0].Start, f.segment) {
			return x.citeIDs[i]
		}
	}
	id := x.addSource(cite.Citation{
		Spans: []graph.Span{f.Credit}, Kind: graph.SourceData, Publisher: f.Credited, PublisherSpan: f.Credit, Rule: "F1", Confidence: f.Confidence,
	})
	return id
}

// writings are what "the report" can point back to a citation by.
var writings = set("document report study paper review survey research analysis inquiry article")

// longestPointing is how many bytes back "the report" points.
const longestPointing = 4000

// documentMeant is the source that a phrase like "the report" or "this study" points back to:
// the nearest document cited before it in the same voice, "" for any other phrase.
func (x *extraction) documentMeant(phrase graph.Span, segment int) graph.ID {
	words := strings.Fields(strings.ToLower(phrase.Of(x.text)))
	if len(words) != 2 || words[0] != "the" && words[0] != "this" && words[0] != "that" || !writings[words[1]] {
		return ""
	}
	best := -1
	for i, c := range x.cites {
		at := c.Spans[0].Start
		if c.Kind != graph.SourceDocument && c.Kind != graph.SourceData || c.Publisher == "" || at >= phrase.Start || phrase.Start-at > longestPointing || !x.sameVoice(at, segment) {
			continue
		}
		if best < 0 || at > x.cites[best].Spans[0].Start {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return x.citeIDs[best]
}

// sameVoice reports whether an offset lies in the same article or the same comment as a segment.
func (x *extraction) sameVoice(at, segment int) bool {
	si := x.segmentAt(at)
	if si < 0 {
		return false
	}
	a, b := x.layout.Segments[si], x.layout.Segments[segment]
	return si == segment || !a.Type.IsReader() && !b.Type.IsReader()
}

// isAddress reports whether a source of the reading is a web address.
func (x *extraction) isAddress(id graph.ID) bool {
	i, ok := x.sourceAt[id]
	return ok && x.r.Sources[i].Kind == graph.SourceURL
}
