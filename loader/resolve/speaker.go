package resolve

import (
	"cmp"
	"slices"
	"sort"

	"whence/graph"
)

// speakers says who asserts each claim, in the order in which the text names
// them, so that a pronoun can look back at who spoke before.
func (x *resolver) speakers() {
	order := make([]*graph.Claim, 0, len(x.r.Claims))
	for i := range x.r.Claims {
		if len(x.r.Claims[i].Content) > 0 {
			order = append(order, &x.r.Claims[i])
		} else {
			x.add(x.r.Claims[i].ID, graph.AssertedBy, answer{reason: "the claim has no words"}, roleSpeaker)
		}
	}
	slices.SortStableFunc(order, func(a, b *graph.Claim) int {
		if c := cmp.Compare(place(a), place(b)); c != 0 {
			return c
		}
		return cmp.Compare(extent(b).End, extent(a).End)
	})
	for i, c := range order {
		got := x.speaker(c)
		if got.member == nil && len(c.Source) == 0 && c.Mode == graph.ModeDirect && c.SaidIn == "" && i > 0 {
			if before, ok := x.goesOn(order[i-1], c); ok {
				got = before
			}
		}
		x.say(c, got)
	}
	// A quotation that names nobody but stands right before another paragraph of the same is its speaker's.
	for i := len(order) - 2; i >= 0; i-- {
		c, next := order[i], order[i+1]
		if x.said[c.ID].member != nil || len(c.Source) > 0 || c.SaidIn != "" || c.Mode != graph.ModeDirect || next.Mode != graph.ModeDirect {
			continue
		}
		if after, ok := x.said[next.ID]; ok && after.member != nil && c.Segment == next.Segment && c.Within == next.Within && x.adjoin(spanOf(c.Content).End, spanOf(next.Content).Start) {
			after.reason = "the quotation goes on to where its speaker is named: " + after.reason
			x.said[c.ID] = after
		}
	}
	for _, c := range order {
		got := x.said[c.ID]
		x.add(c.ID, graph.AssertedBy, got, roleSpeaker)
		x.markOffice(c, got)
	}
}

// place returns where a claim names its speaker, else where its content begins.
func place(c *graph.Claim) int {
	if len(c.Source) > 0 {
		return c.Source[0].Start
	}
	return c.Content[0].Start
}

func (x *resolver) say(c *graph.Claim, a answer) {
	x.said[c.ID] = a
	if len(c.Source) == 0 {
		return
	}
	e := event{at: c.Source[0].Start, member: a.member, spokes: a.spokes, nobody: a.nobody}
	if e.member != nil || e.nobody {
		at := sort.Search(len(x.heard), func(i int) bool { return x.heard[i].at > e.at })
		x.heard = slices.Insert(x.heard, at, e)
	}
}

// markOffice records that an office named the speaker: a mention like any name.
func (x *resolver) markOffice(c *graph.Claim, a answer) {
	if a.member == nil || len(c.Source) == 0 {
		return
	}
	for i := x.nameFrom(c.Source[0].Start); i < len(x.names) && x.names[i].Span.End <= c.Source[0].End; i++ {
		if n := x.names[i]; (n.Office || n.Nominal && a.member.typ != graph.Person) && !a.spokes {
			a.member.passages = append(a.member.passages, n.Span)
		}
	}
}

// speaker says who asserts a claim.
func (x *resolver) speaker(c *graph.Claim) answer {
	seg := x.segmentOf(c)
	if c.Mode == graph.ModeVoice {
		if c.Within != "" {
			if outer, ok := x.said[c.Within]; ok {
				return outer
			}
		}
		return x.voice(seg)
	}
	if len(c.Source) > 0 {
		if got, ok := x.replier(c, seg); ok {
			return got
		}
		on := x.momentOf(c)
		got := x.phrase(c.Source[0].Span, seg, on)
		for _, p := range c.Source[1:] {
			if got.member != nil || len(got.rejected)+len(got.holders) > 0 {
				break
			}
			got = x.phrase(p.Span, seg, on)
		}
		if got.fromDocument() && c.SaidIn == "" {
			if ws := words(c.Source[0].Span.Of(x.text)); pointsBack(ws) {
				return x.ownerOf(documentNoun(ws), c.Source[0].Start, seg)
			}
		}
		if got.member != nil || c.SaidIn == "" || len(got.rejected)+len(got.holders) > 0 || !got.fromDocument() {
			return got
		}
	}
	if c.SaidIn != "" {
		if s := x.sources[c.SaidIn]; s != nil {
			if by := x.attributed[s.ID]; by.member != nil && asserts(by.member) {
				return answer{member: by.member, reason: "said in a document of " + by.member.canonical(), rejected: by.rejected}
			}
		}
		return answer{reason: "said in a document of which the publisher is not known"}
	}
	if seg != nil && seg.Type.IsReader() {
		return answer{member: x.commenter(seg), reason: "quoted by the commenter without saying whose words they are"}
	}
	return answer{reason: "the text names no speaker"}
}

func asserts(m *member) bool { return m.typ.Asserts() }

func (x *resolver) segmentOf(c *graph.Claim) *graph.Segment {
	if s := x.segmentAt(c.Content[0].Start); s != nil && (c.Segment == "" || s.ID == c.Segment) {
		return s
	}
	for i := range x.r.Segments {
		if x.r.Segments[i].ID == c.Segment {
			return &x.r.Segments[i]
		}
	}
	return nil
}

// goesOn returns the speaker of the claim before when this one, a quotation that names
// nobody, follows with nothing between but marks and white space: a new
// paragraph of the same quotation.
func (x *resolver) goesOn(before, c *graph.Claim) (answer, bool) {
	if before.Segment != c.Segment || before.Within != c.Within || before.Mode == graph.ModeVoice {
		return answer{}, false
	}
	got := x.said[before.ID]
	if got.member == nil || !x.adjoin(extent(before).End, c.Content[0].Start) || got.member.typ == graph.Anonymous {
		return answer{}, false
	}
	return answer{member: got.member, reason: "the quotation goes on from " + got.member.canonical() + "'s", spokes: got.spokes}, true
}

// adjoin reports whether only white space and marks stand between two places.
func (x *resolver) adjoin(from, to int) bool {
	return from <= to && to-from < 64 && onlyMarks(x.text[from:to])
}
