package extract

import (
	"slices"
	"sort"
	"strings"

	"whence/graph"
	"whence/loader/extract/checkworthy"
	"whence/loader/extract/date"
	"whence/loader/extract/figure"
	"whence/loader/extract/name"
)

// voice adds the document's own check-worthy sentences.
func (x *extraction) voice() {
	covered, reports := buckets[graph.Span]{}, buckets[graph.Span]{} // reported words; these with their source and cue
	for _, a := range x.found {
		for _, c := range a.content {
			covered.add(c, c)
			reports.add(c, c)
		}
		reports.add(a.source, a.source)
		reports.add(a.cue, a.cue)
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
			if coveredBy(s, reports.near(s))*2 > own {
				continue
			}
			var figs []figure.Figure
			for i := sort.Search(len(x.figs), func(i int) bool { return x.figs[i].Figure.Figure.Start >= s.Start }); i < len(x.figs) && x.figs[i].Figure.Figure.Start < s.End; i++ {
				if f := x.figs[i]; s.Contains(f.Figure.Figure) && !insideAny(f.Figure.Figure, covered.near(f.Figure.Figure)) {
					figs = append(figs, f.Figure)
				}
			}
			var names []name.Name
			for i := sort.Search(len(x.names), func(i int) bool { return x.names[i].Span.Start >= s.Start }); i < len(x.names) && x.names[i].Span.Start < s.End; i++ {
				names = append(names, x.names[i])
			}
			dated := false
			for _, e := range date.Find(x.text, s, "") {
				dated = dated || e.Interval != "" && !e.Relative
			}
			if rule, worth := statement(x.text, s, figs, names, dated); rule != "" {
				x.found = append(x.found, attribution{content: []graph.Span{s}, mode: graph.ModeVoice, segment: p.Segment, unit: s, rule: rule, confidence: worth})
			}
		}
	}
}

// worthWithEvidence is the rating from which a sentence that names a figure, or a date and somebody,
// is a claim of the document's own. It is below [checkworthy.Threshold]: such a sentence has something
// in it that can be looked up.
const worthWithEvidence graph.Confidence = 350

// statement says by which rule a sentence that nobody is credited with is a claim of the document's
// own, "" if it is none, and how much it is worth checking. It must be a whole statement, not a
// question, an exclamation or a line that introduces something.
func statement(text string, s graph.Span, figures []figure.Figure, names []name.Name, dated bool) (rule string, worth graph.Confidence) {
	body := strings.TrimRight(s.Of(text), "”\"’) \n\t")
	if strings.HasSuffix(body, "?") || strings.HasSuffix(body, "!") || strings.HasSuffix(body, ":") {
		return "", 0
	}
	agent := slices.ContainsFunc(names, func(n name.Name) bool { return n.Type != "" && n.Type != graph.Place && !n.Nominal })
	switch worth = checkworthy.Rate(text, s); {
	case worth < worthWithEvidence:
	case len(figures) > 0:
		return "V1", worth
	case dated && agent:
		return "V2", worth
	case agent && worth >= checkworthy.Threshold:
		return "V3", worth
	case strings.Contains(body, "no plans to ") || strings.Contains(body, "no plan to "):
		return "V4", worth
	}
	return "", worth
}

// worthOf rates a claim: the document's own as a sentence, a reported one by its words.
func worthOf(a attribution, words string) graph.Confidence {
	if a.mode == graph.ModeVoice {
		return a.confidence
	}
	return checkworthy.Rate(words, graph.Span{End: len(words)})
}
