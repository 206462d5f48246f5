package extract

import (
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/cite"
	"whence/loader/source"
)

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
			words := strings.Map(plainSpace, s.Of(x.text)) // of the same length, or the title is not found
			if i := strings.Index(words, c.Title); i >= 0 && len(words) == s.Len() {
				titles = append(titles, graph.Span{Start: s.Start + i, End: s.Start + i + len(c.Title)})
			} else if c.Rule[0] == 'R' && strings.Contains(graph.FoldSpace(s.Of(x.text)), graph.FoldSpace(c.Title)) {
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

// plainSpace keeps line breaks from hiding a title.
func plainSpace(r rune) rune {
	if r == '\n' || r == '\t' || r == '\r' {
		return ' '
	}
	return r
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
	if i, ok := x.sourceAt[s.ID]; ok {
		held := &x.r.Sources[i]
		held.Passages = append(held.Passages, s.Passages...)
		sort.SliceStable(held.Passages, func(a, b int) bool { return held.Passages[a].Start < held.Passages[b].Start })
		return s.ID
	}
	x.sourceAt[s.ID] = len(x.r.Sources)
	x.r.Sources = append(x.r.Sources, s)
	return s.ID
}
