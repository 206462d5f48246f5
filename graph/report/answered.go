package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"whence/graph"
)

// answeredOrNot lists claims to which a written answer is held, and says whether the
// answer answers: one of its propositions is about what the claim says, and where the
// claim has a figure, one of its figures is of the same thing, population and period. A reply that does
// not is no clarification, though a text may call it one.
//
// Severity: holding-answer 700, refers-to-website 650, no-figure 600, different-period and different-population 550,
// other-subject 500; clarifies 50.
func answeredOrNot(s *graph.Survey, _ Filter) Report {
	var r Report
	seen := map[[2]graph.ID]bool{}
	judge := func(claim, answer graph.ID, by *graph.Relation) {
		c, d := s.Claim(claim), s.Document(answer)
		if c == nil || d == nil || d.Kind != graph.KindWrittenAnswer || c.Claim.Document == answer || seen[[2]graph.ID{claim, answer}] {
			return
		}
		seen[[2]graph.ID{claim, answer}] = true
		r.Findings = append(r.Findings, answered(s, c, d, by))
	}
	for i := range s.Claims {
		for _, q := range s.Claims[i].Qualifiers {
			switch {
			case q.Inferred:
			case q.Held != nil:
				judge(s.Claims[i].Claim.ID, q.Held.ID, q.Relation)
			default:
				judge(s.Claims[i].Claim.ID, documentOf(s, q.Target.NodeID()), q.Relation)
				if src, ok := q.Target.(*graph.Source); ok && q.Held == nil && answerTitle.MatchString(src.Title) {
					r.Unseen = append(r.Unseen, fmt.Sprintf("The written answer of %s is not held: whether it answers cannot be told.", cmp.Or(string(src.Date), "an unknown date")))
				}
			}
		}
	}
	for _, rel := range s.Relations {
		if rel.Kind == graph.RepliesTo && rel.Status != graph.StatusRejected {
			judge(rel.To, documentOf(s, rel.From), rel)
		}
	}
	return r
}

var answerTitle = regexp.MustCompile(`(?i)\b(?:written )?answers?\b`)

// documentOf returns the document that a node is, is held as, or stands in.
func documentOf(s *graph.Survey, id graph.ID) graph.ID {
	switch n := s.Node(id).(type) {
	case *graph.Document:
		return id
	case *graph.Source:
		return s.Held[id]
	case *graph.Claim:
		return n.Document
	case *graph.Segment:
		return n.Document
	}
	return ""
}

// The forms of replies that answer nothing, as Erskine May (22.23 and before) and the
// Procedure Committee describe them.
var (
	holding = regexp.MustCompile(`(?i)\b(?:will|shall|would) (?:write|reply|respond|answer)\b.{0,60}\b(?:as soon as|shortly|in due course|when)\b|` +
		`\bnot (?:been |proved )?possible to (?:answer|respond|reply)\b|\bholding (?:answer|reply)\b|\bwill be answered (?:shortly|in due course|as soon as)`)
	elsewhere = regexp.MustCompile(`(?i)\b(?:can be found|is available|are available|is published|are published|has been published|may be found|refer (?:the|my) \w+ (?:\w+ ){0,3}to)\b.{0,120}(?:https?://|www\.|website|gov\.uk|library)`)
	question  = regexp.MustCompile(`(?mi)^\W*question\W*$`)
	reply     = regexp.MustCompile(`(?mi)^\W*answer(?:ed)?\b.{0,60}$`)
)

// answered judges one answer to one claim.
func answered(s *graph.Survey, c *graph.TracedClaim, d *graph.Document, by *graph.Relation) Finding {
	x := Finding{Subject: c.Claim.ID, Date: cmp.Or(d.Published, c.Claim.StatedOn)}
	x.Hops = []Hop{
		{Node: c.Claim.ID, Document: c.Claim.Document, Evidence: c.Claim.Content, Why: "the claim"},
		{Node: d.ID, Document: d.ID, By: by, Why: "the answer"},
	}
	text, _ := s.Text(d.ID)
	from := answerFrom(text)
	var said []*graph.TracedClaim
	var figures []graph.StatisticView
	for _, id := range s.Stated(d.ID) {
		if a := s.Claim(id); a != nil && a.Claim.Content[0].Start >= from && (a.Segment == nil || !a.Segment.Type.IsReader()) {
			said = append(said, a)
			figures = append(figures, a.Figures...)
		}
	}
	show := func(a *graph.TracedClaim, why string) {
		x.Hops = append(x.Hops, Hop{Node: a.Claim.ID, Document: d.ID, Evidence: a.Claim.Content, By: matchBetween(c, a.Claim.ID), Why: why})
	}
	about := slices.DeleteFunc(slices.Clone(said), func(a *graph.TracedClaim) bool { return a.Family != c.Family && !subjectShared(c, a) })
	settle := func(typ string, severity Severity, why string) Finding {
		x.Type, x.Severity, x.Why = typ, severity, why
		for _, a := range about[:min(len(about), 3)] {
			show(a, "what it says of it")
		}
		return x
	}
	own := text[from:]
	switch {
	case holding.MatchString(own) && len(figures) == 0:
		return settle("holding-answer", 700, "The answer puts the question off and says nothing of the claim.")
	case elsewhere.MatchString(own) && len(figures) == 0 && len(about) == 0:
		return settle("refers-to-website", 650, "The answer only points to where something may be found.")
	case len(c.Figures) > 0 && len(figures) == 0 && len(about) == 0:
		return settle("no-figure", 600, "The claim has a figure, and the answer has none.")
	case len(c.Figures) > 0 && len(figures) > 0:
		if typ, why := figuresAnswer(c.Figures, figures); typ != "" {
			return settle(typ, 550, why)
		}
	}
	if len(about) == 0 {
		return settle("other-subject", 500, "None of what the answer says is about the claim.")
	}
	return settle("clarifies", 50, "The answer speaks of what the claim says.")
}

// answerFrom returns where the answer begins: after the question, if that is set apart.
func answerFrom(text string) int {
	q := question.FindStringIndex(text)
	if q == nil {
		return 0
	}
	if a := reply.FindStringIndex(text[q[1]:]); a != nil {
		return q[1] + a[1]
	}
	return 0
}

// figuresAnswer says why the figures of an answer are not those asked for; "" when one of them is, or none compares.
func figuresAnswer(asked, given []graph.StatisticView) (typ, why string) {
	for _, a := range asked {
		for _, b := range given {
			x, y := a.Statistic, b.Statistic
			if x.Unit != y.Unit && !sharesWord(x.Measure, y.Measure) {
				continue
			}
			switch {
			case x.Period != "" && y.Period != "" && x.Period != y.Period:
				typ, why = "different-period", fmt.Sprintf("The claim is of %s, the answer of %s.", x.Period, y.Period)
			case differs(x.Population, y.Population) || differs(x.Place, y.Place):
				typ, why = "different-population", fmt.Sprintf("The claim is of %s, the answer of %s.", whom(x), whom(y))
			default:
				return "", ""
			}
		}
	}
	return typ, why
}

func whom(s *graph.Statistic) string {
	return strings.Trim(s.Population+", "+s.Place, ", ")
}

func differs(a, b string) bool {
	return a != "" && b != "" && !sharesWord(a, b)
}

// subjectShared reports whether two claims speak of one thing: three words that are not common in common.
func subjectShared(a, b *graph.TracedClaim) bool {
	return common(stems(a.Claim.Words()), stems(b.Claim.Words())) >= 3
}

// sharesWord reports whether two phrases have a word in common.
func sharesWord(a, b string) bool { return common(stems(a), stems(b)) > 0 }
