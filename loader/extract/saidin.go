package extract

import (
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"whence/graph"
	"whence/loader/extract/date"
	"whence/loader/resolve"
)

// utterance words make a sentence tell where somebody spoke: "told the BBC", "comments were made to".
var utterance = regexp.MustCompile(`(?i)\b(?:told|tells|telling|interview(?:ed)?|speaking (?:to|on|at|in)|spoke (?:to|on|at)|comments?|remarks?|said|speech|addressed|wrote|writing|article|answer(?:s|ed)?|question(?:s)?|tweet(?:ed)?|letter|evidence|briefing|statement|respond(?:s|ed))\b`)

// saidIn finds for each claim where it was said: what is cited in its own sentence outside its
// words, else the last place where the text says that the same speaker spoke.
func (x *extraction) saidIn() {
	x.creditedBelow()
	x.saidOn()
	places := x.places()
	if len(places) == 0 {
		return
	}
	who := x.localSpeakers()
	bySpeaker := map[graph.ID][]place{}
	for _, p := range places {
		if p.speaker != "" {
			bySpeaker[p.speaker] = append(bySpeaker[p.speaker], p)
		}
	}
	for i := range x.found {
		a := &x.found[i]
		if a.mode == graph.ModeVoice || a.source.Len() == 0 || x.r.Claims[i].SaidIn != "" {
			continue
		}
		if ci, sure := x.placeOf(*a, places); ci >= 0 {
			x.setSaidIn(i, ci)
			if !sure {
				x.r.Claims[i].SaidOn = ""
			}
		}
	}
	// What a speaker says elsewhere in the article belongs to the place that the text
	// gives for that speaker, the one before nearest, else the only one.
	for i := range x.found {
		a := x.found[i]
		if x.r.Claims[i].SaidIn != "" || a.mode == graph.ModeVoice || who[i] == "" || x.layout.Segments[a.segment].Type.IsReader() {
			continue
		}
		best := -1
		for _, p := range bySpeaker[who[i]] {
			if !x.sameVoice(p.sentence.Start, a.segment) {
				continue
			}
			if best >= 0 && p.sentence.Start > a.content[0].Start {
				break
			}
			if p.sentence.Start <= a.content[0].Start || best < 0 {
				best = p.cite
			}
		}
		if best >= 0 {
			x.setSaidIn(i, best)
		}
	}
}

// saidOn dates a claim by a day or month that stands beside its cue, outside its words:
// "Jones said in January 2021 that …".
func (x *extraction) saidOn() {
	for i, a := range x.found {
		if a.mode == graph.ModeVoice || a.cue.Len() == 0 || x.r.Claims[i].SaidOn != "" {
			continue
		}
		beside := graph.Span{Start: a.cue.End, End: min(a.cue.End+maxBeside, a.unit.End)}
		if beside.Len() <= 0 { // a signature stands behind its unit
			continue
		}
		for beside.End < a.unit.End && !utf8.RuneStart(x.text[beside.End]) {
			beside.End--
		}
		for _, e := range date.Find(x.text, beside, x.statedOn(a.segment)) {
			if len(e.Date) >= len("2006-01") && e.Interval != "" && !insideAny(e.Span, a.content) {
				x.r.Claims[i].SaidOn = e.Date
				break
			}
		}
	}
}

// maxBeside is how far behind a cue its date may stand, in bytes.
const maxBeside = 60

// maxBehind is how far behind a quotation its address may stand, in bytes.
const maxBehind = 40

// creditedBelow gives a quotation the work that stands right behind it: the address after
// its closing mark, or what its source line names.
func (x *extraction) creditedBelow() {
	for i, a := range x.found {
		if a.mode != graph.ModeDirect && a.mode != graph.ModeMixed {
			continue
		}
		end := a.content[len(a.content)-1].End
		for ci, c := range x.cites {
			if c.Kind != graph.SourceURL && a.rule != "S1" {
				continue
			}
			for _, s := range c.Spans {
				follows := c.Kind == graph.SourceURL && s.Start >= end && s.Start-end <= maxBehind && strings.Trim(x.text[end:s.Start], " \t\r\n\u00a0.,:;(–—-”\"’") == ""
				if follows || a.rule == "S1" && s.Overlaps(a.source) {
					x.setSaidIn(i, ci)
				}
			}
		}
	}
}

func (x *extraction) setSaidIn(i, ci int) {
	c := &x.r.Claims[i]
	c.SaidIn = x.citeIDs[ci]
	if d := x.cites[ci].Date; c.SaidOn == "" && len(d) == len("2006-01-02") {
		c.SaidOn = d
	}
}

// A place is a cited thing in which somebody speaks.
type place struct {
	cite     int
	span     graph.Span // of the citation in that sentence
	sentence graph.Span
	speaker  graph.ID // named in the sentence as speaking there; ""
}

// places lists the documents that sentences name as where somebody spoke, in order.
func (x *extraction) places() []place {
	local := x.local()
	speakers := map[graph.ID][]graph.Passage{}
	for _, m := range local.Mentions {
		speakers[m.Agent] = m.Passages
	}
	types := map[graph.ID]graph.AgentType{}
	for _, a := range local.Agents {
		types[a.ID] = a.Type
	}
	var out []place
	for ci, c := range x.cites {
		if c.Kind != graph.SourceDocument || c.Publisher == "" && len(c.Authors) == 0 && c.Title == "" {
			continue
		}
		for _, s := range c.Spans {
			sent := x.sentenceAt(s.Start)
			if sent.Len() == 0 || !utterance.MatchString(sent.Of(x.text)) {
				continue
			}
			p := place{cite: ci, span: s, sentence: sent}
			var ids []graph.ID
			for id := range speakers {
				ids = append(ids, id)
			}
			sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
			at := -1
			for _, id := range ids { // the person named nearest before the citation, else the first after
				if types[id] != graph.Person {
					continue
				}
				for _, m := range speakers[id] {
					if sent.Contains(m.Span) && !s.Contains(m.Span) && (at < 0 || m.Start < s.Start && (m.Start > at || at > s.Start)) {
						at, p.speaker = m.Start, id
					}
				}
			}
			if p.speaker == "" && remarks.MatchString(sent.Of(x.text)) {
				p.speaker = x.lastPerson(sent.Start, ids, types, speakers)
			}
			out = append(out, p)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].sentence.Start < out[j].sentence.Start })
	return out
}

// remarks points back at what somebody was said to have said.
var remarks = regexp.MustCompile(`(?i)\b(?:the|these|those|his|her|their) (?:remarks?|comments?|words|claims?|interview|speech|statement|pledge|announcement)\b`)

// maxRemark is how far before "the remarks" the person may be named, in bytes.
const maxRemark = 600

// lastPerson is the person named last before an offset, "" when none is near.
func (x *extraction) lastPerson(before int, ids []graph.ID, types map[graph.ID]graph.AgentType, named map[graph.ID][]graph.Passage) (last graph.ID) {
	at := before - maxRemark
	for _, id := range ids {
		if types[id] != graph.Person {
			continue
		}
		for _, m := range named[id] {
			if m.End <= before && m.Start > at && x.sameVoice(m.Start, max(x.segmentAt(before), 0)) {
				at, last = m.Start, id
			}
		}
	}
	return last
}

// sentenceAt returns the sentence that holds an offset; empty if none does.
func (x *extraction) sentenceAt(at int) graph.Span {
	i := sort.Search(len(x.layout.Paragraphs), func(i int) bool { return x.layout.Paragraphs[i].Span.End > at })
	if i < len(x.layout.Paragraphs) {
		for _, s := range x.layout.Paragraphs[i].Sentences {
			if s.Start <= at && at < s.End {
				return s
			}
		}
	}
	return graph.Span{}
}

// placeOf is the citation in which an attribution says it was made, -1 for none:
// who was told, or what its sentence names outside the content, but for the speaker's own name.
// sure is false when the sentence names several of different dates.
func (x *extraction) placeOf(a attribution, places []place) (best int, sure bool) {
	best, sure = -1, true
	from := sort.Search(len(places), func(i int) bool { return places[i].sentence.End > a.unit.Start })
	for _, p := range places[from:] {
		if p.sentence.Start >= a.unit.End {
			break
		}
		if a.hearer.Len() > 0 && (p.span.Overlaps(a.hearer) || x.cites[p.cite].PublisherSpan.Overlaps(a.hearer)) {
			return p.cite, true
		}
		if !a.unit.Contains(p.span) || insideAny(p.span, a.content) {
			continue
		}
		if p.span.Overlaps(a.source) && !strings.Contains(strings.ToLower(a.source.Of(x.text)), strings.ToLower(x.cites[p.cite].Publisher)) {
			continue
		}
		if best >= 0 && x.cites[best].Date != x.cites[p.cite].Date {
			sure = false
		}
		best = p.cite
	}
	return best, sure
}

// local resolves the speakers from the document alone: where something was said
// is part of the reading, which knows no authority file.
func (x *extraction) local() graph.Resolution {
	if x.resolved == nil {
		r := resolve.Resolve(&x.r, x.names, nil)
		x.resolved = &r
	}
	return *x.resolved
}

// localSpeakers returns who makes each claim, "" when unknown.
func (x *extraction) localSpeakers() []graph.ID {
	by := map[graph.ID]graph.ID{}
	for _, r := range x.local().Resolved {
		if r.Predicate == graph.AssertedBy {
			by[r.Subject] = r.Agent
		}
	}
	out := make([]graph.ID, len(x.r.Claims))
	for i, c := range x.r.Claims {
		out[i] = by[c.ID]
	}
	return out
}
