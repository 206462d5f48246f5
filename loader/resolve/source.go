package resolve

import (
	"strings"

	"whence/graph"
	"whence/loader/extract/name"
)

// source says to whom a cited source is attributed: its publisher, else each of its
// authors, as written, else whose its address is.
func (x *resolver) source(s *graph.Source) {
	credits := s.Authors
	if s.Publisher != "" {
		credits = []string{s.Publisher}
	}
	x.crediting = s.Publisher == ""
	defer func() { x.crediting = false }()
	if len(credits) == 0 {
		x.attribute(s, x.host(s.URL))
		return
	}
	for _, credit := range credits {
		x.attribute(s, x.credit(s, credit))
	}
}

func (x *resolver) attribute(s *graph.Source, a answer) {
	if _, ok := x.attributed[s.ID]; !ok {
		x.attributed[s.ID] = a
	}
	x.add(s.ID, graph.AttributedTo, a, roleSource)
}

// credit returns who is meant by the words that credit a source: at their place in the
// text where they stand there, else by themselves.
func (x *resolver) credit(s *graph.Source, words string) answer {
	if len(s.Passages) > 0 {
		around := spanOf(s.Passages)
		from, to := max(0, around.Start-reach/4), min(len(x.text), around.End+reach/4)
		for _, w := range []graph.Span{around, {Start: from, End: to}} {
			if i := strings.Index(x.text[w.Start:w.End], words); i >= 0 {
				span := graph.Span{Start: w.Start + i, End: w.Start + i + len(words)}
				got := x.phrase(span, x.segmentAt(span.Start), moment{day: s.Date})
				if got.member != nil || len(got.rejected)+len(got.holders) > 0 {
					return got
				}
				break
			}
		}
	}
	seg := (*graph.Segment)(nil)
	if len(s.Passages) > 0 {
		seg = x.segmentAt(s.Passages[0].Start)
	}
	return x.alone(words, seg)
}

// alone returns who a name means that does not stand in the text as it is.
func (x *resolver) alone(words string, seg *graph.Segment) answer {
	words = strings.Trim(graph.FoldSpace(words), " .,;:")
	found := name.Find(words, nil)
	switch {
	case words == "":
		return answer{reason: "no name is given"}
	case len(found) == 1 && name.Fold(found[0].Span.Of(words)) == name.Fold(words):
		n := found[0]
		if isFull(n, words) && !n.Office && !n.Nominal {
			return answer{member: x.cast.introduce(words, n.Type, n.Gender), reason: "named in full"}
		}
		if got := x.cast.short(n, words, seg); got.member != nil || len(got.rejected) > 0 {
			return answer{member: got.member, reason: got.reason, rejected: got.rejected}
		}
		return answer{member: x.lone(words, n, seg), reason: "named"}
	}
	if m := x.cast.byForm[name.Fold(words)]; m != nil && m.visible(seg) {
		return answer{member: m, reason: "named"}
	}
	if x.cast.authority.named(words) != nil {
		return answer{member: x.cast.introduce(words, "", ""), reason: "alias in the authority file"}
	}
	n := name.Name{}
	if x.crediting {
		n.Type = graph.Person
	}
	if got := x.cast.short(n, words, seg); got.member != nil || len(got.rejected) > 0 {
		return answer{member: got.member, reason: got.reason, rejected: got.rejected}
	}
	if first := words[0]; first < 'A' || first > 'Z' {
		return answer{reason: "named by no name: " + words}
	}
	if n.Type == "" {
		n.Type = graph.Organisation
	}
	if strings.Contains(words, " ") {
		return answer{member: x.cast.introduce(words, n.Type, ""), reason: "named in full"}
	}
	return answer{member: x.lone(words, n, seg), reason: "named"}
}
